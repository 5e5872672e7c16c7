"""The code on a letter, and what it tells: that such a letter was made, and of which bytes.

Pure but for `found`. Five groups of five symbols, 125 random bits: it cannot be guessed, and it is
no receipt, which has groups of four. Whoever has it learns the office, the number and the day,
nothing of what the letter says; who shows the letter's own bytes learns that they are the same.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

from timbang.cases.models import IssuedLetter
from timbang.ledger import documents

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SYMBOLS: Final = 25
GROUP: Final = 5
PATH: Final = "verifikasi/"
_MEANT: Final = {"O": "0", "I": "1", "L": "1"}


def new_code() -> str:
    """A fresh code, as it is printed."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(SYMBOLS))
    return "-".join(signs[at : at + GROUP] for at in range(0, SYMBOLS, GROUP))


def read_code(text: str) -> str | None:
    """The code as it is printed, however it was typed; None when it is no code of a letter."""
    bare = [_MEANT.get(sign, sign) for sign in text.upper() if sign not in " -\t\n\r"]
    if len(bare) != SYMBOLS or any(sign not in ALPHABET for sign in bare):
        return None
    signs = "".join(bare)
    return "-".join(signs[at : at + GROUP] for at in range(0, SYMBOLS, GROUP))


def hash_of(code: str) -> bytes:
    """What is kept of a code."""
    return hashlib.sha256(b"timbang/letter-code\0" + code.encode()).digest()


def address(host: str, code: str) -> str:
    """Where a letter with this code can be checked. `host`: "https://timbang.example"."""
    return f"{host.rstrip('/')}/{PATH}{code}/"


def found(code: str) -> IssuedLetter | None:
    """The letter that has this code."""
    rows = IssuedLetter.objects.select_related("organ", "entry")
    return rows.filter(code_hash=hash_of(code)).first()


def in_log(row: IssuedLetter) -> documents.InLog:
    """Whether the letter's digest stands in its ledger entry, and where that is in the log."""
    return documents.in_log(row.entry, "letter", bytes(row.digest))


def compare(row: IssuedLetter, data: bytes) -> documents.Same:
    """Whether these bytes are the letter, or begin with it."""
    return documents.compare(bytes(row.digest), row.size, data)
