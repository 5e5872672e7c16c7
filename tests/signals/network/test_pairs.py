"""Pairs of actors: the compiled pass against plain loops, and parts that are laid together."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

import numpy as np
import pytest

from tests.signals.network.some import exchanges, random_rows
from timbang.signals.network import pairs
from timbang.signals.network.pairs import Pairs

Row = tuple[int, int, int, float, int]


def by_hand(rows: list[Row]) -> dict[tuple[int, int], dict[str, Any]]:
    """What the pass must give, counted row by row in a dictionary."""
    found: dict[tuple[int, int], dict[str, Any]] = defaultdict(
        lambda: defaultdict(int) | {"months": set()}
    )
    for giver, receiver, month, value, flags in rows:
        if giver < 0 or receiver < 0 or giver == receiver:
            continue
        way = "forward" if giver < receiver else "backward"
        pair = found[min(giver, receiver), max(giver, receiver)]
        pair[way] += 1
        if math.isnan(value):
            pair[f"unvalued_{way}"] += 1
        else:
            pair[f"value_{way}"] += value
        pair[f"support_{way}"] += bool(flags & pairs.SUPPORT)
        pair["linked"] += bool(flags & pairs.LINKED)
        pair["person"] += bool(flags & pairs.PERSON)
        pair["office"] += bool(flags & pairs.OFFICE)
        pair["in_window"] += bool(flags & pairs.IN_WINDOW)
        if month < 0:
            pair["undated"] += 1
        else:
            pair["months"].add(month)
    return found


def as_told(found: Pairs) -> dict[tuple[int, int], dict[str, Any]]:
    told = {}
    for row in range(len(found)):
        months = {
            found.base + 64 * word + bit
            for word in range(found.months.shape[1])
            for bit in range(64)
            if int(found.months[row, word]) >> bit & 1
        }
        numbers = {name: getattr(found, name)[row] for name in pairs.ADDED}
        told[int(found.low[row]), int(found.high[row])] = numbers | {"months": months}
    return told


def assert_same(found: Pairs, rows: list[Row]) -> None:
    wanted = by_hand(rows)
    told = as_told(found)
    assert told.keys() == wanted.keys()
    for pair, columns in told.items():
        for name, value in columns.items():
            assert value == wanted[pair][name], (pair, name)


@pytest.mark.parametrize(("count", "actors"), [(0, 3), (1, 2), (500, 6), (5_000, 400)])
def test_the_pass_counts_what_a_loop_counts(count: int, actors: int) -> None:
    rows = random_rows(np.random.default_rng(count), count, actors)
    assert_same(pairs.pairs(exchanges(rows)), rows)


def test_many_rows_go_through_many_buckets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "_ROWS_A_BUCKET", 10)
    rows = random_rows(np.random.default_rng(7), 3_000, 90)
    assert_same(pairs.pairs(exchanges(rows)), rows)


def test_parts_together_are_as_one() -> None:
    rng = np.random.default_rng(3)
    parts = [random_rows(rng, count, 30) for count in (2_000, 300, 0, 50)]
    late = [(giver, receiver, 1150, value, flags) for giver, receiver, _, value, flags in parts[3]]
    early = [(giver, receiver, 20, value, flags) for giver, receiver, _, value, flags in parts[1]]
    all_rows = [parts[0], early, parts[2], late]
    found = pairs.together([pairs.pairs(exchanges(each)) for each in all_rows])
    assert_same(found, [row for each in all_rows for row in each])


def test_large_numbers_of_actors_do_not_mix() -> None:
    top = 2**31 - 1
    rows = [(top, top - 1, 900, 1.0, 0), (top - 1, 0, 900, 1.0, 0), (0, top, 901, 1.0, 0)]
    assert_same(pairs.pairs(exchanges(rows)), rows)
