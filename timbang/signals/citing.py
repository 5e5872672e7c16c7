"""The norms that a detector cites, as they stand on a day: a law that ended is told as ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from timbang.law.bilingual import Bilingual
from timbang.law.entries import Catalogue, Norm, covers
from timbang.law.norms import catalogue
from timbang.law.vocabulary import VERIFICATION
from timbang.signals.detector import Detector

MEMORY: Final = "memory"


@dataclass(frozen=True, slots=True)
class Cited:
    """A norm with how far its text was checked, and whether it holds on the day that was asked.

    `ended_on` is the first day on which it no longer holds, None if that day has not come;
    `replaced_by` is what took its place, "" where nothing is known to have.
    """

    norm: Norm
    level: Bilingual
    holds: bool
    ended_on: date | None
    replaced_by: str

    @property
    def from_memory(self) -> bool:
        return self.norm.level == MEMORY


def cited(found: Detector, day: date, *, today: date) -> list[Cited]:
    """The norms of a detector as they stand on a day; those that are on file no more are left."""
    laws = catalogue()
    known = [laws.norms[each] for each in found.method.norms if each in laws.norms]
    return [
        Cited(
            norm=each,
            level=VERIFICATION[each.level],
            holds=covers(each.valid_from, each.valid_until, day),
            ended_on=each.valid_until if each.valid_until and each.valid_until <= today else None,
            replaced_by=_replaced_by(each, laws),
        )
        for each in known
    ]


def none_holds(norms: Sequence[Cited]) -> bool:
    """Norms are cited, and none of them holds on the day."""
    return bool(norms) and not any(each.holds for each in norms)


def only_memory(norms: Sequence[Cited]) -> bool:
    """What holds on the day is known from memory only: nobody has read its text."""
    holding = [each for each in norms if each.holds]
    return bool(holding) and all(each.from_memory for each in holding)


def as_json(norms: Sequence[Cited]) -> list[dict[str, Any]]:
    return [
        {
            "norm": each.norm.id,
            "level": each.norm.level,
            "holds": each.holds,
            "valid_from": each.norm.valid_from.isoformat(),
            "valid_until": each.norm.valid_until.isoformat() if each.norm.valid_until else None,
            "replaced_by": each.replaced_by,
        }
        for each in norms
    ]


def _replaced_by(norm: Norm, laws: Catalogue) -> str:
    """A later wording of the same rule, else what replaced its instrument."""
    if norm.valid_until is None:
        return ""
    later = (each for each in laws.norms.values() if each.base == norm.base)
    if any(each.valid_from >= norm.valid_until for each in later):
        return f"{norm.instrument.name} {norm.code}"
    code = norm.instrument.replaced_by or ""
    return laws.instruments[code].name if code in laws.instruments else code
