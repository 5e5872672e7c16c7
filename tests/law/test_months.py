"""Days moved by calendar months, against a calendar walked month by month."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timbang.law.conditions import Scope, compile_condition
from timbang.law.yaml_file import YamlError, loads

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
MONTHS = st.integers(-24, 24).filter(bool)


def answer(act_on: date, confirmed: date, form: str) -> bool | None:
    condition = compile_condition(loads(form, "test.yaml"), Scope(frozenset()))
    return condition.test({"act_on": act_on, "candidates_confirmed_on": confirmed}, {}).value


def walked(day: date, months: int) -> date:
    """Walk over the first days of the months, then up to the same day, or to the month's last."""
    first = day.replace(day=1)
    for _ in range(abs(months)):
        first = (
            (first + timedelta(days=31)).replace(day=1)
            if months > 0
            else (first - timedelta(days=1)).replace(day=1)
        )
    reached = first
    while reached.day < day.day and (reached + timedelta(days=1)).month == first.month:
        reached += timedelta(days=1)
    return reached


@given(DAYS, DAYS, MONTHS, st.booleans())
def test_a_window_by_months_opens_on_the_day_that_a_calendar_shows(
    act_on: date, confirmed: date, months: int, same_day: bool
):
    form = (
        f"{{day: act_on, after: candidates_confirmed_on, months: {months}, "
        f"same_day: {str(same_day).lower()}}}"
    )
    edge = walked(confirmed, months)
    assert answer(act_on, confirmed, form) == (act_on > edge or (same_day and act_on == edge))
    assert answer(edge, confirmed, form) is same_day


@given(DAYS, DAYS, MONTHS)
def test_before_and_after_never_both_hold(act_on: date, confirmed: date, months: int):
    before, after = (
        answer(
            act_on,
            confirmed,
            f"{{day: act_on, {word}: candidates_confirmed_on, months: {months}, same_day: false}}",
        )
        for word in ("before", "after")
    )
    assert (before or after) == (act_on != walked(confirmed, months))
    assert not (before and after)


@pytest.mark.parametrize(
    ("confirmed", "first"),
    [
        (date(2024, 9, 22), date(2024, 3, 22)),
        (date(2020, 7, 8), date(2020, 1, 8)),
        (date(2023, 8, 31), date(2023, 2, 28)),
        (date(2024, 8, 31), date(2024, 2, 29)),
        (date(2024, 3, 1), date(2023, 9, 1)),
    ],
)
def test_six_months_before(confirmed: date, first: date):
    form = "{day: act_on, after: candidates_confirmed_on, months: -6, same_day: true}"
    assert answer(first, confirmed, form) is True
    assert answer(first - timedelta(days=1), confirmed, form) is False


@pytest.mark.parametrize("months", ["0", "121", "-121", "six", "1.5", "true"])
def test_a_number_of_months_that_no_law_means_stops_the_load(months: str):
    form = f"{{day: act_on, after: candidates_confirmed_on, months: {months}, same_day: true}}"
    with pytest.raises(YamlError, match=r"test\.yaml:1: "):
        answer(date(2024, 1, 1), date(2024, 1, 1), form)


def test_a_day_that_is_not_known_stays_missing():
    form = "{day: act_on, after: candidates_confirmed_on, months: -6, same_day: true}"
    condition = compile_condition(loads(form, "test.yaml"), Scope(frozenset()))
    found = condition.test({"act_on": date(2024, 1, 1)}, {})
    assert (found.value, found.missing) == (None, {"candidates_confirmed_on"})
