"""Terms that run: opening them, starting them when a delivery is proven, closing them."""

from __future__ import annotations

from datetime import date

from timbang.accounts.models import Organ
from timbang.cases import course
from timbang.cases.models import Case, OpenTerm, Track
from timbang.law import workdays
from timbang.law.procedure import Step, Term
from timbang.reports.models import Report


def open_case_term(
    case: Case,
    step: Step,
    *,
    entered_on: date,
    started_on: date | None,
    track: Track | None = None,
) -> OpenTerm | None:
    """The term of the step that a case, or its side track, has entered; None when the step has
    none at all."""
    if step.term is None:
        return None
    term = _new_term(step.term, step.code, case.holder, entered_on)
    term.case, term.track = case, track
    if started_on is not None:
        _start(term, step.term, started_on)
    term.save()
    return term


def open_report_term(report: Report, step_code: str, term: Term) -> OpenTerm:
    """The term within which a report must be taken up: it runs from the day on which it came."""
    row = _new_term(term, step_code, report.organ, report.received_on)
    row.report = report
    _start(row, term, report.received_on)
    row.save()
    return row


def start_term(term: OpenTerm, on: date) -> None:
    """Let a term run that waited for a proven delivery."""
    _start(term, course.law_term_of(term), on)
    term.save()


def count_again(term: OpenTerm) -> bool:
    """Count a provisional end again with the calendars of this release; whether it moved.

    A new holiday never brings a deadline forward: only a later end is taken over.
    """
    if not term.provisional or term.started_on is None or term.last_day is None:
        return False
    before = term.last_day
    _start(term, course.law_term_of(term), term.started_on)
    if term.last_day <= before:
        return False
    term.save()
    return True


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
        days=term.length,
        unit=term.unit,
        kind=term.kind,
    )


def _start(row: OpenTerm, term: Term, on: date) -> None:
    answer = course.count(term, on)
    last = answer.last_day if row.last_day is None else max(answer.last_day, row.last_day)
    row.started_on = on
    row.safe_day = answer.safe_day
    row.last_day = last
    row.provisional = answer.provisional
    row.ends_at = workdays.end_of(last, row.organ.time_zone)


def _close(term: OpenTerm | None, on: date) -> OpenTerm | None:
    if term is not None:
        term.closed_on = on
        term.save()
    return term
