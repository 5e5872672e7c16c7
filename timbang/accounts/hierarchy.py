"""Which organ stands above another one: national, province, regency or city.

Pure. By default it is the organ of the same kind in the next wider region; an operator may name
another one (`Organ.parent`). The surprising fact: that is a place in a list and no power. Who may
decide instead of whom, a norm says (`law.recusal`, `cases.competence`), never this tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Generic, Protocol, TypeVar

from timbang.accounts.codes import NATIONAL


class Placed(Protocol):
    """What of an organ decides where it stands."""

    kind: Any
    region_code: Any
    closed_on: Any
    parent_id: Any

    @property
    def pk(self) -> Any:
        """Which one it is."""


T = TypeVar("T", bound=Placed)


def wider(region: str) -> list[str]:
    """The regions around this one, the nearest first: 32.04 lies in 32, which lies in ID."""
    if region == NATIONAL or not region:
        return []
    province, _dot, regency = region.partition(".")
    return [province, NATIONAL] if regency else [NATIONAL]


def covers(region: str, place: str) -> bool:
    """Whether an organ of this region works at this place."""
    return region in (NATIONAL, place) or place.startswith(f"{region}.")


class Tree(Generic[T]):
    """All organs of an installation, each with the one above it."""

    def __init__(self, organs: Iterable[T]) -> None:
        self.organs = list(organs)
        self._by_id = {organ.pk: organ for organ in self.organs}
        self._by_place: dict[tuple[str, str], T] = {}
        for organ in self.organs:
            if organ.closed_on is None:
                self._by_place.setdefault((organ.kind, organ.region_code), organ)

    def above(self, organ: T) -> T | None:
        """The organ above: the one that was named, or that of the same kind around its region."""
        if organ.parent_id is not None:
            return self._by_id.get(organ.parent_id)
        around = (self._by_place.get((organ.kind, region)) for region in wider(organ.region_code))
        return next((found for found in around if found is not None), None)

    def line_above(self, organ: T) -> list[T]:
        """All organs above, the nearest first; ends where named parents would lead round."""
        found: dict[Any, T] = {}
        at = self.above(organ)
        while at is not None and at.pk != organ.pk and at.pk not in found:
            found[at.pk] = at
            at = self.above(at)
        return list(found.values())

    def listed(self) -> list[tuple[T, list[T]]]:
        """Each organ after the one above it, with its line; nobody is left out."""
        below: dict[Any, list[T]] = {}
        for organ in self.organs:
            upper = self.above(organ)
            below.setdefault(upper.pk if upper else None, []).append(organ)
        order = list(self._walk(below, below.get(None, [])))
        seen = {organ.pk for organ in order}
        order += [organ for organ in self.organs if organ.pk not in seen]
        return [(organ, self.line_above(organ)) for organ in order]

    def _walk(self, below: dict[Any, list[T]], organs: list[T]) -> Iterator[T]:
        for organ in organs:
            yield organ
            yield from self._walk(below, below.get(organ.pk, []))
