"""Rows of the desk beside the loaded ones: one Parquet file a table, made anew after every act.

    tables/.desk/exchanges-12-3f0a9c.parquet     every state that a record of the desk ever had
    tables/.desk/exchanges                       the name of the file that counts

The database holds the records; this is a copy of them that both engines can read, so no backup
needs it. Each row has the days between which it was known: what was known on a day is asked of it
as of loaded versions. A file is never changed; who reads an older one goes on reading it.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from timbang.registry.schema import Table, arrow_kind

SOURCE: Final = "desk"
FOLDER: Final = ".desk"
# Since when a row is known, from which day no more (None: it counts), and what ended it.
BESIDE: Final = (
    ("known_from", "day"),
    ("known_until", "day"),
    ("ended", "whole"),
    ("ended_because", "text"),
)
_KEPT_SECONDS: Final = 3600


def mark(folder: Path, table: str) -> str:
    """What the file that counts was made of; "" where there is none."""
    path = current(folder, table)
    return path.stem.removeprefix(f"{table}-") if path else ""


def current(folder: Path, table: str) -> Path | None:
    """The file that counts; None where the desk has nothing."""
    try:
        name = (folder / FOLDER / table).read_text("utf-8").strip()
    except FileNotFoundError:
        return None
    path = folder / FOLDER / name
    return path if name.startswith(f"{table}-") and path.is_file() else None


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    """One at a time: whoever waited reads the database again, so the last file is the newest."""
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    with (folder / FOLDER / ".writing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write(folder: Path, table: Table, rows: Sequence[Mapping[str, Any]], made_of: str) -> None:
    """Put these rows in place of what counted; `made_of` tells one state of them from another."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = folder / FOLDER / f"{table.name}-{made_of}.parquet"
    arrow = pa.schema([*table.arrow(), *((name, arrow_kind(kind)) for name, kind in BESIDE)])
    draft = path.with_suffix(f".{os.getpid()}")
    pq.write_table(pa.Table.from_pylist(list(rows), schema=arrow), draft, compression="zstd")
    draft.replace(path)
    pointer = folder / FOLDER / f".{table.name}.{os.getpid()}"
    with pointer.open("w", encoding="utf-8") as out:
        out.write(path.name)
        out.flush()
        os.fsync(out.fileno())
    pointer.replace(folder / FOLDER / table.name)
    _sweep(folder, table.name, path)


def _sweep(folder: Path, table: str, newest: Path) -> None:
    """Remove what nobody can be reading any more."""
    for path in (folder / FOLDER).glob(f"{table}-*"):
        if path != newest and path.stat().st_mtime < time.time() - _KEPT_SECONDS:
            path.unlink(missing_ok=True)
