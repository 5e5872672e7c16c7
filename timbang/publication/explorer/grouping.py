"""Counts of people as the explorer shows them: full fives, and nothing of small groups. Pure.

What is protected differs from reports (docs/decisions/0005): that somebody asked for a permit or
was appointed is no secret, and the rows are public or were counted by the office itself. Nobody
shall read from a table what became of one of them. So each group stands in one table only, counts
are full fives ("at least"), and a group of fewer than ten tells nothing of how long it took.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final

from timbang.publication.suppress import FEWEST_FOR_SPREAD, STEP, bucket

# Appointments: weeks before and after the first day of the ban that are counted, and how many
# months before candidates are confirmed that day lies (UU 10/2016 ps 71(2)).
WEEKS: Final = 26
BAN_MONTHS: Final = 6


@dataclass(frozen=True, slots=True)
class Application:
    """One application for a service, as far as the figures need it."""

    applied_on: date
    due_on: date | None
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class Times:
    """How long the applications of one group took: all counts are full fives, "at least".

    `median` is a code of `suppress.BUCKETS`; None where fewer than ten were answered.
    """

    applied: int
    answered: int
    in_time: int
    late: int
    median: str | None


def full_fives(number: int) -> int:
    """The count in full fives: 14 is 10, 4 is 0."""
    return number // STEP * STEP


def times(group: Sequence[Application]) -> Times | None:
    """The figures of one group; None for a group that is too small to be shown."""
    if len(group) < FEWEST_FOR_SPREAD:
        return None
    days = [
        (each.answered_on - each.applied_on).days
        for each in group
        if each.answered_on is not None and each.answered_on >= each.applied_on
    ]
    dated = [each for each in group if each.due_on is not None and each.answered_on is not None]
    in_time = sum(each.answered_on <= each.due_on for each in dated)  # type: ignore[operator]
    enough = len(days) >= FEWEST_FOR_SPREAD
    return Times(
        applied=full_fives(len(group)),
        answered=full_fives(len(days)),
        in_time=full_fives(in_time),
        late=full_fives(len(dated) - in_time),
        median=bucket(int(median(days))) if enough else None,
    )
