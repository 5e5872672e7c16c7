"""Pages of the frame itself: the front page, and the published log as plain files."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from timbang.web.context import frame

LOG_FILE = re.compile(
    r"checkpoint|tile/(entries|[0-9]{1,2})/(x[0-9]{3}/)*[0-9]{3}(\.p/[0-9]{1,3})?"
)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "web/home.html")


@require_safe
def to_intake(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(str(frame(request)["intake_url"]))


@require_safe
def to_desk(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(str(frame(request)["desk_url"]))


@require_safe
def log_file(request: HttpRequest, name: str) -> FileResponse:
    """A file of the published log, in the layout of C2SP tlog-tiles; nothing else in the folder.

    Full tiles never change; the checkpoint and partial tiles do.
    """
    path = settings.LOG / name
    if not LOG_FILE.fullmatch(name) or not path.is_file():
        raise Http404
    kind = "text/plain; charset=utf-8" if name == "checkpoint" else "application/octet-stream"
    response = FileResponse(path.open("rb"), content_type=kind)
    full = name != "checkpoint" and ".p/" not in name
    response["Cache-Control"] = "public, max-age=31536000, immutable" if full else "no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    return response
