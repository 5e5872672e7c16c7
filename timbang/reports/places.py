"""Provinces, regencies and competent offices, as the intake offers them.

They stand in the memory of the process for a while, because a form asks for them at every step:
regions, which change by decree, for minutes; offices, which may close, for seconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from timbang.accounts.models import Organ
from timbang.law.procedure import Procedure, of_cases
from timbang.registry import reading
from timbang.registry.models import Region
from timbang.reports.kinds import FIRST, NOT_KNOWN

T = TypeVar("T")
REGION_SECONDS: Final = 300.0
OFFICE_SECONDS: Final = 5.0
LED_BY_PATRONS: Final = frozenset({"appointing_officer", "regent"})


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


def offices(province_code: str, kind: str, on: date) -> tuple[Organ, ...]:
    """The offices that can take a report of this kind about this province, national ones first.

    `kind` "" is not known: any office with which a procedure begins may sort it out.
    """
    key = f"{kind}/{province_code}/{on}"
    return _remember(_offices, key, OFFICE_SECONDS, lambda: _competent(province_code, kind, on))


def _competent(province_code: str, kind: str, on: date) -> tuple[Organ, ...]:
    """Only offices with which a procedure for this kind begins. Who is led by an elected head may
    be the patron himself: no report about taking sides goes there, whatever procedure begins so."""
    found = Organ.objects.receiving().competent_for(province_code)
    beginning = _beginning(kind, on)
    if kind in (FIRST, NOT_KNOWN):
        beginning -= LED_BY_PATRONS
    taking = [organ for organ in found if organ.kind in beginning]
    return tuple(sorted(taking, key=lambda organ: (len(organ.region_code), organ.name)))


def _beginning(kind: str, on: date) -> frozenset[str]:
    """The kinds of office with which a procedure for this kind of report begins on this day."""
    open_now = (rules for rules in of_cases().values() if rules.is_open_on(on))
    return frozenset(
        office
        for rules in open_now
        if not kind or kind in rules.handles.kinds
        for office in rules.handles.starts_with or _first_to_act(rules)
    )


def _first_to_act(rules: Procedure) -> tuple[str, ...]:
    return tuple(rules.step(code).actor for code in rules.starts)


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
