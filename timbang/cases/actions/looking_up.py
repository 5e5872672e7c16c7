"""Looking a person up: only for a case or a lead that is named, and never unwritten.

Call `look_up` in the transaction of the search itself, before anything is shown. The words are
sealed to the officer's organ; the day, the officer and the number stand in clear, for the auditor.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.accounts import keys
from timbang.cases import vault
from timbang.cases.course import today
from timbang.cases.models import Case, LookUp
from timbang.cases.permission import READERS, may
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.ledger.actions import record
from timbang.reports import sealing
from timbang.signals.models import Lead

What = LookUp.What
# The number of a lead: L-, a number, the year.
LEAD: Final = re.compile(r"L-\d{1,7}/\d{4}")


def check_purpose(number: str, by: Desk) -> None:
    """Refused unless this officer may look into loaded lists, for this case or lead.

    Only officers who open content in an office that watches, whatever page asks: whoever appoints
    and dismisses reads no careers. Call it before anything is read.
    """
    if not by.officer.watches:
        raise Refusal(_("Only officers who open content in an office that watches look this up."))
    _case_of(number.strip(), by)


@transaction.atomic
def look_up_public(
    words: str, *, number: str, by: Desk, at: datetime, what: LookUp.What = What.SEARCH
) -> LookUp:
    """Write down that a public person, or the holders of a post, are looked up in loaded lists."""
    check_purpose(number, by)
    return look_up(words, number=number, by=by, at=at, what=what)


@transaction.atomic
def look_up(
    words: str, *, number: str, by: Desk, at: datetime, what: LookUp.What = What.SEARCH
) -> LookUp:
    """Write down that somebody is looked up; refused without a case or lead that names why.

    `number` is the number of a case that is open to this officer, or of a lead (`L-12/2026`).
    """
    if not may(by.officer, *READERS):
        raise Refusal(_("None of your roles may do this."))
    wanted = words.strip()
    if not wanted:
        raise Refusal(_("Write whom you look for."))
    case = _case_of(number.strip(), by)
    row = LookUp(
        officer=by.officer,
        organ=by.organ,
        what=what,
        number=case.number if case else number.strip(),
        case=case,
        done_on=today(by.organ, at),
    )
    key = keys.new_key()
    row.sealed_key = keys.seal(vault.public_key_of(by.organ), key)
    row.sealed = sealing.close_json(key, wanted, vault.context("look-up", row.id))
    body = {
        "look_up": str(row.id),
        "what": row.what,
        "organ": str(by.organ.id),
        "by": str(by.officer.id),
        "case": str(case.id) if case else None,
    }
    row.entry = record(act="person.looked_up", body=body, lane="now", on=row.done_on)
    row.save(force_insert=True)
    return row


def words_of(row: LookUp, by: Desk) -> str:
    """What was looked for: for officers of the same organ who open content."""
    key = keys.open_sealed(by.private, bytes(row.sealed_key))
    return str(sealing.open_json(key, bytes(row.sealed), vault.context("look-up", row.id)))


def check_lead(number: str, by: Desk) -> None:
    """Refuse what is not the number of a lead within this officer's reach."""
    if not LEAD.fullmatch(number):
        raise Refusal(_("The number of a lead looks like L-12/2026."))
    if not Lead.objects.open_to(by.officer).numbered(number).exists():
        raise Refusal(_("There is no lead with this number for your office."))


def _case_of(number: str, by: Desk) -> Case | None:
    """The case of this number, None for a lead; refused for whatever is neither."""
    if LEAD.fullmatch(number):
        check_lead(number, by)
        return None
    case = Case.objects.open_to(by.officer).filter(number=number.upper()).first()
    if case is None:
        raise Refusal(_("Name the case or the lead for which you look: its number is not known."))
    return case
