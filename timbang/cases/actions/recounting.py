"""A new calendar: every open term is counted again, once, and what moved is listed with its reason.

A term never moves to an earlier day, whatever the calendar says: somebody may have relied on the
day that he was told. The terms are taken in batches, each one transaction with one ledger entry;
a row carries the hash of the calendar by which it was counted, so a worker that is killed goes on
where it stopped. Terms that lapsed stay as they were marked.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Min, QuerySet
from django.utils import timezone

from timbang.accounts.models import Organ
from timbang.cases import course, running
from timbang.cases.actions.terms import keep_calendar
from timbang.cases.models import (
    REMINDER_TARGET,
    CalendarVersion,
    CaseReport,
    OpenTerm,
    TermMove,
    TermSuspension,
)
from timbang.cases.running import End, Fate, Span
from timbang.law import procedure as law
from timbang.law.calendar import Calendar, changes
from timbang.ledger.actions import record
from timbang.ledger.models import Entry
from timbang.reports import actions as reports

MOST_AT_ONCE = 5_000
# Few enough for one statement in either database.
IN_ONE_STATEMENT = 500


def recount_terms(*, at: datetime, most: int = MOST_AT_ONCE) -> int:
    """Count a batch of open terms by the present calendar; how many, 0 when all of them are."""
    calendar = Calendar.load()
    if CalendarVersion.objects.filter(hash=calendar.hash, in_use=True).exists():
        return 0
    with transaction.atomic():
        on = timezone.localdate(at)
        version = keep_calendar(calendar, on)
        stale = _stale(calendar)
        skip = connection.features.has_select_for_update_skip_locked
        rows = stale.select_for_update(of=("self",), skip_locked=skip)
        batch = list(rows.annotate(rules=F("case__procedure"), track_code=F("track__code"))[:most])
        if batch:
            _count(batch, calendar, on)
        elif not stale.exists():
            CalendarVersion.objects.filter(in_use=True).update(in_use=False)
            version.in_use = True
            version.save()
        return len(batch)


def count_again(term: OpenTerm, *, at: datetime) -> None:
    """Count one locked term by the present calendar, if it was counted by another."""
    calendar = Calendar.load()
    if term.started_on is None or term.calendar == calendar.hash:
        return
    on = timezone.localdate(at)
    keep_calendar(calendar, on)
    found = running.fate(term)
    if found is not None:
        _write([(term, _ended(term, found, calendar))], calendar, on)
        term.refresh_from_db(fields=["safe_day", "last_day", "told_day", "ends_at", "provisional"])


def _stale(calendar: Calendar) -> QuerySet[OpenTerm]:
    started = OpenTerm.objects.running().filter(lapsed_on=None, started_on__isnull=False)
    return started.exclude(calendar=calendar.hash)


def _count(batch: Sequence[Any], calendar: Calendar, on: date) -> None:
    """Terms with the same fate are counted once."""
    organs = {organ.pk: organ for organ in Organ.objects.all()}
    spans = _open_spans()
    rules: dict[object, law.Term] = {}
    answers: dict[Fate, End] = {}
    ended = []
    for row in batch:
        row.organ = organs[row.organ_id]
        behind = (row.rules or (row.organ.kind, row.entered_on), row.track_code, row.step)
        if behind not in rules:
            rules[behind] = course.law_term_of(row)
        fate = running.fate(row, rules[behind], spans.get(row.pk, ()))
        if fate is None:
            continue
        if fate not in answers:
            answers[fate] = End.of(fate.answer(calendar), fate.zone)
        ended.append((row, running.kept(row, answers[fate])))
    _write(ended, calendar, on)


def _open_spans() -> dict[UUID, list[Span]]:
    found: dict[UUID, list[Span]] = defaultdict(list)
    rows = TermSuspension.objects.filter(term__closed_on=None)
    for term, first, last in rows.values_list("term", "from_day", "until_day"):
        found[term].append((first, last))
    return found


def _ended(term: OpenTerm, fate: Fate, calendar: Calendar) -> End:
    return running.kept(term, End.of(fate.answer(calendar), fate.zone))


def _write(ended: Sequence[tuple[OpenTerm, End]], calendar: Calendar, on: date) -> None:
    """The rows, what moved, and one entry that pins all of it."""
    moved = [(term, end) for term, end in ended if _moves(term, end)]
    body: dict[str, str | int | bool | None] = {
        "calendar": calendar.hash,
        "terms": len(ended),
        "moved": len(moved),
        "moves": _digest(moved),
    }
    entry = record(act="terms.recounted", body=body, lane="now", on=on)
    why = _Why(calendar)
    TermMove.objects.bulk_create(
        [_move(term, end, why.days(term, end), calendar, entry, on) for term, end in moved],
        batch_size=IN_ONE_STATEMENT,
    )
    _update(ended, calendar)
    _reschedule({term.case_id for term, _end in moved if term.case_id})


def _moves(term: OpenTerm, end: End) -> bool:
    return (term.safe_day, term.last_day) != (end.safe_day, end.last_day)


def _digest(moved: Iterable[tuple[OpenTerm, End]]) -> str:
    lines = sorted(f"{term.pk} {end.safe_day} {end.last_day}" for term, end in moved)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _move(
    term: OpenTerm,
    end: End,
    days: list[dict[str, str]],
    calendar: Calendar,
    entry: Entry,
    on: date,
) -> TermMove:
    return TermMove(
        term_id=term.pk,
        organ_id=term.organ_id,
        why=TermMove.Why.CALENDAR,
        days=days,
        from_safe=term.safe_day or end.safe_day,
        from_last=None if term.suspended_from else term.last_day,
        to_safe=end.safe_day,
        to_last=None if term.suspended_from else end.last_day,
        calendar=calendar.hash,
        moved_on=on,
        entry_id=entry.pk,
    )


class _Why:
    """Which days of a term the new calendar sees otherwise than the one by which it was counted."""

    def __init__(self, calendar: Calendar) -> None:
        self.now = calendar.as_json()
        self.since: dict[str, list[dict[str, str]]] = {}

    def days(self, term: OpenTerm, end: End) -> list[dict[str, str]]:
        if term.calendar not in self.since:
            self.since[term.calendar] = self._changed(term.calendar)
        first, last = str(term.started_on), str(end.last_day or end.safe_day)
        return [day for day in self.since[term.calendar] if first < day["day"] <= last]

    def _changed(self, before: str) -> list[dict[str, str]]:
        row = CalendarVersion.objects.filter(hash=before).first()
        if row is None:
            return []
        found = changes(json.loads(row.body), self.now)
        return [change.as_json() for change in found if change.day.weekday() < 5]


def _update(ended: Sequence[tuple[OpenTerm, End]], calendar: Calendar) -> None:
    """Rows that end alike are written in one statement."""
    alike: dict[tuple[End, date | None], list[UUID]] = defaultdict(list)
    for term, end in ended:
        told = term.told_day if term.suspended_from else end.last_day
        alike[end, told].append(term.pk)
    for (end, told), pks in alike.items():
        for first in range(0, len(pks), IN_ONE_STATEMENT):
            OpenTerm.objects.filter(pk__in=pks[first : first + IN_ONE_STATEMENT]).update(
                safe_day=end.safe_day,
                last_day=end.last_day,
                told_day=told,
                ends_at=end.ends_at,
                provisional=end.provisional,
                calendar=calendar.hash,
            )


def _reschedule(cases: Iterable[UUID]) -> None:
    """Tell the reporters of these cases the new day; reminders of ours are told to nobody."""
    moved = list(cases)
    due: dict[UUID, date] = {}
    for first in range(0, len(moved), IN_ONE_STATEMENT):
        some = moved[first : first + IN_ONE_STATEMENT]
        reached = list(CaseReport.objects.filter(case__in=some).values_list("report", flat=True))
        rows = CaseReport.objects.filter(
            report__in=reached,
            case__ended_on=None,
            case__terms__closed_on=None,
            case__terms__track=None,
            case__terms__suspended_from=None,
        ).exclude(case__terms__kind=REMINDER_TARGET)
        told = rows.values_list("report").annotate(day=Min("case__terms__last_day"))
        due |= {report: day for report, day in told if day is not None}
    reports.reschedule(due)
