"""A case split in two, merged with another one, or linked to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from timbang.accounts.access import OfficerRequest
from timbang.cases import course, reading, ways
from timbang.cases.actions import Desk, dividing
from timbang.cases.forms.ways import IntoCaseForm, SplitForm
from timbang.cases.models import Case, SupervisoryFinding
from timbang.cases.permission import CASE_READERS, CASEWORK, case_for, may
from timbang.cases.views.desk import desk_of, desk_page, done_or_said, now, to_case
from timbang.cases.views.ways import running_cases

WAYS_IN = {
    "report": _("Report (laporan)"),
    "finding": _("Finding of the supervisor (temuan)"),
    "prior_information": _("Prior information (informasi awal)"),
}
TIES = {
    ("split", True): _("split from"),
    ("split", False): _("split into"),
    ("merged", True): _("took up"),
    ("merged", False): _("went up in"),
    ("linked", True): _("linked to"),
    ("linked", False): _("linked to"),
}


@desk_page(*CASEWORK)
def split(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Take persons out into a case of their own."""
    case = case_for(request.officer, case_id)
    desk = desk_of(request)
    on = course.today(desk.organ, now())
    people = reading.people_of(case, desk, on=on)
    form = SplitForm(
        request.POST or None,
        case=case,
        people=[(str(found.row.pk), found.person) for found in people],
        reports=[
            (str(report.pk), gettext("Report of %s") % report.received_on.isoformat())
            for report in reading.reports_of(case, desk)
        ],
        exhibits=[
            (str(found.row.pk), f"B-{found.row.position} {found.title}")
            for found in reading.exhibits_of(case, desk)
        ],
    )
    context: dict[str, Any] = {"case": case, "form": form, "enough": len(people) > 1}

    def act() -> HttpResponse:
        new = dividing.split_case(
            case,
            form.part(),
            reason=form.cleaned_data["reason"],
            seen=form.seen,
            by=desk,
            at=now(),
            case_id=form.cleaned_data["once"],
        )
        return to_case(new, "split")

    return done_or_said(request, form, act, "case_split", context, case=case)


@desk_page(*CASEWORK)
def merge(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Let this case go up in another one."""
    case = case_for(request.officer, case_id)
    desk = desk_of(request)
    form = _other_case(request, case, desk, with_reason=True)
    context: dict[str, Any] = {"case": case, "form": form}

    def act() -> HttpResponse:
        into = case_for(desk.officer, UUID(form.cleaned_data["case"]))
        reason = form.cleaned_data["reason"]
        dividing.merge_cases(case, into, reason=reason, seen=form.seen, by=desk, at=now())
        return to_case(into, "merged")

    return done_or_said(request, form, act, "case_merge", context, case=case)


@desk_page(*CASE_READERS)
def link(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Let two cases point to each other."""
    case = case_for(request.officer, case_id)
    desk = desk_of(request)
    form = _other_case(request, case, desk, with_reason=False)
    context: dict[str, Any] = {"case": case, "form": form}

    def act() -> HttpResponse:
        other = case_for(desk.officer, UUID(form.cleaned_data["case"]))
        dividing.link_cases(case, other, seen=form.seen, by=desk, at=now())
        return to_case(case, "linked_case")

    return done_or_said(request, form, act, "case_link", context, case=case)


def _other_case(
    request: OfficerRequest, case: Case, desk: Desk, *, with_reason: bool
) -> IntoCaseForm:
    others = running_cases(desk, without=case.pk)
    return IntoCaseForm(request.POST or None, case=case, cases=others, with_reason=with_reason)


def case_part(case: Case, desk: Desk) -> dict[str, Any]:
    """What the page of a case shows of how it came in and what it is tied to."""
    acts = case.holder_id == desk.organ.pk and case.ended_on is None
    return {
        "way_in": WAYS_IN[case.way_in],
        "finding": SupervisoryFinding.objects.filter(case=case).first(),
        "ties": [(tie, TIES[tie.why, tie.earlier]) for tie in ways.ties_of(case, desk)],
        "may_divide": acts and may(desk.officer, *CASEWORK),
    }
