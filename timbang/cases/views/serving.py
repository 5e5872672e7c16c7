"""Pages of complaints about services: what waits, whom one touches, remedies, passing on."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse

from timbang.accounts.access import OfficerRequest
from timbang.accounts.models import Organ
from timbang.cases import course, services
from timbang.cases.actions import Desk, serving
from timbang.cases.forms import serving as forms
from timbang.cases.forms.deciding import KNOWN
from timbang.cases.models import Case, Remedy
from timbang.cases.permission import CASE_READERS, CASEWORK, READERS, case_for, may
from timbang.cases.views.desk import desk_of, desk_page, done_or_said, now, show, to_case
from timbang.law.service import REMEDIES


def part(case: Case, desk: Desk, *, on: date) -> dict[str, Any]:
    """What the case page shows of a complaint about a service; nothing for other cases."""
    if not services.is_service(case):
        return {}
    ours = case.keeper_id == desk.organ.pk
    served = services.newest(case, desk)
    running = ours and case.ended_on is None
    reads = may(desk.officer, *READERS)
    return {
        "served": services.served_view(served) if served else None,
        "served_known": KNOWN.get(served.how_known, "") if served else "",
        "told_worse": services.told_by_reporters(case, desk) if reads and running else (),
        "remedies": services.remedies_of(case, desk, on=on),
        "forwarded": [
            (row, forms.HOW[row.how], told) for row, told in services.forwardings_of(case, desk)
        ],
        "said": services.said_of(case, desk) if reads else [],
        "may_name": ours and reads,
        "may_offer": running and may(desk.officer, *CASEWORK),
        "may_answer": ours and reads,
        "may_carry_out": ours and may(desk.officer, *CASEWORK),
        "may_show": reads,
        "may_pass": running and reads,
    }


def _case(request: OfficerRequest, case_id: UUID) -> Case:
    """A complaint about a service that this officer may open."""
    case = case_for(request.officer, case_id)
    if not services.is_service(case):
        raise Http404
    return case


def _remedy(request: OfficerRequest, case_id: UUID, remedy_id: UUID) -> Remedy:
    case = _case(request, case_id)
    row = Remedy.objects.filter(pk=remedy_id, case=case).first()
    if row is None:
        raise Http404
    row.case = case
    return row


@desk_page(*CASE_READERS, methods=("GET", "HEAD"))
def overview(request: OfficerRequest) -> HttpResponse:
    """Complaints about services on which somebody should look."""
    desk = desk_of(request)
    found = services.waiting(request.officer, on=course.today(desk.organ, now()))
    context = {
        "waiting": found,
        "refused": [(row, REMEDIES[row.kind]) for row in found.refused],
        "overdue": [(row, REMEDIES[row.kind]) for row in found.overdue],
        "any_content": any(count for _name, count in found.content),
    }
    return show(request, "services", context)


@desk_page(*READERS)
def name(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Name which duty a complaint touches, whom it serves, how the person was treated."""
    case, desk = _case(request, case_id), desk_of(request)
    form = forms.ServiceForm(request.POST or None, case=case, served=services.newest(case, desk))
    context: dict[str, Any] = {
        "case": case,
        "form": form,
        "told_worse": services.told_by_reporters(case, desk),
    }

    def act() -> HttpResponse:
        serving.name_service(case, form.served(), seen=form.seen, by=desk, at=now())
        return to_case(case, "served")

    return done_or_said(request, form, act, "service", context, case=case)


@desk_page(*CASEWORK)
def offer(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Offer a remedy."""
    case, desk = _case(request, case_id), desk_of(request)
    form = forms.RemedyForm(request.POST or None, case=case)
    context: dict[str, Any] = {"case": case, "form": form, "what": "offer"}

    def act() -> HttpResponse:
        serving.offer_remedy(case, form.offered(), seen=form.seen, by=desk, at=now())
        return to_case(case, "remedy")

    return done_or_said(request, form, act, "serving", context, case=case)


@desk_page(*READERS)
def answer(request: OfficerRequest, case_id: UUID, remedy_id: UUID) -> HttpResponse:
    """Write down what was answered to a remedy at the counter or by letter."""
    row, desk = _remedy(request, case_id, remedy_id), desk_of(request)
    form = forms.RemedyAnswerForm(request.POST or None, case=row.case)

    def act() -> HttpResponse:
        serving.record_remedy_answer(
            row, form.said, answered_on=form.cleaned_data["answered_on"],
            words=form.cleaned_data["words"], seen=form.seen, by=desk, at=now(),
        )  # fmt: skip
        return to_case(row.case, "remedy_answer")

    return done_or_said(request, form, act, "serving", _about(row, form, "answer"), case=row.case)


@desk_page(*CASEWORK)
def carry_out(request: OfficerRequest, case_id: UUID, remedy_id: UUID) -> HttpResponse:
    """Record that a remedy was carried out."""
    row, desk = _remedy(request, case_id, remedy_id), desk_of(request)
    form = forms.CarryOutForm(request.POST or None, case=row.case)

    def act() -> HttpResponse:
        told = form.cleaned_data
        serving.carry_out(
            row, done_on=told["done_on"], proof=told["proof"], seen=form.seen, by=desk, at=now()
        )
        return to_case(row.case, "remedy_done")

    return done_or_said(request, form, act, "serving", _about(row, form, "done"), case=row.case)


@desk_page(*READERS)
def show_remedy(request: OfficerRequest, case_id: UUID, remedy_id: UUID) -> HttpResponse:
    """Let the reporters of one's own office read a remedy that another office offers."""
    row, desk = _remedy(request, case_id, remedy_id), desk_of(request)
    form = forms.ShowForm(request.POST or None, case=row.case)

    def act() -> HttpResponse:
        serving.show_remedy(row, by=desk, at=now())
        return to_case(row.case, "remedy_shown")

    return done_or_said(request, form, act, "serving", _about(row, form, "show"), case=row.case)


def _about(row: Remedy, form: Any, what: str) -> dict[str, Any]:
    return {"case": row.case, "form": form, "what": what, "kind": REMEDIES[row.kind]}


@desk_page(*READERS)
def pass_on(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Write down to which office a complaint is passed."""
    case, desk = _case(request, case_id), desk_of(request)
    offices = list(Organ.objects.open().exclude(pk=desk.organ.pk).order_by("inside", "name"))
    form = forms.PassForm(request.POST or None, case=case, offices=offices)
    context: dict[str, Any] = {"case": case, "form": form, "what": "pass"}

    def act() -> HttpResponse:
        serving.pass_on(case, form.passing(), seen=form.seen, by=desk, at=now())
        return to_case(case, "forwarded")

    return done_or_said(request, form, act, "serving", context, case=case)
