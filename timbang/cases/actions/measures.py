"""Administrative actions against an office that did not act, and the lifting of a block.

Recorded by the organ that keeps the case, for BKN or as BKN. A measure rests on a finding of
inaction that is on file; a block names its ground, and what needs coordination says when it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.cases import aftermath
from timbang.cases.actions import writing
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
from timbang.cases.models import Act, Case, CaseStep, DocumentKind, Measure
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal

DECIDERS = ("decision_maker",)
WHO_MEASURES = ("bkn", "bawaslu", "task_force", "kasn")
BLOCKING = "Perpres 116/2022 ps 20 ayat (2) dan (3)"


@dataclass(frozen=True, slots=True)
class Taken:
    """A measure as it was taken: its kind, and for a block its ground, scope and verification."""

    kind: str
    words: str
    taken_on: date
    ground: str = ""
    scope: str = ""
    verified: bool = False
    coordinated_on: date | None = None


@transaction.atomic
def take_measure(case: Case, taken: Taken, *, seen: Seen, by: Desk, at: datetime) -> Measure:
    """Record a measure against the appointing office of a case."""
    case = locked(case)
    if done_before(case, seen) is not None:
        return Measure.objects.get(case=case, journal__once=seen.once)
    check_version(case, seen)
    check_may(case, by, *DECIDERS, even_ended=True)
    against = aftermath.office_of(case)
    on = today(by.organ, at)
    if by.organ.kind not in WHO_MEASURES:
        raise Refusal(_("Measures are BKN's: your office neither is nor records for it."))
    if against is None or not aftermath.found_idle(case):
        raise Refusal(
            _("It is not on file that an appointing office did not act: no measure without that."),
            aftermath.INACTION,
        )
    _check(case, taken, on)
    line = Line(Act.MEASURE, taken.taken_on, step=case.step, outcome=taken.kind)
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    _note(case, written, taken.words, by)
    return Measure.objects.create(
        case=case,
        against=against,
        kind=taken.kind,
        ground=taken.ground,
        scope=taken.scope,
        coordinated_on=taken.coordinated_on,
        taken_on=taken.taken_on,
        journal=written,
    )


def _check(case: Case, taken: Taken, on: date) -> None:
    if taken.kind not in aftermath.kinds():
        raise Refusal(_("The law names six measures: choose one of them."), aftermath.NORM)
    if not case.opened_on <= taken.taken_on <= on:
        raise Refusal(_("The day must lie between the opening of the case and today."))
    if not taken.words.strip():
        raise Refusal(_("Write down the measure: its number, its day, its reasons."))
    if taken.kind == aftermath.BLOCK:
        _check_block(case, taken)
    elif taken.ground or taken.scope:
        raise Refusal(_("Ground and scope belong to a block only."), BLOCKING)
    day = taken.coordinated_on
    if taken.kind in aftermath.COORDINATED and (day is None or day > taken.taken_on):
        raise Refusal(
            _("This measure comes only after coordination with the ministers concerned: say when."),
            aftermath.COORDINATION,
        )


def _check_block(case: Case, taken: Taken) -> None:
    if taken.ground not in aftermath.GROUNDS or taken.scope not in Measure.Scope.values:
        raise Refusal(_("A block names its ground and what is blocked."), BLOCKING)
    if not taken.verified:
        raise Refusal(_("A block comes only after verification, validation or audit."), BLOCKING)
    if Measure.objects.filter(case=case, kind=aftermath.BLOCK, lifted_on=None).exists():
        raise Refusal(_("A block stands already in this case."))


@transaction.atomic
def lift_measure(
    measure: Measure,
    because: Measure.Lifted,
    *,
    lifted_on: date,
    words: str,
    seen: Seen,
    by: Desk,
    at: datetime,
) -> CaseStep:
    """Record that a measure ended: the office acted, a ruling said so, or it was a mistake."""
    case = locked(measure.case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    check_may(case, by, *DECIDERS, even_ended=True)
    row = Measure.objects.get(pk=measure.pk, case=case)
    if row.lifted_on is not None or row.kind == aftermath.WARNING:
        raise Refusal(_("This measure has nothing that could still be lifted."))
    if not row.taken_on <= lifted_on <= today(by.organ, at):
        raise Refusal(_("The day lies between the measure and today."))
    if not words.strip():
        raise Refusal(_("Write down why it is lifted, and the document that shows it."))
    line = Line(Act.MEASURE_LIFTED, lifted_on, step=case.step, outcome=row.kind)
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    _note(case, written, words, by)
    row.lifted_on, row.lifted_because, row.lifted_line = lifted_on, because, written
    row.save()
    return written


def _note(case: Case, line: CaseStep, words: str, by: Desk) -> None:
    body = {"text": words.strip(), "step": line.step, "outcome": line.outcome}
    writing.store(case, DocumentKind.NOTE, body, journal=line, by=by)
