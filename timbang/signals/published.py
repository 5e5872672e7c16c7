"""Figures that others have published about regions, and our own published figures, as one source.

Each figure names its source, the day from which it was known, and how far it may be trusted. A
region that a list does not name is not known: lists that were cut ("the first ten") say nothing of
the rest.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from timbang.law.refusal import Refusal
from timbang.registry.phases import LEVELS
from timbang.registry.places import codes

FILE: Final = Path(__file__).with_name("data") / "published.csv"
COLUMNS: Final = ("indicator", "region_code", "value", "known_on", "source", "level")
# The form of our own releases (docs/reference/open-data.md).
FORM: Final = "timbang-figures/1"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one region: its value in the unit of its indicator, and where it stands."""

    indicator: str
    region_code: str
    value: float
    known_on: date
    source: str
    level: str


@cache
def figures() -> tuple[Figure, ...]:
    """The shipped figures. Raises Refusal with file and line."""
    return tuple(read(FILE))


def read(path: Path) -> Iterator[Figure]:
    """Figures of a CSV file with COLUMNS. Raises Refusal with file and line."""
    seen: set[tuple[str, str]] = set()
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, strict=True)
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise Refusal(f"{path.name}: the columns must be {', '.join(COLUMNS)}")
        for row in rows:
            found = _figure(row, f"{path.name}:{rows.line_num}")
            if (found.indicator, found.region_code) in seen:
                raise Refusal(f"{path.name}:{rows.line_num}: this figure stands there twice")
            seen.add((found.indicator, found.region_code))
            yield found


def _figure(row: Mapping[str, str], where: str) -> Figure:
    if row["region_code"] not in codes():
        raise Refusal(f"{where}: there is no region '{row['region_code']}'")
    if row["level"] not in LEVELS or not row["source"]:
        raise Refusal(f"{where}: a source and one of {', '.join(LEVELS)} are wanted")
    try:
        value, known_on = float(row["value"]), date.fromisoformat(row["known_on"])
    except ValueError as error:
        raise Refusal(f"{where}: {error}") from error
    return Figure(
        row["indicator"], row["region_code"], value, known_on, row["source"], row["level"]
    )


def of_release(release: str, *, source: str) -> tuple[Figure, ...]:
    """Our own published figures by province: reports that came in, and sanctions that stand.

    `release` is the text of a release file. Each says "at least"; a province that is not in it is
    not known. Raises Refusal for a file of another form.
    """
    try:
        told = json.loads(release)
        if told["format"] != FORM:
            raise Refusal(f"{source}: the form is '{told['format']}' and not '{FORM}'")
        known_on = date.fromisoformat(told["released_on"])
        found = told["figures"]
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal(f"{source}: this is no release of figures") from error
    return tuple(_own(found, known_on, source))


_OWN: Final = {("reports", "province"): "reports", ("cases", "sanction_province"): "decided_cases"}


def _own(found: Iterable[Mapping[str, object]], known_on: date, source: str) -> Iterator[Figure]:
    for each in found:
        indicator = _OWN.get((str(each["subject"]), str(each["table"])))
        if indicator is None:
            continue
        value = float(str(each["at_least"]))
        yield Figure(indicator, str(each["province"]), value, known_on, source, "official")
