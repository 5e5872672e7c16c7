"""Who held a post: found by words, shown only for a case or lead, and on the record."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.cases.conftest import log_in
from tests.cases.test_careers import loader
from tests.registry.loader import Loader
from tests.registry.test_posts import agency, decree, load, post
from timbang.cases.actions.looking_up import words_of
from timbang.cases.models import Case, LookUp
from timbang.cases.vault import Desk

pytestmark = pytest.mark.django_db
__all__ = ["loader"]
HEAD = {"title": "Kepala Dinas", "agency": "A1", "agency_name": "Dinas Sosial", "code": ""}


@pytest.fixture
def lists(loader: Loader) -> Loader:
    load(
        loader, "appointments",
        decree("1", "Ani Rekaan", tmt="2019-01-01", sampai="2020-12-01", penandatangan="Wali Kota"),
        decree("2", "Budi Rekaan", tmt="2020-12-05", sampai="2021-02-01",
               **{"status jabatan": "Plt"}),
        decree("3", "Citra Rekaan", tmt="2021-03-01"),
    )  # fmt: skip
    load(loader, "agencies",
         agency("A0", "Kantor Sosial", sampai="2018-01-01", menjadi="A1", perubahan="Ganti nama",
                peraturan="Perda 3/2017"),
         agency("A1", "Dinas Sosial", sejak="2018-01-01"))  # fmt: skip
    return loader


def search(words: str, region: str = "") -> str:
    told = {"words": words, "region": region}
    return " ".join(log_in("alice").get(reverse("cases:posts"), told).content.decode().split())


def open_post(number: str, login: str = "alice", **told: str) -> tuple[int, str]:
    answer = log_in(login).post(reverse("cases:post"), HEAD | {"number": number} | told)
    return answer.status_code, " ".join(answer.content.decode().split())


def test_a_search_shows_posts_and_agencies_and_no_person(
    alice: Desk, case: Case, lists: Loader
) -> None:
    page = search("kepala sosial")
    assert 'name="title" value="Kepala Dinas"' in page
    assert "Rekaan" not in page
    agencies = search("sosial")
    assert "Kantor Sosial (A0)" in agencies
    assert "was renamed Dinas Sosial (A1); Perda 3/2017" in agencies
    assert LookUp.objects.count() == 0


def test_the_region_may_be_written_as_it_was(alice: Desk, case: Case, lists: Loader) -> None:
    load(
        lists,
        "appointments",
        decree("7", "Dodi", tmt="2019-01-01", jabatan="Camat", wilayah="91.01"),
    )
    assert "Kabupaten Merauke" in search("camat", "91.01")
    assert "Kabupaten Merauke" in search("camat", "93.01")
    assert "No post of the loaded lists has these words" in search("camat", "32.73")
    assert "There is no region with this name or code." in search("camat", "91.99")


def test_a_post_shows_who_held_it_acted_and_when_it_was_vacant(
    alice: Desk, bob: Desk, case: Case, lists: Loader
) -> None:
    status, page = open_post(case.number)
    assert status == 200
    order = ["Ani Rekaan", "Vacant: no holder is known", "Budi Rekaan</strong>", "Citra Rekaan"]
    places = [page.index(each) for each in order]
    assert places == sorted(places)
    vacant = page[places[1] - 200 : places[2]]
    assert "1 December 2020" in vacant
    assert "until before 1 March 2021" in vacant
    assert "Acting, the post is vacant (Plt): Budi Rekaan" in vacant
    assert "signed by Wali Kota" in page
    assert "its level and who appoints are not known" in page
    row = LookUp.objects.get()
    assert (row.what, row.number) == ("record", case.number)
    assert words_of(row, bob) == "Kepala Dinas; Dinas Sosial"


def test_levels_and_who_appoints_are_told(alice: Desk, case: Case, lists: Loader) -> None:
    load(lists, "posts",
         post("P1", "Kepala Dinas", jenjang="JPT Pratama", atasan="P8",
              **{"diangkat oleh": "P9", "dasar": "UU 20/2023 ps 29"}),
         post("P9", "Wali Kota", **{"kode instansi": "K"}))  # fmt: skip
    page = open_post(case.number)[1]
    for told in ("First senior leader", "Wali Kota (P9)", "UU 20/2023 ps 29"):
        assert told in page, told


@pytest.mark.parametrize("number", ["", "L-x", "9999/BAWASLU-32/2026"])
def test_nobody_is_shown_without_a_case_or_lead(
    alice: Desk, case: Case, lists: Loader, number: str
) -> None:
    page = open_post(number)[1]
    assert "Rekaan" not in page
    assert 'name="title" value="Kepala Dinas"' in page
    assert LookUp.objects.count() == 0


def test_choosing_a_post_asks_for_the_number_without_blame(
    alice: Desk, case: Case, lists: Loader
) -> None:
    page = log_in("alice").post(reverse("cases:post"), HEAD).content.decode()
    assert "errorlist" not in page
    assert 'name="number"' in page
    assert "No post is chosen yet" in log_in("alice").get(reverse("cases:post")).content.decode()


def test_a_post_that_no_list_has_is_refused_and_not_written(
    alice: Desk, case: Case, lists: Loader
) -> None:
    status, page = open_post(case.number, title="Menteri")
    assert status == 409
    assert "This post is in no list that counts now" in page
    assert LookUp.objects.count() == 0


def test_a_title_that_several_hold_at_once_has_no_vacancy(
    alice: Desk, case: Case, lists: Loader
) -> None:
    load(lists, "appointments",
         decree("4", "Guru Satu", tmt="2015-01-01", sampai="2015-06-01", jabatan="Guru"),
         decree("5", "Guru Dua", tmt="2015-01-01", sampai="2015-06-01", jabatan="Guru"))  # fmt: skip
    page = open_post(case.number, title="Guru")[1]
    assert "Several hold this title at once" in page
    assert "Vacant" not in page
    assert page.count("another holder had not left by the first day") == 2


def test_where_nothing_is_loaded_the_page_says_how_to_load(
    alice: Desk, case: Case, loader: Loader
) -> None:
    assert "timbang load appointments" in search("kepala")
    assert open_post(case.number)[0] == 409
