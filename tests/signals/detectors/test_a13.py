"""A13: officials named as candidates or in a campaign team."""

from __future__ import annotations

from tests.signals.facts import Written, judged, marked, reasons

OFFICIAL = {"list_kind": "official", "region_code": "99.01"}
FACTS: Written = {
    "people": [
        {"row_id": "o1", "number_hash": "a", **OFFICIAL},
        {"row_id": "o1 again", "number_hash": "a", **OFFICIAL},
        {"row_id": "o2", **OFFICIAL},
        {"row_id": "o3", **OFFICIAL},
        {"row_id": "o4", **OFFICIAL},
        {"row_id": "c1", "list_kind": "candidate"},
        {"row_id": "t1", "list_kind": "campaigner"},
        {"row_id": "w1", "list_kind": "declarant"},
    ],
    "name_links": [
        {"record": "c1", "person": "o1", "certainty": 0.9991, "homonyms": 2, "status": "sure"},
        {
            "record": "t1",
            "person": "o1 again",
            "certainty": 0.6,
            "homonyms": 40,
            "status": "likely",
        },
        {"record": "t1", "person": "o2", "certainty": 0.8, "homonyms": 3, "status": "likely"},
        {"record": "t1", "person": "o3", "certainty": 0.99, "homonyms": 1, "status": "different"},
        {"record": "w1", "person": "o4", "certainty": 1.0, "homonyms": 1, "status": "same"},
    ],
}


def test_a_counted_link_is_marked_with_its_certainty_and_homonyms() -> None:
    assert marked("A13", FACTS) == {"o1": 0.9991}
    found = {row["subject"]: row for row in judged("A13", FACTS)}
    assert (found["o1"]["homonyms"], found["o1"]["list_kind"]) == (2, "candidate")
    assert found["o1"]["evidence"] == ["people:c1", "people:o1"]


def test_a_likely_link_waits_for_an_officer_and_a_refuted_one_is_none() -> None:
    assert reasons("A13", FACTS) == {"o2": "link_unsure"}
    found = {row["subject"]: row for row in judged("A13", FACTS)}
    assert found["o3"]["flagged"] is False
    assert "o4" not in found
