"""R023: two tenderers' prices stand in the same ratio again and again."""

from __future__ import annotations

from typing import Any

from tests.signals.facts import Written, judged, marked, reasons


def bid(ocid: str, bidder: str, value: float) -> dict[str, Any]:
    return {
        "ocid": ocid, "bidder_id": bidder, "value": value, "currency": "IDR", "status": "valid",
    }  # fmt: skip


FACTS: Written = {
    "procurements": [{"ocid": each} for each in ("p", "q", "r", "s", "equal", "alone")],
    "bids": [
        bid("p", "A", 100), bid("p", "B", 105), bid("p", "C", 117),
        bid("q", "A", 2000), bid("q", "B", 2100), bid("q", "C", 2010),
        bid("r", "A", 40), bid("r", "B", 42), bid("r", "C", 55),
        bid("s", "A", 100), bid("s", "B", 131), bid("s", "D", 190),
        bid("equal", "A", 70), bid("equal", "B", 70),
        bid("alone", "E", 70),
    ],
}  # fmt: skip


def test_what_is_marked() -> None:
    assert marked("R023", FACTS) == {"p": 3, "q": 3, "r": 3, "A": 3, "B": 3}


def test_evidence_is_the_bids_of_the_pair() -> None:
    found = {row["subject"]: row for row in judged("R023", FACTS)}
    assert found["p"]["evidence"] == ["bids:1", "bids:2"]
    assert found["p"]["ratio"] == 1.05
    assert found["A"]["processes"] == 3
    assert found["C"]["flagged"] is False


def test_what_cannot_be_judged() -> None:
    assert reasons("R023", FACTS) == {"alone": "no_pair", "equal": "no_pair"}


def test_more_repetitions_may_be_asked_for() -> None:
    assert marked("R023", FACTS, times=4) == {}
