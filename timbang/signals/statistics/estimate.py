"""What every test gives back: how large, how sure, from how many, and what is missing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from timbang.law.bilingual import Bilingual

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """An effect and the interval that covers it in `level` of all repetitions.

    `effect`, `low` and `high` are in the same unit, named by `unit`; `neutral` is the value that
    means no difference (1 for a ratio, 0 for a difference). None is "cannot be said", and `missing`
    says why; an interval may be open to one side (`math.inf`). `sizes` are the numbers that the
    figure rests on, `chance` the probability of a result at least as far from `neutral` if nothing
    but chance was at work (None where the method gives none).
    """

    unit: Bilingual
    neutral: float
    effect: float | None
    low: float | None
    high: float | None
    chance: float | None
    sizes: Mapping[str, float]
    method: str
    level: float = LEVEL
    missing: tuple[Bilingual, ...] = field(default=())

    @property
    def known(self) -> bool:
        return self.effect is not None

    @property
    def differs(self) -> bool | None:
        """Whether the whole interval lies on one side of `neutral`; None where nothing is known."""
        if self.low is None or self.high is None:
            return None
        return self.low > self.neutral or self.high < self.neutral

    def as_json(self) -> dict[str, object]:
        """Numbers as they are; an open end of the interval is null beside `open_ended: true`."""
        ends = {"low": self.low, "high": self.high}
        return {
            "effect": _finite(self.effect),
            **{name: _finite(value) for name, value in ends.items()},
            "open_ended": any(value is not None and math.isinf(value) for value in ends.values()),
            "level": self.level,
            "chance": self.chance,
            "unit": self.unit.as_json(),
            "neutral": self.neutral,
            "sizes": dict(self.sizes),
            "method": self.method,
            "missing": [each.as_json() for each in self.missing],
        }


def unknown(
    unit: Bilingual, *, neutral: float, method: str, sizes: Mapping[str, float], why: Bilingual
) -> Estimate:
    """An estimate that cannot be made."""
    return Estimate(
        unit, neutral, None, None, None, None, MappingProxyType(dict(sizes)), method, missing=(why,)
    )


def _finite(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else value
