"""Keys: what was sealed opens for its owner only, and not at all once a bit has changed."""

from __future__ import annotations

import nacl.public
import nacl.secret
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timbang.accounts import keys

CHEAP = keys.COSTS["test"]
texts = st.binary(max_size=300)
contexts = st.binary(max_size=40)


@given(texts)
def test_what_is_sealed_to_a_key_opens_with_its_private_half(data: bytes) -> None:
    pair = keys.new_keypair()
    assert keys.open_sealed(pair.private, keys.seal(pair.public, data)) == data


@given(texts)
def test_a_sealed_box_opens_in_any_libsodium(data: bytes) -> None:
    private = nacl.public.PrivateKey.generate()
    sealed = keys.seal(bytes(private.public_key), data)
    assert nacl.public.SealedBox(private).decrypt(sealed) == data


@given(texts)
def test_another_key_opens_no_sealed_box(data: bytes) -> None:
    sealed = keys.seal(keys.new_keypair().public, data)
    with pytest.raises(keys.WrongKey):
        keys.open_sealed(keys.new_keypair().private, sealed)


@given(texts, contexts)
def test_what_is_encrypted_opens_under_its_key_and_context(data: bytes, context: bytes) -> None:
    key = keys.new_key()
    sealed = keys.encrypt(key, data, context)
    assert keys.decrypt(key, sealed, context) == data
    assert nacl.secret.Aead(key).decrypt(sealed, context) == data
    assert len(sealed) == len(data) + 40


@given(texts, contexts, contexts)
def test_another_context_does_not_open(data: bytes, one: bytes, other: bytes) -> None:
    key = keys.new_key()
    sealed = keys.encrypt(key, data, one)
    if one != other:
        with pytest.raises(keys.WrongKey):
            keys.decrypt(key, sealed, other)


@given(texts, st.data())
def test_one_changed_bit_does_not_open(data: bytes, choose: st.DataObject) -> None:
    key = keys.new_key()
    sealed = bytearray(keys.encrypt(key, data, b"here"))
    bit = choose.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << (bit % 8)
    with pytest.raises(keys.WrongKey):
        keys.decrypt(key, bytes(sealed), b"here")


@given(st.binary(max_size=100))
def test_rubbish_is_a_wrong_key_and_nothing_else(rubbish: bytes) -> None:
    with pytest.raises(keys.WrongKey):
        keys.decrypt(keys.new_key(), rubbish, b"")
    with pytest.raises(keys.WrongKey):
        keys.open_sealed(keys.new_keypair().private, rubbish)
    with pytest.raises(keys.WrongKey):
        keys.unwrap_private("password", rubbish, context=b"")


@given(texts)
def test_the_same_data_never_encrypts_to_the_same_bytes(data: bytes) -> None:
    pair, key = keys.new_keypair(), keys.new_key()
    assert keys.encrypt(key, data, b"") != keys.encrypt(key, data, b"")
    assert keys.seal(pair.public, data) != keys.seal(pair.public, data)


@given(st.text(max_size=40), st.text(max_size=40))
def test_only_the_password_unwraps_a_private_key(password: str, other: str) -> None:
    private = keys.new_keypair().private
    wrapped = keys.wrap_private(password, private, context=b"me", cost=CHEAP)
    assert keys.unwrap_private(password, wrapped, context=b"me") == private
    with pytest.raises(keys.WrongKey):
        keys.unwrap_private(password, wrapped, context=b"you")
    if other != password:
        with pytest.raises(keys.WrongKey):
            keys.unwrap_private(other, wrapped, context=b"me")


@given(st.data())
def test_a_changed_wrapping_does_not_open_even_in_its_parameters(choose: st.DataObject) -> None:
    wrapped = bytearray(keys.wrap_private("p", b"k" * 32, context=b"", cost=CHEAP))
    # The high bytes of passes and memory would ask for a work that the limit refuses at once.
    at = choose.draw(st.integers(0, len(wrapped) - 1))
    wrapped[at] ^= choose.draw(st.integers(1, 255)) if at > 9 else 0x80
    with pytest.raises(keys.WrongKey):
        keys.unwrap_private("p", bytes(wrapped), context=b"")


def test_the_default_cost_is_the_low_memory_one_of_rfc_9106() -> None:
    wrapped = keys.wrap_private("p", b"k" * 32, context=b"")
    assert wrapped[0] == 1
    assert int.from_bytes(wrapped[1:5], "big") == 3
    assert int.from_bytes(wrapped[5:9], "big") == 65536
    assert wrapped[9] == 4


def test_what_was_wrapped_at_an_older_cost_still_opens() -> None:
    dear = keys.Cost(passes=2, memory=16, lanes=2)
    wrapped = keys.wrap_private("p", b"k" * 32, context=b"", cost=dear)
    assert keys.unwrap_private("p", wrapped, context=b"") == b"k" * 32


def test_a_private_key_is_not_printed() -> None:
    pair = keys.new_keypair()
    assert repr(pair.private) not in repr(pair)
    assert keys.public_of(pair.private) == pair.public


def test_a_short_key_is_refused_before_anything_is_encrypted() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        keys.encrypt(b"short", b"data", b"")
