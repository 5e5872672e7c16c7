"""What offices do with each other: take on and send back, ask in, pass on, and who has what."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from timbang.accounts.access import OfficerRequest
from timbang.accounts.models import Organ
from timbang.cases import actions, besides, course, offices
from timbang.cases.actions import rerouting, teaming
from timbang.cases.forms.fields import ActForm
from timbang.cases.forms.organs import LeaveForm, RerouteForm, ReturnForm, TeamForm
from timbang.cases.models import Case, Reroute
from timbang.cases.permission import READERS, TRIAGE, case_for
from timbang.cases.vault import Desk
from timbang.cases.views import steps
from timbang.cases.views.desk import (
    DONE,
    attempt,
    desk_of,
    desk_page,
    done_or_said,
    now,
    show,
    to_case,
)

DECIDES = "decision_maker"
# One page load passes on this many batches; the page is then sent again for the rest.
BATCHES = 20
DONE |= {
    "accepted": _("Your office has taken the case on."),
    "returned": _("The case is back with the office that gave it."),
    "team": _("The office is asked in and can read what you chose."),
    "team_left": _("The office no longer has to do with this case."),
    "rerouted": _("It is passed on. Your office holds nothing of it any more."),
}


@desk_page(methods=("GET", "HEAD"))
def hand_overs(request: OfficerRequest) -> HttpResponse:
    """What waits to be taken on, here and elsewhere, and how long each office has our cases."""
    organ = request.officer.organ
    on = course.today(organ, now())
    context = {
        "on": on,
        "incoming": offices.to_take_on(organ),
        "outgoing": offices.not_taken_on(organ),
        "totals": offices.totals(organ, on=on),
    }
    return show(request, "hand_overs", context)


@desk_page(*READERS)
def accept(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Take on a case that was given to this office."""
    case, desk = case_for(request.officer, case_id), desk_of(request)
    form = ActForm(request.POST or None, case=case)

    def act() -> HttpResponse:
        actions.accept_case(case, seen=form.seen, by=desk, at=now())
        return to_case(case, "accepted")

    context: dict[str, Any] = {"case": case, "form": form} | _around(case, desk)
    return done_or_said(request, form, act, "accept", context, case=case)


@desk_page(*TRIAGE)
def send_back(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Send it back with reasons."""
    case, desk = case_for(request.officer, case_id), desk_of(request)
    form = ReturnForm(request.POST or None, case=case)

    def act() -> HttpResponse:
        reason = form.cleaned_data["reason"]
        actions.return_case(case, reason, seen=form.seen, by=desk, at=now())
        if besides.holds(case, desk.organ):
            return to_case(case, "returned")
        return redirect(f"{reverse('cases:hand-overs')}?done=returned")

    context: dict[str, Any] = {"case": case, "form": form} | _around(case, desk)
    return done_or_said(request, form, act, "send_back", context, case=case)


@desk_page(DECIDES)
def team(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Ask another office in, or give one that was asked in more to read."""
    case, desk = case_for(request.officer, case_id), desk_of(request)
    form = TeamForm(
        request.POST or None,
        case=case,
        offices=teaming.candidates(case),
        documents=steps.documents_to_give(case, desk),
        exhibits=steps.exhibits_to_give(case, desk),
    )

    def act() -> HttpResponse:
        actions.ask_in(case, form.given(), seen=form.seen, by=desk, at=now())
        return to_case(case, "team")

    context: dict[str, Any] = {"case": case, "form": form} | _around(case, desk)
    return done_or_said(request, form, act, "team", context, case=case)


@desk_page(*TRIAGE)
def leave_team(request: OfficerRequest, case_id: UUID, organ_id: UUID) -> HttpResponse:
    """Let an office go that was asked in, or leave."""
    case, desk = case_for(request.officer, case_id), desk_of(request)
    organ = Organ.objects.filter(pk=organ_id).first()
    if organ is None:
        raise Http404
    form = LeaveForm(request.POST or None, case=case)

    def act() -> HttpResponse:
        actions.leave_team(case, organ, seen=form.seen, by=desk, at=now())
        if not besides.holds(case, desk.organ):
            return redirect(f"{reverse('cases:hand-overs')}?done=team_left")
        return to_case(case, "team_left")

    context: dict[str, Any] = {"case": case, "form": form, "organ": organ}
    return done_or_said(request, form, act, "team_leave", context, case=case)


@desk_page(DECIDES)
def reroute_case(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Pass on a case that this office may not decide."""
    case, desk = case_for(request.officer, case_id), desk_of(request)
    on = course.today(desk.organ, now())
    form = RerouteForm(request.POST or None, case=case, offices=rerouting.heirs(desk.organ))
    context: dict[str, Any] = {
        "case": case,
        "form": form,
        "competent": offices.competent_for(case, desk, desk.organ.kind, on=on),
    }

    def act() -> HttpResponse:
        told = form.cleaned_data
        actions.reroute_case(
            case, told["office"], told["reason"], seen=form.seen, by=desk, at=now()
        )
        return redirect(f"{reverse('cases:hand-overs')}?done=rerouted")

    return done_or_said(request, form, act, "reroute_case", context, case=case)


@desk_page(DECIDES)
def reroute(request: OfficerRequest) -> HttpResponse:
    """Pass on everything of an office that was closed; sent again, it goes on where it stopped."""
    desk = desk_of(request)
    begun = Reroute.objects.filter(organ=desk.organ, finished_on=None).select_related("to").first()
    heirs = [begun.to] if begun else rerouting.heirs(desk.organ)
    form = RerouteForm(request.POST or None, offices=heirs)
    context: dict[str, Any] = {"form": form, "begun": begun, "organ": desk.organ}

    def act() -> HttpResponse:
        told = form.cleaned_data
        pass_on(told["office"], told["reason"], desk)
        return redirect(f"{reverse('cases:reroute')}?done=rerouted")

    if request.method == "POST" and form.is_valid():
        answer, refused = attempt(form, act)
        if answer is not None:
            return answer
        context |= refused
    if desk.organ.closed_on is not None:
        context["left"] = rerouting.left_of(desk.organ)
    return show(request, "reroute", context)


def pass_on(to: Organ, reason: str, desk: Desk) -> bool:
    """As many batches as one request may take; whether nothing is left."""
    row = actions.start_reroute(to, reason, by=desk, at=now())
    return any(actions.reroute_some(row, by=desk, at=now()) == 0 for _batch in range(BATCHES))


def _around(case: Case, desk: Desk) -> dict[str, Any]:
    return {"around": offices.around(case, desk, on=course.today(desk.organ, now()))}
