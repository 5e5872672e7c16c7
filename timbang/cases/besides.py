"""Which organs have to do with a case beside the one that holds it, and what each may do.

A case has one holder. Beside it stand: organs that it asked in (`Member`), which examine where the
procedure's step names their kind, and organs to which the law itself gives an outcome of the step
(Bawaslu reports that an appointing officer does not act).
"""

from __future__ import annotations

from timbang.accounts.models import Organ
from timbang.cases import course
from timbang.cases.models import Case, CaseKey, HandOver, Holding, Member
from timbang.law import procedure as law


def kinds_at(step: law.Step) -> frozenset[str]:
    """The kinds of organs that the law names at a step: who acts, who records, who may step in."""
    return frozenset({step.actor, *step.recorders, *(found.actor for found in step.outcomes)})


def kinds_in(procedure: law.Procedure) -> frozenset[str]:
    """The kinds of organs that a procedure names anywhere."""
    return frozenset().union(*(kinds_at(step) for step in procedure.steps))


def is_member(case: Case, organ: Organ) -> bool:
    """Whether this organ was asked in and has not left."""
    return Member.objects.filter(case=case, organ=organ, left_on=None).exists()


def examines(case: Case, organ: Organ) -> bool:
    """Whether this organ examines beside the holder now."""
    step = course.step_of(case)
    return step is not None and organ.kind in kinds_at(step) and is_member(case, organ)


def holds(case: Case, organ: Organ) -> bool:
    """Whether this organ has the key of a case."""
    return CaseKey.objects.filter(case=case, organ=organ).exists()


def steps_in(case: Case, organ: Organ) -> bool:
    """Whether the law gives an outcome of this step to an organ of this kind, beside the actor."""
    step = course.step_of(case)
    if step is None or organ.kind == step.actor or case.keeper_id == organ.pk:
        return False
    return any(found.actor == organ.kind for found in step.outcomes) and holds(case, organ)


def had_before(case: Case, organ: Organ) -> bool:
    """Whether this organ opened the case, has held it and not sent it back, or was asked in: then
    it reads on."""
    held = Holding.objects.filter(case=case, organ=organ, until_on__isnull=False).count()
    returned = HandOver.objects.filter(case=case, receiver=organ, answer=HandOver.Answer.RETURNED)
    kept = held > returned.count()
    return case.organ_id == organ.pk or kept or is_member(case, organ)


def stands_for(organ: Organ, heir: Organ) -> bool:
    """Whether an organ is this one, or goes on with its work after it closed."""
    seen: set[object] = set()
    at: Organ | None = organ
    while at is not None and at.pk not in seen:
        if at.pk == heir.pk:
            return True
        seen.add(at.pk)
        at = at.successor
    return False


def sharing(case: Case, organ: Organ, *, facts: bool) -> list[Organ]:
    """To whom what this organ writes goes at once: facts to the whole team, since each weighs the
    norms by them; a member's other papers to the keeper. The keeper chooses what members get."""
    members = Member.objects.filter(case=case, left_on=None).select_related("organ")
    team = {member.organ_id: member.organ for member in members}
    if organ.pk not in team and case.keeper_id != organ.pk:
        return []
    found = team if facts else {}
    if case.keeper_id != organ.pk:
        found = {**found, case.keeper_id: case.keeper}
    return [other for key, other in found.items() if key != organ.pk and other.public_key]
