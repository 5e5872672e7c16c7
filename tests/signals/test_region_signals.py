"""Signals of a region: shares of leads in the window before voting, by what was really judged."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from timbang.law.bilingual import Bilingual
from timbang.signals import region_signals
from timbang.signals.warning import Component

WORD = Bilingual("kata", "word")
VOTING = date(2024, 11, 27)
INSIDE, BEFORE = date(2024, 6, 1), date(2022, 6, 1)
SIGNALS = Component("procurement_signals", "signals", 1, WORD, WORD, WORD, "procurement", False)


def keep(folder: Path, code: str, rows: Sequence[tuple[str, date, bool | None]]) -> None:
    run = folder / code / "run"
    run.mkdir(parents=True)
    table = pa.table(
        {
            "region_code": [region for region, _, _ in rows],
            "since": pa.array([since for _, since, _ in rows], pa.date32()),
            "flagged": pa.array([flagged for _, _, flagged in rows], pa.bool_()),
        }
    )
    pq.write_table(table, run / "rows.parquet")
    (run / "manifest.json").write_text(json.dumps({"detector": code}), "utf-8")
    (folder / code / "current").write_text("run\n", "utf-8")


def test_only_subjects_judged_in_the_window_count(tmp_path: Path) -> None:
    rows = [("99.01", INSIDE, True)] * 3 + [("99.02", INSIDE, False)] * 9
    rows += [("99.01", BEFORE, True)] * 50 + [("99.01", INSIDE, None)] * 50
    rows += [("98", INSIDE, True)] * 9
    keep(tmp_path, "R018", rows)
    found = region_signals.figures(
        [SIGNALS], tmp_path, ["99", "98", "9"], voting_on=VOTING, known_on=VOTING
    )
    assert [(f.indicator, f.region_code, f.value) for f in found] == [
        ("procurement_signals", "99", 0.25)
    ]


def test_without_runs_nothing_is_known(tmp_path: Path) -> None:
    assert not list(
        region_signals.figures([SIGNALS], tmp_path, ["99"], voting_on=VOTING, known_on=VOTING)
    )
