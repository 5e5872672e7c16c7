"""A04: decrees signed before BKN's consideration."""

from __future__ import annotations

from datetime import date

from tests.signals.facts import Written, judged, marked, reasons

SIGNED = {"decreed_on": date(2025, 5, 10), "change": "moved"}
FACTS: Written = {
    "posts": [],
    "appointments": [
        {"row_id": "late", **SIGNED, "bkn_number": "P/1", "bkn_on": date(2025, 5, 13)},
        {"row_id": "same day", **SIGNED, "bkn_on": date(2025, 5, 10)},
        {"row_id": "number only", **SIGNED, "bkn_number": "P/2"},
        {"row_id": "nothing", **SIGNED},
        {"row_id": "no decree", "from_on": date(2025, 6, 1), "bkn_on": date(2025, 5, 13)},
    ],
}


def test_a_later_consideration_is_marked() -> None:
    assert marked("A04", FACTS) == {"late": 3}


def test_a_consideration_that_is_not_there_is_unknown_and_never_absent() -> None:
    assert reasons("A04", FACTS) == {
        "number only": "consideration_unknown",
        "nothing": "consideration_unknown",
        "no decree": "decree_undated",
    }


def test_the_same_day_is_in_time() -> None:
    found = {row["subject"]: row for row in judged("A04", FACTS)}
    assert found["same day"]["flagged"] is False
