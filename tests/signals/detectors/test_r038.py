"""R038: very many bids disqualified."""

from __future__ import annotations

from datetime import date

from tests.signals.bidding import bid
from tests.signals.facts import Written, judged, marked

# Of ten bids each: how many the buyer disqualified; T0 is the first to go, then T1 and so on.
SHARES = {**{f"B{n}": n % 3 for n in range(8)}, "HARSH": 8}
FACTS: Written = {
    "procurements": [
        *(
            {"ocid": buyer, "buyer_id": buyer, "entity_id": "P", "tender_until": date(2018, 1, 9)}
            for buyer in SHARES
        ),
        {"ocid": "one bid", "buyer_id": "SMALL"},
        {"ocid": "bare", "buyer_id": "BARE", "entity_id": "EMPTY"},
        {"ocid": "gone", "buyer_id": "HARSH", "status": "cancelled"},
    ],
    "bids": [
        *(
            bid(buyer, n, f"T{n}" if buyer != "HARSH" or n != 9 else "CALM",
                status="disqualified" if n < out else "valid")
            for buyer, out in SHARES.items()
            for n in range(10)
        ),
        bid("B0", 10, "CALM", status="withdrawn"),
        bid("one bid", 1, "T9", status="disqualified"),
        bid("gone", 1, "T9", status="disqualified"),
        bid("gone", 2, "NOBODY"),
    ],
}  # fmt: skip


def test_buyers_entities_and_tenderers_are_each_compared_with_their_kind() -> None:
    """P is the only one of its kind, and so at its own fence."""
    found = {
        (row["subject_kind"], row["subject"]): row["value"]
        for row in judged("R038", FACTS)
        if row["flagged"]
    }
    assert found == {
        ("buyer", "HARSH"): 0.8,
        ("procuring_entity", "P"): 15 / 90,
        ("tenderer", "T0"): 6 / 9,
        ("tenderer", "T1"): 3 / 9,
    }


def test_what_is_missing_is_named() -> None:
    found = {
        (row["subject_kind"], row["subject"]): row["reason"]
        for row in judged("R038", FACTS)
        if row["flagged"] is None
    }
    assert found == {
        ("buyer", "SMALL"): "too_few",
        ("buyer", "BARE"): "no_bids",
        ("procuring_entity", "EMPTY"): "no_bids",
        ("tenderer", "CALM"): "too_few",
    }


def test_the_minima_and_the_threshold_can_be_set() -> None:
    assert "SMALL" in marked("R038", FACTS, minimum_contracting_processes=1)
    assert "P" not in marked("R038", FACTS, threshold=0.5)
    assert marked("R038", FACTS, threshold=0.8)["HARSH"] == 0.8


def test_a_joint_bid_is_one_for_the_buyer_and_one_for_each_tenderer() -> None:
    told = {
        "procurements": [{"ocid": "p", "buyer_id": "B"}],
        "bids": [
            *(bid("p", 1, name, bidders=2, status="disqualified") for name in "CD"),
            bid("p", 2, "C"),
        ],
    }
    found = {row["subject"]: row for row in judged("R038", told)}
    assert (found["B"]["disqualified"], found["B"]["submitted"]) == (1, 2)
    assert (found["C"]["disqualified"], found["C"]["submitted"]) == (1, 2)
    assert found["B"]["compared"] == 1


def test_the_lead_names_the_bids_that_were_disqualified_and_the_days() -> None:
    found = {row["subject"]: row for row in judged("R038", FACTS)}
    assert len(found["HARSH"]["evidence"]) == 8
    assert found["HARSH"]["since"] == found["HARSH"]["until"] == date(2018, 1, 9)
