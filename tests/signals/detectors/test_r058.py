"""R058: the winning bid lies far below the next one."""

from __future__ import annotations

from tests.signals.bidding import award, pair, processes
from tests.signals.detectors import test_r024 as close
from tests.signals.facts import Written, judged, marked, reasons

FACTS: Written = {
    "procurements": [*close.FACTS["procurements"], *processes("far")],
    "bids": [*close.FACTS["bids"], *pair("far", 100, 600)],
    "awards": [*close.FACTS["awards"], award("far")],
}


def test_a_far_lower_price_is_marked_with_its_winner_only() -> None:
    assert marked("R058", FACTS) == {"far": 5.0, "W": 0.0}


def test_each_reason_names_what_is_missing() -> None:
    assert reasons("R058", FACTS) == {name: name for name in close.REASONS}


def test_the_threshold_counts_itself() -> None:
    assert set(marked("R058", FACTS, threshold=0.47)) == {"far", "usual 7", "W"}


def test_where_most_bids_are_alike_none_is_marked() -> None:
    ocids = [f"alike {n}" for n in range(9)]
    alike = {
        "procurements": processes(*ocids),
        "bids": [row for ocid in ocids for row in pair(ocid, 100, 100)],
        "awards": [award(ocid) for ocid in ocids],
    }
    rows = judged("R058", alike)
    assert {row["flagged"] for row in rows} == {False}
    assert {row["fence"] for row in rows if row["subject_kind"] == "procurement"} == {0.0}
