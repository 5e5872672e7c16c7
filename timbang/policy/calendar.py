"""The public terms and debts of a dossier or of an office as a calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration

from timbang.law.bilingual import Bilingual
from timbang.policy.models import Debt, Dossier, Milestone, StepTerm
from timbang.policy.models.dossier import DossierQuerySet
from timbang.policy.titles import title_of

MOST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Happening:
    """A day on which something falls due. `gone`: it was done, or nobody owes it any more."""

    uid: UUID
    dossier: Dossier
    title: Bilingual | str
    on: date
    owed_on: date
    settled_on: date | None


def of_dossier(dossier: Dossier) -> list[Happening]:
    """Terms, debts and milestones of a published dossier, in the order of days."""
    return _sorted([*_terms(dossier=dossier), *_debts(dossier=dossier), *_milestones(dossier)])


def of_office(organ: UUID, on: date) -> list[Happening]:
    """What runs or is owed in the published dossiers of an office, and what ended lately."""
    since = on - timedelta(days=60)
    found = [*_terms(dossier__organ=organ), *_debts(dossier__organ=organ)]
    return _sorted(each for each in found if each.settled_on is None or each.settled_on >= since)


def _sorted(found: Iterable[Happening]) -> list[Happening]:
    return sorted(found, key=lambda one: (one.on, one.uid))[:MOST]


def _terms(**which: Any) -> Iterable[Happening]:
    rows = StepTerm.objects.filter(dossier__in=_public(), last_on__isnull=False, **which)
    for row in rows.select_related("dossier"):
        if row.last_on is not None:
            title = title_of("step", row.step)
            uid = _uid("term", row.pk)
            yield Happening(uid, row.dossier, title, row.last_on, row.entered_on, row.closed_on)


def _debts(**which: Any) -> Iterable[Happening]:
    rows = Debt.objects.filter(dossier__in=_public(), **which)
    for row in rows.select_related("dossier"):
        settled = row.paid_on or row.dropped_on
        title = title_of("debt", row.code)
        yield Happening(_uid("debt", row.pk), row.dossier, title, row.due_on, row.owed_on, settled)


def _milestones(dossier: Dossier) -> Iterable[Happening]:
    for row in Milestone.objects.filter(dossier=dossier).select_related("set_by"):
        uid = _uid("milestone", row.pk)
        yield Happening(uid, dossier, row.title, row.due_on, row.set_by.done_on, row.done_on)


def _public() -> DossierQuerySet:
    return Dossier.objects.public().filter(retracted_on=None)


def _uid(what: str, key: object) -> UUID:
    return UUID(bytes=hashlib.sha256(f"timbang/policy/{what}/{key}".encode()).digest()[:16])


def calendar(found: Iterable[Happening], *, name: str, address: Callable[[Dossier], str]) -> bytes:
    """The calendar in the language of this thread; the same happenings give the same bytes."""
    made = Calendar()
    made.add("prodid", "-//Timbang//policy//")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"{settings.SITE_NAME}: {name}")
    made.add("refresh-interval", vDuration(timedelta(hours=12)), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT12H")
    for one in found:
        made.add_component(_event(one, address(one.dossier)))
    body: bytes = made.to_ical()
    return body


def _event(one: Happening, address: str) -> Event:
    event = Event()
    event.add("uid", str(one.uid))
    event.add("sequence", int(one.settled_on is not None))
    changed = datetime.combine(one.settled_on or one.owed_on, time(), UTC)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", one.on)
    event.add("dtend", one.on + timedelta(days=1))
    words = {"title": str(one.title), "number": one.dossier.number}
    if one.settled_on is None:
        event.add("summary", _("Due: %(title)s (%(number)s)") % words)
    else:
        event.add("summary", _("Settled: %(title)s (%(number)s)") % words)
    event.add("description", f"{one.dossier.title}\n{address}")
    event.add("url", address)
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PUBLIC")
    return event
