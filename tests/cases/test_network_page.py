"""Networks at the desk: for a case or lead only, on the record, drawn and told in tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.urls import reverse

from tests.cases.conftest import log_in, office
from tests.registry.loader import Loader
from tests.signals.network.test_measures import pyramid
from timbang.cases.actions.looking_up import words_of
from timbang.cases.models import Case, LookUp
from timbang.cases.vault import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def facts(tmp_path: Path, settings: LazySettings) -> Loader:
    found = Loader(tmp_path)
    settings.TABLES, settings.PEOPLE = found.store.folder, tmp_path / "people"
    return found


@pytest.fixture
def loaded(facts: Loader) -> None:
    """The invented pyramid, as a file of exchange records."""
    rows = []
    for number, row in enumerate(pyramid(), 1):
        told: dict[str, Any] = {key: value for key, value in row.items() if value is not None}
        told |= {
            "exchange_id": f"X-{number}", "giver": row["giver_id"], "receiver": row["receiver_id"],
            "evidence": "berita acara", "confidence": "medium",
        }  # fmt: skip
        rows.append(json.dumps(told, default=str))
    facts.load("exchanges", facts.write("exchanges.jsonl", "\n".join(rows) + "\n"))


def ask(login: str, **told: object) -> str:
    answer = log_in(login).post(reverse("cases:network"), {"months": 3} | told)
    return " ".join(answer.content.decode().split())


def test_a_network_is_drawn_and_told_in_tables(alice: Desk, case: Case, loaded: None) -> None:
    page = ask("alice", number=case.number)
    assert "46 exchanges, 13 actors, 11 pairs." in page
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in page
    assert "8 pairs have all four elements of clientelism" in page
    assert "reaches 10, 0 of them directly" in page
    assert "Kin, neighbours and colleagues" in page
    assert "nobody here is accused" in page
    # what is drawn stands in the table of lines: nineteen of them
    lines = page.split("Lines of the drawing", 1)[1]
    assert lines.count("<tr>") == 20


def test_each_opening_is_an_entry_and_its_words_are_sealed(
    alice: Desk, bob: Desk, case: Case, loaded: None
) -> None:
    ask("alice", number=case.number, region="Kota Bandung", first="2024-01-01", last="2024-12-31")
    row = LookUp.objects.get()
    assert (row.number, row.officer) == (case.number, alice.officer)
    assert words_of(row, bob) == "network; 32.73; 2024-01-01; 2024-12-31"


@pytest.mark.parametrize("number", ["", "9999/BAWASLU-32/2026", "L-x/2026"])
def test_nothing_is_shown_without_a_case_or_lead(
    alice: Desk, case: Case, loaded: None, number: str
) -> None:
    page = ask("alice", number=number)
    assert "<svg" not in page.split("<h1", 1)[1]
    assert "B1K0" not in page
    assert LookUp.objects.count() == 0


def test_the_empty_page_shows_nobody(alice: Desk, loaded: None) -> None:
    page = log_in("alice").get(reverse("cases:network")).content.decode()
    assert "B1K0" not in page
    assert LookUp.objects.count() == 0


@pytest.mark.parametrize(
    "kind", ["regent", "appointing_officer", "inspectorate", "higher_officer", "service_provider"]
)
def test_no_role_of_a_regional_executive_opens_it(
    alice: Desk, case: Case, loaded: None, kind: str
) -> None:
    office("daerah", kind, "dewi")
    browser = log_in("dewi")
    assert browser.get(reverse("cases:network")).status_code == 404
    assert (
        browser.post(reverse("cases:network"), {"months": 3, "number": case.number}).status_code
        == 404
    )
    assert LookUp.objects.count() == 0


def test_the_period_moves_by_its_own_length(alice: Desk, case: Case, loaded: None) -> None:
    told = {"number": case.number, "first": "2024-07-01", "last": "2024-12-31"}
    assert "38 exchanges" in ask("alice", **told)
    earlier = ask("alice", **told, move="earlier")
    assert 'value="2023-12-30"' in earlier
    assert 'value="2024-06-30"' in earlier
    assert "2 exchanges" in earlier
    assert "No exchange is on record there and then." in ask("alice", **told, move="later")


def test_a_region_without_exchanges_is_empty(alice: Desk, case: Case, loaded: None) -> None:
    page = ask("alice", number=case.number, region="35.25")
    assert "No exchange is on record there and then." in page


@pytest.mark.parametrize(
    ("form", "begins", "kind"),
    [
        ("svg", "<svg ", "image/svg+xml"),
        ("gexf", "<?xml ", "application/xml"),
        ("ftm", '{"id": ', "application/json"),
    ],
)
def test_a_network_is_downloaded(
    alice: Desk, case: Case, loaded: None, form: str, begins: str, kind: str
) -> None:
    answer = log_in("alice").post(
        reverse("cases:network"), {"months": 3, "number": case.number, "as": form}
    )
    assert answer["Content-Type"].startswith(kind)
    assert "attachment" in answer["Content-Disposition"]
    assert answer.content.decode().startswith(begins)
    assert LookUp.objects.count() == 1


def test_followthemoney_gets_both_ends_of_every_exchange(
    alice: Desk, case: Case, loaded: None
) -> None:
    answer = log_in("alice").post(
        reverse("cases:network"), {"months": 3, "number": case.number, "as": "ftm"}
    )
    entities = [json.loads(line) for line in answer.content.decode().splitlines()]
    ids = {entity["id"] for entity in entities}
    links = [entity for entity in entities if entity["schema"] == "UnknownLink"]
    assert len([link for link in links if link["properties"]["role"] != ["through"]]) == 46
    for link in links:
        assert {*link["properties"]["subject"], *link["properties"]["object"]} <= ids


def test_the_page_leads_to_it(alice: Desk) -> None:
    assert (
        reverse("cases:network") in log_in("alice").get(reverse("cases:exchanges")).content.decode()
    )


def test_it_is_told_in_indonesian_too(alice: Desk, case: Case, loaded: None) -> None:
    answer = log_in("alice").post("/meja/jaringan/", {"months": 3, "number": case.number})
    page = " ".join(answer.content.decode().split())
    assert "46 pertukaran, 13 pihak, 11 pasangan." in page
    assert "tidak ada yang dituduh di sini" in page
    assert '<title id="network-title">Jaringan pertukaran</title>' in page
