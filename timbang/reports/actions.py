"""The only writers of reports: file, ask, answer, tell, add files, withdraw, open an identity.

Each writes its rows and one ledger entry in one transaction. What a reporter does is published
once a day in a shuffled batch, what an officer does within a second. The surprising fact: a report
is found by a value derived from its draft, so that filing the same draft again is the same act.
"""

from __future__ import annotations

import hashlib
import threading
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from timbang.accounts import keys
from timbang.law.refusal import Refusal
from timbang.law.workdays import day_in
from timbang.ledger import actions as ledger
from timbang.ledger.models import Entry
from timbang.reports import inspection, receipt, sealing, storage
from timbang.reports.content import Content, Identity
from timbang.reports.inspection import clean_name
from timbang.reports.models import (
    Attachment,
    Author,
    IdentityOpening,
    Message,
    MessageKind,
    Offer,
    OfferAnswer,
    Report,
    Satisfaction,
    Satisfied,
    StagedFile,
    Status,
    Way,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from timbang.accounts.models import Officer, Organ

# A draft's files wait this long; the day of staging itself is not counted.
STAGED_DAYS = 2
# Until then nobody has begun a procedure, so that the reporter's wish ends the report.
BEFORE_A_CASE = (Status.RECEIVED, Status.QUESTION, Status.ANSWERED)
# Once it has come so far the reporter is asked how content he is.
OVER = (Status.DECIDED, Status.CLOSED)
IN_ONE_STATEMENT = 500
WITHDRAWAL_LAW = "Perbawaslu 7/2022 ps. 14(2), 17(3)"


class FilesGone(Exception):
    """Files that the draft names are no longer there: they must be added again."""


@dataclass(frozen=True)
class Filed:
    """What the reporter gets. `again`: the draft was filed before; `changed`: with other words."""

    report: Report
    receipt: str
    again: bool = False
    changed: bool = False

    @property
    def promise(self) -> str:
        """The signed promise that the filing will stand in the log."""
        return promise_of(self.report)


@dataclass(frozen=True)
class FileAbout:
    """What is known of a file; it stands sealed beside it. `key` opens original and copy."""

    name: str
    size: int
    media_type: str
    found: tuple[str, ...]
    copy_type: str
    key: bytes

    def as_json(self) -> dict[str, object]:
        """The form in which it is sealed."""
        return {**vars(self), "found": list(self.found), "key": self.key.hex()}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> FileAbout:
        """What `as_json` gave."""
        key = bytes.fromhex(str(value["key"]))
        return cls(**{**value, "found": tuple(value["found"]), "key": key})


@dataclass(frozen=True)
class OpenedMessage:
    """A message that can be read."""

    author: str
    kind: str
    sent_on: date
    text: str


@dataclass(frozen=True)
class OpenedFile:
    """A file whose name can be read; `read` gives its bytes."""

    id: uuid.UUID
    added_on: date
    about: FileAbout
    stored_as: str
    has_copy: bool

    def read(self, *, copy: bool) -> bytes:
        """The original, or the working copy without metadata (FileNotFoundError without one)."""
        name = self.stored_as + (storage.COPY if copy else "")
        return sealing.open_file(self.about.key, storage.get(name), self.stored_as.encode())


@dataclass(frozen=True)
class OpenedReport:
    """A report that can be read, by its organ or by its reporter; never the identity."""

    report: Report
    report_key: bytes
    content: Content
    messages: tuple[OpenedMessage, ...]
    attachments: tuple[OpenedFile, ...]


@dataclass(frozen=True, slots=True)
class Offered:
    """A remedy in words: a code of `law.service.REMEDIES`, what is done, and until when."""

    kind: str
    words: str
    due_on: date


@dataclass(frozen=True, slots=True)
class OpenedOffer:
    """A remedy that was offered to this reporter, and what he answered."""

    row: Offer
    offered: Offered
    answer_words: str


# Filing


def file_report(
    *,
    draft: bytes,
    content: Content,
    identity: Identity | None,
    organ: Organ,
    at: datetime,
    staged: Iterable[uuid.UUID] = (),
) -> Filed:
    """File a report, once, however often it is sent.

    `staged` are the files that the reporter saw; FilesGone is raised, and nothing is filed, when
    one of them is no longer there.
    """
    if not organ.inside or organ.public_key is None or organ.closed_on is not None:
        raise Refusal(_("This office cannot receive reports here."))
    secret = receipt.secret_of(draft)
    wanted = frozenset(staged)
    try:
        with turn(), transaction.atomic():
            report = _write_report(draft, secret, content, identity, organ, at, wanted)
    except (IntegrityError, FilesGone):
        earlier = Report.objects.filter(locator=receipt.locator(secret)).first()
        if earlier is None:
            raise
        way = Way.REPORT if identity else Way.PRIOR_INFORMATION
        return _filed_before(earlier, secret, content, wanted, way, organ)
    return Filed(report, receipt.show(secret))


# Whoever has the turn may take it again inside.
_WRITER = threading.RLock()


@contextmanager
def turn() -> Iterator[None]:
    """Wait for the one place at SQLite's writing desk in order, not by asking it again and again.

    Its own waiting sleeps up to a tenth of a second between two attempts, and lets anyone jump the
    queue. PostgreSQL takes many writers at once and needs no turn.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with _WRITER:
        yield


def _filed_before(
    report: Report,
    secret: bytes,
    content: Content,
    wanted: frozenset[uuid.UUID],
    way: Way,
    organ: Organ,
) -> Filed:
    """The first report, and whether this sending differs. Another name in a named report is not
    seen: the identity opens for the organ only."""
    opened = open_as_reporter(report, secret)
    same_words = replace(content, language=opened.content.language) == opened.content
    # Withdrawing takes the name away; that is no change of what is sent now.
    same_way = report.status == Status.WITHDRAWN or report.way == way
    same_files = wanted <= {file.id for file in opened.attachments}
    changed = not (same_words and same_way and same_files and report.organ_id == organ.pk)
    return Filed(report, receipt.show(secret), again=True, changed=changed)


def promise_of(report: Report) -> str:
    """The signed promise that the filing will stand in the log; "" while the log's key is broken.

    A report that is filed is filed: no fault of the log keeps its receipt back.
    """
    try:
        return ledger.promise(report.entry)
    except Refusal:
        return ""


def _write_report(
    draft: bytes,
    secret: bytes,
    content: Content,
    identity: Identity | None,
    organ: Organ,
    at: datetime,
    wanted: frozenset[uuid.UUID],
) -> Report:
    report_key, report_id, on = sealing.new_key(), uuid.uuid4(), day_in(organ.time_zone, at)
    sealed_content = sealing.close_json(
        report_key, content.to_json(), _context("content", report_id)
    )
    way = Way.REPORT if identity else Way.PRIOR_INFORMATION
    entry = ledger.record(
        act="report.filed",
        body={
            "report": str(report_id),
            "organ": str(organ.id),
            "way": way.value,
            # Commits to the sealed bytes: whoever changes them later contradicts the log.
            "sealed": hashlib.sha256(sealed_content).hexdigest(),
        },
        lane="daily",
        on=on,
    )
    report = Report(
        id=report_id,
        organ=organ,
        locator=receipt.locator(secret),
        province_code=content.province,
        received_on=on,
        way=way,
        entry=entry,
        key_for_organ=keys.seal(bytes(organ.public_key or b""), report_key),
        key_for_reporter=keys.encrypt(
            receipt.reporter_key(secret), report_key, _context("key", report_id)
        ),
        sealed_content=sealed_content,
    )
    if identity:
        _seal_identity(report, identity, organ)
    report.save(force_insert=True)
    if wanted:
        _move_staged(draft, report, report_key, wanted, on)
    return report


def _seal_identity(report: Report, identity: Identity, organ: Organ) -> None:
    key = sealing.new_key()
    report.sealed_identity = sealing.close_json(
        key, identity.to_json(), _context("identity", report.id)
    )
    report.identity_key_for_organ = keys.seal(bytes(organ.public_key or b""), key)


# Reading


def find(secret: bytes) -> Report | None:
    """The report that this receipt belongs to."""
    found = Report.objects.select_related("organ", "entry").filter(locator=receipt.locator(secret))
    return found.first()


def open_report(report: Report, organ_private: bytes) -> OpenedReport:
    """Open a report for its organ; raises keys.WrongKey for any other."""
    return open_with_key(report, keys.open_sealed(organ_private, bytes(report.key_for_organ)))


def open_as_reporter(report: Report, secret: bytes) -> OpenedReport:
    """Open a report for the one who filed it."""
    return open_with_key(report, _reporters_key(report, secret))


def _reporters_key(report: Report, secret: bytes) -> bytes:
    sealed = bytes(report.key_for_reporter)
    return keys.decrypt(receipt.reporter_key(secret), sealed, _context("key", report.id))


def open_with_key(report: Report, report_key: bytes) -> OpenedReport:
    """Open a report with its own key."""
    content = sealing.open_json(
        report_key, bytes(report.sealed_content), _context("content", report.id)
    )
    return OpenedReport(
        report=report,
        report_key=report_key,
        content=Content.from_json(content),
        messages=tuple(_open_message(message, report_key) for message in report.messages.all()),
        attachments=tuple(_open_file(file, report_key) for file in report.attachments.all()),
    )


def _open_message(message: Message, report_key: bytes) -> OpenedMessage:
    text = sealing.open_json(
        report_key, bytes(message.sealed_text), _context("message", message.id)
    )
    return OpenedMessage(message.author, message.kind, message.sent_on, text)


def _open_file(file: Attachment | StagedFile, key: bytes) -> OpenedFile:
    about = sealing.open_json(key, bytes(file.sealed_about), _context("file", file.id))
    on = file.added_on if isinstance(file, Attachment) else file.staged_on
    return OpenedFile(file.id, on, FileAbout.from_json(about), file.stored_as, file.has_copy)


def offers_of(report: Report, report_key: bytes) -> tuple[OpenedOffer, ...]:
    """The remedies that were offered to this reporter, the first one first."""
    return tuple(_open_offer(row, report_key) for row in report.offers.all())


def _open_offer(row: Offer, report_key: bytes) -> OpenedOffer:
    told = sealing.open_json(report_key, bytes(row.sealed), _context("offer", row.id))
    words = ""
    if row.sealed_answer is not None:
        where = _context("offer-answer", row.id)
        words = str(sealing.open_json(report_key, bytes(row.sealed_answer), where))
    due_on = date.fromisoformat(told["due_on"])
    return OpenedOffer(row, Offered(str(told["kind"]), str(told["words"]), due_on), words)


def satisfaction_of(report: Report, report_key: bytes) -> tuple[Satisfaction, str] | None:
    """How content the reporter said that he is, with his words."""
    row = Satisfaction.objects.filter(report=report).first()
    if row is None:
        return None
    where = _context("satisfaction", report.id)
    return row, str(sealing.open_json(report_key, bytes(row.sealed_words), where))


# Officers


def open_identity(
    report: Report, organ_private: bytes, *, by: Officer, reason: str, at: datetime
) -> Identity:
    """Open who reported. That it was opened, by whom and why is an entry of its own."""
    if report.sealed_identity is None or report.identity_key_for_organ is None:
        raise Refusal(_("This report holds no identity."))
    if not reason.strip():
        raise Refusal(_("An identity is opened for a reason: write it down."))
    key = keys.open_sealed(organ_private, bytes(report.identity_key_for_organ))
    value = sealing.open_json(key, bytes(report.sealed_identity), _context("identity", report.id))
    opening = IdentityOpening(
        report=report, officer=by, opened_on=day_in(report.organ.time_zone, at)
    )
    opening.sealed_reason = sealing.close_json(key, reason.strip(), _context("opening", opening.id))
    with transaction.atomic():
        opening.entry = _record_officer(
            "report.identity_opened", report, by, at, reason=_digest(key, reason)
        )
        opening.save(force_insert=True)
    return Identity.from_json(value)


def identity_openings(report: Report, organ_private: bytes) -> list[tuple[IdentityOpening, str]]:
    """Who opened the identity before, with the reason he wrote down; for officers of its organ."""
    if report.identity_key_for_organ is None:
        return []
    key = keys.open_sealed(organ_private, bytes(report.identity_key_for_organ))
    rows = report.openings.select_related("officer")
    return [
        (row, sealing.open_json(key, bytes(row.sealed_reason), _context("opening", row.id)))
        for row in rows
    ]


def ask(report: Report, text: str, *, report_key: bytes, by: Officer, at: datetime) -> Message:
    """Ask the reporter something; he sees it when he comes back with his receipt."""
    with transaction.atomic():
        current = _locked(report)
        if current.status == Status.WITHDRAWN:
            raise Refusal(_("This report was withdrawn."))
        if current.status in BEFORE_A_CASE:
            _set(current, status=Status.QUESTION)
        message = _write(
            current, Author.ORGAN, MessageKind.QUESTION, text, report_key, by.organ, at
        )
        _record_officer("report.asked", current, by, at)
    _refresh(report, current)
    return message


def tell(
    report: Report,
    *,
    status: str,
    next_due_on: date | None,
    by: Officer | None,
    at: datetime,
    note: str = "",
    report_key: bytes | None = None,
) -> None:
    """Tell the reporter how his report stands and when the next step is due.

    `by=None` is the worker. A note in words needs the report's key.
    """
    with transaction.atomic():
        current = _locked(report)
        _set(current, status=Status(status), next_due_on=next_due_on)
        if note.strip():
            if report_key is None:
                raise ValueError("a note is sealed: it needs the report's key")
            _write(current, Author.ORGAN, MessageKind.NOTE, note, report_key, current.organ, at)
        _record_officer("report.told", current, by, at, status=current.status)
    _refresh(report, current)


def offer(
    report: Report, remedy: UUID, offered: Offered, *, report_key: bytes, by: Officer, at: datetime
) -> Offer | None:
    """Let the reporter read a remedy behind his receipt and answer it; None if he was shown it
    before, or has withdrawn."""
    with transaction.atomic():
        current = _locked(report)
        shown = Offer.objects.filter(report=current, remedy=remedy).exists()
        if shown or current.status == Status.WITHDRAWN:
            return None
        row = Offer(report=current, remedy=remedy, offered_on=day_in(current.organ.time_zone, at))
        told = {
            "kind": offered.kind,
            "words": offered.words.strip(),
            "due_on": offered.due_on.isoformat(),
        }
        row.sealed = sealing.close_json(report_key, told, _context("offer", row.id))
        row.save(force_insert=True)
        _record_officer("report.offered", current, by, at)
    return row


def reschedule(due: Mapping[UUID, date]) -> None:
    """Tell many reporters a new day of the next step, where one is told at all.

    The caller has moved the terms and made the entry that says so.
    """
    alike: dict[date, list[UUID]] = {}
    for report, day in due.items():
        alike.setdefault(day, []).append(report)
    rows = Report.objects.exclude(status=Status.WITHDRAWN)
    for day, reports in alike.items():
        for first in range(0, len(reports), IN_ONE_STATEMENT):
            some = reports[first : first + IN_ONE_STATEMENT]
            rows.filter(pk__in=some).update(next_due_on=day)


# The reporter


def reply(report: Report, text: str, *, report_key: bytes, at: datetime, once: bytes) -> Message:
    """The reporter answers, or adds something. `once` is the form's own secret: sent twice, the
    same words of the same form are one message; other words, after the back button, another."""
    message_id = _once(report, once + text.encode(), b"reply")
    try:
        with transaction.atomic():
            current = _locked(report)
            if current.status == Status.QUESTION:
                _set(current, status=Status.ANSWERED)
            message = _write(
                current, Author.REPORTER, MessageKind.ANSWER, text, report_key, current.organ, at,
                message_id,
            )  # fmt: skip
            _record_reporter("report.answered", current, at)
    except IntegrityError:
        return Message.objects.get(pk=message_id)
    _refresh(report, current)
    return message


def answer_offer(
    report: Report,
    offer_id: UUID,
    answer: OfferAnswer,
    *,
    words: str,
    report_key: bytes,
    at: datetime,
) -> bool:
    """The reporter accepts or refuses a remedy, once; whether this was the answer."""
    with transaction.atomic():
        current = _locked(report)
        row = Offer.objects.filter(pk=offer_id, report=current).first()
        if row is None or row.answer or current.status == Status.WITHDRAWN:
            return False
        row.answer, row.answered_on = answer, day_in(current.organ.time_zone, at)
        row.sealed_answer = sealing.close_json(
            report_key, words.strip(), _context("offer-answer", row.id)
        )
        row.save()
        _record_reporter("report.offer_answered", current, at)
    return True


def say_satisfied(
    report: Report, level: Satisfied, *, words: str, report_key: bytes, at: datetime
) -> bool:
    """The reporter says how content he is, once; whether this was it."""
    with transaction.atomic():
        current = _locked(report)
        if current.status not in OVER or Satisfaction.objects.filter(report=current).exists():
            return False
        sealed = sealing.close_json(report_key, words.strip(), _context("satisfaction", current.id))
        on = day_in(current.organ.time_zone, at)
        Satisfaction.objects.create(report=current, level=level, said_on=on, sealed_words=sealed)
        _record_reporter("report.satisfaction", current, at)
    return True


def add_files(
    report: Report,
    *,
    draft: bytes,
    staged: Iterable[uuid.UUID],
    report_key: bytes,
    at: datetime,
) -> int:
    """Add staged files to a report that is filed already; how many."""
    wanted = frozenset(staged)
    with transaction.atomic():
        current = _locked(report)
        on = day_in(current.organ.time_zone, at)
        # A second click finds them moved already.
        wanted -= set(current.attachments.values_list("id", flat=True))
        if not wanted:
            return 0
        _move_staged(draft, current, report_key, wanted, on)
        _record_reporter("report.files_added", current, at)
    return len(wanted)


def withdraw(report: Report, *, report_key: bytes, at: datetime) -> bool:
    """The reporter withdraws; whether that ended the report.

    Before a case exists it ends the report, and a named reporter's identity is erased: what was
    told stays with the organ as information. Later it is recorded as his wish and the handling
    goes on (Perbawaslu 7/2022 ps. 14(2), 17(3); seen in secondary sources only).
    """
    with transaction.atomic():
        current = _locked(report)
        if current.withdrawn_on is not None:
            _refresh(report, current)
            return current.status == Status.WITHDRAWN
        current.withdrawn_on = day_in(current.organ.time_zone, at)
        ends = current.status in BEFORE_A_CASE
        if ends:
            current.status, current.next_due_on = Status.WITHDRAWN, None
            current.way = Way.PRIOR_INFORMATION
            current.sealed_identity = current.identity_key_for_organ = None
        current.save()
        _write(current, Author.REPORTER, MessageKind.WITHDRAWAL, "", report_key, current.organ, at)
        _record_reporter("report.withdrawn", current, at)
    _refresh(report, current)
    return ends


# Files of a draft


def stage(draft: bytes, *, name: str, data: bytes, at: date) -> OpenedFile:
    """Seal a file of a draft and look into it; it waits until the draft is sent, or two days."""
    storage.require_room(len(data))
    if (before := _staged_before(draft, clean_name(name), data)) is not None:
        return before
    seen = inspection.inspect(data)
    about = FileAbout(
        name=clean_name(name),
        size=len(data),
        media_type=seen.media_type,
        found=seen.found,
        copy_type=seen.copy_type,
        key=sealing.new_key(),
    )
    file = StagedFile(
        place=receipt.staging_place(draft),
        staged_on=at,
        stored_as=storage.new_name(),
        has_copy=seen.copy is not None,
    )
    file.sealed_about = sealing.close_json(
        receipt.staging_key(draft), about.as_json(), _context("file", file.id)
    )
    file.save(force_insert=True)
    context = file.stored_as.encode()
    storage.put(file.stored_as, sealing.close_file(about.key, data, context), on=at)
    if seen.copy is not None:
        sealed_copy = sealing.close_file(about.key, seen.copy, context)
        storage.put(file.stored_as + storage.COPY, sealed_copy, on=at)
    return OpenedFile(file.id, at, about, file.stored_as, file.has_copy)


def _staged_before(draft: bytes, name: str, data: bytes) -> OpenedFile | None:
    """The same file, staged already: sent again after a crash or by a second click, it is one."""
    alike = [f for f in staged_files(draft) if (f.about.name, f.about.size) == (name, len(data))]
    return next((file for file in alike if file.read(copy=False) == data), None)


def staged_files(draft: bytes) -> list[OpenedFile]:
    """The files of a draft that are really there."""
    key = receipt.staging_key(draft)
    rows = StagedFile.objects.filter(place=receipt.staging_place(draft)).order_by("id")
    return [_open_file(row, key) for row in rows if _complete(row)]


def unstage(draft: bytes, file_id: uuid.UUID, *, at: date) -> None:
    """Take a file out of a draft again, for good."""
    rows = StagedFile.objects.filter(place=receipt.staging_place(draft), pk=file_id)
    _remove(rows, at)


def purge_staged(at: datetime) -> int:
    """Remove the files of drafts that were never sent (worker, hourly); how many."""
    # The westernmost zone begins its day last: no file goes before its days are over anywhere.
    on = day_in("Asia/Jakarta", at)
    return _remove(StagedFile.objects.filter(staged_on__lt=on - timedelta(days=STAGED_DAYS)), on)


def _remove(rows: QuerySet[StagedFile], on: date) -> int:
    """The file first, its row last: killed in between, the next round finds the row again."""
    removed = 0
    for row_id in list(rows.values_list("pk", flat=True)):
        with transaction.atomic():
            row = StagedFile.objects.select_for_update().filter(pk=row_id).first()
            if row is None:
                continue
            storage.remove(row.stored_as + storage.COPY, on=on)
            storage.remove(row.stored_as, on=on)
            row.delete()
            removed += 1
    return removed


def _complete(row: StagedFile) -> bool:
    names = [row.stored_as, *([row.stored_as + storage.COPY] if row.has_copy else [])]
    return all(storage.exists(name) for name in names)


def _move_staged(
    draft: bytes, report: Report, report_key: bytes, wanted: frozenset[uuid.UUID], on: date
) -> None:
    """The file stays where it lies, in the same transaction it changes from draft to report: what
    opens it is sealed under the report's key instead of the draft's."""
    for file in release_staged(draft, wanted):
        about = file.about.as_json()
        sealed = sealing.close_json(report_key, about, _context("file", file.id))
        Attachment.objects.create(
            id=file.id, report=report, added_on=on, stored_as=file.stored_as,
            has_copy=file.has_copy, sealed_about=sealed,
        )  # fmt: skip


def release_staged(draft: bytes, wanted: frozenset[uuid.UUID]) -> list[OpenedFile]:
    """Let go of files of a draft: the caller keeps a row for each in the same transaction, with
    what opens it. FilesGone, and nothing is let go, when one of them is no longer there."""
    place, key = receipt.staging_place(draft), receipt.staging_key(draft)
    rows = StagedFile.objects.select_for_update().filter(place=place, pk__in=wanted)
    found = [row for row in rows if _complete(row)]
    if len(found) != len(wanted):
        raise FilesGone
    opened = [_open_file(row, key) for row in found]
    StagedFile.objects.filter(pk__in=wanted).delete()
    return opened


# Small change


def _context(what: str, row: uuid.UUID) -> bytes:
    """Ties a ciphertext to its row: moved to another row it does not open."""
    return f"timbang/report/{what}/".encode() + row.bytes


def _once(report: Report, once: bytes, purpose: bytes) -> uuid.UUID:
    digest = hashlib.blake2b(once + report.id.bytes, digest_size=16, person=purpose).digest()
    return uuid.UUID(bytes=digest, version=4)


def _digest(key: bytes, text: str) -> str:
    """Free text never enters the ledger: a digest that only the holder of the key can check."""
    return hashlib.blake2b(text.strip().encode(), key=key, digest_size=32).hexdigest()


def _locked(report: Report) -> Report:
    """The report as it is now, held until the transaction ends."""
    rows = Report.objects.select_for_update(of=("self",)).select_related("organ")
    return rows.get(pk=report.pk)


def _set(report: Report, **values: object) -> None:
    for name, value in values.items():
        setattr(report, name, value)
    report.save(update_fields=list(values))


def _refresh(report: Report, current: Report) -> None:
    """The caller's row says what the database says now."""
    for field in Report._meta.concrete_fields:
        setattr(report, field.attname, getattr(current, field.attname))


def _write(
    report: Report,
    author: Author,
    kind: MessageKind,
    text: str,
    report_key: bytes,
    organ: Organ,
    at: datetime,
    message_id: uuid.UUID | None = None,
) -> Message:
    message = Message(
        report=report,
        position=report.messages.count() + 1,
        author=author,
        kind=kind,
        sent_on=day_in(organ.time_zone, at),
    )
    message.id = message_id or message.id
    message.sealed_text = sealing.close_json(report_key, text, _context("message", message.id))
    message.save(force_insert=True)
    return message


def _record_reporter(act: str, report: Report, at: datetime) -> None:
    on = day_in(report.organ.time_zone, at)
    ledger.record(act=act, body={"report": str(report.id)}, lane="daily", on=on)


def _record_officer(
    act: str, report: Report, by: Officer | None, at: datetime, **more: str
) -> Entry:
    on = day_in(report.organ.time_zone, at)
    body = {"report": str(report.id), "by": str(by.id) if by else None, **more}
    return ledger.record(act=act, body=body, lane="now", on=on)
