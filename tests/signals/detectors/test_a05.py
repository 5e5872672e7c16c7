"""A05: senior officials who do not meet the requirements."""

from __future__ import annotations

from datetime import date

from tests.signals.facts import Written, judged, marked, reasons

FIT = {
    "source": "s",
    "level": "II.b",
    "from_on": date(2024, 6, 1),
    "education": "master",
    "experience_years": 5.0,
}
FACTS: Written = {
    "posts": [{"post_code": "M", "level": "high_middle"}],
    "people": [
        {"source": "s", "record_id": "60", "birth_year": 1964},
        {"source": "s", "record_id": "57", "birth_year": 1967},
        {"source": "s", "record_id": "57?", "birth_year": 1966},
    ],
    "appointments": [
        {"row_id": "too old", **FIT, "record_id": "60"},
        {"row_id": "by a year open", **FIT, "record_id": "57"},
        {"row_id": "sure", **FIT, "record_id": "57?"},
        {"row_id": "middle may be 58", **FIT, "record_id": "57?", "post_code": "M", "experience_years": 7.0},
        {"row_id": "middle needs 7", **FIT, "record_id": "57", "post_code": "M"},
        {"row_id": "school", **FIT, "record_id": "57", "education": "secondary", "experience_years": 1.0},
        {"row_id": "school only", **FIT, "education": "secondary", "experience_years": None},
        {"row_id": "nothing known", "level": "II.b", "from_on": date(2024, 6, 1)},
        {"row_id": "age not known", **FIT},
        {"row_id": "no day", **FIT, "from_on": None, "record_id": "60"},
        {"row_id": "no level", **FIT, "level": None, "record_id": "60"},
        {"row_id": "lower", **FIT, "level": "IV.a", "record_id": "60"},
    ],
}  # fmt: skip


def test_what_is_not_met_is_counted() -> None:
    assert marked("A05", FACTS) == {
        "too old": 1, "sure": 1, "middle needs 7": 1, "school": 2, "school only": 1,
    }  # fmt: skip


def test_who_is_not_known_is_not_judged() -> None:
    assert reasons("A05", FACTS) == {
        "nothing known": "person_unknown", "age not known": "person_unknown",
        "no day": "day_unknown", "no level": "level_unknown",
    }  # fmt: skip


def test_the_lower_age_counts() -> None:
    found = {row["subject"]: row for row in judged("A05", FACTS)}
    assert found["by a year open"]["flagged"] is False
    assert found["by a year open"]["age"] == 56
    assert found["middle may be 58"]["flagged"] is False
    assert "lower" not in found
