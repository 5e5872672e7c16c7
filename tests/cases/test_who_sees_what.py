"""Who reaches the main pages: the owner, one of her organ, one who must never get in, and nobody.

The table of every role on every page of the house is `tests/whole/test_roles.py`.
"""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from tests.cases.conftest import AT, PASSWORD, Office, file_report, log_in, make_case, office
from tests.cases.writing import chosen, write_all
from timbang.accounts.models import Organ
from timbang.cases import actions, reading, urls
from timbang.cases.actions import Given, Seen, Taking
from timbang.cases.actions.ways import record_information
from timbang.cases.keeping import Told
from timbang.cases.models import Case, OpenTerm, PriorInformation
from timbang.cases.vault import Desk
from timbang.reports import actions as reports
from timbang.reports.models import Report

OPEN_TO_ALL = {"start"}
# Pages that exist for every officer with content roles, and show his own organ's things only.
LISTS = {
    "reports",
    "cases",
    "corrections",
    "terms",
    "own-terms",
    "information-list",
    "information-new",
    "finding-new",
}


# The way of a report through the desk; the pages beside it have their rows in the whole table.
MAIN = OPEN_TO_ALL | LISTS | {
    "term", "term-suspend", "term-resume", "term-extend", "report", "identity", "ask", "reject",
    "new-case", "join", "report-copy", "report-original", "case", "facts", "person-new", "person",
    "hearing", "summons", "study", "recommendation", "note", "letter", "document", "receipt",
    "exhibits", "exhibit", "take-file", "take-words", "step", "track-new", "track-step", "follow",
    "transition", "hand-over", "delivery", "answer", "split", "merge", "keep", "information",
    "information-join",
}  # fmt: skip


@pytest.fixture
def report(bawaslu: Office) -> Report:
    return file_report(bawaslu.organ, files=True)


def kept(desk: Desk) -> PriorInformation:
    told = Told("Berita", "Koran memuat foto Tjahjo Koemolo.")
    return record_information(told, source="press", came_on=AT.date(), by=desk, at=AT)


@pytest.fixture
def places(case: Case, report: Report, alice: Desk) -> dict[str, str]:
    """The address of every page of this room, each with things that really exist."""
    write_all(case, alice)
    opened = reports.open_report(report, alice.private)
    actions.choose_words(
        case, opened, title="Kutipan", text="kutipan", seen=Seen.now(case), by=alice, at=AT
    )
    ids = {
        "report_id": report.pk,
        "attachment_id": opened.attachments[0].id,
        "case_id": case.pk,
        "accused_id": case.accused.get().pk,
        "document_id": case.documents.get(kind="study").pk,
        "exhibit_id": reading.exhibits_of(case, alice)[0].row.pk,
        "term_id": OpenTerm.objects.get(case=case).pk,
        "delivery_id": uuid.uuid4(),
        "track_id": uuid.uuid4(),
        "code": "crime",
        "place": 0,
        "information_id": kept(alice).pk,
        "contest": "pemilu",
        "outcome": "recommend",
    }
    return {
        pattern.name: reverse(
            f"cases:{pattern.name}",
            kwargs={key: ids[key] for key in pattern.pattern.converters},
        )
        for pattern in urls.urlpatterns
        if pattern.name in MAIN
    }


# A text file has no working copy; nothing went outside; the holder is at its own step; this
# procedure has no side track, and no rule moves the case to another one.
ABSENT = {"report-copy", "delivery", "track-new", "track-step", "transition"}


def answers(client: Client, places: dict[str, str]) -> dict[str, int]:
    return {name: client.get(place).status_code for name, place in places.items()}


@pytest.mark.parametrize("login", ["alice", "bob"])
def test_officers_of_the_organ_reach_every_page(login: str, places: dict[str, str]) -> None:
    found = answers(log_in(login), places)
    assert {name for name, code in found.items() if code != 200} == ABSENT


def test_an_officer_of_another_organ_reaches_nothing_of_it(
    charlie: Desk, places: dict[str, str]
) -> None:
    found = answers(log_in("charlie"), places)
    assert {name for name, code in found.items() if code != 404} == OPEN_TO_ALL | LISTS


def test_another_organ_sees_empty_lists(charlie: Desk, places: dict[str, str]) -> None:
    client = log_in("charlie")
    for name in ("start", "reports", "cases"):
        page = client.get(places[name]).content.decode()
        assert "Tjahjo" not in page
        assert "0001/BAWASLU-32/2026" not in page


@pytest.mark.parametrize("role", ["administrator", "auditor"])
def test_who_manages_or_audits_sees_no_content(
    role: str, bawaslu: Office, places: dict[str, str]
) -> None:
    bawaslu.add("rudi", role)
    client = log_in("rudi")
    found = answers(client, places)
    managed = {"own-terms"} if role == "administrator" else set()
    assert {name for name, code in found.items() if code != 404} == OPEN_TO_ALL | managed
    assert "opens no reports and no cases" in client.get(places["start"]).content.decode()


@pytest.mark.parametrize(
    ("role", "closed"),
    [
        (
            "receiver",
            {
                "facts", "person-new", "person", "hearing", "summons", "study", "recommendation",
                "letter", "exhibits", "take-file", "take-words", "hand-over",
                "split", "merge", "own-terms", "term-suspend", "term-resume", "term-extend",
            },
        ),
        ("examiner", {
                "reject", "new-case", "join", "follow", "own-terms", "keep", "information-join",
            }),
        ("decision_maker", set()),
    ],
)  # fmt: skip
def test_each_role_reaches_its_pages(
    role: str, closed: set[str], bawaslu: Office, places: dict[str, str]
) -> None:
    bawaslu.add("rudi", role)
    found = answers(log_in("rudi"), places)
    assert {name for name, code in found.items() if code == 404} == closed | ABSENT


def test_nobody_gets_further_than_the_login(places: dict[str, str]) -> None:
    for name, place in places.items():
        answer = Client().get(place)
        assert answer.status_code == 302, name
        assert reverse("accounts:login") in answer["Location"]


def test_a_revoked_officer_is_out(bawaslu: Office, places: dict[str, str]) -> None:
    from timbang.accounts import actions as accounts

    client = log_in("bob")
    accounts.revoke_officer(officer=bawaslu.desks["bob"].officer, by=None, at=AT)
    assert client.get(places["case"]).status_code == 302


def test_a_closed_key_asks_for_the_password(places: dict[str, str]) -> None:
    from timbang.accounts.models import Unlock

    client = log_in("alice")
    Unlock.objects.all().delete()
    answer = client.get(places["case"])
    assert answer.status_code == 302
    assert reverse("accounts:unlock") in answer["Location"]
    assert PASSWORD not in answer["Location"]


def test_writing_to_another_organs_things_is_not_found(
    charlie: Desk, places: dict[str, str]
) -> None:
    client = log_in("charlie")
    for name, place in places.items():
        if name not in OPEN_TO_ALL | LISTS:
            assert client.post(place, {"text": "x"}).status_code in (404, 405), name


def test_the_receiving_organ_does_not_see_the_reports(
    case: Case, report: Report, alice: Desk, dewi: Desk, places: dict[str, str]
) -> None:
    case.refresh_from_db()
    taking = Taking("recommend", give=Given(dewi.organ, documents=chosen(case, alice)))
    actions.take_step(case, taking, seen=Seen.now(case), by=alice, at=AT)
    found = answers(log_in("dewi"), places)
    for name in ("report", "identity", "report-original", "ask", "exhibit", "take-file", "term"):
        assert found[name] == 404, name
    assert found["case"] == 200
    assert found["document"] == 200


def test_no_page_keeps_a_name_in_an_address_or_a_cookie(case: Case, places: dict[str, str]) -> None:
    client = log_in("alice")
    words = {"words": "Tjahjo", "number": case.number}
    answer = client.post(reverse("cases:search"), words)
    assert "Tjahjo Koemolo" in answer.content.decode()
    assert "Tjahjo" not in answer.request["QUERY_STRING"]
    assert "Tjahjo" not in str(client.cookies)
    assert answer["Cache-Control"] == "no-store"


def test_a_case_of_two_organs_is_one_case(bkn: Office, outside_bkn: Organ) -> None:
    case = make_case(bkn.desks["dewi"], file_report(bkn.organ))
    stranger = office("bawaslu-11", "bawaslu", "zaki", region="11")
    assert not Case.objects.held_by(stranger.organ).exists()
    assert list(Case.objects.held_by(bkn.organ)) == [case]
