"""R024: the next bid lies close above the winning one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.signals.bidding import AWARDED, Row, award, bid, pair, processes
from tests.signals.facts import Written, judged, marked, reasons

USUAL = {f"usual {n}": 140.0 + n for n in range(8)}
REASONS: dict[str, tuple[list[Row], list[Row]]] = {
    "no_bids": ([bid("no_bids", 1, "W", status=None)], [award("no_bids")]),
    "no_award": (pair("no_award", 100, 101), [award("no_award", status="cancelled")]),
    "award_pending": (
        pair("award_pending", 100, 101),
        [award("award_pending"), award("award_pending", None, 2, status="pending")],
    ),
    "several_awards": (
        pair("several_awards", 100, 101),
        [award("several_awards"), award("several_awards", place=2)],
    ),
    "several_suppliers": (
        pair("several_suppliers", 100, 101),
        [award("several_suppliers", name, suppliers=2) for name in ("W", "X")],
    ),
    "no_winning_price": (
        [bid("no_winning_price", 1, "W", None), bid("no_winning_price", 2, "L", 9)],
        [award("no_winning_price")],
    ),
    "no_second_price": (
        [
            bid("no_second_price", 1, "W", 100),
            bid("no_second_price", 2, "L", 101, bidders=2),
            bid("no_second_price", 2, "M", 101, bidders=2),
            bid("no_second_price", 3, "N", 101, currency="USD"),
            bid("no_second_price", 4, "O", 0),
        ],
        [award("no_second_price")],
    ),
    "not_lowest": (pair("not_lowest", 101, 100), [award("not_lowest")]),
}
FACTS: Written = {
    "procurements": processes("close", *USUAL, *REASONS),
    "bids": [
        *pair("close", 100, 101),
        *(row for ocid, second in USUAL.items() for row in pair(ocid, 100, second)),
        *(row for rows, _ in REASONS.values() for row in rows),
    ],
    "awards": [
        award("close"),
        *(award(ocid) for ocid in USUAL),
        *(row for _, rows in REASONS.values() for row in rows),
    ],
}


def with_process(ocid: str, bids: list[Row], awards: list[Row], **told: Any) -> Written:
    return {
        "procurements": [*FACTS["procurements"], *processes(ocid, **told)],
        "bids": [*FACTS["bids"], *bids],
        "awards": [*FACTS["awards"], *awards],
    }


def test_a_close_price_is_marked_with_winner_and_next_bidder() -> None:
    assert marked("R024", FACTS) == {"close": 0.01, "W": 0.0, "L": 0.0}


def test_each_reason_names_what_is_missing() -> None:
    assert reasons("R024", FACTS) == {name: name for name in REASONS}


def test_a_lead_says_when_and_rests_on_its_rows() -> None:
    found = {row["subject"]: row for row in judged("R024", FACTS)}
    assert found["close"]["since"] == AWARDED
    assert found["close"]["evidence"] == [
        "awards:close/a1/W", "bids:close/1/W", "bids:close/2/L", "procurements:close",
    ]  # fmt: skip
    assert found["close"]["compared"] == 9
    # Quartiles of type 8 by hand: 0.40 + 2/3 of 0.01, and 0.45 + 1/3 of 0.01.
    assert found["close"]["fence"] == pytest.approx(0.406667 - 1.5 * 0.046667, abs=1e-5)
    assert found["L"]["evidence"] == ["bids:close/2/L"]
    assert (found["L"]["since"], found["L"]["region_code"]) == (AWARDED, "99.01")
    assert found["no_second_price"]["left_out"] == 3


def test_a_threshold_takes_the_place_of_the_fence_and_counts_itself() -> None:
    assert marked("R024", FACTS, threshold=0.4).keys() == {"close", "usual 0", "W", "L"}


def test_the_lowest_bid_of_the_winner_counts() -> None:
    bids = [bid("again", 1, "W", 100.5), *pair("again", 100, 100.5)]
    found = with_process("again", bids, [award("again")])
    assert marked("R024", found)["again"] == pytest.approx(0.005)


@pytest.mark.parametrize(
    ("told", "chosen"),
    [
        ({"status": "cancelled"}, {}),
        ({"method_details": "EXC"}, {"excluded_procurement_method_details": ["EXC"]}),
        ({"method_details": "NPC"}, {"no_price_comparison_procurement_methods": ["NPC"]}),
    ],
)
def test_what_is_left_out_is_no_subject(told: Row, chosen: dict[str, Any]) -> None:
    found = with_process("out", pair("out", 100, 101), [award("out")], **told)
    assert "out" not in {row["subject"] for row in judged("R024", found, **chosen)}


def test_only_methods_that_compare_prices_may_be_named() -> None:
    found = with_process("in", pair("in", 100, 101), [award("in")], method_details="Lelang")
    only = {"price_comparison_procurement_methods": ["Lelang"]}
    assert [row["subject"] for row in judged("R024", found, **only)] == ["in", "L", "W"]


def test_the_currency_of_most_bids_is_compared_unless_one_is_set() -> None:
    found = with_process("usd", pair("usd", 100, 101, currency="USD"), [award("usd")])
    assert reasons("R024", found)["usd"] == "no_winning_price"
    told = {row["subject"]: row for row in judged("R024", found, currency="USD")}
    assert told["usd"]["value"] == 0.01
    assert told["close"]["reason"] == "no_winning_price"


def test_of_several_releases_the_latest_bids_count() -> None:
    first = pair("twice", 100, 101, record_id="1", released_on=AWARDED)
    again = pair("twice", 100, 150, record_id="2", released_on=AWARDED.replace(month=6))
    for number, row in enumerate(again):
        row["row_id"] = f"again {number}"
    told = {
        row["subject"]: row
        for row in judged("R024", with_process("twice", first + again, [award("twice")]))
    }
    assert told["twice"]["value"] == 0.5
