"""A06: selections that were not open."""

from __future__ import annotations

from tests.signals.facts import Written, judged, marked, reasons

OPEN = {
    "level": "JPT Pratama",
    "selection": "open",
    "announced_days": 15,
    "names_proposed": 3,
    "panel_members": 5,
}
FACTS: Written = {
    "posts": [],
    "appointments": [
        {"row_id": "as it should be", **OPEN},
        {"row_id": "short", **OPEN, "announced_days": 14},
        {"row_id": "two names, six members", **OPEN, "names_proposed": 2, "panel_members": 6},
        {"row_id": "three members", **OPEN, "panel_members": 3},
        {"row_id": "eleven members", **OPEN, "panel_members": 11},
        {"row_id": "nine members", **OPEN, "panel_members": 9},
        {"row_id": "one thing known", "level": "II.a", "names_proposed": 1},
        {"row_id": "half known", **OPEN, "panel_members": None},
        {"row_id": "talent", **OPEN, "selection": "talent", "announced_days": 0},
        {"row_id": "no level", **OPEN, "level": None},
        {"row_id": "lower", "level": "III.a", "announced_days": 1},
    ],
}  # fmt: skip


def test_rules_that_were_not_met_are_counted() -> None:
    assert marked("A06", FACTS) == {
        "short": 1, "two names, six members": 2, "three members": 1, "eleven members": 1,
        "one thing known": 1,
    }  # fmt: skip


def test_what_cannot_be_judged_says_why() -> None:
    assert reasons("A06", FACTS) == {
        "half known": "selection_unknown",
        "talent": "from_talent",
        "no level": "level_unknown",
    }


def test_nine_members_are_allowed() -> None:
    found = {row["subject"]: row for row in judged("A06", FACTS)}
    assert found["nine members"]["flagged"] is False
    assert "lower" not in found
