"""The report as a value: what was not told stays unknown, and survives sealing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timbang.law import vocabulary
from timbang.reports import terms
from timbang.reports.content import OBJECTS, AccusedPerson, Content

persons = st.builds(AccusedPerson, st.text(max_size=9), st.text(max_size=9), st.text(max_size=9))
contents = st.builds(
    Content,
    narrative=st.text(max_size=50),
    accused=st.lists(persons, max_size=3).map(tuple),
    conduct=st.lists(st.sampled_from(list(vocabulary.CONDUCTS)), max_size=3).map(tuple),
    happened_from=st.none() | st.dates(),
    learned_on=st.none() | st.dates(),
    means=st.lists(st.sampled_from(["forced"]), max_size=1).map(tuple),
)


@given(contents)
def test_a_report_survives_being_written_as_json(content: Content) -> None:
    assert Content.from_json(content.to_json()) == content


def test_a_key_of_a_newer_version_is_left_aside() -> None:
    assert Content.from_json({"narrative": "x", "new": 1}) == Content(narrative="x")


def test_what_was_not_told_is_no_fact() -> None:
    assert Content(narrative="x").facts() == {}


def test_the_facts_are_words_of_the_law() -> None:
    told = Content(
        conduct=("photo",), happened_from=date(2024, 10, 1), side_kind="candidate",
        contest_kind="mayor",
    ).facts()  # fmt: skip
    assert told == {
        "conduct": ["photo"], "act_on": date(2024, 10, 1), "object": "contestant",
        "contest_kind": "mayor",
    }  # fmt: skip
    assert set(told) <= set(vocabulary.FACTS)
    assert set(OBJECTS.values()) <= set(vocabulary.OBJECTS)


def test_several_days_give_no_single_day_of_the_act() -> None:
    told = Content(happened_from=date(2024, 10, 1), happened_until=date(2024, 10, 3))
    assert "act_on" not in told.facts()


@pytest.mark.parametrize(
    ("kind", "election"),
    [
        ("governor", "pemilihan"),
        ("mayor", "pemilihan"),
        ("president", "pemilu"),
        ("dpd", "pemilu"),
        ("", ""),
    ],
)
def test_the_contest_says_which_election_it_is(kind: str, election: str) -> None:
    assert Content(contest_kind=kind).election_kind() == election


def test_regional_contests_count_calendar_days_general_ones_working_days() -> None:
    # Friday 1 November 2024 to Friday 8: seven days, five working days.
    learned, today = date(2024, 11, 1), date(2024, 11, 8)
    (regional,) = terms.own_terms(learned, today, "pemilihan")
    assert (regional.progress.day, regional.progress.last_day) == (7, date(2024, 11, 8))
    statute, rule = terms.own_terms(learned, today, "pemilu")
    assert (statute.progress.day, statute.progress.last_day) == (5, date(2024, 11, 12))
    assert (rule.progress.day, rule.rule.main) == (7, False)


def test_an_election_that_was_not_told_shows_every_reading_and_is_late_only_on_all() -> None:
    learned = date(2024, 11, 1)
    shown = terms.own_terms(learned, learned + timedelta(days=9), "")
    assert len(shown) == 3
    assert not terms.late(shown)
    assert terms.late(terms.own_terms(learned, learned + timedelta(days=30), ""))
    assert not terms.late(())


def test_a_day_not_told_or_in_the_future_gives_no_term() -> None:
    assert terms.own_terms(None, date(2024, 1, 1), "pemilu") == ()
    assert terms.own_terms(date(2024, 1, 2), date(2024, 1, 1), "pemilu") == ()
