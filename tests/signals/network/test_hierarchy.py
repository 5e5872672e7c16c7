"""Levels: against the system solved whole, and on networks whose order is plain."""

from __future__ import annotations

import numpy as np
import pytest

from tests.signals.network.some import exchanges, network
from timbang.signals.network import pairs
from timbang.signals.network.hierarchy import hierarchy


def test_a_ladder_has_a_level_a_step_and_no_incoherence() -> None:
    found = hierarchy(pairs.pairs(network((0, 1), (1, 2), (2, 3))), actors=4)
    assert found.level.tolist() == pytest.approx([3, 2, 1, 0], abs=1e-3)
    assert found.incoherence == pytest.approx(0, abs=1e-9)


def test_a_ring_has_no_levels() -> None:
    found = hierarchy(pairs.pairs(network((0, 1), (1, 2), (2, 0))), actors=3)
    assert found.level.tolist() == pytest.approx([0, 0, 0], abs=1e-4)
    assert found.incoherence == pytest.approx(1)


def test_votes_go_upwards() -> None:
    given = [(0, 1, 900, 1.0, 0), (1, 0, 901, 1.0, pairs.SUPPORT)]
    found = hierarchy(pairs.pairs(exchanges(given)), actors=2)
    assert found.level.tolist() == pytest.approx([1, 0], abs=1e-4)


def test_parts_that_nothing_joins_each_begin_at_nought() -> None:
    found = hierarchy(pairs.pairs(network((0, 1), (2, 3))), actors=5)
    assert found.level[:4].tolist() == pytest.approx([1, 0, 1, 0], abs=1e-4)
    assert np.isnan(found.level[4])
    assert found.part[0] == found.part[1] != found.part[2]
    assert found.part[4] == -1


def test_levels_are_those_of_springrank_solved_whole() -> None:
    """[D_out + D_in - (A + A')] s = d_out - d_in, by the pseudoinverse (De Bacco et al. 2018)."""
    rng = np.random.default_rng(4)
    links = [(int(a), int(b)) for a, b in rng.integers(0, 25, (120, 2)) if a != b]
    matrix = np.zeros((25, 25))
    for above, below in links:
        matrix[above, below] += 1
    out, into = matrix.sum(1), matrix.sum(0)
    wanted = np.linalg.pinv(np.diag(out + into) - matrix - matrix.T) @ (out - into)
    found = hierarchy(pairs.pairs(network(*links)), actors=25)
    assert len(set(found.part.tolist())) == 1
    assert found.level - found.level[0] == pytest.approx(wanted - wanted[0], abs=2e-3)
    # and trophic incoherence (MacKay et al. 2020), with links read upwards: from below to above
    heights = -wanted
    strain = [(heights[below] - heights[above] - 1) ** 2 for above, below in links]
    assert found.incoherence == pytest.approx(np.mean(strain), abs=1e-4)
