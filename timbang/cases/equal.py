"""Equal facts, equal sanction: what was given on like facts, and where a proposed one stands.

Pure. Sanctions are put on one ladder, light to heavy, made from the catalogue. Like means: the same
norm, the same level of post, the same attributes; where too few such cases are known the comparison
widens, and says so. The range that must be kept or explained leaves out the outermost tenths, so
that one odd decision does not excuse the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from timbang.law.bilingual import Bilingual
from timbang.law.conclude import DISCIPLINARY
from timbang.law.norms import catalogue

# Fewer like cases than this say nothing about a range.
FEWEST: Final = 3
# Facts that make one breach worse than another of the same norm.
COMPARED: Final = (
    "impact", "deliberate", "valid_reason", "state_loss", "same_breach_before", "object",
)  # fmt: skip

Basis = Literal["like", "norm_and_post", "norm", "none"]
Stands = Literal["below", "within", "above", "unknown"]
Rung = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Like:
    """A sanction with what it was given for, in codes."""

    norm: str
    level: str
    kind: str
    post_level: str = ""
    attributes: tuple[str, ...] = ()

    @property
    def rung(self) -> Rung:
        return self.level, self.kind


@dataclass(frozen=True, slots=True)
class Given:
    """How often one kind of sanction was given on like facts."""

    level: str
    kind: str
    title: Bilingual
    count: int


@dataclass(frozen=True, slots=True)
class Compared:
    """What was given on like facts, `n` times; `low` to `high` is the range to keep or explain.

    `basis` says how like they are; with fewer than `FEWEST` there is no range.
    """

    n: int
    basis: Basis
    given: tuple[Given, ...] = ()
    least: Bilingual | None = None
    low: Bilingual | None = None
    quarter: Bilingual | None = None
    median: Bilingual | None = None
    three_quarters: Bilingual | None = None
    high: Bilingual | None = None
    most: Bilingual | None = None
    stands: Stands = "unknown"

    @property
    def needs_reason(self) -> bool:
        """Whether the proposed sanction lies outside and must be explained."""
        return self.stands in ("below", "above")


def attributes_of(facts: Mapping[str, object]) -> tuple[str, ...]:
    """The attributes of an act by which it is compared, in a fixed order; unknown ones left out."""
    known = ((key, facts[key]) for key in COMPARED if facts.get(key) is not None)
    return tuple(f"{key}:{str(value).lower()}" for key, value in known)


@cache
def ladder() -> tuple[Rung, ...]:
    """Every disciplinary kind of the catalogue, light to heavy."""
    place: dict[Rung, int] = {}
    for norm in catalogue().norms.values():
        for choice in norm.choices:
            for position, found in enumerate(choice.set.kinds):
                rung = (found.level, found.kind)
                place[rung] = max(place.get(rung, 0), position)
    own = [rung for rung in place if rung[0] in DISCIPLINARY]
    return tuple(sorted(own, key=lambda rung: (DISCIPLINARY.index(rung[0]), place[rung], rung[1])))


@cache
def titles() -> Mapping[Rung, Bilingual]:
    """What each kind of sanction is called."""
    return {
        (found.level, found.kind): found.title
        for norm in catalogue().norms.values()
        for found in norm.sanctions
    }


def compare(proposed: Like, known: Iterable[Like]) -> Compared:
    """Hold a proposed sanction against those given before."""
    basis, like = _alike(proposed, list(known))
    rungs = ladder()
    weights = sorted(rungs.index(each.rung) for each in like if each.rung in rungs)
    if len(weights) < FEWEST or proposed.rung not in rungs:
        return Compared(len(like), basis if like else "none", _given(like))
    low, high = nearest_rank(weights, 10), nearest_rank(weights, 90)
    own = rungs.index(proposed.rung)
    named = [titles()[rung] for rung in rungs]
    return Compared(
        n=len(like),
        basis=basis,
        given=_given(like),
        least=named[weights[0]],
        low=named[low],
        quarter=named[nearest_rank(weights, 25)],
        median=named[nearest_rank(weights, 50)],
        three_quarters=named[nearest_rank(weights, 75)],
        high=named[high],
        most=named[weights[-1]],
        stands="below" if own < low else "above" if own > high else "within",
    )


def _alike(proposed: Like, known: Sequence[Like]) -> tuple[Basis, list[Like]]:
    norm = [each for each in known if each.norm == proposed.norm]
    post = [each for each in norm if each.post_level == proposed.post_level]
    like = [each for each in post if each.attributes == proposed.attributes]
    if len(like) >= FEWEST:
        return "like", like
    return ("norm_and_post", post) if len(post) >= FEWEST else ("norm", norm)


def _given(like: Collection[Like]) -> tuple[Given, ...]:
    counted = Counter(each.rung for each in like)
    rungs = ladder()
    order = sorted(counted, key=lambda rung: (rungs.index(rung) if rung in rungs else -1, rung))
    names = titles()
    return tuple(
        Given(rung[0], rung[1], names.get(rung, Bilingual(rung[1], rung[1])), counted[rung])
        for rung in order
    )


def nearest_rank(ordered: Sequence[int], percent: int) -> int:
    """The value below or at which so many in a hundred lie (nearest rank; `ordered` not empty)."""
    rank = -(-percent * len(ordered) // 100)
    return ordered[max(rank, 1) - 1]
