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

from django.db.models import Exists, OuterRef, Q, QuerySet

from timbang.accounts import codes
from timbang.accounts.models import Officer, Organ
from timbang.cases.models import Case, CaseKey, CaseReport, Conflict, Delivery, OpenTerm, Routing
from timbang.reports.models import Report, Status

PAGE = 50
SOME = 99
A_DAY = timedelta(1)
SHELVES = ("running", "ours", "ended")
WITHOUT_CASE = (Status.RECEIVED, Status.ANSWERED, Status.QUESTION)
DONE_WITHOUT_CASE = (Status.REJECTED, Status.WITHDRAWN)

T = TypeVar("T")


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
    """All of them, in no order: to be counted by `amount`."""
    return open_to(officer).filter(ours=True, running=True)


def held(
    officer: Officer, shelf: str, *, only: Filters = ALL, after: str = "", most: int = PAGE
) -> Slice[Case]:
    """The cases that his organ holds, the last that came to it first; a shelf of `SHELVES`.

    What is `ours` comes as it is due, as in `waiting`.
    """
    if shelf == "ours":
        return waiting(officer, only=only, after=after, most=most)
    keys = open_to(officer).filter(running=shelf != "ended")
    return _newest(_narrowed(keys, only), after, most)


def open_to(officer: Officer) -> QuerySet[CaseKey]:
    """The keys of his organ, without the cases from which a conflict keeps him away."""
    barred = Conflict.objects.filter(officer=officer, lifted_on=None).values("case")
    return CaseKey.objects.filter(organ=officer.organ_id).exclude(case__in=barred)


def amount(rows: QuerySet[Any], most: int = SOME) -> Amount:
    """How many rows there are, without counting past `most`."""
    count = len(rows.order_by().values_list("pk", flat=True)[: most + 1])
    return Amount(min(count, most), count > most)


def reports(organ: Organ, *, on: date, after: str = "", most: int = PAGE) -> Slice[Report]:
    """Reports that nobody has taken up, the soonest term first; those of these days that the worker
    has not given a term yet come last."""
    terms = OpenTerm.objects.running().filter(organ=organ, report__status__in=WITHOUT_CASE)
    terms = terms.filter(report__isnull=False)
    mark = re.fullmatch(r"(\d{4}-\d\d-\d\d)\.([0-9a-f]{32})", after)
    if mark:
        terms = terms.filter(_after("safe_day", mark[1], UUID(mark[2])))
    found = list(terms.select_related("report").order_by("safe_day", "pk")[: most + 1])
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
    mark = re.fullmatch(r"(\d{4}-\d\d-\d\d)\.([0-9a-f]{32})", after)
    if mark:
        older = Q(received_on__lt=mark[1]) | Q(received_on=mark[1], pk__lt=UUID(mark[2]))
        rows = rows.filter(older, received_on__lte=mark[1])
    found = list(rows.order_by("-received_on", "-pk")[: most + 1])
    more = len(found) > most
    last = f"{found[most - 1].received_on}.{found[most - 1].pk.hex}" if more else ""
    return Slice(tuple(found[:most]), last)


def unproven(officer: Officer, *, most: int = PAGE) -> list[Delivery]:
    """Files that went outside and whose arrival nobody has proven, those of longest ago first."""
    barred = Conflict.objects.filter(officer=officer, lifted_on=None).values("case")
    rows = Delivery.objects.filter(keeper=officer.organ_id, proven_on=None, case__ended_on=None)
    rows = rows.exclude(case__in=barred).filter(term__closed_on=None)
    rows = rows.select_related("case", "organ")
    return list(rows.order_by("term__entered_on", "pk")[:most])


def lapsed_elsewhere(organ: Organ, *, most: int = PAGE) -> list[OpenTerm]:
    """Lapsed terms of other organs for which the procedure names this kind of organ, in its region;
    the last to lapse first. Whether each counts is for the caller to ask of the law."""
    rows = OpenTerm.objects.running().filter(escalates_to=organ.kind).exclude(organ=organ)
    if organ.region_code != codes.NATIONAL:
        here = Q(case__province_code=organ.region_code) | Q(organ__region_code=organ.region_code)
        rows = rows.filter(here)
    beside = ("case__procedure", "case__organ", "organ", "track")
    return list(rows.select_related(*beside).order_by("-lapsed_on", "-pk")[:most])


def _after(name: str, day: str, pk: UUID | int) -> Q:
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
    """What waits for his organ, narrowed, in no order: to be counted by `amount`."""
    return _narrowed(waiting_keys(officer), only)


def _by_due(keys: QuerySet[CaseKey], after: str, most: int) -> Slice[Case]:
    mark = re.fullmatch(r"(\d{4}-\d\d-\d\d)\.(\d{1,18})", after)
    if mark:
        keys = keys.filter(_after("due_on", mark[1], int(mark[2])))
    found = _with_cases(keys.order_by("due_on", "pk"), most)
    last = f"{found[most - 1].due_on}.{found[most - 1].pk}" if len(found) > most else ""
    return Slice(tuple(key.case for key in found[:most]), last)


def _newest(keys: QuerySet[CaseKey], after: str, most: int) -> Slice[Case]:
    if re.fullmatch(r"\d{1,18}", after):
        keys = keys.filter(pk__lt=int(after))
    found = _with_cases(keys.order_by("-pk"), most)
    last = str(found[most - 1].pk) if len(found) > most else ""
    return Slice(tuple(key.case for key in found[:most]), last)


def _with_cases(keys: QuerySet[CaseKey], most: int) -> list[CaseKey]:
    # Each organ and the long text of each procedure once, not once a row.
    beside = ("case__holder", "case__keeper", "case__procedure")
    return list(keys.select_related("case").prefetch_related(*beside)[: most + 1])
