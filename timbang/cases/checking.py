"""The code on a letter, and what it tells: that such a letter was made, and of which bytes.

Pure but for `found`. Five groups of five symbols, 125 random bits: it cannot be guessed, and it is
no receipt, which has groups of four. Whoever has it learns the office, the number and the day,
nothing of what the letter says; who shows the letter's own bytes learns that they are the same.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Final, Literal

from timbang.cases.models import IssuedLetter
from timbang.ledger.commitment import SALT_BYTES, commit
from timbang.ledger.models import Entry

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SYMBOLS: Final = 25
GROUP: Final = 5
PATH: Final = "verifikasi/"
_MEANT: Final = {"O": "0", "I": "1", "L": "1"}
Same = Literal["same", "begins", "other"]


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


@dataclass(frozen=True, slots=True)
class InLog:
    """What the ledger says of a letter. `committed`: its entry holds this digest and was not
    changed; `erased`: what the entry recorded was erased, so that only the leaf stays."""

    committed: bool
    erased: bool
    position: int | None


def in_log(row: IssuedLetter) -> InLog:
    """Whether the letter's digest stands in its ledger entry, and where that is in the log."""
    return InLog(_committed(row.entry, bytes(row.digest)), not row.entry.salt, row.entry.position)


def _committed(entry: Entry, digest: bytes) -> bool:
    if len(entry.salt) != SALT_BYTES:
        return False
    leaf = commit(bytes(entry.salt), act=entry.act, body=entry.body, on=entry.made_on)
    return leaf == bytes(entry.leaf) and entry.body.get("letter") == digest.hex()


def compare(row: IssuedLetter, data: bytes) -> Same:
    """Whether these bytes are the letter; `begins`: they are, and something was added after them,
    as an electronic signature is."""
    if hashlib.sha256(data[: row.size]).digest() != bytes(row.digest):
        return "other"
    return "same" if len(data) == row.size else "begins"
