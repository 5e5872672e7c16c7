"""A sanction is recorded only after a hearing, or after two summonses whose days have passed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cases.conftest import AT, Office, days_later, file_report, make_case, office
from tests.cases.writing import chosen, decide_all, minuted, write_all
from timbang.accounts.models import Organ
from timbang.cases import actions, reading
from timbang.cases.actions import Given, Person, Seen, Taking
from timbang.cases.models import Case, PublicRow
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.reports.models import Report

DECLARED = frozenset({"team_formed"})


@pytest.fixture
def ppk(db: None) -> Desk:
    return office("ppk-3204", "appointing_officer", "wati").desks["wati"]


@pytest.fixture
def at_ppk(case: Case, alice: Desk, dewi: Desk, ppk: Desk) -> Case:
    """A case that went from Bawaslu through BKN to the appointing officer, all inside."""
    write_all(case, alice)
    give = Given(dewi.organ, documents=chosen(case, alice))
    actions.take_step(case, Taking("recommend", give=give), seen=Seen.now(case), by=alice, at=AT)
    case.refresh_from_db()
    actions.keep_letter(
        case, kind="forwarding", title="Surat BKN", pdf=b"%PDF", seen=Seen.now(case), by=dewi, at=AT
    )
    case.refresh_from_db()
    give = Given(ppk.organ, documents=chosen(case, dewi))
    actions.take_step(case, Taking("hand_over", give=give), seen=Seen.now(case), by=dewi, at=AT)
    case.refresh_from_db()
    assert (case.step, case.holder) == ("act", ppk.organ)
    return case


def decide(case: Case, ppk: Desk, *, later: int = 30) -> None:
    decide_all(case, ppk, "heavy_sanction", at=days_later(later))
    bkn = Organ.objects.get(code="bkn")
    taking = Taking(
        "heavy_sanction",
        reason="Keputusan nomor 7",
        declared=DECLARED,
        give=Given(bkn, documents=chosen(case, ppk)),
    )
    actions.take_step(case, taking, seen=Seen.now(case), by=ppk, at=days_later(later))
    case.refresh_from_db()


def summon(case: Case, ppk: Desk, sent: int, wanted: int) -> None:
    case.refresh_from_db()
    actions.record_summons(
        case.accused.first(),  # type: ignore[arg-type]
        sent_on=days_later(sent).date(),
        summoned_for_on=days_later(wanted).date(),
        seen=Seen.now(case),
        by=ppk,
        at=days_later(30),
    )


def test_nobody_is_punished_unheard(at_ppk: Case, ppk: Desk) -> None:
    with pytest.raises(Refusal) as refused:
        decide(at_ppk, ppk)
    assert refused.value.norm == "PP 94/2021 ps 26, 27"
    assert "neither heard nor summoned twice" in str(refused.value)


def test_after_a_hearing_a_sanction_is_recorded(at_ppk: Case, ppk: Desk, report: Report) -> None:
    actions.record_hearing(
        at_ppk.accused.get(), held_on=days_later(5).date(), seen=Seen.now(at_ppk), by=ppk,
        at=days_later(6),
    )  # fmt: skip
    with pytest.raises(Refusal, match="berita acara"):
        decide(at_ppk, ppk)
    minuted(at_ppk, ppk, at=days_later(6))
    decide(at_ppk, ppk)
    assert at_ppk.step == "record_sanction"


def test_one_summons_is_not_enough(at_ppk: Case, ppk: Desk) -> None:
    summon(at_ppk, ppk, 1, 5)
    with pytest.raises(Refusal):
        decide(at_ppk, ppk)


def test_two_summonses_that_passed_are_enough(at_ppk: Case, ppk: Desk) -> None:
    summon(at_ppk, ppk, 1, 5)
    summon(at_ppk, ppk, 6, 12)
    decide(at_ppk, ppk)
    assert at_ppk.step == "record_sanction"


def test_a_second_summons_for_a_day_to_come_is_not_enough(at_ppk: Case, ppk: Desk) -> None:
    summon(at_ppk, ppk, 1, 5)
    summon(at_ppk, ppk, 29, 36)
    with pytest.raises(Refusal):
        decide(at_ppk, ppk, later=30)


def test_every_reported_person_must_be_heard(at_ppk: Case, ppk: Desk) -> None:
    at_ppk.refresh_from_db()
    actions.write_person(
        at_ppk, None, Person("Siti", status="PNS"), seen=Seen.now(at_ppk), by=ppk, at=AT
    )
    at_ppk.refresh_from_db()
    first = at_ppk.accused.first()
    assert first is not None
    actions.record_hearing(
        first, held_on=days_later(5).date(), seen=Seen.now(at_ppk), by=ppk, at=days_later(6)
    )
    with pytest.raises(Refusal):
        decide(at_ppk, ppk)


@pytest.mark.parametrize(
    ("sent", "wanted", "match"),
    [(5, 5, "comes after"), (40, 45, "once it was sent"), (5, 3, "comes after")],
)
def test_an_impossible_summons_is_refused(
    at_ppk: Case, ppk: Desk, sent: int, wanted: int, match: str
) -> None:
    with pytest.raises(Refusal, match=match):
        summon(at_ppk, ppk, sent, wanted)


def test_the_second_summons_waits_for_the_first(at_ppk: Case, ppk: Desk) -> None:
    summon(at_ppk, ppk, 1, 5)
    with pytest.raises(Refusal, match="after the day of the first"):
        summon(at_ppk, ppk, 5, 9)


def test_a_third_summons_is_refused(at_ppk: Case, ppk: Desk) -> None:
    summon(at_ppk, ppk, 1, 5)
    summon(at_ppk, ppk, 6, 12)
    with pytest.raises(Refusal, match="a third one"):
        summon(at_ppk, ppk, 13, 20)


def test_a_hearing_to_come_is_not_recorded(at_ppk: Case, ppk: Desk) -> None:
    with pytest.raises(Refusal, match="once it was held"):
        actions.record_hearing(
            at_ppk.accused.get(), held_on=AT.date() + timedelta(days=9), seen=Seen.now(at_ppk),
            by=ppk, at=AT,
        )  # fmt: skip


def test_bkn_steps_in_when_the_appointing_officer_does_not_act(
    at_ppk: Case, alice: Desk, dewi: Desk
) -> None:
    """BKN is not the holder, yet the law names it; Bawaslu only where BKN itself is silent."""
    codes = {found.outcome.code for found in reading.options_of(at_ppk, dewi, on=AT.date())}
    assert codes
    others = reading.options_of(at_ppk, alice, on=AT.date())
    assert {found.outcome.code for found in others} == {"report_idle"}
    assert not any(found.ready for found in others)
    for code in codes:
        with pytest.raises(Refusal):
            actions.take_step(
                at_ppk, Taking(code, reason="diam"), seen=Seen.now(at_ppk), by=dewi, at=AT
            )
    silent = days_later(60)
    taken = False
    for code in sorted(codes):
        at_ppk.refresh_from_db()
        option = Taking(code, reason="diam", declared=frozenset({"verified_or_audited"}))
        try:
            actions.take_step(at_ppk, option, seen=Seen.now(at_ppk), by=dewi, at=silent)
        except Refusal:
            continue
        taken = True
        break
    at_ppk.refresh_from_db()
    assert taken
    assert at_ppk.holder == dewi.organ


def test_the_decision_reaches_the_public_and_the_reporter(
    at_ppk: Case, ppk: Desk, dewi: Desk, report: Report
) -> None:
    summon(at_ppk, ppk, 1, 5)
    summon(at_ppk, ppk, 6, 12)
    decide(at_ppk, ppk)
    assert at_ppk.keeper == dewi.organ
    [option, *_more] = reading.options_of(at_ppk, dewi, on=days_later(30).date())
    last = Taking(option.outcome.code, reason="tercatat", declared=frozenset(option.declare))
    at_ppk.refresh_from_db()
    actions.take_step(at_ppk, last, seen=Seen.now(at_ppk), by=dewi, at=days_later(31))
    at_ppk.refresh_from_db()
    report.refresh_from_db()
    assert at_ppk.ended_on == days_later(31).date()
    assert report.status == "decided"
    assert (PublicRow.objects.get().state, PublicRow.objects.get().days_taken) == ("decided", 31)


def test_a_case_of_one_organ_is_not_heard_elsewhere(at_ppk: Case, bawaslu: Office) -> None:
    other = make_case(bawaslu.desks["alice"], file_report(bawaslu.organ))
    assert not other.hearings.exists()


@pytest.mark.parametrize("days", [-40, -10_000])
def test_a_hearing_before_the_act_is_none(at_ppk: Case, ppk: Desk, days: int) -> None:
    day = days_later(days).date()
    accused = at_ppk.accused.get()
    with pytest.raises(Refusal):
        actions.record_hearing(accused, held_on=day, seen=Seen.now(at_ppk), by=ppk, at=AT)
    with pytest.raises(Refusal):
        summon(at_ppk, ppk, days, days + 3)
    assert not accused.hearings.exists()
