"""Pages of what follows a decision: to be carried out, measures, offices that did not act."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse

from timbang.accounts.access import OfficerRequest
from timbang.cases import aftermath, course, errands, idleness, vault
from timbang.cases.actions import Desk, carrying_out, listing, measures
from timbang.cases.forms import aftermath as forms
from timbang.cases.models import Case, Errand, IdleTie, Measure
from timbang.cases.permission import CARRIERS, CASE_READERS, CASEWORK, case_for, may
from timbang.cases.views.desk import desk_of, desk_page, done_or_said, now, show, to_case


def part(case: Case, desk: Desk) -> dict[str, Any]:
    """What the case page shows of what follows a decision."""
    on = course.today(desk.organ, now())
    ours = case.keeper_id == desk.organ.pk
    key = vault.case_key(case, desk)
    decides = ours and may(desk.officer, *measures.DECIDERS)
    names = aftermath.kinds()
    return {
        "errands": [
            (view, forms.TASKS[view.row.task], vault.open_person(key, view.row.decision.accused))
            for view in errands.of_case(case, key, on)
        ],
        "may_carry": may(desk.officer, *CARRIERS)
        and (ours or case.errands.filter(organ=desk.organ).exists()),
        "stages": aftermath.stages(case),
        "measures": [
            (row, names.get(row.kind, row.kind), aftermath.GROUNDS.get(row.ground, ""))
            for row in Measure.objects.filter(case=case).select_related("against")
        ],
        "may_measure": decides
        and desk.organ.kind in measures.WHO_MEASURES
        and aftermath.found_idle(case),
        "may_lift": decides,
        "idle": idleness.of_case(case),
        "may_tell_late": ours and case.ended_on is not None and may(desk.officer, *CASEWORK),
        "standing": IdleTie.objects.filter(case=case, ended_line=None),
    }


@desk_page(*CASE_READERS, methods=("GET", "HEAD"))
def to_do(request: OfficerRequest) -> HttpResponse:
    """What this office must still carry out, and the offices that have not acted. No names."""
    officer = request.officer
    on = course.today(officer.organ, now())
    found, more = errands.to_do(officer, on)
    context = {
        "errands": [(view, forms.TASKS[view.row.task]) for view in found],
        "more": more,
        "idle": idleness.of_officer(officer),
        "may_carry": may(officer, *CARRIERS),
    }
    return show(request, "to_do", context)


def _page(
    request: OfficerRequest, case: Case, form: Any, what: str, act: Any, **more: Any
) -> HttpResponse:
    context: dict[str, Any] = {"case": case, "form": form, "what": what, **more}
    return done_or_said(request, form, act, "after_act", context, case=case)


@desk_page(*CARRIERS)
def done(request: OfficerRequest, case_id: UUID, errand_id: UUID) -> HttpResponse:
    """Record with proof that a task was done."""
    case, desk = case_for(request.officer, case_id), desk_of(request)
    row = Errand.objects.filter(pk=errand_id, case=case).select_related("decision__accused").first()
    if row is None or row.task == Errand.Task.DELIVER:
        raise Http404
    row.case = case
    form = forms.DoneForm(request.POST or None, case=case)

    def act() -> HttpResponse:
        told = form.cleaned_data
        carrying_out.carry_out(
            row, done_on=told["done_on"], proof=told["proof"], seen=form.seen, by=desk, at=now()
        )
        return to_case(case, "carried_out")

    view = errands.view(row, course.today(desk.organ, now()))
    person = vault.open_person(vault.case_key(case, desk), row.decision.accused)
    return _page(
        request, case, form, "done", act, view=view, task=forms.TASKS[row.task], person=person
    )


@desk_page(*measures.DECIDERS)
def measure(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Record a measure against an office that did not act."""
    case, desk = case_for(request.officer, case_id), desk_of(request)
    form = forms.MeasureForm(request.POST or None, case=case)

    def act() -> HttpResponse:
        measures.take_measure(case, form.taken(), seen=form.seen, by=desk, at=now())
        return to_case(case, "measure")

    return _page(request, case, form, "measure", act)


@desk_page(*measures.DECIDERS)
def lift(request: OfficerRequest, case_id: UUID, measure_id: UUID) -> HttpResponse:
    """Record that a measure ended."""
    case, desk = case_for(request.officer, case_id), desk_of(request)
    row = Measure.objects.filter(pk=measure_id, case=case).first()
    if row is None:
        raise Http404
    row.case = case
    form = forms.LiftForm(request.POST or None, case=case)

    def act() -> HttpResponse:
        told = form.cleaned_data
        measures.lift_measure(
            row, Measure.Lifted(told["because"]), lifted_on=told["lifted_on"],
            words=told["words"], seen=form.seen, by=desk, at=now(),
        )  # fmt: skip
        return to_case(case, "lifted_measure")

    return _page(request, case, form, "lift", act, open_point=aftermath.NO_RELEASE)


@desk_page(*CASEWORK)
def late_act(request: OfficerRequest, case_id: UUID, tie_id: int) -> HttpResponse:
    """Record that a listed office acted after all."""
    case, desk = case_for(request.officer, case_id), desk_of(request)
    row = IdleTie.objects.filter(pk=tie_id, case=case).first()
    if row is None:
        raise Http404
    row.case = case
    form = forms.LateActForm(request.POST or None, case=case)

    def act() -> HttpResponse:
        told = form.cleaned_data
        listing.record_late_act(
            row, done_on=told["done_on"], words=told["words"], seen=form.seen, by=desk, at=now()
        )
        return to_case(case, "acted_late")

    return _page(request, case, form, "late", act)
