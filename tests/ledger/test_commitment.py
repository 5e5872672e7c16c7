"""What goes into a leaf, and what does not."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timbang.ledger.commitment import BodyError, Value, canonical, commit
from timbang.ledger.texts import TextError, check_opening, write_opening

SALT = bytes(range(32))
DAY = date(2024, 2, 29)

keys = st.from_regex(r"[a-z][a-z0-9_]{0,10}", fullmatch=True)
strings = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="".join(map(chr, range(32)))),
    max_size=200,
)
values = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | strings
bodies = st.dictionaries(keys, values, max_size=6)


def rfc8785(value: object) -> str:
    """An own writer of canonical JSON for what may stand in a body."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    assert isinstance(value, dict)
    in_order = sorted(value, key=lambda key: key.encode("utf-16-be"))
    return "{" + ",".join(f"{rfc8785(key)}:{rfc8785(value[key])}" for key in in_order) + "}"


@given(bodies, st.dates())
def test_the_canonical_form_is_that_of_rfc_8785(body: dict[str, Value], on: date) -> None:
    expected = rfc8785({"on": on.isoformat(), "act": "case.opened", "body": body})
    assert canonical(act="case.opened", body=body, on=on) == expected.encode()


def test_a_leaf_is_the_hash_of_salt_and_canonical_json() -> None:
    leaf = commit(SALT, act="case.step", body={"to": "bkn", "again": False, "n": 2}, on=DAY)
    text = b'{"act":"case.step","body":{"again":false,"n":2,"to":"bkn"},"on":"2024-02-29"}'
    assert leaf == hashlib.sha256(SALT + text).digest()
    assert len(leaf) == 32


@given(bodies, bodies)
def test_two_bodies_never_share_a_leaf(one: dict[str, Value], two: dict[str, Value]) -> None:
    same = commit(SALT, act="a", body=one, on=DAY) == commit(SALT, act="a", body=two, on=DAY)
    # 1 == True in Python, not in JSON
    assert same == (repr(sorted(one.items())) == repr(sorted(two.items())))


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        float("nan"),
        [1],
        {"a": 1},
        b"x",
        "x" * 201,
        "a\nb",
        "\x00",
        "\ud800",
        2**53,
        date.today(),
    ],
)
def test_a_body_holds_codes_ids_and_whole_numbers_only(value: object) -> None:
    with pytest.raises(BodyError, match="value"):
        canonical(act="a", body={"value": value}, on=DAY)  # type: ignore[dict-item]


@pytest.mark.parametrize("key", ["", "Upper", "with space", "1st", "é", "a" * 65, 5])
def test_a_key_is_an_ascii_word(key: object) -> None:
    with pytest.raises(BodyError, match="key"):
        canonical(act="a", body={key: 1}, on=DAY)  # type: ignore[dict-item]


@pytest.mark.parametrize("act", ["", "Case", "case.", ".case", "case opened", "a" * 65])
def test_an_act_is_a_code(act: str) -> None:
    with pytest.raises(BodyError, match="act"):
        canonical(act=act, body={}, on=DAY)


def test_a_salt_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        commit(b"short", act="a", body={}, on=DAY)


@given(bodies, st.dates())
def test_an_opening_leads_to_its_leaf(body: dict[str, Value], on: date) -> None:
    text = write_opening(salt=SALT, act="case.step", body=body, on=on)
    assert check_opening(text) == commit(SALT, act="case.step", body=body, on=on)


@pytest.mark.parametrize(
    "change",
    [{"salt": "00"}, {"salt": 5}, {"act": 5}, {"body": [1]}, {"on": "yesterday"}, {"more": 1}],
)
def test_a_changed_opening_is_refused(change: dict[str, object]) -> None:
    content = json.loads(write_opening(salt=SALT, act="a", body={"x": 1}, on=DAY))
    with pytest.raises(TextError):
        check_opening(json.dumps(content | change))
