"""How far a summons may lie from the day for which it is sent."""

from __future__ import annotations

from datetime import date

import pytest

from timbang.law.summonses import distance

MONDAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("begins", "day", "kept"),
    [
        (MONDAY, date(2026, 11, 3), True),
        # seven working days after a Monday are the Wednesday of the next week
        (MONDAY, date(2026, 11, 11), True),
        (MONDAY, date(2026, 11, 12), False),
        # 24 December 2026 is joint leave, the 25th a holiday
        (date(2026, 12, 16), date(2026, 12, 28), True),
        (date(2026, 12, 16), date(2026, 12, 29), None),
        (date(2026, 12, 16), date(2026, 12, 30), False),
    ],
)
def test_the_distance_is_seven_working_days(begins: date, day: date, kept: bool | None) -> None:
    assert distance(begins, day).kept is kept


def test_the_second_summons_has_its_own_article() -> None:
    assert distance(MONDAY, MONDAY).citation == "PP 94/2021 ps 26(2)"
    assert distance(MONDAY, MONDAY, second=True).citation == "PP 94/2021 ps 26(3)"
