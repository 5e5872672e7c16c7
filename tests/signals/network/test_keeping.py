"""Pairs kept month by month are those of all exchanges at once, whatever came when."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from tests.signals.detectors.test_net_pair import random_exchanges
from timbang.law.refusal import Refusal
from timbang.signals.network import keeping, pairs, reading
from timbang.signals.network.commands import network
from timbang.signals.network.keeping import Kept

Row = dict[str, Any]


def bring(rows: list[Row], folder: Path) -> Kept:
    # Legs are told within one file only: leave them out, so that parts may be compared.
    bare = [row | {"returned_by": None, "returns": None} for row in rows]
    return keeping.bring(reading.of_rows(bare), folder)


def told(kept: Kept) -> dict[frozenset[str], list[int]]:
    """Each pair by its ids, with all that is counted of it; forward from the smaller id."""
    found = {}
    for row in range(len(kept.pairs)):
        low, high = (kept.ids[getattr(kept.pairs, end)[row]] for end in ("low", "high"))
        counts = {name: int(getattr(kept.pairs, name)[row]) for name in pairs.ADDED}
        if low > high:
            for name in ("", "unvalued_", "support_"):
                one, other = f"{name}forward", f"{name}backward"
                counts[one], counts[other] = counts[other], counts[one]
        months = sum(int(word).bit_count() for word in kept.pairs.months[row])
        found[frozenset((low, high))] = [*counts.values(), months]
    return found


def month_of(row: Row) -> int:
    return row["given_on"].month if row["given_on"] else 0


@pytest.fixture
def rows() -> list[Row]:
    return random_exchanges(9)


def test_month_after_month_is_as_all_at_once(tmp_path: Path, rows: list[Row]) -> None:
    for month in (3, 0, 1, 2, *range(4, 13)):
        kept = bring([row for row in rows if month_of(row) == month], tmp_path / "parts")
        assert len(kept.added) == 1
    assert kept.months[0] == "2023-01"
    assert "unknown" in kept.months
    assert told(kept) == told(bring(rows, tmp_path / "whole"))


def test_a_month_that_is_brought_again_replaces_itself(tmp_path: Path, rows: list[Row]) -> None:
    bring(rows, tmp_path)
    again = bring([row for row in rows if month_of(row) == 5], tmp_path)
    assert (again.added, again.replaced) == ((), ("2023-05",))
    assert told(again) == told(bring(rows, tmp_path / "other"))
    fewer = bring([row for row in rows if month_of(row) == 5][:1], tmp_path)
    assert told(fewer) != told(again)


def test_who_was_broken_off_leaves_nothing_wrong(
    tmp_path: Path, rows: list[Row], monkeypatch: pytest.MonkeyPatch
) -> None:
    bring([row for row in rows if month_of(row) < 6], tmp_path)
    written = keeping._write

    def breaks(path: Path, found: Any) -> None:
        if path.name == "2023-09.parquet":
            raise OSError("no space left on the disk")
        written(path, found)

    monkeypatch.setattr(keeping, "_write", breaks)
    with pytest.raises(OSError, match="no space"):
        bring([row for row in rows if month_of(row) >= 6], tmp_path)
    monkeypatch.setattr(keeping, "_write", written)
    kept = bring([row for row in rows if month_of(row) >= 6], tmp_path)
    assert told(kept) == told(bring(rows, tmp_path / "other"))


def test_a_folder_of_something_else_is_refused(tmp_path: Path, rows: list[Row]) -> None:
    bring(rows, tmp_path)
    (tmp_path / "actors.parquet").unlink()
    with pytest.raises(Refusal, match="without the actors"):
        bring(rows, tmp_path)


def test_the_command_says_what_it_added(tmp_path: Path, rows: list[Row]) -> None:
    file = tmp_path / "exchanges.jsonl"
    lines = [{k: v for k, v in row.items() if v is not None} for row in rows if month_of(row) == 4]
    file.write_text("\n".join(json.dumps(line, default=str) for line in lines), "utf-8")
    words = ["keep", str(file), "--to", str(tmp_path / "kept")]
    assert "added: 2023-04" in CliRunner().invoke(network, words).stdout
    answer = json.loads(CliRunner().invoke(network, [*words, "--json"]).stdout)
    assert answer["replaced"] == ["2023-04"]
    known = [line for line in lines if len({line.get("giver_id"), line.get("receiver_id")}) == 2]
    named = [line for line in known if "receiver_id" in line and (
        "giver_id" in line or line.get("giver"))]  # fmt: skip
    assert answer["exchanges"] == len(named)
    assert not any(isinstance(value, np.generic) for value in answer.values())
