"""Two records side by side: judged by hand, as data, one officer wins, and it can be taken back."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from tests.cases.conftest import AT, Office, english, log_in, office
from tests.registry.loader import Loader, csv_of
from timbang.cli import main
from timbang.law.refusal import Refusal
from timbang.ledger.models import Entry
from timbang.registry import actions, reading_pairs
from timbang.registry.models import NameJudgement, NamePair
from timbang.registry.names.linking import read_judgements
from timbang.registry.tables import open_tables

pytestmark = pytest.mark.django_db
__all__ = ["english"]

OFFICIALS = [
    ("Drs. Moh. Rizki Pratama, M.Si", "198403122010011004", "Camat"),
    ("Mohammad Rizki Pratama", "198405052015021002", "Lurah"),
    ("Hj. Siti Aminah Lestari", "197001011995032001", "Kepala Dinas"),
]
CANDIDATES = [("M. Rizki Pratama", 1984), ("Siti Aminah Lestari", 1970)]


@pytest.fixture
def bawaslu(db: None) -> Office:
    return office("bawaslu-32", "bawaslu", "alice", "bob")


@pytest.fixture
def lists(loader: Loader, settings: LazySettings, tmp_path: Path) -> Loader:
    settings.TABLES, settings.PEOPLE = loader.store.folder, tmp_path / "people"
    officials = [
        {"tahun": 2023, "nama": name, "nip": nip, "kode instansi": "A1", "instansi": "Pemkot",
         "wilayah": "32.73", "jabatan": post}
        for name, nip, post in OFFICIALS
    ]  # fmt: skip
    candidates = [
        {"tahun": 2024, "pemilihan": "pemilu-2024", "jenis pemilihan": "DPRD Kota",
         "wilayah": "32.73", "dapil": "1", "partai": "Partai Contoh", "nomor urut": place,
         "nama": name, "tahun lahir": born}
        for place, (name, born) in enumerate(CANDIDATES, 1)
    ]  # fmt: skip
    loader.load("officials", loader.write("pegawai.csv", csv_of(officials)))
    loader.load("candidates", loader.write("dct.csv", csv_of(candidates)))
    return loader


@pytest.fixture
def linked(lists: Loader, bawaslu: Office) -> Loader:
    link()
    return lists


def link() -> dict[str, int]:
    done = CliRunner().invoke(main, ["people", "link", "--json"], catch_exceptions=False)
    found: dict[str, int] = json.loads(done.stdout)
    return found


def show(browser: Client, query: str = "") -> str:
    answer = browser.get(reverse("registry_desk:pairs") + query)
    return " ".join(answer.content.decode().split())


def judge(
    browser: Client, pair: NamePair, judgement: str, *, seen: int = 0, why: str = ""
) -> tuple[int, str]:
    told = {"version": seen, "judgement": judgement, "why": why}
    answer = browser.post(reverse("registry_desk:pair", args=[pair.pk]), told, follow=True)
    return answer.status_code, " ".join(answer.content.decode().split())


def pair_of(name: str, loader: Loader) -> list[NamePair]:
    """The pairs of a candidate, the surest first."""
    tables = open_tables(loader.store.folder)
    pairs = NamePair.objects.all()
    return [
        pair
        for pair in pairs
        if (side := reading_pairs.sides(tables, pair)[0]) is not None and side.name == name
    ]


def test_both_records_stand_side_by_side_with_reasons_and_access_keys(linked: Loader) -> None:
    page = show(log_in("alice"))
    assert "List of candidates" in page
    assert "List of officials" in page
    assert "Siti Aminah Lestari</strong>" in page
    assert "Hj. Siti Aminah Lestari</strong>" in page
    assert "1 official bears this name." in page
    assert "Same year of birth: 1970" in page
    keys = re.findall(r'value="(\w+)" accesskey="(\d)"', page)
    assert keys == [("same", "1"), ("different", "2"), ("undecided", "3")]
    assert "about 100 %" not in page
    assert "<script>" not in page


def test_the_next_pair_comes_after_each_judgement_until_all_are_judged(linked: Loader) -> None:
    browser, seen = log_in("alice"), []
    while (pair := reading_pairs.next_pair()) is not None:
        seen.append(pair.pk)
        status, page = judge(browser, pair, "different")
        assert status == 200
        assert "You judged last: different people." in page
    assert len(seen) == len(set(seen)) == NamePair.objects.count() >= 3
    assert "Every pair is judged." in page


def test_a_record_judged_to_be_one_person_is_not_asked_about_again(linked: Loader) -> None:
    first, second = pair_of("M. Rizki Pratama", linked)
    judge(log_in("alice"), first, "same", why="same photo")
    assert second not in reading_pairs.open_pairs()
    status, page = judge(log_in("bob"), second, "same")
    assert status == 409
    assert "was already judged the same as" in page
    assert NameJudgement.objects.count() == 1


def test_of_two_officers_at_once_one_wins_and_the_other_is_told(linked: Loader) -> None:
    alice, bob = log_in("alice"), log_in("bob")
    pair = reading_pairs.next_pair()
    assert pair is not None
    assert judge(alice, pair, "same")[0] == 200
    status, page = judge(bob, pair, "different")
    assert status == 409
    assert "Alice judged this pair meanwhile: the same person. Nothing of yours was" in page
    pair.refresh_from_db()
    assert (pair.judgement, pair.judgements.count()) == ("same", 1)


def test_a_judgement_is_taken_back_and_stays_readable(linked: Loader, bawaslu: Office) -> None:
    pair = reading_pairs.next_pair()
    assert pair is not None
    page = judge(log_in("alice"), pair, "same")[1]
    place = re.search(r'action="([^"]+/cabut/)"', page)
    assert place
    back = log_in("alice").post(place[1], follow=True)
    assert "Both records" in back.content.decode()
    pair.refresh_from_db()
    row = NameJudgement.objects.get()
    assert (pair.judgement, row.judgement, row.withdrawn_by) == (
        "", "same", bawaslu.desks["alice"].officer,
    )  # fmt: skip
    assert reading_pairs.next_pair() == pair
    assert list(reading_pairs.standing()) == []
    assert log_in("bob").post(place[1]).status_code == 409
    acts = ["names.judged", "names.judgement_withdrawn"]
    assert [Entry.objects.filter(act=act).count() for act in acts] == [1, 1]


def test_only_the_office_that_judged_takes_back(linked: Loader) -> None:
    pair = reading_pairs.next_pair()
    assert pair is not None
    judge(log_in("alice"), pair, "same")
    row = NameJudgement.objects.get()
    other = office("bawaslu-33", "bawaslu", "charlie", region="33")
    place = reverse("registry_desk:take-back", args=[row.pk])
    assert log_in("charlie").post(place).status_code == 404
    with pytest.raises(Refusal, match="Only the office that judged"):
        actions.withdraw_judgement(row, by=other.desks["charlie"].officer, at=AT)


def test_what_is_left_undecided_can_be_looked_at_again(linked: Loader) -> None:
    browser, pair = log_in("alice"), reading_pairs.next_pair()
    assert pair is not None
    judge(browser, pair, "undecided", why="no photo")
    assert reading_pairs.next_pair() != pair
    assert "1 left undecided" in show(browser)
    assert "Judged so far: undecided." in show(browser, "?undecided")
    assert judge(browser, pair, "different", seen=1)[0] == 200
    assert "Nothing is left undecided." in show(browser, "?undecided")


def test_judgements_are_data_that_linking_takes_up(linked: Loader, tmp_path: Path) -> None:
    first, second = pair_of("M. Rizki Pratama", linked)
    judge(log_in("alice"), first, "different", why="another face")
    said = CliRunner().invoke(main, ["people", "judgements"], catch_exceptions=False).stdout
    (tmp_path / "judgements.jsonl").write_text(said)
    judged = read_judgements(tmp_path / "judgements.jsonl").about(first.record)[first.person]
    assert (judged.judgement.value, judged.by, judged.why) == ("different", "Alice", "another face")
    before = second.certainty
    assert link()["judged"] == 0
    second.refresh_from_db()
    assert second.certainty > before
    judge(log_in("alice"), second, "same")
    assert link()["judged"] == 1
    first.refresh_from_db()
    assert first.judgement == "different"


def test_linking_again_changes_nothing_and_a_list_that_is_gone_takes_its_open_pairs(
    linked: Loader,
) -> None:
    before = set(NamePair.objects.values_list("pk", flat=True))
    link()
    assert set(NamePair.objects.values_list("pk", flat=True)) == before
    judged = reading_pairs.next_pair()
    assert judged is not None
    judge(log_in("alice"), judged, "undecided")
    done = CliRunner().invoke(main, ["tables", "retract", "2", "--because", "of another city"])
    assert done.exit_code == 0, done.output
    page = log_in("alice").get(reverse("registry_desk:pair", args=[judged.pk])).content.decode()
    assert "One of the two counts no more in its list." in page
    assert link()["pairs"] == 0
    assert list(NamePair.objects.all()) == [judged]


def test_a_judgement_needs_a_button_and_a_pair(linked: Loader) -> None:
    pair = reading_pairs.next_pair()
    assert pair is not None
    status, page = judge(log_in("alice"), pair, "perhaps")
    assert (status, NameJudgement.objects.count()) == (200, 0)
    assert "errorlist" in page


@pytest.mark.parametrize("kind", ["regent", "appointing_officer", "inspectorate"])
def test_no_role_of_a_regional_executive_judges(linked: Loader, kind: str) -> None:
    other = office("daerah", kind, "dewi")
    pair = NamePair.objects.first()
    assert pair is not None
    browser = log_in("dewi")
    assert browser.get(reverse("registry_desk:pairs")).status_code == 404
    assert browser.get(reverse("registry_desk:pair", args=[pair.pk])).status_code == 404
    assert judge(browser, pair, "same")[0] == 404
    with pytest.raises(Refusal, match="an office that watches"):
        actions.judge_pair(pair, "same", seen=0, why="", by=other.desks["dewi"].officer, at=AT)


def test_where_nothing_is_linked_the_page_says_how(bawaslu: Office) -> None:
    page = show(log_in("alice"))
    assert "No lists are linked yet." in page
    assert "timbang people link" in page


def test_the_ids_of_a_pair_may_be_as_long_as_a_name_with_its_post(db: None) -> None:
    """Ids of rows hold what they tell a row by; a database that counts letters must take them."""
    long = "officials/" + "Kepala Bidang " * 40
    NamePair.objects.create(record=long, person=long + "2", certainty=0.5, homonyms=1, reasons=[])
    assert NamePair.objects.get(record=long).person == long + "2"
