"""The tables of public facts, as the file `data/tables.yaml` describes them.

Every table has, besides its own columns, those of `PROVENANCE`: where each row was read and in
which version it came. A name, an amount or a day that the source does not give is null, never 0
and never a guess; what is odd about a row stands in `doubts`, codes by commas.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from timbang.law import yaml_file
from timbang.law.bilingual import Bilingual
from timbang.law.yaml_file import Yaml

if TYPE_CHECKING:
    import pyarrow as pa

FILE: Final = Path(__file__).with_name("data") / "tables.yaml"
# What a cell of each kind is in Arrow's words.
KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "text": "string",
        "whole": "int64",
        "amount": "float64",
        "number": "float64",
        "day": "date32",
        "flag": "bool",
    }
)
CLASSES: Final = ("public", "desk", "sealed")
UNKNOWN_YEAR: Final = 0


def arrow_kind(kind: str) -> pa.DataType:
    """The type of a column in Arrow, which is imported only where rows are read or written."""
    import pyarrow

    return pyarrow.type_for_alias(KINDS[kind])


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `sight` says who may see it: public, desk or sealed."""

    name: str
    kind: str
    title: Bilingual
    sight: str


PROVENANCE: Final = (
    Column("row_id", "text", Bilingual("Kunci baris", "Key of the row"), "public"),
    Column("record_id", "text", Bilingual("Kunci catatan asal", "Key of its record"), "public"),
    Column("source", "text", Bilingual("Kode sumber", "Code of the source"), "public"),
    Column("file", "text", Bilingual("Berkas asal", "File it was read in"), "public"),
    Column("line", "whole", Bilingual("Baris dalam berkas", "Line of that file"), "public"),
    Column(
        "doubts", "text", Bilingual("Keraguan, dipisah koma", "Doubts, codes by commas"), "public"
    ),
    Column("version", "whole", Bilingual("Versi saat masuk", "Version in which it came"), "public"),
)
YEAR: Final = Column(
    "year", "whole", Bilingual("Tahun baris; 0: tidak diketahui", "Year; 0: not known"), "public"
)


# Beside the code of today, where the source writes an old code or name, or one nobody knows.
REGION: Final = "region_code"
REGION_WRITTEN: Final = "region_written"
_REGION_WRITTEN: Final = Bilingual(
    "Wilayah seperti tertulis, bila bukan kode atau nama hari ini",
    "Region as written, where that is no code or name of today",
)
_HISTORY_OF_CODES: Final = "region_codes"


@dataclass(frozen=True, slots=True)
class Table:
    """One table: `columns` are its own; `year_of` and `sort` lay out its files."""

    name: str
    title: Bilingual
    columns: tuple[Column, ...]
    year_of: str
    sort: tuple[str, ...]

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """Own columns, the year unless it is one of them, then those of provenance."""
        year = () if self.year_of == "year" else (YEAR,)
        return (*self.columns, *year, *PROVENANCE)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def position(self, column: str) -> int:
        return self.names.index(column)

    def arrow(self) -> pa.Schema:
        """The schema of the files that are kept."""
        import pyarrow as pa

        return pa.schema([(column.name, arrow_kind(column.kind)) for column in self.all_columns])

    def staged(self) -> pa.Schema:
        """The schema of what a reader has read and nobody has compared yet."""
        import pyarrow as pa

        tail = [("row_id", pa.string()), ("record_id", pa.string()), ("file", pa.int32())]
        own = [(column.name, arrow_kind(column.kind)) for column in self.columns]
        return pa.schema(
            [*own, *tail, ("record", pa.int64()), ("line", pa.int64()), ("doubts", pa.string())]
        )


@cache
def tables() -> Mapping[str, Table]:
    """All tables by name. Raises `YamlError`, which says file and line."""
    top = yaml_file.load(FILE).fields(("tables",))
    found = [_table(item) for item in top["tables"].items()]
    return MappingProxyType({table.name: table for table in found})


def _table(item: Yaml) -> Table:
    fields = item.fields(("table", "id", "en", "class", "year_of", "sort", "columns"))
    sight = fields["class"].one_of(CLASSES)
    columns = tuple(_all_columns(fields, sight))
    names = {column.name for column in columns}
    for name in (fields["year_of"].text(), *fields["sort"].texts()):
        if name not in names:
            raise item.error(f"'{name}' is not a column of it")
    taken = names & {column.name for column in PROVENANCE}
    if taken:
        raise item.error(f"columns that every table has already: {', '.join(sorted(taken))}")
    return Table(
        name=fields["table"].text(),
        title=Bilingual(fields["id"].text(), fields["en"].text()),
        columns=columns,
        year_of=fields["year_of"].text(),
        sort=fields["sort"].texts(),
    )


def _all_columns(fields: Mapping[str, Yaml], sight: str) -> Iterator[Column]:
    for name, value in fields["columns"].mapping().items():
        yield _column(name, value, sight)
        if name == REGION and fields["table"].text() != _HISTORY_OF_CODES:
            yield Column(REGION_WRITTEN, "text", _REGION_WRITTEN, sight)


def _column(name: str, item: Yaml, sight: str) -> Column:
    fields = item.fields(("kind", "id", "en"), ("class",))
    return Column(
        name=name,
        kind=fields["kind"].one_of(tuple(KINDS)),
        title=Bilingual(fields["id"].text(), fields["en"].text()),
        sight=fields["class"].one_of(CLASSES) if "class" in fields else sight,
    )
