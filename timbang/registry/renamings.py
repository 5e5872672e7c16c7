"""Agencies through their renamings: what one was called before, and what became of it.

An agency stays the same one through a renaming; one that was split or merged is told, and is
another. Everything is from the table `agencies`, each line with its regulation and its source.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_
from types import MappingProxyType
from typing import Any, Final

from timbang.law.bilingual import Bilingual
from timbang.registry.origins import Origin, origin
from timbang.registry.tables import Tables

RENAMED: Final = "renamed"
CHANGES: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "renamed": Bilingual("berganti nama menjadi {names}", "was renamed {names}"),
        "split": Bilingual("dipecah menjadi {names}", "was split into {names}"),
        "merged": Bilingual("digabung menjadi {names}", "was merged into {names}"),
        "dissolved": Bilingual("dibubarkan", "was dissolved"),
        "formed": Bilingual("dibentuk", "was formed"),
    }
)
_UNNAMED: Final = Bilingual("kode yang tidak disebut", "a code that is not named")
# How many renamings in a row are followed, and how many lines a search shows.
_STEPS: Final = 12
_MOST: Final = 30


@dataclass(frozen=True, slots=True)
class AgencyName:
    """A name that an agency bore in one time, and what it became. `until_on` is the first day
    after."""

    code: str
    name: str
    from_on: date | None
    until_on: date | None
    change: str
    became: tuple[str, ...]
    then: Bilingual | None
    instrument: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Lineage:
    """Names of agencies that hang together, the oldest first."""

    lines: tuple[AgencyName, ...]

    def same_as(self, codes: Collection[str]) -> frozenset[str]:
        """These codes and all that the same agencies had before or have since."""
        found = set(codes)
        while True:
            more = {
                code
                for line in self.lines
                if line.change == RENAMED and len(line.became) == 1
                for code in (line.code, *line.became)
                if found & {line.code, *line.became}
            } - found
            if not more:
                return frozenset(found)
            found |= more

    def of(self, codes: Collection[str]) -> tuple[AgencyName, ...]:
        """The lines of the same agencies, and of those that became one of them."""
        same = self.same_as(codes)
        return tuple(line for line in self.lines if line.code in same or same & set(line.became))


def folded(words: str) -> str:
    """For comparing: small letters, single blanks."""
    return " ".join(words.casefold().split())


def lineage(tables: Tables, codes: Collection[str] = (), names: Collection[str] = ()) -> Lineage:
    """Everything that hangs together with these agencies, by their codes or full names."""
    rows = tables.table("agencies")
    wanted, known = set(codes), dict[str, dict[str, Any]]()
    if names:
        called = rows.filter(rows["name"].lower().isin([folded(name) for name in names]))
        wanted |= {row["agency_code"] for row in called.to_pyarrow().to_pylist()}
    asked: set[str] = set()
    for _step in range(_STEPS):
        new = sorted(wanted - asked)
        if not new:
            break
        asked |= wanted
        named = (rows["became"].contains(code) for code in new)
        kept = reduce(or_, named, rows["agency_code"].isin(new))
        found = rows.filter(kept)
        for row in found.to_pyarrow().to_pylist():
            own = {row["agency_code"], *_codes(row["became"])}
            if own & asked:  # the engine finds A1 in A10, too
                known[row["row_id"]] = row
                wanted |= own
    return _lineage(known.values())


def find(tables: Tables, words: str, region_codes: Collection[str] = ()) -> Lineage:
    """Agencies whose name has all these words, with all that hangs together with them."""
    parts = folded(words).split()
    if not parts:
        return Lineage(())
    rows = tables.table("agencies")
    kept = reduce(and_, (rows["name"].lower().contains(part) for part in parts))
    if region_codes:
        kept = kept & rows["region_code"].isin(sorted(region_codes))
    named = rows.filter(kept).order_by(["agency_code", "row_id"]).limit(_MOST)
    return lineage(tables, {row["agency_code"] for row in named.to_pyarrow().to_pylist()})


def _lineage(rows: Iterable[Mapping[str, Any]]) -> Lineage:
    listed = list(rows)
    names: dict[str, str] = {}
    for row in sorted(listed, key=lambda row: row["from_on"] or date.min):
        names[row["agency_code"]] = row["name"]
    lines = [
        AgencyName(
            code=row["agency_code"],
            name=row["name"],
            from_on=row["from_on"],
            until_on=row["until_on"],
            change=row["change"] or "",
            became=_codes(row["became"]),
            then=_then(row, names),
            instrument=row["instrument"] or "",
            origin=origin(row),
        )
        for row in listed
    ]
    return Lineage(tuple(sorted(lines, key=lambda line: (line.from_on or date.min, line.code))))


def _then(row: Mapping[str, Any], names: Mapping[str, str]) -> Bilingual | None:
    words = CHANGES.get(row["change"] or "")
    became = _codes(row["became"])
    if words is None and not became:
        return None
    listed = ", ".join(f"{names[code]} ({code})" if code in names else code for code in became)
    named = Bilingual(listed, listed) if listed else _UNNAMED
    return (words or Bilingual("menjadi {names}", "became {names}")).format(names=named)


def _codes(written: str | None) -> tuple[str, ...]:
    return tuple(code.strip() for code in (written or "").split(",") if code.strip())
