"""One organization runs the system alone: every other organ is outside and recorded by hand."""

from __future__ import annotations

import pytest

from tests.cases.conftest import AT, Office, days_later, file_report, make_case, make_organ, office
from tests.cases.writing import chosen, clear, write_all
from timbang.accounts.models import Organ
from timbang.cases import actions, reading
from timbang.cases.actions import Given, Seen, Taking
from timbang.cases.models import Case, OpenTerm
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.reports.models import Report


@pytest.fixture
def observer(db: None) -> Office:
    return office("pemantau", "observer", "oni")


@pytest.fixture
def outside_bawaslu(db: None) -> Organ:
    return make_organ("bawaslu-luar", "bawaslu", inside=False)


def step(case: Case, desk: Desk, code: str, day: int, **more: object) -> None:
    case.refresh_from_db()
    taking = Taking(code, reason="alasan", **more)  # type: ignore[arg-type]
    actions.take_step(case, taking, seen=Seen.now(case), by=desk, at=days_later(day))
    case.refresh_from_db()


def test_an_observer_forwards_and_records_the_answer(
    observer: Office, outside_bawaslu: Organ
) -> None:
    oni = observer.desks["oni"]
    report = file_report(observer.organ)
    case = make_case(oni, report)
    assert case.procedure.code == "observer_referral"
    write_all(case, oni)
    give = Given(outside_bawaslu, documents=chosen(case, oni))
    step(case, oni, "refer_to_bawaslu", 1, give=give)
    assert (case.holder, case.keeper) == (outside_bawaslu, oni.organ)
    actions.record_answer(
        case, "Sudah diregistrasi.", answered_on=days_later(5).date(), seen=Seen.now(case),
        by=oni, at=days_later(6),
    )  # fmt: skip
    codes = [option.outcome.code for option in reading.options_of(case, oni, on=AT.date())]
    assert "accepted" in codes
    step(case, oni, "accepted", 6, done_on=days_later(5).date())
    report.refresh_from_db()
    assert (case.ended_as, report.status) == ("accepted", "forwarded")


def test_what_the_observer_sends_next_is_sent_by_the_observer(
    observer: Office, outside_bawaslu: Organ, outside_bkn: Organ
) -> None:
    """Bawaslu stays silent: the observer itself turns to BKN, today, through BKN's channel."""
    oni = observer.desks["oni"]
    case = make_case(oni, file_report(observer.organ))
    write_all(case, oni)
    step(case, oni, "refer_to_bawaslu", 1, give=Given(outside_bawaslu, chosen(case, oni)))
    [(delivery, _ticket, _proof)] = reading.deliveries_of(case, oni)
    actions.record_delivery(
        delivery, proven_on=days_later(2).date(), proof="cap", seen=Seen.now(case), by=oni,
        at=days_later(2),
    )  # fmt: skip
    case.refresh_from_db()
    give = Given(outside_bkn, chosen(case, oni))
    with pytest.raises(Refusal):
        step(case, oni, "turn_to_bkn", 5, give=give)
    case.refresh_from_db()
    actions.keep_letter(
        case, kind="outside_file", title="Surat", pdf=b"%PDF", seen=Seen.now(case), by=oni,
        at=days_later(40),
    )  # fmt: skip
    step(case, oni, "turn_to_bkn", 40, give=give, done_on=days_later(5).date())
    assert case.holder == outside_bkn
    line = case.journal.last()
    assert line is not None
    assert line.done_on == days_later(40).date()
    assert [row.how for row, *_rest in reading.deliveries_of(case, oni)] == ["sbt", "sbt"]


def test_an_observer_is_offered_no_decision(observer: Office, outside_bawaslu: Organ) -> None:
    oni = observer.desks["oni"]
    case = make_case(oni, file_report(observer.organ))
    for code in ("not_proven", "discipline_sanction", "moral_sanction"):
        with pytest.raises(Refusal):
            step(case, oni, code, 1)


def test_an_inspectorate_examines_alone(outside_ppk: Organ) -> None:
    ina = office("inspektorat", "inspectorate", "ina").desks["ina"]
    case = make_case(ina, file_report(ina.organ))
    assert (case.procedure.code, case.step) == ("inspectorate_examination", "verify")
    step(case, ina, "examine", 1)
    write_all(case, ina)
    [away, *_with_a_loss] = [
        option
        for option in reading.options_of(case, ina, on=AT.date())
        if reading.needs_receiver(case, option, ina.organ) and option.ready
    ]
    give = Given(outside_ppk, documents=chosen(case, ina))
    step(case, ina, away.outcome.code, 2, give=give)
    assert case.holder == outside_ppk
    assert OpenTerm.objects.running().get(case=case).started_on is None


def test_bawaslu_alone_ends_a_case(case: Case, alice: Desk, report: Report) -> None:
    write_all(case, alice)
    clear(case, alice)
    step(case, alice, "not_proven", 2)
    assert case.ended_as == "cleared"
