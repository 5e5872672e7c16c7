"""What officers write in a case: facts, people, study, recommendation, notes, letters, exhibits.

Each version is a row of its own under a key of its own. The surprising part: even the officer's
own organ reads a document by a key that was sealed to it, so that handing over is nothing more
than sealing the same key to another organ, for exactly the items that were chosen.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from timbang.accounts import keys
from timbang.accounts.models import Organ
from timbang.cases import besides, reading, searching, vault
from timbang.cases import facts as case_facts
from timbang.cases.actions import custody, recusing, routing
from timbang.cases.actions.journal import (
    Line,
    Overtaken,
    Seen,
    check_may,
    check_version,
    done_before,
    locked,
    write_line,
)
from timbang.cases.course import today
from timbang.cases.models import (
    Accused,
    Act,
    Case,
    CaseKey,
    CaseStep,
    Clearing,
    CustodyAct,
    Document,
    DocumentKind,
    Exhibit,
    NormUse,
)
from timbang.cases.permission import CASEWORK, READERS
from timbang.cases.vault import Desk, Person
from timbang.law.letter_forms import Kind
from timbang.law.refusal import Refusal
from timbang.reports.actions import OpenedFile, OpenedReport

MOST_EXHIBITS = 200
MOST_BYTES = 32 * 1024 * 1024
WRITTEN = (DocumentKind.STUDY, DocumentKind.RECOMMENDATION, DocumentKind.NOTE)


@transaction.atomic
def write_facts(
    case: Case,
    facts: Mapping[str, object],
    *,
    main_conduct: str = "",
    base_version: int,
    seen: Seen,
    by: Desk,
    at: datetime,
) -> Document:
    """Save a new version of the facts; `base_version` is the one that the form showed."""
    body = {"facts": case_facts.to_json(facts)}
    case = locked(case)
    document = _new_version(
        case, DocumentKind.FACTS, body, base_version, Act.FACTS, CASEWORK, seen, by, at
    )
    case.conduct = case_facts.main_conduct(facts, main_conduct)
    case.save()
    routing.show_conduct(case)
    return document


def first_facts(
    case: Case, facts: Mapping[str, object], *, journal: CaseStep, by: Desk
) -> Document:
    """The facts as the reports tell them: what an officer corrects later."""
    body = {"facts": case_facts.to_json(facts)}
    document = store(case, DocumentKind.FACTS, body, journal=journal, by=by)
    case.conduct = case_facts.main_conduct(facts, "")
    case.save()
    return document


@transaction.atomic
def write_document(
    case: Case,
    kind: DocumentKind,
    body: Mapping[str, Any],
    *,
    base_version: int,
    seen: Seen,
    by: Desk,
    at: datetime,
) -> Document:
    """Save a new version of a study or recommendation, or add a note.

    A study or recommendation keeps the receipt of what the law answered on that day, sealed with
    it, and the plain hashes of the norms that it rests on.
    """
    if kind not in WRITTEN:
        raise Refusal(_("Only studies, recommendations and notes are written by hand."))
    case, told = locked(case), dict(body)
    if kind == DocumentKind.NOTE:
        return _new_version(case, kind, told, base_version, Act.DOCUMENT, READERS, seen, by, at)
    receipts = reading.receipts_of(case, by, on=today(by.organ, at))
    told["receipts"] = [found.as_json() for found in receipts]
    before = case.version
    document = _new_version(case, kind, told, base_version, Act.DOCUMENT, CASEWORK, seen, by, at)
    if case.version > before:
        _keep_norms(case, case_facts.relied_on(receipts), today(by.organ, at))
    return document


def _keep_norms(case: Case, hashes: Mapping[str, str], on: date) -> None:
    """Which norms the newest study or recommendation rests on, in clear: see `NormUse`."""
    NormUse.objects.filter(case=case).delete()
    NormUse.objects.bulk_create(
        NormUse(case=case, norm=norm, hash=found, used_on=on) for norm, found in hashes.items()
    )


def _new_version(
    case: Case,
    kind: DocumentKind,
    body: dict[str, Any],
    base_version: int,
    act: Act,
    roles: Sequence[str],
    seen: Seen,
    by: Desk,
    at: datetime,
) -> Document:
    if (earlier := done_before(case, seen)) is not None:
        return earlier.documents.get()
    check_may(case, by, *roles, beside=beside(case, kind, by))
    if kind != DocumentKind.NOTE and last_version(case, kind, by) != base_version:
        written = CaseStep.objects.filter(case=case, documents__kind=kind, organ=by.organ)
        newer = written.filter(documents__version__gt=base_version)
        raise Overtaken(list(newer.select_related("organ", "officer")))
    line = Line(act, today(by.organ, at), step=case.step, outcome=kind.value)
    journal = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    return store(case, kind, body, journal=journal, by=by)


def beside(case: Case, kind: DocumentKind, by: Desk) -> bool:
    """Who was asked in writes what an examiner writes; whom the law names beside the holder makes
    the letter that his step needs, and his notes."""
    if kind in (DocumentKind.LETTER, DocumentKind.NOTE) and besides.steps_in(case, by.organ):
        return True
    return besides.examines(case, by.organ)


def last_version(case: Case, kind: DocumentKind, by: Desk) -> int:
    """The number of the newest version that this organ wrote, 0 for none."""
    written = Document.objects.filter(case=case, kind=kind, organ=by.organ)
    return written.aggregate(last=Max("version"))["last"] or 0


def store(
    case: Case, kind: DocumentKind, body: Mapping[str, Any], *, journal: CaseStep, by: Desk
) -> Document:
    """Seal a document under a new key and seal that key to the officer's organ."""
    row = Document(
        case=case,
        organ=by.organ,
        kind=kind,
        version=last_version(case, kind, by) + 1,
        written_by=by.officer,
        written_on=journal.recorded_on,
        journal=journal,
    )
    key = keys.new_key()
    row.sealed = vault.close_document(key, row, dict(body))
    row.save(force_insert=True)
    team = besides.sharing(case, by.organ, facts=kind == DocumentKind.FACTS)
    _seal(row, key, [by.organ, *team], journal.recorded_on)
    return row


def _seal(row: Document | Exhibit, key: bytes, organs: Sequence[Organ], on: date) -> None:
    """Give the key of what was written to the own organ, and to those that share it at once."""
    for organ in organs:
        given = vault.new_item_key(row, key, organ)
        given.given_on = on
        given.save()


@transaction.atomic
def write_person(
    case: Case, accused_id: UUID | None, person: Person, *, seen: Seen, by: Desk, at: datetime
) -> CaseStep:
    """Correct a reported person, or add one (`accused_id` None)."""
    case = locked(case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    check_may(case, by, *CASEWORK)
    if not (person.name.strip() or person.post.strip()):
        raise Refusal(_("Each reported person needs a name, or at least a post."))
    row = Accused.objects.filter(case=case, pk=accused_id).first() if accused_id else None
    if row is not None:
        _check_same_person(case, row, person, by)
    row = row or Accused(case=case, position=case.accused.count() + 1)
    row.sealed = vault.close_person(vault.case_key(case, by), row, person)
    row.save()
    line = Line(Act.ACCUSED, today(by.organ, at), step=case.step)
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    CaseKey.objects.filter(case=case).update(indexed=False)
    searching.index(case, by)
    recusing.found_anew(case, by=by, at=at)
    return written


def _check_same_person(case: Case, row: Accused, person: Person, by: Desk) -> None:
    """Who a case is about is for the office that opened it: whoever gets the case later may be the
    patron of the one, or the enemy of another."""
    known = vault.open_person(vault.case_key(case, by), row)
    renamed = known.name.strip() != "" and person.name.strip() != known.name.strip()
    if renamed and not besides.stands_for(case.organ, by.organ):
        raise Refusal(
            _(
                "Only the office that opened the case changes the name of a reported person. Write "
                "a note, or send the case back with reasons."
            )
        )


@transaction.atomic
def keep_letter(
    case: Case,
    *,
    kind: str,
    title: str,
    pdf: bytes,
    seen: Seen,
    by: Desk,
    at: datetime,
    clears: Accused | None = None,
) -> Document:
    """Keep a letter that was produced, sealed as every document; `clears`: whom it clears."""
    case = locked(case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier.documents.get()
    check_may(case, by, *CASEWORK, beside=beside(case, DocumentKind.LETTER, by))
    line = Line(Act.LETTER, today(by.organ, at), step=case.step, outcome=kind)
    journal = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    body = {
        "letter": kind,
        "title": title,
        "sha256": hashlib.sha256(pdf).hexdigest(),
        "pdf": base64.b64encode(pdf).decode(),
    }
    kept = store(case, DocumentKind.LETTER, body, journal=journal, by=by)
    if kind == Kind.CLOSING_NOT_PROVEN:
        keep_cleared(case, kept, clears)
    return kept


def keep_cleared(case: Case, letter: Document, clears: Accused | None) -> None:
    """Whom a letter clears. One that names nobody among several clears nobody."""
    people = list(case.accused.all())
    if clears is None and len(people) == 1:
        [clears] = people
    if clears is not None and clears in people:
        Clearing.objects.create(document=letter, accused=clears)


def letter_bytes(body: Mapping[str, Any]) -> bytes:
    """The PDF of an opened letter."""
    return base64.b64decode(body["pdf"])


@transaction.atomic
def choose_exhibit(
    case: Case,
    file: OpenedFile,
    opened: OpenedReport,
    *,
    title: str,
    original: bool,
    seen: Seen,
    by: Desk,
    at: datetime,
) -> Exhibit:
    """Take a file of a report into the case as an exhibit: a copy under a key of its own.

    The working copy without metadata, unless `original`: an original can name its maker.
    """
    if not original and not file.has_copy:
        raise Refusal(
            _(
                "This file has no working copy without metadata: choose the original, knowing "
                "that it may name its maker."
            )
        )
    origin = Exhibit.Origin.ORIGINAL if original else Exhibit.Origin.WORKING_COPY
    media = file.about.media_type if original else file.about.copy_type
    about = {"title": title.strip() or str(_("Exhibit")), "media_type": media}
    data = file.read(copy=not original)
    row = Exhibit(attachment_id=file.id, report=opened.report, origin=origin)
    return keep_exhibit(case, row, data, about, seen, by, at)


@transaction.atomic
def choose_words(
    case: Case, opened: OpenedReport, *, title: str, text: str, seen: Seen, by: Desk, at: datetime
) -> Exhibit:
    """Take words of the reporter as an exhibit: those that an officer chose, as he saw them."""
    about = {"title": title.strip() or str(_("Account")), "media_type": "text/plain"}
    row = Exhibit(report=opened.report, origin=Exhibit.Origin.WORDS)
    return keep_exhibit(case, row, text.encode(), about, seen, by, at)


def keep_exhibit(
    case: Case,
    row: Exhibit,
    data: bytes,
    about: dict[str, Any],
    seen: Seen,
    by: Desk,
    at: datetime,
    words: str = "",
) -> Exhibit:
    """Seal a new exhibit under a key of its own and begin its chain of custody; `words` say how it
    came, and stay with this organ. Inside a transaction."""
    case = locked(case)
    earlier = done_before(case, seen)
    if earlier is not None:
        return Exhibit.objects.get(case=case, journal=earlier)
    check_may(case, by, *CASEWORK, beside=besides.examines(case, by.organ))
    if not data or len(data) > MOST_BYTES:
        raise Refusal(_("An exhibit holds between 1 byte and 32 MB."))
    count = case.exhibits.count()
    if count >= MOST_EXHIBITS:
        raise Refusal(_("A case holds at most 200 exhibits."))
    on = today(by.organ, at)
    row.case, row.organ, row.position = case, by.organ, count + 1
    row.chosen_by, row.chosen_on = by.officer, on
    key = keys.new_key()
    row.sealed = vault.close_file(key, row, data)
    sha256 = hashlib.sha256(data).hexdigest()
    row.sealed_about = vault.close_about(key, row, about | {"sha256": sha256, "size": len(data)})
    link = custody.draw(row, CustodyAct.RECEIVED, by=by, on=on, words=words)
    line = Line(Act.EXHIBIT, on, step=case.step, outcome=row.origin, custody=bytes(link.hash).hex())
    row.journal = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    row.save(force_insert=True)
    custody.keep(link, entry=row.journal.entry)
    _seal(row, key, [by.organ, *besides.sharing(case, by.organ, facts=False)], on)
    return row
