"""Regions through time: old codes and names mean the region of today, and stay as written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import LazySettings

from tests.registry.loader import TODAY, Loader, csv_of
from timbang.cli import main
from timbang.law.yaml_file import YamlError
from timbang.registry import numbers, places, region_changes
from timbang.registry.region_changes import FORMED, RECODED

# The laws that formed the Papuan provinces of 2022 name these regencies and cities.
LAWS_OF_2022 = {
    "UU 14/2022": ("93", {"Merauke", "Boven Digoel", "Mappi", "Asmat"}),
    "UU 15/2022": ("94", {"Nabire", "Puncak Jaya", "Paniai", "Mimika", "Puncak", "Dogiyai",
                          "Intan Jaya", "Deiyai"}),
    "UU 16/2022": ("95", {"Jayawijaya", "Pegunungan Bintang", "Yahukimo", "Tolikara",
                          "Mamberamo Tengah", "Yalimo", "Lanny Jaya", "Nduga"}),
    "UU 29/2022": ("96", {"Sorong", "Sorong Selatan", "Raja Ampat", "Tambrauw", "Maybrat"}),
}  # fmt: skip


@pytest.mark.parametrize("law", LAWS_OF_2022)
def test_every_region_that_went_into_a_papuan_province_of_2022_has_its_old_code(law: str) -> None:
    province, regions = LAWS_OF_2022[law]
    formed = next(each for each in places.changes().all if each.law == law)
    assert (formed.kind, formed.code, formed.day is not None) == (FORMED, province, True)
    now = {
        code: name.removeprefix("Kabupaten ").removeprefix("Kota ")
        for code, name in places.codes().items()
        if code.startswith(f"{province}.")
    }
    assert set(now.values()) == regions
    before = {code: old for old, code in places.former_codes().items() if code in now}
    assert before.keys() == now.keys()
    assert all(old.startswith(formed.of[0]) for old in before.values())


def test_the_codes_that_papua_lost_fill_the_gaps_of_its_list() -> None:
    """91.01 to 91.28 and 92.01 to 92.12 were given without a gap before 2022."""
    for province, last in (("91", 28), ("92", 12)):
        everything = {f"{province}.{number:02}" for number in (*range(1, last + 1), 71)}
        now = {code for code in places.codes() if code.startswith(f"{province}.")}
        gone = {code for code in places.former_codes() if code.startswith(f"{province}.")}
        assert now | gone == everything
        assert not now & gone


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("91.01", "93.01"), ("9101", "93.01"), ("92.71", "96.71"), ("64.73", "65.71"),
        ("Kab. Maluku Tenggara Barat", "81.03"), ("Maluku Tenggara Barat", "81.03"),
        ("KABUPATEN PONTIANAK", "61.02"), ("Prov. Irian Jaya", "91"), ("Ujung Pandang", "73.71"),
        ("Nanggroe Aceh Darussalam", "11"), ("Pemkab Toba Samosir", "12.12"),
    ],
)  # fmt: skip
def test_what_a_region_had_before_means_that_region_and_is_told(written: str, code: str) -> None:
    assert places.region(written) == (code, "region_former")


@pytest.mark.parametrize(
    ("written", "code"),
    [("Pontianak", "61.71"), ("Maluku Utara", "82"), ("94.01", "94.01"), ("Papua", "91")],
)
def test_what_a_region_bears_today_goes_before_what_another_bore(written: str, code: str) -> None:
    assert places.region(written) == (code, None)


@pytest.mark.parametrize(("digits", "odd"), [("9101014107900001", 0), ("9199014107900001", 1)])
def test_the_number_of_a_person_keeps_the_code_of_its_time(digits: str, odd: int) -> None:
    found = numbers.parse(digits, today=TODAY, regions=places.known_codes())
    assert found is not None
    assert len(found.odd) == odd


# Loading

OFFICIAL = {"tahun": 2020, "nama": "Budi Santoso", "nip": "", "kode instansi": "A1",
            "instansi": "Dinas Sosial", "jabatan": "Camat"}  # fmt: skip


def test_a_load_understands_an_old_code_and_keeps_it_as_written(loader: Loader) -> None:
    written = ("91.01", "Kab. Mamuju Utara", "93.01", "Kabupaten Contoh", "")
    rows = [{**OFFICIAL, "nama": f"Budi {place}", "wilayah": region}
            for place, region in enumerate(written)]  # fmt: skip
    report = loader.load("officials", loader.write("a.csv", csv_of(rows)))
    found = {
        row["name"]: (row["region_code"], row["region_written"], row["doubts"])
        for row in loader.rows("people")
    }
    assert found == {
        "Budi 0": ("93.01", "91.01", "region_former"),
        "Budi 1": ("76.01", "Kab. Mamuju Utara", "region_former"),
        "Budi 2": ("93.01", None, None),
        "Budi 3": (None, "Kabupaten Contoh", "region_unknown"),
        "Budi 4": (None, None, None),
    }
    assert report.doubts["people", "region_former"] == 2


@pytest.mark.django_db
def test_the_region_of_a_whole_file_may_be_named_by_its_old_code(
    tmp_path: Path, settings: LazySettings
) -> None:
    settings.TABLES, settings.KEYS = tmp_path / "tables", tmp_path / "keys"
    path = tmp_path / "a.csv"
    path.write_text(csv_of([OFFICIAL]), "utf-8")
    said = CliRunner().invoke(main, ["load", "officials", str(path), "--region", "91.01", "--json"])
    assert said.exit_code == 0, said.output
    assert "91.01 is 93.01 Kabupaten Merauke today" in said.stderr
    assert json.loads(said.stdout)["version"] == 1
    shown = CliRunner().invoke(main, ["tables", "show", "people"])
    assert json.loads(shown.stdout)["region_code"] == "93.01"
    refused = CliRunner().invoke(main, ["load", "officials", str(path), "--region", "91.99"])
    assert refused.exit_code == 2
    assert "'91.99' is no code" in refused.stderr


# Showing


def ask(*words: str) -> str:
    said = CliRunner().invoke(main, ["registry", "regions", *words])
    assert said.exit_code == 0, said.output
    return said.stdout


def test_the_history_of_a_region_is_told_by_its_code_or_name_of_any_time() -> None:
    told = ask("91.01")
    assert told == ask("Kabupaten Merauke")
    assert told.splitlines() == [
        "93.01 Kabupaten Merauke",
        "2022-11-09  93.01 Kabupaten Merauke had the code 91.01; Kepmendagri 100.1.1-6117/2022 "
        "[one_source]",
    ]
    papua = ask("Papua")
    assert "93 Papua Selatan was formed out of 91 Papua; UU 14/2022 [two_sources]" in papua
    assert "91 Papua was named Irian Jaya; UU 21/2001 [memory]" in papua
    assert "no change is known" in ask("35.78")


def test_what_is_not_known_stays_unknown() -> None:
    told = ask("64.73")
    assert "day unknown  65.71 Kota Tarakan had the code 64.73; law not known" in told
    body = json.loads(ask("64.73", "--json"))
    assert (body["changes"][0]["law"], body["changes"][0]["day"]) == (None, None)
    assert body["licence"]["en"].startswith("What regulations say")


@pytest.mark.parametrize(
    ("words", "said"), [("Bandung", "say which"), ("Negeri Dongeng", "there is no region")]
)
def test_a_region_that_is_none_is_refused_with_the_reason(words: str, said: str) -> None:
    refused = CliRunner().invoke(main, ["registry", "regions", words])
    assert refused.exit_code == 2
    assert said in refused.stderr


def test_every_change_says_where_it_is_from_and_how_far_it_may_be_trusted() -> None:
    found = places.changes().all
    assert {each.kind for each in found} == set(region_changes.KINDS)
    for each in found:
        assert each.source.id and each.source.en
        # What was looked up has a source of its own; the rest says that it was not.
        assert (each.level == "memory") == (
            each.source.en == "From memory; nobody has looked it up"
        )
    assert all(each.former not in places.codes() for each in found if each.kind == RECODED)


# The file

FILE = """about:
  title: {id: a, en: a}
  publisher: {id: a, en: a}
  licence: {id: a, en: a}
  coverage: {id: a, en: a}
sources:
  gazette: {id: a, en: a}
changes:
"""


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{change: recoded, codes: {'1': '99'}", "'99' is no code of today"),
        ("{change: recoded, codes: {'2': '2'}", "'2' is a code of today"),
        ("{change: formed, code: '2', of: ['9']", "'9' is no code of today"),
        ("{change: merged, code: '2'", "'merged' is not one of"),
        ("{change: formed, code: '2'", "key 'of' is missing"),
        ("{change: renamed, names: {'2': x}, of: ['2']", "unknown key 'of'"),
        ("{code: '2'", "key 'change' is missing"),
    ],
)
def test_a_history_that_is_wrong_says_file_and_line(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "changes.yaml"
    path.write_text(f"{FILE}  - {line}, level: memory, source: gazette}}\n", "utf-8")
    with pytest.raises(YamlError) as error:
        region_changes.read(path, {"2"})
    assert said in str(error.value)
    assert str(error.value).startswith("changes.yaml:9:")


def test_one_old_code_cannot_have_become_two_regions(tmp_path: Path) -> None:
    path = tmp_path / "changes.yaml"
    line = "  - {change: recoded, codes: {'1': '%s'}, level: memory, source: gazette}\n"
    path.write_text(FILE + line % "2" + line % "3", "utf-8")
    with pytest.raises(YamlError, match="stands twice"):
        region_changes.read(path, {"2", "3"})
