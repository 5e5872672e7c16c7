"""FAIR_DELAY: a group waits beyond the due day more often."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tests.signals.facts import Written, marked, reasons

APPLIED, DUE, LATER = date(2026, 1, 5), date(2026, 1, 12), date(2026, 1, 20)


def asked(group: str, in_time: int, late: int, agency: str = "A") -> list[Mapping[str, Any]]:
    answers = [DUE] * in_time + [LATER] * late
    return [
        {
            "row_id": f"{agency}{group}{n}",
            "agency_code": agency,
            "service": "permit",
            "applicant_group": group,
            "applied_on": APPLIED,
            "due_on": DUE,
            "answered_on": answered,
        }
        for n, answered in enumerate(answers)
    ]


FACTS: Written = {
    "services": [
        *asked("far", 10, 20),
        *asked("near", 29, 1),
        *asked("new", 2, 3),
        *asked("far", 5, 5, agency="B"),
        {"agency_code": "A", "service": "permit", "applicant_group": "near", "due_on": DUE},
    ]
}


def test_a_group_that_waits_longer_is_marked() -> None:
    assert marked("FAIR_DELAY", FACTS).keys() == {"A/far"}


def test_an_answer_on_the_due_day_is_in_time() -> None:
    facts: Written = {"services": [*asked("far", 30, 0), *asked("near", 30, 0)]}
    assert marked("FAIR_DELAY", facts) == {}


def test_small_groups_and_groups_without_others_are_not_judged() -> None:
    assert reasons("FAIR_DELAY", FACTS) == {"A/new": "too_few", "B/far": "alone"}
