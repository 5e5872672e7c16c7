"""The public list of offices that have not acted: made of public rows, in both languages."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tests.publication.conftest import AT, show_all
from timbang.cases.models import IdleOffice, SanctionFact
from timbang.publication.actions import release

pytestmark = [pytest.mark.django_db, pytest.mark.urls("timbang.web.urls_public")]
DAY = {
    "day": "2026-10-05", "counts": False, "number": None, "kind": "holiday",
    "reason": "a public holiday", "reason_id": "hari libur nasional", "source": "SKB",
}  # fmt: skip


def row(**changes: object) -> IdleOffice:
    told: dict[str, object] = {
        "organ_code": "ppk-32", "organ_name": "=Pemerintah <Contoh>", "region_code": "32",
        "procedure": "discipline_pp_94", "step": "deliver", "duty_id": "Penyampaian keputusan",
        "duty_en": "Delivery of the decision", "citation": "PP 94/2021 ps 37(3)",
        "level": "two_copies", "delivered_on": date(2026, 10, 1), "last_day": date(2026, 10, 20),
        "listed_on": date(2026, 10, 21), "days": [DAY],
    }  # fmt: skip
    return IdleOffice.objects.create(**told | changes)


def test_an_empty_list_says_who_would_stand_there(client: Client) -> None:
    page = client.get("/en/belum-bertindak/").content.decode()
    assert "No office stands here" in page
    assert "Offices only: never a person" in page


def test_anyone_reads_the_office_its_term_and_what_takes_it_off(client: Client) -> None:
    found = row()
    page = client.get("/en/belum-bertindak/").content.decode()
    assert "Pemerintah &lt;Contoh&gt;" in page
    one = client.get(f"/en/belum-bertindak/{found.pk}/").content.decode()
    for words in ("Delivery of the decision", "a public holiday", "What takes this office off"):
        assert words in one
    indonesian = client.get(f"/belum-bertindak/{found.pk}/").content.decode()
    assert "hari libur nasional" in indonesian
    assert client.get(f"/belum-bertindak/{'0' * 8}-0000-4000-8000-{'0' * 12}/").status_code == 404


def test_who_acted_late_keeps_his_row_with_the_day(client: Client) -> None:
    found = row(acted_on=date(2026, 11, 1))
    page = client.get("/en/belum-bertindak/").content.decode()
    assert "Acted late" in page
    assert "1 November 2026" in page
    one = client.get(f"/en/belum-bertindak/{found.pk}/").content.decode()
    assert "What takes this office off" not in one


def test_the_files_hold_the_same_and_no_formula(client: Client) -> None:
    found = row()
    data = json.loads(client.get("/belum-bertindak/data.json").content)
    assert data["format"] == "timbang-not-acted/1"
    assert data["offices"][0]["id"] == str(found.pk)
    assert data["offices"][0]["days"] == [DAY]
    text = client.get("/belum-bertindak/data.csv").content.decode()
    [line] = csv.DictReader(io.StringIO(text))
    assert line["office_name"].startswith("'=")


@pytest.mark.parametrize(
    "changes",
    [
        {"listed_on": date(2026, 10, 20)},
        {"delivered_on": date(2026, 10, 21)},
        {"acted_on": date(2026, 9, 1)},
    ],
)
def test_nobody_is_listed_before_he_is_late(changes: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        row(**changes)


def test_the_range_of_sanctions_is_told_from_shown_figures_only(client: Client) -> None:
    kinds = [("ringan", "oral_reprimand", 15), ("ringan", "written_reprimand", 5)]
    for level, kind, number in kinds:
        for _ in range(number):
            SanctionFact.objects.create(
                norm="pp_94_2021/4f", level=level, kind=kind, organ_code="x", month="2026-09"
            )
    assert release(at=AT + timedelta(0), draw=show_all) is not None
    page = client.get("/en/statistik/").content.decode()
    assert "What was imposed on one norm" in page
    assert "Three quarters up to" in page
