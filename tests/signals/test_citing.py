"""The norms that detectors cite, as they stand on a day."""

from __future__ import annotations

from datetime import date

import pytest

from timbang.signals import catalogue, citing

TODAY = date(2026, 11, 22)
CODES = list(catalogue.detectors())


def test_a_law_that_ended_is_told_with_its_last_day_and_what_replaced_it() -> None:
    old, rule = citing.cited(catalogue.detector("A03"), date(2026, 3, 5), today=TODAY)
    assert (old.norm.id, old.holds, old.ended_on) == ("uu_5_2014/116", False, date(2023, 10, 31))
    assert old.replaced_by == "UU 20/2023"
    assert (rule.holds, rule.ended_on, rule.replaced_by) == (True, None, "")
    assert citing.only_memory([old, rule])
    assert not citing.none_holds([old, rule])


def test_on_an_earlier_day_the_law_held() -> None:
    norms = citing.cited(catalogue.detector("A03"), date(2021, 3, 5), today=TODAY)
    assert [each.holds for each in norms] == [True, True]
    assert not citing.only_memory(norms)
    assert norms[0].ended_on == date(2023, 10, 31)
    assert citing.none_holds(citing.cited(catalogue.detector("A07"), TODAY, today=TODAY))


def test_an_end_that_has_not_come_is_not_told_as_an_end() -> None:
    day = date(2023, 10, 30)
    assert citing.cited(catalogue.detector("A03"), day, today=day)[0].ended_on is None


@pytest.mark.parametrize("code", CODES)
def test_a_detector_that_cites_what_ended_says_what_is_left(code: str) -> None:
    found = catalogue.detector(code)
    for each in citing.cited(found, TODAY, today=TODAY):
        if each.ended_on:
            assert any(each.replaced_by in words.en for words in found.method.no_norm)
            assert any(each.replaced_by in words.id for words in found.method.no_norm)
