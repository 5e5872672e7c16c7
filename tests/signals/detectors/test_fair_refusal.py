"""FAIR_REFUSAL: a group is refused more often."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import sqrt
from typing import Any

import pytest

from tests.signals.facts import Written, judged, marked, reasons

DAY = date(2026, 1, 5)


def asked(
    group: str, service: str, granted: int, refused: int, agency: str = "A"
) -> list[Mapping[str, Any]]:
    """So many applications; each has a row id of its own."""
    outcomes = ["granted"] * granted + ["refused"] * refused
    return [
        {
            "row_id": f"{agency}{group}{service}{n}",
            "agency_code": agency,
            "service": service,
            "applicant_group": group,
            "region_code": "99.01",
            "applied_on": DAY,
            "outcome": outcome,
        }
        for n, outcome in enumerate(outcomes)
    ]


FACTS: Written = {
    "services": [
        *asked("poor", "permit", 20, 20),
        *asked("firm", "permit", 45, 5),
        *asked("poor", "letter", 27, 3),
        *asked("firm", "letter", 18, 2),
        *asked("old", "letter", 3, 1),
        *asked("poor", "card", 10, 2, agency="B"),
        {"agency_code": "A", "service": "permit", "applicant_group": "poor", "outcome": "pending"},
    ]
}


def by_hand() -> tuple[float, float]:
    """Difference and half its interval of the poor at agency A, from the formula of the books."""
    strata = [(20, 40, 5, 50), (3, 30, 3, 24)]
    weight = sum(n1 * n0 / (n1 + n0) for _, n1, _, n0 in strata)
    above = sum((a * n0 - b * n1) / (n1 + n0) for a, n1, b, n0 in strata)
    spread = sum(
        (a * (n1 - a) * n0**3 + b * (n0 - b) * n1**3) / (n1 * n0 * (n1 + n0) ** 2)
        for a, n1, b, n0 in strata
    )
    return above / weight, 1.959963984540054 * sqrt(spread) / weight


def test_a_group_that_is_refused_more_often_is_marked_with_an_interval() -> None:
    found = {row["subject"]: row for row in judged("FAIR_REFUSAL", FACTS)}["A/poor"]
    value, half = by_hand()
    assert found["flagged"] is True
    assert found["value"] == pytest.approx(value)
    assert (found["low"], found["high"]) == pytest.approx((value - half, value + half))
    assert (found["number"], found["others"]) == (70, 74)
    assert len(found["evidence"]) == 23


def test_who_is_refused_less_often_is_not_marked() -> None:
    assert marked("FAIR_REFUSAL", FACTS).keys() == {"A/poor"}


def test_small_groups_and_groups_without_others_are_not_judged() -> None:
    assert reasons("FAIR_REFUSAL", FACTS) == {"A/old": "too_few", "B/poor": "alone"}


def test_what_differs_between_services_is_no_difference_between_groups() -> None:
    """The poor ask for what is refused more often to everyone."""
    facts: Written = {
        "services": [
            *asked("poor", "hard", 20, 20),
            *asked("firm", "hard", 10, 10),
            *asked("poor", "easy", 10, 0),
            *asked("firm", "easy", 90, 0),
        ]
    }
    assert marked("FAIR_REFUSAL", facts) == {}


def test_the_least_difference_can_be_chosen() -> None:
    assert marked("FAIR_REFUSAL", FACTS, difference=0.5) == {}
