"""The desk makes the decree of a decision."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from timbang.accounts.access import OfficerRequest
from timbang.accounts.models import Officer
from timbang.policy import addresses, course, decree_pages, desk_reading
from timbang.policy.actions import decreeing
from timbang.policy.decree import letter_of, missing
from timbang.policy.forms.decreeing import DecreeForm
from timbang.policy.models import Decree, Dossier
from timbang.policy.permission import may, own_dossier_for
from timbang.policy.views.desk import done_or_said, now, policy_page


def decree_state(dossier: Dossier, officer: Officer) -> dict[str, Any]:
    """Whether a decree is there, or can be made by this officer."""
    row = Decree.objects.filter(dossier=dossier).defer("pdf").first()
    mine = dossier.organ_id == officer.organ_id and may(officer, "decision_maker")
    waits = row is None and mine and decreeing.decided_by(dossier) is not None
    tied = waits and course.tie_of(dossier, officer, "decide") is not None
    slug = addresses.slug_of(dossier.number)
    return {
        "decree": row,
        "decree_waits": waits and not tied,
        "decree_tied": tied,
        "decree_slug": slug,
    }


@policy_page("decision_maker")
def decree(request: OfficerRequest, dossier_id: UUID) -> HttpResponse:
    """What the decree will say, and the little that is still to be told."""
    found = own_dossier_for(request.officer, dossier_id)
    if not found.by_office:
        raise Http404
    form = DecreeForm(request.POST or None, dossier=found)

    def act() -> HttpResponse:
        told = form.cleaned_data
        host = settings.PUBLIC_URL or request.build_absolute_uri("/")
        decreeing.make_decree(
            found,
            number=told["number"],
            place=told["place"],
            post=told["post"],
            check=decree_pages.check_address(host, found.number),
            seen=form.seen,
            by=request.officer,
            at=now(),
        )
        return redirect(f"{reverse('policy:dossier', args=[found.pk])}?done=decree")

    context: dict[str, Any] = {"dossier": found, "form": form}
    context |= decree_state(found, request.officer)
    if context["decree_tied"]:
        context["kept"] = desk_reading.kept_away(found, request.officer, ("decision_maker",))
    if context["decree_waits"]:
        bodies, lane = course.bodies(found), decreeing.lane_in(found)
        context["missing"] = missing(bodies)
        context["letter"] = letter_of(decreeing.decided(found, "-", "-", "-", "-"), bodies, lane)
    return done_or_said(request, form, act, "decree", context, dossier=found)
