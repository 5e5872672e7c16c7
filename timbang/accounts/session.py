"""The session of an officer, and the key of his organ for its time, nowhere readable on the server.

Login says who somebody is; unlocking opens his private key with the password. For the rest of the
session that key stands in the table `Unlock`, encrypted under a random secret which only the
browser has, in the cookie `timbang_unlock`. So a copy of the database, taken while everybody is at
work, opens nothing. Secret or row missing, or an hour unused: `Locked`, and the page asks for the
password again.

A session is a row (`Visit`), too: whoever ends the row ends the session, at its next page.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from http.cookies import Morsel
from typing import Final, TypeVar

from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from timbang.accounts import keys
from timbang.accounts.models import Officer, Unlock, Visit
from timbang.law.workdays import day_in

COOKIE: Final = "timbang_unlock"
IDLE: Final = timedelta(hours=1)
# Being in use is written down at most this often: reading a page is not a write to the database.
GRAIN: Final = timedelta(minutes=5)
_ROW: Final = "accounts_unlock"
_VISIT: Final = "accounts_visit"
_CACHE: Final = "_timbang_organ_key"
_PRIVATE: Final = "_timbang_private_key"
_FRESH: Final = "_timbang_fresh_secret"

Response = TypeVar("Response", bound=HttpResponseBase)


class Locked(Exception):
    """The key of the organ is not open in this session; the unlock page asks for the password."""


class NoKey(Exception):
    """This officer holds no key of his organ: not yet, or never, because his work needs none."""


def begin(request: HttpRequest, officer: Officer, *, proof: str, at: datetime) -> Visit:
    """Log in: everything was proved. A new identifier of the session, and its row.

    A key that was opened on the way goes on in it.
    """
    auth.login(request, officer)
    on = day_in(officer.organ.time_zone, at)
    device = device_of(request.headers.get("User-Agent", ""))
    visit = Visit.objects.create(
        officer=officer, began_on=on, used_on=on, device=device, proof=proof
    )
    request.session[_VISIT] = str(visit.id)
    row_id = request.session.get(_ROW)
    if row_id is not None:
        Unlock.objects.filter(pk=row_id, officer=officer).update(visit=visit)
    return visit


def visit_of(request: HttpRequest) -> Visit | None:
    """The row of this session, if somebody is logged in and nobody ended it."""
    row_id = request.session.get(_VISIT)
    if not isinstance(request.user, Officer) or row_id is None:
        return None
    return Visit.objects.filter(pk=row_id, officer=request.user).first()


def end(request: HttpRequest) -> None:
    """Log out: close the key, delete the row and the session."""
    lock(request)
    row_id = request.session.get(_VISIT)
    if row_id is not None:
        Visit.objects.filter(pk=row_id).delete()
    auth.logout(request)


def device_of(user_agent: str) -> str:
    """A word for the kind of device; what the browser says of itself is not kept."""
    if "iPad" in user_agent or "Tablet" in user_agent:
        return "tablet"
    if "Mobi" in user_agent:
        return "phone"
    if "Android" in user_agent:
        return "tablet"
    desktop = ("Windows", "Macintosh", "X11", "CrOS", "Linux")
    return "computer" if any(word in user_agent for word in desktop) else "unknown"


def unlock(request: HttpRequest, officer: Officer, password: str) -> None:
    """Open the officer's key for this session; `keys.WrongKey` if the password does not.

    The answer to this request must be given to `carry`, which sets the cookie.
    """
    private = officer.open_private(password)
    lock(request)
    now = timezone.now()
    Unlock.objects.filter(used_at__lt=now - IDLE).delete()
    secret = keys.new_key()
    visit = visit_of(request)
    row = Unlock(officer=officer, visit=visit, used_at=now)
    row.sealed_key = keys.encrypt(secret, private, row.key_context)
    row.save(force_insert=True)
    request.session[_ROW] = str(row.id)
    if visit is not None:
        on = day_in(officer.organ.time_zone, now)
        Visit.objects.filter(pk=visit.pk, used_on__lt=on).update(used_on=on)
    request.COOKIES[COOKIE] = secret.hex()
    setattr(request, _FRESH, request.COOKIES[COOKIE])


def organ_key(request: HttpRequest) -> bytes:
    """The private key of the organ of the officer who is logged in; raises `Locked` or `NoKey`."""
    cached: bytes | None = getattr(request, _CACHE, None)
    if cached is None:
        officer = request.user
        if not isinstance(officer, Officer):
            raise Locked
        share = officer.organ_share()
        if share is None:
            raise NoKey
        officer.organ = share.organ
        try:
            cached = share.open(private_key(request, officer))
        except keys.WrongKey as error:
            raise Locked from error
        setattr(request, _CACHE, cached)
    return cached


def private_key(request: HttpRequest, officer: Officer) -> bytes:
    """The private key of this officer, opened by his password in this session; raises `Locked`."""
    cached: bytes | None = getattr(request, _PRIVATE, None)
    if cached is None:
        cached = _open(request, officer)
        setattr(request, _PRIVATE, cached)
    return cached


def lock(request: HttpRequest) -> None:
    """Close the key of this session: without its row, the cookie opens nothing."""
    row_id = request.session.pop(_ROW, None)
    if row_id is not None:
        Unlock.objects.filter(pk=row_id).delete()
    for name in (_CACHE, _PRIVATE, _FRESH):
        if hasattr(request, name):
            delattr(request, name)


def carry(request: HttpRequest, response: Response) -> Response:
    """Give the browser the secret that was made in this request, if one was."""
    secret: str | None = getattr(request, _FRESH, None)
    if secret is not None:
        for path in desk_paths():
            _add_cookie(response, secret, path=path, max_age=None)
    return response


def forget(response: Response) -> Response:
    """Take the secret away from the browser."""
    for path in desk_paths():
        _add_cookie(response, "", path=path, max_age=0)
    return response


def desk_paths() -> tuple[str, ...]:
    """Where the desk stands in each language: "/meja/", "/en/meja/"."""
    prefixes = (
        "" if code == settings.LANGUAGE_CODE else f"{code}/" for code, _ in settings.LANGUAGES
    )
    return tuple(f"/{prefix}{settings.DESK_PATH}" for prefix in prefixes)


def sweep(*, at: datetime) -> int:
    """Delete the rows of sessions that ended; returns how many. For the worker."""
    ended, _each = Session.objects.filter(expire_date__lt=at).delete()
    unused, _each = Unlock.objects.filter(used_at__lt=at - IDLE).delete()
    # No session outlives its cookie: eight hours after it was last unlocked, the day after at most.
    old, _each = Visit.objects.filter(used_on__lt=at.date() - timedelta(days=2)).delete()
    return ended + unused + old


def _open(request: HttpRequest, officer: Officer) -> bytes:
    row_id, cookie = request.session.get(_ROW), request.COOKIES.get(COOKIE)
    if row_id is None or cookie is None:
        raise Locked
    now = timezone.now()
    row = Unlock.objects.filter(pk=row_id, officer=officer, used_at__gte=now - IDLE).first()
    if row is None:
        raise Locked
    try:
        secret = bytes.fromhex(cookie)
        private = keys.decrypt(secret, bytes(row.sealed_key), row.key_context)
    except (ValueError, keys.WrongKey) as error:
        raise Locked from error
    if row.used_at < now - GRAIN:
        Unlock.objects.filter(pk=row.pk).update(used_at=now)
    return private


def _add_cookie(response: HttpResponseBase, value: str, *, path: str, max_age: int | None) -> None:
    """One cookie for each language's part of the desk, all of one name: so the public pages and
    the intake of the same host never receive it. Django knows one path for a name; the header of
    each is therefore kept under a name of its own, which is not sent."""
    response.set_cookie(
        COOKIE,
        value,
        max_age=max_age,
        path=path,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )
    cookie: Morsel[str] = response.cookies.pop(COOKIE)
    response.cookies[COOKIE + path] = cookie
