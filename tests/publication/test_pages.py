"""The public pages: anyone, both languages, empty and full, files that do no harm."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.publication.conftest import AT, add_rows, show_all
from timbang.accounts.models import Organ
from timbang.cases.models import PublicCase, PublicState
from timbang.ledger import actions as ledger
from timbang.ledger.keys import signing_key
from timbang.ledger.texts import check_opening, check_proof
from timbang.ledger.verifying import verify
from timbang.publication.actions import release
from timbang.publication.chart import WIDTH, bar_chart, months_between
from timbang.publication.models import Release
from timbang.publication.spreadsheet import harmless, write_csv

pytestmark = [pytest.mark.django_db, pytest.mark.urls("timbang.web.urls_public")]


@pytest.fixture
def released(organ: Organ) -> Release:
    add_rows(10, month="2026-08", conduct="photo", lapsed=1)
    add_rows(6, month="2026-10", state=PublicState.DECIDED, days_taken=40)
    add_rows(5, model=PublicCase, month="2026-10", state=PublicState.IN_CASE)
    found = release(at=AT, draw=show_all)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("url", "said"),
    [("/statistik/", "Belum ada angka yang dirilis"), ("/en/statistik/", "No figures have been")],
)
def test_before_the_first_release_the_page_says_so(client: Client, url: str, said: str) -> None:
    page = client.get(url)
    assert page.status_code == 200
    assert said in page.content.decode()
    for name in ("data.json", "data.csv", "rilis/2026-10.json", "rilis/2026-10.opening"):
        assert client.get(f"/statistik/{name}").status_code == 404


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (
            "/statistik/",
            ["sedikitnya", "Oktober 2026", "Diputus", "31 sampai 60 hari", "tidak berarti nol"],
        ),
        (
            "/en/statistik/",
            ["at least", "October 2026", "Decided", "31 to 60 days", "does not mean zero"],
        ),
    ],
)
def test_anyone_reads_the_figures_in_both_languages(
    released: Release, client: Client, url: str, told: list[str]
) -> None:
    page = client.get(url)
    text = page.content.decode()
    for words in told:
        assert words in text
    assert "Daerah Istimewa Yogyakarta" in text
    assert "Inspektorat &lt;Coba&gt;" in text
    assert "<script" not in text
    assert " style=" not in text
    assert not page.cookies


def test_a_release_in_which_nothing_can_be_shown_says_why(organ: Organ, client: Client) -> None:
    add_rows(4)
    release(at=AT, draw=show_all)
    text = client.get("/en/statistik/").content.decode()
    assert text.count("Nothing can be shown yet") == 2
    assert "<svg" not in text


def test_the_chart_has_words_and_a_table_with_the_same_figures(
    released: Release, client: Client
) -> None:
    text = client.get("/en/statistik/").content.decode()
    chart = text[text.index("<svg") : text.index("</svg>")]
    assert 'role="img"' in chart
    assert "<title" in chart
    # August, September without a figure, October
    assert [word in chart for word in ("Aug 2026", "Sep 2026", "Oct 2026")] == [True] * 3
    assert chart.count("<rect") == 2
    assert "Reports: by month" in text


def test_the_files_are_those_that_were_released(released: Release, client: Client) -> None:
    add_rows(50)
    latest, frozen = (client.get(f"/statistik/{n}") for n in ("data.json", "rilis/2026-10.json"))
    assert latest.content.decode() == frozen.content.decode() == released.file
    assert json.loads(latest.content)["month"] == "2026-10"
    later = release(at=datetime(2026, 12, 2, tzinfo=UTC), draw=show_all)
    assert later is not None
    assert client.get("/statistik/rilis/2026-10.json").content == frozen.content
    assert client.get("/statistik/data.json").content.decode() == later.file
    assert client.get("/statistik/rilis/2026-09.json").status_code == 404


def test_the_csv_says_the_same_as_the_json(released: Release, client: Client) -> None:
    page = client.get("/statistik/data.csv")
    assert page["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(page.content.decode())))
    extra = {"month_released", "organ_name", "province_name"}
    told = [
        {key: value for key, value in row.items() if value and key not in extra} for row in rows
    ]
    figures = json.loads(released.file)["figures"]
    assert told == [{key: str(value) for key, value in figure.items()} for figure in figures]
    assert {row["province_name"] for row in rows} == {"", "Daerah Istimewa Yogyakarta"}


def test_a_name_that_looks_like_a_formula_is_shown_not_computed(
    organ: Organ, client: Client
) -> None:
    Organ.objects.update(name="=HYPERLINK(1)")
    add_rows(5)
    release(at=AT, draw=show_all)
    rows = csv.DictReader(io.StringIO(client.get("/statistik/data.csv").content.decode()))
    assert {row["organ_name"] for row in rows} == {"", "'=HYPERLINK(1)"}


@pytest.mark.parametrize(
    ("start", "shown"),
    [
        *((each, f"'{each}") for each in ("=1", "+1", "-1", "@a", " =1", "\r1", "\ta")),
        # where a program splits at the tab or the line, a cell begins behind it
        *((each, f"'{each[0]}'=1") for each in ("\t=1", "\n=1")),
        ("a;=1", "a;'=1"),
    ],
)
def test_whatever_a_spreadsheet_would_compute_is_disarmed(start: str, shown: str) -> None:
    assert harmless(start) == shown
    (row,) = csv.DictReader(io.StringIO(write_csv(["a", "b"], [{"a": start, "b": 5}]), newline=""))
    assert row == {"a": shown, "b": "5"}


def test_plain_words_and_numbers_stay_as_they_are() -> None:
    assert [harmless(value) for value in ("a=b", 15, "", "2026-10")] == ["a=b", "15", "", "2026-10"]


def test_anyone_can_check_that_the_log_committed_to_a_release(
    released: Release, client: Client
) -> None:
    assert client.get("/statistik/rilis/2026-10.tlog-proof").status_code == 404
    ledger.sequence(at=AT)
    ledger.publish(settings.LOG, at=AT)
    opening = client.get("/statistik/rilis/2026-10.opening").content.decode()
    proof = client.get("/statistik/rilis/2026-10.tlog-proof").content.decode()
    assert released.digest in opening
    assert check_opening(opening) == check_proof(proof, signing_key().verifier).leaf


@pytest.mark.parametrize(
    ("url", "said"), [("/log/", "Periksa log"), ("/en/log/", "Verify the log")]
)
def test_the_page_on_verifying_says_how_before_and_after_publication(
    client: Client, url: str, said: str
) -> None:
    before = client.get(url).content.decode()
    assert said in before
    assert client.get("/log/files.txt").status_code == 404
    checkpoint = ledger.publish(settings.LOG, at=AT)
    after = client.get(url).content.decode()
    assert signing_key().vkey in unescape(after)
    assert checkpoint.note in unescape(after)
    assert "timbang log verify log --key" in after


def test_the_listed_files_are_enough_to_verify_a_copy(
    released: Release, client: Client, tmp_path: Path
) -> None:
    ledger.sequence(at=AT)
    ledger.publish(settings.LOG, at=AT)
    for name in client.get("/log/files.txt").content.decode().split():
        copy = tmp_path / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(b"".join(client.get(f"/log/{name}").streaming_content))
    verdict = verify(tmp_path, signing_key().vkey, None)
    assert verdict.ok
    assert verdict.checkpoint is not None
    assert verdict.checkpoint.size == 1


@pytest.mark.parametrize(
    "url",
    ["/statistik/", "/statistik/data.json", "/statistik/data.csv", "/log/", "/log/files.txt"],
)
def test_public_pages_are_only_read(client: Client, url: str) -> None:
    assert client.post(url).status_code == 405


def test_the_chart_fits_a_narrow_screen() -> None:
    chart = bar_chart([("Jan 2026", 5), ("Feb 2026", None), ("Mar 2026", 1_000_000)])
    assert chart.width == WIDTH <= 288
    assert [bar.bar_width for bar in chart.bars] == [0, 0, 168]
    assert max(bar.number_x for bar in chart.bars) < WIDTH
    assert chart.height >= max(bar.text_y for bar in chart.bars)
    assert [bar.value for bar in chart.bars] == [5, None, 1_000_000]
    assert bar_chart([("x", None)]).bars[0].bar_width == 0


def test_months_between_two_are_all_there() -> None:
    assert months_between("2025-11", "2026-02") == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert months_between("2026-02", "2026-02") == ["2026-02"]
