"""Counting a legal term. The oracle counts backwards from a candidate day, on dateutil's rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from dateutil.rrule import DAILY, FR, MO, TH, TU, WE, rrule
from hypothesis import given
from hypothesis import strategies as st

from timbang.law.calendar import Calendar
from timbang.law.workdays import (
    LONGEST,
    TermError,
    day_in,
    days_elapsed,
    end_of,
    explain,
    progress,
)

PUBLIC = set(holidays.Indonesia(years=range(2019, 2028), categories=("public",)))
LEAVE = set(holidays.Indonesia(years=range(2019, 2028), categories=("government",)))
CONFIRMED_END = date(2026, 12, 31)

days_of_calendar = st.dates(date(2019, 1, 1), date(2026, 6, 30))
lengths = st.integers(1, 90)
readings = st.sampled_from(["counts", "skipped"])


def working_days(first: date, last: date, reading: str) -> list[date]:
    """What a calendar on the wall shows: weekdays, holidays crossed out."""
    crossed_out = PUBLIC | (LEAVE if reading == "skipped" else set())
    start, until = (datetime.combine(day, datetime.min.time()) for day in (first, last))
    weekdays = rrule(DAILY, byweekday=(MO, TU, WE, TH, FR), dtstart=start, until=until)
    return [moment.date() for moment in weekdays if moment.date() not in crossed_out]


@given(days_of_calendar, lengths, readings)
def test_a_term_in_working_days_ends_where_the_calendar_on_the_wall_says(start, days, reading):
    answer = explain(start, days, "workdays", reading)
    assert (
        answer.last_day == working_days(start + timedelta(1), date(2027, 6, 1), reading)[days - 1]
    )


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, LONGEST))
def test_a_term_in_calendar_days_is_plain_addition_and_never_provisional(start, days):
    answer = explain(start, days, "days")
    assert answer.last_day == start + timedelta(days)
    assert not answer.provisional


@given(days_of_calendar, lengths, readings)
def test_every_day_of_a_term_is_listed_once_and_its_numbers_run_from_one(start, days, reading):
    answer = explain(start, days, "workdays", reading)
    listed = [day.day for day in answer.days]
    assert listed == [start + timedelta(n) for n in range(1, len(listed) + 1)]
    assert [day.number for day in answer.days if day.counts] == list(range(1, days + 1))
    assert answer.days[-1].counts
    assert answer.days[-1].day == answer.last_day


@given(days_of_calendar, lengths)
def test_counting_joint_leave_never_makes_a_term_longer(start, days):
    short = explain(start, days, "workdays", "counts").last_day
    assert short <= explain(start, days, "workdays", "skipped").last_day


@given(days_of_calendar, lengths, st.dates(date(2019, 1, 1), CONFIRMED_END))
def test_a_new_holiday_never_brings_a_deadline_forward(start, days, declared):
    before = explain(start, days, "workdays").last_day
    calendar = Calendar.load()
    holiday = next(iter(calendar.holidays.values()))
    more = Calendar(calendar.years, {**calendar.holidays, declared: holiday})
    # the borrowed holiday only lends its kind: what matters is that the day is one
    assert explain(start, days, "workdays", calendar=more).last_day >= before


def test_the_worked_example_of_a_decision_that_takes_effect_on_the_fifteenth_working_day():
    answer = explain(date(2026, 7, 14), 15, "workdays")
    assert answer.last_day == date(2026, 8, 4)
    assert not answer.provisional


def test_the_day_from_which_a_term_runs_is_not_counted():
    answer = explain(date(2026, 7, 13), 1, "workdays")
    assert [day.day for day in answer.days] == [date(2026, 7, 14)]


def test_a_term_of_no_days_ends_on_its_own_day():
    answer = explain(date(2026, 7, 18), 0, "workdays")
    assert (answer.last_day, answer.days, answer.provisional) == (date(2026, 7, 18), (), False)


def test_a_term_in_calendar_days_that_ends_on_a_holiday_is_not_moved():
    assert explain(date(2026, 8, 10), 7, "days").last_day == date(2026, 8, 17)


def test_each_day_passed_over_says_why_and_who_says_so():
    answer = explain(date(2026, 3, 17), 1, "workdays")
    reasons = {day.day.day: day for day in answer.days}
    assert reasons[18].kind == "joint_leave"
    assert reasons[19].reason.en == "public holiday: Day of Silence"
    assert reasons[19].reason.id == "hari libur nasional: Hari Suci Nyepi"
    assert "category public" in reasons[19].source
    assert "category government" in reasons[18].source
    assert reasons[25].reason.id == "hari kerja ke-1"
    assert all(not day.counts for day in answer.days[:-1])


def test_a_weekend_says_which_day_it_is():
    answer = explain(date(2026, 7, 17), 1, "workdays")
    assert [day.reason.en for day in answer.days] == [
        "weekend: Saturday",
        "weekend: Sunday",
        "working day 1",
    ]


def test_voting_days_are_no_working_days():
    for voting in (date(2019, 4, 17), date(2020, 12, 9), date(2024, 2, 14), date(2024, 11, 27)):
        answer = explain(voting - timedelta(1), 1, "workdays")
        assert answer.days[0].kind == "public_holiday", voting


def test_joint_leave_is_a_working_day_only_for_who_reads_it_so():
    christmas_eve = date(2026, 12, 24)
    skipped = explain(date(2026, 12, 23), 1, "workdays").days[0]
    counted = explain(date(2026, 12, 23), 1, "workdays", "counts").days[0]
    assert (skipped.day, skipped.counts) == (christmas_eve, False)
    assert (counted.day, counted.counts, counted.kind) == (christmas_eve, True, "joint_leave")


@pytest.mark.parametrize(
    ("start", "days", "provisional"),
    [
        (date(2026, 12, 20), 7, False),  # ends on 31-12-2026
        (date(2026, 12, 20), 8, True),  # touches 2027, whose feast days are estimates
        (date(2027, 11, 1), 1, True),
        (date(2028, 1, 3), 1, True),  # no calendar at all
        (date(2018, 12, 1), 1, True),
        (date(2019, 1, 1), 1, False),
    ],
)
def test_an_answer_that_touches_an_unconfirmed_year_is_provisional(start, days, provisional):
    assert explain(start, days, "workdays").provisional is provisional


def calendar_of_2030(*, public_holiday: bool, joint_leave: bool) -> Calendar:
    confirmed = {"public_holiday": public_holiday, "joint_leave": joint_leave}
    year = replace(Calendar.load().years[2026], year=2030, days=(), confirmed=confirmed)
    return Calendar.of([year])


@pytest.mark.parametrize(
    ("public_holiday", "joint_leave", "skipped", "counts"),
    [(True, True, False, False), (True, False, True, False), (False, True, True, True)],
)
def test_joint_leave_not_yet_decreed_matters_only_to_who_passes_over_it(
    public_holiday, joint_leave, skipped, counts
):
    calendar = calendar_of_2030(public_holiday=public_holiday, joint_leave=joint_leave)
    for reading, provisional in (("skipped", skipped), ("counts", counts)):
        answer = explain(date(2030, 7, 1), 3, "workdays", reading, calendar)
        assert answer.provisional is provisional, reading


def test_where_no_calendar_exists_only_weekends_are_passed_over_and_it_says_so():
    answer = explain(date(2030, 12, 24), 1, "workdays")
    assert answer.last_day == date(2030, 12, 25)
    assert answer.days[0].source == "no calendar for 2030: weekends only"


def test_an_estimated_holiday_is_marked_in_its_reason():
    answer = explain(date(2027, 3, 9), 1, "workdays")
    assert answer.days[0].reason.en == "public holiday: Eid al-Fitr (estimate)"
    assert answer.days[0].reason.id.endswith("(perkiraan)")


@pytest.mark.parametrize("days", [-1, LONGEST + 1, True, 1.5])
def test_a_length_that_is_no_term_is_refused_with_what_is_allowed(days):
    with pytest.raises(TermError, match="allowed are 0 to 1000"):
        explain(date(2026, 1, 1), days, "days")


def test_the_longest_term_is_counted():
    answer = explain(date(2019, 1, 1), LONGEST, "workdays")
    assert len([day for day in answer.days if day.counts]) == LONGEST


@pytest.mark.parametrize(
    ("unit", "reading", "named"), [("weeks", "skipped", "weeks"), ("days", "maybe", "maybe")]
)
def test_an_unknown_unit_or_reading_is_refused_by_name(unit, reading, named):
    with pytest.raises(TermError, match=named):
        explain(date(2026, 1, 1), 1, unit, reading)


def test_a_term_never_starts_at_a_moment():
    with pytest.raises(TermError, match="from a day"):
        explain(datetime(2026, 1, 1, 12, 0), 1, "days")


def test_a_term_that_leaves_the_calendar_is_refused_not_cut_short():
    with pytest.raises(TermError, match="leave the calendar"):
        explain(date(9999, 12, 30), 5, "days")


@given(days_of_calendar, st.integers(0, 60), readings)
def test_the_days_elapsed_are_those_that_the_wall_calendar_shows(start, later, reading):
    today = start + timedelta(later)
    expected = len(working_days(start + timedelta(1), today, reading)) if later else 0
    assert days_elapsed(start, today, "workdays", reading) == expected


def test_today_is_day_4_of_7():
    known = date(2026, 7, 10)
    assert days_elapsed(known, date(2026, 7, 14), "days") == 4
    found = progress(known, date(2026, 7, 14), 7, "days")
    assert (found.day, found.of, found.last_day, found.passed) == (4, 7, date(2026, 7, 17), False)


def test_the_last_day_is_whole_and_the_next_has_passed():
    known = date(2026, 7, 10)
    assert not progress(known, date(2026, 7, 17), 7, "days").passed
    passed = progress(known, date(2026, 7, 18), 7, "days")
    assert (passed.day, passed.passed) == (7, True)


def test_before_a_term_starts_no_day_of_it_has_elapsed():
    assert days_elapsed(date(2026, 7, 10), date(2026, 7, 1), "days") == 0
    assert progress(date(2026, 7, 10), date(2026, 7, 1), 7, "days").day == 0


def test_one_instant_is_two_days_in_two_regions():
    late_evening = datetime(2026, 7, 13, 16, 30, tzinfo=UTC)
    assert day_in("Asia/Jakarta", late_evening) == date(2026, 7, 13)
    assert day_in("Asia/Makassar", late_evening) == date(2026, 7, 14)
    assert day_in("Asia/Jayapura", late_evening) == date(2026, 7, 14)


@given(
    st.dates(date(2019, 1, 1), date(2030, 1, 1)),
    st.sampled_from(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]),
)
def test_a_day_ends_with_the_first_instant_of_the_next(day, zone):
    end = end_of(day, zone)
    assert day_in(zone, end) == day + timedelta(1)
    assert day_in(zone, end - timedelta(microseconds=1)) == day


def test_the_last_day_ends_two_hours_earlier_in_the_east():
    west, east = (end_of(date(2026, 7, 17), zone) for zone in ("Asia/Jakarta", "Asia/Jayapura"))
    assert west - east == timedelta(hours=2)


def test_an_instant_without_a_zone_has_no_day():
    with pytest.raises(TermError, match="no time zone"):
        day_in("Asia/Jakarta", datetime(2026, 7, 13, 16, 30))


@pytest.mark.parametrize("zone", ["Asia/Atlantis", "", "../etc/passwd"])
def test_an_unknown_zone_is_refused_with_an_example(zone):
    with pytest.raises(TermError, match="Asia/Jakarta"):
        day_in(zone, datetime(2026, 7, 13, tzinfo=UTC))


def test_the_last_day_of_the_calendar_has_no_end():
    with pytest.raises(TermError):
        end_of(date.max, "Asia/Jakarta")
