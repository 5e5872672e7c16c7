"""How many of the subjects of a region are leads, within the window before a voting day.

Read from the current runs: the figure of a component of signals (`warning.Component.detectors`) is
the share of subjects looked at and judged that are leads, over all detectors of that kind, each
detector counting alike. Detectors that judged fewer than FEWEST subjects there say nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from timbang.registry import phases
from timbang.signals import catalogue, running
from timbang.signals.published import Figure
from timbang.signals.running import Run
from timbang.signals.warning import Component
from timbang.signals.windows import MONTHS_BEFORE

if TYPE_CHECKING:
    import pyarrow as pa

FEWEST: Final = 10


def figures(
    components: Iterable[Component],
    folder: Path,
    regions: Iterable[str],
    *,
    voting_on: date,
    known_on: date,
) -> Iterator[Figure]:
    """One figure for each component of signals and each region of which something is known."""
    regions = list(regions)
    for component in components:
        if component.detectors is None:
            continue
        shares: dict[str, list[float]] = {}
        for run in _runs(folder, component.detectors):
            for region, share in _shares(run.rows(), regions, voting_on):
                shares.setdefault(region, []).append(share)
        for region, found in sorted(shares.items()):
            value = sum(found) / len(found)
            source = f"timbang detect ({len(found)})"
            yield Figure(component.code, region, value, known_on, source, "official")


def _runs(folder: Path, kind: str) -> Iterator[Run]:
    for code, detector in catalogue.detectors().items():
        found = running.current(folder, code) if detector.kind == kind else None
        if found is not None:
            yield found


def _shares(rows: pa.Table, regions: list[str], voting_on: date) -> Iterator[tuple[str, float]]:
    """The share of leads in each region, of the subjects judged in the window before voting."""
    import pyarrow.compute as pc

    first = phases.months_before(voting_on, MONTHS_BEFORE)
    inside = (pc.field("since") >= first) & (pc.field("since") <= voting_on)
    judged = rows.filter(
        inside & pc.field("flagged").is_valid() & pc.field("region_code").is_valid()
    )
    counted = judged.group_by("region_code").aggregate([("flagged", "sum"), ("flagged", "count")])
    found = counted.to_pylist()
    for region in regions:
        here = [each for each in found if f"{each['region_code']}.".startswith(f"{region}.")]
        number = sum(each["flagged_count"] for each in here)
        if number >= FEWEST:
            yield region, sum(each["flagged_sum"] for each in here) / number
