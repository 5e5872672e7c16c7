"""R028: different tenderers at the same price."""

from __future__ import annotations

from datetime import date

from tests.signals.bidding import bid, processes
from tests.signals.facts import Written, judged, marked, reasons

FACTS: Written = {
    "procurements": processes(
        "same", "other", "currencies", "one firm", "joint", "no_prices", "no_bids", "zero",
        tender_until=date(2018, 4, 1),
    ),
    "bids": [
        bid("same", 1, "A", 100),
        bid("same", 2, "B", 100, status="disqualified"),
        bid("same", 3, "C", 99),
        bid("other", 1, "C", 100),
        bid("other", 2, "D", 100.5),
        bid("currencies", 1, "C", 100),
        bid("currencies", 2, "D", 100, currency="USD"),
        bid("one firm", 1, "C", 100),
        bid("one firm", 2, "C", 100),
        *(bid("joint", place, name, 100, bidders=2) for place in (1, 2) for name in "CD"),
        bid("no_prices", 1, "A", 100),
        bid("no_prices", 2, "B", 100, currency=None),
        bid("no_bids", 1, "A", 100, status="invited"),
        bid("zero", 1, "A", 0),
        bid("zero", 2, "B", 0),
    ],
}  # fmt: skip


def test_the_same_price_of_two_is_marked_with_both() -> None:
    assert marked("R028", FACTS) == {"same": 1.0, "A": 1.0, "B": 1.0}


def test_what_is_missing_is_named() -> None:
    assert reasons("R028", FACTS) == {
        "no_prices": "no_prices",
        "no_bids": "no_bids",
        "zero": "no_prices",
    }


def test_who_bid_differently_is_judged_and_no_lead() -> None:
    found = {row["subject"]: row for row in judged("R028", FACTS)}
    assert found["C"]["flagged"] is False
    assert found["currencies"]["currencies"] == 2
    assert found["same"]["evidence"] == ["bids:same/1/A", "bids:same/2/B"]
    assert found["A"]["since"] == date(2018, 4, 1)


def test_a_joint_bid_at_the_price_of_one_of_its_members_is_marked() -> None:
    told = {
        "procurements": processes("p"),
        "bids": [bid("p", 1, "C", 5), *(bid("p", 2, name, 5, bidders=2) for name in "CD")],
    }
    assert marked("R028", told) == {"p": 1.0, "C": 1.0, "D": 1.0}


def test_methods_with_set_prices_are_left_out() -> None:
    told = {**FACTS, "procurements": processes("same", method_details="Katalog")}
    assert judged("R028", told, no_price_comparison_procurement_methods=["Katalog"]) == []
