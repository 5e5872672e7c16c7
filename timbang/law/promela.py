"""A procedure as a model that SPIN checks: the same properties as the proof, by another's program.

`model` writes Promela. One process is the case: at each step it takes any outcome that is not used
up, or a lapse that moves it. What must never happen sets a flag, and each property is a claim in
linear temporal logic over these flags and over where the case stands (`CLAIMS`). A claim in
`reached_` is the other way round: it says that a step is never reached, so SPIN must refute it.

    spin -a model.pml && cc -o pan pan.c && ./pan -a -N heard
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from timbang.law import lanes
from timbang.law.guards import HEARD, HEARING, LANE, PAID
from timbang.law.proof import ONE_PERSON, PUNISHERS
from timbang.law.steps import ACTING_ROLES, Outcome, Procedure, Step, is_end

# Which property of the proof each claim speaks of; SPIN must find no run that breaks it.
CLAIMS: Mapping[str, str] = MappingProxyType(
    {
        "ends": "every_path_ends",
        "way_out": "way_out",
        "acting": "actors",
        "timed": "terms",
        "heard": "hearing",
        "reviewed": "reviews",
        "contested": "remedies",
        "cleared": "clearance",
        "priced": "lanes",
        "dated": "debts",
    }
)
# What each claim says: p stands for the flag that the model sets.
_LTL: Mapping[str, str] = MappingProxyType(
    {
        "ends": "<> (over || blocked)",
        "way_out": "[] !stuck",
        "acting": "[] !no_actor",
        "timed": "[] !no_term",
        "heard": "[] !unheard",
        "reviewed": "[] !own_work",
        "contested": "[] !no_remedy",
        "cleared": "[] !uncleared",
        "priced": "[] !loose",
        "dated": "[] !undated",
    }
)
REACHED = "reached_"
_FLAGS = (
    *("over", "blocked", "stuck", "no_actor", "no_term", "unheard", "own_work", "no_remedy"),
    *("uncleared", "loose", "undated", "lane", "paid"),
)


def model(procedure: Procedure) -> str:
    """The text of the model; every way must lead to a step or end that exists (`proof.check`)."""
    return "\n".join([*_Model(procedure).lines(), ""])


def claims(procedure: Procedure) -> list[str]:
    """Every claim of the model: the properties, and that each step and end is reached."""
    return [*CLAIMS, *(REACHED + name for name in _Model(procedure).places.values())]


class _Model:
    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        codes = [step.code for step in procedure.steps]
        codes += [f"end:{end.code}" for end in procedure.ends]
        self.places = {code: f"p{number}" for number, code in enumerate(codes)}
        self.bounded = {
            (step.code, outcome.code): f"used{number}"
            for number, (step, outcome) in enumerate(
                (step, outcome)
                for step in procedure.steps
                for outcome in step.outcomes
                if outcome.at_most is not None
            )
        }
        self.reviewed = sorted(
            {
                code
                for step in procedure.steps
                if step.self_review is None
                for code in step.reviews
                if code in self.places
            }
        )
        self.skips = lanes.may_skip(procedure)
        self.clearing = [step.code for step in lanes.clearing(procedure)] if self.skips else []
        self.payable = [step.code for step in lanes.payable(procedure)] if self.skips else []
        hands = {_hand(outcome) for step in procedure.steps for outcome in step.outcomes}
        self.hands = {hand: f"h{number}" for number, hand in enumerate(sorted(hands))}

    def lines(self) -> Iterator[str]:
        yield f"/* {self.procedure.id} version {self.procedure.version} */"
        yield f"/* SHA-256 {self.procedure.hash} */"
        for number, (code, name) in enumerate(self.places.items()):
            yield f"#define {name} {number} /* {code} */"
        yield "byte at = 255;"
        yield from (f"bool {flag} = false;" for flag in _FLAGS)
        yield "bool held = false, first = false, second = false;"
        yield from (f"bool {self._done(code)} = false;" for code in self.payable)
        yield from (f"byte {name} = 0;" for name in self.bounded.values())
        for reviewed in self.reviewed:
            yield from (f"bool {self._acted(reviewed, hand)} = false;" for hand in self.hands)
        yield from self._claims()
        yield from self._ways_out()
        yield from self._case()

    def _claims(self) -> Iterator[str]:
        for name, formula in _LTL.items():
            yield f"ltl {name} {{ {formula} }}"
        for name in self.places.values():
            yield f"ltl {REACHED}{name} {{ [] (at != {name}) }}"

    def _acted(self, reviewed: str, hand: str) -> str:
        return f"acted_{self.places[reviewed]}_{self.hands[hand]}"

    def _done(self, code: str) -> str:
        return f"done_{self.places[code]}"

    # --- from every step there is always a way to an end ---

    def _ways_out(self) -> Iterator[str]:
        """Backwards from the ends, over what is never used up, until nothing new is marked."""
        for code, name in self.places.items():
            yield f"bool out_{name} = {'true' if is_end(code) else 'false'};"
        yield "inline find_ways_out() {"
        yield "  do"
        for step in self.procedure.steps:
            name = self.places[step.code]
            free = [out.to for out in step.outcomes if out.at_most is None]
            free += [step.lapse.to] if step.lapse and step.lapse.to else []
            if free:
                any_way = " || ".join(f"out_{self.places[to]}" for to in free)
                yield f"  :: !out_{name} && ({any_way}) -> out_{name} = true"
        yield "  :: else -> break"
        yield "  od;"
        yield f"  stuck = !({' && '.join(f'out_{name}' for name in self.places.values())})"
        yield "}"

    # --- the case ---

    def _case(self) -> Iterator[str]:
        yield "active proctype Case() {"
        yield "  d_step { find_ways_out() };"
        if self._begins_uncleared():
            yield "  uncleared = true;"
        yield "  if"
        for start in self.procedure.starts:
            yield f"  :: at = {self.places[start]}"
        yield "  fi;"
        yield "  do"
        for end in self.procedure.ends:
            yield f"  :: at == {self.places[f'end:{end.code}']} -> over = true; break"
        for step in self.procedure.steps:
            yield from self._step(step)
        yield "  :: else -> blocked = true; break"
        yield "  od"
        yield "}"

    def _begins_uncleared(self) -> bool:
        """Whether a case may begin with an execution, or something clears what it does not see."""
        procedure = self.procedure
        starts = [procedure.step(code) for code in procedure.starts]
        blind = any(not procedure.step(code).reviews for code in self.clearing)
        return blind or (self.skips and any(map(lanes.is_execution, starts)))

    def _step(self, step: Step) -> Iterator[str]:
        place = self.places[step.code]
        for outcome in step.outcomes:
            counter = self.bounded.get((step.code, outcome.code))
            left = f" && {counter} < {max(outcome.at_most or 0, 0)}" if counter else ""
            acts = [f"{counter} = {counter} + 1"] if counter else []
            acts += self._taken(step, outcome)
            yield f"  :: at == {place}{left} -> atomic {{ {'; '.join(acts)} }} /* {outcome.code} */"
        if step.lapse is not None and step.lapse.to is not None:
            acts = [*_standing(step), *self._arrive(step.lapse.to)]
            yield f"  :: at == {place} -> atomic {{ {'; '.join(acts)} }} /* lapse */"

    def _taken(self, step: Step, outcome: Outcome) -> Iterator[str]:
        """What it means that this outcome is taken, in the order in which it happens."""
        yield from _standing(step)
        yield from _passed(outcome)
        if outcome.role not in ACTING_ROLES:
            yield "no_actor = true"
        if outcome.records_sanction:
            yield "unheard = unheard || !(held || (first && second))"
            if outcome.actor not in PUNISHERS or not outcome.citation:
                yield "unheard = true"
            if not outcome.remedies and outcome.remedy_unknown is None:
                yield "no_remedy = true"
        hand = _hand(outcome)
        if step.self_review is None:
            for code in step.reviews:
                if code in self.reviewed:
                    yield f"own_work = own_work || {self._acted(code, hand)}"
        if step.code in self.reviewed:
            yield f"{self._acted(step.code, hand)} = true"
        if self.skips:
            yield from self._skipped(step, outcome)
        yield from self._arrive(outcome.to)

    def _skipped(self, step: Step, outcome: Outcome) -> Iterator[str]:
        """What is done, paid or owed by this outcome."""
        if step.code in self.payable and lanes.does(step, outcome):
            yield f"{self._done(step.code)} = true"
        if PAID in outcome.requires:
            yield "paid = paid || lane"
        if not outcome.owes:
            return
        yield "lane = true"
        if not set(outcome.requires) >= LANE:
            yield "loose = true"
        if not lanes.ends_by_itself(self.procedure, outcome.to):
            yield "loose = true"
        owed = {debt.code for debt in outcome.owes}
        if not lanes.are_dated(outcome) or lanes.RATIFICATION not in owed:
            yield "undated = true"
        for code in self.payable:
            if code not in owed:
                yield f"undated = undated || !{self._done(code)}"

    def _arrive(self, to: str) -> Iterator[str]:
        if is_end(to) and self.procedure.end(to).kind == "sanction":
            yield "unheard = unheard || !(held || (first && second))"
        if self.skips:
            yield from self._arrive_skipping(to)
        yield f"at = {self.places[to]}"

    def _arrive_skipping(self, to: str) -> Iterator[str]:
        """What may change is done no longer, nor cleared; the lane ends in three ways."""
        undone = lanes.undone_at(self.procedure, to)
        yield from (f"{self._done(code)} = false" for code in self.payable if code in undone)
        if is_end(to):
            end = self.procedure.end(to).code
            if end not in lanes.LANE_ENDS:
                yield "loose = loose || lane"
            elif end == lanes.RATIFIED:
                yield "loose = loose || (lane && !paid)"
        elif lanes.is_execution(self.procedure.step(to)):
            every = " && ".join(map(self._done, self.clearing)) or "false"
            yield f"uncleared = uncleared || !(lane || ({every}))"


def _standing(step: Step) -> Iterator[str]:
    """What is wrong with a step at which a case stands."""
    acts = any(outcome.actor == step.actor for outcome in step.outcomes)
    if not acts or step.role not in ACTING_ROLES:
        yield "no_actor = true"
    if step.term is None and step.term_unknown is None:
        yield "no_term = true"


def _passed(outcome: Outcome) -> Iterator[str]:
    if HEARD in outcome.requires or HEARING in outcome.requires:
        yield "held = true"
    if "first_summons_proven" in outcome.requires:
        yield "first = true"
    if "second_summons_proven" in outcome.requires:
        yield "second = true"


def _hand(outcome: Outcome) -> str:
    """Who acts: an office of one person, or an office in one role."""
    return outcome.actor if outcome.actor in ONE_PERSON else f"{outcome.actor}:{outcome.role}"
