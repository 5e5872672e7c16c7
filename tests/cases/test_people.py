"""Public persons at the desk: only for a number, logged, never a lone match, never for those who
appoint."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection
from django.urls import reverse

from tests.cases.conftest import log_in, office
from tests.registry.loader import TODAY, Loader, csv_of
from timbang.cases.actions.looking_up import words_of
from timbang.cases.models import Case, LookUp
from timbang.cases.vault import Desk
from timbang.ledger.models import Entry
from timbang.registry import people
from timbang.registry.tables import open_tables

pytestmark = pytest.mark.django_db


def official(name: str, number: str, **told: object) -> dict[str, object]:
    return {
        "tahun": 2023, "nama": name, "nip": number, "kode instansi": "A1",
        "instansi": "Dinas Sosial", "wilayah": "32.73", "jabatan": "Kepala Bidang", **told,
    }  # fmt: skip


RIZKI = official("Drs. Moh. Rizki, M.Si", "198403122010011004")
OTHER_RIZKI = official(
    "Muhammad Rizki", "199005052015021002",
    **{"kode instansi": "B2", "instansi": "Dinas Perhubungan", "wilayah": "32.04"},
)  # fmt: skip
SITI = official("Hj. Siti Aminah", "197001011995032001")


@pytest.fixture
def loader(tmp_path: Path, settings: LazySettings) -> Loader:
    found = Loader(tmp_path)
    settings.TABLES, settings.PEOPLE = found.store.folder, tmp_path / "people"
    return found


@pytest.fixture
def lists(loader: Loader, settings: LazySettings) -> Loader:
    rows = csv_of([RIZKI, OTHER_RIZKI, SITI])
    loader.load("officials", loader.write("pegawai.csv", rows))
    index(loader, settings)
    return loader


def index(loader: Loader, settings: LazySettings) -> None:
    people.make_index(
        open_tables(loader.store.folder), settings.PEOPLE / people.EVERYBODY, on=TODAY
    )


def ask(login: str, **told: object) -> str:
    answer = log_in(login).post(reverse("cases:people"), told)
    return " ".join(answer.content.decode().split())


def test_a_name_alone_is_no_match_and_says_how_many_bear_it(
    alice: Desk, case: Case, lists: Loader
) -> None:
    page = ask("alice", name="Mohammad Rizki", number=case.number)
    assert "Only the name is known: 2 people are named like this." in page
    assert page.count("2 people bear this name") == 2
    assert "about 100 %" not in page
    assert "Siti" not in page


def test_what_else_is_known_points_to_one_and_says_why(
    alice: Desk, case: Case, lists: Loader
) -> None:
    page = ask(
        "alice", name="M. Rizki", agency="dinas  perhubungan", region="Kabupaten Bandung",
        birth_year=1990, number=case.number,
    )  # fmt: skip
    assert "2 people are named like this; what else is known points to the first." in page
    assert page.index("Muhammad Rizki</th>") < page.index("Drs. Moh. Rizki, M.Si</th>")
    assert "Same agency: " in page
    assert "Another year of birth: 1984" in page


def test_each_search_is_one_entry_and_its_words_are_sealed(
    alice: Desk, bob: Desk, case: Case, lists: Loader
) -> None:
    ask("alice", name="Mohammad Rizki", birth_year=1984, number=case.number)
    row = LookUp.objects.get()
    assert (row.number, row.officer, row.what) == (case.number, alice.officer, "search")
    assert words_of(row, bob) == "Mohammad Rizki; 1984"
    assert "Rizki" not in str(Entry.objects.get(pk=row.entry_id).body)


@pytest.mark.parametrize("number", ["", "9999/BAWASLU-32/2026", "L-x/2026"])
def test_nobody_is_shown_without_a_case_or_lead(
    alice: Desk, case: Case, lists: Loader, number: str
) -> None:
    page = ask("alice", name="Mohammad Rizki", number=number)
    assert "Moh. Rizki" not in page
    assert LookUp.objects.count() == 0


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"agency": "Dinas Sihir"}, "No list has this agency."),
        ({"region": "Bandung"}, "A regency and a city bear this name"),
        ({"region": "Negeri Dongeng"}, "There is no region with this name or code."),
        ({"name": "12345"}, "errorlist"),
        ({"birth_year": "84"}, "errorlist"),
    ],
)
def test_what_cannot_be_is_said_and_not_logged(
    alice: Desk, case: Case, lists: Loader, told: dict[str, str], said: str
) -> None:
    page = ask("alice", **({"name": "Mohammad Rizki", "number": case.number} | told))
    assert said in page
    assert "Who may be meant" not in page
    assert LookUp.objects.count() == 0


@pytest.mark.parametrize(
    "kind", ["regent", "appointing_officer", "inspectorate", "higher_officer", "service_provider"]
)
def test_no_role_of_a_regional_executive_opens_it(
    alice: Desk, case: Case, lists: Loader, kind: str
) -> None:
    office("daerah", kind, "dewi")
    browser = log_in("dewi")
    assert browser.get(reverse("cases:people")).status_code == 404
    told = {"name": "Mohammad Rizki", "number": "L-1/2026"}
    assert browser.post(reverse("cases:people"), told).status_code == 404
    assert reverse("cases:people") not in browser.get(reverse("cases:search")).content.decode()
    assert reverse("cases:people") in log_in("alice").get(reverse("cases:search")).content.decode()


def test_where_nothing_is_loaded_the_page_says_how_to_load(
    alice: Desk, case: Case, loader: Loader
) -> None:
    page = log_in("alice").get(reverse("cases:people")).content.decode()
    assert "timbang load officials" in page
    assert "timbang people index" in page
    assert "Who may be meant" not in ask("alice", name="Rizki", number=case.number)
    assert LookUp.objects.count() == 0


def test_an_index_that_is_older_than_the_lists_says_so(
    alice: Desk, case: Case, lists: Loader, settings: LazySettings
) -> None:
    lists.load(
        "officials", lists.write("b.csv", csv_of([official("Budi Santoso", "", tahun=2024)]))
    )
    older = ask("alice", name="Budi Santoso", number=case.number)
    assert "Lists were loaded or taken back since" in older
    assert "Nobody in the register is named like this." in older
    index(lists, settings)
    newer = ask("alice", name="Budi Santoso", number=case.number)
    assert "Lists were loaded or taken back since" not in newer
    assert "One person of this register is named like this." in newer


def test_the_name_stands_in_no_address_and_no_row(alice: Desk, case: Case, lists: Loader) -> None:
    ask("alice", name="Mohammad Rizki", number=case.number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed, number FROM cases_lookup")
        assert "Rizki" not in str(cursor.fetchall())
    assert 'action="?' not in ask("alice", name="Mohammad Rizki", number=case.number)
