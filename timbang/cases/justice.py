"""The order above, the motive, and what the law offers to whoever tells: what the desk reads.

Who gave an order is sealed under the case key; deeds and motives are codes. Proposals come from the
catalogue with their level and their doubts: whether an order was such a breach is for examiners.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from timbang.cases import facts as case_facts
from timbang.cases import reading, superiors, vault
from timbang.cases.models import Case, ClosingCause, Motive, OrderGiver
from timbang.cases.superiors import Superior
from timbang.cases.vault import Desk
from timbang.law.evaluate import Finding, evaluate
from timbang.law.vocabulary import VERIFICATION

# As which conduct a superior's deed is examined, by the kind of case (law.vocabulary.CONDUCTS).
PROPOSED: Final[Mapping[str, Mapping[str, str]]] = {
    "ordered": {"neutrality": "mobilise_officials", "": "abuse_of_power"},
    "pressed": {"": "arbitrary_to_subordinate"},
    "did_not_examine": {"": "superior_did_not_examine"},
    "did_not_punish": {"": "not_punished"},
}
TOLD: Final = "reported_to_office"
PROTECTION: Final = ("uu_31_2014",)


@dataclass(frozen=True)
class Proposal:
    """A norm under which proceedings are proposed, or by which somebody is protected."""

    finding: Finding
    level: str


@dataclass(frozen=True)
class OrderView:
    """One link of the chain, opened, with what is proposed."""

    row: OrderGiver
    who: Superior
    proposals: tuple[Proposal, ...]
    number: str
    may_open: bool

    @property
    def sure(self) -> list[Proposal]:
        """What applies on what is known: shown first."""
        return [each for each in self.proposals if each.finding.applies == "yes"]

    @property
    def unsure(self) -> list[Proposal]:
        """What may apply once more is known: folded, because it is long."""
        return [each for each in self.proposals if each.finding.applies != "yes"]


def conduct_of(deed: str, kind: str) -> str:
    """As which conduct a deed is examined in a case of this kind."""
    by_kind = PROPOSED[deed]
    return by_kind.get(kind, by_kind[""])


def proposals(deed: str, case: Case, known: Mapping[str, object]) -> tuple[Proposal, ...]:
    """The norms under which proceedings against the superior are proposed: those that may apply."""
    asked = {"act_on": known.get("act_on"), "conduct": [conduct_of(deed, case.kind)]}
    found = [each for each in _asked(asked) if case_facts.can_be_breached(each)]
    return _told(found)


def protection(known: Mapping[str, object]) -> tuple[Proposal, ...]:
    """What protects an official who was ordered and tells: with its doubts, never as a promise."""
    asked = {"act_on": known.get("act_on"), "conduct": [TOLD]}
    return _told([each for each in _asked(asked) if each.norm.split("/")[0] in PROTECTION])


def _asked(facts: Mapping[str, object]) -> list[Finding]:
    known = {key: value for key, value in facts.items() if value is not None}
    return [found for found in evaluate(known) if found.applies != "no"]


def _told(found: list[Finding]) -> tuple[Proposal, ...]:
    return tuple(Proposal(each, str(VERIFICATION[each.level])) for each in found)


@dataclass(frozen=True)
class Above:
    """Everything about the order above, for the case page."""

    orders: tuple[OrderView, ...]
    motives: tuple[tuple[Motive, str], ...]
    protection: tuple[Proposal, ...]
    causes: tuple[ClosingCause, ...]


def above(case: Case, desk: Desk) -> Above:
    """The chain of orders, the motives, who is protected, and what the closing showed."""
    orders, motives = list(case.order_givers.all()), list(case.motives.select_related("accused"))
    causes = tuple(case.causes.all())
    if not orders and not motives:
        return Above((), (), (), causes)
    key, known = vault.case_key(case, desk), reading.facts_of(case, desk)
    people = {row.pk: vault.open_person(key, row) for row in case.accused.all()}
    numbers = {
        row.pk: row.number
        for row in Case.objects.filter(pk__in=[order.proceedings_id for order in orders])
    }
    told = any(motive.code == Motive.Code.FORCED for motive in motives) or bool(orders)
    return Above(
        orders=tuple(
            OrderView(
                row,
                superiors.read(key, row),
                proposals(row.deed, case, known),
                numbers.get(row.proceedings_id, "") if row.proceedings_id else "",
                row.proceedings_id is None,
            )
            for row in orders
        ),
        motives=tuple((row, people[row.accused_id].name) for row in motives),
        protection=protection(known) if told else (),
        causes=causes,
    )


def act_day(known: Mapping[str, object]) -> date | None:
    """The day of the act, if it is known."""
    found = known.get("act_on")
    return found if isinstance(found, date) else None
