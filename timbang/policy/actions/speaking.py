"""What people say: taken in from whoever sends it, read and answered by the office.

Who sends something is nobody to this room: a receipt, derived from the form, is the only way back,
and only its digest is kept. The entry of the log is made in the daily lane, as those of reports
are, so that no hour can be read from it.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Officer
from timbang.law import policy
from timbang.law.refusal import Refusal
from timbang.ledger.actions import record
from timbang.policy import course, docket_reading, ties
from timbang.policy.actions.journal import (
    Said,
    Seen,
    check_may,
    check_untied,
    check_version,
    done_before,
    locked,
    write_line,
    write_lines,
)
from timbang.policy.actions.opening import WRITERS
from timbang.policy.models import Act, Comment, Dossier, Line, Mode, Shown, SitePhoto, SiteVisit
from timbang.policy.wording import WHY_VISIT_WITHHELD, WHY_WITHHELD
from timbang.reports import inspection, receipt
from timbang.reports.actions import FilesGone, OpenedFile, staged_files, turn, unstage

LONGEST: Final = 5_000
LONGEST_NAME: Final = 100
LONGEST_PLACE: Final = 200
# A photograph is shown no wider or higher than this.
MOST_PIXELS: Final = 1_600
# So many names of one text stand on a page of the desk; where there are more, they are read one by
# one.
MOST_NAMES: Final = 100
MOST_AT_ONCE: Final = 10_000
Voice = Comment | SiteVisit


@dataclass(frozen=True, slots=True)
class Sent:
    """What the sender gets. `again`: it was sent before; `changed`: with other words."""

    receipt: str
    again: bool = False
    changed: bool = False


def plain_line(text: str) -> str:
    """A name or a place in one line, without signs that show other text than they hold."""
    kept = (" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    return " ".join("".join(kept).split())


def _text(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def is_photo(file: OpenedFile) -> bool:
    """Whether a staged file was read as a picture and drawn anew."""
    return file.has_copy and file.about.copy_type.startswith("image/")


def find(secret: bytes) -> Voice | None:
    """What this receipt belongs to."""
    place = receipt.locator(secret)
    for model in (Comment, SiteVisit):
        row = model.objects.select_related("dossier__organ", "entry").filter(receipt=place).first()
        if row is not None:
            return row
    return None


# --- taking in ------------------------------------------------------------------------------------


def send_comment(dossier: Dossier, *, draft: bytes, name: str, body: str, at: datetime) -> Sent:
    """Take a comment, once, however often the form is sent."""
    body, name = _text(body), plain_line(name)
    if not body:
        raise Refusal(_("Please write something."))
    if len(body) > LONGEST or len(name) > LONGEST_NAME:
        raise Refusal(_("This is too long."))
    secret = receipt.secret_of(draft)
    place = receipt.locator(secret)
    earlier = Comment.objects.filter(receipt=place).first()
    if earlier is None:
        try:
            with turn(), transaction.atomic():
                _write_comment(dossier, place, name, body, at)
            return Sent(receipt.show(secret))
        except IntegrityError:
            earlier = Comment.objects.get(receipt=place)
    return Sent(
        receipt.show(secret), again=True, changed=(earlier.body, earlier.name) != (body, name)
    )


def _write_comment(dossier: Dossier, place: bytes, name: str, body: str, at: datetime) -> Comment:
    dossier = locked(dossier)
    if not docket_reading.takes_comments(dossier):
        raise Refusal(_("This policy takes no comments any more."))
    on, id_ = course.today(dossier.organ, at), uuid4()
    return Comment.objects.create(
        id=id_,
        dossier=dossier,
        step=dossier.step,
        receipt=place,
        name=name,
        body=body,
        sent_on=on,
        entry=_taken("policy.comment", dossier, id_, f"{name}\n{body}", on),
    )


def _taken(act: str, dossier: Dossier, id_: UUID, text: str, on: date) -> Any:
    """The entry of what was sent: it commits to the words, and tells nothing of who sent them."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    body = {"dossier": str(dossier.id), "id": str(id_), "content": digest}
    return record(act=act, body=body, lane="daily", on=on)


@dataclass(frozen=True, slots=True)
class Visited:
    """What somebody saw on site. `milestone` is its ordinal."""

    place: str
    seen_on: date
    body: str
    region_code: str = ""
    milestone: int | None = None


def send_visit(
    dossier: Dossier,
    visited: Visited,
    *,
    draft: bytes,
    staged: Iterable[UUID] = (),
    at: datetime,
) -> Sent:
    """Take what somebody saw on site, once. `staged` are the photographs that he was shown.

    Raises `reports.actions.FilesGone`, and nothing is taken, when one of them is no longer there.
    """
    secret = receipt.secret_of(draft)
    place = receipt.locator(secret)
    earlier = SiteVisit.objects.filter(receipt=place).first()
    if earlier is None:
        try:
            with turn(), transaction.atomic():
                photos = _write_visit(dossier, place, visited, draft, frozenset(staged), at)
        except IntegrityError:
            earlier = SiteVisit.objects.get(receipt=place)
        else:
            # Whoever is killed here leaves them to the worker, who throws old ones away.
            for file in photos:
                unstage(draft, file.id, at=at.date())
            return Sent(receipt.show(secret))
    same = (earlier.body, earlier.place) == (_text(visited.body), plain_line(visited.place))
    return Sent(receipt.show(secret), again=True, changed=not same)


def _write_visit(
    dossier: Dossier,
    place: bytes,
    visited: Visited,
    draft: bytes,
    staged: frozenset[UUID],
    at: datetime,
) -> list[OpenedFile]:
    dossier = locked(dossier)
    _check_visit(dossier, visited, at)
    on, id_ = course.today(dossier.organ, at), uuid4()
    body, where = _text(visited.body), plain_line(visited.place)
    files = [file for file in staged_files(draft) if file.id in staged] if staged else []
    if len(files) != len(staged):
        raise FilesGone
    if not all(is_photo(file) for file in files):
        raise Refusal(_("Only photographs are taken: JPEG, PNG or WebP."))
    pictures = [inspection.smaller(file.read(copy=True), MOST_PIXELS) for file in files]
    digests = [hashlib.sha256(picture).hexdigest() for picture in pictures]
    row = SiteVisit.objects.create(
        id=id_,
        dossier=dossier,
        milestone=visited.milestone,
        receipt=place,
        region_code=visited.region_code,
        place=where,
        seen_on=visited.seen_on,
        body=body,
        sent_on=on,
        entry=_taken("policy.visit", dossier, id_, "\n".join([where, body, *digests]), on),
    )
    for picture, digest in zip(pictures, digests, strict=True):
        SitePhoto.objects.create(visit=row, kind="image/jpeg", body=picture, sha256=digest)
    return files


def _check_visit(dossier: Dossier, visited: Visited, at: datetime) -> None:
    if not docket_reading.takes_visits(dossier):
        raise Refusal(_("Nothing of this policy is carried out yet that could be seen on site."))
    if not visited.body.strip() or not plain_line(visited.place):
        raise Refusal(_("Please say where you were and what you saw."))
    if len(visited.body) > LONGEST or len(visited.place) > LONGEST_PLACE:
        raise Refusal(_("This is too long."))
    if visited.seen_on > course.today(dossier.organ, at):
        raise Refusal(_("The day lies in the future."))
    chosen = visited.milestone
    if chosen is not None and not dossier.milestones.filter(ordinal=chosen).exists():
        raise Refusal(_("There is no such milestone."))


# --- reading, at the desk -------------------------------------------------------------------------


def show(row: Voice, *, seen: Seen, by: Officer, at: datetime) -> Voice:
    """Let everybody read what was sent."""
    return _decide(row, Shown.SHOWN, "", seen=seen, by=by, at=at)


def withhold(row: Voice, why: str, *, seen: Seen, by: Officer, at: datetime) -> Voice:
    """Keep back what was sent, for a reason of the closed list; that there is one stays public."""
    known = WHY_WITHHELD if isinstance(row, Comment) else WHY_VISIT_WITHHELD
    if why not in known:
        raise Refusal(_("Choose one of the reasons."))
    return _decide(row, Shown.WITHHELD, why, seen=seen, by=by, at=at)


_ACTS: Final = {
    (Comment, Shown.SHOWN): Act.COMMENT_SHOWN,
    (Comment, Shown.WITHHELD): Act.COMMENT_WITHHELD,
    (SiteVisit, Shown.SHOWN): Act.VISIT_SHOWN,
    (SiteVisit, Shown.WITHHELD): Act.VISIT_WITHHELD,
}


@transaction.atomic
def _decide(row: Voice, state: Shown, why: str, *, seen: Seen, by: Officer, at: datetime) -> Voice:
    dossier = locked(row.dossier)
    fresh: Voice = type(row).objects.get(pk=row.pk)
    if done_before(dossier, seen, _ACTS[type(row), state], about=why) is not None:
        return fresh
    _check_reader(dossier, seen, by)
    if fresh.state == state and fresh.why_withheld == why:
        raise Refusal(_("It stands so already."))
    fresh.state, fresh.why_withheld = state, why
    fresh.shown_by = _said(dossier, _ACTS[type(row), state], why, fresh, seen=seen, by=by, at=at)
    fresh.save()
    return fresh


@transaction.atomic
def answer(
    comment: Comment, outcome: str, words: str, *, seen: Seen, by: Officer, at: datetime
) -> Comment:
    """Say what was done about a comment, and why; once, and everybody reads it."""
    dossier = locked(comment.dossier)
    fresh = Comment.objects.get(pk=comment.pk)
    if done_before(dossier, seen, Act.COMMENT_ANSWERED, about=outcome) is not None:
        return fresh
    _check_reader(dossier, seen, by)
    if fresh.state != Shown.SHOWN:
        raise Refusal(_("Only a comment that everybody can read is answered."))
    if fresh.answered_on is not None:
        raise Refusal(_("This comment is answered already."))
    _check_answer(outcome, words)
    fresh.answered_by = _said(
        dossier, Act.COMMENT_ANSWERED, outcome, fresh, words=words, seen=seen, by=by, at=at
    )
    fresh.outcome, fresh.answer = outcome, words.strip()
    fresh.answered_on = fresh.answered_by.done_on
    fresh.save()
    return fresh


# --- many at once ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ticked:
    """What was ticked in a list of comments: whole texts, each told by any comment that has it and
    by how many names stood beside it on the page; and single comments. At most 10,000 are taken in
    one act; the rest waits in the list."""

    texts: Mapping[UUID, int]
    single: frozenset[UUID] = frozenset()


@transaction.atomic
def show_all(
    dossier: Dossier, ticked: Ticked, *, among: Shown, seen: Seen, by: Officer, at: datetime
) -> int:
    """Let everybody read what was ticked of those that stand so; how many. A whole text is shown
    only with names that stood on the page: nothing is shown that nobody has read."""
    dossier = locked(dossier)
    if done_before(dossier, seen, Act.COMMENT_SHOWN) is not None:
        return 0
    _check_reader(dossier, seen, by)
    _check_names(dossier, ticked, among)
    rows = _ticked(dossier, ticked, Q(state=among))
    lines = _lines(dossier, Act.COMMENT_SHOWN, "", rows, "", seen=seen, by=by, at=at)
    _keep(rows, lines, "shown_by", state=Shown.SHOWN, why_withheld="")
    return len(rows)


@transaction.atomic
def withhold_all(
    dossier: Dossier,
    ticked: Ticked,
    why: str,
    *,
    among: Shown,
    seen: Seen,
    by: Officer,
    at: datetime,
) -> int:
    """Keep back what was ticked of those that stand so, all for one reason; how many."""
    if why not in WHY_WITHHELD:
        raise Refusal(_("Choose one of the reasons."))
    dossier = locked(dossier)
    if done_before(dossier, seen, Act.COMMENT_WITHHELD, about=why) is not None:
        return 0
    _check_reader(dossier, seen, by)
    rows = _ticked(dossier, ticked, Q(state=among))
    lines = _lines(dossier, Act.COMMENT_WITHHELD, why, rows, "", seen=seen, by=by, at=at)
    _keep(rows, lines, "shown_by", state=Shown.WITHHELD, why_withheld=why)
    return len(rows)


@transaction.atomic
def answer_all(
    dossier: Dossier,
    ticked: Ticked,
    outcome: str,
    words: str,
    *,
    seen: Seen,
    by: Officer,
    at: datetime,
) -> int:
    """Answer what was ticked of those that are shown and not answered yet, in the same words."""
    _check_answer(outcome, words)
    dossier = locked(dossier)
    if done_before(dossier, seen, Act.COMMENT_ANSWERED, about=outcome) is not None:
        return 0
    _check_reader(dossier, seen, by)
    rows = _ticked(dossier, ticked, Q(state=Shown.SHOWN, answered_on=None))
    lines = _lines(dossier, Act.COMMENT_ANSWERED, outcome, rows, words, seen=seen, by=by, at=at)
    _keep(
        rows, lines, "answered_by",
        outcome=outcome, answer=words.strip(), answered_on=lines[0].done_on,
    )  # fmt: skip
    return len(rows)


def _ticked(dossier: Dossier, ticked: Ticked, among: Q) -> list[Comment]:
    """The comments that were ticked; one that was decided on meanwhile is none of them."""
    every = Comment.objects.filter(dossier=dossier)
    texts = list(every.filter(pk__in=ticked.texts).values_list("body", flat=True))
    rows = every.filter(among).filter(Q(body__in=texts) | Q(pk__in=ticked.single))
    found = list(rows.only("pk", "dossier")[:MOST_AT_ONCE])
    if not found:
        raise Refusal(_("Tick at least one comment."))
    return found


def _check_names(dossier: Dossier, ticked: Ticked, among: Shown) -> None:
    every = Comment.objects.filter(dossier=dossier)
    for row in every.filter(pk__in=ticked.texts).only("body"):
        named = every.filter(state=among, body=row.body).exclude(name="").count()
        if named > MOST_NAMES or named != ticked.texts[row.pk]:
            raise Refusal(
                _(
                    "Names stand beside this text that were not on your page. Read them one by "
                    "one, and tick those."
                )
            )


def _lines(
    dossier: Dossier,
    act: Act,
    about: str,
    rows: list[Comment],
    words: str,
    *,
    seen: Seen,
    by: Officer,
    at: datetime,
) -> list[Line]:
    told = [_told(dossier, act, about, row, words) for row in rows]
    return write_lines(dossier, told, organ=by.organ, by=by, at=at, once=seen.once)


def _keep(rows: list[Comment], lines: list[Line], by: str, **changed: Any) -> None:
    """Write what is the same for all in one statement, and the line of each."""
    Comment.objects.filter(dossier=rows[0].dossier_id, pk__in=[row.pk for row in rows]).update(
        **changed
    )
    for row, line in zip(rows, lines, strict=True):
        setattr(row, by, line)
    Comment.objects.bulk_update(rows, [by], batch_size=200)


def _check_answer(outcome: str, words: str) -> None:
    if outcome not in policy.COMMENT_OUTCOMES:
        raise Refusal(_("Choose what was done about it."))
    if not words.strip():
        raise Refusal(_("Say in words what was done about it, and why."))


def _check_reader(dossier: Dossier, seen: Seen, by: Officer) -> None:
    """The office's own analyst, or whoever keeps an observer's dossier; after the end as well."""
    check_version(dossier, seen)
    check_may(dossier, by, WRITERS[Mode(dossier.mode)], even_ended=True)
    check_untied(dossier, by, ties.WRITING)


def _said(
    dossier: Dossier,
    act: Act,
    about: str,
    row: Voice,
    *,
    words: str = "",
    seen: Seen,
    by: Officer,
    at: datetime,
) -> Line:
    said = _told(dossier, act, about, row, words)
    return write_line(dossier, said, organ=by.organ, by=by, at=at, once=seen.once)


def _told(dossier: Dossier, act: Act, about: str, row: Voice, words: str) -> Said:
    return Said(
        act,
        step=dossier.step,
        about=about,
        role=WRITERS[Mode(dossier.mode)],
        content={"id": str(row.pk), "answer": words.strip()},
    )
