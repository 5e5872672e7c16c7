"""What officers found of the leads of a detector, and how that orders the queue.

The rule, as the page tells it: a lead was useful when it was taken over into a case, or dismissed
because it is known already or for another office. Leads are dealt like cards: from each detector
the first, then from each the second; a detector gets its turn as often as its leads were useful.
`share` is what is shown, with Wilson's interval (1927, 95 %), and not at all for few leads;
`weight` orders: (useful + 1) / (judged + 2) (Laplace), one half while nothing is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import sqrt
from typing import Final

NEEDED: Final = 10
"""With fewer judged leads no share is shown: it would say nothing. A choice of ours."""
_Z: Final = 1.959964
"""The two-sided 95 % point of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A share between 0 and 1 with the ends of its 95 % interval."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Learned:
    """What became of the leads of one detector: how many wait, were taken over, were dismissed for
    which reason (codes of LeadAct.Why)."""

    detector: str
    open: int = 0
    gone: int = 0
    merged: int = 0
    taken: int = 0
    dismissed: Mapping[str, int] = field(default_factory=dict)
    useful_reasons: tuple[str, ...] = ()

    @property
    def judged(self) -> int:
        return self.taken + sum(self.dismissed.values())

    @property
    def useful(self) -> int:
        return self.taken + sum(self.dismissed.get(why, 0) for why in self.useful_reasons)

    @property
    def weight(self) -> float:
        """How often the detector gets its turn, between 0 and 1."""
        return (self.useful + 1) / (self.judged + 2)

    @property
    def shown(self) -> Interval | None:
        """The share of useful leads; None while too few were judged."""
        return wilson(self.useful, self.judged) if self.judged >= NEEDED else None


def wilson(useful: int, judged: int) -> Interval:
    """Wilson's score interval of a share (Journal of the American Statistical Association 22,
    1927, 209-212)."""
    share = useful / judged
    squared = _Z**2 / judged
    middle = (share + squared / 2) / (1 + squared)
    half = _Z / (1 + squared) * sqrt(share * (1 - share) / judged + squared / (4 * judged))
    return Interval(share, max(0.0, middle - half), min(1.0, middle + half))
