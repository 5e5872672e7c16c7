"""The reporter's own term: "today is day 4 of 7". It is shown, and never refuses anybody.

For a general election the statute says seven *working* days since the breach was known, and
Bawaslu's own rule only says *days*: both are shown, so that nobody is late who relied on either.
For the election of regional heads a day is a calendar day (UU 8/2015 ps. 1 angka 28).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from timbang.law.workdays import Progress, Unit, progress

DAYS = 7


@dataclass(frozen=True)
class Rule:
    """One reading of the term. `main` is the one that the statute gives."""

    election_kind: str
    unit: Unit
    citation: str
    main: bool


RULES: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        "pemilu": (
            Rule("pemilu", "workdays", "UU 7/2017 ps. 454(6)", main=True),
            Rule("pemilu", "days", "Perbawaslu 7/2022 ps. 8(3)", main=False),
        ),
        "pemilihan": (Rule("pemilihan", "days", "UU 8/2015 ps. 134(4)", main=True),),
    }
)


@dataclass(frozen=True)
class OwnTerm:
    """One reading, as it stands today."""

    rule: Rule
    progress: Progress


def own_terms(learned_on: date | None, today: date, election_kind: str) -> tuple[OwnTerm, ...]:
    """Each reading of the term that may apply; all of them when the election was not told."""
    if learned_on is None or learned_on > today:
        return ()
    rules = RULES.get(election_kind) or tuple(rule for kind in RULES for rule in RULES[kind])
    return tuple(OwnTerm(rule, progress(learned_on, today, DAYS, rule.unit)) for rule in rules)


def late(terms: tuple[OwnTerm, ...]) -> bool:
    """Whether the term has passed on every reading that may apply."""
    return bool(terms) and all(term.progress.passed for term in terms)
