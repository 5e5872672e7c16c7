"""What runs beside a case or after it: side tracks, and the case that follows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse

from timbang.accounts.access import OfficerRequest
from timbang.cases import actions, course, reading
from timbang.cases.actions import Taking, following
from timbang.cases.actions import transition as moving_on
from timbang.cases.forms.steps import FollowForm, StepForm, TrackForm, TransitionForm
from timbang.cases.models import CaseLink, Track
from timbang.cases.permission import CASE_READERS, CASEWORK, TRIAGE, case_for
from timbang.cases.views.desk import desk_of, desk_page, done_or_said, now, show, to_case
from timbang.law import procedure as law
from timbang.law.refusal import Refusal


@desk_page(*CASEWORK)
def open_track(request: OfficerRequest, case_id: UUID, code: str) -> HttpResponse:
    """Open a side track where the case stands."""
    case = case_for(request.officer, case_id)
    track = next((one for one in course.procedure_of(case).tracks if one.code == code), None)
    if track is None:
        raise Http404
    desk, form = desk_of(request), TrackForm(request.POST or None, case=case)
    context: dict[str, Any] = {"case": case, "form": form, "track": track}

    def act() -> HttpResponse:
        actions.open_track(case, code, seen=form.seen, by=desk, at=now())
        return to_case(case, "track")

    return done_or_said(request, form, act, "track_new", context, case=case)


@desk_page(*CASE_READERS)
def track_step(
    request: OfficerRequest, case_id: UUID, track_id: UUID, outcome: str
) -> HttpResponse:
    """Take a step of a side track."""
    case = case_for(request.officer, case_id)
    track = Track.objects.filter(case=case, pk=track_id).first()
    if track is None:
        raise Http404
    desk = desk_of(request)
    on = course.today(desk.organ, now())
    found = reading.options_of(case, desk, on=on, track=track)
    option = next((one for one in found if one.outcome.code == outcome), None)
    if option is None:
        raise Http404
    form = StepForm(
        request.POST or None,
        case=case,
        # What another organ did outside stands in the reason.
        needs_reason="reason_given" in option.declare or option.outcome.actor != desk.organ.kind,
        declare=[code for code in option.declare if code != "reason_given"],
        outside=option.outcome.actor != desk.organ.kind,
        receivers=[],
        documents=[],
        exhibits=[],
    )
    context: dict[str, Any] = {
        "case": case, "form": form, "option": option, "leads_away": False,
    }  # fmt: skip

    def act() -> HttpResponse:
        told = form.cleaned_data
        taking = Taking(
            outcome,
            reason=told["reason"],
            declared=frozenset(told.get("declared", ())),
            done_on=told.get("done_on"),
        )
        actions.take_track_step(track, taking, seen=form.seen, by=desk, at=now())
        return to_case(case, "step")

    return done_or_said(request, form, act, "step", context, case=case)


@desk_page(*CASEWORK)
def transition(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Move a case whose procedure has ended to the one that followed."""
    case = case_for(request.officer, case_id)
    desk = desk_of(request)
    try:
        found = moving_on.move_for(case, course.today(desk.organ, now()))
    except Refusal as refusal:
        return show(request, "transition_refused", {"case": case, "refusal": refusal})
    if found is None:
        raise Http404
    rule, move = found
    new = law.procedures()[move.to_procedure]
    form = TransitionForm(request.POST or None, case=case)
    context: dict[str, Any] = {
        "case": case,
        "form": form,
        "rule": rule,
        "move": move,
        "here": course.title_of(case, case.step),
        "there": new.step(move.to).title,
    }

    def act() -> HttpResponse:
        reason = form.cleaned_data["reason"]
        actions.move_by_transition(case, rule.id, reason=reason, seen=form.seen, by=desk, at=now())
        return to_case(case, "moved")

    return done_or_said(request, form, act, "transition", context, case=case)


@desk_page(*TRIAGE)
def follow(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Open the case that follows this one: an objection, an appeal, another procedure."""
    case = case_for(request.officer, case_id)
    desk = desk_of(request)
    on = course.today(desk.organ, now())
    remedies = following.remedies_of(case)
    form = FollowForm(
        request.POST or None,
        case=case,
        # Any organ's step: what is not this office's own is handed over.
        remedies=[(remedy, rules, rules.starts) for remedy, rules in remedies],
        others=course.ways(course.starting_with(desk.organ.kind, on), desk.organ.kind),
        other=CaseLink.OTHER,
    )
    known = {remedy.code for remedy, _rules in remedies}
    elsewhere = [
        remedy for remedy in course.procedure_of(case).remedies if remedy.code not in known
    ]
    context: dict[str, Any] = {"case": case, "form": form, "elsewhere": elsewhere}

    def act() -> HttpResponse:
        why, _colon, start = form.cleaned_data["why"].partition(":")
        procedure_id, _colon, other_start = form.cleaned_data["procedure"].partition(":")
        made = actions.follow_case(
            case,
            why=why,
            procedure_id=procedure_id,
            start=other_start if why == CaseLink.OTHER else start,
            reason=form.cleaned_data["reason"],
            by=desk,
            at=now(),
            case_id=form.cleaned_data["once"],
        )
        return to_case(made, "opened")

    return done_or_said(request, form, act, "case_follow", context, case=case)
