"""The exact stratified test beside named peers in one run: 100,000 officials, 1,000 strata.

python bench/stratified.py [--people 100000] [--strata 1000] [--permutations 200]

Peers: a naive permutation within strata (told for 10,000 permutations, run with fewer),
scipy's hypergeometric distribution taken apart by strata and convolved, statsmodels'
StratifiedTable (large sample only). CPU seconds of this process; the answers are printed, so that
it can be seen that they agree.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from timbang.signals.statistics.stratified import Strata, exact, mantel_haenszel


def officials(people: int, strata: int, seed: int) -> tuple[Any, Any, Any]:
    """Invented officials: a fifth in the group, of whom slightly more get a post."""
    chance = np.random.default_rng(seed)
    stratum = chance.integers(0, strata, people)
    group = chance.random(people) < 0.2
    return stratum, group, chance.random(people) < 0.1 + 0.01 * group


def permuted(stratum: Any, group: Any, outcome: Any, times: int) -> str:
    """Shuffle the outcome within each stratum, again and again."""
    chance = np.random.default_rng(0)
    order = np.argsort(stratum, kind="stable")
    ends = np.flatnonzero(np.diff(stratum[order])) + 1
    parts = np.split(outcome[order], ends)
    mine, seen, more = group[order], int((group & outcome).sum()), 0
    for _each in range(times):
        shuffled = np.concatenate([chance.permutation(part) for part in parts])
        more += int((shuffled & mine).sum()) >= seen
    return f"upper tail {(more + 1) / (times + 1):.3f} after {times} permutations"


def by_scipy(table: Strata) -> str:
    """The null distribution only: one hypergeometric a stratum, convolved one after another."""
    from scipy.stats import hypergeom

    sums = np.ones(1)
    columns = (table.people, table.outcome, table.group)
    for people, outcome, group in zip(*(each.tolist() for each in columns), strict=True):
        most = min(outcome, group)
        sums = np.convolve(sums, hypergeom.pmf(range(most + 1), people, outcome, group))
    upper = float(sums[int(table.both.sum()) :].sum())
    return f"upper tail {upper:.6f}, no effect"


def by_statsmodels(table: Strata) -> str:
    from statsmodels.stats.contingency_tables import StratifiedTable

    rest = table.people - table.group - table.outcome + table.both
    rows = ((table.both, table.group - table.both), (table.outcome - table.both, rest))
    found = StratifiedTable(np.array(rows, float))
    low, high = found.oddsratio_pooled_confint()
    return f"odds ratio {found.oddsratio_pooled:.4f} ({low:.4f} to {high:.4f})"


def ours(found: Any) -> str:
    tail = "" if found.chance is None else f", chance {found.chance:.6f}"
    return f"odds ratio {found.effect:.4f} ({found.low:.4f} to {found.high:.4f}){tail}"


def timed(name: str, work: Callable[[], str], *, times: int = 3, scale: float = 1.0) -> None:
    """The best of several runs: other work on the machine only makes them longer."""
    best, said = float("inf"), ""
    for _each in range(times):
        begun = time.process_time()
        said = work()
        best = min(best, time.process_time() - begun)
    print(f"{name:44} {best * scale:9.3f} s CPU   {said}")


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--people", type=int, default=100_000)
    words.add_argument("--strata", type=int, default=1_000)
    words.add_argument("--permutations", type=int, default=200)
    asked = words.parse_args()
    people = officials(asked.people, asked.strata, seed=1)
    table = Strata.of(*people)
    exact(table)  # imports scipy
    timed("exact test, ratio and interval", lambda: ours(exact(Strata.of(*people))))
    timed("Mantel-Haenszel, ours", lambda: ours(mantel_haenszel(Strata.of(*people))))
    timed("statsmodels StratifiedTable", lambda: by_statsmodels(table))
    timed("scipy hypergeometrics, null only", lambda: by_scipy(table), times=1)
    timed(
        "naive permutation, for 10,000 permutations",
        lambda: permuted(*people, asked.permutations),
        times=1,
        scale=10_000 / asked.permutations,
    )


if __name__ == "__main__":
    main()
