"""Count a legal term day by day, and say of each day why it counts or does not.

The day from which a term runs is day 0; counting starts on the next day; the last day is whole, in
the time zone of the region. A working day is Monday to Friday, no public holiday and, unless
`joint_leave="counts"`, no day of joint leave (*cuti bersama*): no law that we have read says
whether joint leave is a working day, so both readings are offered and the longer is the default.

Where a term in calendar days ends on a holiday, no rule that moves it is known: it is not moved.
Beyond the confirmed calendars the answer is *provisional*: it may change when a decree appears.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast, get_args
from zoneinfo import ZoneInfo

from timbang.law.bilingual import Bilingual
from timbang.law.yaml_file import Yaml, load

FOLDER = Path(__file__).parent / "calendars"
LONGEST = 1000
ONE_DAY = timedelta(days=1)

Unit = Literal["days", "workdays"]
JointLeave = Literal["counts", "skipped"]
HolidayKind = Literal["public_holiday", "joint_leave"]
DayKind = Literal["day", "workday", "weekend", "public_holiday", "joint_leave"]

WEEKDAYS = (
    Bilingual("Senin", "Monday"),
    Bilingual("Selasa", "Tuesday"),
    Bilingual("Rabu", "Wednesday"),
    Bilingual("Kamis", "Thursday"),
    Bilingual("Jumat", "Friday"),
    Bilingual("Sabtu", "Saturday"),
    Bilingual("Minggu", "Sunday"),
)
REASONS: Mapping[DayKind, Bilingual] = {
    "day": Bilingual("hari ke-{n}", "day {n}"),
    "workday": Bilingual("hari kerja ke-{n}", "working day {n}"),
    "weekend": Bilingual("akhir pekan: {name}", "weekend: {name}"),
    "public_holiday": Bilingual("hari libur nasional: {name}", "public holiday: {name}"),
    "joint_leave": Bilingual("{name}", "{name}"),
}
LEAVE_COUNTS = Bilingual(
    "hari kerja ke-{n} ({name}, dihitung sebagai hari kerja)",
    "working day {n} ({name}, counted as a working day)",
)
MAY_MOVE = Bilingual("{reason} (perkiraan)", "{reason} (estimate)")
NO_CALENDAR = "no calendar for {year}: weekends only"


class TermError(ValueError):
    """A term that cannot be counted: the message says what is allowed."""


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
    """One file of `calendars/`: `confirmed` tells, per kind, whether the year is settled."""

    year: int
    title: str
    licence: str
    level: str
    note: Bilingual
    confirmed: Mapping[HolidayKind, bool]
    days: tuple[Holiday, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The holidays of the years that we have; a public holiday prevails over joint leave."""

    years: Mapping[int, Year]
    holidays: Mapping[date, Holiday]

    @classmethod
    def load(cls) -> Calendar:
        """The calendars of this release, read once."""
        return _shipped()

    @classmethod
    def of(cls, years: list[Year]) -> Calendar:
        """A calendar of the given years only: what a test or a newer decree brings."""
        found = [day for year in years for day in year.days]
        found.sort(key=lambda day: day.kind == "public_holiday")
        return cls({year.year: year for year in years}, {day.day: day for day in found})

    def confirmed(self, day: date, joint_leave: JointLeave) -> bool:
        """Whether a decree to come can no longer change what `day` is."""
        year = self.years.get(day.year)
        if year is None or not year.confirmed["public_holiday"]:
            return False
        return joint_leave == "counts" or year.confirmed["joint_leave"]


@dataclass(frozen=True, slots=True)
class DayReason:
    """One day of a term; `number` is its place in the term, `None` where it is passed over."""

    day: date
    number: int | None
    kind: DayKind
    reason: Bilingual
    source: str

    @property
    def counts(self) -> bool:
        return self.number is not None

    def as_json(self) -> dict[str, Any]:
        return {
            "day": self.day.isoformat(),
            "counts": self.counts,
            "number": self.number,
            "kind": self.kind,
            "reason": self.reason.en,
            "reason_id": self.reason.id,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class TermAnswer:
    """When a term ends, and why. Nobody is late on `last_day` itself: it is whole.

    `safe_day` is the last day on every reading of the law: earlier than `last_day` only where the
    law does not say which days it counts. Who must act looks at `safe_day`; who may call another
    late looks at `last_day`.
    """

    last_day: date
    provisional: bool
    days: tuple[DayReason, ...]
    safe_day: date

    def as_json(self) -> dict[str, Any]:
        return {
            "last_day": self.last_day.isoformat(),
            "safe_day": self.safe_day.isoformat(),
            "provisional": self.provisional,
            "days": [day.as_json() for day in self.days],
        }


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a running term stands: "today is day 4 of 7"."""

    day: int
    of: int
    last_day: date
    passed: bool
    provisional: bool


def explain(
    from_day: date,
    days: int,
    unit: Unit,
    joint_leave: JointLeave = "skipped",
    calendar: Calendar | None = None,
) -> TermAnswer:
    """The term of `days` that runs from `from_day` (day 0), explained day by day.

    Raises `TermError` for a length outside 0..1000, an unknown unit or reading, or a term that
    leaves the calendar (year 9999).
    """
    _check(from_day, days, unit, joint_leave)
    calendar = calendar or Calendar.load()
    reasons = []
    counted = 0
    for day in _after(from_day):
        if counted == days:
            break
        reason = _reason(day, counted + 1, unit, joint_leave, calendar)
        counted += reason.counts
        reasons.append(reason)
    if counted < days:
        raise TermError(f"{days} {unit} from {from_day} leave the calendar (after {date.max})")
    last_day = reasons[-1].day if reasons else from_day
    provisional = unit == "workdays" and not all(
        calendar.confirmed(reason.day, joint_leave) for reason in reasons
    )
    return TermAnswer(last_day, provisional, tuple(reasons), safe_day=last_day)


def days_elapsed(
    from_day: date,
    today: date,
    unit: Unit,
    joint_leave: JointLeave = "skipped",
    calendar: Calendar | None = None,
) -> int:
    """How many days of a term are counted up to and including `today`; 0 before it starts."""
    _check(from_day, 0, unit, joint_leave)
    calendar = calendar or Calendar.load()
    counted = 0
    for day in _after(from_day):
        if day > today:
            break
        counted += _reason(day, counted + 1, unit, joint_leave, calendar).counts
    return counted


def progress(
    from_day: date,
    today: date,
    days: int,
    unit: Unit,
    joint_leave: JointLeave = "skipped",
    calendar: Calendar | None = None,
) -> Progress:
    """Where the term stands today. `day` never exceeds `of`: a passed term says so in `passed`."""
    answer = explain(from_day, days, unit, joint_leave, calendar)
    return Progress(
        day=sum(1 for day in answer.days if day.counts and day.day <= today),
        of=days,
        last_day=answer.last_day,
        passed=today > answer.last_day,
        provisional=answer.provisional,
    )


def day_in(zone: str, instant: datetime) -> date:
    """Which day it is in the region: at one instant it may be Monday in WIB and Tuesday in WIT."""
    if instant.tzinfo is None:
        raise TermError(f"{instant.isoformat()} has no time zone: its day is not known")
    return instant.astimezone(_zone(zone)).date()


def end_of(day: date, zone: str) -> datetime:
    """The first instant after the whole of `day` in the region: from here on a term has passed."""
    if day == date.max:
        raise TermError(f"{day} has no next day")
    return datetime.combine(day + ONE_DAY, time.min, tzinfo=_zone(zone))


def read_year(data: Yaml) -> Year:
    """One calendar file; anything odd raises `YamlError` with file and line.

    A year holds its own days only, none twice of one kind; an estimate is never confirmed.
    """
    row = data.fields(("year", "source", "confirmed", "days"))
    source = row["source"].fields(("title", "licence", "level", "note"))
    confirmed = row["confirmed"].fields(get_args(HolidayKind))
    year = Year(
        year=row["year"].number(),
        title=source["title"].text(),
        licence=source["licence"].text(),
        level=source["level"].text(),
        note=source["note"].bilingual(),
        confirmed={kind: confirmed[kind].flag() for kind in get_args(HolidayKind)},
        days=tuple(_day(item) for item in row["days"].items()),
    )
    seen = set()
    for holiday, item in zip(year.days, row["days"].items(), strict=True):
        if holiday.day.year != year.year:
            raise item.error(f"{holiday.day} is not in {year.year}")
        if (holiday.day, holiday.kind) in seen:
            raise item.error(f"{holiday.day} stands twice as {holiday.kind}")
        if holiday.estimated and year.confirmed[holiday.kind]:
            raise item.error(f"{holiday.day} is an estimate, so {holiday.kind} is not confirmed")
        seen.add((holiday.day, holiday.kind))
    return year


@cache
def _shipped() -> Calendar:
    return Calendar.of([read_year(load(path)) for path in sorted(FOLDER.glob("*.yaml"))])


@cache
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as problem:
        raise TermError(f"{name!r} is no time zone; say for example Asia/Jakarta") from problem


def _check(from_day: date, days: int, unit: str, joint_leave: str) -> None:
    if isinstance(from_day, datetime):
        raise TermError("a term runs from a day, not from a moment: use day_in first")
    if isinstance(days, bool) or not isinstance(days, int) or not 0 <= days <= LONGEST:
        raise TermError(f"a term of {days!r} days is not counted; allowed are 0 to {LONGEST}")
    _one_of("unit", unit, get_args(Unit))
    _one_of("joint leave", joint_leave, get_args(JointLeave))


def _one_of(what: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise TermError(f"{what} {value!r} is not known; allowed are {', '.join(allowed)}")


def _after(day: date) -> Iterator[date]:
    while day < date.max:
        day += ONE_DAY
        yield day


def _reason(
    day: date, number: int, unit: Unit, joint_leave: JointLeave, calendar: Calendar
) -> DayReason:
    """What `day` is in the term, `number` being the one that it bears if it counts."""
    if unit == "days":
        return DayReason(day, number, "day", REASONS["day"].format(n=number), "")
    holiday = calendar.holidays.get(day)
    if holiday is not None and holiday.kind == "public_holiday":
        return _holiday(holiday)
    if day.weekday() >= 5:
        name = REASONS["weekend"].format(name=WEEKDAYS[day.weekday()])
        return DayReason(day, None, "weekend", name, "")
    if holiday is None:
        year = calendar.years.get(day.year)
        source = year.title if year else NO_CALENDAR.format(year=day.year)
        return DayReason(day, number, "workday", REASONS["workday"].format(n=number), source)
    if joint_leave == "skipped":
        return _holiday(holiday)
    name = LEAVE_COUNTS.format(n=number, name=holiday.name)
    return DayReason(day, number, "joint_leave", name, holiday.source)


def _holiday(holiday: Holiday) -> DayReason:
    reason = REASONS[holiday.kind].format(name=holiday.name)
    if holiday.estimated:
        reason = MAY_MOVE.format(reason=reason)
    return DayReason(holiday.day, None, holiday.kind, reason, holiday.source)


def _day(data: Yaml) -> Holiday:
    row = data.fields(("day", "kind", "estimated", "name", "source"))
    return Holiday(
        day=row["day"].day(),
        kind=cast(HolidayKind, row["kind"].one_of(get_args(HolidayKind))),
        name=row["name"].bilingual(),
        estimated=row["estimated"].flag(),
        source=row["source"].text(),
    )
