"""A small register that the tests of search and linking share."""

from __future__ import annotations

from pathlib import Path

import pytest

from timbang.registry.names.index import Index, build
from timbang.registry.names.person import Person
from timbang.registry.names.searching import Search

PEOPLE = [
    Person("1", "Drs. H. Ahmad Fauzi, M.Si", "A1", "Dinas Satu", "32.04", 1970, "kepala dinas"),
    Person("2", "Achmad Fauzy", "A2", "Dinas Dua", "32.04", 1980, "guru"),
    Person("3", "AHMAD FAUZI", "A3", "Dinas Tiga", "33.01", 1991, "guru"),
    Person("4", "Siti Aminah", "A1", "Dinas Satu", "32.04", 1985, "guru"),
    Person("5", "St. Aminah, S.Pd", "A2", "Dinas Dua", "32.04", None, ""),
    Person("6", "Tjahjo Koemolo", "A3", "Dinas Tiga", "33.01", 1962, "analis"),
    Person("7", "I Gusti Ngurah Made Putra", "A4", "Dinas Empat", "51.01", 1977, "lurah"),
    Person("8", "Nurhidayah", "A4", "Dinas Empat", "51.01", 1988, "bidan"),
    Person("9", "Nur Hidayah Lestari", "A1", "Dinas Satu", "32.04", 1988, "bidan"),
    Person("10", "Suparman", "A2", "Dinas Dua", "32.04", 1969, "camat"),
    Person("11", "Suparmin", "A2", "Dinas Dua", "32.04", 1969, "camat"),
    Person("12", "Purnardji", "A3", "Dinas Tiga", "33.01", 1966, ""),
    Person("13", "Muhammad Rizki Ramadhan", "A3", "Dinas Tiga", "33.01", 1995, "staf"),
    Person("14", "Binsar Togar Simanjuntak", "A4", "Dinas Empat", "51.01", 1975, "auditor"),
    Person("15", "Dwi Wulandari", "A1", "Dinas Satu", "32.04", 1990, "staf"),
]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("names") / "index"
    build(PEOPLE, folder)
    return folder


@pytest.fixture(scope="session")
def search(folder: Path) -> Search:
    return Search(Index(folder))


@pytest.fixture(scope="session")
def register(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The same people among others, so that an agency and a year say something."""
    others = [
        Person(
            f"x{number}",
            f"Kata{chr(97 + number % 26)}{chr(97 + number // 26 % 26)} Lain",
            f"B{number % 300}",
            "",
            f"6{number % 90}.01",
            1961 + number % 40,
            f"kerja {number % 20}",
        )
        for number in range(3_000)
    ]
    folder = tmp_path_factory.mktemp("register") / "index"
    build([*PEOPLE, *others], folder)
    return Index(folder)
