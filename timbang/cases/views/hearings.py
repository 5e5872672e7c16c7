"""Pages of due process: minutes of a hearing, proofs of summonses, the plenary and its votes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from timbang.accounts.access import OfficerRequest
from timbang.accounts.models import Officer
from timbang.cases import actions, course, hearings, plenaries, vault
from timbang.cases.forms.hearings import (
    CallForm,
    CloseForm,
    EndingForm,
    MinutesForm,
    ProofForm,
    UnchangedForm,
    VoteForm,
)
from timbang.cases.minutes import MANNERS, Record
from timbang.cases.models import Case, Hearing, Plenary, Summons
from timbang.cases.permission import CASE_READERS, CASEWORK, accused_for, case_for, may
from timbang.cases.tally import RULE
from timbang.cases.views.desk import desk_of, desk_page, done_or_said, now, show, to_case
from timbang.law.recusal import RELATIONS


@desk_page(*CASE_READERS)
def minutes(request: OfficerRequest, case_id: UUID, hearing_id: int) -> HttpResponse:
    """The minutes of a hearing: every version to read, and a form for the next one."""
    case = case_for(request.officer, case_id)
    row, desk = _hearing(case, hearing_id), desk_of(request)
    found = hearings.opened(row, desk, moved=hearings.facts_moved(case))
    newest = found.newest
    record = newest.record if newest and newest.record else Record()
    base = newest.row.number if newest else 0
    form = MinutesForm(request.POST or None, case=case, record=record, base=base)
    context: dict[str, Any] = {
        "case": case,
        "hearing": found,
        "person": vault.open_person(vault.case_key(case, desk), row.accused),
        "form": form,
        "versions": [(one, _manner(one.record)) for one in reversed(found.versions)],
        "writes": not found.closed and _acts(request.officer, case),
    }

    def act() -> HttpResponse:
        actions.write_minutes(
            row,
            form.record(),
            base=form.cleaned_data["base"],
            seen=form.seen,
            by=desk,
            at=now(),
        )
        return redirect(f"{reverse('cases:minutes', args=[case.pk, row.pk])}?done=minutes")

    return done_or_said(request, form, act, "minutes", context)


def _hearing(case: Case, hearing_id: int) -> Hearing:
    rows = Hearing.objects.select_related("accused", "case", "journal")
    found = rows.filter(case=case, pk=hearing_id).first()
    if found is None:
        raise Http404
    return found


def _acts(officer: Officer, case: Case) -> bool:
    here = case.keeper_id == officer.organ_id and case.ended_on is None
    return here and may(officer, *CASEWORK)


def _manner(record: Record | None) -> object:
    return MANNERS.get(record.manner) if record else None


@desk_page(*CASEWORK)
def close_minutes(request: OfficerRequest, case_id: UUID, hearing_id: int) -> HttpResponse:
    """Close the minutes: signed, or the refusal noted before witnesses."""
    case = case_for(request.officer, case_id)
    row, desk = _hearing(case, hearing_id), desk_of(request)
    found = hearings.opened(row, desk, moved=hearings.facts_moved(case))
    form = EndingForm(request.POST or None, case=case)
    context = _context(case, form, "close") | {"missing": found.missing, "held": row.held_on}

    def act() -> HttpResponse:
        actions.close_minutes(row, form.ending(), seen=form.seen, by=desk, at=now())
        return to_case(case, "minutes_closed")

    return done_or_said(request, form, act, "hearing_act", context, case=case)


def _context(case: Case, form: Any, what: str) -> dict[str, Any]:
    return {"case": case, "form": form, "what": what}


@desk_page(*CASEWORK)
def unchanged(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """State that facts changed after a hearing are the same in substance."""
    case = case_for(request.officer, case_id)
    desk = desk_of(request)
    form = UnchangedForm(request.POST or None, case=case)

    def act() -> HttpResponse:
        reason = form.cleaned_data["reason"]
        actions.state_unchanged(case, reason, seen=form.seen, by=desk, at=now())
        return to_case(case, "unchanged")

    context = _context(case, form, "unchanged")
    return done_or_said(request, form, act, "hearing_act", context, case=case)


@desk_page(*CASEWORK)
def proof(request: OfficerRequest, case_id: UUID, accused_id: UUID, ordinal: int) -> HttpResponse:
    """Record how it is known that a summons arrived."""
    accused = accused_for(request.officer, case_id, accused_id)
    row = Summons.objects.filter(accused=accused, ordinal=ordinal).select_related("case").first()
    if row is None:
        raise Http404
    case, desk = row.case, desk_of(request)
    form = ProofForm(request.POST or None, case=case)

    def act() -> HttpResponse:
        told = form.cleaned_data
        actions.prove_summons(
            row,
            delivered_on=told["delivered_on"],
            proof=told["proof"],
            seen=form.seen,
            by=desk,
            at=now(),
        )
        return to_case(case, "delivery")

    context = _context(case, form, "proof") | {"ordinal": ordinal}
    return done_or_said(request, form, act, "hearing_act", context, case=case)


# The plenary


@desk_page(*plenaries.CALLERS)
def call(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Call the plenary on one proposal."""
    case = case_for(request.officer, case_id)
    desk = desk_of(request)
    form = CallForm(
        request.POST or None,
        case=case,
        proposals=plenaries.proposals(case, desk.organ),
        officers=plenaries.members_of(desk.organ),
        initial={"meets_on": course.today(desk.organ, now())},
    )
    context = _context(case, form, "call") | {"rule": RULE}

    def act() -> HttpResponse:
        row = actions.call_plenary(
            case,
            form.cleaned_data["proposal"],
            members=form.chosen,
            meets_on=form.cleaned_data["meets_on"],
            seen=form.seen,
            by=desk,
            at=now(),
        )
        return _to_plenary(row, "called")

    return done_or_said(request, form, act, "hearing_act", context, case=case)


def _to_plenary(row: Plenary, done: str) -> HttpResponse:
    return redirect(f"{reverse('cases:plenary', args=[row.case_id, row.pk])}?done={done}")


def _plenary(officer: Officer, case_id: UUID, plenary_id: UUID) -> Plenary:
    """A plenary of the officer's own organ; another organ's is none of his business."""
    case = case_for(officer, case_id)
    rows = Plenary.objects.filter(case=case, organ=officer.organ)
    found = rows.select_related("case__procedure", "case__holder", "case__keeper")
    row = found.filter(pk=plenary_id).first()
    if row is None:
        raise Http404
    return row


@desk_page(*CASE_READERS, methods=("GET", "HEAD"))
def plenary(request: OfficerRequest, case_id: UUID, plenary_id: UUID) -> HttpResponse:
    """One plenary: its members, and once it is closed their votes and reasons."""
    row = _plenary(request.officer, case_id, plenary_id)
    found = plenaries.view_of(row, desk_of(request))
    mine = found.mine
    context = {
        "case": row.case,
        "plenary": found,
        "seats": [(seat, _relation(seat.row.recused)) for seat in found.seats],
        "rule": RULE,
        "votes": mine is not None and not (mine.choice or mine.recused or row.closed_on),
        "closes": row.closed_on is None and may(request.officer, *plenaries.CALLERS),
    }
    return show(request, "plenary", context)


def _relation(code: str) -> object:
    return RELATIONS[code].title if code in RELATIONS else None


@desk_page(plenaries.ROLE)
def vote(request: OfficerRequest, case_id: UUID, plenary_id: UUID) -> HttpResponse:
    """Cast one's own vote."""
    row = _plenary(request.officer, case_id, plenary_id)
    desk = desk_of(request)
    form = VoteForm(request.POST or None, case=row.case)
    context = _context(row.case, form, "vote") | {"proposal": plenaries.title_of(row.case, row)}

    def act() -> HttpResponse:
        told = form.cleaned_data
        actions.cast_vote(
            row, told["choice"], reasons=told["reasons"], seen=form.seen, by=desk, at=now()
        )
        return _to_plenary(row, "voted")

    return done_or_said(request, form, act, "hearing_act", context, case=row.case)


@desk_page(*plenaries.CALLERS)
def close(request: OfficerRequest, case_id: UUID, plenary_id: UUID) -> HttpResponse:
    """Close the plenary and count."""
    row = _plenary(request.officer, case_id, plenary_id)
    desk = desk_of(request)
    form = CloseForm(request.POST or None, case=row.case)
    context = _context(row.case, form, "count") | {"rule": RULE}

    def act() -> HttpResponse:
        actions.close_plenary(row, seen=form.seen, by=desk, at=now())
        return _to_plenary(row, "resolved")

    return done_or_said(request, form, act, "hearing_act", context, case=row.case)
