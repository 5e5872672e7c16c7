"""Who was cleared, so that no trace of the suspicion stays where it could be found by his name.

A person is cleared when his decision says not proven, when it was annulled and nothing took its
place, or when the whole case ended in clearing him. From then on his name opens no search: the case
is found by its number only. Of cases detectors read final decisions (`decided`), never one about
whoever was cleared; the row of his sanction (`SanctionFact`) goes with the decision.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from timbang.cases import course
from timbang.cases.models import (
    Accused,
    Case,
    CaseKey,
    Decision,
    DecisionFinding,
    DecisionState,
    SearchToken,
)

BINDING = (DecisionState.STANDS, DecisionState.SUSPENDED)


def present(case: Case) -> dict[UUID, Decision]:
    """The present decision about each reported person, by the person."""
    rows = Decision.objects.filter(case=case).exclude(state=DecisionState.REPLACED)
    return {row.accused_id: row for row in rows}


def is_cleared(person: Accused, decision: Decision | None, *, ended_cleared: bool) -> bool:
    """Whether a person was cleared, by his present decision or by how the whole case ended."""
    if decision is None:
        return ended_cleared
    if decision.state == DecisionState.ANNULLED:
        return not _decided_elsewhere(person)
    return decision.finding == DecisionFinding.NOT_PROVEN


def _decided_elsewhere(person: Accused) -> bool:
    """Whether a later case (an appeal that changed the sanction) holds a decision in its place."""
    later = Decision.objects.filter(case__follows__earlier=person.case_id, state__in=BINDING)
    return later.exclude(finding=DecisionFinding.NOT_PROVEN).exists()


def people(case: Case) -> set[UUID]:
    """The reported persons of a case who were cleared."""
    return among([case], case.accused.all())


def among(cases: Iterable[Case], accused: Iterable[Accused]) -> set[UUID]:
    """The same for many cases at once, with their people, as a list needs it."""
    found = {case.pk: case for case in cases}
    rows = Decision.objects.filter(case__in=found).exclude(state=DecisionState.REPLACED)
    decided = {row.accused_id: row for row in rows.order_by("version")}
    ended = {pk: _ended_cleared(case) for pk, case in found.items()}
    return {
        row.pk
        for row in accused
        if is_cleared(row, decided.get(row.pk), ended_cleared=ended[row.case_id])
    }


def _ended_cleared(case: Case) -> bool:
    if case.ended_on is None:
        return False
    if case.ended_as == course.MERGED:
        return False
    return course.procedure_of(case).end(case.ended_as).kind == "cleared"


def forget(case: Case) -> None:
    """Let every organ's search words of this case go where a person was cleared; each organ's own
    key writes those of the others anew when it next searches."""
    if not people(case):
        return
    SearchToken.objects.filter(key__case=case).delete()
    CaseKey.objects.filter(case=case).update(indexed=False)
