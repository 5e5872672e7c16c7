"""Keeping and erasing: what is due, holds, the word of two officers, and the whole file to take."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from timbang.accounts.access import OfficerRequest
from timbang.cases import actions, archive, course, packaging
from timbang.cases.actions import packing
from timbang.cases.files import download
from timbang.cases.forms.archive import EraseForm, HoldForm, LiftHoldForm, StopForm
from timbang.cases.forms.fields import ActForm
from timbang.cases.permission import CASEWORK, case_for, erasure_for, hold_for
from timbang.cases.views.desk import (
    DONE,
    attempt,
    desk_of,
    desk_page,
    done_or_said,
    now,
    report_of,
    show,
    to_case,
)

DECIDES = "decision_maker"
DONE |= {
    "held": _("Your office holds this case back from now."),
    "hold_lifted": _("The hold is lifted. The period of the case counts again."),
    "proposed": _("It is proposed. Another officer who decides carries it out."),
    "erased": _("It is erased. The log keeps its commitments; nobody can open them."),
    "stopped": _("Nothing is erased. It can be proposed again."),
}


@desk_page(DECIDES, methods=("GET", "HEAD"))
def archive_page(request: OfficerRequest) -> HttpResponse:
    """What has been kept long enough, what waits for a second officer, what was erased."""
    officer = request.officer
    on = course.today(officer.organ, now())
    due, more = archive.due_cases(officer, on=on, after=request.GET.get("after", ""))
    context = {
        "due": due,
        "more": more,
        "reports": archive.due_reports(officer, on=on),
        "proposals": archive.proposals(officer),
        "erased": archive.erased(officer.organ),
        "table": archive.table(),
    }
    return show(request, "archive", context)


@desk_page(DECIDES)
def hold(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Hold a case back."""
    case, desk = case_for(request.officer, case_id), desk_of(request)
    form = HoldForm(request.POST or None, case=case)

    def act() -> HttpResponse:
        reason = form.cleaned_data["reason"]
        actions.place_hold(case, reason, seen=form.seen, by=desk, at=now())
        return to_case(case, "held")

    context: dict[str, Any] = {"case": case, "form": form}
    return done_or_said(request, form, act, "hold", context, case=case)


@desk_page(DECIDES)
def lift(request: OfficerRequest, case_id: UUID, hold_id: UUID) -> HttpResponse:
    """Let a case go again."""
    row, desk = hold_for(request.officer, case_id, hold_id), desk_of(request)
    form = LiftHoldForm(request.POST or None, case=row.case)

    def act() -> HttpResponse:
        reason = form.cleaned_data["reason"]
        actions.lift_hold(row, reason, seen=form.seen, by=desk, at=now())
        return to_case(row.case, "hold_lifted")

    context: dict[str, Any] = {"case": row.case, "form": form, "lifting": True}
    return done_or_said(request, form, act, "hold", context, case=row.case)


@desk_page(DECIDES)
def propose(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """The first of two: propose that a case is erased."""
    case, desk = case_for(request.officer, case_id), desk_of(request)
    form = EraseForm(request.POST or None, case=case)
    on = course.today(desk.organ, now())

    def act() -> HttpResponse:
        actions.propose_erasure(case, seen=form.seen, by=desk, at=now())
        return _to_archive("proposed")

    context: dict[str, Any] = {
        "case": case,
        "form": form,
        "obstacles": archive.obstacles(case, on=on),
        "going": len(archive.reports_going(case)),
    }
    return done_or_said(request, form, act, "erase_propose", context, case=case)


@desk_page(DECIDES)
def propose_report(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """The first of two: propose that a report without a case is erased."""
    report, desk = report_of(request, report_id), desk_of(request)
    form = EraseForm(request.POST or None)

    def act() -> HttpResponse:
        actions.propose_report_erasure(report, by=desk, at=now())
        return _to_archive("proposed")

    context: dict[str, Any] = {"report": report, "form": form}
    return done_or_said(request, form, act, "erase_propose", context)


@desk_page(DECIDES)
def erase(request: OfficerRequest, erasure_id: UUID) -> HttpResponse:
    """The second of two: erase, or refuse."""
    row, desk = erasure_for(request.officer, erasure_id), desk_of(request)
    stopping = "stop" in request.POST
    form: ActForm = (StopForm if stopping else EraseForm)(request.POST or None, case=row.case)

    def act() -> HttpResponse:
        if stopping:
            actions.stop_erasure(row, by=desk, at=now())
            return _to_archive("stopped")
        actions.carry_out_erasure(row, by=desk, at=now())
        return _to_archive("erased")

    context: dict[str, Any] = {
        "row": row,
        "case": row.case,
        "form": form,
        "mine": row.proposed_by_id == request.officer.pk,
        "rule": archive.table().rules[row.rule],
    }
    return done_or_said(request, form, act, "erase", context, case=row.case)


@desk_page(*CASEWORK)
def package(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """The whole file as one package, made once more with each sending."""
    case, desk = case_for(request.officer, case_id), desk_of(request)
    form = ActForm(request.POST or None, case=case)
    context: dict[str, Any] = {"case": case, "form": form, "name": packaging.file_name(case)}

    def act() -> HttpResponse:
        made = packing.make_package(case, seen=form.seen, by=desk, at=now())
        name = packaging.file_name(case)
        return download(made.zipped(), name=name, media_type="application/zip")

    if request.method == "POST" and form.is_valid():
        answer, refused = attempt(form, act, case=case)
        if answer is not None:
            return answer
        context |= refused
    return show(request, "package", context)


def _to_archive(done: str) -> HttpResponse:
    return redirect(f"{reverse('cases:archive')}?done={done}")
