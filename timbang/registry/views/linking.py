"""Two records side by side: the same person, different people, or undecided; then the next pair."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from timbang.accounts.access import OfficerRequest, officer_page
from timbang.law.refusal import Refusal
from timbang.registry import actions, reading_pairs, tables
from timbang.registry.forms import JudgeForm
from timbang.registry.models import NameJudgement, NamePair

READERS: Final = ("receiver", "examiner", "decision_maker")
UNDECIDED: Final = NamePair.Judgement.UNDECIDED.value
P = ParamSpec("P")
View = Callable[Concatenate[OfficerRequest, P], HttpResponse]


def watchers_page(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page for officers who open content in an office that watches; for others there is none."""

    @wraps(view)
    def page(request: OfficerRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.officer.watches:
            raise Http404
        return view(request, *args, **kwargs)

    return officer_page(*READERS)(page)


@require_http_methods(["GET", "HEAD"])
@watchers_page
def pairs(request: OfficerRequest) -> HttpResponse:
    """The next pair that nobody judged; with `undecided`, the next that was left open."""
    which = UNDECIDED if "undecided" in request.GET else ""
    return _shown(request, reading_pairs.next_pair(which), which)


@require_http_methods(["GET", "HEAD", "POST"])
@watchers_page
def pair(request: OfficerRequest, pair_id: UUID) -> HttpResponse:
    """One pair: look at it, judge it, go on to the next."""
    row = get_object_or_404(NamePair, pk=pair_id)
    which = UNDECIDED if row.judgement == UNDECIDED else ""
    if request.method != "POST":
        return _shown(request, row, which)
    form = JudgeForm(request.POST)
    if not form.is_valid():
        return _shown(request, row, which, form=form)
    told = form.cleaned_data
    try:
        judged = actions.judge_pair(
            row, told["judgement"], seen=told["version"], why=told["why"],
            by=request.officer, at=timezone.now(),
        )  # fmt: skip
    except Refusal as refusal:
        row.refresh_from_db()
        return _shown(request, row, which, refusal=refusal)
    following = reading_pairs.next_pair(which, after=row) or reading_pairs.next_pair(which)
    place = (
        reverse("registry_desk:pair", args=[following.pk])
        if following
        else reverse("registry_desk:pairs")
    )
    return redirect(f"{place}?just={judged.pk}")


@require_POST
@watchers_page
def take_back(request: OfficerRequest, judgement_id: UUID) -> HttpResponse:
    """Take a judgement back; its pair is shown again."""
    row = get_object_or_404(NameJudgement, pk=judgement_id, organ=request.officer.organ)
    try:
        actions.withdraw_judgement(row, by=request.officer, at=timezone.now())
    except Refusal as refusal:
        return _shown(request, row.pair, "", refusal=refusal)
    return redirect("registry_desk:pair", row.pair_id)


def _shown(
    request: OfficerRequest,
    row: NamePair | None,
    which: str,
    *,
    form: JudgeForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    just = _uuid(request.GET.get("just", ""))
    context: dict[str, Any] = {
        "pair": row,
        "which": which,
        "refusal": refusal,
        "any": NamePair.objects.exists(),
        "left": reading_pairs.open_pairs(which).count(),
        "undecided": reading_pairs.open_pairs(UNDECIDED).count(),
        "last": reading_pairs.counting(just, request.officer) if just else None,
    }
    if row is not None:
        opened = tables.open_tables(settings.TABLES, engine="duckdb")
        record, person = reading_pairs.sides(opened, row)
        context |= {
            "form": form or JudgeForm(initial={"version": row.version}),
            "sides": [side for side in (record, person) if side],
            "whole": record is not None and person is not None,
            "reasons": reading_pairs.reasons(row),
            "percent": min(99, round(100 * row.certainty)),
            "standing": reading_pairs.standing_of(row, request.officer),
            "following": reading_pairs.next_pair(which, after=row),
        }
    return render(request, "registry/pairs.html", context, status=409 if refusal else 200)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
