"""A policy through all stages, and the lane with what it owes, in a real browser without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.conftest import CHROMIUM
from tests.policy import scene
from tests.policy.conftest import PASSWORD, Cast, seated
from tests.whole.judging import faults, small_screen
from timbang.policy import actions
from timbang.policy.models import Debt, Dossier, Line
from timbang.policy.parts import KINDS, STUDY

# Noon in Jakarta, so that this is one day there and in UTC.
NOW = datetime.now(UTC).replace(hour=5, minute=0)
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@pytest.fixture
def chromium(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Desks:
    """Each officer before a browser of his own."""

    def __init__(self, browser: Browser, server: LiveServer, cast: Cast) -> None:
        self.browser, self.cast, self.root = browser, cast, server.url
        self.url = f"{server.url}/en/meja/"
        self.pages: dict[str, Page] = {}
        self.dossier = self.last = ""

    def of(self, login: str) -> Page:
        """His browser, at the dossier if there is one."""
        if login not in self.pages:
            size: Any = {"width": 320, "height": 900}
            context = self.browser.new_context(java_script_enabled=False, viewport=size)
            page = context.new_page()
            page.set_default_timeout(20_000)
            if self.pages:
                cookies = seated(self.cast.by_login(login)).cookies
                context.add_cookies(
                    [{"name": name, "value": kept.value, "url": self.root}
                     for name, kept in cookies.items()]
                )  # fmt: skip
            else:  # the first one by his password: it takes its time
                page.goto(f"{self.url}akun/masuk/")
                page.fill("#id_login", login)
                page.fill("#id_password", PASSWORD)
                page.click("main button")
            self.pages[login] = page
        page = self.pages[login]
        # Whoever acted last stands at the dossier as it is now.
        there = login == self.last and f"/{self.dossier}/?done=" in page.url
        self.last = login
        if self.dossier and not there:
            page.goto(f"{self.url}kebijakan/{self.dossier}/")
        return page

    def follow(self, login: str, link: str, **typed: str) -> Page:
        """Follow a link of the dossier, fill in the form that it leads to, and send it."""
        page = self.of(login)
        page.click(f"main a[href*='{link}']")
        return self.send(page, **typed)

    def send(self, page: Page, **typed: str) -> Page:
        for name, value in typed.items():
            page.fill(f"main [name='{name}']", value)
        page.click("main form[method=post] button:not([name])")
        page.wait_for_load_state()
        assert page.locator("[role=status]").count(), page.inner_text("main")
        return page

    def write(self, login: str, kind: str) -> None:
        """Write a part as the scene has it, adding rows where there are too few."""
        page = self.of(login)
        page.goto(f"{self.url}kebijakan/{self.dossier}/bagian/{kind}/")
        body = scene.PARTS[kind] if kind != "lane" else scene.LANE
        self.fill(page, kind, body)
        self.send(page)

    def fill(self, page: Page, kind: str, body: dict[str, Any]) -> None:
        rows = body.get("rows", [])
        while rows and not page.locator(f"[name^='{len(rows) - 1}-']").count():
            page.click("button[name=more]")
        fields = {field.code: field.asked for field in (*KINDS[kind].fields, *KINDS[kind].row)}
        told = {key: value for key, value in body.items() if key != "rows"}
        for place, row in enumerate(rows):
            told |= {f"{place}-{key}": value for key, value in row.items()}
        for name, value in told.items():
            asked = fields[name.rpartition("-")[2]]
            if asked == "grade":
                page.select_option(f"[name='{name}']", value)
            elif asked == "tick":
                page.check(f"[name='{name}']")
            elif asked == "ground":
                page.check(f"[name='{name}'][value='{value}']")
            else:
                page.fill(f"[name='{name}']", value)

    def untied(self, login: str) -> None:
        page = self.of(login)
        page.click("main a[href$='/kepentingan/'] >> nth=0")
        page.check("[name=relation][value=none]")
        self.send(page)

    def declare(self, login: str, outcome: str, page: Page | None = None) -> None:
        """What a step asks for: one click, one question, and back to the step."""
        page = page or self.of(login)
        page.click(f"main a[href$='/kepentingan/?langkah={outcome}']")
        page.check("[name=relation][value=none]")
        self.send(page)
        assert f"/langkah/{outcome}/?done=tie" in page.url


def day(ahead: int) -> str:
    return (datetime.now(ZoneInfo("Asia/Jakarta")) + timedelta(days=ahead)).date().isoformat()


@pytest.fixture
def desks(chromium: Browser, live_server: LiveServer, cast: Cast) -> Desks:
    return Desks(chromium, live_server, cast)


def opened(desks: Desks) -> None:
    """The analyst opens a dossier: logging in has led him to the list."""
    page = desks.of("analis")
    assert page.url.endswith("/meja/kebijakan/")
    page.click("main a[href$='/kebijakan/buka/']")
    page.fill("[name=title]", "Makan pagi di sekolah")
    page.fill("[name=region]", "Kabupaten Bandung")
    page.check("[name=duties][value=service]")
    page.check("[name=groups][value=children]")
    page.select_option("[name=legal]", label="Kantor biro-hukum")
    page.select_option("[name=budget]", label="Kantor badan-anggaran")
    desks.send(page)
    desks.dossier = str(Dossier.objects.get().pk)


def test_a_policy_through_all_stages(desks: Desks) -> None:
    opened(desks)
    for kind in ("options", "evidence"):
        desks.write("analis", kind)
    cast = desks.cast
    scene.write(Dossier.objects.get(), cast.analyst, "problem", *STUDY[3:], at=NOW)
    desks.untied("analis")
    desks.follow("analis", "/langkah/submitted/")
    desks.write("penelaah", "review")
    desks.untied("penelaah")
    desks.follow("penelaah", "/langkah/accepted/")
    desks.write("perancang", "budget")
    scene.write(
        Dossier.objects.get(),
        cast.drafter,
        *(kind for kind in scene.DRAFT if kind != "budget"),
        at=NOW,
    )
    desks.untied("perancang")
    desks.follow("perancang", "/langkah/drafted/")
    # The comments were opened as long ago as they stay open.
    Line.objects.filter(to="consultation").update(done_on=(NOW - scene.OPEN).date())
    desks.follow("analis", "/langkah/concluded/")
    for login, kind in (("hukum", "legal_clearance"), ("anggaran", "budget_clearance")):
        desks.write(login, kind)
        desks.declare(login, "cleared")
        desks.send(desks.pages[login])
    desks.follow(
        "pelaksana", "/tahapan/", title="Sepuluh dapur", owner="Dinas Contoh", due_on=day(90),
        planned="1.000.000.000", measure="anak", target="1000",
    )  # fmt: skip
    desks.declare("kepala", "enacted")
    desks.send(desks.pages["kepala"], words="Sesuai kajian.")
    page = desks.of("pelaksana")
    page.click("main a[href*='/tahapan/']:has-text('what came of it')")
    desks.send(page, says="Sepuluh dapur berjalan.", result="900")
    desks.follow("pelaksana", "/langkah/finished/")
    desks.write("evaluator", "evaluation")
    desks.declare("evaluator", "evaluated")
    page = desks.send(desks.pages["evaluator"])
    dossier = Dossier.objects.get()
    assert (dossier.ended_as, dossier.path) == ("evaluated", "full")
    assert "Executed and evaluated" in page.inner_text("main .card")


def test_the_lane_and_what_it_owes(desks: Desks) -> None:
    opened(desks)
    page = desks.of("kepala")
    page.click("main a[href$='/langsung/']")
    page.click("main a[href$='/bagian/lane/']")
    desks.fill(page, "lane", scene.LANE | {"sunset_on": day(100)})
    desks.send(page)
    desks.of("wakil").goto(f"{desks.url}kebijakan/")
    page = desks.pages["wakil"]
    page.click("main a[href$='/tanda-tangan/']")
    assert "UU 30/2014 ps 28" in page.inner_text("main")
    page.click("main a[href$='/kepentingan/?pendamping=ya']")
    page.check("[name=relation][value=none]")
    desks.send(page)
    desks.send(page)
    page = desks.of("kepala")
    page.click("main a[href$='/langsung/']")
    desks.declare("kepala", "use_lane_disaster", page)
    desks.send(page, words="Tidak dapat menunggu.")
    assert Dossier.objects.get().path == "emergency"
    cast, dossier = desks.cast, Dossier.objects.get()
    scene.write(dossier, cast.analyst, *STUDY, at=NOW)
    scene.write(dossier, cast.treasurer, "budget_clearance", at=NOW)
    desks.write("hukum", "legal_clearance")
    desks.untied("hukum")
    scene.untied(dossier, cast.treasurer, at=NOW)
    scene.untied(dossier, cast.auditor, at=NOW)
    for code, login in (("notice", "kepala"), ("study", "analis"), ("legal_clearance", "hukum")):
        debt = Debt.objects.get(code=code)
        told = scene.paper(code, number=dossier.number)
        typed = {"title": told.title, "source": told.source, "says": told.says}
        desks.follow(login, f"/kewajiban/{debt.pk}/", **typed)
    for code, officer in (
        ("report", cast.head), ("budget_clearance", cast.treasurer), ("audit", cast.auditor),
    ):  # fmt: skip
        scene.pay(dossier, code, officer, at=NOW)
    desks.follow("kepala", "/langkah/ratify/", words="Kewajibannya dipenuhi.")
    desks.write("evaluator", "evaluation")
    desks.declare("evaluator", "evaluated")
    page = desks.send(desks.pages["evaluator"])
    assert Dossier.objects.get().ended_as == "ratified"
    assert not Debt.objects.owed().exists()
    assert "then ratified" in page.inner_text("main .card")


def test_every_desk_page_can_be_used_by_everybody(
    chromium: Browser, live_server: LiveServer, cast: Cast
) -> None:
    """By axe-core, at 320 px and with large letters, with a title as long as it may be."""
    words = scene.LANE | {"sunset_on": day(60)}
    studied = scene.opened(cast, at=NOW, title=("Penyelenggaraan " * 13)[:200])
    direct = scene.opened(cast, at=NOW - timedelta(days=20))
    scene.in_lane(direct, cast, at=NOW - timedelta(days=20), sunset_on=day(60))
    for _version in range(2):
        scene.write(studied, cast.analyst, "options", at=NOW)
        scene.PARTS["options"]["rows"].reverse()
    scene.planned(studied, cast, at=NOW)
    actions.write_part(studied, "lane", words, seen=scene.now(studied), by=cast.deputy, at=NOW)
    actions.declare_tie(
        studied, "gains", "Pemasok beras.", seen=scene.now(studied), by=cast.reviewer, at=NOW
    )
    report = direct.debts.get(code="report").pk
    places = {
        "analis": (
            "", "?daftar=kantor", "buka/", f"{studied.pk}/", f"{studied.pk}/tentang/",
            f"{studied.pk}/bagian/options/", f"{studied.pk}/bagian/options/versi/",
            f"{studied.pk}/kepentingan/", f"{studied.pk}/dokumen/", f"{studied.pk}/dokumen/study/",
        ),
        "kepala": (
            f"{direct.pk}/", f"{studied.pk}/langsung/", f"{studied.pk}/langsung/tanda-tangan/",
            f"{studied.pk}/langkah/withdrawn/", f"{direct.pk}/langkah/ratify/",
            f"{direct.pk}/kewajiban/{report}/",
        ),
        "wakil": (f"{studied.pk}/bagian/lane/", f"{direct.pk}/langkah/ratify/"),
        "penelaah": (f"{studied.pk}/", f"{studied.pk}/bagian/review/"),
        "auditor": (f"{direct.pk}/", f"{direct.pk}/kewajiban/{report}/"),
        "pelaksana": (f"{studied.pk}/tahapan/", f"{studied.pk}/tahapan/{studied.milestones.get().pk}/"),
    }  # fmt: skip
    found = []
    for login, own in places.items():
        context = small_screen(chromium)
        cookies = seated(cast.by_login(login)).cookies
        context.add_cookies(
            [{"name": name, "value": kept.value, "url": live_server.url}
             for name, kept in cookies.items()]
        )  # fmt: skip
        page = context.new_page()
        page.set_default_timeout(20_000)
        for where in own:
            answer = page.goto(f"{live_server.url}/meja/kebijakan/{where}")
            assert answer is not None
            assert answer.status == 200, (login, where)
            page.evaluate("() => document.querySelectorAll('details').forEach(d => d.open = true)")
            found += faults(page, where)
    assert found == []
