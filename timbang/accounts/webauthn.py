"""Passkeys and security keys (WebAuthn), by python-fido2: what the browser is asked, and whether
its answer holds.

The question stands in the session and is taken out by the first answer, right or wrong, so that no
answer counts twice. A passkey belongs to the host of the desk: at another host it does not work,
which is what makes it safe against a copied login page. Attestation is not asked for: which make of
device somebody has is nobody's business.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from timbang.accounts.models import Officer, Passkey

_QUESTION: Final = "accounts_passkey"


class Unproved(Exception):
    """The answer of the browser does not prove what it should."""


@dataclass(frozen=True, slots=True)
class Made:
    """A passkey that a browser has made."""

    credential_id: bytes
    credential: bytes
    sign_count: int


def ask_to_make(request: HttpRequest, officer: Officer) -> str:
    """The question for a new passkey, as JSON for `navigator.credentials.create`."""
    user = PublicKeyCredentialUserEntity(
        id=officer.id.bytes, name=officer.login, display_name=officer.name
    )
    options, state = _server(request).register_begin(
        user,
        credentials=_credentials(officer.passkeys.all()),
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    request.session[_QUESTION] = {"make": True, **state}
    return json.dumps(dict(options.public_key))


def made(request: HttpRequest, answer: str) -> Made:
    """Check the answer to `ask_to_make`; raises `Unproved`."""
    state = _question(request, make=True)
    try:
        data = _server(request).register_complete(state, _told(answer))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unproved from error
    credential = data.credential_data
    if credential is None:
        raise Unproved
    return Made(credential.credential_id, bytes(credential), data.counter)


def ask(request: HttpRequest, officer: Officer) -> str:
    """The question for one of his passkeys, as JSON for `navigator.credentials.get`."""
    options, state = _server(request).authenticate_begin(
        credentials=_credentials(officer.passkeys.all()),
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    request.session[_QUESTION] = {"make": False, **state}
    return json.dumps(dict(options.public_key))


def answered(request: HttpRequest, officer: Officer, answer: str) -> tuple[bytes, int]:
    """Check the answer to `ask`: which passkey, and what it counted; raises `Unproved`."""
    state = _question(request, make=False)
    try:
        told = AuthenticationResponse.from_dict(_told(answer))
        found = _server(request).authenticate_complete(
            state, _credentials(officer.passkeys.all()), told
        )
        return found.credential_id, told.response.authenticator_data.counter
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unproved from error


def _server(request: HttpRequest) -> Fido2Server:
    own = origin(request)
    site = PublicKeyCredentialRpEntity(id=urlsplit(own).hostname, name=settings.SITE_NAME)
    return Fido2Server(site, verify_origin=lambda given: given == own)


def origin(request: HttpRequest) -> str:
    """Where the desk stands, as the browser names it."""
    if settings.DESK_URL:
        parts = urlsplit(settings.DESK_URL)
        return f"{parts.scheme}://{parts.netloc}"
    scheme = "https" if settings.HTTPS else request.scheme
    return f"{scheme}://{request.get_host()}"


def _credentials(passkeys: Iterable[Passkey]) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(bytes(each.credential)) for each in passkeys]


def _question(request: HttpRequest, *, make: bool) -> dict[str, Any]:
    kept = request.session.pop(_QUESTION, None)
    if not isinstance(kept, dict) or kept.get("make") is not make:
        raise Unproved
    return kept


def _told(answer: str) -> dict[str, Any]:
    told = json.loads(answer)
    if not isinstance(told, dict):
        raise TypeError
    return told
