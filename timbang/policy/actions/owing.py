"""What an office owes and when it did it: rows for the pages, entries for the score.

Three acts of the log carry the whole score: `policy.owed` (office, its running number, dossier,
step, kind, due), `policy.dropped` (the same, and the day) and `policy.done` (also which office did
it, and with which outcome). They are opened to everybody, so that anyone can count again from the
log alone. The office is the one whose turn it is: a step of clearance is owed by the office that
clears, a debt of the lane by the one that took the lane.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final
from uuid import UUID

from django.db.models import Max

from timbang.accounts.models import Organ
from timbang.law import steps
from timbang.law.procedure import due
from timbang.ledger.actions import record
from timbang.policy import course
from timbang.policy.models import Debt, Dossier, Line, OpenEntry, StepTerm

PAID = "paid"
OWED, DONE, DROPPED = "policy.owed", "policy.done", "policy.dropped"

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


def enter_step(dossier: Dossier, on: date) -> StepTerm | None:
    """Open the term of the step at which a dossier has come to stand, where it has one."""
    step = course.rules_of(dossier).step(dossier.step)
    if step.term is None:
        return None
    answer = due(step.term, on)
    last = answer.last_day
    if last is not None and dossier.step == "direct_execution":
        last = min(last, dossier.lane.sunset_on)
    row = StepTerm.objects.create(
        dossier=dossier,
        step=dossier.step,
        kind=step.term.kind,
        entered_on=on,
        safe_on=min(answer.safe_day, last or answer.safe_day),
        last_on=last,
        provisional=answer.provisional,
    )
    if last is not None:
        _hold_offices(dossier)
        _enter(OWED, dossier, step=dossier.step, kind="step", due_on=last, on=on)
    return row


def leave_step(dossier: Dossier, on: date, *, by: Organ | None, outcome: str) -> None:
    """Close the running term; the log says whether it was in time, and which office took which
    outcome. `by` None: it lapsed."""
    row = dossier.terms.running().first()
    if row is None:
        return
    row.closed_on = on
    row.save()
    if row.last_on is not None:
        _hold_offices(dossier)
        code = by.code if by else ""
        did = {"by": code, "outcome": outcome}
        _enter(DONE, dossier, step=row.step, kind="step", due_on=row.last_on, on=on, did=did)


def owe(dossier: Dossier, debts: tuple[steps.Debt, ...], *, line: Line, on: date) -> list[Debt]:
    """Write down what is owed from this day on, each with its day."""
    _hold_offices(dossier)
    rows = []
    for debt in debts:
        if debt.term is None:
            raise ValueError(f"{debt.code} has no term: such a procedure is not proved")
        answer = due(debt.term, on)
        if answer.last_day is None:
            raise ValueError(f"{debt.code}: no day follows from its term")
        last = answer.last_day
        if debt.code == "ratification":  # a measure is ratified before it ends
            last = min(last, dossier.lane.sunset_on)
        rows.append(
            Debt.objects.create(
                dossier=dossier,
                code=debt.code,
                owed_on=on,
                due_on=last,
                safe_on=min(answer.safe_day, last),
                line=line,
            )
        )
        _enter(OWED, dossier, step=debt.code, kind="debt", due_on=last, on=on)
    return rows


def paid(debt: Debt, on: date, *, by: Organ) -> None:
    """Enter that a debt was paid, and by which office."""
    _hold_offices(debt.dossier)
    did = {"by": by.code, "outcome": PAID}
    _enter(DONE, debt.dossier, step=debt.code, kind="debt", due_on=debt.due_on, on=on, did=did)


def drop(dossier: Dossier, codes: tuple[str, ...], on: date, *, due_from: date = date.min) -> None:
    """A measure that is over needs these no more, as far as they fall due on this day or later."""
    _hold_offices(dossier)
    for debt in dossier.debts.owed().filter(code__in=codes, due_on__gte=due_from):
        debt.dropped_on = on
        debt.save()
        _enter(DROPPED, dossier, step=debt.code, kind="debt", due_on=debt.due_on, on=on)


def hold(*offices: UUID) -> None:
    """Lock these offices until the end of the transaction, in one order for all: whoever holds them
    gives the next numbers, and no two wait for each other."""
    rows = Organ.objects.select_for_update(no_key=True).filter(pk__in=offices)
    list(rows.order_by("pk").values_list("pk", flat=True))


def _hold_offices(dossier: Dossier) -> None:
    hold(dossier.organ_id, *dossier.clearers.values_list("organ_id", flat=True))


def _enter(
    act: str,
    dossier: Dossier,
    *,
    step: str,
    kind: str,
    due_on: date,
    on: date,
    did: Mapping[str, str] = NOTHING,
) -> None:
    office = _owing(dossier, step, kind)
    last = OpenEntry.objects.filter(organ=office).aggregate(last=Max("serial"))["last"]
    serial = (last or 0) + 1
    body: dict[str, str | int | bool | None] = {
        "office": office.code,
        "n": serial,
        "dossier": dossier.number,
        "step": step,
        "kind": kind,
        "due": due_on.isoformat(),
    }
    if act != OWED:
        body |= {"done": on.isoformat(), **did}
    entry = record(act=act, body=body, lane="now", on=on)
    OpenEntry.objects.create(organ=office, serial=serial, entered_on=on, entry=entry)


def _owing(dossier: Dossier, step: str, kind: str) -> Organ:
    """Whose turn it is, or was, at a step; a debt is owed by who took the lane."""
    if kind == "debt":
        return dossier.organ
    clearer = dossier.clearers.select_related("organ").filter(step=step).first()
    return clearer.organ if clearer else dossier.organ
