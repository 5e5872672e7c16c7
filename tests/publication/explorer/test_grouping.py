"""Counts of people: full fives, and nothing of small groups."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from timbang.publication.explorer import grouping
from timbang.publication.explorer.grouping import Application, Times

DAY = date(2025, 3, 3)


def applied(number: int, *, took: int | None = 5, term: int | None = 14) -> list[Application]:
    one = Application(
        DAY,
        None if term is None else DAY + timedelta(days=term),
        None if took is None else DAY + timedelta(days=took),
    )
    return [one] * number


@pytest.mark.parametrize(("number", "shown"), [(0, 0), (4, 0), (5, 5), (9, 5), (14, 10), (15, 15)])
def test_a_count_is_shown_in_full_fives(number: int, shown: int) -> None:
    assert grouping.full_fives(number) == shown


def test_a_group_of_fewer_than_ten_is_not_shown() -> None:
    assert grouping.times(applied(9)) is None
    assert grouping.times(applied(10)) == Times(10, 10, 10, 0, "to_14")


def test_late_ones_and_those_in_time_are_told_apart_and_neither_exactly() -> None:
    found = grouping.times(applied(13) + applied(9, took=40))
    assert found == Times(20, 20, 10, 5, "to_14")


def test_the_middle_time_needs_ten_answers() -> None:
    found = grouping.times(applied(9) + applied(20, took=None))
    assert found == Times(25, 5, 5, 0, None)


def test_an_answer_before_the_application_says_nothing_of_the_time() -> None:
    found = grouping.times(applied(12, took=-3, term=None))
    assert found == Times(10, 0, 0, 0, None)


def test_what_is_shown_fits_several_groups() -> None:
    """Who knows the method and reads a row cannot tell how many were late, nor how many there were."""
    fits: dict[Times | None, set[tuple[int, int]]] = {}
    for number in range(10, 40):
        for late in range(number + 1):
            shown = grouping.times(applied(number - late) + applied(late, took=40))
            fits.setdefault(shown, set()).add((number, late))
    whole = {shown: groups for shown, groups in fits.items() if shown and shown.applied < 35}
    assert min(len({late for _, late in groups}) for groups in whole.values()) >= 2
    assert min(len({number for number, _ in groups}) for groups in whole.values()) >= 2
