"""Unlocking, passwords, the officers of one's own organ, and who holds its key."""

from __future__ import annotations

from uuid import UUID

from django.contrib import auth
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from timbang.accounts import access, actions, codes, hierarchy, session, throttle
from timbang.accounts.access import OfficerRequest, officer_page
from timbang.accounts.forms import OfficerForm, PasswordForm
from timbang.accounts.models import Officer, Organ
from timbang.law.refusal import Refusal

page = require_http_methods(["GET", "HEAD", "POST"])


def _sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if it is nothing at all."""
    return request.POST if request.method == "POST" else None


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
    actions.change_password(
        officer=request.officer, old=present, new=new, keep=request.visit.pk, at=timezone.now()
    )
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
            {
                "officer": officer,
                "roles": [codes.ROLES[role] for role in officer.roles],
                "state": _state(officer),
            }
            for officer in organ.officers.select_related("share")
        ],
        "manages": request.officer.has_role("administrator"),
        "gives": request.officer.has_role(*codes.KEY_GIVERS),
    }
    return render(request, "accounts/officers.html", context)


def _state(officer: Officer) -> str:
    """A code for how far he has come: the template has the words."""
    holds = hasattr(officer, "share")
    if not officer.is_active:
        return "revoked"
    if officer.must_change_password:
        return "temporary"
    if holds:
        return "holds" if officer.needs_key else "holds_without_need"
    return "waits" if officer.needs_key else "needs_none"


@page
@officer_page("administrator")
def officer_add(request: OfficerRequest) -> HttpResponse:
    """Make the account of an officer. It opens nothing until somebody passes him the key."""
    form = OfficerForm(_sent(request))
    if form.is_valid():
        try:
            officer, temporary = actions.add_officer(
                organ=request.officer.organ,
                by=request.officer,
                organ_private=None,
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
    """Give a colleague who lost his password or his second factor a way in again."""
    officer, error = _colleague(request, officer_id), ""
    if request.method == "POST":
        try:
            temporary = actions.restore_access(
                officer=officer, by=request.officer, organ_private=None, at=timezone.now()
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


@page
@officer_page(*codes.KEY_GIVERS)
def keys_waiting(request: OfficerRequest) -> HttpResponse:
    """Who waits for the key of my organ, and who holds it without need."""
    organ_private, error = session.organ_key(request), ""
    if request.method == "POST":
        officer = _colleague(request, _chosen(request))
        try:
            if "give" in request.POST:
                actions.give_key(
                    officer=officer,
                    by=request.officer,
                    organ_private=organ_private,
                    at=timezone.now(),
                )
            else:
                actions.take_key(officer=officer, by=request.officer, at=timezone.now())
        except Refusal as refusal:
            error = str(refusal)
        else:
            return redirect("accounts:keys")
    rows = [(each, _state(each)) for each in request.officer.organ.officers.select_related("share")]
    context = {
        "waiting": [officer for officer, state in rows if state == "waits"],
        "to_come": [officer for officer, state in rows if state == "temporary"],
        "without_need": [officer for officer, state in rows if state == "holds_without_need"],
        "organ": request.officer.organ,
        "error": error,
    }
    return render(request, "accounts/keys.html", context)


def _chosen(request: OfficerRequest) -> UUID:
    try:
        return UUID(request.POST.get("give") or request.POST.get("take") or "")
    except ValueError as error:
        raise Http404 from error


@require_safe
@officer_page()
def organs(request: OfficerRequest) -> HttpResponse:
    """All organs, inside and outside; the operator at the console adds them."""
    listed = hierarchy.Tree(Organ.objects.select_related("successor")).listed()
    rows = [{"organ": organ, "above": above} for organ, above in listed]
    return render(request, "accounts/organs.html", {"rows": rows})


def _colleague(request: OfficerRequest, officer_id: UUID) -> Officer:
    """An officer of the same organ; those of others do not exist here."""
    return get_object_or_404(Officer, pk=officer_id, organ=request.officer.organ)


def _show_temporary(request: OfficerRequest, officer: Officer, temporary: str) -> HttpResponse:
    """The temporary password is shown once, in the answer itself: it is kept nowhere."""
    context = {"officer": officer, "temporary": temporary}
    return render(request, "accounts/temporary_password.html", context)
