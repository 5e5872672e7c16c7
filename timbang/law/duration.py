"""How long a case can take at most: the longest way through a procedure, with every term used up.

A term counts with its longest reading, as often as it may be extended, and with the whole of the
time for which it may stand still. What is law, what is practice and what is only our reminder is
added apart: nothing obliges an organ to keep a reminder, and a step whose term nobody knows adds
nothing and is named. A term that runs from a proven delivery waits for it: that time is not in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from timbang.law.steps import Procedure, Step, Term, is_end

# A bounded outcome doubles what must be looked at; past this nobody could follow the procedure.
MOST_STATES = 100_000
# Fifths of an hour: a working day stands for 7/5 of a day; an unknown unit for the longer one.
_WEIGHT: Mapping[str, int] = MappingProxyType(
    {"days": 120, "workdays": 168, "hours": 5, "unknown": 168}
)
Used = tuple[int, ...]


class TooManyReturns(ValueError):
    """The procedure has so many bounded outcomes that its ways cannot all be walked."""


@dataclass(frozen=True, slots=True)
class Longest:
    """The longest way: `amounts` maps (kind of term, unit) to how much of it is on the way.

    `path` names steps and outcomes in turn, and the end; `without_term` are the steps on it whose
    term nobody knows, `from_delivery` those whose term waits for a proven delivery.
    """

    path: tuple[str, ...]
    amounts: Mapping[tuple[str, str], int]
    without_term: tuple[str, ...]
    from_delivery: tuple[str, ...]

    @property
    def steps(self) -> int:
        """How many steps a case passes on it, each as often as it comes there."""
        return len(self.path) // 2

    def as_json(self) -> dict[str, Any]:
        return {
            "path": list(self.path),
            "steps": self.steps,
            "amounts": [
                {"kind": kind, "unit": unit, "length": length}
                for (kind, unit), length in sorted(self.amounts.items())
            ],
            "without_term": list(self.without_term),
            "from_delivery": list(self.from_delivery),
        }


def longest(procedure: Procedure) -> Longest:
    """The longest way from any start to any end.

    Raises `TooManyReturns` where there are too many ways to walk, and
    `ValueError` where some way never ends.
    """
    walk = _Walk(procedure)
    start = max(procedure.starts, key=lambda code: walk.weight(code, walk.unused))
    path = walk.path(start)
    steps = [procedure.step(code) for code in path[:-1:2]]
    return Longest(
        path=path,
        amounts=_amounts(steps),
        without_term=_once(step.code for step in steps if step.term is None),
        from_delivery=_once(
            step.code for step in steps if step.term and step.term.starts == "delivery_proven"
        ),
    )


def used_up(term: Term) -> Counter[tuple[str, str]]:
    """All that a term can take: its longest reading, its extensions and its standing still."""
    own = (term.length, term.unit)
    others = [(reading.length, reading.unit) for reading in term.readings]
    length, unit = max([own, *others], key=lambda found: found[0] * _WEIGHT[found[1]])
    found: Counter[tuple[str, str]] = Counter({(term.kind, unit): length})
    if term.extends:
        found[term.kind, term.extends.unit] += term.extends.length * term.extends.at_most
    if term.suspends:
        found["suspension", term.suspends.unit] += term.suspends.at_most
    return found


def _weight(term: Term | None) -> int:
    if term is None:
        return 0
    return sum(length * _WEIGHT[unit] for (_kind, unit), length in used_up(term).items())


def _amounts(steps: list[Step]) -> Counter[tuple[str, str]]:
    total: Counter[tuple[str, str]] = Counter()
    for step in steps:
        if step.term is not None:
            total.update(used_up(step.term))
    return total


def _once(codes: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))


class _Walk:
    """Every way of a case, told apart by how often each bounded outcome was taken."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.known: dict[tuple[str, Used], tuple[int, str | None]] = {}

    @cached_property
    def bounded(self) -> Mapping[tuple[str, str], int]:
        """Where in `Used` each bounded outcome is counted."""
        every = [
            (step.code, outcome.code)
            for step in self.procedure.steps
            for outcome in step.outcomes
            if outcome.at_most is not None
        ]
        return {found: place for place, found in enumerate(every)}

    @property
    def unused(self) -> Used:
        return (0,) * len(self.bounded)

    @cached_property
    def _term_weights(self) -> Mapping[str, int]:
        return {step.code: _weight(step.term) for step in self.procedure.steps}

    def weight(self, start: str, used: Used) -> int:
        """Of the longest way from here; walked without recursion, so that no file is too deep."""
        waiting = [(start, used)]
        open_now: set[tuple[str, Used]] = set()
        while waiting:
            state = waiting[-1]
            if state in self.known or is_end(state[0]):
                waiting.pop()
                open_now.discard(state)
                continue
            missing = [to for _label, to in self.ways(*state) if not self._is_known(to)]
            if any(to in open_now for to in missing):
                raise ValueError(f"{self.procedure.id}: a case can go round for ever at {state[0]}")
            if missing:
                open_now.add(state)
                waiting += missing
                continue
            self._settle(state)
        return self._known(start, used)

    def _settle(self, state: tuple[str, Used]) -> None:
        if len(self.known) >= MOST_STATES:
            raise TooManyReturns(f"{self.procedure.id}: more than {MOST_STATES} ways to walk")
        ways = self.ways(*state)
        best = max(ways, key=lambda way: self._known(*way[1]), default=None)
        further = self._known(*best[1]) if best else 0
        label = best[0] if best else None
        # One more for the step itself, so that of two equal ways the one with more steps is told.
        self.known[state] = (self._term_weights[state[0]] + 1 + further, label)

    def _is_known(self, state: tuple[str, Used]) -> bool:
        return is_end(state[0]) or state in self.known

    def _known(self, code: str, used: Used) -> int:
        return 0 if is_end(code) else self.known[code, used][0]

    def ways(self, code: str, used: Used) -> list[tuple[str, tuple[str, Used]]]:
        """Each outcome that is not used up, and a lapse that moves the case: label, new state."""
        step = self.procedure.step(code)
        found = []
        for outcome in step.outcomes:
            place = self.bounded.get((code, outcome.code))
            if place is None:
                found.append((outcome.code, (outcome.to, used)))
            elif used[place] < (outcome.at_most or 0):
                more = (*used[:place], used[place] + 1, *used[place + 1 :])
                found.append((outcome.code, (outcome.to, more)))
        if step.lapse is not None and step.lapse.to is not None:
            found.append(("lapse", (step.lapse.to, used)))
        return found

    def path(self, start: str) -> tuple[str, ...]:
        code, used, path = start, self.unused, [start]
        while not is_end(code):
            label = self.known[code, used][1]
            if label is None:
                return tuple(path)
            code, used = dict(self.ways(code, used))[label]
            path += [label, code]
        return tuple(path)
