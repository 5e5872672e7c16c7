"""REGION_SWING: one region's account in the year of its election, beside itself and neighbours."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tests.signals.facts import Written, judged, marked, reasons

# Region 01 votes in 2018; 02 to 07 do not. Moves of the neighbours in 2018: 0, 2, 4, 6, 8, 10 %.
NEIGHBOURS = {f"99.{number:02}": 1 + 0.02 * (number - 2) for number in range(2, 8)}
CONTESTS = [
    {"region_code": region, "year": year, "held": (region, year) == ("99.01", 2018)}
    for region in ("99.01", *NEIGHBOURS)
    for year in range(2015, 2020)
] + [{"region_code": "98.01", "year": year, "held": year == 2018} for year in range(2015, 2020)]


def line(region: str, year: int, account: str, amount: float | None) -> dict[str, Any]:
    return {
        "region_code": region, "year": year, "account": account, "account_code": account,
        "budget": amount,
    }  # fmt: skip


def account(
    name: str, voted: float | None, others: dict[str, float] = NEIGHBOURS
) -> list[dict[str, Any]]:
    """100 in each quiet year (2015, 2016, 2019), and moves in 2018; region 01 first."""
    rows = [line("99.01", year, name, 100.0) for year in (2015, 2016, 2019)]
    rows.append(line("99.01", 2018, name, voted))
    for region, move in others.items():
        rows += [line(region, year, name, 100.0) for year in (2015, 2016, 2019)]
        rows.append(line(region, 2018, name, 100.0 * move))
    return rows


FACTS: Written = {
    "budgets": [
        *account("Belanja Modal", 200.0),
        *account("Belanja Pegawai", 105.0),
        *account("Belanja Hibah", 300.0),
        *account("Belanja Bantuan Sosial", None),
        *account("Belanja Tidak Terduga", 150.0, dict.fromkeys(NEIGHBOURS, 1.0)),
        line("99.01", 2018, "Belanja Barang dan Jasa", 90.0),
        *(line("98.01", year, "Belanja Modal", 100.0) for year in (2015, 2016, 2018)),
    ],
    "own_contests": CONTESTS,
}
MODAL = "99.01 / Belanja Modal / 2018"


def test_what_is_marked() -> None:
    logs = sorted(math.log(move) for move in NEIGHBOURS.values())
    centre = (logs[2] + logs[3]) / 2
    away = sorted(abs(each - centre) for each in logs)
    far = (math.log(2) - centre) / (1.4826 * (away[2] + away[3]) / 2)
    assert marked("REGION_SWING", FACTS) == {MODAL: pytest.approx(far)}


def test_the_row_shows_what_it_was_compared_with() -> None:
    (lead,) = [row for row in judged("REGION_SWING", FACTS) if row["flagged"]]
    assert lead["usual"] == pytest.approx(100)
    assert lead["share"] == pytest.approx(1.0)
    assert lead["neighbours_share"] == pytest.approx(math.sqrt(1.04 * 1.06) - 1)
    assert (lead["neighbours"], lead["neighbours_voting"]) == (6, 0)
    assert lead["evidence"] == [f"budgets:{number}" for number in (1, 2, 4)]


def test_what_cannot_be_judged() -> None:
    assert reasons("REGION_SWING", FACTS) == {
        "99.01 / Belanja Hibah / 2018": "election_grant",
        "99.01 / Belanja Bantuan Sosial / 2018": "no_amount",
        "99.01 / Belanja Barang dan Jasa / 2018": "no_own_years",
        "98.01 / Belanja Modal / 2018": "few_neighbours",
        "99.01 / Belanja Tidak Terduga / 2018": "no_spread",
    }


def test_a_grant_shows_its_whole_rise_and_no_judgement() -> None:
    (row,) = [row for row in judged("REGION_SWING", FACTS) if row["reason"] == "election_grant"]
    assert row["value"] is None
    assert row["whole_rise"] == pytest.approx(200)


def test_a_named_election_grant_is_taken_off() -> None:
    named = line("99.01", 2018, "Belanja Hibah", 200.0) | {
        "account": "Belanja Hibah kepada Bawaslu", "account_code": "Belanja Hibah kepada Bawaslu",
    }  # fmt: skip
    told = {**FACTS, "budgets": [*account("Belanja Hibah", 300.0), named]}
    (row,) = judged("REGION_SWING", told)
    assert (row["flagged"], row["amount"]) == (False, 100.0)


def test_the_year_after_an_election_is_no_quiet_one() -> None:
    """2019 of region 01, which voted in 2018, would make its usual amount four times as high."""
    rows = account("Belanja Modal", 200.0)
    rows[2]["budget"] = 1_600.0
    (lead,) = [row for row in judged("REGION_SWING", {**FACTS, "budgets": rows}) if row["flagged"]]
    assert (lead["subject"], lead["usual"]) == (MODAL, pytest.approx(100))
    few = [row for row in rows if (row["region_code"], row["year"]) != ("99.01", 2016)]
    assert reasons("REGION_SWING", {**FACTS, "budgets": few}) == {MODAL: "no_own_years"}


def test_a_fall_is_marked_with_its_sign() -> None:
    found = marked("REGION_SWING", {**FACTS, "budgets": account("Belanja Modal", 50.0)})
    assert found[MODAL] < -3.5


def test_where_all_neighbours_vote_too_they_are_compared_and_the_row_says_so() -> None:
    contests = [each | {"held": each["year"] == 2018} for each in CONTESTS]
    told = {"budgets": account("Belanja Modal", 200.0), "own_contests": contests}
    rows = {row["subject"]: row for row in judged("REGION_SWING", told)}
    assert rows[MODAL]["flagged"]
    assert (rows[MODAL]["neighbours"], rows[MODAL]["neighbours_voting"]) == (6, 6)
