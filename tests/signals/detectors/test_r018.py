"""R018: a single bid."""

from __future__ import annotations

from datetime import date

from tests.signals.bidding import bid
from tests.signals.facts import Written, judged, marked, reasons

OPEN = {"method": "open"}
FACTS: Written = {
    "procurements": [
        {"ocid": "alone", "region_code": "99.01", "tender_until": date(2018, 3, 1), **OPEN},
        {"ocid": "two", **OPEN},
        {"ocid": "written", "tenderers": 1, "method": "selective"},
        {"ocid": "written as many", "tenderers": 3, **OPEN},
        {"ocid": "zero", "tenderers": 0, **OPEN},
        {"ocid": "none", **OPEN},
        {"ocid": "without method", "tenderers": 1},
        {"ocid": "direct", "tenderers": 1, "method": "direct"},
        {"ocid": "cancelled", "tenderers": 1, "status": "cancelled", **OPEN},
    ],
    "bids": [
        bid("alone", 1, "A"),
        bid("alone", 2, "A"),
        bid("alone", 3, "B", status="withdrawn"),
        bid("two", 1, "A"),
        bid("two", 2, "B", status="disqualified"),
        bid("written as many", 1, "A"),
        {"ocid": "zero", "bidder_id": "A"},
    ],
}


def test_one_bidder_alone_is_marked() -> None:
    assert marked("R018", FACTS) == {"alone": 1.0, "written": 1.0, "zero": 1.0}


def test_what_is_missing_is_named() -> None:
    assert reasons("R018", FACTS) == {"none": "no_bids", "without method": "no_method"}


def test_methods_that_ask_for_no_competition_are_no_subject() -> None:
    assert "direct" not in {row["subject"] for row in judged("R018", FACTS)}
    assert marked("R018", FACTS, procurement_methods=["direct"]) == {"direct": 1.0}
    assert "without method" in marked("R018", FACTS, procurement_methods=[])


def test_the_lead_names_its_day_and_the_row_that_it_rests_on() -> None:
    found = {row["subject"]: row for row in judged("R018", FACTS)}
    assert found["alone"]["evidence"] == ["procurements:1"]
    assert found["alone"]["since"] == date(2018, 3, 1)
    assert found["two"]["flagged"] is False
