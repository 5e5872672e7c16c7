"""What programs read of a dossier: public columns, published dossiers, nothing that is withheld."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from tests.policy import scene
from tests.policy.conftest import AT, Cast
from timbang.ledger.actions import record
from timbang.policy import actions, addresses, datapackage
from timbang.policy.models import (
    Comment,
    Debt,
    Dossier,
    LaneUse,
    Line,
    Milestone,
    Part,
    Piece,
    Shown,
    SiteVisit,
    StepTerm,
    Tie,
)

pytestmark = pytest.mark.django_db

MODELS = {
    "dossier": Dossier, "documents": Piece, "parts": Part, "terms": StepTerm, "debts": Debt,
    "lane": LaneUse, "milestones": Milestone, "comments": Comment, "visits": SiteVisit, "ties": Tie,
    "journal": Line,
}  # fmt: skip


@pytest.fixture
def lane(cast: Cast) -> Dossier:
    dossier = scene.opened(cast, title="=1+1 Jembatan; -darurat")
    scene.in_lane(dossier, cast)
    scene.pay(dossier, "report", cast.head)
    dossier.refresh_from_db()
    return dossier


def address(dossier: Dossier, rest: str = "") -> str:
    return f"/kebijakan/{addresses.slug_of(dossier.number)}/{rest}"


def rows(client: Client, dossier: Dossier, name: str) -> list[dict[str, str]]:
    answer = client.get(address(dossier, f"data/{name}.csv"))
    assert answer.status_code == 200, name
    return list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))


def test_every_table_has_public_columns_only(lane: Dossier) -> None:
    for table in datapackage.tables(lane):
        public = set(MODELS[table.name].CLASSES["public"])
        for name, _kind in table.columns:
            assert name.removesuffix("_id") in public, (table.name, name)


def test_the_package_names_every_file_and_its_columns(client: Client, lane: Dossier) -> None:
    package = client.get(address(lane, "datapackage.json")).json()
    assert package["name"] == addresses.slug_of(lane.number)
    assert [each["name"] for each in package["resources"]] == list(MODELS)
    for each in package["resources"]:
        assert each["path"] == f"data/{each['name']}.csv"
        answer = client.get(address(lane, each["path"]))
        head = next(csv.reader(io.StringIO(answer.content.decode(), newline="")))
        assert head == [field["name"] for field in each["schema"]["fields"]]
    assert client.get(address(lane, "data/officers.csv")).status_code == 404


def test_the_tables_say_what_the_dossier_says(client: Client, lane: Dossier) -> None:
    debts = {row["code"]: row for row in rows(client, lane, "debts")}
    assert debts["report"]["paid_on"] == AT.date().isoformat()
    assert debts["audit"]["paid_on"] == ""
    (lane_row,) = rows(client, lane, "lane")
    assert lane_row["ground"] == "disaster"
    assert next(row["act"] for row in rows(client, lane, "journal")) == "opened"
    journal = rows(client, lane, "journal")
    assert {row["organ"] for row in journal} == {"dinas-a"}
    assert "kepala" not in json.dumps(journal)


def test_no_spreadsheet_takes_a_text_for_a_formula(client: Client, lane: Dossier) -> None:
    (row,) = rows(client, lane, "dossier")
    assert row["title"] == "'=1+1 Jembatan;' -darurat"
    as_json = client.get("/kebijakan/data.json").json()["dossiers"]
    assert as_json[0]["title"] == "=1+1 Jembatan; -darurat"


def test_the_whole_package_is_one_file_and_the_same_each_time(
    client: Client, lane: Dossier
) -> None:
    first = client.get(address(lane, "paket.zip")).content
    assert first == client.get(address(lane, "paket.zip")).content
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        names = archive.namelist()
        package = json.loads(archive.read("datapackage.json"))
        assert names == ["datapackage.json", *(each["path"] for each in package["resources"])]
        assert archive.read("data/debts.csv") == client.get(address(lane, "data/debts.csv")).content


def test_a_draft_is_nowhere(client: Client, cast: Cast) -> None:
    draft = scene.observed(cast)
    for rest in ("datapackage.json", "data/dossier.csv", "paket.zip", "kalender.ics"):
        assert client.get(address(draft, rest)).status_code == 404, rest
    assert draft.number not in client.get("/kebijakan/data.csv").content.decode()
    assert client.get("/kebijakan/data.json").json()["dossiers"] == []


def test_half_a_study_is_in_no_file(client: Client, cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.write(dossier, cast.analyst, "problem")
    assert rows(client, dossier, "parts") == []
    assert b"sarapan" not in client.get(address(dossier, "paket.zip")).content
    scene.write(dossier, cast.analyst, *scene.STUDY[1:])
    scene.untied(dossier, cast.analyst)
    scene.step(dossier, "submitted", cast.analyst)
    assert {row["kind"] for row in rows(client, dossier, "parts")} == set(scene.STUDY)


def test_only_voices_that_are_shown_are_in_the_files(client: Client, lane: Dossier) -> None:
    def comment(number: int, **changes: Any) -> None:
        entry = record(act="policy.comment", body={}, lane="daily", on=AT.date())
        Comment.objects.create(
            entry=entry, dossier=lane, step="study", receipt=bytes([number]) * 32, body=f"kata {number}",
            sent_on=AT.date(), **changes,
        )  # fmt: skip

    comment(1)
    comment(2, state=Shown.WITHHELD, why_withheld="threat")
    comment(3, state=Shown.SHOWN)
    assert [row["body"] for row in rows(client, lane, "comments")] == ["kata 3"]


def test_of_a_dossier_that_was_taken_back_number_and_reason_stay(
    client: Client, cast: Cast
) -> None:
    dossier = scene.observed(cast, title="Judul yang ditarik")
    actions.add_piece(
        dossier, scene.paper("decision"), seen=scene.now(dossier), by=cast.watcher, at=AT
    )
    actions.publish(dossier, seen=scene.now(dossier), by=cast.watcher, at=AT)
    assert len(client.get(address(dossier, "datapackage.json")).json()["resources"]) == 11
    actions.retract(dossier, "Salah sumber.", seen=scene.now(dossier), by=cast.watcher, at=AT)
    package = client.get(address(dossier, "datapackage.json"))
    assert [each["name"] for each in package.json()["resources"]] == ["dossier"]
    (row,) = rows(client, dossier, "dossier")
    assert (row["number"], row["why_retracted"]) == (dossier.number, "Salah sumber.")
    everything = [
        package.content, client.get(address(dossier, "data/dossier.csv")).content,
        client.get("/kebijakan/data.csv").content, client.get("/kebijakan/data.json").content,
    ]  # fmt: skip
    assert not any(b"Judul yang ditarik" in each for each in everything)
    assert client.get(address(dossier, "kalender.ics")).status_code == 404


# Calendars


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_the_calendar_of_a_dossier_has_its_terms_and_debts(client: Client, lane: Dossier) -> None:
    answer = client.get(f"/en{address(lane, 'kalender.ics')}")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    found = events(answer.content)
    days = {str(each["summary"]): each["dtstart"].dt for each in found}
    debts = list(lane.debts.all())
    for debt in debts:
        assert debt.due_on in days.values()
    settled = [each for each in days if each.startswith("Settled: ")]
    assert len(settled) == 2  # the study's step, and the report
    assert all(lane.number in each for each in days)
    assert len({str(each["uid"]) for each in found}) == len(found) == len(debts) + 2
    assert events(client.get(f"/en{address(lane, 'kalender.ics')}").content) == found


def test_the_calendar_of_an_office_has_all_its_dossiers(
    client: Client, cast: Cast, lane: Dossier
) -> None:
    other = scene.opened(cast)
    text = client.get("/kebijakan/skor/dinas-a/kalender.ics").content.decode().replace("\r\n ", "")
    assert lane.number in text
    assert other.number in text
    assert client.get("/kebijakan/skor/warga-peduli/kalender.ics").status_code == 404
    assert client.get("/kebijakan/skor/tidak-ada/kalender.ics").status_code == 404
