"""Contests as a reader chooses them: an election and a kind of contest, with the days they share.

Hundreds of regions vote on one day; a list of all would be heavier than the page. For the same
reason only elections near the day that is asked about are offered. Where contests of one kind
differ on a day, that day stays unknown here, as everywhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from timbang.law.vocabulary import CONTEST_KINDS
from timbang.registry import phases
from timbang.registry.models import Contest
from timbang.registry.phases import PHASE_DATES, Phase

# How long after its voting an election is still offered.
PAST = timedelta(days=3 * 365)


@dataclass(frozen=True)
class Chosen:
    """The contests of one election and kind; `days` are those on which all of them agree."""

    code: str
    election: str
    kind: str
    days: dict[str, date]

    @property
    def name(self) -> str:
        return f"{self.election}: {CONTEST_KINDS[self.kind]}"

    @property
    def facts(self) -> dict[str, object]:
        """What the law is told of the contest."""
        return {"contest_kind": self.kind, **self.days}

    def phase_on(self, day: date) -> Phase | None:
        return phases.phase_on(dict(self.days), day)


def choices(on: date, chosen: str = "") -> list[tuple[str, str]]:
    """Code and name of every choice, the latest election first: elections that on this day are
    still ahead, or were held in the three years before it; and what was chosen already."""
    election, _colon, kind = chosen.partition(":")
    near = Q(voting_on__gte=on - PAST) | Q(voting_on=None)
    rows = (
        Contest.objects.filter(near | Q(election=election, kind=kind))
        .order_by("-voting_on", "election__name", "kind")
        .values_list("election", "election__name", "kind")
        .distinct()
    )
    found = {
        _code(election, kind): f"{name}: {CONTEST_KINDS[kind]}" for election, name, kind in rows
    }
    return list(found.items())


def find(code: str) -> Chosen | None:
    """The contests behind a code; None where there are none."""
    election, _, kind = code.partition(":")
    rows = list(
        Contest.objects.filter(election=election, kind=kind)
        .values("election__name", *PHASE_DATES)
        .order_by()
        .distinct()
    )
    if not rows:
        return None
    days = {key: day for key in PHASE_DATES if (day := _shared(row[key] for row in rows))}
    return Chosen(code, rows[0]["election__name"], kind, days)


def _code(election: str, kind: str) -> str:
    return f"{election}:{kind}"


def _shared(days: Iterable[date | None]) -> date | None:
    different = set(days)
    return different.pop() if len(different) == 1 else None
