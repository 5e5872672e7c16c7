"""How a report is closed: padded, then encrypted, so that neither words nor lengths can be read.

Each report has a key of its own. That key is kept twice: sealed to the organ's public key, and
encrypted under the key that only the receipt gives. Whoever holds the disk holds neither.
"""

from __future__ import annotations

import json
from typing import Any

from nacl.utils import random

from timbang.accounts import keys

KEY_BYTES = 32
SMALLEST = 4096
_LENGTH_BYTES = 4


def new_key() -> bytes:
    """A fresh key of 32 bytes."""
    return random(KEY_BYTES)


def bucket(length: int) -> int:
    """The size that a text of this many bytes is padded to: a power of two, at least 4 kB."""
    return max(SMALLEST, 1 << (length - 1).bit_length()) if length else SMALLEST


def file_bucket(length: int) -> int:
    """The size that a file is padded to: at most 12 % more (Padme, Nikitin et al., PETS 2019)."""
    if length <= SMALLEST:
        return SMALLEST
    exponent = length.bit_length() - 1
    step = 1 << (exponent - exponent.bit_length())
    return -(-length // step) * step


def pad(data: bytes, *, file: bool = False) -> bytes:
    """The data with its length in front and zeros behind, up to its bucket."""
    body = len(data).to_bytes(_LENGTH_BYTES) + data
    return body.ljust((file_bucket if file else bucket)(len(body)), b"\0")


def unpad(padded: bytes) -> bytes:
    """What `pad` was given."""
    length = int.from_bytes(padded[:_LENGTH_BYTES])
    return padded[_LENGTH_BYTES : _LENGTH_BYTES + length]


def close_json(key: bytes, value: Any, context: bytes) -> bytes:
    """A value as padded JSON under this key; `context` ties it to its place."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate is no text: it is replaced rather than refused.
    return keys.encrypt(key, pad(text.encode(errors="replace")), context)


def open_json(key: bytes, sealed: bytes, context: bytes) -> Any:
    """The value that `close_json` closed; raises keys.WrongKey."""
    return json.loads(unpad(keys.decrypt(key, sealed, context)))


def close_file(key: bytes, data: bytes, context: bytes) -> bytes:
    """The bytes of a file, padded, under this key."""
    return keys.encrypt(key, pad(data, file=True), context)


def open_file(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """The bytes of a file."""
    return unpad(keys.decrypt(key, sealed, context))
