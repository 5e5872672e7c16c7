"""What the explorer shows of the early warning and of Weber's yardstick, computed when it is built.

Every number that leaves is rounded: shares to hundredths, sizes down to full fives. What the pages
show of reports is what was published already.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, Final

from timbang.publication.suppress import STEP
from timbang.registry.tables import Tables
from timbang.signals import published, warning, warning_now, weber
from timbang.signals.warning import Warning
from timbang.signals.weber import Agency, Cell

# The published record that the index of today is held against, on the page itself.
OUTCOME: Final = "neutrality_pemilu_2024"
TESTED_ON: Final = date(2024, 1, 1)
TESTED_ELECTION: Final = "pemilu-2024"
ORIGIN: Final = "our own figures"


def warned_rows(signals: Path, release: str, *, on: date) -> Iterator[tuple[Any, ...]]:
    """Rows of `warned`: kind, order, region, what is told of it as JSON."""
    own = published.of_release(release, source=ORIGIN) if release else ()
    for kind in warning_now.KINDS:
        found = warning_now.warned(signals, kind=kind, on=on, own=own)
        for order, each in enumerate(found.regions):
            yield kind, order, each.region_code, json.dumps(_told(each), default=str)


def about_warning(signals: Path, *, on: date) -> dict[str, Any]:
    """Election, day, and how an index that was known before went with what was recorded after."""
    found = warning_now.warned(signals, kind="province", on=on)
    before = warning_now.warned(
        signals, kind="province", on=TESTED_ON, election=TESTED_ELECTION, without=OUTCOME
    )
    recorded = {f.region_code: f.value for f in published.figures() if f.indicator == OUTCOME}
    test = warning.back_test(before.regions, recorded)
    return {
        "election": found.election,
        "voting_on": found.voting_on.isoformat(),
        "known_on": found.known_on.isoformat(),
        "back_test": _rounded(asdict(test)) if test else None,
    }


def _told(found: Warning) -> dict[str, Any]:
    return {name: _rounded(value) for name, value in asdict(found).items()}


def yardstick_rows(tables: Tables, signals: Path) -> Iterator[tuple[str, str, str, str]]:
    """Rows of `yardstick`: a key for addresses, the agency's name, region, and cells as JSON."""
    for each in weber.measure(tables, signals):
        key = hashlib.sha256(each.code.encode()).hexdigest()[:12]
        yield key, each.name, each.region_code or "", json.dumps(_cells(each))


def _cells(found: Agency) -> Sequence[dict[str, Any]]:
    return [_rounded(asdict(cell)) | {"whole": _fives(cell)} for cell in found.cells]


def _fives(cell: Cell) -> int | None:
    return None if cell.whole is None else cell.whole // STEP * STEP


def _rounded(value: Any) -> Any:
    """Fractions to hundredths, however deep."""
    if isinstance(value, float):
        return round(value, 2)
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(each) for each in value]
    return value
