"""Difference in differences: what an election year adds to a figure, beside regions without one.

    effects(units, cells, values, {"in": flags, "before": flags, "after": flags})

The model is value = level of the unit + shock of the cell + sum of effects of the phases + rest. A
unit is a region, a cell a year of a province: so a region is compared with itself in other years
and with its neighbours in the same year, and a year in which all of a province votes tells nothing.

How the work is shared: a detector's expression makes the panel (one row a unit and year: cleaned
amounts, phases) on DuckDB or Spark; what an expression cannot say on both, least squares with
errors clustered by unit, is done here on the few thousand rows that come out.

Least squares and clustered errors are those of statsmodels, after the means of units and cells are
taken away by turns until nothing moves (Gaure 2013, Computational Statistics and Data Analysis 66).
With few clusters such errors are too small; then the interval is that of the wild cluster bootstrap
(Cameron, Gelbach and Miller 2008, Review of Economics and Statistics 90; Rademacher weights,
symmetric). An effect that differs from round to round is averaged with weights that may be uneven
(Goodman-Bacon 2021, Journal of Econometrics 225).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from timbang.law.bilingual import Bilingual
from timbang.signals.statistics.estimate import LEVEL, Estimate, unknown

Real = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

UNIT: Final = Bilingual("selisih logaritma", "difference of logarithms")
METHOD: Final = "two-way fixed effects, clustered by unit (statsmodels)"
BOOTSTRAP: Final = "two-way fixed effects, wild cluster bootstrap"
# Units that must have the phase, and units that must lie beside them without it. A choice of ours.
LEAST: Final = 3
# Below so many clusters the bootstrap gives the interval (Cameron and Miller 2015: 20 to 50).
FEW_CLUSTERS: Final = 30
REPETITIONS: Final = 999
_ENUMERATED: Final = 10
_CLOSE: Final = 1e-10
_NO_COMPARISON: Final = Bilingual(
    "Tidak ada satuan dengan dan tanpa pemilihan yang dapat dibandingkan dalam tahun yang sama",
    "No units with and without an election that can be compared in the same year",
)


def effects(
    units: Sequence[str],
    cells: Sequence[str],
    values: Sequence[float],
    phases: Mapping[str, Sequence[bool]],
    *,
    seed: int = 0,
    level: float = LEVEL,
) -> dict[str, Estimate]:
    """The effect of each phase on `values`, in their unit. All have one entry for each row.

    A phase is unknown where fewer than LEAST units tell it apart. `seed` draws the bootstrap where
    the clusters are too many to try all signs. Raises ValueError where the lengths differ.
    """
    lengths = {len(units), len(cells), len(values), *(len(flags) for flags in phases.values())}
    if len(lengths) != 1:
        raise ValueError(f"the columns have {sorted(lengths)} rows")
    told = _comparable(units, cells, phases)
    sizes = {name: _sizes(units, flags, told[name]) for name, flags in phases.items()}
    known = [name for name in phases if _enough(sizes[name])]
    missing = {
        name: unknown(UNIT, neutral=0.0, method=METHOD, sizes=sizes[name], why=_NO_COMPARISON)
        for name in phases
        if name not in known
    }
    if not known:
        return missing
    groups = [_numbered(units), _numbered(cells)]
    design = _without_means(np.array([phases[name] for name in known], float).T, groups)
    outcome = _without_means(np.array(values, float)[:, None], groups)[:, 0]
    if np.linalg.matrix_rank(design, tol=1e-6) < len(known):
        return missing | {
            name: unknown(UNIT, neutral=0.0, method=METHOD, sizes=sizes[name], why=_NO_COMPARISON)
            for name in known
        }
    made = _estimated(outcome, design, groups[0], [sizes[name] for name in known], seed, level)
    return missing | dict(zip(known, made, strict=True))


def _comparable(
    units: Sequence[str], cells: Sequence[str], phases: Mapping[str, Sequence[bool]]
) -> dict[str, list[bool]]:
    """Rows in cells where some rows have the phase and others have none."""
    found = {}
    for name, flags in phases.items():
        with_it = {cell for cell, flag in zip(cells, flags, strict=True) if flag}
        without = {cell for cell, flag in zip(cells, flags, strict=True) if not flag}
        found[name] = [cell in with_it & without for cell in cells]
    return found


def _sizes(units: Sequence[str], flags: Sequence[bool], told: Sequence[bool]) -> dict[str, float]:
    rows = list(zip(units, flags, told, strict=True))
    return {
        "units_with": len({unit for unit, flag, here in rows if here and flag}),
        "units_beside": len({unit for unit, flag, here in rows if here and not flag}),
        "units": len(set(units)),
        "rows": len(units),
    }


def _enough(sizes: Mapping[str, float]) -> bool:
    return min(sizes["units_with"], sizes["units_beside"]) >= LEAST


def _numbered(names: Sequence[str]) -> Whole:
    places = {name: place for place, name in enumerate(dict.fromkeys(names))}
    return np.array([places[name] for name in names], np.int64)


def _without_means(values: Real, groups: Sequence[Whole]) -> Real:
    """Take the means of each grouping away by turns until no mean is left."""
    counts = [np.bincount(group)[:, None].astype(float) for group in groups]
    scale = max(float(np.abs(values).max()), 1.0)
    for _ in range(10_000):
        moved = 0.0
        for group, count in zip(groups, counts, strict=True):
            sums = np.zeros((len(count), values.shape[1]))
            np.add.at(sums, group, values)
            means = sums / count
            values = values - means[group]
            moved = max(moved, float(np.abs(means).max()))
        if moved < _CLOSE * scale:
            break
    return values


def _estimated(
    outcome: Real,
    design: Real,
    clusters: Whole,
    sizes: Sequence[Mapping[str, float]],
    seed: int,
    level: float,
) -> list[Estimate]:
    import statsmodels.api as sm

    fitted = sm.OLS(outcome, design).fit(
        cov_type="cluster", cov_kwds={"groups": clusters}, use_t=True
    )
    ends = fitted.conf_int(1 - level)
    method, chances = METHOD, [float(chance) for chance in fitted.pvalues]
    if len(set(clusters.tolist())) < FEW_CLUSTERS:
        method = BOOTSTRAP
        ends, chances = _bootstrapped(fitted, design, clusters, seed, level)
    return [
        Estimate(
            UNIT, 0.0, float(fitted.params[place]), float(ends[place][0]), float(ends[place][1]),
            chances[place], MappingProxyType(dict(own)), method, level,
        )
        for place, own in enumerate(sizes)
    ]  # fmt: skip


def _bootstrapped(
    fitted: Any, design: Real, clusters: Whole, seed: int, level: float
) -> tuple[list[tuple[float, float]], list[float]]:
    """Symmetric bootstrap-t: residuals of whole clusters keep or change their sign."""
    bread: Real = np.asarray(np.linalg.inv(design.T @ design), np.float64)
    signs = _signs(int(clusters.max()) + 1, seed)
    errors = _errors(fitted.resid, design, clusters, bread)
    drawn = np.empty((len(signs), design.shape[1]))
    for place, sign in enumerate(signs):
        noise = fitted.resid * sign[clusters]
        shift = bread @ (design.T @ noise)
        drawn[place] = shift / _errors(noise - design @ shift, design, clusters, bread)
    size = np.abs(drawn)
    ends, chances = [], []
    for place, (effect, error) in enumerate(zip(fitted.params, errors, strict=True)):
        reach = float(np.quantile(size[:, place], level, method="higher")) * error
        ends.append((float(effect) - reach, float(effect) + reach))
        # A share of draws; the draw that was seen counts as one of them.
        far = int(np.sum(size[:, place] >= abs(effect / error) * (1 - 1e-12)))
        chances.append((far + 1) / (len(signs) + 1))
    return ends, chances


def _signs(clusters: int, seed: int) -> Real:
    if clusters <= _ENUMERATED:
        return np.array(list(product((-1.0, 1.0), repeat=clusters)))
    drawn: Real = np.random.default_rng(seed).choice((-1.0, 1.0), (REPETITIONS, clusters))
    return drawn


def _errors(rest: npt.NDArray[Any], design: Real, clusters: Whole, bread: Real) -> Real:
    """Clustered standard errors with the correction of statsmodels."""
    count, rows = int(clusters.max()) + 1, len(rest)
    sums = np.zeros((count, design.shape[1]))
    np.add.at(sums, clusters, design * rest[:, None])
    freed = count / (count - 1) * (rows - 1) / (rows - design.shape[1])
    variances = np.diag(bread @ (sums.T @ sums) @ bread) * freed
    # A perfect fit leaves nothing to divide by.
    found: Real = np.sqrt(np.maximum(variances, np.finfo(float).tiny))
    return found
