"""Shares and rates of counts with exact intervals, for groups of any size.

A share: Clopper and Pearson (1934, Biometrika 26). Two rates: given their sum, the first of two
Poisson counts is binomial, so the interval of the share becomes that of the ratio (Przyborowski and
Wilenski 1940, Biometrika 31).
"""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import Final

from timbang.law.bilingual import Bilingual
from timbang.signals.statistics.estimate import LEVEL, Estimate, unknown

SHARE: Final = Bilingual("bagian", "share")
RATIO: Final = Bilingual("rasio laju", "ratio of rates")
CLOPPER_PEARSON: Final = "share with the exact interval of Clopper and Pearson"
CONDITIONAL: Final = "ratio of two Poisson rates, exact given their sum"
_NOBODY = Bilingual("Tidak ada yang dihitung", "Nothing was counted")
_NOTHING = Bilingual(
    "Tidak ada kejadian pada kedua kurun waktu", "Nothing happened in either period"
)


def share(part: int, whole: int, *, level: float = LEVEL) -> Estimate:
    """How many of how many. Raises ValueError unless 0 <= part <= whole."""
    if not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole} is no share")
    sizes: dict[str, float] = {"part": part, "whole": whole}
    if not whole:
        return unknown(SHARE, neutral=0.0, method=CLOPPER_PEARSON, sizes=sizes, why=_NOBODY)
    low, high = _interval(part, whole, level)
    found = MappingProxyType(sizes)
    return Estimate(SHARE, 0.0, part / whole, low, high, None, found, CLOPPER_PEARSON, level)


def rates(
    inside: int, outside: int, *, days_inside: float, days_outside: float, level: float = LEVEL
) -> Estimate:
    """How many times as often inside a window as outside of it.

    `chance` is twice the smaller tail, so that it agrees with the interval. Raises ValueError where
    a window has no days or a count is negative.
    """
    from scipy.stats import binom

    if days_inside <= 0 or days_outside <= 0 or inside < 0 or outside < 0:
        raise ValueError("windows need days, and counts are not negative")
    both = inside + outside
    sizes: dict[str, float] = {
        "inside": inside, "outside": outside,
        "days_inside": days_inside, "days_outside": days_outside,
    }  # fmt: skip
    if not both:
        return unknown(RATIO, neutral=1.0, method=CONDITIONAL, sizes=sizes, why=_NOTHING)
    usual = days_inside / (days_inside + days_outside)
    low, high = _interval(inside, both, level)
    tails = binom.sf(inside - 1, both, usual), binom.cdf(inside, both, usual)
    scale = days_outside / days_inside
    effect = _odds(inside / both) * scale
    chance = min(1.0, 2 * float(min(tails)))
    found = MappingProxyType(sizes)
    return Estimate(
        RATIO, 1.0, effect, _odds(low) * scale, _odds(high) * scale, chance,
        found, CONDITIONAL, level,
    )  # fmt: skip


def _interval(part: int, whole: int, level: float) -> tuple[float, float]:
    from scipy.stats import beta

    tail = (1 - level) / 2
    low = 0.0 if part == 0 else float(beta.ppf(tail, part, whole - part + 1))
    high = 1.0 if part == whole else float(beta.isf(tail, part + 1, whole - part))
    return low, high


def _odds(share: float) -> float:
    return math.inf if share >= 1 else share / (1 - share)
