"""The early warning over all that is known here: published figures, our own, and current runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from timbang.law.refusal import Refusal
from timbang.registry.places import codes
from timbang.signals import published, region_signals, warning, windows
from timbang.signals.published import Figure
from timbang.signals.warning import Warning

KINDS: Final = ("province", "regency")


@dataclass(frozen=True, slots=True)
class Warned:
    """The regions of one kind before the voting day of an election, as known on a day."""

    kind: str
    election: str
    voting_on: date
    known_on: date
    regions: tuple[Warning, ...]


def warned(
    signals: Path,
    *,
    kind: str,
    on: date,
    election: str | None = None,
    own: Sequence[Figure] = (),
    without: str | None = None,
) -> Warned:
    """Warn of the regions of a kind, the highest first.

    Without `election` that with the next voting day, or, where none is known, the last one. What
    is known is told as of `on`. `own` are our published figures, `signals` the folder of the runs;
    `without` is an indicator to hold the index against, which must not enter. Raises Refusal for an
    election that does not exist.
    """
    code, voting_on = _voting(election, on)
    regions = [region for region in codes() if ("." in region) == (kind == "regency")]
    formula = warning.formula()
    shipped = (figure for figure in published.figures() if figure.known_on <= on)
    found = [
        *(figure for figure in shipped if figure.indicator != without),
        *own,
        *region_signals.figures(
            formula.components, signals, regions, voting_on=voting_on, known_on=on
        ),
    ]
    told = warning.warn(formula, found, regions)
    return Warned(kind, code, voting_on, on, tuple(told))


def _voting(election: str | None, on: date) -> tuple[str, date]:
    """The election and its last voting day."""
    days = dict(sorted(_voting_days()))
    if election is not None:
        if election not in days:
            raise Refusal(f"there is no election '{election}'; there are: {', '.join(days)}")
        return election, days[election]
    ordered = sorted((day, code) for code, day in days.items())
    coming = [each for each in ordered if each[0] >= on]
    day, code = coming[0] if coming else ordered[-1]
    return code, day


def _voting_days() -> Iterator[tuple[str, date]]:
    """Each election with its voting days, the last one last."""
    for contest in windows.contests():
        if contest.voting_on:
            yield contest.election, contest.voting_on
