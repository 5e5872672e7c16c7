"""Projects by place, against need and against votes: the public page, and its file."""

from __future__ import annotations

import subprocess
import sys
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from timbang.law import service
from timbang.policy import placing, spreadsheet
from timbang.policy.compare_pages import download, region
from timbang.policy.placing import Counted, Place
from timbang.registry import sources

COLUMNS: Final = (
    "table", "source", "programme", "year", "region", "packages", "amount", "unpriced", "need",
    "votes", "votes_year", "per_vote", "elected_share",
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
        context |= _chosen(counted, request.GET.get("isi", ""))
    return render(request, "policy/placed.html", context)


def _chosen(counted: Counted, asked: str) -> dict[str, Any]:
    listed = {_key(*each): each for each in placing.choices(counted)}
    if asked and asked not in listed:
        raise Http404
    key = asked or next(iter(listed))
    table, source, programme, year = listed[key]
    found = placing.places(counted, table=table, source=source, programme=programme, year=year)
    about = counted.programmes.get(programme)
    drawn = placing.scatter(found)
    return {
        "choices": [
            {"key": code, "words": _words(counted, *each), "chosen": code == key}
            for code, each in listed.items()
        ],
        "words": _words(counted, *listed[key]),
        "duty": service.DUTIES.get(about.duty) if about else None,
        "group": service.GROUPS.get(about.group) if about else None,
        "lines": [_line(each) for each in found],
        "scatter": drawn,
        "most": formats.number_format(drawn.most, 0, force_grouping=True) if drawn else "",
        "points": [(point, region(point.region)) for point in drawn.points] if drawn else [],
        "source": sources.sources()[source].title if source in sources.sources() else source,
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
        "votes": _number(place.votes),
        "year": place.year,
        "per_vote": _number(place.per_vote),
        "elected": "" if place.elected is None
        else f"{formats.number_format(place.elected * 100, 0)} %",
    }  # fmt: skip


def _number(value: float | None) -> str:
    return "" if value is None else str(formats.number_format(value, 0, force_grouping=True))


@require_safe
def placed_csv(_request: HttpRequest) -> HttpResponse:
    """Every choice with every place."""
    counted = placing.read(settings.PLACES)
    if counted is None:
        raise Http404
    rows = [
        {
            "table": table, "source": source, "programme": programme, "year": year,
            "region": each.region, "packages": each.packages, "amount": each.amount,
            "unpriced": each.unpriced, "need": None, "votes": each.votes, "votes_year": each.year,
            "per_vote": each.per_vote, "elected_share": each.elected,
        }
        for table, source, programme, year in placing.choices(counted)
        for each in placing.places(
            counted, table=table, source=source, programme=programme, year=year
        )
    ]  # fmt: skip
    text = spreadsheet.write_csv(COLUMNS, rows)
    return download(text, "text/csv", "timbang-proyek-per-tempat.csv")
