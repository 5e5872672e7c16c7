"""Reciprocity against chance: the closed form against shuffled networks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.signals.network.some import network
from timbang.signals.network import pairs
from timbang.signals.network.reciprocity import expected_matches, matches_by_chance, reciprocity


@pytest.mark.parametrize(("one", "other"), [(0.01, 0.02), (0.5, 3.0), (4.0, 4.5), (60.0, 80.0)])
def test_the_mean_of_the_smaller_of_two_poisson_numbers(one: float, other: float) -> None:
    rng = np.random.default_rng(1)
    drawn = np.minimum(rng.poisson(one, 400_000), rng.poisson(other, 400_000)).mean()
    told = matches_by_chance(np.array([one]), np.array([other]))[0]
    assert told == pytest.approx(drawn, abs=0.03 * max(drawn, 0.01) + 2e-4)


def shuffled(giver: Any, receiver: Any, actors: int) -> float:
    """How many exchanges are matched when receivers are dealt out anew, counted in plain words."""
    rng = np.random.default_rng(2)
    matches = []
    for _ in range(200):
        drawn = rng.permutation(receiver)
        counts: dict[tuple[int, int], int] = {}
        for one, other in zip(giver.tolist(), drawn.tolist(), strict=True):
            counts[one, other] = counts.get((one, other), 0) + 1
        matches.append(sum(min(n, counts.get((b, a), 0)) for (a, b), n in counts.items() if a < b))
    return float(np.mean(matches))


@pytest.mark.parametrize("skew", [1.0, 0.3])
def test_what_chance_would_match_is_what_shuffling_matches(skew: float) -> None:
    rng = np.random.default_rng(5)
    actors = 40
    weight = np.arange(1, actors + 1) ** -skew
    giver = rng.choice(actors, 900, p=weight / weight.sum()).astype(np.int32)
    receiver = rng.choice(actors, 900, p=weight / weight.sum()).astype(np.int32)
    found = pairs.pairs(network(*zip(giver.tolist(), receiver.tolist(), strict=True)))
    kept = giver != receiver
    told = expected_matches(found, actors=actors)
    assert told == pytest.approx(shuffled(giver[kept], receiver[kept], actors), rel=0.08)


def test_gifts_that_are_all_returned_lie_far_above_chance() -> None:
    ties = [(a, a + 1) for a in range(0, 60, 2)]
    found = reciprocity(pairs.pairs(network(*ties, *[(b, a) for a, b in ties])), actors=60)
    assert found is not None
    assert found.observed == 1.0
    assert found.expected == pytest.approx(1 / 60, abs=0.02)
    assert found.least > 0.9


def test_a_network_by_chance_has_no_effect() -> None:
    rng = np.random.default_rng(11)
    links = [(int(a), int(b)) for a, b in rng.integers(0, 120, (1500, 2))]
    found = reciprocity(pairs.pairs(network(*links)), actors=120)
    assert found is not None
    assert found.least < 0 < found.most


def test_a_network_without_a_match_has_an_interval_too() -> None:
    found = reciprocity(pairs.pairs(network(*[(a, a + 1) for a in range(30)])), actors=31)
    assert found is not None
    assert found.observed == 0
    assert found.least < found.effect < 0 < found.most


def test_of_two_actors_nothing_is_said() -> None:
    assert reciprocity(pairs.pairs(network((0, 1))), actors=2) is None
