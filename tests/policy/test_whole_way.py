"""A policy through all stages, and through the lane with its debts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.policy import scene
from tests.policy.conftest import AT, Cast, add, days_later
from timbang.law.refusal import Refusal
from timbang.ledger.models import Entry
from timbang.policy import actions, course, desk_reading
from timbang.policy.models import Act, Dossier
from timbang.web.worker import jobs

pytestmark = pytest.mark.django_db


def entries(act: str) -> list[dict[str, object]]:
    return [row.body or {} for row in Entry.objects.filter(act=act).order_by("turn")]


def test_a_policy_goes_through_all_stages(cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.evaluated(dossier, cast, at=AT)
    dossier.refresh_from_db()
    assert (dossier.ended_as, dossier.path, dossier.is_public) == ("evaluated", "full", True)
    lines = list(dossier.journal.order_by("version"))
    assert [line.version for line in lines] == list(range(1, len(lines) + 1))
    assert {line.entry.act for line in lines} == {f"policy.{line.act}" for line in lines}
    owed, done = entries("policy.owed"), entries("policy.done")
    assert {row["step"] for row in owed} == {row["step"] for row in done}
    assert all(row["dossier"] == dossier.number for row in owed)
    # A step of clearance is owed by the office that clears.
    turns = {"legal_clearance": "biro-hukum", "budget_clearance": "badan-anggaran"}
    assert all(row["office"] == turns.get(str(row["step"]), "dinas-a") for row in owed)


def test_nothing_is_enacted_without_both_clearances(cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.drafted(dossier, cast)
    for step_code in ("consultation", "legal_clearance", "budget_clearance"):
        dossier.refresh_from_db()
        assert dossier.step == step_code
        with pytest.raises(Refusal):
            scene.step(dossier, "enacted", cast.head, "Langsung.")
        if step_code == "consultation":
            scene.step(dossier, "concluded", cast.analyst, at=AT + scene.OPEN)
        else:
            officer = cast.lawyer if step_code == "legal_clearance" else cast.treasurer
            with pytest.raises(Refusal):
                scene.step(dossier, "cleared", officer)
            scene.write(dossier, officer, step_code)
            scene.untied(dossier, officer)
            scene.step(dossier, "cleared", officer)
    dossier.refresh_from_db()
    assert dossier.step == "decision"


def test_an_incomplete_study_is_not_handed_in(cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.write(dossier, cast.analyst, *scene.STUDY[:-1])
    scene.untied(dossier, cast.analyst)
    with pytest.raises(Refusal):
        scene.step(dossier, "submitted", cast.analyst)
    scene.write(dossier, cast.analyst, scene.STUDY[-1])
    scene.step(dossier, "submitted", cast.analyst)


def test_the_lane_is_executed_at_once_and_owes_from_that_moment(cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.in_lane(dossier, cast)
    dossier.refresh_from_db()
    assert (dossier.step, dossier.path) == ("direct_execution", "emergency")
    debts = {debt.code: debt.due_on for debt in dossier.debts.all()}
    assert set(debts) == {
        "notice", "report", "study", "legal_clearance", "budget_clearance", "audit", "ratification",
    }  # fmt: skip
    # Five working days after Monday, 2 November 2026.
    assert debts["report"].isoformat() == "2026-11-09"
    assert len([row for row in entries("policy.owed") if row["kind"] == "debt"]) == len(debts)


def test_a_measure_is_ratified_once_what_was_skipped_is_paid(cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.in_lane(dossier, cast)
    with pytest.raises(Refusal):
        scene.step(dossier, "ratify", cast.head, "Sah.")
    scene.pay(dossier, "notice", cast.head)
    scene.pay(dossier, "report", cast.head)
    with pytest.raises(Refusal, match="empty paper"):
        scene.pay(dossier, "study", cast.analyst)
    scene.write(dossier, cast.analyst, *scene.STUDY)
    scene.pay(dossier, "study", cast.analyst)
    scene.write(dossier, cast.lawyer, "legal_clearance")
    scene.untied(dossier, cast.lawyer)
    scene.pay(dossier, "legal_clearance", cast.lawyer)
    scene.write(dossier, cast.treasurer, "budget_clearance")
    scene.untied(dossier, cast.treasurer)
    scene.pay(dossier, "budget_clearance", cast.treasurer)
    with pytest.raises(Refusal):
        scene.step(dossier, "ratify", cast.head, "Sah.")
    scene.untied(dossier, cast.auditor)
    scene.pay(dossier, "audit", cast.auditor)
    scene.step(dossier, "ratify", cast.head, "Sah.")
    dossier.refresh_from_db()
    assert dossier.step == "lane_evaluation"
    assert not dossier.debts.owed().exists()
    paid_with = dossier.debts.get(code="ratification").piece
    assert paid_with is not None
    assert paid_with.title == "Sahkan tindakan setelah kewajibannya dipenuhi"
    scene.write(dossier, cast.evaluator, "evaluation")
    scene.untied(dossier, cast.evaluator)
    scene.step(dossier, "evaluated", cast.evaluator)
    dossier.refresh_from_db()
    assert dossier.ended_as == "ratified"


def test_a_measure_that_is_unpaid_at_its_sunset_lapses_by_itself_once(cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.in_lane(dossier, cast)
    assert actions.lapse_due(at=days_later(90)) == 0  # 31 January is its last day
    assert actions.lapse_due(at=days_later(92)) == 1
    assert actions.lapse_due(at=days_later(92)) == 0
    dossier.refresh_from_db()
    assert dossier.ended_as == "lapsed"
    assert dossier.journal.filter(act=Act.LAPSED).count() == 1
    still = set(dossier.debts.owed().values_list("code", flat=True))
    assert still == {
        "notice", "report", "study", "legal_clearance", "budget_clearance", "audit",
    }  # fmt: skip
    assert dossier.debts.get(code="ratification").dropped_on == days_later(92).date()


@pytest.mark.parametrize(
    ("days", "needed_no_more"),
    [
        (60, {"study", "legal_clearance", "budget_clearance", "ratification"}),
        (61, {"legal_clearance", "budget_clearance", "ratification"}),
        (75, {"legal_clearance", "budget_clearance", "ratification"}),
        (76, {"ratification"}),
    ],
)
def test_what_is_overdue_stays_owed_when_a_measure_is_revoked(
    cast: Cast, days: int, needed_no_more: set[str]
) -> None:
    """The study falls due after 60 days, the clearances after 75."""
    dossier = scene.opened(cast)
    scene.in_lane(dossier, cast)
    scene.step(dossier, "revoke", cast.head, "Selesai.", at=days_later(days))
    dropped = dossier.debts.exclude(dropped_on=None).values_list("code", flat=True)
    assert set(dropped) == needed_no_more
    late = {row.code for row in dossier.debts.owed() if row.due_on < days_later(days).date()}
    assert course.overdue(cast.office, days_later(days).date()) == len(late)


def test_a_lane_of_one_day_skips_nothing_for_nothing(cast: Cast) -> None:
    """Also when whoever revokes is quicker than the worker that lets it lapse."""
    first, second = scene.opened(cast), scene.opened(cast, title="Tanggul kedua")
    for dossier in (first, second):
        scene.in_lane(dossier, cast, sunset_on=f"{days_later(1):%Y-%m-%d}")
    scene.step(second, "revoke", cast.head, "Selesai.", at=days_later(2))
    assert actions.lapse_due(at=days_later(2)) == 1
    for dossier in (first, second):
        dossier.refresh_from_db()
        (dropped,) = dossier.debts.exclude(dropped_on=None)
        assert (dropped.code, dossier.ended_on) == ("ratification", days_later(2).date())
    assert (first.ended_as, second.ended_as) == ("lapsed", "revoked")


def test_what_is_still_owed_is_written_and_paid_after_the_end(cast: Cast) -> None:
    dossier, late = scene.opened(cast), days_later(100)
    scene.in_lane(dossier, cast)
    assert actions.lapse_due(at=days_later(92)) == 1
    scene.write(dossier, cast.analyst, *scene.STUDY, at=late)
    with pytest.raises(Refusal, match="has ended"):
        scene.write(dossier, cast.drafter, "authority", at=late)
    with pytest.raises(Refusal, match="has ended"):
        scene.write(dossier, cast.reviewer, "review", at=late)
    scene.pay(dossier, "study", cast.analyst, at=late)
    with pytest.raises(Refusal, match="has ended"):  # it is paid: nothing is left to be written
        scene.write(dossier, cast.analyst, "problem", at=late)
    for code, officer in (("legal_clearance", cast.lawyer), ("budget_clearance", cast.treasurer)):
        scene.write(dossier, officer, code, at=late)
        scene.untied(dossier, officer, at=late)
        scene.pay(dossier, code, officer, at=late)
    scene.untied(dossier, cast.auditor, at=late)
    for code, officer in (("notice", cast.head), ("report", cast.head), ("audit", cast.auditor)):
        scene.pay(dossier, code, officer, at=late)
    assert not dossier.debts.owed().exists()
    assert course.overdue(cast.office, late.date()) == 0
    with pytest.raises(Refusal, match="has ended"):
        scene.untied(dossier, cast.executor, at=late)


def test_nobody_clears_what_was_not_studied(cast: Cast) -> None:
    dossier, late = scene.opened(cast), days_later(100)
    scene.in_lane(dossier, cast)
    scene.write(dossier, cast.treasurer, "budget_clearance")
    scene.untied(dossier, cast.treasurer)
    with pytest.raises(Refusal, match="the study is owed and comes first"):
        scene.pay(dossier, "budget_clearance", cast.treasurer)
    assert actions.lapse_due(at=days_later(92)) == 1
    with pytest.raises(Refusal, match="the study is owed and comes first"):
        scene.pay(dossier, "budget_clearance", cast.treasurer, at=late)
    scene.write(dossier, cast.analyst, *scene.STUDY, at=late)
    scene.pay(dossier, "study", cast.analyst, at=late)
    scene.pay(dossier, "budget_clearance", cast.treasurer, at=late)


def test_where_no_study_is_owed_a_clearance_waits_for_none(cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.drafted(dossier, cast)
    scene.in_lane(dossier, cast)
    assert not dossier.debts.filter(code="study").exists()
    scene.write(dossier, cast.lawyer, "legal_clearance")
    scene.untied(dossier, cast.lawyer)
    scene.pay(dossier, "legal_clearance", cast.lawyer)


def test_nobody_audits_what_he_carried_out_himself(cast: Cast) -> None:
    dossier = scene.opened(cast)
    planner = add(cast.office, "perencana", "executing_officer", "auditor")
    doer = add(cast.office, "pelaku", "executing_officer", "auditor")
    other = add(cast.office, "lain", "executing_officer", "auditor")
    scene.in_lane(dossier, cast)
    for officer in (planner, doer, other):
        scene.untied(dossier, officer)
        assert [each[1] for each in desk_reading.waiting(officer, AT.date())].count("debt") == 1
    plan = actions.Planned("Jembatan terpasang", "Dinas Contoh", days_later(9).date())
    actions.set_milestone(dossier, plan, seen=scene.now(dossier), by=planner, at=AT)
    came = actions.Came(AT.date(), "Terpasang.")
    actions.finish_milestone(
        dossier.milestones.get(), came, seen=scene.now(dossier), by=doer, at=AT
    )
    for officer in (planner, doer):
        with pytest.raises(Refusal, match="audits what he carried out"):
            scene.pay(dossier, "audit", officer)
        assert [each[1] for each in desk_reading.waiting(officer, AT.date())].count("debt") == 0
    scene.pay(dossier, "audit", other)


def test_what_a_revoked_measure_needs_no_more_is_not_written(cast: Cast) -> None:
    dossier, later = scene.opened(cast), days_later(10)
    scene.in_lane(dossier, cast)
    scene.step(dossier, "revoke", cast.head, "Selesai.", at=later)
    with pytest.raises(Refusal, match="has ended"):
        scene.write(dossier, cast.analyst, "problem", at=later)
    with pytest.raises(Refusal, match="has ended"):
        scene.write(dossier, cast.lawyer, "legal_clearance", at=later)


def test_a_measure_lapses_on_the_day_of_the_office_not_of_greenwich(cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.in_lane(dossier, cast)
    last = datetime(2027, 1, 31, tzinfo=UTC)
    assert actions.lapse_due(at=last.replace(hour=16, minute=30)) == 0
    # Half past midnight of the first of February in Jakarta.
    assert actions.lapse_due(at=last.replace(hour=17, minute=30)) == 1


def test_reminders_that_passed_never_keep_a_measure_from_lapsing(cast: Cast) -> None:
    for _many in range(3):
        scene.opened(cast)
    dossier = scene.opened(cast, at=days_later(1))
    scene.in_lane(dossier, cast, at=days_later(1))
    run = {job.name: job.run for job in jobs()}["let measures lapse"]
    assert actions.lapse_due(at=days_later(92), most=1) == 1
    assert run(days_later(92)) == 0
    dossier.refresh_from_db()
    assert dossier.ended_as == "lapsed"


def test_with_overdue_debts_the_next_use_needs_the_office_above(cast: Cast) -> None:
    first = scene.opened(cast)
    scene.in_lane(first, cast)
    later = days_later(10)
    assert course.overdue(cast.office, later.date()) >= 2
    second = scene.opened(cast, at=later, title="Tanggul kedua")
    with pytest.raises(Refusal):
        scene.in_lane(second, cast, at=later)
    scene.signed(second, cast.governor, at=later)
    scene.untied(second, cast.head, at=later)
    scene.step(second, "use_lane_disaster", cast.head, "Tidak dapat menunggu.", at=later)
    second.refresh_from_db()
    assert (second.lane.higher, second.lane.overdue_then) == (
        True,
        course.overdue(cast.office, later.date()),
    )


def test_nobody_signs_beside_himself(cast: Cast) -> None:
    dossier = scene.opened(cast)
    actions.write_part(dossier, "lane", scene.LANE, seen=scene.now(dossier), by=cast.head, at=AT)
    for officer in (cast.head, cast.analyst, cast.lawyer, cast.watcher):
        with pytest.raises(Refusal):
            actions.co_sign(dossier, seen=scene.now(dossier), by=officer, at=AT)
    with pytest.raises(Refusal):
        scene.step(dossier, "use_lane_disaster", cast.head, "Sendiri.")


def test_words_that_changed_are_signed_anew(cast: Cast) -> None:
    dossier = scene.opened(cast)
    actions.write_part(dossier, "lane", scene.LANE, seen=scene.now(dossier), by=cast.head, at=AT)
    scene.signed(dossier, cast.deputy, at=AT)
    wider = scene.LANE | {"scope": "Semua sungai."}
    actions.write_part(dossier, "lane", wider, seen=scene.now(dossier), by=cast.head, at=AT)
    with pytest.raises(Refusal):
        scene.step(dossier, "use_lane_disaster", cast.head, "Lebih luas.")


def test_a_form_sent_twice_is_one_act(cast: Cast) -> None:
    dossier = scene.opened(cast)
    seen = scene.now(dossier)
    first = actions.declare_tie(dossier, "", "", seen=seen, by=cast.analyst, at=AT)
    again = actions.declare_tie(dossier, "", "", seen=seen, by=cast.analyst, at=AT)
    assert first.pk == again.pk
    assert Dossier.objects.get().version == 2


def test_who_is_tied_does_not_decide(cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.cleared(dossier, cast)
    scene.planned(dossier, cast)
    actions.declare_tie(
        dossier, "gains", "Pemilik dapur.", seen=scene.now(dossier), by=cast.head, at=AT
    )
    with pytest.raises(Refusal, match="tie"):
        scene.step(dossier, "enacted", cast.head, "Sesuai kajian.")
    scene.untied(dossier, cast.deputy)
    scene.step(dossier, "enacted", cast.deputy, "Sesuai kajian.")


def test_a_measure_ends_within_the_days_that_the_rules_let(cast: Cast) -> None:
    dossier = scene.opened(cast)
    latest = course.latest_sunset(dossier, AT.date())
    assert latest == AT.date() + timedelta(days=180)
    for day in (AT.date(), latest + timedelta(days=1)):
        with pytest.raises(Refusal):
            scene.in_lane(dossier, cast, sunset_on=day.isoformat())
    scene.in_lane(dossier, cast, sunset_on=latest.isoformat())
