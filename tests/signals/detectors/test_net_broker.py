"""NET_BROKER: one through whom what was given reaches many."""

from __future__ import annotations

from tests.signals.detectors.test_net_pair import gift
from tests.signals.facts import Written, judged, marked, reasons

FACTS: Written = {
    "exchanges": [
        *[gift("P", f"k{number}", 2, through_id="many") for number in range(5)],
        gift("Q", "k1", 3, through_id="many"),
        *[gift("P", f"k{number}", 2, through="Sedikit") for number in range(2)],
        *[gift("P", "", 2, through_id="unnamed") for _ in range(6)],
        *[
            gift(f"k{number}", "P", 2, through_id="votes", kind="vote_support")
            for number in range(9)
        ],
        *[gift("P", "own", 2, through_id="own") for _ in range(9)],
    ],
}


def test_whoever_reaches_five_is_marked() -> None:
    assert marked("NET_BROKER", FACTS) == {"many": 5.0}


def test_receivers_that_nobody_named_could_be_enough() -> None:
    assert reasons("NET_BROKER", FACTS) == {"unnamed": "receivers_missing"}


def test_votes_that_are_gathered_make_no_broker_of_gifts() -> None:
    assert "votes" not in {row["subject"] for row in judged("NET_BROKER", FACTS)}


def test_the_lead_counts_givers_and_exchanges() -> None:
    (lead,) = (row for row in judged("NET_BROKER", FACTS) if row["flagged"])
    assert (lead["givers"], lead["exchanges"], lead["months"]) == (2, 6, 2)
