"""Between the first proof and the desk: who has shown one of two waits here for the other.

A password alone logs in only who has nothing else. Everybody else is *nobody* until the second
proof: the session holds his id, the stamp of his password and an end ten minutes away, and no page
of the desk knows him. The surprising fact: the key is opened with the password already, since the
secret behind a code is sealed to it; it still serves nobody, for only a logged-in officer opens an
organ with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.contrib import auth
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from timbang.accounts import factors, session
from timbang.accounts.models import Officer

PATIENCE: Final = timedelta(minutes=10)
# Wrong second proofs before the first one must be shown again.
ATTEMPTS: Final = 10
_PENDING: Final = "accounts_pending"


@dataclass(frozen=True, slots=True)
class Pending:
    """An officer who has shown one proof: his password, or with `sign_on` the office's sign-on."""

    officer: Officer
    sign_on: bool


def first(request: HttpRequest, officer: Officer, password: str, *, at: datetime) -> bool:
    """After the right password: True if he is logged in, False if a second proof is asked for.

    Opens the key. The identifier of the session changes, so that one known from before is worth
    nothing.
    """
    _leave(request)
    if not factors.of(officer):
        session.begin(request, officer, proof="password", at=at)
        session.unlock(request, officer, password)
        return True
    _wait(request, officer, sign_on=False, at=at)
    session.unlock(request, officer, password)
    return False


def signed_on(request: HttpRequest, officer: Officer, *, at: datetime) -> None:
    """After the sign-on of the office: the password is the second proof, and opens the key."""
    _leave(request)
    _wait(request, officer, sign_on=True, at=at)


def pending(request: HttpRequest, *, at: datetime) -> Pending | None:
    """Who waits in this session, if he still may."""
    kept = request.session.get(_PENDING)
    if not isinstance(kept, dict) or datetime.fromisoformat(kept["until"]) <= at:
        return None
    officer = Officer.objects.select_related("organ").filter(pk=kept["officer"]).first()
    if officer is None or not officer.is_active:
        return None
    if kept["stamp"] != officer.get_session_auth_hash() or kept["wrong"] >= ATTEMPTS:
        return None
    return Pending(officer, bool(kept["sign_on"]))


def wrong(request: HttpRequest) -> None:
    """Count a wrong second proof; after ten of them the first one is forgotten."""
    kept = request.session.get(_PENDING)
    if isinstance(kept, dict):
        request.session[_PENDING] = kept | {"wrong": kept["wrong"] + 1}


def second(request: HttpRequest, waiting: Pending, *, proof: str, at: datetime) -> None:
    """After the second proof: logged in."""
    request.session.pop(_PENDING, None)
    session.begin(request, waiting.officer, proof=proof, at=at)


def give_up(request: HttpRequest) -> None:
    """Forget who waited, and close the key that was opened for him."""
    session.lock(request)
    request.session.pop(_PENDING, None)


def _leave(request: HttpRequest) -> None:
    """Whoever was here before is logged out, and whoever waited is forgotten."""
    if isinstance(request.user, Officer):
        session.end(request)
    give_up(request)
    auth.logout(request)


def _wait(request: HttpRequest, officer: Officer, *, sign_on: bool, at: datetime) -> None:
    request.session.cycle_key()
    rotate_token(request)
    request.session[_PENDING] = {
        "officer": str(officer.pk),
        "stamp": officer.get_session_auth_hash(),
        "until": (at + PATIENCE).isoformat(),
        "sign_on": sign_on,
        "wrong": 0,
    }
