"""What changed between two versions of a written part, word by word.

Pure. A line that stayed is not looked into. In long passages words that recur again and again tie
nothing together (`SequenceMatcher.autojunk`): so a comparison stays readable, and quick whatever
was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final, Literal

from timbang.law import policy
from timbang.law.bilingual import Bilingual
from timbang.policy.parts import Field, Kind

Change = Literal["same", "added", "removed"]
_WORDS: Final = re.compile(r"\s+|[^\s]+")
TICKED: Final = Bilingual("ya", "yes")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, came or went."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A field in both versions; `row` is the place of its row, 0 where there are none."""

    label: Bilingual
    row: int
    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        return any(piece.change != "same" for piece in self.pieces)


def compared(kind: Kind, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Compared]:
    """Every field of a part, with what changed in it."""
    found = [_field(field, 0, old, new) for field in kind.fields]
    for place, (before, after) in enumerate(_rows(kind, old, new), 1):
        found += [_field(field, place, before, after) for field in kind.row]
    return [each for each in found if each.pieces]


def _field(field: Field, row: int, old: Mapping[str, Any], new: Mapping[str, Any]) -> Compared:
    pieces = between(said(field, old.get(field.code)), said(field, new.get(field.code)))
    return Compared(field.label, row, tuple(pieces))


def said(field: Field, value: Any) -> str:
    """A value of a field as plain text."""
    if value in ("", None, False):
        return ""
    if field.asked == "tick":
        return str(TICKED)
    if field.asked == "grade":
        return str(policy.GRADES.get(value, value))
    if field.asked == "ground":
        return str(policy.GROUNDS[value].title) if value in policy.GROUNDS else str(value)
    return f"{value:,}".replace(",", ".") if field.asked == "money" else str(value)


def _rows(
    kind: Kind, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Rows of both versions that belong together; one that came or went stands alone."""
    before, after = old.get("rows", []), new.get("rows", [])
    one, other = ([_whole(kind, row) for row in rows] for rows in (before, after))
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for _tag, start, end, first, last in matcher.get_opcodes():
        for step in range(max(end - start, last - first)):
            yield (
                before[start + step] if start + step < end else {},
                after[first + step] if first + step < last else {},
            )


def _whole(kind: Kind, row: Mapping[str, Any]) -> str:
    return "\n".join(said(field, row.get(field.code)) for field in kind.row)


def between(old: str, new: str) -> list[Piece]:
    """What stayed, came and went from one text to the other."""
    found: list[Piece] = []
    one, other = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for tag, start, end, first, last in SequenceMatcher(None, one, other).get_opcodes():
        before, after = "".join(one[start:end]), "".join(other[first:last])
        if tag == "equal":
            found.append(Piece("same", before))
        else:
            found += _words(before, after)
    return found


def _words(old: str, new: str) -> Iterator[Piece]:
    one, other = _WORDS.findall(old), _WORDS.findall(new)
    for tag, start, end, first, last in SequenceMatcher(None, one, other).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(one[start:end]))
        else:
            yield from _gone_and_come(one[start:end], other[first:last])


def _gone_and_come(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    if old:
        yield Piece("removed", "".join(old))
    if new:
        yield Piece("added", "".join(new))
