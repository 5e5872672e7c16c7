"""What is told of a whole network: an invented pyramid around an election."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from timbang.signals.network import measures, reading
from timbang.signals.network.measures import Measured, as_json

REGION = "32.73"


def gift(giver: str, receiver: str, day: date | None, **more: Any) -> dict[str, Any]:
    told = {"giver_id": giver, "receiver_id": receiver, "given_on": day, "region_code": REGION}
    return told | {"kind": "goods", "money": "private"} | more


def pyramid() -> list[dict[str, Any]]:
    """P reaches eight clients through two brokers before the vote of 2024; they give their votes."""
    rows = []
    for broker in ("B1", "B2"):
        for month in (6, 7, 8, 9):
            rows.append(gift("P", broker, date(2024, month, 3)))
        for client in range(4):
            name = f"{broker}K{client}"
            for month in (7, 8, 9):
                rows.append(gift("P", name, date(2024, month, 5), through_id=broker))
            rows.append(gift(name, "P", date(2024, 11, 27), kind="vote_support", money=None))
    for month in range(1, 7):
        rows.append(gift("X", "Y", date(2021, month, 1), money="public", budget_line="5.1"))
    return rows


@pytest.fixture(scope="module")
def found() -> Measured:
    return Measured(reading.of_rows(pyramid()))


@pytest.fixture(scope="module")
def told(found: Measured) -> dict[str, Any]:
    return as_json(found, most=20)


def pair(told: dict[str, Any], one: str, other: str) -> dict[str, Any]:
    for each in told["pair_list"]:
        if {each["low"]["id"], each["high"]["id"]} == {one, other}:
            found: dict[str, Any] = each
            return found
    raise AssertionError((one, other))


def test_a_client_of_a_patron_has_all_elements(told: dict[str, Any]) -> None:
    client = pair(told, "P", "B1K0")
    assert client["elements"] == dict.fromkeys(client["elements"], True)
    assert client["above"] == "P"
    assert client["months"] == 4
    assert client["readings"] == {"tomsa": 3, "aspinall": 4, "merged": 4}


def test_a_regular_payment_of_an_office_is_no_clientelism(told: dict[str, Any]) -> None:
    office = pair(told, "X", "Y")
    assert office["elements"]["iteration"] is True
    assert office["elements"]["personalism"] is False
    assert office["elements"]["reciprocity"] is None  # no record names another leg


def test_the_patron_comes_first_and_his_clients_are_counted(told: dict[str, Any]) -> None:
    first = told["actor_list"][0]
    assert (first["actor"]["id"], first["clients"]) == ("P", 8)
    assert told["readings"]["merged"]["pairs_with_all"] == 8


def test_the_pyramid_has_its_brokers_and_clients(told: dict[str, Any]) -> None:
    (only,) = told["pyramid_list"]
    assert (only["patron"]["id"], only["reached"], only["height"]) == ("P", 10, 2)
    assert [(each["broker"]["id"], each["clients"]) for each in only["branches"]] == [
        ("B1", 4),
        ("B2", 4),
    ]


def test_brokers_say_how_much_went_through_them(told: dict[str, Any]) -> None:
    brokers = {each["broker"]["id"]: each for each in told["broker_list"]}
    assert brokers["B1"]["passed_on"] == 12
    assert (brokers["B1"]["from"], brokers["B1"]["to"]) == (1, 4)


def test_around_the_election_more_is_exchanged_than_outside(told: dict[str, Any]) -> None:
    rate = told["elections"]["rate"]
    assert rate["effect"] > 3
    assert rate["effect_95"][0] < 1  # all that is outside is of one pair
    assert told["elections"]["personal"]["effect"] == pytest.approx(1)


def test_with_more_pairs_outside_the_rate_around_the_election_is_surer() -> None:
    offices = [
        gift(f"X{number}", f"Y{number}", date(2021, 1, 1), money="public") for number in range(8)
    ]
    rate = as_json(Measured(reading.of_rows([*pyramid(), *offices])), most=1)["elections"]["rate"]
    assert rate["effect_95"][0] > 1


def test_what_is_missing_is_counted_and_what_it_could_turn(told: dict[str, Any]) -> None:
    rows = [*pyramid()[:2], gift("P", "B1", None), gift("", "B1", date(2024, 1, 1))]
    missing = measures.missing(Measured(reading.of_rows(rows)))
    assert (missing["giver"], missing["day"], missing["value"]) == (1, 1, 4)
    assert missing["pairs_that_could_turn"]["iteration"] == 1


def test_groups_may_be_roles(found: Measured) -> None:
    rows = [
        gift("P", "B", date(2024, 1, 1), giver_role="politician", receiver_role="official"),
        gift("B", "K", date(2024, 1, 2), giver_role="official", receiver_role="voter"),
    ]
    by_role = as_json(Measured(reading.of_rows(rows), groups="role"), most=5)
    assert by_role["broker_list"][0]["roles"]["liaison"] == 1


def test_a_network_without_days_values_or_kinds_is_measured_as_far_as_it_goes() -> None:
    rows = [{"giver": "A", "receiver": "B"}, {"giver": "B", "receiver": "A"}]
    told = as_json(Measured(reading.of_rows(rows)), most=5)
    assert told["months"] == {"first": None, "last": None}
    assert told["elections"] == {}
    assert told["pair_list"][0]["elements"]["reciprocity"] is True
    assert told["pair_list"][0]["elements"]["personalism"] is None


def test_innocent_explanations_stand_beside_all_measures(told: dict[str, Any]) -> None:
    assert len(told["innocent_explanations"]) >= 2
