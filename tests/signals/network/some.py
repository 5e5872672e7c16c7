"""Small networks that tests write, and random ones."""

from __future__ import annotations

from typing import Any

import numpy as np

from timbang.signals.network import pairs
from timbang.signals.network.pairs import Exchanges


def network(*links: tuple[int, int], month: int = 900, flags: int = 0) -> Exchanges:
    """One exchange a link, giver first."""
    return exchanges([(giver, receiver, month, 1.0, flags) for giver, receiver in links])


def exchanges(rows: list[tuple[int, int, int, float, int]]) -> Exchanges:
    giver, receiver, month, value, flags = zip(*rows, strict=True) if rows else ((),) * 5
    return Exchanges(
        np.array(giver, dtype=np.int32),
        np.array(receiver, dtype=np.int32),
        np.array(month, dtype=np.int16),
        np.array(value, dtype=np.float64),
        np.array(flags, dtype=np.uint8),
    )


def random_rows(rng: Any, count: int, actors: int) -> list[tuple[int, int, int, float, int]]:
    """Rows with all that occurs: unknown actors, days and values, gifts to oneself, many months."""
    rows = []
    for _ in range(count):
        giver, receiver = (int(each) for each in rng.integers(-1, actors, 2))
        month = int(rng.integers(700, 1000)) if rng.random() < 0.9 else pairs.UNKNOWN_MONTH
        value = float(rng.integers(1, 1000)) if rng.random() < 0.7 else float("nan")
        rows.append((giver, receiver, month, value, int(rng.integers(0, 32))))
    return rows
