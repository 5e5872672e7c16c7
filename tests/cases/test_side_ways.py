"""Ways round a lock: what is closed at its page is closed at every other address as well."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from tests.cases.conftest import AT, TJAHJO, Office, days_later, file_report, log_in, make_case
from tests.cases.test_accused_door import pandu, pertiwi, ppk, two
from tests.cases.test_dividing import SITI, merge, register, split
from tests.cases.test_due_process import call, proposal_of, studied, vote, voters
from tests.cases.test_ways_in import kept
from timbang.accounts.models import Officer
from timbang.cases import actions, conflicts, door_desk, reading, ways
from timbang.cases.actions import Seen, packing, shelving
from timbang.cases.actions import ways as acts
from timbang.cases.actions.writing import last_version, write_facts
from timbang.cases.models import (
    Case,
    CaseLink,
    Document,
    DocumentKind,
    PriorInformation,
    ReportToken,
)
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.law.vocabulary import FACTS
from timbang.reports.models import Report

__all__ = ("pandu", "pertiwi", "ppk", "studied", "two", "voters")


def follows(earlier: Case, desk: Desk, report: Report) -> Case:
    """A case that is a remedy against another one."""
    case = make_case(desk, report)
    CaseLink.objects.create(case=case, earlier=earlier, why="objection", linked_on=AT.date())
    return case


def against_two(bawaslu: Office, desk: Desk) -> Case:
    """A case against two persons in which its officer registered the report."""
    reports = (file_report(bawaslu.organ), file_report(bawaslu.organ))
    case = make_case(desk, *reports, people=[TJAHJO, SITI], procedure_id="pemilihan_report")
    register(case, desk)
    return case


def test_a_split_makes_no_second_look_of_a_first_one(
    bawaslu: Office, alice: Desk, bob: Desk
) -> None:
    new = split(against_two(bawaslu, alice), bob)
    remedy = follows(new, bob, file_report(bawaslu.organ))
    assert conflicts.worked_before(remedy, alice.officer)


def test_a_merger_makes_no_second_look_of_a_first_one(
    bawaslu: Office, alice: Desk, bob: Desk
) -> None:
    one = against_two(bawaslu, alice)
    other = split(one, bob)
    merge(one, other, bob)
    remedy = follows(other, bob, file_report(bawaslu.organ))
    assert conflicts.worked_before(remedy, alice.officer)


def test_what_became_of_a_case_afterwards_is_no_work_on_it(
    bawaslu: Office, alice: Desk, bob: Desk
) -> None:
    one = against_two(bawaslu, bob)
    new = split(one, bob)
    write_facts(one, {"act_on": AT.date()}, base_version=last_version(one, DocumentKind.FACTS, alice),
                seen=Seen.now(one), by=alice, at=AT)  # fmt: skip
    remedy = follows(new, bob, file_report(bawaslu.organ))
    assert not conflicts.worked_before(remedy, alice.officer)
    assert conflicts.worked_before(remedy, bob.officer)


def test_a_tied_office_keeps_no_information_that_went_up_in_the_case(
    alice: Desk, charlie: Desk, case: Case
) -> None:
    row = kept(alice)
    acts.join_information(case, row, seen=Seen.now(case), by=alice, at=AT)
    case.refresh_from_db()
    actions.reroute_case(
        case, charlie.organ, "Kepala kantor terlapor.", seen=Seen.now(case), by=alice,
        at=days_later(1),
    )  # fmt: skip
    assert ways.information_of(alice, on=AT.date(), closed=True) == []
    [line] = ways.information_of(charlie, on=AT.date(), closed=True)
    assert line.title == "Berita camat"
    assert PriorInformation.objects.get().organ == charlie.organ


def test_the_heir_makes_its_own_clues_of_a_report(alice: Desk, charlie: Desk, case: Case) -> None:
    ways.index_missing(alice)
    actions.reroute_case(
        case, charlie.organ, "Kepala kantor terlapor.", seen=Seen.now(case), by=alice,
        at=days_later(1),
    )  # fmt: skip
    [report] = Report.objects.filter(pk__in=case.reports.values("report"))
    assert not ReportToken.objects.filter(report=report, organ=alice.organ).exists()
    ways.index_missing(charlie)
    assert ReportToken.objects.filter(report=report, organ=charlie.organ).exists()


def test_reasons_of_a_vote_are_at_no_other_address_before_the_count(
    studied: Case, alice: Desk, voters: list[Desk]
) -> None:
    row = call(studied, alice, voters, proposal_of(studied, alice)[0])
    vote(row, voters[0], "against", "Alasan Vera")
    [dissent] = Document.objects.filter(kind=DocumentKind.DISSENT)
    page = reverse("cases:document", args=[studied.pk, dissent.pk])
    assert log_in("alice").get(page).status_code == 404
    assert log_in("viktor").get(page).status_code == 404
    assert "Alasan Vera" in log_in("vera").get(page).content.decode()
    with pytest.raises(Refusal, match="before the count"):
        packing.make_package(studied, seen=Seen(None, uuid4()), by=alice, at=AT)
    for desk in voters[1:]:
        vote(row, desk)
    row.refresh_from_db()
    studied.refresh_from_db()
    actions.close_plenary(row, seen=Seen.now(studied), by=alice, at=AT)
    assert "Alasan Vera" in log_in("alice").get(page).content.decode()


def test_a_letter_with_a_receipt_is_for_those_who_may_give_it(
    bawaslu: Office, alice: Desk, charlie: Desk, case: Case
) -> None:
    bawaslu.add("vera", "plenary")
    form = {
        "once": str(uuid4()), "version": case.version, "kind": "first_summons",
        "dated_on": "2026-11-02", "language": "id", "meets_on": "2026-11-09", "with_door": "on",
    }  # fmt: skip
    at = f"/en/meja/kasus/{case.pk}/surat/"
    assert log_in("alice").post(at, form).status_code == 302
    [letter] = Document.objects.filter(case=case, kind=DocumentKind.LETTER)
    addresses = [
        reverse(name, args=[case.pk, letter.pk])
        for name in ("cases:document", "cases:letter-again", "cases:letter-docx")
    ]
    for address in addresses:
        assert log_in("alice").get(address).status_code == 200
        assert log_in("vera").get(address).status_code == 404
    Case.objects.filter(pk=case.pk).update(keeper=charlie.organ, holder=charlie.organ)
    case.refresh_from_db()
    shelving.place(case)
    for address in addresses:
        assert log_in("alice").get(address).status_code == 404


def test_facts_of_one_person_are_not_told_to_another(two: Case, pandu: Desk) -> None:
    known = {"act_on": AT.date(), "conduct": ["absent"], "same_breach_before": True}
    write_facts(two, known, base_version=last_version(two, DocumentKind.FACTS, pandu),
                seen=Seen.now(Case.objects.get(pk=two.pk)), by=pandu, at=AT)  # fmt: skip
    accused = Case.objects.get(pk=two.pk).accused.first()
    assert accused is not None
    [offer, *_rest] = door_desk.offers(accused, pandu, on=AT.date())
    asked = [pair["question"]["id"] for pair in offer.body["facts"]]
    assert FACTS["act_on"].question["id"] in asked
    assert FACTS["same_breach_before"].question["id"] not in asked


def test_who_is_reported_does_not_read_who_reported_him(bawaslu: Office, alice: Desk) -> None:
    report = file_report(bawaslu.organ)
    tied = bawaslu.add("tied", "receiver", "examiner", "decision_maker")
    Officer.objects.filter(pk=tied.officer.pk).update(name=TJAHJO.name)
    tied.officer.refresh_from_db()
    pages = [
        reverse(f"cases:{name}", args=[report.pk])
        for name in ("report", "identity", "ask", "reject", "alike", "keep")
    ]
    theirs, his = log_in("alice"), log_in("tied")
    for page in pages:
        assert theirs.get(page).status_code in (200, 404)
        assert his.get(page).status_code == 404, page
    lines = [reading.report_lines([report], desk, on=AT.date()) for desk in (tied, alice)]
    assert [len(found) for found in lines] == [0, 1]
