"""When the case of a report ends as prior information: the report is kept where it is looked into.

Part of the step that ends the case, and of its entry in the log: nothing else is written.
"""

from __future__ import annotations

from datetime import date

from timbang.accounts.models import Officer
from timbang.cases import course, keeping
from timbang.cases.models import Case, PriorInformation, Source
from timbang.reports.models import Report, Way


def keep_reports_of(case: Case, *, on: date, by: Officer | None) -> None:
    """Keep the reports of a case that ends as prior information; the caller has set its end."""
    if case.ended_as != course.KEPT_AS_INFORMATION:
        return
    for report in Report.objects.filter(pk__in=case.reports.values("report")):
        if not PriorInformation.objects.filter(report=report).exists():
            keep_report(report, _why(report, case.step), on=on, by=by)


def keep_report(report: Report, why: Source, *, on: date, by: Officer | None) -> PriorInformation:
    """The row that keeps a report as prior information; its words stay in the report."""
    return PriorInformation.objects.create(
        organ=report.organ,
        source=why,
        report=report,
        came_on=report.received_on,
        remind_on=keeping.remind_on(on),
        recorded_by=by,
    )


def _why(report: Report, step: str) -> Source:
    if report.withdrawn_on is not None:
        return Source.WITHDRAWN
    if report.way == Way.PRIOR_INFORMATION:
        return Source.NAMELESS
    return Source.LATE if step == "initial_study" else Source.INCOMPLETE
