"""Coming in and going out: password, second proof, the office's own sign-on.

Every refusal before somebody is known is said in the same words. A page whose form needs a passkey
brings one small script; everything else works without.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import urlencode

from csp.decorators import csp_update
from django.contrib import auth
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from timbang.accounts import access, factors, keys, oidc, proving, session, throttle, webauthn
from timbang.accounts.forms import LoginForm
from timbang.accounts.models import Officer, SignOn
from timbang.accounts.proving import Pending

log = logging.getLogger("timbang.accounts")
page = require_http_methods(["GET", "HEAD", "POST"])
# The script that talks to a passkey; nothing else on any page of the desk may run.
WITH_SCRIPT = csp_update({"script-src": ["'self'"]})
LONGEST = 20_000


@sensitive_post_parameters()
@page
def login(request: HttpRequest) -> HttpResponse:
    """Who are you? A login opens the key as well: one password, asked once."""
    back = access.way_back(request)
    if request.method != "POST" and session.visit_of(request) is not None:
        return redirect(back)
    form = LoginForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        error, known = _password(request, form.cleaned_data["login"], form.cleaned_data["password"])
        if not error:
            return session.carry(request, redirect(back if known else _second_address(back)))
        form.add_error(None, error)
    context = {"form": form, "next": back, "required": factors.required(), **_sign_on()}
    return render(request, "accounts/login.html", context)


@sensitive_variables()
def _password(request: HttpRequest, name: str, password: str) -> tuple[str, bool]:
    """What went wrong, the same words whether the login exists; and whether he is logged in."""
    at = timezone.now()
    try:
        throttle.admit(name, at=at)
    except throttle.TooSoon as refusal:
        return str(refusal), False
    officer = auth.authenticate(request, username=name, password=password)
    if not isinstance(officer, Officer):
        return _("This login and this password do not belong together."), False
    known = proving.first(request, officer, password, at=at)
    throttle.forgive(name)
    return "", known


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Close the key, end the session, take both cookies back."""
    session.end(request)
    return session.forget(redirect("accounts:login"))


@WITH_SCRIPT
@sensitive_post_parameters()
@page
def second(request: HttpRequest) -> HttpResponse:
    """The second proof. Who has not shown a first one is sent to the login page."""
    back, at = access.way_back(request), timezone.now()
    if session.visit_of(request) is not None:
        return redirect(back)
    waiting = proving.pending(request, at=at)
    if waiting is None:
        proving.give_up(request)
        return redirect(f"{reverse('accounts:login')}?{urlencode({'next': back})}")
    error = ""
    if request.method == "POST":
        proof, error = _prove(request, waiting)
        if not error:
            proving.second(request, waiting, proof=proof, at=at)
            return session.carry(request, redirect(back))
        if proving.pending(request, at=at) is None:
            proving.give_up(request)
    return render(request, "accounts/second.html", _second_context(request, waiting, back, error))


def _second_context(
    request: HttpRequest, waiting: Pending, back: str, error: str
) -> dict[str, object]:
    found = factors.of(waiting.officer)
    asks_passkey = bool(found.passkeys) and not waiting.sign_on
    return {
        "next": back,
        "error": error,
        "password_is_missing": waiting.sign_on,
        "factors": found,
        "question": webauthn.ask(request, waiting.officer) if asks_passkey else "",
        **_sign_on(),
    }


@sensitive_variables()
def _prove(request: HttpRequest, waiting: Pending) -> tuple[str, str]:
    """The proof by which he is known now, or what went wrong. Counted before it is looked at."""
    sent, officer, at = request.POST, waiting.officer, timezone.now()
    if waiting.sign_on:
        error = access.try_password(request, officer, sent.get("password", "")[:1024])
        if error:
            proving.wrong(request)
        return "sign_on", error
    try:
        throttle.admit_second(officer.login, at=at)
    except throttle.TooSoon as refusal:
        return "", str(refusal)
    proof = next((each for each in _WAYS if each in sent), "")
    try:
        right = bool(proof) and _WAYS[proof](request, officer, sent)
    except session.Locked:
        proving.give_up(request)
        return "", _("This took too long. Log in anew.")
    if not right:
        proving.wrong(request)
        return "", _(
            "This does not prove that it is you. A code counts once and for half a minute."
        )
    throttle.forgive_second(officer.login)
    return proof, ""


def _by_passkey(request: HttpRequest, officer: Officer, sent: QueryDict) -> bool:
    try:
        known, count = webauthn.answered(request, officer, _text(sent, "passkey", LONGEST))
    except webauthn.Unproved:
        return False
    return factors.take_passkey(officer=officer, credential_id=known, sign_count=count)


def _by_code(request: HttpRequest, officer: Officer, sent: QueryDict) -> bool:
    private = session.private_key(request, officer)
    try:
        return factors.take_code(
            officer=officer, private=private, code=_text(sent, "code", 20), at=timezone.now()
        )
    except keys.WrongKey:
        return False


def _by_recovery_code(request: HttpRequest, officer: Officer, sent: QueryDict) -> bool:
    return factors.take_recovery_code(
        officer=officer, code=_text(sent, "recovery", 64), at=timezone.now()
    )


def _text(sent: QueryDict, name: str, longest: int) -> str:
    return str(sent.get(name, ""))[:longest]


_WAYS: dict[str, Callable[[HttpRequest, Officer, QueryDict], bool]] = {
    "passkey": _by_passkey,
    "code": _by_code,
    "recovery": _by_recovery_code,
}


def _second_address(back: str) -> str:
    return f"{reverse('accounts:second')}?{urlencode({'next': back})}"


# The office's own sign-on


def _sign_on() -> dict[str, object]:
    return {"sign_on_name": oidc.name() if oidc.offered() else ""}


@require_safe
def sign_on(request: HttpRequest) -> HttpResponse:
    """To the provider. A logged-in officer who goes there links his account."""
    if not oidc.offered():
        raise Http404
    link = session.visit_of(request) is not None
    try:
        address = oidc.begin(request, link=link, back=access.way_back(request), at=timezone.now())
    except oidc.Failed as failed:
        return _failed(request, failed.why)
    return redirect(address)


@require_safe
def sign_on_back(request: HttpRequest) -> HttpResponse:
    """The first page after the provider. The browser came from another site and therefore sent no
    cookie; from here it goes on as from any page of the desk."""
    if not oidc.offered():
        raise Http404
    told = {word: request.GET.get(word, "")[:LONGEST] for word in ("code", "state")}
    onward = f"{reverse('accounts:sign-on-done')}?{urlencode(told)}"
    return render(request, "accounts/sign_on_back.html", {"onward": onward})


@require_safe
def sign_on_done(request: HttpRequest) -> HttpResponse:
    """Look at what the provider says; then the password, or the page that links the account."""
    if not oidc.offered():
        raise Http404
    at = timezone.now()
    try:
        known = oidc.finish(
            request, code=request.GET.get("code", ""), state=request.GET.get("state", ""), at=at
        )
    except oidc.Failed as failed:
        return _failed(request, failed.why)
    if known.link:
        if session.visit_of(request) is None:
            return redirect("accounts:login")
        request.session["accounts_link"] = {"issuer": known.issuer, "subject": known.subject}
        return redirect("accounts:sign-on-link")
    linked = SignOn.objects.select_related("officer__organ").filter(
        issuer=known.issuer, subject=known.subject, officer__revoked_on=None
    )
    found = linked.first()
    if found is None:
        return _failed(request, "this account is linked to no officer", unknown=True)
    proving.signed_on(request, found.officer, at=at)
    return redirect(_second_address(known.back))


def _failed(request: HttpRequest, why: str, *, unknown: bool = False) -> HttpResponse:
    """What the operator can look up; the page says nothing that a stranger could use."""
    log.warning("sign-on: %s", why)
    return render(request, "accounts/sign_on_failed.html", {"unknown": unknown}, status=403)
