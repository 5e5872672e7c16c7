"""What `timbang law term` and `timbang law calendar` answer: counted, and in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast, get_args

from timbang.law.bilingual import Bilingual
from timbang.law.calendar import Calendar, JointLeave
from timbang.law.steps import Extends, Reading, Term, TermUnit
from timbang.law.terms import Own, ReadingEnd, TermAnswer, check_own, due
from timbang.law.workdays import DayReason, Suspension, TermError

ASKED = Bilingual("diminta dalam perintah", "as asked in the command")
HEAD = Bilingual("{label}:", "{label}:")
LAST = Bilingual("Hari terakhir: {day}, sehari penuh.", "Last day: {day}, whole.")
LAST_HOUR = Bilingual("Berakhir: {at}.", "Ends: {at}.")
BETWEEN_HOURS = Bilingual(
    "Berakhir di antara {first} dan {last}.", "Ends between {first} and {last}."
)
SAFE = Bilingual(
    "Hari aman: {safe}; hari terakhir: {last}. Di antaranya: terlambat menurut satu pembacaan, "
    "belum menurut yang lain.",
    "Safe day: {safe}; last day: {last}. Between them it is late on one reading, not on another.",
)
OPEN = Bilingual(
    "Hari terakhir belum diketahui; paling cepat {safe}.",
    "The last day is not known yet; {safe} at the earliest.",
)
PROVISIONAL = Bilingual(
    "Sementara: dapat berubah bila kalender tahun itu ditetapkan atau jenis harinya diketahui.",
    "Provisional: it may change when the calendar of the year is decreed, or once it is known "
    "which days count.",
)
DOUBT = Bilingual("Belum pasti: {text}", "Not known: {text}")
COUNTS = Bilingual("dihitung", "  counts")


@dataclass(frozen=True, slots=True)
class Question:
    """What the command was asked; the texts of its options are read by the functions below."""

    started: date | datetime
    length: int
    unit: TermUnit
    joint_leave: JointLeave
    suspensions: tuple[Suspension, ...] = ()
    extend: int = 0
    own: int | None = None
    readings: tuple[Reading, ...] = ()


def answer(asked: Question, calendar: Calendar) -> TermAnswer:
    """Count it; raises `TermError`, or `Refusal` for an own term that is not shorter."""
    extends = Extends(asked.extend, asked.unit, 1, "", "none") if asked.extend else None
    term = Term(
        length=asked.length,
        unit=asked.unit,
        starts="entered",
        kind="law",
        citation=None,
        level="none",
        reason=None,
        readings=asked.readings,
        extends=extends,
    )
    own = None
    if asked.own is not None:
        if asked.unit == "unknown":
            raise TermError("say --unit days, workdays or hours for an own term")
        own = Own(asked.own, asked.unit)
        check_own(term, own)
    return due(
        term,
        asked.started,
        calendar,
        asked.joint_leave,
        suspensions=asked.suspensions,
        extended=1 if asked.extend else 0,
        own=own,
    )


def start(text: str) -> date | datetime:
    """A day, or an instant with its zone (2026-07-14T10:00+07:00)."""
    if "T" not in text:
        return day(text)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise TermError(f"{text!r:.40} is no instant; write it as 2026-07-14T10:00+07:00")
    return found


def day(text: str) -> date:
    """A day, written in one way only."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise TermError(f"{text!r:.40} is no day; write it as 2026-07-14")
    return found


def suspension(text: str) -> Suspension:
    """FROM:UNTIL, both included; nothing after the colon where the end is not known."""
    first, colon, last = text.partition(":")
    if not colon:
        raise TermError(f"{text!r:.40} is no suspension; write 2026-07-14:2026-07-20, or no end")
    return Suspension(day(first), day(last) if last else None, ASKED)


def reading(text: str) -> Reading:
    """N:UNIT, as in 7:days."""
    length, _, unit = text.partition(":")
    if not (length.isascii() and length.isdigit()) or unit not in get_args(TermUnit):
        allowed = ", ".join(get_args(TermUnit))
        raise TermError(f"{text!r:.40} is no reading; write N:UNIT with one of {allowed}")
    return Reading(int(length), cast(TermUnit, unit), "", "none")


def as_json(found: TermAnswer, calendar: Calendar) -> dict[str, Any]:
    """The answer, with the calendar that gave it."""
    return {**found.as_json(), "calendar": calendar.hash}


def report(found: TermAnswer) -> list[str]:
    """The lines that a person reads, in the language that is set."""
    return [str(line) for line in _lines(found)]


def _lines(found: TermAnswer) -> Iterator[Bilingual | str]:
    several = len(found.ends) > 1
    for end in found.ends:
        if several:
            yield HEAD.format(label=end.label)
        yield from map(_day_line, end.days)
        yield _end_line(end)
    if several and not found.open and found.safe_day != found.last_day:
        yield SAFE.format(safe=found.safe_day, last=found.last_day)
    for doubt in found.doubts:
        yield DOUBT.format(text=doubt.text)
    if found.provisional:
        yield PROVISIONAL


def _day_line(row: DayReason) -> str:
    source = f"  [{row.source}]" if row.source else ""
    return f"{row.day}  {COUNTS if row.counts else '       -'}  {row.reason}{source}"


def _end_line(end: ReadingEnd) -> Bilingual:
    if end.at is not None:
        return LAST_HOUR.format(at=end.at.isoformat(timespec="minutes"))
    if end.latest is None:
        return OPEN.format(safe=end.earliest)
    if end.unit == "hours":
        return BETWEEN_HOURS.format(first=end.earliest, last=end.latest)
    return LAST.format(day=end.latest)


def years(calendar: Calendar) -> Sequence[dict[str, Any]]:
    """The calendars at hand, one row a year."""
    return [
        {
            "year": year.year,
            "title": year.title,
            "dated": year.dated.isoformat(),
            "level": year.level,
            "confirmed": dict(year.confirmed),
            "days": len(year.days),
        }
        for year in sorted(calendar.years.values(), key=lambda year: year.year)
    ]
