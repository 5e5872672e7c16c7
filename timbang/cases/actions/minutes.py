"""Minutes of hearings: each version sealed, closed by a signature or a noted refusal; proofs that a
summons arrived; and the statement that changed facts are the same in substance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.cases import hearings, minutes, vault
from timbang.cases.actions import writing
from timbang.cases.actions.journal import (
    Line,
    Overtaken,
    Seen,
    check_may,
    check_version,
    done_before,
    locked,
    write_line,
)
from timbang.cases.course import today
from timbang.cases.minutes import Ending, Record
from timbang.cases.models import (
    Act,
    Case,
    CaseStep,
    Document,
    DocumentKind,
    Hearing,
    Minutes,
    Summons,
)
from timbang.cases.permission import CASEWORK
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal

WITNESSES = 2


@transaction.atomic
def write_minutes(
    hearing: Hearing, record: Record, *, base: int, seen: Seen, by: Desk, at: datetime
) -> Minutes:
    """Save a new version of the minutes; `base` is the number that the form showed."""
    case = locked(hearing.case)
    if (earlier := done_before(case, seen)) is not None:
        return Minutes.objects.get(document__journal=earlier)
    check_may(case, by, *CASEWORK)
    last = _last(hearing)
    _check_open(last)
    if (last.number if last else 0) != base:
        newer = CaseStep.objects.filter(case=case, documents__minutes__hearing=hearing)
        raise Overtaken(list(newer.filter(documents__minutes__number__gt=base)))
    return _keep(case, hearing, replace(record, ending=None), "", None, seen, by, at)


@transaction.atomic
def close_minutes(
    hearing: Hearing, ending: Ending, *, seen: Seen, by: Desk, at: datetime
) -> Minutes:
    """Close the minutes: signed, or with the refusal noted before two witnesses. A refusal does not
    stop the procedure (PP 94/2021 ps 32)."""
    case = locked(hearing.case)
    if (earlier := done_before(case, seen)) is not None:
        return Minutes.objects.get(document__journal=earlier)
    check_version(case, seen)
    check_may(case, by, *CASEWORK)
    last = _last(hearing)
    _check_open(last)
    if last is None:
        raise Refusal(_("There are no minutes yet."))
    record = Record.from_json(vault.open_document(last.document, by) or {})
    on = _check_ending(hearing, record, ending, today(by.organ, at))
    closed = replace(record, ending=ending)
    return _keep(case, hearing, closed, ending.closed_as, on, seen, by, at)


def _last(hearing: Hearing) -> Minutes | None:
    return Minutes.objects.select_related("document").filter(hearing=hearing).last()


def _check_open(last: Minutes | None) -> None:
    if last is not None and last.closed_as:
        raise Refusal(_("These minutes are closed: what comes later belongs to another hearing."))


def _check_ending(hearing: Hearing, record: Record, ending: Ending, on: date) -> date:
    if minutes.missing(record):
        raise Refusal(_("The minutes do not say everything yet: complete them first."))
    if ending.closed_as not in Minutes.Closed.values:
        raise Refusal(_("Minutes are signed, or the refusal to sign is noted."))
    refused = ending.closed_as == Minutes.Closed.REFUSED
    if refused and len(ending.witnesses) < WITNESSES:
        raise Refusal(
            _("Note a refusal to sign with two witnesses; this is this system's rule."),
            minutes.REFUSING,
        )
    day = date.fromisoformat(ending.on)
    if not hearing.held_on <= day <= on:
        raise Refusal(_("The day must lie between the hearing and today."))
    return day


def _keep(
    case: Case,
    hearing: Hearing,
    record: Record,
    closed_as: str,
    closed_on: date | None,
    seen: Seen,
    by: Desk,
    at: datetime,
) -> Minutes:
    on = today(by.organ, at)
    line = Line(Act.MINUTES, closed_on or on, step=case.step, outcome=closed_as)
    journal = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    body = record.as_json() | {"held_on": hearing.held_on.isoformat()}
    document: Document = writing.store(case, DocumentKind.MINUTES, body, journal=journal, by=by)
    return Minutes.objects.create(
        case=case,
        hearing=hearing,
        document=document,
        number=hearing.minutes.count() + 1,
        closed_as=closed_as,
        closed_on=closed_on,
    )


@transaction.atomic
def state_unchanged(case: Case, reason: str, *, seen: Seen, by: Desk, at: datetime) -> CaseStep:
    """State that the facts, though changed after a hearing, are the same in substance, and why."""
    case = locked(case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    check_may(case, by, *CASEWORK)
    if not reason.strip():
        raise Refusal(_("Write down what was changed, and why it changes nothing in substance."))
    if not hearings.facts_moved(case):
        raise Refusal(_("The facts were not changed since."))
    line = Line(Act.UNCHANGED, today(by.organ, at), step=case.step)
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    writing.store(case, DocumentKind.NOTE, {"text": reason.strip()}, journal=written, by=by)
    return written


@transaction.atomic
def prove_summons(
    summons: Summons, *, delivered_on: date, proof: str, seen: Seen, by: Desk, at: datetime
) -> CaseStep:
    """Record how it is known that a summons arrived, and when."""
    case = locked(summons.case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    check_may(case, by, *CASEWORK)
    row = Summons.objects.select_for_update().get(pk=summons.pk)
    if row.delivered_on is not None:
        raise Refusal(_("The delivery is proven already; its day does not change."))
    if not proof.strip():
        raise Refusal(_("Write down the proof: a receipt number, a stamp, who signed for it."))
    if not row.sent_on <= delivered_on <= today(by.organ, at):
        raise Refusal(_("The day must lie between the sending of the summons and today."))
    row.delivered_on = delivered_on
    row.sealed_proof = vault.close_proof(vault.case_key(case, by), row, proof.strip())
    row.save()
    line = Line(Act.SUMMONS, delivered_on, step=case.step, outcome=f"{row.ordinal}_delivered")
    return write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
