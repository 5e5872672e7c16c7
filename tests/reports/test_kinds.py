"""A reporter says what it is about, and is asked what that needs: nothing else is asked or sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client

from tests.reports.conftest import Office, make_office
from tests.reports.reader import Page, get
from timbang.law import vocabulary
from timbang.reports import actions, kinds, places
from timbang.reports.content import AccusedPerson, Content
from timbang.reports.models import Report

pytestmark = [pytest.mark.django_db, pytest.mark.urls("timbang.web.urls_intake")]

ELECTION = {"learned_on", "contest_kind", "side_kind", "side_direction", "side_name"}
DISCIPLINE = {"absent_workdays", "valid_reason", "impact"}
SERVICE = {
    "service", "served_on", "treated_worse", "complained_first", "complained_on", "wanted",
}  # fmt: skip
ORDERS = {"ordered_by", "means"}
OF_SOME = ELECTION | DISCIPLINE | SERVICE | ORDERS
ASKED = {
    "neutrality": ELECTION | ORDERS,
    "discipline": DISCIPLINE | ORDERS,
    "service": SERVICE,
    "maladministration": SERVICE,
    "unknown": OF_SOME,
}


@pytest.fixture
def every_office(regions: None) -> Iterator[dict[str, Office]]:
    found = {
        kind: make_office(f"{kind.replace('_', '-')}-32", kind=kind)
        for kind in ("bawaslu", "inspectorate", "service_provider", "ombudsman")
    }
    places.forget()
    yield found
    places.forget()


def begin(kind: str, url: str = "/lapor/tulis/", province: str = "32") -> Page:
    return get(Client(), url).press("fill", kind=kind, province=province)


@pytest.mark.parametrize("url", ["/lapor/tulis/", "/en/lapor/tulis/"])
@pytest.mark.parametrize("kind", ASKED)
def test_each_kind_is_asked_what_it_needs_and_nothing_else(
    every_office: dict[str, Office], kind: str, url: str
) -> None:
    page = begin(kind, url)
    assert page.names & OF_SOME == ASKED[kind]


@pytest.mark.parametrize("kind", vocabulary.REPORT_KINDS)
def test_the_conducts_are_those_of_the_kind(every_office: dict[str, Office], kind: str) -> None:
    page = begin(kind)
    shown = {code for code in vocabulary.CONDUCTS if f'name="conduct" value="{code}"' in page.html}
    assert shown == set(vocabulary.CONDUCTS_OF[kind])


def test_who_does_not_know_finds_every_conduct_once(every_office: dict[str, Office]) -> None:
    page = begin("unknown")
    found = [page.html.count(f'name="conduct" value="{code}"') for code in vocabulary.CONDUCTS]
    listed = {code for codes in vocabulary.CONDUCTS_OF.values() for code in codes}
    assert sum(found) == len(listed)
    assert max(found) == 1


def test_the_first_kind_is_chosen_already_and_an_odd_one_is_no_error(
    every_office: dict[str, Office],
) -> None:
    first = get(Client(), "/lapor/tulis/")
    assert first.form.values["kind"] == ["neutrality"]
    body = first.filled(province="32") | {"kind": ["../x"], "do": "fill"}
    answer = Page(Client(), Client().post("/lapor/tulis/", body))
    assert "contest_kind" in answer.names


@pytest.mark.parametrize(
    ("kind", "office", "words"),
    [
        ("neutrality", "bawaslu", "Bawaslu"),
        ("discipline", "inspectorate", "inspektorat"),
        ("service", "service_provider", "SP4N-LAPOR!"),
        ("maladministration", "ombudsman", "Ombudsman"),
    ],
)
def test_where_no_office_takes_such_a_report_the_page_says_where_to_turn(
    every_office: dict[str, Office], kind: str, office: str, words: str
) -> None:
    assert office in {organ.kind for organ in places.offices("32", kind, date.today())}
    page = begin(kind, province="94")
    assert "Belum ada kantor" in page
    assert words in page


def test_a_service_complaint_arrives_as_it_was_told(every_office: dict[str, Office]) -> None:
    told = {
        "p0_agency": "RSUD Contoh", "conduct": ["undue_delay"], "service": "Rujukan",
        "served_on": "2024-05-02", "complained_first": "yes", "complained_on": "2024-05-20",
        "wanted": "Rujukan diproses.", "treated_worse": ["queue", "fee"],
    }  # fmt: skip
    office = every_office["service_provider"]
    page = begin("service").press("review", organ=str(office.organ.pk), **told)
    assert "Rujukan diproses." in page
    assert "Ditunda terus" in page
    page.press("send")
    content = actions.open_report(Report.objects.get(), office.private).content
    assert content == Content(
        kind="service",
        province="32",
        accused=(AccusedPerson(agency="RSUD Contoh"),),
        conduct=("undue_delay",),
        service="Rujukan",
        served_on=date(2024, 5, 2),
        complained_first=True,
        complained_on=date(2024, 5, 20),
        wanted="Rujukan diproses.",
        treated_worse=("queue", "fee"),
    )
    assert content.facts() == {
        "conduct": ["undue_delay"],
        "served_on": date(2024, 5, 2),
        "complained_first": True,
    }


def test_absence_and_status_are_facts_and_no_is_an_answer(every_office: dict[str, Office]) -> None:
    office = every_office["inspectorate"]
    page = begin("discipline").press(
        "review", organ=str(office.organ.pk), p0_post="Arsiparis", p0_status="PNS", conduct=["absent"], absent_workdays="0",
        valid_reason="no", impact="unit", happened_from="2024-05-02",
    )  # fmt: skip
    page.press("send")
    content = actions.open_report(Report.objects.get(), office.private).content
    assert content.accused[0].status == "PNS"
    assert content.facts() == {
        "conduct": ["absent"],
        "impact": "unit",
        "absent_workdays": 0,
        "valid_reason": False,
        "act_on": date(2024, 5, 2),
    }


@pytest.mark.parametrize("number", ["-1", "367", "duabelas", "1" * 5000])
def test_an_odd_number_is_a_kind_message_and_loses_nothing(
    every_office: dict[str, Office], number: str
) -> None:
    page = begin("discipline").press(
        "review", p0_post="Arsiparis", conduct=["absent"], absent_workdays=number
    )
    assert "Angka ini tidak kami pahami" in page or "Tulislah angka dari 0 sampai 366" in page
    assert page.form.values["p0-post"] == ["Arsiparis"]
    assert "conduct" in page.form.values


def test_changing_the_kind_loses_nothing_and_sends_nothing_of_the_other_kind(
    every_office: dict[str, Office],
) -> None:
    page = begin("neutrality").press(
        "place", p0_post="Camat", conduct=["photo"], side_name="Pasangan 1",
        learned_on="nanti",
    )  # fmt: skip
    page = page.press("fill", kind="discipline")
    assert page.form.values["p0-post"] == ["Camat"]
    assert "side_name" in page.form.values
    office = every_office["inspectorate"]
    review = page.press("review", conduct=["illegal_levy"], organ=str(office.organ.pk))
    assert "Pasangan 1" not in review
    back = review.press("fill").press("place").press("fill", kind="neutrality")
    assert back.form.values["side_name"] == ["Pasangan 1"]
    assert back.form.values["learned_on"] == ["nanti"]
    review.press("send")
    content = actions.open_report(Report.objects.get(), office.private).content
    assert (content.kind, content.conduct, content.side_name) == (
        "discipline", ("illegal_levy",), "",
    )  # fmt: skip


def test_the_terms_of_elections_frighten_nobody_else(every_office: dict[str, Office]) -> None:
    page = begin("discipline").press("review", p0_post="Camat", conduct=["absent"])
    assert "dari 7" not in page
    page = begin("neutrality").press(
        "review", p0_post="Camat", conduct=["photo"], learned_on="2024-05-02"
    )
    assert "7 hari" in page


def test_the_kind_that_nobody_told_is_guessed_from_the_conduct() -> None:
    assert kinds.likely("", ("no_service",)) == "service"
    assert kinds.likely("", ("absent", "other")) == "discipline"
    assert kinds.likely("", ("other",)) == "neutrality"
    assert kinds.likely("maladministration", ("photo",)) == "maladministration"


def test_what_is_asked_of_some_kinds_is_left_out_of_no_list() -> None:
    assert set(kinds.OF_SOME_KINDS) == OF_SOME
    assert {kinds.read(word): kinds.asks(kinds.read(word)) for word in ASKED} == {
        kinds.read(word): frozenset(asked) for word, asked in ASKED.items()
    }
