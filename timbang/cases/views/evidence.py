"""Pages of evidence: one exhibit with its chain of custody, and what is done with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse

from timbang.accounts.access import OfficerRequest
from timbang.cases import actions, course, evidence
from timbang.cases.actions import Desk
from timbang.cases.files import download
from timbang.cases.forms.evidence import (
    ACTS,
    BringForm,
    CustodyForm,
    DescribeForm,
    RedactForm,
    can_redact,
)
from timbang.cases.models import Case, CustodyAct, Exhibit
from timbang.cases.permission import CASE_READERS, CASEWORK, case_for, exhibit_for, may
from timbang.cases.views.desk import desk_of, desk_page, done_or_said, now, show, to_case

ENDINGS = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "text/plain": ".txt",
}


@desk_page(*CASE_READERS)
def exhibit(request: OfficerRequest, case_id: UUID, exhibit_id: UUID) -> HttpResponse:
    """One exhibit with its chain; sent by POST its bytes are opened, which is entered."""
    row = exhibit_for(request.officer, case_id, exhibit_id)
    desk = desk_of(request)
    found = _held(row, desk)
    if request.method == "POST":
        data = actions.open_exhibit(row, by=desk, at=now())
        ending = ENDINGS.get(found.exhibit.media_type, "")
        name = f"B-{row.position} {found.exhibit.title}{ending}"
        return download(data, name=name, media_type=found.exhibit.media_type)
    context = {
        "case": row.case,
        "held": found,
        "lines": [(line, ACTS[CustodyAct(line.row.act)]) for line in found.lines],
        "acts": row.case.keeper_id == desk.organ.pk and may(desk.officer, *CASEWORK),
        "redacts": row.case.ended_on is None and can_redact(found.exhibit.media_type),
    }
    return show(request, "exhibit", context)


def _held(row: Exhibit, desk: Desk) -> evidence.Held:
    found = evidence.held(row, desk)
    if found is None:
        raise Http404
    return found


@desk_page(*CASEWORK)
def custody(request: OfficerRequest, case_id: UUID, exhibit_id: UUID) -> HttpResponse:
    """Record that an exhibit was copied, given away or came back."""
    row = exhibit_for(request.officer, case_id, exhibit_id)
    case, desk = row.case, desk_of(request)
    form = CustodyForm(request.POST or None, case=case)
    context = _context(case, form, "custody", _held(row, desk).exhibit.title)

    def act() -> HttpResponse:
        told = form.cleaned_data
        actions.record_custody(
            row,
            CustodyAct(told["act"]),
            words=told["words"],
            done_on=told["done_on"],
            seen=form.seen,
            by=desk,
            at=now(),
        )
        return to_case(case, "custody")

    return done_or_said(request, form, act, "evidence_act", context, case=case)


@desk_page(*CASEWORK)
def redact(request: OfficerRequest, case_id: UUID, exhibit_id: UUID) -> HttpResponse:
    """Make a copy with parts taken out; the original stays."""
    row = exhibit_for(request.officer, case_id, exhibit_id)
    case, desk = row.case, desk_of(request)
    known = _held(row, desk).exhibit
    if not can_redact(known.media_type):
        raise Http404
    form = RedactForm(
        request.POST or None, case=case, media=known.media_type, initial={"title": known.title}
    )
    context = _context(case, form, "redact", known.title)

    def act() -> HttpResponse:
        told = form.cleaned_data
        actions.redact_exhibit(
            row,
            **form.taken_out,
            title=told["title"],
            reason=told["reason"],
            seen=form.seen,
            by=desk,
            at=now(),
        )
        return to_case(case, "exhibit")

    return done_or_said(request, form, act, "evidence_act", context, case=case)


@desk_page(*CASEWORK)
def bring(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Take in a file that an officer brings."""
    case = case_for(request.officer, case_id)
    desk = desk_of(request)
    form = BringForm(request.POST or None, case=case)
    form.files = request.FILES
    context = _context(case, form, "bring", "")

    def act() -> HttpResponse:
        told = form.cleaned_data
        actions.bring_exhibit(
            case,
            told["file"].read(),
            title=told["title"],
            provenance=told["provenance"],
            seen=form.seen,
            by=desk,
            at=now(),
        )
        return to_case(case, "exhibit")

    return done_or_said(request, form, act, "evidence_act", context, case=case)


@desk_page(*CASEWORK)
def describe(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Take in a thing that cannot be uploaded: what it is, and where it is kept."""
    case = case_for(request.officer, case_id)
    desk = desk_of(request)
    form = DescribeForm(request.POST or None, case=case)
    context = _context(case, form, "describe", "")

    def act() -> HttpResponse:
        told = {name: form.cleaned_data[name] for name in TOLD}
        actions.describe_exhibit(case, **told, seen=form.seen, by=desk, at=now())
        return to_case(case, "exhibit")

    return done_or_said(request, form, act, "evidence_act", context, case=case)


TOLD = ("title", "description", "kept_at", "provenance")


def _context(case: Case, form: Any, what: str, title: str) -> dict[str, Any]:
    on = course.today(case.keeper, now())
    return {"case": case, "form": form, "what": what, "title": title, "today": on}
