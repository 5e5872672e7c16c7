"""When a term of law ends: on each reading of it, with what suspended, extended or shortened it.

A law and a regulation may give the same term differently (UU 7/2017 ps. 454(6): 7 working days;
Perbawaslu 7/2022 ps. 8(3): 7 days). Then each reading has an end of its own: who must act looks at
the earliest (`safe_day`), who may call another late at the latest (`last_day`), and between them
`warns_on` says that it is late on one reading and not on another.

What nobody knows stays unknown: while a suspension has no end, `last_day` is `None` and `safe_day`
is the earliest day possible; where a term in calendar days ends on a day off, no rule that moves it
is known, so it is not moved and the answer says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from timbang.law.bilingual import Bilingual
from timbang.law.calendar import Calendar, JointLeave
from timbang.law.refusal import Refusal
from timbang.law.steps import Suspends, Term, TermUnit, length_told
from timbang.law.workdays import (
    LONGEST,
    ONE_DAY,
    WEEKDAYS,
    DayReason,
    Suspension,
    TermError,
    Unit,
    days_elapsed,
    end_of,
    explain,
)

EndKind = Literal["main", "other", "own"]
KnownUnit = Literal["days", "workdays", "hours"]

LABEL = Bilingual("{length} ({source})", "{length} ({source})")
OWN = Bilingual("ketentuan sendiri instansi", "the office's own term")

ENDS_ON_DAY_OFF = Bilingual(
    "Hari terakhir ({day}) adalah {name}. Tidak ditemukan aturan apakah tenggat lalu bergeser ke "
    "hari kerja berikutnya ({next}); karena itu tidak digeser.",
    "The last day ({day}) is {name}. No rule was found whether the term then moves to the next "
    "working day ({next}); so it is not moved.",
)
UNIT_UNKNOWN = Bilingual(
    "Sumbernya menyebut “hari” tanpa menyebut hari kerja atau hari kalender: keduanya dihitung.",
    "The source says “days” without saying working or calendar days: both are counted.",
)
JOINT_LEAVE = Bilingual(
    "Tidak ditemukan aturan apakah cuti bersama adalah hari kerja: {day} di sini {counts}.",
    "No rule was found whether joint leave is a working day: here {day} {counts}.",
)
COUNTS = Bilingual("dihitung", "is counted")
NOT_COUNTED = Bilingual("tidak dihitung", "is not counted")
INSTANT_UNKNOWN = Bilingual(
    "Jam mulainya tidak diketahui, hanya harinya: tenggat dalam jam berakhir di antara dua hari.",
    "The hour of the start is not known, only its day: the term ends between two days.",
)
SUSPENSION_OPEN = Bilingual(
    "Tenggat sedang ditangguhkan dan hari berakhirnya penangguhan belum diketahui.",
    "The term is suspended, and the day on which that ends is not known yet.",
)

NO_SUSPENSION = Bilingual(
    "Tidak diketahui aturan yang membolehkan tenggat langkah ini ditangguhkan.",
    "No rule is known that lets the term of this step be suspended.",
)
SUSPENDED_TOO_LONG = Bilingual(
    "Tenggat ini boleh ditangguhkan paling lama {n} hari seluruhnya.",
    "This term may be suspended for {n} days in all at most.",
)
NO_EXTENSION = Bilingual(
    "Tidak diketahui aturan yang membolehkan tenggat langkah ini diperpanjang.",
    "No rule is known that lets the term of this step be extended.",
)
EXTENDED_TOO_OFTEN = Bilingual(
    "Tenggat ini boleh diperpanjang paling banyak {n} kali.",
    "This term may be extended {n} times at most.",
)
NOT_SHORTER = Bilingual(
    "Ketentuan sendiri harus lebih pendek daripada {law}: {own} dapat berakhir sama lambat atau "
    "lebih lambat. Yang boleh: paling lama {most}.",
    "An own term must be shorter than {law}: {own} can end as late or later. Allowed: {most} at "
    "most.",
)
NOTHING_SHORTER = Bilingual("tidak ada", "none")


@dataclass(frozen=True, slots=True)
class Own:
    """A shorter term that an organ has set for itself; it reminds, and nobody is late by it."""

    length: int
    unit: KnownUnit


@dataclass(frozen=True, slots=True)
class TermDoubt:
    """Something about a term that no source says, by its code and in words."""

    code: str
    text: Bilingual

    def as_json(self) -> dict[str, str]:
        return {"code": self.code, **self.text.as_json()}


@dataclass(frozen=True, slots=True)
class ReadingEnd:
    """Where a term ends on one reading, explained.

    `earliest` and `latest` differ only where something is not known (the hour of the start, the
    end of a suspension). `at` is the instant of a term in hours whose start is known.
    """

    kind: EndKind
    length: int
    unit: KnownUnit
    citation: str | None
    level: str
    earliest: date
    latest: date | None
    at: datetime | None
    provisional: bool
    days: tuple[DayReason, ...]
    doubts: tuple[TermDoubt, ...]

    @property
    def label(self) -> Bilingual:
        """The reading in words: "7 working days (UU 7/2017 ps 454(6))"."""
        return _label(self.kind, self.length, self.unit, self.citation)

    def passed_on(self, today: date) -> bool:
        return self.latest is not None and today > self.latest

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "length": self.length,
            "unit": self.unit,
            "citation": self.citation,
            "level": self.level,
            "earliest": self.earliest.isoformat(),
            "latest": self.latest.isoformat() if self.latest else None,
            "at": self.at.isoformat() if self.at else None,
            "provisional": self.provisional,
            "doubts": [doubt.as_json() for doubt in self.doubts],
            "days": [day.as_json() for day in self.days],
        }


@dataclass(frozen=True, slots=True)
class TermAnswer:
    """When a term ends, and why, on each reading. Nobody is late on `last_day` itself: it is whole
    (a term in hours ends within it, at `ends_at`).
    """

    ends: tuple[ReadingEnd, ...]

    @property
    def safe_day(self) -> date:
        """The last day on which who acts is in time on every reading."""
        return min(end.earliest for end in self.ends)

    @property
    def last_day(self) -> date | None:
        """The day after which everybody must call it late; `None` while that is not known."""
        days = [end.latest for end in self._of_law]
        return None if None in days else max(day for day in days if day is not None)

    @property
    def open(self) -> bool:
        """Whether the end is not known yet, because a suspension has none."""
        return self.last_day is None

    @property
    def provisional(self) -> bool:
        return any(end.provisional for end in self.ends)

    @property
    def days(self) -> tuple[DayReason, ...]:
        """The reading that ends last, day by day."""
        return max(self._of_law, key=lambda end: (end.latest or date.max, end.earliest)).days

    @property
    def doubts(self) -> tuple[TermDoubt, ...]:
        return tuple(dict.fromkeys(doubt for end in self.ends for doubt in end.doubts))

    def ends_at(self, zone: str) -> datetime | None:
        """The first instant at which the term has passed on every reading."""
        if self.last_day is None:
            return None
        return max(
            end.at or end_of(end.latest, zone) for end in self._of_law if end.latest is not None
        )

    def warns_on(self, today: date) -> bool:
        """Whether `today` is late on one reading and in time on another."""
        return self.last_day is not None and self.safe_day < today <= self.last_day

    def passed_on(self, today: date) -> bool:
        """Whether the term has passed on every reading."""
        return self.last_day is not None and today > self.last_day

    @property
    def _of_law(self) -> list[ReadingEnd]:
        return [end for end in self.ends if end.kind != "own"]

    def as_json(self) -> dict[str, Any]:
        return {
            "last_day": self.last_day.isoformat() if self.last_day else None,
            "safe_day": self.safe_day.isoformat(),
            "provisional": self.provisional,
            "doubts": [doubt.as_json() for doubt in self.doubts],
            "ends": [end.as_json() for end in self.ends],
            "days": [day.as_json() for day in self.days],
        }


def due(
    term: Term,
    started: date | datetime,
    calendar: Calendar | None = None,
    joint_leave: JointLeave = "skipped",
    *,
    suspensions: Sequence[Suspension] = (),
    extended: int = 0,
    own: Own | None = None,
    as_of: date | None = None,
) -> TermAnswer:
    """When the term ends that started on this day (day 0), or at this instant in the region's zone.

    `extended` says how often it was extended, `as_of` until when an open suspension lasts at
    least. Whether the law allows all this is asked before, with `check_suspension`,
    `check_extension` and `check_own`. Raises `TermError` for what cannot be counted.
    """
    clock = _Clock(term, started, calendar or Calendar.load(), joint_leave, extended)
    early, late = _closed(suspensions, term.suspends, as_of, clock)
    ends = [
        _end(clock, reading, early, late)
        for whole in _readings(term, own)
        for reading in _variants(whole, clock.more_unit)
    ]
    return TermAnswer(tuple(ends))


def labels(term: Term, own: Own | None = None) -> list[Bilingual]:
    """The term on each reading in words, before it has begun: "7 working days (UU 7/2017 ...)"."""
    return [
        _label(reading.kind, reading.length, reading.unit, reading.citation)
        for whole in _readings(term, own)
        for reading in _variants(whole, None)
    ]


def check_extension(term: Term, extended: int) -> None:
    """Refuse one more extension where the law does not give it."""
    if term.extends is None:
        raise Refusal(NO_EXTENSION, term.citation)
    if extended >= term.extends.at_most:
        raise Refusal(EXTENDED_TOO_OFTEN.format(n=term.extends.at_most), term.extends.citation)


def check_suspension(
    term: Term, suspensions: Sequence[Suspension], calendar: Calendar | None = None
) -> None:
    """Refuse suspensions that the law does not give, or not for so long; open ones last no day."""
    rule = term.suspends
    if rule is None:
        raise Refusal(NO_SUSPENSION, term.citation)
    known = [row for row in suspensions if row.until_day is not None]
    limit = _limit(known, rule, calendar or Calendar.load(), "skipped")
    if limit and any(row.until_day and row.until_day > limit for row in known):
        raise Refusal(SUSPENDED_TOO_LONG.format(n=rule.at_most), rule.citation)


def check_own(term: Term, own: Own) -> None:
    """Refuse an own term that could end as late as the law's, or later, on any reading of it.

    Working days are never surely shorter than calendar days: holidays can always stretch them.
    """
    for reading in _readings(term, None):
        for variant in _variants(reading, None):
            most = _most(own.unit, variant)
            if not 1 <= own.length <= most:
                raise Refusal(
                    NOT_SHORTER.format(
                        law=length_told(variant.length, variant.unit),
                        own=length_told(own.length, own.unit),
                        most=length_told(most, own.unit) if most > 0 else NOTHING_SHORTER,
                    ),
                    variant.citation or term.citation,
                )


@dataclass(frozen=True, slots=True)
class _Whole:
    """One reading as a source gives it; its unit may be unknown."""

    kind: EndKind
    length: int
    unit: TermUnit
    citation: str | None
    level: str


@dataclass(frozen=True, slots=True)
class _Variant:
    """One reading with its unit chosen, and the unit in which an extension counts."""

    kind: EndKind
    length: int
    unit: KnownUnit
    citation: str | None
    level: str
    chosen: bool
    extends_in: KnownUnit | None


@dataclass(frozen=True, slots=True)
class _Clock:
    """What all readings of one term share."""

    term: Term
    started: date | datetime
    calendar: Calendar
    joint_leave: JointLeave
    extended: int

    @property
    def day(self) -> date:
        return self.started.date() if isinstance(self.started, datetime) else self.started

    @property
    def more_unit(self) -> TermUnit | None:
        return self.term.extends.unit if self.extended and self.term.extends else None

    @property
    def more(self) -> int:
        """By how much the extensions lengthen the term."""
        rule = self.term.extends
        if self.extended and rule is None:
            raise TermError("this term has no rule by which it is extended")
        return self.extended * rule.length if rule else 0


def _label(kind: EndKind, length: int, unit: KnownUnit, citation: str | None) -> Bilingual:
    source = OWN if kind == "own" else citation
    words = length_told(length, unit)
    return LABEL.format(length=words, source=source) if source else words


def _readings(term: Term, own: Own | None) -> Iterator[_Whole]:
    yield _Whole("main", term.length, term.unit, term.citation, term.level)
    for other in term.readings:
        yield _Whole("other", other.length, other.unit, other.citation, other.level)
    if own is not None:
        yield _Whole("own", own.length, own.unit, None, "none")


def _variants(whole: _Whole, extends_in: TermUnit | None) -> Iterator[_Variant]:
    for unit in _known(whole.unit):
        for more in _known(extends_in) if extends_in else (None,):
            yield _Variant(
                whole.kind,
                whole.length,
                unit,
                whole.citation,
                whole.level,
                chosen=whole.unit == "unknown" or extends_in == "unknown",
                extends_in=more,
            )


def _known(unit: TermUnit) -> tuple[KnownUnit, ...]:
    return ("days", "workdays") if unit == "unknown" else (unit,)


def _end(
    clock: _Clock,
    reading: _Variant,
    early: Sequence[Suspension],
    late: Sequence[Suspension] | None,
) -> ReadingEnd:
    if reading.unit == "hours":
        return _end_in_hours(clock, reading, suspended=bool(early))
    first = _counted(clock, reading, reading.unit, early)
    last = first if late == early else late and _counted(clock, reading, reading.unit, late)
    doubts = list(_doubts(clock, reading, (last or first).days))
    if late is None:
        doubts.append(TermDoubt("suspension_open", SUSPENSION_OPEN))
    return ReadingEnd(
        kind=reading.kind,
        length=reading.length,
        unit=reading.unit,
        citation=reading.citation,
        level=reading.level,
        earliest=first.last_day,
        latest=last.last_day if last else None,
        at=None,
        provisional=reading.chosen or first.provisional or bool(last and last.provisional),
        days=(last or first).days,
        doubts=tuple(doubts),
    )


@dataclass(frozen=True, slots=True)
class _Days:
    last_day: date
    provisional: bool
    days: tuple[DayReason, ...]


def _counted(
    clock: _Clock, reading: _Variant, unit: Unit, suspensions: Sequence[Suspension]
) -> _Days:
    """The length, then the extensions: in one count where both are of one unit."""
    together = clock.more if reading.extends_in in (None, unit) else 0
    found = explain(
        clock.day, reading.length + together, unit, clock.joint_leave, clock.calendar, suspensions
    )
    days = _Days(found.last_day, found.provisional, found.days)
    if together == clock.more:
        return days
    if reading.extends_in == "hours" or reading.extends_in is None:
        raise TermError("a term in days is not extended by hours")
    more = explain(
        found.last_day,
        clock.more,
        reading.extends_in,
        clock.joint_leave,
        clock.calendar,
        suspensions,
    )
    provisional = found.provisional or more.provisional
    return _Days(more.last_day, provisional, (*found.days, *more.days))


def _end_in_hours(clock: _Clock, reading: _Variant, *, suspended: bool) -> ReadingEnd:
    """Hours run through every day. Indonesia's zones have no summer time: an hour is an hour."""
    if suspended:
        raise TermError("no rule is known by which a term in hours is suspended")
    if reading.extends_in not in (None, "hours"):
        raise TermError("a term in hours is not extended by days")
    hours = reading.length + clock.more
    if not 0 <= hours <= LONGEST:
        raise TermError(f"a term of {hours} hours is not counted; allowed are 0 to {LONGEST}")
    at = None
    doubts: tuple[TermDoubt, ...] = ()
    if isinstance(clock.started, datetime):
        at = _after_hours(clock.started, hours)
        earliest = latest = at.date()
    else:
        # Begun at the first or at the last instant of its day.
        earliest = clock.day + timedelta(days=max(hours // 24 - 1, 0))
        latest = clock.day + timedelta(days=-(-hours // 24))
        doubts = (TermDoubt("instant_unknown", INSTANT_UNKNOWN),)
    return ReadingEnd(
        kind=reading.kind,
        length=reading.length,
        unit="hours",
        citation=reading.citation,
        level=reading.level,
        earliest=earliest,
        latest=latest,
        at=at,
        provisional=False,
        days=(),
        doubts=doubts,
    )


def _after_hours(started: datetime, hours: int) -> datetime:
    if started.tzinfo is None:
        raise TermError(f"{started.isoformat()} has no time zone: its hour is not known")
    later = started.astimezone(UTC) + timedelta(hours=hours)
    return later.astimezone(started.tzinfo)


def _doubts(clock: _Clock, reading: _Variant, days: Sequence[DayReason]) -> Iterator[TermDoubt]:
    if reading.chosen:
        yield TermDoubt("unit_unknown", UNIT_UNKNOWN)
    if reading.unit == "days" and days:
        name = _day_off(days[-1].day, clock.calendar)
        if name is not None:
            words = {"day": days[-1].day, "name": name, "next": _next_workday(days[-1].day, clock)}
            yield TermDoubt("ends_on_day_off", ENDS_ON_DAY_OFF.format(**words))
    for day in days:
        if day.kind == "joint_leave":
            counts = COUNTS if day.counts else NOT_COUNTED
            yield TermDoubt("joint_leave", JOINT_LEAVE.format(day=day.day, counts=counts))


def _day_off(day: date, calendar: Calendar) -> Bilingual | None:
    holiday = calendar.holidays.get(day)
    if holiday is not None:
        return holiday.name
    return WEEKDAYS[day.weekday()] if day.weekday() >= 5 else None


def _next_workday(day: date, clock: _Clock) -> date:
    return explain(day, 1, "workdays", "skipped", clock.calendar).last_day


def _closed(
    suspensions: Sequence[Suspension], rule: Suspends | None, as_of: date | None, clock: _Clock
) -> tuple[tuple[Suspension, ...], tuple[Suspension, ...] | None]:
    """The suspensions as they last at least, and at most; `None` where nobody knows how long.

    Where the law says how long a term may be suspended, the days beyond that count again.
    """
    early = tuple(
        replace(row, until_day=max(row.from_day, as_of or row.from_day))
        if row.until_day is None
        else row
        for row in suspensions
    )
    if rule is None:
        every = None if any(row.until_day is None for row in suspensions) else tuple(suspensions)
        return early, every
    calendar, leave = clock.calendar, clock.joint_leave
    return (
        _cut(early, _limit(early, rule, calendar, leave)),
        _cut(suspensions, _limit(suspensions, rule, calendar, leave)),
    )


def _cut(suspensions: Sequence[Suspension], limit: date | None) -> tuple[Suspension, ...]:
    if limit is None:
        return tuple(suspensions)
    return tuple(
        replace(row, until_day=min(row.until_day or limit, limit))
        for row in suspensions
        if row.from_day <= limit
    )


def _limit(
    suspensions: Sequence[Suspension], rule: Suspends, calendar: Calendar, leave: JointLeave
) -> date | None:
    """The day on which the law's most is used up; days that overlap are used once."""
    if not suspensions:
        return None
    used, day = 0, min(row.from_day for row in suspensions)
    ends = [row.until_day for row in suspensions]
    last = None if None in ends else max(end for end in ends if end is not None)
    while last is None or day <= last:
        if any(row.covers(day) for row in suspensions):
            used += _weighs(day, rule.unit, calendar, leave)
        if used >= rule.at_most:
            return day
        day += ONE_DAY
    return None


def _weighs(day: date, unit: TermUnit, calendar: Calendar, leave: JointLeave) -> int:
    if unit != "workdays":
        return 1
    return days_elapsed(day - ONE_DAY, day, "workdays", leave, calendar)


def _most(own: KnownUnit, law: _Variant) -> int:
    """The greatest own length that ends before the law's end, whatever holidays come."""
    surely_shorter = own == law.unit or (own, law.unit) == ("days", "workdays")
    return law.length - 1 if surely_shorter else 0
