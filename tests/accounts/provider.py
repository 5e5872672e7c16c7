"""A provider of sign-on on loopback: pyop answers, real HTTP carries it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from Cryptodome.PublicKey import RSA
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwkest.jwk import RSAKey
from pyop.authz_state import AuthorizationState
from pyop.exceptions import InvalidAuthenticationRequest, InvalidTokenRequest
from pyop.provider import Provider
from pyop.subject_identifier import HashBasedSubjectIdentifierFactory
from pyop.userinfo import Userinfo

CLIENT, SECRET = "timbang", "rahasia-klien"


@cache
def key(place: int) -> RSAKey:
    """One of the provider's keys, made when a test first needs it."""
    pem = rsa.generate_private_key(65537, 2048).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    return RSAKey(key=RSA.import_key(pem), alg="RS256", kid=f"k{place}")


@dataclass
class SignOn:
    """The provider, and what a test makes of it: `claims` replaces what its token says."""

    base: str
    provider: Provider
    claims: dict[str, Any] = field(default_factory=dict)
    signed_by: RSAKey | None = None
    issuer: str | None = None

    def visit(self, address: str, user: str = "dewi-sso") -> dict[str, str]:
        """Somebody signs on there; what the browser carries back."""
        request = self.provider.parse_authentication_request(urlsplit(address).query)
        answer = self.provider.authorize(request, user)
        return {name: str(answer[name]) for name in ("code", "state")}

    def answer(self, path: str, body: str, headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if path == "/.well-known/openid-configuration":
            told = self.provider.provider_configuration.to_dict()
            return 200, told | {"issuer": self.issuer or told["issuer"]}
        if path == "/jwks":
            return 200, self.provider.jwks
        if path != "/token":
            return 404, {}
        try:
            token = self.provider.handle_token_request(body, headers).to_dict()
        except (InvalidTokenRequest, InvalidAuthenticationRequest, Exception) as error:  # noqa: BLE001
            return 400, {"error": "invalid_grant", "error_description": type(error).__name__}
        return 200, token | {"id_token": self._forged(token["id_token"])}

    def _forged(self, id_token: str) -> str:
        from jwkest.jws import JWS

        if not self.claims and self.signed_by is None:
            return id_token
        said = JWS().verify_compact(id_token, keys=[key(0)])
        return str(
            JWS({**said, **self.claims}, alg="RS256").sign_compact([self.signed_by or key(0)])
        )


@contextmanager
def running(redirect_uri: str) -> Iterator[SignOn]:
    """Serve on a free port of loopback until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say("")

        def do_POST(self) -> None:
            self._say(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _say(self, body: str) -> None:
            status, told = sign_on.answer(self.path, body, dict(self.headers))
            data = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    base = f"http://127.0.0.1:{server.server_port}"
    sign_on = SignOn(base, _provider(base, redirect_uri))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield sign_on
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _provider(base: str, redirect_uri: str) -> Provider:
    told = {
        # pyop insists on TLS when it starts; on loopback there is none.
        "issuer": base.replace("http:", "https:"),
        "authorization_endpoint": f"{base}/authorize",
        "token_endpoint": f"{base}/token",
        "jwks_uri": f"{base}/jwks",
        "scopes_supported": ["openid"],
        "response_types_supported": ["code"],
        "subject_types_supported": ["pairwise"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
    }
    client = {
        "client_id": CLIENT,
        "client_secret": SECRET,
        "redirect_uris": [redirect_uri],
        "response_types": ["code"],
        "subject_type": "pairwise",
        "token_endpoint_auth_method": "client_secret_basic",
    }
    state = AuthorizationState(HashBasedSubjectIdentifierFactory("salt"))
    users = Userinfo({name: {} for name in ("dewi-sso", "other-sso")})
    made = Provider(key(0), told, state, {CLIENT: client}, users)
    made.configuration_information["issuer"] = base
    return made


def asked(address: str) -> dict[str, str]:
    """What a redirect to the provider asks for."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
