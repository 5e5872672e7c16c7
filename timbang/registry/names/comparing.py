"""Compares two names and says why in words.

A comparison is about names, never about people: two people may bear one name, and one person may be
written in two ways. So there is no verdict "the same person" here; that needs a register, the
number of homonyms and what else is known (`searching`, `linking`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from timbang.law.bilingual import Bilingual
from timbang.registry.names.kinship import WORTH, Kind, kind_of
from timbang.registry.names.normal import Form, form, forms
from timbang.registry.names.splitting import Split, split
from timbang.registry.names.tables import tables


class Verdict(Enum):
    """What can be said of two names."""

    SAME = "same"
    ALIKE = "alike"
    POSSIBLE = "possible"
    DIFFERENT = "different"

    @property
    def words(self) -> Bilingual:
        return _VERDICTS[self]


_VERDICTS: Final = {
    Verdict.SAME: Bilingual("Nama yang sama", "The same name"),
    Verdict.ALIKE: Bilingual("Nama yang sama, ditulis lain", "The same name, written differently"),
    Verdict.POSSIBLE: Bilingual("Mungkin nama yang sama", "Possibly the same name"),
    Verdict.DIFFERENT: Bilingual("Nama yang berbeda", "Different names"),
}
_ALIKE_FROM, _POSSIBLE_FROM = 0.9, 0.6

_REASONS: Final = {
    Kind.SPELLING: Bilingual(
        "{a} dan {b}: ejaan lain dari nama yang sama ({normal})",
        "{a} and {b}: two spellings of one name ({normal})",
    ),
    Kind.SHORT: Bilingual(
        "{a} dan {b}: yang satu singkatan yang lain", "{a} and {b}: one shortens the other"
    ),
    Kind.SOUND: Bilingual("{a} dan {b} berbunyi hampir sama", "{a} and {b} sound almost the same"),
    Kind.INITIAL: Bilingual(
        "{a} dan {b}: hanya huruf pertama yang ditulis",
        "{a} and {b}: only the first letter is written",
    ),
    Kind.LETTER: Bilingual(
        "{a} dan {b} berbeda satu huruf: dapat salah ketik, dapat nama lain",
        "{a} and {b} differ in one letter: a slip, or another name",
    ),
    Kind.LETTERS: Bilingual("{a} dan {b} berbeda dua huruf", "{a} and {b} differ in two letters"),
    Kind.CUT: Bilingual("{a} dan {b}: yang satu terpotong", "{a} and {b}: one is cut short"),
    Kind.JOINED: Bilingual(
        "{a} dan {b}: ditulis sambung atau pisah", "{a} and {b}: written joined or apart"
    ),
}
_ORDER = Bilingual("Urutan kata berbeda", "The words stand in another order")
_LEFT = Bilingual("{words} hanya ada pada {name}", "{words} stands only in {name}")
_ELEMENT = Bilingual(
    "{words} hanya ada pada {name}; bagian ini sering tidak ditulis",
    "{words} stands only in {name}; lists often leave it out",
)
_AMBIGUOUS = Bilingual("{word} dapat berarti {meanings}", "{word} may stand for {meanings}")
_FATHERS = Bilingual("Nama ayah berbeda: {a} dan {b}", "The fathers' names differ: {a} and {b}")
_SINGLE = Bilingual(
    "Nama satu kata: banyak orang dapat memakainya",
    "A name of one word: many people may bear it",
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Words of the first name (`a`, by place) that answer words of the second (`b`), and how."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    kind: Kind


@dataclass(frozen=True, slots=True)
class Comparison:
    """`likeness` is 0 to 1 and describes the writing; it is no probability about people."""

    first: Split
    second: Split
    verdict: Verdict
    likeness: float
    pairs: tuple[Pair, ...]
    reasons: tuple[Bilingual, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "first": self.first.name,
            "second": self.second.name,
            "verdict": self.verdict.value,
            "likeness": round(self.likeness, 4),
            "reasons": [reason.as_json() for reason in self.reasons],
        }


def compare(first: str, second: str) -> Comparison:
    """Compare two names as written. Raises `UnreadableName` when one of them is no name."""
    return compare_split(split(first), split(second))


def compare_split(first: Split, second: Split) -> Comparison:
    a, b = forms(first), forms(second)
    pairs = align(a, b)
    likeness = _likeness(a, b, pairs)
    return Comparison(
        first, second, _verdict(a, b, pairs, likeness), likeness, pairs,
        tuple(_reasons(first, second, a, b, pairs)),
    )  # fmt: skip


def align(a: Sequence[Form], b: Sequence[Form]) -> tuple[Pair, ...]:
    """The words that answer each other, each at most once; the closest kinds are paired first."""
    found = sorted(_candidates(a, b), key=lambda item: item[0])
    used_a: set[int] = set()
    used_b: set[int] = set()
    taken = []
    for _, pair in found:
        if used_a.isdisjoint(pair.a) and used_b.isdisjoint(pair.b):
            used_a |= set(pair.a)
            used_b |= set(pair.b)
            taken.append(pair)
    return tuple(sorted(taken, key=lambda pair: pair.a))


def _candidates(
    a: Sequence[Form], b: Sequence[Form]
) -> Iterator[tuple[tuple[float, int, int], Pair]]:
    for i, left in enumerate(a):
        for j, right in enumerate(b):
            kind = kind_of(left, right)
            if kind is not None:
                length = max(len(left.written), len(right.written))
                yield _rank(kind, i, j, length), Pair((i,), (j,), kind)
    for i, j in _joined(a, b):
        yield _rank(Kind.JOINED, i, j, 5), Pair((i, i + 1), (j,), Kind.JOINED)
    for j, i in _joined(b, a):
        yield _rank(Kind.JOINED, i, j, 5), Pair((i,), (j, j + 1), Kind.JOINED)


def _rank(kind: Kind, i: int, j: int, length: int) -> tuple[float, int, int]:
    """A long word that is the same binds before a short one; then places nearer each other, and
    nearer to the beginning, come first. It is the same whichever of the two names stands first."""
    return -WORTH[kind] - 0.001 * min(length, 9), abs(i - j), i + j


def _joined(a: Sequence[Form], b: Sequence[Form]) -> Iterator[tuple[int, int]]:
    """Places i, j where the words i and i+1 of `a`, written as one, are the word j of `b`."""
    for i in range(len(a) - 1):
        together = form(a[i].written + a[i + 1].written)
        for j, other in enumerate(b):
            if len(other.written) > 3 and kind_of(together, other) in (
                Kind.SAME, Kind.SPELLING, Kind.SOUND
            ):  # fmt: skip
                yield i, j


def _weight(word: Form) -> float:
    if word.is_letter:
        return 0.5
    if word.normal in tables().elements:
        return 0.7
    return min(len(word.normal), 8) / 5


def _likeness(a: Sequence[Form], b: Sequence[Form], pairs: Sequence[Pair]) -> float:
    """Twice what is common to both over what both have; words often left out weigh little alone."""
    common = sum(
        WORTH[pair.kind]
        * max(sum(_weight(a[i]) for i in pair.a), sum(_weight(b[j]) for j in pair.b))
        for pair in pairs
    )
    whole = sum(
        max(sum(_weight(a[i]) for i in pair.a), sum(_weight(b[j]) for j in pair.b))
        for pair in pairs
    )
    alone = sum(
        _weight(word) * (0.15 if word.normal in tables().elements else 0.5)
        for word in (*_left(a, [i for pair in pairs for i in pair.a]),
                     *_left(b, [j for pair in pairs for j in pair.b]))
    )  # fmt: skip
    return common / (whole + alone) if whole + alone else 0.0


def _left(words: Sequence[Form], used: Sequence[int]) -> list[Form]:
    return [word for place, word in enumerate(words) if place not in used]


def _verdict(
    a: Sequence[Form], b: Sequence[Form], pairs: Sequence[Pair], likeness: float
) -> Verdict:
    whole = sum(len(pair.a) for pair in pairs) == len(a) and sum(
        len(pair.b) for pair in pairs
    ) == len(b)
    kinds = {pair.kind for pair in pairs}
    if whole and kinds == {Kind.SAME} and _in_order(pairs):
        return Verdict.SAME
    if not kinds - {Kind.INITIAL}:
        return Verdict.DIFFERENT
    doubtful = kinds & {Kind.LETTER, Kind.LETTERS, Kind.CUT, Kind.INITIAL}
    if likeness >= _ALIKE_FROM and not doubtful:
        return Verdict.ALIKE
    return Verdict.POSSIBLE if likeness >= _POSSIBLE_FROM else Verdict.DIFFERENT


def _in_order(pairs: Sequence[Pair]) -> bool:
    places = [pair.b for pair in pairs]
    return places == sorted(places)


def _reasons(
    first: Split, second: Split, a: Sequence[Form], b: Sequence[Form], pairs: Sequence[Pair]
) -> Iterator[Bilingual]:
    for pair in pairs:
        if pair.kind is not Kind.SAME:
            left = " ".join(first.core[i] for i in pair.a)
            right = " ".join(second.core[j] for j in pair.b)
            yield _REASONS[pair.kind].format(a=left, b=right, normal=b[pair.b[0]].normal)
    for word in (*a, *b):
        if len(word.meanings) > 1:
            yield _AMBIGUOUS.format(word=word.written, meanings=", ".join(word.meanings))
    if not _in_order(pairs):
        yield _ORDER
    yield from _alone(first, a, {i for pair in pairs for i in pair.a})
    yield from _alone(second, b, {j for pair in pairs for j in pair.b})
    if first.father is not None and second.father is not None:
        fathers = (first.core[first.father :], second.core[second.father :])
        if not align(a[first.father :], b[second.father :]):
            yield _FATHERS.format(a=" ".join(fathers[0]), b=" ".join(fathers[1]))
    if len(a) == 1 and len(b) == 1:
        yield _SINGLE


def _alone(parts: Split, words: Sequence[Form], used: set[int]) -> Iterator[Bilingual]:
    for place, word in enumerate(words):
        if place not in used:
            pattern = _ELEMENT if word.normal in tables().elements else _LEFT
            yield pattern.format(words=parts.core[place], name=parts.name)
