"""Cut-offs with a truth that is known, and those where nothing can be said."""

from __future__ import annotations

import builtins
from typing import Any

import numpy as np
import pytest

from timbang.law.refusal import Refusal
from timbang.signals.statistics import discontinuity

CHANCE = np.random.default_rng(20)
RUNNING = CHANCE.uniform(-1, 1, 2000)
NOISE = CHANCE.normal(0, 0.1, 2000)


def test_a_jump_is_found_with_an_interval_that_covers_it() -> None:
    outcome = RUNNING + 0.5 * (RUNNING >= 0) + NOISE
    found = discontinuity.effect(RUNNING, outcome)
    assert found.low is not None and found.high is not None
    assert found.low < 0.5 < found.high
    assert found.differs is True
    assert found.sizes["before"] + found.sizes["after"] == 2000
    assert 0 < found.sizes["used_before"] < found.sizes["before"]


def test_where_nothing_jumps_the_interval_covers_nothing() -> None:
    found = discontinuity.effect(RUNNING, RUNNING**2 + NOISE)
    assert found.differs is False


def test_bunching_before_the_cut_off_is_found() -> None:
    some = np.random.default_rng(1).random(2000) < 0.6
    moved = np.where((RUNNING > 0) & (RUNNING < 0.3) & some, -RUNNING, RUNNING)
    found = discontinuity.density(moved)
    assert found.low is not None
    assert found.low > 0
    assert found.sizes["per_unit_before"] > 1000 > found.sizes["per_unit_after"]
    even = discontinuity.density(RUNNING)
    assert even.differs is False
    # 2,000 entries over a range of two: a thousand for each unit.
    assert even.sizes["per_unit_before"] == pytest.approx(1000, rel=0.25)


def test_few_on_one_side_are_no_answer() -> None:
    found = discontinuity.density(np.array([-1.0] * 50 + [1.0] * 3))
    assert found.effect is None
    assert found.missing[0].en.endswith("50 before, 3 after")
    assert discontinuity.effect([-1.0, 1.0], [0.0, 1.0]).effect is None


def test_two_values_alone_are_no_answer() -> None:
    running = np.array([-1.0] * 30 + [1.0] * 30)
    assert discontinuity.effect(running, running).effect is None
    assert discontinuity.density(running).effect is None


def test_without_the_package_the_refusal_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = builtins.__import__

    def absent(name: str, *rest: Any) -> Any:
        if name in ("rdrobust", "rddensity"):
            raise ModuleNotFoundError(name=name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(Refusal, match=r"requirements/statistics\.lock"):
        discontinuity.density(RUNNING)
