"""What detectors read: the tables of public facts, and beside them what no file of facts holds.

`contests` are the contests of the shipped elections; `own_contests` says of a region and a year
whether the head of its government was elected then, where that is known. `decided_cases` are cases
with a decision, as the room of cases hands them in; nothing of a report ever comes in here.
`name_links` say which person of one list may be which official (`record` and `person` are rows of
the table `people`), with the certainty, the number of people of that name, and what was judged.
A case names the side that was favoured as `<election>:<contest_kind>:<region_code>:<pair_number>`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Any, Final

from timbang.registry.phases import PHASE_DATES
from timbang.registry.schema import arrow_kind
from timbang.registry.tables import Tables
from timbang.signals import windows

if TYPE_CHECKING:
    from ibis.expr.types import Table

# Columns of the tables that are given, by their kinds (see registry.schema.KINDS).
SHAPES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "contests": {
            "election": "text",
            "contest_kind": "text",
            "region_code": "text",
            **dict.fromkeys(PHASE_DATES, "day"),
        },
        "own_contests": {"region_code": "text", "year": "whole", "held": "flag"},
        "decided_cases": {
            "row_id": "text",
            "number_hash": "text",
            "name": "text",
            "agency_code": "text",
            "region_code": "text",
            "conduct": "text",
            "sanction_level": "text",
            "decided_on": "day",
            "sanction_until": "day",
            "favoured": "text",
        },
        "name_links": {
            "record": "text",
            "person": "text",
            "certainty": "number",
            "homonyms": "whole",
            "status": "text",
        },
    }
)


@dataclass(slots=True)
class Facts:
    """Tables of public facts and given ones, on one engine. Close it: it keeps a folder."""

    tables: Tables
    decided_cases: Sequence[Mapping[str, Any]] = ()
    contests: Sequence[Mapping[str, Any]] | None = None
    name_links: Sequence[Mapping[str, Any]] = ()
    _folder: tempfile.TemporaryDirectory[str] = field(
        default_factory=lambda: tempfile.TemporaryDirectory(prefix="timbang-facts-")
    )
    _shared: dict[str, Table] = field(default_factory=dict)

    def table(self, name: str) -> Table:
        """A table by its name. Raises Refusal for one that does not exist."""
        if name not in SHAPES:
            return self.tables.table(name)
        path = Path(self._folder.name) / f"{name}.parquet"
        if not path.exists():
            _write(path, SHAPES[name], self.given(name))
        engine = self.tables.engine
        return engine.read_parquet(str(path), table_name=f"given_{name}")

    def shared(self, name: str, make: Callable[[], Table]) -> Table:
        """What several detectors need, computed once and held by the engine until these close."""
        if name not in self._shared:
            self._shared[name] = make().cache()
        return self._shared[name]

    def given(self, name: str) -> Sequence[Mapping[str, Any]]:
        """The rows of a given table."""
        if name == "decided_cases":
            return self.decided_cases
        if name == "name_links":
            return self.name_links
        if name == "own_contests":
            return _own_contests()
        return _shipped_contests() if self.contests is None else self.contests

    def __enter__(self) -> Facts:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._shared.clear()
        self._folder.cleanup()


def _shipped_contests() -> list[dict[str, Any]]:
    return [
        {
            "election": each.election,
            "contest_kind": each.kind,
            "region_code": each.region_code,
            **each.dates,
        }
        for each in windows.contests()
    ]


def _own_contests() -> list[dict[str, Any]]:
    return [
        {"region_code": code, "year": year, "held": held}
        for (code, year), held in windows.own_contests().items()
    ]


def _write(path: Path, shape: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(name, arrow_kind(kind)) for name, kind in shape.items()])
    full = [{name: row.get(name) for name in shape} for row in rows]
    pq.write_table(pa.Table.from_pylist(full, schema=schema), path)
