"""Small tables that a test writes, on either engine, and a detector that reads them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from timbang.registry import schema
from timbang.registry.schema import arrow_kind
from timbang.signals import catalogue, facts, running, tuning

Rows = Sequence[Mapping[str, Any]]
Written = Mapping[str, Rows]


@dataclass
class Little:
    """Tables that hold what a test wrote; row ids are `1`, `2`, ... where it gives none."""

    written: Written
    engine: Any
    known_on: None = None
    versions: tuple[()] = ()
    desk: Mapping[str, str] = field(default_factory=dict)
    folder: Path = Path()

    @property
    def tables(self) -> Little:
        return self

    def shared(self, name: str, make: Callable[[], Any]) -> Any:
        return make()

    def given(self, name: str) -> Rows:
        return self.written.get(name, ())

    def table(self, name: str) -> Any:
        path = self.folder / f"{name}.parquet"
        if not path.exists():
            pq.write_table(_arrow(name, self.written.get(name, ())), path)
        return self.engine.read_parquet(str(path), table_name=f"little_{name}_{id(self)}")


def judged(
    code: str, written: Written, *, engine: Any = None, **chosen: Any
) -> list[dict[str, Any]]:
    """The rows of a detector over what a test wrote, on DuckDB unless an engine is given."""
    import ibis

    detector = catalogue.detector(code)
    unread = set(written) - set(detector.reads)
    assert not unread, f"{code} does not read {unread}"
    with tempfile.TemporaryDirectory() as folder:
        little: Any = Little(written, engine or ibis.duckdb.connect(), folder=Path(folder))
        rows = running.judge(detector, little, tuning.values(detector, chosen))
    listed: list[dict[str, Any]] = rows.to_pylist()
    return listed


def marked(code: str, written: Written, **chosen: Any) -> dict[str, float]:
    """Subject and value of each lead."""
    return {
        row["subject"]: row["value"] for row in judged(code, written, **chosen) if row["flagged"]
    }


def reasons(code: str, written: Written, **chosen: Any) -> dict[str, str]:
    """Subject and reason of each that cannot be judged."""
    rows = judged(code, written, **chosen)
    return {row["subject"]: row["reason"] for row in rows if row["flagged"] is None}


def _arrow(name: str, rows: Rows) -> pa.Table:
    if name in facts.SHAPES:
        shape = pa.schema([(each, arrow_kind(kind)) for each, kind in facts.SHAPES[name].items()])
    else:
        shape = schema.tables()[name].arrow()
    unknown = {column for row in rows for column in row} - set(shape.names)
    assert not unknown, f"{name} has no columns {unknown}"
    full = [
        {each: row.get(each, str(number) if each == "row_id" else None) for each in shape.names}
        for number, row in enumerate(rows, 1)
    ]
    return pa.Table.from_pylist(full, schema=shape)
