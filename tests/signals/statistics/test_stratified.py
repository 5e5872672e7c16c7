"""The stratified tests against published figures, every table written down, and statsmodels."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from timbang.signals.statistics.stratified import Strata, exact, mantel_haenszel

# Rabbits given penicillin at once or later, cured or not, by dose: Mantel (1963, JASA 58), as in
# the examples of R's mantelhaen.test.
RABBITS = [
    [[0, 0], [6, 5]], [[3, 0], [3, 6]], [[6, 2], [0, 4]], [[5, 6], [1, 0]], [[2, 5], [0, 0]],
]  # fmt: skip
# Admissions to Berkeley by sex and department: Bickel, Hammel and O'Connell (1975, Science 187).
BERKELEY = [
    [[512, 313], [89, 19]], [[353, 207], [17, 8]], [[120, 205], [202, 391]],
    [[138, 279], [131, 244]], [[53, 138], [94, 299]], [[22, 351], [24, 317]],
]  # fmt: skip


def strata(tables: list[list[list[int]]]) -> Strata:
    """Tables of group by outcome: [[both, group only], [outcome only, neither]]."""
    found = np.array(tables)
    return Strata(
        found.sum((1, 2)), found[:, 0].sum(1), found[:, :, 0].sum(1), found[:, 0, 0].copy()
    )


def test_rabbits_give_the_published_odds_ratios() -> None:
    found = exact(strata(RABBITS))
    assert found.effect == pytest.approx(10.361, abs=5e-4)
    assert found.chance == pytest.approx(0.03994, abs=1e-5)
    large = mantel_haenszel(strata(RABBITS))
    assert large.effect == pytest.approx(7.0)
    assert large.low == pytest.approx(1.026713, abs=1e-6)
    assert large.high == pytest.approx(47.725133, abs=1e-6)


def test_berkeley_gives_the_published_odds_ratio() -> None:
    found = mantel_haenszel(strata(BERKELEY))
    assert found.effect == pytest.approx(0.9046968, abs=1e-7)
    assert found.low == pytest.approx(0.7719074, abs=1e-7)
    assert found.high == pytest.approx(1.0603298, abs=1e-7)
    close = exact(strata(BERKELEY))
    assert close.effect == pytest.approx(found.effect, rel=0.01)
    assert close.differs is False


def test_statsmodels_says_the_same() -> None:
    from statsmodels.stats.contingency_tables import StratifiedTable

    tables = [np.array(each) for each in BERKELEY]
    theirs = StratifiedTable(tables)
    ours = mantel_haenszel(strata(BERKELEY))
    assert ours.effect == pytest.approx(theirs.oddsratio_pooled)
    assert (ours.low, ours.high) == pytest.approx(theirs.oddsratio_pooled_confint())
    assert ours.chance == pytest.approx(theirs.test_null_odds(correction=False).pvalue)


def written_down(table: Strata, odds: float) -> dict[int, float]:
    """The distribution of the sum by writing every combination of tables down."""
    ways: list[list[tuple[int, float]]] = []
    for n, g, o in zip(
        *(map(int, each) for each in (table.people, table.group, table.outcome)), strict=True
    ):
        ways.append(
            [
                (x, math.comb(g, x) * math.comb(n - g, o - x) * odds**x)
                for x in range(max(0, g + o - n), min(g, o) + 1)
            ]
        )
    found: dict[int, float] = {}
    for chosen in product(*ways):
        total = sum(x for x, _weight in chosen)
        found[total] = found.get(total, 0.0) + math.prod(weight for _x, weight in chosen)
    whole = sum(found.values())
    return {total: weight / whole for total, weight in found.items()}


@st.composite
def small_strata(draw: st.DrawFn) -> Strata:
    rows = []
    for _each in range(draw(st.integers(1, 4))):
        people = draw(st.integers(2, 8))
        group, outcome = draw(st.integers(1, people - 1)), draw(st.integers(1, people - 1))
        both = draw(st.integers(max(0, group + outcome - people), min(group, outcome)))
        rows.append((people, group, outcome, both))
    columns = [np.array(each) for each in zip(*rows, strict=True)]
    return Strata(*columns)


@settings(max_examples=60, deadline=None)
@given(small_strata())
def test_the_exact_test_is_that_of_all_tables_written_down(table: Strata) -> None:
    seen = int(table.both.sum())
    null = written_down(table, 1.0)
    upper = sum(share for total, share in null.items() if total >= seen)
    lower = sum(share for total, share in null.items() if total <= seen)
    found = exact(table)
    assert found.chance == pytest.approx(min(1.0, 2 * min(upper, lower)))
    assert found.sizes["expected"] == pytest.approx(sum(t * s for t, s in null.items()))
    if seen == min(null) or seen == max(null):
        assert found.effect == (0.0 if seen == min(null) else math.inf) or len(null) == 1
        return

    def mean(log: float) -> float:
        return sum(t * s for t, s in written_down(table, math.exp(log)).items()) - seen

    assert found.effect == pytest.approx(math.exp(brentq(mean, -20, 20)), rel=1e-6)
    at_low = written_down(table, found.low)
    assert sum(s for t, s in at_low.items() if t >= seen) == pytest.approx(0.025, rel=1e-5)
    at_high = written_down(table, found.high)
    assert sum(s for t, s in at_high.items() if t <= seen) == pytest.approx(0.025, rel=1e-5)


def test_strata_that_cannot_tell_are_set_aside_and_counted() -> None:
    table = Strata.of([0, 0, 0, 1, 1, 2], [1, 0, 1, 1, 1, 0], [1, 0, 0, 1, 0, 1])
    found = exact(table)
    assert found.sizes["strata"] == 1
    assert found.sizes["people_set_aside"] == 3


def test_where_nobody_can_be_compared_there_is_no_effect_and_a_reason() -> None:
    found = exact(Strata.of([0, 0], [1, 1], [1, 0]))
    assert found.effect is None
    assert found.missing
    assert mantel_haenszel(Strata.of([], [], [])).effect is None


def test_many_officials_in_many_strata_agree_with_the_large_sample() -> None:
    chance = np.random.default_rng(7)
    stratum = chance.integers(0, 300, 30_000)
    group = chance.random(30_000) < 0.2
    outcome = chance.random(30_000) < 0.1 + 0.05 * group
    table = Strata.of(stratum, group, outcome)
    small, large = exact(table), mantel_haenszel(table)
    assert small.effect == pytest.approx(large.effect, rel=0.01)
    assert small.low == pytest.approx(large.low, rel=0.01)
    assert small.high == pytest.approx(large.high, rel=0.01)
    assert small.differs is True


def test_entries_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="one length"):
        Strata.of([0], [1, 0], [1, 0])
