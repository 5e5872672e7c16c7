"""Posts and agencies through renamings, from loaded decrees and regulations."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.registry.loader import Loader, csv_of
from timbang.law.refusal import Refusal
from timbang.registry import posts, renamings
from timbang.registry.holding import Holding
from timbang.registry.posts import PostHistory, PostKey
from timbang.registry.tables import Tables, open_tables


def decree(number: str, name: str, **told: object) -> dict[str, object]:
    return {
        "nomor sk": number, "tanggal sk": "", "nama": name, "nip": "", "kode instansi": "A1",
        "instansi": "Dinas Sosial", "wilayah": "32.73", "kode jabatan": "",
        "jabatan": "Kepala Dinas", "eselon": "II.b", "jenis": "Promosi", "status jabatan": "",
        "tmt": "", "sampai": "", "penandatangan": "", **told,
    }  # fmt: skip


def agency(code: str, name: str, **told: object) -> dict[str, object]:
    return {
        "kode instansi": code, "nama": name, "sejak": "", "sampai": "", "menjadi": "",
        "perubahan": "", "peraturan": "", "wilayah": "32.73", **told,
    }  # fmt: skip


def post(code: str, title: str, **told: object) -> dict[str, object]:
    return {
        "kode jabatan": code, "jabatan": title, "jenjang": "", "kode instansi": "A1",
        "instansi": "Dinas Sosial", "wilayah": "32.73", "atasan": "", "diangkat oleh": "",
        "dasar": "",
        "pendahulu": "", "penerus": "", "sejak": "", "sampai": "", **told,
    }  # fmt: skip


def load(loader: Loader, source: str, *rows: dict[str, Any]) -> Tables:
    # A file of its own for each load: a part adds to what is known.
    number = len(list(loader.folder.glob(f"{source}*.csv")))
    loader.load(source, loader.write(f"{source}{number or ''}.csv", csv_of(rows)))
    return open_tables(loader.store.folder, engine="duckdb")


def told(found: PostHistory) -> list[str]:
    return [each.name if isinstance(each, Holding) else "vacant" for each in found.timeline]


HEAD = PostKey("", "A1", "Dinas Sosial", "Kepala Dinas")


def test_who_held_a_post_stands_in_order_with_its_vacancy(loader: Loader) -> None:
    tables = load(
        loader, "appointments",
        decree("2", "Budi", tmt="2021-03-01"),
        decree("1", "Ani", tmt="2019-01-01", sampai="2020-12-01"),
        decree("3", "Citra", tmt="2020-12-05", sampai="2021-03-01", **{"status jabatan": "Plt"}),
        decree("5", "Emi", tmt="2020-01-01", jabatan="Sekretaris"),
    )  # fmt: skip
    assert told(posts.history(tables, HEAD)) == ["Ani", "vacant", "Citra", "Budi"]
    # Of days that nobody knows: he may have held it while it looks vacant.
    tables = load(
        loader, "appointments",
        decree("4", "Dodi"),
        *(decree(f"0{n}", "Emi", tmt="2020-01-01", jabatan=f"Seksi {n}") for n in range(3)),
    )  # fmt: skip
    assert told(posts.history(tables, HEAD)) == ["Ani", "Citra", "Budi", "Dodi"]


def test_a_decree_of_dismissal_ends_a_stretch_and_is_none_itself(loader: Loader) -> None:
    tables = load(
        loader, "appointments",
        decree("1", "Ani", tmt="2019-01-01"),
        decree("2", "ANI", tmt="2020-06-01", jenis="Pemberhentian"),
    )  # fmt: skip
    found = posts.history(tables, HEAD)
    assert told(found) == ["Ani", "vacant"]
    assert (found.holdings[0].until_on, found.holdings[0].ended_by) == (date(2020, 6, 1), "2")


def test_an_agency_is_followed_through_a_renaming_and_not_through_a_split(loader: Loader) -> None:
    load(
        loader, "agencies",
        agency("A0", "Kantor Sosial", sampai="2018-01-01", menjadi="A1", perubahan="Ganti nama"),
        agency("A1", "Dinas Sosial", sejak="2018-01-01", sampai="2022-01-01", menjadi="A2,A3",
               perubahan="Dipecah", peraturan="Perda 1/2021"),
        agency("A2", "Dinas Sosial", sejak="2022-01-01"),
        agency("A10", "Dinas Lain", menjadi="A11", perubahan="Ganti nama"),
    )  # fmt: skip
    tables = load(
        loader, "appointments",
        decree("1", "Ani", tmt="2016-01-01", **{"kode instansi": "A0", "instansi": "Kantor Sosial"}),
        decree("2", "Budi", tmt="2019-01-01"),
        decree("3", "Citra", tmt="2022-02-01", **{"kode instansi": "A2"}),
        decree("4", "Dodi", tmt="2019-02-01", **{"kode instansi": "A10"}),
        decree("5", "Emi", tmt="2015-01-01", **{"kode instansi": "", "instansi": "KANTOR SOSIAL"}),
    )  # fmt: skip
    found = posts.history(tables, HEAD)
    assert told(found) == ["Emi", "Ani", "Budi"]
    assert [line.code for line in found.agencies] == ["A0", "A1"]
    assert found.agencies[0].then is not None
    assert found.agencies[0].then.en == "was renamed Dinas Sosial (A1)"
    assert found.agencies[1].then is not None
    assert found.agencies[1].then.en == "was split into Dinas Sosial (A2), A3"
    assert told(posts.history(tables, PostKey("", "A2", "Dinas Sosial", "Kepala Dinas"))) == [
        "Citra"
    ]


def test_renamings_that_lead_in_a_circle_end(loader: Loader) -> None:
    tables = load(
        loader, "agencies",
        agency("A1", "Dinas Sosial", menjadi="A2", perubahan="Ganti nama"),
        agency("A2", "Dinas Kesejahteraan", menjadi="A1", perubahan="Ganti nama"),
    )  # fmt: skip
    assert renamings.lineage(tables, {"A1"}).same_as({"A1"}) == {"A1", "A2"}


def test_a_post_with_a_code_is_that_post_under_every_title(loader: Loader) -> None:
    load(
        loader, "posts",
        post("P1", "Kepala Kantor", jenjang="III.a", penerus="P2", sampai="2018-01-01"),
        post("P2", "Kepala Dinas", jenjang="JPT Pratama", pendahulu="P1", sejak="2018-01-01",
             **{"diangkat oleh": "P9", "dasar": "UU 20/2023 ps 29"}),
        post("P9", "Wali Kota", **{"kode instansi": "K"}),
        post("P3", "Kepala Dinas", **{"kode instansi": "B2"}),
    )  # fmt: skip
    tables = load(
        loader, "appointments",
        decree("1", "Ani", tmt="2016-01-01", jabatan="Kepala Kantor", **{"kode jabatan": "P1"}),
        decree("2", "Budi", tmt="2019-01-01", **{"kode jabatan": "P2"}),
        decree("3", "Citra", tmt="2019-02-01", **{"kode jabatan": "P3", "kode instansi": "B2"}),
    )  # fmt: skip
    found = posts.history(tables, PostKey("P2", "A1", "Dinas Sosial", "Kepala Dinas"))
    assert told(found) == ["Ani", "Budi"]
    assert [(rank.code, rank.level) for rank in found.ranks] == [
        ("P1", "administrator"), ("P2", "high_first"),
    ]  # fmt: skip
    assert (found.ranks[1].appointed_by, found.ranks[1].basis) == (
        "Wali Kota (P9)", "UU 20/2023 ps 29",
    )  # fmt: skip


def test_many_posts_are_asked_at_once_as_each_alone(loader: Loader) -> None:
    tables = load(
        loader, "appointments",
        *(decree(str(n), f"Orang {n}", tmt=f"20{n:02}-01-01", jabatan=f"Jabatan {n % 7}",
                 **{"kode instansi": f"A{n % 3}"}) for n in range(10, 40)),
    )  # fmt: skip
    keys = {PostKey("", f"A{n % 3}", "Dinas Sosial", f"Jabatan {n % 7}") for n in range(21)}
    together = posts.histories(tables, keys)
    assert len(keys) == 21
    for key in keys:
        assert together[key] == posts.history(tables, key)
        assert together[key].holdings


def test_words_of_title_and_agency_find_posts_and_agencies(loader: Loader) -> None:
    load(loader, "agencies", agency("A1", "Dinas Sosial"))
    load(loader, "posts", post("P2", "Kepala Dinas"))
    tables = load(
        loader, "appointments",
        decree("1", "Ani", tmt="2016-01-01"),
        decree("2", "Budi", tmt="2019-01-01"),
        decree("3", "Citra", tmt="2019-01-01", instansi="Dinas Kesehatan", wilayah="35.78"),
    )  # fmt: skip
    found = posts.find(tables, "KEPALA  sosial")
    assert [(line.key.code, line.key.title, line.decrees) for line in found.posts] == [
        ("", "Kepala Dinas", 2), ("P2", "Kepala Dinas", 0),
    ]  # fmt: skip
    assert found.more == 0
    assert found.agencies == ()
    assert [line.name for line in posts.find(tables, "dinas sosial").agencies] == ["Dinas Sosial"]
    elsewhere = posts.find(tables, "kepala", "35.78")
    assert [line.key.agency_name for line in elsewhere.posts] == ["Dinas Kesehatan"]
    assert posts.find(tables, "menteri").posts == ()
    assert posts.find(tables, "  ").posts == ()


def test_a_search_that_finds_more_says_how_many(loader: Loader) -> None:
    rows = [
        decree(str(n), "Ani", tmt="2019-01-01", jabatan=f"Kepala Seksi {n}")
        for n in range(posts.SHOWN + 3)
    ]
    found = posts.find(load(loader, "appointments", *rows), "kepala seksi")
    assert (len(found.posts), found.more) == (posts.SHOWN, 3)


def test_a_post_in_no_list_and_a_title_of_thousands_are_refused(
    loader: Loader, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = load(
        loader, "appointments", *(decree(str(n), f"Orang {n}", tmt="2019-01-01") for n in range(5))
    )
    with pytest.raises(Refusal, match="Cari lagi"):
        posts.history(tables, PostKey("", "A1", "Dinas Sosial", "Menteri"))
    monkeypatch.setattr(posts, "MOST_DECREES", 4)
    with pytest.raises(Refusal):
        posts.history(tables, HEAD)
