"""Who works on a case, who may not, what an officer declares of himself, and who looked up whom."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from timbang.accounts.access import OfficerRequest
from timbang.accounts.models import Officer
from timbang.cases import acting, course
from timbang.cases.actions import assigning, recusing
from timbang.cases.forms.acting import (
    AssignForm,
    DeclareForm,
    InterestsForm,
    LiftForm,
    OrganConflictForm,
)
from timbang.cases.forms.fields import ActForm
from timbang.cases.models import Case, Conflict, Part
from timbang.cases.permission import CASE_READERS, READERS, case_for
from timbang.cases.vault import Desk
from timbang.cases.views.desk import (
    attempt,
    desk_of,
    desk_page,
    done_or_said,
    now,
    show,
    to_case,
)
from timbang.law.refusal import Refusal

FLAGS_GO_TO = ("bkn", "home_ministry")


@desk_page(*READERS)
def assign(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Give a case to officers of the office, or take it back."""
    case, desk = case_for(request.officer, case_id), desk_of(request)
    on = course.today(desk.organ, now())
    part = acting.part_of(case, desk, on)
    if not (part["may_assign"] or part["given"]):
        raise Http404
    found = acting.candidates(case, desk, on)
    free = [each for each in found if each.barred is None and not each.asks]
    officers = [(str(each.officer.pk), each.officer.name) for each in free]
    ending = request.POST.get("end")
    form = AssignForm(request.POST or None, case=case, officers=officers)
    context: dict[str, Any] = {"case": case, "form": form, "found": found, **part}
    if ending is not None:
        return _taken_back(request, case, ending, desk, context)

    def act() -> HttpResponse:
        officer = Officer.objects.get(pk=form.cleaned_data["officer"])
        chosen = Part(form.cleaned_data["part"])
        assigning.assign(case, officer, part=chosen, seen=form.seen, by=desk, at=now())
        return to_case(case, "assigned")

    return done_or_said(request, form, act, "assign", context, case=case)


def _taken_back(
    request: OfficerRequest, case: Case, officer_id: str, desk: Desk, context: dict[str, Any]
) -> HttpResponse:
    given = {str(each.row.officer_id): each.row.officer for each in context["given"]}
    if officer_id not in given:
        raise Http404
    form = ActForm(request.POST, case=case)
    if not form.is_valid():
        raise Http404

    def act() -> HttpResponse:
        assigning.take_back(case, given[officer_id], seen=form.seen, by=desk, at=now())
        return to_case(case, "taken_back")

    answer, refused = attempt(form, act, case=case)
    return answer or show(request, "assign", context | refused)


@desk_page(*CASE_READERS)
def declare(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Say of oneself in one case whether anything ties one to somebody in it."""
    case, desk = case_for(request.officer, case_id), desk_of(request)
    form = DeclareForm(request.POST or None, case=case)

    def act() -> HttpResponse:
        recusing.declare_in_case(case, form.relation, seen=form.seen, by=desk, at=now())
        return off_it() if form.relation else to_case(case, "declared")

    return done_or_said(request, form, act, "declare", {"case": case, "form": form}, case=case)


def off_it() -> HttpResponse:
    """To the list of cases, for whoever has just been taken off one."""
    return redirect(f"{reverse('cases:cases')}?done=recused")


@desk_page(*READERS)
def conflicts_page(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """The conflicts of officers in a case, and that of the whole office."""
    case, desk = case_for(request.officer, case_id), desk_of(request)
    form = OrganConflictForm(request.POST or None, case=case)
    context: dict[str, Any] = {
        "case": case,
        "form": form,
        "found": acting.conflicts_of(case, desk),
        "organ_conflict": acting.organ_conflict(case, desk.organ),
        "open": case.ended_on is None,
    }

    def act() -> HttpResponse:
        told = form.cleaned_data
        recusing.recuse_organ(
            case,
            head=told["head"] or None,
            reported_post=told["reported_post"],
            seen=form.seen,
            by=desk,
            at=now(),
        )
        return to_case(case, "organ_recused")

    return done_or_said(request, form, act, "conflicts", context, case=case)


@desk_page("decision_maker")
def lift(request: OfficerRequest, case_id: UUID, conflict_id: UUID) -> HttpResponse:
    """Write down that a match of names was somebody else."""
    case, desk = case_for(request.officer, case_id), desk_of(request)
    rows = Conflict.objects.select_related("officer", "case")
    row = get_object_or_404(rows, pk=conflict_id, case=case, officer__organ=desk.organ)
    form = LiftForm(request.POST or None, case=case)
    view = next(each for each in acting.conflicts_of(case, desk) if each.row.pk == row.pk)

    def act() -> HttpResponse:
        reason = form.cleaned_data["reason"]
        recusing.lift_conflict(row, reason=reason, seen=form.seen, by=desk, at=now())
        return to_case(case, "lifted")

    context = {"case": case, "form": form, "view": view}
    return done_or_said(request, form, act, "conflict_lift", context, case=case)


@desk_page(*CASE_READERS)
def interests(request: OfficerRequest) -> HttpResponse:
    """An officer's own ties: declared, added to, withdrawn by a new version."""
    desk = desk_of(request)
    rows, listed = acting.declared_of(desk.officer, desk)
    base = rows[0].version if rows else 0
    form = InterestsForm(request.POST or None, listed=listed, base=base)
    context: dict[str, Any] = {"form": form, "rows": rows}
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["base"]
        try:
            recusing.declare_interests(form.listed(), base=seen, by=desk, at=now())
        except Refusal as refusal:
            context["refusal"] = refusal
        else:
            return redirect(f"{reverse('cases:interests')}?done=interests")
    return show(request, "interests", context)


@desk_page("auditor", "decision_maker", methods=("GET", "HEAD"))
def look_ups(request: OfficerRequest) -> HttpResponse:
    """Who looked a person up, on which day, for which number; never the words."""
    rows, after = acting.look_ups(request.officer, request.GET.get("after", ""))
    return show(request, "look_ups", {"rows": rows, "more": after})


@desk_page(*CASE_READERS, methods=("GET", "HEAD"))
def flags(request: OfficerRequest) -> HttpResponse:
    """Cases in which an office is conflicted and no norm names who acts instead."""
    if request.officer.organ.kind not in FLAGS_GO_TO:
        raise Http404
    return show(request, "flags", {"rows": acting.flagged()})
