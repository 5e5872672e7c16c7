"""Everything that is measured of a network, put together and told.

A measure says what is on record. It says of nobody that he did something unlawful: favours between
kin, neighbours, colleagues and firms look alike from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

from timbang.law.bilingual import Bilingual
from timbang.signals.network import around, brokers, pairs, pyramids
from timbang.signals.network.around import Change
from timbang.signals.network.brokers import ROLES
from timbang.signals.network.clusters import DENSITY, clusters
from timbang.signals.network.elements import (
    READINGS,
    UNKNOWN,
    Elements,
    each_actor,
    elements,
    present,
)
from timbang.signals.network.hierarchy import Hierarchy, hierarchy
from timbang.signals.network.limits import LIMITS, Limits
from timbang.signals.network.pairs import NOBODY, UNKNOWN_MONTH, Array, Pairs
from timbang.signals.network.pyramids import Pyramid
from timbang.signals.network.reading import Given, Words, month_name
from timbang.signals.network.reciprocity import Reciprocity, matches_by_chance, reciprocity
from timbang.signals.network.reciprocity import flows as flows_of
from timbang.signals.network.shares import wilson

GROUPS: Final = ("cluster", "role", "region")
INNOCENT: Final = (
    Bilingual(
        "Keluarga, tetangga, dan rekan kerja saling memberi tanpa maksud politik.",
        "Kin, neighbours and colleagues give to one another without any politics.",
    ),
    Bilingual(
        "Catatan dikumpulkan di tempat orang mencari; yang tidak dicatat tidak terlihat.",
        "Records are gathered where people look; what nobody wrote down is not seen.",
    ),
    Bilingual(
        "Jabatan yang melayani banyak orang tampak seperti pelindung, padahal itu tugasnya.",
        "An office that serves many looks like a patron, though that is its duty.",
    ),
)


@dataclass(frozen=True)
class Measured:
    """A network and what is asked of it; each answer is computed when it is first wanted."""

    given: Given
    limits: Limits = LIMITS
    groups: str = "cluster"
    density: float = DENSITY

    @cached_property
    def actors(self) -> int:
        return len(self.given.actors)

    @cached_property
    def pairs(self) -> Pairs:
        return pairs.pairs(self.given.exchanges).in_order()

    @cached_property
    def elements(self) -> Elements:
        return elements(self.pairs, actors=self.actors)

    @cached_property
    def hierarchy(self) -> Hierarchy:
        """Levels by what was handed on: a broker stands between giver and receiver."""
        return hierarchy(self.links, actors=self.actors)

    @cached_property
    def present(self) -> Mapping[str, Array]:
        return present(self.elements, self.limits, apart=np.abs(self.apart))

    @cached_property
    def apart(self) -> Array:
        """How many levels `low` stands above `high` in the whole network."""
        return self.hierarchy.apart(self.pairs)

    @cached_property
    def flows(self) -> tuple[Array, Array]:
        """How often each actor gave, and how often he received."""
        return flows_of(self.pairs, self.actors)

    @cached_property
    def partners(self) -> Array:
        """With how many others each actor exchanged."""
        return each_actor(self.pairs, np.ones(len(self.pairs)), self.actors)

    @cached_property
    def reciprocity(self) -> Reciprocity | None:
        return reciprocity(self.pairs, actors=self.actors)

    @cached_property
    def cluster(self) -> Array:
        return clusters(self.links, actors=self.actors, density=self.density)

    @cached_property
    def links(self) -> Pairs:
        """Pairs as things were handed on: an exchange through a broker is two links."""
        return pairs.pairs(brokers.through(self.given.exchanges, self.given.broker)).in_order()

    @cached_property
    def group(self) -> Array:
        """The group of each actor by which the roles of brokers are told."""
        if self.groups == "cluster":
            return self.cluster
        exchanges = self.given.exchanges
        if self.groups == "region":
            ends = [(exchanges.giver, self.given.region), (exchanges.receiver, self.given.region)]
        else:
            ends = [
                (exchanges.giver, self.given.giver_role),
                (exchanges.receiver, self.given.receiver_role),
            ]
        return _most_told(ends, self.actors)

    @cached_property
    def roles(self) -> Array:
        return brokers.roles(self.links, self.group)

    @cached_property
    def changes(self) -> Mapping[str, Change]:
        return around.changes(self.given)

    def pyramids(self, most: int) -> list[Pyramid]:
        return pyramids.pyramids(self.given.exchanges, self.given.broker, most=most)

    @cached_property
    def score(self) -> Array:
        """How many of the merged elements each pair is known to have."""
        said = [self.present[name] == 1 for name in READINGS["merged"]]
        found: Array = np.sum(said, axis=0)
        return found

    def order(self) -> Array:
        """The pairs by how many elements they have, then months, then exchanges."""
        found: Array = np.lexsort((-self.elements.exchanges, -self.elements.months, -self.score))
        return found

    @cached_property
    def clients(self) -> Array:
        """Of each actor: pairs with all merged elements in which the other depends on him more."""
        full = self.score == len(READINGS["merged"])
        above = np.where(self.elements.low_is_above, self.pairs.low, self.pairs.high)[full]
        found: Array = np.bincount(above, minlength=self.actors)
        return found


def _most_told(ends: list[tuple[Array, Words]], actors: int) -> Array:
    """What is told of each actor most often, as a number; of equals the first by its words."""
    words = sorted({word for _, column in ends for word in column.words})
    place = {word: number for number, word in enumerate(words)}
    found = np.full(actors, -1, dtype=np.int64)
    codes, who = [], []
    for actor, column in ends:
        table = np.array([*(place[word] for word in column.words), -1], dtype=np.int64)
        told = table[column.codes]
        known = (told >= 0) & (actor != NOBODY)
        codes.append(told[known])
        who.append(actor[known].astype(np.int64))
    both = np.concatenate(who) * max(len(words), 1) + np.concatenate(codes)
    keys, counts = np.unique(both, return_counts=True)
    actor, code = np.divmod(keys, max(len(words), 1))
    order = np.lexsort((-code, counts))
    found[actor[order]] = code[order]
    return found


# --- told ---------------------------------------------------------------------------------------


def as_json(found: Measured, *, most: int) -> dict[str, Any]:
    """All of it, lists no longer than `most`."""
    return {
        "exchanges": len(found.given),
        "actors": _count(found.partners > 0),
        "pairs": len(found.pairs),
        "months": _months(found),
        "innocent_explanations": [each.as_json() for each in INNOCENT],
        "missing": missing(found),
        "readings": {name: _reading(found.present, parts) for name, parts in READINGS.items()},
        "reciprocity": _reciprocity(found.pairs, found.reciprocity),
        "hierarchy": _hierarchy(found.hierarchy),
        "elections": {name: each.as_json() for name, each in found.changes.items()},
        "pair_list": [pair_json(found, int(row)) for row in found.order()[:most]],
        "actor_list": [actor_json(found, actor) for actor in actor_order(found)[:most]],
        "broker_list": [broker_json(found, actor) for actor in broker_order(found)[:most]],
        "cluster_list": list(_clusters(found, most)),
        "pyramid_list": [_pyramid(found, each) for each in found.pyramids(most)],
    }


def who(found: Measured, actor: int) -> dict[str, str]:
    actors = found.given.actors
    return {"id": actors.id_of(actor), "name": actors.name_of(actor)}


def _months(found: Measured) -> dict[str, str | None]:
    month = found.given.exchanges.month
    known = month[month != UNKNOWN_MONTH]
    if not len(known):
        return {"first": None, "last": None}
    return {"first": month_name(int(known.min())), "last": month_name(int(known.max()))}


def missing(found: Measured) -> dict[str, Any]:
    """What is not known, in rows; and how many pairs it could turn, by element."""
    exchanges, given = found.given.exchanges, found.given
    flags = exchanges.flags
    way = flags & (pairs.PERSON | pairs.OFFICE)
    return {
        "giver": _count(exchanges.giver == NOBODY),
        "receiver": _count(exchanges.receiver == NOBODY),
        "to_oneself": _count((exchanges.giver == exchanges.receiver) & (exchanges.giver != NOBODY)),
        "day": _count(exchanges.month == UNKNOWN_MONTH),
        "value": _count(np.isnan(exchanges.value)),
        "way": _count(way == 0),
        "kind": _count(given.kind.codes < 0),
        "region": _count(given.region.codes < 0),
        "other_leg": _count((flags & pairs.LINKED) == 0),
        "pairs_that_could_turn": {
            name: _count(said == UNKNOWN) for name, said in found.present.items()
        },
    }


def _count(chosen: Array) -> int:
    return int(np.count_nonzero(chosen))


def of_pairs_json(its: Pairs, *, actors: int) -> dict[str, Any]:
    """What can be told of pairs alone, without the exchanges: no names, no brokers."""
    told = elements(its, actors=actors)
    levels = hierarchy(its, actors=actors)
    said = present(told, LIMITS, apart=np.abs(levels.apart(its)))
    return {
        "exchanges": int(told.exchanges.sum()),
        "pairs": len(its),
        "readings": {name: _reading(said, parts) for name, parts in READINGS.items()},
        "reciprocity": _reciprocity(its, reciprocity(its, actors=actors)),
        "hierarchy": _hierarchy(levels),
    }


def _reading(present: Mapping[str, Array], parts: tuple[str, ...]) -> dict[str, Any]:
    """Pairs that have all elements of a reading, and those that may have them."""
    said = np.stack([present[name] for name in parts])
    return {
        "elements": list(parts),
        "pairs_with_all": _count((said == 1).all(axis=0)),
        "pairs_that_may": _count((said != 0).all(axis=0) & (said == UNKNOWN).any(axis=0)),
    }


def _reciprocity(its: Pairs, flows: Reciprocity | None) -> dict[str, Any]:
    linked = float(its.linked.sum())
    whole = float(its.forward.sum(dtype=np.int64) + its.backward.sum(dtype=np.int64))
    return {
        "legs": {"linked": int(linked), "share": linked / whole, "share_95": wilson(linked, whole)}
        if linked  # no record names another leg: whether there are any is not known
        else None,
        "flows": flows.as_json() if flows else None,
    }


def _hierarchy(found: Hierarchy) -> dict[str, Any]:
    part = found.part
    known = part[part >= 0]
    sizes = np.bincount(known) if len(known) else np.array([], dtype=np.int64)
    return {
        "incoherence": _number(found.incoherence),
        "parts": _count(sizes > 0),
        "largest_part": int(sizes.max(initial=0)),
    }


def pair_json(found: Measured, row: int) -> dict[str, Any]:
    """One pair: what is on record, the elements, and what they are by each reading."""
    told, its = found.elements, found.pairs
    low, high = int(its.low[row]), int(its.high[row])
    exchanges = int(told.exchanges[row])
    asymmetry = abs(float(told.dependence_low[row] - told.dependence_high[row]))
    above = None
    if asymmetry > 0:
        lower = told.dependence_low[row] > told.dependence_high[row]
        above = who(found, high if lower else low)["id"]
    return {
        "low": who(found, low),
        "high": who(found, high),
        "exchanges": exchanges,
        "low_gave": int(its.forward[row]),
        "high_gave": int(its.backward[row]),
        "low_gave_value": _value(its, row, "forward"),
        "high_gave_value": _value(its, row, "backward"),
        "value_unknown": int(its.unvalued_forward[row]) + int(its.unvalued_backward[row]),
        "months": int(told.months[row]),
        "months_most": int(told.months_most[row]),
        "span": int(told.span[row]),
        "asymmetry": asymmetry,
        "above": above,
        "levels_apart": _number(found.apart[row]),
        "legs": _number(told.linked[row]),
        "legs_95": None
        if np.isnan(told.linked[row])
        else wilson(float(its.linked[row]), exchanges),
        "flows": float(told.flows[row]),
        "flows_by_chance": _by_chance(found, row),
        "personal": _number(told.personal[row]),
        "personal_bounds": [float(told.personal_least[row]), float(told.personal_most[row])],
        "in_window": int(its.in_window[row]),
        "elements": {name: _said(said[row]) for name, said in found.present.items()},
        "readings": {
            name: sum(bool(found.present[part][row] == 1) for part in parts)
            for name, parts in READINGS.items()
        },
    }


def _value(its: Pairs, row: int, way: str) -> float | None:
    """The sum of the values that are known; None where none is."""
    count, unknown = getattr(its, way)[row], getattr(its, f"unvalued_{way}")[row]
    return None if unknown == count else float(getattr(its, f"value_{way}")[row])


def _by_chance(found: Measured, row: int) -> float:
    """The share of the pair's exchanges that chance would match, with everybody's numbers kept."""
    its = found.pairs
    given, got = found.flows
    low, high = int(its.low[row]), int(its.high[row])
    whole = float(given.sum())
    one = np.array([given[low] * got[high] / whole])
    other = np.array([given[high] * got[low] / whole])
    return 2 * float(matches_by_chance(one, other)[0]) / float(one[0] + other[0])


def _said(code: Any) -> bool | None:
    return None if code == UNKNOWN else bool(code)


def _number(value: Any) -> float | None:
    return None if np.isnan(value) else float(value)


def actor_order(found: Measured) -> list[int]:
    """Whoever has most pairs with all elements first, then most partners."""
    partners = found.partners
    order = np.lexsort((-partners, -found.clients))
    return [int(actor) for actor in order if partners[actor]]


def actor_json(found: Measured, actor: int) -> dict[str, Any]:
    given, got = found.flows
    exchanges = found.given.exchanges
    level = found.hierarchy.level[actor]
    return {
        "actor": who(found, actor),
        "gave": int(given[actor]),
        "got": int(got[actor]),
        "partners": int(found.partners[actor]),
        "clients": int(found.clients[actor]),
        "level": _number(level),
        "cluster": int(found.cluster[actor]),
        "got_from_unknown": _count((exchanges.receiver == actor) & (exchanges.giver == NOBODY)),
        "gave_to_unknown": _count((exchanges.giver == actor) & (exchanges.receiver == NOBODY)),
    }


def broker_order(found: Measured) -> list[int]:
    """By how many pairs of others they stand between."""
    between = found.roles.sum(axis=1)
    passed = np.bincount(found.given.broker[found.given.broker >= 0], minlength=found.actors)
    order = np.lexsort((-passed, -between))
    return [int(actor) for actor in order if between[actor] or passed[actor]]


def broker_json(found: Measured, actor: int) -> dict[str, Any]:
    mine = found.given.broker == actor
    exchanges = found.given.exchanges.where(mine)
    return {
        "broker": who(found, actor),
        "roles": {role: int(count) for role, count in zip(ROLES, found.roles[actor], strict=True)},
        "passed_on": len(exchanges),
        "from": len(np.unique(exchanges.giver[exchanges.giver >= 0])),
        "to": len(np.unique(exchanges.receiver[exchanges.receiver >= 0])),
    }


def _clusters(found: Measured, most: int) -> Iterator[dict[str, Any]]:
    known = found.cluster[found.cluster >= 0]
    if not len(known):
        return
    sizes = np.bincount(known)
    same = found.cluster[found.links.low] == found.cluster[found.links.high]
    exchanges = found.links.forward.astype(np.int64) + found.links.backward
    own = np.bincount(found.cluster[found.links.low[same]], exchanges[same], len(sizes))
    partners = each_actor(found.links, np.ones(len(found.links)), found.actors)
    for number in range(min(most, len(sizes))):
        members = np.flatnonzero(found.cluster == number)
        central = members[np.argmax(partners[members])]
        yield {
            "cluster": number,
            "actors": int(sizes[number]),
            "exchanges_within": int(own[number]),
            "most_partners": who(found, int(central)),
        }


def _pyramid(found: Measured, each: Pyramid) -> dict[str, Any]:
    def name(actor: int) -> dict[str, str]:
        return who(found, actor)

    return {
        "patron": name(each.patron),
        "reached": each.reached,
        "direct": len(each.direct),
        "height": each.height,
        "exchanges": each.exchanges,
        "branches": [
            {
                "broker": name(branch.broker),
                "clients": len(branch.clients),
                "above": name(branch.above) if branch.above is not None else None,
            }
            for branch in each.branches
        ],
    }
