"""A09: appointed after a decided breach that served the winner."""

from __future__ import annotations

from datetime import date

from tests.signals.facts import Written, judged, marked, reasons

NEW = {"change": "appointed", "region_code": "99.01", "from_on": date(2025, 9, 1)}
CASE = {"region_code": "99.01", "decided_on": date(2024, 12, 1), "conduct": "campaign_team"}
WINNER, LOSER = "e-2024:regent:99.01:1", "e-2024:regent:99.01:2"
SIDE = {"election": "e-2024", "contest_kind": "regent", "region_code": "99.01"}
FACTS: Written = {
    "posts": [],
    "contests": [{**SIDE, "voting_on": date(2024, 11, 27)}],
    "candidacies": [
        {**SIDE, "pair_number": 1, "name": "Ani", "elected": True},
        {**SIDE, "pair_number": 1, "name": "Budi", "elected": True},
        {**SIDE, "pair_number": 2, "name": "Cici", "elected": False},
        {**SIDE, "pair_number": 3, "name": "Dedi"},
        {**SIDE, "region_code": "99.03", "pair_number": 1, "name": "Eka", "elected": True},
    ],
    "decided_cases": [
        {"row_id": "k1", **CASE, "number_hash": "a", "favoured": WINNER},
        {"row_id": "k2", **CASE, "number_hash": "b", "favoured": LOSER},
        {"row_id": "k3", **CASE, "number_hash": "c"},
        {"row_id": "k4", **CASE, "number_hash": "d", "favoured": "e-2024:regent:99.01:3"},
        {"row_id": "k5", **CASE, "number_hash": "f", "favoured": "e-2024:regent:99.03:1"},
        {"row_id": "k6", **CASE, "number_hash": "g", "favoured": WINNER, "decided_on": date(2025, 9, 2)},
    ],
    "appointments": [
        {"row_id": "reward", **NEW, "number_hash": "a"},
        {"row_id": "years later", **NEW, "number_hash": "a", "from_on": date(2026, 11, 28)},
        {"row_id": "loser", **NEW, "number_hash": "b"},
        {"row_id": "no side", **NEW, "number_hash": "c"},
        {"row_id": "no result", **NEW, "number_hash": "d"},
        {"row_id": "no day of voting", **NEW, "number_hash": "f"},
        {"row_id": "decided later", **NEW, "number_hash": "g"},
        {"row_id": "no case", **NEW, "number_hash": "x"},
        {"row_id": "no number", **NEW},
        {"row_id": "no day", **NEW, "number_hash": "a", "from_on": None},
        {"row_id": "elsewhere", **NEW, "number_hash": "x", "region_code": "99.02"},
    ],
}  # fmt: skip


def test_a_post_after_the_favoured_side_won_is_marked() -> None:
    assert marked("A09", FACTS) == {"reward": 278}
    assert marked("A09", FACTS, months=6) == {}


def test_what_cannot_be_judged_says_why() -> None:
    assert reasons("A09", FACTS) == {
        "no side": "side_unknown", "no result": "side_unknown", "no day of voting": "side_unknown",
        "no number": "number_unknown", "no day": "day_unknown", "elsewhere": "cases_unknown",
    }  # fmt: skip


def test_the_lead_rests_on_the_decree_and_the_decided_case() -> None:
    found = {row["subject"]: row for row in judged("A09", FACTS)}
    assert found["reward"]["evidence"] == ["appointments:reward", "decided_cases:k1"]
    assert found["reward"]["conduct"] == "campaign_team"
    for name in ("years later", "loser", "decided later", "no case"):
        assert found[name]["flagged"] is False
