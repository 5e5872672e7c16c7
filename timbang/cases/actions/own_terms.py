"""The shorter terms that an organ sets for itself: never longer than the law's, and no law.

A term that is opened later takes the length that was in force on its day; one that runs already
keeps what it had.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Officer
from timbang.cases.course import today
from timbang.cases.models import OwnTerm
from timbang.cases.permission import may
from timbang.law import procedure as law
from timbang.law.refusal import Refusal
from timbang.law.terms import KnownUnit, Own, check_own
from timbang.ledger.actions import record
from timbang.ledger.models import Entry

SETTERS = ("decision_maker", "administrator")


@dataclass(frozen=True)
class OwnLength:
    """An own term as an officer asks for it."""

    procedure: str
    step: str
    length: int
    unit: KnownUnit
    reason: str


@transaction.atomic
def set_own_term(wanted: OwnLength, *, by: Officer, at: datetime) -> OwnTerm:
    """Set a shorter term for one step of the officer's own organ, from today on."""
    on = _check_setter(by, at)
    rule = _rule(wanted, by)
    check_own(rule, Own(wanted.length, wanted.unit))
    if not wanted.reason.strip():
        raise Refusal(_("Write down why your office works with a shorter term."))
    before = OwnTerm.objects.select_for_update().filter(
        organ=by.organ, procedure=wanted.procedure, step=wanted.step, ended_on=None
    )
    for row in before:
        _end(row, on)
    return OwnTerm.objects.create(
        organ=by.organ,
        procedure=wanted.procedure,
        step=wanted.step,
        length=wanted.length,
        unit=wanted.unit,
        since_on=on,
        reason=wanted.reason.strip(),
        set_by=by,
        entry=_entry("set", wanted, by, on),
    )


@transaction.atomic
def end_own_term(row: OwnTerm, *, by: Officer, at: datetime) -> None:
    """Work with the law's term again, for what is opened from today on."""
    on = _check_setter(by, at)
    row = OwnTerm.objects.select_for_update().get(pk=row.pk, organ=by.organ)
    if row.ended_on is not None:
        return
    _end(row, on)
    wanted = OwnLength(row.procedure, row.step, row.length, cast(KnownUnit, row.unit), row.reason)
    _entry("ended", wanted, by, on)


def rules_for(organ_kind: str) -> list[tuple[law.Procedure, law.Step, law.Term]]:
    """The steps for which this kind of organ may set a term of its own: it acts, and law says
    within which time."""
    return [
        (procedure, step, step.term)
        for procedure in law.of_cases().values()
        for step in procedure.steps
        if step.actor == organ_kind and step.term is not None
    ]


def _check_setter(by: Officer, at: datetime) -> date:
    if not may(by, *SETTERS):
        raise Refusal(_("None of your roles may do this."))
    return today(by.organ, at)


def _rule(wanted: OwnLength, by: Officer) -> law.Term:
    for procedure, step, term in rules_for(by.organ.kind):
        if (procedure.id, step.code) == (wanted.procedure, wanted.step):
            return term
    raise Refusal(_("Your office has no term at this step."))


def _end(row: OwnTerm, on: date) -> None:
    row.ended_on = max(on, row.since_on)
    row.save()


def _entry(what: str, wanted: OwnLength, by: Officer, on: date) -> Entry:
    body: dict[str, str | int | bool | None] = {
        "organ": str(by.organ_id),
        "procedure": wanted.procedure,
        "step": wanted.step,
        "length": wanted.length,
        "unit": wanted.unit,
        "by": str(by.id),
    }
    return record(act=f"own_term.{what}", body=body, lane="now", on=on)
