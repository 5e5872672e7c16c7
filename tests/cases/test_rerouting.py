"""An organ that closed passes on what it has; one that is tied to a case passes on that case."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from tests.cases.conftest import (
    AT,
    PASSWORD,
    SECRET_NAME,
    Office,
    days_later,
    file_report,
    make_case,
    office,
)
from tests.cases.test_handing_over import everything_opened, pass_to_bkn
from tests.cases.writing import write, write_all
from timbang.accounts import actions as accounts
from timbang.accounts.models import Organ
from timbang.cases import actions, reading
from timbang.cases.actions import Seen, rerouting
from timbang.cases.commands import organ
from timbang.cases.models import (
    Act,
    Case,
    CaseKey,
    DocumentKind,
    Holding,
    ItemKey,
    OpenTerm,
    Reroute,
)
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.ledger.models import Entry
from timbang.reports import actions as reports
from timbang.reports.models import Report


def closed(desk: Desk) -> None:
    accounts.close_organ(organ=desk.organ, by=None, at=AT)
    desk.organ.refresh_from_db()


def pass_on_all(by: Desk, to: Organ, *, most: int = 2) -> Reroute:
    row = actions.start_reroute(to, "Kantor digabung.", by=by, at=AT)
    while actions.reroute_some(row, by=by, at=AT, most=most):
        pass
    row.refresh_from_db()
    return row


@pytest.fixture
def filled(bawaslu: Office, alice: Desk, case: Case) -> Case:
    """A case with a study, a second case, and reports that nobody took up."""
    write_all(case, alice)
    make_case(alice, file_report(bawaslu.organ))
    for _each in range(3):
        file_report(bawaslu.organ)
    actions.route_new_reports(at=AT)
    return case


def test_everything_of_a_closed_organ_is_with_the_other(
    filled: Case, alice: Desk, charlie: Desk
) -> None:
    before = Report.objects.count()
    closed(alice)
    row = pass_on_all(alice, charlie.organ)
    assert (row.cases, row.reports) == (2, before)
    assert row.finished_on is not None
    assert rerouting.left_of(alice.organ) == (0, 0)
    assert not ItemKey.objects.filter(organ=alice.organ).exists()
    for case in Case.objects.all():
        assert (case.holder, case.keeper) == (charlie.organ, charlie.organ)
        assert "Tjahjo Koemolo" in everything_opened(case, charlie)
        assert Holding.objects.get(case=case, until_on=None).organ == charlie.organ
        assert OpenTerm.objects.running().get(case=case).organ == charlie.organ
    assert {found.organ for found in Report.objects.all()} == {charlie.organ}
    assert not OpenTerm.objects.running().filter(organ=alice.organ).exists()


def test_who_reported_is_opened_by_nobody_on_the_way(
    filled: Case, alice: Desk, charlie: Desk
) -> None:
    report = filled.reports.get().report
    closed(alice)
    pass_on_all(alice, charlie.organ)
    assert not Entry.objects.filter(act="report.identity_opened").exists()
    report.refresh_from_db()
    found = reports.open_identity(
        report, charlie.private, by=charlie.officer, reason="Klarifikasi", at=AT
    )
    assert found.name == SECRET_NAME


def test_the_reporter_reads_where_his_report_is(filled: Case, alice: Desk, charlie: Desk) -> None:
    closed(alice)
    pass_on_all(alice, charlie.organ)
    opened = reports.open_report(Report.objects.filter(status="received")[0], charlie.private)
    assert charlie.organ.name in opened.messages[-1].text


def test_each_case_says_that_it_was_passed_on(filled: Case, alice: Desk, charlie: Desk) -> None:
    closed(alice)
    pass_on_all(alice, charlie.organ)
    line = reading.journal_of(filled, charlie)[0].row
    assert (line.act, line.organ, line.other_organ) == (Act.REROUTED, alice.organ, charlie.organ)
    # One entry a batch beside the lines: cases and reports by two, then the last one that is empty.
    assert Entry.objects.filter(act="organ.rerouted").count() == 5


@pytest.mark.parametrize("step", range(0, 6, 2))
def test_a_killed_run_goes_on_where_it_stopped(
    filled: Case, alice: Desk, charlie: Desk, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed inside any batch: nothing is lost, nothing is there twice."""
    closed(alice)
    row = actions.start_reroute(charlie.organ, "Kantor digabung.", by=alice, at=AT)
    calls = 0
    real = rerouting._sealed_anew

    def dying(sealed: bytes, to: Organ, by: Desk) -> bytes:
        nonlocal calls
        calls += 1
        if calls == step * 2 + 1:
            raise SystemExit
        return real(sealed, to, by)

    monkeypatch.setattr(rerouting, "_sealed_anew", dying)
    with pytest.raises(SystemExit):
        while actions.reroute_some(row, by=alice, at=AT, most=2):
            pass
    monkeypatch.setattr(rerouting, "_sealed_anew", real)
    for case in Case.objects.all():
        holders = CaseKey.objects.filter(case=case).values_list("organ", flat=True)
        assert list(holders) == [case.holder_id]
    done = pass_on_all(alice, charlie.organ)
    assert (done.cases, done.reports) == (2, Report.objects.count())
    lines = [case.journal.filter(act=Act.REROUTED).count() for case in Case.objects.all()]
    assert lines == [1, 1]


def test_an_organ_that_works_on_passes_on_nothing_at_large(alice: Desk, charlie: Desk) -> None:
    with pytest.raises(Refusal, match="Only an office that was closed"):
        actions.start_reroute(charlie.organ, "x", by=alice, at=AT)


def test_another_kind_of_organ_gets_nothing(alice: Desk, dewi: Desk) -> None:
    closed(alice)
    with pytest.raises(Refusal, match="same kind"):
        actions.start_reroute(dewi.organ, "x", by=alice, at=AT)


def test_what_was_begun_to_one_goes_to_that_one(filled: Case, alice: Desk, charlie: Desk) -> None:
    third = office("bawaslu-34", "bawaslu", "fitri", region="34").organ
    closed(alice)
    actions.start_reroute(charlie.organ, "x", by=alice, at=AT)
    with pytest.raises(Refusal, match="begun to another office"):
        actions.start_reroute(third, "x", by=alice, at=AT)


def test_only_who_has_the_key_passes_it_on(filled: Case, alice: Desk, charlie: Desk) -> None:
    closed(alice)
    row = actions.start_reroute(charlie.organ, "x", by=alice, at=AT)
    with pytest.raises(Refusal, match="Only an officer of that office"):
        actions.reroute_some(row, by=charlie, at=AT)


def test_a_hand_over_that_waits_waits_for_the_heir(case: Case, alice: Desk, dewi: Desk) -> None:
    heir = office("bkn-baru", "bkn", "fitri", region="ID").desks["fitri"]
    write_all(case, alice)
    pass_to_bkn(case, alice, dewi.organ)
    closed(dewi)
    pass_on_all(dewi, heir.organ)
    case.refresh_from_db()
    actions.accept_case(case, seen=Seen.now(case), by=heir, at=AT)


# One case


def test_a_tied_organ_passes_on_one_case_with_its_reports(
    filled: Case, alice: Desk, charlie: Desk
) -> None:
    write(filled, alice, DocumentKind.NOTE, text="catatan lama")
    filled.refresh_from_db()
    others = Report.objects.exclude(pk__in=filled.reports.values("report")).count()
    actions.reroute_case(
        filled, charlie.organ, "Kepala kantor terlapor.", seen=Seen.now(filled), by=alice,
        at=days_later(1),
    )  # fmt: skip
    filled.refresh_from_db()
    assert (filled.holder, filled.keeper) == (charlie.organ, charlie.organ)
    assert not CaseKey.objects.filter(case=filled, organ=alice.organ).exists()
    opened = everything_opened(filled, charlie)
    assert "catatan lama" in opened
    assert "Kepala kantor terlapor." in opened
    assert len(reading.reports_of(filled, charlie)) == 1
    assert Report.objects.filter(organ=alice.organ).count() == others


def test_an_office_is_closed_and_passed_on_by_one_command(
    filled: Case, alice: Desk, charlie: Desk
) -> None:
    told = ["close", "bawaslu-32", "--to", "bawaslu-33", "--holder", "alice"]
    wrong = CliRunner().invoke(organ, told, input="not the password\n")
    assert wrong.exit_code == 1
    assert rerouting.left_of(charlie.organ) == (0, 0)
    done = CliRunner().invoke(organ, told, input=f"{PASSWORD}\n")
    assert (done.exit_code, "cases 2" in done.output) == (0, True), done.output
    assert rerouting.left_of(alice.organ) == (0, 0)
    again = CliRunner().invoke(organ, ["above", "bawaslu-33", "--is", "bawaslu-33"])
    assert again.exit_code == 1
