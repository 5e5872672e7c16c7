"""A case that follows another one: the objection to its sanction, the appeal, the next remedy.

It is a case of its own, under a procedure of its own, with a new key: persons and facts are taken
over, reports and whoever made them are not. Who acted in the earlier case is known to the rules of
the later one, so that nobody reviews himself.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.cases import conflicts, course, reading, searching
from timbang.cases.actions import recusing, terms, triage
from timbang.cases.actions.journal import Line, write_line
from timbang.cases.course import today
from timbang.cases.models import Act, Case, CaseKey, CaseLink
from timbang.cases.permission import TRIAGE, may
from timbang.cases.vault import Desk
from timbang.law import procedure as law
from timbang.law.refusal import Refusal


def remedies_of(case: Case) -> list[tuple[law.Remedy, law.Procedure]]:
    """The remedies of the case's own procedure that a procedure of ours carries out."""
    known = law.procedures()
    found = course.procedure_of(case).remedies
    return [(each, known[each.procedure]) for each in found if each.procedure in known]


@transaction.atomic
def follow_case(
    earlier: Case,
    *,
    why: str,
    procedure_id: str = "",
    start: str = "",
    reason: str,
    by: Desk,
    at: datetime,
    case_id: UUID | None = None,
) -> Case:
    """Open the case that follows this one. `why` is a remedy of its procedure, which names the
    procedure to take, or `other` with a procedure of the officer's choice; `start` is one of the
    first steps of that procedure."""
    made = Case.objects.filter(pk=case_id, organ=by.organ).first() if case_id else None
    if made is not None:
        return made
    earlier = Case.objects.select_for_update(of=("self",)).get(pk=earlier.pk)
    _check(earlier, reason, by)
    on = today(by.organ, at)
    procedure = _procedure(earlier, why, procedure_id)
    province = earlier.province_code
    case = triage.new_case(procedure, start, earlier.kind, by, at, case_id or uuid4(), province)
    people = [found.person for found in reading.people_of(earlier, by, on=on)]
    facts = reading.facts_of(earlier, by)
    triage.begin(case, people, facts, reason, by=by, at=at)
    CaseLink.objects.create(case=case, earlier=earlier, why=why, linked_on=on)
    step = procedure.step(case.step)
    ours = step.actor == by.organ.kind
    terms.open_case_term(case, step, entered_on=on, started_on=on if ours else None)
    line = Line(Act.FOLLOWED, on, step=earlier.step, outcome=why)
    write_line(earlier, line, organ=by.organ, by=by, at=at)
    searching.index(case, by)
    recusing.note(case, by=by, at=at)
    return case


def _check(earlier: Case, reason: str, by: Desk) -> None:
    if not CaseKey.objects.filter(case=earlier, organ=by.organ).exists():
        raise Refusal(_("Another organ holds this case now; yours can read what it was given."))
    if not may(by.officer, *TRIAGE):
        raise Refusal(_("None of your roles may do this."))
    if not reason.strip():
        raise Refusal(_("Write who asks for it and when it came: the new case begins with that."))
    conflicts.check_officer(earlier, by.officer, by)


def _procedure(earlier: Case, why: str, procedure_id: str) -> law.Procedure:
    found = next((rules for each, rules in remedies_of(earlier) if each.code == why), None)
    if found is None and why != CaseLink.OTHER:
        raise Refusal(_("There is no such remedy here."), course.procedure_of(earlier).citation)
    found = found or law.of_cases().get(procedure_id)
    if found is None:
        raise Refusal(_("There is no such procedure."))
    return found
