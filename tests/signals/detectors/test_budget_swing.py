"""BUDGET_SWING: what an account does around elections, on an invented panel with a planted swing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

from tests.signals.facts import Written, judged, marked, reasons

REGIONS = [f"99.{number:02}" for number in range(1, 13)]
VOTING = REGIONS[:6]
YEARS = range(2015, 2020)
VOTE = 2018
CONTESTS = [
    {"region_code": region, "year": year, "held": year == VOTE and region in VOTING}
    for region in REGIONS
    for year in YEARS
]


def account(
    name: str, *, planted: float = 0.0, regions: list[str] = REGIONS, when: int = VOTE
) -> Iterator[dict[str, Any]]:
    """Each region with a level of its own, each year with a shock, and the planted share more in
    one year where there is a vote in 2018."""
    chance = random.Random(name)
    shocks = {year: chance.uniform(0.8, 1.2) for year in YEARS}
    for region in regions:
        level = chance.uniform(50e9, 500e9)
        for year in YEARS:
            swing = 1 + planted * (year == when and region in VOTING)
            amount = level * shocks[year] * swing * chance.uniform(0.97, 1.03)
            yield {
                "region_code": region, "year": year, "account": name, "account_code": name,
                "budget": amount, "realised": amount / 2,
            }  # fmt: skip


def numbered(*accounts: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = [row for each in accounts for row in each]
    return [row | {"row_id": str(place)} for place, row in enumerate(rows, 1)]


FACTS: Written = {
    "budgets": numbered(
        account("Belanja Modal", planted=0.4),
        account("Belanja Pegawai"),
        account("Belanja Hibah", planted=0.5),
        account("Belanja Tidak Terduga", regions=REGIONS[5:8]),
    ),
    "own_contests": CONTESTS,
}


def test_the_planted_swing_is_found_and_no_other() -> None:
    assert marked("BUDGET_SWING", FACTS) == {"Belanja Modal / in": pytest.approx(0.4, abs=0.05)}
    rows = {row["subject"]: row for row in judged("BUDGET_SWING", FACTS)}
    lead = rows["Belanja Modal / in"]
    assert lead["low"] < 0.4 < lead["high"]
    assert (lead["regions_with"], lead["regions_beside"]) == (6, 6)
    assert len(lead["evidence"]) == 6


def test_a_fall_is_marked_like_a_rise() -> None:
    told = {**FACTS, "budgets": numbered(account("Belanja Modal", planted=-0.3))}
    assert marked("BUDGET_SWING", told) == {"Belanja Modal / in": pytest.approx(-0.3, abs=0.05)}


@pytest.mark.parametrize(("year", "phase"), [(VOTE - 1, "before"), (VOTE + 1, "after")])
def test_the_year_before_and_the_year_after_are_told_apart(year: int, phase: str) -> None:
    told = {**FACTS, "budgets": numbered(account("Belanja Modal", planted=0.4, when=year))}
    assert set(marked("BUDGET_SWING", told)) == {f"Belanja Modal / {phase}"}


def test_what_cannot_be_judged() -> None:
    told = reasons("BUDGET_SWING", FACTS)
    assert told["Belanja Hibah / in"] == "election_grant"
    assert told["Belanja Hibah / before"] == "election_grant"
    assert told["Belanja Tidak Terduga / in"] == "no_comparison"


def test_grants_are_judged_where_the_data_name_the_election_grant() -> None:
    """The rise is the election's own grant: taken off, nothing is left of it."""
    rows = list(account("Belanja Hibah"))
    lines = []
    for row in rows:
        voting = row["region_code"] in VOTING and row["year"] in (VOTE - 1, VOTE)
        if voting:
            grant = 0.3 * row["budget"]
            row["budget"] += grant
            name = "Belanja Hibah kepada KPU"
            lines.append({**row, "account": name, "account_code": name, "budget": grant})
    told = {**FACTS, "budgets": numbered(iter(rows), iter(lines))}
    found = {row["subject"]: row for row in judged("BUDGET_SWING", told)}
    assert found["Belanja Hibah / in"]["reason"] is None
    assert abs(found["Belanja Hibah / in"]["value"]) < 0.05
    assert found["Belanja Hibah / in"]["flagged"] is False
    assert found["Belanja Hibah / in"]["whole_rise"] is None


def test_where_it_is_not_named_the_whole_rise_stands_beside_as_a_bound() -> None:
    """Only with the grant is there a comparison: the years of the vote drop out without it."""
    (row,) = [
        row for row in judged("BUDGET_SWING", FACTS) if row["subject"] == "Belanja Hibah / in"
    ]
    assert row["value"] is None
    assert row["whole_rise"] == pytest.approx(0.5, abs=0.06)
    assert row["whole_low"] < 0.5 < row["whole_high"]


def test_copied_rows_and_years_without_a_known_contest_do_not_count() -> None:
    rows = numbered(account("Belanja Modal", planted=0.4))
    for row in rows:
        if row["region_code"] in VOTING:
            row["doubts"] = "copied_region"
    assert marked("BUDGET_SWING", {**FACTS, "budgets": rows}) == {}
    unknown = [each for each in CONTESTS if each["year"] != VOTE]
    assert "Belanja Modal / in" not in marked("BUDGET_SWING", {**FACTS, "own_contests": unknown})


def test_another_figure_may_be_compared() -> None:
    found = marked("BUDGET_SWING", FACTS, figure="realised")
    assert found == {"Belanja Modal / in": pytest.approx(0.4, abs=0.05)}
    assert marked("BUDGET_SWING", FACTS, swing=0.6) == {}
