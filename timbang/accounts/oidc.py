"""The office's own sign-on (OpenID Connect), by Authlib: code flow with PKCE, state and nonce.

It says who somebody is at the office's provider, never who is an officer here: an officer links his
account once, after his password. It opens no key either. The surprising fact: the browser comes
back from another site, and the desk's cookie is `SameSite=Strict`; the first page it reaches knows
nobody and only leads on, from here, to the one that looks at the answer.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from timbang.accounts.webauthn import origin

PATIENCE: Final = timedelta(minutes=10)
# Seconds for one answer of the provider.
TIMEOUT: Final = 10
LEEWAY: Final = 60
# Signatures by a key of the provider; never "none", never a secret that both know.
ALGORITHMS: Final = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "EdDSA",
)
_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
_KEPT: Final = "accounts_oidc"


class Failed(Exception):
    """The sign-on proved nothing; `why` is for the operator's log and names nobody."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Known:
    """Who came back: the provider's own name for him, and what he wanted here."""

    issuer: str
    subject: str
    link: bool
    back: str


def offered() -> bool:
    """Whether this installation knows a provider."""
    return bool(settings.OIDC_ISSUER)


def name() -> str:
    """What the button says."""
    return settings.OIDC_NAME or urlsplit(settings.OIDC_ISSUER).hostname or ""


def begin(request: HttpRequest, *, link: bool, back: str, at: datetime) -> str:
    """The address at the provider; state, nonce and the PKCE verifier stay in the session."""
    found = _metadata()
    kept = {
        "state": secrets.token_urlsafe(32),
        "nonce": secrets.token_urlsafe(32),
        "verifier": secrets.token_urlsafe(48),
        "link": link,
        "back": back,
        "until": (at + PATIENCE).isoformat(),
    }
    request.session[_KEPT] = kept
    with _client(request) as client:
        address, _state = client.create_authorization_url(
            found["authorization_endpoint"],
            state=kept["state"],
            nonce=kept["nonce"],
            code_verifier=kept["verifier"],
        )
    return str(address)


def finish(request: HttpRequest, *, code: str, state: str, at: datetime) -> Known:
    """Who came back with this code; raises `Failed`. A question is answered once."""
    kept = request.session.pop(_KEPT, None)
    if not isinstance(kept, dict) or datetime.fromisoformat(kept["until"]) <= at:
        raise Failed("no question waits in this session")
    if not code or not secrets.compare_digest(kept["state"].encode(), state.encode()):
        raise Failed("the state is another one")
    found = _metadata()
    claims = _claims(_id_token(request, found, code, kept["verifier"]), found, kept["nonce"], at)
    return Known(settings.OIDC_ISSUER, claims["sub"], bool(kept["link"]), kept["back"])


def _client(request: HttpRequest) -> OAuth2Session:
    with translation.override(settings.LANGUAGE_CODE):
        back = origin(request) + reverse("accounts:sign-on-back")
    return OAuth2Session(
        client_id=settings.OIDC_CLIENT,
        client_secret=Path(settings.OIDC_SECRET_FILE).read_text().strip(),
        redirect_uri=back,
        scope="openid",
        code_challenge_method="S256",
        default_timeout=TIMEOUT,
    )


def _metadata() -> dict[str, Any]:
    """What the provider publishes about itself; it must speak of itself, and over TLS."""
    found = _fetch(f"{settings.OIDC_ISSUER}/.well-known/openid-configuration")
    if str(found.get("issuer", "")).rstrip("/") != settings.OIDC_ISSUER:
        raise Failed("the provider calls itself by another name")
    for word in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        _check_address(str(found.get(word, "")))
    return found


def _fetch(address: str) -> dict[str, Any]:
    _check_address(address)
    try:
        answer = requests.get(address, timeout=TIMEOUT, allow_redirects=False)
        answer.raise_for_status()
        told = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise Failed(f"the provider does not answer: {type(error).__name__}") from error
    if not isinstance(told, dict):
        raise Failed("the provider answers with something else")
    return told


def _check_address(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise Failed("an address of the provider is not https")


def _id_token(request: HttpRequest, found: dict[str, Any], code: str, verifier: str) -> str:
    try:
        with _client(request) as client:
            token = client.fetch_token(
                found["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                code_verifier=verifier,
                timeout=TIMEOUT,
            )
    except (requests.RequestException, AuthlibBaseError, ValueError) as error:
        raise Failed(f"the provider gave no token: {type(error).__name__}") from error
    told = token.get("id_token")
    if not isinstance(told, str):
        raise Failed("the provider gave no id token")
    return told


def _claims(id_token: str, found: dict[str, Any], nonce: str, at: datetime) -> dict[str, Any]:
    """What a token says that was signed by this provider, for us, for this question, just now."""
    wanted = jwt.JWTClaimsRegistry(
        now=int(at.timestamp()),
        leeway=LEEWAY,
        iss={"essential": True, "value": found["issuer"]},
        aud={"essential": True, "value": settings.OIDC_CLIENT},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        keys = KeySet.import_key_set(_fetch(found["jwks_uri"]))  # type: ignore[arg-type]
        claims = jwt.decode(id_token, keys, algorithms=list(ALGORITHMS)).claims
        wanted.validate(claims)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise Failed(f"the token does not hold: {type(error).__name__}") from error
    if claims.get("azp", settings.OIDC_CLIENT) != settings.OIDC_CLIENT:
        raise Failed("the token is for another client")
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
        raise Failed("the token names nobody")
    return dict(claims)
