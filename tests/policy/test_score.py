"""The score: what raises it, what never does, and what the running numbers show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from timbang.policy import score
from timbang.policy.score import DEBT, DONE, DROPPED, OWED, STEP, Entry

FIRST = date(2026, 1, 5)
ON = date(2027, 12, 31)
OFFICE = "dinas-a"


@dataclass(frozen=True)
class Thing:
    """Something that is owed: when it falls due, and how many days later it is settled (None:
    never). Days count from FIRST."""

    dossier: str
    due: int
    after: int | None
    kind: str = STEP
    step: str = "decision"
    dropped: bool = False


def entries(things: Sequence[Thing]) -> list[Entry]:
    """The entries of these things, numbered by their days."""
    told: list[tuple[date, int, str, Thing]] = []
    for at, thing in enumerate(things):
        due = FIRST + timedelta(days=thing.due)
        told.append((due - timedelta(days=14), at, OWED, thing))
        if thing.after is not None:
            act = DROPPED if thing.dropped else DONE
            told.append((due + timedelta(days=max(thing.after, -14)), at, act, thing))
    found = []
    for n, (on, _at, act, thing) in enumerate(sorted(told, key=lambda row: row[:2]), 1):
        due = FIRST + timedelta(days=thing.due)
        done = None if act == OWED else on
        by, outcome = (OFFICE, "done") if act == DONE else ("", "")
        told_of = (thing.dossier, thing.step, thing.kind, due, done, on, by, outcome)
        found.append(Entry(act, OFFICE, n, *told_of))
    return found


def outside(mine: Sequence[Entry], office: str = "biro-hukum") -> list[Entry]:
    """A clearance of another office in each dossier, each time that something was done in it."""
    done = sorted((each for each in mine if each.act == DONE), key=lambda each: each.on)
    return [
        Entry(DONE, office, n, each.dossier, "legal_clearance", STEP, each.on, each.on, each.on,
              office, "cleared")
        for n, each in enumerate(done, 1)
    ]  # fmt: skip


def items_of(mine: Sequence[Entry], others: Sequence[Entry]) -> tuple[score.Item, ...]:
    looks = score.looks(OFFICE, [*mine, *others])
    return score.looked_at(OFFICE, score.pair(mine).items, looks)


def places(things: Sequence[Thing], on: date = ON) -> dict[score.Place, int]:
    mine = entries(things)
    return score.counted(items_of(mine, outside(mine)), on)


def value(things: Sequence[Thing], on: date = ON) -> float:
    found = score.share(places(things, on))
    return -1.0 if found is None else found


def told(things: Sequence[Thing], on: date = ON) -> score.Score:
    mine = entries(things)
    return score.score(OFFICE, [*mine, *outside(mine)], on)


def many(count: int = 10, after: int | None = 0, **changes: str) -> list[Thing]:
    """One decision a month, each of another dossier."""
    return [Thing(f"K-{at}", 30 * at, after, **changes) for at in range(count)]


LATENESS = st.one_of(st.none(), st.integers(-14, 200))
THING = st.builds(
    Thing,
    dossier=st.sampled_from([f"K-{at}" for at in range(8)]),
    due=st.integers(0, 700),
    after=LATENESS,
    kind=st.sampled_from([STEP, DEBT]),
    step=st.sampled_from(["study", "review", "decision", "evaluation", "report", "audit"]),
    dropped=st.booleans(),
)
THINGS = st.lists(THING, max_size=12, unique_by=lambda each: (each.dossier, each.kind, each.step))


# What the numbers are


def test_all_in_time_is_a_hundred_and_its_interval_says_how_little_is_known() -> None:
    found = told(many(10))
    assert (found.value, found.months, found.high) == (100.0, 10, 100.0)
    assert found.low is not None
    assert 70 < found.low < 75
    assert told(many(20)).low > found.low  # type: ignore[operator]


@pytest.mark.parametrize("months", [0, 1, score.FEWEST_MONTHS - 1])
def test_too_little_is_not_known_and_never_a_hundred(months: int) -> None:
    found = told(many(months))
    assert not found.known
    assert (found.value, found.low, found.high, found.months) == (None, None, None, months)
    assert found.as_json()["score"] is None
    assert found.as_json()["interval"] is None


def test_the_formula_by_hand() -> None:
    # Eight steps in time (8), a debt in time (2), a step 30 days late (2), a debt overdue since 60
    # days (2 times 3): 10 of 18. A report in time earns nothing.
    due = (ON - FIRST).days - 60
    things = [
        *many(8),
        Thing("K-8", 70, 0, DEBT, "study"),
        Thing("K-8", 70, 0, DEBT, "report"),
        Thing("K-9", 300, 30),
        Thing("K-9", due, None, DEBT, "audit"),
    ]
    assert value(things) == pytest.approx(float(Fraction(8 + 2, 8 + 2 + 2 + 2 * 3)))
    found = told(things)
    assert found.value == 55.6
    assert found.counts == {"in_time": 10, "late": 1, "overdue": 1}
    assert [(each.days, each.item.step) for each in found.overdue] == [(60, "audit")]
    # K-0 was begun more than two years ago.
    assert (found.lane.uses, found.lane.decisions) == (2, 9)


def test_what_lateness_weighs_grows_with_each_month_up_to_a_year() -> None:
    assert [score.burden(days) for days in (30, 60, 360, 3600)] == [2, 3, 13, 13]


def test_what_is_dropped_in_time_counts_nowhere_and_what_is_dropped_late_is_late() -> None:
    base = many(9)
    in_time = Thing("K-20", 100, -3, DEBT, "study", dropped=True)
    assert value([*base, in_time]) == value(base)
    assert value([*base, replace(in_time, after=5)]) < value(base)
    assert value([*base, replace(in_time, after=5, dropped=False)]) == value(
        [*base, replace(in_time, after=5)]
    )


def test_history_shows_each_month_and_what_was_late_stays_there() -> None:
    things = [*many(20), Thing("K-90", 210, 40, DEBT, "report")]
    found = told(things)
    months = {month.on: month for month in found.history}
    assert found.history[-1].on == ON
    assert len(found.history) == score.MONTHS + 1
    assert months[date(2026, 7, 31)].overdue == 0
    assert months[date(2026, 8, 31)].overdue == 1
    assert months[date(2026, 9, 30)].overdue == 0
    assert months[date(2026, 7, 31)].value == 100.0
    assert months[date(2026, 9, 30)].value < 100  # type: ignore[operator]
    assert found.value < 100  # type: ignore[operator]


def test_an_item_leaves_the_window_two_years_after_it_was_done() -> None:
    things = [*many(10), Thing("K-90", 10, 40, DEBT, "report")]
    settled = FIRST + timedelta(days=50)
    before, after = settled + score.WINDOW - timedelta(days=1), settled + score.WINDOW
    assert told(things, before).counts.get("late") == 1
    assert told(things, after).counts.get("late") is None
    # What nobody ever did stays.
    never = [replace(each, after=None) for each in things]
    assert told(never, after).counts["overdue"] == 11


# Gaming


@given(THINGS, st.integers(2, 5), st.data())
def test_splitting_a_decision_never_raises(
    things: list[Thing], parts: int, data: st.DataObject
) -> None:
    assume(things)
    chosen = data.draw(st.sampled_from(sorted({each.dossier for each in things})))
    pieces, easies = [], []
    for each in things:
        if each.dossier != chosen:
            pieces.append(each)
            continue
        # Each piece does what the whole did; all but the first may even be in time with it all.
        easy = data.draw(st.booleans())
        easies.append(easy)
        for part in range(parts):
            after = 0 if part and easy and not each.dropped else each.after
            pieces.append(replace(each, dossier=f"{chosen}-{part}", after=after))
    whole, split = places(things), places(pieces)
    # Easy pieces count where the whole counted already, and nowhere better than it did.
    assert all(split[place] >= days for place, days in whole.items())
    if not any(easies):
        assert split == whole


@given(THINGS, THING)
def test_something_overdue_never_raises(things: list[Thing], more: Thing) -> None:
    added = replace(more, dossier="K-new", after=None)
    on = FIRST + timedelta(days=added.due + 1)
    before, after = value(things, on), value([*things, added], on)
    assert after <= before or before == -1.0 == value([], on)


@given(THINGS, st.data())
def test_paying_late_never_beats_paying_in_time_and_never_raises_on_the_day(
    things: list[Thing], data: st.DataObject
) -> None:
    assume(things)
    at = data.draw(st.integers(0, len(things) - 1))
    late = data.draw(st.integers(1, 100))
    chosen = replace(things[at], dropped=False)

    def with_it(after: int | None) -> list[Thing]:
        return [*things[:at], replace(chosen, after=after), *things[at + 1 :]]

    on = FIRST + timedelta(days=chosen.due + late)
    in_time = value(with_it(0), on)
    # No credit yet is not worse than lateness either.
    assert value(with_it(late), on) <= in_time or in_time == -1.0
    # Filing it today moves nothing today: what is late is late.
    assert value(with_it(late), on) == value(with_it(None), on)
    # Later it is better to have done it.
    later = on + timedelta(days=200)
    assert value(with_it(None), later) <= value(with_it(late), later) + 1e-12


def test_late_mass_filing_raises_nothing_and_stops_the_fall() -> None:
    late = many(10, None)
    on = FIRST + timedelta(days=300)
    filed = [replace(each, after=300 - each.due) for each in late]
    assert value(filed, on) == value(late, on) == 0.0
    good = [*many(10, step="evaluation"), *late]
    good_filed = [*many(10, step="evaluation"), *filed]
    assert value(good_filed, on) == value(good, on) < 0.5
    assert value(good_filed, ON) > value(good, ON)


def test_dossiers_that_are_opened_and_dropped_earn_nothing() -> None:
    base = [*many(10), *(Thing(f"K-late-{at}", 30 * at + 400, 30) for at in range(10))]
    trivial = [Thing(f"K-x-{at}", at, -13, step="study") for at in range(300)]
    assert value([*base, *trivial]) == value(base)
    assert told([*base, *trivial]).months == told(base).months
    # The same studies count once their dossiers move on.
    real = [Thing(each.dossier, each.due + 2, 0, step="review") for each in trivial]
    assert value([*base, *trivial, *real]) > value(base)


def test_what_a_signature_does_earns_nothing_and_costs_when_late() -> None:
    base = [*many(10), Thing("K-90", 100, 20)]
    for kind, step in sorted(score.WITHOUT_CREDIT):
        more = Thing("K-91", 400, 0, kind, step)
        assert value([*base, more]) == value(base), step
        assert value([*base, replace(more, after=1)]) < value(base), step


def test_a_lane_that_is_left_before_its_debts_fall_due_earns_nothing() -> None:
    base = [*many(10), Thing("K-90", 100, 20)]
    lanes = [
        thing
        for at in range(20)
        for thing in (
            Thing(f"K-l{at}", 30 * at, -13, step="study"),
            Thing(f"K-l{at}", 30 * at + 2, 0, DEBT, "notice"),
            Thing(f"K-l{at}", 30 * at + 7, 0, DEBT, "report"),
            Thing(f"K-l{at}", 30 * at + 60, -14, DEBT, "study", dropped=True),
            Thing(f"K-l{at}", 30 * at + 90, -14, step="direct_execution"),
        )
    ]
    assert value([*base, *lanes]) == value(base)
    assert told([*base, *lanes]).lane.uses == 20


def test_going_round_in_circles_earns_nothing_twice() -> None:
    once = [Thing("K-1", 14, -7, step="study"), Thing("K-1", 28, -7, step="review")]
    first = entries(once)
    again = [
        replace(each, n=each.n + len(first), due=each.due + timedelta(days=90),
                on=each.on + timedelta(days=90), done=each.done and each.done + timedelta(days=90))
        for each in first
    ]  # fmt: skip
    one = score.counted(items_of(first, outside(first)), ON)
    both = score.counted(items_of([*first, *again], outside([*first, *again])), ON)
    # The review earns once it was followed by the study to which it sent the dossier back.
    assert len(one) == 1
    assert len(both) == 2


def test_a_hundred_items_in_one_month_count_as_one() -> None:
    base = [*many(10), Thing("K-90", 100, 20)]
    same = [Thing(f"K-x-{at}", 100, 0) for at in range(100)]
    assert value([*base, *same]) == value(base)


@given(THINGS)
def test_the_score_lies_between_nothing_and_a_hundred(things: list[Thing]) -> None:
    found = told(things)
    if found.known:
        assert 0 <= found.low <= found.value <= found.high <= 100  # type: ignore[operator]
    assert sum(found.counts.values()) <= len(things)


@given(THINGS, st.integers(0, 400))
def test_what_came_later_does_not_move_an_earlier_day(things: list[Thing], day: int) -> None:
    on = FIRST + timedelta(days=day)
    every = [*(mine := entries(things)), *outside(mine)]
    cut = score.score(OFFICE, [each for each in every if each.on <= on], on)
    whole = score.score(OFFICE, every, on)
    assert replace(cut, numbers=whole.numbers) == whole


# Looked at from outside


@pytest.mark.parametrize(
    ("change", "looked"),
    [
        ({}, True),
        ({"by": OFFICE}, False),
        ({"by": OFFICE, "office": OFFICE}, False),
        ({"by": "dinas-b"}, False),
        ({"by": ""}, False),
        ({"outcome": "sent_back"}, False),
        ({"outcome": "use_lane_promise"}, False),
        ({"step": "review"}, False),
        ({"act": OWED}, False),
        ({"act": DROPPED}, False),
        ({"dossier": "K-other"}, False),
    ],
)
def test_only_a_clearance_that_another_office_gave_lets_a_dossier_earn(
    change: dict[str, str], looked: bool
) -> None:
    mine = entries(many(10))
    others = [replace(each, **change) for each in outside(mine)]  # type: ignore[arg-type]
    found = score.counted(items_of(mine, others), ON)
    assert bool(found) is looked


def test_an_office_that_is_alone_earns_nothing_whatever_it_does_in_time() -> None:
    things = [
        Thing(f"K-{at}", 30 * at + 5 * place, 0, kind, step)
        for at in range(20)
        for place, (kind, step) in enumerate(
            [
                *((STEP, step) for step in ("study", "review", "drafting", "consultation")),
                *((STEP, step) for step in (*score.CLEARANCES, "decision", "evaluation")),
                *((DEBT, step) for step in ("study", *score.CLEARANCES, "audit", "ratification")),
                (STEP, "lane_evaluation"),
            ]
        )
    ]
    mine = entries(things)
    assert {each.by for each in mine if each.act == DONE} == {OFFICE}
    alone = [
        replace(each, outcome=score.CLEARED[each.kind]) if each.act == DONE else each
        for each in mine
    ]
    for shown in (mine, alone):
        assert score.counted(items_of(shown, ()), ON) == {}
        assert score.score(OFFICE, shown, ON).value is None
    # Being late counts all the same.
    late = score.score(OFFICE, entries([replace(each, after=40) for each in things]), ON)
    assert late.value == 0.0


def test_what_comes_before_a_clearance_earns_once_it_was_cleared_afterwards() -> None:
    things = [Thing("K-1", 30, 0, step="study"), Thing("K-1", 45, 0, step="review")]
    mine = entries(things)
    study = next(each.on for each in mine if (each.act, each.step) == (DONE, "study"))
    for days, earns in ((-1, False), (0, True), (20, True)):
        on = study + timedelta(days=days)
        look = replace(outside(mine)[0], on=on, due=on, done=on)
        assert ((STEP, "study", date(2026, 2, 1)) in score.counted(items_of(mine, [look]), ON)) == (
            earns
        )
        # And not before the day on which it was cleared.
        before = score.counted(items_of(mine, [look]), on - timedelta(days=1))
        assert (STEP, "study", date(2026, 2, 1)) not in before


def test_a_debt_of_clearance_earns_only_when_another_office_gives_it() -> None:
    mine = entries(
        [Thing("K-1", 30, 0, DEBT, "legal_clearance"), Thing("K-1", 30, -1, DEBT, "study")]
    )
    place = (DEBT, "legal_clearance", date(2026, 2, 1))
    for by, earns in (("biro-hukum", True), (OFFICE, False), ("", False)):
        shown = [
            replace(each, by=by, outcome="paid")
            if (each.act, each.step) == (DONE, "legal_clearance")
            else each
            for each in mine
        ]
        found = score.counted(items_of(shown, ()), ON)
        assert (place in found) is earns
        # The study of the lane is looked at by the same clearance.
        assert ((DEBT, "study", place[2]) in found) is earns


def test_who_clears_earns_by_its_clearances_of_others_and_by_none_that_another_took_away() -> None:
    mine = [
        replace(each, outcome="cleared") if each.act == DONE else each
        for each in entries(many(10, step="legal_clearance"))
    ]
    assert score.score(OFFICE, mine, ON).value == 100.0
    # The office that decides went into the lane while it waited: nobody cleared anything.
    taken = [replace(each, by="dinas-b") if each.act == DONE else each for each in mine]
    assert score.score(OFFICE, taken, ON).value is None


# What would raise it


def test_leaving_something_overdue_costs_what_it_says() -> None:
    things = [*many(20)[5:], Thing("K-90", 700, None, DEBT, "report")]
    found = told(things)
    (left,) = found.overdue
    now, later = value(things), value(things, ON + timedelta(days=score.AHEAD))
    assert left.cost == found.cost_of_all == round(100 * (now - later), 1) > 0


def test_of_two_in_one_month_only_both_together_help() -> None:
    things = [*many(20), Thing("K-90", 700, None), Thing("K-91", 700, None)]
    found = told(things)
    assert [each.cost for each in found.overdue] == [0.0, 0.0]
    assert found.cost_of_all is not None
    assert found.cost_of_all > 0


def test_what_comes_brings_what_it_says() -> None:
    base = [*many(10), Thing("K-80", 100, 20)]
    due = (ON - FIRST).days + 3
    (coming,) = told([*base, Thing("K-90", due, None, DEBT, "study")]).coming
    good = value([*base, Thing("K-90", due, 0, DEBT, "study")], ON + timedelta(days=3))
    assert coming.gain == round(100 * (good - value(base)), 1) > 0
    bad = value([*base, Thing("K-90", due, None, DEBT, "study")], ON + timedelta(days=4))
    assert coming.loss == round(100 * (value(base) - bad), 1) > 0


# Running numbers


def test_what_is_left_out_in_between_is_seen_and_what_came_twice() -> None:
    shown = entries(many(5))
    assert score.numbers(shown)[OFFICE].whole
    left_out = [each for each in shown if each.n not in (3, 4, 7)]
    found = score.numbers(left_out)[OFFICE]
    assert (found.last, found.missing, found.absent) == (10, ((3, 4), (7, 7)), 3)
    assert score.numbers([*shown, shown[2]])[OFFICE].twice == (shown[2].n,)
    # At the end nothing can be seen.
    assert score.numbers(shown[:-2])[OFFICE].whole


def test_what_settles_nothing_that_was_owed_is_told_and_does_not_count() -> None:
    shown = entries(many(10))
    others = outside(shown)
    owed = next(each for each in shown if each.act == OWED)
    found = score.score(OFFICE, [*others, *(each for each in shown if each is not owed)], ON)
    assert len(found.strays) == 1
    assert found.counts["in_time"] == 9
    moved = [replace(e, due=e.due + timedelta(days=400)) if e.act == DONE else e for e in shown]
    assert len(score.pair(moved).strays) == 10


def test_entries_of_other_offices_move_nothing() -> None:
    mine = entries(many(10))
    others = [replace(each, office="dinas-b") for each in entries(many(10, 50))]
    assert score.score(OFFICE, [*others, *mine], ON) == score.score(OFFICE, mine, ON)
    assert score.offices([*others, *mine]) == ("dinas-a", "dinas-b")
