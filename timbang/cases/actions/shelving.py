"""Where a case stands in the lists of each organ that holds it: the only writer of those columns.

They repeat what case and term say. `write_line` puts the case on its shelves with each act; who
changes a term, gives a key or the case to somebody, or changes the keeper after the line was
written, calls `place` again.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import Exists, OuterRef, QuerySet, Subquery, When
from django.db.models import Value as Constant
from django.db.models.functions import Coalesce

from timbang.cases.models import FAR, Assignment, Case, CaseKey, OpenTerm, Part

# Few enough for one statement in either database.
IN_ONE_STATEMENT = 500


# Who of the organ of a key has its case in hand, and who of them is in charge.
HANDS = Assignment.objects.filter(case=OuterRef("case"), organ=OuterRef("organ"), until_on=None)
CHARGE = HANDS.filter(part=Part.IN_CHARGE)


def place(case: Case) -> None:
    """Put a case, as this object says it stands, on the shelf of each organ that holds it."""
    running = OpenTerm.objects.running().filter(case=case, track=None)
    due = running.values_list("safe_day", flat=True).first()
    keeper = When(organ=case.keeper_id, then=Constant(True))
    CaseKey.objects.filter(case=case).update(
        ours=Choose(keeper, default=Constant(False)),
        running=case.ended_on is None,
        due_on=due or FAR,
        kind=case.kind,
        procedure=case.procedure.code,
        step=case.step,
        given=Exists(HANDS),
        in_charge=Exists(CHARGE),
    )


def place_again(cases: Collection[UUID]) -> None:
    """Put many cases on their shelves as the rows say they stand, a few hundred at a time."""
    listed = list(cases)
    case = Case.objects.filter(pk=OuterRef("case"))
    term = OpenTerm.objects.running().filter(case=OuterRef("case"), track=None)
    for first in range(0, len(listed), IN_ONE_STATEMENT):
        some = listed[first : first + IN_ONE_STATEMENT]
        CaseKey.objects.filter(case__in=some).update(
            ours=Exists(case.filter(keeper=OuterRef("organ"))),
            running=Exists(case.filter(ended_on=None)),
            due_on=Coalesce(Subquery(term.values("safe_day")[:1]), FAR),
            kind=Subquery(case.values("kind")[:1]),
            procedure=Subquery(case.values("procedure__code")[:1]),
            step=Subquery(case.values("step")[:1]),
            given=Exists(HANDS),
            in_charge=Exists(CHARGE),
        )


def due_again(cases: QuerySet[Any], day: date) -> None:
    """Put many cases, whose running terms of the main way all end on one day, in their order."""
    CaseKey.objects.filter(case__in=cases).update(due_on=day)


def misplaced() -> list[CaseKey]:
    """Keys whose shelf says something else than their case and term: none, ever."""
    term = OpenTerm.objects.running().filter(case=OuterRef("case"), track=None)
    rows = CaseKey.objects.select_related("case__procedure").annotate(
        due=Coalesce(Subquery(term.values("safe_day")[:1]), FAR),
        hands=Exists(HANDS),
        charge=Exists(CHARGE),
    )
    return [row for row in rows if not _stands(row)]


def _stands(row: Any) -> bool:
    case = row.case
    stands = (row.ours, row.running, row.due_on, row.kind, row.procedure, row.step)
    return (*stands, row.given, row.in_charge) == (
        case.keeper_id == row.organ_id,
        case.ended_on is None,
        row.due,
        case.kind,
        case.procedure.code,
        case.step,
        row.hands,
        row.charge,
    )
