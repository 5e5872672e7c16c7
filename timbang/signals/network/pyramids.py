"""Patron pyramids: whom a patron reaches, through which brokers, and who stands below whom.

Only what is on record as given through somebody makes a broker here; votes and work, which go
upwards, do not count. A client whom several brokers serve stands below the one through whom most
came, of equals below the one with the smaller number.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from timbang.signals.network.pairs import NOBODY, SUPPORT, Array, Exchanges


@dataclass(frozen=True, slots=True)
class Branch:
    """A broker, the clients right below him, and the broker above him (None: the patron)."""

    broker: int
    clients: tuple[int, ...]
    above: int | None


@dataclass(frozen=True, slots=True)
class Pyramid:
    """All whom a patron reaches. `height` is 1 where all get it from his own hand."""

    patron: int
    direct: tuple[int, ...]
    branches: tuple[Branch, ...]
    exchanges: int
    height: int

    @property
    def reached(self) -> int:
        """How many stand below the patron, brokers and clients."""
        below = {client for branch in self.branches for client in branch.clients}
        return len(below | {branch.broker for branch in self.branches} | set(self.direct))


def pyramids(exchanges: Exchanges, broker: Array, *, most: int) -> list[Pyramid]:
    """The largest pyramids that have a broker, by how many receivers they reach."""
    whole = (exchanges.giver != NOBODY) & (exchanges.receiver != NOBODY)
    downwards = whole & (exchanges.flags & SUPPORT == 0)
    downwards &= exchanges.giver != exchanges.receiver
    downwards &= (broker != exchanges.giver) & (broker != exchanges.receiver)
    giver, receiver = exchanges.giver[downwards], exchanges.receiver[downwards]
    middle = broker[downwards]
    patrons = np.unique(giver[middle != NOBODY])
    if not len(patrons):
        return []
    reach = np.unique(np.stack([giver, receiver]), axis=1)[0]
    sizes = np.bincount(reach, minlength=int(giver.max()) + 1)[patrons]
    chosen = patrons[np.lexsort((patrons, -sizes))][:most]
    order = np.argsort(giver, kind="stable")
    begins = np.searchsorted(giver[order], chosen)
    ends = np.searchsorted(giver[order], chosen, side="right")
    found = []
    for patron, first, after in zip(chosen.tolist(), begins, ends, strict=True):
        mine = order[first:after]
        found.append(_pyramid(patron, receiver[mine].tolist(), middle[mine].tolist()))
    return sorted(found, key=lambda each: (-each.reached, each.patron))


def _pyramid(patron: int, receivers: list[int], brokers: list[int]) -> Pyramid:
    ways = Counter(zip(receivers, brokers, strict=True))
    above: dict[int, int] = {}
    for receiver, broker in sorted(ways, key=lambda way: (way[0], -ways[way], way[1])):
        above.setdefault(receiver, broker)
    # A broker who never got anything through another has it from the patron himself.
    for broker in set(brokers) - {NOBODY}:
        above.setdefault(broker, NOBODY)
    _cut_rings(above)
    below: dict[int, list[int]] = {}
    for receiver, broker in above.items():
        below.setdefault(broker, []).append(receiver)
    own_brokers = sorted(broker for broker in below if broker != NOBODY)
    return Pyramid(
        patron=patron,
        direct=tuple(sorted(each for each in below.get(NOBODY, ()) if each not in below)),
        branches=tuple(
            Branch(each, tuple(sorted(below[each])), _none(above[each])) for each in own_brokers
        ),
        exchanges=len(receivers),
        height=max(_height(each, above) for each in above),
    )


def _cut_rings(above: dict[int, int]) -> None:
    """Brokers who serve one another in a ring: the one with the smallest number is the patron's."""
    for start in sorted(above):
        passed = {start}
        at = above[start]
        while at != NOBODY and at not in passed:
            passed.add(at)
            at = above[at]
        if at == start:
            above[start] = NOBODY


def _height(actor: int, above: dict[int, int]) -> int:
    steps = 1
    while above[actor] != NOBODY:
        actor = above[actor]
        steps += 1
    return steps


def _none(broker: int) -> int | None:
    return None if broker == NOBODY else broker
