"""A08: appointments while a sanction runs."""

from __future__ import annotations

from datetime import date

from tests.signals.facts import Written, judged, marked, reasons

NEW = {"change": "appointed", "region_code": "99.01", "from_on": date(2024, 6, 1)}
CASE = {"region_code": "99.01", "sanction_level": "sedang", "decided_on": date(2024, 1, 1)}
FACTS: Written = {
    "posts": [],
    "decided_cases": [
        {"row_id": "k1", **CASE, "number_hash": "a", "sanction_until": date(2025, 1, 1)},
        {"row_id": "k2", **CASE, "number_hash": "a", "sanction_until": date(2024, 7, 1)},
        {"row_id": "k3", **CASE, "number_hash": "b", "sanction_until": date(2024, 6, 1)},
        {"row_id": "k4", **CASE, "number_hash": "c"},
        {"row_id": "k5", **CASE, "number_hash": "d", "sanction_level": None},
        {"row_id": "k6", **CASE, "number_hash": "e", "decided_on": date(2024, 6, 2), "sanction_until": date(2025, 1, 1)},
        {"row_id": "k7", **CASE, "name": "Ani", "sanction_until": date(2025, 1, 1)},
    ],
    "appointments": [
        {"row_id": "running", **NEW, "number_hash": "a"},
        {"row_id": "moved", **NEW, "number_hash": "a", "change": "moved"},
        {"row_id": "over", **NEW, "number_hash": "b"},
        {"row_id": "end open", **NEW, "number_hash": "c"},
        {"row_id": "no sanction", **NEW, "number_hash": "d"},
        {"row_id": "decided later", **NEW, "number_hash": "e"},
        {"row_id": "same name only", **NEW, "name": "Ani"},
        {"row_id": "no day", **NEW, "number_hash": "a", "from_on": None},
        {"row_id": "elsewhere", **NEW, "number_hash": "z", "region_code": "99.02"},
    ],
}  # fmt: skip


def test_the_longest_running_sanction_counts() -> None:
    assert marked("A08", FACTS) == {"running": 214}
    found = {row["subject"]: row for row in judged("A08", FACTS)}
    assert found["running"]["evidence"] == ["appointments:running", "decided_cases:k1"]
    assert found["running"]["sanction_level"] == "sedang"


def test_a_name_alone_joins_nobody() -> None:
    assert reasons("A08", FACTS) == {
        "end open": "end_unknown", "same name only": "number_unknown", "no day": "day_unknown",
        "elsewhere": "cases_unknown",
    }  # fmt: skip


def test_what_is_over_or_came_later_is_no_lead() -> None:
    found = {row["subject"]: row for row in judged("A08", FACTS)}
    for name in ("over", "no sanction", "decided later"):
        assert found[name]["flagged"] is False
    assert "moved" not in found
