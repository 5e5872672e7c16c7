"""Logging in, unlocking, being sent away: the life of an officer's session."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.accounts.conftest import AT, PASSWORDS, log_in, make_officer, organ_private
from timbang.accounts import actions, session
from timbang.accounts.models import LoginDelay, Officer, Organ, OrganKeyShare, Unlock

pytestmark = pytest.mark.django_db
COOKIES = ("timbang_unlock/meja/", "timbang_unlock/en/meja/")


def add_page(client: Client) -> HttpResponse:
    """A page that needs the organ's key."""
    return client.get(reverse("accounts:keys"))  # type: ignore[return-value]


def drop_unlock_cookie(client: Client) -> None:
    for name in COOKIES:
        client.cookies.pop(name, None)


def test_logging_in_opens_the_key(client: Client, alice: Officer) -> None:
    assert log_in(client, "alice").status_code == 302  # type: ignore[attr-defined]
    assert add_page(client).status_code == 200


def test_a_login_is_found_in_any_letters(client: Client, alice: Officer) -> None:
    log_in(client, " ALICE ", PASSWORDS["alice"])
    assert add_page(client).status_code == 200


def test_the_cookie_goes_to_the_desk_only_and_to_no_script(
    client: Client, alice: Officer, settings: object
) -> None:
    settings.HTTPS = True  # type: ignore[attr-defined]
    answer = log_in(client, "alice")
    lines = [
        line.split(": ", 1)[1]
        for line in answer.cookies.output().splitlines()  # type: ignore[attr-defined]
        if "timbang_unlock" in line
    ]
    assert len(lines) == 2
    assert {path for line in lines for path in line.split("; ") if path.startswith("Path")} == {
        "Path=/meja/",
        "Path=/en/meja/",
    }
    for line in lines:
        assert line.startswith("timbang_unlock=")
        assert {"HttpOnly", "SameSite=Strict", "Secure"} <= set(line.split("; "))
        assert "expires" not in line.lower()
        assert "Max-Age" not in line


def test_the_same_words_whether_the_login_exists(client: Client, alice: Officer) -> None:
    wrong = log_in(client, "alice", "not this one")
    unknown = log_in(client, "nobody", "not this one")

    def said(answer: object) -> list[str]:
        return list(answer.context["form"].non_field_errors())  # type: ignore[attr-defined]

    assert said(wrong) == said(unknown)
    assert said(wrong)
    assert "_auth_user_id" not in client.session


def test_an_empty_form_or_a_strange_login_is_no_error_of_ours(client: Client, db: None) -> None:
    for body in ({}, {"login": "a\x00b", "password": "x"}, {"login": "x" * 300, "password": "y"}):
        assert client.post(reverse("accounts:login"), body).status_code == 200


def test_logging_in_gives_the_session_a_new_identifier(client: Client, alice: Officer) -> None:
    client.get(reverse("accounts:login"))
    before = client.session
    before["planted"] = True
    before.save()
    client.cookies["timbang_desk"] = before.session_key
    log_in(client, "alice")
    assert client.session.session_key != before.session_key
    assert not Session.objects.filter(session_key=before.session_key).exists()


def test_logging_out_deletes_row_session_and_cookies(client: Client, alice: Officer) -> None:
    log_in(client, "alice")
    answer = client.post(reverse("accounts:logout"))
    assert not Unlock.objects.exists()
    assert not Session.objects.exists()
    assert all(answer.cookies[name].value == "" for name in (*COOKIES, "timbang_desk"))
    assert add_page(client).status_code == 302


def test_a_link_does_not_log_out(client: Client, alice: Officer) -> None:
    log_in(client, "alice")
    assert client.get(reverse("accounts:logout")).status_code == 405
    assert add_page(client).status_code == 200


def test_a_form_without_its_token_does_nothing(alice: Officer) -> None:
    client = Client(enforce_csrf_checks=True)
    assert log_in(client, "alice").status_code == 403  # type: ignore[attr-defined]


def test_without_the_cookie_the_password_is_asked_and_one_is_back(
    client: Client, alice: Officer
) -> None:
    log_in(client, "alice")
    drop_unlock_cookie(client)
    answer = add_page(client)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("accounts:unlock"))
    back = client.post(answer["Location"], {"unlock_password": PASSWORDS["alice"]})
    assert back["Location"] == reverse("accounts:keys")
    assert add_page(client).status_code == 200


@pytest.mark.parametrize("value", ["", "x", "é", "aaaa", "a" * 64, "a" * 4000])
def test_a_strange_cookie_is_a_closed_key(client: Client, alice: Officer, value: str) -> None:
    log_in(client, "alice")
    drop_unlock_cookie(client)
    answer = client.get(
        reverse("accounts:keys"),
        headers={"cookie": f"timbang_desk={client.session.session_key}; timbang_unlock={value}"},
    )
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("accounts:unlock"))


def test_the_cookie_of_another_session_opens_nothing(alice: Officer, bob: Officer) -> None:
    one, two = Client(), Client()
    log_in(one, "alice")
    log_in(two, "bob")
    for name in COOKIES:
        one.cookies[name] = two.cookies[name]
    assert add_page(one).status_code == 302


def test_an_hour_unused_closes_the_key_and_use_keeps_it_open(
    client: Client, alice: Officer
) -> None:
    log_in(client, "alice")
    Unlock.objects.update(used_at=timezone.now() - timedelta(minutes=55))
    assert add_page(client).status_code == 200
    assert Unlock.objects.get().used_at > timezone.now() - timedelta(minutes=1)
    Unlock.objects.update(used_at=timezone.now() - timedelta(minutes=61))
    assert add_page(client).status_code == 302


def test_what_was_typed_survives_a_closed_key(client: Client, alice: Officer) -> None:
    rini = make_officer(alice.organ, "rini", "examiner", waits=True)
    log_in(client, "alice")
    drop_unlock_cookie(client)
    typed = {"give": str(rini.id), "words": ['Dewi "D"\r\nS', "and more"]}
    asked = client.post(reverse("accounts:keys"), typed)
    assert asked.status_code == 403
    assert "Dewi &quot;D&quot;" in asked.content.decode()
    hidden = dict(typed, unlock_password="wrong")
    assert client.post(reverse("accounts:keys"), hidden).status_code == 403
    assert not OrganKeyShare.objects.filter(officer=rini).exists()
    kept = [(name, value) for name, value in asked.context["typed"]]
    assert kept == [("give", str(rini.id)), ("words", 'Dewi "D"\r\nS'), ("words", "and more")]
    sent = dict(typed, unlock_password=PASSWORDS["alice"])
    assert client.post(reverse("accounts:keys"), sent).status_code == 302
    assert OrganKeyShare.objects.filter(officer=rini).exists()
    assert add_page(client).status_code == 200


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [
        ("/meja/akun/petugas/", "/meja/akun/petugas/"),
        ("/en/meja/akun/lembaga/", "/en/meja/akun/lembaga/"),
        ("https://evil.example/meja/", "/meja/"),
        ("//evil.example/meja/", "/meja/"),
        ("/\\evil.example", "/meja/"),
        ("javascript:alert(1)", "/meja/"),
        ("/lapor/", "/meja/"),
        ("", "/meja/"),
    ],
)
def test_after_login_one_is_back_on_the_desk_and_nowhere_else(
    client: Client, alice: Officer, wanted: str, leads_to: str
) -> None:
    answer = log_in(client, "alice", next=wanted)
    assert answer["Location"] == leads_to  # type: ignore[index]


def test_the_login_page_is_not_shown_to_who_is_in(client: Client, alice: Officer) -> None:
    log_in(client, "alice")
    assert client.get(reverse("accounts:login"))["Location"] == "/meja/"


def test_english_leads_to_the_english_desk(client: Client, alice: Officer) -> None:
    answer = client.post("/en/meja/akun/masuk/", {"login": "alice", "password": PASSWORDS["alice"]})
    assert answer["Location"] == "/en/meja/"


def test_the_fifth_wrong_password_makes_wait_even_with_the_right_one(
    client: Client, alice: Officer
) -> None:
    for _attempt in range(5):
        log_in(client, "alice", "wrong")
    answer = log_in(client, "alice")
    assert "_auth_user_id" not in client.session
    assert list(answer.context["form"].non_field_errors())  # type: ignore[attr-defined]
    LoginDelay.objects.update(until=timezone.now() - timedelta(seconds=1))
    log_in(client, "alice")
    assert "_auth_user_id" in client.session
    assert not LoginDelay.objects.exists()


def test_guessing_at_one_login_slows_no_other(client: Client, alice: Officer, bob: Officer) -> None:
    for _attempt in range(6):
        log_in(client, "alice", "wrong")
    log_in(client, "bob")
    assert "_auth_user_id" in client.session


def test_guessing_is_slowed_on_the_unlock_page_too(client: Client, alice: Officer) -> None:
    log_in(client, "alice")
    Unlock.objects.all().delete()
    address = reverse("accounts:unlock")
    for _attempt in range(5):
        client.post(address, {"unlock_password": "wrong"})
    assert client.post(address, {"unlock_password": PASSWORDS["alice"]}).status_code == 403


def test_a_revoked_officer_is_out_in_the_middle_of_his_session(
    alice: Officer, bob: Officer
) -> None:
    client = Client()
    log_in(client, "bob")
    assert client.get(reverse("accounts:officers")).status_code == 200
    actions.revoke_officer(officer=bob, by=alice, at=AT)
    assert client.get(reverse("accounts:officers")).status_code == 302
    assert not Unlock.objects.exists()
    log_in(client, "bob")
    assert client.get(reverse("accounts:officers")).status_code == 302


def test_restoring_ends_the_sessions_of_the_old_password(alice: Officer, bob: Officer) -> None:
    client = Client()
    log_in(client, "bob")
    actions.restore_access(officer=bob, by=alice, organ_private=organ_private(alice), at=AT)
    assert client.get(reverse("accounts:officers")).status_code == 302


def test_a_temporary_password_opens_one_page_only(client: Client, organ: Organ) -> None:
    organ.refresh_from_db()
    _officer, temporary = actions.add_officer(
        organ=organ,
        login="dewi",
        name="Dewi",
        roles=["administrator", "decision_maker"],
        by=None,
        organ_private=None,
        at=AT,
    )
    log_in(client, "dewi", temporary)
    for name in ("officers", "organs", "officer-add"):
        assert client.get(reverse(f"accounts:{name}"))["Location"] == reverse("accounts:password")
    body = {"present": temporary, "new": "dewi chose this", "again": "dewi chose this"}
    assert client.post(reverse("accounts:password"), body).status_code == 200
    assert add_page(client).status_code == 200


def test_changing_the_password_keeps_this_session_and_ends_the_others(alice: Officer) -> None:
    here, there = Client(), Client()
    log_in(here, "alice")
    log_in(there, "alice")
    before = here.session.session_key
    body = {"present": PASSWORDS["alice"], "new": "a fresh long one", "again": "a fresh long one"}
    assert here.post(reverse("accounts:password"), body).status_code == 200
    assert here.session.session_key != before
    assert add_page(here).status_code == 200
    assert add_page(there).status_code == 302
    assert Unlock.objects.count() == 1


@pytest.mark.parametrize(
    ("present", "new", "again", "field"),
    [
        ("wrong", "a fresh long one", "a fresh long one", "present"),
        ("", "a fresh long one", "a fresh long one", "present"),
        ("alice weighs fairly", "short", "short", "new"),
        ("alice weighs fairly", "password1234", "password1234", "new"),
        ("alice weighs fairly", "a fresh long one", "another long one", "again"),
        ("alice weighs fairly", "alice weighs fairly", "alice weighs fairly", "present"),
    ],
)
def test_a_password_that_does_not_do_is_refused_in_words(
    client: Client, alice: Officer, present: str, new: str, again: str, field: str
) -> None:
    log_in(client, "alice")
    body = {"present": present, "new": new, "again": again}
    answer = client.post(reverse("accounts:password"), body)
    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    alice.refresh_from_db()
    assert alice.check_password(PASSWORDS["alice"])


def test_the_sweep_takes_what_has_ended_and_nothing_else(alice: Officer, bob: Officer) -> None:
    one, two = Client(), Client()
    log_in(one, "alice")
    log_in(two, "bob")
    Unlock.objects.filter(officer=bob).update(used_at=timezone.now() - timedelta(hours=2))
    Session.objects.filter(session_key=two.session.session_key).update(
        expire_date=timezone.now() - timedelta(minutes=1)
    )
    assert session.sweep(at=timezone.now()) == 2
    assert add_page(one).status_code == 200


def test_a_page_of_the_desk_is_not_kept_by_the_browser(client: Client, alice: Officer) -> None:
    log_in(client, "alice")
    assert "no-store" in add_page(client)["Cache-Control"]


def test_no_moment_of_a_login_is_kept(client: Client, alice: Officer) -> None:
    log_in(client, "alice")
    assert "last_login" not in [field.name for field in Officer._meta.get_fields()]


def test_two_organs_two_keys(alice: Officer, charlie: Officer) -> None:
    assert bytes(alice.organ.public_key or b"") != bytes(charlie.organ.public_key or b"")
    make_officer(charlie.organ, "bob", "receiver", holder=charlie)
