"""What happens by itself when a term passes unacted.

The term is marked, the case's journal, the log and the public row say so, and where the procedure
gives a lawful exit the case takes it: all in one transaction, so that a worker that is killed
leaves everything or nothing. A reminder target, which neither law nor practice gives, is marked
too and counted nowhere; so is a term that rests on one source and that no legal officer confirmed.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.models import Q

from timbang.accounts.models import Organ
from timbang.cases import course
from timbang.cases.actions import moving, recounting, routing
from timbang.cases.actions.journal import Line, write_line, write_lines
from timbang.cases.course import today
from timbang.cases.models import Act, Case, OpenTerm, Track
from timbang.law.procedure import is_end
from timbang.ledger.actions import record
from timbang.reports.models import Report

MOST_AT_ONCE = 1_000
# Few enough that nobody who files or acts waits long for the worker.
IN_ONE_TRANSACTION = 200

log = logging.getLogger("timbang.cases")


def escalate_due(*, at: datetime, most: int = MOST_AT_ONCE) -> int:
    """Mark running terms whose whole last day has passed, those of longest ago first. Returns how
    many lapsed; when it is `most`, there may be more.

    A few hundred in one transaction, under locks that other workers skip: each exactly once. One
    that cannot be marked never holds up the others.
    """
    due = OpenTerm.objects.due_before(at).order_by("ends_at", "pk").values_list("pk", flat=True)
    waiting, done = list(due[: most * 2]), 0
    for first in range(0, len(waiting), IN_ONE_TRANSACTION):
        if done >= most:
            break
        done += _some(waiting[first : first + IN_ONE_TRANSACTION], at)
    return done


def _some(terms: Sequence[UUID], at: datetime) -> int:
    try:
        return _escalate(terms, at)
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001 - the other terms must go on
        if len(terms) == 1:
            log.error("term %s: %s: %s", terms[0], type(error).__name__, error)
            return 0
        return sum(_some([term], at) for term in terms)


@transaction.atomic
def _escalate(terms: Sequence[UUID], at: datetime) -> int:
    """Mark those of the terms that nobody else holds; a case's second one waits for its turn."""
    due = _locked(terms, at)
    by_case = {term.case_id: term for term in reversed(due) if term.case_id}
    alone = [term for term in due if term.case_id is None]
    ripe = _still_due([*by_case.values(), *alone], at)
    _mark(ripe, at)
    for term in ripe:
        if term.report is not None:
            _escalate_report(term, term.report, today(term.organ, at))
    _escalate_cases([term for term in ripe if term.case is not None], at)
    return len(ripe)


def _locked(terms: Sequence[UUID], at: datetime) -> list[OpenTerm]:
    skip = connection.features.has_select_for_update_skip_locked
    # The case first, as every officer's act does: two locks in one order never wait in a ring.
    case_ids = OpenTerm.objects.filter(pk__in=terms, case__isnull=False).values("case")
    cases = Case.objects.select_for_update(of=("self",), skip_locked=skip).order_by("pk")
    beside = ("holder", "keeper", "organ", "procedure")
    free = {case.pk: case for case in cases.filter(pk__in=case_ids).prefetch_related(*beside)}
    due = OpenTerm.objects.due_before(at).select_for_update(of=("self",), skip_locked=skip)
    # No term of a case that another worker holds: it would skip the term in its turn.
    rows = due.filter(Q(case=None) | Q(case__in=list(free)), pk__in=terms)
    found = list(rows.order_by("ends_at", "pk").prefetch_related("report", "organ", "track"))
    for term in found:
        if term.case_id is not None:
            term.case = free[term.case_id]
    return found


def _still_due(terms: Sequence[OpenTerm], at: datetime) -> list[OpenTerm]:
    """Those that are due by the present calendar too, which may be newer than the rows."""
    recounting.count_again(terms, at=at)
    return [term for term in terms if term.ends_at is not None and term.ends_at <= at]


def _mark(terms: Sequence[OpenTerm], at: datetime) -> None:
    alike: dict[tuple[date, str, str], list[UUID]] = defaultdict(list)
    for term in terms:
        term.lapsed_on, term.escalates_to = today(term.organ, at), _named(term)
        term.escalates_in = term.case.province_code if term.case and term.escalates_to else ""
        alike[term.lapsed_on, term.escalates_to, term.escalates_in].append(term.pk)
    for (on, named, province), pks in alike.items():
        rows = OpenTerm.objects.filter(pk__in=pks)
        rows.update(lapsed_on=on, escalates_to=named, escalates_in=province)


def _named(term: OpenTerm) -> str:
    """The kind of organ that the procedure names when this term lapses."""
    if term.case is None:
        return ""
    step = course.rules_of(term.case, term.track).step(term.step)
    return step.lapse.escalates_to or "" if step.lapse else ""


def _escalate_cases(terms: Sequence[OpenTerm], at: datetime) -> None:
    """Those that only remind or escalate are written together, those that move one by one."""
    challenged = course.challenged([term.case_id for term in terms if term.case_id])
    alike: dict[tuple[Act, date], list[tuple[Case, Line, Organ]]] = defaultdict(list)
    for term in terms:
        case, on = _case(term), today(term.organ, at)
        step = course.rules_of(case, term.track).step(term.step)
        kind = step.lapses_as if course.counts_publicly(term) else "reminder"
        if kind == "exit" and case.pk in challenged:
            # PP 94/2021 ps. 38(2): what is under appeal takes effect as the appeal decides.
            kind = "reminder"
        act = Act.REMINDER if kind == "reminder" else Act.ESCALATION
        named = term.escalates_to if kind != "reminder" else ""
        line = Line(act, on, step=term.step, to=named, track=term.track)
        if kind == "exit" and step.lapse and step.lapse.to:
            write_line(case, line, organ=term.organ, by=None, at=at)
            routing.count_lapse(case=case)
            _leave(term, case, step.lapse.to, on, at)
        else:
            alike[act, on].append((case, line, term.organ))
    for (act, on), found in alike.items():
        write_lines(found, act=act, on=on)
        if act == Act.ESCALATION:
            routing.count_lapses([case.pk for case, _line, _organ in found])


def _case(term: OpenTerm) -> Case:
    if term.case is None:
        raise ValueError("this term is a report's")
    return term.case


def _leave(term: OpenTerm, case: Case, to: str, on: date, at: datetime) -> None:
    if term.track is None:
        _take_exit(case, to, on, at)
    else:
        _take_exit_of_track(case, term.track, to, on, at)


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
