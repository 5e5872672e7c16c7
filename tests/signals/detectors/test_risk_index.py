"""RISK_INDEX: the parts of the index after Fazekas, and their mean."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.signals.facts import Written, judged, marked, reasons


def tender(ocid: str, **other: Any) -> dict[str, Any]:
    return {
        "ocid": ocid, "buyer_id": ocid, "method": "open", "tags": "planning,tender,award",
        "tender_from": date(2023, 3, 1), "tender_until": date(2023, 3, 4),
    } | other  # fmt: skip


def bid(ocid: str, bidder: str) -> dict[str, Any]:
    return {"ocid": ocid, "bidder_id": bidder, "bid_id": bidder, "status": "valid", "value": 1.0}


def award(ocid: str, supplier: str, amount: float, day: date) -> dict[str, Any]:
    return {
        "ocid": ocid, "award_id": ocid, "supplier_id": supplier, "value": amount,
        "awarded_on": day,
    }  # fmt: skip


FACTS: Written = {
    "procurements": [
        tender("closed", method="limited"),
        tender("fair", tender_until=date(2023, 3, 21)),
        tender("direct", method="direct"),
        tender("gaps", tender_from=None, tender_until=None, tags=None),
    ],
    "bids": [bid("closed", "A"), bid("fair", "A"), bid("fair", "B")],
    "awards": [
        award("closed", "A", 10.0, date(2023, 3, 5)),
        award("fair", "A", 10.0, date(2023, 4, 20)),
    ],
}


def test_what_is_marked() -> None:
    # one bid 1, called 0, limited 0.5, three days 1, decided in a day 1; the share is not known
    assert marked("RISK_INDEX", FACTS) == {"closed": pytest.approx(3.5 / 5)}


def test_the_parts_and_what_is_missing_are_shown() -> None:
    rows = {row["subject"]: row for row in judged("RISK_INDEX", FACTS)}
    assert (rows["closed"]["parts"], rows["closed"]["missing"]) == (5, "share")
    assert rows["fair"]["value"] == 0.0
    assert rows["gaps"]["missing"] == "single_bid no_call advertised decided share"


def test_what_cannot_be_judged() -> None:
    assert reasons("RISK_INDEX", FACTS) == {"direct": "direct_award", "gaps": "too_few_parts"}


def test_the_share_of_a_supplier_is_that_of_the_buyers_year() -> None:
    ocids = ("a", "b", "c", "d", "e")
    told = {
        "procurements": [tender(ocid, buyer_id="B") for ocid in ocids],
        "awards": [
            award(ocid, "S" if ocid in "ab" else ocid, 10.0, date(2023, 4, 1)) for ocid in ocids
        ],
    }
    rows = {row["subject"]: row["share"] for row in judged("RISK_INDEX", told)}
    assert rows["a"] == pytest.approx(0.4)
    assert rows["c"] == pytest.approx(0.2)
    assert {row["share"] for row in judged("RISK_INDEX", told, awards=6)} == {None}


def test_dates_that_contradict_each_other_are_not_judged() -> None:
    told = {
        "procurements": [tender("a", tender_until=date(2023, 2, 1))],
        "bids": [bid("a", "A"), bid("a", "B")],
    }
    (row,) = judged("RISK_INDEX", told)
    assert row["advertised"] is None


def test_a_late_decision_weighs_half() -> None:
    told = {
        "procurements": [tender("a")],
        "awards": [award("a", "S", 10.0, date(2023, 9, 1))],
    }
    (row,) = judged("RISK_INDEX", told)
    assert row["decided"] == 0.5
