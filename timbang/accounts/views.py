"""Logging in and out, unlocking, passwords, and the officers of one's own organ."""

from __future__ import annotations

from uuid import UUID

from django.contrib import auth
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from timbang.accounts import access, actions, codes, session, throttle
from timbang.accounts.access import OfficerRequest, officer_page
from timbang.accounts.forms import LoginForm, OfficerForm, PasswordForm
from timbang.accounts.models import Officer, Organ
from timbang.law.refusal import Refusal

page = require_http_methods(["GET", "HEAD", "POST"])


def _sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if it is nothing at all."""
    return request.POST if request.method == "POST" else None


@sensitive_post_parameters()
@page
def login(request: HttpRequest) -> HttpResponse:
    """Who are you? A login opens the key as well: one password, asked once."""
    back = access.way_back(request)
    if request.method != "POST" and isinstance(request.user, Officer):
        return redirect(back)
    form = LoginForm(_sent(request))
    if form.is_valid():
        error = _log_in(request, form.cleaned_data["login"], form.cleaned_data["password"])
        if not error:
            return session.carry(request, redirect(back))
        form.add_error(None, error)
    return render(request, "accounts/login.html", {"form": form, "next": back})


@sensitive_variables()
def _log_in(request: HttpRequest, name: str, password: str) -> str:
    """Log in and unlock; returns what went wrong, the same words whether the login exists."""
    try:
        throttle.admit(name, at=timezone.now())
    except throttle.TooSoon as refusal:
        return str(refusal)
    officer = auth.authenticate(request, username=name, password=password)
    if not isinstance(officer, Officer):
        return _("This login and this password do not belong together.")
    session.lock(request)
    auth.login(request, officer)
    session.unlock(request, officer, password)
    throttle.forgive(name)
    return ""


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Close the key, end the session, take both cookies back."""
    session.lock(request)
    auth.logout(request)
    return session.forget(redirect("accounts:login"))


@sensitive_post_parameters()
@page
@officer_page(temporary_password=True)
def unlock(request: OfficerRequest) -> HttpResponse:
    """The session went on but the key is closed: ask for the password and go back.

    `officer_page` itself opens the key with a password that comes with a form, here as anywhere.
    """
    back = access.way_back(request)
    if access.PASSWORD_FIELD in request.POST:
        return redirect(back)
    return render(request, "accounts/unlock.html", {"typed": [("next", back)]})


@sensitive_post_parameters()
@page
@officer_page(temporary_password=True)
def password(request: OfficerRequest) -> HttpResponse:
    """Choose a new password; a temporary one opens no other page."""
    form = PasswordForm(_sent(request), officer=request.officer)
    if form.is_valid():
        present, new = form.cleaned_data["present"], form.cleaned_data["new"]
        try:
            _change_password(request, present, new)
        except Refusal as refusal:
            form.add_error("present", str(refusal))
        else:
            done = render(request, "accounts/password_changed.html", {"home": access.home()})
            return session.carry(request, done)
    return render(request, "accounts/password.html", {"form": form})


@sensitive_variables()
def _change_password(request: OfficerRequest, present: str, new: str) -> None:
    """This session goes on, under a new identifier; every other one ends."""
    throttle.admit(request.officer.login, at=timezone.now())
    actions.change_password(officer=request.officer, old=present, new=new, at=timezone.now())
    throttle.forgive(request.officer.login)
    request.officer.refresh_from_db()
    auth.update_session_auth_hash(request, request.officer)
    session.unlock(request, request.officer, new)


@require_safe
@officer_page()
def officers(request: OfficerRequest) -> HttpResponse:
    """Who works in my organ; an administrator manages them from here."""
    organ = request.officer.organ
    context = {
        "organ": organ,
        "rows": [
            {"officer": officer, "roles": [codes.ROLES[role] for role in officer.roles]}
            for officer in organ.officers.all()
        ],
        "manages": request.officer.has_role("administrator"),
    }
    return render(request, "accounts/officers.html", context)


@page
@officer_page("administrator")
def officer_add(request: OfficerRequest) -> HttpResponse:
    """Add an officer: passes the organ's key on, so the administrator's own must be open."""
    organ_private = session.organ_key(request)
    form = OfficerForm(_sent(request))
    if form.is_valid():
        try:
            officer, temporary = actions.add_officer(
                organ=request.officer.organ,
                by=request.officer,
                organ_private=organ_private,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _show_temporary(request, officer, temporary)
    return render(request, "accounts/officer_add.html", {"form": form})


@page
@officer_page("administrator")
def officer_restore(request: OfficerRequest, officer_id: UUID) -> HttpResponse:
    """Give a colleague who lost his password a way in again."""
    officer = _colleague(request, officer_id)
    organ_private, error = session.organ_key(request), ""
    if request.method == "POST":
        try:
            temporary = actions.restore_access(
                officer=officer, by=request.officer, organ_private=organ_private, at=timezone.now()
            )
        except Refusal as refusal:
            error = str(refusal)
        else:
            return _show_temporary(request, officer, temporary)
    context = {"officer": officer, "error": error}
    return render(request, "accounts/officer_restore.html", context)


@page
@officer_page("administrator")
def officer_revoke(request: OfficerRequest, officer_id: UUID) -> HttpResponse:
    """Take a colleague's login, sessions and key away, at once."""
    officer, error = _colleague(request, officer_id), ""
    if request.method == "POST":
        try:
            actions.revoke_officer(officer=officer, by=request.officer, at=timezone.now())
        except Refusal as refusal:
            error = str(refusal)
        else:
            return redirect("accounts:officers")
    context = {"officer": officer, "error": error}
    return render(request, "accounts/officer_revoke.html", context)


@require_safe
@officer_page()
def organs(request: OfficerRequest) -> HttpResponse:
    """All organs, inside and outside; the operator at the console adds them."""
    return render(request, "accounts/organs.html", {"organs": Organ.objects.all()})


def _colleague(request: OfficerRequest, officer_id: UUID) -> Officer:
    """An officer of the same organ; those of others do not exist here."""
    return get_object_or_404(Officer, pk=officer_id, organ=request.officer.organ)


def _show_temporary(request: OfficerRequest, officer: Officer, temporary: str) -> HttpResponse:
    """The temporary password is shown once, in the answer itself: it is kept nowhere."""
    context = {"officer": officer, "temporary": temporary}
    return render(request, "accounts/temporary_password.html", context)
