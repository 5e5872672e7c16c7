"""The phases of an election, as days: what is known of them, from where, and which one a day is in.

Pure. Every day may be unknown; nothing is computed from another day, because the law lets each of
them be moved alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import pairwise
from typing import Final

from timbang.law.bilingual import Bilingual

PHASE_DATES: Final[tuple[str, ...]] = (
    "candidates_confirmed_on",
    "campaign_starts_on",
    "campaign_ends_on",
    "quiet_starts_on",
    "quiet_ends_on",
    "voting_on",
    "recap_ends_on",
    "inaugurated_on",
)
# Best first; a contest is only as good as its weakest day.
LEVELS: Final[tuple[str, ...]] = ("official", "two_sources", "one_source", "memory", "invented")
# An election is prepared for at most so long before voting: UU 7/2017 ps 167(6) says "at the latest
# 20 months before". For regional elections it is only a bound that keeps older days out.
PREPARATION_MONTHS: Final = 20


class Phase(Enum):
    """Where a day lies in a contest. The day of confirmation itself is a phase of its own: whether
    its conduct counts as before or after is an open question of law."""

    BEFORE_CONFIRMATION = "before_confirmation"
    CONFIRMATION = "confirmation"
    CONFIRMED = "confirmed"
    CAMPAIGN = "campaign"
    QUIET = "quiet"
    VOTING = "voting"
    AFTER_VOTING = "after_voting"


@dataclass(frozen=True)
class SourcedDay:
    """A day, where it was found, and how far it may be trusted (one of LEVELS).

    A citation that is the same in every language is given as text, anything else in both.
    """

    day: date
    source: str | Bilingual
    level: str

    @property
    def words(self) -> Bilingual:
        return Bilingual(self.source, self.source) if isinstance(self.source, str) else self.source


Dates = Mapping[str, date | None]


def weakest(levels: list[str]) -> str:
    """The level of a whole: that of its weakest part; nothing known is nothing but memory."""
    return max(levels, key=LEVELS.index, default="memory")


def problems(days: Mapping[str, SourcedDay]) -> list[str]:
    """What is wrong with a set of days; empty when it can be stored."""
    found = [
        f"{key}: not one of {', '.join(PHASE_DATES)}" for key in days if key not in PHASE_DATES
    ]
    found += [
        f"{key}: level {value.level!r} is not one of {', '.join(LEVELS)}"
        for key, value in days.items()
        if value.level not in LEVELS
    ]
    found += [f"{key}: no source" for key, value in days.items() if not value.words.id.strip()]
    known = [(key, days[key].day) for key in PHASE_DATES if key in days]
    for (first, first_day), (second, second_day) in pairwise(known):
        if second_day < first_day:
            found.append(f"{second} ({second_day}) lies before {first} ({first_day})")
    return found


def phase_on(dates: Dates, day: date) -> Phase | None:
    """The phase that a day is in, or None when the days that would tell are not known."""
    for start, end, phase in (
        ("campaign_starts_on", "campaign_ends_on", Phase.CAMPAIGN),
        ("quiet_starts_on", "quiet_ends_on", Phase.QUIET),
        ("voting_on", "voting_on", Phase.VOTING),
        ("candidates_confirmed_on", "candidates_confirmed_on", Phase.CONFIRMATION),
    ):
        first, last = dates.get(start), dates.get(end)
        if first is not None and last is not None and first <= day <= last:
            return phase
    return _between(dates, day)


def _between(dates: Dates, day: date) -> Phase | None:
    """A day in none of the named periods: before, after, or between confirmation and campaign."""
    voting, confirmed = dates.get("voting_on"), dates.get("candidates_confirmed_on")
    if voting is not None and day > voting:
        return Phase.AFTER_VOTING
    if confirmed is not None and day < confirmed:
        return Phase.BEFORE_CONFIRMATION
    campaign = dates.get("campaign_starts_on")
    if confirmed is not None and campaign is not None and confirmed < day < campaign:
        return Phase.CONFIRMED
    return None


def covers(dates: Dates, day: date) -> bool:
    """May conduct on this day have been about this contest? Only where its voting day is known."""
    voting = dates.get("voting_on")
    if voting is None:
        return False
    ends = [value for key in PHASE_DATES[5:] if (value := dates.get(key)) is not None]
    return months_before(voting, PREPARATION_MONTHS) <= day <= max(ends)


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or the last day of that month if it has no such day."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)
