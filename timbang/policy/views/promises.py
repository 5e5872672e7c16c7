"""Promises and plans at the desk: recorded with their source, led to dossiers, taken back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from timbang.accounts.access import OfficerRequest
from timbang.policy import promise_reading
from timbang.policy.actions.promising import (
    link_promise,
    record_promise,
    records_promises,
    retract_promise,
)
from timbang.policy.forms.acts import ActForm
from timbang.policy.forms.observing import WhyForm
from timbang.policy.forms.promises import LinkForm, PromiseForm
from timbang.policy.models import Dossier, Promise
from timbang.policy.views.desk import done_or_said, now, policy_page, show

PAGE = 100
ROLES = ("policy_observer", "analyst")


def _check(request: OfficerRequest) -> None:
    if not records_promises(request.officer):
        raise Http404


@policy_page(*ROLES, methods=("GET", "HEAD"))
def promises(request: OfficerRequest) -> HttpResponse:
    """What everybody recorded, and which of it my office did."""
    _check(request)
    rows = Promise.objects.select_related("organ")[:PAGE]
    return show(request, "promises_desk", {"rows": rows, "organ": request.officer.organ})


@policy_page(*ROLES)
def promise_new(request: OfficerRequest) -> HttpResponse:
    """Record a promise."""
    _check(request)
    form = PromiseForm(request.POST or None)

    def act() -> HttpResponse:
        row = record_promise(form.promised, by=request.officer, at=now(), once=form.seen.once)
        return _back(row, "promise")

    context = {
        "form": form, "title": _("Record a promise"), "button": _("Record it"),
        "why": _("Everybody can read it at once. Only what was published, with its source."),
        "back": reverse("policy:promises"),
    }  # fmt: skip
    return done_or_said(request, form, act, "observe_form", context)


@policy_page(*ROLES, methods=("GET", "HEAD"))
def promise(request: OfficerRequest, promise_id: UUID) -> HttpResponse:
    """One promise, with what came of it."""
    row = _promise(request, promise_id)
    context = {"promise": row, "told": promise_reading.told(row, of=request.officer.organ),
               "own": row.organ_id == request.officer.organ_id}  # fmt: skip
    return show(request, "promise_desk", context)


def _promise(request: OfficerRequest, promise_id: UUID) -> Promise:
    _check(request)
    row = Promise.objects.select_related("organ").filter(pk=promise_id).first()
    if row is None:
        raise Http404
    return row


@policy_page(*ROLES)
def promise_link(request: OfficerRequest, promise_id: UUID) -> HttpResponse:
    """Say that a dossier of my office came of it."""
    row = _promise(request, promise_id)
    mine = Dossier.objects.filter(organ=request.officer.organ, retracted_on=None)
    form = LinkForm(request.POST or None, dossiers=mine)

    def act() -> None:
        link_promise(row, form.cleaned_data["to"], seen=form.seen, by=request.officer, at=now())

    return _do(request, row, form, act, "linked", _("What came of it"), _("Lead it there"))


@policy_page(*ROLES)
def promise_retract(request: OfficerRequest, promise_id: UUID) -> HttpResponse:
    """Take back a record of my office."""
    row = _promise(request, promise_id)
    if row.organ_id != request.officer.organ_id:
        raise Http404
    form = WhyForm(request.POST or None)

    def act() -> None:
        retract_promise(row, form.cleaned_data["why"], by=request.officer, at=now())

    return _do(request, row, form, act, "retracted_promise", _("Take the promise back"),
               _("Take it back"))  # fmt: skip


def _do(
    request: OfficerRequest,
    row: Promise,
    form: ActForm,
    act: Callable[[], None],
    done: str,
    title: object,
    button: object,
) -> HttpResponse:
    def whole() -> HttpResponse:
        act()
        return _back(row, done)

    back = reverse("policy:promise", args=[row.pk])
    context = {"form": form, "title": title, "button": button, "back": back, "why": row.text}
    return done_or_said(request, form, whole, "observe_form", context)


def _back(row: Promise, done: str) -> HttpResponse:
    return redirect(f"{reverse('policy:promise', args=[row.pk])}?done={done}")
