"""Facts of a case as the law asks for them, and what the law answers, person by person.

The act's facts are shared by all reported persons; the employment status is each one's own, and the
norms and sanctions differ by it. An unknown fact is left out, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from timbang.cases.vault import Person
from timbang.law.evaluate import Finding, evaluate
from timbang.law.vocabulary import CONDUCTS, FACTS

OF_A_PERSON = "status"
DECIDED_ON = "decided_on"
ACT_ON = "act_on"
CONDUCT = "conduct"


@dataclass(frozen=True)
class PersonFindings:
    """What the norms say of the reported persons who share a status."""

    people: tuple[Person, ...]
    findings: tuple[Finding, ...]

    @property
    def applying(self) -> tuple[Finding, ...]:
        """What applies on the facts that are known."""
        return tuple(finding for finding in self.findings if finding.applies == "yes")

    @property
    def relevant(self) -> tuple[Finding, ...]:
        """What applies, then what cannot be said yet."""
        order = {"yes": 0, "unknown": 1}
        found = [finding for finding in self.findings if finding.applies in order]
        return tuple(sorted(found, key=lambda finding: order[finding.applies]))

    @property
    def excluded(self) -> tuple[Finding, ...]:
        """What does not apply."""
        return tuple(finding for finding in self.findings if finding.applies == "no")


def to_json(facts: Mapping[str, object]) -> dict[str, object]:
    """The facts as they are sealed: days as text."""
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in facts.items()
        if key in FACTS
    }


def from_json(stored: Mapping[str, object]) -> dict[str, object]:
    """The facts of `to_json`; a key that the vocabulary no longer has is left out."""
    return {
        key: date.fromisoformat(str(value)) if FACTS[key].type == "day" else value
        for key, value in stored.items()
        if key in FACTS
    }


def main_conduct(facts: Mapping[str, object], chosen: str) -> str:
    """The one form under which the case is counted: the chosen one, else the first."""
    told = facts.get(CONDUCT)
    codes = [str(code) for code in told] if isinstance(told, (list, tuple)) else []
    if chosen in codes:
        return chosen
    return next((code for code in CONDUCTS if code in codes), "")


def findings(
    facts: Mapping[str, object], people: Sequence[Person], *, decided_on: date
) -> list[PersonFindings]:
    """What each norm of the catalogue says, for each status among the reported persons.

    The authority is that of the day on which the case is handled, unless the facts name another.
    """
    facts = {DECIDED_ON: decided_on} | dict(facts)
    by_status: dict[str, list[Person]] = {}
    for person in people:
        by_status.setdefault(person.status, []).append(person)
    return [
        PersonFindings(tuple(group), tuple(evaluate(_with_status(facts, status))))
        for status, group in by_status.items()
    ]


def _with_status(facts: Mapping[str, object], status: str) -> dict[str, object]:
    shared = {key: value for key, value in facts.items() if key != OF_A_PERSON}
    return shared | {OF_A_PERSON: status} if status else shared
