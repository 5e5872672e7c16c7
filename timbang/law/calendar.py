"""Which days are public holidays or joint leave, and which public, dated source says so.

One file a year comes with the release (`calendars/`). An operator adds a decree without waiting for
one: his folder (`TIMBANG_CALENDARS`, else `calendars/` in the data folder) holds files of the same
form, and the one with the later date prevails. A file states its whole year, or, with
`amends: true`, only the days that it adds and those that it takes back.

A process that runs keeps the last good calendar when a file in the operator's folder is bad, and
says so in its log; a process that starts refuses it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, cast, get_args

from timbang.law.bilingual import Bilingual
from timbang.law.vocabulary import VERIFICATION
from timbang.law.yaml_file import Yaml, YamlError, load

FOLDER = Path(__file__).parent / "calendars"

JointLeave = Literal["counts", "skipped"]
HolidayKind = Literal["public_holiday", "joint_leave"]
State = tuple[tuple[str, int, int], ...]

log = logging.getLogger("timbang.law.calendar")


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday or a day of joint leave, with the source that says so."""

    day: date
    kind: HolidayKind
    name: Bilingual
    estimated: bool
    source: str


@dataclass(frozen=True, slots=True)
class Year:
    """What one file says of its year: `confirmed` tells, per kind, whether the year is settled.

    `dated` is the day of the decree; for a source without one, the day on which it was read.
    `taken_back` holds days that an amending file says are no holidays after all.
    """

    year: int
    title: str
    licence: str
    level: str
    dated: date
    url: str
    note: Bilingual
    confirmed: Mapping[HolidayKind, bool]
    days: tuple[Holiday, ...]
    amends: bool = False
    taken_back: tuple[date, ...] = ()


@dataclass(frozen=True)
class Calendar:
    """The holidays of the years that we have; a public holiday prevails over joint leave."""

    years: Mapping[int, Year]
    holidays: Mapping[date, Holiday]

    @classmethod
    def load(cls) -> Calendar:
        """The calendars of this release and of the operator's folder, read again when they change.

        Raises `YamlError` for a bad file when no good calendar was read before.
        """
        return _SHELF.newest()

    @classmethod
    def of(cls, years: list[Year]) -> Calendar:
        """A calendar of the given years only; later ones amend or replace the earlier."""
        merged: dict[int, Year] = {}
        for year in years:
            before = merged.get(year.year)
            merged[year.year] = _amended(before, year) if before and year.amends else year
        found = [day for year in merged.values() for day in year.days]
        found.sort(key=lambda day: day.kind == "public_holiday")
        return cls(merged, {day.day: day for day in found})

    def confirmed(self, day: date, joint_leave: JointLeave) -> bool:
        """Whether a decree to come can no longer change what `day` is."""
        year = self.years.get(day.year)
        if year is None or not year.confirmed["public_holiday"]:
            return False
        return joint_leave == "counts" or year.confirmed["joint_leave"]

    def as_json(self) -> dict[str, Any]:
        """All that a counted term leans on: each day, its kind and source, and what is settled."""
        return {
            "years": {
                str(year.year): {
                    "title": year.title,
                    "dated": year.dated.isoformat(),
                    "confirmed": dict(year.confirmed),
                }
                for year in sorted(self.years.values(), key=lambda year: year.year)
            },
            "days": {
                day.isoformat(): {
                    "kind": holiday.kind,
                    "name": holiday.name.as_json(),
                    "estimated": holiday.estimated,
                    "source": holiday.source,
                }
                for day, holiday in sorted(self.holidays.items())
            },
        }

    @cached_property
    def text(self) -> str:
        """The canonical text of `as_json`: the same calendar gives the same text."""
        return json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical text, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def read_year(data: Yaml) -> Year:
    """One calendar file; anything odd raises `YamlError` with file and line.

    A year holds its own days only, none twice of one kind; an estimate is never confirmed.
    """
    row = data.fields(("year", "source", "confirmed", "days"), ("amends", "taken_back"))
    source = row["source"].fields(("title", "licence", "level", "dated", "note"), ("url",))
    confirmed = row["confirmed"].fields(get_args(HolidayKind))
    year = Year(
        year=row["year"].number(),
        title=source["title"].text(),
        licence=source["licence"].text(),
        level=source["level"].one_of(VERIFICATION),
        dated=source["dated"].day(),
        url=source["url"].text() if "url" in source else "",
        note=source["note"].bilingual(),
        confirmed={kind: confirmed[kind].flag() for kind in get_args(HolidayKind)},
        days=tuple(_day(item) for item in row["days"].items()),
        amends="amends" in row and row["amends"].flag(),
        taken_back=_taken_back(row),
    )
    _check_days(year, row["days"])
    return year


def check_file(path: Path) -> tuple[Year, list[Change]]:
    """A file as the operator's folder would take it, and what it changes in the present calendar.

    Raises `YamlError` when it would not be taken.
    """
    data = load(path)
    year = read_year(data)
    before = Calendar.load()
    _check_amends(year, data, before.years)
    after = Calendar.of([*before.years.values(), year])
    return year, changes(before.as_json(), after.as_json())


@dataclass(frozen=True, slots=True)
class Change:
    """One day that two calendars see differently; a kind is empty where it is no holiday."""

    day: date
    before: str
    after: str

    def as_json(self) -> dict[str, str]:
        return {"day": self.day.isoformat(), "before": self.before, "after": self.after}

    def __str__(self) -> str:
        return f"{self.day}: {self.before or 'no holiday'} -> {self.after or 'no holiday'}"


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """The days that differ between two calendars, given as their `as_json`, in order."""
    old, new = (
        {day: str(told["kind"]) for day, told in calendar["days"].items()}
        for calendar in (before, after)
    )
    return [
        Change(date.fromisoformat(day), old.get(day, ""), new.get(day, ""))
        for day in sorted(old.keys() | new.keys())
        if old.get(day) != new.get(day)
    ]


def span_of_changes(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[date, date] | None:
    """The first and the last day of which two calendars, given as their `as_json`, say anything
    different; the whole of a year that is settled in one and not in the other. None if they agree.
    """
    found = [date.fromisoformat(day) for day in _differing(before["days"], after["days"])]
    settled = (
        {year: told["confirmed"] for year, told in calendar["years"].items()}
        for calendar in (before, after)
    )
    for year in _differing(*settled):
        found += [date(int(year), 1, 1), date(int(year), 12, 31)]
    return (min(found), max(found)) if found else None


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    return [name for name in old.keys() | new.keys() if old.get(name) != new.get(name)]


def own_folder() -> Path:
    """Where the operator of an installation keeps his own calendar files."""
    named = os.environ.get("TIMBANG_CALENDARS")
    return Path(named) if named else Path(os.environ.get("TIMBANG_DATA", "var")) / "calendars"


class _Shelf:
    """The newest good calendar of this process."""

    def __init__(self) -> None:
        self.last: Calendar | None = None
        self.complained: State | None = None

    def newest(self) -> Calendar:
        folder = own_folder()
        state = _state(folder)
        try:
            self.last = _read(folder, state)
        except (YamlError, OSError) as problem:
            if self.last is None:
                raise
            if state != self.complained:
                log.error("the calendar stays as it was: %s", problem)
                self.complained = state
        return self.last


_SHELF = _Shelf()


def _state(folder: Path) -> State:
    """What would change if somebody changed a file; empty when there is no folder."""
    try:
        rows = [(entry.name, entry.stat()) for entry in os.scandir(folder)]
    except FileNotFoundError:
        return ()
    return tuple(
        sorted((name, at.st_mtime_ns, at.st_size) for name, at in rows if name.endswith(".yaml"))
    )


@lru_cache(maxsize=2)
def _read(folder: Path, state: State) -> Calendar:
    calendar = Calendar.of(list(_shipped()))
    own = [load(folder / name) for name, _changed, _size in state]
    for data, year in sorted(
        ((data, read_year(data)) for data in own), key=lambda one: one[1].dated
    ):
        _check_amends(year, data, calendar.years)
        calendar = Calendar.of([*calendar.years.values(), year])
    return calendar


@lru_cache(maxsize=1)
def _shipped() -> tuple[Year, ...]:
    return tuple(read_year(load(path)) for path in sorted(FOLDER.glob("*.yaml")))


def _amended(before: Year, by: Year) -> Year:
    """The year after an amending file: its days added, those that it takes back gone."""
    touched = {day.day for day in by.days} | set(by.taken_back)
    kept = [day for day in before.days if day.day not in touched]
    return replace(
        before,
        title=f"{before.title}; {by.title}",
        dated=max(before.dated, by.dated),
        confirmed=by.confirmed,
        days=tuple(sorted([*kept, *by.days], key=lambda day: (day.day, day.kind))),
    )


def _check_amends(year: Year, data: Yaml, known: Mapping[int, Year]) -> None:
    row = data.mapping()
    if year.amends and year.year not in known:
        raise row["amends"].error(f"there is no calendar of {year.year} to amend")
    if year.amends:
        held = {holiday.day for holiday in known[year.year].days}
        for day in year.taken_back:
            if day not in held:
                raise row["taken_back"].error(f"{day} is no holiday, so it is not taken back")


def _taken_back(row: Mapping[str, Yaml]) -> tuple[date, ...]:
    if "taken_back" not in row:
        return ()
    if "amends" not in row or not row["amends"].flag():
        raise row["taken_back"].error("only a file with 'amends: true' takes days back")
    return tuple(item.day() for item in row["taken_back"].items())


def _check_days(year: Year, data: Yaml) -> None:
    seen = set()
    for holiday, item in zip(year.days, data.items(), strict=True):
        if holiday.day.year != year.year:
            raise item.error(f"{holiday.day} is not in {year.year}")
        if (holiday.day, holiday.kind) in seen:
            raise item.error(f"{holiday.day} stands twice as {holiday.kind}")
        if holiday.estimated and year.confirmed[holiday.kind]:
            raise item.error(f"{holiday.day} is an estimate, so {holiday.kind} is not confirmed")
        if holiday.day in year.taken_back:
            raise item.error(f"{holiday.day} is both given and taken back")
        seen.add((holiday.day, holiday.kind))


def _day(data: Yaml) -> Holiday:
    row = data.fields(("day", "kind", "estimated", "name", "source"))
    return Holiday(
        day=row["day"].day(),
        kind=cast(HolidayKind, row["kind"].one_of(get_args(HolidayKind))),
        name=row["name"].bilingual(),
        estimated=row["estimated"].flag(),
        source=row["source"].text(),
    )
