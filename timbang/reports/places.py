"""Provinces, regencies and competent offices, as the intake offers them.

They stand in the memory of the process for a while, because a form asks for them at every step:
regions, which change by decree, for minutes; offices, which may close, for seconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeVar

from timbang.accounts.models import Organ
from timbang.law.procedure import procedures
from timbang.registry import reading
from timbang.registry.models import Region

T = TypeVar("T")
REGION_SECONDS: Final = 300.0
OFFICE_SECONDS: Final = 5.0


@dataclass(frozen=True)
class Place:
    """A region by its code."""

    code: str
    name: str
    time_zone: str


_regions: dict[str, tuple[float, tuple[Place, ...]]] = {}
_offices: dict[str, tuple[float, tuple[Organ, ...]]] = {}


def provinces() -> tuple[Place, ...]:
    """All provinces."""
    return _remember(_regions, "", REGION_SECONDS, lambda: _places(reading.provinces()))


def regencies(province: str) -> tuple[Place, ...]:
    """The regencies and cities of a province."""
    return _remember(
        _regions, province, REGION_SECONDS, lambda: _places(reading.regencies(province))
    )


def province(code: str) -> Place | None:
    """The province of this code."""
    return next((place for place in provinces() if place.code == code), None)


def name_of(code: str) -> str:
    """The name of a province or regency; "" when the code says nothing."""
    siblings = regencies(code.split(".")[0]) if "." in code else provinces()
    return next((place.name for place in siblings if place.code == code), "")


def offices(province_code: str) -> tuple[Organ, ...]:
    """The offices that can take a report about this province: national first, then local."""
    return _remember(_offices, province_code, OFFICE_SECONDS, lambda: _competent(province_code))


def _competent(province_code: str) -> tuple[Organ, ...]:
    """Only offices with which a procedure begins: never the appointing officer, who decides at the
    end of it and may be the patron himself."""
    found = Organ.objects.receiving().competent_for(province_code).filter(kind__in=_beginning())
    return tuple(sorted(found, key=lambda organ: (len(organ.region_code), organ.name)))


@cache
def _beginning() -> frozenset[str]:
    """The kinds of office with which some procedure begins."""
    return frozenset(
        rules.step(code).actor for rules in procedures().values() for code in rules.starts
    )


def forget() -> None:
    """Ask the database anew."""
    _regions.clear()
    _offices.clear()


def _places(regions: list[Region]) -> tuple[Place, ...]:
    return tuple(Place(region.code, region.name, region.time_zone) for region in regions)


def _remember(
    memory: dict[str, tuple[float, tuple[T, ...]]],
    key: str,
    seconds: float,
    ask: Callable[[], tuple[T, ...]],
) -> tuple[T, ...]:
    asked_at, known = memory.get(key, (0.0, ()))
    if not known or time.monotonic() - asked_at > seconds:
        known = ask()
        # Only codes that exist are remembered: nobody fills the memory with invented ones.
        if known:
            memory[key] = (time.monotonic(), known)
    return known
