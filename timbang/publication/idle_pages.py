"""Appointing offices that have not acted: by office, with the days, and what takes one off.

Made of public rows and of nothing else: no case, no person, no reporter. A file of the same stands
beside the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from timbang.cases.models import IdleOffice
from timbang.law.bilingual import Bilingual
from timbang.law.vocabulary import VERIFICATION
from timbang.publication import spreadsheet

FORMAT: Final = "timbang-not-acted/1"
PAGE: Final = 100
COLUMNS: Final = (
    "id", "office", "office_name", "region", "procedure", "step", "citation", "level",
    "delivered_on", "last_day", "listed_on", "acted_on",
)  # fmt: skip


@require_safe
def idle(request: HttpRequest) -> HttpResponse:
    """Who has not acted so far, the longest wait first; then who did so late."""
    rows = IdleOffice.objects.all()
    standing = rows.filter(acted_on=None).order_by("last_day", "id")
    acted = rows.exclude(acted_on=None).order_by("-acted_on", "id")
    page = {
        "standing": [_line(row) for row in standing[:PAGE]],
        "acted": [_line(row) for row in acted[:PAGE]],
        "more": standing[PAGE : PAGE + 1].exists() or acted[PAGE : PAGE + 1].exists(),
    }
    return render(request, "publication/idle.html", page)


@require_safe
def idle_office(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """One of them: the duty, its term day by day, and what takes the office off the list."""
    row = IdleOffice.objects.filter(pk=row_id).first()
    if row is None:
        raise Http404
    days = [_day(day) for day in row.days]
    return render(request, "publication/idle_office.html", {"line": _line(row), "days": days})


@require_safe
def idle_json(request: HttpRequest) -> HttpResponse:
    """All rows, with the days of each term."""
    rows = [_row(row) | {"days": row.days} for row in IdleOffice.objects.all()]
    text = json.dumps({"format": FORMAT, "offices": rows}, ensure_ascii=False, indent=1)
    return _download(text + "\n", "application/json", "timbang-belum-bertindak.json")


@require_safe
def idle_csv(request: HttpRequest) -> HttpResponse:
    """All rows as a table."""
    rows: Iterable[Mapping[str, object]] = (_row(row) for row in IdleOffice.objects.all())
    text = spreadsheet.write_csv(COLUMNS, rows)
    return _download(text, "text/csv", "timbang-belum-bertindak.csv")


def _line(row: IdleOffice) -> dict[str, Any]:
    return {
        "row": row,
        "duty": Bilingual(row.duty_id, row.duty_en),
        "level": VERIFICATION.get(row.level, ""),
    }


def _day(day: Mapping[str, Any]) -> dict[str, Any]:
    return {**day, "why": Bilingual(day["reason_id"], day["reason"])}


def _row(row: IdleOffice) -> dict[str, object]:
    return {
        "id": str(row.pk),
        "office": row.organ_code,
        "office_name": row.organ_name,
        "region": row.region_code,
        "procedure": row.procedure,
        "step": row.step,
        "citation": row.citation,
        "level": row.level,
        "delivered_on": row.delivered_on.isoformat(),
        "last_day": row.last_day.isoformat(),
        "listed_on": row.listed_on.isoformat(),
        "acted_on": row.acted_on.isoformat() if row.acted_on else "",
    }


def _download(text: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
