"""What officers do to a term that runs: suspend it, let it run on, extend it.

Each only where the rule of the step gives it, with a reason that is sealed as a note. The end moves
in the same transaction, to a later day or to nowhere yet, and the list of moves says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.cases import course, running
from timbang.cases.actions import moving, shelving, writing
from timbang.cases.actions.journal import (
    Line,
    Seen,
    check_may,
    check_version,
    done_before,
    locked,
    write_line,
)
from timbang.cases.actions.terms import keep_calendar
from timbang.cases.course import today
from timbang.cases.models import (
    Act,
    Case,
    CaseStep,
    DocumentKind,
    OpenTerm,
    TermMove,
    TermSuspension,
)
from timbang.cases.permission import CASEWORK
from timbang.cases.running import End, Span
from timbang.cases.vault import Desk
from timbang.law import procedure as law
from timbang.law.calendar import Calendar
from timbang.law.refusal import Refusal
from timbang.law.terms import check_extension, check_suspension


@dataclass(frozen=True)
class Standing:
    """A running term under the lock of its case, with its rule and what suspended it."""

    case: Case
    term: OpenTerm
    rule: law.Term
    spans: tuple[Span, ...]
    on: date


@transaction.atomic
def suspend_term(
    term: OpenTerm,
    *,
    from_day: date,
    reason: str,
    citation: str,
    seen: Seen,
    by: Desk,
    at: datetime,
) -> CaseStep:
    """Let the term stand still from a day on; its end is not known until it runs again."""
    case = locked(_case_of(term))
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    here = _standing(case, term, seen, by, at)
    _check_words(reason, citation)
    if here.term.suspended_from is not None:
        raise Refusal(_("This term is suspended already."))
    if here.term.started_on is None or not here.term.started_on < from_day <= here.on:
        raise Refusal(_("A term is suspended from a day after its day 0, today at the latest."))
    # Its first day must still be within what the rule gives.
    _check_spans(here.rule, [*here.spans, (from_day, from_day)])
    line = Line(Act.SUSPENDED, from_day, step=here.term.step, track=here.term.track)
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    _note(case, here.term, reason, citation, written, by)
    TermSuspension.objects.create(term=here.term, from_day=from_day, journal=written)
    here.term.suspended_from = from_day
    _move(here, TermMove.Why.SUSPENDED, written, by, at)
    return written


@transaction.atomic
def resume_term(term: OpenTerm, *, until_day: date, seen: Seen, by: Desk, at: datetime) -> CaseStep:
    """Let a suspended term run on: `until_day` is the last day on which it stood still."""
    case = locked(_case_of(term))
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    here = _standing(case, term, seen, by, at)
    row = TermSuspension.objects.filter(term=here.term, until_day=None).first()
    if row is None:
        raise Refusal(_("This term is not suspended."))
    if not row.from_day <= until_day <= here.on:
        raise Refusal(
            _("The last day of a suspension lies between its first day and today."),
        )
    closed = [(row.from_day, until_day) if last is None else (first, last)
              for first, last in here.spans]  # fmt: skip
    _check_spans(here.rule, closed)
    row.until_day = until_day
    row.save()
    line = Line(Act.RESUMED, until_day, step=here.term.step, track=here.term.track)
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    here.term.suspended_from = None
    _move(here, TermMove.Why.RESUMED, written, by, at)
    return written


@transaction.atomic
def extend_term(
    term: OpenTerm, *, reason: str, citation: str, seen: Seen, by: Desk, at: datetime
) -> CaseStep:
    """Extend the term once, by what the rule of its step gives."""
    case = locked(_case_of(term))
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    here = _standing(case, term, seen, by, at)
    _check_words(reason, citation)
    check_extension(here.rule, here.term.extended)
    line = Line(Act.EXTENDED, here.on, step=here.term.step, track=here.term.track)
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    _note(case, here.term, reason, citation, written, by)
    here.term.extended += 1
    _move(here, TermMove.Why.EXTENDED, written, by, at)
    return written


def _case_of(term: OpenTerm) -> Case:
    if term.case is None:
        raise Refusal(_("Only the term of a case can be suspended or extended."))
    return term.case


def _standing(case: Case, term: OpenTerm, seen: Seen, by: Desk, at: datetime) -> Standing:
    """The term as it stands now; refused when it is over, or was never running."""
    check_version(case, seen)
    check_may(case, by, *CASEWORK)
    rows = OpenTerm.objects.running().filter(case=case, pk=term.pk)
    row = rows.select_related("organ", "track").first()
    if row is None or row.started_on is None:
        raise Refusal(_("This term does not run."))
    row.case = case
    on = today(by.organ, at)
    if row.lapsed_on is not None or (row.last_day is not None and on > row.last_day):
        raise Refusal(_("This term has passed: nothing lengthens it any more."))
    spans = TermSuspension.objects.filter(term=row).values_list("from_day", "until_day")
    return Standing(case, row, course.law_term_of(row), tuple(spans), on)


def _check_words(reason: str, citation: str) -> None:
    if not reason.strip() or not citation.strip():
        raise Refusal(_("Write down the reason, and the article that allows it."))


def _check_spans(rule: law.Term, spans: Sequence[Span]) -> None:
    check_suspension(rule, running.suspensions(rule, spans))


def _note(
    case: Case, term: OpenTerm, reason: str, citation: str, journal: CaseStep, by: Desk
) -> None:
    text = f"{reason.strip()} ({citation.strip()})"
    body = {"text": text, "step": term.step, "citation": citation.strip()}
    writing.store(case, DocumentKind.NOTE, body, journal=journal, by=by)


def _move(here: Standing, why: TermMove.Why, journal: CaseStep, by: Desk, at: datetime) -> None:
    """Count the end again and say in the list from where to where it moved."""
    calendar = Calendar.load()
    keep_calendar(calendar, here.on)
    term, found = here.term, running.fate(here.term, here.rule)
    if found is None or term.safe_day is None:
        return
    end = running.kept(term, End.of(found.answer(calendar), found.zone))
    TermMove.objects.create(
        term=term,
        organ=term.organ,
        why=why,
        from_safe=term.safe_day,
        from_last=running.firm_day(term),
        to_safe=end.safe_day,
        to_last=None if term.suspended_from else end.last_day,
        calendar=calendar.hash,
        moved_on=here.on,
        entry=journal.entry,
    )
    running.set_end(term, end, calendar)
    term.save()
    shelving.place(here.case)
    moving.tell_reports(here.case, at=at, by=by.officer)
