"""A07: chosen from outside the best."""

from __future__ import annotations

from tests.signals.facts import Written, marked, reasons

FACTS: Written = {
    "posts": [{"post_code": "P", "level": "high_first"}, {"post_code": "P", "level": "supervisor"}],
    "appointments": [
        {"row_id": "fifth", "level": "II.b", "panel_rank": 5},
        {"row_id": "third", "level": "II.b", "panel_rank": 3, "talent_box": 1},
        {"row_id": "box 6", "level": "II.b", "talent_box": 6},
        {"row_id": "box 7", "level": "II.b", "talent_box": 7},
        {"row_id": "nothing", "level": "II.b"},
        {"row_id": "no level", "panel_rank": 9},
        {"row_id": "two levels in the register", "post_code": "P", "panel_rank": 9},
        {"row_id": "lower", "level": "III.b", "panel_rank": 9},
    ],
}


def test_a_choice_beyond_the_limit_is_marked() -> None:
    assert marked("A07", FACTS) == {"fifth": 2, "box 6": 1}


def test_what_cannot_be_judged_says_why() -> None:
    assert reasons("A07", FACTS) == {
        "nothing": "selection_unknown",
        "no level": "level_unknown",
        "two levels in the register": "level_unknown",
    }
