"""Who held a post when: nothing is guessed, and what is called vacant has nobody on any day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from timbang.law.bilingual import Bilingual
from timbang.registry.holding import (
    HAND_OVER,
    Dismissal,
    Holding,
    after,
    before,
    ended,
    in_order,
    several_at_once,
    vacancies,
)
from timbang.registry.origins import Origin

FIRST = date(2020, 1, 1)
ORIGIN = Origin(Bilingual("a", "a"), "a.csv:1", ())


def on(day: int | None) -> date | None:
    return None if day is None else FIRST + timedelta(days=day)


def held(
    person: str, from_day: int | None, until_day: int | None = None, acting: str = ""
) -> Holding:
    return Holding(
        key=("appointments", f"{person}/{from_day}/{acting}"), person=person, name=person,
        acting=acting, from_on=on(from_day), until_on=on(until_day), decree="1", decreed_on=None,
        signed_by="", agency="", level="", origin=ORIGIN,
    )  # fmt: skip


def test_a_stretch_is_vacant_between_a_known_end_and_the_next_holder() -> None:
    rows = in_order([held("b", 100), held("a", 0, 60)])
    (gap,) = vacancies(rows)
    assert (gap.from_on, gap.until_on, gap.acting) == (on(60), on(100), ())


def test_an_end_that_nobody_gives_makes_no_vacancy() -> None:
    assert vacancies([held("a", 0), held("b", 100)]) == []
    assert vacancies([held("a", 0)]) == []


def test_a_post_stays_vacant_where_nobody_followed() -> None:
    (gap,) = vacancies([held("a", 0, 60)])
    assert (gap.from_on, gap.until_on) == (on(60), None)


def test_whoever_acts_does_not_hold_the_post_and_is_named_in_its_vacancy() -> None:
    rows = [held("a", 0, 60), held("c", 61, 80, "Plt"), held("x", 5, 20, "Plh"), held("b", 100)]
    (gap,) = vacancies(rows)
    assert [each.name for each in gap.acting] == ["c"]


def test_a_holder_whose_days_nobody_knows_may_have_held_it_then() -> None:
    assert vacancies([held("a", 0, 60), held("b", 100), held("c", None)]) == []


def test_a_dismissal_ends_what_its_person_held_and_nothing_else() -> None:
    rows = ended(
        [held("a", 0), held("b", 0), held("c", 0, 10), held("a", 90)],
        [Dismissal("a", FIRST + timedelta(50), "9"), Dismissal("c", FIRST + timedelta(50), "9")],
    )
    assert [(each.until_on, each.ended_by) for each in rows] == [
        (on(50), "9"), (None, ""), (on(10), ""), (None, ""),
    ]  # fmt: skip


def test_before_and_after_are_other_people_in_the_order_of_their_first_days() -> None:
    mine = held("b", 50)
    rows = [
        held("a", 0),
        held("c", 30, 40, "Plt"),
        mine,
        held("b", 70),
        held("d", 90),
        held("e", 95),
    ]
    earlier, later = before(rows, mine), after(rows, mine)
    assert earlier is not None and later is not None
    assert (earlier.name, later.name) == ("c", "d")
    assert before(rows, held("z", None)) is None


@pytest.mark.parametrize(
    ("rows", "several"),
    [
        ([held("a", 0, 100), held("b", 100)], False),
        ([held("a", 0, 100), held("b", 100 - HAND_OVER)], False),
        ([held("a", 0, 100), held("b", 99 - HAND_OVER)], True),
        ([held("a", 0), held("b", 0)], True),
        ([held("a", 0), held("a", 0)], False),
        ([held("a", 0), held("b", 0, 10, "Plh")], False),
    ],
)
def test_a_title_that_several_bear_for_longer_than_a_hand_over_is_no_single_post(
    rows: list[Holding], several: bool
) -> None:
    assert several_at_once(in_order(rows)) is several


def test_an_overlap_is_counted_on_the_later_one() -> None:
    rows = in_order([held("a", 0, 100), held("b", 90)])
    assert [each.beside for each in rows] == [0, 10]


def test_those_without_a_first_day_come_last() -> None:
    rows = in_order([held("a", None), held("b", 5), held("c", 1)])
    assert [each.name for each in rows] == ["c", "b", "a"]


DAYS = some.integers(0, 40)
SPELLS = some.lists(
    some.tuples(
        some.sampled_from("abc"), DAYS, some.one_of(some.none(), some.integers(1, 20)),
        some.sampled_from(["", "", "Plt"]),
    ),
    max_size=5, unique_by=lambda each: each[1],
)  # fmt: skip


@given(SPELLS)
def test_no_holder_is_known_on_any_day_of_a_vacancy_and_on_every_other_day_one_is(
    spells: list[tuple[str, int, int | None, str]],
) -> None:
    """Day by day: an end that is not known is the next holder's first day."""
    rows = [held(who, day, day + days if days else None, how) for who, day, days, how in spells]
    starts = sorted(day for _who, day, _days, how in spells if not how)
    gaps = vacancies(rows)
    for day in range(70):
        holders = any(
            begin <= day
            and day < (begin + days if days else min((s for s in starts if s > begin), default=999))
            for _who, begin, days, how in spells
            if not how
        )
        free = any(
            gap.from_on <= FIRST + timedelta(day)
            and (gap.until_on is None or FIRST + timedelta(day) < gap.until_on)
            for gap in gaps
        )
        assert free == (bool(starts) and day >= starts[0] and not holders), day
