"""Keys of other systems: an administrator makes them on a page, the operator at the console."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from tests.accounts.conftest import AT, log_in, make_officer, make_organ
from timbang.accounts import api_keys, webhooks
from timbang.accounts.commands import api_key
from timbang.accounts.models import ApiKey, Organ
from timbang.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def organ(db: None) -> Organ:
    made = make_organ()
    make_officer(made, "alice", "administrator", "receiver")
    made.refresh_from_db()
    return made


def test_an_administrator_makes_a_key_that_is_shown_once(organ: Organ, client: Client) -> None:
    log_in(client, "alice")
    form = {"name": "SBT", "scopes": ["report:file", "status:read"]}
    shown = client.post(reverse("accounts:systems"), form).content.decode()
    key = ApiKey.objects.get()
    token = shown.split("<code>")[1].split("</code>")[0]
    caller = api_keys.caller_of(token)
    assert caller is not None
    assert (caller.key, caller.key.made_by and caller.key.made_by.login) == (key, "alice")
    listed = client.get(reverse("accounts:systems")).content.decode()
    assert token not in listed
    assert f"tbk_{key.label}" in listed
    entry = Entry.objects.get(act="api_key.made")
    assert entry.body["scopes"] == "report:file,status:read"
    assert token not in json.dumps(entry.body)


def test_a_key_without_name_or_scope_is_not_made(organ: Organ, client: Client) -> None:
    log_in(client, "alice")
    for form in ({}, {"name": "SBT"}, {"name": "", "scopes": ["report:file"]}, {"scopes": ["x"]}):
        assert client.post(reverse("accounts:systems"), form).status_code == 200
    assert not ApiKey.objects.exists()


def test_a_key_is_revoked_with_its_addresses(organ: Organ, client: Client) -> None:
    key, token = api_keys.make_key(
        organ=organ, name="SBT", scopes=["webhook:manage"], by=None, at=AT
    )
    webhooks.add(key=key, url="https://a.example/in", at=AT)
    log_in(client, "alice")
    assert "https://a.example/in" in client.get(reverse("accounts:systems")).content.decode()
    assert client.post(reverse("accounts:systems"), {"revoke": str(key.pk)}).status_code == 302
    assert api_keys.caller_of(token) is None
    again = client.post(reverse("accounts:systems"), {"revoke": str(key.pk)})
    assert 'role="alert"' in again.content.decode()


def test_the_keys_of_others_do_not_exist(organ: Organ, client: Client) -> None:
    other = make_organ("bawaslu-33")
    make_officer(other, "charlie", "administrator", "receiver")
    key, _token = api_keys.make_key(organ=organ, name="SBT", scopes=["report:file"], by=None, at=AT)
    log_in(client, "charlie")
    assert "SBT" not in client.get(reverse("accounts:systems")).content.decode()
    for number in (str(key.pk), "x"):
        answer = client.post(reverse("accounts:systems"), {"revoke": number})
        assert answer.status_code == 404
    key.refresh_from_db()
    assert key.revoked_on is None


def test_the_operator_makes_lists_and_revokes_keys(organ: Organ) -> None:
    run = CliRunner()
    made = run.invoke(
        api_key, ["add", "--organ", organ.code, "--name", "SBT", "--scope", "report:file"]
    )
    assert made.exit_code == 0, made.output
    token = made.stdout.strip().split("\n")[-1]
    assert api_keys.caller_of(token) is not None
    rows = json.loads(run.invoke(api_key, ["list", "--json"]).stdout)
    assert rows[0]["scopes"] == "report:file"
    assert token not in json.dumps(rows)
    label = rows[0]["label"]
    assert run.invoke(api_key, ["revoke", label]).exit_code == 0
    assert api_keys.caller_of(token) is None
    again = run.invoke(api_key, ["revoke", label])
    assert again.exit_code == 1
    assert "already revoked" in again.output
    assert "revoked" in run.invoke(api_key, ["list"]).stdout
    assert run.invoke(api_key, ["revoke", "none"]).exit_code == 1
