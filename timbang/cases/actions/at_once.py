"""One step for several cases: each case by itself, checked and taken in its own transaction.

Only steps that decide nothing and need nothing but what the files show: no decision, no end, no
hand-over, nothing that an officer states under his name of one case after having looked at it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.cases import course
from timbang.cases.actions.journal import Seen, done_before
from timbang.cases.actions.stepping import Taking, take_step
from timbang.cases.models import Case
from timbang.cases.vault import Desk
from timbang.law import procedure as law
from timbang.law.refusal import Refusal

MOST: Final = 50
# Who weighs and who decides looks at each case: these roles take no step for several.
ROLES: Final = ("receiver", "examiner")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A case that was ticked, at the version that its officer saw."""

    case: UUID
    version: int


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one case: done, or why not."""

    case: Case
    refusal: Refusal | None = None


def allowed(procedure: law.Procedure, step: law.Step, outcome: law.Outcome) -> bool:
    """Whether this outcome may be taken for several cases in one go."""
    return (
        outcome.role in ROLES
        and outcome.actor == step.actor
        and not outcome.records_sanction
        and not law.is_end(outcome.to)
        and procedure.step(outcome.to).actor == step.actor
        and not any(law.GUARDS[guard].declared for guard in law.needs(step, outcome, step.actor))
    )


def take_many(
    chosen: Iterable[Chosen], taking: Taking, *, once: UUID, by: Desk, at: datetime
) -> list[Result]:
    """Take the same step in each case; a line for each. Sent twice, it is one act in each case."""
    return [_take(one, taking, once, by, at) for one in list(chosen)[:MOST]]


def _take(one: Chosen, taking: Taking, once: UUID, by: Desk, at: datetime) -> Result:
    case = Case.objects.open_to(by.officer).select_related("procedure").get(pk=one.case)
    seen = Seen(one.version, uuid5(once, str(one.case)))
    try:
        with transaction.atomic():
            _check(case, taking.outcome, seen)
            take_step(case, taking, seen=seen, by=by, at=at)
    except Refusal as refusal:
        return Result(case, refusal)
    return Result(case)


def _check(case: Case, outcome_code: str, seen: Seen) -> None:
    """Of the case as it was ticked; `take_step` refuses one that has moved on since."""
    if case.version != seen.version or done_before(case, seen) is not None:
        return
    procedure = course.procedure_of(case)
    step = procedure.step(case.step)
    outcome = next((found for found in step.outcomes if found.code == outcome_code), None)
    if outcome is None or not allowed(procedure, step, outcome):
        raise Refusal(_("This step is taken case by case: open each of them."), step.citation)
