"""Other systems of my organ: their keys, what each may, and where it wants to hear of changes."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from timbang.accounts import api_keys
from timbang.accounts.access import OfficerRequest, officer_page
from timbang.accounts.forms import SystemForm
from timbang.accounts.models import ApiKey
from timbang.law.refusal import Refusal

REVOKE = "revoke"


@require_http_methods(["GET", "HEAD", "POST"])
@officer_page("administrator")
def systems(request: OfficerRequest) -> HttpResponse:
    """The keys of my organ; a new one is shown once, in the answer to its own form."""
    made = None if REVOKE in request.POST else _sent(request)
    form, error = SystemForm(made), ""
    try:
        if REVOKE in request.POST:
            api_keys.revoke_key(key=_chosen(request), by=request.officer, at=timezone.now())
            return redirect("accounts:systems")
        if form.is_valid():
            return _show(request, form)
    except Refusal as refusal:
        error = str(refusal)
    keys = request.officer.organ.api_keys.prefetch_related("webhooks")
    rows = [
        {"key": key, "scopes": [api_keys.SCOPES[scope] for scope in key.scopes]} for key in keys
    ]
    return render(request, "accounts/systems.html", {"form": form, "rows": rows, "error": error})


def _show(request: OfficerRequest, form: SystemForm) -> HttpResponse:
    key, token = api_keys.make_key(
        organ=request.officer.organ, by=request.officer, at=timezone.now(), **form.cleaned_data
    )
    return render(request, "accounts/system_key.html", {"key": key, "token": token})


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _chosen(request: OfficerRequest) -> ApiKey:
    try:
        number = UUID(request.POST[REVOKE])
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(ApiKey, pk=number, organ=request.officer.organ)
