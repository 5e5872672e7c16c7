"""Acts on leads that touch this room: opening one about a person, taking one over into a case.

The others are those of `signals.actions`; here it is asked first whether the officer has opened
the lead, and whether anything ties him to somebody in it.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.cases import leads
from timbang.cases.actions import evidence
from timbang.cases.actions.journal import Seen
from timbang.cases.actions.looking_up import look_up_public
from timbang.cases.course import today
from timbang.cases.models import Case, LookUp
from timbang.cases.permission import CASEWORK, may
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.signals import actions as signals
from timbang.signals.models import Lead


@transaction.atomic
def open_lead(lead: Lead, *, by: Desk, at: datetime) -> LookUp | None:
    """Open a lead about a person for this day: one entry in the log; None where none is needed.

    Refused to whoever is tied to somebody in it.
    """
    if not Lead.objects.open_to(by.officer).filter(pk=lead.pk).exists():
        raise Refusal(_("There is no lead with this number for your office."))
    leads.check_untied(lead, by)
    if leads.is_open(lead, by.officer, today(by.organ, at)):
        return None
    words = f"{lead.subject_kind}: {lead.subject}"
    return look_up_public(words, number=lead.number, by=by, at=at, what=LookUp.What.LEAD)


def check_may_take(lead: Lead, by: Desk, at: datetime) -> None:
    """Refuse unless this officer may let a finding rest on this lead, as it stands now."""
    on = today(by.organ, at)
    if not may(by.officer, *CASEWORK):
        raise Refusal(_("Who examines or decides takes a lead over; none of your roles does."))
    if not leads.may_find(by.organ, on):
        raise Refusal(_("Your office begins no case of its own: tell one that does."))
    leads.check_open(lead, by, on)
    leads.check_untied(lead, by)
    signals.check_ready(lead, by.officer)


def check_both_open(lead: Lead, into: Lead, *, by: Desk, at: datetime) -> None:
    """Refuse to merge into a lead about a person that the officer has not opened today."""
    on = today(by.organ, at)
    for each in (lead, into):
        leads.check_open(each, by, on)


def lead_for_finding(number: str, by: Desk, at: datetime) -> Lead | None:
    """The lead that a finding names, if it names one; refused where it cannot rest on that."""
    if not number.strip():
        return None
    lead = leads.lead_numbered(number, by.officer)
    if lead is None:
        raise Refusal(_("There is no lead with this number for your office."))
    check_may_take(lead, by, at)
    return lead


def bring_along(case: Case, lead: Lead, *, seen: int, once: UUID, by: Desk, at: datetime) -> None:
    """Mark the lead as taken over, and put its sheet into the case as a sealed exhibit: rule, run,
    explanations and rows. Inside the transaction that makes the case."""
    sheet = leads.sheet(lead, at)
    signals.take_over(lead, seen=seen, once=once, by=by.officer, at=at)
    evidence.bring_exhibit(
        case,
        sheet.encode(),
        title=str(_("Lead %(number)s") % {"number": lead.number}),
        provenance=str(
            _("Public facts; detector %(detector)s, run %(run)s")
            % {"detector": lead.detector, "run": lead.last_run.digest}
        ),
        seen=Seen.now(case),
        by=by,
        at=at,
    )
