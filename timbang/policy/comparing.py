"""Which way is better? The paths beside each other, measure by measure, over many dossiers. Pure.

No verdict, no order, no total. Each measure says in how many dossiers it could be taken, what came
out with its interval, and of how many nothing is known. Fewer than five in a path: only their
number is told.

Numbers: the median, with the interval between two ordered values that holds the median of the whole
with at least 95 % (exact: the sign test turned round; it asks nothing of how the values lie). Of
five dossiers the widest such interval holds it with 93.75 % only, and says so. Shares of dossiers:
the interval of Wilson (1927, Journal of the American Statistical Association 22).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import comb, sqrt
from statistics import median
from types import MappingProxyType
from typing import Final, Literal

from timbang.law import policy
from timbang.policy import facts
from timbang.policy.facts import FOUND, Move, Record

Kind = Literal["number", "share"]

FEWEST: Final = 5
LEVEL: Final = 0.95
# The half width of a normal interval at that level.
WIDE: Final = 1.959963984540054
# The paths that are compared; a dossier whose path is not known is only counted.
COMPARED: Final = ("full", "emergency", "promise")
# Measures that answer yes or no of a dossier.
YES_OR_NO: Final = frozenset({"undone_decisions", "executions_without_authority"})


# --- one dossier ----------------------------------------------------------------------------------


def measured(record: Record, on: date) -> dict[str, float | None]:
    """Every measure of one dossier as of a day; None where it cannot be taken."""
    found = facts.facts_of(record)
    return {code: take(record, found, on) for code, take in _TAKE.items()}


def _days_to_execution(record: Record, found: policy.Facts, _on: date) -> float | None:
    named = record.opened_on if record.by_office else found.found.get("problem")
    if named is None or found.executed_on is None or named > found.executed_on:
        return None
    return (found.executed_on - named).days


def _changed_milestones(record: Record, found: policy.Facts, _on: date) -> float | None:
    if not record.goals or found.executed_on is None:
        return None
    return sum(goal.set_on > found.executed_on for goal in record.goals) / len(record.goals)


_CLEARANCES: Final = ("legal_clearance", "budget_clearance")
_CLEARANCE_PAPERS: Final = ("legal_clearance", "harmonisation", "budget_clearance")


def _clearance_steps(record: Record, found: policy.Facts, _on: date) -> float | None:
    if found.executed_on is None:
        return None
    if record.by_office:
        return sum(found.first(kind) is True for kind in _CLEARANCES)
    each = [found.first(kind) for kind in _CLEARANCE_PAPERS]
    return None if None in each else sum(map(bool, each))


def _clearance_days(record: Record, found: policy.Facts, _on: date) -> float | None:
    if not record.by_office or found.executed_on is None:
        return None
    return sum(days for step, days in _stays(record) if step in _CLEARANCES)


def _study_days(record: Record, _found: policy.Facts, _on: date) -> float | None:
    accepted = [move.on for move in record.moves if _is(move, "review", "accepted")]
    return (max(accepted) - record.opened_on).days if accepted else None


def _undone(record: Record, found: policy.Facts, _on: date) -> float | None:
    if found.executed_on is None:
        return None
    if record.ended_as in ("revoked", "lapsed"):
        return 1
    undone = found.has("revocation")
    return None if undone is None else float(undone)


def _short_results(record: Record, _found: policy.Facts, _on: date) -> float | None:
    if record.by_office:
        missed = [
            goal.result < goal.target
            for goal in record.goals
            if goal.target is not None and goal.result is not None
        ]
    else:
        shown = [mark for paper in record.papers for mark in paper.shows]
        missed = [mark == "target_missed" for mark in shown if mark.startswith("target_")]
    return sum(missed) / len(missed) if missed else None


def _without_authority(_record: Record, found: policy.Facts, _on: date) -> float | None:
    if found.executed_on is None:
        return None
    named = found.first("legal_basis")
    return None if named is None else float(not named)


def _overdue_debts(record: Record, _found: policy.Facts, on: date) -> float | None:
    due = [
        debt
        for debt in record.debts
        if debt.due_on < on and not (debt.dropped_on and debt.dropped_on <= debt.due_on)
    ]
    if not due:
        return None
    return sum(debt.paid_on is None or debt.paid_on > debt.due_on for debt in due) / len(due)


def _audit_findings(record: Record, _found: policy.Facts, _on: date) -> float | None:
    there = [paper for paper in record.papers if paper.state == FOUND]
    findings = [paper.amount for paper in there if paper.kind == "audit"]
    planned = (
        [goal.planned for goal in record.goals]
        if record.by_office
        else [paper.amount for paper in there if paper.kind == "budget_line"]
    )
    known = [amount for amount in findings if amount is not None]
    money = [amount for amount in planned if amount is not None]
    if not known or len(known) < len(findings) or not money or len(money) < len(planned):
        return None
    return sum(known) / sum(money) if sum(money) else None


def _is(move: Move, step: str, outcome: str) -> bool:
    return (move.step, move.outcome) == (step, outcome)


def _stays(record: Record) -> Iterable[tuple[str, int]]:
    """Each stay at a step that was left, in days."""
    since = record.opened_on
    for move in record.moves:
        yield move.step, (move.on - since).days
        since = move.on


_TAKE: Final[Mapping[str, Callable[[Record, policy.Facts, date], float | None]]] = MappingProxyType(
    {
        "days_to_execution": _days_to_execution,
        "changed_milestones": _changed_milestones,
        "clearance_steps": _clearance_steps,
        "clearance_days": _clearance_days,
        "study_days": _study_days,
        "undone_decisions": _undone,
        "short_results": _short_results,
        "executions_without_authority": _without_authority,
        "overdue_debts": _overdue_debts,
        "audit_findings": _audit_findings,
    }
)


# --- many dossiers --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Taken:
    """One dossier with its path and its measures."""

    number: str
    path: str
    values: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure in one path. `value` is a median or a share; None where too few are known.

    `known` and `unknown` are dossiers; `holds` is how surely the interval holds the value.
    """

    path: str
    kind: Kind
    known: int
    unknown: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    holds: float | None = None

    @property
    def enough(self) -> bool:
        return self.value is not None


def compare(taken: Sequence[Taken], measure: str) -> tuple[Figure, ...]:
    """One measure over all paths that are compared."""
    return tuple(
        _figure(path, measure, [each.values[measure] for each in taken if each.path == path])
        for path in COMPARED
    )


def _figure(path: str, measure: str, values: Sequence[float | None]) -> Figure:
    known = [value for value in values if value is not None]
    kind: Kind = "share" if measure in YES_OR_NO else "number"
    counted = Figure(path, kind, len(known), len(values) - len(known))
    if len(known) < FEWEST:
        return counted
    if kind == "share":
        part = sum(value > 0 for value in known)
        low, high = wilson(part, len(known))
        holds, value = LEVEL, part / len(known)
    else:
        low, high, holds = median_interval(known)
        value = float(median(known))
    return Figure(path, kind, counted.known, counted.unknown, value, low, high, holds)


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The interval of a share. Raises ValueError unless 0 <= part <= whole and 0 < whole."""
    if not 0 <= part <= whole or not whole:
        raise ValueError(f"{part} of {whole} is no share")
    share, square = part / whole, WIDE**2
    middle = share + square / (2 * whole)
    half = WIDE * sqrt(share * (1 - share) / whole + square / (4 * whole**2))
    scale = 1 + square / whole
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def median_interval(values: Sequence[float]) -> tuple[float, float, float]:
    """Two of the ordered values, and how surely the median of the whole lies between them.

    The narrowest pair, equally far from both ends, that holds it with `LEVEL`; where even the
    smallest and the largest do not, these two, with what they hold.
    """
    ordered, number = sorted(values), len(values)
    best = 0
    while 2 * (best + 1) < number and _holds(number, best + 1) >= LEVEL:
        best += 1
    return ordered[best], ordered[number - 1 - best], _holds(number, best)


def _holds(number: int, left_out: int) -> float:
    """How surely the median lies between two values when so many lie outside on each side."""
    outside = sum(comb(number, below) for below in range(left_out + 1))
    return float(1 - 2 * outside / 2**number)


# --- the drawing ----------------------------------------------------------------------------------

WIDTH: Final = 288
ROW: Final = 46
LEFT: Final = 6
RIGHT: Final = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """One path: its words above a line from `low` to `high`, with a mark at the value."""

    path: str
    text_y: int
    y: int
    low: int
    high: int
    value: int


@dataclass(frozen=True, slots=True)
class Drawing:
    marks: tuple[Mark, ...]
    most: float
    height: int
    width: int = WIDTH
    left: int = LEFT
    right: int = WIDTH - RIGHT

    @property
    def foot(self) -> int:
        return self.height - 4


def drawing(figures: Sequence[Figure]) -> Drawing | None:
    """The figures on one scale from zero; None where no path has enough dossiers."""
    shown = [figure for figure in figures if figure.enough]
    if not shown:
        return None
    most = max([figure.high or 0.0 for figure in shown]) or 1.0
    room = WIDTH - LEFT - RIGHT

    def at(value: float | None) -> int:
        return round(LEFT + room * (value or 0.0) / most)

    marks = tuple(
        Mark(figure.path, row * ROW + 16, row * ROW + 30, at(figure.low), at(figure.high),
             at(figure.value))
        for row, figure in enumerate(shown)
    )  # fmt: skip
    return Drawing(marks, most, ROW * len(shown) + 20)
