"""Who is tied to whom, one actor after another, and which actors a chain of ties joins."""

from __future__ import annotations

from typing import Any

import numpy as np

from timbang.signals.network.compiled import compiled
from timbang.signals.network.pairs import Array


@compiled
def neighbours(low: Array, high: Array, there: Array, back: Array, actors: int) -> Any:
    """Compressed rows: `start` by actor, then his neighbours and what the tie is seen from him.

    `there` is what is told of a tie seen from `low`, `back` seen from `high`; one type for both.
    """
    start = np.zeros(actors + 1, dtype=np.int64)
    for row in range(low.shape[0]):
        start[low[row] + 1] += 1
        start[high[row] + 1] += 1
    for actor in range(actors):
        start[actor + 1] += start[actor]
    place = start[:-1].copy()
    near = np.empty(2 * low.shape[0], dtype=np.int32)
    told = np.empty(2 * low.shape[0], dtype=there.dtype)
    for row in range(low.shape[0]):
        one, other = low[row], high[row]
        near[place[one]] = other
        told[place[one]] = there[row]
        place[one] += 1
        near[place[other]] = one
        told[place[other]] = back[row]
        place[other] += 1
    return start, near, told


@compiled
def parts(low: Array, high: Array, actors: int) -> Any:
    """Of each actor, the smallest number that a chain of ties joins him to: int32."""
    above = np.arange(actors).astype(np.int32)
    for row in range(low.shape[0]):
        one, other = low[row], high[row]
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        while above[other] != other:
            above[other] = above[above[other]]
            other = above[other]
        if one < other:
            above[other] = one
        else:
            above[one] = other
    for actor in range(actors):
        above[actor] = above[above[actor]]
    return above
