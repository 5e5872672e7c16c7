"""Difference in differences: against dummies, by hand, and on panels with a known effect."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from timbang.signals.difference import BOOTSTRAP, METHOD, effects

YEARS = range(2015, 2021)


def panel(
    effect: float, *, regions: int = 60, noise: float = 0.1, seed: int = 1, gaps: int = 0
) -> dict[str, Any]:
    """Regions of three provinces with levels and shocks of their own; every third votes in 2017,
    the next third in 2018, the others in 2020."""
    chance = np.random.default_rng(seed)
    levels, shocks = chance.normal(10, 2, regions), chance.normal(0, 1, (3, len(YEARS)))
    rows = []
    for region in range(regions):
        for place, year in enumerate(YEARS):
            held = year == (2017, 2018, 2020)[region % 3]
            value = levels[region] + shocks[region % 2, place] + effect * held
            rows.append((f"r{region}", f"p{region % 2}/{year}", value, held))
    kept = [rows[place] for place in sorted(chance.permutation(len(rows))[gaps:])]
    return {
        "units": [row[0] for row in kept],
        "cells": [row[1] for row in kept],
        "values": [row[2] + chance.normal(0, noise) for row in kept],
        "phases": {"in": [row[3] for row in kept]},
    }


def with_dummies(found: dict[str, Any]) -> Any:
    """The same by least squares with a column for each unit and cell."""
    import statsmodels.api as sm

    columns = [found["phases"]["in"]]
    columns += [[unit == each for unit in found["units"]] for each in sorted(set(found["units"]))]
    told = [each for each in sorted(set(found["cells"])) if not each.endswith("2015")]
    columns += [[cell == each for cell in found["cells"]] for each in told]
    design = np.array(columns, float).T
    clusters = np.unique(found["units"], return_inverse=True)[1]
    fitted = sm.OLS(np.array(found["values"]), design)
    return fitted.fit(cov_type="cluster", cov_kwds={"groups": clusters}, use_t=True), design


def test_two_regions_groups_by_hand() -> None:
    """Those with an election rise by 4, 5 and 6, those without by 1, 2 and 3: the effect is 3."""
    units = [f"{kind}{place}" for kind in "ab" for place in range(3) for _ in (0, 1)]
    cells = ["2017", "2018"] * 6
    values = [10.0, 14.0, 20.0, 25.0, 30.0, 36.0, 1.0, 2.0, 2.0, 4.0, 5.0, 8.0]
    held = [unit[0] == "a" and cell == "2018" for unit, cell in zip(units, cells, strict=True)]
    found = effects(units, cells, values, {"in": held})["in"]
    assert found.effect == pytest.approx(3.0)
    assert found.sizes == {"units_with": 3, "units_beside": 3, "units": 6, "rows": 12}


@pytest.mark.parametrize("gaps", [0, 40])
def test_means_taken_away_give_what_dummies_give(gaps: int) -> None:
    made = panel(0.3, gaps=gaps)
    found = effects(**made)["in"]
    fitted, design = with_dummies(made)
    rows, parameters = design.shape
    # statsmodels counts the dummies among the parameters, and here they are gone
    freed = np.sqrt((rows - parameters) / (rows - 1))
    error = fitted.bse[0] * freed
    assert found.effect == pytest.approx(fitted.params[0], abs=1e-9)
    assert found.high is not None
    reach = (found.high - found.effect) if found.effect is not None else 0.0
    assert reach == pytest.approx(error * 2.0009957, rel=1e-3)  # t of 59 degrees
    assert found.method == METHOD


def test_a_planted_effect_is_found_and_its_interval_covers_it() -> None:
    found = effects(**panel(0.4))["in"]
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0.4 < found.high
    assert found.low > 0.3
    assert found.differs
    fallen = effects(**panel(-0.4))["in"]
    assert fallen.high is not None
    assert fallen.high < -0.3


def covered(regions: int) -> float:
    """How often the interval covers an effect of zero in 100 panels."""
    hits = 0
    for seed in range(100):
        found = effects(**panel(0.0, regions=regions, seed=seed))["in"]
        hits += found.low is not None and found.high is not None and found.low <= 0 <= found.high
    return hits / 100


def test_intervals_cover_as_often_as_they_say() -> None:
    assert 0.88 <= covered(40) <= 1.0


def test_with_few_regions_the_bootstrap_gives_the_interval_and_still_covers() -> None:
    found = effects(**panel(0.4, regions=12))["in"]
    assert found.method == BOOTSTRAP
    assert found.chance is not None
    assert found.chance < 0.05
    assert covered(9) >= 0.88


def test_the_same_seed_gives_the_same_interval() -> None:
    made = panel(0.2, regions=12)
    assert effects(**made)["in"] == effects(**made)["in"]


def test_where_all_vote_in_the_same_year_nothing_can_be_said() -> None:
    made = panel(0.4)
    everyone = [cell.endswith("2018") for cell in made["cells"]]
    found = effects(made["units"], made["cells"], made["values"], {"in": everyone})["in"]
    assert not found.known
    assert found.missing


def test_phases_are_told_apart() -> None:
    made = panel(0.0, noise=0.01)
    held = made["phases"]["in"]
    years = [int(cell[-4:]) for cell in made["cells"]]
    when = {unit: year for unit, year, flag in zip(made["units"], years, held, strict=True) if flag}
    before = [when[unit] == year + 1 for unit, year in zip(made["units"], years, strict=True)]
    values = [v + 0.5 * b + 0.2 * h for v, b, h in zip(made["values"], before, held, strict=True)]
    found = effects(made["units"], made["cells"], values, {"in": held, "before": before})
    assert found["before"].effect == pytest.approx(0.5, abs=0.01)
    assert found["in"].effect == pytest.approx(0.2, abs=0.01)


def test_a_perfect_fit_has_an_interval_of_no_length() -> None:
    made = panel(0.4, regions=12, noise=0.0)
    found = effects(**made)["in"]
    for end in (found.low, found.effect, found.high):
        assert end == pytest.approx(0.4)


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="rows"):
        effects(["a"], ["b"], [1.0, 2.0], {"in": [True]})
