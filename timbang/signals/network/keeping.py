"""Pairs kept month by month: one more month costs that month, not all years again.

    kept/actors.parquet        the ids in the order of their numbers; only added to
    kept/months/2024-11.parquet   the pairs of a month; `unknown` for rows without a day
    kept/whole.parquet         all months laid together

A month that is brought again replaces what was kept of it; then the months are laid together anew,
without reading any exchange. What is written is named only when it is whole.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from timbang.law.refusal import Refusal
from timbang.signals.network import pairs
from timbang.signals.network.pairs import NOBODY, UNKNOWN_MONTH, Array, Exchanges, Pairs
from timbang.signals.network.reading import Given, month_name

UNKNOWN: Final = "unknown"
_BASE: Final = b"base"


@dataclass(frozen=True, slots=True)
class Kept:
    """What a folder holds after a file was brought: `added` and `replaced` are names of months."""

    pairs: Pairs
    ids: tuple[str, ...]
    months: tuple[str, ...]
    added: tuple[str, ...]
    replaced: tuple[str, ...]


def bring(given: Given, folder: Path) -> Kept:
    """Keep the months of these exchanges. Raises Refusal where the folder holds something else."""
    (folder / "months").mkdir(parents=True, exist_ok=True)
    known = _ids(folder)
    exchanges, ids = _renumbered(given, known)
    if len(ids) > len(known):
        _write_ids(folder, ids)
    before = folder / "before.parquet"
    before.unlink(missing_ok=True)  # of a run that was broken off
    if (folder / "whole.parquet").exists():
        # Whoever is broken off from here on leaves no whole: it is then made of all months.
        (folder / "whole.parquet").rename(before)
    added: list[str] = []
    replaced: list[str] = []
    parts: list[Pairs] = []
    for month in np.unique(exchanges.month).tolist():
        name = UNKNOWN if month == UNKNOWN_MONTH else month_name(month)
        part = pairs.pairs(exchanges.where(exchanges.month == month)).in_order()
        path = folder / "months" / f"{name}.parquet"
        (replaced if path.exists() else added).append(name)
        parts.append(part)
        _write(path, part)
    if before.exists() and not replaced:
        whole = pairs.together([_read(before), *parts])
    else:
        whole = pairs.together([_read(path) for path in _months(folder)])
    _write(folder / "whole.parquet", whole)
    before.unlink(missing_ok=True)
    names = tuple(path.stem for path in _months(folder))
    return Kept(whole, ids, names, tuple(added), tuple(replaced))


def _months(folder: Path) -> list[Path]:
    return sorted((folder / "months").glob("*.parquet"))


def _renumbered(given: Given, known: tuple[str, ...]) -> tuple[Exchanges, tuple[str, ...]]:
    """The exchanges with the numbers of the folder; new actors follow the known ones."""
    place = {text: number for number, text in enumerate(known)}
    exchanges = given.exchanges
    seen = np.unique(np.concatenate([exchanges.giver, exchanges.receiver]))
    table = np.full(len(given.actors) + 1, NOBODY, dtype=np.int32)
    for actor in seen[seen >= 0].tolist():
        table[actor] = place.setdefault(given.actors.id_of(actor), len(place))
    columns = (exchanges.month, exchanges.value, exchanges.flags)
    renumbered = Exchanges(table[exchanges.giver], table[exchanges.receiver], *columns)
    return renumbered, tuple(place)


def _ids(folder: Path) -> tuple[str, ...]:
    import pyarrow.parquet as pq

    path = folder / "actors.parquet"
    if not path.exists():
        if _months(folder):
            raise Refusal(f"{folder}: months are kept here without the actors that they name")
        return ()
    return tuple(pq.read_table(path)["id"].to_pylist())


def _write_ids(folder: Path, ids: tuple[str, ...]) -> None:
    import pyarrow as pa

    _replace(folder / "actors.parquet", pa.table({"id": pa.array(ids, pa.string())}))


def _write(path: Path, found: Pairs) -> None:
    """Pairs as columns; each word of months is one."""
    import pyarrow as pa

    columns: dict[str, Array] = {
        name: getattr(found, name) for name in pairs.COLUMNS if name != "months"
    }
    for word in range(found.months.shape[1]):
        columns[f"months_{word}"] = np.ascontiguousarray(found.months[:, word])
    _replace(path, pa.table(columns).replace_schema_metadata({_BASE: str(found.base).encode()}))


def _replace(path: Path, table: object) -> None:
    import pyarrow.parquet as pq

    beside = path.with_name(f".{path.name}-{os.getpid()}")
    pq.write_table(table, beside)
    beside.replace(path)


def _read(path: Path) -> Pairs:
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    base = (table.schema.metadata or {}).get(_BASE)
    if base is None:
        raise Refusal(f"{path}: was not written by `timbang network keep`")
    words = [name for name in table.column_names if name.startswith("months_")]
    months = np.stack([table[name].to_numpy() for name in words], axis=1)
    columns = {
        name: months if name == "months" else table[name].to_numpy() for name in pairs.COLUMNS
    }
    return Pairs(**columns, base=int(base))
