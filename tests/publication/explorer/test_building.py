"""The file of the explorer: what is in it, what never is, and when it is made again."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from tests.publication.explorer.conftest import ANY, AT, PEOPLE, Scene, purchases
from tests.registry.loader import Loader, lines_of
from timbang.publication.explorer import building, keeping, reading, schema
from timbang.publication.explorer.reading import Question
from timbang.registry import schema as tables
from timbang.signals.detector import PERSONAL

# Columns that name persons or their numbers, whoever may see them.
NAMES = {"name", "officer_name", "signatory", "signed_by", "applicant", "decided_by", "legal_name",
         "address", "email", "phone", "identifier", "person_id", "description"}  # fmt: skip


def everything(path: Path) -> str:
    """All that stands in the file, readable or not."""
    return path.read_bytes().decode("utf-8", "replace")


def test_no_person_is_anywhere_in_the_file(scene: Scene) -> None:
    written = everything(scene.explorer / reading.NAME)
    assert "Karang Maju" in written
    for name in PEOPLE:
        assert name not in written
        assert name.split()[0] not in written


@pytest.mark.parametrize(
    ("told", "publisher", "licence"),
    [
        ({}, ("Berkas tidak menyebut penerbitnya", "The file does not name its publisher"),
         ("Berkas tidak menyebut lisensinya", "The file names no licence")),
        ({"publisher": "Kota Contoh"}, ("Kota Contoh", "Kota Contoh"),
         ("Berkas tidak menyebut lisensinya", "The file names no licence")),
        ({"publisher": "Kota Contoh", "license": "CC BY 4.0"}, ("Kota Contoh", "Kota Contoh"),
         ("CC BY 4.0", "CC BY 4.0")),
    ],
)  # fmt: skip
def test_publisher_and_licence_are_what_the_file_or_the_load_says(
    tmp_path: Path, told: dict[str, str], publisher: tuple[str, str], licence: tuple[str, str]
) -> None:
    loader = Loader(tmp_path)
    loader.load(
        "ocds",
        loader.write("o", lines_of(purchases()[:2])),
        region="32.73",
        accepted=ANY,
        told=told,
    )
    made = Scene(tmp_path)
    made.build()
    with reading.opened(made.explorer) as explorer:
        assert explorer is not None
        found = explorer.sources["ocds"]
    assert (found.publisher_id, found.publisher_en) == publisher
    assert (found.licence_id, found.licence_en) == licence


def test_a_package_names_its_publisher(tmp_path: Path) -> None:
    package = {
        "publisher": {"name": "LPSE Kota Contoh"}, "license": "https://example.org/terbuka",
        "releases": purchases()[:2],
    }  # fmt: skip
    loader = Loader(tmp_path)
    loader.load("ocds", loader.write("o.json", json.dumps(package)), region="32.73", accepted=ANY)
    made = Scene(tmp_path)
    made.build()
    with reading.opened(made.explorer) as explorer:
        assert explorer is not None
        found = explorer.sources["ocds"]
    assert (found.publisher_id, found.licence_en) == (
        "LPSE Kota Contoh", "https://example.org/terbuka"
    )  # fmt: skip


@pytest.mark.parametrize("table", schema.COPIED)
def test_only_public_columns_are_copied_and_none_that_names_a_person(table: str) -> None:
    found = tables.tables()[table]
    public = {each.name for each in found.all_columns if each.sight == "public"}
    assert set(schema.COPIED[table]) <= public - NAMES


@pytest.mark.parametrize("table", schema.COUNTED)
def test_what_is_counted_is_read_without_names(table: str) -> None:
    known = {each.name for each in tables.tables()[table].all_columns}
    assert set(schema.COUNTED[table]) <= known - NAMES


def test_the_same_is_not_built_again_and_something_new_is(scene: Scene, tmp_path: Path) -> None:
    again = scene.build()
    assert not again.made
    assert again.counts["procurement"] == 40
    copy = tmp_path / "explorer"
    first = building.build(scene.tables, scene.signals, copy, at=AT, engine="duckdb")
    assert first.made
    assert building.is_outdated(scene.tables, scene.signals, copy, on=datetime(2027, 1, 1).date())
    assert not building.is_outdated(scene.tables, scene.signals, copy, on=AT.date())
    assert building.is_outdated(scene.tables, tmp_path / "none", copy, on=AT.date())


def test_two_builds_of_the_same_hold_the_same(scene: Scene, tmp_path: Path) -> None:
    building.build(scene.tables, scene.signals, tmp_path, at=AT, engine="duckdb")
    told = []
    for folder in (scene.explorer, tmp_path):
        with closing(sqlite3.connect(folder / reading.NAME)) as kept:
            names = [name for (name,) in kept.execute("SELECT name FROM sqlite_master "
                     "WHERE type = 'table' AND name NOT IN ('about', 'words', 'words_by_value') "
                     "ORDER BY name")]  # fmt: skip
            told.append({name: list(kept.execute(f"SELECT * FROM {name}")) for name in names})
    assert len(told[0]["procurement"]) == 40
    assert told[0] == told[1]


def test_a_reader_of_the_old_file_goes_on_reading(scene: Scene, tmp_path: Path) -> None:
    building.build(scene.tables, scene.signals, tmp_path, at=AT, engine="duckdb")
    with reading.opened(tmp_path) as explorer:
        assert explorer is not None
        (tmp_path / reading.NAME).unlink()
        later = datetime(2027, 2, 2)
        building.build(scene.tables, scene.signals, tmp_path, at=later, engine="duckdb")
        assert explorer.built_on == AT.date()
        assert len(explorer.purchases(Question(), 50)) == 40


def test_a_broken_build_leaves_the_old_file(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    building.build(scene.tables, scene.signals, tmp_path, at=AT, engine="duckdb")
    kept = (tmp_path / reading.NAME).read_bytes()

    def breaks(_self: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(building._Building, "_budgets", breaks)
    with pytest.raises(OSError, match="no room"):
        building.build(
            scene.tables, scene.signals, tmp_path, at=datetime(2027, 1, 1), engine="duckdb"
        )
    assert (tmp_path / reading.NAME).read_bytes() == kept
    assert [path.name for path in tmp_path.iterdir() if "sqlite" in path.name] == [reading.NAME]


def test_no_indication_about_a_person_is_in_the_file(scene: Scene) -> None:
    with closing(sqlite3.connect(scene.explorer / reading.NAME)) as kept:
        kinds = {kind for (kind,) in kept.execute("SELECT DISTINCT subject_kind FROM lead")}
    assert kinds == {"procurement"}
    assert kinds.isdisjoint(PERSONAL)


def test_years_that_have_not_ended_and_small_groups_are_not_in_the_file(scene: Scene) -> None:
    with reading.opened(scene.explorer) as explorer:
        assert explorer is not None
        [found] = explorer.services()
        assert (found.service, found.year, found.applied) == ("KTP", 2025, 20)
        assert (found.in_time, found.late, found.median) == (15, 5, "to_14")
        assert explorer.small_services() == 1
        [ban] = explorer.bans()
        counted = {week.week: week.at_least for week in explorer.weeks(ban) if week.at_least}
        assert counted == {0: 10}


@pytest.mark.django_db
def test_the_worker_asks_for_nothing_where_nothing_is_loaded(tmp_path: Path) -> None:
    assert not building.is_outdated(tmp_path, tmp_path, tmp_path, on=AT.date())
    assert keeping.keep(on=AT.date()) is False
