"""Somebody walks off with the whole database and the secret key, while officers are at work."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from tests.accounts.conftest import PASSWORDS, log_in, organ_private
from timbang.accounts import keys, session
from timbang.accounts.models import Officer, OrganKeyShare, Unlock

pytestmark = pytest.mark.django_db


def everything() -> list[bytes]:
    """Every value that the database holds, sessions decoded, and the secret key."""
    found: list[object] = [str(settings.SECRET_KEY)]
    for model in apps.get_models():
        if model._meta.managed and model._meta.app_label in ("accounts", "ledger", "sessions"):
            found += itertools.chain.from_iterable(model._base_manager.values_list())
    for row in Session.objects.all():
        found += row.get_decoded().values()
    return [
        bytes(each) if isinstance(each, bytes | memoryview) else str(each).encode()
        for each in found
    ]


def as_keys(values: list[bytes]) -> Iterator[bytes]:
    """Everything of 32 bytes that could be read out of a value, at any place in it: as it stands,
    in hexadecimal, in base64."""
    for value in values:
        for raw in (value, _decoded(value), _from_hex(value)):
            yield from {raw[at : at + 32] for at in range(max(len(raw) - 31, 0))}


def _decoded(value: bytes) -> bytes:
    try:
        return base64.urlsafe_b64decode(value + b"=" * (-len(value) % 4))
    except ValueError:
        return b""


def _from_hex(value: bytes) -> bytes:
    try:
        return bytes.fromhex(value.decode())
    except ValueError:
        return b""


def opens(key: bytes) -> bool:
    """Whether this key opens anything from which the organ's key could be had."""
    for share in OrganKeyShare.objects.all():
        try:
            return bool(keys.open_sealed(key, share.sealed_key))
        except keys.WrongKey:
            pass
    for row in Unlock.objects.all():
        try:
            return bool(keys.decrypt(key, row.sealed_key, row.key_context))
        except keys.WrongKey:
            pass
    return False


def test_the_stolen_database_opens_no_organ_key(
    client: Client, alice: Officer, bob: Officer
) -> None:
    log_in(client, "alice")
    assert Unlock.objects.count() == 1
    values = everything()
    private = organ_private(alice)
    assert not any(private in value for value in values)
    candidates = set(as_keys(values))
    assert len(candidates) > 1000
    assert not any(opens(key) for key in candidates)
    assert not any(
        _unwraps(officer, value.decode(errors="replace"))
        for officer in (alice, bob)
        for value in set(values)
    )


def _unwraps(officer: Officer, password: str) -> bool:
    try:
        return bool(officer.open_private(password))
    except keys.WrongKey:
        return False


def test_the_same_search_finds_the_key_once_the_browser_is_stolen_as_well(
    client: Client, alice: Officer
) -> None:
    """The test above can fail: with the cookie, or a password, it would."""
    log_in(client, "alice")
    cookie = client.cookies[session.COOKIE + "/meja/"].value
    assert any(opens(key) for key in as_keys([cookie.encode()]))
    assert _unwraps(alice, PASSWORDS["alice"])


def test_a_share_moved_to_another_officer_opens_nothing(alice: Officer, charlie: Officer) -> None:
    share = OrganKeyShare.objects.get(officer=alice)
    OrganKeyShare.objects.filter(officer=charlie).update(sealed_key=share.sealed_key)
    with pytest.raises(keys.WrongKey):
        organ_private(charlie)


def test_a_wrapped_key_copied_to_another_officer_opens_nothing(
    alice: Officer, bob: Officer
) -> None:
    Officer.objects.filter(pk=bob.pk).update(wrapped_key=alice.wrapped_key)
    bob.refresh_from_db()
    with pytest.raises(keys.WrongKey):
        bob.open_private(PASSWORDS["alice"])


def test_an_exchanged_public_key_of_the_organ_is_noticed(alice: Officer) -> None:
    """Else reports would from then on be sealed to whoever changed the row."""
    alice.organ.public_key = keys.new_keypair().public
    alice.organ.save()
    alice.refresh_from_db()
    with pytest.raises(keys.WrongKey):
        organ_private(alice)
