"""What happens by itself when a term passes unacted.

The term is marked, the case's journal, the log and the public row say so, and where the procedure
gives a lawful exit the case takes it: all in one transaction, so that a worker that is killed
leaves everything or nothing. A reminder target, which neither law nor practice gives, is marked
too and counted nowhere; so is a term that rests on one source and that no legal officer confirmed.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from timbang.cases import course
from timbang.cases.actions import moving, recounting, routing
from timbang.cases.actions.journal import Line, locked, write_line
from timbang.cases.course import today
from timbang.cases.models import Act, Case, OpenTerm, Track
from timbang.law.procedure import is_end
from timbang.ledger.actions import record
from timbang.reports.models import Report


def escalate_due(*, at: datetime) -> int:
    """Mark every running term whose whole last day has passed. Returns how many lapsed.

    Each in a transaction of its own, under a lock that other workers skip: exactly once.
    """
    due = OpenTerm.objects.due_before(at).order_by("ends_at").values_list("pk", flat=True)
    return sum(_escalate(term_id, at) for term_id in list(due))


@transaction.atomic
def _escalate(term_id: UUID, at: datetime) -> bool:
    skip = connection.features.has_select_for_update_skip_locked
    # The case first, as every officer's act does: two locks in one order never wait in a ring.
    case_ids = OpenTerm.objects.filter(pk=term_id, case__isnull=False).values("case")
    cases = Case.objects.select_for_update(of=("self",), skip_locked=skip)
    free = list(cases.filter(pk__in=case_ids))
    if case_ids and not free:
        return False
    waiting = OpenTerm.objects.due_before(at).select_for_update(of=("self",), skip_locked=skip)
    term = (
        waiting.select_related("case__procedure", "report", "organ", "track")
        .filter(pk=term_id)
        .first()
    )
    if term is None:
        return False
    recounting.count_again(term, at=at)
    if term.ends_at is None or term.ends_at > at:
        return False
    on = today(term.organ, at)
    term.lapsed_on = on
    term.save()
    if term.case is not None:
        _escalate_case(term, locked(term.case), on, at)
    elif term.report is not None:
        _escalate_report(term, term.report, on)
    return True


def _escalate_case(term: OpenTerm, case: Case, on: date, at: datetime) -> None:
    step = course.rules_of(case, term.track).step(term.step)
    kind = step.lapses_as if course.counts_publicly(term) else "reminder"
    if kind == "exit" and course.is_challenged(case):
        # PP 94/2021 ps. 38(2): what is under appeal takes effect as the appeal decides.
        kind = "reminder"
    escalates_to = step.lapse.escalates_to if step.lapse and kind != "reminder" else None
    act = Act.REMINDER if kind == "reminder" else Act.ESCALATION
    line = Line(act, on, step=term.step, to=escalates_to or "", track=term.track)
    write_line(case, line, organ=term.organ, by=None, at=at)
    if act == Act.ESCALATION:
        routing.count_lapse(case=case)
    if kind == "exit" and step.lapse and step.lapse.to:
        if term.track is None:
            _take_exit(case, step.lapse.to, on, at)
        else:
            _take_exit_of_track(case, term.track, step.lapse.to, on, at)


def _take_exit(case: Case, to: str, on: date, at: datetime) -> None:
    """Move the case along its lawful exit, as far as it stays with the organ that has it.

    An exit that leads to another organ needs an officer who hands the case over: nobody but he can
    seal it. Until then it stands first on his list, marked as late.
    """
    procedure = course.procedure_of(case)
    if not is_end(to) and procedure.step(to).actor != case.holder.kind:
        return
    line = Line(Act.STEP, on, step=case.step, outcome="lapse", to=to)
    moving.enter(case, to, on=on, started_on=on, at=at, by=None)
    write_line(case, line, organ=case.holder, by=None, at=at)


def _take_exit_of_track(case: Case, track: Track, to: str, on: date, at: datetime) -> None:
    line = Line(Act.STEP, on, step=track.step, outcome="lapse", to=to, track=track)
    moving.enter_track(case, track, to, organ_kind=case.holder.kind, on=on)
    write_line(case, line, organ=case.holder, by=None, at=at)


def _escalate_report(term: OpenTerm, report: Report, on: date) -> None:
    # The log must not tell that a report lies somewhere: this entry waits for the daily batch.
    body = {"report": str(report.id), "organ": str(report.organ_id), "kind": term.kind}
    record(act="report.lapsed", body=body, lane="daily", on=on)
    if not term.is_target and course.counts_publicly(term):
        routing.count_lapse(report=report)
