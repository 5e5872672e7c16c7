"""The network that can be moved, in a real browser: with a script by time, and whole without one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.whole.installation import Installation

NO_CANVAS = "HTMLCanvasElement.prototype.getContext = () => null"


def opened(
    demo: Installation, chromium: Browser, *, script: bool, first: str = ""
) -> tuple[BrowserContext, Page]:
    """The network of the demo, opened for a lead. `first` runs before every script of a page."""
    context = chromium.new_context(java_script_enabled=script)
    if first:
        context.add_init_script(first)
    page = context.new_page()
    page.goto(f"{demo.url}/meja/akun/masuk/")
    page.fill("input[name=login]", "ani")
    page.fill("input[name=password]", "timbang-demo-ani")
    page.click("main button")
    page.goto(f"{demo.url}/meja/indikasi/")
    number = page.inner_text("main tbody th a")
    page.goto(f"{demo.url}/meja/jaringan/")
    page.fill("input[name=number]", number)
    page.click("main form button")
    return context, page


def test_without_a_script_the_still_drawing_stands_open(
    demo: Installation, chromium: Browser
) -> None:
    context, page = opened(demo, chromium, script=False)
    assert page.is_visible("#network-still svg")
    assert not page.is_visible("#network-moving")
    context.close()


def test_a_browser_without_webgl_keeps_the_still_drawing_and_loses_nothing(
    demo: Installation, chromium: Browser
) -> None:
    context, page = opened(demo, chromium, script=False)
    whole = page.inner_text("main")
    drawn = page.inner_html("#network-still svg")
    context.close()
    context, page = opened(demo, chromium, script=True, first=NO_CANVAS)
    page.wait_for_load_state("load")
    assert page.evaluate("() => document.createElement('canvas').getContext('webgl2')") is None
    assert page.is_visible("#network-still svg")
    assert page.is_hidden("#network-moving")
    assert page.query_selector("summary:has-text('Gambar diam')") is None
    assert page.inner_html("#network-still svg") == drawn
    assert page.inner_text("main") == whole
    context.close()


def test_a_script_draws_the_same_and_lets_time_pass(demo: Installation, chromium: Browser) -> None:
    refused: list[str] = []
    context, page = opened(demo, chromium, script=True)
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    page.reload()
    if not page.evaluate("() => !!document.createElement('canvas').getContext('webgl2')"):
        pytest.skip("this browser draws no WebGL")
    page.wait_for_selector("#network-moving canvas", state="attached")
    assert page.is_hidden("#network-still svg")
    page.click("summary:has-text('Gambar diam')")
    assert page.is_visible("#network-still svg")
    always = page.inner_text("#network-moving output")
    page.focus("#network-time")
    page.keyboard.press("ArrowRight")
    month = page.inner_text("#network-moving output")
    assert always == "seluruh waktu"
    assert month[:2] == "20"
    assert page.get_attribute("#network-time", "aria-valuetext") == month
    assert refused == []
    context.close()
