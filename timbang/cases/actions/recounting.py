"""A new calendar: every open term is counted again, once, and what moved is listed with its reason.

A term never moves to an earlier day, whatever the calendar says: somebody may have relied on the
day that he was told. Terms of one rule that began on one day and had one fate are counted once and
written in one statement, however many they are. Each batch is one transaction with one ledger
entry; a row carries the hash of the calendar by which it was counted, so a worker that is killed
goes on where it stopped. A term that no changed day reaches is not touched: it keeps the hash of
the calendar by which it was counted. Terms that lapsed stay as they were marked.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import (
    Count,
    DateField,
    Exists,
    F,
    JSONField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast
from django.utils import timezone

from timbang.accounts.models import Organ
from timbang.cases import running
from timbang.cases.actions import shelving
from timbang.cases.actions.terms import keep_calendar
from timbang.cases.models import (
    REMINDER_TARGET,
    CalendarVersion,
    Case,
    CaseReport,
    OpenTerm,
    ProcedureVersion,
    TermMove,
    TermSuspension,
    Track,
)
from timbang.cases.running import End, Fate, Span
from timbang.law.calendar import Calendar, changes, span_of_changes
from timbang.ledger.actions import record
from timbang.ledger.models import Entry
from timbang.reports import actions as reports

MOST_AT_ONCE = 50_000
# All that the end of a term without suspensions depends on, and all that a row of moves tells of
# it: terms that are alike in these are one group.
ROW = (
    "calendar", "started_on", "step", "started_at", "entered_on", "organ", "own_length",
    "own_unit", "extended", "suspended_from", "safe_day", "last_day", "told_day", "ends_at",
    "provisional",
)  # fmt: skip
BEHIND = ("case__procedure", "track__code")


@dataclass(frozen=True)
class Group:
    """Terms that end alike: the rows, one of them to be asked, how many, and the end."""

    rows: QuerySet[OpenTerm]
    term: OpenTerm
    count: int
    end: End

    @property
    def moves(self) -> bool:
        """Whether the end differs from the one in the rows."""
        return (self.term.safe_day, self.term.last_day) != (self.end.safe_day, self.end.last_day)

    @property
    def stays(self) -> bool:
        """Whether all that the rows say of their end is as it was; `told_day` follows it."""
        term, end = self.term, self.end
        told = term.suspended_from is not None or term.told_day == end.last_day
        was = (term.safe_day, term.last_day, term.ends_at, term.provisional)
        return told and was == (end.safe_day, end.last_day, end.ends_at, end.provisional)


def recount_terms(*, at: datetime, most: int = MOST_AT_ONCE) -> int:
    """Count a batch of open terms that the present calendar reaches; how many, 0 when none is left.

    A batch ends with the group that reaches `most`.
    """
    calendar = Calendar.load()
    with transaction.atomic():
        on = timezone.localdate(at)
        version = keep_calendar(calendar, on)
        stale = _stale(calendar)
        # Also when the calendar is in use: who had the older one may have opened a term since.
        if version.in_use and not stale.exists():
            return 0
        batch = _batch(_free(stale), calendar, most)
        if batch:
            _write(batch, calendar, on)
        if not version.in_use and not stale.exists():  # one that somebody acts on is left
            CalendarVersion.objects.filter(in_use=True).update(in_use=False)
            version.in_use = True
            version.save()
        return sum(group.count for group in batch)


def _batch(rows: QuerySet[OpenTerm], calendar: Calendar, most: int) -> list[Group]:
    """The groups of these terms up to the one that reaches `most`."""
    batch, taken = list[Group](), 0
    for group in _groups(rows, calendar):
        if taken >= most:
            break
        batch.append(group)
        taken += group.count
    return batch


def count_again(terms: Sequence[OpenTerm], *, at: datetime) -> None:
    """Count those of these locked terms that the present calendar reaches."""
    calendar = Calendar.load()
    old = [term for term in terms if term.calendar != calendar.hash]
    if not old:
        return
    on = timezone.localdate(at)
    keep_calendar(calendar, on)
    stale = _stale(calendar).filter(pk__in=[term.pk for term in old])
    if batch := list(_groups(stale, calendar)):
        _write(batch, calendar, on)
        fields = ["safe_day", "last_day", "told_day", "ends_at", "provisional", "calendar"]
        for term in old:
            term.refresh_from_db(fields=fields)


def _stale(calendar: Calendar) -> QuerySet[OpenTerm]:
    """Open terms that a day reaches which the calendar sees otherwise than their own does."""
    wanted = Q(pk__in=[])
    for version in CalendarVersion.objects.exclude(hash=calendar.hash).only("hash"):
        wanted |= _reach(version.hash, calendar.hash)
    return OpenTerm.objects.running().filter(wanted, lapsed_on=None)


@lru_cache(maxsize=64)
def _reach(before: str, now: str) -> Q:
    """Terms counted by one kept calendar that live through a day which another sees otherwise: a
    term is counted by the days from its beginning to its end and by no others. By their hashes."""
    bodies = CalendarVersion.objects.in_bulk([before, now])
    if before not in bodies:
        return Q(calendar=before)
    days = span_of_changes(*(json.loads(bodies[hash_].body) for hash_ in (before, now)))
    if days is None:
        return Q(pk__in=[])
    first, last = days
    ends = Q(last_day=None) | Q(last_day__gte=first) | Q(safe_day__gte=first)
    return Q(ends, calendar=before, started_on__lte=last)


def _free(stale: QuerySet[OpenTerm]) -> QuerySet[OpenTerm]:
    """Those that nobody acts on now, locked; an act that runs is waited for in the next round."""
    if not connection.features.has_select_for_update_skip_locked:
        return stale
    free = stale.select_for_update(of=("self",), skip_locked=True).order_by("pk")
    busy = set(stale.values_list("pk", flat=True)) - set(free.values_list("pk", flat=True))
    return stale.exclude(pk__in=busy) if busy else stale


def _groups(rows: QuerySet[OpenTerm], calendar: Calendar) -> Iterator[Group]:
    """The groups of these terms, each with its end; one fate is counted once.

    Terms that differ in their organ only, and have one fate, are one group, however many organs
    there are: few statements write them.
    """
    organs = {organ.pk: organ for organ in Organ.objects.all()}
    rules = {version.pk: version for version in ProcedureVersion.objects.all()}
    spans, alike = _spans(rows), dict[tuple[Any, ...], list[dict[str, Any]]]()
    suspended = rows.filter(pk__in=list(spans))
    plain = rows.exclude(pk__in=list(spans)) if spans else rows
    for key in _keys(plain, suspended):
        fate = running.fate(
            _like(key, organs, rules), spans=spans[key["pk"]] if "pk" in key else ()
        )
        if fate is not None:
            told = (value for name, value in key.items() if name not in ("organ", "many"))
            alike.setdefault((fate, *told), []).append(key)
    answers = dict[Fate, End]()
    for (fate, *_told), keys in alike.items():
        if fate not in answers:
            answers[fate] = End.of(fate.answer(calendar), fate.zone)
        found = _alike(suspended if "pk" in keys[0] else plain, keys)
        term, count = _like(keys[0], organs, rules), sum(key["many"] for key in keys)
        yield Group(found, term, count, running.kept(term, answers[fate]))


def _alike(rows: QuerySet[OpenTerm], keys: Sequence[Mapping[str, Any]]) -> QuerySet[OpenTerm]:
    """The rows of a group, whose keys differ in the organ only.

    No table is joined, so that a statement that writes them names the one table only: PostgreSQL,
    without statistics, joined the terms to themselves row by row.
    """
    key, organs = keys[0], [key["organ"] for key in keys]
    own = {name: key[name] for name in ("pk", *ROW) if name in key and name != "organ"}
    rows = rows.filter(organ__in=organs, **own)
    for name, model, column in (("case", Case, "procedure"), ("track", Track, "code")):
        value = key[f"{name}__{column}"]
        if value is None:
            rows = rows.filter(**{name: None})
        else:
            rows = rows.filter(Exists(model.objects.filter(pk=OuterRef(name), **{column: value})))
    return rows


def _spans(rows: QuerySet[OpenTerm]) -> dict[UUID, list[Span]]:
    found: dict[UUID, list[Span]] = defaultdict(list)
    # Asked of each suspension: they are few, the terms are many.
    kept = TermSuspension.objects.filter(Exists(rows.filter(pk=OuterRef("term"))))
    for term, first, last in kept.values_list("term", "from_day", "until_day"):
        found[term].append((first, last))
    return found


def _keys(plain: QuerySet[OpenTerm], suspended: QuerySet[OpenTerm]) -> Iterator[dict[str, Any]]:
    """What the terms of each group have in common; one that was suspended is a group of its own."""
    yield from plain.values(*ROW, *BEHIND).annotate(many=Count("pk")).order_by("started_on")
    for key in suspended.values("pk", *ROW, *BEHIND):
        yield key | {"many": 1}


def _like(
    key: Mapping[str, Any], organs: Mapping[UUID, Organ], rules: Mapping[str, ProcedureVersion]
) -> OpenTerm:
    """A term like those of the group, of no row."""
    told = {name: key[name] for name in ROW if name != "organ"}
    term = OpenTerm(organ=organs[key["organ"]], **told)
    if key["case__procedure"] is not None:
        term.case = Case(procedure=rules[key["case__procedure"]])
    if key["track__code"] is not None:
        term.track = Track(code=key["track__code"])
    return term


def _write(groups: Sequence[Group], calendar: Calendar, on: date) -> None:
    """The rows, what moved, and one entry that pins all of it."""
    moved = [group for group in groups if group.moves]
    body: dict[str, str | int | bool | None] = {
        "calendar": calendar.hash,
        "terms": sum(group.count for group in groups),
        "moved": sum(group.count for group in moved),
        "moves": _digest(moved),
    }
    entry = record(act="terms.recounted", body=body, lane="now", on=on)
    why = _Why(calendar)
    for group in moved:
        _list(group, why.days(group.term, group.end), calendar, entry, on)
    for group in groups:
        _set(group, calendar)
    if moved:
        _reschedule(entry)


def _digest(moved: Sequence[Group]) -> str:
    lines = sorted(
        f"{pk} {group.end.safe_day} {group.end.last_day}"
        for group in moved
        for pk in group.rows.values_list("pk", flat=True)
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _list(
    group: Group, days: list[dict[str, str]], calendar: Calendar, entry: Entry, on: date
) -> None:
    """A row of moves for each term of the group, written by the database itself."""
    term, end = group.term, group.end
    columns = {
        "term_id": F("pk"),
        "organ_id": F("organ"),
        "why": Value(TermMove.Why.CALENDAR.value),
        "days": Value(days, output_field=JSONField()),
        "from_safe": _day(term.safe_day or end.safe_day),
        "from_last": _day(None if term.suspended_from else term.last_day),
        "to_safe": _day(end.safe_day),
        "to_last": _day(None if term.suspended_from else end.last_day),
        "calendar": Value(calendar.hash),
        "moved_on": _day(on),
        "entry_id": Value(entry.pk, output_field=Entry._meta.pk),
    }
    named = {f"new_{name}": value for name, value in columns.items()}
    rows = group.rows.order_by().annotate(**named).values_list(*named)
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TermMove._meta.db_table} ({', '.join(columns)}) {sql}",
            values,
        )


def _day(day: date | None) -> Cast:
    return Cast(Value(day, output_field=DateField()), DateField())


def _set(group: Group, calendar: Calendar) -> None:
    """The end into the rows of the group, and into the lists in which their cases stand."""
    term, end = group.term, group.end
    if group.stays:  # no index is touched
        group.rows.update(calendar=calendar.hash)
        return
    if group.moves:
        shelved = group.rows.filter(track=None, case__isnull=False)
        shelving.due_again(shelved.values("case"), end.safe_day)
    group.rows.update(
        safe_day=end.safe_day,
        last_day=end.last_day,
        told_day=term.told_day if term.suspended_from else end.last_day,
        ends_at=end.ends_at,
        provisional=end.provisional,
        calendar=calendar.hash,
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


def _reschedule(entry: Entry) -> None:
    """Tell the reporters of the cases that moved the new day; reminders of ours are told nobody."""
    moved = TermMove.objects.filter(entry=entry, term__case__isnull=False).values("term__case")
    reached = CaseReport.objects.filter(case__in=moved).values("report")
    rows = CaseReport.objects.filter(
        report__in=reached,
        case__ended_on=None,
        case__terms__closed_on=None,
        case__terms__track=None,
        case__terms__suspended_from=None,
    ).exclude(case__terms__kind=REMINDER_TARGET)
    told = rows.values_list("report").annotate(day=Min("case__terms__last_day"))
    reports.reschedule({report: day for report, day in told if day is not None})
