"""R022: prices of the bids lie far apart."""

from __future__ import annotations

from typing import Any

import pytest

from tests.signals.facts import Written, judged, marked, reasons


def bid(ocid: str, bidder: str, value: float, status: str = "valid") -> dict[str, Any]:
    return {
        "ocid": ocid, "bidder_id": bidder, "value": value, "currency": "IDR", "status": status,
    }  # fmt: skip


# Spreads of 0.1, 0.2, 0.3, 0.4 and 4.0: Q1 0.1667, Q3 1.6, upper fence 3.75 (Hyndman-Fan 8).
HIGH = {"p": 110.0, "q": 120.0, "r": 130.0, "s": 140.0, "wide": 500.0}
FACTS: Written = {
    "procurements": [{"ocid": each} for each in (*HIGH, "alone", "refused")],
    "bids": [
        *(bid(ocid, "A", 100.0) for ocid in HIGH),
        *(bid(ocid, "B", high) for ocid, high in HIGH.items()),
        bid("wide", "A", 400.0),
        bid("alone", "A", 100.0),
        bid("refused", "A", 100.0),
        bid("refused", "B", 900.0, "disqualified"),
    ],
}


def test_what_is_marked() -> None:
    assert marked("R022", FACTS) == {"wide": pytest.approx(4.0)}
    (lead,) = [row for row in judged("R022", FACTS) if row["flagged"]]
    assert lead["evidence"] == ["bids:10", "bids:5"]
    assert lead["variation"] == pytest.approx(200 / 300)


def test_what_cannot_be_judged() -> None:
    assert reasons("R022", FACTS) == {"alone": "no_prices", "refused": "no_prices"}


def test_another_threshold() -> None:
    assert set(marked("R022", FACTS, threshold=0.3)) == {"r", "s", "wide"}


def test_methods_without_comparison_are_left_out() -> None:
    told: Written = {**FACTS, "procurements": [{"ocid": "wide", "method_details": "NPC"}]}
    found = judged("R022", told, no_price_comparison_procurement_methods=("NPC",))
    assert "wide" not in {row["subject"] for row in found}
