"""Provinces, regencies and competent offices, as the intake offers them.

Regions stand in the memory of the process for some minutes: a form asks for them at every step and
they change by decree. Offices are asked each time: one may have closed since.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Final

from timbang.accounts.models import Organ
from timbang.registry import reading
from timbang.registry.models import Region

SECONDS: Final = 300.0


@dataclass(frozen=True)
class Place:
    """A region by its code."""

    code: str
    name: str
    time_zone: str


_known: dict[Hashable, tuple[float, tuple[Place, ...]]] = {}


def provinces() -> tuple[Place, ...]:
    """All provinces."""
    return _remember("", lambda: _places(reading.provinces()))


def regencies(province: str) -> tuple[Place, ...]:
    """The regencies and cities of a province."""
    return _remember(province, lambda: _places(reading.regencies(province)))


def province(code: str) -> Place | None:
    """The province of this code."""
    return next((place for place in provinces() if place.code == code), None)


def name_of(code: str) -> str:
    """The name of a province or regency; "" when the code says nothing."""
    siblings = regencies(code.split(".")[0]) if "." in code else provinces()
    return next((place.name for place in siblings if place.code == code), "")


def offices(province_code: str) -> list[Organ]:
    """The offices that can take a report about this province: national first, then local."""
    found = Organ.objects.receiving().competent_for(province_code)
    return sorted(found, key=lambda organ: (len(organ.region_code), organ.name))


def forget() -> None:
    """Ask the database anew."""
    _known.clear()


def _places(regions: list[Region]) -> tuple[Place, ...]:
    return tuple(Place(region.code, region.name, region.time_zone) for region in regions)


def _remember(key: str, ask: Callable[[], tuple[Place, ...]]) -> tuple[Place, ...]:
    asked_at, known = _known.get(key, (0.0, ()))
    if not known or time.monotonic() - asked_at > SECONDS:
        known = ask()
        # Only codes that exist are remembered: nobody fills the memory with invented ones.
        if known:
            _known[key] = (time.monotonic(), known)
    return known
