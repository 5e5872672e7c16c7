"""What changes at a cut-off: the outcome (regression discontinuity), or how many there are.

    effect(days, outcome, cutoff=0)     # rdrobust: jump of the outcome
    density(days, cutoff=0)             # rddensity: are there more just before than just after?

Both come from the packages of those who worked the methods out: bias-corrected estimates with
robust intervals (Calonico, Cattaneo and Titiunik 2014, Econometrica 82; Cattaneo, Jansson and Ma
2020, JASA 115). They count each entry as independent: officials who were sworn in on one day by one
decree are one entry. With few entries on a side there is no answer; `counts.rates` has one.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from timbang.law.bilingual import Bilingual
from timbang.law.refusal import Refusal
from timbang.signals.statistics.estimate import LEVEL, Estimate, unknown

JUMP: Final = Bilingual("lompatan pada batas", "jump at the cut-off")
DENSITY: Final = Bilingual(
    "lebih banyak per satuan tepat sebelum batas daripada sesudahnya",
    "more per unit just before the cut-off than just after it",
)
RDROBUST: Final = "rdrobust: local linear, triangular kernel, bias-corrected, robust interval"
RDDENSITY: Final = "rddensity: local polynomial density, jackknife standard error"
# Fewer on a side than this and a local fit says nothing. A choice of ours: the packages' own
# demands (10 and 20) stop at what can be computed, not at what can be believed.
LEAST: Final = 20
_FEW = Bilingual(
    "Kurang dari {least} pada salah satu sisi batas: {left} sebelum, {right} sesudah",
    "Fewer than {least} on one side of the cut-off: {left} before, {right} after",
)
_SAME = Bilingual(
    "Nilai yang berbeda terlalu sedikit untuk dihitung", "Too few different values to fit a line"
)
_NOT_INSTALLED = Bilingual(
    "Paket {name} tidak terpasang: pip install --require-hashes -r requirements/statistics.lock",
    "{name} is not installed: pip install --require-hashes -r requirements/statistics.lock",
)


def effect(
    running: npt.ArrayLike, outcome: npt.ArrayLike, *, cutoff: float = 0.0, level: float = LEVEL
) -> Estimate:
    """The jump of the mean outcome at the cut-off; entries at the cut-off itself are after it.

    Raises Refusal where rdrobust is not installed, ValueError for arrays of different length.
    """
    x, y = np.asarray(running, float), np.asarray(outcome, float)
    if len(x) != len(y):
        raise ValueError("running and outcome are not of one length")
    sizes = _sides(x, cutoff)
    if (few := _too_few(sizes)) is not None:
        return unknown(JUMP, neutral=0.0, method=RDROBUST, sizes=sizes, why=few)
    try:
        with _quiet("rdrobust"):
            from rdrobust import rdrobust

            found = rdrobust(y, x, c=cutoff, level=100 * level)
    except (ValueError, IndexError, np.linalg.LinAlgError):
        return unknown(JUMP, neutral=0.0, method=RDROBUST, sizes=sizes, why=_SAME)
    sizes |= {"used_before": int(found.N_h[0]), "used_after": int(found.N_h[1])}
    sizes |= {"bandwidth": float(found.bws.loc["h", "left"])}
    low, high = (float(end) for end in found.ci.loc["Robust"])
    middle = float(found.coef.loc["Bias-Corrected"].iloc[0])
    chance = float(found.pv.loc["Robust"].iloc[0])
    if not np.isfinite([middle, low, high, chance]).all():
        return unknown(JUMP, neutral=0.0, method=RDROBUST, sizes=sizes, why=_SAME)
    return Estimate(JUMP, 0.0, middle, low, high, chance, MappingProxyType(sizes), RDROBUST, level)


def density(running: npt.ArrayLike, *, cutoff: float = 0.0, level: float = LEVEL) -> Estimate:
    """How many more entries for each unit of `running` lie just before the cut-off than after it.

    The densities of both sides times the number of entries, with the jackknife error of their
    difference; `sizes` hold both. `chance` is rddensity's own test.
    Raises Refusal where rddensity is not installed.
    """
    from scipy.stats import norm

    x = np.asarray(running, float)
    sizes = _sides(x, cutoff)
    if (few := _too_few(sizes)) is not None:
        return unknown(DENSITY, neutral=0.0, method=RDDENSITY, sizes=sizes, why=few)
    try:
        with _quiet("rddensity"):
            from rddensity import rddensity

            found = rddensity(x, c=cutoff, bino_flag=False)
    except (ValueError, IndexError, np.linalg.LinAlgError):
        return unknown(DENSITY, neutral=0.0, method=RDDENSITY, sizes=sizes, why=_SAME)
    sizes |= {"used_before": int(found.n["eff_left"]), "used_after": int(found.n["eff_right"])}
    sizes |= {"bandwidth": float(found.h["left"])}
    error, heights = float(found.sd_jk["diff"]), (found.hat["left"], found.hat["right"])
    if not np.isfinite([error, *heights]).all():
        return unknown(DENSITY, neutral=0.0, method=RDDENSITY, sizes=sizes, why=_SAME)
    sizes |= {"per_unit_before": len(x) * float(heights[0])}
    sizes |= {"per_unit_after": len(x) * float(heights[1])}
    more = sizes["per_unit_before"] - sizes["per_unit_after"]
    reach = float(norm.ppf((1 + level) / 2)) * error * len(x)
    ends = (more - reach, more + reach)
    chance = float(found.test["p_jk"])
    return Estimate(DENSITY, 0.0, more, *ends, chance, MappingProxyType(sizes), RDDENSITY, level)


def _sides(x: npt.NDArray[np.float64], cutoff: float) -> dict[str, float]:
    return {"before": int((x < cutoff).sum()), "after": int((x >= cutoff).sum())}


def _too_few(sizes: dict[str, float]) -> Bilingual | None:
    if min(sizes.values()) >= LEAST:
        return None
    return _FEW.format(least=LEAST, left=sizes["before"], right=sizes["after"])


@contextlib.contextmanager
def _quiet(name: str) -> Iterator[None]:
    """The packages print and warn about ties and few points: sizes and `missing` say it."""
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    except ModuleNotFoundError as error:
        raise Refusal(_NOT_INSTALLED.format(name=name)) from error
