"""Letters are made here: numbered, typeset, sealed, and known by the digest of their bytes.

One transaction takes the number, makes the bytes that carry it and writes them down: a letter that
fails leaves no gap in the numbers, and two officers at once never get the same. The ledger entry
holds the digest; the code on the letter leads to a page that compares them.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Organ
from timbang.cases import checking, numbering
from timbang.cases.actions import writing
from timbang.cases.actions.journal import Line, Seen, check_may, done_before, locked, write_line
from timbang.cases.course import today
from timbang.cases.models import (
    Accused,
    Act,
    Case,
    CaseStep,
    Document,
    DocumentKind,
    IssuedLetter,
    LetterCount,
    NumberFormat,
)
from timbang.cases.permission import CASEWORK, may
from timbang.cases.vault import Desk
from timbang.law import letters
from timbang.law.letter_forms import Kind
from timbang.law.letters import Letter
from timbang.law.refusal import Refusal
from timbang.ledger.actions import record
from timbang.ledger.commitment import Value

SETTER: Final = "administrator"


@transaction.atomic
def make_letter(
    case: Case,
    letter: Letter,
    *,
    language: letters.Language,
    host: str,
    seen: Seen,
    by: Desk,
    at: datetime,
    clears: Accused | None = None,
) -> Document:
    """Number a letter, make it and keep it. `letter.number` is taken only where the organ numbers
    by hand. `host`: where the public door is, for the code on the letter. `clears`: the one whom a
    clearing is for."""
    case = locked(case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier.documents.get()
    check_may(case, by, *CASEWORK, beside=writing.beside(case, DocumentKind.LETTER, by))
    on, code = today(by.organ, at), checking.new_code()
    place, number = _take_number(letter, by.organ)
    check = letters.Check(checking.address(host, code))
    letter = replace(letter, number=number, check=check, draft=False)
    pdf = letters.render(letter, language=language)
    digest = hashlib.sha256(pdf)
    line = Line(Act.LETTER, on, step=case.step, outcome=letter.kind, letter=digest.hexdigest())
    journal = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    body = _body(letter, language, pdf, digest.hexdigest())
    document: Document = writing.store(case, DocumentKind.LETTER, body, journal=journal, by=by)
    if letter.kind == Kind.CLOSING_NOT_PROVEN:
        writing.keep_cleared(case, document, clears)
    _issue(document, letter, journal, code=code, place=place, digest=digest.digest(), size=len(pdf))
    return document


def _body(letter: Letter, language: letters.Language, pdf: bytes, digest: str) -> dict[str, Any]:
    return {
        "letter": letter.kind.value,
        "title": letters.words(language)["kinds"][letter.kind]["title"],
        "number": letter.number,
        "sha256": digest,
        "pdf": base64.b64encode(pdf).decode(),
        "made": {
            "with": letters.made_with(),
            "language": language,
            "from": letters.as_json(letter),
        },
    }


def _issue(
    document: Document,
    letter: Letter,
    journal: CaseStep,
    *,
    code: str,
    place: int | None,
    digest: bytes,
    size: int,
) -> IssuedLetter:
    return IssuedLetter.objects.create(
        organ=document.organ,
        document=document,
        kind=letter.kind,
        year=letter.dated_on.year,
        place=place,
        number=letter.number,
        dated_on=letter.dated_on,
        made_on=document.written_on,
        code_hash=checking.hash_of(code),
        digest=digest,
        size=size,
        made_with=letters.made_with(),
        entry=journal.entry,
    )


def pattern_of(organ: Organ) -> str:
    """How an organ writes its numbers; empty: each is typed by hand."""
    row = NumberFormat.objects.filter(organ=organ).first()
    return numbering.DEFAULT if row is None else row.pattern


def _take_number(letter: Letter, organ: Organ) -> tuple[int | None, str]:
    """The next number of this kind in the letter's year, or the one that the officer typed."""
    pattern = pattern_of(organ)
    place = _next(organ, letter) if pattern else None
    if place is None:
        number = letter.number.strip()
        if not numbering.may_be_typed(number):
            raise Refusal(
                _("Type the number that your office gave: letters, digits and / . - only.")
            )
    else:
        number = numbering.number(
            pattern, place=place, kind=letter.kind, organ=organ.code, on=letter.dated_on
        )
    if IssuedLetter.objects.filter(organ=organ, number=number).exists():
        raise Refusal(_("Your office has a letter with this number already."))
    return place, number


def _next(organ: Organ, letter: Letter) -> int:
    """Counted on under the lock of the organ's own count: who comes second waits for the first."""
    which: dict[str, Any] = {"organ": organ, "kind": letter.kind, "year": letter.dated_on.year}
    LetterCount.objects.get_or_create(**which)
    count = LetterCount.objects.select_for_update().get(**which)
    count.last += 1
    count.save(update_fields=["last"])
    return count.last


@transaction.atomic
def set_format(pattern: str, *, by: Desk, at: datetime) -> NumberFormat:
    """Say how the numbers of the own organ are written from now on; given ones stay as they are."""
    if not may(by.officer, SETTER):
        raise Refusal(_("None of your roles may do this."))
    pattern = pattern.strip()
    if numbering.faults(pattern):
        raise Refusal(_("This pattern cannot give each letter a number of its own."))
    on = today(by.organ, at)
    row, _made = NumberFormat.objects.update_or_create(
        organ=by.organ, defaults={"pattern": pattern, "set_by": by.officer, "set_on": on}
    )
    body: dict[str, Value] = {
        "organ": str(by.organ.pk),
        "by": str(by.officer.pk),
        "pattern": hashlib.sha256(pattern.encode()).hexdigest(),
    }
    record(act="letters.numbering", body=body, lane="now", on=on)
    return row


@dataclass(frozen=True, slots=True)
class Again:
    """A letter made once more: whether its bytes are those that were kept."""

    pdf: bytes
    same: bool
    same_tools: bool


def make_again(body: dict[str, Any]) -> Again | None:
    """Make a kept letter once more of what was kept with it; None for one kept without that."""
    made = body.get("made")
    if made is None:
        return None
    pdf = letters.render(letters.from_json(made["from"]), language=made["language"])
    same = hashlib.sha256(pdf).hexdigest() == body["sha256"]
    return Again(pdf, same, made["with"] == letters.made_with())
