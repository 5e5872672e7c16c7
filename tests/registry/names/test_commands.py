"""`timbang names` from a terminal."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from timbang.registry.names.commands import names

CSV = """person_id,name,agency_code,agency_name,region_code,birth_year,post
1,"Drs. H. Ahmad Fauzi, M.Si",A1,Dinas Satu,32.04,1970,kepala dinas
2,Achmad Fauzy,A2,Dinas Dua,32.04,1980,guru
3,123,A1,Dinas Satu,,,
"""


def _run(*words: object) -> Result:
    return CliRunner().invoke(names, [str(word) for word in words])


@pytest.fixture
def index(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text(CSV)
    result = _run("index", tmp_path / "people.csv", "--to", tmp_path / "i", "--language", "en")
    assert result.exit_code == 0, result.output
    assert "2 people" in result.output
    assert "people.csv:4: 123" in result.output
    return tmp_path / "i"


def test_split() -> None:
    body = json.loads(_run("split", "Drs. Moh. Fauzi, M.Si", "--json").output)
    assert body[0]["before"][0]["means"] == "Doktorandus"
    assert body[0]["normal"] == "muhammad fauzi"
    assert "before Drs." in _run("split", "Drs. Moh. Fauzi, M.Si").output


def test_compare() -> None:
    assert json.loads(_run("compare", "Tjahjo", "Cahyo", "--json").output)["verdict"] == "alike"
    assert "two spellings" in _run("compare", "Tjahjo", "Cahyo").output
    assert "ejaan lain" in _run("compare", "Tjahjo", "Cahyo", "--language", "id").output


def test_search_says_how_many_are_named_so(index: Path) -> None:
    shown = _run("search", index, "Ahmad Fauzi", "--agency", "A2", "--language", "en").output
    assert "2 people are named like this" in shown
    assert "2 people bear this name" in shown
    assert "Same agency: Dinas Dua" in shown
    body = json.loads(_run("search", index, "Ahmad Fauzi", "--born", 1970, "--json").output)
    assert body["people_named_alike"] == 2
    assert body["hits"][0]["person_id"] == "1"


def test_link_and_judge(index: Path, tmp_path: Path) -> None:
    records = tmp_path / "list.csv"
    records.write_text("record_id,name,agency_code\nr1,A. Fauzi,A2\nr2,Zulkifli,\n")
    links, judgements = tmp_path / "links.jsonl", tmp_path / "judgements.jsonl"
    first = json.loads(_run("link", index, records, "--to", links, "--json").output)
    assert (first["records"], first["kept"], first["judged"]) == (2, 0, 0)
    told = _run("judge", judgements, "r1", "2", "same", "--by", "Ani", "--on", "2026-11-22")
    assert told.exit_code == 0, told.output
    second = _run(
        "link", index, records, "--to", links, "--judgements", judgements, "--json"
    ).output
    assert json.loads(second)["kept"] == 1
    assert json.loads(second)["judged"] == 1
    lines = [json.loads(line) for line in links.read_text().splitlines()]
    assert (lines[0]["status"], lines[0]["person_id"]) == ("judged", "2")


def test_an_id_that_stands_twice_is_one_person(tmp_path: Path) -> None:
    people, to = tmp_path / "p.csv", tmp_path / "i"
    people.write_text(
        "person_id,name,region_code,birth_year,post\n"
        "1,Moh. Fauzi,,1970,guru\n1,Muhammad Fauzi,32.04,,kepala sekolah\n"
        "2,Muhammad Fauzi,32.04,,guru\n2,Siti Aminah,32.04,,guru\n"
    )
    shown = _run("index", people, "--to", to)
    assert "2 people" in shown.output
    assert "1 rows name somebody again" in shown.output
    assert "p.csv:5: Siti Aminah: the id '2' stands already with another name" in shown.output
    assert "Muhammad Fauzi (p.csv:4)" in shown.output
    told = json.loads(_run("index", people, "--to", to, "--json").output)
    assert (told["people"], told["again"], told["refused"][0]["where"]) == (2, 1, "p.csv:5")
    assert told["refused"][0]["row"] == 4
    found = json.loads(_run("search", to, "Muhammad Fauzi", "--json").output)
    assert found["people_named_alike"] == 2
    (first,) = [hit for hit in found["hits"] if hit["person_id"] == "1"]
    assert (first["homonyms"], first["region_code"], first["birth_year"]) == (2, "32.04", 1970)
    assert first["post"] == "guru"


def test_of_several_names_the_good_ones_are_shown() -> None:
    for words in (("split", "Budi", ""), ("split", "", "Budi")):
        result = _run(*words)
        assert result.exit_code == 1
        assert "name Budi" in result.output
        assert "The name is empty" in result.output


def test_a_region_that_is_none_is_refused_and_a_name_is_taken(index: Path) -> None:
    wrong = _run("search", index, "Ahmad Fauzi", "--region", "nowhere")
    assert wrong.exit_code == 1
    assert "'nowhere' is no region" in wrong.output
    assert "say which" in _run("search", index, "Ahmad Fauzi", "--region", "Bandung").output
    named = _run("search", index, "Ahmad Fauzi", "--region", "Kab. Bandung", "--json")
    coded = _run("search", index, "Ahmad Fauzi", "--region", "32.04", "--json")
    assert json.loads(named.output) == json.loads(coded.output)


@pytest.mark.parametrize("content", [b"notes\n", b"[1]\n", b"{}\n", b"\xff\xfe\n"])
def test_a_file_that_holds_no_links_is_not_written_over(
    index: Path, tmp_path: Path, content: bytes
) -> None:
    records, other = tmp_path / "list.csv", tmp_path / "notes.txt"
    records.write_text("record_id,name\nr1,Budi\n")
    other.write_bytes(content)
    result = _run("link", index, records, "--to", other)
    assert result.exit_code == 1
    assert "notes.txt:1: no link that this command wrote" in result.output
    assert other.read_bytes() == content


def test_a_row_without_a_name_is_left_out_and_told_with_file_and_line(
    index: Path, tmp_path: Path
) -> None:
    people, to = tmp_path / "gaps.csv", tmp_path / "j"
    people.write_text(CSV + "4,,A1,Dinas Satu,,,\n,Budi,,,,,\n" + "5, ,,,,,\n" * 5)
    shown = _run("index", people, "--to", to)
    assert shown.exit_code == 0, shown.output
    assert "2 people" in shown.output
    assert "7 rows without a name or an id left out" in shown.output
    assert "gaps.csv:5: 'name' is empty" in shown.output
    assert "gaps.csv:6: 'person_id' is empty" in shown.output
    assert "... and 2 more" in shown.output
    told = json.loads(_run("index", people, "--to", to, "--json").output)["left_out"]
    assert (told["count"], len(told["first"])) == (7, 5)


def test_a_record_without_a_readable_name_stops_no_link(index: Path, tmp_path: Path) -> None:
    records, links = tmp_path / "list.csv", tmp_path / "links.jsonl"
    records.write_text("record_id,name,agency_code\nr1,A. Fauzi,A2\nr2,,\nr3,123,\nr4,Budi,\n")
    told = json.loads(_run("link", index, records, "--to", links, "--json").output)
    assert (told["records"], told["left_out"]["count"]) == (3, 1)
    assert told["left_out"]["first"][0]["en"] == "list.csv:3: 'name' is empty"
    found = {row["record_id"]: row for row in map(json.loads, links.read_text().splitlines())}
    assert (found["r3"]["status"], found["r3"]["person_id"]) == ("none", "")
    assert "123" in found["r3"]["reasons"][0]["en"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["split", "123"], "123"),
        (["compare", "Budi", "..."], "..."),
        (["search", "NOWHERE", "Budi"], "timbang names index"),
    ],
)
def test_a_refusal_is_one_sentence(words: list[str], said: str, tmp_path: Path) -> None:
    result = _run(*[str(tmp_path / word) if word == "NOWHERE" else word for word in words])
    assert result.exit_code == 1
    assert said in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "words",
    [
        ["judge", "f", "r", "p", "same", "--by", "A", "--on", "soon"],
        ["judge", "f", "r", "p", "same", "--by", " "],
    ],
)
def test_off_words_exit_with_two(words: list[str], tmp_path: Path) -> None:
    assert _run(*[str(tmp_path / word) if word == "f" else word for word in words]).exit_code == 2


def test_names_need_no_database_and_no_django() -> None:
    code = (
        "import sys; from timbang.cli import main\n"
        "try: main(['names', 'split', 'Budi'])\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "assert 'django' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_reason_names_the_region_and_not_only_its_code(index: Path) -> None:
    shown = _run("search", index, "Ahmad Fauzi", "--region", "35.25").output
    assert "Another region: " in shown
    assert "Bandung (32.04)" in shown
