"""A real browser, JavaScript off: an officer logs in, is locked, and loses nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.accounts.conftest import PASSWORDS, make_officer, organ_private
from tests.conftest import CHROMIUM
from timbang.accounts.models import Officer, Unlock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    # Playwright runs an event loop in this thread; the database is used from the test itself.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        context = browser.new_context(
            viewport={"width": 320, "height": 800}, java_script_enabled=False
        )
        context.set_default_timeout(10_000)
        yield context.new_page()
        browser.close()


def log_in(page: Page, live_server: LiveServer, path: str) -> None:
    page.goto(live_server.url + path)
    page.fill("#id_login", "alice")
    page.fill("#id_password", PASSWORDS["alice"])
    page.click("main button")


def test_an_officer_logs_in_is_locked_and_loses_nothing(
    page: Page, live_server: LiveServer, alice: Officer
) -> None:
    rini = make_officer(alice.organ, "rini", "examiner", waits=True)
    log_in(page, live_server, "/meja/akun/kunci/")
    assert page.url == f"{live_server.url}/meja/akun/kunci/"
    assert page.inner_text(".receipt") == rini.key_words
    page.context.clear_cookies(name="timbang_unlock")
    page.click("main button")
    page.fill("#id_unlock_password", PASSWORDS["alice"])
    page.click("main button")
    assert page.locator(".receipt").count() == 0
    assert organ_private(Officer.objects.get(pk=rini.pk)) == organ_private(alice)
    page.click("header button")
    assert page.url == f"{live_server.url}/meja/akun/masuk/"
    assert not Unlock.objects.exists()
    assert "timbang_unlock" not in [cookie["name"] for cookie in page.context.cookies()]


def test_the_key_is_open_in_both_languages_and_closed_for_the_other_doors(
    page: Page, live_server: LiveServer, alice: Officer
) -> None:
    log_in(page, live_server, "/en/meja/akun/kunci/")
    page.goto(f"{live_server.url}/meja/akun/kunci/")
    assert page.locator("#id_unlock_password").count() == 0
    assert page.url.endswith("/kunci/")
    for path in ("/", "/en/", "/lapor/", "/en/lapor/"):
        sent = [cookie["name"] for cookie in page.context.cookies(live_server.url + path)]
        assert "timbang_unlock" not in sent
