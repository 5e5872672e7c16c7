"""The rows that the public sees: one for each report and each case, and nothing that leads back.

`publication` reads `PublicRow` and `PublicCase` only. Which row belongs to which report stands in
`Routing`, which no public page reads.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef

from timbang.cases import course
from timbang.cases.actions import terms
from timbang.cases.models import (
    Case,
    CaseReport,
    PublicCase,
    PublicRow,
    PublicState,
    Routing,
    ServiceFact,
    ServiceRouting,
)
from timbang.law.service import CLASSES
from timbang.ledger.actions import record
from timbang.reports.models import Report, Status

MOST_AT_ONCE = 25
STATES = {
    Status.RECEIVED: PublicState.RECEIVED,
    Status.QUESTION: PublicState.RECEIVED,
    Status.ANSWERED: PublicState.RECEIVED,
    Status.IN_CASE: PublicState.IN_CASE,
    Status.FORWARDED: PublicState.FORWARDED,
    Status.DECIDED: PublicState.DECIDED,
    Status.CLOSED: PublicState.CLOSED,
    Status.REJECTED: PublicState.REJECTED,
    # kept as information: nothing of it goes on by itself
    Status.INFORMATION: PublicState.CLOSED,
    Status.WITHDRAWN: PublicState.WITHDRAWN,
}


def route_new_reports(*, at: datetime) -> int:
    """Give each new report its public row and the term in which it must be taken up.

    Also follows what a reporter did alone: a report withdrawn before it had a case. Returns how
    many reports were routed: a few at once in one short transaction, so that in a flood nobody who
    files waits long for the worker.
    """
    routed = Routing.objects.filter(report=OuterRef("pk"))
    new = Report.objects.filter(~Exists(routed)).values_list("pk", flat=True)
    with transaction.atomic():
        count = sum(_route(report_id) for report_id in list(new[:MOST_AT_ONCE]))
    _follow_withdrawals(at)
    return count


@transaction.atomic
def _route(report_id: UUID) -> bool:
    skip = connection.features.has_select_for_update_skip_locked
    rows = Report.objects.select_for_update(of=("self",), skip_locked=skip)
    report = rows.select_related("organ").filter(pk=report_id).first()
    if report is None or Routing.objects.filter(report=report).exists():
        return False
    ensure_row(report)
    if report.status in (Status.RECEIVED, Status.QUESTION, Status.ANSWERED):
        rule = course.triage_term(report.organ.kind, report.received_on)
        terms.open_report_term(report, *rule)
    return True


def ensure_row(report: Report) -> PublicRow:
    """The public row of a report; made now if the worker has not come by yet."""
    routing = Routing.objects.select_related("row").filter(report=report).first()
    if routing is not None and routing.row is not None:
        return routing.row
    row = PublicRow.objects.create(
        organ_code=report.organ.code,
        province_code=report.province_code,
        month=month_of(report.received_on),
        state=STATES[Status(report.status)],
    )
    Routing.objects.create(report=report, row=row)
    body = {"report": str(report.id), "organ": str(report.organ_id)}
    # Its number would tell how many reports came: it waits for the daily batch.
    record(act="report.routed", body=body, lane="daily", on=report.received_on)
    return row


def open_case_row(case: Case) -> None:
    """The public row of a new case."""
    row = PublicCase.objects.create(
        organ_code=case.organ.code,
        province_code=case.province_code,
        month=month_of(case.opened_on),
        conduct=case.conduct,
        state=PublicState.IN_CASE,
    )
    Routing.objects.create(case=case, case_row=row)


def show_report(report: Report, state: PublicState, *, ended_on: date | None) -> None:
    """Set the state of a report's row, and how long it took once it is over."""
    row = ensure_row(report)
    row.state = state
    row.days_taken = None if ended_on is None else _days(report.received_on, ended_on)
    row.save()


def show_case(case: Case, state: PublicState) -> None:
    """Set the state and conduct of a case's row and the conduct of its reports' rows."""
    routing = Routing.objects.select_related("case_row").get(case=case)
    if routing.case_row is not None:
        routing.case_row.state = state
        routing.case_row.conduct = case.conduct
        routing.case_row.days_taken = (
            None if case.ended_on is None else _days(case.opened_on, case.ended_on)
        )
        routing.case_row.save()


def show_conduct(case: Case) -> None:
    """Carry the coded conduct of a case to its row and to the rows of its reports."""
    reports = Routing.objects.filter(report__in=case.reports.values("report"))
    PublicRow.objects.filter(pk__in=reports.values("row")).update(conduct=case.conduct)
    rows = Routing.objects.filter(case=case)
    PublicCase.objects.filter(pk__in=rows.values("case_row")).update(conduct=case.conduct)
    show_class(case)


def show_class(case: Case) -> None:
    """Carry the class of maladministration of a case to its rows by duty."""
    rows = ServiceRouting.objects.filter(case=case, fact__isnull=False).values("fact")
    found = case.conduct if case.conduct in CLASSES else ""
    ServiceFact.objects.filter(pk__in=rows).update(conduct=found)


def count_no_more(case: Case) -> None:
    """Take the rows by duty of a case that went up in another one, which has its own."""
    rows = ServiceRouting.objects.filter(case=case, fact__isnull=False)
    ServiceFact.objects.filter(pk__in=list(rows.values_list("fact", flat=True))).delete()


def count_lapse(*, case: Case | None = None, report: Report | None = None) -> None:
    """Count one lapsed term: of a case and all its reports, or of a report without a case."""
    routed = Routing.objects.filter(report=report)
    if case is not None:
        rows = Routing.objects.filter(case=case).values("case_row")
        PublicCase.objects.filter(pk__in=rows).update(lapsed=F("lapsed") + 1)
        routed = Routing.objects.filter(report__in=case.reports.values("report"))
    PublicRow.objects.filter(pk__in=routed.values("row")).update(lapsed=F("lapsed") + 1)


def count_lapses(cases: Sequence[UUID]) -> None:
    """As `count_lapse`, for one lapsed term of each of these cases at once."""
    rows = Routing.objects.filter(case__in=cases).values("case_row")
    PublicCase.objects.filter(pk__in=rows).update(lapsed=F("lapsed") + 1)
    behind = CaseReport.objects.filter(case__in=cases).values_list("report", flat=True)
    # A report that stands in several of the cases counts each of them.
    by_times: dict[int, list[UUID]] = defaultdict(list)
    for report, times in Counter(behind).items():
        by_times[times].append(report)
    for times, reports in by_times.items():
        routed = Routing.objects.filter(report__in=reports).values("row")
        PublicRow.objects.filter(pk__in=routed).update(lapsed=F("lapsed") + times)


def month_of(day: date) -> str:
    """The month of a day, as the public rows write it."""
    return f"{day:%Y-%m}"


def _follow_withdrawals(at: datetime) -> None:
    withdrawn = Routing.objects.filter(report__status=Status.WITHDRAWN)
    for routing in withdrawn.exclude(row__state=PublicState.WITHDRAWN).select_related("report"):
        report = routing.report
        if report is None:
            continue
        on = report.withdrawn_on or report.received_on
        with transaction.atomic():
            terms.close_report_term(report, on)
            show_report(report, PublicState.WITHDRAWN, ended_on=on)


def _days(since: date, until: date) -> int:
    return max((until - since).days, 0)
