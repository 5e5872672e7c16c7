"""From where on an element of clientelism is present, and which kinds of exchange clients give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# What clients give; everything else is what patrons give. After Aspinall and Berenschot,
# Democracy for Sale (2019), chapter 1: votes and work against goods, posts, projects.
SUPPORT_KINDS: Final = ("vote_support", "campaign_work")


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on an element is present. All are choices of ours: no study gives figures.

    months: three, for two may be one occasion and its return. asymmetry: the one depends on the
    other by half of all his exchanges more than the other on him. personalism: more often through a
    person than not. levels: one level is what one clear order between two gives (De Bacco et al.
    2018).
    """

    months: int = 3
    asymmetry: float = 0.5
    personalism: float = 0.5
    levels: float = 1.0


LIMITS: Final = Limits()
