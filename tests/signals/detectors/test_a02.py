"""A02: officials replaced in the first six months of a new head."""

from __future__ import annotations

from datetime import date

from tests.signals.facts import Written, judged, marked, reasons

NEW = {"change": "appointed", "region_code": "99.01", "level": "Eselon II.b", "consent": "none"}
FACTS: Written = {
    "contests": [
        {
            "election": "e-2024", "contest_kind": "mayor", "region_code": "99.01",
            "voting_on": date(2024, 11, 27), "inaugurated_on": date(2025, 2, 20),
        },
        {"election": "e-2024", "contest_kind": "mayor", "region_code": "99.02"},
    ],
    "posts": [],
    "appointments": [
        {"row_id": "at once", **NEW, "from_on": date(2025, 2, 20)},
        {"row_id": "inside", **NEW, "from_on": date(2025, 3, 10)},
        {"row_id": "last day", **NEW, "from_on": date(2025, 8, 20)},
        {"row_id": "after", **NEW, "from_on": date(2025, 8, 21)},
        {"row_id": "before", **NEW, "from_on": date(2025, 2, 19)},
        {"row_id": "agreed", **NEW, "consent": "given", "from_on": date(2025, 8, 20)},
        {"row_id": "unsaid", **NEW, "consent": None, "from_on": date(2025, 3, 10)},
        {"row_id": "staff", **NEW, "level": "Pelaksana", "from_on": date(2025, 3, 10)},
        {"row_id": "no level", **NEW, "level": "x", "from_on": date(2025, 3, 10)},
        {"row_id": "no day", **NEW},
        {"row_id": "no change", **NEW, "change": None, "from_on": date(2025, 3, 10)},
        {"row_id": "no region", **NEW, "region_code": None, "from_on": date(2025, 3, 10)},
        {"row_id": "no head", **NEW, "region_code": "99.02", "from_on": date(2025, 3, 10)},
    ],
}  # fmt: skip


def test_a_replacement_in_the_first_six_months_is_marked() -> None:
    assert marked("A02", FACTS) == {"at once": 0, "inside": 18}


def test_what_cannot_be_judged_says_why() -> None:
    assert reasons("A02", FACTS) == {
        "last day": "last_day", "unsaid": "consent_unknown", "no level": "level_unknown",
        "no day": "day_unknown", "no change": "change_unknown", "no region": "region_unknown",
        "no head": "inauguration_unknown",
    }  # fmt: skip


def test_consent_clears_the_last_day_too() -> None:
    found = {row["subject"]: row for row in judged("A02", FACTS)}
    assert found["agreed"]["flagged"] is False
    assert found["inside"]["inaugurated_on"] == date(2025, 2, 20)
