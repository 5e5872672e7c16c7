"""How one word of a name can become another: the same, an old spelling, a slip, an initial.

The same few kinds serve the comparison of two names, which says them in words, and the search,
which weighs them: `LOGS` has the natural logarithm of how often a bearer's word is written that
way. They were set on invented people of one seed (bench/people.py) and measured on others.
"""

from __future__ import annotations

from enum import Enum
from math import log
from typing import Final

from rapidfuzz.distance import OSA

from timbang.registry.names.normal import Form


class Kind(Enum):
    """What joins two words, the closest first."""

    SAME = "same"
    SPELLING = "spelling"
    SHORT = "short"
    SOUND = "sound"
    INITIAL = "initial"
    LETTER = "letter"
    LETTERS = "letters"
    CUT = "cut"
    JOINED = "joined"


LOGS: Final[dict[Kind, float]] = {
    Kind.SAME: log(0.75),
    Kind.SPELLING: log(0.03),
    Kind.SHORT: log(0.02),
    Kind.SOUND: log(0.006),
    Kind.INITIAL: log(0.04),
    Kind.LETTER: log(0.06),
    Kind.LETTERS: log(0.008),
    Kind.CUT: log(0.0005),
    Kind.JOINED: log(0.02),
}
"""`LETTER` and `LETTERS` are shared out among all slips of the word: see `slip`."""

WORTH: Final[dict[Kind, float]] = {
    Kind.SAME: 1.0,
    Kind.SPELLING: 0.99,
    Kind.JOINED: 0.98,
    Kind.SHORT: 0.96,
    Kind.SOUND: 0.93,
    Kind.INITIAL: 0.8,
    Kind.LETTER: 0.75,
    Kind.CUT: 0.6,
    Kind.LETTERS: 0.45,
}
"""How alike two words look, from 0 to 1: for the figure that a comparison shows."""

SHORTEST_WITH_SLIP: Final = 3
SHORTEST_WITH_TWO: Final = 6
SHORTEST_CUT: Final = 3


def slip(kind: Kind, length: int) -> float:
    """The logarithm for one certain slip in a word of so many letters."""
    ways = log(10 * max(length, 3))
    return LOGS[kind] - (ways if kind is Kind.LETTER else 1.7 * ways)


def kind_of(a: Form, b: Form) -> Kind | None:
    """What joins two words; None when nothing does. The order of the two does not matter."""
    if a.written == b.written:
        return Kind.SAME
    if _shortened(a, b) or _shortened(b, a):
        return Kind.SHORT
    if a.is_letter or b.is_letter:
        return Kind.INITIAL if a.written[0] == b.written[0] else None
    if a.normal == b.normal:
        return Kind.SPELLING
    if a.sound == b.sound:
        return Kind.SOUND
    return _slipped(a, b)


def _shortened(a: Form, b: Form) -> bool:
    return bool(a.meanings) and (
        b.normal in a.meanings or not set(a.meanings).isdisjoint(b.meanings)
    )


def _slipped(a: Form, b: Form) -> Kind | None:
    shorter = min(len(a.normal), len(b.normal))
    if shorter < SHORTEST_WITH_SLIP:
        return None
    apart = OSA.distance(a.normal, b.normal, score_cutoff=2)
    if apart == 1:
        return Kind.LETTER
    if shorter >= SHORTEST_WITH_TWO and apart == 2:
        return Kind.LETTERS
    if OSA.distance(a.sound, b.sound, score_cutoff=1) == 1:
        return Kind.LETTERS
    if a.normal.startswith(b.normal) or b.normal.startswith(a.normal):
        return Kind.CUT
    return None
