"""The cast: Alice administers the Bawaslu office and decides in it, Bob examines, Charlie works
elsewhere. Rini joins where a test needs one more."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from timbang.accounts import actions
from timbang.accounts.models import Officer, Organ

AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
PASSWORDS = {name: f"{name} weighs fairly" for name in ("alice", "bob", "charlie", "rini")}


def make_organ(code: str = "bawaslu-32", **changes: object) -> Organ:
    wanted: dict[str, object] = {
        "code": code,
        "name": f"Office {code}",
        "kind": "bawaslu",
        "region_code": "32",
        "time_zone": "Asia/Jakarta",
        "inside": True,
        "channel": "",
        "address": "",
        "by": None,
        "at": AT,
    }
    return actions.add_organ(**{**wanted, **changes})  # type: ignore[arg-type]


def make_officer(
    organ: Organ,
    login: str,
    *roles: str,
    holder: Officer | None = None,
    settled: bool = True,
    waits: bool = False,
) -> Officer:
    """An officer added at the console; `settled`: he has changed his temporary password; `waits`:
    he was not given the key."""
    assert not (waits and holder)
    organ.refresh_from_db()
    officer, temporary = actions.add_officer(
        organ=organ,
        login=login,
        name=login.title(),
        roles=roles,
        by=None,
        organ_private=organ_private(holder) if holder else None,
        holder=holder,
        at=AT,
    )
    if settled:
        actions.change_password(officer=officer, old=temporary, new=PASSWORDS[login], at=AT)
    return Officer.objects.get(pk=officer.pk)


def organ_private(officer: Officer) -> bytes:
    return officer.open_organ(officer.open_private(PASSWORDS[officer.login]))


def log_in(client: Client, login: str, password: str | None = None, **extra: str) -> object:
    body = {"login": login, "password": password or PASSWORDS[login], **extra}
    return client.post(reverse("accounts:login"), body)


@pytest.fixture
def organ(db: None) -> Organ:
    return make_organ()


@pytest.fixture
def alice(organ: Organ) -> Officer:
    return make_officer(organ, "alice", "administrator", "decision_maker")


@pytest.fixture
def bob(organ: Organ, alice: Officer) -> Officer:
    return make_officer(organ, "bob", "examiner", holder=alice)


@pytest.fixture
def charlie(db: None) -> Officer:
    elsewhere = make_organ("inspectorate-35", kind="inspectorate", region_code="35")
    return make_officer(elsewhere, "charlie", "administrator", "receiver")
