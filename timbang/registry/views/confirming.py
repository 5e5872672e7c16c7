"""Desk: articles that wait for a legal officer, and their confirmation on the record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from timbang.accounts.access import OfficerRequest, officer_page
from timbang.accounts.models import Officer
from timbang.law.confirmable import Item, items
from timbang.law.norms import catalogue
from timbang.law.procedure import procedures
from timbang.law.refusal import Refusal
from timbang.law.vocabulary import VERIFICATION
from timbang.registry import actions, confirmed
from timbang.registry.actions.confirming import LEGAL_OFFICER
from timbang.registry.confirmed import Standing
from timbang.registry.forms import ConfirmForm, ReasonForm
from timbang.registry.models import ArticleConfirmation

page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@officer_page()
def articles(request: OfficerRequest) -> HttpResponse:
    """Every norm and term that informs but does not act by itself, and who confirmed it."""
    found = confirmed.standing()
    rows = [_row(standing, request.officer) for standing in found]
    context = {
        "groups": [
            (kind, _shelves([row for row in rows if row["item"].kind == kind]))
            for kind in ("norm", "term")
        ],
        "confirms": request.officer.has_role(LEGAL_OFFICER),
        "organ": request.officer.organ,
        "count": sum(1 for standing in found if not standing.confirmations),
    }
    return render(request, "registry/articles.html", context)


def _shelves(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By instrument or procedure, so that a legal officer finds the text before him at once."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(_shelf(row["item"]), []).append(row)
    return [
        {
            "title": title,
            "rows": here,
            "waiting": sum(1 for row in here if not row["confirmations"]),
        }
        for title, here in sorted(found.items())
    ]


def _shelf(item: Item) -> str:
    if item.procedure is None:
        return catalogue().norms[item.id.removeprefix(confirmed.NORM)].instrument.name
    main, _, _track = item.procedure.partition("/")
    return str(procedures()[main].title)


def _row(standing: Standing, officer: Officer) -> dict[str, Any]:
    own = [row for row in standing.confirmations if row.organ_id == officer.organ_id]
    return {
        "item": standing.item,
        "level": VERIFICATION[standing.item.level],
        "confirmations": standing.confirmations,
        "stale": standing.stale,
        "may_confirm": officer.has_role(LEGAL_OFFICER) and not own,
    }


@page
@officer_page(LEGAL_OFFICER)
def confirm(request: OfficerRequest, item_id: str) -> HttpResponse:
    """Read the article as the catalogue tells it, and confirm it."""
    item = items().get(item_id)
    if item is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = ConfirmForm(sent, initial={"text_hash": item.hash})
    if form.is_valid():
        try:
            actions.confirm_article(
                item_id=item.id,
                text_hash=form.cleaned_data["text_hash"],
                seen_in=form.cleaned_data["seen_in"],
                by=request.officer,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("registry_desk:articles")
    rows = ArticleConfirmation.objects.filter(item=item.id).select_related("organ")
    context = {"item": item, "form": form, "rows": rows, "level": VERIFICATION[item.level]}
    return render(request, "registry/confirm.html", context)


@page
@officer_page(LEGAL_OFFICER)
def withdraw(request: OfficerRequest, confirmation_id: UUID) -> HttpResponse:
    """Take back a confirmation of one's own organ, with a reason."""
    row = get_object_or_404(
        ArticleConfirmation.objects.standing(), pk=confirmation_id, organ=request.officer.organ
    )
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        because = form.cleaned_data["because"]
        actions.withdraw_confirmation(row, because=because, by=request.officer, at=timezone.now())
        return redirect("registry_desk:articles")
    context = {"form": form, "row": row, "item": items().get(row.item)}
    return render(request, "registry/withdraw_confirmation.html", context)
