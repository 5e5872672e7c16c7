"""What a person sees when something cannot be done: plain words, their language, a way on."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from timbang.accounts.access import PASSWORD_FIELD
from timbang.reports.views import QUICK_EXIT
from timbang.web.doors import on_intake

log = logging.getLogger("timbang.web")


def _page(
    request: HttpRequest,
    *,
    status: int,
    title: str,
    text: str,
    way_on: str = "",
    typed: Sequence[str] = (),
) -> HttpResponse:
    context = {"error_title": title, "error_text": text, "way_on": way_on, "typed": typed}
    if on_intake(request):
        context["exit_url"] = QUICK_EXIT
    return render(request, "web/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
        return _page(
            request,
            status=413,
            title=_("This was too much at once"),
            text=_(
                "The page sent more text than it may. Nothing was stored. Go back, shorten "
                "the text, or add it as a file."
            ),
        )
    return _page(
        request,
        status=400,
        title=_("The request could not be read"),
        text=_("Nothing was stored. Go back and try again."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(
        request,
        status=404,
        title=_("There is nothing here"),
        text=_("The address is wrong, or what it names is not for you to see."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    tell_the_operator()
    return _page(
        request,
        status=500,
        title=_("Something broke on our side"),
        text=_(
            "What you sent may not have been stored. Reload this page: your browser then sends "
            "the same once more. The same report is never stored twice."
        ),
    )


def expired_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form token of the desk is missing or old: the session ended, or cookies are off."""
    return _page(
        request,
        status=403,
        title=_("This page has expired"),
        text=_(
            "You were away too long, or logged in anew in another tab. Nothing was done. Open the "
            "page anew and send it again."
        ),
        typed=_typed(request),
    )


def _typed(request: HttpRequest) -> list[str]:
    """The longer texts of a form of cases, back to the browser that sent them; no passwords."""
    match = request.resolver_match
    if match is None or match.app_name != "cases":
        return []
    return [
        value
        for name, values in request.POST.lists()
        if name not in (PASSWORD_FIELD, "csrfmiddlewaretoken", "once")
        for value in values
        if " " in value.strip()
    ]


def tell_the_operator() -> None:
    """Where in the code it broke, and nothing else: a message or an address may quote a person."""
    kind, _error, trace = sys.exc_info()
    if kind is not None:
        places = [
            f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)
        ]
        log.error("%s in %s", kind.__name__, " > ".join(places[-8:]))
