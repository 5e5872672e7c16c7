"""What is told of a network around elections: nothing is sure that rests on few witnesses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.signals.network.test_measures import gift
from timbang.signals.network import reading
from timbang.signals.network.measures import Measured, as_json

# Two within the window of the election of 2024 (the whole nation votes), one outside.
THREE = [
    {"giver": "A", "receiver": "B", "given_on": date(2023, 12, 1)},
    {"giver": "B", "receiver": "A", "given_on": date(2023, 12, 2)},
    {"giver": "C", "receiver": "D", "given_on": date(2022, 1, 2)},
]


def told(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return as_json(Measured(reading.of_rows(rows)), most=20)


def test_one_pair_on_either_side_is_told_with_a_wide_interval() -> None:
    flows = told(THREE)["elections"]["flows"]
    least, most = flows["effect_95"]
    assert (flows["within"], flows["outside"], flows["effect"]) == (1, 0, 1)
    # Newcombe's method 10 for 1 of 1 against 0 of 1
    assert (least, most) == (pytest.approx(1 - 2**0.5 * 0.79345, abs=1e-4), 1)


def test_a_rate_of_two_pairs_is_wide_and_of_one_pair_is_not_told() -> None:
    least, most = told(THREE)["elections"]["rate"]["effect_95"]
    assert least < 0.01
    assert most > 100
    one = [each | {"giver": "A", "receiver": "B"} for each in THREE]
    assert "rate" not in told(one)["elections"]


def test_a_pair_that_meets_often_is_still_one_witness() -> None:
    rows = [gift("A", "B", date(2023, 12, day)) for day in range(1, 29)]
    rows += [gift("C", "D", date(2022, 1, day), money="public") for day in range(1, 29)]
    least, most = told(rows)["elections"]["personal"]["effect_95"]
    assert least < 0
    assert most == 1


def test_without_legs_or_kinds_neither_is_measured_around_elections() -> None:
    assert {"linked", "support", "personal"}.isdisjoint(told(THREE)["elections"])


def test_without_legs_reciprocity_is_not_known_where_flows_do_not_match() -> None:
    found = told(THREE)
    assert found["reciprocity"]["legs"] is None
    assert found["missing"]["pairs_that_could_turn"]["reciprocity"] == 1
    said = {each["low"]["id"]: each for each in found["pair_list"]}
    assert said["A"]["elements"]["reciprocity"] is True
    assert said["C"]["elements"]["reciprocity"] is None
    assert (said["C"]["legs"], said["C"]["legs_95"]) == (None, None)


def test_with_one_leg_on_record_the_others_are_known_to_be_missing() -> None:
    rows = [each | {"exchange_id": str(at)} for at, each in enumerate(THREE)]
    rows[0]["returned_by"] = "1"
    found = told(rows)
    assert found["reciprocity"]["legs"]["linked"] == 2
    assert found["missing"]["pairs_that_could_turn"]["reciprocity"] == 0
    assert "linked" in found["elections"]
