"""Prove a procedure before it runs: from every step there is a lawful way out, and every way ends.

`check` looks at the whole graph of a procedure, lapses included, and names the path on which
something is wrong. It proves what can be known without a case; that the guards are told truly is
the work of the room that calls the engine.

Two rules carry the weight. A sanction is recorded by the appointing officer only, and no way leads
to an end of kind `sanction` that does not pass a hearing or two summonses (PP 94/2021 ps 26). And a
circle is broken by an outcome that a case may take at most n times, so no case runs for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from timbang.law.guards import HEARD
from timbang.law.steps import ACTING_ROLES, END, Outcome, Procedure, Step, is_end


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a procedure, and the path on which it is met."""

    procedure: str
    rule: str
    path: tuple[str, ...]
    message: str

    def __str__(self) -> str:
        return f"{self.procedure}: {' -> '.join(self.path)}: {self.message}"

    def as_json(self) -> dict[str, object]:
        return {"rule": self.rule, "path": list(self.path), "message": self.message}


@dataclass(frozen=True, slots=True)
class _Way:
    """One edge of the graph: an outcome, or a lapse that moves the case."""

    step: str
    label: str
    to: str
    bounded: bool
    heard: bool


def check(procedure: Procedure) -> list[Problem]:
    """Every problem of the procedure; an empty list is the proof."""
    return [
        Problem(procedure.id, name, path, message)
        for name, rule in RULES.items()
        for path, message in rule(procedure)
    ]


Found = Iterator[tuple[tuple[str, ...], str]]


def _targets_exist(procedure: Procedure) -> Found:
    for start in procedure.starts:
        if not procedure.has(start) or is_end(start):
            yield (start,), "the procedure starts at a step that does not exist"
    for way in _ways(procedure):
        if not procedure.has(way.to):
            yield (way.step, way.label), f"leads to {way.to}, which does not exist"


def _reachable(procedure: Procedure) -> Found:
    reached = _paths(procedure, lambda way: True)
    for code in [step.code for step in procedure.steps] + [
        END + end.code for end in procedure.ends
    ]:
        if code not in reached:
            yield (code,), "cannot be reached from any start"


def _way_out(procedure: Procedure) -> Found:
    """Bounded outcomes can be used up: what remains must still lead to an end."""
    for step in procedure.steps:
        free = [way for way in _ways(procedure) if way.step == step.code and not way.bounded]
        if not free:
            yield (step.code,), "has no outcome that is always there"
        elif not any(is_end(to) for to in _paths(procedure, _unbounded, [step.code])):
            yield (step.code,), "has no way to an end once the bounded outcomes are used up"


def _ends(procedure: Procedure) -> Found:
    """A circle without a bounded outcome would let a case run for ever."""
    for circle in _circles(procedure):
        yield circle, "goes round for ever: no outcome in this circle is bounded"
    for step, outcome in _outcomes(procedure):
        if outcome.at_most is not None and outcome.at_most < 1:
            yield (step.code, outcome.code), "may be taken at most 0 times, so never"


def _actors(procedure: Procedure) -> Found:
    for step, outcome in _outcomes(procedure):
        if outcome.role not in ACTING_ROLES:
            yield (step.code, outcome.code), f"{outcome.role} takes no step in a case"
    for step in procedure.steps:
        if step.role not in ACTING_ROLES:
            yield (step.code,), f"{step.role} takes no step in a case"
        if not any(outcome.actor == step.actor for outcome in step.outcomes):
            yield (step.code,), f"{step.actor} must act here and has no outcome"


def _terms(procedure: Procedure) -> Found:
    """Each step has a term; where law is silent or unclear the step says so."""
    for step in procedure.steps:
        term = step.term
        if term is None:
            yield (step.code,), "has no term and does not say that it is unknown"
            continue
        if not 1 <= term.length <= 1000:
            yield (step.code,), f"has a term of {term.length} days"
        if (term.unit == "unknown" or term.kind != "law") and term.reason is None:
            yield (step.code,), "does not say why its term or unit is unknown"
        if term.kind != "target" and (not term.citation or term.level == "none"):
            yield (step.code,), "claims a term without a citation and its level"
        if term.kind == "target" and (term.citation or term.level != "none"):
            yield (step.code,), "is a target of ours and cites law for it"
        if (term.unit == "unknown" or term.kind != "law") and not step.open_points:
            yield (step.code,), "has an open question and does not list it"


def _lapses(procedure: Procedure) -> Found:
    """A term of law or practice never lapses in silence; a target of ours only reminds."""
    for step in procedure.steps:
        if step.term is None:
            continue
        lapse, kind = step.lapse, step.term.kind
        if lapse is None:
            yield (step.code,), "does not say what a lapse does"
        elif kind == "target" and (lapse.to or lapse.escalates_to):
            yield (step.code, "lapse"), "a target that is not law may only remind"
        elif kind == "practice" and lapse.to:
            yield (step.code, "lapse"), "only a term of law may move a case by itself"
        elif kind != "target" and not (lapse.to or lapse.escalates_to):
            yield (step.code, "lapse"), "names neither an exit nor whom it escalates to"
        elif lapse.to and not lapse.citation:
            yield (step.code, "lapse"), "moves a case without citing what allows it"
        elif lapse.to == step.code:
            yield (step.code, "lapse"), "leads back to its own step"


def _hearing(procedure: Procedure) -> Found:
    for step, outcome in _outcomes(procedure):
        if not outcome.records_sanction:
            continue
        if HEARD not in outcome.requires:
            yield (step.code, outcome.code), "records a sanction without a hearing or two summonses"
        if outcome.actor != "appointing_officer":
            yield (step.code, outcome.code), f"{outcome.actor} may recommend, not record a sanction"
        if not outcome.citation:
            yield (step.code, outcome.code), "records a sanction without an article"
    unheard = _paths(procedure, lambda way: not way.heard)
    for end in procedure.ends:
        if end.kind == "sanction" and END + end.code in unheard:
            yield unheard[END + end.code], "a sanction is reached without a hearing"


RULES: dict[str, Callable[[Procedure], Found]] = {
    "targets_exist": _targets_exist,
    "reachable": _reachable,
    "way_out": _way_out,
    "every_path_ends": _ends,
    "actors": _actors,
    "terms": _terms,
    "lapses": _lapses,
    "hearing": _hearing,
}


def _outcomes(procedure: Procedure) -> Iterator[tuple[Step, Outcome]]:
    return ((step, outcome) for step in procedure.steps for outcome in step.outcomes)


def _ways(procedure: Procedure) -> list[_Way]:
    ways = [
        _Way(step.code, out.code, out.to, out.at_most is not None, HEARD in out.requires)
        for step, out in _outcomes(procedure)
    ]
    for step in procedure.steps:
        if step.lapse is not None and step.lapse.to is not None:
            ways.append(_Way(step.code, "lapse", step.lapse.to, bounded=False, heard=False))
    return ways


def _unbounded(way: _Way) -> bool:
    return not way.bounded


def _paths(
    procedure: Procedure, usable: Callable[[_Way], bool], starts: list[str] | None = None
) -> dict[str, tuple[str, ...]]:
    """What can be reached over usable ways, each with one shortest path that leads there."""
    ways = [way for way in _ways(procedure) if usable(way)]
    found: dict[str, tuple[str, ...]] = {start: (start,) for start in starts or procedure.starts}
    waiting = list(found)
    for code in waiting:
        for way in ways:
            if way.step == code and way.to not in found:
                found[way.to] = (*found[code], way.label, way.to)
                waiting.append(way.to)
    return found


def _circles(procedure: Procedure) -> list[tuple[str, ...]]:
    """For each step that can come back to itself over unbounded ways, one shortest circle."""
    circles: dict[frozenset[str], tuple[str, ...]] = {}
    for way in filter(_unbounded, _ways(procedure)):
        back = _paths(procedure, _unbounded, [way.to]).get(way.step)
        if back is not None:
            circle = (way.step, way.label, *back)
            circles.setdefault(frozenset(circle), circle)
    return list(circles.values())
