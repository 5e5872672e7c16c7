"""Public pages: figures, their files, and how to verify the log. Anyone may read all of them."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from timbang.law.refusal import Refusal
from timbang.ledger import actions as ledger
from timbang.ledger import keys
from timbang.ledger.folder import CHECKPOINT, LogFolder
from timbang.ledger.models import Entry
from timbang.ledger.texts import Checkpoint, TextError
from timbang.ledger.tiles import places
from timbang.publication import reading, spreadsheet, suppress, wording
from timbang.publication.models import Release


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The tables of the latest release, or what will stand here before the first."""
    release = reading.latest()
    page = {
        "release": release,
        "month": wording.month(release.month) if release else "",
        "subjects": reading.figures(release) if release else [],
        "releases": Release.objects.only("month", "released_on", "digest"),
        "step": suppress.STEP,
    }
    return render(request, "publication/figures.html", page)


@require_safe
def data_json(request: HttpRequest) -> HttpResponse:
    return _file(_latest_or_404())


@require_safe
def release_json(request: HttpRequest, month: str) -> HttpResponse:
    """The file of one release, byte for byte as its digest says."""
    return _file(get_object_or_404(Release, pk=month))


def _latest_or_404() -> Release:
    release = reading.latest()
    if release is None:
        raise Http404
    return release


def _file(release: Release) -> HttpResponse:
    return _download(release.file, "application/json", f"timbang-{release.month}.json")


@require_safe
def data_csv(request: HttpRequest) -> HttpResponse:
    release = _latest_or_404()
    text = spreadsheet.write_csv(reading.CSV_COLUMNS, reading.csv_rows(release))
    return _download(text, "text/csv", f"timbang-{release.month}.csv")


@require_safe
def opening(request: HttpRequest, month: str) -> HttpResponse:
    """What the log's entry about a release recorded: its month and the digest of its file."""
    return _plain(ledger.opening(_entry(month)))


@require_safe
def proof(request: HttpRequest, month: str) -> HttpResponse:
    """The proof that the entry about a release is in the published log, once it is."""
    try:
        found = ledger.proof(_entry(month))
    except Refusal as damaged:
        raise Http404 from damaged
    if found is None:
        raise Http404
    return _plain(found)


def _entry(month: str) -> Entry:
    entry = get_object_or_404(Release.objects.select_related("entry"), pk=month).entry
    if entry is None:
        raise Http404
    return entry


def _plain(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _download(text: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """How a stranger checks the log, with the head that is published now."""
    checkpoint = _checkpoint()
    page = {
        "vkey": _vkey(),
        "checkpoint": checkpoint,
        "log_url": request.build_absolute_uri("/log/"),
    }
    return render(request, "publication/verify.html", page)


@require_safe
def log_files(request: HttpRequest) -> HttpResponse:
    """The path of every file of the published log, one a line: what a copy must fetch.

    The checkpoint comes first, so that every file of it is there when it is fetched.
    """
    checkpoint = _checkpoint()
    if checkpoint is None:
        raise Http404
    paths = [CHECKPOINT, *(place.path for place in places(checkpoint.size))]
    return _plain("".join(f"{path}\n" for path in paths))


def _checkpoint() -> Checkpoint | None:
    try:
        return LogFolder(settings.LOG).checkpoint()
    except (TextError, UnicodeDecodeError):
        return None


def _vkey() -> str:
    """The log's public key; empty when this process has no access to it."""
    try:
        return keys.signing_key().vkey
    except (Refusal, OSError):
        return ""
