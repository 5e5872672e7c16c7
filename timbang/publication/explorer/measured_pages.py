"""Public pages of the early warning and of Weber's yardstick."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from timbang.publication.explorer import asking, frame, wording
from timbang.publication.explorer.frame import with_file
from timbang.publication.explorer.reading import Explorer
from timbang.signals import warning, weber

KINDS: Final[dict[str, Promise]] = {
    "province": gettext_lazy("Provinces"),
    "regency": gettext_lazy("Regencies and cities"),
}
OF_KIND: Final[dict[str, Promise]] = {
    "signals": gettext_lazy("signals from public facts"),
    "decided": gettext_lazy("decided cases"),
    "history": gettext_lazy("earlier elections"),
    "published": gettext_lazy("indicators of Bawaslu"),
}
ORIGINS: Final[dict[str, Promise]] = {
    "article": gettext_lazy("named by the source articles"),
    "ours": gettext_lazy("added by us"),
}


@require_safe
@with_file
def warnings(request: HttpRequest, explorer: Explorer) -> HttpResponse:
    """Regions before an election, with formula, contributions, and what a place is worth."""
    kind = request.GET.get("jenis", "province")
    if kind not in KINDS:
        raise Http404
    told = explorer.warned(kind)
    without = [each for each in told if each["index"] is None]
    formula = warning.formula()
    titles = {each.code: each.title for each in formula.components}
    about = explorer.about_warning
    return frame.show(
        request,
        "warnings.html",
        explorer,
        kept_query=f"jenis={kind}" if kind != "province" else "",
        kinds=[{"code": c, "words": words, "chosen": c == kind} for c, words in KINDS.items()],
        election=explorer.elections.get(about["election"], about["election"]),
        voting_on=date.fromisoformat(about["voting_on"]),
        known_on=date.fromisoformat(about["known_on"]),
        test=_test(about["back_test"]),
        components=[_component(each) for each in formula.components],
        reporting=formula.reporting_reason,
        least=f"{warning.LEAST_KNOWN:.0%}",
        lines=[_line(each, titles) for each in told if each["index"] is not None],
        unjudged=[_line(each, titles) for each in without],
        ahead=[wording.region(e["region_code"]) for e in without if e["place_low"] == 1],
        among=len(told),
        nothing_known=[
            wording.region(each["region_code"]) for each in without if not each["contributions"]
        ],
    )


def _component(found: warning.Component) -> dict[str, Any]:
    return {
        "title": found.title,
        "kind": OF_KIND[found.kind],
        "measure": found.measure,
        "reason": found.reason,
        "weight": found.weight,
    }


def _test(found: dict[str, Any] | None) -> dict[str, Any] | None:
    if found is None:
        return None
    words = {name: wording.number(found[name], 2) for name in ("correlation", "low", "high")}
    return {**found, **words}


def _line(found: dict[str, Any], titles: dict[str, Any]) -> dict[str, Any]:
    return {
        "region": wording.region(found["region_code"]),
        "place": found["place"],
        "of": found["of"],
        "among": found["among"],
        "low": found["place_low"],
        "high": found["place_high"],
        "index": "" if found["index"] is None else wording.number(found["index"], 2),
        "known": f"{found['known']:.0%}",
        "parts": [
            {
                "title": titles[part["component"]],
                "value": "" if part["value"] is None else wording.measure(part["value"]),
                "rank": wording.number(part["rank"], 2),
                "share": wording.number(part["share"], 2),
                "without": found["without"].get(part["component"]),
                "source": part["source"],
                "known_on": wording.day(date.fromisoformat(part["known_on"])),
            }
            for part in sorted(found["contributions"], key=lambda part: -part["share"])
        ],
        "missing": [titles[code] for code in found["missing"]],
        "reports": None if found["reports"] is None else wording.number(found["reports"]),
        "silent": found["silent"],
    }


@require_safe
@with_file
def yardsticks(request: HttpRequest, explorer: Explorer) -> HttpResponse:
    """Agencies of which something was measured, and what the elements are."""
    region = asking.read(request.GET).region
    found = explorer.yardsticks(region)
    return frame.show(
        request,
        "yardsticks.html",
        explorer,
        kept_query=f"wilayah={region}" if region else "",
        regions=[
            {"code": code, "words": wording.region(code), "chosen": code == region}
            for code in explorer.yardstick_regions()
        ],
        elements=[_element(each) for each in weber.elements()],
        fewest=weber.FEWEST,
        lines=[
            {"code": code, "name": name, "region": wording.region(place)}
            for code, name, place in found
        ],
    )


def _element(found: weber.Element) -> dict[str, Any]:
    return {
        "title": found.title,
        "origin": ORIGINS[found.origin],
        "measures": [{"title": m.title, "beware": m.beware} for m in found.measures],
    }


@require_safe
@with_file
def yardstick(request: HttpRequest, explorer: Explorer, agency: str) -> HttpResponse:
    """One agency, element by element; what nobody measured is told as missing."""
    found = explorer.yardstick(agency)
    if found is None:
        raise Http404
    name, region, cells = found
    return frame.show(
        request,
        "yardstick.html",
        explorer,
        name=name,
        region=wording.region(region),
        fewest=weber.FEWEST,
        lines=list(_cells(cells)),
    )


def _cells(cells: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    elements = {each.code: each for each in weber.elements()}
    measures = {m.code: m for each in elements.values() for m in each.measures}
    for cell in cells:
        measure = measures.get(cell["measure"] or "")
        element = elements[cell["element"]]
        yield {
            "title": element.title,
            "origin": ORIGINS[element.origin],
            "measure": measure.title if measure else _("no measure yet"),
            "beware": measure.beware if measure else "",
            "status": cell["status"],
            **{key: _percent(cell[key]) for key in ("share", "low", "high")},
            "whole": wording.number(cell["whole"]) if cell["whole"] else "",
        }


def _percent(share: float | None) -> str:
    return "" if share is None else f"{wording.number(share * 100)} %"
