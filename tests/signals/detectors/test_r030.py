"""R030: a late bid that won."""

from __future__ import annotations

from datetime import date

from tests.signals.bidding import AWARDED, award, bid, processes
from tests.signals.facts import Written, judged, marked, reasons

END, LATER = date(2018, 4, 1), date(2018, 4, 3)
FACTS: Written = {
    "procurements": [
        *processes(
            "late", "in time", "an hour late", "a loser", "no_bids", "no_award", "no_times",
            tender_until=END,
        ),
        *processes("no_end"),
    ],
    "bids": [
        bid("late", 1, "W", bid_on=LATER),
        bid("in time", 1, "T", bid_on=END, seconds_late=-3600),
        bid("an hour late", 1, "H", bid_on=END, seconds_late=3600),
        bid("a loser", 1, "L", bid_on=LATER),
        bid("no_bids", 1, "W", bid_on=LATER, status="disqualified"),
        bid("no_award", 1, "W", bid_on=LATER),
        bid("no_times", 1, "W"),
        bid("no_end", 1, "W", bid_on=LATER),
    ],
    "awards": [
        award("late"),
        award("in time", "T"),
        award("an hour late", "H"),
        award("a loser"),
        award("no_bids"),
        award("no_award", status="pending"),
        award("no_times"),
        award("no_end"),
    ],
}  # fmt: skip


def test_a_late_winner_is_marked() -> None:
    assert marked("R030", FACTS) == {"late": 1.0, "an hour late": 1.0, "W": 1.0, "H": 1.0}


def test_what_is_missing_is_named() -> None:
    assert reasons("R030", FACTS) == {
        "a loser": "no_winning_bid",
        "no_award": "no_award",
        "no_bids": "no_bids",
        "no_end": "no_times",
        "no_times": "no_times",
    }


def test_the_measure_says_how_late_and_the_award_is_the_day_that_counts() -> None:
    found = {row["subject"]: row for row in judged("R030", FACTS)}
    assert found["late"]["days_late"] == 2.0
    assert found["an hour late"]["days_late"] == 3600 / 86_400
    assert found["late"]["since"] == AWARDED
    assert found["late"]["evidence"] == ["bids:late/1/W"]
    assert found["in time"]["flagged"] is False
