"""A10: decrees that crowd around an election."""

from __future__ import annotations

import pytest

from tests.signals.detectors.bunching import BAN, decrees, facts
from tests.signals.facts import judged, marked, reasons

FACTS = facts(
    decrees("wave", [-700, -400, -100, *range(10, 210, 10)]),
    decrees("even", range(-720, 500, 60)),
    decrees("one morning", [-700, -300, 20], each=40),
    decrees("young", range(-100, 100, 10)),
    decrees("small", [-700, 10], each=2),
    decrees("no contest", range(-700, 100, 50), region="98.01"),
)


def test_a_wave_is_marked_and_one_morning_is_one_decision() -> None:
    found = marked("A10", FACTS)
    assert found.keys() == {"wave"}
    # 20 days in 517 (ban to six months after inauguration) against 3 in the 700 that are in the data.
    assert found["wave"] == pytest.approx(20 / 516 / (3 / 700))


def test_what_cannot_be_judged_says_why() -> None:
    assert reasons("A10", FACTS) == {
        "young": "usual_unknown", "small": "too_few", "no contest": "contest_unknown",
    }  # fmt: skip


def test_the_interval_and_sizes_stand_beside_the_ratio() -> None:
    found = {row["subject"]: row for row in judged("A10", FACTS)}
    wave = found["wave"]
    assert wave["low"] < wave["value"] < wave["high"]
    assert (wave["days_inside"], wave["days_usual"], wave["people"]) == (20, 3, 46)
    assert wave["since"] == BAN
    assert len(wave["evidence"]) == 40
    assert found["one morning"]["flagged"] is False
    assert found["small"]["people"] is None
