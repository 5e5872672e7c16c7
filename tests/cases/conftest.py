"""The cast: Alice owns, Bob works in her organ, Charlie in another one and must never get in.

Real organs with real keys, real sealed reports, the real catalogue and procedures of the law room.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from timbang.accounts import actions as accounts
from timbang.accounts.models import Officer, Organ
from timbang.cases import actions
from timbang.cases.actions import shelving
from timbang.cases.models import Case
from timbang.cases.vault import Desk, Person
from timbang.reports import actions as reports
from timbang.reports.content import AccusedPerson, Content, Identity
from timbang.reports.models import Report

# Monday, 2 November 2026, ten in the morning in Jakarta.
AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
PASSWORD = "weighs every word fairly"
ALL_ROLES = ("receiver", "examiner", "decision_maker")

SECRET_NAME = "Rahasia Pelaporwati"
SECRET_WORDS = "kalimat pelapor yang tidak boleh bocor"
SECRET_FILE = "catatan-warung-bu-sum.txt"


def days_later(count: int) -> datetime:
    return AT + timedelta(days=count)


def make_organ(code: str, kind: str, *, inside: bool = True, region: str = "32") -> Organ:
    return accounts.add_organ(
        code=code,
        name=f"Kantor {code}",
        kind=kind,
        region_code=region,
        time_zone="Asia/Jakarta",
        inside=inside,
        channel="" if inside else "sbt",
        address="Jalan Contoh 1",
        by=None,
        at=AT,
    )


@dataclass
class Office:
    """An inside organ with its officers, as tests need them: as desks and as browsers."""

    organ: Organ
    desks: dict[str, Desk]

    def add(self, login: str, *roles: str) -> Desk:
        holder = next((desk for desk in self.desks.values() if desk.private), None)
        self.organ.refresh_from_db()
        officer, temporary = accounts.add_officer(
            organ=self.organ,
            login=login,
            name=login.title(),
            roles=roles,
            by=None,
            organ_private=holder.private if holder else None,
            holder=holder.officer if holder else None,
            at=AT,
        )
        accounts.change_password(officer=officer, old=temporary, new=PASSWORD, at=AT)
        officer = Officer.objects.select_related("organ").get(pk=officer.pk)
        # Who opens no content holds no key.
        private = officer.open_organ(officer.open_private(PASSWORD)) if officer.needs_key else b""
        self.desks[login] = Desk(officer, private)
        return self.desks[login]


def office(code: str, kind: str, *logins: str, region: str = "32") -> Office:
    made = Office(make_organ(code, kind, region=region), {})
    for login in logins:
        made.add(login, *ALL_ROLES)
    return made


def log_in(login: str) -> Client:
    client = Client()
    answer = client.post(reverse("accounts:login"), {"login": login, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Refusals are read in English here; a request leaves its language behind in the thread."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def lists_say_what_the_cases_say(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test did, each case stands in the lists as its rows say (see actions.shelving)."""
    wanted = {"db", "transactional_db"} & set(request.fixturenames)
    for name in wanted:
        # Asked for first, so that the database is still there when this looks into it.
        request.getfixturevalue(name)
    yield
    if wanted:
        astray = shelving.misplaced()
        assert not astray, f"call shelving.place: {[key.case.number for key in astray]}"


@pytest.fixture
def bawaslu(db: None) -> Office:
    return office("bawaslu-32", "bawaslu", "alice", "bob")


@pytest.fixture
def alice(bawaslu: Office) -> Desk:
    return bawaslu.desks["alice"]


@pytest.fixture
def bob(bawaslu: Office) -> Desk:
    return bawaslu.desks["bob"]


@pytest.fixture
def charlie(db: None) -> Desk:
    return office("bawaslu-33", "bawaslu", "charlie", region="33").desks["charlie"]


@pytest.fixture
def bkn(db: None) -> Office:
    return office("bkn", "bkn", "dewi", region="ID")


@pytest.fixture
def dewi(bkn: Office) -> Desk:
    return bkn.desks["dewi"]


@pytest.fixture
def outside_bkn(db: None) -> Organ:
    return make_organ("bkn-luar", "bkn", inside=False, region="ID")


@pytest.fixture
def outside_ppk(db: None) -> Organ:
    return make_organ("ppk-luar", "appointing_officer", inside=False)


def content(**changes: object) -> Content:
    told: dict[str, object] = {
        "province": "32",
        "accused": (AccusedPerson("Tjahjo Koemolo", "Camat Contoh", "Kabupaten Contoh", "32.04"),),
        "conduct": ("social_media_support",),
        "narrative": f"Ia menyukai unggahan calon. {SECRET_WORDS}",
        "happened_from": date(2026, 10, 20),
        "learned_on": date(2026, 10, 30),
        "place": "Warung Bu Sum",
        "witnesses": SECRET_WORDS,
        "contest_kind": "regent",
        "side_kind": "candidate",
        "side_direction": "for",
        "side_name": "Pasangan nomor satu",
    }
    return Content(**{**told, **changes})  # type: ignore[arg-type]


def file_report(
    organ: Organ, *, at: datetime = AT, named: bool = True, files: bool = False, **changes: object
) -> Report:
    organ.refresh_from_db()
    draft = secrets.token_bytes(32)
    staged = []
    if files:
        data = f"isi berkas {SECRET_WORDS}".encode()
        kept = reports.stage(draft, name=SECRET_FILE, data=data, at=at.date())
        staged.append(kept.id)
    identity = Identity(SECRET_NAME, "Jalan Rahasia 7", "0812") if named else None
    filed = reports.file_report(
        draft=draft,
        content=content(**changes),
        identity=identity,
        organ=organ,
        at=at,
        staged=staged,
    )
    return filed.report


@pytest.fixture
def report(bawaslu: Office) -> Report:
    return file_report(bawaslu.organ)


TJAHJO = Person("Tjahjo Koemolo", "Camat Contoh", "Kabupaten Contoh", "32.04", "PNS")
CONFIRMED = {
    "act_on": date(2026, 10, 20),
    "conduct": ["social_media_support"],
    "object": "candidate",
    "candidates_confirmed_on": date(2026, 9, 22),
    "contest_kind": "regent",
}

OpenCase = Callable[..., Case]


def make_case(desk: Desk, *chosen: Report, at: datetime = AT, **changes: object) -> Case:
    given: dict[str, object] = {"people": [TJAHJO], "facts": CONFIRMED}
    if desk.organ.kind == "bawaslu":
        given |= {"procedure_id": "sbt_neutrality", "reason": "Diteruskan lewat SBT."}
    return actions.open_case(chosen, **{**given, **changes}, by=desk, at=at)  # type: ignore[arg-type]


@pytest.fixture
def case(alice: Desk, report: Report) -> Case:
    return make_case(alice, report)
