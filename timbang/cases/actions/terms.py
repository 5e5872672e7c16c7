"""Terms that run: opening them, starting them when a delivery is proven, closing them."""

from __future__ import annotations

from datetime import date, datetime

from timbang.accounts.models import Organ
from timbang.cases import course, running
from timbang.cases.actions import shelving
from timbang.cases.models import CalendarVersion, Case, OpenTerm, TermSuspension, Track
from timbang.law.calendar import Calendar
from timbang.law.procedure import Step, Term
from timbang.reports.models import Report


def open_case_term(
    case: Case,
    step: Step,
    *,
    entered_on: date,
    started_on: date | None,
    track: Track | None = None,
    at: datetime | None = None,
) -> OpenTerm | None:
    """The term of the step that a case, or its side track, has entered; None when the step has
    none at all. `at` is the instant of the act, for a term in hours that starts with it."""
    if step.term is None:
        return None
    term = _new_term(step.term, step.code, case.holder, entered_on)
    term.case, term.track = case, track
    _take_own(term, step.term, case.procedure.code)
    if started_on is not None:
        _start(term, step.term, started_on, at)
    term.save()
    shelving.place(case)
    return term


def open_report_term(report: Report, step_code: str, term: Term) -> OpenTerm:
    """The term within which a report must be taken up: it runs from the day on which it came."""
    row = _new_term(term, step_code, report.organ, report.received_on)
    row.report = report
    _take_own(row, term, None)
    _start(row, term, report.received_on)
    row.save()
    return row


def start_term(term: OpenTerm, on: date) -> None:
    """Let a term run that waited for a proven delivery."""
    _start(term, course.law_term_of(term), on)
    term.save()
    if term.case is not None:
        shelving.place(term.case)


def close_case_term(case: Case, on: date, track: Track | None = None) -> OpenTerm | None:
    """End the running term of a case, or of its side track: somebody acted."""
    return _close(OpenTerm.objects.running().filter(case=case, track=track).first(), on)


def close_report_term(report: Report, on: date) -> OpenTerm | None:
    """End the running term of a report that had no case."""
    return _close(OpenTerm.objects.running().filter(report=report).first(), on)


def _new_term(term: Term, step_code: str, organ: Organ, entered_on: date) -> OpenTerm:
    return OpenTerm(
        organ=organ,
        step=step_code,
        entered_on=entered_on,
        length=term.length,
        unit=term.unit,
        kind=term.kind,
    )


def _take_own(row: OpenTerm, rule: Term, procedure: str | None) -> None:
    """The organ's own shorter term of this day goes with the row: a later one does not move it."""
    own = running.own_for(row, rule, procedure)
    if own is not None:
        row.own_length, row.own_unit = own.length, own.unit


def _start(row: OpenTerm, rule: Term, on: date, at: datetime | None = None) -> None:
    calendar = Calendar.load()
    keep_calendar(calendar, on)
    row.started_on = on
    # Of a day that is not the act's own, the hour is not known.
    if rule.unit == "hours" and at is not None and course.today(row.organ, at) == on:
        row.started_at = at
    fate = running.fate(row, rule, [])
    if fate is not None:
        end = running.End.of(fate.answer(calendar), row.organ.time_zone)
        running.set_end(row, running.kept(row, end), calendar)


def keep_calendar(calendar: Calendar, on: date) -> CalendarVersion:
    """The row that keeps this calendar; written when the first term is counted by it."""
    told = {"body": calendar.text, "first_used_on": on}
    row, _new = CalendarVersion.objects.get_or_create(hash=calendar.hash, defaults=told)
    return row


def _close(term: OpenTerm | None, on: date) -> OpenTerm | None:
    if term is not None:
        for row in TermSuspension.objects.filter(term=term, until_day=None):
            row.until_day = max(row.from_day, on)
            row.save()
        term.closed_on = on
        term.save()
    return term
