"""What several detectors need is computed once while the facts are open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ibis

from timbang.registry import tables as door
from timbang.signals.facts import Facts


def test_shared_rows_are_made_once(tmp_path: Path) -> None:
    made = []

    def make() -> Any:
        made.append("once")
        return facts.table("bids").agg(n=ibis._.count())

    with Facts(door.open_tables(tmp_path)) as facts:
        first, again = facts.shared("number of bids", make), facts.shared("number of bids", make)
        assert facts.tables.engine.to_pyarrow(again).to_pylist() == [{"n": 0}]
        assert first is again
    assert made == ["once"]
