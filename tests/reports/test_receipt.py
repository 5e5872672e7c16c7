"""The receipt: every common typing error is found, and nothing else is asked of the typist."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timbang.reports import receipt
from timbang.reports.receipt import ReceiptError

# Written out here, not taken from the room: the oracle must not call what it tests.
SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
secrets = st.integers(min_value=0, max_value=2**110 - 1).map(lambda n: n.to_bytes(14))


@given(secrets)
def test_a_receipt_that_is_shown_is_understood(secret: bytes) -> None:
    assert receipt.parse(receipt.show(secret)) == secret


@given(secrets)
def test_a_receipt_has_six_groups_of_four_symbols_that_say_the_secret(secret: bytes) -> None:
    shown = receipt.show(secret)
    assert [len(group) for group in shown.split("-")] == [4] * 6
    number = 0
    for symbol in shown.replace("-", "")[:22]:
        number = number * 32 + SYMBOLS.index(symbol)
    assert number == int.from_bytes(secret)


@given(secrets, st.integers(0, 23), st.integers(1, 31))
def test_any_single_wrong_symbol_is_refused(secret: bytes, place: int, change: int) -> None:
    symbols = list(receipt.show(secret).replace("-", ""))
    symbols[place] = SYMBOLS[(SYMBOLS.index(symbols[place]) + change) % 32]
    with pytest.raises(ReceiptError) as error:
        receipt.parse("".join(symbols))
    assert error.value.code == "checksum"


@given(secrets, st.integers(0, 22))
def test_any_swap_of_neighbours_is_refused(secret: bytes, place: int) -> None:
    symbols = list(receipt.show(secret).replace("-", ""))
    if symbols[place] == symbols[place + 1]:
        return
    symbols[place], symbols[place + 1] = symbols[place + 1], symbols[place]
    with pytest.raises(ReceiptError):
        receipt.parse("".join(symbols))


@given(secrets, st.integers(0, 23))
def test_a_missing_symbol_is_refused_with_the_number_that_came(secret: bytes, place: int) -> None:
    symbols = receipt.show(secret).replace("-", "")
    with pytest.raises(ReceiptError) as error:
        receipt.parse(symbols[:place] + symbols[place + 1 :])
    assert (error.value.code, error.value.detail) == ("length", "23")


@given(secrets, st.sampled_from([" ", "", " - ", "–", "\u00a0", ".", "\n", "\u200b"]))
def test_what_stands_between_the_groups_does_not_matter(secret: bytes, between: str) -> None:
    typed = receipt.show(secret).lower().replace("-", between)
    assert receipt.parse(f"  {typed} ") == secret


@given(secrets)
def test_letters_that_look_like_numbers_are_read_as_numbers(secret: bytes) -> None:
    shown = receipt.show(secret)
    for look_alike in (str.maketrans("01", "OI"), str.maketrans("01", "ol")):
        assert receipt.parse(shown.translate(look_alike)) == secret


def test_full_width_letters_are_read() -> None:
    secret = bytes([1] * 14)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in receipt.show(secret).replace("-", ""))
    assert receipt.parse(wide) == secret


@pytest.mark.parametrize(
    ("typed", "code"), [("", "empty"), (" - ", "empty"), ("U" * 24, "symbol"), ("a!é", "symbol")]
)
def test_what_is_no_receipt_is_named(typed: str, code: str) -> None:
    with pytest.raises(ReceiptError) as error:
        receipt.parse(typed)
    assert error.value.code == code


def test_one_draft_always_gives_the_same_receipt_and_another_draft_another() -> None:
    first, second = (bytes.fromhex(receipt.new_draft()) for _ in range(2))
    assert receipt.secret_of(first) == receipt.secret_of(first) != receipt.secret_of(second)


def test_locator_key_and_staging_values_never_coincide() -> None:
    draft = bytes(range(32))
    secret = receipt.secret_of(draft)
    values = {
        receipt.locator(secret), receipt.reporter_key(secret), receipt.locator(draft),
        receipt.staging_place(draft), receipt.staging_key(draft), draft, secret,
    }  # fmt: skip
    assert len(values) == 7


@pytest.mark.parametrize("text", ["", "00", "g" * 64, "é" * 64, "0" * 63, "0" * 65, " " * 64])
def test_a_damaged_draft_is_no_draft(text: str) -> None:
    assert receipt.read_draft(text) is None


def test_a_draft_is_read_as_it_was_made() -> None:
    text = receipt.new_draft()
    assert (receipt.read_draft(text) or b"").hex() == text
