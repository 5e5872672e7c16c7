"""The receipt: the only way back to a report, and nothing else than that.

24 symbols of Crockford's base 32, in six groups of four: 110 random bits and 10 bits of checksum.
The surprising fact: the receipt is *derived* from the draft secret that the form carries, so that
a double click, or a retry after a crash, finds the same report and shows the same receipt again.

A secret of 110 bits cannot be searched through, so that no slow key derivation is needed; the
checksum finds a typing error before anything is looked up.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from hashlib import blake2b

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SYMBOLS = 24
BITS = 110
GROUP = 4
DRAFT_BYTES = 32
SECRET_BYTES = 14

# The largest prime below 32 * 32. A prime modulus catches each single wrong symbol, because the
# difference is smaller than it, and each swap of neighbours, because 31 and 33 do not divide it.
MODULUS = 1021

_DRAFT = re.compile(rf"[0-9a-f]{{{2 * DRAFT_BYTES}}}")
_VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}


class ReceiptError(ValueError):
    """These symbols are no receipt. `code`: empty, length, symbol or checksum; `detail`: which."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail


def new_draft() -> str:
    """A fresh draft secret, as the form carries it: 64 hexadecimal digits."""
    return secrets.token_hex(DRAFT_BYTES)


def read_draft(text: str) -> bytes | None:
    """The draft secret that a form brought back; None when it is missing or damaged."""
    return bytes.fromhex(text) if _DRAFT.fullmatch(text) else None


def secret_of(draft: bytes) -> bytes:
    """The receipt's secret (14 bytes, of which the first two bits are zero) of this draft."""
    digest = _derive(draft, b"receipt", size=SECRET_BYTES)
    return (int.from_bytes(digest) >> (8 * SECRET_BYTES - BITS)).to_bytes(SECRET_BYTES)


def show(secret: bytes) -> str:
    """The receipt as a person reads it: `7KQ2-...`, six groups of four."""
    value = int.from_bytes(secret)
    if len(secret) != SECRET_BYTES or value >> BITS:
        raise ValueError(f"a receipt's secret has {BITS} bits in {SECRET_BYTES} bytes")
    symbols = _encode(value, SYMBOLS - 2) + _encode(value % MODULUS, 2)
    return "-".join(symbols[i : i + GROUP] for i in range(0, SYMBOLS, GROUP))


def parse(text: str) -> bytes:
    """The secret of a receipt as typed: case, spaces and hyphens do not matter, O is 0, I, L are 1.

    Raises ReceiptError before any work is done with it.
    """
    values = [_value(symbol) for symbol in _bare(text)]
    if not values:
        raise ReceiptError("empty")
    if len(values) != SYMBOLS:
        raise ReceiptError("length", str(len(values)))
    value, checksum = _decode(values[:-2]), _decode(values[-2:])
    if value % MODULUS != checksum:
        raise ReceiptError("checksum")
    return value.to_bytes(SECRET_BYTES)


def locator(secret: bytes) -> bytes:
    """Where the report is found; it opens nothing."""
    return _derive(secret, b"locator")


def reporter_key(secret: bytes) -> bytes:
    """The reporter's own key to the report's key."""
    return _derive(secret, b"reporter")


def staging_place(draft: bytes) -> bytes:
    """Under which value the files of an unsent draft are found; it opens nothing."""
    return _derive(draft, b"stage")


def staging_key(draft: bytes) -> bytes:
    """The key of the files of an unsent draft."""
    return _derive(draft, b"stage-key")


def _derive(secret: bytes, purpose: bytes, *, size: int = 32) -> bytes:
    return blake2b(secret, digest_size=size, person=b"timbang", salt=purpose).digest()


def _bare(text: str) -> str:
    """Without what people and messengers put between symbols; full-width letters made plain."""
    plain = unicodedata.normalize("NFKC", text[:400]).upper()
    return "".join(symbol for symbol in plain if unicodedata.category(symbol)[0] not in "ZPCM")


def _value(symbol: str) -> int:
    try:
        return _VALUES[symbol]
    except KeyError:
        raise ReceiptError("symbol", symbol) from None


def _encode(value: int, length: int) -> str:
    return "".join(ALPHABET[(value >> (5 * place)) & 31] for place in reversed(range(length)))


def _decode(values: list[int]) -> int:
    number = 0
    for value in values:
        number = number * 32 + value
    return number
