"""Pages that the demo never comes to, judged as all the others are: see test_accessibility.

Each is a true moment of a true case in the database of the tests. What the pages say is collected
first, as bytes; the browser is started when that is done, and meets no database.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client, override_settings
from django.urls import resolve, reverse
from django.utils import timezone, translation
from fido2.cose import ES256
from fido2.webauthn import Aaguid, AttestedCredentialData
from playwright.sync_api import Page, Route, sync_playwright

from tests.accounts import conftest as offices
from tests.accounts import provider
from tests.accounts.test_second_factor import code_of, prove
from tests.accounts.test_sign_on import come_back, go
from tests.cases.conftest import (
    TJAHJO,
    days_later,
    file_report,
    log_in,
    make_case,
    office,
)
from tests.cases.lead_scene import lead
from tests.cases.rules import SUSPENDS, under
from tests.cases.test_beside import case_of_kasn
from tests.cases.test_deciding import LIGHT, at_decision, decide
from tests.cases.test_erasing import LATER as YEARS_LATER
from tests.cases.test_erasing import end, rejected
from tests.cases.test_suspending import suspend
from tests.cases.writing import deliver_all
from tests.conftest import CHROMIUM
from tests.publication.explorer.conftest import Scene, built_in
from tests.publication.test_idle import DAY, row
from tests.registry.loader import Loader
from tests.registry.test_posts import agency, decree, load, post
from tests.whole.conftest import FLAGS
from tests.whole.judging import LANGUAGES, LATER, faults, small_screen
from tests.whole.test_roles import NOW, whole_scene
from timbang.accounts import factors, one_time
from timbang.accounts.models import Officer
from timbang.cases import actions
from timbang.cases.actions import Given, Seen
from timbang.cases.models import Errand
from timbang.cases.views import archive, terms

pytestmark = [
    pytest.mark.browser,
    # The libraries of the sign-on's provider are older than this Python.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

# A browser has passkeys on this machine's own name only; nothing listens there.
BASE = "http://localhost"
RINI = offices.PASSWORDS["rini"]
REASON, SURE, PASSWORD = 'name="reason"', 'name="sure"', 'name="password"'
FAILED = '<p class="actions"><a class="button"'
NOT_LINKED = {"": "tidak tertaut pada petugas", "/en": "linked to no officer"}
# Of the moments of the scene in which every page has something: a field or mark of each page.
OF_THE_SCENE = {
    "cases:conflict-lift": REASON,
    "cases:erase-propose": 'class="warn"',
    "cases:errand": 'name="proof"',
    "cases:facts-unchanged": REASON,
    "cases:hold-lift": REASON,
    "cases:late-act": 'name="words"',
    "cases:measure": 'name="coordinated_on"',
    "cases:measure-lift": 'name="because"',
    "cases:minutes-close": 'name="closed_as"',
    "cases:remedy-answer": 'name="answered_on"',
    "cases:remedy-done": 'name="proof"',
    "cases:remedy-show": 'name="once"',
    "publication:idle-office": 'aria-labelledby="off"',
}


# Collecting


@dataclass(frozen=True)
class Kept:
    """A page as it was answered."""

    name: str
    address: str
    status: int
    body: bytes


@dataclass
class Collection:
    """Pages in each language, and the files that they name."""

    pages: dict[str, list[Kept]] = field(default_factory=lambda: {each: [] for each in LANGUAGES})
    files: dict[str, bytes] = field(default_factory=dict)

    def look(self, name: str, browser: Client, holds: str, **how: Any) -> None:
        """Keep this page in every language."""
        for language in LANGUAGES:
            self.keep(language, name, browser, holds, **how)

    def keep(
        self,
        language: str,
        name: str,
        browser: Client,
        holds: str,
        *,
        status: int = 200,
        told: dict[str, str] | None = None,
        sends: dict[str, str] | None = None,
        **where: object,
    ) -> None:
        """Keep a page of which `holds` is a part, opened or as the answer to what it `sends`."""
        # Each request leaves its language behind in the thread.
        with translation.override("id"):
            query = f"?{urlencode(told)}" if told else ""
            address = f"{language}{reverse(name, kwargs=where)}{query}"
            answer = browser.get(address) if sends is None else browser.post(address, sends)
        html = answer.content.decode()
        assert answer.status_code == status, (address, answer.status_code)
        assert holds in html, (address, html)
        self.pages[language].append(Kept(name, address, status, answer.content))
        for path in re.findall(r'(?:href|src)="(/static/[^"]+)"', html):
            found = finders.find(path.removeprefix(settings.STATIC_URL))
            assert found, path
            self.files[path] = Path(found).read_bytes()


def collected(folder: Path) -> Collection:
    """All of them. This must be over before a browser is started: its loop bears no database."""
    secret = folder / "secret"
    secret.write_text(f"{provider.SECRET}\n")
    found = Collection()
    with translation.override("id"):
        of_the_scene(found)
        of_years_later(found)
        of_terms_and_older_law(found)
        of_other_logins(found, secret)
        of_public_lists(found, folder)
        of_counted_people(found, built_in(folder))
    return found


@contextmanager
def clock_of(room: Any, at: datetime) -> Iterator[None]:
    """The pages of this room believe in this instant."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "now", lambda: at)
        yield


def of_the_scene(found: Collection) -> None:
    """What the scene of all roles has, a term told day by day, and an office asked in."""
    scene = whole_scene()
    browser = scene.browsers["alice"]
    for name, holds in OF_THE_SCENE.items():
        found.look(name, browser, holds, **resolve(scene.places[name]).kwargs)
    listed = row(organ_name="Pemerintah " + "Daerahyangbernamapanjang" * 4, days=[DAY] * 3)
    found.look("publication:idle-office", Client(), str(DAY["day"]), row_id=listed.pk)
    asked = office("bkn-jabar", "bkn", "citra").desks["citra"].organ
    scene.case.refresh_from_db()
    actions.ask_in(scene.case, Given(asked), seen=Seen.now(scene.case), by=scene.alice, at=NOW)
    where = {"case_id": scene.case.pk, "organ_id": asked.pk}
    found.look("cases:team-leave", browser, asked.name, **where)


def of_years_later(found: Collection) -> None:
    """A case and a report that were kept long enough: proposed by one officer, erased by another."""
    ppk = office("ppk-32", "appointing_officer", "pandu", "pertiwi")
    pandu, pertiwi = ppk.desks["pandu"], ppk.desks["pertiwi"]
    case = at_decision(ppk, TJAHJO)
    decide(case.accused.get(), LIGHT, pertiwi)
    deliver_all(case, pertiwi)
    first, second = log_in("pandu"), log_in("pertiwi")
    for task in (Errand.Task.CARRY_OUT, Errand.Task.RECORD):
        errand = Errand.objects.get(case=case, task=task)
        found.look("cases:errand", first, 'name="proof"', case_id=case.pk, errand_id=errand.pk)
    end(case)
    report = rejected(ppk, pandu)
    with clock_of(archive, YEARS_LATER):
        found.look("cases:erase-propose", first, SURE, case_id=case.pk)
        found.look("cases:erase-report", first, SURE, report_id=report.pk)
        of_case = actions.propose_erasure(case, seen=Seen.now(case), by=pandu, at=YEARS_LATER)
        of_report = actions.propose_report_erasure(report, by=pandu, at=YEARS_LATER)
        for proposed in (of_case, of_report):
            found.look("cases:erase", first, 'name="stop"', erasure_id=proposed.pk)
            found.look("cases:erase", second, SURE, erasure_id=proposed.pk)


def of_terms_and_older_law(found: Collection) -> None:
    """A term whose rule lets it be suspended, and a case of an office that is no more."""
    rita = office("bawaslu-34", "bawaslu", "rita", region="34").desks["rita"]
    term = under(make_case(rita, file_report(rita.organ)), suspends=SUSPENDS)
    browser = log_in("rita")
    with clock_of(terms, days_later(1)):
        found.look("cases:term-suspend", browser, 'name="from_day"', term_id=term.pk)
        suspend(term, rita)
        found.look("cases:term-resume", browser, 'name="until_day"', term_id=term.pk)
    case, _karina = case_of_kasn()
    found.look("cases:transition", log_in("karina"), REASON, case_id=case.pk)


def of_other_logins(found: Collection, secret: Path) -> None:
    """An officer who signs on at her office, and who has a passkey, an app and codes on paper."""
    rini = offices.make_officer(offices.make_organ("bawaslu-35"), "rini", "receiver")
    browser = Client()
    back = "http://testserver" + reverse("accounts:sign-on-back")
    known = {"OIDC_CLIENT": provider.CLIENT, "OIDC_SECRET_FILE": str(secret)}
    known["OIDC_NAME"] = "SSO Pemprov"
    with provider.running(back) as running, override_settings(OIDC_ISSUER=running.base, **known):
        offices.log_in(browser, "rini")
        come_back(browser, running.visit(go(browser)))
        found.look("accounts:sign-on-link", browser, PASSWORD)
        browser.post(reverse("accounts:sign-on-link"), {"password": RINI})
        browser.post(reverse("accounts:logout"))
        told = running.visit(go(browser))
        found.look("accounts:sign-on-back", Client(), 'http-equiv="refresh"', told=told)
        come_back(browser, told)
        found.look("accounts:second", browser, PASSWORD)
        found.look("accounts:second", browser, 'role="alert"', sends={"password": "wrong"})
        # These two are pages only where the sign-on fails; otherwise they lead on.
        found.look("accounts:sign-on-done", Client(), FAILED, status=403, told=told)
        for language, unknown in NOT_LINKED.items():  # each answer of the provider counts once
            told = running.visit(go(browser), user="other-sso")
            found.keep(language, "accounts:sign-on-done", browser, unknown, status=403, told=told)
        paper = with_every_proof(rini)
        offices.log_in(browser, "rini")
        found.look("accounts:second", browser, 'name="recovery"')
    with override_settings(OIDC_ISSUER="http://127.0.0.1:9", **known):
        found.look("accounts:sign-on", Client(), FAILED, status=403)
    prove(browser, recovery=paper)
    factor = rini.passkeys.get()
    found.look("accounts:factor-remove", browser, PASSWORD, factor_id=factor.pk)
    found.look("accounts:recovery-codes", browser, PASSWORD)
    found.look("accounts:recovery-codes", browser, "<code>", sends={"password": RINI})


def of_public_lists(found: Collection, folder: Path) -> None:
    """A career of sixty posts with long names, and one of these posts, asked for a lead."""
    office("bawaslu-36", "bawaslu", "wati", region="36")
    lead("L-91/2026", region_code="36")
    loader, browser = Loader(folder), log_in("wati")
    long = "Raden Mas " + "Panjangnamanya" * 8
    ends = {"sampai": "2021-01-01", "status jabatan": "Plt"}
    load(loader, "agencies", agency("A0", "Kantor " + "Sosial" * 20, menjadi="A1",
                                    perubahan="Ganti nama"), agency("A1", "Dinas Sosial"))  # fmt: skip
    load(loader, "posts", post("P1", "Kepala Dinas " + "x" * 90, jenjang="JPT Pratama"))
    load(loader, "appointments", *(
        decree(f"821/{n}", long, nip="198403122010011004", tmt=f"{1964 + n}-01-01",
               jabatan=f"Kepala {n} " + "Bidangnya" * 12, **{"kode jabatan": f"P{n}"})
        for n in range(60)
    ), decree("7", "Pendahulu Rekaan", tmt="1950-01-01", **{"kode jabatan": "P1"} | ends),
       decree("8", "Penerus Rekaan", tmt="1990-01-01", **{"kode jabatan": "P1"} | ends))  # fmt: skip
    person = next(row["row_id"] for row in loader.rows("people") if row["name"] == long)
    chosen = {"code": "P1", "title": "Kepala Dinas", "number": "L-91/2026"}
    with override_settings(TABLES=loader.store.folder, PEOPLE=folder / "people"):
        told = {"person": person, "number": "L-91/2026"}
        found.look("cases:career", browser, "</details>", sends=told)
        found.look("cases:career", browser, 'class="button"')
        found.look("cases:post", browser, "Pendahulu Rekaan", sends=chosen)
        found.look("cases:post", browser, 'name="number"', sends={"title": "Kepala Dinas"})
        found.look("cases:posts", browser, 'id="found"', told={"words": "kepala"})


def of_counted_people(found: Collection, scene: Scene) -> None:
    """Appointments around a ban, and services in groups."""
    with override_settings(EXPLORER=scene.explorer):
        where = {"election": "pemilihan-2018", "region": "32.73"}
        found.look("publication:appointed-around", Client(), "<svg", **where)
        found.look("publication:services", Client(), "KTP")


def with_every_proof(rini: Officer) -> str:
    """She has a passkey, an app, and codes on paper, of which this is one."""
    at = timezone.now()
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    key = ES256.from_cryptography_key(public)  # type: ignore[no-untyped-call]
    credential = AttestedCredentialData.create(Aaguid(bytes(16)), b"rini", key)
    factors.add_passkey(
        officer=rini, name="Kunci kantor", credential_id=b"rini", credential=bytes(credential),
        sign_count=0, visit=None, at=at,
    )  # fmt: skip
    app = one_time.new_secret()
    factors.add_code_device(officer=rini, secret=app, code=code_of(app, at), visit=None, at=at)
    return factors.make_recovery_codes(officer=rini, at=at)[0]


# Judging


@contextmanager
def small_phone() -> Iterator[Page]:
    """A page of a browser that is gone afterwards, as the database of the tests needs it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield small_screen(browser).new_page()
        browser.close()


@dataclass
class Site:
    """Answers a browser with what was kept; what it asks for besides is noted."""

    files: dict[str, bytes]
    shown: Kept
    strange: list[str] = field(default_factory=list)

    def __call__(self, route: Route) -> None:
        url = route.request.url
        path = urlsplit(url).path
        if url == BASE + self.shown.address:
            kept = self.shown
            route.fulfill(status=kept.status, body=kept.body, content_type="text/html")
        elif path in self.files:
            kind = mimetypes.guess_type(path)[0]
            route.fulfill(body=self.files[path], content_type=kind)
        else:
            # The page back from a provider leads on at once. Here it stays, to be looked at.
            if self.shown.name != "accounts:sign-on-back":
                self.strange.append(f"{self.shown.name} asks for {url}")
            route.fulfill(status=204)


def judged(page: Page, kept: Kept, language: str) -> list[str]:
    """What is wrong with this one, open in the browser."""
    answer = page.goto(BASE + kept.address)
    assert answer is not None
    assert answer.status == kept.status, kept.address
    assert page.get_attribute("html", "lang") == (language.strip("/") or "id"), kept.address
    page.evaluate("() => document.querySelectorAll('details').forEach(each => each.open = true)")
    return faults(page, f"{language} {kept.name}".strip())


@pytest.mark.django_db
def test_every_page_that_the_demo_never_comes_to_can_be_used_by_everybody(tmp_path: Path) -> None:
    collection = collected(tmp_path)
    for pages in collection.pages.values():
        assert {kept.name for kept in pages} == LATER
    wrong = []
    with small_phone() as page:
        for language, pages in collection.pages.items():
            for kept in pages:
                site = Site(collection.files, kept)
                page.route("**/*", site)
                wrong += judged(page, kept, language) + site.strange
                page.unroute("**/*", site)
    assert wrong == [], "\n".join(wrong)
