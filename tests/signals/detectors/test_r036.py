"""R036: the lowest bid was disqualified."""

from __future__ import annotations

from typing import Any

from tests.signals.bidding import AWARDED, award, bid, processes
from tests.signals.facts import Written, judged, marked, reasons

OUT: dict[str, Any] = {"status": "disqualified"}
FACTS: Written = {
    "procurements": processes(
        "lowest", "higher", "tie", "zero", "dollars", "bare", "lost", "all out", "invited"
    ),
    "bids": [
        bid("lowest", 1, "V", 11),
        bid("lowest", 2, "D", 10, **OUT),
        bid("higher", 1, "V", 10),
        bid("higher", 2, "D", 11, **OUT),
        bid("tie", 1, "V", 10),
        bid("tie", 2, "D", 10, **OUT),
        bid("zero", 1, "V", 10),
        bid("zero", 2, "D", 0, **OUT),
        bid("dollars", 1, "V", 10),
        bid("dollars", 2, "D", 1, currency="USD", **OUT),
        bid("lost", 1, "V", 11),
        bid("lost", 2, "D", 10, **OUT),
        bid("all out", 1, "D", 10, **OUT),
        bid("invited", 1, "V", 11),
        bid("invited", 2, "D", 12, **OUT),
        bid("invited", 3, "I", 10, status="invited"),
    ],
    "awards": [
        award(ocid) for ocid in ("lowest", "higher", "tie", "zero", "dollars", "all out", "invited")
    ],
}


def test_the_lowest_of_all_that_were_handed_in_counts() -> None:
    assert marked("R036", FACTS) == {"lowest": 1.0}


def test_what_is_missing_is_named() -> None:
    assert reasons("R036", FACTS) == {
        "bare": "no_bids",
        "lost": "no_award",
        "all out": "no_valid_price",
    }


def test_the_measures_say_what_was_compared() -> None:
    found = {row["subject"]: row for row in judged("R036", FACTS)}
    assert (found["lowest"]["lowest_bid"], found["lowest"]["lowest_valid_bid"]) == (10.0, 11.0)
    assert found["lowest"]["since"] == AWARDED
    assert found["dollars"]["left_out"] == 1
    assert found["dollars"]["flagged"] is False
    assert found["zero"]["left_out"] == 1
    assert "bids:lowest/2/D" in found["lowest"]["evidence"]


def test_the_first_of_two_equal_bids_counts() -> None:
    swapped = [
        {**row, "bid_place": 3 - row["bid_place"]} for row in FACTS["bids"] if row["ocid"] == "tie"
    ]
    assert marked("R036", {**FACTS, "bids": swapped}) == {"tie": 1.0}


def test_in_dollars_only_if_they_are_set() -> None:
    assert reasons("R036", FACTS, currency="USD")["dollars"] == "no_valid_price"
