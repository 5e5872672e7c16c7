"""Did those of one group get it more often than others of the same stratum?

    table = Strata.of(stratum, group, outcome)     # one entry a person
    exact(table)                                   # sum of hypergeometrics, conditional
    mantel_haenszel(table)                         # its large-sample companion

People are compared only within their stratum (the same agency and level, say). Where nothing but
chance decides who of a stratum gets a post, the number of those of the group who get one is
hypergeometric, and the strata are independent: the distribution of the sum is the convolution of
theirs. With one odds ratio common to all strata the same terms are tilted by its powers, which
gives the exact interval (Mehta, Patel and Gray 1985, JASA 80; Agresti 1992, Statistical Science 7).

Mantel-Haenszel: odds ratio of 1959 with the interval of Robins, Breslow and Greenland (1986,
Biometrics 42), test without a correction for continuity.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from timbang.law.bilingual import Bilingual
from timbang.signals.statistics.estimate import LEVEL, Estimate, unknown

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]

UNIT: Final = Bilingual("rasio odds", "odds ratio")
EXACT: Final = "exact conditional test over strata (sum of hypergeometrics)"
MANTEL_HAENSZEL: Final = "Cochran-Mantel-Haenszel, Robins-Breslow-Greenland interval"
_NOBODY = Bilingual(
    "Tidak ada strata yang memuat kedua kelompok dan kedua hasil",
    "No stratum holds both groups and both outcomes",
)
# Beyond e^30 an odds ratio says "all" or "nobody".
_FARTHEST: Final = 30.0
_SAFE: Final = 1e-100


@dataclass(frozen=True, slots=True)
class Strata:
    """Counts for each stratum: all people, those of the group, those with the outcome, and both."""

    people: Whole
    group: Whole
    outcome: Whole
    both: Whole

    @classmethod
    def of(cls, stratum: npt.ArrayLike, group: npt.ArrayLike, outcome: npt.ArrayLike) -> Strata:
        """From one entry a person: code of the stratum (0, 1, ...), member or not, got it or not.

        Raises ValueError for arrays of different length or a negative code.
        """
        codes = np.asarray(stratum, np.int64)
        mine, got = np.asarray(group, bool), np.asarray(outcome, bool)
        if not len(codes) == len(mine) == len(got):
            raise ValueError("stratum, group and outcome are not of one length")
        width = int(codes.max(initial=-1)) + 1
        counts = [
            np.bincount(codes[kept], minlength=width).astype(np.int64)
            for kept in (slice(None), mine, got, mine & got)
        ]
        return cls(*counts)

    def telling(self) -> Strata:
        """Without the strata that say nothing: one group only, or one outcome only."""
        kept = (
            (self.group > 0) & (self.group < self.people)
            & (self.outcome > 0) & (self.outcome < self.people)
        )  # fmt: skip
        return Strata(self.people[kept], self.group[kept], self.outcome[kept], self.both[kept])

    @property
    def sizes(self) -> dict[str, float]:
        return {
            "strata": len(self.people),
            "people": int(self.people.sum()),
            "group": int(self.group.sum()),
            "outcome": int(self.outcome.sum()),
            "both": int(self.both.sum()),
        }


def exact(table: Strata, *, level: float = LEVEL) -> Estimate:
    """The conditional odds ratio common to all strata, its exact interval and two-sided chance.

    `chance` is twice the smaller tail, so that it agrees with the interval.
    """
    told = table.telling()
    sizes = _sizes(table, told)
    if not len(told.people):
        return unknown(UNIT, neutral=1.0, method=EXACT, sizes=sizes, why=_NOBODY)
    seen = int(told.both.sum())
    near = _Sum.of(told, _starting_point(told))
    expected = float((told.group * told.outcome / told.people).sum())
    sizes["expected"] = expected
    null = near if near.reaches(expected) else _Sum.of(told, 0.0)
    chance = min(1.0, 2 * min(null.at_least(seen, 0.0), null.at_most(seen, 0.0)))
    tail = (1 - level) / 2
    low = 0.0 if seen == near.least else _root(lambda log: near.at_least(seen, log) - tail)
    high = math.inf if seen == near.most else _root(lambda log: tail - near.at_most(seen, log))
    effect = _likeliest(near, seen)
    return Estimate(UNIT, 1.0, effect, low, high, chance, MappingProxyType(sizes), EXACT, level)


def mantel_haenszel(table: Strata, *, level: float = LEVEL) -> Estimate:
    """The Mantel-Haenszel odds ratio with its interval; `chance` is of the CMH statistic."""
    from scipy.stats import chi2, norm

    told = table.telling()
    sizes = _sizes(table, told)
    if not len(told.people):
        return unknown(UNIT, neutral=1.0, method=MANTEL_HAENSZEL, sizes=sizes, why=_NOBODY)
    n, group, got = (each.astype(float) for each in (told.people, told.group, told.outcome))
    a = told.both.astype(float)
    b, c = group - a, got - a
    d = n - a - b - c
    expected = group * got / n
    variance = group * got * (n - group) * (n - got) / (n**2 * (n - 1))
    sizes["expected"] = float(expected.sum())
    statistic = float((a - expected).sum() ** 2 / variance.sum())
    chance = float(chi2.sf(statistic, 1))
    r, s = a * d / n, b * c / n
    if not r.sum() or not s.sum():
        effect = math.inf if r.sum() else 0.0
        ends: tuple[float | None, float | None] = (None, None)
    else:
        effect = float(r.sum() / s.sum())
        p, q = (a + d) / n, (b + c) / n
        spread = math.sqrt(
            (p * r).sum() / (2 * r.sum() ** 2)
            + (p * s + q * r).sum() / (2 * r.sum() * s.sum())
            + (q * s).sum() / (2 * s.sum() ** 2)
        )
        reach = float(norm.ppf((1 + level) / 2)) * spread
        ends = (effect * math.exp(-reach), effect * math.exp(reach))
    return Estimate(
        UNIT, 1.0, effect, *ends, chance, MappingProxyType(sizes), MANTEL_HAENSZEL, level
    )


def _sizes(table: Strata, told: Strata) -> dict[str, float]:
    """Sizes of the strata that tell, and how many people stand in those that do not."""
    sizes = told.sizes
    sizes["people_set_aside"] = int(table.people.sum()) - sizes["people"]
    return sizes


@dataclass(frozen=True, slots=True)
class _Sum:
    """The distribution of the sum over all strata at the odds ratio e^`at`: from `least` on."""

    least: int
    shares: Real
    at: float

    @classmethod
    def of(cls, table: Strata, at: float) -> _Sum:
        least = np.maximum(0, table.group + table.outcome - table.people)
        most = np.minimum(table.group, table.outcome)
        shares = _convolved(_terms(table, least, most, at))
        return cls(int(least.sum()), shares, at)

    @property
    def most(self) -> int:
        return self.least + len(self.shares) - 1

    def reaches(self, total: float) -> bool:
        """Whether the terms around a total are far from the smallest number that a float holds, so
        that tilting there loses nothing."""
        return bool(self.shares[round(total) - self.least] > _SAFE)

    def tilted(self, log: float) -> Real:
        """The distribution at another odds ratio e^`log`."""
        with np.errstate(divide="ignore"):
            logs = np.log(self.shares) + np.arange(len(self.shares)) * (log - self.at)
        weights = np.exp(logs - logs.max())
        found: Real = weights / weights.sum()
        return found

    def mean(self, log: float) -> float:
        return self.least + float(self.tilted(log) @ np.arange(len(self.shares)))

    def at_least(self, seen: int, log: float) -> float:
        return float(self.tilted(log)[seen - self.least :].sum())

    def at_most(self, seen: int, log: float) -> float:
        return float(self.tilted(log)[: seen - self.least + 1].sum())


def _terms(table: Strata, least: Whole, most: Whole, at: float) -> list[Real]:
    """For each stratum the noncentral hypergeometric, all strata in one stroke."""
    widths = most - least + 1
    starts = np.concatenate(([0], np.cumsum(widths)[:-1]))
    of = np.repeat(np.arange(len(widths)), widths)
    x = np.arange(int(widths.sum())) - starts[of] + least[of]
    logs = _log_factorials(int(table.people.max()))
    rest = table.people[of] - table.group[of] - table.outcome[of] + x
    weights = x * at - (
        logs[x] + logs[table.group[of] - x] + logs[table.outcome[of] - x] + logs[rest]
    )
    weights -= np.maximum.reduceat(weights, starts)[of]
    shares = np.exp(weights)
    shares /= np.add.reduceat(shares, starts)[of]
    return np.split(shares, starts[1:])


def _log_factorials(most: int) -> Real:
    from scipy.special import gammaln

    found: Real = gammaln(np.arange(most + 1) + 1.0)
    return found


def _convolved(terms: list[Real]) -> Real:
    """Neighbours first, halves last: all terms are positive, so that no digit is lost."""
    while len(terms) > 1:
        pairs = [np.convolve(a, b) for a, b in zip(terms[::2], terms[1::2], strict=False)]
        terms = pairs + terms[len(pairs) * 2 :]
    return terms[0]


def _starting_point(table: Strata) -> float:
    """The logarithm of the Mantel-Haenszel ratio, half a person added so that it is finite."""
    a = table.both + 0.5
    b, c = table.group - table.both + 0.5, table.outcome - table.both + 0.5
    d = table.people - table.group - table.outcome + table.both + 0.5
    n = table.people + 2.0
    return float(np.log((a * d / n).sum() / (b * c / n).sum()))


def _likeliest(found: _Sum, seen: int) -> float:
    """The odds ratio at which the sum that was seen is the mean."""
    if seen == found.least:
        return 0.0
    if seen == found.most:
        return math.inf
    return _root(lambda log: found.mean(log) - seen)


def _root(rising: Callable[[float], Any]) -> float:
    """e to the place where a rising function is 0; 0 or infinity beyond e^30."""
    from scipy.optimize import brentq

    if rising(-_FARTHEST) >= 0:
        return 0.0
    if rising(_FARTHEST) <= 0:
        return math.inf
    return math.exp(brentq(rising, -_FARTHEST, _FARTHEST, xtol=1e-10))
