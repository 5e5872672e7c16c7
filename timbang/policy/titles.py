"""What a step or a debt is called, by its code: as the procedure on file has it."""

from __future__ import annotations

from functools import cache

from timbang.law import procedure as law
from timbang.law.bilingual import Bilingual

PROCEDURE = "policy_decision"


def title_of(kind: str, code: str) -> Bilingual:
    """The title of a step or a debt; the code itself where the procedure has none of that name."""
    return _titles().get((kind, code), Bilingual(code, code))


@cache
def _titles() -> dict[tuple[str, str], Bilingual]:
    found: dict[tuple[str, str], Bilingual] = {}
    for step in law.procedures()[PROCEDURE].steps:
        found["step", step.code] = step.title
        for outcome in step.outcomes:
            found |= {("debt", debt.code): debt.title for debt in outcome.owes}
    return found
