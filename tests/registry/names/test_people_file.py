"""Files of people are read row by row, and a bad row is refused with file and line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyarrow as arrow
import pytest
from pyarrow import parquet

from timbang.law.refusal import Refusal
from timbang.registry.names.people_file import LONGEST_LINE, read
from timbang.registry.names.person import Person

ROW = {
    "person_id": "1",
    "name": "Budi, S.H.",
    "agency_code": "A1",
    "birth_year": 1980,
    "source": "x",
}
BUDI = Person("1", "Budi, S.H.", "A1", "", "", 1980, "")
CSV = 'person_id,name,agency_code,birth_year,source\n1,"Budi, S.H.",A1,1980,x\n'


def _written(folder: Path, name: str) -> Path:
    path = folder / name
    if name.endswith(".parquet"):
        parquet.write_table(arrow.Table.from_pylist([ROW]), path)
        return path
    text = CSV if ".csv" in name else json.dumps(ROW) + "\n"
    data = text.encode("utf-8-sig")
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


@pytest.mark.parametrize("name", ["p.csv", "p.csv.gz", "p.jsonl", "p.jsonl.gz", "p.parquet"])
def test_all_kinds_of_files_give_the_same_people(tmp_path: Path, name: str) -> None:
    assert list(read(_written(tmp_path, name))) == [BUDI]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("p.xlsx", b"", "xlsx"),
        ("p.csv", b"person_id,nama\n1,Budi\n", "p.csv:2.*'name'"),
        ("p.csv", b"person_id,name\n1\n", "p.csv:2"),
        ("p.csv", b"person_id,name,birth_year\n1,Budi,80\n", "p.csv:2.*'80'"),
        ("p.csv", b"person_id,name,birth_year\n1,Budi,-0001\n", "p.csv:2.*'-0001'"),
        ("p.csv", b"person_id,name\n1,\xff\n", "UTF-8"),
        ("p.csv", b'person_id,name\n1,Ani\n2,"Budi\n3,Ina\n', "p.csv:3.*kutip"),
        ("p.jsonl", b'{"person_id": 1, "name": ["Ani", "Budi"]}\n', "p.jsonl:1.*'name'"),
        ("p.jsonl", b'{"person_id": {"a": 1}, "name": "Ani"}\n', "p.jsonl:1.*'person_id'"),
        ("p.csv", b"person_id,name\n1," + b"x" * LONGEST_LINE + b"\n", "p.csv:2"),
        ("p.jsonl", b"{}\n[]\n", "p.jsonl:1.*person_id"),
        ("p.jsonl", b"[1]\n", "p.jsonl:1"),
        ("p.csv.gz", b"no gzip", "p.csv.gz"),
        ("p.parquet", b"no parquet", "p.parquet"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_in_words(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Refusal, match=said):
        list(read(tmp_path / name))


def test_a_list_to_be_linked_has_its_own_key(tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text("record_id,name\nr1,Budi\n")
    assert [person.person_id for person in read(tmp_path / "l.csv", key="record_id")] == ["r1"]
