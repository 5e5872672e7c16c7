"""The lane of those who go straight to execution: its words, who signs beside, what is owed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from timbang.accounts.access import OfficerRequest
from timbang.law import policy
from timbang.law.refusal import Refusal
from timbang.policy import course, desk_reading
from timbang.policy.actions import co_sign, pay_debt
from timbang.policy.actions.stepping import check_payer, owed_as
from timbang.policy.forms.acts import ActForm
from timbang.policy.forms.papers import PaperForm
from timbang.policy.models import Debt, Dossier, Part
from timbang.policy.permission import OFFICE_ROLES, dossier_for, own_dossier_for
from timbang.policy.views.desk import (
    day_of,
    done_or_said,
    now,
    policy_page,
    show,
    to_dossier,
)


@policy_page("decision_maker", methods=("GET", "HEAD"))
def lane(request: OfficerRequest, dossier_id: UUID) -> HttpResponse:
    """Before the lane is used: its words, the signatures, and what would be owed until when."""
    found = own_dossier_for(request.officer, dossier_id)
    if not found.by_office or course.step_of(found) is None or found.step in course.IN_LANE:
        raise Http404
    on = day_of(request)
    ways = desk_reading.lane_ways(found, on)
    if not ways:
        raise Http404
    part = course.newest(found).get("lane")
    lacks, acted = course.lacking(found), course.acted_at(found, request.officer)
    held = course.guards(found, on=on, lacks=lacks)
    options = course.options(found, request.officer, held=held, acted=acted, lacks=lacks)
    context = {
        "dossier": found,
        "step": course.step_of(found),
        "kept": desk_reading.kept_away(found, request.officer, ("decision_maker",), options),
        "ways": _named(ways, part),
        "options": [each for each in options if each.outcome.owes] if part else [],
        **_words(found, part, request),
    }
    return show(request, "lane", context)


def _named(ways: list[desk_reading.LaneWay], part: Part | None) -> list[desk_reading.LaneWay]:
    """Once the words name a ground, only that one."""
    ground = part.body.get("ground") if part else None
    return [way for way in ways if way.ground == ground] or ways


def _words(found: Dossier, part: Part | None, request: OfficerRequest) -> dict[str, Any]:
    on = day_of(request)
    own, every = desk_reading.rates(found.organ)
    return {
        "part": desk_reading.values_of(part) if part else None,
        "signed": course.signatures(found, part) if part else [],
        "void": course.void_signatures(found, part) if part else [],
        "overdue": course.overdue(found.organ, on),
        "latest": desk_reading.latest_sunset(found, on),
        "own_rate": own,
        "every_rate": every,
        "today": on,
    }


@policy_page("decision_maker")
def sign(request: OfficerRequest, dossier_id: UUID) -> HttpResponse:
    """Sign beside the words of another decision maker."""
    found = dossier_for(request.officer, dossier_id)
    part = course.newest(found).get("lane") if found.by_office else None
    if part is None or not desk_reading.may_read_lane(found, request.officer):
        raise Http404
    form = ActForm(request.POST or None, dossier=found)

    def act() -> HttpResponse:
        co_sign(found, seen=form.seen, by=request.officer, at=now())
        return to_dossier(found, "co_signed")

    on = day_of(request)
    context = {
        "dossier": found,
        "form": form,
        "ways": _named(desk_reading.lane_ways(found, on), part),
        "why_not": desk_reading.why_not_sign(found, request.officer),
        **_words(found, part, request),
    }
    return done_or_said(request, form, act, "lane_sign", context, dossier=found)


@policy_page(*OFFICE_ROLES)
def debt(request: OfficerRequest, dossier_id: UUID, debt_id: int) -> HttpResponse:
    """Pay what is owed with the document that shows it."""
    found = dossier_for(request.officer, dossier_id)
    row = Debt.objects.filter(dossier=found, pk=debt_id).first()
    if row is None or not desk_reading.inside(found, request.officer):
        raise Http404
    row.dossier = found
    kind = row.code
    form = PaperForm.of(request.POST or None, found, kind)
    form.fields["read_on"].initial = day_of(request)

    def act() -> HttpResponse:
        pay_debt(row, form.told, seen=form.seen, by=request.officer, at=now())
        return to_dossier(found, "debt_paid")

    rule = owed_as(found, row.code)
    context = {
        "dossier": found,
        "debt": row,
        "rule": rule,
        "form": form,
        "late": max(0, (day_of(request) - row.due_on).days),
        "document": policy.DOCUMENTS[kind].title,
        "writes": kind if kind in ("legal_clearance", "budget_clearance") else "",
    }
    if request.method != "POST":
        context["why_not"] = _why_not(found, row, request)
    return done_or_said(request, form, act, "debt", context, dossier=found)


def _why_not(found: Dossier, row: Debt, request: OfficerRequest) -> Refusal | None:
    if row.paid_on is not None:
        day = date_format(row.paid_on, "j F Y")
        return Refusal(_("This debt was paid on %(day)s.") % {"day": day})
    if row.dropped_on is not None:
        return Refusal(_("Nobody owes this any more."))
    try:
        check_payer(found, row, request.officer)
    except Refusal as refusal:
        return refusal
    return None
