"""Count days one by one, and say of each why it counts or does not.

The day from which a term runs is day 0; counting starts on the next day; the last day is whole, in
the time zone of the region. A working day is Monday to Friday, no public holiday and, unless
`joint_leave="counts"`, no day of joint leave (*cuti bersama*): no law that we have read says
whether joint leave is a working day, so both readings are offered and the longer is the default.
A day on which the term is suspended is passed over, whatever day it is.

What a term of law makes of this (several readings, extension, hours) stands in `terms`. Beyond the
confirmed calendars the answer is *provisional*: it may change when a decree appears.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, Literal, get_args
from zoneinfo import ZoneInfo

from timbang.law.bilingual import Bilingual
from timbang.law.calendar import Calendar, Holiday, JointLeave

LONGEST = 1000
ONE_DAY = timedelta(days=1)

Unit = Literal["days", "workdays"]
DayKind = Literal["day", "workday", "weekend", "public_holiday", "joint_leave", "suspended"]

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
    "suspended": Bilingual("ditangguhkan: {name}", "suspended: {name}"),
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
class Suspension:
    """Days on which a term does not run: `from_day` to `until_day`, both included.

    `until_day` is `None` while nobody knows when the term runs on.
    """

    from_day: date
    until_day: date | None
    reason: Bilingual
    citation: str | None = None

    def covers(self, day: date) -> bool:
        return self.from_day <= day and (self.until_day is None or day <= self.until_day)


@dataclass(frozen=True, slots=True)
class Counted:
    """A length counted to its end. Nobody is late on `last_day` itself: it is whole."""

    last_day: date
    provisional: bool
    days: tuple[DayReason, ...]


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
    suspensions: Sequence[Suspension] = (),
) -> Counted:
    """The length of `days` that runs from `from_day` (day 0), explained day by day.

    Raises `TermError` for a length outside 0..1000, an unknown unit or reading, a suspension that
    ends nowhere or before it begins, or a length that leaves the calendar (year 9999).
    """
    _check(from_day, days, unit, joint_leave)
    _check_suspensions(suspensions)
    calendar = calendar or Calendar.load()
    reasons = []
    counted = 0
    for day in _after(from_day):
        if counted == days:
            break
        reason = _suspended(day, suspensions) or _reason(
            day, counted + 1, unit, joint_leave, calendar
        )
        counted += reason.counts
        reasons.append(reason)
    if counted < days:
        raise TermError(f"{days} {unit} from {from_day} leave the calendar (after {date.max})")
    last_day = reasons[-1].day if reasons else from_day
    provisional = unit == "workdays" and not all(
        reason.kind == "suspended" or calendar.confirmed(reason.day, joint_leave)
        for reason in reasons
    )
    return Counted(last_day, provisional, tuple(reasons))


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


def _check_suspensions(suspensions: Sequence[Suspension]) -> None:
    for row in suspensions:
        if row.until_day is None:
            raise TermError(f"the suspension of {row.from_day} has no end yet: nothing to count to")
        if row.until_day < row.from_day:
            raise TermError(f"a suspension from {row.from_day} cannot end on {row.until_day}")


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


def _suspended(day: date, suspensions: Sequence[Suspension]) -> DayReason | None:
    found = next((row for row in suspensions if row.covers(day)), None)
    if found is None:
        return None
    reason = REASONS["suspended"].format(name=found.reason)
    return DayReason(day, None, "suspended", reason, found.citation or "")


def _holiday(holiday: Holiday) -> DayReason:
    reason = REASONS[holiday.kind].format(name=holiday.name)
    if holiday.estimated:
        reason = MAY_MOVE.format(reason=reason)
    return DayReason(holiday.day, None, holiday.kind, reason, holiday.source)
