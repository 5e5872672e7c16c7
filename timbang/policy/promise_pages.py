"""Public pages of promises and plans, and their files."""

from __future__ import annotations

import json
from typing import Any, Final
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from timbang.law import service
from timbang.policy import promise_reading, spreadsheet
from timbang.policy.compare_pages import download, region
from timbang.policy.models import Promise
from timbang.policy.wording import PROMISE_KINDS

FORMAT: Final = "timbang-promises/1"
PAGE: Final = 50
COLUMNS: Final = (
    "number", "kind", "who", "text", "made_on", "source", "url", "read_on", "region", "duties",
    "groups", "amount", "measure", "target", "due_on", "recorded_by", "recorded_on",
    "retracted_on", "why_retracted", "dossiers",
)  # fmt: skip


@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """What was promised, newest record first; narrowed down by region, kind and duty."""
    asked = {name: request.GET.get(name, "")[:40] for name in ("wilayah", "jenis", "tugas")}
    page = Paginator(_fitting(asked), PAGE).get_page(request.GET.get("halaman"))
    told = [promise_reading.told(row) for row in page.object_list]
    codes = sorted(set(Promise.objects.values_list("region_code", flat=True)))
    context = {
        "page": page,
        "promises": told,
        "asked": asked,
        "regions": [
            {"code": code[:2], "words": region(code[:2]), "chosen": asked["wilayah"] == code[:2]}
            for code in dict.fromkeys(code[:2] for code in codes)
        ],
        "kinds": [
            {"code": code, "words": words, "chosen": asked["jenis"] == code}
            for code, words in PROMISE_KINDS.items()
        ],
        "duties": [
            {"code": code, "words": words, "chosen": asked["tugas"] == code}
            for code, words in service.DUTIES.items()
        ],
        "query": urlencode({name: value for name, value in asked.items() if value}),
    }  # fmt: skip
    return render(request, "policy/promises.html", context)


def _fitting(asked: dict[str, str]) -> Any:
    rows = Promise.objects.select_related("organ")
    if asked["wilayah"]:
        rows = rows.filter(region_code__startswith=asked["wilayah"][:2])
    if asked["jenis"]:
        rows = rows.filter(kind=asked["jenis"])
    if asked["tugas"] in service.DUTIES:
        # A list of codes as JSON text: no code is part of another one.
        rows = rows.filter(duties__icontains=f'"{asked["tugas"]}"')
    return rows


@require_safe
def promise(request: HttpRequest, promise_id: UUID) -> HttpResponse:
    """One promise with the dossiers that came of it, and their results beside it."""
    row = Promise.objects.select_related("organ").filter(pk=promise_id).first()
    if row is None:
        raise Http404
    return render(request, "policy/promise.html", {"told": promise_reading.told(row)})


@require_safe
def promises_csv(_request: HttpRequest) -> HttpResponse:
    """All promises as a table."""
    text = spreadsheet.write_csv(COLUMNS, _rows(", ".join))
    return download(text, "text/csv", "timbang-janji.csv")


@require_safe
def promises_json(_request: HttpRequest) -> HttpResponse:
    """The same as JSON."""
    content = {"format": FORMAT, "promises": _rows(list)}
    text = json.dumps(content, ensure_ascii=False, indent=1, default=str) + "\n"
    return download(text, "application/json", "timbang-janji.json")


def _rows(several: Any) -> list[dict[str, object]]:
    rows = Promise.objects.select_related("organ").prefetch_related("links__dossier")
    return [
        {
            "number": row.number, "kind": row.kind, "who": row.who, "text": row.text,
            "made_on": row.made_on, "source": row.source, "url": row.url, "read_on": row.read_on,
            "region": row.region_code, "duties": several(row.duties), "groups": several(row.groups),
            "amount": row.amount, "measure": row.measure, "target": row.target,
            "due_on": row.due_on, "recorded_by": row.organ.name, "recorded_on": row.recorded_on,
            "retracted_on": row.retracted_on, "why_retracted": row.why_retracted,
            "dossiers": several(
                [link.dossier.number for link in row.links.all() if link.dossier.is_public]
            ),
        }
        for row in rows
    ]  # fmt: skip
