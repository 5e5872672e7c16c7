"""Observer mode: a dossier of somebody else's policy, from documents that are published.

For each stage the page asks for the kinds of document that one would expect. Each is found, or was
sought and is missing, or nobody has looked: these three are never mixed up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from timbang.accounts.access import OfficerRequest
from timbang.law import policy
from timbang.policy import glancing
from timbang.policy.actions import add_piece, describe, open_dossier, publish, retract
from timbang.policy.addresses import slug_of
from timbang.policy.expected import expected
from timbang.policy.forms.observing import ObservedForm, PieceForm, SureForm, WhyForm
from timbang.policy.models import Dossier, Mode, Piece
from timbang.policy.permission import own_dossier_for
from timbang.policy.views.comments import to_read
from timbang.policy.views.desk import done_or_said, now, policy_page, show
from timbang.registry import places

PAGE = 50
ROLE = "policy_observer"


@policy_page(ROLE, methods=("GET", "HEAD"))
def observing(request: OfficerRequest) -> HttpResponse:
    """What my organisation watches."""
    _check_watches(request)
    rows = Dossier.objects.filter(organ=request.officer.organ, mode=Mode.OBSERVER)
    return show(request, "observing", {"rows": rows[:PAGE]})


def _check_watches(request: OfficerRequest) -> None:
    if request.officer.organ.kind != "policy_observer":
        raise Http404


@policy_page(ROLE)
def observe_new(request: OfficerRequest) -> HttpResponse:
    """Open a dossier of a real policy; nobody sees it before it is published."""
    _check_watches(request)
    form = ObservedForm.of(request.POST or None, None)

    def act() -> HttpResponse:
        found = open_dossier(
            form.about, mode=Mode.OBSERVER, by=request.officer, at=now(), once=form.seen.once
        )
        return _back(found, "opened")

    context = {"form": form, "title": _("Watch a policy"), "button": _("Open the dossier"),
               "why": _("Only your organisation sees it until you publish it."),
               "back": reverse("policy:observing")}  # fmt: skip
    return done_or_said(request, form, act, "observe_form", context)


@policy_page(ROLE, methods=("GET", "HEAD"))
def observe(request: OfficerRequest, dossier_id: UUID) -> HttpResponse:
    """One dossier: what is there, what is missing, what nobody looked for, by stage."""
    found = _watched(request, dossier_id)
    context = {
        "dossier": found,
        "region": places.codes().get(found.region_code, found.region_code),
        "slug": slug_of(found.number),
        "stages": expected(found),
        "glance": glancing.of(found),
        "can_publish": found.published_on is None
        and found.pieces.exclude(state="not_sought").exists(),
        "lines": found.journal.select_related("organ").order_by("-version"),
        "to_read": to_read(found, request.officer),
    }
    return show(request, "observe", context)


def _watched(request: OfficerRequest, dossier_id: UUID) -> Dossier:
    found = own_dossier_for(request.officer, dossier_id)
    if found.by_office:
        raise Http404
    return found


@policy_page(ROLE)
def observe_about(request: OfficerRequest, dossier_id: UUID) -> HttpResponse:
    """Put right what a dossier is about."""
    found = _watched(request, dossier_id)
    form = ObservedForm.of(request.POST or None, found)

    def act(at: Any) -> None:
        describe(found, form.about, seen=form.seen, by=request.officer, at=at)

    words = {"title": _("What it is about"), "button": _("Save")}
    return _do(request, found, form, act, "described", words)


@policy_page(ROLE)
def observe_piece(request: OfficerRequest, dossier_id: UUID, kind: str) -> HttpResponse:
    """Say of one kind of document whether it is there."""
    found = _watched(request, dossier_id)
    if kind not in policy.DOCUMENTS:
        raise Http404
    form = PieceForm.of(request.POST or None, found, kind)

    def act(at: Any) -> None:
        add_piece(found, form.told, seen=form.seen, by=request.officer, at=at)

    words = {"title": policy.DOCUMENTS[kind].title, "button": _("Add to the dossier")}
    return _do(request, found, form, act, "piece", words)


@policy_page(ROLE)
def observe_correct(request: OfficerRequest, dossier_id: UUID, piece_id: UUID) -> HttpResponse:
    """Put a document right; the wrong one stays to be seen."""
    found = _watched(request, dossier_id)
    piece = Piece.objects.filter(dossier=found, pk=piece_id).first()
    if piece is None:
        raise Http404
    form = PieceForm.of(request.POST or None, found, piece.kind, piece)

    def act(at: Any) -> None:
        add_piece(found, form.told, seen=form.seen, by=request.officer, at=at, replaces=piece)

    words = {"title": policy.DOCUMENTS[piece.kind].title, "button": _("Put it right"),
             "why": _("What stands there now stays to be seen, marked as replaced.")}  # fmt: skip
    return _do(request, found, form, act, "corrected", words)


@policy_page(ROLE)
def observe_publish(request: OfficerRequest, dossier_id: UUID) -> HttpResponse:
    """Show the dossier to everybody."""
    found = _watched(request, dossier_id)
    form = SureForm(request.POST or None, dossier=found)

    def act(at: Any) -> None:
        publish(found, seen=form.seen, by=request.officer, at=at)

    words = {
        "title": _("Publish the dossier"),
        "button": _("Publish"),
        "why": _(
            "Everybody will read it. Check once more that no person is named and nobody is "
            "judged. What is published stays: it can be put right or taken back, never erased "
            "unseen."
        ),
    }
    return _do(request, found, form, act, "published", words)


@policy_page(ROLE)
def observe_retract(request: OfficerRequest, dossier_id: UUID) -> HttpResponse:
    """Take a published dossier back, with a reason."""
    found = _watched(request, dossier_id)
    form = WhyForm(request.POST or None, dossier=found)

    def act(at: Any) -> None:
        retract(found, form.cleaned_data["why"], seen=form.seen, by=request.officer, at=at)

    words = {"title": _("Take the dossier back"), "button": _("Take it back"),
             "why": _("Its number and your reason stay public.")}  # fmt: skip
    return _do(request, found, form, act, "retracted", words)


def _do(
    request: OfficerRequest,
    dossier: Dossier,
    form: Any,
    act: Callable[[Any], None],
    done: str,
    words: dict[str, Any],
) -> HttpResponse:
    """A form about one dossier: shown, or done and back to it."""

    def whole() -> HttpResponse:
        act(now())
        return _back(dossier, done)

    back = reverse("policy:observe", args=[dossier.pk])
    context = {"form": form, "dossier": dossier, "back": back, **words}
    return done_or_said(request, form, whole, "observe_form", context, dossier=dossier)


def _back(dossier: Dossier, done: str) -> HttpResponse:
    return redirect(f"{reverse('policy:observe', args=[dossier.pk])}?done={done}")
