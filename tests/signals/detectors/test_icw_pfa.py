"""ICW_PFA: the seven indicators of Indonesia Corruption Watch and their mean."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from tests.signals.facts import Written, judged, marked, reasons
from timbang.signals.detectors import icw_pfa


def package(ocid: str, **other: Any) -> dict[str, Any]:
    return {
        "ocid": ocid, "buyer_id": "B", "title": "Pengadaan kursi", "description": "Kursi",
        "value": 20e9, "tender_from": date(2023, 10, 2),
    } | other  # fmt: skip


def award(ocid: str, amount: float = 19.9e9, day: date = date(2023, 12, 20)) -> dict[str, Any]:
    return {"ocid": ocid, "award_id": ocid, "supplier_id": "S", "value": amount, "awarded_on": day}


FACTS: Written = {
    "procurements": [
        package("high"),
        package("low", value=1e9, title="x" * 90, description="x" * 300,
                tender_from=date(2023, 3, 1)),
        package("open"),
        package("thin", value=None, description=None, title=None),
    ],
    "awards": [
        award("high"),
        award("low", 0.95e9, date(2023, 3, 20)),
        award("thin"),
    ],
}  # fmt: skip


def test_what_is_marked() -> None:
    # duration 79 days 5, discount 0.5 % 5, size 5, title 5, description 5, quarter 5, three wins 3
    assert marked("ICW_PFA", FACTS) == {"high": pytest.approx(33 / 7)}


def test_each_indicator_is_shown_with_its_score() -> None:
    rows = {row["subject"]: row for row in judged("ICW_PFA", FACTS)}
    assert {name: rows["low"][name] for name in icw_pfa.INDICATORS} == {
        "duration": 1, "discount": 1, "amount": 2, "title": 1, "description": 1, "quarter": 1,
        "wins": 3,
    }  # fmt: skip
    assert rows["low"]["missing"] is None
    assert rows["thin"]["missing"] == "discount title description"


def test_what_cannot_be_judged() -> None:
    assert reasons("ICW_PFA", FACTS) == {"open": "not_awarded", "thin": "too_little_known"}


@pytest.mark.parametrize(
    ("percent", "score"),
    [(-1, 5), (0.5, 5), (1, 4), (2.5, 3), (3.99, 2), (4, 1), (7.9, 1), (8, 2), (15, 3), (25, 5)],
)
def test_a_contract_near_the_estimate_or_far_below_scores_high(percent: float, score: int) -> None:
    told = {
        "procurements": [package("a", value=1000e6)],
        "awards": [award("a", 1000e6 * (1 - percent / 100))],
    }
    (row,) = judged("ICW_PFA", told)
    assert row["discount"] == score


def test_every_scale_ends_and_says_where_it_comes_from() -> None:
    for scale in icw_pfa.scales().values():
        *bounds, last = [below for below, _ in scale.steps]
        assert last is None
        assert all(low < high for low, high in pairwise(filter(None, bounds)))
        assert {score for _, score in scale.steps} <= {1, 2, 3, 4, 5}
    assert icw_pfa.scales()["duration"].level == "one_source"
    assert icw_pfa.scales()["wins"].level == "choice"
