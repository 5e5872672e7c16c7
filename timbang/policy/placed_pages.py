"""Projects by place, against need and against votes: the public page, and its file."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from timbang.law import service
from timbang.policy import placing, spreadsheet
from timbang.policy.compare_pages import download, region
from timbang.policy.placing import Counted, Place
from timbang.registry import figures, sources
from timbang.registry.figures import Measure

UNITS: Final = {
    "people": gettext_lazy("people"),
    "households": gettext_lazy("households"),
    "houses": gettext_lazy("houses"),
    "km": gettext_lazy("km"),
    "percent": gettext_lazy("per cent"),
}
COLUMNS: Final = (
    "table", "source", "programme", "year", "region", "packages", "amount", "unpriced",
    "need_measure", "need", "need_unit", "need_year", "need_publisher", "per_need", "votes",
    "votes_year", "per_vote", "elected_share",
)  # fmt: skip


def keep() -> bool:
    """Count anew where the tables have changed; False where there was nothing to do.

    In a process of its own: reading tables takes memory that the worker would never give back.
    """
    if not placing.is_outdated(settings.TABLES, settings.PLACES):
        return False
    command = [sys.executable, "-m", "timbang", "policy", "places",
               str(settings.TABLES), str(settings.PLACES)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return True


@require_safe
def placed(request: HttpRequest) -> HttpResponse:
    """One programme or kind of package in one year, place by place."""
    counted = placing.read(settings.PLACES)
    context: dict[str, Any] = {"counted": counted}
    if counted is not None and counted.projects:
        context |= _chosen(counted, request.GET.get("isi", ""), _measure(counted, request))
    return render(request, "policy/placed.html", context)


def _measure(counted: Counted, request: HttpRequest) -> str:
    """By which figure need is told: the one that is asked for, else the first that is known."""
    known = placing.measures(counted)
    asked = request.GET.get("butuh", "")
    if asked and asked not in known:
        raise Http404
    return asked or next(iter(known), "")


def _chosen(counted: Counted, asked: str, measure: str) -> dict[str, Any]:
    listed = {_key(*each): each for each in placing.choices(counted)}
    if asked and asked not in listed:
        raise Http404
    key = asked or next(iter(listed))
    table, source, programme, year = listed[key]
    found = placing.places(
        counted, table=table, source=source, programme=programme, year=year, measure=measure
    )
    about = counted.programmes.get(programme)
    by_measure = figures.MEASURES.get(measure)
    return {
        "choices": [
            {"key": code, "words": _words(counted, *each), "chosen": code == key}
            for code, each in listed.items()
        ],
        "words": _words(counted, *listed[key]),
        "duty": service.DUTIES.get(about.duty) if about else None,
        "group": service.GROUPS.get(about.group) if about else None,
        "lines": [_line(each) for each in found],
        "measures": [
            {"key": code, "words": figures.MEASURES[code].title, "chosen": code == measure}
            for code in placing.measures(counted)
        ],
        "measure": by_measure,
        "unit": UNITS.get(by_measure.unit) if by_measure else None,
        "query": urlencode({"butuh": measure}) if measure else "",
        "drawn": [_drawn(found, per) for per in _axes(by_measure)],
        "together": [
            (words, placing.together(found, other))
            for other, words in (("need", _("Need")), ("votes", _("Valid votes")))
        ],
        "source": sources.sources()[source].title if source in sources.sources() else source,
    }


def _axes(measure: Measure | None) -> tuple[str, ...]:
    return ("vote", "need") if measure and measure.counts else ("vote",)


def _drawn(found: Sequence[Place], per: str) -> dict[str, Any]:
    drawn = placing.scatter(found, per=per)
    return {
        "per": per,
        "scatter": drawn,
        "most": formats.number_format(drawn.most, 0, force_grouping=True) if drawn else "",
        "points": [(point, region(point.region)) for point in drawn.points] if drawn else [],
    }


def _key(table: str, source: str, programme: str, year: int) -> str:
    return "|".join((table, source, programme, str(year)))


def _words(counted: Counted, table: str, _source: str, programme: str, year: int) -> str:
    when = str(year) if year else _("year not known")
    if table == "procurements":
        return _("All procurements, %(year)s") % {"year": when}
    if not programme:
        return _("Plans without a programme, %(year)s") % {"year": when}
    known = counted.programmes.get(programme)
    return f"{programme} {known.name if known else ''}".strip() + f", {when}"


def _line(place: Place) -> dict[str, Any]:
    return {
        "region": region(place.region) if place.region else "",
        "packages": place.packages,
        "unpriced": place.unpriced,
        "amount": _number(place.amount) if place.packages > place.unpriced else "",
        "need": _figure(place.need.value) if place.need else "",
        "need_year": place.need.year if place.need else None,
        "publisher": place.need.publisher if place.need else "",
        "per_need": _number(place.per_need),
        "votes": _number(place.votes),
        "year": place.year,
        "per_vote": _number(place.per_vote),
        "elected": "" if place.elected is None
        else f"{formats.number_format(place.elected * 100, 0)} %",
    }  # fmt: skip


def _figure(value: float) -> str:
    digits = 0 if value == int(value) else 2
    return str(formats.number_format(value, digits, force_grouping=True))


def _number(value: float | None) -> str:
    return "" if value is None else str(formats.number_format(value, 0, force_grouping=True))


@require_safe
def placed_csv(request: HttpRequest) -> HttpResponse:
    """Every choice with every place; need by the figure that is asked for."""
    counted = placing.read(settings.PLACES)
    if counted is None:
        raise Http404
    measure = _measure(counted, request)
    rows = [
        {
            "table": table, "source": source, "programme": programme, "year": year,
            "region": each.region, "packages": each.packages,
            "amount": each.amount if each.packages > each.unpriced else None,
            "unpriced": each.unpriced, "need_measure": measure or None,
            "need": each.need.value if each.need else None,
            "need_unit": figures.MEASURES[measure].unit if each.need else None,
            "need_year": each.need.year if each.need else None,
            "need_publisher": each.need.publisher if each.need else None,
            "per_need": each.per_need, "votes": each.votes, "votes_year": each.year,
            "per_vote": each.per_vote, "elected_share": each.elected,
        }
        for table, source, programme, year in placing.choices(counted)
        for each in placing.places(
            counted, table=table, source=source, programme=programme, year=year, measure=measure
        )
    ]  # fmt: skip
    text = spreadsheet.write_csv(COLUMNS, rows)
    return download(text, "text/csv", "timbang-proyek-per-tempat.csv")
