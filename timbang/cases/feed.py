"""An officer's terms, hearings and meetings as a calendar (iCalendar, RFC 5545).

Whoever has the secret link reads it, and so does the calendar service to which it was given: it
holds the short number of a case, days, and an address that only opens after logging in. No name,
no step, no kind of matter. Reports without a case are not in it at all: their terms would tell on
which days somebody reported.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Max, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration

from timbang.accounts.models import Officer
from timbang.cases import lists, my_day
from timbang.cases.models import Case, OpenTerm
from timbang.cases.permission import CASE_READERS, may

# Calendars forget what is gone from a feed, but some only when they are told.
TOLD_GONE_FOR: Final = timedelta(days=60)
MOST: Final = 1_000
TERM, HEARING, PLENARY = "term", "hearing", "plenary"


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of the calendar. `at` is set for a term in hours; `last` is the last day of all,
    empty while nobody knows it. `sequence` grows with every change."""

    uid: UUID
    what: str
    number: str
    case: UUID
    on: date
    changed_on: date
    sequence: int = 0
    last: date | None = None
    at: datetime | None = None
    zone: str = "UTC"
    open_end: bool = False
    gone: bool = False


def happenings(officer: Officer, on: date) -> list[Happening]:
    """Everything that this officer's calendar shows today, in the order of days."""
    if not may(officer, *CASE_READERS):
        return []
    his = my_day.his_or_free(officer, on)
    found = [*_terms(officer, his, on), *_hearings(officer, his, on), *_meetings(officer)]
    return sorted(found, key=lambda one: (one.on, one.uid))[:MOST]


def _terms(officer: Officer, his: Q, on: date) -> Iterable[Happening]:
    wish = my_day.Wish().filters(officer, on)
    keys = lists.narrowed(officer, wish).order_by("due_on", "pk")
    cases = [key.case_id for key in keys.only("case")[:MOST]]
    running = OpenTerm.objects.running().filter(case__in=cases, organ=officer.organ_id)
    rows = OpenTerm.objects.filter(
        pk__in=[*running.values_list("pk", flat=True), *_gone(officer, his, on)]
    )
    rows = rows.filter(safe_day__isnull=False).select_related("case", "organ")
    for row in rows.annotate(moved=Count("moves"), moved_on=Max("moves__moved_on")):
        if row.case is not None and row.safe_day is not None:
            yield _term(row, row.case, row.safe_day)


def _gone(officer: Officer, his: Q, on: date) -> list[UUID]:
    """Terms that somebody acted on lately, the last first."""
    rows = OpenTerm.objects.filter(organ=officer.organ_id, closed_on__gte=on - TOLD_GONE_FOR)
    rows = rows.filter(case__in=lists.open_to(officer).filter(his).values("case"))
    return list(rows.order_by("-closed_on", "pk").values_list("pk", flat=True)[:MOST])


def _term(row: OpenTerm, case: Case, safe_day: date) -> Happening:
    moved = getattr(row, "moved", 0)
    days = (row.entered_on, row.started_on, getattr(row, "moved_on", None), row.closed_on)
    return Happening(
        uid=row.pk,
        what=TERM,
        number=_short(case),
        case=case.pk,
        on=safe_day,
        last=row.last_day,
        at=row.ends_at if row.started_at is not None else None,
        zone=row.organ.time_zone,
        open_end=row.suspended_from is not None or row.provisional,
        gone=row.closed_on is not None,
        sequence=moved + (row.closed_on is not None),
        changed_on=max(day for day in days if day is not None),
    )


def _hearings(officer: Officer, his: Q, on: date) -> Iterable[Happening]:
    for row in my_day.hearings(officer, his, first=on - timedelta(days=7), most=MOST):
        uid = _uid("summons", row.pk)
        number, day = _short(row.case), row.summoned_for_on
        yield Happening(uid, HEARING, number, row.case_id, day, changed_on=row.sent_on)


def _meetings(officer: Officer) -> Iterable[Happening]:
    for seat in my_day.votes(officer, most=MOST):
        meeting = seat.plenary
        yield Happening(
            uid=_uid("plenary", meeting.pk),
            what=PLENARY,
            number=_short(meeting.case),
            case=meeting.case_id,
            on=meeting.meets_on,
            changed_on=meeting.called_on,
        )


def _short(case: Case) -> str:
    """12/2026: enough to find the case at the desk, too little for anybody else."""
    return f"{case.serial}/{case.year}"


def _uid(what: str, key: object) -> UUID:
    return UUID(bytes=hashlib.sha256(f"timbang/{what}/{key}".encode()).digest()[:16], version=5)


def calendar(found: Iterable[Happening], *, address: Callable[[UUID], str]) -> bytes:
    """The calendar in the language of this thread; `address` is where a case is at the desk.

    The same happenings give the same bytes.
    """
    made = Calendar()
    made.add("prodid", "-//Timbang//desk//")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _("%(site)s: terms") % {"site": settings.SITE_NAME})
    made.add("refresh-interval", vDuration(timedelta(hours=1)), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    for one in found:
        made.add_component(_event(one, address(one.case)))
    made.add_missing_timezones()
    body: bytes = made.to_ical()
    return body


def _event(one: Happening, address: str) -> Event:
    event = Event()
    event.add("uid", str(one.uid))
    event.add("sequence", one.sequence)
    changed = datetime.combine(one.changed_on, time(), UTC)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    if one.at is not None:
        event.add("dtstart", one.at.astimezone(ZoneInfo(one.zone)))
    else:
        event.add("dtstart", one.on)
        event.add("dtend", one.on + timedelta(days=1))
    event.add("summary", _titles()[one.what] % {"number": one.number})
    event.add("description", _description(one, address))
    event.add("url", address)
    event.add("status", _status(one))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def _titles() -> dict[str, str]:
    return {
        TERM: _("Term: case %(number)s"),
        HEARING: _("Hearing: case %(number)s"),
        PLENARY: _("Plenary: case %(number)s"),
    }


def _status(one: Happening) -> str:
    if one.gone:
        return "CANCELLED"
    return "TENTATIVE" if one.open_end else "CONFIRMED"


def _description(one: Happening, address: str) -> str:
    told = [_("Explained day by day at the desk: %s") % address]
    if one.what == TERM and one.last is not None and one.last != one.on:
        day = date_format(one.last, "j F Y")
        told.insert(0, _("This is the safe day; the last day of all is %s.") % day)
    if one.what == TERM and one.open_end:
        told.insert(0, _("This day may still move to a later one."))
    return "\n".join(told)
