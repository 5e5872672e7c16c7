"""Which way is better? The public page that puts the paths beside each other, and its files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from timbang.accounts.codes import NATIONAL
from timbang.law import policy
from timbang.policy import addresses, comparing, facts, gathering, spreadsheet
from timbang.policy.comparing import Figure, Taken
from timbang.policy.models import Dossier
from timbang.registry import places

FORMAT: Final = "timbang-policy-comparison/1"
COLUMNS: Final = (
    "claim", "measure", "unit", "better", "path", "known", "not_known", "value", "low", "high",
    "holds",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """Which dossiers are compared; "" for all of them."""

    region: str = ""
    office: str = ""
    year: str = ""

    @property
    def query(self) -> str:
        told = {"wilayah": self.region, "kantor": self.office, "tahun": self.year}
        return urlencode({name: value for name, value in told.items() if value})


@dataclass(frozen=True, slots=True)
class Looked:
    """A dossier with what it is filtered by and what was measured of it."""

    dossier: Dossier
    region: str
    year: str
    taken: Taken


def read(given: Mapping[str, str]) -> Asked:
    """The question of an address; what cannot be asked is left out."""
    year = given.get("tahun", "")
    return Asked(
        region=given.get("wilayah", "")[:2],
        office=given.get("kantor", "")[:200],
        year=year if year.isdigit() and len(year) == 4 else "",
    )


def looked_at(on: date) -> list[Looked]:
    """Every published dossier that was not taken back, measured as of a day."""
    rows = list(Dossier.objects.public().filter(retracted_on=None).select_related("organ"))
    records = gathering.records(rows)
    return [_looked(row, records[row.pk], on) for row in rows]


def _looked(row: Dossier, record: facts.Record, on: date) -> Looked:
    found = facts.facts_of(record)
    began = found.executed_on
    taken = Taken(row.number, policy.path_of(found), comparing.measured(record, on))
    return Looked(row, row.region_code[:2], str(began.year) if began else "", taken)


def _fits(each: Looked, asked: Asked) -> bool:
    return (
        asked.region in ("", each.region)
        and asked.office in ("", each.dossier.office)
        and asked.year in ("", each.year)
    )


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Each claimed advantage and each risk: its measures by path, with what is not known."""
    asked = read(request.GET)
    every = looked_at(timezone.localdate())
    rows = [each for each in every if _fits(each, asked)]
    taken = [each.taken for each in rows]
    context = {
        "claims": [_shown(claims, taken) for claims in (policy.ADVANTAGES, policy.RISKS)],
        "paths": [
            {"title": title, "number": sum(each.path == code for each in taken)}
            for code, title in policy.PATHS.items()
        ],
        "number": len(rows),
        "fewest": comparing.FEWEST,
        "choices": _choices(every, asked),
        "query": asked.query,
    }
    return render(request, "policy/compare.html", context)


def _choices(every: Sequence[Looked], asked: Asked) -> list[dict[str, Any]]:
    regions = sorted({each.region for each in every})
    years = sorted({each.year for each in every if each.year}, reverse=True)
    offices = sorted({each.dossier.office for each in every})
    return [
        _choice("wilayah", _("Region"), asked.region, [(code, region(code)) for code in regions]),
        _choice("kantor", _("Office"), asked.office, [(name, name) for name in offices]),
        _choice("tahun", _("Year in which execution began"), asked.year,
                [(year, year) for year in years]),
    ]  # fmt: skip


def _choice(
    name: str, label: str, chosen: str, options: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    listed = [
        {"value": value, "words": words, "chosen": value == chosen} for value, words in options
    ]
    return {"name": name, "label": label, "options": listed}


def region(code: str) -> str:
    """A region as people call it."""
    return _("All of Indonesia") if code == NATIONAL else places.codes().get(code, code)


def _shown(claims: Mapping[str, policy.Claim], taken: Sequence[Taken]) -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "title": claim.title,
            "measures": [_measure(measure, taken) for measure in claim.measures],
        }
        for code, claim in claims.items()
    ]


def _measure(measure: policy.Measure, taken: Sequence[Taken]) -> dict[str, Any]:
    figures = comparing.compare(taken, measure.code)
    drawn = comparing.drawing(figures)
    return {
        "measure": measure,
        "drawing": drawn,
        "most": in_words(drawn.most, measure) if drawn else "",
        "marks": [(mark, policy.PATHS[mark.path]) for mark in drawn.marks] if drawn else [],  # type: ignore[index]
        "lines": [_line(figure, measure) for figure in figures],
        "known": sum(figure.known for figure in figures),
        "unknown": sum(figure.unknown for figure in figures),
    }


def _line(figure: Figure, measure: policy.Measure) -> dict[str, Any]:
    return {
        "path": policy.PATHS[figure.path],  # type: ignore[index]
        "figure": figure,
        "value": in_words(figure.value, measure),
        "low": in_words(figure.low, measure),
        "high": in_words(figure.high, measure),
        "holds": ""
        if figure.holds is None
        else f"{formats.number_format(figure.holds * 100, 1)} %",
    }


def in_words(value: float | None, measure: policy.Measure) -> str:
    """A figure in the unit of its measure, in the numbers of the language; "" for none."""
    if value is None:
        return ""
    if measure.unit is policy.SHARE:
        return _percent(value)
    whole = float(value).is_integer() and measure.code != "audit_findings"
    return formats.number_format(value, 0 if whole else 2, force_grouping=True)


def _percent(share: float | None, places: int = 0) -> str:
    return "" if share is None else f"{formats.number_format(share * 100, places)} %"


# --- files ----------------------------------------------------------------------------------------


@require_safe
def compare_csv(request: HttpRequest) -> HttpResponse:
    """Every figure of the page, one line for each measure and path."""
    asked = read(request.GET)
    rows = [each for each in looked_at(timezone.localdate()) if _fits(each, asked)]
    text = spreadsheet.write_csv(COLUMNS, _figures([each.taken for each in rows]))
    return download(text, "text/csv", "timbang-perbandingan-jalur.csv")


@require_safe
def compare_json(request: HttpRequest) -> HttpResponse:
    """The same as JSON, with every dossier and what was measured of it: to be counted again."""
    asked, on = read(request.GET), timezone.localdate()
    rows = [each for each in looked_at(on) if _fits(each, asked)]
    content = {
        "format": FORMAT,
        "measured_on": on.isoformat(),
        "asked": {"region": asked.region, "office": asked.office, "year": asked.year},
        "fewest": comparing.FEWEST,
        "figures": list(_figures([each.taken for each in rows])),
        "dossiers": [
            {
                "number": each.taken.number,
                "address": reverse("dockets:docket", args=[addresses.slug_of(each.taken.number)]),
                "path": each.taken.path,
                "region": each.dossier.region_code,
                "office": each.dossier.office,
                "year": each.year or None,
                "values": dict(each.taken.values),
            }
            for each in rows
        ],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    return download(text, "application/json", "timbang-perbandingan-jalur.json")


def _figures(taken: Sequence[Taken]) -> Iterator[dict[str, object]]:
    for claims in (policy.ADVANTAGES, policy.RISKS):
        for code, claim in claims.items():
            for measure in claim.measures:
                for figure in comparing.compare(taken, measure.code):
                    yield {
                        "claim": code,
                        "measure": measure.code,
                        "unit": measure.unit.en,
                        "better": measure.better,
                        "path": figure.path,
                        "known": figure.known,
                        "not_known": figure.unknown,
                        "value": figure.value,
                        "low": figure.low,
                        "high": figure.high,
                        "holds": figure.holds,
                    }


def download(text: str, kind: str, name: str) -> HttpResponse:
    """A file that the browser keeps instead of showing it."""
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
