"""Public pages where people are counted: service times, and appointments around the ban.

Only groups are shown, in full fives; `grouping` says why that is enough here.
"""

from __future__ import annotations

import json
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from timbang.publication import suppress
from timbang.publication import wording as words_of_figures
from timbang.publication.explorer import asking, drawing, frame, wording
from timbang.publication.explorer.frame import with_file
from timbang.publication.explorer.grouping import BAN_MONTHS, WEEKS
from timbang.publication.explorer.reading import Ban, Explorer, Service

FORMAT: Final = "timbang-services/1"
COLUMNS: Final = (
    "region", "region_name", "agency", "service", "year", "applied_at_least",
    "answered_at_least", "in_time_at_least", "late_at_least", "median_time", "source",
)  # fmt: skip


@require_safe
@with_file
def services(request: HttpRequest, explorer: Explorer) -> HttpResponse:
    """How long services took, by office, service and year."""
    region = asking.read(request.GET).region
    every = explorer.services()
    found = [each for each in every if region in ("", each.region)]
    regions = sorted({each.region for each in every})
    return frame.show(
        request,
        "services.html",
        explorer,
        of=("services",),
        kept_query=f"wilayah={region}" if region else "",
        step=suppress.STEP,
        fewest=suppress.FEWEST_FOR_SPREAD,
        small=wording.number(explorer.small_services()),
        regions=[
            {"code": code, "words": wording.region(code), "chosen": code == region}
            for code in regions
        ],
        lines=[_line(each) for each in found],
        about=_about(region) if found else "",
        about_region=region[:2],
    )


def _about(region: str) -> str:
    where = f", {wording.region(region)}" if region else ""
    return "\n".join([_("About how long a service took") + where, reverse("publication:services"),
                      "", ""])  # fmt: skip


def _line(found: Service) -> dict[str, Any]:
    return {
        "region": wording.region(found.region),
        "agency": found.agency,
        "service": found.service,
        "year": found.year,
        "applied": _at_least(found.applied),
        "answered": _at_least(found.answered),
        "in_time": _at_least(found.in_time),
        "late": _at_least(found.late),
        "median": words_of_figures.bucket(found.median) if found.median else "–",
    }


def _at_least(number: int) -> str:
    return wording.number(number) if number else "–"


@require_safe
@with_file
def services_csv(request: HttpRequest, explorer: Explorer) -> HttpResponse:
    """The groups that are shown, as a table without formulas."""
    return frame.csv(COLUMNS, _rows(explorer), "timbang-waktu-layanan.csv")


@require_safe
@with_file
def services_json(request: HttpRequest, explorer: Explorer) -> HttpResponse:
    """The same as JSON, with how it was grouped."""
    content = {
        "format": FORMAT,
        "built_on": explorer.built_on.isoformat(),
        "step": suppress.STEP,
        "fewest": suppress.FEWEST_FOR_SPREAD,
        "groups_not_shown": explorer.small_services(),
        "sources": frame.source_words(explorer, "services"),
        "services": _rows(explorer),
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return frame.download(text + "\n", "application/json", "timbang-waktu-layanan.json")


def _rows(explorer: Explorer) -> list[dict[str, object]]:
    return [
        {
            "region": each.region,
            "region_name": wording.region(each.region),
            "agency": each.agency,
            "service": each.service,
            "year": each.year,
            "applied_at_least": each.applied or "",
            "answered_at_least": each.answered or "",
            "in_time_at_least": each.in_time or "",
            "late_at_least": each.late or "",
            "median_time": each.median or "",
            "source": each.source,
        }
        for each in explorer.services()
    ]


@require_safe
@with_file
def appointed(request: HttpRequest, explorer: Explorer) -> HttpResponse:
    """The contests around whose ban appointments were counted."""
    return frame.show(
        request,
        "appointed.html",
        explorer,
        of=("appointments",),
        months=BAN_MONTHS,
        step=suppress.STEP,
        lines=[_ban(explorer, each) for each in explorer.bans()],
    )


@require_safe
@with_file
def appointed_around(
    request: HttpRequest, explorer: Explorer, election: str, region: str
) -> HttpResponse:
    """Appointments by week around the first day of the ban of one contest."""
    found = [b for b in explorer.bans() if (b.election, b.region) == (election, region)]
    if not found:
        raise Http404
    weeks = explorer.weeks(found[0])
    named = {week: str(week) for week in (-WEEKS, -WEEKS // 2, 0, WEEKS // 2)}
    told = _ban(explorer, found[0])
    name = _("About appointments in %(region)s before %(election)s") % {
        "region": told["region"], "election": told["election"]}  # fmt: skip
    return frame.show(
        request,
        "appointed_around.html",
        explorer,
        of=("appointments",),
        ban=told,
        months=BAN_MONTHS,
        step=suppress.STEP,
        chart=drawing.columns(
            [(named.get(each.week, ""), each.at_least) for each in weeks],
            marked=frozenset(n for n, each in enumerate(weeks) if each.week >= 0),
            lines={WEEKS: _("ban begins")},
        ),
        any=any(each.at_least for each in weeks),
        lines=[
            {"week": each.week, "at_least": _at_least(each.at_least), "after": each.week >= 0}
            for each in weeks
        ],
        about="\n".join([name, request.path_info, "", ""]),
        about_region=region[:2],
    )


def _ban(explorer: Explorer, found: Ban) -> dict[str, Any]:
    return {
        "election_code": found.election,
        "election": explorer.elections.get(found.election, found.election),
        "contest": wording.contest(found.contest_kind),
        "code": found.region,
        "region": wording.region(found.region),
        "first_day": wording.day(found.first_day),
    }
