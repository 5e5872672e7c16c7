"""The dossiers that an officer works on, and the page of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from timbang.accounts.access import OfficerRequest
from timbang.law import policy
from timbang.policy import course, desk_reading, docket_reading, ties
from timbang.policy.actions import describe, open_dossier
from timbang.policy.actions.opening import check_describer
from timbang.policy.actions.promising import records_promises
from timbang.policy.forms.about import DescribeForm, OpenForm, place_name
from timbang.policy.models import Debt, Dossier, LaneUse, Mode
from timbang.policy.permission import OFFICE_ROLES, dossier_for, may, own_dossier_for
from timbang.policy.views.comments import to_read
from timbang.policy.views.decree import decree_state
from timbang.policy.views.desk import (
    day_of,
    done_or_said,
    now,
    policy_page,
    refusal_of,
    show,
    to_dossier,
)

FEW: Final = 10
PAGE: Final = 50
LISTS: Final = {
    "tunggu": _("Waits for me"),
    "kantor": _("Dossiers of your office"),
    "persetujuan": _("Dossiers that your office clears"),
    "terbit": _("Published dossiers"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A list on the first page, or a page of it."""

    code: str
    title: Any
    page: Page[Any]

    @property
    def more(self) -> bool:
        """Whether the first page leaves some out."""
        return self.page.paginator.count > len(self.page.object_list)


@policy_page(methods=("GET", "HEAD"))
def dossiers(request: OfficerRequest) -> HttpResponse:
    """What waits for this officer, what his office writes and clears, and what is published."""
    wanted = request.GET.get("daftar", "")
    words = " ".join(request.GET.get("cari", "").split())[:200]
    context: dict[str, Any] = {
        "officer": request.officer,
        "words": words,
        "opens": _opens(request),
        "watches": request.officer.organ.kind == "policy_observer",
        "records": records_promises(request.officer),
    }
    if wanted in LISTS:
        number = request.GET.get("halaman", "1")
        context["listed"] = _listed(request, wanted, words, PAGE, number)
        return show(request, "dossier_list", context)
    every = [_listed(request, code, words, FEW, "1") for code in LISTS]
    overdue = _overdue(request)
    context |= {
        "lists": [each for each in every if each.page.object_list or each.code == "tunggu"],
        "overdue": overdue[:FEW],
        "overdue_count": overdue.count(),
        "today": day_of(request),
    }
    return show(request, "dossiers", context)


def _opens(request: OfficerRequest) -> bool:
    return request.officer.organ.kind == "policy_office" and may(request.officer, "analyst")


def _overdue(request: OfficerRequest) -> QuerySet[Debt]:
    rows = Debt.objects.owed().filter(
        dossier__organ=request.officer.organ, due_on__lt=day_of(request)
    )
    return rows.select_related("dossier__organ", "dossier__rules", "dossier__lane__line")


def _listed(request: OfficerRequest, code: str, words: str, size: int, number: str) -> Listed:
    officer, on = request.officer, day_of(request)
    if code == "tunggu":
        found = desk_reading.waiting(officer, on)
        page: Page[Any] = Paginator(found, size).get_page(number)
        page.object_list = desk_reading.waiting_lines(list(page.object_list), on)
        return Listed(code, LISTS[code], page)
    rows = Dossier.objects.all()
    if code == "kantor":
        rows = rows.filter(organ=officer.organ)
    elif code == "persetujuan":
        rows = rows.filter(clearers__organ=officer.organ).distinct()
    else:
        rows = rows.public().exclude(organ=officer.organ)
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(number__icontains=words))
    rows = rows.select_related("organ", "rules")
    return Listed(code, LISTS[code], Paginator(rows, size).get_page(number))


@policy_page("analyst")
def open_new(request: OfficerRequest) -> HttpResponse:
    """Open a dossier of one's own office; it is public from its first day."""
    if not _opens(request):
        raise Http404
    form = OpenForm(request.POST or None)

    def act() -> HttpResponse:
        found = open_dossier(
            form.about,
            mode=Mode.OFFICE,
            by=request.officer,
            at=now(),
            once=form.seen.once,
            clearers=form.clearers,
        )
        return to_dossier(found, "opened")

    context = {
        "form": form,
        "title": _("Open a dossier"),
        "button": _("Open the dossier"),
        "why": _(
            "Everybody sees from today on that this dossier exists, and where it stands. What you "
            "write in it is public once its step is left."
        ),
        "back": reverse("policy:dossiers"),
    }
    return done_or_said(request, form, act, "observe_form", context)


@policy_page("analyst")
def about(request: OfficerRequest, dossier_id: UUID) -> HttpResponse:
    """Write anew what a dossier is about."""
    found = own_dossier_for(request.officer, dossier_id)
    if not found.by_office:
        raise Http404
    form = DescribeForm(request.POST or None, dossier=found)

    def act() -> HttpResponse:
        describe(found, form.about, seen=form.seen, by=request.officer, at=now())
        return to_dossier(found, "described")

    context: dict[str, Any] = {
        "form": form,
        "dossier": found,
        "title": _("What it is about"),
        "button": _("Save"),
        "back": reverse("policy:dossier", args=[found.pk]),
    }
    if request.method != "POST":
        context["why_not"] = refusal_of(lambda: check_describer(found, request.officer))
    return done_or_said(request, form, act, "observe_form", context, dossier=found)


@policy_page(methods=("GET", "HEAD"))
def dossier(request: OfficerRequest, dossier_id: UUID) -> HttpResponse:
    """One dossier: where it stands, what is missing, what this officer may do."""
    officer, found = request.officer, dossier_for(request.officer, dossier_id)
    if not found.by_office and found.organ_id == officer.organ_id:
        return redirect("policy:observe", found.pk)
    found = desk_reading.with_rows(found)
    on, inside = day_of(request), desk_reading.inside(found, officer)
    stays = docket_reading.way(found, on)
    lane = docket_reading.lane_of(found)
    owed, lacks = docket_reading.debts(found, on), course.lacking(found)
    context = {
        "dossier": found,
        "place": place_name(found.region_code),
        "duties": docket_reading.duties(found),
        "groups": docket_reading.groups(found),
        "path": policy.PATHS[found.path],  # type: ignore[index]
        "way": stays,
        "ahead": desk_reading.ahead(found),
        "skipped": desk_reading.skipped(found, stays),
        "clearances": docket_reading.clearances(found, stays),
        "debts": desk_reading.debt_lines(found, owed, officer),
        "overdue": sum(each.overdue for each in owed),
        "milestones": docket_reading.milestones(found, on),
        "shelves": docket_reading.shelves(found),
        "ties": found.ties.all(),
        "lane": lane,
        "lines": desk_reading.journal(found),
        "inside": inside,
        "to_read": to_read(found, officer),
        **decree_state(found, officer),
        "mine": found.organ_id == officer.organ_id,
        "texts": [] if inside else docket_reading.texts(found),
        "parts": desk_reading.part_groups(found, officer, stays, lacks) if inside else [],
        **_turn(request, found, lane, lacks),
    }
    return show(request, "dossier", context)


def _turn(
    request: OfficerRequest, found: Dossier, lane: LaneUse | None, lacks: course.Lacks
) -> dict[str, Any]:
    """Whose turn it is, and what this officer may do."""
    officer, on, step = request.officer, day_of(request), course.step_of(found)
    untied = course.tie_of(found, officer, ties.WRITING) is None
    writes = untied and found.organ_id == officer.organ_id and found.retracted_on is None
    context: dict[str, Any] = {
        "adds_documents": writes and found.by_office and may(officer, *OFFICE_ROLES),
        "describes": writes and found.ended_on is None and may(officer, "analyst"),
    }
    if step is None:
        ended = found.by_office and found.ended_as
        return context | {"ended": course.title_of(found, f"end:{ended}") if ended else ""}
    acted = course.acted_at(found, officer)
    held = course.guards(found, on=on, lacks=lacks)
    options = course.options(found, officer, held=held, acted=acted, lacks=lacks)
    ways = desk_reading.lane_ways(found, on)
    barred = [each for each in options if each.waits and not each.outcome.owes]
    ready = [each for each in options if each.ready and not each.outcome.owes]
    has_a_part = course.has_a_part(found, officer)
    plans = writes and may(officer, "executing_officer", "analyst")
    finishes = writes and may(officer, "executing_officer")
    return context | {
        "step": step,
        "role": desk_reading.role_word(step.role),
        "holder": course.holder_of(found),
        "ready": ready,
        "barred": barred,
        "opens_barred": not ready or any(each.undeclared for each in barred),
        "kept": desk_reading.kept_away(found, officer, options=options) if has_a_part else None,
        "own_work": bool(set(step.reviews) & acted),
        "his_role": may(officer, step.role),
        "missing": desk_reading.missing_next(found, held, lacks),
        "missing_parts": desk_reading.missing_parts(found, lacks),
        "declares_next": desk_reading.declares_next(found, officer),
        "declares": has_a_part,
        "goes_direct": bool(ways) and lane is None and _sees_lane(request, found),
        "signs": lane is None and desk_reading.signs(found, officer),
        "plans": plans,
        "finishes": finishes and found.step in ("execution", "direct_execution"),
        "open_points": docket_reading.open_points(found),
    }


def _sees_lane(request: OfficerRequest, found: Dossier) -> bool:
    officer = request.officer
    mine = found.organ_id == officer.organ_id and may(officer, "decision_maker")
    return mine and course.tie_of(found, officer, "decide") is None
