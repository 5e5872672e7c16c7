"""Pyramids of patrons, with brokers of brokers and rings."""

from __future__ import annotations

import numpy as np

from tests.signals.network.some import exchanges
from timbang.signals.network import pairs
from timbang.signals.network.pairs import NOBODY
from timbang.signals.network.pyramids import Branch, Pyramid, pyramids

P, B, C, K, L, M = range(6)


def of(*ways: tuple[int, int, int], flags: int = 0) -> list[Pyramid]:
    """Each way is giver, broker, receiver."""
    rows = exchanges([(giver, receiver, 900, 1.0, flags) for giver, _, receiver in ways])
    return pyramids(rows, np.array([broker for _, broker, _ in ways], dtype=np.int32), most=9)


def test_a_broker_below_a_broker() -> None:
    (found,) = of((P, NOBODY, B), (P, B, C), (P, C, K), (P, C, L), (P, NOBODY, M))
    assert found.branches == (Branch(B, (C,), None), Branch(C, (K, L), B))
    assert found.direct == (M,)
    assert (found.reached, found.height) == (5, 3)


def test_brokers_in_a_ring_end_at_the_patron() -> None:
    (found,) = of((P, B, C), (P, C, B), (P, B, K))
    assert found.branches == (Branch(B, (C, K), None),)
    assert found.height == 2


def test_votes_make_no_pyramid() -> None:
    assert of((P, B, K), flags=pairs.SUPPORT) == []


def test_without_a_broker_there_is_none() -> None:
    assert of((P, NOBODY, K)) == []
