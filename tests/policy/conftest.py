"""The cast of policy: an office with all its parts, the office above it, one that clears, one that
watches; and an outsider who must never get in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from timbang.accounts import actions as accounts
from timbang.accounts import session
from timbang.accounts.models import Officer, Organ

# Monday, 2 November 2026, ten in the morning in Jakarta.
AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
PASSWORD = "weighs every word fairly"


def days_later(count: int) -> datetime:
    return AT + timedelta(days=count)


def make_office(code: str, kind: str, region: str = "32.04") -> Organ:
    return accounts.add_organ(
        code=code, name=f"Kantor {code}", kind=kind, region_code=region,
        time_zone="Asia/Jakarta", inside=True, channel="", address="Jalan Contoh 1", by=None, at=AT,
    )  # fmt: skip


def add(organ: Organ, login: str, *roles: str) -> Officer:
    organ.refresh_from_db()
    holder = organ.officers.filter(share__isnull=False).first() if _opens(roles) else None
    private = holder.open_organ(holder.open_private(PASSWORD)) if holder else None
    officer, temporary = accounts.add_officer(
        organ=organ, login=login, name=login.title(), roles=roles, by=None,
        organ_private=private, holder=holder, at=AT,
    )  # fmt: skip
    accounts.change_password(officer=officer, old=temporary, new=PASSWORD, at=AT)
    return Officer.objects.select_related("organ").get(pk=officer.pk)


def _opens(roles: tuple[str, ...]) -> bool:
    return "decision_maker" in roles or "executing_officer" in roles


def log_in(login: str) -> Client:
    client = Client()
    answer = client.post(reverse("accounts:login"), {"login": login, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client


def seated(officer: Officer) -> Client:
    """A browser in which he is logged in; quick, since no password is asked for."""
    request = HttpRequest()
    request.session, request.user = SessionStore(), AnonymousUser()
    session.begin(request, officer, proof="password", at=AT)
    request.session.save()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
    return client


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


class Cast:
    """Everybody by his login."""

    def __init__(self) -> None:
        self.office = make_office("dinas-a", "policy_office")
        self.above = make_office("provinsi-a", "policy_office", region="32")
        self.legal = make_office("biro-hukum", "clearing_office")
        self.money = make_office("badan-anggaran", "clearing_office", region="32")
        self.watchers = make_office("warga-peduli", "policy_observer", region="ID")
        self.head = add(self.office, "kepala", "decision_maker")
        self.deputy = add(self.office, "wakil", "decision_maker")
        self.analyst = add(self.office, "analis", "analyst")
        self.reviewer = add(self.office, "penelaah", "reviewer")
        self.drafter = add(self.office, "perancang", "legal_drafter")
        self.executor = add(self.office, "pelaksana", "executing_officer")
        self.evaluator = add(self.office, "evaluator", "evaluator")
        self.auditor = add(self.office, "auditor", "auditor")
        self.governor = add(self.above, "gubernur", "decision_maker")
        self.lawyer = add(self.legal, "hukum", "clearing_officer")
        self.treasurer = add(self.money, "anggaran", "clearing_officer")
        self.watcher = add(self.watchers, "pemantau", "policy_observer")

    def by_login(self, login: str) -> Officer:
        return next(each for each in vars(self).values() if getattr(each, "login", "") == login)


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()
