"""The event study against differences of means and against least squares written out."""

from __future__ import annotations

import numpy as np
import pytest

from timbang.signals.statistics.event_study import Row, study


def panel(*, effect: float, cohorts: tuple[int | None, ...], seed: int = 3) -> list[Row]:
    """Units with a level of their own, a common shock a period, and an effect that grows."""
    chance = np.random.default_rng(seed)
    rows = []
    for number, event in enumerate(cohorts):
        level = chance.normal(0, 2)
        for period in range(8):
            since = -1 if event is None else period - event
            value = level + 0.3 * period + chance.normal(0, 0.2)
            rows.append(Row(f"u{number}", period, value + effect * max(0, since + 1), event))
    return rows


ONE = (4,) * 12 + (None,) * 12


def test_one_cohort_gives_the_difference_in_differences() -> None:
    rows = panel(effect=1.0, cohorts=ONE)
    found = study(rows, before=3, after=3)
    cell = {(row.unit, row.period): row.value for row in rows}
    mine = [f"u{number}" for number in range(12)]
    other = [f"u{number}" for number in range(12, 24)]

    def moved(units: list[str], step: int) -> float:
        return float(np.mean([cell[u, 4 + step] - cell[u, 3] for u in units]))

    for step, each in found.items():
        # Others keep periods outside the window: they tell of the shocks and of nothing else.
        assert each.effect == pytest.approx(moved(mine, step) - moved(other, step), abs=0.05)
    assert found[2].effect == pytest.approx(3.0, abs=0.3)
    assert found[-3].differs is False
    assert found[0].differs is True


def test_errors_are_those_of_least_squares_written_out() -> None:
    rows = [row for row in panel(effect=1.0, cohorts=ONE) if 1 <= row.period <= 6]
    found = study(rows, before=3, after=2)
    units = sorted({row.unit for row in rows})
    steps = [-3, -2, 0, 1, 2]
    design = np.array(
        [
            [row.event is not None and row.period - 4 == step for step in steps]
            + [row.period == period for period in range(2, 7)]
            + [row.unit == unit for unit in units]
            for row in rows
        ],
        float,
    )
    y = np.array([row.value for row in rows])
    solved = np.linalg.pinv(design.T @ design)
    beta = solved @ design.T @ y
    rest = y - design @ beta
    meat = np.zeros_like(solved)
    for unit in units:
        mine = np.array([row.unit == unit for row in rows])
        score = design[mine].T @ rest[mine]
        meat += np.outer(score, score)
    groups, used = len(units), len(steps) + 5
    scale = groups / (groups - 1) * (len(rows) - 1) / (len(rows) - used)
    errors = np.sqrt(np.diag(solved @ meat @ solved) * scale)
    for place, step in enumerate(steps):
        each = found[step]
        assert each.effect == pytest.approx(beta[place])
        assert each.high is not None and each.low is not None
        # The interval reaches as far as Student's t with one degree less than there are units.
        assert (each.high - each.low) / 2 == pytest.approx(2.0686576 * errors[place], rel=1e-6)


def test_cohorts_at_different_times_are_not_mixed_up() -> None:
    early, late = (3,) * 10, (5,) * 10
    found = study(panel(effect=1.0, cohorts=early + late + (None,) * 10), before=2, after=2)
    assert found[1].effect == pytest.approx(2.0, abs=0.2)
    assert found[-2].effect == pytest.approx(0.0, abs=0.2)
    assert found[0].sizes["units_here"] == 20


def test_without_units_to_compare_with_there_is_no_answer() -> None:
    found = study(panel(effect=1.0, cohorts=(4,) * 12), before=2, after=2)
    assert all(each.effect is None for each in found.values())
    assert found[0].missing[0].en.endswith("12 with, 0 without")


def test_a_unit_twice_in_a_period_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        study([Row("a", 1, 1.0, None), Row("a", 1, 2.0, None)], before=1, after=1)
