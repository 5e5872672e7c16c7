"""A11: appointed from a campaign team."""

from __future__ import annotations

from datetime import date

from tests.signals.facts import Written, judged, marked, reasons

NEW = {"source": "s", "change": "appointed", "region_code": "99.01.02", "from_on": date(2025, 9, 1)}
OFFICIAL = {"source": "s", "list_kind": "official", "region_code": "99.01"}
TEAM = {"source": "t", "list_kind": "campaigner", "region_code": "99.01"}
FACTS: Written = {
    "posts": [],
    "people": [
        {"row_id": "o1", "record_id": "1", "number_hash": "a", **OFFICIAL},
        {"row_id": "o2", "record_id": "2", **OFFICIAL},
        {"row_id": "o3", "record_id": "3", **OFFICIAL},
        {"row_id": "o4", "record_id": "4", "number_hash": "a", **OFFICIAL},
        {"row_id": "t1", "record_id": "1", **TEAM},
        {"row_id": "t2", "record_id": "2", **TEAM},
        {"row_id": "t3", "record_id": "3", **TEAM, "region_code": "99.03"},
        {"row_id": "c1", "record_id": "4", **TEAM, "list_kind": "candidate"},
    ],
    "name_links": [
        {"record": "t1", "person": "o1", "certainty": 0.999, "homonyms": 1, "status": "sure"},
        {"record": "t2", "person": "o2", "certainty": 0.7, "homonyms": 9, "status": "likely"},
        {"record": "t2", "person": "o3", "certainty": 0.9, "homonyms": 2, "status": "different"},
        {"record": "t3", "person": "o3", "certainty": 1.0, "homonyms": 1, "status": "same"},
        {"record": "c1", "person": "o3", "certainty": 1.0, "homonyms": 1, "status": "same"},
    ],
    "appointments": [
        {"row_id": "linked", **NEW, "record_id": "1"},
        {"row_id": "by number", **NEW, "record_id": "4"},
        {"row_id": "likely", **NEW, "record_id": "2"},
        {"row_id": "somebody else", **NEW, "record_id": "3"},
        {"row_id": "elsewhere", **NEW, "record_id": "9", "region_code": "99.02"},
        {"row_id": "moved", **NEW, "record_id": "1", "change": "moved"},
    ],
}


def test_a_counted_link_to_a_team_of_the_region_is_marked() -> None:
    assert marked("A11", FACTS) == {"linked": 0.999, "by number": 0.999}
    found = {row["subject"]: row for row in judged("A11", FACTS)}
    assert found["linked"]["homonyms"] == 1
    assert found["linked"]["evidence"] == ["appointments:linked", "people:t1"]


def test_a_likely_link_is_not_judged_and_a_refuted_one_is_none() -> None:
    assert reasons("A11", FACTS) == {"likely": "link_unsure", "elsewhere": "team_unknown"}
    found = {row["subject"]: row for row in judged("A11", FACTS)}
    assert found["somebody else"]["flagged"] is False
    assert "moved" not in found
