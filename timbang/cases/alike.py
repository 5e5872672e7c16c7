"""How much two reports look as if they were about the same event, and why: pure, in words.

A suggestion only: nothing is joined, linked or dropped by it. Each reason stands for itself, so
that an officer can disagree with one of them. The surprising part: that many reports came in the
same words within a day or two is told to the examiner as a mark, not as a fault. People who were
wronged together write together; and what would tell more (an address of the network, a device, the
hour) is not kept here, for nobody.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from timbang.cases import words

SHINGLE = 4
SAMPLE = 12
NEAR_DAYS = 3
BURST_DAYS = 2
BURST_LEAST = 3
SAME_WORDS = 0.8
LIKE_WORDS = 0.3
# What each reason weighs; a pair is suggested from `LEAST` on. By the same official alone it is
# not: one official can do many things.
LEAST = 4
WEIGHTS = {
    "same_words": 5,
    "like_words": 3,
    "official": 3,
    "post": 1,
    "same_day": 2,
    "near_day": 1,
    "place": 2,
    "region": 1,
    "conduct": 1,
}
# Words of places and posts that say nothing about which one.
COMMON = frozenset(
    """
    desa kelurahan kecamatan kabupaten kota provinsi kantor dinas jalan jl rumah di dan ke dari
    camat lurah kepala bupati wali gubernur sekretaris staf pegawai guru badan bagian bidang
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is compared of one report. Words are in one spelling, as search words are."""

    names: tuple[frozenset[str], ...] = ()
    posts: frozenset[str] = frozenset()
    place: frozenset[str] = frozenset()
    region: str = ""
    first_day: date | None = None
    last_day: date | None = None
    conduct: frozenset[str] = frozenset()
    shingles: frozenset[int] = field(default=frozenset(), repr=False)
    came_on: date | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two reports are: the reasons, the weightiest first."""

    reasons: tuple[str, ...]

    @property
    def score(self) -> int:
        return sum(WEIGHTS[reason] for reason in self.reasons)

    @property
    def suggested(self) -> bool:
        """Whether an officer should look at both."""
        return self.score >= LEAST


def sketch(
    *,
    people: Iterable[tuple[str, str]],
    place: str,
    region: str,
    days: tuple[date | None, date | None],
    conduct: Iterable[str],
    text: str,
    came_on: date | None,
) -> Sketch:
    """The sketch of a report; `people` are names with their posts and agencies."""
    known = list(people)
    first, last = days
    return Sketch(
        names=tuple(found for name, _post in known if (found := words.words(name))),
        posts=frozenset().union(*(words.words(post) - COMMON for _name, post in known)),
        place=words.words(place) - COMMON,
        region=region,
        first_day=first,
        last_day=last or first,
        conduct=frozenset(conduct) - {"other"},
        shingles=shingles(text),
        came_on=came_on,
    )


def shingles(text: str) -> frozenset[int]:
    """Every run of four words of a text, as numbers: so that wording is compared, not meaning."""
    plain = unicodedata.normalize("NFKC", text.casefold())
    found = re.findall(r"\w+", plain)
    if not found:
        return frozenset()
    runs = [found[at : at + SHINGLE] for at in range(max(len(found) - SHINGLE + 1, 1))]
    return frozenset(_number(" ".join(run)) for run in runs)


def _number(run: str) -> int:
    return int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest())


def sample(found: frozenset[int]) -> tuple[int, ...]:
    """The smallest numbers: two texts that share most of their runs share most of these (Broder,
    1997), so that a copied text is found by an index and by opening nothing."""
    return tuple(sorted(found)[:SAMPLE])


def resemblance(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of runs that both have, from 0 to 1."""
    both = len(one | other)
    return len(one & other) / both if both else 0.0


def likeness(one: Sketch, other: Sketch) -> Likeness:
    """Why two reports may be about the same event."""
    found = {
        *_by_words(one, other),
        *_by_official(one, other),
        *_by_day(one, other),
        *_by_place(one, other),
    }
    if one.conduct & other.conduct:
        found.add("conduct")
    return Likeness(tuple(reason for reason in WEIGHTS if reason in found))


def _by_words(one: Sketch, other: Sketch) -> set[str]:
    shared = resemblance(one.shingles, other.shingles)
    if shared >= SAME_WORDS:
        return {"same_words"}
    return {"like_words"} if shared >= LIKE_WORDS else set()


def _by_official(one: Sketch, other: Sketch) -> set[str]:
    if any(_same_name(mine, yours) for mine in one.names for yours in other.names):
        return {"official"}
    return {"post"} if len(one.posts & other.posts) > 1 else set()


def _same_name(mine: frozenset[str], yours: frozenset[str]) -> bool:
    """All words of the shorter name stand in the longer one; a single common word is not enough
    when both names have several."""
    shorter, longer = sorted((mine, yours), key=len)
    return shorter <= longer and (len(shorter) > 1 or len(longer) == 1)


def _by_day(one: Sketch, other: Sketch) -> set[str]:
    if one.first_day is None or other.first_day is None:
        return set()
    one_last, other_last = one.last_day or one.first_day, other.last_day or other.first_day
    apart = max((other.first_day - one_last).days, (one.first_day - other_last).days)
    if apart <= 0:
        return {"same_day"}
    return {"near_day"} if apart <= NEAR_DAYS else set()


def _by_place(one: Sketch, other: Sketch) -> set[str]:
    found = {"place"} if one.place & other.place else set()
    if one.region and one.region == other.region:
        found.add("region")
    return found


def clues(found: Sketch) -> frozenset[str]:
    """The words by which an index finds reports that may be alike; each is keyed before it is
    written anywhere."""
    days = {f"day {day}" for day in (found.first_day, found.last_day) if day is not None}
    return frozenset(
        {f"name {word}" for name in found.names for word in name}
        | {f"place {word}" for word in found.place}
        | {f"text {number}" for number in sample(found.shingles)}
        | days
    )


@dataclass(frozen=True, slots=True)
class Burst:
    """Several reports in the same words that came within a few days."""

    count: int
    first_on: date
    last_on: date


def burst(one: Sketch, others: Sequence[Sketch]) -> Burst | None:
    """Whether this report is one of at least three in the same words within two days."""
    if one.came_on is None:
        return None
    same = [
        other.came_on
        for other in others
        if other.came_on is not None
        and abs((other.came_on - one.came_on).days) <= BURST_DAYS
        and resemblance(one.shingles, other.shingles) >= SAME_WORDS
    ]
    days = [*same, one.came_on]
    return Burst(len(days), min(days), max(days)) if len(days) >= BURST_LEAST else None
