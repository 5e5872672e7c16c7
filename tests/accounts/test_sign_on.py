"""The office's own sign-on, against a real provider library over real HTTP."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.accounts import provider
from tests.accounts.conftest import PASSWORDS, log_in
from timbang.accounts.models import Officer, SignOn, Visit
from timbang.ledger.models import Entry

pytestmark = [
    pytest.mark.django_db,
    # The provider's libraries are older than this Python.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@pytest.fixture
def sign_on(settings: Settings, tmp_path: Path) -> Iterator[provider.SignOn]:
    secret = tmp_path / "secret"
    secret.write_text(f"{provider.SECRET}\n")
    with provider.running("http://testserver" + reverse("accounts:sign-on-back")) as running:
        settings.OIDC_ISSUER, settings.OIDC_CLIENT = running.base, provider.CLIENT
        settings.OIDC_SECRET_FILE, settings.OIDC_NAME = str(secret), "SSO Pemprov"
        yield running


def go(client: Client) -> str:
    return str(client.get(reverse("accounts:sign-on"))["Location"])


def come_back(client: Client, told: dict[str, str]) -> Any:
    """As a browser does: no cookie on the first page, which another site led to."""
    landing = Client().get(reverse("accounts:sign-on-back"), told)
    onward = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', landing.content.decode())
    assert onward is not None
    assert not landing.cookies
    return client.get(unescape(onward[1]))


def linked(client: Client, sign_on: provider.SignOn, login: str = "alice") -> None:
    log_in(client, login)
    assert come_back(client, sign_on.visit(go(client)))["Location"] == reverse(
        "accounts:sign-on-link"
    )
    place = reverse("accounts:sign-on-link")
    assert client.get(place).status_code == 200
    assert client.post(place, {"password": "wrong"}).status_code == 200
    assert not SignOn.objects.exists()
    assert client.post(place, {"password": PASSWORDS[login]}).status_code == 302
    client.post(reverse("accounts:logout"))


def is_in(client: Client) -> bool:
    return bool(client.get(reverse("accounts:officers")).status_code == 200)


def test_linked_once_it_is_the_second_proof_and_the_password_still_opens_the_key(
    client: Client, alice: Officer, sign_on: provider.SignOn
) -> None:
    linked(client, sign_on)
    answer = come_back(client, sign_on.visit(go(client)))
    assert answer["Location"].startswith(reverse("accounts:second"))
    assert not is_in(client)
    assert client.post(reverse("accounts:second"), {"password": "wrong"}).status_code == 200
    assert not is_in(client)
    client.post(reverse("accounts:second"), {"password": PASSWORDS["alice"]})
    assert client.get(reverse("accounts:keys")).status_code == 200
    assert Visit.objects.get().proof == "sign_on"
    assert Entry.objects.get(act="factor.added").body["kind"] == "sign_on"


def test_a_linked_officer_is_not_let_in_by_his_password_alone(
    client: Client, alice: Officer, sign_on: provider.SignOn
) -> None:
    linked(client, sign_on)
    log_in(client, "alice")
    assert not is_in(client)
    assert "SSO Pemprov" in client.get(reverse("accounts:second")).content.decode()


def test_it_makes_no_officer_of_anybody(
    client: Client, alice: Officer, sign_on: provider.SignOn
) -> None:
    linked(client, sign_on)
    answer = come_back(client, sign_on.visit(go(client), user="other-sso"))
    assert answer.status_code == 403
    assert Officer.objects.count() == 1
    assert not is_in(client)


def test_one_account_belongs_to_one_officer(
    client: Client, alice: Officer, bob: Officer, sign_on: provider.SignOn
) -> None:
    linked(client, sign_on)
    log_in(client, "bob")
    come_back(client, sign_on.visit(go(client)))
    answer = client.post(reverse("accounts:sign-on-link"), {"password": PASSWORDS["bob"]})
    assert 'role="alert"' in answer.content.decode()
    assert SignOn.objects.get().officer == alice


def test_the_question_carries_pkce_state_and_nonce(
    client: Client, alice: Officer, sign_on: provider.SignOn
) -> None:
    first, second = provider.asked(go(client)), provider.asked(go(client))
    assert (first["response_type"], first["scope"]) == ("code", "openid")
    assert first["code_challenge_method"] == "S256"
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 43
        assert first[name] != second[name]


def test_an_answer_counts_once_and_only_in_its_own_session(
    client: Client, alice: Officer, sign_on: provider.SignOn
) -> None:
    linked(client, sign_on)
    told = sign_on.visit(go(client))
    assert come_back(Client(), told).status_code == 403
    thief = Client()
    go(thief)
    assert come_back(thief, told).status_code == 403
    assert come_back(client, told).status_code == 302
    assert come_back(client, told).status_code == 403


@pytest.mark.parametrize("changed", [{"state": "x"}, {"state": ""}, {"code": "x"}, {"code": ""}])
def test_another_state_or_code_proves_nothing(
    client: Client, alice: Officer, sign_on: provider.SignOn, changed: dict[str, str]
) -> None:
    linked(client, sign_on)
    assert come_back(client, sign_on.visit(go(client)) | changed).status_code == 403


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"aud": "another"},
        {"iss": "https://evil.example"},
        {"exp": int(time.time()) - 3600},
        {"azp": "another"},
        {"sub": ""},
        {"sub": 7},
    ],
)
def test_a_token_that_says_something_else_proves_nothing(
    client: Client, alice: Officer, sign_on: provider.SignOn, claims: dict[str, Any]
) -> None:
    linked(client, sign_on)
    sign_on.claims = claims
    assert come_back(client, sign_on.visit(go(client))).status_code == 403
    assert not is_in(client)


def test_a_token_signed_by_another_key_proves_nothing(
    client: Client, alice: Officer, sign_on: provider.SignOn
) -> None:
    linked(client, sign_on)
    sign_on.signed_by = provider.key(1)
    assert come_back(client, sign_on.visit(go(client))).status_code == 403


def test_the_verifier_is_asked_for(
    client: Client, alice: Officer, sign_on: provider.SignOn
) -> None:
    """A stolen code is worth nothing without what stayed in the session."""
    linked(client, sign_on)
    told = sign_on.visit(go(client))
    session = client.session
    session["accounts_oidc"] = session["accounts_oidc"] | {"verifier": "v" * 64}
    session.save()
    assert come_back(client, told).status_code == 403


@pytest.mark.parametrize("issuer", ["https://another.example", ""])
def test_a_provider_that_calls_itself_otherwise_is_not_asked(
    client: Client, alice: Officer, sign_on: provider.SignOn, issuer: str, settings: Settings
) -> None:
    sign_on.issuer = issuer or None
    if not issuer:
        settings.OIDC_ISSUER = "http://provider.example"
    answer = client.get(reverse("accounts:sign-on"))
    assert answer.status_code == 403


def test_a_provider_that_is_down_is_said_and_the_rest_works(
    client: Client, alice: Officer, sign_on: provider.SignOn, settings: Settings
) -> None:
    settings.OIDC_ISSUER = "http://127.0.0.1:9"
    assert client.get(reverse("accounts:sign-on")).status_code == 403
    log_in(client, "alice")
    assert is_in(client)


@pytest.mark.parametrize("name", ["sign-on", "sign-on-back", "sign-on-done"])
def test_without_a_provider_the_pages_do_not_exist(client: Client, db: None, name: str) -> None:
    assert client.get(reverse(f"accounts:{name}")).status_code == 404


def test_a_revoked_officer_is_not_signed_on(
    client: Client, alice: Officer, bob: Officer, sign_on: provider.SignOn
) -> None:
    linked(client, sign_on, "bob")
    told = sign_on.visit(go(client))
    from tests.accounts.conftest import AT
    from timbang.accounts import actions

    actions.revoke_officer(officer=bob, by=alice, at=AT)
    assert come_back(client, told).status_code == 403
