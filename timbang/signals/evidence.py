"""The rows that a lead rests on, as they are read: with their source, file, line and doubts.

A row is told as it stands now; one that counts no more is told as it stood last, and says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from timbang.law.bilingual import Bilingual
from timbang.registry import origins, schema
from timbang.registry.origins import Origin
from timbang.registry.schema import Column
from timbang.registry.tables import Tables

# Columns in which people stand by their names, in whatever table.
NAMES: Final = ("name", "giver", "receiver", "through", "officer_name")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `values` in the order of the columns of its table; `counts`: it is still in the
    tables."""

    reference: str
    values: tuple[Any, ...]
    origin: Origin
    counts: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one table, with those of its columns that say something in one of them."""

    name: str
    title: Bilingual
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def names(self) -> Iterator[str]:
        """The people who are named in these rows, as they are written."""
        for place, column in enumerate(self.columns):
            if column.name in NAMES:
                yield from (str(row.values[place]) for row in self.rows if row.values[place])


@dataclass(frozen=True, slots=True)
class Evidence:
    """The rows by their tables; `elsewhere` are references that no table of public facts holds."""

    tables: tuple[Rows, ...]
    elsewhere: tuple[str, ...]

    def names(self) -> set[str]:
        return {name for each in self.tables for name in each.names()}


def read(references: Sequence[str], facts: Tables) -> Evidence:
    """The rows of these references (`<table>:<row_id>`), each table by itself, rows in the order
    given."""
    by_table: dict[str, list[str]] = defaultdict(list)
    for reference in references:
        table, _colon, row_id = reference.partition(":")
        by_table[table].append(row_id)
    found, elsewhere = [], []
    for table, row_ids in by_table.items():
        rows = _rows(table, row_ids, facts) if table in schema.tables() else {}
        elsewhere += [f"{table}:{each}" for each in row_ids if each not in rows]
        if rows:
            found.append(_told(table, [rows[each] for each in row_ids if each in rows]))
    return Evidence(tuple(found), tuple(elsewhere))


def _rows(table: str, row_ids: list[str], facts: Tables) -> dict[str, dict[str, Any]]:
    """The last state of each row by its id."""
    rows = facts.table(table, also_ended=True)
    listed = rows.filter(rows["row_id"].isin(row_ids)).to_pyarrow().to_pylist()
    listed.sort(key=lambda row: (row["ended"] is None, row["version"]))
    return {row["row_id"]: row for row in listed}


def _told(name: str, rows: list[dict[str, Any]]) -> Rows:
    table = schema.tables()[name]
    columns = tuple(
        column
        for column in table.columns
        if column.sight != "sealed" and any(row[column.name] is not None for row in rows)
    )
    return Rows(
        name,
        table.title,
        columns,
        tuple(
            Row(
                reference=f"{name}:{row['row_id']}",
                values=tuple(row[column.name] for column in columns),
                origin=origins.origin(row),
                counts=row["ended"] is None,
            )
            for row in rows
        ),
    )
