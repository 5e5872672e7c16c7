"""Open data of policies: the list of dossiers, each dossier as a Data Package, its calendar."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from timbang.policy import addresses, calendar, datapackage
from timbang.policy.models import Dossier

ROWS_AT_ONCE: Final = 500


def download(body: str | bytes, kind: str, name: str) -> HttpResponse:
    """A file to keep."""
    response = HttpResponse(body, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def docket_address(request: HttpRequest, dossier: Dossier) -> str:
    """The whole address of a dossier's public page."""
    path = reverse("dockets:docket", args=[addresses.slug_of(dossier.number)])
    return request.build_absolute_uri(path)


@require_safe
def dossiers_csv(_request: HttpRequest) -> HttpResponse:
    """All published dossiers, one a line."""
    rows = map(datapackage.listed, _published())
    return download(datapackage.write_csv(datapackage.LIST, rows), "text/csv", "kebijakan.csv")


@require_safe
def dossiers_json(request: HttpRequest) -> HttpResponse:
    """All published dossiers, each with where its package lies."""
    rows = [
        datapackage.as_json(datapackage.LIST, datapackage.listed(dossier))
        | {"package": _package_address(request, dossier)}
        for dossier in _published()
    ]
    text = datapackage.write_json({"format": "timbang-dossiers/1", "dossiers": rows})
    return download(text, "application/json", "kebijakan.json")


def _published() -> list[Dossier]:
    return list(Dossier.objects.public().select_related("organ"))


def _package_address(request: HttpRequest, dossier: Dossier) -> str:
    path = reverse("dockets:package", args=[addresses.slug_of(dossier.number)])
    return request.build_absolute_uri(path)


@require_safe
def package(_request: HttpRequest, number: str) -> HttpResponse:
    """The descriptor of a dossier's package; the tables stand beside it."""
    text = datapackage.write_json(datapackage.package(addresses.found(number)))
    return HttpResponse(text, content_type="application/json; charset=utf-8")


@require_safe
def package_table(_request: HttpRequest, number: str, name: str) -> HttpResponse:
    """One table of a package."""
    for table in datapackage.tables(addresses.found(number)):
        if table.name == name:
            text = datapackage.write_csv(table.columns, table.rows)
            return download(text, "text/csv", f"{name}.csv")
    raise Http404


@require_safe
def package_zip(_request: HttpRequest, number: str) -> HttpResponse:
    """The whole package in one file."""
    dossier = addresses.found(number)
    name = f"{addresses.slug_of(dossier.number)}.zip"
    response = HttpResponse(datapackage.write_zip(dossier), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def dossier_calendar(request: HttpRequest, number: str) -> HttpResponse:
    """The terms, debts and milestones of a dossier, for a calendar."""
    dossier = addresses.found(number)
    if dossier.retracted_on is not None:
        raise Http404
    body = calendar.calendar(
        calendar.of_dossier(dossier),
        name=dossier.number,
        address=lambda each: docket_address(request, each),
    )
    return download(body, "text/calendar", f"{addresses.slug_of(dossier.number)}.ics")
