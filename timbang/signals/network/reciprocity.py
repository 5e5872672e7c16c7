"""Reciprocity of flows against a network in which chance chooses who gets what.

Null model: everybody gives as often and gets as often as he does, and who meets whom is drawn at
random (the directed configuration model, exchange by exchange). Between two actors the numbers of
exchanges are then Poisson with means out(i) in(j) / E and out(j) in(i) / E.

Effect: the share of exchanges that are matched by one the other way, minus that share under the
null (Squartini, Picciolo, Ruzzenenti and Garlaschelli, "Reciprocity of weighted networks", 2013;
rho after Garlaschelli and Loffredo 2004). Interval: the jackknife over actors of Snijders and
Borgatti (1999), for the pairs of one actor are no independent witnesses; it is never narrower than
what chance alone would scatter, so that a network without a single match has one too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from timbang.signals.network.elements import each_actor
from timbang.signals.network.pairs import Array, Pairs

_WIDE: Final = 1.959963984540054  # of 95 %
# Actors of nearly the same numbers share a class: exactly the same up to here, then by a tenth.
_EXACT: Final = 32
_STEP: Final = 1.1
_SMALLEST: Final = 1e-10


@dataclass(frozen=True, slots=True)
class Reciprocity:
    """Shares of exchanges between 0 and 1; `effect` is observed minus expected, with its 95 %."""

    exchanges: int
    observed: float
    expected: float
    effect: float
    least: float
    most: float
    rho: float | None

    def as_json(self) -> dict[str, float | int | None]:
        return {
            "exchanges": self.exchanges,
            "observed": self.observed,
            "expected": self.expected,
            "effect": self.effect,
            "effect_95": [self.least, self.most],  # type: ignore[dict-item]
            "rho": self.rho,
        }


def reciprocity(found: Pairs, *, actors: int) -> Reciprocity | None:
    """Of all pairs together; None where there are fewer than three actors with exchanges."""
    matched = np.minimum(found.forward, found.backward).astype(np.float64)
    both = found.forward.astype(np.float64) + found.backward
    of_actor = each_actor(found, both, actors)
    count = int(np.count_nonzero(of_actor))
    whole = float(both.sum())
    if count < 3:
        return None
    observed = 2 * float(matched.sum()) / whole
    by_chance = expected_matches(found, actors=actors)
    expected = 2 * by_chance / whole
    matched_of = each_actor(found, matched, actors)
    rest = whole - of_actor
    with np.errstate(divide="ignore", invalid="ignore"):
        without = np.where(rest > 0, 2 * (matched.sum() - matched_of) / rest, observed)
    without = without[of_actor > 0]
    error = float(np.sqrt((count - 2) / (2 * count) * np.sum((without - without.mean()) ** 2)))
    error = max(error, 2 * float(np.sqrt(by_chance)) / whole)
    effect = observed - expected
    return Reciprocity(
        exchanges=int(whole),
        observed=observed,
        expected=expected,
        effect=effect,
        least=effect - _WIDE * error,
        most=effect + _WIDE * error,
        rho=effect / (1 - expected) if expected < 1 else None,
    )


def expected_matches(found: Pairs, *, actors: int) -> float:
    """How many matches (the smaller of the two numbers, over all pairs) the null lets expect."""
    given, got = flows(found, actors)
    both = (given > 0) & (got > 0)
    whole = float(given.sum())
    out, into, members = _classes(given[both], got[both])
    total = 0.0
    for row in range(len(out)):
        one = out[row] * into[row:] / whole
        other = out[row:] * into[row] / whole
        matches = matches_by_chance(one, other)
        others = members[row:].astype(np.float64)
        others[0] = (members[row] - 1) / 2
        total += float(members[row]) * float(np.dot(others, matches))
    return total


def flows(found: Pairs, actors: int) -> tuple[Array, Array]:
    """How often each actor gave, and how often he received: float64."""
    given = np.bincount(found.low, weights=found.forward, minlength=actors)
    given += np.bincount(found.high, weights=found.backward, minlength=actors)
    got = np.bincount(found.high, weights=found.forward, minlength=actors)
    got += np.bincount(found.low, weights=found.backward, minlength=actors)
    return given, got


def matches_by_chance(one: Array, other: Array) -> Array:
    """The mean of the smaller of two independent Poisson numbers, for means one and other.

    E min(X, Y) is the sum over k >= 1 of P(X >= k) P(Y >= k).
    """
    left, right = -np.expm1(-one), -np.expm1(-other)
    total: Array = left * right
    busy = np.flatnonzero(total > _SMALLEST)
    one, other = one[busy], other[busy]
    left, right = left[busy], right[busy]
    term_one, term_other = np.exp(-one), np.exp(-other)
    k = 1
    while len(busy):
        term_one, term_other = term_one * one / k, term_other * other / k
        left, right = np.maximum(left - term_one, 0), np.maximum(right - term_other, 0)
        more = left * right
        total[busy] += more
        k += 1
        on = (more > _SMALLEST) | (k < np.minimum(one, other))
        busy, one, other = busy[on], one[on], other[on]
        left, right = left[on], right[on]
        term_one, term_other = term_one[on], term_other[on]
    return total


def _classes(given: Array, got: Array) -> tuple[Array, Array, Array]:
    """Actors of nearly the same numbers: mean given, mean got, how many."""
    code = _step(given).astype(np.int64) * 4096 + _step(got).astype(np.int64)
    _, place, members = np.unique(code, return_inverse=True, return_counts=True)
    out = np.bincount(place, weights=given) / members
    into = np.bincount(place, weights=got) / members
    return out, into, members


def _step(numbers: Array) -> Array:
    steps = _EXACT + np.floor(np.log(np.maximum(numbers, 1) / _EXACT) / np.log(_STEP))
    found: Array = np.where(numbers <= _EXACT, numbers, steps + 1)
    return found
