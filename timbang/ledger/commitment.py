"""The leaf of an entry: a salted commitment of 32 bytes that tells nobody anything.

leaf = SHA-256(salt || canonical JSON), the salt being 32 random bytes. The JSON is that of RFC 8785
(JCS), reached by narrowing what may go in: keys in ASCII, whole numbers below 2**53, no floats.
Whoever holds the salt and the act can open the commitment; once the salt is erased, nobody can.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date

Value = str | int | bool | None

SALT_BYTES = 32
LONGEST_STRING = 200
_ACT = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,63}")


class BodyError(ValueError):
    """An act or body that the ledger does not take: codes, ids, whole numbers, true/false only."""


def commit(salt: bytes, *, act: str, body: Mapping[str, Value], on: date) -> bytes:
    """The leaf, 32 bytes. Raises BodyError for what must not go into the ledger."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return hashlib.sha256(salt + canonical(act=act, body=body, on=on)).digest()


def canonical(*, act: str, body: Mapping[str, Value], on: date) -> bytes:
    """{"act":...,"body":{...},"on":"YYYY-MM-DD"} as RFC 8785 writes it."""
    if len(act) > 64 or not _ACT.fullmatch(act):
        raise BodyError(f"act {act!r}: lower-case words joined by dots, at most 64 characters")
    for key, value in body.items():
        _check(key, value)
    content = {"act": act, "body": dict(body), "on": on.isoformat()}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def _check(key: object, value: object) -> None:
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise BodyError(f"key {key!r}: lower-case ASCII letters, digits and _ only")
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, str):
        _check_string(key, value)
    elif not isinstance(value, int):
        raise BodyError(f"{key}: {type(value).__name__} is not taken; only str, int, bool, None")
    elif abs(value) >= 2**53:
        raise BodyError(
            f"{key}: whole numbers are below 2**53, so that every reader agrees on them"
        )


def _check_string(key: str, value: str) -> None:
    if len(value) > LONGEST_STRING:
        raise BodyError(
            f"{key}: {len(value)} characters; at most {LONGEST_STRING}. Free text goes in as a "
            "salted digest that the caller makes"
        )
    if any(ord(letter) < 0x20 or 0xD800 <= ord(letter) <= 0xDFFF for letter in value):
        raise BodyError(f"{key}: control characters and lone surrogates are not taken")
