"""The pages of the explorer, in both languages, with something to show and with nothing."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest
from django.test import Client, override_settings

from tests.publication.explorer.conftest import BUDGETED, PEOPLE, Scene
from timbang.publication.explorer import pages, reading
from timbang.publication.explorer.reading import Outcome
from timbang.signals import catalogue

pytestmark = [pytest.mark.django_db, pytest.mark.urls("timbang.web.urls_public")]

SECTIONS = ("telusur/", "telusur/pengadaan/", "telusur/instansi/", "telusur/anggaran/",
            "telusur/layanan/", "telusur/pengangkatan/", "telusur/takaran/",
            "telusur/peringatan/", "indikasi/metode/")  # fmt: skip
BAN = "telusur/pengangkatan/pemilihan-2018/32.73/"
PAGES = (*SECTIONS, "telusur/pengadaan/ocds-test-00/", "telusur/pengadaan/ocds-test-04/",
         "telusur/anggaran/35.01/", "telusur/pengadaan/?wilayah=32.73", "telusur/peringatan/?jenis=regency", BAN)  # fmt: skip
FILES = ("telusur/pengadaan/data.csv", "telusur/pengadaan/data.json",
         "telusur/anggaran/35.01/data.csv", "telusur/anggaran/35.01/data.json",
         "telusur/layanan/data.csv", "telusur/layanan/data.json")  # fmt: skip
LANGUAGES = ("/", "/en/")


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", (*PAGES, *FILES))
def test_no_page_and_no_file_names_a_person(
    client: Client, shown: Scene, language: str, page: str
) -> None:
    found = text_of(client, language + page)
    for name in PEOPLE:
        assert name.split()[0] not in found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", SECTIONS[:-1])
def test_before_anything_is_loaded_a_page_says_what_will_stand_there(
    client: Client, tmp_path: Path, language: str, page: str
) -> None:
    with override_settings(EXPLORER=tmp_path):
        found = text_of(client, language + page)
    assert {"/": "Belum ada yang disusun", "/en/": "Nothing has been put together"}[
        language
    ] in found
    assert "indikasi/metode/" in found


@pytest.mark.parametrize("file", FILES)
def test_before_anything_is_loaded_there_is_no_file(
    client: Client, tmp_path: Path, file: str
) -> None:
    with override_settings(EXPLORER=tmp_path):
        assert client.get(f"/{file}").status_code == 404


def test_a_file_of_another_format_is_not_read(client: Client, shown: Scene, tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    (tmp_path / reading.NAME).write_bytes((shown.explorer / reading.NAME).read_bytes())
    with closing(sqlite3.connect(tmp_path / reading.NAME)) as kept, kept:
        kept.execute("UPDATE about SET value = 'timbang-explorer/0' WHERE key = 'format'")
    with override_settings(EXPLORER=tmp_path):
        assert "Nothing has been put together" in text_of(client, "/en/telusur/")


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_marked_purchase_shows_every_innocent_explanation(
    client: Client, shown: Scene, language: str
) -> None:
    prefix = "/en/" if language == "en" else "/"
    found = text_of(client, f"{prefix}telusur/pengadaan/ocds-test-05/")
    detector = catalogue.detector("R003")
    assert detector.method.question[language] in found
    for each in detector.method.innocent:
        assert each[language] in found
    assert "/indikasi/metode/R003/" in found


def test_a_list_shows_what_the_address_asks_and_keeps_it_for_the_other_language(
    client: Client, shown: Scene
) -> None:
    address = "/en/telusur/pengadaan/?kata=jalan&indikasi=R003&tahun=2018"
    found = text_of(client, address)
    assert "Found: " in found
    assert 'value="jalan"' in found
    assert re.search(r'<option value="2018" selected>', found)
    assert 'href="/telusur/pengadaan/?kata=jalan&tahun=2018&indikasi=R003"' in found
    assert text_of(client, "/en/telusur/pengadaan/?kata=gedung").count("Nothing on file fits") == 1


def test_the_next_page_begins_after_the_last_row(client: Client, shown: Scene) -> None:
    found = text_of(client, "/telusur/pengadaan/")
    [after] = re.findall(r"\?setelah=(\d+)#found", found)
    second = text_of(client, f"/telusur/pengadaan/?setelah={after}")
    links = re.compile(r'href="/telusur/pengadaan/(ocds-test-\d+)/"')
    first_page, next_page = set(links.findall(found)), set(links.findall(second))
    assert (len(first_page), len(next_page)) == (reading.PAGE, 40 - reading.PAGE)
    assert first_page.isdisjoint(next_page)


def test_a_purchase_tells_its_window_and_draws_its_days_with_voting_day(
    client: Client, shown: Scene
) -> None:
    found = text_of(client, "/en/telusur/pengadaan/ocds-test-04/")
    assert "days before voting" in found
    assert "<svg" in found
    assert 'role="img"' in found
    assert "27 June 2018" in found  # between signing and the end of the work


def test_an_unknown_purchase_office_or_region_does_not_exist(client: Client, shown: Scene) -> None:
    for page in ("pengadaan/ocds-test-99/", "instansi/000000000000/", "anggaran/99.99/",
                 "pengangkatan/pemilihan-2018/11.01/", "anggaran/99.99/data.csv"):  # fmt: skip
        assert client.get(f"/telusur/{page}").status_code == 404


def test_a_swing_stands_beside_the_middle_of_the_neighbours_and_the_election(
    client: Client, shown: Scene
) -> None:
    found = text_of(client, "/en/telusur/anggaran/35.01/?akun=Belanja+Hibah")
    assert "Belanja Hibah" in found
    row = next(line for line in found.split("<tr>") if '<th scope="row">2024</th>' in line)
    # 27 of a mean of (9 + 9 + 27) / 3 = 15; the neighbours did not move
    assert "180" in row
    assert re.search(r">100\b", row)
    assert "Pemilihan" in row
    assert "paid for by grants" in found
    assert f"{BUDGETED[0]}" in found


def test_appointments_are_counted_by_week_in_full_fives(client: Client, shown: Scene) -> None:
    found = text_of(client, f"/en/{BAN}")
    rows = re.findall(r'<th scope="row">(-?\d+)</th><td class="number">(\S+) <span', found)
    assert dict(rows)["0"] == "10"
    assert {shown_ for week, shown_ in rows if week != "0"} == {"–"}
    assert "/hukum/norma/uu_10_2016/71(2)/" in found


def test_files_hold_the_source_and_its_licence_and_no_formula(client: Client, shown: Scene) -> None:
    text = client.get("/en/telusur/pengadaan/data.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 40
    assert {row["source"] for row in rows} == {"ocds"}
    assert all(row["licence"] for row in rows)
    assert [row["title"] for row in rows if "HYPERLINK" in row["title"]] == ["'=HYPERLINK(1) kursi"]
    data = json.loads(client.get("/en/telusur/pengadaan/data.json").content)
    assert data["format"] == "timbang-purchases/1"
    assert data["next"] is None
    assert [each["code"] for each in data["sources"]] == ["ocds"]
    assert all(each["licence"]["id"] for each in data["sources"])


def test_a_long_file_says_where_the_next_one_begins(
    client: Client, shown: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "FILE_ROWS", 25)
    first = json.loads(client.get("/telusur/pengadaan/data.json?kata=jalan").content)
    second = json.loads(client.get(f"/telusur/pengadaan/data.json{first['next']}").content)
    assert second["next"] is None
    found = [each["ocid"] for each in first["purchases"] + second["purchases"]]
    assert len(found) == len(set(found)) == 38


@pytest.mark.parametrize("page", [*PAGES, "indikasi/metode/R003/"])
def test_a_page_has_no_cookie_no_script_and_tells_no_other_server_anything(
    client: Client, shown: Scene, page: str
) -> None:
    answer = client.get(f"/{page}")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "<script" not in answer.content.decode()
    assert "form-action 'self'" in answer.headers["Content-Security-Policy"]


def test_the_button_sends_the_reference_to_the_intake_in_the_body(
    client: Client, shown: Scene
) -> None:
    found = text_of(client, "/en/telusur/pengadaan/ocds-test-05/")
    [form] = re.findall(r'<form method="post".*?</form>', found, re.DOTALL)
    assert 'action="/en/lapor/tulis/"' in form
    assert 'rel="noreferrer"' in form
    assert "About procurement ocds-test-05" in form
    assert 'name="province" value="32"' in form


def test_where_the_intake_is_elsewhere_the_form_may_go_there_and_nowhere_else(
    client: Client, shown: Scene
) -> None:
    with override_settings(DOOR="public", INTAKE_URL="https://lapor.example"):
        answer = client.get("/telusur/pengadaan/ocds-test-05/")
    assert (
        "form-action 'self' https://lapor.example;"
        in answer.headers["Content-Security-Policy"] + ";"
    )
    assert 'action="https://lapor.example/lapor/tulis/"' in answer.content.decode()
    with override_settings(DOOR="public", INTAKE_URL=""):
        answer = client.get("/telusur/pengadaan/ocds-test-05/")
    assert "lapor/tulis" not in answer.content.decode()


def test_no_page_imports_the_engines_of_tables(shown: Scene, tmp_path: Path) -> None:
    import os
    import subprocess

    code = f"""
import django, sys
from django.conf import settings
django.setup()
settings.ALLOWED_HOSTS = ["*"]
from django.test import Client
for page in {[*PAGES, *FILES, "indikasi/metode/R003/", "indikasi/metode/R003/data.json"]!r}:
    assert Client().get("/" + page).status_code == 200, page
print(" ".join(sys.modules))
"""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TIMBANG_", "DJANGO_"))}
    told = {"TIMBANG_DATA": str(shown.folder), "DJANGO_SETTINGS_MODULE": "timbang.settings",
            "TIMBANG_DOOR": "public"}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", code], env={**kept, **told}, capture_output=True, text=True,
        check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()) & {"ibis", "duckdb", "pyarrow", "pandas", "sqlglot"} == set()


@pytest.mark.parametrize(
    "asked", ["tahun=x", "wilayah=zzz", "penyedia=zzz", "instansi=?", "tahun=20+18", "tahun=1800"]
)
def test_a_filter_value_that_there_is_not_shows_nothing_and_not_everything(
    client: Client, shown: Scene, asked: str
) -> None:
    found = text_of(client, f"/telusur/pengadaan/?{asked}")
    assert "Ditemukan: 0" in found
    assert ("Nilai saringan ini tidak ada:" in found) == (asked != "tahun=1800")
    assert (
        json.loads(client.get(f"/telusur/pengadaan/data.json?{asked}").content)["purchases"] == []
    )
    offices = text_of(client, "/telusur/instansi/?wilayah=zzz")
    assert "Nilai saringan ini tidak ada: wilayah=zzz" in offices
    assert "Dinas" not in offices


def test_the_status_of_a_contract_is_told_in_words() -> None:
    found = Outcome(**{each.name: None for each in fields(Outcome)} | {"part": "contract"})  # type: ignore[arg-type]
    assert pages._outcome(replace(found, status="active"))["status"] == "berjalan"
    assert pages._outcome(replace(found, status="Selesai"))["status"] == "Selesai"
    assert pages._outcome(found)["status"] == ""
