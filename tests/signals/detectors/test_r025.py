"""R025: a busy tenderer that hardly ever wins."""

from __future__ import annotations

from tests.signals.bidding import AWARDED, award, bid, processes
from tests.signals.facts import Written, judged, marked, reasons

# Of each firm: in how many procurements it bids, and how many of these it wins.
FIRMS = {
    "BUSY": (10, 1),
    "SELDOM": (1, 0),
    **{f"S{n}": (4, 2) for n in range(4)},
    **{f"T{n}": (5, 3) for n in range(4)},
}
BIDS = {f"{firm} {n}": firm for firm, (often, _) in FIRMS.items() for n in range(often)}
WON = {f"{firm} {n}": firm for firm, (_, won) in FIRMS.items() for n in range(won)}
FACTS: Written = {
    "procurements": processes(*BIDS, "several", "pending"),
    "bids": [
        *(bid(ocid, 1, firm) for ocid, firm in BIDS.items()),
        bid("BUSY 5", 2, "BUSY"),
        bid("BUSY 5", 3, "BUSY", bidders=2),
        bid("several", 1, "UNCLEAR"),
        bid("pending", 1, "UNCLEAR"),
        bid("pending", 2, "OUT", status="disqualified"),
    ],
    "awards": [
        *(award(ocid, WON.get(ocid, "WITHOUT BID")) for ocid in BIDS),
        award("several", "UNCLEAR"),
        award("several", "UNCLEAR", 2),
        award("pending", "UNCLEAR", status="pending"),
    ],
}


def test_who_bids_much_and_wins_seldom_is_marked() -> None:
    assert marked("R025", FACTS) == {"BUSY": 0.1}


def test_what_is_missing_is_named() -> None:
    assert reasons("R025", FACTS) == {
        "UNCLEAR": "no_clear_award",
        "OUT": "no_bids",
        "WITHOUT BID": "no_bids",
    }


def test_a_procurement_counts_once_and_the_measures_explain_the_value() -> None:
    found = {row["subject"]: row for row in judged("R025", FACTS)}
    assert (found["BUSY"]["won"], found["BUSY"]["taken_part"]) == (1, 10)
    assert (found["BUSY"]["compared"], found["BUSY"]["busy"]) == (10, 5.0)
    assert found["BUSY"]["since"] == AWARDED
    assert len(found["BUSY"]["evidence"]) == 10
    assert found["SELDOM"]["flagged"] is False


def test_threshold_and_percentile_can_be_set() -> None:
    assert marked("R025", FACTS, percentile=0) == {"BUSY": 0.1, "SELDOM": 0.0}
    assert marked("R025", FACTS, threshold=0.6).keys() == {"BUSY", "T0", "T1", "T2", "T3"}
    assert marked("R025", FACTS, threshold=0.6, percentile=100) == {"BUSY": 0.1}


def test_without_bids_each_supplier_is_named_as_not_judged() -> None:
    """Data that has awards and no bids at all."""
    told = reasons("R025", {**FACTS, "bids": []})
    assert set(told.values()) == {"no_bids"}
    assert "BUSY" in told


def test_where_most_never_win_nobody_is_marked() -> None:
    ocids = [f"lost {n}" for n in range(8)]
    lost = {
        "procurements": processes(*ocids),
        "bids": [bid(ocid, 1, f"L{n}") for n, ocid in enumerate(ocids)],
        "awards": [award(ocid, "elsewhere") for ocid in ocids],
    }
    assert marked("R025", lost) == {}
    assert judged("R025", lost)[0]["value"] == 0.0
