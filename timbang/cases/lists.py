"""Lists of any length, a page at a time: what waits, what is held, what came.

The contract: each function takes the organ, gives a `Slice` of at most `most` rows in a fixed
order, and a mark in `after` with which the next page is asked for; an empty mark means that there
is no next page, and a mark that nobody gave asks for the first one. Nothing is counted exactly: a
page costs the same at the beginning and at the end of a million rows. Only codes and days are
read here; `reading.case_lines` and `reading.report_lines` open the names of what is shown.

    page = lists.waiting(desk.organ, only=Filters(step="triage"), after=mark)
    lines = reading.case_lines(page.rows, desk, on=on)
    some = lists.amount(lists.waiting_keys(desk.organ))     # 99, and whether there are more
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from timbang.accounts.models import Organ
from timbang.cases.models import Case, CaseKey, CaseReport, OpenTerm
from timbang.reports.models import Report, Status

PAGE = 50
SOME = 99
FAR = date(9999, 12, 31)
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

    `cases` narrows to these cases only: those assigned to an officer, or a search's.
    """

    kind: str = ""
    procedure: str = ""
    step: str = ""
    due_by: date | None = None
    cases: Collection[UUID] | None = None


def waiting(
    organ: Organ, *, only: Filters = Filters(), after: str = "", most: int = PAGE
) -> Slice[Case]:
    """Running cases in which this organ acts or records, the soonest safe day first; those that
    have no term, or wait for a proven delivery, come last."""
    return _by_due(_narrowed(waiting_keys(organ), only), after, most)


def waiting_keys(organ: Organ) -> QuerySet[CaseKey]:
    """All of them, in no order: to be counted by `amount`."""
    return CaseKey.objects.filter(organ=organ, case__ended_on=None, case__keeper=organ)


def held(
    organ: Organ, shelf: str, *, only: Filters = Filters(), after: str = "", most: int = PAGE
) -> Slice[Case]:
    """The cases that this organ holds, the last that came to it first; a shelf of `SHELVES`.

    What is `ours` comes as it is due, as in `waiting`.
    """
    if shelf == "ours":
        return waiting(organ, only=only, after=after, most=most)
    ended = shelf == "ended"
    keys = CaseKey.objects.filter(organ=organ, case__ended_on__isnull=not ended)
    return _newest(_narrowed(keys, only), after, most)


def amount(rows: QuerySet[Any], most: int = SOME) -> Amount:
    """How many rows there are, without counting past `most`."""
    count = len(rows.order_by().values_list("pk", flat=True)[: most + 1])
    return Amount(min(count, most), count > most)


def reports(organ: Organ, *, after: str = "", most: int = PAGE) -> Slice[Report]:
    """Reports that nobody has taken up, the soonest term first; not yet routed ones come last."""
    taken = CaseReport.objects.filter(report__organ=organ).values("report")
    rows = Report.objects.filter(organ=organ, status__in=WITHOUT_CASE).exclude(pk__in=taken)
    term = OpenTerm.objects.running().filter(report=OuterRef("pk"))
    due = rows.annotate(due=Coalesce(Subquery(term.values("safe_day")[:1]), FAR))
    return _reports_after(due, after, most, newest_first=False)


def old_reports(organ: Organ, *, after: str = "", most: int = PAGE) -> Slice[Report]:
    """Reports that were rejected or withdrawn before a case, newest first."""
    taken = CaseReport.objects.filter(report__organ=organ).values("report")
    rows = Report.objects.filter(organ=organ, status__in=DONE_WITHOUT_CASE).exclude(pk__in=taken)
    return _reports_after(rows.annotate(due=F("received_on")), after, most, newest_first=True)


def _reports_after(
    rows: QuerySet[Any], after: str, most: int, *, newest_first: bool
) -> Slice[Report]:
    mark = re.fullmatch(r"(\d{4}-\d\d-\d\d)\.([0-9a-f]{32})", after)
    side, sign = ("lt", "-") if newest_first else ("gt", "")
    if mark:
        later = {f"due__{side}": mark[1]}
        rows = rows.filter(Q(**later) | Q(due=mark[1], **{f"pk__{side}": UUID(mark[2])}))
    found = list(rows.order_by(f"{sign}due", f"{sign}pk")[: most + 1])
    last = f"{found[most - 1].due}.{found[most - 1].pk.hex}" if len(found) > most else ""
    return Slice(tuple(found[:most]), last)


def _narrowed(keys: QuerySet[CaseKey], only: Filters) -> QuerySet[CaseKey]:
    wanted: dict[str, Any] = {
        "case__kind": only.kind,
        "case__procedure__code": only.procedure,
        "case__step": only.step,
        "case__terms__safe_day__lte": only.due_by,
    }
    keys = keys.filter(**{name: value for name, value in wanted.items() if value})
    return keys if only.cases is None else keys.filter(case__in=only.cases)


def _by_due(keys: QuerySet[Any], after: str, most: int) -> Slice[Case]:
    term = OpenTerm.objects.running().filter(case=OuterRef("case"), track=None)
    keys = keys.annotate(due=Coalesce(Subquery(term.values("safe_day")[:1]), FAR))
    mark = re.fullmatch(r"(\d{4}-\d\d-\d\d)\.(\d{1,18})", after)
    if mark:
        keys = keys.filter(Q(due__gt=mark[1]) | Q(due=mark[1], pk__gt=int(mark[2])))
    found = _with_cases(keys.order_by("due", "pk"), most)
    last = f"{found[most - 1].due}.{found[most - 1].pk}" if len(found) > most else ""
    return Slice(tuple(key.case for key in found[:most]), last)


def _newest(keys: QuerySet[Any], after: str, most: int) -> Slice[Case]:
    if re.fullmatch(r"\d{1,18}", after):
        keys = keys.filter(pk__lt=int(after))
    found = _with_cases(keys.order_by("-pk"), most)
    last = str(found[most - 1].pk) if len(found) > most else ""
    return Slice(tuple(key.case for key in found[:most]), last)


def _with_cases(keys: QuerySet[Any], most: int) -> Sequence[Any]:
    beside = ("case__holder", "case__keeper", "case__procedure")
    return list(keys.select_related(*beside)[: most + 1])
