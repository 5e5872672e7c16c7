"""Gould and Fernandez's roles, each on a case drawn by hand, and against plain loops."""

from __future__ import annotations

import numpy as np
import pytest

from tests.signals.network.some import exchanges, network
from timbang.signals.network import brokers, pairs
from timbang.signals.network.brokers import ROLES

A, B, C = 0, 1, 2


def roles_of(links: list[tuple[int, int]], groups: list[int]) -> dict[int, dict[str, int]]:
    counted = brokers.roles(pairs.pairs(network(*links)), np.array(groups))
    return {
        actor: {role: int(count) for role, count in zip(ROLES, row, strict=True) if count}
        for actor, row in enumerate(counted)
        if row.any()
    }


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        ([7, 7, 7], "coordinator"),  # A, B, C of one group
        ([7, 5, 7], "itinerant"),  # A and C of one, B of another
        ([5, 7, 7], "gatekeeper"),  # from outside into B's own group
        ([7, 7, 5], "representative"),  # from B's own group to outside
        ([5, 6, 7], "liaison"),  # three groups
    ],
)
def test_the_role_of_the_one_between(groups: list[int], role: str) -> None:
    assert roles_of([(A, B), (B, C)], groups) == {B: {role: 1}}


def test_whoever_gives_directly_needs_no_broker() -> None:
    assert roles_of([(A, B), (B, C), (A, C)], [1, 1, 1]) == {}
    assert roles_of([(A, B), (B, C), (C, A)], [1, 1, 1]) == {
        each: {"coordinator": 1} for each in (A, B, C)
    }


def test_giving_back_is_no_brokerage() -> None:
    assert roles_of([(A, B), (B, A)], [1, 2, 3]) == {}


def test_whose_group_is_not_known_plays_no_part() -> None:
    assert roles_of([(A, B), (B, C)], [-1, 2, 2]) == {}


def test_an_exchange_through_a_broker_is_two_links() -> None:
    given = exchanges([(A, C, 900, 5.0, pairs.PERSON)])
    links = brokers.through(given, np.array([B], dtype=np.int32))
    counted = brokers.roles(pairs.pairs(links), np.array([1, 2, 3]))
    assert counted[B].tolist() == [0, 0, 0, 0, 1]


@pytest.mark.parametrize("seed", range(6))
def test_all_roles_are_those_of_plain_loops(seed: int) -> None:
    rng = np.random.default_rng(seed)
    links = {(int(a), int(b)) for a, b in rng.integers(0, 14, (70, 2)) if a != b}
    groups = rng.integers(-1, 4, 14).tolist()
    wanted: dict[int, dict[str, int]] = {}
    for a, b in links:
        for b2, c in links:
            if b != b2 or a == c or (a, c) in links or min(groups[a], groups[b], groups[c]) < 0:
                continue
            one, own, last = groups[a], groups[b], groups[c]
            if one == own == last:
                role = "coordinator"
            elif one == last:
                role = "itinerant"
            elif own == last:
                role = "gatekeeper"
            elif one == own:
                role = "representative"
            else:
                role = "liaison"
            mine = wanted.setdefault(b, {})
            mine[role] = mine.get(role, 0) + 1
    assert roles_of(sorted(links), groups) == wanted
