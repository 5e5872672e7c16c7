"""Carrying out what was decided, each task once and with its proof.

A decision opens its errands when it is made and takes them along when a slip is corrected; when it
falls, what was not done is struck, and what was done must be undone. The executing officer and the
one who decides may record them.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.cases import errands, vault
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
from timbang.cases.models import Act, CaseStep, Decision, DecisionState, Errand
from timbang.cases.permission import CARRIERS
from timbang.cases.vault import Desk
from timbang.law.bilingual import Bilingual
from timbang.law.refusal import Refusal

Task = Errand.Task
IN_EFFECT = "PP 94/2021 ps 38"
NOT_YET = Bilingual("Belum boleh dilaksanakan: {why}.", "It may not be carried out yet: {why}.")


def open_errands(decision: Decision) -> None:
    """What a new decision asks for; inside the transaction of the decision."""
    tasks = [Task.DELIVER]
    if errands.binding(decision):
        tasks += [Task.CARRY_OUT, Task.RECORD]
    Errand.objects.bulk_create(
        Errand(
            decision=decision,
            case=decision.case,
            organ=decision.organ,
            since_on=decision.decided_on,
            task=task,
        )
        for task in tasks
    )


def take_along(old: Decision, new: Decision) -> None:
    """A corrected version is delivered anew; what was carried out is not carried out twice."""
    done = Errand.objects.filter(decision=old, done_on__isnull=False)
    kept = set(done.exclude(task=Task.DELIVER).values_list("task", flat=True))
    open_errands(new)
    Errand.objects.filter(decision=new, task__in=kept).delete()
    done.filter(task__in=kept).update(decision=new)
    Errand.objects.filter(decision=old, done_on=None).delete()


def delivered(decision: Decision, line: CaseStep, proof: str, by: Desk) -> None:
    """The delivery is done, by the line that records it."""
    row = Errand.objects.filter(decision=decision, task=Task.DELIVER, done_on=None).first()
    if row is not None:
        row.case = decision.case
        _done(row, line, proof, by)


def fell(decision: Decision) -> None:
    """The decision was annulled: nothing of it is carried out any more."""
    Errand.objects.filter(decision=decision, done_on=None).delete()
    if Errand.objects.filter(decision=decision, task__in=(Task.CARRY_OUT, Task.RECORD)).exists():
        Errand.objects.create(
            decision=decision, case=decision.case, organ=decision.organ,
            since_on=decision.decided_on, task=Task.UNDO,
        )  # fmt: skip


@transaction.atomic
def carry_out(
    errand: Errand, *, done_on: date, proof: str, seen: Seen, by: Desk, at: datetime
) -> CaseStep:
    """Record with proof that a task was done."""
    case = locked(errand.case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    row = Errand.objects.select_related("decision").get(pk=errand.pk, case=case)
    # Who decided carries it out, though the case went on to another office.
    check_may(case, by, *CARRIERS, even_ended=True, beside=row.organ_id == by.organ.pk)
    row.case = row.decision.case = case
    on = today(by.organ, at)
    _check(row, done_on, proof, on)
    line = Line(Act.CARRIED_OUT, done_on, step=row.decision.step, outcome=row.task)
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    _done(row, written, proof, by)
    return written


def _check(row: Errand, done_on: date, proof: str, on: date) -> None:
    if row.done_on is not None:
        raise Refusal(_("This was done already, and its proof is on file."))
    if row.task == Task.DELIVER:
        raise Refusal(_("A delivery is recorded with the decision: its terms run from that day."))
    stands = row.decision.state != DecisionState.ANNULLED
    if stands == (row.task == Task.UNDO) or row.decision.state == DecisionState.REPLACED:
        raise Refusal(_("This version of the decision asks for nothing any more."))
    waits = errands.holds_back(row, on) or errands.holds_back(row, done_on)
    if waits is not None:
        raise Refusal(NOT_YET.format(why=waits), IN_EFFECT)
    if not row.decision.decided_on <= done_on <= on:
        raise Refusal(_("The day lies between the decision and today."))
    if not proof.strip():
        raise Refusal(_("Write down the proof: the number and day of the document that shows it."))


def _done(row: Errand, line: CaseStep, proof: str, by: Desk) -> None:
    row.done_on, row.done_by, row.journal = line.done_on, by.officer, line
    row.sealed_proof = errands.close_proof(vault.case_key(row.case, by), row, proof.strip())
    row.save()
