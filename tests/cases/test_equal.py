"""Equal facts, equal sanction: the ladder, the range, and where a proposal stands."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from timbang.cases import equal
from timbang.cases.equal import Like, attributes_of, compare, ladder, nearest_rank

LIGHT = [kind for level, kind in ladder() if level == "ringan"]
NORM = "pp_94_2021/4f"


def like(kind: str, *, post: str = "executing", marks: tuple[str, ...] = ()) -> Like:
    return Like(NORM, "ringan", kind, post, marks)


def test_the_ladder_goes_from_light_to_heavy() -> None:
    kinds = [kind for _level, kind in ladder()]
    wanted = ["oral_reprimand", "written_reprimand", "written_dissatisfaction",
              "allowance_cut_6_months", "allowance_cut_12_months",
              "honourable_dismissal_not_at_own_request"]  # fmt: skip
    assert [kind for kind in kinds if kind in wanted] == wanted


@pytest.mark.parametrize(
    ("given", "proposed", "stands"),
    [
        ([0, 0, 0], 0, "within"),
        ([0, 0, 0], 1, "above"),
        ([2, 2, 2], 0, "below"),
        ([0, 1, 2], 2, "within"),
        ([0, 0], 2, "unknown"),
        ([0] * 19 + [2], 2, "above"),
        ([0] * 8 + [2] * 2, 2, "within"),
    ],
)
def test_one_odd_decision_does_not_widen_the_range(
    given: Sequence[int], proposed: int, stands: str
) -> None:
    found = compare(like(LIGHT[proposed]), [like(LIGHT[place]) for place in given])
    assert (found.stands, found.n) == (stands, len(given))
    assert found.needs_reason is (stands in ("below", "above"))


def test_like_widens_where_too_few_are_known_and_says_so() -> None:
    marked = [like(LIGHT[0], marks=("impact:unit",))] * 2
    other = [like(LIGHT[1], marks=("impact:agency",))] * 2
    elsewhere = [like(LIGHT[2], post="functional")] * 3
    proposed = like(LIGHT[0], marks=("impact:unit",))
    assert compare(proposed, [*marked, *marked, *other]).basis == "like"
    assert compare(proposed, [*marked, *other]).basis == "norm_and_post"
    assert compare(proposed, [*marked, *elsewhere]).basis == "norm"
    assert compare(proposed, []).basis == "none"


def test_nearest_rank_is_a_value_that_was_given() -> None:
    values = list(range(1, 21))
    assert [nearest_rank(values, percent) for percent in (0, 10, 50, 90, 100)] == [1, 2, 10, 18, 20]
    assert nearest_rank([7], 10) == 7


def test_attributes_leave_out_what_is_not_known() -> None:
    assert attributes_of({"deliberate": False, "impact": "unit", "act_on": "x"}) == (
        "impact:unit", "deliberate:false",
    )  # fmt: skip
    assert set(equal.titles()) >= set(ladder())
