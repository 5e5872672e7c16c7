"""Shares and rates against tables of the literature and against sums written out."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timbang.signals.statistics import counts


def test_a_share_has_the_published_interval() -> None:
    # Clopper and Pearson's own example, as tables give it: 3 of 10.
    found = counts.share(3, 10)
    assert (found.low, found.high) == pytest.approx((0.0667, 0.6525), abs=5e-5)
    # "The rule of three": none of n leaves at most about 3/n (one-sided; 3.7/n two-sided).
    assert counts.share(0, 100).high == pytest.approx(1 - 0.025 ** (1 / 100))
    assert counts.share(0, 100).low == 0.0


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 40), st.data())
def test_the_ends_of_a_share_leave_half_of_the_rest_outside(
    whole: int, data: st.DataObject
) -> None:
    part = data.draw(st.integers(0, whole))
    found = counts.share(part, whole)

    def tail(p: float, kept: range) -> float:
        return sum(math.comb(whole, x) * p**x * (1 - p) ** (whole - x) for x in kept)

    assert found.low is not None and found.high is not None
    if part:
        assert tail(found.low, range(part, whole + 1)) == pytest.approx(0.025, rel=1e-6)
    if part < whole:
        assert tail(found.high, range(part + 1)) == pytest.approx(0.025, rel=1e-6)


def test_nobody_is_no_share() -> None:
    found = counts.share(0, 0)
    assert found.effect is None
    assert found.missing
    with pytest.raises(ValueError, match="is no share"):
        counts.share(3, 2)


def test_rates_of_equal_windows_are_a_sign_test() -> None:
    found = counts.rates(8, 2, days_inside=30, days_outside=30)
    assert found.effect == pytest.approx(4.0)
    # 10 fair coins: at least 8 heads in 56 of 1024 cases.
    assert found.chance == pytest.approx(2 * 56 / 1024)
    assert found.differs is False


def test_a_longer_window_counts_less() -> None:
    found = counts.rates(10, 30, days_inside=30, days_outside=360)
    assert found.effect == pytest.approx(4.0)
    assert found.differs is True


def test_nothing_outside_leaves_the_interval_open() -> None:
    found = counts.rates(6, 0, days_inside=30, days_outside=330)
    assert found.effect == math.inf
    told = found.as_json()
    assert told["effect"] is None
    assert told["open_ended"] is True
    assert found.low is not None and found.low > 1


def test_nothing_at_all_says_why() -> None:
    assert counts.rates(0, 0, days_inside=30, days_outside=330).missing
