"""Codes that count once, against an oracle written from RFC 6238 and its own examples."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timbang.accounts import one_time

# RFC 6238, appendix B: SHA-1, eight digits; the last six are what apps show.
RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
RFC = {59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924",
       2000000000: "279037", 20000000000: "353130"}  # fmt: skip
SECRETS = st.binary(min_size=20, max_size=20)
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)


def oracle(secret: bytes, step: int) -> str:
    digest = hmac.digest(secret, struct.pack(">Q", step), hashlib.sha1)
    at = digest[-1] & 15
    number = struct.unpack(">I", digest[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


@pytest.mark.parametrize(("second", "code"), RFC.items())
def test_the_examples_of_the_rfc(second: int, code: str) -> None:
    at = datetime.fromtimestamp(second, UTC)
    assert one_time.step_of(code, RFC_SECRET, at=at, after=-1) == second // 30


@given(SECRETS, INSTANTS, st.integers(-5, 5))
def test_a_clock_may_be_half_a_minute_off_and_no_more(
    secret: bytes, at: datetime, skew: int
) -> None:
    here = int(at.timestamp()) // 30
    near = {oracle(secret, here + each) for each in (-1, 0, 1)}
    code = oracle(secret, here + skew)
    found = one_time.step_of(code, base64.b32encode(secret).decode(), at=at, after=-1)
    assert (found is not None) == (code in near)


@given(SECRETS, INSTANTS)
def test_a_code_that_was_taken_is_never_taken_again(secret: bytes, at: datetime) -> None:
    shared = base64.b32encode(secret).decode()
    here = int(at.timestamp()) // 30
    codes = [oracle(secret, here + each) for each in (-1, 0, 1)]
    if len(set(codes)) < 3:
        return
    for later in range(4):
        moment = at + timedelta(seconds=30 * later)
        assert one_time.step_of(codes[1], shared, at=moment, after=here) is None
        assert one_time.step_of(codes[0], shared, at=moment, after=here) is None


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "\x00" * 6])
def test_whatever_is_typed_is_no_code(typed: str) -> None:
    at = datetime.fromtimestamp(59, UTC)
    assert one_time.step_of(typed, RFC_SECRET, at=at, after=-1) is None


def test_a_code_may_be_typed_in_groups() -> None:
    at = datetime.fromtimestamp(59, UTC)
    assert one_time.step_of(" 287 082 ", RFC_SECRET, at=at, after=-1) == 1


def test_a_code_on_paper_forgives_how_it_is_written_and_belongs_to_one_officer() -> None:
    code, officer = one_time.new_paper_code(), uuid4()
    kept = one_time.paper_digest(code, officer)
    assert one_time.paper_digest(code.upper().replace("-", " "), officer) == kept
    assert one_time.paper_digest(code, uuid4()) != kept
    assert len(code.replace("-", "")) == 16
    assert code != one_time.new_paper_code()
