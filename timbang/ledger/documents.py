"""A document whose digest stands in an entry of the log: whether these bytes are it, and where.

Pure but for what the caller fetched. Whoever holds a document learns that it is the one that was
made, and nothing of what it says.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from timbang.ledger.commitment import SALT_BYTES, commit
from timbang.ledger.models import Entry

Same = Literal["same", "begins", "other"]


@dataclass(frozen=True, slots=True)
class InLog:
    """What the ledger says of a document. `committed`: its entry holds this digest and was not
    changed; `erased`: what the entry recorded was erased, so that only the leaf stays."""

    committed: bool
    erased: bool
    position: int | None


def in_log(entry: Entry, name: str, digest: bytes) -> InLog:
    """Whether this digest stands in the entry under this name, and where that is in the log."""
    return InLog(_committed(entry, name, digest), not entry.salt, entry.position)


def _committed(entry: Entry, name: str, digest: bytes) -> bool:
    if len(entry.salt) != SALT_BYTES:
        return False
    leaf = commit(bytes(entry.salt), act=entry.act, body=entry.body, on=entry.made_on)
    return leaf == bytes(entry.leaf) and entry.body.get(name) == digest.hex()


def compare(digest: bytes, size: int, data: bytes) -> Same:
    """Whether these bytes are the document; `begins`: they are, and something was added after
    them, as an electronic signature is."""
    if hashlib.sha256(data[:size]).digest() != digest:
        return "other"
    return "same" if len(data) == size else "begins"
