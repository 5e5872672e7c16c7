"""How an outcome moves around an event, against those to whom nothing happened then.

    study(rows, before=4, after=4)      # rows: Row(unit, period, value, event)

Two-way fixed effects: each unit has its own level, each period its own shock; what is left, by
periods since the event, are the effects. The period just before the event is the reference, and the
leads before it say whether the two already moved apart (they should be near 0). Standard errors are
clustered by unit (statsmodels). Where units have their event at different times and the effect
differs between them, such coefficients mix them up (Sun and Abraham 2021, Journal of Econometrics
225): then each cohort is estimated against the units without an event, and the cohorts are averaged
by their size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from timbang.law.bilingual import Bilingual
from timbang.signals.statistics.estimate import LEVEL, Estimate, unknown

Real = npt.NDArray[np.float64]

UNIT: Final = Bilingual("selisih dari yang diharapkan", "difference from what was to be expected")
METHOD: Final = "event study, two-way fixed effects by cohort, clustered by unit (statsmodels)"
REFERENCE: Final = -1
# Fewer units on a side than this give clustered errors nothing to stand on. A choice of ours.
LEAST: Final = 5
_FEW = Bilingual(
    "Kurang dari {least} satuan dengan atau tanpa peristiwa: {treated} dengan, {others} tanpa",
    "Fewer than {least} units with or without the event: {treated} with, {others} without",
)
_NO_REFERENCE = Bilingual(
    "Periode tepat sebelum peristiwa tidak ada dalam data",
    "The period just before the event is not in the data",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One unit in one period; `event` is the period of its event, None where it has none."""

    unit: str
    period: int
    value: float
    event: int | None


def study(
    rows: Iterable[Row], *, before: int, after: int, level: float = LEVEL
) -> dict[int, Estimate]:
    """The effect at each period from `-before` to `after` around the event, the reference left out.

    Rows of a unit outside this window are not used. Raises ValueError for a unit that stands twice
    in a period or has two events.
    """
    found = _checked(list(rows))
    asked = [step for step in range(-before, after + 1) if step != REFERENCE]
    treated = sorted({row.unit for row in found if row.event is not None})
    others = sorted({row.unit for row in found} - set(treated))
    sizes: dict[str, float] = {
        "units_with": len(treated),
        "units_without": len(others),
        "rows": len(found),
    }
    if min(len(treated), len(others)) < LEAST:
        why = _FEW.format(least=LEAST, treated=len(treated), others=len(others))
        return {step: _unknown(sizes, why) for step in asked}
    kept = [
        row for row in found
        if row.event is None or -before <= row.period - row.event <= after
    ]  # fmt: skip
    cohorts = sorted({row.event for row in kept if row.event is not None})
    cells = [(event, step) for event in cohorts for step in asked if _has(kept, event, step)]
    if not all(_has(kept, event, REFERENCE) for event in cohorts):
        return {step: _unknown(sizes, _NO_REFERENCE) for step in asked}
    fitted = _fit(kept, cells)
    return {step: _averaged(step, cells, kept, fitted, sizes, level) for step in asked}


def _checked(rows: list[Row]) -> list[Row]:
    events: dict[str, int | None] = {}
    seen: set[tuple[str, int]] = set()
    for row in rows:
        if (row.unit, row.period) in seen:
            raise ValueError(f"{row.unit} stands twice in period {row.period}")
        seen.add((row.unit, row.period))
        if events.setdefault(row.unit, row.event) != row.event:
            raise ValueError(f"{row.unit} has two events")
    return rows


def _has(rows: Sequence[Row], event: int, step: int) -> bool:
    return any(row.event == event and row.period == event + step for row in rows)


def _fit(rows: Sequence[Row], cells: Sequence[tuple[int, int]]) -> Any:
    """Least squares after each unit's mean is taken away, with a column for each period."""
    import statsmodels.api as sm

    units = {name: place for place, name in enumerate(sorted({row.unit for row in rows}))}
    periods = sorted({row.period for row in rows})[1:]
    of = np.array([units[row.unit] for row in rows])
    columns = [
        *([row.event == event and row.period == event + step for row in rows]
          for event, step in cells),
        *([row.period == period for row in rows] for period in periods),
    ]  # fmt: skip
    design = _within(np.array(columns, float).T, of)
    values = _within(np.array([[row.value] for row in rows], float), of)[:, 0]
    return sm.OLS(values, design).fit(cov_type="cluster", cov_kwds={"groups": of}, use_t=True)


def _within(values: Real, of: npt.NDArray[np.int64]) -> Real:
    counts = np.bincount(of)[:, None]
    sums = np.zeros((len(counts), values.shape[1]))
    np.add.at(sums, of, values)
    found: Real = values - (sums / counts)[of]
    return found


def _averaged(
    step: int,
    cells: Sequence[tuple[int, int]],
    rows: Sequence[Row],
    fitted: Any,
    sizes: dict[str, float],
    level: float,
) -> Estimate:
    """Cohorts that have this step, averaged by the number of their units."""
    weights = np.zeros(len(fitted.params))
    for place, (event, own) in enumerate(cells):
        if own == step:
            weights[place] = sum(row.event == event and row.period == event + step for row in rows)
    here = weights.sum()
    if not here:
        return _unknown(sizes, _NO_REFERENCE)
    test = fitted.t_test(weights / here)
    low, high = (float(end) for end in test.conf_int(1 - level)[0])
    return Estimate(
        UNIT, 0.0, float(test.effect[0]), low, high, float(np.squeeze(test.pvalue)),
        MappingProxyType(sizes | {"units_here": int(here)}), METHOD, level,
    )  # fmt: skip


def _unknown(sizes: dict[str, float], why: Bilingual) -> Estimate:
    return unknown(UNIT, neutral=0.0, method=METHOD, sizes=sizes, why=why)
