"""The ways in: a finding, prior information, what a report must hold, and what is told to whom."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest

from tests.cases.conftest import AT, CONFIRMED, TJAHJO, Office, days_later, file_report, make_case
from tests.cases.lead_scene import lead
from timbang.cases import course, reading, ways
from timbang.cases.actions import Seen, Taking, take_step, triage
from timbang.cases.actions import ways as acts
from timbang.cases.actions.ways import Found
from timbang.cases.keeping import Told
from timbang.cases.models import (
    Case,
    OpenTerm,
    PriorInformation,
    RequirementCheck,
    SupervisoryFinding,
)
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.ledger.models import Entry
from timbang.reports import actions as reports
from timbang.reports.models import Report

TODAY = AT.date()
FOUND = Found(TODAY - timedelta(2), "Camat memimpin yel-yel calon di lapangan.", "Lapangan Desa")


def fix(desk: Desk, found: Found = FOUND, **more: object) -> Case:
    given: dict[str, object] = {"people": [TJAHJO], "facts": CONFIRMED, "by": desk, "at": AT}
    return acts.fix_finding(found, **(given | more))  # type: ignore[arg-type]


def check(
    desk: Desk, report: Report, *missing: str, contest: str = "pemilihan"
) -> RequirementCheck:
    return acts.check_requirements(
        report, contest=contest, met=(), missing=missing, once=uuid.uuid4(), by=desk, at=AT
    )


def test_a_finding_begins_where_the_procedure_has_findings(alice: Desk) -> None:
    case = fix(alice)
    assert (case.step, case.way_in, case.procedure.code) == (
        "finding", "finding", "pemilihan_report",
    )  # fmt: skip
    assert SupervisoryFinding.objects.get().case == case
    assert "yel-yel" in reading.journal_of(case, alice)[-1].note
    assert Entry.objects.filter(act="case.opened").count() == 1


def test_the_term_of_a_finding_runs_since_it_was_found(alice: Desk) -> None:
    term = OpenTerm.objects.get(case=fix(alice))
    assert (term.started_on, term.last_day) == (FOUND.found_on, FOUND.found_on + timedelta(7))


def test_a_finding_counts_as_what_a_case_rests_on(alice: Desk) -> None:
    case = fix(alice)
    held = course.guards(case, [], on=TODAY)
    assert held["report_linked"] is True
    taking = Taking("fix", reason="Terbukti awal.")
    take_step(case, taking, seen=Seen.now(case), by=alice, at=AT)
    case.refresh_from_db()
    assert case.step == "study"


def test_the_form_of_a_finding_sent_twice_is_one_case(alice: Desk) -> None:
    form = uuid.uuid4()
    assert fix(alice, case_id=form) == fix(alice, case_id=form)
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"found_on": TODAY + timedelta(1)}, "day that has not come"),
        ({"text": " "}, "Write what was found"),
        ({"lead": "12"}, "looks like L-12/2026"),
        ({"lead": "L-12/2026"}, "no lead with this number for your office"),
    ],
)
def test_a_finding_is_refused_with_what_is_missing(
    alice: Desk, changes: dict[str, object], said: str
) -> None:
    told: dict[str, object] = {"found_on": TODAY, "text": "x"}
    with pytest.raises(Refusal, match=said):
        fix(alice, Found(**(told | changes)))  # type: ignore[arg-type]
    assert not Case.objects.exists()


def kept(desk: Desk, **more: object) -> PriorInformation:
    given: dict[str, object] = {"source": "press", "came_on": TODAY, "by": desk, "at": AT}
    told = Told("Berita camat", "Koran memuat foto camat.", "Lapangan")
    return acts.record_information(told, **(given | more))  # type: ignore[arg-type]


def test_prior_information_is_sealed_and_waits(alice: Desk, bob: Desk) -> None:
    row = kept(alice)
    assert b"Koran" not in bytes(row.sealed or b"")
    [line] = ways.information_of(bob, on=TODAY)
    assert (line.title, line.overdue) == ("Berita camat", False)
    assert ways.information_of(bob, on=row.remind_on + timedelta(1))[0].overdue


def test_prior_information_becomes_a_finding(alice: Desk) -> None:
    lead("L-7/2026")
    row = kept(alice, lead="L-7/2026")
    case = fix(alice, prior=row)
    row.refresh_from_db()
    assert (row.case, case.way_in) == (case, "finding")
    with pytest.raises(Refusal, match="already"):
        fix(alice, prior=row)


def test_information_is_set_aside_with_a_reason_that_stays_sealed(alice: Desk) -> None:
    row = kept(alice)
    with pytest.raises(Refusal, match="Write the reason"):
        acts.set_aside(row, reason=" ", by=alice, at=AT)
    acts.set_aside(row, reason="Foto lama.", by=alice, at=AT)
    [line] = ways.information_of(alice, on=TODAY, closed=True)
    assert line.end == "Foto lama."
    assert b"Foto" not in bytes(line.row.sealed_end or b"")


def test_information_joins_a_case_that_runs(alice: Desk, case: Case) -> None:
    row = kept(alice)
    acts.join_information(case, row, seen=Seen.now(case), by=alice, at=AT)
    row.refresh_from_db()
    assert row.case == case


def test_another_organ_takes_no_information(alice: Desk, charlie: Desk) -> None:
    row = kept(alice)
    assert ways.information_of(charlie, on=TODAY) == []
    with pytest.raises(Refusal, match="another organ"):
        acts.set_aside(row, reason="x", by=charlie, at=AT)


# Late reports


def late(office: Office, **more: object) -> Report:
    return file_report(office.organ, learned_on=TODAY - timedelta(8), **more)


@pytest.mark.parametrize(("ago", "is_late"), [(7, False), (8, True)])
def test_seven_whole_days_are_in_time(
    bawaslu: Office, alice: Desk, ago: int, is_late: bool
) -> None:
    report = file_report(bawaslu.organ, learned_on=TODAY - timedelta(ago))
    assert ways.is_late(reports.open_report(report, alice.private)) is is_late


def test_nothing_is_said_of_the_time_when_the_day_was_not_told(
    bawaslu: Office, alice: Desk
) -> None:
    report = file_report(bawaslu.organ, learned_on=None)
    assert ways.is_late(reports.open_report(report, alice.private)) is None


def test_a_late_report_becomes_prior_information_and_is_told_without_blame(
    bawaslu: Office, alice: Desk
) -> None:
    report = late(bawaslu)
    triage_term = OpenTerm.objects.filter(report=report)
    row = acts.keep_as_information(report, why="late", reason="Lewat 7 hari.", by=alice, at=AT)
    report.refresh_from_db()
    assert (report.status, row.report, row.sealed) == ("information", report, None)
    assert report.sealed_identity is not None
    assert not triage_term.filter(closed_on=None).exists()
    opened = reports.open_report(report, alice.private)
    assert opened.messages[-1].text == "Lewat 7 hari."


def test_who_is_in_time_on_one_reading_is_not_late(bawaslu: Office, alice: Desk) -> None:
    # A general election: seven working days by the statute, "days" by the regulation.
    report = late(bawaslu, contest_kind="dpr")
    with pytest.raises(Refusal, match="at least one reading"):
        acts.keep_as_information(report, why="late", reason="x", by=alice, at=AT)


@pytest.mark.parametrize("why", ["incomplete", "withdrawn", "nameless", "press", ""])
def test_what_the_file_contradicts_is_no_reason(bawaslu: Office, alice: Desk, why: str) -> None:
    with pytest.raises(Refusal):
        acts.keep_as_information(late(bawaslu), why=why, reason="x", by=alice, at=AT)
    assert not PriorInformation.objects.exists()


def test_a_late_report_may_still_become_a_finding_of_the_supervisor(
    bawaslu: Office, alice: Desk
) -> None:
    report = late(bawaslu)
    row = acts.keep_as_information(report, why="late", reason="x", by=alice, at=AT)
    case = fix(alice, prior=row)
    report.refresh_from_db()
    assert report.status == "in_case"
    assert [link.report for link in case.reports.all()] == [report]


def test_a_case_that_ends_as_prior_information_leaves_its_report_there(
    bawaslu: Office, alice: Desk
) -> None:
    report = late(bawaslu)
    case = make_case(alice, report, procedure_id="pemilihan_report")
    taking = Taking("too_late", reason="Lewat.", declared=frozenset({"reporter_told"}))
    take_step(case, taking, seen=Seen.now(case), by=alice, at=AT)
    report.refresh_from_db()
    assert (report.status, PriorInformation.objects.get().source) == ("information", "late")


def test_a_late_report_is_not_registered_whatever_is_declared(bawaslu: Office, alice: Desk) -> None:
    facts = {**CONFIRMED, "learned_on": TODAY - timedelta(8), "reported_on": TODAY}
    report = late(bawaslu)
    case = make_case(alice, report, procedure_id="pemilihan_report", facts=facts)
    declared = frozenset({"formal_complete", "material_complete", "in_time"})
    with pytest.raises(Refusal):
        take_step(case, Taking("register", declared=declared), seen=Seen.now(case), by=alice, at=AT)


# Requirements


def test_the_two_laws_ask_for_different_things(bawaslu: Office, alice: Desk) -> None:
    opened = reports.open_report(file_report(bawaslu.organ), alice.private)
    pemilu = {one.requirement.code for one in ways.asked_of(opened, "pemilu")}
    pemilihan = {one.requirement.code: one for one in ways.asked_of(opened, "pemilihan")}
    assert "signature" not in pemilu
    assert pemilihan["signature"].seems is None
    assert (pemilihan["evidence"].seems, pemilihan["time_and_place"].seems) == (None, True)
    assert pemilihan["reporter_named"].citation == "UU 8/2015 ps 134(3)"


def test_what_is_missing_keeps_the_case_from_being_registered(bawaslu: Office, alice: Desk) -> None:
    report = file_report(bawaslu.organ)
    case = make_case(alice, report, procedure_id="pemilihan_report")
    check(alice, report, "evidence")
    assert course.guards(case, [], on=TODAY)["material_complete"] is False
    check(alice, report)
    assert course.guards(case, [], on=TODAY).get("material_complete") is not False


def test_one_complete_report_is_enough(bawaslu: Office, alice: Desk) -> None:
    poor, good = file_report(bawaslu.organ), file_report(bawaslu.organ)
    case = make_case(alice, poor, good, procedure_id="pemilihan_report")
    check(alice, poor, "evidence", "reporter_named")
    assert course.guards(case, [], on=TODAY).get("formal_complete") is not False
    check(alice, good)
    assert course.guards(case, [], on=TODAY).get("formal_complete") is not False


def test_the_request_names_what_is_missing_and_where_the_law_asks_for_it(
    bawaslu: Office, alice: Desk
) -> None:
    row = check(alice, file_report(bawaslu.organ), "evidence", "in_time", contest="pemilu")
    text = acts.request_for(row, "id")
    assert "bukti, misalnya" in text
    assert "Perbawaslu 7/2022 ps 15(4)" in text
    assert "UU 7/2017" not in text


def test_an_incomplete_report_is_kept_once_something_was_found_missing(
    bawaslu: Office, alice: Desk
) -> None:
    report = file_report(bawaslu.organ)
    check(alice, report, "evidence")
    acts.keep_as_information(report, why="incomplete", reason="Tanpa bukti.", by=alice, at=AT)
    assert PriorInformation.objects.get().source == "incomplete"


def test_a_requirement_is_not_met_and_missing_at_once(bawaslu: Office, alice: Desk) -> None:
    report = file_report(bawaslu.organ)
    for met, missing in ((["evidence"], ["evidence"]), (["nothing"], [])):
        with pytest.raises(Refusal, match="met, missing"):
            acts.check_requirements(
                report, contest="pemilu", met=met, missing=missing, once=uuid.uuid4(), by=alice,
                at=AT,
            )  # fmt: skip


# Reports that look alike


def test_reports_of_the_same_event_find_each_other(bawaslu: Office, alice: Desk) -> None:
    one = file_report(bawaslu.organ, narrative="Camat memimpin yel yel di lapangan desa kami")
    other = file_report(
        bawaslu.organ, narrative="Pak Cahyo teriak dukung nomor satu", place="Warung Bu Sum"
    )
    file_report(
        bawaslu.organ, accused=(), narrative="Hal lain sama sekali", place="Pasar",
        happened_from=date(2026, 1, 2), conduct=(),
    )  # fmt: skip
    found = ways.beside(reports.open_report(one, alice.private), alice)
    assert [match.report for match in found.matches] == [other]
    assert set(found.matches[0].reasons) >= {"official", "same_day", "place"}
    assert found.burst is None


def test_the_same_words_within_two_days_are_a_mark_and_nothing_else(
    bawaslu: Office, alice: Desk
) -> None:
    words = "Kepala dinas menyuruh kami semua hadir di kampanye pasangan nomor satu hari minggu"
    rows = [file_report(bawaslu.organ, narrative=words, at=days_later(day)) for day in (0, 1, 2)]
    found = ways.beside(reports.open_report(rows[0], alice.private), alice)
    assert found.burst is not None
    assert found.burst.count == 3
    assert {row.status for row in Report.objects.all()} == {"received"}


def test_no_word_of_a_report_can_be_read_from_its_clues(bawaslu: Office, alice: Desk) -> None:
    report = file_report(bawaslu.organ)
    ways.index_missing(alice)
    stored = b"".join(ways.ReportToken.objects.values_list("token", flat=True))
    assert len(stored) > 0
    assert b"tjahjo" not in stored.lower()
    assert ways.ReportToken.objects.filter(report=report).exists()


def test_another_organs_reports_are_never_suggested(
    bawaslu: Office, alice: Desk, charlie: Desk
) -> None:
    file_report(bawaslu.organ)
    mine = file_report(charlie.organ)
    ways.index_missing(alice)
    assert ways.beside(reports.open_report(mine, charlie.private), charlie).matches == ()


def test_two_reports_are_linked_and_unlinked(bawaslu: Office, alice: Desk) -> None:
    one, other = file_report(bawaslu.organ), file_report(bawaslu.organ)
    for pair in ((one, other), (other, one)):
        acts.link_reports(*pair, by=alice, at=AT)
    assert ways.links_of(one) == {other.pk}
    assert Entry.objects.filter(act="report.linked").count() == 1
    assert acts.unlink_reports(one, other, by=alice, at=AT)
    assert ways.links_of(one) == set()


def test_an_examiner_turns_no_report_away(bawaslu: Office) -> None:
    eko = bawaslu.add("eko", "examiner")
    with pytest.raises(Refusal, match="None of your roles"):
        acts.keep_as_information(late(bawaslu), why="late", reason="x", by=eko, at=AT)


def test_the_kinds_of_case_keep_how_they_came_in(bawaslu: Office, alice: Desk) -> None:
    named, nameless = file_report(bawaslu.organ), file_report(bawaslu.organ, named=False)
    assert make_case(alice, named).way_in == "report"
    assert make_case(alice, nameless).way_in == "prior_information"
    assert triage.FIRST_KIND == "neutrality"
