"""Who may see a page of the desk: `@officer_page("receiver", "examiner")`.

Nobody logged in, or a session that somebody ended: the login page, and back here. Another role: the
page does not exist (404). A temporary password: change it first. No second factor where one is
required: add it first. A closed key (`session.Locked`) asks for the password; what was typed into a
form waits in that page and is sent on with it, so nothing is lost or stored. No key of the organ
(`session.NoKey`): the page says who passes it on.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from timbang.accounts import factors, keys, session, throttle
from timbang.accounts.models import Officer, Visit

# The password that opens the key travels with a form that found it closed.
PASSWORD_FIELD = "unlock_password"  # noqa: S105 - the name of a field

P = ParamSpec("P")


class OfficerRequest(HttpRequest):
    """A request on the desk by an officer who may be here."""

    officer: Officer
    visit: Visit


View = Callable[Concatenate[OfficerRequest, P], HttpResponse]


def officer_page(
    *roles: str, temporary_password: bool = False, without_factor: bool = False
) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """Permit officers with one of `roles`; without any, every officer.

    `temporary_password` also lets in one who has not chosen his own password yet,
    `without_factor` one who has yet to add a second factor.
    """

    def decorate(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def page(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            visit = session.visit_of(request)
            if visit is None or not isinstance(request.user, Officer):
                return redirect(_with_next("accounts:login", request))
            officer = cast(OfficerRequest, request)
            officer.officer, officer.visit = request.user, visit
            if request.user.must_change_password and not temporary_password:
                return redirect("accounts:password")
            if not (temporary_password or without_factor) and lacks_factor(request.user, visit):
                return redirect("accounts:factors")
            if roles and not request.user.has_role(*roles):
                raise Http404
            return _opened(officer, lambda: view(officer, *args, **kwargs))

        return cast(Callable[Concatenate[HttpRequest, P], HttpResponse], page)

    return decorate


def lacks_factor(officer: Officer, visit: Visit) -> bool:
    """Whether he must add a second factor before he goes on."""
    return factors.required() and visit.proof == "password" and not factors.of(officer)


def home() -> str:
    """The first page of the desk, in the language of this request."""
    language = get_language() or ""
    english = [path for path in session.desk_paths() if path.startswith(f"/{language}/")]
    return (english or session.desk_paths())[0]


def way_back(request: HttpRequest) -> str:
    """Where `next` points, if that is a page of this desk; else its first page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe and wanted.startswith(session.desk_paths()) else home()


def try_password(request: HttpRequest, officer: Officer, password: str) -> str:
    """Unlock with this password; returns what went wrong, or nothing."""
    try:
        throttle.admit(officer.login, at=timezone.now())
        session.unlock(request, officer, password)
    except throttle.TooSoon as refusal:
        return str(refusal)
    except keys.WrongKey:
        return _("This password does not open your key.")
    throttle.forgive(officer.login)
    return ""


def _opened(request: OfficerRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    password = request.POST.get(PASSWORD_FIELD)
    if password is not None:
        error = try_password(request, request.officer, password)
        if error:
            return _ask_password(request, error)
    try:
        return session.carry(request, view())
    except session.Locked:
        if request.method == "POST":
            return _ask_password(request, "")
        return redirect(_with_next("accounts:unlock", request))
    except session.NoKey:
        return render(request, "accounts/no_key.html", {"officer": request.officer}, status=403)


def _ask_password(request: OfficerRequest, error: str) -> HttpResponse:
    """The unlock page in place of the answer to a form, with the form's fields in it."""
    left_out = ("csrfmiddlewaretoken", PASSWORD_FIELD)
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in left_out
        for value in values
    ]
    context = {"error": error, "typed": typed, "files": bool(request.FILES)}
    return render(request, "accounts/unlock.html", context, status=403)


def _with_next(name: str, request: HttpRequest) -> str:
    """The address of a page that leads back here; a form's own address may take no GET."""
    if request.method != "GET":
        return reverse(name)
    return f"{reverse(name)}?{urlencode({'next': request.get_full_path()})}"
