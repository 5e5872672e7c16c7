"""Moving an open case from a procedure that has ended to the one that followed, by a proved rule.

A running case keeps the rules with which it began; only a transition rule of `law` moves it, and
only as far as it takes no right away: the hearing, the remedies, the way to being cleared, and the
last day of a term that runs.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.cases import course
from timbang.cases.actions import moving, writing
from timbang.cases.actions.journal import (
    Line,
    Seen,
    check_may,
    check_version,
    done_before,
    locked,
    write_line,
)
from timbang.cases.course import today
from timbang.cases.models import Act, Case, CaseStep, DocumentKind, OpenTerm
from timbang.cases.permission import CASEWORK
from timbang.cases.vault import Desk
from timbang.law import procedure as law
from timbang.law import transition as rules
from timbang.law.refusal import Refusal
from timbang.law.workdays import end_of


def move_for(case: Case, on: date) -> tuple[rules.Rule, rules.Move] | None:
    """The rule that moves this case, and where to; None when there is none. Raises `Refusal` when
    there is one that does not reach it."""
    rule = rules.rule_for(case.procedure.code, on) if case.ended_on is None else None
    if rule is None:
        return None
    running = OpenTerm.objects.running().filter(case=case, track=None).first()
    found = rules.move(
        rule,
        course.procedure_of(case),
        law.procedures()[rule.to_procedure],
        step=case.step,
        entered_by=_entered_by(case),
        taken=course.taken(case),
        last_day=running.last_day if running else None,
        on=on,
    )
    return rule, found


@transaction.atomic
def move_by_transition(
    case: Case, rule_id: str, *, reason: str, seen: Seen, by: Desk, at: datetime
) -> CaseStep:
    """Move a case by the rule that the officer saw; his reason stays with it as a note."""
    case = locked(case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    check_may(case, by, *CASEWORK)
    on = today(by.organ, at)
    found = move_for(case, on)
    if found is None or found[0].id != rule_id:
        raise Refusal(_("No transition rule moves this case."))
    rule, move = found
    if not reason.strip():
        raise Refusal(_("Write why the case is moved now."), rule.citation)
    if case.tracks.filter(ended_on=None).exists():
        raise Refusal(_("A side track runs: it must end before the case is moved."), rule.citation)
    before = case.step
    new = law.procedures()[move.to_procedure]
    case.procedure = course.version_of(new, on)
    ours = new.step(move.to).actor == case.holder.kind
    term = moving.enter(case, move.to, on=on, started_on=on if ours else None, at=at, by=by.officer)
    _keep_last_day(term, move)
    line = Line(Act.TRANSITION, on, step=before, outcome=rule.id, to=move.to)
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    writing.store(case, DocumentKind.NOTE, {"text": reason.strip()}, journal=written, by=by)
    return written


def _entered_by(case: Case) -> str:
    """How the case came to its step, as the rule asks it."""
    moves = case.journal.filter(act=Act.STEP, track=None, to=case.step).order_by("version")
    last = moves.last()
    return law.key(last.step, last.outcome) if last else rules.BEGAN


def _keep_last_day(term: OpenTerm | None, move: rules.Move) -> None:
    """Nobody loses a day that he was told."""
    if term is None or term.last_day is None:
        return
    last = move.last_day(term.last_day)
    if last > term.last_day:
        term.last_day = term.told_day = last
        term.ends_at = end_of(last, term.organ.time_zone)
        term.save()
