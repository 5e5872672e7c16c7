"""A term that passes unacted is escalated by itself: once, in all places; a reminder is not law."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.cases.conftest import AT, Office, days_later, file_report, make_case, office
from tests.cases.test_handing_over import pass_to_bkn
from tests.cases.writing import elsewhere, waiting, write_all
from timbang.accounts.models import Organ
from timbang.cases import actions
from timbang.cases.actions import Seen, Taking
from timbang.cases.models import (
    Act,
    Case,
    CaseStep,
    Conflict,
    OpenTerm,
    PublicCase,
    PublicRow,
    Routing,
)
from timbang.cases.vault import Desk
from timbang.ledger.models import Entry
from timbang.reports.models import Report

# Bawaslu's three working days after Monday 2 November end with Thursday 5 November in Jakarta.
LAST_INSTANT = datetime(2026, 11, 5, 16, 59, 59, tzinfo=UTC)
FIRST_LATE = datetime(2026, 11, 5, 17, 0, tzinfo=UTC)


def test_every_report_gets_one_public_row_and_a_term(report: Report) -> None:
    assert actions.route_new_reports(at=AT) == 1
    assert actions.route_new_reports(at=AT) == 0
    row = PublicRow.objects.get()
    assert (row.organ_code, row.province_code, row.month) == ("bawaslu-32", "32", "2026-11")
    assert (row.state, row.lapsed, row.conduct, row.days_taken) == ("received", 0, "", None)
    assert OpenTerm.objects.get(report=report).last_day == date(2026, 11, 5)


def test_the_row_leads_to_no_report(report: Report) -> None:
    actions.route_new_reports(at=AT)
    row = PublicRow.objects.get()
    assert row.id != report.id
    assert not any(name in {"report", "report_id"} for name in vars(row))
    assert Routing.CLASSES["public"] == ()


def test_the_routing_is_told_to_the_log_with_the_day_only(report: Report) -> None:
    actions.route_new_reports(at=AT)
    assert Entry.objects.get(act="report.routed").lane == "daily"


def test_the_last_day_is_whole(case: Case) -> None:
    assert actions.escalate_due(at=LAST_INSTANT) == 0
    assert actions.escalate_due(at=FIRST_LATE) == 1


def test_a_lapse_is_seen_everywhere_once(case: Case, alice: Desk) -> None:
    actions.escalate_due(at=FIRST_LATE)
    assert actions.escalate_due(at=days_later(30)) == 0
    line = CaseStep.objects.select_related("entry").get(case=case, act=Act.ESCALATION)
    assert (line.to, line.step, line.officer) == ("bkn", "study", None)
    assert line.entry.act == "case.escalation"
    assert PublicRow.objects.get().lapsed == 1
    assert PublicCase.objects.get().lapsed == 1
    [line] = waiting(alice, at=FIRST_LATE)
    assert line.term is not None
    assert line.term.late


def test_the_organ_to_which_it_escalates_sees_that_and_nothing_more(
    case: Case, dewi: Desk, charlie: Desk
) -> None:
    actions.escalate_due(at=FIRST_LATE)
    [found] = elsewhere(dewi)
    assert (found.number, found.organ) == ("0001/BAWASLU-32/2026", "Kantor bawaslu-32")
    national = office("bkn-ri", "bkn", "nina", region="ID").desks["nina"]
    assert elsewhere(national) == [found]
    assert elsewhere(charlie) == []


def test_a_reminder_target_reminds_and_counts_nowhere(case: Case, alice: Desk, dewi: Desk) -> None:
    write_all(case, alice)
    pass_to_bkn(case, alice, dewi.organ)
    assert actions.escalate_due(at=days_later(60)) == 1
    assert CaseStep.objects.filter(case=case, act=Act.REMINDER).count() == 1
    assert not CaseStep.objects.filter(case=case, act=Act.ESCALATION).exists()
    assert PublicRow.objects.get().lapsed == 0
    [line] = waiting(dewi, at=days_later(60))
    assert line.term is not None
    assert line.term.target


def test_a_report_that_nobody_takes_up_lapses_too(report: Report) -> None:
    actions.route_new_reports(at=AT)
    actions.escalate_due(at=FIRST_LATE)
    assert PublicRow.objects.get().lapsed == 1
    assert Entry.objects.get(act="report.lapsed").lane == "daily"


def test_the_same_lapse_is_not_counted_again_for_the_case(report: Report, alice: Desk) -> None:
    actions.route_new_reports(at=AT)
    actions.escalate_due(at=FIRST_LATE)
    make_case(alice, report, at=days_later(10))
    actions.escalate_due(at=days_later(20))
    assert PublicRow.objects.get().lapsed == 1


def test_whoever_acted_in_time_is_not_escalated(case: Case, alice: Desk) -> None:
    write_all(case, alice)
    actions.take_step(
        case, Taking("not_competent", reason="x"), seen=Seen.now(case), by=alice, at=AT
    )
    assert actions.escalate_due(at=days_later(60)) == 0


def test_the_day_is_that_of_the_organ(db: None) -> None:
    """When the last day ends in Jayapura, two hours of it are left in Jakarta."""
    east = office("bawaslu-94", "bawaslu", "yosef", region="94")
    Organ.objects.filter(pk=east.organ.pk).update(time_zone="Asia/Jayapura")
    desk = east.desks["yosef"]
    desk.officer.organ.refresh_from_db()
    make_case(desk, file_report(east.organ))
    assert actions.escalate_due(at=datetime(2026, 11, 5, 14, 59, tzinfo=UTC)) == 0
    assert actions.escalate_due(at=datetime(2026, 11, 5, 15, 0, tzinfo=UTC)) == 1


def test_a_withdrawn_report_stops_its_term(report: Report, alice: Desk) -> None:
    from timbang.reports import actions as reports

    actions.route_new_reports(at=AT)
    opened = reports.open_report(report, alice.private)
    reports.withdraw(report, report_key=opened.report_key, at=days_later(1))
    actions.route_new_reports(at=days_later(1))
    assert PublicRow.objects.get().state == "withdrawn"
    assert not OpenTerm.objects.running().exists()


def test_a_killed_worker_leaves_nothing_half_done(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the mark and before the rest: the transaction takes the mark back too."""
    from timbang.cases.actions import escalation

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(escalation.routing, "count_lapses", killed)
        with pytest.raises(KeyboardInterrupt):
            actions.escalate_due(at=FIRST_LATE)
    assert OpenTerm.objects.get(case=case).lapsed_on is None
    assert not CaseStep.objects.filter(act=Act.ESCALATION).exists()
    assert actions.escalate_due(at=FIRST_LATE) == 1


def test_a_lapse_in_another_province_is_not_shown(case: Case, bawaslu: Office) -> None:
    east = office("bkn-94", "bkn", "rima", region="94").desks["rima"]
    actions.escalate_due(at=FIRST_LATE)
    assert elsewhere(east) == []


def test_a_lapse_of_an_office_here_with_a_case_of_another_province_is_shown(
    case: Case, dewi: Desk
) -> None:
    Case.objects.filter(pk=case.pk).update(province_code="94")
    actions.escalate_due(at=FIRST_LATE)
    assert OpenTerm.objects.get(case=case).escalates_in == "94"
    assert [found.number for found in elsewhere(dewi)] == [case.number]


def test_a_lapse_in_a_case_from_which_a_conflict_keeps_him_away_is_not_shown(
    case: Case, dewi: Desk
) -> None:
    actions.escalate_due(at=FIRST_LATE)
    assert elsewhere(dewi)
    Conflict.objects.create(
        case=case, officer=dewi.officer, relation="kin", citation="UU", level="x",
        found="declared", since_on=AT.date(), journal=case.journal.latest("version"),
    )  # fmt: skip
    assert elsewhere(dewi) == []
