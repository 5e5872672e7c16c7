"""A comment and its answer in a real browser without scripts; and each page of it judged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.conftest import CHROMIUM
from tests.policy import scene
from tests.policy.conftest import AT, Cast, seated
from tests.reports.test_inspection import photo
from tests.whole.judging import faults, small_screen
from timbang.policy import addresses
from timbang.policy.course import today
from timbang.policy.models import Comment, Decree, Dossier, SiteVisit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
WORDS = "Dapur sekolah kami tidak punya air bersih."


@pytest.fixture
def chromium(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


def plain(chromium: Browser) -> BrowserContext:
    size: Any = {"width": 320, "height": 900}
    return chromium.new_context(java_script_enabled=False, viewport=size)


def at_desk(context: BrowserContext, server: LiveServer, cast: Cast, login: str) -> Page:
    cookies = seated(cast.by_login(login)).cookies
    context.add_cookies(
        [{"name": name, "value": kept.value, "url": server.url} for name, kept in cookies.items()]
    )
    return context.new_page()


def slug(dossier: Dossier) -> str:
    return addresses.slug_of(dossier.number)


def send_comment(page: Page, url: str) -> str:
    page.goto(url)
    page.click("main a[href*='/tanggapi/']")
    page.fill("[name=body]", WORDS)
    page.fill("[name=name]", "Ibu Contoh")
    page.click("button[value=send]")
    return page.inner_text(".receipt")


def test_somebody_comments_and_reads_the_answer(
    chromium: Browser, live_server: LiveServer, cast: Cast
) -> None:
    dossier = scene.opened(cast)
    citizen, url = plain(chromium).new_page(), f"{live_server.url}/en/kebijakan/{slug(dossier)}/"
    receipt = send_comment(citizen, url)
    assert re.fullmatch(r"([0-9A-Z]{4}-){5}[0-9A-Z]{4}", receipt)
    assert citizen.context.cookies() == []
    desk = at_desk(plain(chromium), live_server, cast, "analis")
    desk.goto(f"{live_server.url}/en/meja/kebijakan/{dossier.pk}/")
    desk.click("main a[href*='/tanggapan/']")
    desk.click("main article a")
    assert WORDS in desk.inner_text("main")
    desk.click("button[value=show]")
    desk.check("[name=outcome][value=taken]")
    desk.fill("[name=words]", "Air bersih masuk rancangan.")
    desk.click("button[value=answer]")
    assert "The answer is public." in desk.inner_text("main")
    citizen.goto(f"{live_server.url}/tanggapi/")
    citizen.fill("[name=receipt]", receipt.lower().replace("-", " "))
    citizen.click("button[value=show]")
    assert "Air bersih masuk rancangan." in citizen.inner_text("main")
    citizen.goto(url)
    shown = citizen.inner_text("main")
    assert "Ibu Contoh" in shown
    assert "Air bersih masuk rancangan." in shown


def test_somebody_tells_what_he_saw_with_a_photograph(
    chromium: Browser, live_server: LiveServer, cast: Cast, tmp_path: Path
) -> None:
    dossier = scene.opened(cast)
    scene.in_lane(dossier, cast)
    picture = tmp_path / "foto.jpg"
    picture.write_bytes(photo())
    page = plain(chromium).new_page()
    page.goto(f"{live_server.url}/en/kebijakan/{slug(dossier)}/")
    page.click("main a[href*='/lihat-pelaksanaan/']")
    fill_visit(page, dossier, picture)
    page.click("button[value=review]")
    assert "Found in it, and taken out:" in page.inner_text("main")
    page.click("button[value=send]")
    assert SiteVisit.objects.get().photos.count() == 1
    page.click("button[value=about]")
    assert dossier.number in page.inner_html("main")


def fill_visit(page: Page, dossier: Dossier, picture: Path) -> None:
    page.fill("[name=place]", "Desa Contoh")
    page.fill("[name=seen_on]", today(dossier.organ, AT).isoformat())
    page.fill("[name=body]", WORDS)
    page.set_input_files("[name=files]", picture)


def test_two_that_are_the_same_are_kept_back_together_without_scripts(
    chromium: Browser, live_server: LiveServer, cast: Cast
) -> None:
    dossier = scene.opened(cast)
    url = f"{live_server.url}/en/kebijakan/{slug(dossier)}/"
    for _each in range(2):
        send_comment(plain(chromium).new_page(), url)
    desk = at_desk(plain(chromium), live_server, cast, "analis")
    desk.goto(f"{live_server.url}/en/meja/kebijakan/{dossier.pk}/tanggapan/")
    assert "2 comments with these words" in desk.inner_text("main")
    desk.check("[name=text]")
    desk.click("button[value=withhold]")
    assert "Choose one of the reasons." in desk.inner_text("main")
    assert desk.is_checked("[name=text]")
    desk.select_option("[name=why]", "outside")
    desk.click("button[value=withhold]")
    assert "What you ticked is withheld" in desk.inner_text("main")
    assert set(Comment.objects.values_list("state", "why_withheld")) == {("withheld", "outside")}


@pytest.mark.parametrize("language", ["", "/en"])
def test_each_page_can_be_read_by_everybody(
    chromium: Browser, live_server: LiveServer, cast: Cast, tmp_path: Path, language: str
) -> None:
    long = "Kebijakan dengan judul " + "panjangsekali" * 12
    lane = scene.opened(cast, title=long)
    scene.in_lane(lane, cast)
    whole = scene.opened(cast)
    scene.executed(whole, cast)
    picture = tmp_path / ("nama-berkas-yang-panjang" * 6 + ".jpg")
    picture.write_bytes(photo())
    wrong: list[str] = []
    base = f"{live_server.url}{language}"
    page = small_screen(chromium).new_page()

    def look(name: str) -> None:
        wrong.extend(faults(page, f"{language} {name}"))

    for address in ("kebijakan/", f"kebijakan/{slug(whole)}/", f"kebijakan/{slug(lane)}/"):
        page.goto(f"{base}/{address}")
        look(address)
    page.goto(f"{base}/tanggapi/{slug(whole)}/")
    look("closed")
    page.goto(f"{base}/tanggapi/{slug(lane)}/")
    page.click("button[value=send]")
    look("comment with faults")
    page.fill("[name=body]", WORDS)
    page.click("button[value=send]")
    look("comment sent")
    page.click("button[value=show]")
    look("status")
    page.goto(f"{base}/tanggapi/")
    look("follow")
    page.goto(f"{base}/lihat-pelaksanaan/{slug(lane)}/")
    fill_visit(page, lane, picture)
    page.fill("[name=place]", "")
    page.click("button[value=review]")
    look("visit with faults")
    page.fill("[name=place]", "Desa Contoh")
    page.click("button[value=review]")
    look("review")
    page.click("button[value=send]")
    look("visit sent")
    desk = at_desk(small_screen(chromium), live_server, cast, "analis")
    own = f"{base}/meja/kebijakan/{lane.pk}"
    comment, visit = Comment.objects.get(), SiteVisit.objects.get()
    page = desk
    lists = ("tanggapan/", "tanggapan/?daftar=lapangan", f"tanggapan/?teks={comment.pk}")
    for rest in (*lists, f"tanggapan/{comment.pk}/", f"lapangan/{visit.pk}/"):
        page.goto(f"{own}/{rest}")
        look(rest)
    page.goto(f"{own}/tanggapan/{comment.pk}/")
    page.click("button[value=show]")
    look("answer")
    page.goto(f"{own}/tanggapan/?daftar=tanpa-jawaban")
    look("answer to many")
    page.goto(f"{own}/lapangan/{visit.pk}/")
    page.click("button[value=show]")
    page.goto(f"{base}/kebijakan/{slug(lane)}/")
    drawn = page.locator(".pictures img")
    drawn.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('.pictures img').naturalWidth > 0")
    look("docket with a picture")
    page = at_desk(small_screen(chromium), live_server, cast, "kepala")
    page.goto(f"{own}/keputusan/")
    look("desk decree")
    for name in ("number", "place", "post"):
        page.fill(f"[name={name}]", f"{name} contoh")
    page.click("main form button")
    assert Decree.objects.count() == 1
    page.goto(f"{base}/kebijakan/{slug(lane)}/keputusan/")
    look("decree")
    assert wrong == [], "\n".join(wrong)
