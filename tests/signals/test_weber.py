"""Weber's yardstick: shares counted by hand, small numbers held back, what is missing told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from tests.signals.facts import Little, Rows, Written
from timbang.law.yaml_file import YamlError
from timbang.signals import weber
from timbang.signals.weber import MEASURED, MISSING, TOO_FEW, Cell
from timbang.signals.weber_command import yardstick

IN_TIME, LATE = date(2025, 3, 31), date(2025, 4, 1)


def held(post: str, person: str, **more: Any) -> dict[str, Any]:
    return {
        "agency_code": "A", "agency_name": "Dinas A", "region_code": "99.01",
        "post_code": post, "person_id": person, "decree": "SK-1", **more,
    }  # fmt: skip


def twelve(**columns: Any) -> Rows:
    return [{"agency_code": "A", **columns} for _ in range(12)]


FACTS: Written = {
    "services": [*twelve(due_on=date(2026, 1, 1)), *twelve(), {"agency_code": None}],
    "appointments": [
        *(held(f"P{n}", f"person {n}") for n in range(11)),
        held("P0", "another"),
        held("P1", "acting", acting="Plt"),
        held("P2", "gone", until_on=date(2025, 1, 1)),
        held("P3", "left", change="dismissed"),
    ],
    "posts": [
        {"agency_code": "A", "post_code": f"P{n}", "above": "P0" if n else None} for n in range(4)
    ],
    "wealth": [
        *twelve(year=2024, declared_on=IN_TIME),
        *twelve(year=2024, declared_on=LATE),
        *twelve(year=2024, declared_on=None),
    ],
}


def ran(folder: Path, code: str, rows: list[dict[str, Any]]) -> None:
    """A run that a detector could have left."""
    run = folder / code / "run"
    run.mkdir(parents=True)
    pq.write_table(pa.Table.from_pylist(rows), run / "rows.parquet")
    (run / "manifest.json").write_text(json.dumps({"detector": code}), "utf-8")
    (folder / code / "current").write_text("run\n", "utf-8")


@pytest.fixture
def cells(tmp_path: Path) -> Iterator[dict[str, Cell]]:
    little: Any = Little(FACTS, ibis.duckdb.connect(), folder=tmp_path)
    (agency,) = weber.measure(little, tmp_path / "signals")
    assert (agency.code, agency.name, agency.region_code) == ("A", "Dinas A", "99.01")
    yield {each.measure or each.element: each for each in agency.cells}


def test_shares_are_those_counted_by_hand(cells: dict[str, Cell]) -> None:
    def told(measure: str) -> tuple[float | None, int | None]:
        return cells[measure].share, cells[measure].whole

    assert told("services_with_term") == (0.5, 24)
    share, whole = told("posts_with_one_holder")
    assert share == pytest.approx(10 / 11)
    assert whole == 11
    assert told("wealth_declared_in_time") == (0.5, 24)
    assert told("appointments_with_decree") == (1.0, 15)
    assert told("appointed_from_a_post") == (0.0, 15)


def test_an_interval_holds_the_share(cells: dict[str, Cell]) -> None:
    for cell in cells.values():
        if cell.status == MEASURED:
            assert cell.low is not None and cell.share is not None and cell.high is not None
            assert 0 <= cell.low <= cell.share <= cell.high <= 1
            assert cell.low < cell.high


def test_small_numbers_are_held_back_with_their_size(cells: dict[str, Cell]) -> None:
    few = cells["posts_with_superior"]
    assert (few.status, few.share, few.whole) == (TOO_FEW, None, None)


def test_what_nobody_measured_is_missing_and_never_zero(cells: dict[str, Cell]) -> None:
    for name in ("outside_the_bans", "groups_served_alike"):
        assert (cells[name].status, cells[name].share) == (MISSING, None)


def test_detectors_tell_how_many_are_no_lead(tmp_path: Path) -> None:
    """Decrees have their agency from the table, groups of applicants from the run itself."""
    signals = tmp_path / "signals"
    ran(signals, "A01", [{"subject": str(n), "flagged": n < 4} for n in range(1, 16)])
    ran(signals, "A02", [{"subject": "1", "flagged": True}, {"subject": "9", "flagged": True}])
    groups = [{"subject": f"A/{n}", "agency_code": "A", "flagged": n == 0} for n in range(10)]
    ran(signals, "FAIR_REFUSAL", [*groups, {"subject": "x", "agency_code": "A", "flagged": None}])
    little: Any = Little(FACTS, ibis.duckdb.connect(), folder=tmp_path)
    (agency,) = weber.measure(little, signals)
    found = {each.measure: (each.share, each.whole) for each in agency.cells}
    assert found["outside_the_bans"] == (11 / 15, 15)
    assert found["groups_served_alike"] == (0.9, 10)


def test_every_element_stands_in_every_yardstick(cells: dict[str, Cell]) -> None:
    assert {cell.element for cell in cells.values()} == {each.code for each in weber.elements()}


def test_both_origins_are_marked() -> None:
    assert {each.origin for each in weber.elements()} == set(weber.ORIGINS)


def test_a_measure_without_a_way_to_measure_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "weber.yaml"
    text = weber.FILE.read_text("utf-8").replace("count: services_with_term", "counts: x", 1)
    path.write_text(text, "utf-8")
    original, weber.FILE = weber.FILE, path  # type: ignore[misc]
    try:
        with pytest.raises(YamlError, match="unknown key 'counts'"):
            weber.elements.__wrapped__()
    finally:
        weber.FILE = original  # type: ignore[misc]


@pytest.mark.spark
@pytest.mark.filterwarnings("ignore")
def test_both_engines_count_the_same(spark: Any, tmp_path: Path) -> None:
    found = []
    for engine, folder in ((ibis.duckdb.connect(), "a"), (spark, "b")):
        (tmp_path / folder).mkdir()
        little: Any = Little(FACTS, engine, folder=tmp_path / folder)
        found.append(weber.measure(little, tmp_path / "signals"))
    assert found[0] == found[1]


def test_the_command_says_what_is_missing(settings: Any, tmp_path: Path) -> None:
    settings.TABLES, settings.SIGNALS = tmp_path / "tables", tmp_path / "signals"
    said = CliRunner().invoke(yardstick, [])
    assert "nothing is loaded" in said.stdout
    told = json.loads(CliRunner().invoke(yardstick, ["--json"]).stdout)
    assert told["agencies"] == []
    assert {each["code"] for each in told["elements"]} >= {"written_rules", "career"}
