"""An officer's own second factors and sessions: added, listed, removed, ended."""

from __future__ import annotations

from uuid import UUID

import segno
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from timbang.accounts import access, codes, factors, keys, oidc, one_time, session, webauthn
from timbang.accounts.access import OfficerRequest, officer_page
from timbang.accounts.forms import CodeDeviceForm, ConfirmForm, PasskeyForm
from timbang.accounts.login_views import LONGEST, WITH_SCRIPT, page
from timbang.accounts.models import Officer, Visit
from timbang.law.refusal import Refusal


@require_safe
@officer_page(without_factor=True)
def own_factors(request: OfficerRequest) -> HttpResponse:
    """What I prove myself with beside my password."""
    context = {
        "factors": factors.of(request.officer),
        "required": factors.required(),
        "missing": access.lacks_factor(request.officer, request.visit),
        "sign_on_name": oidc.name() if oidc.offered() else "",
        "home": access.home(),
    }
    return render(request, "accounts/factors.html", context)


@sensitive_post_parameters()
@page
@officer_page(without_factor=True)
def code_add(request: OfficerRequest) -> HttpResponse:
    """Take up an app that shows codes. The secret travels in the page, sealed to the officer's own
    key, so that no half-made one lies in the database."""
    private = session.private_key(request, request.officer)
    form = CodeDeviceForm(request.POST if request.method == "POST" else None)
    secret = _sealed_secret(request, private) or one_time.new_secret()
    if form.is_valid():
        error = access.try_password(request, request.officer, form.cleaned_data["password"])
        error = error or _add_code_device(request, secret, form.cleaned_data["code"])
        if not error:
            return session.carry(request, redirect("accounts:factors"))
        form.add_error(None, error)
    sealed = keys.seal(bytes(request.officer.public_key or b""), secret.encode()).hex()
    address = one_time.address(secret, login=request.officer.login, site=settings.SITE_NAME)
    picture = segno.make(address, error="m").svg_inline(scale=4, border=3, light="#fff")
    context = {
        "form": form,
        "sealed": sealed,
        "secret": one_time.spaced(secret),
        "picture": mark_safe(picture),  # noqa: S308 - drawn here
        "now": timezone.now(),
    }
    return session.carry(request, render(request, "accounts/code_add.html", context))


def _sealed_secret(request: OfficerRequest, private: bytes) -> str | None:
    """The secret that this page showed before, opened with the officer's key."""
    try:
        sealed = bytes.fromhex(request.POST.get("sealed", "")[:LONGEST])
        return keys.open_sealed(private, sealed).decode()
    except (ValueError, keys.WrongKey):
        return None


def _add_code_device(request: OfficerRequest, secret: str, code: str) -> str:
    try:
        factors.add_code_device(
            officer=request.officer,
            secret=secret,
            code=code,
            visit=request.visit,
            at=timezone.now(),
        )
    except Refusal as refusal:
        return str(refusal)
    return ""


@WITH_SCRIPT
@sensitive_post_parameters()
@page
@officer_page(without_factor=True)
def passkey_add(request: OfficerRequest) -> HttpResponse:
    """Make a passkey with this browser or a security key."""
    form = PasskeyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        error = access.try_password(request, request.officer, form.cleaned_data["password"])
        error = error or _add_passkey(request, form)
        if not error:
            return session.carry(request, redirect("accounts:factors"))
        form.add_error(None, error)
    question = webauthn.ask_to_make(request, request.officer)
    context = {"form": form, "question": question}
    return session.carry(request, render(request, "accounts/passkey_add.html", context))


def _add_passkey(request: OfficerRequest, form: PasskeyForm) -> str:
    try:
        made = webauthn.made(request, form.cleaned_data["passkey"])
        factors.add_passkey(
            officer=request.officer,
            name=form.cleaned_data["name"],
            credential_id=made.credential_id,
            credential=made.credential,
            sign_count=made.sign_count,
            visit=request.visit,
            at=timezone.now(),
        )
    except webauthn.Unproved:
        return _("The browser made no passkey for this page. Try again.")
    except Refusal as refusal:
        return str(refusal)
    return ""


@sensitive_post_parameters()
@page
@officer_page()
def recovery_codes(request: OfficerRequest) -> HttpResponse:
    """Ten fresh codes, shown once, in the answer itself."""
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        error = access.try_password(request, request.officer, form.cleaned_data["password"])
        try:
            made = (
                []
                if error
                else factors.make_recovery_codes(officer=request.officer, at=timezone.now())
            )
        except Refusal as refusal:
            error = str(refusal)
        if not error:
            shown = render(request, "accounts/recovery_codes_shown.html", {"codes": made})
            return session.carry(request, shown)
        form.add_error(None, error)
    context = {"form": form, "factors": factors.of(request.officer)}
    return render(request, "accounts/recovery_codes.html", context)


@sensitive_post_parameters()
@page
@officer_page()
def factor_remove(request: OfficerRequest, factor_id: UUID) -> HttpResponse:
    """Give up a passkey, an app or the link to a sign-on."""
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        error = access.try_password(request, request.officer, form.cleaned_data["password"])
        try:
            if not error:
                factors.remove(officer=request.officer, factor_id=factor_id, at=timezone.now())
        except Refusal as refusal:
            error = str(refusal)
        if not error:
            return session.carry(request, redirect("accounts:factors"))
        form.add_error(None, error)
    return render(request, "accounts/factor_remove.html", {"form": form})


@sensitive_post_parameters()
@page
@officer_page(without_factor=True)
def sign_on_link(request: OfficerRequest) -> HttpResponse:
    """Say that the account with which I have just signed on is mine."""
    waiting = request.session.get("accounts_link")
    if not isinstance(waiting, dict):
        return redirect("accounts:factors")
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        error = access.try_password(request, request.officer, form.cleaned_data["password"])
        try:
            if not error:
                factors.link_sign_on(
                    officer=request.officer, visit=request.visit, at=timezone.now(), **waiting
                )
        except Refusal as refusal:
            error = str(refusal)
        if not error:
            del request.session["accounts_link"]
            return session.carry(request, redirect("accounts:factors"))
        form.add_error(None, error)
    context = {"form": form, "waiting": waiting}
    return render(request, "accounts/sign_on_link.html", context)


@page
@officer_page(without_factor=True)
def sessions(request: OfficerRequest) -> HttpResponse:
    """Where I am logged in; each one, or all others, can be ended."""
    if request.method == "POST":
        others = request.officer.visits.exclude(pk=request.visit.pk)
        chosen = request.POST.get("visit", "")
        if chosen != "others":
            others = others.filter(pk__in=[found] if (found := _uuid(chosen)) else [])
        others.delete()
        return redirect("accounts:sessions")
    return render(
        request, "accounts/sessions.html", {"rows": _rows(request.officer, request.visit)}
    )


@page
@officer_page("administrator")
def officer_sessions(request: OfficerRequest, officer_id: UUID) -> HttpResponse:
    """End all sessions of a colleague, at once; his account stays as it is."""
    officer = get_object_or_404(Officer, pk=officer_id, organ=request.officer.organ)
    error = ""
    if request.method == "POST":
        try:
            factors.end_sessions(officer=officer, by=request.officer, at=timezone.now())
        except Refusal as refusal:
            error = str(refusal)
        else:
            return redirect("accounts:officers")
    context = {"officer": officer, "count": officer.visits.count(), "error": error}
    return render(request, "accounts/officer_sessions.html", context)


def _rows(officer: Officer, here: Visit) -> list[dict[str, object]]:
    return [
        {
            "visit": visit,
            "here": visit.pk == here.pk,
            "device": codes.DEVICES[visit.device],
            "proof": codes.PROOFS[visit.proof],
        }
        for visit in officer.visits.all()
    ]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
