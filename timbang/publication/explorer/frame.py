"""What all pages of the explorer share: the open file, the sections, the way to a report."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from timbang.publication import spreadsheet
from timbang.publication.explorer import asking, reading
from timbang.publication.explorer.reading import Explorer

# The sections in the order of the page's own navigation: the name of the page, and its words.
SECTIONS: Final[tuple[tuple[str, Promise], ...]] = (
    ("publication:explore", _("Overview")),
    ("publication:purchases", _("Procurement")),
    ("publication:agencies", _("Offices that buy")),
    ("publication:budgets", _("Budgets")),
    ("publication:services", _("Service times")),
    ("publication:appointed", _("Appointments")),
    ("publication:yardsticks", _("Yardstick")),
    ("publication:warnings", _("Early warning")),
    ("publication:methods", _("How indications are found")),
)
Page = Callable[..., HttpResponse]


def with_file(page: Callable[..., HttpResponse]) -> Page:
    """Give the page the open file; before the first was built, a page that says so."""

    @wraps(page)
    def shown(request: HttpRequest, **where: Any) -> HttpResponse:
        with reading.opened(settings.EXPLORER) as explorer:
            if explorer is None and request.path_info.endswith((".csv", ".json")):
                raise Http404
            if explorer is None:
                return show(request, "nothing.html")
            return page(request, explorer, **where)

    return shown


def show(
    request: HttpRequest,
    template: str,
    explorer: Explorer | None = None,
    *,
    of: tuple[str, ...] = (),
    **told: Any,
) -> HttpResponse:
    """A page of a section; `of` are the tables that it is made of, whose sources it names.

    `about` among what is told is what a report would be about.
    """
    page = {
        "sections": SECTIONS,
        "here": request.resolver_match.view_name if request.resolver_match else "",
        "built_on": explorer.built_on if explorer else None,
        "sources": explorer.sources_of(*of) if explorer else (),
        "not_understood": asking.not_understood(request.GET),
        **told,
    }
    response = render(request, f"publication/explorer/{template}", page)
    intake = urlsplit(settings.INTAKE_URL)
    if intake.netloc:
        # The button leads to another door: the form may go there, and nowhere else.
        response._csp_update = {"form-action": [f"{intake.scheme}://{intake.netloc}"]}  # type: ignore[attr-defined]
    return response


def download(text: str, kind: str, name: str) -> HttpResponse:
    """A file that the browser keeps instead of showing it."""
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def csv(columns: tuple[str, ...], rows: list[dict[str, object]], name: str) -> HttpResponse:
    """A table without formulas."""
    return download(spreadsheet.write_csv(columns, rows), "text/csv", name)


def source_words(explorer: Explorer, *tables: str) -> list[dict[str, object]]:
    """Who publishes the data and under what licence, as every file says it."""
    return [
        {
            "code": each.code,
            "title": {"id": each.title_id, "en": each.title_en},
            "publisher": {"id": each.publisher_id, "en": each.publisher_en},
            "licence": {"id": each.licence_id, "en": each.licence_en},
            "said_by_package": each.said,
            "loaded_on": each.loaded_on.isoformat(),
        }
        for each in explorer.sources_of(*tables)
    ]
