"""The public pages of the score, in both languages, without a script."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from tests.policy import scene
from tests.policy.conftest import AT, Cast, days_later
from timbang.ledger import actions as ledger
from timbang.policy import actions, score_chart
from timbang.policy.models import Dossier
from timbang.policy.score import Month

pytestmark = pytest.mark.django_db

NOW = days_later(200)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[datetime]:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    yield NOW


@pytest.fixture
def busy(cast: Cast) -> list[Dossier]:
    """Ten dossiers in the lane, one a week; each third report came late."""
    found = []
    for week in range(10):
        at = days_later(7 * week)
        dossier = scene.opened(cast, at=at)
        body = scene.LANE | {"sunset_on": "2027-05-01"}
        actions.write_part(dossier, "lane", body, seen=scene.now(dossier), by=cast.head, at=at)
        scene.signed(dossier, cast.governor, at=at)
        scene.untied(dossier, cast.head, at=at)
        scene.step(dossier, "use_lane_disaster", cast.head, "Tidak dapat menunggu.", at=at)
        scene.pay(dossier, "notice", cast.head, at=at)
        scene.pay(dossier, "report", cast.head, at=days_later(7 * week + (1 if week % 3 else 30)))
        found.append(dossier)
    scene.evaluated(scene.opened(cast), cast)
    ledger.sequence(at=AT)
    return found


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "<script" not in text
    assert " style=" not in text
    return text


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page_of_an_office_shows_score_interval_debts_and_history(
    client: Client, busy: list[Dossier], language: str
) -> None:
    told = client.get("/kebijakan/skor/dinas-a/data.json").json()
    text = page(client, f"{language}/kebijakan/skor/dinas-a/")
    comma = str.maketrans("", "") if language else str.maketrans(".", ",")
    assert str(told["score"]).translate(comma) in text
    assert str(told["interval"][0]).translate(comma) in text
    assert text.count(busy[0].number) > 1
    assert "<svg" in text
    assert "<polyline" in text
    assert len(told["history"]) == 7
    assert told["lane"] == {"uses": 10, "decisions": 11, "share": 90.9, "interval": [62.3, 98.4]}
    assert ("10 of 11" if language else "10 dari 11") in text


def test_no_name_of_a_person_is_on_the_pages(client: Client, busy: list[Dossier]) -> None:
    for path in ("", "dinas-a/", "data.json", "data.csv", "dinas-a/data.json"):
        text = client.get(f"/kebijakan/skor/{path}").content.decode().lower()
        for login in ("kepala", "wakil", "gubernur"):
            assert not re.search(rf"\b{login}\b", text), (path, login)


def test_the_list_goes_by_name_and_says_not_known(client: Client, cast: Cast) -> None:
    scene.evaluated(scene.opened(cast), cast)
    ledger.sequence(at=AT)
    text = page(client, "/en/kebijakan/skor/")
    names = re.findall(r">(Kantor [a-z-]+)</a>", text)
    assert names == ["Kantor badan-anggaran", "Kantor biro-hukum", "Kantor dinas-a"]
    assert text.count("not known</td>") == 3
    rows = client.get("/kebijakan/skor/data.json").json()["offices"]
    assert [row["score"] for row in rows] == [None] * 3
    assert client.get("/kebijakan/skor/data.csv").content.decode().count("\r\n") == 4


def test_what_has_no_place_in_the_log_does_not_count_yet(
    client: Client, cast: Cast, busy: list[Dossier]
) -> None:
    before = client.get("/kebijakan/skor/dinas-a/data.json").json()
    scene.opened(cast, at=NOW)
    after = client.get("/kebijakan/skor/dinas-a/data.json").json()
    assert after == before | {"waiting": 1}
    assert "1 entry waits" in page(client, "/en/kebijakan/skor/dinas-a/")
    ledger.sequence(at=AT)
    now = client.get("/kebijakan/skor/dinas-a/data.json").json()
    assert now["waiting"] == 0
    assert now["counts"]["waiting"] == before["counts"]["waiting"] + 1


def test_an_office_that_owed_nothing_has_no_page(client: Client, cast: Cast) -> None:
    assert client.get("/kebijakan/skor/dinas-a/").status_code == 404
    assert client.get("/kebijakan/skor/tidak-ada/").status_code == 404
    assert "No office has owed anything" in page(client, "/en/kebijakan/skor/")


@pytest.mark.parametrize("language", ["", "/en"])
def test_formula_and_files_have_their_pages(client: Client, db: None, language: str) -> None:
    assert "G / (G + B)" in page(client, f"{language}/kebijakan/rumus-skor/")
    assert "timbang policy score" in page(client, f"{language}/kebijakan/log/")


def test_the_json_is_that_of_the_command(client: Client, busy: list[Dossier]) -> None:
    told = client.get("/kebijakan/skor/dinas-a/data.json").json()
    assert set(told) - {"name", "waiting"} == {
        "office", "on", "formula", "known", "score", "interval", "months", "counts", "lane", "late",
        "overdue", "cost_of_all", "coming", "history", "numbers", "strays",
    }  # fmt: skip
    assert json.loads(json.dumps(told)) == told


# The drawing


def month(value: float | None) -> Month:
    low = None if value is None else value - 10
    high = None if value is None else value + 10
    return Month(AT.date(), value, low, high, 10, 0)


def test_a_month_that_is_not_known_breaks_the_line() -> None:
    drawn = score_chart.chart([month(50), month(60), month(None), month(70)])
    assert drawn is not None
    assert len(drawn.lines) == len(drawn.bands) == 2
    assert len(drawn.dots) == 3
    assert score_chart.chart([month(None)]) is None
    assert score_chart.chart([]) is None


def test_all_places_lie_inside_the_picture() -> None:
    drawn = score_chart.chart([month(value) for value in (10, 90, 50)])
    assert drawn is not None
    for points in (*drawn.lines, *drawn.bands):
        for point in points.split():
            x, y = map(int, point.split(","))
            assert 0 <= x <= drawn.width
            assert 0 <= y <= drawn.height - score_chart.BOTTOM
