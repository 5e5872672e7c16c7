"""The election window: in which phase of which contest a day of a region lies.

The contests are those of the shipped file of elections. A day may lie in several (a governor's and
a regent's); told is the nearest voting day that is still to come, else the last one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import timbang.registry
from timbang.registry import phases, places
from timbang.registry.seed import SeedContest, SeedElection, read_elections

FILE: Final = Path(timbang.registry.__file__).parent / "data" / "elections.yaml"
# Months before voting from which a day counts as in the window of an election. A choice of ours:
# one budget year; a detector that needs another says so among its parameters.
MONTHS_BEFORE: Final = 12
# The contest for the head of a region's own government, by the kind of region.
HEADS: Final = MappingProxyType({"province": "governor", "regency": "regent", "city": "mayor"})


@dataclass(frozen=True, slots=True)
class ContestDays:
    """One contest in one region; `region_code` is None for the nation. Days may be unknown."""

    election: str
    kind: str
    region_code: str | None
    dates: Mapping[str, date | None]

    @property
    def voting_on(self) -> date | None:
        return self.dates.get("voting_on")

    def in_region(self, region_code: str | None) -> bool:
        """Is it held there: in the region itself, in the province that it is in, or everywhere?"""
        if self.region_code is None:
            return True
        if region_code is None:
            return False
        return (region_code + ".").startswith(self.region_code + ".")


@dataclass(frozen=True, slots=True)
class Window:
    """Where a day lies: the election, its phase if the days that tell it are known, and how many
    days voting is away (negative: it is over)."""

    election: str
    kind: str
    phase: str | None
    days_to_voting: int

    def as_json(self) -> dict[str, object]:
        return {
            "election": self.election,
            "contest_kind": self.kind,
            "phase": self.phase,
            "days_to_voting": self.days_to_voting,
        }


@cache
def _elections() -> tuple[SeedElection, ...]:
    return read_elections(FILE)


@cache
def contests() -> tuple[ContestDays, ...]:
    """Every contest of the shipped elections in every region."""
    return tuple(
        ContestDays(election.code, contest.kind, region, _dates(contest))
        for election in _elections()
        for contest in election.contests
        for region in contest.regions()
    )


def window(region_code: str | None, day: date | None) -> Window | None:
    """The window that a day lies in, None outside of all (or where the day is not known)."""
    if day is None:
        return None
    found = [contest for first, last, contest in _open(region_code) if first <= day <= last]
    if not found:
        return None
    return _told(min(found, key=lambda contest: _order(contest, day)), day)


def _told(contest: ContestDays, day: date) -> Window:
    assert contest.voting_on is not None
    phase = phases.phase_on(contest.dates, day)
    away = (contest.voting_on - day).days
    return Window(contest.election, contest.kind, phase.value if phase else None, away)


def of_subject(
    kind: str, region_code: str | None, since: date | None, until: date | None
) -> Window | None:
    """The window that a subject of `detector.SUBJECTS` lies in, by its first and last day.

    An account of a budget lies beside the election of the head who makes the budget, and of no
    other: told from the first day of its time that lies in the window. One of no single region
    lies in none.
    """
    if kind != "account":
        return window(region_code, since)
    if region_code is None or since is None:
        return None
    last_day = until or since
    found = [
        (contest, max(first, since))
        for first, last, contest in _open_heads(region_code)
        if first <= last_day and since <= last
    ]
    return _told(*min(found, key=lambda each: _order(*each))) if found else None


@cache
def own_contests() -> Mapping[tuple[str, int], bool]:
    """Was there a contest for the head of a region's own government, by region and year?

    For the years of the shipped regional elections, which since 2015 are held in rounds for the
    whole country; a region and year of which it is not known has no entry.
    """
    heads = [
        (contest, frozenset(contest.regions()))
        for election in _elections()
        for contest in election.contests
        if contest.kind in HEADS.values()
    ]
    voted = [year for contest, _ in heads if (year := _voting_year(contest)) is not None]
    return MappingProxyType(
        {
            (code, year): held
            for code in places.codes()
            for year in range(min(voted), max(voted) + 1)
            if (held := _held(heads, code, year)) is not None
        }
    )


def _held(
    heads: Sequence[tuple[SeedContest, frozenset[str | None]]], code: str, year: int
) -> bool | None:
    kind = HEADS[places.kind_of(code)]
    own = [(contest, regions) for contest, regions in heads if contest.kind == kind]
    in_year = [each for each in own if _voting_year(each[0]) == year]
    if any(code in regions for _, regions in in_year):
        return True
    if not in_year or any(contest.whole(code) for contest, _ in in_year):
        return False
    return None


def _voting_year(contest: SeedContest) -> int | None:
    return contest.days["voting_on"].day.year if "voting_on" in contest.days else None


@cache
def _of_region(region_code: str | None) -> tuple[ContestDays, ...]:
    return tuple(contest for contest in contests() if contest.in_region(region_code))


@cache
def _open(region_code: str | None) -> tuple[tuple[date, date, ContestDays], ...]:
    """The contests of a region whose voting day is known, each from a year before voting to the
    last of its days that is known."""
    found = []
    for contest in _of_region(region_code):
        if contest.voting_on is not None:
            known = [day for day in contest.dates.values() if day is not None]
            first = phases.months_before(contest.voting_on, MONTHS_BEFORE)
            found.append((first, max(known), contest))
    return tuple(found)


def _open_heads(region_code: str) -> list[tuple[date, date, ContestDays]]:
    """Of these, the contests for the head of the region's own government."""
    return [
        each
        for each in _open(region_code)
        if each[2].region_code == region_code and each[2].kind == HEADS[places.kind_of(region_code)]
    ]


def _order(contest: ContestDays, day: date) -> tuple[bool, int, str, str]:
    assert contest.voting_on is not None
    away = (contest.voting_on - day).days
    return away < 0, abs(away), contest.election, contest.kind


def _dates(contest: SeedContest) -> dict[str, date | None]:
    return {
        key: contest.days[key].day if key in contest.days else None for key in phases.PHASE_DATES
    }


@cache
def spans(region_code: str | None) -> tuple[tuple[date, date], ...]:
    """The first and last days of all windows of a region, in order, those that meet made one."""
    joined: list[tuple[date, date]] = []
    for first, last in sorted((first, last) for first, last, _contest in _open(region_code)):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return tuple(joined)
