"""Disclosure control: what an attacker who keeps every release can conclude.

The attacker knows the method, keeps all releases, and reasons by brute force: he writes down every
history that the world may have had and strikes out those that could not have led to what was
published. What all histories left have in common, he knows. The claim is:

    Of no group of reports that he can describe does he know that it holds a report, unless he knows
    that it holds at least a full step.

Worlds are small, so the step is two here; the code is the one that runs with five.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import cache
from itertools import combinations, combinations_with_replacement, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timbang.publication.suppress import (
    BUCKETS,
    NEVER,
    SHOWN,
    STEP,
    Cell,
    Fives,
    Row,
    advance,
    advance_all,
    bucket,
    count,
    count_sanctions,
    count_satisfied,
    count_services,
    median_bucket,
    spread,
)

SMALL = 2
RELEASES = 2

Counts = tuple[int, ...]  # of one cell, at each release
Shown = tuple[int, ...]  # full steps of one cell shown, at each release
Published = dict[Cell, Shown]


# --- what the method can publish of one cell ------------------------------------------------------


def outcomes(
    run: Callable[[Callable[[Fraction], bool]], object],
) -> Iterator[tuple[object, Fraction]]:
    """Every way in which the draws can fall, with its probability (never zero)."""
    pending: list[tuple[bool, ...]] = [()]
    while pending:
        script = pending.pop()
        used: list[tuple[bool, Fraction]] = []

        def draw(chance: Fraction, script: tuple[bool, ...] = script, used: list = used) -> bool:
            if len(used) == len(script):
                raise _MoreDraws
            answer = script[len(used)]
            used.append((answer, chance))
            return answer

        try:
            result = run(draw)
        except _MoreDraws:
            pending += [(*script, True), (*script, False)]
            continue
        probability = Fraction(1)
        for answer, chance in used:
            probability *= chance if answer else 1 - chance
        if probability:
            yield result, probability


class _MoreDraws(Exception):
    pass


@cache
def drawn(counts: Counts) -> dict[Shown, Fraction]:
    """The method under test: what it may show of a cell with this history, and how likely."""

    def run(draw: Callable[[Fraction], bool]) -> Shown:
        fives, shown = Fives(), []
        for rows in counts:
            fives = advance(fives, rows, draw, SMALL)
            shown.append(fives.shown)
        return tuple(shown)

    found: dict[Shown, Fraction] = {}
    for result, probability in outcomes(run):
        assert isinstance(result, tuple)
        found[result] = found.get(result, Fraction(0)) + probability
    assert sum(found.values()) == 1
    return found


def rounded_down(counts: Counts) -> dict[Shown, Fraction]:
    """For comparison: full steps at once, nothing held back."""
    return {tuple(rows // SMALL for rows in counts): Fraction(1)}


def small_hidden(counts: Counts) -> dict[Shown, Fraction]:
    """For comparison: the count itself, unless it is small."""
    return {tuple(rows if rows >= SMALL else 0 for rows in counts): Fraction(1)}


Method = Callable[[Counts], dict[Shown, Fraction]]


# --- small worlds ---------------------------------------------------------------------------------


class World:
    """All kinds of report that may exist, each with what is public of it at each release.

    Sets of worlds are whole numbers: bit i stands for the i-th world.
    """

    def __init__(self, kinds: list[tuple[Row | None, ...]], most: int) -> None:
        self.kinds = kinds
        self.worlds = [
            world
            for size in range(most + 1)
            for world in combinations_with_replacement(range(len(kinds)), size)
        ]
        self.histories = [self._history(world) for world in self.worlds]
        self.all = (1 << len(self.worlds)) - 1
        # cell -> what its counts may have been -> the worlds in which they were that
        self.counted: dict[Cell, dict[Counts, int]] = {}
        for i, history in enumerate(self.histories):
            for cell, counts in history.items():
                sets = self.counted.setdefault(cell, {})
                sets[counts] = sets.get(counts, 0) | 1 << i
        for sets in self.counted.values():
            sets[(0,) * RELEASES] = self.all & ~sum(sets.values())
        # kind -> the worlds that hold a report of it, and those that hold at least two
        self.holding, self.holding_two = (
            [
                sum(1 << i for i, world in enumerate(self.worlds) if world.count(kind) >= least)
                for kind in range(len(kinds))
            ]
            for least in (1, SMALL)
        )

    def _history(self, world: tuple[int, ...]) -> dict[Cell, Counts]:
        counts = [
            count("reports", [row for kind in world if (row := self.kinds[kind][i]) is not None])
            for i in range(RELEASES)
        ]
        cells = sorted({cell for counted in counts for cell in counted})
        return {cell: tuple(counted[cell] for counted in counts) for cell in cells}


def _row(organ: str, province: str, month: int, *, ended: bool = False) -> Row:
    state, days = ("decided", 20) if ended else ("received", None)
    return Row(organ, province, f"2030-0{month}", "", state, 0, days)


def where_and_when() -> World:
    """Two organs, two provinces, two months: every table overlaps every other."""
    kinds = []
    for organ, province, month in product("AB", ("11", "12"), (1, 2)):
        row = _row(organ, province, month)
        kinds.append((row if month == 1 else None, row))
    return World(kinds, most=6)


def many_of_few() -> World:
    """Two organs, two months, and up to two full steps in a cell."""
    kinds = []
    for organ, month in product("AB", (1, 2)):
        row = _row(organ, "", month)
        kinds.append((row if month == 1 else None, row))
    return World(kinds, most=10)


def what_became_of_it() -> World:
    """Two organs; a report comes in the first or second month and ends then, later or never."""
    kinds = []
    for organ, (came, ended) in product("AB", ((1, 0), (1, 1), (1, 2), (2, 0), (2, 2))):
        at_releases = tuple(
            _row(organ, "", came, ended=bool(ended) and ended <= now) if came <= now else None
            for now in (1, 2)
        )
        kinds.append(at_releases)
    return World(kinds, most=6)


# --- the attacker ---------------------------------------------------------------------------------


def still_possible(world: World, published: Published, method: Method) -> int:
    """Every world in which the method may have shown exactly this, and nothing in other cells."""
    possible = world.all
    for cell, sets in world.counted.items():
        shown = published.get(cell, (0,) * RELEASES)
        possible &= sum(worlds for counts, worlds in sets.items() if shown in method(counts))
    return possible


def conclusions(world: World, published: Published, method: Method) -> Iterator[tuple[int, ...]]:
    """Groups of kinds of report that surely hold one, but not surely a full step (of two)."""
    possible = still_possible(world, published, method)
    assert possible
    for size in range(1, len(world.kinds) + 1):
        for group in combinations(range(len(world.kinds)), size):
            one, two = 0, 0
            for kind in group:
                two |= world.holding_two[kind] | one & world.holding[kind]
                one |= world.holding[kind]
            if not possible & ~one and possible & ~two:
                yield group


def publications(world: World, method: Method, most: int, sample: int) -> Iterable[Published]:
    """Everything shown as soon as it may be, for every small world; and a sample of the rest."""
    random_ = random.Random(20300101)
    found: dict[tuple[tuple[Cell, Shown], ...], Published] = {}
    small = [
        history
        for candidate, history in zip(world.worlds, world.histories, strict=True)
        if len(candidate) <= most
    ]
    choices: list[tuple[dict[Cell, Counts], Callable[[list[Shown]], Shown]]]
    choices = [(history, max) for history in small]
    choices += [(random_.choice(small), random_.choice) for _ in range(sample)]
    for history, choose in choices:
        shown = {cell: choose(sorted(method(counts))) for cell, counts in history.items()}
        shown = {cell: values for cell, values in shown.items() if any(values)}
        found[tuple(sorted(shown.items()))] = shown
    return found.values()


# How many reports the worlds have that publish; the attacker thinks of twice as many, because he must
# be able to explain each figure by reports of its own.
WORLDS = {
    "where and when": (where_and_when, 3),
    "what became of it": (what_became_of_it, 3),
    "many of few": (many_of_few, 5),
}


@pytest.mark.parametrize("name", WORLDS)
def test_no_release_tells_of_a_report_that_is_not_one_of_a_full_step(name: str) -> None:
    make, most = WORLDS[name]
    world, tried = make(), 0
    for published in publications(world, drawn, most, sample=200):
        assert next(conclusions(world, published, drawn), None) is None, published
        tried += bool(published)
    assert tried > 20


@pytest.mark.parametrize("method", [rounded_down, small_hidden])
@pytest.mark.parametrize("name", WORLDS)
def test_the_same_attacker_breaks_plain_rounding_and_plain_hiding(
    name: str, method: Method
) -> None:
    make, most = WORLDS[name]
    world = make()
    assert any(
        next(conclusions(world, published, method), None) is not None
        for published in publications(world, method, most, sample=0)
    )


def test_a_figure_that_rises_does_not_tell_that_a_report_came_between() -> None:
    world = where_and_when()
    published = {Cell("reports", "organ", "A"): (0, 1)}
    came_between = 0
    for i, (earlier, _later) in enumerate(world.kinds):
        came_between |= world.holding[i] if earlier is None else 0
    assert still_possible(world, published, drawn) & ~came_between
    # the same rise under plain rounding does tell
    counted = world.counted[Cell("reports", "organ", "A")]
    risen = sum(worlds for counts, worlds in counted.items() if (0, 1) in rounded_down(counts))
    assert risen
    assert not risen & ~came_between


def test_one_more_full_step_is_never_less_than_an_eighth_as_likely() -> None:
    """Whatever was seen of a cell for however long, one more full step may always lie beneath."""
    histories = [h for h in product(range(3), repeat=3) if list(h) == sorted(h)]
    for history, since in product(histories, range(3)):
        fewer = drawn(tuple(SMALL * steps for steps in history))
        more = drawn(tuple(SMALL * (steps + (i >= since)) for i, steps in enumerate(history)))
        for shown, probability in fewer.items():
            assert more.get(shown, 0) >= NEVER * probability


def test_counts_below_the_next_full_step_look_the_same() -> None:
    for counts in product(range(5), repeat=2):
        floors = tuple(SMALL * (rows // SMALL) for rows in counts)
        assert drawn(counts) == drawn(floors)


# --- what holds for each figure -------------------------------------------------------------------


@given(
    st.lists(st.integers(0, 60), min_size=1, max_size=8),
    st.randoms(use_true_random=False),
)
def test_a_figure_never_says_more_than_was_there_and_never_falls(
    counts: list[int], random_: random.Random
) -> None:
    fives, most, last = Fives(), 0, 0
    for rows in counts:
        fives = advance(fives, rows, lambda chance: random_.random() < chance)
        most = max(most, rows)
        assert last <= fives.shown <= most // STEP
        assert fives.seen == most // STEP
        assert fives.waiting >= 0
        last = fives.shown


def test_fives_that_fill_again_are_not_drawn_again() -> None:
    chances: list[Fraction] = []

    def draw(chance: Fraction) -> bool:
        chances.append(chance)
        return chance == SHOWN

    fives = advance(Fives(), 7, draw)
    fives = advance(fives, 2, draw)
    fives = advance(fives, 9, draw)
    assert fives == Fives(seen=1, never=0, shown=1)
    assert chances == [NEVER, SHOWN]


def test_most_of_what_is_large_is_shown_in_the_end() -> None:
    random_, fives = random.Random(7), Fives()
    for _ in range(24):
        fives = advance(fives, 10_000, lambda chance: random_.random() < chance)
    assert fives.waiting == 0
    assert 0.85 < fives.shown * STEP / 10_000 < 0.90


def test_each_cell_has_draws_of_its_own() -> None:
    counts = count("cases", [Row("A", "11", "2030-01", "photo", "decided", 2, 33)] * 5)
    drawn_for: list[Fraction] = []

    def draw(chance: Fraction) -> bool:
        drawn_for.append(chance)
        return False

    after = advance_all({}, counts, draw)
    assert set(after) == {
        Cell("cases", "organ", "A"),
        Cell("cases", "province", "11"),
        Cell("cases", "month", "2030-01"),
        Cell("cases", "conduct", "photo"),
        Cell("cases", "time", "to_60"),
        Cell("cases", "lapsed", "A"),
        Cell("cases", "state", "received"),
        Cell("cases", "state", "decided"),
        Cell("cases", "organ_state", "A", "decided"),
    }
    assert drawn_for.count(NEVER) == drawn_for.count(SHOWN) == len(after)


def test_lapses_are_counted_by_report_not_by_term() -> None:
    """Five lapsed terms of one report must not make a full five."""
    assert (
        count("reports", [Row("A", "", "2030-01", "", "received", 9, None)])[
            Cell("reports", "lapsed", "A")
        ]
        == 1
    )


def test_what_is_not_known_counts_nowhere() -> None:
    tables = {
        cell.table for cell in count("reports", [Row("A", "", "2030-01", "", "received", 0, None)])
    }
    assert tables == {"organ", "month", "state"}


@pytest.mark.parametrize(
    ("days", "code"),
    [(0, "to_14"), (14, "to_14"), (15, "to_30"), (180, "to_180"), (181, "over_180")],
)
def test_days_fall_into_coarse_buckets(days: int, code: str) -> None:
    assert bucket(days) == code


@given(st.dictionaries(st.sampled_from([code for code, _ in BUCKETS]), st.integers(1, 50)))
def test_the_median_bucket_is_that_of_the_middle_one(shown: dict[str, int]) -> None:
    order = [code for code, _ in BUCKETS]
    ones = sorted((order.index(code) for code, n in shown.items() for _ in range(n)))
    expected = order[ones[(len(ones) - 1) // 2]] if ones else None
    assert median_bucket(shown) == expected


def test_sanctions_are_counted_by_norm_and_by_level() -> None:
    rows = [
        ("pp_94_2021/4f", "ringan", "oral_reprimand", "99"),
        ("pp_94_2021/4f", "berat", "demotion", "99"),
        ("pp_94_2021/5h", "ringan", "oral_reprimand", ""),
    ]
    counted = count_sanctions("cases", rows)
    assert counted[Cell("cases", "sanction_kind", "pp_94_2021/4f", "berat:demotion")] == 1
    assert counted[Cell("cases", "sanction", "pp_94_2021/4f")] == 2
    assert counted[Cell("cases", "sanction_level", "pp_94_2021/4f", "berat")] == 1
    assert counted[Cell("cases", "sanction_province", "99")] == 2
    assert counted.total() == 11


@given(shown=st.dictionaries(st.sampled_from("abcde"), st.integers(0, 6).map(lambda n: n * 5)))
def test_a_spread_is_that_of_the_figures_written_out_one_by_one(shown: dict[str, int]) -> None:
    ones = sorted(code for code, n in shown.items() for _ in range(n))
    found = spread(shown, "abcde")
    if len(ones) < 10:
        assert found is None
        return
    assert found is not None
    ranks = [ones[math.ceil(part * len(ones)) - 1] for part in (0.25, 0.5, 0.75)]
    told = [found.least, found.quarter, found.median, found.three_quarters, found.most]
    assert told == [ones[0], *ranks, ones[-1]]


def test_complaints_are_counted_by_duty_by_class_and_by_what_became_of_the_remedy() -> None:
    rows = [
        ("service", "undue_delay", "refused"), ("service", "", ""),
        ("development", "undue_delay", "offered"),
    ]  # fmt: skip
    counted = count_services("cases", rows)
    assert counted[Cell("cases", "duty", "service")] == 2
    assert counted[Cell("cases", "duty_conduct", "development", "undue_delay")] == 1
    assert counted[Cell("cases", "remedy", "offered")] == 2
    assert counted[Cell("cases", "remedy", "refused")] == 1
    assert counted.total() == 8


def test_how_content_people_are_is_counted_apart() -> None:
    counted = count_satisfied("reports", ["not", "very", "not"])
    assert counted == {
        Cell("reports", "satisfied", "not"): 2,
        Cell("reports", "satisfied", "very"): 1,
    }
