"""The main job, from a frightened reporter's telephone to a proof that anyone can check.

A real browser with JavaScript off: 320 px wide for the reporter, a desk's screen for officers. A
real server and a real worker; the operator uses commands.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from playwright.sync_api import Browser

from tests.cases.pdftext import squeezed, text_of
from tests.reports.test_inspection import SECRET, photo
from tests.whole.installation import Installation, new_installation
from tests.whole.staff import CASEWORKER, Hired, add_office, hire
from timbang.reports import wording

pytestmark = pytest.mark.browser

OFFICES = {
    "satgas-32": ("task_force", "Satgas Netralitas Jawa Barat", "32", "sari"),
    "bawaslu-32": ("bawaslu", "Bawaslu Provinsi Jawa Barat", "32", "bayu"),
    "bkn": ("bkn", "Badan Kepegawaian Negara", "ID", "kirana"),
    "ppk-32": ("appointing_officer", "Gubernur selaku PPK", "32", "pandu"),
}
NARRATIVE = "Ia membagikan unggahan pasangan nomor dua dari telepon dinas."
REPORTER = "Melati Sekarwangi"
ACCUSED = "Tjahjo Koemolo"
TODAY = datetime.now(ZoneInfo("Asia/Jakarta")).date()
HAPPENED = TODAY - timedelta(days=5)


def status(code: str) -> str:
    """How the reporter is told this status."""
    with translation.override("id"):
        return str(wording.STATUS[code])


def staffed(place: Installation) -> dict[str, Hired]:
    """Four offices, each with one officer; commands side by side, as two operators might."""

    def found(code: str) -> Hired:
        kind, name, region, login = OFFICES[code]
        add_office(place, code, kind, name, region=region)
        return hire(place, code, login, CASEWORKER, holder=None)

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(OFFICES, pool.map(found, OFFICES), strict=True))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with new_installation(tmp_path_factory.mktemp("chain") / "whole") as found:
        yield found


class Reporter:
    """Somebody with an old telephone: 320 px, no script, and only the receipt to come back with."""

    def __init__(self, browser: Browser, place: Installation) -> None:
        self.context = browser.new_context(
            viewport={"width": 320, "height": 640}, java_script_enabled=False, locale="id-ID"
        )
        self.context.set_default_timeout(20_000)
        self.page = self.context.new_page()
        self.url = place.url
        self.receipt = ""

    def press(self, do: str) -> None:
        with self.page.expect_navigation():
            self.page.click(f"main button[value={do}]")
        assert "Set-Cookie" not in self.page.content()
        assert self.context.cookies() == []

    def read(self) -> str:
        return self.page.inner_text("main")

    def comes_back(self) -> str:
        """Receipt in hand, from a browser that remembers nothing."""
        self.page.goto(self.url + "/lapor/kembali/")
        self.page.fill("#id_receipt", self.receipt.lower().replace("-", " "))
        self.press("show")
        return self.read()

    def saves_proof(self, to: Path) -> str:
        with self.page.expect_download() as download:
            self.page.click("main button[value=proof]")
        download.value.save_as(to)
        return to.read_text()


class Desk:
    """An officer's browser. `english`: the desk under /en/."""

    def __init__(
        self, browser: Browser, place: Installation, hired: Hired, *, english: bool = False
    ) -> None:
        self.page = browser.new_context(java_script_enabled=False).new_page()
        self.page.context.set_default_timeout(20_000)
        self.base = place.url + ("/en/meja/" if english else "/meja/")
        self.hired, self.case = hired, ""

    def begins(self) -> None:
        """First login: the temporary password leads to the page that replaces it, nowhere else."""
        self.page.goto(self.base)
        self.fill(login=self.hired.login, password=self.hired.temporary)
        self.press()
        assert self.page.url.endswith("/akun/sandi/"), self.read()
        self.fill(present=self.hired.temporary, new=self.hired.own, again=self.hired.own)
        self.press()
        self.click("main a.button")
        assert self.page.url == self.base

    def fill(self, **typed: str) -> None:
        for name, value in typed.items():
            self.page.fill(f"main [name={name}]", value)

    def choose(self, **chosen: str) -> None:
        """A choice of a list, a radio button or a tick, whichever the page offers."""
        for name, value in chosen.items():
            if self.page.locator(f"main select[name={name}]").count():
                self.page.select_option(f"main select[name={name}]", value)
            else:
                self.page.check(f"main input[name={name}][value='{value}']")

    def press(self) -> None:
        self.click("main form button:not([value])")

    def click(self, what: str) -> None:
        """Click, and wait for the page to which it leads."""
        self.unfold(what)
        with self.page.expect_navigation():
            self.page.click(f"{what} >> nth=0")

    def unfold(self, what: str) -> None:
        """Open the parts of the page that hide this, from the outside in."""
        within = self.page.locator(f"{what} >> nth=0")
        folded = within.locator("xpath=ancestor::details[not(@open)]/summary")
        while folded.count():
            folded.first.click()

    def follow(self, part: str) -> None:
        """The first link of the page whose address ends like this."""
        self.click(f"main a[href$='{part}']")

    def read(self) -> str:
        """The whole page, with what is folded."""
        return " ".join((self.page.text_content("main") or "").split())

    def open(self, part: str = "") -> None:
        """A page of the case."""
        self.page.goto(self.case + part)

    def takes_case(self) -> None:
        """The case that waits on the first page of the desk."""
        self.page.goto(self.base)
        self.click("main a[href*='/kasus/']")
        self.case = self.page.url

    def steps(
        self,
        outcome: str,
        *,
        to: str = "",
        reason: str = "",
        declare: str = "",
        with_exhibits: bool = False,
    ) -> None:
        """Take a step as its page offers it."""
        self.open(f"langkah/{outcome}/")
        if reason:
            self.fill(reason=reason)
        if declare:
            self.choose(declared=declare)
        if to:
            self.page.get_by_label(to).check()
        if with_exhibits:
            self.page.check("main [name=exhibits]")
        if self.page.locator("main [name=conflict]").count():
            self.choose(conflict="none")
        self.page.check("main [name=sure]")
        self.press()

    def decides(self, outcome: str, *, level: str, reasons: str) -> None:
        """Decide about the one person of the case on every norm that is offered."""
        self.open()
        self.follow("/keputusan/")
        self.choose(finding="proven", outcome=outcome)
        for norm in self.page.locator("main [name=norms]").all():
            norm.check()
        offered = self.page.locator(f"main [name=sanction] option[value^='{level}:']")
        self.choose(sanction=str(offered.first.get_attribute("value")))
        self.fill(reasons=reasons)
        self.page.check("main [name=sure]")
        self.press()

    def writes(self, kind: str, *, adds: str) -> str:
        """Study or recommendation: the draft with one more decision. Returns what was drafted."""
        self.open(f"{kind}/")
        drafted = self.page.input_value("[name=having_regard_to]")
        decided = self.page.input_value("[name=decides]")
        self.fill(decides=f"{decided}\n{adds}")
        self.press()
        return drafted

    def letter(self, kind: str, title: str, **cover: str) -> bytes:
        """Make a letter and fetch its PDF."""
        self.open(f"surat/?jenis={kind}")
        self.fill(**cover)
        self.press()
        return self.downloads(f"main a[href*='/dokumen/']:has-text('{title}')")

    def downloads(self, link: str) -> bytes:
        """What a link gives, as the file that the officer gets."""
        self.unfold(link)
        with self.page.expect_download() as download:
            self.page.click(f"{link} >> nth=0")
        return Path(download.value.path()).read_bytes()


def files_report(reporter: Reporter) -> None:
    page = reporter.page
    page.goto(reporter.url + "/lapor/")
    assert "Melapor di sini tidak mengumumkan apa pun." in reporter.read()
    with page.expect_navigation():
        page.click("main a[href='/lapor/tulis/'] >> nth=0")
    page.select_option("[name=province]", "32")
    reporter.press("fill")
    page.fill("[name=p0-name]", ACCUSED)
    page.fill("[name=p0-post]", "Camat Contoh")
    page.fill("[name=p0-agency]", "Kabupaten Contoh")
    page.select_option("[name=p0-region]", "32.04")
    page.check("[name=conduct][value=social_media_support]")
    page.fill("[name=narrative]", NARRATIVE)
    page.fill("[name=happened_from]", HAPPENED.isoformat())
    page.fill("[name=learned_on]", (TODAY - timedelta(days=4)).isoformat())
    page.click("summary >> nth=0")
    page.select_option("[name=side_kind]", "candidate")
    page.select_option("[name=contest_kind]", "regent")
    page.check("[name=ordered_by][value=superior]")
    page.check("[name=means][value=keep_post]")
    page.get_by_label(OFFICES["satgas-32"][1]).check()
    page.check("[name=way][value=named]")
    page.click("summary >> nth=1")
    page.fill("[name=identity_name]", REPORTER)
    page.fill("[name=identity_address]", "Jalan Melati 7")
    page.set_input_files(
        "#id_files", {"name": "../../foto kampung.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    reporter.press("files")
    assert "GPS" in reporter.read()
    reporter.press("review")
    text = reporter.read()
    assert "Hari ini hari ke-4 dari 7." in text
    assert NARRATIVE in text
    assert REPORTER in text
    reporter.press("send")
    reporter.receipt = page.inner_text(".receipt")
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-Z]{4}", reporter.receipt)


def is_asked_and_answers(reporter: Reporter, satgas: Desk) -> None:
    satgas.page.goto(satgas.base + "laporan/")
    satgas.click("main a[href*='/laporan/']")
    assert NARRATIVE in satgas.read()
    assert REPORTER not in satgas.page.content()
    assert SECRET.encode() not in satgas.downloads("a[href$='/salinan/']")
    assert SECRET.encode() in satgas.downloads("a[href$='/asli/']")
    satgas.follow("/tanya/")
    satgas.fill(text="Apakah Anda melihatnya sendiri?")
    satgas.press()
    assert status("question") in reporter.comes_back()
    assert "Apakah Anda melihatnya sendiri?" in reporter.read()
    reporter.page.fill("[name=text]", "Ya, di layar telepon saya sendiri.")
    reporter.press("reply")
    assert status("answered") in reporter.read()
    satgas.page.reload()
    assert "Ya, di layar telepon saya sendiri." in satgas.read()


def opens_the_name_for_a_reason(satgas: Desk) -> None:
    report = satgas.page.url
    satgas.follow("/pelapor/")
    assert REPORTER not in satgas.page.content()
    satgas.fill(reason="Undangan klarifikasi")
    satgas.press()
    assert REPORTER in satgas.read()
    satgas.page.goto(report)


def makes_a_case(satgas: Desk) -> None:
    satgas.follow("/kasus-baru/")
    assert ACCUSED in satgas.read()
    satgas.press()
    satgas.case = satgas.page.url.partition("?")[0]
    satgas.follow("/fakta/")
    assert satgas.page.input_value("[name=fact_act_on]") == HAPPENED.isoformat()
    satgas.choose(fact_object="candidate")
    satgas.fill(fact_candidates_confirmed_on=(TODAY - timedelta(days=60)).isoformat())
    satgas.press()
    satgas.click(f"main a:has-text('{ACCUSED}')")
    satgas.choose(status="PNS")
    satgas.press()
    assert "skb_2022/D" in satgas.read()
    satgas.open("bukti/")
    satgas.click("main a[href*='/berkas/']")
    satgas.fill(title="Foto unggahan")
    satgas.press()
    assert "B-1: Foto unggahan" in satgas.read()


def is_refused_what_the_law_does_not_allow_here(satgas: Desk) -> None:
    """A step of another office and another moment: refused with its basis, on a page."""
    satgas.open("langkah/discipline_sanction/")
    text = satgas.read()
    assert "Tidak dapat dilakukan" in text
    assert "Dasar hukumnya: SKB 22-09-2022" in text
    assert satgas.page.locator("main form").count() == 0


def studies_and_recommends(bawaslu: Desk) -> None:
    seen = bawaslu.page.content()
    assert "B-1: Foto unggahan" in seen
    for told in (NARRATIVE, REPORTER, "Ya, di layar telepon", "/laporan/"):
        assert told not in seen.partition("<main")[2], told
    basis = bawaslu.writes("kajian", adds="Menyatakan dugaan layak direkomendasikan.")
    assert "PP 94/2021 ps 5 huruf n angka 5" in basis
    bawaslu.writes("rekomendasi", adds="Merekomendasikan pemeriksaan terlapor.")
    pdf = bawaslu.letter(
        "recommendation", "Surat: Rekomendasi", subject="Rekomendasi netralitas", place="Bandung"
    )
    assert pdf.startswith(b"%PDF-")
    shown = text_of(pdf)
    for words in (
        "Menimbang:", "Mengingat:", "MEREKOMENDASIKAN:", ACCUSED, "PP 94/2021 ps 5 huruf n angka 5",
        "Merekomendasikan pemeriksaan terlapor.", "Belum ditandatangani.",
    ):  # fmt: skip
        assert squeezed(words) in shown, words
    for told in (NARRATIVE, REPORTER):
        assert squeezed(told) not in shown
    bawaslu.steps("recommend", to=OFFICES["bkn"][1], with_exhibits=True)


def hears_before_sanctioning(ppk: Desk) -> None:
    ppk.takes_case()
    ppk.click("main a:has-text('B-1: Foto unggahan')")
    assert SECRET.encode() not in ppk.downloads("main form button:not([value])")
    sanction = {"to": OFFICES["bkn"][1], "reason": "Sanksi berat.", "declare": "team_formed"}
    ppk.steps("heavy_sanction", **sanction)
    assert "Tidak dapat dilakukan." in ppk.read()
    assert "Dasar hukumnya: PP 94/2021 ps 8(4), 26" in ppk.read()
    ppk.open()
    ppk.follow("/pemeriksaan/")
    ppk.fill(held_on=TODAY.isoformat())
    ppk.press()
    ppk.steps("heavy_sanction", **sanction)
    assert "dengan berita acara" in ppk.read()
    ppk.open()
    ppk.click("main a:has-text('Pemeriksaan tanggal')")
    ppk.fill(place="Ruang rapat", examiners="Pemeriksa Utama", own_words="Saya khilaf.")
    ppk.fill(question_0="Apakah akun itu milik Anda?", answer_0="Ya.")
    ppk.press()
    assert "Saya khilaf." in ppk.read()
    ppk.decides("heavy_sanction", level="berat", reasons="Sanksi berat.")
    ppk.steps("heavy_sanction", **sanction)
    assert "Langkah sudah diambil." in ppk.read()


def delivers_what_it_decided(ppk: Desk) -> None:
    """The terms of the sanctioned run from a proven delivery; nothing is carried out before."""
    ppk.open()
    assert "menunggu bukti penyampaian keputusan" in ppk.read()
    ppk.follow("/sampaikan/")
    ppk.fill(delivered_on=TODAY.isoformat(), proof="Tanda terima 12.")
    ppk.choose(how="handed")
    ppk.press()
    assert "Tanda terima 12." in ppk.read()
    assert "menunggu bukti penyampaian keputusan" not in ppk.read()


def takes_on_what_was_handed_over(bkn: Desk) -> None:
    bkn.open()
    assert "gave this case to your office" in bkn.read()
    bkn.follow("/terima/")
    bkn.press()
    assert "Your office has taken the case on." in bkn.read()
    assert "gave this case to your office" not in bkn.read()


def can_be_checked_by_anyone(place: Installation, reporter: Reporter, folder: Path) -> None:
    """What the reporter kept and what everyone can copy, with no database in sight."""
    shutil.copytree(place.data / "log", folder / "early")
    place.shell(RELEASE)
    key = place.run("log", "key").strip()
    reporter.comes_back()
    proof = reporter.saves_proof(folder / "proof.txt")
    assert "c2sp.org/tlog-proof" in proof
    shutil.copytree(place.data / "log", folder / "log")
    stranger = Installation(folder / "stranger", "postgresql://nobody@127.0.0.1:1/nothing")
    since = str(folder / "early" / "checkpoint")
    assert "ok:" in stranger.run("log", "verify", str(folder / "log"), "--key", key)
    grown = stranger.run("log", "verify", str(folder / "log"), "--key", key, "--since", since)
    assert "it extends the checkpoint" in grown
    for name, kind in (("promise.txt", "promise"), ("proof.txt", "proof")):
        answer = stranger.run("log", "check", str(folder / name), "--key", key, "--json")
        assert json.loads(answer)["kind"] == kind
    forged = (folder / "proof.txt").read_text().replace('"way": "report"', '"way": "other"')
    (folder / "forged.txt").write_text(forged)
    said = stranger.run("log", "check", str(folder / "forged.txt"), "--key", key, fails=True)
    assert "different entries" in said


def is_seen_by_everyone(place: Installation, reporter: Reporter) -> None:
    """One report is never a public figure by itself; its row is what the next release counts."""
    rows = json.loads(place.shell(ROWS))
    assert rows["report"] == rows["case"] == ["social_media_support", "decided", 0]
    page = reporter.page
    for path in ("/", "/statistik/", "/log/", "/pemilu/", "/en/statistik/"):
        answer = page.goto(place.url + path)
        assert answer is not None
        assert answer.status == 200, path
        for told in (ACCUSED, REPORTER, "SATGAS-32"):
            assert told not in page.content(), path
    assert reporter.context.cookies() == []


RELEASE = """
from datetime import UTC, datetime
from django.conf import settings
from django.utils import timezone
from timbang.ledger import actions
actions.release_daily(on=timezone.localdate())
actions.publish(settings.LOG, at=datetime.now(UTC))
"""
ROWS = """
import json
from timbang.cases.models import PublicCase, PublicRow
report, case = PublicRow.objects.get(), PublicCase.objects.get()
shown = {"report": report, "case": case}
print(json.dumps({n: [r.conduct, r.state, r.days_taken] for n, r in shown.items()}))
"""


def test_a_report_becomes_a_lawful_provable_public_outcome(
    place: Installation, chromium: Browser, tmp_path: Path
) -> None:
    hired = staffed(place)
    place.start()
    reporter = Reporter(chromium, place)
    files_report(reporter)
    assert status("received") in reporter.comes_back()
    assert "timbang promise v1" in reporter.saves_proof(tmp_path / "promise.txt")

    satgas = Desk(chromium, place, hired["satgas-32"])
    satgas.begins()
    is_asked_and_answers(reporter, satgas)
    opens_the_name_for_a_reason(satgas)
    makes_a_case(satgas)
    assert status("in_case") in reporter.comes_back()
    is_refused_what_the_law_does_not_allow_here(satgas)
    satgas.steps("pass_on", to=OFFICES["bawaslu-32"][1], with_exhibits=True)
    assert status("forwarded") in reporter.comes_back()
    due = reporter.page.inner_text("main .card strong >> nth=1")

    bawaslu = Desk(chromium, place, hired["bawaslu-32"])
    bawaslu.begins()
    bawaslu.takes_case()
    assert due in bawaslu.read()
    studies_and_recommends(bawaslu)
    bkn = Desk(chromium, place, hired["bkn"], english=True)
    bkn.begins()
    bkn.takes_case()
    forwarding = text_of(bkn.letter("forwarding", "Penerusan", subject="Penerusan"))
    assert squeezed(ACCUSED) in forwarding
    bkn.steps("hand_over", to=OFFICES["ppk-32"][1], with_exhibits=True)
    ppk = Desk(chromium, place, hired["ppk-32"])
    ppk.begins()
    hears_before_sanctioning(ppk)
    delivers_what_it_decided(ppk)
    assert status("forwarded") in reporter.comes_back()
    takes_on_what_was_handed_over(bkn)
    bkn.steps("recorded")
    assert status("decided") in reporter.comes_back()

    can_be_checked_by_anyone(place, reporter, tmp_path)
    is_seen_by_everyone(place, reporter)
    assert "error" not in place.log.read_text().lower()
