"""A03: senior officials replaced within two years."""

from __future__ import annotations

from datetime import date

from tests.signals.facts import Written, judged, marked, reasons

HEAD = {"post_code": "P1", "level": "II.b", "change": "appointed"}
FACTS: Written = {
    "posts": [],
    "appointments": [
        {"row_id": "first", **HEAD, "number_hash": "a", "from_on": date(2020, 1, 1)},
        {"row_id": "early", **HEAD, "number_hash": "b", "from_on": date(2021, 12, 31)},
        {"row_id": "again", **HEAD, "number_hash": "b", "from_on": date(2022, 6, 1)},
        {"row_id": "in time", **HEAD, "number_hash": "c", "from_on": date(2024, 6, 1)},
        {"row_id": "acting", **HEAD, "acting": "Plt", "number_hash": "d", "from_on": date(2024, 7, 1)},
        {"row_id": "no day", **HEAD, "number_hash": "e"},
        {"row_id": "one", "agency_code": "A", "post": "Kepala X", "level": "JPT Pratama", "name": "Ani", "from_on": date(2023, 1, 1)},
        {"row_id": "two", "agency_code": "A", "post": "KEPALA X", "level": "JPT Pratama", "name": "Budi", "from_on": date(2023, 2, 1)},
        {"row_id": "no level", "agency_code": "A", "post": "Kepala Y", "from_on": date(2023, 2, 1)},
        {"row_id": "lower", "agency_code": "A", "post": "Kepala Z", "level": "IV.a", "from_on": date(2023, 2, 1)},
    ],
}  # fmt: skip


def test_two_years_are_counted_from_the_predecessors_first_day() -> None:
    assert marked("A03", FACTS) == {"early": 730, "two": 31}


def test_what_cannot_be_judged_says_why() -> None:
    assert reasons("A03", FACTS) == {
        "first": "predecessor_unknown", "one": "predecessor_unknown",
        "no day": "day_unknown", "no level": "level_unknown",
    }  # fmt: skip


def test_the_same_holder_again_and_lower_posts_are_no_leads() -> None:
    found = {row["subject"]: row for row in judged("A03", FACTS)}
    assert found["again"]["flagged"] is False
    assert found["in time"]["flagged"] is False
    assert not {"lower", "acting"} & found.keys()
    assert found["early"]["evidence"] == ["appointments:early", "appointments:first"]
