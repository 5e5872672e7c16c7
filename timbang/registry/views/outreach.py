"""Sessions of prevention: a public list of who held how many, and the desk that records them."""

from __future__ import annotations

import uuid
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from timbang.accounts.access import OfficerRequest, officer_page
from timbang.law.refusal import Refusal
from timbang.law.workdays import day_in
from timbang.registry import actions, reading
from timbang.registry.forms import OutreachForm, ReasonForm
from timbang.registry.models import Audience, Outreach

page = require_http_methods(["GET", "HEAD", "POST"])
WRITERS = ("receiver", "examiner", "decision_maker", "legal_officer", "administrator")
MOST_SHOWN = 200


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Per office and audience: how many sessions, how many people, when the last one was."""
    return render(request, "registry/outreach.html", {"rows": reading.outreach_by_organ()})


@require_safe
@officer_page(*WRITERS)
def own_sessions(request: OfficerRequest) -> HttpResponse:
    """What my office recorded, newest first."""
    rows = Outreach.objects.filter(organ=request.officer.organ).select_related("region")
    context = {"rows": rows[:MOST_SHOWN], "organ": request.officer.organ}
    return render(request, "registry/own_outreach.html", context)


@page
@officer_page(*WRITERS)
def add(request: OfficerRequest) -> HttpResponse:
    """Record a session."""
    now = timezone.now()
    today = day_in(request.officer.organ.time_zone, now)
    sent = request.POST if request.method == "POST" else None
    initial = {"once": uuid.uuid4(), "audience": Audience.OFFICIALS}
    form = OutreachForm(sent, today=today, initial=initial)
    if form.is_valid():
        try:
            actions.record_outreach(**form.cleaned_data, by=request.officer, at=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("registry_desk:own-outreach")
    return render(request, "registry/add_outreach.html", {"form": form})


@page
@officer_page(*WRITERS)
def withdraw(request: OfficerRequest, outreach_id: UUID) -> HttpResponse:
    """Say that a session of my office was recorded wrongly."""
    rows = Outreach.objects.standing()
    row = get_object_or_404(rows, pk=outreach_id, organ=request.officer.organ)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        because = form.cleaned_data["because"]
        actions.withdraw_outreach(row, because=because, by=request.officer, at=timezone.now())
        return redirect("registry_desk:own-outreach")
    return render(request, "registry/withdraw_outreach.html", {"form": form, "row": row})
