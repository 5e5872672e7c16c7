"""The desk by keyboard, in a real browser: along the list, open, search, and off."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.cases.conftest import PASSWORD, file_report, make_case
from tests.conftest import CHROMIUM
from timbang.cases.models import Case
from timbang.cases.vault import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        page = browser.new_context(viewport={"width": 1000, "height": 900}).new_page()
        page.set_default_timeout(20_000)
        yield page
        browser.close()


def test_a_day_goes_by_keyboard(
    page: Page, live_server: LiveServer, case: Case, alice: Desk
) -> None:
    make_case(alice, file_report(alice.organ))
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(f"{live_server.url}/meja/akun/masuk/")
    page.fill("#id_login", "alice")
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("#free")
    shown = page.locator("main tbody th a").all_inner_texts()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.innerText") == shown[1]
    page.keyboard.press("Enter")
    page.wait_for_url("**/meja/kasus/*/")
    assert shown[1] in page.inner_text("h1")
    page.keyboard.press("/")
    page.wait_for_url("**/meja/cari/")
    page.keyboard.press("/")
    page.keyboard.type("jk?/")
    assert page.input_value("#id_words") == "jk?/"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.wait_for_url("**/meja/pintasan/")
    page.uncheck("#keys-choice input")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    page.wait_for_timeout(300)
    assert page.url.endswith("/meja/pintasan/")
    assert faults == []
