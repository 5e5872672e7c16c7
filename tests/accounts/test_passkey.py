"""A passkey in a real browser with a virtual authenticator, and answers that must not count."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import CDPSession, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.accounts.conftest import PASSWORDS
from tests.conftest import CHROMIUM
from timbang.accounts import factors
from timbang.accounts.models import Officer, Passkey, Visit


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    # Playwright runs an event loop in this thread; the database is used from the test itself.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        context = browser.new_context(viewport={"width": 320, "height": 800})
        context.set_default_timeout(20_000)
        yield context.new_page()
        browser.close()


def authenticator(page: Page) -> tuple[CDPSession, str]:
    """A security key that is always touched."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasResidentKey": False,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devtools, made["authenticatorId"]


def password(page: Page, base: str) -> None:
    page.goto(f"{base}/meja/akun/masuk/")
    page.fill("#id_login", "alice")
    page.fill("#id_password", PASSWORDS["alice"])
    page.click("main button")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_passkey_is_made_lets_in_and_a_copied_one_does_not(
    page: Page, live_server: LiveServer, alice: Officer
) -> None:
    base = live_server.url.replace("127.0.0.1", "localhost")
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    devtools, device = authenticator(page)
    password(page, base)
    page.goto(f"{base}/meja/akun/faktor/kunci-sandi/")
    page.fill("#id_name", "Kunci kantor")
    page.fill("#id_password", PASSWORDS["alice"])
    page.click("main button")
    page.wait_for_url("**/faktor/")
    assert page.inner_text("main li strong") == "Kunci kantor"
    assert Passkey.objects.get().officer == alice
    page.click("header button")
    password(page, base)
    page.click("form[data-passkey] button")
    page.wait_for_url(f"{base}/meja/")
    assert Visit.objects.get().proof == "passkey"
    # A copy of the device that has counted less is refused, and said so.
    page.goto(f"{base}/meja/akun/faktor/")
    page.click("header button")
    Passkey.objects.update(sign_count=1000)
    password(page, base)
    page.click("form[data-passkey] button")
    page.wait_for_selector("[role=alert]:visible")
    assert not Visit.objects.exists()
    # Without the device the page says so and stays usable.
    devtools.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": device})
    assert complaints == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "answer",
    ["", "{}", "[]", "null", '"x"', "{", json.dumps({"id": "a", "rawId": "a", "response": {}})],
)
def test_an_answer_that_no_browser_gives_makes_no_passkey(
    client: Client, alice: Officer, answer: str
) -> None:
    client.post(reverse("accounts:login"), {"login": "alice", "password": PASSWORDS["alice"]})
    place = reverse("accounts:passkey-add")
    client.get(place)
    body = {"name": "x", "password": PASSWORDS["alice"], "passkey": answer}
    assert client.post(place, body).status_code == 200
    assert not factors.of(alice)


@pytest.mark.django_db
def test_a_passkey_that_counts_goes_forward_only(alice: Officer) -> None:
    kept = Passkey.objects.create(
        officer=alice, name="x", credential_id=b"id", credential=b"c", sign_count=5,
        added_on=alice.added_on,
    )  # fmt: skip
    for count, right in ((5, False), (4, False), (0, False), (6, True), (6, False), (7, True)):
        taken = factors.take_passkey(officer=alice, credential_id=b"id", sign_count=count)
        assert taken is right, count
    Passkey.objects.filter(pk=kept.pk).update(sign_count=0)
    assert factors.take_passkey(officer=alice, credential_id=b"id", sign_count=0)
    assert not factors.take_passkey(officer=alice, credential_id=b"other", sign_count=9)
