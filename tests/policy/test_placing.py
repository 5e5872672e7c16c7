"""Projects by place beside votes: counted from the tables, with what they do not hold."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client, override_settings
from django.urls import reverse

from tests.registry.loader import Loader, csv_of
from timbang.policy import placed_pages, placing
from timbang.policy.placing import Counted, Projects, Votes
from timbang.policy.placing_command import places as command

ON = date(2026, 11, 22)
ANY = {"unknown_at_most": "small test"}


@pytest.fixture
def loader(tmp_path: Path) -> Loader:
    return Loader(tmp_path)


def plan(code: str, region: str, budget: object, programme: str = "1.01.02") -> dict[str, Any]:
    return {"tahun_anggaran": "2026", "kd_rup": code, "nama_paket": f"Dapur {code}",
            "kode_wilayah": region, "kd_program_str": programme, "pagu": budget}  # fmt: skip


def candidate(region: str, name: str, votes: object, elected: str) -> dict[str, object]:
    return {"Tahun": 2024, "Pemilihan": "pilkada-2024", "Jenis Pemilihan": "Bupati",
            "Wilayah": region, "Partai": "P", "Nomor Pasangan": name, "Nama": f"Calon {name}",
            "Suara": votes, "Terpilih": elected}  # fmt: skip


def figure(region: str, value: object, year: int = 2025, **more: object) -> dict[str, object]:
    told = {"Tahun": year, "Wilayah": region, "Indikator": "Jumlah Penduduk Miskin",
            "Nilai": value, "Satuan": "Ribu Jiwa", "Penerbit": "BPS"}  # fmt: skip
    return told | more


def loaded(loader: Loader) -> Path:
    plans = [
        plan("1", "35.01", 100_000), plan("2", "35.01", 300_000), plan("3", "35.02", 50_000),
        plan("4", "35.03", 90_000), plan("5", "", 10_000), plan("6", "35.01", 7, "2.09"),
        plan("7", "35.02", None),
    ]  # fmt: skip
    loader.load("sirup", loader.write("a.json", json.dumps({"data": plans})), accepted=ANY)
    votes = [
        candidate("Kab. Pacitan", "1", 600, "ya"), candidate("Kab. Pacitan", "2", 400, "tidak"),
        candidate("Kab. Ponorogo", "1", 500, "ya"), candidate("Kab. Ponorogo", "2", "", "tidak"),
        candidate("Kab. Trenggalek", "1", 300, ""), candidate("Kab. Trenggalek", "2", 100, ""),
    ]  # fmt: skip
    loader.load("candidates", loader.write("b.csv", csv_of(votes)), accepted=ANY)
    needs = [
        figure("Pacitan", "4,5", 2024), figure("Pacitan", "5"), figure("Pacitan", "9", 2027),
        figure("Ponorogo", "6"), figure("Ponorogo", "7", Penerbit="Dinas Sosial"),
        figure("Pacitan", "12,5", Indikator="Persentase Penduduk Miskin", Satuan="Persen"),
    ]  # fmt: skip
    loader.load("figures", loader.write("c.csv", csv_of(needs)), accepted=ANY)
    return loader.store.folder


def test_projects_and_votes_are_counted_by_place(loader: Loader, tmp_path: Path) -> None:
    counted = placing.build(loaded(loader), tmp_path / "out", on=ON)
    assert placing.read(tmp_path / "out") == counted
    found = {
        each.region: each
        for each in placing.places(
            counted, table="plans", source="sirup", programme="1.01.02", year=2026
        )
    }
    pacitan = found["35.01"]
    assert (pacitan.packages, pacitan.amount, pacitan.unpriced) == (2, 400_000, 0)
    assert (pacitan.votes, pacitan.per_vote, pacitan.elected) == (1000, 400, 0.6)
    ponorogo = found["35.02"]
    assert (ponorogo.packages, ponorogo.unpriced) == (2, 1)
    assert (ponorogo.votes, ponorogo.per_vote, ponorogo.elected) == (None, None, None)
    trenggalek = found["35.03"]
    assert (trenggalek.votes, trenggalek.elected) == (400, None)
    assert found[""].packages == 1
    assert list(found)[-1] == ""


def test_need_is_the_newest_figure_that_publishers_agree_on(loader: Loader, tmp_path: Path) -> None:
    counted = placing.build(loaded(loader), tmp_path / "out", on=ON)
    assert placing.measures(counted) == ["poor", "poor_share"]

    def of(measure: str) -> dict[str, placing.Place]:
        found = placing.places(
            counted, table="plans", source="sirup", programme="1.01.02", year=2026, measure=measure
        )
        return {each.region: each for each in found}

    pacitan = of("poor")["35.01"]
    assert pacitan.need == placing.Figure("35.01", "poor", 2025, 5000.0, "BPS")
    assert pacitan.per_need == 80
    assert of("poor")["35.02"].need is None  # two publishers, two figures
    assert of("poor")["35.03"].need is None
    share = of("poor_share")["35.01"]
    assert share.need is not None
    assert (share.need.value, share.per_need) == (12.5, None)
    assert of("")["35.01"].need is None


def test_the_file_follows_the_tables(loader: Loader, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert placing.is_outdated(tmp_path / "tables", out) is False
    tables = loaded(loader)
    assert placing.is_outdated(tables, out) is True
    answer = CliRunner().invoke(command, [str(tables), str(out)])
    assert answer.exit_code == 0, answer.output
    assert placing.is_outdated(tables, out) is False
    loader.load(
        "sirup", loader.write("c.json", json.dumps({"data": [plan("9", "35.01", 1)]})), accepted=ANY
    )
    assert placing.is_outdated(tables, out) is True


def test_no_person_stands_in_the_file(loader: Loader, tmp_path: Path) -> None:
    placing.build(loaded(loader), tmp_path / "out", on=ON)
    assert "Calon" not in (tmp_path / "out" / placing.NAME).read_text("utf-8")


def counted(*shares: float | None) -> Counted:
    regions = [f"35.0{place}" for place in range(1, len(shares) + 1)]
    return Counted(
        ON, "1",
        tuple(Projects("plans", "s", "", 2026, code, 1, 1000.0 * place, 0)
              for place, code in enumerate(regions, 1)),
        tuple(Votes(code, 2024, "kpu", 100, None if share is None else round(share * 100))
              for code, share in zip(regions, shares, strict=True)),
        {},
    )  # fmt: skip


def ranked(
    amounts: list[float], needs: list[float], measure: str = "poor"
) -> placing.Together | None:
    codes = [f"35.{place:02}" for place in range(1, len(amounts) + 1)]
    told = Counted(
        ON, "1",
        tuple(Projects("plans", "s", "", 2026, code, 1, amount, 0)
              for code, amount in zip(codes, amounts, strict=True)),
        (), {},
        tuple(placing.Figure(code, measure, 2025, need, "BPS")
              for code, need in zip(codes, needs, strict=True)),
    )  # fmt: skip
    found = placing.places(
        told, table="plans", source="s", programme="", year=2026, measure=measure
    )
    assert placing.together(found, "votes") is None
    return placing.together(found, "need")


def test_whether_money_goes_with_need_is_told_with_its_interval() -> None:
    tens = [float(place) for place in range(1, 11)]
    same, opposite = ranked(tens, tens), ranked(tens, tens[::-1])
    assert same is not None and opposite is not None
    assert (round(same.rho, 9), round(opposite.rho, 9)) == (1, -1)
    assert same.low < 1 and same.places == 10
    # By hand: the squared differences of the ranks add up to 24, so rho = 1 - 6 * 24 / 990.
    swapped = ranked(tens, [3.0, 2.0, 1.0, 6.0, 5.0, 4.0, 9.0, 8.0, 7.0, 10.0])
    assert swapped is not None
    assert swapped.rho == pytest.approx(1 - 6 * 24 / 990)
    assert swapped.low < swapped.rho < swapped.high
    # Equal ones share their rank.
    shared = ranked(tens, [1.0] * 5 + [2.0] * 5)
    assert shared is not None
    assert shared.rho == pytest.approx(0.8703882797784891)
    assert ranked(tens[:9], tens[:9]) is None
    assert ranked(tens, [1.0] * 10) is None
    # Beside a share, the size of a place alone would decide.
    assert ranked(tens, tens, "poor_share") is None


def drawn(*shares: float | None) -> placing.Scatter | None:
    found = placing.places(counted(*shares), table="plans", source="s", programme="", year=2026)
    return placing.scatter(found)


def test_a_drawing_needs_three_places_and_keeps_their_order() -> None:
    assert drawn(0.5, 0.6, None) is None
    picture = drawn(0.5, 0.6, 0.9)
    assert picture is not None
    xs, ys = [p.x for p in picture.points], [p.y for p in picture.points]
    assert xs == sorted(xs)
    assert ys == sorted(ys, reverse=True)
    assert all(0 <= p.x <= picture.width and 0 <= p.y <= picture.height for p in picture.points)


@pytest.mark.django_db
def test_before_anything_was_counted_the_page_says_what_is_missing(tmp_path: Path) -> None:
    with override_settings(PLACES=tmp_path / "none"):
        page = Client().get(reverse("dockets:placed")).content.decode()
        assert "No project has been counted yet." in page
        assert "no figure on file says how much a place needs" in page
        assert Client().get(reverse("dockets:placed-csv")).status_code == 404


@pytest.mark.django_db
def test_the_page_shows_a_programme_place_by_place(loader: Loader, tmp_path: Path) -> None:
    with override_settings(PLACES=tmp_path / "out", TABLES=loaded(loader)):
        assert placed_pages.keep() is True
        assert placed_pages.keep() is False
        address = reverse("dockets:placed")
        page = Client().get(address).content.decode()
        for words in ("1.01.02", "Kabupaten Pacitan", "400,000", "60 %", "place not known",
                      "(1 without an amount)", "not known"):  # fmt: skip
            assert words in page, words
        assert "Calon" not in page
        assert Client().get(address, {"isi": "plans|sirup|9|2026"}).status_code == 404
        other = Client().get(address, {"isi": "plans|sirup|2.09|2026"}).content.decode()
        assert "Kabupaten Ponorogo" not in other
        text = Client().get(reverse("dockets:placed-csv")).content.decode()
        rows = list(csv.DictReader(io.StringIO(text)))
        assert {
            (row["region"], row["need"], row["need_publisher"]) for row in rows if row["need"]
        } == {("35.01", "5000.0", "BPS")}
        assert len(rows) == 5
        assert "People who are poor" in page and "5,000" in page and "BPS, 2025" in page
        share = Client().get(address, {"butuh": "poor_share"}).content.decode()
        assert "12.50" in share and "5,000" not in share
        assert Client().get(address, {"butuh": "bad_roads"}).status_code == 404
        asked = {"butuh": "poor_share"}
        text = Client().get(reverse("dockets:placed-csv"), asked).content.decode()
        assert "12.5" in text
        assert Client().get(reverse("dockets:placed-csv"), {"butuh": "x"}).status_code == 404
