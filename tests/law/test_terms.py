"""A term on each reading of it. The oracle walks a wall calendar: sets of days, nothing of ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import holidays
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from timbang.law.bilingual import Bilingual
from timbang.law.calendar import Calendar, Holiday
from timbang.law.refusal import Refusal
from timbang.law.steps import Extends, Reading, Suspends, Term
from timbang.law.terms import (
    Own,
    TermAnswer,
    check_extension,
    check_own,
    check_suspension,
    due,
)
from timbang.law.workdays import Suspension, TermError

PUBLIC = set(holidays.Indonesia(years=range(2019, 2028), categories=("public",)))
LEAVE = set(holidays.Indonesia(years=range(2019, 2028), categories=("government",)))
ILL = Bilingual("saksi sakit", "a witness is ill")
WIB = timezone(timedelta(hours=7))

starts = st.dates(date(2019, 1, 1), date(2026, 6, 30))
lengths = st.integers(1, 40)
units = st.sampled_from(["days", "workdays"])
spans = st.lists(st.tuples(st.integers(-10, 60), st.integers(0, 20)), max_size=4)


def the_term(length: int = 7, unit: str = "workdays", **more: object) -> Term:
    given = {
        "length": length,
        "unit": unit,
        "starts": "entered",
        "kind": "law",
        "citation": "UU 7/2017 ps 454(6)",
        "level": "one_copy",
        "reason": None,
    }
    return Term(**{**given, **more})  # type: ignore[arg-type]


def suspended(start: date, *pieces: tuple[int, int]) -> tuple[Suspension, ...]:
    """Pieces as (days after the start, further days)."""
    return tuple(
        Suspension(start + timedelta(first), start + timedelta(first + more), ILL)
        for first, more in pieces
    )


def walk(start: date, length: int, unit: str, stopped: set[date] = frozenset()) -> date:  # type: ignore[assignment]
    """What a clerk does with a finger on the wall calendar."""
    day, left = start, length
    while left:
        day += timedelta(1)
        off = day.isoweekday() in (6, 7) or day in PUBLIC or day in LEAVE
        if day not in stopped and not (unit == "workdays" and off):
            left -= 1
    return day


def days_of(pieces: list[tuple[int, int]], start: date) -> set[date]:
    return {start + timedelta(a + n) for a, more in pieces for n in range(more + 1)}


# counting


@given(starts, lengths, units, spans)
def test_a_suspended_term_ends_where_the_finger_on_the_wall_calendar_stops(
    start, length, unit, pieces
):
    answer = due(the_term(length, unit), start, suspensions=suspended(start, *pieces))
    expected = walk(start, length, unit, days_of(pieces, start))
    assert (answer.last_day, answer.safe_day) == (expected, expected)


@given(starts, lengths, units, spans, st.tuples(st.integers(-10, 60), st.integers(0, 20)))
def test_one_more_suspension_never_shortens_a_term(start, length, unit, pieces, one):
    before = due(the_term(length, unit), start, suspensions=suspended(start, *pieces))
    after = due(the_term(length, unit), start, suspensions=suspended(start, *pieces, one))
    assert after.last_day >= before.last_day
    assert after.safe_day >= before.safe_day


@given(starts, lengths, units, st.integers(0, 40), st.integers(0, 20), st.data())
def test_a_suspension_cut_in_two_changes_nothing(start, length, unit, first, more, data):
    cut = data.draw(st.integers(0, more))
    whole = due(the_term(length, unit), start, suspensions=suspended(start, (first, more)))
    pieces = [(first, cut)] + ([(first + cut + 1, more - cut - 1)] if cut < more else [])
    parts = due(the_term(length, unit), start, suspensions=suspended(start, *pieces))
    assert [(day.day, day.number) for day in parts.days] == [
        (day.day, day.number) for day in whole.days
    ]


@given(starts, lengths, units, st.tuples(st.integers(0, 40), st.integers(0, 20)))
def test_a_suspension_told_twice_counts_once(start, length, unit, one):
    once = due(the_term(length, unit), start, suspensions=suspended(start, one))
    twice = due(the_term(length, unit), start, suspensions=suspended(start, one, one))
    assert twice.last_day == once.last_day


@given(starts, lengths, units, st.integers(0, 40))
def test_a_suspension_that_begins_after_the_end_moves_nothing(start, length, unit, later):
    plain = due(the_term(length, unit), start).last_day
    after = Suspension(plain + timedelta(1 + later), plain + timedelta(40 + later), ILL)
    assert due(the_term(length, unit), start, suspensions=[after]).last_day == plain


@given(starts, lengths, units, spans, st.dates(date(2019, 1, 1), date(2026, 12, 31)))
def test_one_more_holiday_never_brings_any_end_forward(start, length, unit, pieces, declared):
    calendar = Calendar.load()
    name = Bilingual("libur baru", "new holiday")
    holiday = Holiday(declared, "public_holiday", name, False, "a decree")
    more = Calendar(calendar.years, {**calendar.holidays, declared: holiday})
    term = the_term(length, unit, readings=(Reading(length, "days", "Perbawaslu", "one_copy"),))
    stops = suspended(start, *pieces)
    before, after = (due(term, start, found, suspensions=stops) for found in (calendar, more))
    assert after.last_day >= before.last_day
    assert after.safe_day >= before.safe_day


@given(starts, lengths, units, st.integers(1, 30), st.integers(1, 3))
def test_an_extension_of_the_same_kind_is_simply_a_longer_term(start, length, unit, more, times):
    rule = Extends(more, unit, 3, "UU 7/2017 ps 454(8)", "one_copy")
    answer = due(the_term(length, unit, extends=rule), start, extended=times)
    assert answer.last_day == walk(start, length + times * more, unit)


@given(starts, st.integers(1, 14), st.integers(1, 14), spans)
def test_an_extension_of_another_kind_counts_from_the_last_day(start, length, more, pieces):
    rule = Extends(more, "workdays", 1, "UU 7/2017 ps 454(8)", "one_copy")
    answer = due(
        the_term(length, "days", extends=rule),
        start,
        extended=1,
        suspensions=suspended(start, *pieces),
    )
    stopped = days_of(pieces, start)
    assert answer.last_day == walk(walk(start, length, "days", stopped), more, "workdays", stopped)


# what is not known


@given(starts, lengths, units, st.integers(0, 30), st.integers(0, 60))
def test_while_a_suspension_has_no_end_only_the_earliest_end_is_known(
    start, length, unit, first, lasts
):
    begun = start + timedelta(first)
    waiting = due(the_term(length, unit), start, suspensions=[Suspension(begun, None, ILL)])
    over = Suspension(begun, begun + timedelta(lasts), ILL)
    known = due(the_term(length, unit), start, suspensions=[over])
    assert waiting.last_day is None
    assert waiting.open
    assert waiting.ends_at("Asia/Jakarta") is None
    assert waiting.safe_day <= known.safe_day
    assert not waiting.passed_on(date(2100, 1, 1))
    assert not waiting.warns_on(date(2100, 1, 1))


def test_the_earliest_end_of_a_suspended_term_moves_with_the_day_on_which_one_asks():
    stop = [Suspension(date(2026, 7, 14), None, ILL)]
    term = the_term(3, "days")
    ends = [
        due(term, date(2026, 7, 13), suspensions=stop, as_of=day).safe_day
        for day in (None, date(2026, 7, 14), date(2026, 7, 20))
    ]
    assert ends == [date(2026, 7, 17), date(2026, 7, 17), date(2026, 7, 23)]


@given(starts, lengths, units, st.integers(0, 30), st.integers(1, 15))
def test_a_suspension_that_the_law_bounds_ends_by_itself(start, length, unit, first, most):
    rule = Suspends(ILL, "ps x", most, "days")
    begun = start + timedelta(first)
    answer = due(
        the_term(length, unit, suspends=rule), start, suspensions=[Suspension(begun, None, ILL)]
    )
    stopped = {begun + timedelta(n) for n in range(most)}
    assert answer.last_day == walk(start, length, unit, stopped)


def test_a_bound_in_working_days_uses_up_working_days_only():
    rule = Suspends(ILL, "ps x", 5, "workdays")
    begun = date(2026, 7, 13)  # a Monday: five working days end on Friday
    answer = due(
        the_term(10, "days", suspends=rule),
        date(2026, 7, 10),
        suspensions=[Suspension(begun, None, ILL)],
    )
    last = max(day.day for day in answer.days if day.kind == "suspended")
    assert last == date(2026, 7, 17)


def test_a_term_whose_unit_is_unknown_is_read_both_ways():
    answer = due(the_term(7, "unknown"), date(2026, 7, 16))
    assert answer.safe_day == walk(date(2026, 7, 16), 7, "days")
    assert answer.last_day == walk(date(2026, 7, 16), 7, "workdays")
    assert answer.provisional
    assert "unit_unknown" in [doubt.code for doubt in answer.doubts]


@given(st.dates(date(2019, 1, 1), date(2026, 6, 30)), st.integers(1, 60))
def test_a_last_day_off_is_said_and_never_moved(start, length):
    answer = due(the_term(length, "days"), start)
    last = start + timedelta(length)
    off = last.isoweekday() in (6, 7) or last in PUBLIC | LEAVE
    assert answer.last_day == last
    assert ("ends_on_day_off" in [doubt.code for doubt in answer.doubts]) is off
    if off:
        [doubt] = [doubt for doubt in answer.doubts if doubt.code == "ends_on_day_off"]
        assert walk(last, 1, "workdays").isoformat() in doubt.text.en


def test_joint_leave_on_the_way_is_a_doubt_that_names_its_day():
    answer = due(the_term(1), date(2026, 12, 23))
    [doubt] = answer.doubts
    assert (doubt.code, "2026-12-24" in doubt.text.en) == ("joint_leave", True)
    assert "is not counted" in doubt.text.en
    counted = due(the_term(1), date(2026, 12, 23), joint_leave="counts")
    assert "is counted" in counted.doubts[0].text.en


# several readings


BOTH = the_term(
    7, "workdays", readings=(Reading(7, "days", "Perbawaslu 7/2022 ps 8(3)", "one_copy"),)
)


@given(starts)
def test_where_law_and_regulation_differ_both_ends_are_told(start):
    answer = due(BOTH, start)
    assert answer.safe_day == start + timedelta(7)
    assert answer.last_day == walk(start, 7, "workdays")
    assert [end.citation for end in answer.ends] == [
        "UU 7/2017 ps 454(6)",
        "Perbawaslu 7/2022 ps 8(3)",
    ]


@given(starts, st.integers(0, 30))
def test_an_officer_is_warned_exactly_between_the_two_ends(start, later):
    today = start + timedelta(later)
    answer = due(BOTH, start)
    warned = start + timedelta(7) < today <= walk(start, 7, "workdays")
    assert answer.warns_on(today) is warned
    assert answer.passed_on(today) is (today > walk(start, 7, "workdays"))
    late = [end.citation for end in answer.ends if end.passed_on(today)]
    assert (late == ["Perbawaslu 7/2022 ps 8(3)"]) is warned


def test_an_end_is_named_by_its_length_and_source():
    law, regulation = due(BOTH, date(2026, 7, 10)).ends
    assert law.label.en == "7 working days (UU 7/2017 ps 454(6))"
    assert regulation.label.id == "7 hari kalender (Perbawaslu 7/2022 ps 8(3))"


def test_the_fifteenth_day_of_a_decision_on_both_readings():
    """PP 94/2021 ps 38(1) says days, PerBKN 6/2022 working days."""
    term = the_term(15, "unknown", citation="PP 94/2021 ps 38(1)")
    term = replace(term, readings=(Reading(15, "workdays", "PerBKN 6/2022", "one_copy"),))
    answer = due(term, date(2026, 7, 14))
    assert (answer.safe_day, answer.last_day) == (date(2026, 7, 29), date(2026, 8, 4))


# an office's own term


@given(starts, st.integers(2, 30), units, units, spans, st.integers(1, 29))
def test_an_own_term_that_is_admitted_never_outlasts_the_law(
    start, length, unit, own_unit, pieces, own_length
):
    term, own = the_term(length, unit), Own(own_length, own_unit)
    try:
        check_own(term, own)
    except Refusal:
        assume(False)
    answer = due(term, start, own=own, suspensions=suspended(start, *pieces))
    stopped = days_of(pieces, start)
    assert answer.last_day == walk(start, length, unit, stopped)
    assert answer.safe_day == walk(start, own_length, own_unit, stopped)
    assert answer.safe_day <= answer.last_day


@given(st.integers(2, 30), units)
def test_every_shorter_own_term_of_the_same_kind_is_admitted(length, unit):
    check_own(the_term(length, unit), Own(length - 1, unit))


@pytest.mark.parametrize(
    ("term", "own", "says"),
    [
        (the_term(7), Own(7, "workdays"), "6 working days at most"),
        (the_term(7), Own(9, "days"), "6 calendar days at most"),
        (the_term(7, "days"), Own(3, "workdays"), "Allowed: none"),
        (BOTH, Own(3, "workdays"), "Allowed: none"),
        (the_term(7, "unknown"), Own(3, "workdays"), "Allowed: none"),
        (the_term(24, "hours"), Own(1, "days"), "Allowed: none"),
        (the_term(24, "hours"), Own(24, "hours"), "23 hours at most"),
        (the_term(7), Own(0, "workdays"), "6 working days at most"),
    ],
)
def test_an_own_term_that_is_not_surely_shorter_is_refused_with_the_norm(term, own, says):
    with pytest.raises(Refusal) as refused:
        check_own(term, own)
    assert says in refused.value.message.en
    assert refused.value.norm in ("UU 7/2017 ps 454(6)", "Perbawaslu 7/2022 ps 8(3)")


# what the law must allow


def test_a_term_is_suspended_only_where_a_rule_lets_it():
    with pytest.raises(Refusal) as refused:
        check_suspension(the_term(), suspended(date(2026, 7, 13), (1, 1)))
    assert refused.value.norm == "UU 7/2017 ps 454(6)"


def test_suspensions_may_use_up_what_the_rule_gives_and_no_day_more():
    term = the_term(suspends=Suspends(ILL, "ps 9", 5, "days"))
    check_suspension(term, suspended(date(2026, 7, 13), (0, 2), (2, 2)))
    with pytest.raises(Refusal) as refused:
        check_suspension(term, suspended(date(2026, 7, 13), (0, 2), (3, 2)))
    assert "5 days" in refused.value.message.en
    assert refused.value.norm == "ps 9"


def test_a_term_is_extended_as_often_as_the_rule_says():
    with pytest.raises(Refusal):
        check_extension(the_term(), 0)
    term = the_term(extends=Extends(14, "workdays", 1, "UU 7/2017 ps 454(8)", "one_copy"))
    check_extension(term, 0)
    with pytest.raises(Refusal) as refused:
        check_extension(term, 1)
    assert refused.value.norm == "UU 7/2017 ps 454(8)"


# hours


@given(
    st.datetimes(datetime(2019, 1, 1), datetime(2026, 12, 1)),
    st.integers(1, 200),
    st.integers(7, 9),
)
def test_a_term_in_hours_ends_so_many_hours_later_by_any_clock(moment, hours, offset):
    started = moment.replace(tzinfo=timezone(timedelta(hours=offset)))
    answer = due(the_term(hours, "hours"), started)
    assert (answer.ends_at("Asia/Jakarta") - started).total_seconds() == hours * 3600
    assert answer.last_day == answer.safe_day == (moment + timedelta(hours=hours)).date()


def test_hours_run_through_a_feast_and_its_weekend():
    """UU 7/2017 ps 476: 1 x 24 hours."""
    started = datetime(2026, 8, 15, 16, 0, tzinfo=WIB)
    answer = due(the_term(24, "hours"), started)
    assert answer.ends_at("Asia/Jakarta") == datetime(2026, 8, 16, 9, 0, tzinfo=UTC)


@given(starts, st.integers(1, 100), st.integers(0, 1439))
def test_where_only_the_day_of_the_start_is_known_both_bounds_hold(start, hours, minute):
    answer = due(the_term(hours, "hours"), start)
    begun = datetime(start.year, start.month, start.day, tzinfo=WIB) + timedelta(minutes=minute)
    ended = begun + timedelta(hours=hours)
    assert ended <= answer.ends_at("Asia/Jakarta")
    if hours >= 24:
        whole = datetime.combine(answer.safe_day + timedelta(1), datetime.min.time(), tzinfo=WIB)
        assert whole <= ended
    assert [doubt.code for doubt in answer.doubts] == ["instant_unknown"]


@pytest.mark.parametrize(
    ("term", "started", "more", "says"),
    [
        (the_term(24, "hours"), datetime(2026, 7, 1, 10), {}, "no time zone"),
        (
            the_term(24, "hours"),
            date(2026, 7, 1),
            {"suspensions": suspended(date(2026, 7, 1), (0, 1))},
            "suspended",
        ),
        (the_term(1001, "hours"), date(2026, 7, 1), {}, "0 to 1000"),
        (the_term(7), date(2026, 7, 1), {"extended": 1}, "no rule"),
        (
            the_term(7),
            date(2026, 7, 1),
            {"suspensions": suspended(date(2026, 7, 1), (5, -3))},
            "cannot end on",
        ),
        (
            the_term(24, "hours", extends=Extends(1, "days", 1, "ps", "memory")),
            date(2026, 7, 1),
            {"extended": 1},
            "by days",
        ),
        (
            the_term(7, "days", extends=Extends(24, "hours", 1, "ps", "memory")),
            date(2026, 7, 1),
            {"extended": 1},
            "by hours",
        ),
    ],
)
def test_what_cannot_be_counted_is_refused_in_words(term, started, more, says):
    with pytest.raises(TermError, match=says):
        due(term, started, **more)


def test_the_last_day_is_whole_in_the_zone_of_the_office():
    answer: TermAnswer = due(the_term(1, "days"), date(2026, 7, 13))
    assert answer.ends_at("Asia/Jakarta") == datetime(2026, 7, 14, 17, 0, tzinfo=UTC)
    assert answer.ends_at("Asia/Jayapura") == datetime(2026, 7, 14, 15, 0, tzinfo=UTC)
    assert not answer.passed_on(date(2026, 7, 14))
    assert answer.passed_on(date(2026, 7, 15))
