"""Facts of a case as the law asks for them, and what the law answers, person by person.

The act's facts are shared by all reported persons; the employment status is each one's own, and the
norms and sanctions differ by it. An unknown fact is left out, never guessed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from timbang.cases.vault import Person
from timbang.law import receipt
from timbang.law.bilingual import Bilingual
from timbang.law.evaluate import Finding, evaluate
from timbang.law.vocabulary import AREAS, CONDUCTS, FACTS

OF_A_PERSON = "status"
DECIDED_ON = "decided_on"
CONDUCT = "conduct"


# Which facts an officer is asked for first; every other one can be told too.
_ALWAYS = ("act_on", "conduct")
_ELECTION = (
    "object", "candidates_confirmed_on", "contest_kind", "independent", "event", "attributes",
    "hand_sign", "on_unpaid_leave", "impact", "post_level", "other_rule_named",
    "campaign_starts_on", "campaign_ends_on", "quiet_starts_on", "quiet_ends_on", "voting_on",
)  # fmt: skip
_DISCIPLINE = (
    "impact", "absent_workdays", "absent_consecutive", "valid_reason", "duty", "obligation",
    "deliberate", "state_loss", "post_level", "examined_under_pp_53", "pay_regulation_in_force",
)  # fmt: skip
_SERVICE = ("served_on", "complained_first", "impact", "discretion_ground", "deliberate")
_ASKED: Mapping[str, tuple[str, ...]] = {
    "neutrality": (*_ALWAYS, *_ELECTION),
    "discipline": (*_ALWAYS, *_DISCIPLINE),
    "service": (*_ALWAYS, *_SERVICE),
    "maladministration": (*_ALWAYS, *_SERVICE),
}
# The areas of law that such a case is about: their norms stand first.
_AREAS: Mapping[str, tuple[str, ...]] = {
    "neutrality": ("neutrality", "ethics", "election_crime", "regional_election", "village",
                   "forces", "discipline"),
    "discipline": ("discipline", "ethics", "employer", "village", "forces"),
    "service": ("service", "maladministration"),
    "maladministration": ("maladministration", "service", "discretion"),
}  # fmt: skip


def asked_first(kind: str) -> tuple[str, ...]:
    """The facts on which a case of this kind mostly turns, in the order of the vocabulary."""
    asked = set(_ASKED.get(kind, ()))
    return tuple(key for key in FACTS if key in asked)


def areas(kind: str) -> tuple[str, ...]:
    """All areas of law, those of this kind of case first."""
    own = _AREAS.get(kind, ())
    return (*own, *(area for area in AREAS if area not in own))


@dataclass(frozen=True)
class AreaFindings:
    """What the norms of one area of law say: `open` where one applies, or this case is about it."""

    area: str
    findings: tuple[Finding, ...]
    open: bool

    @property
    def title(self) -> Bilingual:
        return AREAS[self.area]


def by_area(found: Sequence[Finding], kind: str) -> list[AreaFindings]:
    """Findings in the order in which they matter to a case of this kind."""
    own = _AREAS.get(kind, ())
    groups = []
    for area in areas(kind):
        inside = tuple(finding for finding in found if finding.area == area)
        if inside:
            applies = any(finding.applies == "yes" for finding in inside)
            groups.append(AreaFindings(area, inside, applies or area in own[:1]))
    return sorted(groups, key=lambda group: not group.open)


def can_be_breached(finding: Finding) -> bool:
    """Whether a norm forbids, requires or punishes; others permit, empower, protect or define."""
    return finding.effect in ("forbids", "requires", "punishes")


@dataclass(frozen=True)
class PersonFindings:
    """What the norms say of the reported persons who share a status."""

    people: tuple[Person, ...]
    findings: tuple[Finding, ...]

    @property
    def applying(self) -> tuple[Finding, ...]:
        """What applies on the facts that are known and can be breached."""
        applying = (finding for finding in self.findings if finding.applies == "yes")
        return tuple(finding for finding in applying if can_be_breached(finding))

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
    facts: Mapping[str, object],
    people: Sequence[Person],
    *,
    decided_on: date,
    kind: str = "",
    confirmed: Collection[str] = frozenset(),
) -> list[PersonFindings]:
    """What each norm of the catalogue says, for each status among the reported persons; the areas
    of law that such a kind of case is about come first.

    `confirmed` are the norms that a legal officer has confirmed. The authority is that of the day
    on which the case is handled, unless the facts name another.
    """
    facts = {DECIDED_ON: decided_on} | dict(facts)
    by_status = _by_status(people)
    order = {area: place for place, area in enumerate(areas(kind))}
    return [
        PersonFindings(tuple(group), tuple(sorted(found, key=lambda finding: order[finding.area])))
        for status, group in by_status.items()
        for found in [evaluate(_with_status(facts, status), confirmed=confirmed)]
    ]


def receipts(
    facts: Mapping[str, object],
    people: Sequence[Person],
    *,
    on: date,
    procedure: Mapping[str, str],
    confirmed: Collection[str] = frozenset(),
) -> list[receipt.Receipt]:
    """What was asked of the law on this day and what it answered, once for each status among the
    reported persons, so that anyone can repeat it."""
    facts = {DECIDED_ON: on} | dict(facts)
    return [
        receipt.make(
            _with_status(facts, status), known_on=on, procedure=procedure, confirmed=confirmed
        )
        for status in _by_status(people)
    ]


def relied_on(found: Sequence[receipt.Receipt]) -> dict[str, str]:
    """The norms that answered anything but a plain no, with their hashes."""
    return {
        norm: each.norms[norm]
        for each in found
        for norm, answer in each.answers.items()
        if answer != "no"
    }


def _by_status(people: Sequence[Person]) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for person in people:
        found.setdefault(person.status, []).append(person)
    return found


def _with_status(facts: Mapping[str, object], status: str) -> dict[str, object]:
    shared = {key: value for key, value in facts.items() if key != OF_A_PERSON}
    return shared | {OF_A_PERSON: status} if status else shared
