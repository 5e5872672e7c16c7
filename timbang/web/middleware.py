"""Headers for every answer; sessions, form tokens and officers on the desk only.

A reporter's and a reader's request never meets a session, so neither ever gets a cookie.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.translation import get_language

from timbang.law import bilingual
from timbang.web.doors import on_desk
from timbang.web.errors import bad_request

PLAIN_FORM_BYTES = 2 * 1024 * 1024
GetResponse = Callable[[HttpRequest], HttpResponse]


class Headers:
    """What every page says about itself, whatever the view forgot."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        headers = response.headers
        # Without any referrer a browser also hides the origin of a form ("Origin: null"), which
        # the desk's form tokens need; there it stays within this site.
        headers["Referrer-Policy"] = "same-origin" if on_desk(request) else "no-referrer"
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = "DENY"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        if settings.HTTPS:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        if "Cache-Control" not in headers:
            headers["Cache-Control"] = "no-store"
        return response


class PlainFormLimit:
    """A form without files is small. Reading megabytes of percent signs costs seconds of work."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        plain = request.content_type == "application/x-www-form-urlencoded"
        if plain and int(request.META.get("CONTENT_LENGTH") or 0) > PLAIN_FORM_BYTES:
            return bad_request(request, RequestDataTooBig())
        return self.get_response(request)


class LawLanguage:
    """Law speaks the language of the page: it knows no web framework and must be told."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = bilingual.language.set("en" if get_language() == "en" else "id")
        try:
            return self.get_response(request)
        finally:
            bilingual.language.reset(token)


class DeskSession(SessionMiddleware):
    """Sessions exist on the desk only."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not on_desk(request):
            return self.get_response(request)  # type: ignore[return-value]
        response = super().__call__(request)
        # Our own files only, and on the desk only: the other doors know no script at all.
        response._csp_update = {"script-src": ["'self'"]}  # type: ignore[union-attr]
        return response  # type: ignore[return-value]


class DeskCsrf(CsrfViewMiddleware):
    """Form tokens exist on the desk only.

    The other doors act on nothing but what the body itself carries (a draft or a receipt), so a
    forged request could do no more than its forger already can.
    """

    def process_request(self, request: HttpRequest) -> None:
        if on_desk(request):
            super().process_request(request)

    def process_view(
        self,
        request: HttpRequest,
        callback: Callable[..., HttpResponseBase],
        callback_args: tuple[Any, ...],
        callback_kwargs: dict[str, Any],
    ) -> HttpResponseForbidden | None:
        if not on_desk(request):
            return None
        return super().process_view(request, callback, callback_args, callback_kwargs)

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        return super().process_response(request, response) if on_desk(request) else response


class DeskAuthentication(AuthenticationMiddleware):
    """Officers exist on the desk only."""

    def process_request(self, request: HttpRequest) -> None:
        if on_desk(request):
            super().process_request(request)
