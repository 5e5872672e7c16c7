"""How a case comes to a step or an end, and who is told: the part that all moves share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from timbang.accounts.models import Officer
from timbang.cases import course
from timbang.cases.actions import holding, information, routing, terms
from timbang.cases.models import REMINDER_TARGET, Case, OpenTerm, PublicState, Track
from timbang.law.procedure import END, is_end
from timbang.reports import actions as reports
from timbang.reports.models import Report, Status

# What an end means to the reporter and to the public (law.steps.EndKind).
END_STATUS = {
    "cleared": Status.CLOSED,
    "sanction": Status.DECIDED,
    "forwarded": Status.FORWARDED,
    "closed": Status.CLOSED,
}
# Of several cases, the one that moves says how the report stands; else the weightiest end.
LOUDEST = (
    Status.IN_CASE,
    Status.DECIDED,
    Status.FORWARDED,
    Status.CLOSED,
    Status.INFORMATION,
)


def enter(
    case: Case,
    to: str,
    *,
    on: date,
    started_on: date | None,
    at: datetime,
    by: Officer | None,
) -> OpenTerm | None:
    """Bring a locked case to a step or an end: close its term, open the next, tell and show.

    `started_on` None: the step's term waits for a proven delivery. The caller writes the line.
    """
    terms.close_case_term(case, on)
    procedure = course.procedure_of(case)
    term = None
    if is_end(to):
        case.ended_on, case.ended_as = on, to.removeprefix(END)
    else:
        case.step = to
        term = terms.open_case_term(
            case, procedure.step(to), entered_on=on, started_on=started_on, at=at
        )
    if is_end(to):
        information.keep_reports_of(case, on=on, by=by)
    case.save()
    holding.follow(case, on=on, arrived_on=started_on)
    tell_reports(case, at=at, by=by)
    return term


def begin_track(case: Case, code: str, *, organ_kind: str, on: date) -> Track:
    """A side track at its first step, with the term of it; the caller writes the line."""
    first = course.procedure_of(case).track(code).start
    track = Track.objects.create(case=case, code=code, step=first, opened_on=on)
    enter_track(case, track, first, organ_kind=organ_kind, on=on)
    return track


def enter_track(case: Case, track: Track, to: str, *, organ_kind: str, on: date) -> OpenTerm | None:
    """Bring a side track to a step or an end: close its term, open the next. Nobody outside is
    told: the case itself has not moved.

    `organ_kind` is who acted. Where a term runs from a proven delivery to somebody else nothing
    here proves one, and nobody is late.
    """
    terms.close_case_term(case, on, track)
    if is_end(to):
        track.ended_on, track.ended_as = on, to.removeprefix(END)
        track.save()
        return None
    track.step = to
    track.save()
    step = course.rules_of(case, track).step(to)
    waits = step.term is not None and step.term.starts == "delivery_proven"
    started_on = None if waits and step.actor != organ_kind else on
    return terms.open_case_term(case, step, entered_on=on, started_on=started_on, track=track)


def status_of(cases: Iterable[Case]) -> Status:
    """What a reporter is told whose report stands in these cases: a running one speaks first."""
    found = {_status(case) for case in cases}
    return next(status for status in LOUDEST if status in found)


def _status(case: Case) -> Status:
    if case.ended_as == course.KEPT_AS_INFORMATION:
        return Status.INFORMATION
    if case.ended_as == course.MERGED:
        return Status.CLOSED
    if case.ended_on is not None:
        return END_STATUS[course.procedure_of(case).end(case.ended_as).kind]
    return Status.IN_CASE if case.holder_id == case.organ_id else Status.FORWARDED


def tell_reports(case: Case, *, at: datetime, by: Officer | None) -> None:
    """Tell the reporters of a case how it stands, and set the public rows."""
    for report in Report.objects.filter(pk__in=case.reports.values("report")):
        # Who ended his report himself is told nothing more; others may rest on the same case.
        if report.status != Status.WITHDRAWN:
            tell_report(report, at=at, by=by)
    routing.show_case(case, _public(_status(case)))


def tell_report(report: Report, *, at: datetime, by: Officer | None) -> None:
    """Tell one reporter how all the cases stand that rest on his report."""
    rows = Case.objects.filter(reports__report=report).exclude(ended_as=course.MERGED)
    cases = list(rows.select_related("procedure", "holder"))
    running = [case for case in cases if case.ended_on is None]
    status = status_of(running or cases)
    due = OpenTerm.objects.running().filter(case__in=running, track=None)
    due = due.filter(suspended_from=None).exclude(kind=REMINDER_TARGET)
    last_days = [term.last_day for term in due if term.last_day is not None]
    ended = None if running else max(case.ended_on for case in cases if case.ended_on)
    routing.show_report(report, _public(status), ended_on=ended)
    reports.tell(report, status=status, next_due_on=min(last_days, default=None), by=by, at=at)


def _public(status: Status) -> PublicState:
    return routing.STATES[status]
