"""The chain of custody of one exhibit: what each link commits to, and what is wrong with a chain.

Each link holds the hash of the one before it, of the sealed bytes of the exhibit, and of what was
said, sealed. So nobody with the database can take a link out, put one in between, change who or
when, or exchange the evidence, without every later hash being wrong; and since each hash stands in
a ledger entry, he cannot write the whole chain anew either. Pure: no rows, no keys.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

BEGINNING = b"\0" * 32

Fault = Literal["place", "hash", "content", "entry", "empty"]


@dataclass(frozen=True, slots=True)
class Link:
    """What was done with an exhibit, as its hash commits to it: codes, ids and days as text."""

    exhibit: str
    place: int
    act: str
    organ: str
    officer: str
    other_organ: str
    done_on: str
    recorded_on: str
    # SHA-256 of the sealed words and of the sealed bytes of the exhibit, in hex
    words: str
    content: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A link as it is stored: with its hash, and the hash that its ledger entry names."""

    link: Link
    hash: bytes
    in_the_log: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong, and at which place of the chain."""

    place: int
    fault: Fault


def digest(link: Link, before: bytes) -> bytes:
    """The hash of a link that follows one with the hash `before` (`BEGINNING` for the first)."""
    text = json.dumps(asdict(link), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(b"timbang/custody\0" + before + text.encode()).digest()


def content_of(sealed: bytes) -> str:
    """What a link says of the sealed bytes of its exhibit."""
    return hashlib.sha256(sealed).hexdigest()


def faults(chain: Sequence[Kept], sealed: bytes) -> tuple[Wrong, ...]:
    """What is wrong with a chain, whose exhibit is stored as these bytes; nothing, as a rule."""
    return tuple(_faults(chain, content_of(sealed))) if chain else (Wrong(1, "empty"),)


def _faults(chain: Sequence[Kept], content: str) -> Iterator[Wrong]:
    before = BEGINNING
    for place, kept in enumerate(chain, start=1):
        if kept.link.place != place:
            yield Wrong(place, "place")
        if kept.hash != digest(kept.link, before):
            yield Wrong(place, "hash")
        if kept.in_the_log != kept.hash.hex():
            yield Wrong(place, "entry")
        if kept.link.content != content:
            yield Wrong(place, "content")
        before = kept.hash
