"""Reports become cases: many to many, once, numbered, told to the reporter and to the public."""

from __future__ import annotations

import uuid

import pytest

from tests.cases.conftest import AT, TJAHJO, Office, days_later, file_report, make_case
from timbang.cases import actions, reading, vault
from timbang.cases.actions import shelving
from timbang.cases.models import Case, CaseStep, OpenTerm, PublicCase, PublicRow
from timbang.cases.vault import Desk, Person
from timbang.law.refusal import Refusal
from timbang.reports.models import Report


def test_a_case_has_a_number_of_its_organ_and_year(alice: Desk, report: Report) -> None:
    assert make_case(alice, report).number == "0001/BAWASLU-32/2026"


def test_a_second_case_has_the_next_number(alice: Desk, bawaslu: Office) -> None:
    make_case(alice, file_report(bawaslu.organ))
    assert make_case(alice, file_report(bawaslu.organ)).number == "0002/BAWASLU-32/2026"


def test_the_form_sent_twice_makes_one_case(alice: Desk, report: Report) -> None:
    form = uuid.uuid4()
    first = make_case(alice, report, case_id=form)
    assert make_case(alice, report, case_id=form) == first
    assert Case.objects.count() == 1


def test_its_people_open_for_the_organ(case: Case, bob: Desk) -> None:
    [person] = reading.people_of(case, bob, on=AT.date())
    assert person.person == TJAHJO


def test_the_reporter_is_told(case: Case, report: Report) -> None:
    report.refresh_from_db()
    assert report.status == "in_case"


def test_the_public_sees_a_report_and_a_case(case: Case) -> None:
    row, case_row = PublicRow.objects.get(), PublicCase.objects.get()
    assert (row.state, row.conduct, row.month) == ("in_case", "social_media_support", "2026-11")
    assert (case_row.state, case_row.organ_code) == ("in_case", "bawaslu-32")


def test_its_first_term_runs_since_the_report_came(alice: Desk, bawaslu: Office) -> None:
    old = file_report(bawaslu.organ)
    case = make_case(alice, old, at=days_later(2))
    term = OpenTerm.objects.get(case=case)
    assert (term.started_on, term.entered_on) == (AT.date(), days_later(2).date())


def test_every_act_has_its_entry_in_the_log(case: Case) -> None:
    line = CaseStep.objects.select_related("entry").get(case=case)
    assert line.entry.act == "case.opened"


def test_a_second_report_joins(case: Case, bob: Desk, bawaslu: Office) -> None:
    more = file_report(bawaslu.organ, named=False)
    added = Person(name="Siti", status="PPPK")
    actions.join_report(
        case, more, people=[added], seen=actions.Seen.now(case), by=bob, at=days_later(1)
    )
    more.refresh_from_db()
    assert more.status == "in_case"
    names = [found.person.name for found in reading.people_of(case, bob, on=AT.date())]
    assert names == ["Tjahjo Koemolo", "Siti"]


def test_a_report_joins_a_case_once(case: Case, bob: Desk, report: Report) -> None:
    with pytest.raises(Refusal, match="already belongs"):
        actions.join_report(case, report, seen=actions.Seen.now(case), by=bob, at=AT)


def test_one_report_may_stand_in_two_cases(alice: Desk, report: Report) -> None:
    first, second = make_case(alice, report), make_case(alice, report)
    assert {link.case_id for link in [*first.reports.all(), *second.reports.all()]} == {
        first.pk,
        second.pk,
    }
    assert PublicRow.objects.count() == 1


def test_a_case_needs_a_report_and_a_reported_person(alice: Desk, report: Report) -> None:
    with pytest.raises(Refusal, match="at least one report"):
        make_case(alice)
    with pytest.raises(Refusal, match="name, or at least a post"):
        make_case(alice, report, people=[Person(agency="Dinas")])


def test_another_organ_makes_no_case_of_it(charlie: Desk, report: Report) -> None:
    with pytest.raises(Refusal, match="another organ"):
        make_case(charlie, report)


def test_an_examiner_does_not_open_cases(bawaslu: Office, report: Report) -> None:
    eko = bawaslu.add("eko", "examiner")
    with pytest.raises(Refusal, match="None of your roles"):
        make_case(eko, report)


def test_the_case_key_opens_for_nobody_else(case: Case, charlie: Desk) -> None:
    forged = vault.CaseKey.objects.create(
        case=case,
        organ=charlie.organ,
        sealed_key=vault.CaseKey.objects.get(case=case).sealed_key,
        since_on=AT.date(),
    )
    assert forged.pk
    shelving.place(case)
    with pytest.raises(vault.keys.WrongKey):
        vault.case_key(case, charlie)
