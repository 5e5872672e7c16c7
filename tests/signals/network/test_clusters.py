"""Clusters that were planted are found, and always the same ones."""

from __future__ import annotations

import numpy as np

from tests.signals.network.some import network
from timbang.signals.network import pairs
from timbang.signals.network.clusters import clusters


def test_many_small_groups_in_a_large_ring_are_told_apart() -> None:
    """Modularity would lay neighbours together (the resolution limit)."""
    links = []
    for first in range(0, 1000, 5):
        links += [(first + a, first + b) for a in range(5) for b in range(a)]
        links.append((first, (first + 5) % 1000))
    found = clusters(pairs.pairs(network(*links)), actors=1001, density=0.3)
    assert found.max() == 199
    assert all(len(set(found[first : first + 5])) == 1 for first in range(0, 1000, 5))
    assert found[1000] == -1


def test_the_same_network_gives_the_same_clusters() -> None:
    rng = np.random.default_rng(1)
    links = pairs.pairs(network(*[(int(a), int(b)) for a, b in rng.integers(0, 90, (300, 2))]))
    assert (clusters(links, actors=90) == clusters(links, actors=90)).all()


def test_the_largest_cluster_comes_first() -> None:
    found = clusters(pairs.pairs(network((0, 1), (2, 3), (3, 4), (2, 4))), actors=5, density=0.5)
    assert found.tolist() == [1, 1, 0, 0, 0]
