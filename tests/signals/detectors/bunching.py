"""Decrees of invented agencies around the first day of a ban."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from tests.signals.facts import Written

BAN = date(2024, 3, 22)
_CONTEST = {
    "election": "e-2024", "contest_kind": "regent", "region_code": "99.01",
    "candidates_confirmed_on": date(2024, 9, 22), "voting_on": date(2024, 11, 27),
    "inaugurated_on": date(2025, 2, 20),
}  # fmt: skip


def decrees(
    agency: str, offsets: Iterable[int], *, each: int = 2, region: str = "99.01"
) -> list[dict[str, Any]]:
    """`each` appointments on every day that lies so many days from the first day of the ban."""
    return [
        {
            "row_id": f"{agency} {offset} {number}", "agency_code": agency, "change": "moved",
            "region_code": region, "from_on": BAN + timedelta(days=offset),
        }
        for offset in offsets
        for number in range(each)
    ]  # fmt: skip


def facts(*agencies: list[dict[str, Any]]) -> Written:
    return {
        "posts": [],
        "contests": [_CONTEST],
        "appointments": [row for rows in agencies for row in rows],
    }
