"""Somebody watches a policy in a real browser without scripts, on a small phone; and each page of
it, of the comparison and of promises can be used by everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.policy import scene
from tests.policy.conftest import PASSWORD, Cast, seated
from tests.policy.test_desk_in_a_browser import chromium  # noqa: F401
from tests.policy.test_placing import counted
from tests.policy.test_promises import PROMISED
from tests.whole.judging import faults, small_screen
from timbang.policy import actions, addresses, placing
from timbang.policy.actions.promising import link_promise, record_promise
from timbang.policy.models import Dossier, Piece

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOW = datetime.now(UTC).replace(hour=5, minute=0)
LONG = "Peraturan" + " tentang penyelenggaraan" * 7


class Watcher:
    """Who watches, before a small phone that knows no script."""

    def __init__(self, browser: Browser, server: LiveServer) -> None:
        context = browser.new_context(
            java_script_enabled=False, viewport={"width": 320, "height": 800}
        )
        self.page: Page = context.new_page()
        self.page.set_default_timeout(10_000)
        self.public, self.desk = f"{server.url}/en/", f"{server.url}/en/meja/kebijakan/"
        self.page.goto(f"{server.url}/en/meja/akun/masuk/")
        self.page.fill("#id_login", "pemantau")
        self.page.fill("#id_password", PASSWORD)
        self.page.click("main button")

    def send(self, *ticked: str, **typed: str) -> None:
        for name, value in typed.items():
            self.page.fill(f"main [name={name}]", value)
        for name in ticked:
            self.page.check(f"main [value={name}]")
        self.page.click("main form[method=post] button")
        assert self.page.locator("[role=status]").count(), self.page.inner_text("main")

    def paper(self, kind: str, *ticked: str, **typed: str) -> None:
        self.page.click(f"#kind-{kind} a[href*='/dokumen/']")
        self.send(*ticked, **typed)


def test_a_dossier_from_the_first_paper_to_the_page_that_everybody_reads(
    chromium: Browser,  # noqa: F811
    live_server: LiveServer,
    cast: Cast,
) -> None:
    watcher = Watcher(chromium, live_server)
    page = watcher.page
    page.goto(watcher.desk + "amati/")
    page.click("main a.button")
    watcher.send("service", "children", title="Makan di sekolah", office="Badan Contoh",
                 region="ID", summary="Rekaan.")  # fmt: skip
    found = {"source": "Laman Badan Contoh", "read_on": "2026-05-02"}
    watcher.paper("legal_basis", "found", title="Peraturan", issued_on="2026-01-02", **found)
    watcher.paper("start", "found", "ground_promise", title="Mulai", issued_on="2026-02-01",
                  **found)  # fmt: skip
    for kind in ("study", "academic_paper"):
        watcher.paper(kind, "missing", sought="JDIH Badan Contoh, 2 Mei 2026")
    page.click("#kind-start article a[href*='/berkas/']")
    watcher.send("found", title="Peluncuran", says="Di sepuluh sekolah.")
    page.click("main a[href$='/terbitkan/']")
    watcher.send()
    dossier = Dossier.objects.get()
    assert (dossier.path, dossier.is_public) == ("promise", True)
    page.goto(f"{watcher.public}kebijakan/{addresses.slug_of(dossier.number)}/")
    text = page.inner_text("main")
    for words in ("Makan di sekolah", "Peluncuran", "JDIH Badan Contoh", "Direct (promise)",
                  "steps were skipped on the ground of a promise"):  # fmt: skip
        assert words in text, words
    page.goto(watcher.desk + f"amati/{dossier.pk}/tarik/")
    watcher.send(why="Sumbernya keliru.")
    page.goto(f"{watcher.public}kebijakan/perbandingan/")
    assert "0 public dossiers are looked at." in page.inner_text("main")


def test_a_promise_is_recorded_and_led_to_what_came_of_it(
    chromium: Browser,  # noqa: F811
    live_server: LiveServer,
    cast: Cast,
) -> None:
    dossier = scene.observed(cast, at=NOW, title="Dapur sekolah")
    watcher = Watcher(chromium, live_server)
    page = watcher.page
    page.goto(watcher.desk + "janji/baru/")
    watcher.send("campaign", "service", who="Bupati Contoh 2024", text="Seratus dapur.",
                 source="Visi dan misi (rekaan)", read_on="2026-05-02", region="32.04",
                 measure="dapur", target="100")  # fmt: skip
    page.click("main a[href$='/berkas/']")
    page.select_option("[name=to]", str(dossier.pk))
    watcher.send()
    assert "Dapur sekolah" in page.inner_text("main")
    page.goto(f"{watcher.public}kebijakan/janji/")
    page.click("main tbody a")
    text = page.inner_text("main")
    assert "Seratus dapur." in text
    assert "No dossier is known" in text  # not published yet


def many(cast: Cast) -> tuple[Dossier, Piece]:
    """Six published dossiers that went the whole way, with long words; the last one, and a paper."""
    began = date(2026, 3, 1)
    for waited in range(10, 70, 10):
        dossier = scene.observed(cast, at=NOW, title=LONG)
        days: dict[str, Any] = {
            "problem": began - timedelta(days=waited), "study": began, "start": began,
            "legal_clearance": began, "budget_clearance": began, "result": None,
        }  # fmt: skip
        for kind, day in days.items():
            told = replace(scene.paper(kind, NOW), title=LONG, issued_on=day, says=LONG,
                           amount=71_000_000_000_000, url="https://contoh.go.id/" + "x" * 90)  # fmt: skip
            actions.add_piece(dossier, told, seen=scene.now(dossier), by=cast.watcher, at=NOW)
        scene_now = scene.now(dossier)
        actions.publish(dossier, seen=scene_now, by=cast.watcher, at=NOW)
    return dossier, Piece.objects.filter(dossier=dossier).latest("line__version")


def test_every_page_can_be_used_by_everybody(
    chromium: Browser,  # noqa: F811
    live_server: LiveServer,
    cast: Cast,
    tmp_path: Path,
) -> None:
    dossier, piece = many(cast)
    wrong = replace(scene.paper("result", NOW), title="Dibetulkan")
    actions.add_piece(
        dossier, wrong, seen=scene.now(dossier), by=cast.watcher, at=NOW, replaces=piece
    )
    right = Piece.objects.latest("line__entry__turn")
    promise = record_promise(
        replace(PROMISED, read_on=NOW.date()), by=cast.watcher, at=NOW, once=uuid4()
    )
    link_promise(promise, dossier, seen=scene.now(dossier), by=cast.watcher, at=NOW)
    placing.write(counted(0.5, 0.6, 0.9), tmp_path)
    observed, led = f"meja/kebijakan/amati/{dossier.pk}/", f"meja/kebijakan/janji/{promise.pk}/"
    pages = [
        "kebijakan/perbandingan/", "kebijakan/janji/", f"kebijakan/janji/{promise.pk}/",
        "kebijakan/janji/tempat/", f"kebijakan/{addresses.slug_of(dossier.number)}/",
        "meja/kebijakan/amati/", "meja/kebijakan/amati/baru/", observed, f"{observed}tentang/",
        f"{observed}dokumen/decision/", f"{observed}berkas/{right.pk}/", f"{observed}tarik/",
        f"{observed}terbitkan/", "meja/kebijakan/janji/", "meja/kebijakan/janji/baru/", led,
        f"{led}berkas/", f"{led}tarik/",
    ]  # fmt: skip
    context = small_screen(chromium)
    context.add_cookies(
        [{"name": name, "value": kept.value, "url": live_server.url}
         for name, kept in seated(cast.watcher).cookies.items()]
    )  # fmt: skip
    page = context.new_page()
    found = []
    with override_settings(PLACES=tmp_path):
        for language in ("", "en/"):
            for place in pages:
                answer = page.goto(f"{live_server.url}/{language}{place}")
                assert answer is not None
                assert answer.status == 200, place
                found += faults(page, language + place)
    assert found == []
