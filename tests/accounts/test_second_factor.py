"""Password and then: a code of an app, a code on paper. Nobody is anybody before both."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tests.accounts.conftest import AT, PASSWORDS, log_in, make_officer, organ_private
from timbang.accounts import actions, factors, one_time, proving, session
from timbang.accounts.models import CodeDevice, Officer, RecoveryCode, Unlock, Visit
from timbang.law.refusal import Refusal
from timbang.ledger.models import Entry

pytestmark = pytest.mark.django_db
NEEDS_KEY = "accounts:keys"


class Clock:
    """The instant that the desk and its officers' apps believe in."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = timezone.now().replace(second=10, microsecond=0)
        monkeypatch.setattr(timezone, "now", lambda: self.at)

    def forward(self, **how: int) -> None:
        self.at += timedelta(**how)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def required(settings: Settings) -> None:
    settings.SECOND_FACTOR = "required"


@pytest.fixture
def secret(alice: Officer, clock: Clock) -> str:
    """Alice has an app since a minute ago."""
    made = one_time.new_secret()
    earlier = clock.at - timedelta(minutes=1)
    factors.add_code_device(
        officer=alice, secret=made, code=code_of(made, earlier), visit=None, at=earlier
    )
    return made


def code_of(secret: str, at: datetime) -> str:
    return pyotp.TOTP(secret).at(at)


def prove(client: Client, **sent: str) -> Any:
    return client.post(reverse("accounts:second"), sent)


def is_in(client: Client) -> bool:
    return bool(client.get(reverse("accounts:officers")).status_code == 200)


def test_a_password_alone_lets_in_nobody_who_has_an_app(
    client: Client, alice: Officer, secret: str
) -> None:
    answer = log_in(client, "alice")
    assert answer["Location"].startswith(reverse("accounts:second"))  # type: ignore[index]
    for name in ("officers", "keys", "factors", "sessions", "password", "unlock"):
        assert client.get(reverse(f"accounts:{name}"))["Location"].startswith(
            reverse("accounts:login")
        )
    assert not Visit.objects.exists()


def test_password_and_code_open_desk_and_key(client: Client, secret: str, clock: Clock) -> None:
    log_in(client, "alice", next="/meja/akun/petugas/")
    answer = prove(client, code=code_of(secret, clock.at), next="/meja/akun/petugas/")
    assert answer["Location"] == "/meja/akun/petugas/"
    assert client.get(reverse(NEEDS_KEY)).status_code == 200
    assert Visit.objects.get().proof == "code"


@pytest.mark.parametrize("skew", [-30, 30])
def test_a_clock_that_is_half_a_minute_off_still_works(
    client: Client, secret: str, clock: Clock, skew: int
) -> None:
    log_in(client, "alice")
    prove(client, code=code_of(secret, clock.at + timedelta(seconds=skew)))
    assert is_in(client)


@pytest.mark.parametrize("skew", [-90, 90])
def test_a_clock_that_is_further_off_does_not(
    client: Client, secret: str, clock: Clock, skew: int
) -> None:
    log_in(client, "alice")
    prove(client, code=code_of(secret, clock.at + timedelta(seconds=skew)))
    assert not is_in(client)


def test_a_code_counts_once(client: Client, secret: str, clock: Clock) -> None:
    code = code_of(secret, clock.at)
    log_in(client, "alice")
    prove(client, code=code)
    assert is_in(client)
    thief = Client()
    log_in(thief, "alice")
    clock.forward(seconds=20)
    prove(thief, code=code)
    prove(thief, code=code_of(secret, clock.at - timedelta(seconds=30)))
    assert not is_in(thief)


def test_the_code_of_another_officer_proves_nothing(
    client: Client, secret: str, bob: Officer, clock: Clock
) -> None:
    own = one_time.new_secret()
    earlier = clock.at - timedelta(minutes=2)
    factors.add_code_device(
        officer=bob, secret=own, code=code_of(own, earlier), visit=None, at=earlier
    )
    log_in(client, "bob")
    prove(client, code=code_of(secret, clock.at))
    assert not is_in(client)


def test_guessing_codes_gets_slower_up_to_an_hour_and_asks_for_the_password_again(
    client: Client, secret: str, clock: Clock
) -> None:
    log_in(client, "alice")
    wrong = "000000" if code_of(secret, clock.at) != "000000" else "111111"
    for _attempt in range(5):
        prove(client, code=wrong)
    answer = prove(client, code=code_of(secret, clock.at))
    assert re.search(r"\d+ detik", answer.content.decode())
    assert not is_in(client)
    tried = 5
    for _hour in range(24 * 60):
        clock.forward(minutes=1)
        if proving.pending(_request(client), at=clock.at) is None:
            log_in(client, "alice")
        before = _failures()
        prove(client, code=wrong)
        tried += _failures() - before
    assert tried < 45
    assert not is_in(client)


def _failures() -> int:
    from timbang.accounts.models import LoginDelay

    return max(LoginDelay.objects.values_list("failures", flat=True), default=0)


def _request(client: Client) -> Any:
    class Request:
        session = client.session

    return Request()


def test_ten_wrong_proofs_end_the_wait(
    client: Client, secret: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timbang.accounts.throttle.admit_second", lambda *_a, **_k: None)
    log_in(client, "alice")
    for _attempt in range(proving.ATTEMPTS):
        prove(client, code="x")
    answer = prove(client, code=code_of(secret, clock.at))
    assert answer["Location"].startswith(reverse("accounts:login"))
    assert not Unlock.objects.exists()


def test_the_wait_ends_after_ten_minutes_and_with_the_password(
    client: Client, alice: Officer, secret: str, clock: Clock
) -> None:
    log_in(client, "alice")
    clock.forward(minutes=11)
    assert prove(client, code=code_of(secret, clock.at))["Location"].startswith("/meja/akun/masuk/")
    log_in(client, "alice")
    actions.change_password(officer=alice, old=PASSWORDS["alice"], new="another one, long", at=AT)
    prove(client, code=code_of(secret, clock.at))
    assert not is_in(client)


def test_without_a_first_proof_the_second_leads_to_the_login(client: Client, secret: str) -> None:
    assert client.get(reverse("accounts:second"))["Location"].startswith("/meja/akun/masuk/")
    assert prove(client, code="1")["Location"].startswith("/meja/akun/masuk/")


@pytest.mark.parametrize(
    "sent", [{}, {"passkey": "{}"}, {"passkey": "no"}, {"recovery": ""}, {"sign_on": "1"}]
)
def test_a_strange_proof_proves_nothing(client: Client, secret: str, sent: dict[str, str]) -> None:
    log_in(client, "alice")
    assert prove(client, **sent).status_code == 200
    assert not is_in(client)


def test_the_identifier_of_the_session_changes_at_each_proof(
    client: Client, secret: str, clock: Clock
) -> None:
    """Somebody who planted an identifier before holds nothing after."""
    client.get(reverse("accounts:login"))
    planted = client.session.session_key
    log_in(client, "alice")
    between = client.session.session_key
    prove(client, code=code_of(secret, clock.at))
    inside = client.session.session_key
    assert len({planted, between, inside}) == 3
    assert not Session.objects.filter(session_key__in=[planted, between]).exists()


def test_a_stolen_database_makes_no_code(alice: Officer, secret: str) -> None:
    kept = CodeDevice.objects.get()
    assert secret.encode() not in bytes(kept.sealed_secret)
    assert alice.public_key is not None
    assert len(kept.sealed_secret) == 48 + len(secret)


# Required, and adding


def test_where_it_is_required_nothing_else_can_be_done_first(
    client: Client, alice: Officer, required: None
) -> None:
    log_in(client, "alice")
    for name in ("officers", "keys", "organs", "recovery-codes", "officer-add"):
        assert client.get(reverse(f"accounts:{name}"))["Location"] == reverse("accounts:factors")
    assert 'class="warn"' in client.get(reverse("accounts:factors")).content.decode()


def enrol(client: Client, clock: Clock, password: str = PASSWORDS["alice"]) -> Any:
    """Add an app as somebody without JavaScript would."""
    page = client.get(reverse("accounts:code-add")).content.decode()
    sealed = re.search(r'name="sealed" value="([0-9a-f]+)"', page)
    shown = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert sealed is not None
    assert shown is not None
    secret = shown[1].replace(" ", "")
    body = {"sealed": sealed[1], "code": code_of(secret, clock.at), "password": password}
    return client.post(reverse("accounts:code-add"), body), secret


def test_an_app_is_added_and_one_goes_on(
    client: Client, alice: Officer, required: None, clock: Clock
) -> None:
    log_in(client, "alice")
    answer, secret = enrol(client, clock)
    assert answer["Location"] == reverse("accounts:factors")
    assert is_in(client)
    assert Entry.objects.filter(act="factor.added").count() == 1
    client.post(reverse("accounts:logout"))
    clock.forward(seconds=30)
    log_in(client, "alice")
    assert not is_in(client)
    prove(client, code=code_of(secret, clock.at))
    assert is_in(client)


def test_adding_asks_for_the_password_and_for_a_code_of_now(
    client: Client, alice: Officer, clock: Clock
) -> None:
    log_in(client, "alice")
    answer, secret = enrol(client, clock, password="wrong")
    assert answer.status_code == 200
    assert one_time.spaced(secret) in answer.content.decode()
    clock.forward(minutes=1)
    page = answer.content.decode()
    sealed = re.search(r'name="sealed" value="([0-9a-f]+)"', page)
    assert sealed is not None
    late = {
        "sealed": sealed[1],
        "code": code_of(secret, clock.at - timedelta(minutes=5)),
        "password": PASSWORDS["alice"],
    }
    assert client.post(reverse("accounts:code-add"), late).status_code == 200
    assert not CodeDevice.objects.exists()


def test_a_first_factor_ends_the_sessions_that_a_password_opened(
    client: Client, alice: Officer, clock: Clock
) -> None:
    thief = Client()
    log_in(thief, "alice")
    log_in(client, "alice")
    enrol(client, clock)
    assert is_in(client)
    assert not is_in(thief)


def test_the_last_factor_stays_where_one_is_required(
    client: Client, alice: Officer, secret: str, clock: Clock, settings: Settings
) -> None:
    device = CodeDevice.objects.get()
    settings.SECOND_FACTOR = "required"
    with pytest.raises(Refusal):
        factors.remove(officer=alice, factor_id=device.pk, at=AT)
    settings.SECOND_FACTOR = "optional"
    log_in(client, "alice")
    prove(client, code=code_of(secret, clock.at))
    place = reverse("accounts:factor-remove", args=[device.pk])
    assert client.post(place, {"password": "wrong"}).status_code == 200
    assert client.post(place, {"password": PASSWORDS["alice"]}).status_code == 302
    assert not CodeDevice.objects.exists()


def test_nobody_removes_the_factor_of_another(alice: Officer, bob: Officer, secret: str) -> None:
    with pytest.raises(Refusal):
        factors.remove(officer=bob, factor_id=CodeDevice.objects.get().pk, at=AT)


# On paper


def test_a_code_on_paper_counts_once(
    client: Client, alice: Officer, secret: str, clock: Clock
) -> None:
    codes = factors.make_recovery_codes(officer=alice, at=AT)
    assert len(set(codes)) == 10
    log_in(client, "alice")
    prove(client, recovery=codes[3].upper())
    assert is_in(client)
    thief = Client()
    log_in(thief, "alice")
    prove(thief, recovery=codes[3])
    assert not is_in(thief)
    assert RecoveryCode.objects.count() == 9


def test_new_codes_on_paper_stop_the_old(
    client: Client, alice: Officer, secret: str, clock: Clock
) -> None:
    old = factors.make_recovery_codes(officer=alice, at=AT)
    log_in(client, "alice")
    prove(client, code=code_of(secret, clock.at))
    answer = client.post(reverse("accounts:recovery-codes"), {"password": PASSWORDS["alice"]})
    shown = re.findall(r"<code>([a-z0-9-]{19})</code>", answer.content.decode())
    assert len(shown) == 10
    assert not set(shown) & set(old)
    kept = {bytes(row.digest) for row in RecoveryCode.objects.all()}
    assert kept == {one_time.paper_digest(code, alice.id) for code in shown}


def test_there_is_no_paper_without_a_device(alice: Officer) -> None:
    with pytest.raises(Refusal):
        factors.make_recovery_codes(officer=alice, at=AT)


# Lost


def test_restoring_access_forgets_every_factor_and_session(
    client: Client, alice: Officer, bob: Officer, clock: Clock
) -> None:
    own = one_time.new_secret()
    factors.add_code_device(
        officer=bob, secret=own, code=code_of(own, clock.at), visit=None, at=clock.at
    )
    factors.make_recovery_codes(officer=bob, at=AT)
    clock.forward(minutes=1)
    log_in(client, "bob")
    prove(client, code=code_of(own, clock.at))
    assert is_in(client)
    temporary = actions.restore_access(officer=bob, by=alice, organ_private=None, at=AT)
    assert not is_in(client)
    assert not factors.of(bob)
    assert not RecoveryCode.objects.exists()
    log_in(client, "bob", temporary)
    assert client.get(reverse("accounts:password")).status_code == 200


def test_the_password_of_a_session_closes_and_opens_as_before(
    client: Client, alice: Officer, secret: str, clock: Clock
) -> None:
    """An expired session in the middle of a form: the password alone opens the key again, since
    the second proof of this session holds; nothing that was typed is lost."""
    log_in(client, "alice")
    prove(client, code=code_of(secret, clock.at))
    clock.forward(hours=2)
    asked_for = {"give": str(alice.id), "note": "as typed"}
    asked = client.post(reverse(NEEDS_KEY), asked_for)
    assert asked.status_code == 403
    assert "as typed" in asked.content.decode()
    sent = asked_for | {"unlock_password": PASSWORDS["alice"]}
    assert 'role="alert"' in client.post(reverse(NEEDS_KEY), sent).content.decode()
    assert client.get(reverse(NEEDS_KEY)).status_code == 200


# Sessions


def test_sessions_are_listed_without_address_or_hour_and_ended(
    client: Client, alice: Officer
) -> None:
    phone = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 16; X) Mobile Geheim/1"})
    log_in(phone, "alice")
    log_in(client, "alice")
    page = client.get(reverse("accounts:sessions")).content.decode()
    assert "Telepon genggam" in page
    assert "Geheim" not in page
    assert "127.0.0.1" not in page
    row = Visit.objects.get(device="phone")
    client.post(reverse("accounts:sessions"), {"visit": str(row.pk)})
    assert not is_in(phone)
    assert is_in(client)
    assert not Unlock.objects.filter(visit=row.pk).exists()


def test_all_other_sessions_are_ended_at_once(client: Client, alice: Officer) -> None:
    others = [Client(), Client()]
    for other in others:
        log_in(other, "alice")
    log_in(client, "alice")
    client.post(reverse("accounts:sessions"), {"visit": "others"})
    assert [is_in(each) for each in (*others, client)] == [False, False, True]


@pytest.mark.parametrize("chosen", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_a_strange_session_ends_nothing(client: Client, alice: Officer, chosen: str) -> None:
    log_in(client, "alice")
    client.post(reverse("accounts:sessions"), {"visit": chosen})
    assert is_in(client)


def test_nobody_ends_the_session_of_another(client: Client, alice: Officer, bob: Officer) -> None:
    log_in(client, "bob")
    other = Client()
    log_in(other, "alice")
    row = Visit.objects.get(officer=alice)
    client.post(reverse("accounts:sessions"), {"visit": str(row.pk)})
    assert is_in(other)


def test_an_administrator_ends_all_sessions_of_a_colleague(
    client: Client, alice: Officer, bob: Officer
) -> None:
    others = [Client(), Client()]
    for other in others:
        log_in(other, "bob")
    log_in(client, "alice")
    place = reverse("accounts:officer-sessions", args=[bob.pk])
    assert "2" in client.get(place).content.decode()
    assert client.post(place).status_code == 302
    assert [is_in(each) for each in others] == [False, False]
    log_in(others[0], "bob")
    assert is_in(others[0])
    assert Entry.objects.filter(act="sessions.ended").count() == 1


def test_the_worker_forgets_sessions_that_are_over(client: Client, alice: Officer) -> None:
    log_in(client, "alice")
    session.sweep(at=datetime.now(UTC) + timedelta(days=1))
    assert Visit.objects.count() == 1
    session.sweep(at=datetime.now(UTC) + timedelta(days=4))
    assert Visit.objects.count() == 0


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/150.0", "computer"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/150", "computer"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 26_0) Mobile/15E148", "phone"),
        ("Mozilla/5.0 (Linux; Android 16; SM) Chrome/150 Mobile Safari/537.36", "phone"),
        ("Mozilla/5.0 (Linux; Android 16; Tab) Chrome/150 Safari/537.36", "tablet"),
        ("Mozilla/5.0 (iPad; CPU OS 18_0) Mobile/15E148", "tablet"),
        ("curl/8", "unknown"),
        ("", "unknown"),
    ],
)
def test_of_a_device_only_a_word_is_kept(told: str, word: str) -> None:
    assert session.device_of(told) == word


def test_the_key_waits_in_the_session_only_for_who_is_logged_in(
    client: Client, alice: Officer, secret: str
) -> None:
    """Between the proofs a cookie opens the officer's own key, and no page of the desk."""
    log_in(client, "alice")
    assert Unlock.objects.get().visit is None
    assert client.get(reverse(NEEDS_KEY)).status_code == 302
    assert organ_private(alice)
    make_officer(alice.organ, "rini", "examiner", holder=alice)
