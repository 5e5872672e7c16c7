"""How exchange changes around elections: what is measured within their windows and outside.

The window of an election is that of `windows.py`: from a year before voting in the region to the
last day of the contest that is known.

Rate: exchanges a day within, over those a day outside, each region compared with itself (the
Mantel-Haenszel rate ratio; Rothman, Greenland and Lash, Modern Epidemiology, 2008). Shares: within
minus outside. Intervals of 95 % take the exchanges of one pair as one witness (linearisation,
clustered by pair), for a pair that meets often says little more than one that meets once. Few
witnesses that all say the same leave nothing to scatter, and that is not certainty. So a difference
is never told more narrowly than two independent shares of as many witnesses (Newcombe 1998, method
10; their number after Kish 1965), and a rate never more narrowly than chance alone scatters counts,
with the quantile of Student's t for as many pairs as there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np

from timbang.signals import windows
from timbang.signals.network import pairs
from timbang.signals.network.pairs import IN_WINDOW, Array, Exchanges, Pairs
from timbang.signals.network.reading import NO_DAY, Given
from timbang.signals.network.shares import wilson

_WIDE: Final = 1.959963984540054
_EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Change:
    """A measure within and outside, and their ratio or difference with its 95 %."""

    within: float
    outside: float
    effect: float
    least: float
    most: float

    def as_json(self) -> dict[str, Any]:
        return {
            "within": self.within,
            "outside": self.outside,
            "effect": self.effect,
            "effect_95": [self.least, self.most],
        }


def changes(given: Given) -> Mapping[str, Change]:
    """`rate` (a ratio) and `linked`, `flows`, `personal`, `support` (differences).

    A measure is left out where one side has nothing to measure it by, `rate` also where all
    exchanges are of one pair, and `linked` where no record names another leg. `support` is of
    the exchanges whose kind is known.
    """
    exchanges = given.exchanges
    dated = exchanges.month != pairs.UNKNOWN_MONTH
    inside = (exchanges.flags & IN_WINDOW) != 0
    sides = _sides(exchanges, dated, inside)
    told = dated & (given.kind.codes >= 0)
    of_kind = sides if told.sum() == dated.sum() else _sides(exchanges, told, inside)
    found = {}
    rate = _rate(given, dated, inside)
    if rate is not None:
        found["rate"] = rate
    for name in _PARTS:
        if name == "linked" and not any(side.linked.any() for side in sides):
            continue
        share = _difference(name, *(of_kind if name == "support" else sides))
        if share is not None:
            found[name] = share
    return found


def _sides(exchanges: Exchanges, chosen: Array, inside: Array) -> tuple[Pairs, Pairs]:
    """The pairs of the chosen exchanges within windows, and those outside."""
    within, outside = (
        pairs.pairs(exchanges.where(chosen & side)).in_order() for side in (inside, ~inside)
    )
    return within, outside


def _counts(name: str, found: Pairs) -> tuple[Array, Array]:
    """Of each pair, what is counted and out of how many."""
    exchanges = found.forward.astype(np.float64) + found.backward
    if name == "linked":
        return found.linked.astype(np.float64), exchanges
    if name == "flows":
        return 2.0 * np.minimum(found.forward, found.backward), exchanges
    if name == "personal":
        return found.person.astype(np.float64), found.person.astype(np.float64) + found.office
    return found.support_forward.astype(np.float64) + found.support_backward, exchanges


_PARTS: Final = ("linked", "flows", "personal", "support")


def _difference(name: str, within: Pairs, outside: Pairs) -> Change | None:
    keys = np.union1d(within.key, outside.key)
    sides = []
    for side in (within, outside):
        counted, out_of = _counts(name, side)
        whole = out_of.sum()
        if not whole:
            return None
        share = float(counted.sum() / whole)
        pull = np.zeros(len(keys))
        pull[np.searchsorted(keys, side.key)] = (counted - share * out_of) / whole
        witnesses = float(whole**2 / np.sum(out_of**2))
        sides.append((share, pull, wilson(share * witnesses, witnesses)))
    (inner, inner_pull, inner_95), (outer, outer_pull, outer_95) = sides
    error = float(np.sqrt(np.sum((inner_pull - outer_pull) ** 2)))
    effect = inner - outer
    least = min(_WIDE * -error, -float(np.hypot(inner - inner_95[0], outer_95[1] - outer)))
    most = max(_WIDE * error, float(np.hypot(inner_95[1] - inner, outer - outer_95[0])))
    return Change(inner, outer, effect, max(-1.0, effect + least), min(1.0, effect + most))


def _rate(given: Given, dated: Array, inside: Array) -> Change | None:
    """Each exchange within counts with the days outside of its region, and the other way round."""
    exchanges = given.exchanges
    days = _days(given, dated)
    whole = days.sum(axis=1)
    chosen = dated & (exchanges.giver >= 0) & (exchanges.receiver >= 0)
    chosen &= exchanges.giver != exchanges.receiver
    chosen &= (days[given.region.codes] > 0).all(axis=1)
    if not chosen.any():
        return None
    region, within = given.region.codes[chosen], inside[chosen]
    other_side = np.where(within, days[region, 1], days[region, 0])
    weight = other_side / whole[region]
    _, pair = np.unique(_keys(exchanges, chosen), return_inverse=True)
    inner = np.bincount(pair, weights=weight * within)
    outer = np.bincount(pair, weights=weight * ~within)
    if len(inner) < 2 or not inner.sum() or not outer.sum():
        return None
    ratio = float(inner.sum() / outer.sum())
    pull = inner / inner.sum() - outer / outer.sum()
    scatter = 1 / np.count_nonzero(within) + 1 / np.count_nonzero(~within)
    error = _student(len(inner) - 1) * float(np.sqrt(max(np.sum(pull**2), scatter)))
    used = np.unique(region)
    return Change(
        within=float(within.sum() / days[used, 0].sum()),
        outside=float((~within).sum() / days[used, 1].sum()),
        effect=ratio,
        least=ratio * float(np.exp(-error)),
        most=ratio * float(np.exp(error)),
    )


def _student(freedom: int) -> float:
    """From where on 2.5 % of Student's t lie above."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.975))


def _keys(exchanges: Exchanges, chosen: Array) -> Array:
    giver, receiver = exchanges.giver[chosen], exchanges.receiver[chosen]
    low, high = np.minimum(giver, receiver), np.maximum(giver, receiver)
    found: Array = low.astype(np.int64) << 32 | high
    return found


def _days(given: Given, dated: Array) -> Array:
    """Days within and outside of windows in each region, between the first and last day on record;
    the last row is for exchanges whose region is not known."""
    known = given.day[dated & (given.day != NO_DAY)]
    table = np.zeros((len(given.region.words) + 1, 2))
    if not len(known):
        return table
    first, last = (_EPOCH + timedelta(days=int(each)) for each in (known.min(), known.max()))
    whole = (last - first).days + 1
    for row, code in enumerate([*given.region.words, None]):
        inside = sum(
            max(0, (min(end, last) - max(begin, first)).days + 1)
            for begin, end in windows.spans(code)
        )
        table[row] = inside, whole - inside
    return table
