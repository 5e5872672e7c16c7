"""Clusters: who exchanges mostly with whom, by the Leiden algorithm with the constant Potts model.

Traag, Waltman and van Eck (2019). In a cluster at least `density` of all possible ties are there,
between clusters fewer. Modularity is not used: it does not see small groups in a large network.
The same network, density and seed give the same clusters.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from timbang.signals.network.pairs import Array, Pairs

# A choice of ours: a patron with clients who know only him is a star, and a star of a hundred has
# a density of two in a hundred; from about that size on the model takes it apart.
DENSITY: Final = 0.01
_SEED: Final = 1


def clusters(found: Pairs, *, actors: int, density: float = DENSITY) -> Array:
    """The cluster of each actor, int64, the largest is 0; -1 for whoever has no exchange."""
    cluster = np.full(actors, -1, dtype=np.int64)
    if not len(found):
        return cluster
    from graspologic_native import leiden_csr
    from scipy.sparse import coo_array

    named, place = np.unique(np.concatenate([found.low, found.high]), return_inverse=True)
    low, high = place[: len(found)], place[len(found) :]
    size = len(named)
    ends = (np.concatenate([low, high]), np.concatenate([high, low]))
    ties = coo_array((np.ones(2 * len(found)), ends), shape=(size, size)).tocsr()
    _, parts = leiden_csr(
        ties.indptr.astype(np.int64), ties.indices.astype(np.int32), ties.data, size,
        resolution=density, use_modularity=False, seed=_SEED, iterations=2,
    )  # fmt: skip
    codes = np.fromiter((parts[each] for each in range(size)), dtype=np.int64, count=size)
    cluster[named] = _largest_first(codes)
    return cluster


def _largest_first(codes: Array) -> Array:
    """Numbered by size, those of one size by their first member."""
    _, first, inverse, sizes = np.unique(
        codes, return_index=True, return_inverse=True, return_counts=True
    )
    order = np.lexsort((first, -sizes))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    found: Array = rank[inverse]
    return found
