"""The elements of clientelism of each pair, and of each actor.

After Tomsa (2008): iteration, asymmetry of status, reciprocity. After Aspinall (2013), who builds
on Hicken (2011): personalism, reciprocity, hierarchy, iteration. Merged: iteration, asymmetry,
reciprocity, personalism. What each is here:

- *iteration*: in how many months the two exchanged, and how many months lie from first to last;
- *asymmetry*: how much more one depends on the other. The dependence of an actor on a partner is
  the share of all his exchanges that are with him (Emerson 1962: the power of one is the dependence
  of the other). Between 0 (alike) and nearly 1 (all that one has, next to nothing for the other);
- *reciprocity*: of legs, the share of exchanges whose other leg is on record; of flows, the share
  of exchanges that one the other way matches, 2 min(a, b) / (a + b) (Squartini et al. 2013);
- *personalism*: of the exchanges of which it is known, the share through a person (a broker, or a
  private purse) and not through an office or a budget line;
- *hierarchy*: how far apart the two stand in the whole network (`hierarchy.py`), another thing than
  asymmetry, which looks at the two alone.

An element is present, absent, or not known where rows that say too little could turn it. Where no
record of all names another leg, nobody wrote legs down: they are not known, and an exchange that
flows do not match may have been returned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from timbang.law.bilingual import Bilingual
from timbang.signals.network.limits import Limits
from timbang.signals.network.pairs import Array, Pairs

ELEMENTS: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "iteration": Bilingual("Berulang", "Iteration"),
        "asymmetry": Bilingual("Ketimpangan kedudukan", "Asymmetry of status"),
        "reciprocity": Bilingual("Timbal balik", "Reciprocity"),
        "personalism": Bilingual("Kedekatan pribadi", "Personalism"),
        "hierarchy": Bilingual("Hierarki", "Hierarchy"),
    }
)
READINGS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "tomsa": ("iteration", "asymmetry", "reciprocity"),
        "aspinall": ("personalism", "reciprocity", "hierarchy", "iteration"),
        "merged": ("iteration", "asymmetry", "reciprocity", "personalism"),
    }
)
UNKNOWN: Final = -1


@dataclass(frozen=True, slots=True)
class Elements:
    """Columns of one length, one row a pair. Shares lie between 0 and 1, NaN where not known.

    `dependence_low` is the share of all exchanges of `low` that are with `high`. `personal_least`
    and `personal_most` are the bounds if all of which it is not known were the one or the other.
    `months_most` counts each undated exchange as a month of its own.
    """

    pairs: Pairs
    exchanges: Array
    months: Array
    months_most: Array
    span: Array
    dependence_low: Array
    dependence_high: Array
    linked: Array
    flows: Array
    personal: Array
    personal_least: Array
    personal_most: Array

    @property
    def asymmetry(self) -> Array:
        found: Array = np.abs(self.dependence_low - self.dependence_high)
        return found

    @property
    def low_is_above(self) -> Array:
        """True where `high` depends more on `low` than the other way round."""
        found: Array = self.dependence_high > self.dependence_low
        return found


def elements(found: Pairs, *, actors: int) -> Elements:
    """The elements of all pairs; `actors` is how many numbers there are."""
    exchanges = found.forward.astype(np.int64) + found.backward
    all_of = each_actor(found, exchanges, actors)
    months = np.zeros(len(found), dtype=np.int64)
    first = np.full(len(found), -1, dtype=np.int64)
    last = np.full(len(found), -1, dtype=np.int64)
    for word in range(found.months.shape[1]):
        bits = found.months[:, word]
        months += np.bitwise_count(bits)
        some = bits != 0
        lowest = np.bitwise_count((bits & (~bits + np.uint64(1))) - np.uint64(1)).astype(np.int64)
        first = np.where(some & (first < 0), 64 * word + lowest, first)
        last = np.where(some, 64 * word + _highest(bits), last)
    known = found.person.astype(np.int64) + found.office
    share = np.float64(1) / exchanges
    with np.errstate(divide="ignore", invalid="ignore"):
        personal = found.person / known
        return Elements(
            pairs=found,
            exchanges=exchanges,
            months=months,
            months_most=months + found.undated,
            span=np.where(months > 0, last - first + 1, 0),
            dependence_low=exchanges / all_of[found.low],
            dependence_high=exchanges / all_of[found.high],
            linked=found.linked * (share if found.linked.any() else np.nan),
            flows=2 * np.minimum(found.forward, found.backward) * share,
            personal=personal,
            personal_least=found.person * share,
            personal_most=(exchanges - found.office) * share,
        )


def _highest(bits: Array) -> Array:
    """The place of the highest bit; of no bits, anything. Exact: halves hold in a float."""
    upper = (bits >> np.uint64(32)).astype(np.float64)
    lower = (bits & np.uint64(0xFFFFFFFF)).astype(np.float64)
    high = np.frexp(upper)[1] + 31
    found: Array = np.where(upper > 0, high, np.frexp(lower)[1] - 1).astype(np.int64)
    return found


def each_actor(found: Pairs, amounts: Array, actors: int) -> Array:
    """The sum of an amount of pairs over the pairs of each actor: float64."""
    sums = np.bincount(found.low, weights=amounts, minlength=actors)
    sums += np.bincount(found.high, weights=amounts, minlength=actors)
    return sums


def present(found: Elements, limits: Limits, *, apart: Array | None = None) -> Mapping[str, Array]:
    """Of each element: 1 present, 0 absent, UNKNOWN; int8. `apart` is the distance in levels."""
    said = {
        "iteration": _decided(found.months >= limits.months, found.months_most < limits.months),
        "asymmetry": _decided(found.asymmetry >= limits.asymmetry),
        "reciprocity": _decided(
            (found.linked > 0) | (found.flows > 0), (found.linked == 0) & (found.flows == 0)
        ),
        "personalism": _decided(
            found.personal_least >= limits.personalism, found.personal_most < limits.personalism
        ),
    }
    if apart is not None:
        known = ~np.isnan(apart)
        said["hierarchy"] = _decided(
            known & (apart >= limits.levels), known & (apart < limits.levels)
        )
    return MappingProxyType(said)


def _decided(yes: Array, no: Array | None = None) -> Array:
    other = ~yes if no is None else no
    found: Array = np.where(yes, 1, np.where(other, 0, UNKNOWN)).astype(np.int8)
    return found
