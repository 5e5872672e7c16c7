"""Brokers: through whom what A gives reaches C, where A gives C nothing directly.

The roles are those of Gould and Fernandez (1989), with groups of A, B (the broker) and C. Texts and
programs swap two of them; here they are, as the paper defines them:

- coordinator: A, B and C are of one group;
- itinerant: A and C are of one group, B of another;
- gatekeeper: B and C are of one group, A of another: B decides what of the outside gets in;
- representative: A and B are of one group, C of another: B speaks for his group outside;
- liaison: three groups.

A count is a number of pairs (A, C): A gave to B, B gave to C, A gave nothing to C, A is not C.
An exchange through a named broker is two links, to him and from him.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from timbang.law.bilingual import Bilingual
from timbang.signals.network.compiled import compiled
from timbang.signals.network.neighbours import neighbours
from timbang.signals.network.pairs import NOBODY, Array, Exchanges, Pairs

# A tie as one of the two sees it: 1 he gives, 2 he gets, 3 both.
_GETS: Final = np.int8(2)

ROLES: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "coordinator": Bilingual("koordinator", "coordinator"),
        "itinerant": Bilingual("perantara luar", "itinerant broker"),
        "gatekeeper": Bilingual("penjaga gerbang", "gatekeeper"),
        "representative": Bilingual("wakil kelompok", "representative"),
        "liaison": Bilingual("penghubung", "liaison"),
    }
)


def through(exchanges: Exchanges, broker: Array) -> Exchanges:
    """The exchanges as links: one through a broker becomes two, to him and from him."""
    known = broker != NOBODY
    if not known.any():
        return exchanges
    first, second = exchanges.where(known), exchanges.where(known)
    middle = broker[known]
    direct = exchanges.where(~known)
    return Exchanges(
        np.concatenate([direct.giver, first.giver, middle]),
        np.concatenate([direct.receiver, middle, second.receiver]),
        np.concatenate([direct.month, first.month, second.month]),
        np.concatenate([direct.value, first.value, second.value]),
        np.concatenate([direct.flags, first.flags, second.flags]),
    )


def roles(links: Pairs, group: Array) -> Array:
    """How often each actor has each role: int64, one row an actor, columns in the order of ROLES.

    `group` is int by actor, negative where it is not known: he then plays no part.
    """
    actors = len(group)
    group = group.astype(np.int64)
    known = (group[links.low] >= 0) & (group[links.high] >= 0) if len(links) else np.empty(0, bool)
    low, high = links.low[known], links.high[known]
    gave, got = links.forward[known] > 0, links.backward[known] > 0
    there = gave.astype(np.int8) | got.astype(np.int8) * _GETS
    back = got.astype(np.int8) | gave.astype(np.int8) * _GETS
    groups = int(group.max(initial=0)) + 1
    start, near, tie = neighbours(low, high, there, back, actors)
    counted: Array = _open_paths(start, near, tie, group, groups)
    _less_closed(start, near, tie, group, counted)
    return counted


@compiled
def _open_paths(start: Array, near: Array, tie: Array, group: Array, groups: int) -> Any:
    """All pairs (A, C) around each actor, those with a direct link not yet taken away."""
    actors = start.shape[0] - 1
    counted = np.zeros((actors, 5), dtype=np.int64)
    from_group = np.zeros(groups, dtype=np.int64)
    to_group = np.zeros(groups, dtype=np.int64)
    for actor in range(actors):
        mine = group[actor]
        if mine < 0 or start[actor] == start[actor + 1]:
            continue
        into, out, mutual_own, mutual_other = 0, 0, 0, 0
        for at in range(start[actor], start[actor + 1]):
            his = group[near[at]]
            if tie[at] & 2:
                from_group[his] += 1
                into += 1
            if tie[at] & 1:
                to_group[his] += 1
                out += 1
            if tie[at] == 3:
                if his == mine:
                    mutual_own += 1
                else:
                    mutual_other += 1
        own_in, own_out = from_group[mine], to_group[mine]
        same = 0
        for at in range(start[actor], start[actor + 1]):
            his = group[near[at]]
            if his != mine:
                same += from_group[his] * to_group[his]
            from_group[his] = 0
            to_group[his] = 0
        counted[actor, 0] = own_in * own_out - mutual_own
        counted[actor, 1] = same - mutual_other
        counted[actor, 2] = (into - own_in) * own_out
        counted[actor, 3] = own_in * (out - own_out)
        counted[actor, 4] = (into - own_in) * (out - own_out) - same
    return counted


@compiled
def _role(first: int, broker: int, last: int) -> int:
    """The role of a broker between two groups, as a place in ROLES."""
    if first == broker:
        return 0 if last == broker else 3
    if last == broker:
        return 2
    return 1 if first == last else 4


@compiled
def _less_closed(start: Array, near: Array, tie: Array, group: Array, counted: Array) -> None:
    """Take away the pairs (A, C) that are linked: each triangle of actors is looked at once.

    Every tie is kept at the end with fewer neighbours, so that no actor keeps many.
    """
    actors = start.shape[0] - 1
    first = np.zeros(actors + 1, dtype=np.int64)
    for one in range(actors):
        mine = start[one + 1] - start[one]
        for at in range(start[one], start[one + 1]):
            other = near[at]
            his = start[other + 1] - start[other]
            if mine < his or (mine == his and one < other):
                first[one + 1] += 1
    for one in range(actors):
        first[one + 1] += first[one]
    kept = np.empty(first[actors], dtype=np.int32)
    kept_tie = np.empty(first[actors], dtype=np.int8)
    for one in range(actors):
        mine = start[one + 1] - start[one]
        place = first[one]
        for at in range(start[one], start[one + 1]):
            other = near[at]
            his = start[other + 1] - start[other]
            if mine < his or (mine == his and one < other):
                kept[place] = other
                kept_tie[place] = tie[at]
                place += 1
    marked = np.zeros(actors, dtype=np.int8)
    # Of three actors in a triangle: which gives which.
    who = np.empty(3, dtype=np.int64)
    gives = np.zeros((3, 3), dtype=np.bool_)
    for one in range(actors):
        if first[one + 1] - first[one] < 2:
            continue
        for at in range(first[one], first[one + 1]):
            marked[kept[at]] = kept_tie[at]
        for at in range(first[one], first[one + 1]):
            other = kept[at]
            for further in range(first[other], first[other + 1]):
                third = kept[further]
                seen = marked[third]
                if seen == 0:
                    continue
                between = kept_tie[further]
                who[0], who[1], who[2] = one, other, third
                gives[0, 1], gives[1, 0] = kept_tie[at] & 1 != 0, kept_tie[at] & 2 != 0
                gives[0, 2], gives[2, 0] = seen & 1 != 0, seen & 2 != 0
                gives[1, 2], gives[2, 1] = between & 1 != 0, between & 2 != 0
                for broker in range(3):
                    left, right = (broker + 1) % 3, (broker + 2) % 3
                    if gives[left, broker] and gives[broker, right] and gives[left, right]:
                        role = _role(group[who[left]], group[who[broker]], group[who[right]])
                        counted[who[broker], role] -= 1
                    if gives[right, broker] and gives[broker, left] and gives[right, left]:
                        role = _role(group[who[right]], group[who[broker]], group[who[left]])
                        counted[who[broker], role] -= 1
        for at in range(first[one], first[one + 1]):
            marked[kept[at]] = 0
