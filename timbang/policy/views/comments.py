"""The desk reads what people sent: shows it, keeps it back for a reason, and answers."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from timbang.accounts.access import OfficerRequest
from timbang.accounts.models import Officer
from timbang.law import policy
from timbang.law.refusal import Refusal
from timbang.policy import comment_reading, course, desk_reading, wording
from timbang.policy.actions import speaking
from timbang.policy.comment_reading import Heard
from timbang.policy.forms.about import place_name
from timbang.policy.forms.acts import ActForm
from timbang.policy.forms.reading import ONE_BOX, AnswerForm, SeveralForm, WithholdForm
from timbang.policy.models import Comment, Dossier, Shown, SitePhoto, SiteVisit
from timbang.policy.permission import may, own_dossier_for
from timbang.policy.views.desk import done_or_said, now, policy_page

READS = ("analyst", "policy_observer")


def to_read(dossier: Dossier, officer: Officer) -> int | None:
    """How much waits to be read or answered; None for whoever does not read it."""
    if dossier.organ_id != officer.organ_id or not may(officer, *READS):
        return None
    open_lists = Q(state=Shown.WAITING) | comment_reading.UNANSWERED
    comments = Comment.objects.filter(open_lists, dossier=dossier).count()
    return comments + _visits(dossier).filter(state=Shown.WAITING).count()


def _visits(dossier: Dossier) -> QuerySet[SiteVisit]:
    return SiteVisit.objects.filter(dossier=dossier)


@policy_page(*READS)
def comments(request: OfficerRequest, dossier_id: UUID) -> HttpResponse:
    """What was sent to a dossier, a list at a time; equal texts are decided on together."""
    found = own_dossier_for(request.officer, dossier_id)
    lists = comment_reading.lists(found)
    code = _chosen(request, lists)
    form = SeveralForm(request.POST if request.method == "POST" else None, dossier=found)

    def act() -> HttpResponse:
        done = _several(request, found, code, form)
        return redirect(f"{reverse('policy:comments', args=[found.pk])}?daftar={code}&done={done}")

    context = {"dossier": found, "form": form, "lists": lists, "code": code}
    context |= {"closes": course.comments_close_from(found)} | _listed(request, found, code)
    return done_or_said(request, form, act, "comments", context, dossier=found)


def _chosen(request: OfficerRequest, lists: list[Heard]) -> str:
    """The list that was asked for; else the first in which something waits."""
    asked = request.GET.get("daftar", "")
    if asked in comment_reading.TITLES:
        return asked
    return next((each.code for each in lists if each.count), lists[0].code)


def _listed(request: OfficerRequest, found: Dossier, code: str) -> dict[str, Any]:
    number = request.GET.get("halaman")
    title = comment_reading.TITLES[code]
    if code in comment_reading.VISITS:
        return {"title": title, "visits": comment_reading.visits(found, code, number)}
    rows = comment_reading.comments(found, code)
    told: dict[str, Any] = {"title": title, "decides": code != "dijawab"}
    asked = request.GET.get("teks", "")
    if not asked:
        return told | {"texts": comment_reading.texts(rows, number)}
    page = None
    if ONE_BOX.fullmatch(asked):
        page = comment_reading.one_by_one(rows, UUID(asked), number)
    return told | {"text": asked, "single": page}


# What stands in a list before it is decided on there.
STANDS: Final = {
    "tunggu": Shown.WAITING,
    "tanpa-jawaban": Shown.SHOWN,
    "ditahan": Shown.WITHHELD,
}


def _several(request: OfficerRequest, found: Dossier, code: str, form: SeveralForm) -> str:
    """Do to all that is ticked what the button says; the word for what was done."""
    told, do = form.cleaned_data, request.POST.get("do", "")
    by: dict[str, Any] = {"seen": form.seen, "by": request.officer, "at": now()}
    if code not in STANDS or do not in ("show", "withhold", "answer"):
        raise Refusal(_("This cannot be done in this list."))
    if do == "answer":
        speaking.answer_all(found, form.ticked, told["outcome"], told["words"], **by)
        return "all_answered"
    if do == "withhold":
        speaking.withhold_all(found, form.ticked, told["why"], among=STANDS[code], **by)
        return "all_withheld"
    speaking.show_all(found, form.ticked, among=STANDS[code], **by)
    return "all_shown"


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
