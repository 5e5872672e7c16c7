"""Where a day lies among the shipped elections, and what is known of a region and a year."""

from __future__ import annotations

from datetime import date

from timbang.signals import windows

BANDUNG = "32.73"


def test_a_day_before_the_vote_of_2018_lies_in_its_campaign() -> None:
    found = windows.window(BANDUNG, date(2018, 6, 1))
    assert found is not None
    assert (found.election, found.phase, found.days_to_voting) == ("pemilihan-2018", "campaign", 26)


def test_a_day_in_no_window_has_none() -> None:
    assert windows.window(BANDUNG, date(2016, 1, 1)) is None
    assert windows.window(BANDUNG, None) is None


def test_a_region_without_a_contest_of_its_own_is_in_no_window_of_others() -> None:
    assert windows.window("35.79", date(2016, 11, 1)) is not None
    assert windows.window("35.78", date(2016, 11, 1)) is None


def test_an_account_lies_beside_the_election_of_its_own_head() -> None:
    """2024: the nation voted in February, the city for its mayor in November."""
    year = (date(2024, 1, 1), date(2024, 12, 31))
    found = windows.of_subject("account", BANDUNG, *year)
    assert found is not None
    assert (found.election, found.kind, found.days_to_voting) == ("pemilihan-2024", "mayor", 331)
    before = windows.of_subject("account", BANDUNG, date(2023, 1, 1), date(2023, 12, 31))
    assert before is not None
    assert (before.election, before.days_to_voting) == ("pemilihan-2024", 366)
    assert windows.of_subject("account", BANDUNG, date(2021, 1, 1), date(2021, 12, 31)) is None
    assert windows.of_subject("account", None, *year) is None
    assert windows.of_subject("procurement", BANDUNG, *year) == windows.window(BANDUNG, year[0])


def test_a_year_with_a_contest_without_one_and_not_known() -> None:
    held = windows.own_contests()
    assert held[BANDUNG, 2018] is True
    assert held[BANDUNG, 2017] is False
    assert (BANDUNG, 2013) not in held
    # the regencies of Riau are not listed for 2018, and no region voted for its head in 2019
    assert ("14.01", 2018) not in held
    assert held["14.01", 2019] is False
    # the governor of Yogyakarta is appointed; Central Kalimantan voted in 2016
    assert held["34", 2024] is False
    assert held["62", 2016] is True
    assert held["62", 2015] is False
    assert held["12.08", 2016] is True
