"""R035: all disqualified but the winner."""

from __future__ import annotations

from typing import Any

import pytest

from tests.signals.bidding import AWARDED, award, bid, processes
from tests.signals.facts import Written, judged, marked, reasons

OUT: dict[str, Any] = {"status": "disqualified"}
FACTS: Written = {
    "procurements": processes("two out", "none out", "two valid", "other", "open", "bare", "lost"),
    "bids": [
        bid("two out", 1, "W"),
        bid("two out", 2, "D", **OUT),
        bid("two out", 3, "D", **OUT),
        bid("two out", 4, "E", **OUT),
        bid("two out", 5, "W", **OUT),
        bid("two out", 6, "P", status="pending"),
        bid("none out", 1, "V"),
        bid("two valid", 1, "W"),
        bid("two valid", 2, "X"),
        bid("two valid", 3, "D", **OUT),
        bid("other", 1, "V"),
        bid("other", 2, "D", **OUT),
        bid("open", 1, "W"),
        bid("open", 2, "D", **OUT),
        bid("lost", 1, "W"),
    ],
    "awards": [
        award("two out"),
        award("two out", place=2),
        award("two out", "C", 3, status="cancelled"),
        award("none out", "V"),
        award("two valid"),
        award("other", "S"),
        award("open"),
        award("open", None, 2, status="pending"),
        award("bare"),
        award("lost", status="unsuccessful"),
    ],
}


def test_the_others_are_counted_once_each() -> None:
    assert marked("R035", FACTS) == {"two out": 2.0, "W": 0.0}


def test_what_is_missing_is_named() -> None:
    assert reasons("R035", FACTS) == {
        "open": "award_pending",
        "bare": "no_bids",
        "lost": "no_award",
    }


@pytest.mark.parametrize(("threshold", "leads"), [(0, 2), (2, 2), (3, 0)])
def test_the_threshold_is_at_least_one(threshold: int, leads: int) -> None:
    assert len(marked("R035", FACTS, threshold=threshold)) == leads


def test_several_winners_are_no_lead() -> None:
    found = {row["subject"]: row for row in judged("R035", FACTS)}
    assert found["two valid"]["flagged"] is False
    assert found["other"]["flagged"] is False
    assert found["V"]["flagged"] is False
    assert (found["W"]["since"], found["W"]["processes"]) == (AWARDED, 1)
