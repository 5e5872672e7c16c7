"""Lists of any length, a page at a time: what waits, what is held, what came.

The contract: each function takes an officer (or, of reports, his organ), gives a `Slice` of at most
`most` rows in a fixed order, and a mark in `after` with which the next page is asked for; an empty
mark means that there is no next page, and a mark that nobody gave asks for the first one. Cases
from which a conflict keeps the officer away are in none of them. Nothing is counted exactly: a page
costs the same at the beginning and at the end of a million rows. Only codes and days are read here;
`reading.case_lines` and `reading.report_lines` open the names of what is shown.

    page = lists.waiting(desk.officer, only=Filters(step="triage"), after=mark)
    lines = reading.case_lines(page.rows, desk, on=on)
    some = lists.amount(lists.waiting_keys(desk.officer))   # 99, and whether there are more
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from timbang.accounts import codes
from timbang.accounts.models import Officer, Organ
from timbang.cases.models import (
    Case,
    CaseKey,
    CaseReport,
    Conflict,
    Delivery,
    OpenTerm,
    Routing,
    TermMove,
)
from timbang.reports.models import Report, Status

PAGE = 50
SOME = 99
A_DAY = timedelta(1)
# What the id in a mark looks like, of a row with a number and of one with a UUID.
NUMBER, ROW = r"[0-9]{1,18}", r"[0-9a-f]{32}"
SHELVES = ("running", "ours", "ended")
WITHOUT_CASE = (Status.RECEIVED, Status.ANSWERED, Status.QUESTION)
DONE_WITHOUT_CASE = (Status.REJECTED, Status.WITHDRAWN)

T = TypeVar("T")
R = TypeVar("R", bound=Model)


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """A page of a list; `after` asks for the next one, empty when this is the last."""

    rows: tuple[T, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """How many, as far as it was counted: "99", or with `more`, "more than 99"."""

    count: int
    more: bool


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of cases is narrowed to: codes and days only. Empty: not narrowed.

    `cases` narrows to these cases only, a search's for example; `where` to any condition on the
    columns of `CaseKey`.
    """

    kind: str = ""
    procedure: str = ""
    step: str = ""
    due_by: date | None = None
    cases: Collection[UUID] | None = None
    where: Q | None = None


ALL = Filters()


def waiting(
    officer: Officer, *, only: Filters = ALL, after: str = "", most: int = PAGE
) -> Slice[Case]:
    """Running cases in which his organ acts or records, the soonest safe day first; those that
    have no term, or wait for a proven delivery, come last."""
    return _by_due(_narrowed(waiting_keys(officer), only), after, most)


def waiting_keys(officer: Officer) -> QuerySet[CaseKey]:
    """All of them, as they are due: to be counted by `amount`."""
    # The order names the index: by its figures alone SQLite may take one that holds the ended too.
    return open_to(officer).filter(ours=True, running=True).order_by("due_on", "pk")


def held(
    officer: Officer, shelf: str, *, only: Filters = ALL, after: str = "", most: int = PAGE
) -> Slice[Case]:
    """The cases that his organ holds, the last that came to it first; a shelf of `SHELVES`.

    What is `ours` comes as it is due, as in `waiting`.
    """
    if shelf == "ours":
        return waiting(officer, only=only, after=after, most=most)
    return _newest(_narrowed(shelf_of(officer, ended=shelf == "ended"), only), after, most)


def shelf_of(officer: Officer, *, ended: bool) -> QuerySet[CaseKey]:
    """The keys of what runs, or of what has ended, in no order."""
    # Said as a value of the column, not as a condition: only so SQLite reads it in the index.
    return open_to(officer).filter(running__in=[not ended])


def open_to(officer: Officer) -> QuerySet[CaseKey]:
    """The keys of his organ, without the cases from which a conflict keeps him away."""
    barred = Conflict.objects.barring(officer).values("case")
    return CaseKey.objects.filter(organ=officer.organ_id).exclude(case__in=barred)


def amount(rows: QuerySet[Any], most: int = SOME) -> Amount:
    """How many rows there are, without counting past `most`."""
    count = len(rows.values_list("pk", flat=True)[: most + 1])
    return Amount(min(count, most), count > most)


def few(rows: QuerySet[R], *beside: str, most: int) -> list[R]:
    """The first of these rows, with what stands beside them.

    Which they are is asked first: of most sorts an officer has none, and the question for all that
    they show costs several times as much to put, whatever it finds.
    """
    found = list(rows.values_list("pk", flat=True)[:most])
    return list(rows.filter(pk__in=found).select_related(*beside)) if found else []


def reports(organ: Organ, *, on: date, after: str = "", most: int = PAGE) -> Slice[Report]:
    """Reports that nobody has taken up, the soonest term first; those of these days that the worker
    has not given a term yet come last."""
    terms = OpenTerm.objects.running().filter(organ=organ, report__status__in=WITHOUT_CASE)
    terms = terms.filter(report__isnull=False)
    day, pk = _mark(after, ROW)
    if day:
        terms = terms.filter(_after("safe_day", day, UUID(pk)))
    found = few(terms.order_by("safe_day", "pk"), "report", most=most + 1)
    page = [term.report for term in found[:most] if term.report is not None]
    if len(found) > most:
        return Slice(tuple(page), f"{found[most - 1].safe_day}.{found[most - 1].pk.hex}")
    return Slice((*page, *_not_routed(organ, on)))


def _not_routed(organ: Organ, on: date) -> QuerySet[Report]:
    new = Report.objects.filter(organ=organ, status__in=WITHOUT_CASE, received_on__gte=on - A_DAY)
    routed = Routing.objects.filter(report=OuterRef("pk"))
    return new.filter(~Exists(routed)).order_by("received_on", "pk")[:PAGE]


def old_reports(organ: Organ, *, after: str = "", most: int = PAGE) -> Slice[Report]:
    """Reports that were rejected or withdrawn before a case, newest first."""
    taken = CaseReport.objects.filter(report=OuterRef("pk"))
    rows = Report.objects.filter(organ=organ, status__in=DONE_WITHOUT_CASE).exclude(Exists(taken))
    day, pk = _mark(after, ROW)
    if day:
        older = Q(received_on__lt=day) | Q(received_on=day, pk__lt=UUID(pk))
        rows = rows.filter(older, received_on__lte=day)
    found = list(rows.order_by("-received_on", "-pk")[: most + 1])
    more = len(found) > most
    last = f"{found[most - 1].received_on}.{found[most - 1].pk.hex}" if more else ""
    return Slice(tuple(found[:most]), last)


def moves(
    officer: Officer, *, with_reports: bool, after: str = "", most: int = PAGE
) -> Slice[TermMove]:
    """Terms of his organ, and of offices outside for which it records, that moved: newest first.

    `with_reports`: he opens reports, so that their terms are his business too.
    """
    organ = officer.organ_id
    held = CaseKey.objects.filter(case=OuterRef("term__case"), organ=organ)
    own = TermMove.objects.filter(organ=organ)
    own = own.filter(Q(Exists(held)) | Q(term__report__isnull=not with_reports, term__case=None))
    sent = Delivery.objects.filter(keeper=organ).values("term")
    outside = TermMove.objects.filter(term__in=sent).exclude(organ=organ)
    found = sorted(
        (row for rows in (own, outside) for row in _moves(rows, officer, after, most)),
        key=lambda row: (row.moved_on, row.pk),
        reverse=True,
    )
    last = f"{found[most - 1].moved_on}.{found[most - 1].pk}" if len(found) > most else ""
    return Slice(tuple(found[:most]), last)


def _moves(rows: QuerySet[TermMove], officer: Officer, after: str, most: int) -> QuerySet[TermMove]:
    barred = Conflict.objects.barring(officer).values("case")
    day, pk = _mark(after, NUMBER)
    if day:
        older = Q(moved_on__lt=day) | Q(moved_on=day, pk__lt=int(pk))
        rows = rows.filter(older, moved_on__lte=day)
    told = rows.exclude(term__case__in=barred).order_by("-moved_on", "-pk")
    return told.select_related("term__case__procedure", "term__track", "term__organ")[: most + 1]


def unproven(officer: Officer, *, most: int = PAGE) -> list[Delivery]:
    """Files that went outside and whose arrival nobody has proven, those of longest ago first."""
    barred = Conflict.objects.barring(officer).values("case")
    rows = Delivery.objects.filter(keeper=officer.organ_id, proven_on=None, case__ended_on=None)
    rows = rows.exclude(case__in=barred).filter(term__closed_on=None)
    return few(rows.order_by("term__entered_on", "pk"), "case", "organ", most=most)


def lapsed_elsewhere(officer: Officer, *, most: int = PAGE) -> list[OpenTerm]:
    """Lapsed terms of other organs for which the procedure names this kind of organ, in its region;
    the last to lapse first. Whether each counts is for the caller to ask of the law."""
    organ = officer.organ
    barred = Conflict.objects.barring(officer).values("case")
    rows = OpenTerm.objects.running().filter(escalates_to=organ.kind, lapsed_on__isnull=False)
    rows = rows.exclude(organ=organ).exclude(case__in=barred).order_by("-lapsed_on", "-pk")
    beside = ("case__procedure", "case__organ", "organ", "track")
    if organ.region_code == codes.NATIONAL:
        return few(rows, *beside, most=most)
    # Each from an index of its own: cases of the region, and offices of the region.
    offices = Organ.objects.filter(region_code=organ.region_code).values("pk")
    here = (rows.filter(escalates_in=organ.region_code), rows.filter(organ__in=offices))
    found = {term.pk: term for part in here for term in few(part, *beside, most=most)}
    last = sorted(found.values(), key=lambda term: (term.lapsed_on or date.min, term.pk))
    return last[::-1][:most]


def _mark(after: str, ids: str) -> tuple[date | None, str]:
    """The day and the id of the last row that was shown; no day, if nobody gave this mark."""
    day, _dot, pk = after.partition(".")
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", day) and re.fullmatch(ids, pk):
        try:
            return date.fromisoformat(day), pk
        except ValueError:
            return None, ""
    return None, ""


def _after(name: str, day: date, pk: UUID | int) -> Q:
    """What comes after a row in the order of a day and its id, in one range of an index."""
    return Q(**{f"{name}__gte": day}) & (Q(**{f"{name}__gt": day}) | Q(pk__gt=pk))


def _narrowed(keys: QuerySet[CaseKey], only: Filters) -> QuerySet[CaseKey]:
    wanted: dict[str, Any] = {
        "kind": only.kind,
        "procedure": only.procedure,
        "step": only.step,
        "due_on__lte": only.due_by,
    }
    keys = keys.filter(**{name: value for name, value in wanted.items() if value})
    if only.where is not None:
        keys = keys.filter(only.where)
    return keys if only.cases is None else keys.filter(case__in=only.cases)


def narrowed(officer: Officer, only: Filters) -> QuerySet[CaseKey]:
    """What waits for his organ, narrowed, as it is due: to be counted by `amount`."""
    return _narrowed(waiting_keys(officer), only)


def _by_due(keys: QuerySet[CaseKey], after: str, most: int) -> Slice[Case]:
    day, pk = _mark(after, NUMBER)
    if day:
        keys = keys.filter(_after("due_on", day, int(pk)))
    found = _with_cases(keys.order_by("due_on", "pk"), most)
    last = f"{found[most - 1].due_on}.{found[most - 1].pk}" if len(found) > most else ""
    return Slice(tuple(key.case for key in found[:most]), last)


def _newest(keys: QuerySet[CaseKey], after: str, most: int) -> Slice[Case]:
    if re.fullmatch(NUMBER, after):
        keys = keys.filter(pk__lt=int(after))
    found = _with_cases(keys.order_by("-pk"), most)
    last = str(found[most - 1].pk) if len(found) > most else ""
    return Slice(tuple(key.case for key in found[:most]), last)


def _with_cases(keys: QuerySet[CaseKey], most: int) -> list[CaseKey]:
    # Each organ and the long text of each procedure once, not once a row.
    rows = keys.select_related("case").prefetch_related("case__procedure")
    found = list(rows[: most + 1])
    named = {pk for key in found for pk in (key.case.holder_id, key.case.keeper_id)}
    organs = Organ.objects.in_bulk(named)
    for key in found:
        key.case.holder, key.case.keeper = organs[key.case.holder_id], organs[key.case.keeper_id]
    return found
