"""Sources of public facts: one folder each, found by looking.

`source.yaml` says who publishes, under what licence, what it covers, what a load must look like to
be believed, and for tables how columns are named. `reader.py`, where there is one, has
`make(context)` and reads what columns alone cannot say.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from timbang.law import yaml_file
from timbang.law.bilingual import Bilingual
from timbang.law.yaml_file import Yaml
from timbang.registry import mapping, schema
from timbang.registry.mapping import TableMapping
from timbang.registry.reading_records import MakeReader

FOLDER: Final = Path(__file__).parent
DELIVERIES: Final = ("part", "whole")
REPEATS: Final = ("refuse", "number")
CHECKS: Final = (
    "records_at_least", "refused_at_most", "unknown_at_most", "doubtful_at_most",
    "distinct_at_least", "copied_region", "spellings_at_most",
)  # fmt: skip

# Asked of every load, besides what a source asserts.
ALWAYS: Final = ("not_halved", "same_region")


@dataclass(frozen=True, slots=True)
class Assertion:
    """What must hold before a load is believed. `limit` is a count or a share per thousand.

    `columns`: for unknown_at_most and distinct_at_least the column; for copied_region what is
    compared; for spellings_at_most what is written and what it means. `doubt` for doubtful_at_most.
    """

    check: str
    limit: int
    table: str = ""
    columns: tuple[str, ...] = ()
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One source. `delivery`: whether a file holds all there is of its slices, or a part.

    `named_by_file`: publisher and licence are not those of the source but of each file.
    `slice` are the columns of the first table whose values a whole delivery replaces.
    """

    code: str
    title: Bilingual
    publisher: Bilingual
    licence: Bilingual
    named_by_file: bool
    coverage: Bilingual
    personal: Bilingual
    delivery: str
    slice: tuple[str, ...]
    repeats: str
    tables: tuple[str, ...]
    mappings: tuple[TableMapping, ...]
    assertions: tuple[Assertion, ...]

    @property
    def make(self) -> MakeReader:
        """What makes its reader: its own module, or one that follows the mapping."""
        if (FOLDER / self.code / "reader.py").exists():
            module = importlib.import_module(f"timbang.registry.sources.{self.code}.reader")
            found: MakeReader = module.make
            return found
        return mapping.maker(self.mappings)


@cache
def sources() -> Mapping[str, Source]:
    """All sources by their code, which is the name of the folder. Raises `YamlError`."""
    found = [read(path) for path in sorted(FOLDER.glob("*/source.yaml"))]
    return MappingProxyType({source.code: source for source in found})


def read(path: Path) -> Source:
    """One `source.yaml`. Raises `YamlError`, which says file and line."""
    top = yaml_file.load(path)
    found = top.fields(
        ("title", "publisher", "licence", "coverage", "personal", "delivery", "repeats", "tables"),
        ("slice", "assertions", "named_by_file"),
    )
    mappings, names = _tables(found["tables"])
    delivery = found["delivery"].one_of(DELIVERIES)
    pieces = found["slice"].texts() if "slice" in found else ()
    if (delivery == "whole") != bool(pieces):
        raise top.error("'slice' goes with 'delivery: whole', and with nothing else")
    for piece in pieces:
        if piece not in schema.tables()[names[0]].names:
            raise found["slice"].error(f"'{piece}' is not a column of {names[0]}")
    return Source(
        code=path.parent.name,
        title=found["title"].bilingual(),
        publisher=found["publisher"].bilingual(),
        licence=found["licence"].bilingual(),
        named_by_file="named_by_file" in found and found["named_by_file"].flag(),
        coverage=found["coverage"].bilingual(),
        personal=found["personal"].bilingual(),
        delivery=delivery,
        slice=pieces,
        repeats=found["repeats"].one_of(REPEATS),
        tables=names,
        mappings=mappings,
        assertions=tuple(map(_assertion, found["assertions"].items()))
        if "assertions" in found
        else (),
    )


def with_mapping(source: Source, path: Path) -> Source:
    """The source with the tables of a mapping that a person wrote. Raises `YamlError`."""
    top = yaml_file.load(path)
    found = top.fields(("tables",), ("repeats", "assertions"))
    mappings, names = _tables(found["tables"])
    if not mappings:
        raise top.error("a mapping names the columns of its tables")
    return replace(
        source,
        mappings=mappings,
        tables=names,
        repeats=found["repeats"].one_of(REPEATS) if "repeats" in found else source.repeats,
        assertions=tuple(map(_assertion, found["assertions"].items()))
        if "assertions" in found
        else source.assertions,
    )


def _tables(item: Yaml) -> tuple[tuple[TableMapping, ...], tuple[str, ...]]:
    """Either names alone (a reader fills them) or mappings."""
    entries = item.items()
    if not entries:
        raise item.error("at least one table")
    if all(isinstance(entry.value, str) for entry in entries):
        return (), tuple(entry.one_of(tuple(schema.tables())) for entry in entries)
    mappings = tuple(mapping.read(entry) for entry in entries)
    return mappings, tuple(dict.fromkeys(found.table for found in mappings))


def _assertion(item: Yaml) -> Assertion:
    found = item.fields(("check", "limit"), ("table", "columns", "doubt"))
    check = found["check"].one_of(CHECKS)
    table = found["table"].one_of(tuple(schema.tables())) if "table" in found else ""
    columns = found["columns"].texts() if "columns" in found else ()
    needs_table = check not in ("records_at_least", "refused_at_most")
    if needs_table != bool(table):
        raise item.error(f"{check} {'needs' if needs_table else 'takes no'} 'table'")
    for column in columns:
        if column not in schema.tables()[table].names:
            raise found["columns"].error(f"'{column}' is not a column of {table}")
    return Assertion(
        check=check,
        limit=found["limit"].number(),
        table=table,
        columns=columns,
        doubt=found["doubt"].text() if "doubt" in found else "",
    )
