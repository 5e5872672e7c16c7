"""One way of writing each name, so that the many ways meet: "Tjahjo Koemolo" is "cahyo kumolo".

Three forms of a word: as written (small letters), the normal form (today's spelling, abbreviations
written out: a person can read it), and its sound (a key under which names that sound alike meet;
not for reading). Normal forms stand beside a name and never replace it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from timbang.registry.names.splitting import Split, split
from timbang.registry.names.tables import tables

_SOUNDS = (
    ("chr", "kr"),
    ("ph", "p"),
    ("kh", "h"),
    ("ch", "h"),
    ("sy", "s"),
    ("sh", "s"),
    ("ts", "s"),
    ("dz", "s"),
    ("dh", "d"),
    ("th", "t"),
    ("bh", "b"),
    ("gh", "g"),
    ("ck", "k"),
    ("x", "ks"),
    ("q", "k"),
    ("v", "p"),
    ("f", "p"),
    ("z", "s"),
    ("aw", "o"),
    ("au", "o"),
    ("ai", "e"),
    ("ay", "e"),
    ("ae", "e"),
    ("ei", "e"),
    ("ey", "e"),
    ("ie", "i"),
    ("y", "i"),
    ("j", "i"),
    ("u", "o"),
)
_FROM = dict(_SOUNDS)
_SOUND = re.compile("|".join(old for old, _ in _SOUNDS))
_TWICE = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Form:
    """One word of a name. `meanings` has more than one when an abbreviation is ambiguous."""

    written: str
    normal: str
    sound: str
    meanings: tuple[str, ...]

    @property
    def is_letter(self) -> bool:
        return len(self.written) == 1

    @property
    def is_short(self) -> bool:
        """An abbreviation of the tables (Moh., St.)."""
        return bool(self.meanings) and len(self.written) > 1


@lru_cache(maxsize=1 << 17)
def form(word: str) -> Form:
    """The three forms of a word: letters and digits only, in any case."""
    written = word.lower()
    today = respelt(written)
    meanings = tables().short.get(written) or tables().short.get(today, ())
    normal = meanings[0] if meanings and len(written) > 1 else today
    return Form(written, normal, sound(normal), meanings)


def respelt(written: str) -> str:
    """Today's spelling of one word in small letters: old letters first, then known variants."""
    known = tables()
    if written in known.variants:
        return known.variants[written]
    if written in known.kept or len(written) < 3:
        return written
    word, signs = written, 0
    for old, new in known.at_start:
        if word.startswith(old):
            word, signs = new + word[len(old) :], signs + 1
    for old, new in known.letters:
        if old in word:
            word, signs = word.replace(old, new.upper()), signs + 1
    if signs:
        for old, new in known.with_a_sign:
            word = word.replace(old, new)
    word = word.lower()
    return known.variants.get(word, word)


def sound(normal: str) -> str:
    """The key under which names that sound alike meet: no doubled letters, no last h, d as t."""
    key = _TWICE.sub(r"\1", _SOUND.sub(lambda found: _FROM[found[0]], normal))
    if len(key) > 3 and key.endswith("h"):
        key = key[:-1]
    if key.endswith("d"):
        key = key[:-1] + "t"
    return _TWICE.sub(r"\1", key)


def forms(parts: Split) -> tuple[Form, ...]:
    return tuple(form(word) for word in parts.core)


def normal(name: str) -> str:
    """A name without titles in its normal form, the words in the order in which they stand."""
    return " ".join(each.normal for each in forms(split(name)))
