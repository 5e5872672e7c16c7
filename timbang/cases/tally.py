"""What comes of a vote in a plenary: pure counting.

How many members make a quorum and which majority decides was not read in any regulation on file:
the rules here are this system's own, and are said to be. More than half of all members must have
voted; who is recused does not vote and still counts as a member, so that a plenary of which half
may not act decides nothing. More votes for than against carry; a tie is no decision.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from timbang.law.bilingual import Bilingual

Result = Literal["carried", "rejected", "tied", "no_quorum"]

RULE: Final = Bilingual(
    "Kuorum: lebih dari separuh seluruh anggota memberikan suara; yang tidak boleh bertindak tetap "
    "dihitung sebagai anggota. Diterima bila suara setuju lebih banyak daripada suara tidak "
    "setuju; suara yang sama banyak berarti tidak ada keputusan. Ini aturan sistem ini: pasal "
    "tentang kuorum tidak terbaca.",
    "Quorum: more than half of all members vote; who may not act still counts as a member. "
    "Carried when more vote for than against; equal votes are no decision. This is this system's "
    "rule: no article on the quorum was read.",
)


@dataclass(frozen=True, slots=True)
class Tally:
    """How a vote stands."""

    members: int
    recused: int
    votes_for: int
    votes_against: int
    abstained: int

    @property
    def cast(self) -> int:
        """How many voted."""
        return self.votes_for + self.votes_against + self.abstained

    @property
    def needed(self) -> int:
        """How many must vote."""
        return self.members // 2 + 1

    @property
    def can_reach(self) -> bool:
        """Whether enough members may vote at all."""
        return self.members - self.recused >= self.needed

    @property
    def complete(self) -> bool:
        """Whether everybody who may vote has voted."""
        return self.cast == self.members - self.recused

    @property
    def result(self) -> Result:
        """What comes of it."""
        if self.cast < self.needed:
            return "no_quorum"
        if self.votes_for == self.votes_against:
            return "tied"
        return "carried" if self.votes_for > self.votes_against else "rejected"
