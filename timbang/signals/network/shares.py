"""How sure a share is."""

from __future__ import annotations

import math
from typing import Final

_WIDE: Final = 1.959963984540054  # of 95 %


def wilson(counted: float, out_of: float) -> list[float]:
    """The 95 % of a share (Wilson 1927)."""
    share, square = counted / out_of, _WIDE**2
    middle = (share + square / (2 * out_of)) / (1 + square / out_of)
    half = _WIDE / (1 + square / out_of)
    half *= math.sqrt(max(0.0, share * (1 - share)) / out_of + square / (4 * out_of**2))
    return [max(0.0, middle - half), min(1.0, middle + half)]
