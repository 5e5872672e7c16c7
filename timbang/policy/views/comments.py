"""The desk reads what people sent: shows it, keeps it back for a reason, and answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from timbang.accounts.access import OfficerRequest
from timbang.accounts.models import Officer
from timbang.law import policy
from timbang.policy import desk_reading, wording
from timbang.policy.actions import speaking
from timbang.policy.forms.about import place_name
from timbang.policy.forms.acts import ActForm
from timbang.policy.forms.reading import AnswerForm, WithholdForm
from timbang.policy.models import Comment, Dossier, Shown, SitePhoto, SiteVisit
from timbang.policy.permission import may, own_dossier_for
from timbang.policy.views.desk import done_or_said, now, policy_page, show

READS = ("analyst", "policy_observer")
MOST = 200


def to_read(dossier: Dossier, officer: Officer) -> int | None:
    """How much waits to be read or answered; None for whoever does not read it."""
    if dossier.organ_id != officer.organ_id or not may(officer, *READS):
        return None
    comments = Comment.objects.filter(dossier=dossier)
    waiting = comments.filter(state=Shown.WAITING).count()
    unanswered = comments.filter(state=Shown.SHOWN, answered_on=None).count()
    return waiting + unanswered + _visits(dossier).filter(state=Shown.WAITING).count()


def _visits(dossier: Dossier) -> QuerySet[SiteVisit]:
    return SiteVisit.objects.filter(dossier=dossier)


@policy_page(*READS, methods=("GET", "HEAD"))
def comments(request: OfficerRequest, dossier_id: UUID) -> HttpResponse:
    """Everything that was sent to a dossier: what waits first."""
    found = own_dossier_for(request.officer, dossier_id)
    rows = Comment.objects.filter(dossier=found)
    context = {
        "dossier": found,
        "waiting": rows.filter(state=Shown.WAITING)[:MOST],
        "unanswered": rows.filter(state=Shown.SHOWN, answered_on=None)[:MOST],
        "answered": rows.filter(state=Shown.SHOWN).exclude(answered_on=None)[:MOST],
        "withheld": rows.filter(state=Shown.WITHHELD)[:MOST],
        "visits_waiting": _visits(found).filter(state=Shown.WAITING)[:MOST],
        "visits_read": _visits(found).exclude(state=Shown.WAITING)[:MOST],
    }
    return show(request, "comments", context)


@policy_page(*READS)
def comment(request: OfficerRequest, dossier_id: UUID, comment_id: UUID) -> HttpResponse:
    """One comment: read, then shown or kept back, then answered."""
    found = own_dossier_for(request.officer, dossier_id)
    row = Comment.objects.filter(dossier=found, pk=comment_id).first()
    if row is None:
        raise Http404
    return _read(request, found, row)


@policy_page(*READS)
def visit(request: OfficerRequest, dossier_id: UUID, visit_id: UUID) -> HttpResponse:
    """What somebody saw on site: read with its photographs, then shown or kept back."""
    found = own_dossier_for(request.officer, dossier_id)
    row = _visits(found).filter(pk=visit_id).first()
    if row is None:
        raise Http404
    return _read(request, found, row)


def _read(request: OfficerRequest, found: Dossier, row: Comment | SiteVisit) -> HttpResponse:
    is_comment = isinstance(row, Comment)
    reasons = wording.WHY_WITHHELD if is_comment else wording.WHY_VISIT_WITHHELD
    do = request.POST.get("do", "") if request.method == "POST" else ""
    form: ActForm
    forms: dict[str, ActForm] = {
        "show": ActForm(request.POST if do == "show" else None, dossier=found),
        "withhold": WithholdForm(
            request.POST if do == "withhold" else None, dossier=found, reasons=reasons
        ),
    }
    if is_comment:
        data = request.POST if do == "answer" else None
        forms["answer"] = AnswerForm(data, dossier=found)
    form = forms.get(do, forms["show"])

    def act() -> HttpResponse:
        told: Any = form.cleaned_data
        by: dict[str, Any] = {"seen": form.seen, "by": request.officer, "at": now()}
        if do == "answer" and isinstance(row, Comment):
            speaking.answer(row, told["outcome"], told["words"], **by)
            return _back(found, row, "answered")
        if do == "withhold":
            speaking.withhold(row, told["why"], **by)
            return _back(found, row, "withheld")
        speaking.show(row, **by)
        return _back(found, row, "shown")

    context = {
        "dossier": found,
        "row": row,
        "is_comment": is_comment,
        "forms": forms,
        "kept": desk_reading.kept_away(found, request.officer, READS),
        "region": place_name(getattr(row, "region_code", "")),
        "why": reasons.get(row.why_withheld, ""),
        "outcome": policy.COMMENT_OUTCOMES.get(getattr(row, "outcome", ""), ""),
    }
    return done_or_said(request, form, act, "comment_read", context, dossier=found)


def _back(found: Dossier, row: Comment | SiteVisit, done: str) -> HttpResponse:
    name = "policy:comment" if isinstance(row, Comment) else "policy:visit"
    return redirect(f"{reverse(name, args=[found.pk, row.pk])}?done={done}")


@policy_page(*READS, methods=("GET", "HEAD"))
def photo(request: OfficerRequest, dossier_id: UUID, photo_id: UUID) -> HttpResponse:
    """A photograph that waits to be shown, for whoever must look at it."""
    found = own_dossier_for(request.officer, dossier_id)
    row = SitePhoto.objects.filter(visit__dossier=found, pk=photo_id).first()
    if row is None:
        raise Http404
    return HttpResponse(bytes(row.body), content_type=row.kind)
