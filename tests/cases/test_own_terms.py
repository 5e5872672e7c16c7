"""A shorter term of an office's own: it reminds its officers, and nobody is late by it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from tests.cases.conftest import AT, Office, days_later, file_report, log_in, make_case
from tests.cases.writing import waiting
from timbang.accounts.models import Officer
from timbang.cases import actions
from timbang.cases.actions import OwnLength
from timbang.cases.models import Case, OpenTerm, OwnTerm, PublicRow
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.ledger.models import Entry
from timbang.reports.models import Report

WEDNESDAY, THURSDAY = date(2026, 11, 4), date(2026, 11, 5)
WHY = "janji layanan kantor ini"


def own(length: int = 2, unit: str = "workdays", **changes: str) -> OwnLength:
    told = {"procedure": "sbt_neutrality", "step": "study", "reason": WHY}
    return OwnLength(length=length, unit=unit, **{**told, **changes})  # type: ignore[arg-type]


def set_own(by: Desk | Officer, wanted: OwnLength | None = None, days: int = 0) -> OwnTerm:
    officer = by.officer if isinstance(by, Desk) else by
    return actions.set_own_term(wanted or own(), by=officer, at=days_later(days))


def the_term(case: Case) -> OpenTerm:
    return OpenTerm.objects.get(case=case, closed_on=None)


def test_what_is_opened_afterwards_has_both_ends(alice: Desk, report: Report) -> None:
    set_own(alice)
    term = the_term(make_case(alice, report))
    assert (term.own_length, term.own_unit) == (2, "workdays")
    assert (term.safe_day, term.last_day) == (WEDNESDAY, THURSDAY)


def test_a_term_that_runs_already_keeps_what_it_had(case: Case, alice: Desk) -> None:
    set_own(alice)
    assert (the_term(case).safe_day, the_term(case).own_length) == (THURSDAY, None)


def test_nobody_is_late_by_an_own_term(alice: Desk, report: Report) -> None:
    set_own(alice)
    make_case(alice, report)
    [line] = waiting(alice, at=days_later(3))
    assert line.term is not None
    assert not line.term.late
    assert line.term.between.past_own
    assert line.term.between.late_by == ()
    assert actions.escalate_due(at=days_later(3)) == 0
    assert PublicRow.objects.get().lapsed == 0


def test_an_own_term_ends_with_the_day_on_which_it_is_ended(
    alice: Desk, bawaslu: Office, report: Report
) -> None:
    row = set_own(alice)
    first = make_case(alice, report)
    actions.end_own_term(row, by=alice.officer, at=AT)
    second = make_case(alice, file_report(bawaslu.organ))
    assert the_term(first).own_length == 2
    assert the_term(second).own_length is None
    actions.end_own_term(row, by=alice.officer, at=days_later(3))
    assert OwnTerm.objects.get().ended_on == date(2026, 11, 2)


def test_a_newer_own_term_takes_the_place_of_the_older(alice: Desk, report: Report) -> None:
    set_own(alice)
    set_own(alice, own(1))
    assert OwnTerm.objects.filter(ended_on=None).get().length == 1
    assert the_term(make_case(alice, report)).own_length == 1


def test_the_log_tells_who_set_it(alice: Desk) -> None:
    row = set_own(alice)
    assert row.entry.act == "own_term.set"
    assert row.entry.body["by"] == str(alice.officer.id)
    assert WHY not in str(row.entry.body)


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        (own(3), "2 working days at most"),
        (own(5, "days"), "2 calendar days at most"),
        (own(20, "hours"), "Allowed: none"),
        (own(step="verify"), "no term at this step"),
        (own(procedure="nowhere"), "no term at this step"),
        (own(reason=" "), "why your office"),
    ],
)
def test_no_own_term_is_longer_than_the_law_or_of_another_office(
    alice: Desk, wanted: OwnLength, says: str
) -> None:
    with pytest.raises(Refusal) as refused:
        set_own(alice, wanted)
    message = refused.value.message
    assert says in (message["en"] if hasattr(message, "as_json") else str(message))
    assert not OwnTerm.objects.exists()
    assert not Entry.objects.filter(act="own_term.set").exists()


@pytest.mark.parametrize(("role", "may"), [("receiver", False), ("auditor", False),
                                           ("administrator", True), ("decision_maker", True)])  # fmt: skip
def test_who_decides_or_administers_may_set_it(bawaslu: Office, role: str, may: bool) -> None:
    officer = bawaslu.add("rini", role).officer
    if may:
        assert set_own(officer).set_by == officer
    else:
        with pytest.raises(Refusal, match="None of your roles"):
            set_own(officer)
    client = log_in("rini")
    assert client.get("/meja/tenggat/sendiri/").status_code == (200 if may else 404)


def test_an_administrator_finds_the_page_and_sees_no_case(
    bawaslu: Office, alice: Desk, report: Report
) -> None:
    case = make_case(alice, report)
    bawaslu.add("rini", "administrator")
    client = log_in("rini")
    assert "/meja/tenggat/sendiri/" in client.get("/meja/").content.decode()
    page = client.get("/meja/tenggat/sendiri/").content.decode()
    assert case.number not in page
    assert client.get("/meja/tenggat/").status_code == 404


def test_an_own_term_is_set_and_ended_on_its_page(bawaslu: Office) -> None:
    client: Client = log_in("alice")
    told = {"where": "sbt_neutrality/study", "length": "2", "unit": "workdays", "reason": WHY}
    assert client.post("/meja/tenggat/sendiri/", told).status_code == 302
    row = OwnTerm.objects.get()
    assert WHY in client.get("/meja/tenggat/sendiri/").content.decode()
    assert client.post("/meja/tenggat/sendiri/", {"end": row.pk}).status_code == 302
    row.refresh_from_db()
    assert row.ended_on is not None


def test_a_refusal_on_the_page_names_the_norm_and_keeps_the_form(bawaslu: Office) -> None:
    client = log_in("alice")
    told = {"where": "sbt_neutrality/study", "length": "9", "unit": "workdays", "reason": WHY}
    answer = client.post("/meja/tenggat/sendiri/", told)
    assert answer.status_code == 409
    assert WHY in answer.content.decode()


def test_another_office_ends_no_own_term(alice: Desk, charlie: Desk) -> None:
    row = set_own(alice)
    answer = log_in("charlie").post("/meja/tenggat/sendiri/", {"end": row.pk})
    assert answer.status_code == 404
    with pytest.raises(OwnTerm.DoesNotExist):
        actions.end_own_term(row, by=charlie.officer, at=AT)
