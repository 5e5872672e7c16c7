"""Reads people from a file: CSV, JSON Lines (both also as .gz) or Parquet, row by row.

Columns: `person_id` and `name` are needed; `agency_code, agency_name, region_code, birth_year,
post` are used where they stand; others are left alone. A list of people to be linked has the same
columns, with `record_id` in place of `person_id`.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

from timbang.law.bilingual import Bilingual
from timbang.law.refusal import Refusal
from timbang.registry.names.person import Person, Place

LONGEST_LINE: Final = 100_000
YEARS: Final = (1900, 2100)
FIRST: Final = 5
"""Rows that are named with file and line; all are counted."""
KINDS: Final = (".csv", ".csv.gz", ".jsonl", ".jsonl.gz", ".parquet")
_COLUMNS: Final = ("agency_code", "agency_name", "region_code", "birth_year", "post")

_KIND = Bilingual(
    "{path}: jenis berkas tidak dikenal; yang dapat dibaca: {kinds}",
    "{path}: unknown kind of file; can be read: {kinds}",
)
_LACKS = Bilingual(
    "{path}:{line}: kolom '{column}' tidak ada; yang ada: {found}",
    "{path}:{line}: column '{column}' is missing; there are: {found}",
)
_EMPTY = Bilingual("{path}:{line}: '{column}' kosong", "{path}:{line}: '{column}' is empty")
_LONG = Bilingual(
    "{path}:{line}: baris lebih panjang dari {most} huruf",
    "{path}:{line}: the line is longer than {most} characters",
)
_NO_JSON = Bilingual("{path}:{line}: bukan objek JSON", "{path}:{line}: no JSON object")
_CELLS = Bilingual(
    "{path}:{line}: jumlah sel tidak sama dengan jumlah kolom",
    "{path}:{line}: there are not as many cells as columns",
)
_CODING = Bilingual(
    "{path}: bukan UTF-8 (bita {at}); ubah dahulu", "{path}: no UTF-8 (byte {at}); convert it first"
)
_YEAR = Bilingual(
    "{path}:{line}: '{value}' bukan tahun lahir ({first} sampai {last}, atau kosong)",
    "{path}:{line}: '{value}' is no year of birth ({first} to {last}, or empty)",
)
_NO_TEXT = Bilingual(
    "{path}:{line}: '{column}' harus berisi teks atau angka",
    "{path}:{line}: '{column}' must be a text or a number",
)
_QUOTES = Bilingual(
    "{path}:{line}: baris CSV ini tidak terbaca ({problem}); sering tanda kutip yang tidak ditutup",
    "{path}:{line}: this row of CSV cannot be read ({problem}); often a quotation mark that is "
    "never closed",
)
_BROKEN = Bilingual("{path}: berkas rusak: {problem}", "{path}: the file is broken: {problem}")


@dataclass(slots=True)
class LeftOut:
    """Rows that tell of nobody, because the name or the id is empty: how many, where the first."""

    count: int = 0
    first: list[Bilingual] = field(default_factory=list)

    def add(self, where: Bilingual) -> None:
        self.count += 1
        if len(self.first) < FIRST:
            self.first.append(where)

    def as_json(self) -> dict[str, object]:
        return {"count": self.count, "first": [where.as_json() for where in self.first]}


def read(
    path: Path,
    *,
    key: str = "person_id",
    left_out: LeftOut | None = None,
    place: Place | None = None,
) -> Iterator[Person]:
    """The people of a file; rows without a name or an id are left out and counted in `left_out`.
    `place` is kept at the row that was given last.

    Raises `Refusal` with file and line at the first row that is bad in another way.
    """
    left_out = left_out if left_out is not None else LeftOut()
    place = place if place is not None else Place()
    for line, row in _rows(path):
        place.file, place.line = path.name, line
        empty = _lacking(path, line, row, key)
        if empty is None:
            yield _person(path, line, row, key)
        else:
            left_out.add(_EMPTY.format(path=path.name, line=line, column=empty))


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    kind = next((each for each in KINDS if path.name.endswith(each)), None)
    if kind is None:
        raise Refusal(_KIND.format(path=path.name, kinds=", ".join(KINDS)))
    if kind == ".parquet":
        yield from _parquet(path)
        return
    reader: Callable[[Path, IO[str]], Iterator[tuple[int, Mapping[str, Any]]]] = (
        _csv if kind.startswith(".csv") else _jsonl
    )
    with _opened(path) as text:
        yield from reader(path, text)


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    try:
        if path.name.endswith(".gz"):
            with (
                gzip.open(path, "rb") as raw,
                io.TextIOWrapper(raw, "utf-8-sig", newline="") as text,
            ):
                yield text
        else:
            with path.open(encoding="utf-8-sig", newline="") as text:
                yield text
    except UnicodeDecodeError as problem:
        raise Refusal(_CODING.format(path=path.name, at=problem.start)) from problem
    except (EOFError, gzip.BadGzipFile, csv.Error) as problem:
        raise Refusal(_BROKEN.format(path=path.name, problem=problem)) from problem


def _lines(path: Path, text: IO[str]) -> Iterator[str]:
    number = 0
    while line := text.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise Refusal(_LONG.format(path=path.name, line=number, most=LONGEST_LINE))
        yield line


def _csv(path: Path, text: IO[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    reader = csv.reader(_lines(path, text), strict=True)
    header = [cell.strip() for cell in next(reader, [])]
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as problem:
            raise Refusal(_QUOTES.format(path=path.name, line=line, problem=problem)) from problem
        if cells is None:
            return
        if not cells:
            continue
        if len(cells) != len(header):
            raise Refusal(_CELLS.format(path=path.name, line=line))
        yield line, dict(zip(header, cells, strict=True))


def _jsonl(path: Path, text: IO[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(_lines(path, text), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise Refusal(_NO_JSON.format(path=path.name, line=number))
        yield number, row


def _parquet(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    import pyarrow as arrow
    from pyarrow import parquet

    number = 0
    try:
        source = parquet.ParquetFile(path)
        wanted = {"person_id", "record_id", "name", *_COLUMNS}
        columns = [name for name in source.schema_arrow.names if name in wanted]
        for batch in source.iter_batches(batch_size=20_000, columns=columns):
            for row in batch.to_pylist():
                number += 1
                yield number, row
    except arrow.ArrowInvalid as problem:
        raise Refusal(_BROKEN.format(path=path.name, problem=problem)) from problem


def _lacking(path: Path, line: int, row: Mapping[str, Any], key: str) -> str | None:
    """The column without which nobody is told of, where it is empty."""
    for column in (key, "name"):
        if column not in row:
            raise Refusal(
                _LACKS.format(path=path.name, line=line, column=column, found=", ".join(row))
            )
    for column in (key, "name", *_COLUMNS):
        if isinstance(row.get(column), (list, dict, bool)):
            raise Refusal(_NO_TEXT.format(path=path.name, line=line, column=column))
    return next((column for column in (key, "name") if not _text(row[column])), None)


def _person(path: Path, line: int, row: Mapping[str, Any], key: str) -> Person:
    return Person(
        _text(row[key]),
        _text(row["name"]),
        _text(row.get("agency_code")),
        _text(row.get("agency_name")),
        _text(row.get("region_code")),
        _year(path, line, row.get("birth_year")),
        _text(row.get("post")),
    )


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _year(path: Path, line: int, value: object) -> int | None:
    text = _text(value)
    if not text:
        return None
    first, last = YEARS
    if not text.isdecimal() or not first <= int(text) <= last:
        raise Refusal(
            _YEAR.format(path=path.name, line=line, value=text[:20], first=first, last=last)
        )
    return int(text)
