"""A12: acting for too long."""

from __future__ import annotations

from datetime import date

from tests.signals.facts import Written, judged, marked, reasons

ONE = {"acting": "Plt", "post_code": "P1", "number_hash": "a"}
TWO = {"acting": "Plh", "post_code": "P2", "number_hash": "a"}
FACTS: Written = {
    "posts": [],
    "appointments": [
        {"row_id": "three", **ONE, "from_on": date(2024, 1, 1), "until_on": date(2024, 4, 1)},
        {"row_id": "three more", **ONE, "from_on": date(2024, 4, 1), "until_on": date(2024, 7, 1)},
        {"row_id": "and more", **ONE, "from_on": date(2024, 7, 20), "until_on": date(2024, 10, 1)},
        {"row_id": "a year later", **ONE, "from_on": date(2025, 9, 1), "until_on": date(2025, 12, 1)},
        {"row_id": "long", **TWO, "from_on": date(2024, 1, 1), "until_on": date(2024, 7, 2)},
        {"row_id": "another", **TWO, "number_hash": "b", "from_on": date(2024, 7, 2), "until_on": date(2024, 9, 2)},
        {"row_id": "no end", **TWO, "number_hash": "c", "from_on": date(2024, 7, 2)},
        {"row_id": "no day", **TWO, "number_hash": "d", "until_on": date(2024, 7, 2)},
        {"row_id": "for good", "post_code": "P2", "from_on": date(2024, 1, 1), "until_on": date(2026, 1, 1)},
        {"row_id": "head of region", **TWO, "acting": "Pj", "from_on": date(2024, 1, 1), "until_on": date(2026, 1, 1)},
    ],
}  # fmt: skip


def test_months_in_a_row_are_counted_together() -> None:
    assert marked("A12", FACTS) == {"and more": 274, "long": 183}
    assert marked("A12", FACTS, gap_days=5) == {"long": 183}


def test_what_cannot_be_judged_says_why() -> None:
    assert reasons("A12", FACTS) == {"no end": "end_unknown", "no day": "day_unknown"}


def test_a_new_row_begins_after_a_gap_and_with_another_person() -> None:
    found = {row["subject"]: row for row in judged("A12", FACTS)}
    assert found["three more"]["flagged"] is False
    assert found["a year later"]["acting_since"] == date(2025, 9, 1)
    assert found["another"]["flagged"] is False
    assert not {"for good", "head of region"} & found.keys()
