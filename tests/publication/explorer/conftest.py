"""A small province of purchases, budgets, services and appointments, built into the explorer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from tests.registry.loader import Loader, csv_of, lines_of, release
from timbang.publication.explorer import building
from timbang.registry import tables
from timbang.signals import catalogue, running
from timbang.signals.facts import Facts

AT = datetime(2026, 11, 22, 9)
# Invented people, who must be nowhere in what is built.
PEOPLE = ("Melati Samudra", "Bayu Lontar", "Hujan Wanasari", "Kemuning Rinjani", "Embun Telaga")
BUDGETED = ("Kabupaten Pacitan", "Kabupaten Ponorogo", "Kabupaten Trenggalek",
            "Kabupaten Tulungagung", "Kabupaten Blitar")  # fmt: skip
ANY = {"records_at_least": "small test", "unknown_at_most": "small test",
       "copied_region": "small test", "spellings_at_most": "small test"}  # fmt: skip


@dataclass
class Scene:
    """Folders of tables and runs, and the explorer that was built of them."""

    folder: Path

    @property
    def tables(self) -> Path:
        return self.folder / "tables"

    @property
    def signals(self) -> Path:
        return self.folder / "signals"

    @property
    def explorer(self) -> Path:
        return self.folder / "explorer"

    def detect(self, *codes: str) -> None:
        with Facts(tables.open_tables(self.tables, engine="duckdb")) as facts:
            for code in codes:
                running.run(catalogue.detector(code), facts, self.signals)

    def build(self, at: datetime = AT) -> building.Built:
        return building.build(self.tables, self.signals, self.explorer, at=at, engine="duckdb")


def purchases() -> list[dict[str, Any]]:
    """Forty purchases of two offices; the first ones are odd."""
    found = []
    for number in range(40):
        day = date(2018, 1, 1) + timedelta(days=9 * number)
        office = {"id": f"1.0{number % 2}", "name": ("Dinas Laut", "Dinas Bukit")[number % 2]}
        found.append(
            release(
                f"{number:02}",
                date=f"{day}T09:00:00+07:00",
                buyer=office,
                parties=[],
                tender={
                    "id": f"t{number}",
                    "title": f"Perbaikan jalan {number}",
                    "procurementMethod": "open",
                    "tenderPeriod": {"startDate": f"{day}", "endDate": f"{day + timedelta(days=3)}"},
                },
                awards=[
                    {"id": f"a{number}", "date": f"{day + timedelta(days=5)}",
                     "value": {"amount": 1e6 * (number + 1), "currency": "IDR"},
                     "suppliers": [{"id": "99.1", "name": "PT. Karang Maju"}]}
                ],
                contracts=[],
            )
        )  # fmt: skip
    found[0]["awards"][0]["suppliers"] = [{"id": "3273", "name": PEOPLE[0]}]
    found[1]["tender"]["title"] = f"Honor narasumber a.n. {PEOPLE[1]}, Januari"
    found[2]["tender"]["title"] = "=HYPERLINK(1) kursi"
    found[3]["buyer"] = {"id": "1.09", "name": "Dinas <Awan>"}
    found[4]["contracts"] = [
        {"id": "c4", "awardID": "a4", "dateSigned": "2018-02-20", "value": {"amount": 7e9},
         "period": {"startDate": "2018-02-20", "endDate": "2018-08-01"}}
    ]  # fmt: skip
    return found


def budgets() -> list[dict[str, object]]:
    return [
        {"tahun": year, "daerah": name, "akun": account,
         "anggaran": f"{(place + 1) * 10 * (3 if (place, year) == (0, 2024) else 1)} M",
         "realisasi": f"{(place + 1) * 9 * (3 if (place, year) == (0, 2024) else 1)} M"}
        for place, name in enumerate(BUDGETED)
        for year in (2022, 2023, 2024)
        for account in ("Belanja Hibah", "Belanja Modal")
    ]  # fmt: skip


def services() -> list[dict[str, object]]:
    """A group of 23, one of 4, and one of a year that has not ended."""
    groups = (("KTP", 23, date(2025, 2, 1)), ("Izin langka", 4, date(2025, 2, 1)),
              ("KTP", 30, date(2026, 2, 1)))  # fmt: skip
    return [
        {"nomor register": f"{service}-{first.year}-{n}", "layanan": service,
         "instansi": "Dinas Laut", "wilayah": "32.73", "pemohon": PEOPLE[2],
         "tanggal permohonan": first + timedelta(days=n), "batas waktu": first + timedelta(days=n + 14),
         "tanggal jawaban": first + timedelta(days=n + (3 if n < 16 else 40)), "hasil": "Terbit"}
        for service, number, first in groups
        for n in range(number)
    ]  # fmt: skip


def appointments() -> list[dict[str, object]]:
    """In the first week of the ban of 2018 in Bandung twelve, a week later three."""
    first = date(2017, 8, 12)
    return [
        {"nomor sk": f"821/{n}", "tanggal sk": first, "nama": PEOPLE[3], "nip": f"19840312201001{n:04}",
         "instansi": "Pemerintah Kota Bandung", "wilayah": "32.73", "jabatan": "Kepala Seksi",
         "jenis": "angkat", "tmt": first + timedelta(days=0 if n < 12 else 7), "penandatangan": PEOPLE[4]}
        for n in range(15)
    ]  # fmt: skip


def built_in(folder: Path) -> Scene:
    """All of it loaded, detected and built in this folder."""
    loader = Loader(folder)
    loader.load("ocds", loader.write("o", lines_of(purchases())), region="32.73", accepted=ANY)
    loader.load("apbd", loader.write("b.csv", csv_of(budgets())), accepted=ANY)
    loader.load("services", loader.write("s.csv", csv_of(services())), accepted=ANY)
    loader.load("appointments", loader.write("a.csv", csv_of(appointments())), accepted=ANY)
    made = Scene(folder)
    made.detect("R003", "R018")
    made.build()
    return made


@pytest.fixture(scope="package")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return built_in(tmp_path_factory.mktemp("explorer"))


@pytest.fixture
def shown(scene: Scene) -> Iterator[Scene]:
    """The pages show what was built."""
    with override_settings(EXPLORER=scene.explorer):
        yield scene
