"""What a reader of a source gets and gives: one record in, rows and doubts out.

A reader is a function `read(value, out)`: `value` is one record as `opening` gives it. It calls
`out.begin(record_id)` and `out.add(...)` for each row, or raises `Refused` before any row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

SAMPLES = 5
# Rows that one line of a file may become: real ones become a few hundred.
MOST_ROWS = 50_000


class Refused(Exception):
    """One record is refused; the message says why."""


@dataclass(slots=True)
class Out:
    """Collects rows of one batch by table, and counts what was doubtful and what was not kept.

    `samples` holds the first places of each doubt: `(table, code) -> [(file, line), ...]`; `added`
    counts the rows of the batch.
    """

    file: int = 0
    line: int = 0
    record: int = 0
    record_id: str = ""
    begun: list[tuple[int, str]] = field(default_factory=list)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    doubts: Counter[tuple[str, str]] = field(default_factory=Counter)
    samples: dict[tuple[str, str], list[tuple[int, int]]] = field(default_factory=dict)
    not_kept: Counter[str] = field(default_factory=Counter)
    added: int = 0
    added_before: int = 0

    def start(self, line: int) -> None:
        """Another line is read."""
        self.line, self.added_before = line, self.added

    def begin(self, record_id: str) -> None:
        """A record of this key begins; `record` numbers the records of a load."""
        if self.added - self.added_before > MOST_ROWS:
            raise Refused(f"more than {MOST_ROWS:,} rows in one line; the rest of it is not read")
        self.record += 1
        self.record_id = record_id
        self.begun.append((self.record, record_id))

    def add(self, table: str, row: dict[str, Any], row_id: str, doubts: Iterable[str] = ()) -> None:
        """One row; columns that it leaves out are null."""
        self.added += 1
        row["row_id"] = row_id
        row["record_id"] = self.record_id
        row["file"] = self.file
        row["record"] = self.record
        row["line"] = self.line
        row["doubts"] = None
        if doubts:
            codes = sorted(set(doubts))
            row["doubts"] = ",".join(codes)
            for code in codes:
                self._doubt(table, code)
        rows = self.rows.get(table)
        if rows is None:
            self.rows[table] = [row]
        else:
            rows.append(row)

    def doubt(self, table: str, row: dict[str, Any], code: str) -> None:
        """A row that was added turns out doubtful in one more way."""
        codes = set((row["doubts"] or "").split(",")) - {""}
        if code not in codes:
            row["doubts"] = ",".join(sorted({*codes, code}))
            self._doubt(table, code)

    def _doubt(self, table: str, code: str) -> None:
        self.doubts[table, code] += 1
        places = self.samples.setdefault((table, code), [])
        if len(places) < SAMPLES:
            places.append((self.file, self.line))


@dataclass(frozen=True, slots=True)
class Context:
    """What readers may know besides the record: the day of loading and the secret of numbers.

    `taken` are ids of records that were entered at the desk: no file may bring one of them.
    `organs` are codes of offices, in capitals: by them the number of a case is known for one.
    """

    today: date
    secret: bytes
    region: str | None = None
    taken: Collection[str] = frozenset()
    organs: Collection[str] = frozenset()


class Reader(Protocol):
    def __call__(self, value: Mapping[str, Any], out: Out) -> None: ...


MakeReader = Callable[[Context], Reader]
