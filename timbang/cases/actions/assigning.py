"""Giving a case to officers of the organ: one in charge, others beside him; taking it back.

A conflict is looked for when a case is given, not when the work is done: who is tied to somebody in
it cannot get it, and whoever may be tied is asked first.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Officer
from timbang.cases import conflicts
from timbang.cases.actions import shelving
from timbang.cases.actions.journal import (
    Line,
    Seen,
    check_version,
    done_before,
    locked,
    write_line,
)
from timbang.cases.course import today
from timbang.cases.models import Act, Assignment, Case, CaseKey, CaseStep, Part
from timbang.cases.permission import CASEWORK, READERS, may
from timbang.cases.vault import Desk
from timbang.law import recusal
from timbang.law.refusal import Refusal


@transaction.atomic
def assign(
    case: Case, officer: Officer, *, part: Part, seen: Seen, by: Desk, at: datetime
) -> CaseStep:
    """Give a case to an officer of one's own organ; who was in charge before is so no longer.

    A decision maker gives it to anybody; an examiner takes one that nobody has in charge.
    """
    case = locked(case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    officer = Officer.objects.select_related("organ").get(pk=officer.pk)
    _check_giving(case, officer, part, by)
    _check_getting(case, officer, by)
    on = today(by.organ, at)
    line = Line(Act.ASSIGNED, on, step=case.step, outcome=part, to=str(officer.pk))
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    running = Assignment.objects.filter(case=case, organ=by.organ, until_on=None)
    running.filter(officer=officer).update(until_on=on)
    if part == Part.IN_CHARGE:
        running.filter(part=Part.IN_CHARGE).update(until_on=on)
    Assignment.objects.create(
        case=case, officer=officer, organ=by.organ, part=part, since_on=on, journal=written
    )
    shelving.place(case)
    return written


@transaction.atomic
def take_back(case: Case, officer: Officer, *, seen: Seen, by: Desk, at: datetime) -> CaseStep:
    """End what an officer was given; he himself may give it back."""
    case = locked(case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    if officer.pk != by.officer.pk and not may(by.officer, "decision_maker"):
        raise Refusal(_("None of your roles may do this."))
    running = Assignment.objects.filter(case=case, organ=by.organ, officer=officer, until_on=None)
    if not running.exists():
        raise Refusal(_("This case is not assigned to this officer."))
    on = today(by.organ, at)
    line = Line(Act.ASSIGNED, on, step=case.step, outcome="taken_back", to=str(officer.pk))
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    running.update(until_on=on)
    shelving.place(case)
    return written


def _check_giving(case: Case, officer: Officer, part: Part, by: Desk) -> None:
    if case.ended_on is not None:
        raise Refusal(_("This case has ended; nothing can be added to it."))
    if not CaseKey.objects.filter(case=case, organ=by.organ).exists():
        raise Refusal(_("Another organ holds this case now; yours can read what it was given."))
    conflicts.check_officer(case, by.officer, by)
    if may(by.officer, "decision_maker"):
        return
    free = not Assignment.objects.filter(
        case=case, organ=by.organ, part=Part.IN_CHARGE, until_on=None
    ).exists()
    himself = officer.pk == by.officer.pk and part == Part.IN_CHARGE
    if not (himself and free and may(by.officer, *CASEWORK)):
        raise Refusal(_("A decision maker of your office gives cases to others."))


def _check_getting(case: Case, officer: Officer, by: Desk) -> None:
    if officer.organ_id != by.organ.pk or not may(officer, *READERS):
        raise Refusal(_("Only an officer of your office who works on cases gets one."))
    row = conflicts.standing(case, officer)
    relation = row.relation if row else None
    if relation is None:
        tie = conflicts.sure_tie(case, officer, by)
        relation = tie.relation if tie else None
    if relation is not None:
        found = recusal.RELATIONS[relation]
        raise Refusal(_("This officer cannot get the case: %s.") % found.title, found.citation)
    if conflicts.open_questions(case, officer, by):
        raise Refusal(
            _("A name that this officer declared may be that of somebody in the case: he states "
              "first whether anything ties him to it."),
            recusal.UU_30,
        )  # fmt: skip
