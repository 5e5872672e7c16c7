"""Every page of every door, in both languages, as people with other eyes and hands meet it.

The pages are found by following links from the front pages, so that a new one is looked at without
being named here. Each is judged by axe-core, and must not need sideways scrolling: at 320 px, at
200 % zoom, and with letters twice as large.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from django.utils import translation
from playwright.sync_api import Browser, BrowserContext

from tests.reports.test_inspection import photo
from tests.whole import client
from tests.whole.client import Visitor
from tests.whole.conftest import LARGEST_PROVINCE
from tests.whole.installation import Installation
from tests.whole.judging import LANGUAGES, LATER, faults, small_screen
from tests.whole.staff import log_in
from tests.whole.test_roles import ALL_DOORS, addresses

pytestmark = pytest.mark.browser

OFFICERS = (
    "ani", "citra", "dimas", "eka", "gita", "indah", "oki", "lestari", "mega", "hadi",
    "rani", "zahra", "putri", "umar",
)  # fmt: skip
PROVINCE = "99"
# Enough of a kind to find one that has everything.
ENOUGH = 4
# Pages to which no link leads: a session that was locked, a password that was not changed.
UNLINKED = (
    "/meja/akun/buka/",
    "/meja/akun/sandi/",
    "/meja/akun/masuk/",
    "/tidak/ada/",
    "/terlapor/",
    "/tanggapi/",
    # links differ in their path here, and this list hangs on a question mark
    "/meja/indikasi/?view=dismissed",
)
# No pages: files, and the button that logs out.
FILES = {
    "publication:data-json", "publication:data-csv", "publication:release", "publication:opening",
    "publication:proof", "publication:log-files", "publication:proved", "publication:picture",
    "log-file", "feed:calendar", "cases:report-copy",
    "cases:report-original", "cases:receipt", "accounts:logout", "cases:door-read",
    "cases:letter-docx", "cases_check:receipt", "publication:idle-csv", "publication:idle-json",
    "registry_desk:take-back", "publication:purchases-csv", "publication:purchases-json",
    "publication:budget-csv", "publication:budget-json", "publication:services-csv",
    "publication:services-json", "publication:method-json", "dockets:compare-csv",
    "dockets:compare-json", "dockets:promises-csv", "dockets:promises-json", "dockets:placed-csv",
    "dockets:dossiers-csv", "dockets:dossiers-json", "dockets:scores-csv", "dockets:scores-json",
    "dockets:score-json", "dockets:score-calendar", "dockets:log-files", "dockets:log-month",
    "dockets:package", "dockets:package-table", "dockets:package-zip", "dockets:calendar",
    "dockets:feed", "dockets:docket-feed", "dockets:decree-pdf", "dockets:decree-proof",
    "dockets:photo", "dockets:photo-small", "dockets:proof", "policy:visit-photo",
}  # fmt: skip


@dataclass
class Found:
    """The fullest page of each kind, and who may see it."""

    pages: dict[str, client.Page] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)

    def follow(self, visitor: Visitor, *start: str) -> None:
        """Look at all pages that links lead to from here, up to enough of each kind."""
        waiting, known = list(start), set(start)
        while waiting:
            page = visitor.get(waiting.pop(0))
            name = kind_of(page.url)
            if name is None or "html" not in page.headers["Content-Type"]:
                continue
            best = self.pages.get(name)
            if best is None or len(page.body) > len(best.body):
                self.pages[name] = page
            for link in page.links_to(""):
                path = urlsplit(link).path
                kind = kind_of(path) if link.startswith(visitor.base + "/") else None
                if path not in known and kind is not None and self.seen[kind] < ENOUGH:
                    known.add(path)
                    self.seen[kind] += 1
                    waiting.append(path)


def kind_of(address: str) -> str | None:
    """The name of the page behind an address of the Indonesian pages; None for all others."""
    path = urlsplit(address).path
    if path.startswith("/en/"):
        return None
    try:
        with translation.override("id"):
            return resolve(path, ALL_DOORS).view_name
    except Resolver404:
        return "error" if path == "/tidak/ada/" else None


def reported_with_a_file(demo: Installation, office: str) -> None:
    """What the demo does not have: a report with a file."""
    sheet = Visitor(demo.url).get("/lapor/tulis/").press("fill", {"province": PROVINCE})
    label = re.search(rf'value="([^"]+)"[^>]*>\s*{office}', sheet.html)
    assert label, sheet.html
    told = {
        "p0-name": "Bayu Tirta Kelana", "conduct": ["photo"], "organ": label[1], "way": "named",
        "identity_name": "Sari", "identity_address": "Jalan Contoh 5",
    }  # fmt: skip
    file = client.Upload("foto.jpg", photo(), "image/jpeg")
    sent = sheet.press("review", told, files=[file]).press("send")
    assert 'class="receipt"' in sent.html, sent.text


def makes_a_case(officer: Visitor, **changes: str) -> str:
    """Of the report with the file, as the page proposes it; the address of the case."""
    reports = officer.get("/meja/laporan/").links_to("/laporan/")
    report = next(link for link in reports if "foto.jpg" in officer.get(link).text)
    page = officer.get(report + "kasus-baru/").press("", {"people": ["0"], **changes})
    assert "/kasus/" in page.url, page.text
    return urlsplit(page.url).path


def answered(demo: Installation, officer: Visitor, case: str) -> None:
    """The reported person of this case has a door, and has sent something."""
    door = urlsplit(officer.get(case).links_to("/pintu/")[0]).path
    given = officer.get(door + "tanda-terima/").press("")
    receipt = re.search(r'id="receipt">([^<]+)<', given.html)
    assert receipt, given.text
    page = Visitor(demo.url).get("/terlapor/").press("show", {"receipt": receipt[1]})
    sent = page.press("send", {"text": "Saya tidak di sana pada hari itu."})
    assert "Saya tidak di sana" in sent.text, sent.text


def watches_a_policy(officer: Visitor) -> str:
    """A dossier that is not published yet, but could be; its address."""
    about = {"title": "Kebijakan contoh", "office": "Badan Contoh", "region": "ID"}
    page = officer.get("/meja/kebijakan/amati/baru/").press("", about)
    dossier = urlsplit(page.url).path
    sought = {"state": "missing", "sought": "Laman Badan Contoh"}
    page = officer.get(dossier + "dokumen/study/").press("", sought)
    assert "Laman Badan Contoh" in page.text, page.text
    return dossier


@pytest.fixture(scope="module")
def found(demo: Installation) -> Found:
    everything = Found()
    everything.follow(Visitor(demo.url), "/", "/lapor/", "/kebijakan/", *UNLINKED)
    for office in ("Satgas Netralitas Nusa Timbang", "Inspektorat Kabupaten Batu Layar"):
        reported_with_a_file(demo, office)
    for login in OFFICERS:
        everything.seen.clear()
        officer = log_in(demo, login, f"timbang-demo-{login}")
        start = ["/meja/", *UNLINKED]
        if login == "ani":
            start.insert(0, makes_a_case(officer))
            answered(demo, officer, start[0])
        elif login == "indah":  # a procedure that another kind of office begins
            other = {"procedure": "sbt_neutrality:verify", "reason": "Bersama Satgas."}
            start.insert(0, makes_a_case(officer, **other))
        elif login == "zahra":
            start.insert(0, watches_a_policy(officer))
        everything.follow(officer, *start)
    return everything


def test_the_crawl_finds_every_page(found: Found) -> None:
    missing = set(addresses(ALL_DOORS)) - set(found.pages) - FILES - LATER
    assert missing == set(), " ".join(sorted(missing))
    assert FILES.isdisjoint(found.pages)


# Judging


@pytest.fixture(scope="module")
def context(chromium: Browser) -> Iterator[BrowserContext]:
    yield small_screen(chromium)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_can_be_used_by_everybody(
    found: Found, context: BrowserContext, language: str
) -> None:
    page, wrong = context.new_page(), []
    for name, best in sorted(found.pages.items()):
        context.clear_cookies()
        context.add_cookies(
            [
                {"name": c.name, "value": c.value or "", "domain": c.domain, "path": c.path}
                for c in best.visitor.cookies
            ]
        )
        address = urlsplit(best.url)
        answer = page.goto(f"{best.visitor.base}{language}{address.path}")
        assert answer is not None
        assert answer.status == best.status, name
        assert page.get_attribute("html", "lang") == (language.strip("/") or "id"), name
        wrong += faults(page, name)
    page.close()
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_a_report_can_be_used_by_everybody(
    demo: Installation, context: BrowserContext, language: str
) -> None:
    """The pages between the first line and the receipt have one address; each is looked at."""
    context.clear_cookies()
    page, wrong = context.new_page(), []

    def look(name: str) -> None:
        wrong.extend(faults(page, name))

    def press(do: str) -> None:
        with page.expect_navigation():
            page.click(f"main button[value={do}]")

    page.goto(f"{demo.url}{language}/lapor/tulis/")
    press("fill")
    look("no province")
    page.select_option("[name=province]", LARGEST_PROVINCE)
    press("fill")
    press("person")
    look("sheet")
    page.fill("[name=learned_on]", "2124-01-01")
    page.check("[name=way][value=named]")
    press("review")
    look("sheet with faults")
    page.fill("[name=learned_on]", "2026-01-01")
    page.fill("[name=p0-name]", "Namanyapanjangsekalitanpaspasi" * 5)
    page.fill("[name=narrative]", "Kalimattanpaspasiyangpanjangsekali" * 30)
    page.check("[name=way][value=anonymous]")
    file = {"name": "a" * 100 + ".txt", "mimeType": "text/plain", "buffer": b"isi"}
    page.set_input_files("[name=files]", file)  # type: ignore[arg-type]
    press("files")
    look("sheet with a file")
    press("review")
    look("review")
    press("send")
    look("receipt")
    press("show")
    look("status")
    press("withdraw")
    look("withdrawal")
    page.goto(f"{demo.url}{language}/lapor/kembali/")
    page.fill("[name=receipt]", "0000")
    press("show")
    look("wrong receipt")
    page.close()
    assert wrong == [], "\n".join(wrong)
