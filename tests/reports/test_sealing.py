"""Padding hides lengths; a ciphertext opens only with its key and in its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timbang.accounts.keys import WrongKey
from timbang.reports import sealing

json_values = st.recursive(
    st.none() | st.booleans() | st.text(max_size=50),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=10,
)


@given(json_values)
def test_what_is_closed_opens_again(value: object) -> None:
    key = sealing.new_key()
    assert sealing.open_json(key, sealing.close_json(key, value, b"here"), b"here") == value


@given(st.binary(max_size=9000))
def test_bytes_come_back_from_either_padding(data: bytes) -> None:
    assert sealing.unpad(sealing.pad(data)) == data
    assert sealing.unpad(sealing.pad(data, file=True)) == data


@given(st.integers(0, 200_000))
def test_a_text_has_the_length_of_a_power_of_two_from_4_kb(length: int) -> None:
    padded = len(sealing.pad(bytes(length)))
    assert padded >= 4096
    assert padded.bit_count() == 1
    assert padded // 2 < length + 4 or padded == 4096


@given(st.integers(4097, 50_000_000))
def test_a_padded_file_is_at_most_an_eighth_longer(length: int) -> None:
    assert length <= sealing.file_bucket(length) <= length * 9 // 8 + 1


def test_files_of_nearly_the_same_size_are_stored_with_the_same_size() -> None:
    sizes = {sealing.file_bucket(size) for size in range(3_000_000, 3_010_000)}
    assert len(sizes) == 1


@pytest.mark.parametrize("change", ["key", "place", "byte"])
def test_another_key_place_or_byte_does_not_open(change: str) -> None:
    key, place = sealing.new_key(), b"here"
    sealed = sealing.close_json(key, "words", place)
    if change == "key":
        key = sealing.new_key()
    elif change == "place":
        place = b"there"
    else:
        sealed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    with pytest.raises(WrongKey):
        sealing.open_json(key, sealed, place)


def test_half_a_character_is_replaced_and_never_refused() -> None:
    key = sealing.new_key()
    sealed = sealing.close_json(key, "before \ud800 after", b"here")
    assert sealing.open_json(key, sealed, b"here") == "before ? after"
