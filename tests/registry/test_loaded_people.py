"""The people of loaded lists: one for each person as far as a list says so, and never guessed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings

from tests.registry.loader import TODAY, Loader, csv_of
from timbang.cli import main
from timbang.law.refusal import Refusal
from timbang.registry import people
from timbang.registry.tables import Tables, open_tables

NUMBER = "198403122010011004"
OTHER = "199005052015021002"


def official(
    name: str, number: str = "", year: int = 2023, post: str = "Camat"
) -> dict[str, object]:
    return {
        "tahun": year, "nama": name, "nip": number, "kode instansi": "A1", "instansi": "Dinas",
        "wilayah": "32.73", "jabatan": post,
    }  # fmt: skip


def load(loader: Loader, *rows: dict[str, object]) -> Tables:
    for year in sorted({str(row["tahun"]) for row in rows}):
        mine = [row for row in rows if str(row["tahun"]) == year]
        loader.load("officials", loader.write(f"{year}.csv", csv_of(mine)))
    return open_tables(loader.store.folder, engine="duckdb")


def test_one_number_in_several_years_is_one_person_as_the_newest_list_has_him(
    loader: Loader,
) -> None:
    tables = load(
        loader, official("Moh. Rizki", NUMBER, 2022), official("Drs. Mohammad Rizki", NUMBER, 2024)
    )
    (person,) = people.everybody(tables)
    assert person.name == "Drs. Mohammad Rizki"
    assert person.birth_year == 1984
    rows = people.rows_of(tables, person.person_id)
    assert [row["year"] for row in rows] == [2024, 2022]
    assert people.rows_of(tables, rows[1]["row_id"]) == rows


def test_a_newer_list_leaves_the_id_of_a_person(loader: Loader) -> None:
    (before,) = people.everybody(load(loader, official("Moh. Rizki", NUMBER, 2022)))
    tables = load(loader, official("H. Mohammad Rizki", NUMBER, 2025))
    (after,) = people.everybody(tables)
    assert (before.person_id, after.name) == (after.person_id, "H. Mohammad Rizki")
    newest = people.rows_of(tables, after.person_id)[0]["row_id"]
    assert people.anchors(tables, [newest, "gone"]) == {
        newest: before.person_id, before.person_id: before.person_id,
    }  # fmt: skip


def test_a_number_joins_nobody_whose_name_is_another(loader: Loader) -> None:
    tables = load(
        loader, official("Moh. Rizki", NUMBER, 2022), official("Siti Aminah", NUMBER, 2023)
    )
    names = [person.name for person in people.everybody(tables)]
    assert sorted(names) == ["Moh. Rizki", "Siti Aminah"]
    siti = next(each for each in people.everybody(tables) if each.name == "Siti Aminah")
    assert [row["name"] for row in people.rows_of(tables, siti.person_id)] == ["Siti Aminah"]


def test_people_without_a_number_stand_apart_however_alike_their_names(loader: Loader) -> None:
    tables = load(
        loader, official("Moh. Rizki", "", 2022), official("Moh. Rizki", "", 2023),
        official("Moh. Rizki", OTHER, 2023, post="Lurah"),
    )  # fmt: skip
    assert len(list(people.everybody(tables))) == 3


def test_an_index_knows_what_it_was_made_of(loader: Loader, tmp_path: Path) -> None:
    folder = tmp_path / "people"
    assert people.made(folder) is None
    tables = load(loader, official("Moh. Rizki", NUMBER), official("Siti Aminah", OTHER))
    people.make_index(tables, folder, on=TODAY)
    assert people.made(folder) == people.Made(2, 1, TODAY)
    assert [hit.person.name for hit in people.find(folder, "mohamad rizki").hits] == ["Moh. Rizki"]


def test_where_nothing_is_loaded_there_is_no_index(loader: Loader, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="Tidak ada orang"):
        people.make_index(open_tables(loader.store.folder), tmp_path / "people", on=TODAY)
    with pytest.raises(Refusal, match="timbang names index"):
        people.find(tmp_path / "people", "Rizki")


def test_a_row_that_counts_no_more_is_nobody(loader: Loader) -> None:
    tables = load(loader, official("Moh. Rizki", NUMBER))
    with pytest.raises(Refusal, match="tidak ada dalam daftar"):
        people.rows_of(tables, "nothing")


def test_the_command_makes_the_index_that_the_desk_reads(
    loader: Loader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "TABLES", loader.store.folder)
    monkeypatch.setattr(settings, "PEOPLE", tmp_path / "people")
    load(loader, official("Moh. Rizki", NUMBER), official("Siti Aminah", OTHER))
    done = CliRunner().invoke(main, ["people", "index", "--json"], catch_exceptions=False)
    assert json.loads(done.stdout) == {"people": 2, "names": 2, "refused": 0}
    assert "2 people, 2 names" in CliRunner().invoke(main, ["people", "index"]).stdout
    assert people.made(tmp_path / "people" / people.EVERYBODY) is not None
