"""Exchanges from files: the three forms, what is not known, and what is refused with its place."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from timbang.law.refusal import Refusal
from timbang.signals.network import pairs, reading
from timbang.signals.network.reading import Given

ROWS: list[dict[str, Any]] = [
    {"exchange_id": "1", "giver_id": "P", "giver": "Calon Rekaan", "receiver_id": "B",
     "receiver": "Ketua", "given_on": "2024-09-01", "value": "1500000", "money": "private",
     "region_code": "32.73", "kind": "cash", "returned_by": "2"},
    {"exchange_id": "2", "giver_id": "B", "receiver_id": "P", "kind": "vote_support"},
    {"exchange_id": "3", "giver": "Tanpa Nomor", "receiver_id": "P", "through_id": "B",
     "money": "public", "budget_line": "1.2"},
    {"exchange_id": "4", "receiver_id": "B", "money": "public"},
]  # fmt: skip
NAMES = sorted({name for row in ROWS for name in row})


def write(path: Path, form: str) -> Path:
    if form == "jsonl":
        path.write_text("\n".join(map(json.dumps, ROWS)), "utf-8")
    elif form == "csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, NAMES)
            writer.writeheader()
            writer.writerows(ROWS)
    else:
        columns: dict[str, Any] = {name: [row.get(name) for row in ROWS] for name in NAMES}
        columns["given_on"] = pa.array(columns["given_on"]).cast(pa.date32())
        columns["value"] = pa.array(columns["value"]).cast(pa.float64())
        pq.write_table(pa.table(columns), path)
    return path


def named(given: Given, column: Any) -> list[str | None]:
    return [given.actors.id_of(each) if each >= 0 else None for each in column.tolist()]


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_each_form_says_the_same(tmp_path: Path, form: str) -> None:
    given = reading.read(write(tmp_path / f"exchanges.{form}", form))
    exchanges = given.exchanges
    assert named(given, exchanges.giver) == ["P", "B", "Tanpa Nomor", None]
    assert named(given, exchanges.receiver) == ["B", "P", "P", "B"]
    assert named(given, given.broker) == [None, None, "B", None]
    assert given.actors.name_of(int(exchanges.giver[0])) == "Calon Rekaan"
    assert reading.month_name(int(exchanges.month[0])) == "2024-09"
    assert exchanges.month[1:].tolist() == [pairs.UNKNOWN_MONTH] * 3
    assert exchanges.value[0] == 1_500_000
    assert np.isnan(exchanges.value[1:]).all()
    assert exchanges.flags.tolist() == [
        pairs.LINKED | pairs.PERSON | pairs.IN_WINDOW,  # Bandung votes in November 2024
        pairs.LINKED | pairs.SUPPORT,  # the first names it
        pairs.PERSON,  # through somebody, though a budget line pays
        pairs.OFFICE,
    ]


def test_whole_numbers_are_taken_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "numbers.parquet"
    columns = {"giver_id": [5, 7, None], "receiver_id": [7, 5, 5]}
    pq.write_table(pa.table(columns), path)
    given = reading.read(path)
    assert given.exchanges.giver.tolist() == [5, 7, pairs.NOBODY]
    assert given.actors.id_of(7) == "7"


def test_numbers_with_wide_gaps_are_counted_through(tmp_path: Path) -> None:
    path = tmp_path / "numbers.parquet"
    pq.write_table(pa.table({"giver_id": [5, 10**12], "receiver_id": [10**12, 7]}), path)
    given = reading.read(path)
    assert len(given.actors) == 3
    assert named(given, given.exchanges.giver) == ["5", "1000000000000"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"from": "a", "to": "b"}', "exchanges:1: unknown column 'from'; allowed: exchange_id"),
        ('{"giver_id": "a"}', "neither 'receiver_id' nor 'receiver'"),
        ('{"giver_id": "a", "receiver_id": "b", "given_on": "2024-02-31"}', "2024-02-31"),
        ('{"giver_id": "a", "receiver_id": "b", "value": "many"}', "value: 'many'"),
        ("{broken", "exchanges:1"),
        ("giver_id,receiver_id", "exchanges: there is no exchange in it"),
        ('{"giver_id": "a", "receiver_id": "b", "kind": "nonsense"}', "1: kind: 'nonsense'; allow"),
        ('{"giver_id": "a", "receiver_id": "b", "money": "gold"}', "allowed: private, public, unk"),
        (
            '{"giver_id": "a", "receiver_id": "b", "value": -5}',
            "1: value: '-5'; allowed: 0 or more",
        ),
        ('{"giver_id": "a", "receiver_id": "b", "group_size": -3}', "'-3'; allowed: 1 or more"),
        ('{"giver": {"a": 1}, "receiver_id": "b"}', "1: giver: a text or a number is wanted, not"),
        ('{"giver": ["a"], "receiver_id": "b"}', "not a list"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "exchanges"
    path.write_text(line + "\n", "utf-8")
    with pytest.raises(Refusal) as refusal:
        reading.read(path)
    assert said in str(refusal.value)
    assert "exchanges" in str(refusal.value)


def test_an_empty_file_and_a_broken_one_are_refused(tmp_path: Path) -> None:
    for content in (b"", b"PAR1 and no more"):
        path = tmp_path / "exchanges"
        path.write_bytes(content)
        with pytest.raises(Refusal):
            reading.read(path)


def test_a_column_of_the_wrong_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wrong.parquet"
    columns = {"giver_id": ["a"], "receiver_id": ["b"], "given_on": ["2024-01-01"]}
    pq.write_table(pa.table(columns), path)
    with pytest.raises(Refusal, match="'given_on' holds string"):
        reading.read(path)


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ({"kind": ["goods", "nonsense"]}, "row 2: kind: 'nonsense'; allowed: cash, goods"),
        ({"kind": pa.array(["goods", "x"]).dictionary_encode()}, "row 2: kind: 'x'"),
        ({"money": [None, "gold"]}, "row 2: money: 'gold'"),
        ({"value": [1.0, -5.0]}, "row 2: value: '-5.0'; allowed: 0 or more"),
        ({"group_size": [-3, 1]}, "row 1: group_size: '-3'; allowed: 1 or more"),
    ],
)
def test_a_cell_of_parquet_that_cannot_be_is_named_with_its_row(
    tmp_path: Path, column: dict[str, Any], said: str
) -> None:
    path = tmp_path / "wrong.parquet"
    pq.write_table(pa.table({"giver_id": ["a", "b"], "receiver_id": ["b", "a"]} | column), path)
    with pytest.raises(Refusal) as refusal:
        reading.read(path)
    assert said in str(refusal.value)
