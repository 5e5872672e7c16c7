"""The exhibits of a case as an officer reads them: each with its chain of custody, checked.

An organ sees who of its own officers did what. Of another organ it sees on which days the exhibit
was taken in and handed on; that others had it in hand there is counted, not told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from timbang.cases import custody, reading, vault
from timbang.cases.actions.custody import link_of
from timbang.cases.custody import Kept, Wrong
from timbang.cases.models import Case, CustodyAct, CustodyEntry, Exhibit
from timbang.cases.vault import Desk
from timbang.ledger.commitment import SALT_BYTES, commit
from timbang.ledger.models import Entry

# What every organ that has the exhibit may know of its way through another one.
SHOWN = (CustodyAct.RECEIVED, CustodyAct.HANDED_OVER, CustodyAct.REDACTED)


@dataclass(frozen=True)
class CustodyLine:
    """One link in words: by whom, and what was said about it, if it is this organ's own."""

    row: CustodyEntry
    officer: str
    words: str


@dataclass(frozen=True)
class Held:
    """An exhibit with its chain: what may be shown of it, what is wrong with it."""

    exhibit: reading.OpenedExhibit
    kept_at: str
    lines: tuple[CustodyLine, ...]
    hidden: int
    faults: tuple[Wrong, ...]
    redacted: tuple[Exhibit, ...]

    @property
    def sound(self) -> bool:
        """Whether the chain holds."""
        return not self.faults


def held(exhibit: Exhibit, desk: Desk) -> Held | None:
    """An exhibit with its chain of custody, or None when it was not given to this organ."""
    about = vault.open_about(exhibit, desk)
    if about is None:
        return None
    rows = _rows(exhibit)
    shown = [row for row in rows if row.organ_id == desk.organ.pk or row.act in SHOWN]
    given = Exhibit.objects.filter(source=exhibit, keys__organ=desk.organ)
    return Held(
        exhibit=reading.opened_exhibit(exhibit, about),
        kept_at=str(about.get("kept_at", "")),
        lines=tuple(_line(row, desk) for row in shown),
        hidden=len(rows) - len(shown),
        faults=faults_of(exhibit, rows),
        redacted=tuple(given),
    )


def held_of(case: Case, desk: Desk) -> list[Held]:
    """Every exhibit of a case that this organ may read, with its chain."""
    rows = Exhibit.objects.filter(case=case, keys__organ=desk.organ).distinct()
    return [found for row in rows if (found := held(row, desk)) is not None]


def _rows(exhibit: Exhibit) -> list[CustodyEntry]:
    rows = CustodyEntry.objects.filter(exhibit=exhibit).order_by("place")
    return list(rows.select_related("organ", "other_organ", "officer", "entry"))


def _line(row: CustodyEntry, desk: Desk) -> CustodyLine:
    own = row.organ_id == desk.organ.pk
    return CustodyLine(row, row.officer.name if own else "", vault.open_custody(row, desk))


def faults_of(exhibit: Exhibit, rows: Sequence[CustodyEntry]) -> tuple[Wrong, ...]:
    """What is wrong with the chain of an exhibit, against its bytes and against the ledger."""
    chain = [Kept(link_of(row), bytes(row.hash), in_the_log(row.entry)) for row in rows]
    return custody.faults(chain, bytes(exhibit.sealed))


def in_the_log(entry: Entry) -> str:
    """The hash of a link that its ledger entry names; empty if that was changed or erased."""
    if len(entry.salt) != SALT_BYTES:
        return ""
    leaf = commit(bytes(entry.salt), act=entry.act, body=entry.body, on=entry.made_on)
    told = entry.body.get("custody", "") if leaf == bytes(entry.leaf) else ""
    return str(told)


def unchanged(exhibit: reading.OpenedExhibit, data: bytes) -> bool:
    """Whether the opened bytes are those of which the digest was kept."""
    return hashlib.sha256(data).hexdigest() == exhibit.sha256


def part(case: Case, desk: Desk) -> dict[str, Any]:
    """What the case page shows of the evidence."""
    return {"evidence": held_of(case, desk)}
