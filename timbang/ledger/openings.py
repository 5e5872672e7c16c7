"""Which entries of the log can still be opened here: the one thing that its files cannot say.

An erased entry keeps its leaf, so that the log verifies as before; its salt and its words are gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from timbang.ledger.commitment import SALT_BYTES, BodyError, commit
from timbang.ledger.models import LOST, Entry


@dataclass(frozen=True, slots=True)
class Openings:
    """How many entries can be opened, and the positions of those that cannot.

    `erased`: by an act of erasure. `lost`: with a database that was restored. `wrong`: the row no
    longer leads to its leaf.
    """

    held: int
    erased: tuple[int, ...]
    lost: tuple[int, ...]
    wrong: tuple[int, ...]

    def as_json(self) -> dict[str, object]:
        """Positions as runs [first, last]."""
        return {
            "held": self.held,
            "erased": [list(run) for run in runs(self.erased)],
            "lost": [list(run) for run in runs(self.lost)],
            "wrong": [list(run) for run in runs(self.wrong)],
        }


def openings(size: int) -> Openings:
    """Look at every entry below this position, one by one."""
    held = 0
    found: dict[str, list[int]] = {"erased": [], "lost": [], "wrong": []}
    for entry in Entry.objects.between(0, size).iterator(5_000):
        what = _state(entry)
        if what == "held":
            held += 1
        else:
            found[what].append(entry.position or 0)
    return Openings(held, *(tuple(found[name]) for name in ("erased", "lost", "wrong")))


def _state(entry: Entry) -> str:
    if entry.act == LOST:
        return "lost"
    if len(entry.salt) != SALT_BYTES:
        return "erased"
    try:
        leaf = commit(bytes(entry.salt), act=entry.act, body=entry.body, on=entry.made_on)
    except BodyError:
        return "wrong"
    return "held" if leaf == bytes(entry.leaf) else "wrong"


def runs(positions: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Rising positions as runs, both ends included."""
    first = last = None
    for position in positions:
        if last is not None and position == last + 1:
            last = position
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = position
    if first is not None and last is not None:
        yield first, last


def listed(positions: Iterable[int], most: int = 20) -> str:
    """Runs in words: 3-7, 12; cut short when there are many."""
    shown = [f"{first}" if first == last else f"{first}-{last}" for first, last in runs(positions)]
    more = f" and {len(shown) - most} more runs" if len(shown) > most else ""
    return ", ".join(shown[:most]) + more
