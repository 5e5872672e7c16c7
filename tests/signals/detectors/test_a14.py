"""A14: decrees that crowd just before the ban."""

from __future__ import annotations

import pytest

from tests.signals.detectors.bunching import decrees, facts
from tests.signals.facts import judged, marked, reasons

FACTS = facts(
    decrees("hurry", [-390, -200, *range(-20, 0, 2)]),
    decrees("on the day", [-390, -200, *range(0, 20, 2)], each=6),
    decrees("even", range(-390, 0, 15)),
    decrees("never before", [-500, *range(-20, 0, 2)]),
    decrees("young", range(-60, 0, 2)),
    decrees("small", [-390, -5], each=2),
    decrees("no contest", range(-390, 0, 15), region="98.01"),
)


def test_days_just_before_the_ban_are_counted_and_its_first_day_is_not() -> None:
    found = marked("A14", FACTS)
    assert found.keys() == {"hurry", "never before"}
    assert found["hurry"] == pytest.approx(10 / 30 / (2 / 360))


def test_where_nothing_is_usual_the_least_ratio_is_told() -> None:
    found = {row["subject"]: row for row in judged("A14", FACTS)}["never before"]
    assert found["high"] is None
    assert found["value"] == found["low"] > 1


def test_what_cannot_be_judged_says_why() -> None:
    assert reasons("A14", FACTS) == {
        "young": "usual_unknown", "small": "too_few", "no contest": "contest_unknown",
    }  # fmt: skip


def test_an_even_year_is_no_lead() -> None:
    found = {row["subject"]: row for row in judged("A14", FACTS)}
    assert found["even"]["flagged"] is False
    assert found["even"]["low"] < 1 < found["even"]["high"]
    assert found["on the day"]["flagged"] is False
