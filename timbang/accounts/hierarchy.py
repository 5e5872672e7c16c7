"""Which organ stands above another one: national, province, regency or city.

Pure. By default it is the organ of the same kind in the next wider region; an operator may name
another one (`Organ.parent`). The surprising fact: that is a place in a list and no power. Who may
decide instead of whom, a norm says (`law.recusal`, `cases.competence`), never this tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, TypeVar

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


def above(organ: T, organs: Sequence[T]) -> T | None:
    """The organ above: the one that was named, or that of the same kind around its region."""
    if organ.parent_id is not None:
        return next((found for found in organs if found.pk == organ.parent_id), None)
    for region in wider(organ.region_code):
        for found in organs:
            same = found.kind == organ.kind and found.region_code == region
            if same and found.closed_on is None and found.pk != organ.pk:
                return found
    return None


def line_above(organ: T, organs: Sequence[T]) -> list[T]:
    """All organs above, the nearest first; ends where a named parent would lead round."""
    found: list[T] = []
    at = above(organ, organs)
    while at is not None and at.pk != organ.pk and at.pk not in {each.pk for each in found}:
        found.append(at)
        at = above(at, organs)
    return found


def tree(organs: Sequence[T]) -> list[tuple[int, T]]:
    """All organs, each below the one above it, with how deep it stands; nobody is left out."""
    below: dict[Any, list[T]] = {}
    for organ in organs:
        upper = above(organ, organs)
        below.setdefault(upper.pk if upper else None, []).append(organ)
    listed = list(_walk(below, below.get(None, []), 0))
    seen = {organ.pk for _depth, organ in listed}
    return listed + [(0, organ) for organ in organs if organ.pk not in seen]


def _walk(below: dict[Any, list[T]], organs: Sequence[T], depth: int) -> Iterable[tuple[int, T]]:
    for organ in organs:
        yield depth, organ
        yield from _walk(below, below.get(organ.pk, []), depth + 1)
