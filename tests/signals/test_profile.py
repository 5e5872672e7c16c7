"""The five distortions: exact shares, small groups held back, what is missing told."""

from __future__ import annotations

import pytest

from timbang.signals import profile
from timbang.signals.profile import FEW, MEASURED, MISSING, TOO_FEW, Tally, cell


def test_a_share_stands_with_its_interval_and_size() -> None:
    found = cell("poor_service", Tally(10, 40))
    assert (found.status, found.value, found.size) == (MEASURED, 0.25, 40)
    # Clopper and Pearson, 10 of 40, as tables give it.
    assert (found.low, found.high) == pytest.approx((0.1269, 0.4120), abs=1e-4)


def test_what_nobody_told_is_missing_and_never_zero() -> None:
    found = profile.profile("A", {})
    assert [each.status for each in found.cells] == [MISSING] * 5
    assert all(each.value is None and each.high is None for each in found.cells)
    assert cell("poor_service", Tally(0, 0)).status == MISSING


def test_a_small_group_tells_nothing() -> None:
    found = cell("poor_service", Tally(9, 9))
    assert found.status == TOO_FEW
    assert (found.value, found.low, found.high, found.size) == (None, None, None, None)


@pytest.mark.parametrize("marked", range(5))
def test_none_to_four_marked_are_told_in_the_same_words(marked: int) -> None:
    assert cell("poor_service", Tally(marked, 40)) == cell("poor_service", Tally(0, 40))
    assert cell("poor_service", Tally(marked, 40)).status == FEW


@pytest.mark.parametrize("rest", range(5))
def test_none_to_four_unmarked_are_told_in_the_same_words(rest: int) -> None:
    found = cell("poor_service", Tally(40 - rest, 40))
    assert found == cell("poor_service", Tally(40, 40))
    assert (found.value, found.high) == (None, 1.0)
    assert found.low is not None and 0.7 < found.low < 0.9


def test_five_marked_are_told() -> None:
    assert cell("poor_service", Tally(5, 40)).value == 0.125


def test_the_five_are_those_of_the_article_and_each_names_its_source() -> None:
    assert [each.code for each in profile.DISTORTIONS] == [
        "posts_not_by_merit", "incompetent_holders", "public_interest_bent", "poor_service",
        "posts_by_election",
    ]  # fmt: skip
    assert all(each.sources and each.beware.id for each in profile.DISTORTIONS)


def test_a_tally_of_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="no distortion is called wealth"):
        profile.profile("A", {"wealth": Tally(1, 20)})
