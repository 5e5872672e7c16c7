"""What another system reads when something cannot be done: RFC 9457, in English as the console.

`code` is one of a closed list, made for programs; `detail` is a sentence for people.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

MEDIA: Final = "application/problem+json"
CODES: Mapping[int, str] = {
    400: "not_readable",
    401: "no_valid_key",
    403: "scope_missing",
    404: "not_here",
    405: "method",
    409: "refused",
    413: "too_large",
    415: "media_type",
    422: "not_valid",
    429: "too_many",
    500: "fault",
}
_SENTENCES: Mapping[int, str] = {
    400: "The body is not JSON.",
    401: "Send the key as: Authorization: Bearer tbk_...",
    404: "The address is wrong, or what it names is not for this key to see.",
    405: "This address takes other methods: see Allow.",
    413: "The body is larger than this installation takes.",
    415: "Send the body as application/json.",
    422: "Some values are not valid: see errors.",
    429: "More requests than this key may make: wait as Retry-After says.",
    500: "Something broke on our side. Send the same again, with the same Idempotency-Key.",
}
View = Callable[..., HttpResponse]


def problem(
    status: int,
    *,
    code: str = "",
    detail: object = "",
    errors: Sequence[Mapping[str, Any]] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """An answer that says what was refused, and what is allowed."""
    with translation.override("en"):
        said = str(detail) or _SENTENCES.get(status, "")
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code or CODES[status],
        "detail": said,
    }
    if errors:
        body["errors"] = list(errors)
    response = HttpResponse(json.dumps(body), status=status, content_type=MEDIA)
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response


def nothing_here(_request: HttpRequest, rest: str = "") -> HttpResponse:
    """Every other address below this door."""
    return problem(404)


def not_found(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same where this door runs alone."""
    return problem(404)


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was refused before anything read it."""
    return problem(400, detail="The request could not be read.")


def server_error(_request: HttpRequest) -> HttpResponse:
    """A fault outside of any address."""
    return problem(500)


def speaks_json(view: View) -> View:
    """Refuse what is no JSON or too much of it before it is read, and say 405 as a problem."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit():
            return problem(400)
        if int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return problem(413)
        json_wanted = request.method in ("POST", "PUT", "PATCH") and int(length) > 0
        response = view(request, *args, **kwargs)
        if response.status_code == 405 and response.headers["Content-Type"] != MEDIA:
            return problem(405, headers={"Allow": response.headers["Allow"]})
        if json_wanted and request.content_type != "application/json" and _no_answer(response):
            return problem(415)
        return response

    answered.csrf_exempt = True  # type: ignore[attr-defined]
    return answered


def _no_answer(response: HttpResponse) -> bool:
    return response.status_code in (400, 422)
