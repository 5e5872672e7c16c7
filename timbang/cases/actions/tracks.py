"""Side tracks of a case: opening one where the procedure allows it, and moving it to its end.

A side track is held by nobody alone: the organ that keeps the case, and each other organ that holds
its key and that the law names, takes the steps that are its own. The main way does not wait for it
unless a guard says so.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.cases import conflicts, course, reading
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
from timbang.cases.actions.stepping import Taking, check_day
from timbang.cases.course import today
from timbang.cases.models import Act, Case, CaseKey, CaseStep, DocumentKind, Track
from timbang.cases.permission import CASE_READERS, CASEWORK, may
from timbang.cases.vault import Desk
from timbang.law import procedure as law
from timbang.law.refusal import Refusal


@transaction.atomic
def open_track(case: Case, code: str, *, seen: Seen, by: Desk, at: datetime) -> CaseStep:
    """Open a side track where the case stands."""
    case = locked(case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    check_may(case, by, *CASEWORK)
    if code not in {track.code for track in course.tracks_to_open(case)}:
        raise Refusal(
            _("This side track cannot be opened here, or it runs already."),
            course.procedure_of(case).citation,
        )
    on = today(by.organ, at)
    track = moving.begin_track(case, code, organ_kind=by.organ.kind, on=on)
    line = Line(Act.TRACK, on, step=case.step, outcome=code, to=track.step, track=track)
    return write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)


@transaction.atomic
def take_track_step(
    track: Track, taking: Taking, *, seen: Seen, by: Desk, at: datetime
) -> CaseStep:
    """Take a step of a side track; refused with the article when the law does not allow it."""
    case = locked(track.case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    track = Track.objects.get(pk=track.pk)
    _check_turn(case, track, taking.outcome, by)
    conflicts.check(case, by)
    on, step = today(by.organ, at), track.step
    to = law.take(
        course.rules_of(case, track),
        step,
        taking.outcome,
        organ_kind=by.organ.kind,
        roles=by.officer.roles,
        guards=reading.guards_of(
            case, by, on=on, declared=taking.declared, reason=taking.reason, track=track
        ),
        taken=course.taken(case, track),
        acted_at=course.acted_at(case, by.officer),
    )
    own = reading.is_own(case, taking.outcome, by.organ, track)
    done_on = on if own else check_day(case, taking.done_on, on)
    moving.enter_track(case, track, to, organ_kind=by.organ.kind, on=done_on)
    line = Line(Act.STEP, done_on, step=step, outcome=taking.outcome, to=to, track=track)
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    if taking.reason.strip():
        body = {"text": taking.reason.strip(), "step": step, "outcome": taking.outcome}
        writing.store(case, DocumentKind.NOTE, body, journal=written, by=by)
    return written


def _check_turn(case: Case, track: Track, outcome_code: str, by: Desk) -> None:
    if track.ended_on is not None:
        raise Refusal(_("This side track has ended."))
    if not may(by.officer, *CASE_READERS):
        raise Refusal(_("None of your roles may do this."))
    step = course.rules_of(case, track).step(track.step)
    outcome = next((found for found in step.outcomes if found.code == outcome_code), None)
    holds = CaseKey.objects.filter(case=case, organ=by.organ).exists()
    theirs = outcome is not None and reading.may_take(case, step, outcome, by.organ, track)
    if not holds or not (theirs or case.keeper_id == by.organ.pk):
        raise Refusal(
            _("Another organ holds this case now; yours can read what it was given."),
            step.citation,
        )
