"""Every page with everybody: the administrator, one of the same organ, one who must never get in."""

from __future__ import annotations

import re
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse

from tests.accounts.conftest import PASSWORDS, log_in, make_officer
from timbang.accounts import keys, urls
from timbang.accounts.codes import ROLES
from timbang.accounts.models import Officer, Organ

pytestmark = pytest.mark.django_db

# name -> roles that may see it; None: everyone who is logged in
PAGES: dict[str, set[str] | None] = {
    "unlock": None,
    "password": None,
    "officers": None,
    "organs": None,
    "officer-add": {"administrator"},
    "officer-restore": {"administrator"},
    "officer-revoke": {"administrator"},
    "officer-sessions": {"administrator"},
    "keys": {"decision_maker"},
    "factors": None,
    "code-add": None,
    "passkey-add": None,
    "recovery-codes": None,
    "factor-remove": None,
    "sessions": None,
    "systems": {"administrator"},
    "absences": None,
}
OPEN = {"login", "logout", "second"}
# Exist only where a provider is set: test_sign_on.py.
SIGN_ON = {"sign-on", "sign-on-back", "sign-on-done", "sign-on-link"}


def address(name: str, officer: Officer) -> str:
    takes_id = name in ("officer-restore", "officer-revoke", "officer-sessions", "factor-remove")
    return reverse(f"accounts:{name}", args=[officer.id] if takes_id else [])


def test_the_table_above_names_every_page() -> None:
    names = {pattern.name for pattern in urls.urlpatterns if isinstance(pattern, URLPattern)}
    assert names == set(PAGES) | OPEN | SIGN_ON


@pytest.mark.parametrize("name", PAGES)
def test_who_is_not_logged_in_is_sent_to_the_login_and_back(
    client: Client, bob: Officer, name: str
) -> None:
    answer = client.get(address(name, bob))
    assert answer.status_code == 302
    wanted = urlencode({"next": address(name, bob)})
    assert answer["Location"] == f"{reverse('accounts:login')}?{wanted}"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", PAGES)
def test_each_page_exists_for_its_roles_only(
    client: Client, alice: Officer, role: str, name: str
) -> None:
    make_officer(alice.organ, "rini", role, holder=alice)
    log_in(client, "rini")
    allowed = PAGES[name]
    expected = 200 if allowed is None or role in allowed else 404
    assert client.get(address(name, alice)).status_code == expected
    if expected == 404:
        assert client.post(address(name, alice)).status_code == 404


@pytest.mark.parametrize("name", ["officer-restore", "officer-revoke", "officer-sessions"])
def test_an_administrator_elsewhere_finds_nobody_here(
    client: Client, bob: Officer, charlie: Officer, name: str
) -> None:
    log_in(client, "charlie")
    assert client.get(address(name, bob)).status_code == 404
    assert client.post(address(name, bob)).status_code == 404
    unknown = reverse(f"accounts:{name}", args=[uuid4()])
    assert client.get(unknown).status_code == 404
    bob.refresh_from_db()
    assert bob.is_active
    assert bob.check_password(PASSWORDS["bob"])


def test_the_list_shows_my_organ_and_no_other(
    client: Client, alice: Officer, bob: Officer, charlie: Officer
) -> None:
    log_in(client, "bob")
    text = body(client.get(reverse("accounts:officers")))
    assert "Alice" in text
    assert "Charlie" not in text
    assert reverse("accounts:officer-revoke", args=[alice.id]) not in text


def test_an_administrator_is_offered_to_manage_others_and_not_himself(
    client: Client, alice: Officer, bob: Officer
) -> None:
    log_in(client, "alice")
    text = body(client.get(reverse("accounts:officers")))
    assert address("officer-revoke", bob) in text
    assert address("officer-revoke", alice) not in text
    assert address("officer-restore", alice) not in text


def test_a_temporary_password_is_called_one(client: Client, alice: Officer) -> None:
    Officer.objects.update(must_change_password=True)
    log_in(client, "alice")
    assert 'class="warn"' in body(client.get(reverse("accounts:password")))


def test_one_holder_is_a_warning_on_the_list(client: Client, organ: Organ, alice: Officer) -> None:
    log_in(client, "alice")
    assert 'class="warn"' in body(client.get(reverse("accounts:officers")))
    make_officer(organ, "bob", "examiner", holder=alice)
    assert 'class="warn"' not in body(client.get(reverse("accounts:officers")))


def test_an_administrator_adds_an_officer_who_opens_nothing_yet(
    client: Client, alice: Officer
) -> None:
    log_in(client, "alice")
    answer = client.post(
        reverse("accounts:officer-add"), {"name": "Dewi", "login": "dewi", "roles": ["examiner"]}
    )
    temporary = shown_password(answer)
    dewi = Officer.objects.get(login="dewi")
    private = dewi.open_private(temporary)
    with pytest.raises(keys.WrongKey):
        dewi.open_organ(private)
    assert temporary not in body(client.get(reverse("accounts:officers")))


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"name": "Dewi", "login": "alice", "roles": ["examiner"]},
        {"name": "Dewi", "login": "../../x", "roles": ["examiner"]},
        {"name": "Dewi", "login": "dewi", "roles": ["king"]},
        {"name": "D" * 10_000, "login": "dewi", "roles": ["examiner"]},
        {"name": "De\x00wi", "login": "dewi", "roles": ["examiner"]},
    ],
)
def test_a_wrong_officer_is_explained_and_what_was_typed_is_kept(
    client: Client, alice: Officer, typed: dict[str, object]
) -> None:
    log_in(client, "alice")
    answer = client.post(reverse("accounts:officer-add"), typed)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert Officer.objects.count() == 1
    if typed.get("login") == "alice":
        assert 'value="Dewi"' in body(answer)


def test_an_administrator_restores_access(client: Client, alice: Officer, bob: Officer) -> None:
    log_in(client, "alice")
    temporary = shown_password(client.post(address("officer-restore", bob)))
    bob.refresh_from_db()
    private = bob.open_private(temporary)
    with pytest.raises(keys.WrongKey):
        bob.open_organ(private)


def test_an_administrator_does_not_restore_or_revoke_himself(
    client: Client, alice: Officer, bob: Officer
) -> None:
    log_in(client, "alice")
    for name in ("officer-restore", "officer-revoke"):
        assert 'role="alert"' in body(client.post(address(name, alice)))
    alice.refresh_from_db()
    assert alice.check_password(PASSWORDS["alice"])


def test_an_administrator_revokes_and_the_list_says_when(
    client: Client, alice: Officer, bob: Officer
) -> None:
    log_in(client, "alice")
    assert client.get(address("officer-revoke", bob)).status_code == 200
    assert client.post(address("officer-revoke", bob))["Location"] == reverse("accounts:officers")
    bob.refresh_from_db()
    assert bob.revoked_on is not None
    assert 'role="alert"' in body(client.post(address("officer-revoke", bob)))


@pytest.mark.parametrize("name", ["login", *PAGES])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_pages_stand_in_both_languages_without_anything_inline(
    client: Client, alice: Officer, bob: Officer, name: str, prefix: str
) -> None:
    if name != "login":
        log_in(client, "alice")
    path = reverse("accounts:login") if name == "login" else address(name, bob)
    answer = client.get(prefix + path)
    text = body(answer)
    assert answer.status_code == 200
    assert f'<html lang="{"en" if prefix else "id"}">' in text
    inline = r"<script(?! src=\"/static/[a-z/]+\.js\" defer></script>)"
    assert not re.search(inline + r"|<style|\sstyle=|\son\w+=", text)
    assert len(re.findall(r"<h1[ >]", text)) == 1
    for field in re.findall(r'<input type="(?:text|password)"[^>]*>', text):
        found = re.search(r'id="([^"]+)"', field)
        assert found is not None
        assert f'for="{found[1]}"' in text


def shown_password(answer: object) -> str:
    found = re.search(r"<code>([^<]+)</code>", body(answer))
    assert found is not None
    return found[1]


def body(answer: object) -> str:
    assert isinstance(answer, HttpResponse)
    return answer.content.decode()
