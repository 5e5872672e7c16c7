"""What is proved of procedures in which steps may be skipped: that skipping has a price and an end.

A *lane* begins with an outcome that owes something. Three rules: nothing is executed that was not
cleared as it stands, except in the lane; whatever enters the lane ends ratified, revoked or lapsed,
by itself at the latest; and each debt has its day. A step is an execution when an executing officer
takes it, and a clearance when a clearing officer does; what was cleared and is then changed must be
cleared anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from timbang.law.bilingual import Bilingual
from timbang.law.guards import CLEARED, LANE, PAID
from timbang.law.steps import (
    DEBTS,
    END,
    PAYING_ROLES,
    ROLES,
    Debt,
    Outcome,
    Procedure,
    Step,
    is_end,
)
from timbang.law.walking import Path, walks

RATIFIED = "ratified"
LANE_ENDS = frozenset({RATIFIED, "revoked", "lapsed"})
RATIFICATION = "ratification"

Found = Iterator[tuple[Path, Bilingual]]
_say = Bilingual


def may_skip(procedure: Procedure) -> bool:
    """Whether these rules look at it: it is about policy, or something in it owes."""
    return procedure.is_policy or any(out.owes for step in procedure.steps for out in step.outcomes)


def is_execution(step: Step) -> bool:
    return step.role == "executing_officer"


def clearing(procedure: Procedure) -> tuple[Step, ...]:
    """The steps at which something is cleared."""
    return tuple(filter(_clears_here, procedure.steps))


def payable(procedure: Procedure) -> tuple[Step, ...]:
    """The steps that are owed when they are skipped: each that clears or that a debt is called."""
    return tuple(step for step in procedure.steps if _clears_here(step) or step.code in DEBTS)


def does(step: Step, outcome: Outcome) -> bool:
    """Whether the work of the step is done with it: cleared, or passed on and not skipped."""
    if _clears_here(step):
        return outcome.role == "clearing_officer" and CLEARED in outcome.requires
    return not outcome.owes


def undone_at(procedure: Procedure, code: str) -> frozenset[str]:
    """What is void once a case comes (back) to this step: its own work, and who cleared it."""
    return frozenset(
        step.code
        for step in payable(procedure)
        if code in step.reviews or (code == step.code and not _clears_here(step))
    )


def _clears_here(step: Step) -> bool:
    return step.role == "clearing_officer"


def ends_by_itself(procedure: Procedure, code: str) -> bool:
    """Whether a case that stands at this step is over at the latest when its term passes."""
    if is_end(code):
        return True
    step = procedure.step(code)
    to = step.lapse.to if step.lapse is not None else None
    return step.lapses_as == "exit" and to is not None and is_end(to)


# --- the rules ------------------------------------------------------------------------------------


def uncleared(procedure: Procedure) -> Found:
    """What is executed outside the lane was cleared by all who clear, and not changed since."""
    if not may_skip(procedure):
        return
    every = frozenset(step.code for step in clearing(procedure))
    for step in clearing(procedure):
        if not step.reviews:
            message = _say(
                "memberi persetujuan tanpa menilai apa pun", "clears and reviews nothing"
            )
            yield (step.code,), message
    seen = set()
    for path, way, passed in _walks(procedure):
        if way.owes or is_end(way.to) or not is_execution(procedure.step(way.to)):
            continue
        if not (every and every <= passed) and (way.step, way.label) not in seen:
            seen.add((way.step, way.label))
            message = _say("dilaksanakan tanpa persetujuan", "is executed without clearance")
            yield path, message
    for code in procedure.starts:
        if procedure.has(code) and not is_end(code) and is_execution(procedure.step(code)):
            yield (code,), _say("dimulai dengan pelaksanaan", "begins with its execution")


def unended(procedure: Procedure) -> Found:
    """Every lane states its ground, ends by itself at the latest, is ratified only when paid."""
    for step, outcome in _lanes(procedure):
        where = (step.code, outcome.code)
        missing = sorted(LANE - set(outcome.requires))
        if missing:
            message = _say(
                "melewati langkah tanpa meminta: {codes}", "skips steps without: {codes}"
            )
            yield where, message.format(codes=", ".join(missing))
        if not procedure.has(outcome.to):
            continue  # another rule says so
        if not ends_by_itself(procedure, outcome.to):
            message = _say(
                "tidak mempunyai hari berakhirnya tindakan", "has no day on which the measure ends"
            )
            yield (*where, outcome.to), message
        yield from _wrong_ends(procedure, where, outcome.to)
    yield from _for_nothing(procedure)


def _wrong_ends(procedure: Procedure, where: Path, start: str) -> Found:
    """Ends other than the three, and a ratification before the debts are paid."""
    told = set()
    for path, paid in _from_lane(procedure, start):
        end = path[-1].removeprefix(END)
        if not is_end(path[-1]) or not procedure.has(path[-1]):
            continue
        if end not in LANE_ENDS and end not in told:
            told.add(end)
            yield (
                (*where, *path),
                _say(
                    "jalur langsung tidak berakhir dengan disahkan, dicabut, atau gugur",
                    "the lane ends neither ratified nor revoked nor lapsed",
                ),
            )
        if end == RATIFIED and not paid and RATIFIED not in told:
            told.add(RATIFIED)
            message = _say(
                "disahkan sebelum kewajibannya dipenuhi", "is ratified before its debts are paid"
            )
            yield (*where, *path), message


def _for_nothing(procedure: Procedure) -> Found:
    """An outcome that leads into the lane and owes nothing is no lane, but a hole."""
    inside = {
        code
        for _step, outcome in _lanes(procedure)
        for path, _paid in _from_lane(procedure, outcome.to)
        for code in path[::2]
        if not is_end(code)
    }
    for way in _ways(procedure):
        if not way.owes and way.to in inside and way.step not in inside:
            message = _say(
                "masuk ke jalur langsung tanpa berutang apa pun", "enters the lane and owes nothing"
            )
            yield (way.step, way.label, way.to), message


def undated(procedure: Procedure) -> Found:
    """Each debt falls due on a day that the entry sets, and nothing is skipped unowed."""
    for step, outcome in _lanes(procedure):
        for debt in outcome.owes:
            for message in _of_debt(debt):
                yield (step.code, outcome.code, debt.code), message
        if RATIFICATION not in _codes(outcome):
            message = _say(
                "tidak berutang pengesahan atau pencabutan",
                "does not owe to be ratified or revoked",
            )
            yield (step.code, outcome.code), message
    told = set()
    for path, way, passed in _walks(procedure):
        if not way.owes:
            continue
        for step in payable(procedure):
            if step.code not in passed | way.owes and (*path[-3:], step.code) not in told:
                told.add((*path[-3:], step.code))
                message = _say(
                    "melewati {step} dan tidak berutang langkah itu", "skips {step} and owes it not"
                )
                yield path[:-1], message.format(step=step.title)


def are_dated(outcome: Outcome) -> bool:
    """Whether each of its debts has one day, which the entry sets."""
    return not any(True for debt in outcome.owes for _message in _of_debt(debt))


def _of_debt(debt: Debt) -> Iterator[Bilingual]:
    word = DEBTS[debt.code]
    if debt.by not in PAYING_ROLES:
        message = _say("{debt} tidak dapat dipenuhi oleh {role}", "{debt} cannot be paid by {role}")
        yield message.format(debt=word, role=ROLES[debt.by])
    if debt.term is None:
        yield _say("{debt} terutang tanpa hari", "{debt} is owed without a day").format(debt=word)
        return
    if debt.term.starts != "entered":
        message = _say(
            "{debt} tidak dihitung sejak jalur langsung dimulai",
            "{debt} does not run from the entry into the lane",
        )
        yield message.format(debt=word)
    if debt.term.unit == "unknown" or debt.term.readings or debt.term.suspends or debt.term.extends:
        message = _say("{debt} mempunyai lebih dari satu hari", "{debt} has more than one day")
        yield message.format(debt=word)
    if debt.term.kind == "target":
        message = _say(
            "{debt} hanya diingatkan dan tidak terutang", "{debt} is only reminded of, not owed"
        )
        yield message.format(debt=word)


# --- ways -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Way:
    """One edge of the graph: an outcome that can be taken, or a lapse that moves the case."""

    step: str
    label: str
    to: str
    does: bool = False
    pays: bool = False
    owes: frozenset[str] = frozenset()


def _lanes(procedure: Procedure) -> Iterator[tuple[Step, Outcome]]:
    for step in procedure.steps:
        for outcome in step.outcomes:
            if outcome.owes:
                yield step, outcome


def _codes(outcome: Outcome) -> frozenset[str]:
    return frozenset(debt.code for debt in outcome.owes)


def _ways(procedure: Procedure) -> Iterator[_Way]:
    """Each that leads to a step or end that exists."""
    return (way for way in _every_way(procedure.steps) if procedure.has(way.to))


def _every_way(steps: Iterable[Step]) -> Iterator[_Way]:
    for step in steps:
        for out in step.outcomes:
            if out.at_most is None or out.at_most > 0:
                yield _Way(
                    *(step.code, out.code, out.to),
                    does=does(step, out),
                    pays=PAID in out.requires,
                    owes=_codes(out),
                )
        if step.lapse is not None and step.lapse.to is not None:
            yield _Way(step.code, "lapse", step.lapse.to)


def _walks(procedure: Procedure) -> Iterator[tuple[Path, _Way, frozenset[str]]]:
    """Each way outside the lane, once for all that may be done by then: the path to its end, and
    which steps stand done there. Bounds need no counting: a way that is gone once more leaves
    nothing undone that a shorter one does not."""
    counted = {step.code for step in payable(procedure)}

    def after(way: _Way, done: frozenset[str]) -> frozenset[str]:
        here = {way.step} & counted if way.does else frozenset()
        return (done | here) - undone_at(procedure, way.to)

    none: frozenset[str] = frozenset()
    return walks(procedure.starts, _ways(procedure), none, after, lambda way, _done: not way.owes)


def _from_lane(procedure: Procedure, start: str) -> Iterator[tuple[Path, bool]]:
    """Every place to which the lane leads, with the path and whether the debts are paid by then."""
    yield (start,), False
    for path, _way, paid in walks(
        [start], _ways(procedure), False, lambda way, before: before or way.pays
    ):
        yield path, paid
