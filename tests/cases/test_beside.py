"""What runs beside a case, after it, and under it: side tracks, remedies, transitions, receipts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.cases.conftest import (
    AT,
    CONFIRMED,
    TJAHJO,
    Office,
    content,
    days_later,
    file_report,
    log_in,
    make_organ,
    office,
)
from tests.cases.writing import chosen, clear, decide_all, deliver_all, minuted, write, write_all
from timbang.cases import actions, course, reading
from timbang.cases.actions import Given, Seen, Taking
from timbang.cases.models import Case, CaseLink, DocumentKind, NormUse, OpenTerm, Track
from timbang.cases.vault import Desk
from timbang.law import receipt as receipts
from timbang.law.refusal import Refusal
from timbang.reports.content import Content

LATE_2023 = datetime(2023, 11, 6, 3, 0, tzinfo=UTC)


def step(case: Case, desk: Desk, outcome: str, *declared: str, at: datetime = AT) -> None:
    case.refresh_from_db()
    taking = Taking(outcome, reason="Sesuai berkas.", declared=frozenset(declared))
    actions.take_step(case, taking, seen=Seen.now(case), by=desk, at=at)
    case.refresh_from_db()


@pytest.fixture
def ppk(db: None) -> Office:
    return office("ppk-32", "appointing_officer", "pandu", "pertiwi")


def discipline(ppk: Office, **facts: object) -> Case:
    """A case under PP 94/2021, opened by the appointing officer's own office."""
    told = {"act_on": date(2026, 10, 1), "conduct": ["absent"], "absent_workdays": 5}
    told |= {"valid_reason": False} | facts
    return actions.open_case(
        [file_report(ppk.organ, kind="discipline", conduct=("absent",))],
        people=[TJAHJO],
        facts=told,
        kind="discipline",
        procedure_id="discipline_pp_94",
        by=ppk.desks["pandu"],
        at=AT,
    )


def heard(case: Case, desk: Desk) -> None:
    """Summoned, come, examined: as far as the decision."""
    clear(case, desk)
    step(case, desk, "summon")
    step(case, desk, "came")
    actions.record_hearing(
        case.accused.get(), held_on=AT.date(), seen=Seen.now(case), by=desk, at=AT
    )
    minuted(case, desk)
    step(case, desk, "examined", "not_conflicted")
    assert case.step == "decide"


# the kind decides the procedure


@pytest.mark.parametrize(
    ("kind", "organ_kind", "status", "procedure"),
    [
        ("discipline", "appointing_officer", "PNS", "discipline_pp_94"),
        ("discipline", "appointing_officer", "PPPK", "pppk_discipline"),
        ("discipline", "inspectorate", "PNS", "inspectorate_examination"),
        ("discipline", "regent", "village_head", "village_officials"),
        ("service", "service_provider", "", "service_complaint"),
        ("maladministration", "ombudsman", "", "ombudsman"),
        ("neutrality", "task_force", "PNS", "sbt_neutrality"),
        ("neutrality", "task_force", "TNI", "forces_referral"),
    ],
)
def test_kind_status_and_office_decide_the_procedure(
    kind: str, organ_kind: str, status: str, procedure: str
) -> None:
    assert course.proposed(kind, [status], "", organ_kind, AT.date())[0].id == procedure


def test_two_persons_of_different_status_rule_nothing_out() -> None:
    one = course.proposed("discipline", ["PNS"], "", "appointing_officer", AT.date())
    both = course.proposed("discipline", ["PNS", "PPPK"], "", "appointing_officer", AT.date())
    assert "pppk_discipline" not in {found.id for found in one}
    assert {"pppk_discipline", "discipline_pp_94"} <= {found.id for found in both}


def test_another_procedure_needs_a_reason_that_stays_with_the_case(
    alice: Desk, bawaslu: Office
) -> None:
    report = file_report(bawaslu.organ)
    told = {"people": [TJAHJO], "facts": CONFIRMED, "procedure_id": "ethics_council"}
    with pytest.raises(Refusal, match="Write why"):
        actions.open_case([report], **told, by=alice, at=AT)  # type: ignore[arg-type]
    case = actions.open_case([report], **told, reason="Etik lebih tepat.", by=alice, at=AT)  # type: ignore[arg-type]
    assert reading.journal_of(case, alice)[-1].note == "Etik lebih tepat."


def test_a_finding_of_the_office_itself_begins_elsewhere(alice: Desk, bawaslu: Office) -> None:
    report = file_report(bawaslu.organ)
    told = {"people": [TJAHJO], "facts": CONFIRMED, "by": alice, "at": AT}
    case = actions.open_case([report], procedure_id="pemilihan_report", start="finding", **told)  # type: ignore[arg-type]
    assert case.step == "finding"
    with pytest.raises(Refusal, match="does not begin there"):
        actions.open_case([report], procedure_id="pemilihan_report", start="study", **told)  # type: ignore[arg-type]


def test_an_old_report_without_a_kind_is_about_neutrality() -> None:
    stored = content().to_json()
    del stored["kind"]
    assert Content.from_json(stored) == replace(content(), kind="neutrality")


# guards


def test_nobody_declares_a_hearing_that_is_not_on_file(ppk: Office) -> None:
    case, pandu = discipline(ppk), ppk.desks["pandu"]
    clear(case, pandu)
    step(case, pandu, "summon")
    step(case, pandu, "came")
    every = ("hearing_held", "minutes_signed_or_refusal_noted", "not_conflicted")
    with pytest.raises(Refusal):
        step(case, pandu, "examined", *every)
    [option] = [
        found
        for found in reading.options_of(case, pandu, on=AT.date())
        if found.outcome.code == "examined"
    ]
    assert not option.ready
    assert "hearing_held" not in option.declare
    actions.record_hearing(
        case.accused.get(), held_on=AT.date(), seen=Seen.now(case), by=pandu, at=AT
    )
    with pytest.raises(Refusal, match="berita acara"):
        step(case, pandu, "examined", *every)
    minuted(case, pandu)
    step(case, pandu, "examined", "not_conflicted")


def test_the_second_summons_must_have_let_its_day_pass(ppk: Office) -> None:
    case, pandu = discipline(ppk), ppk.desks["pandu"]
    clear(case, pandu)
    step(case, pandu, "summon")
    accused = case.accused.get()
    actions.record_summons(
        accused, sent_on=AT.date(), summoned_for_on=days_later(7).date(), seen=Seen.now(case),
        by=pandu, at=AT,
    )  # fmt: skip
    with pytest.raises(Refusal):
        step(case, pandu, "absent", "first_summons_proven", at=days_later(7))
    clear(case, pandu)
    step(case, pandu, "absent", "first_summons_proven", at=days_later(8))
    with pytest.raises(Refusal):
        step(
            case, pandu, "absent_again", "first_summons_proven", "second_summons_proven",
            at=days_later(8),
        )  # fmt: skip


# side tracks


def test_a_side_track_runs_beside_the_case_with_its_own_end(ppk: Office) -> None:
    case, pandu = discipline(ppk), ppk.desks["pandu"]
    heard(case, pandu)
    main = OpenTerm.objects.running().get(case=case, track=None)
    actions.open_track(case, "temporary_release", seen=Seen.now(case), by=pandu, at=AT)
    track = Track.objects.get(case=case)
    taking = Taking("keep", reason="Tidak perlu.")
    case.refresh_from_db()
    actions.take_track_step(track, taking, seen=Seen.now(case), by=pandu, at=AT)
    track.refresh_from_db()
    case.refresh_from_db()
    assert (track.ended_as, track.ended_on) == ("not_released", AT.date())
    assert (case.step, case.ended_on) == ("decide", None)
    assert OpenTerm.objects.running().get(case=case, track=None) == main
    [view] = reading.tracks_of(case, pandu, on=AT.date())
    assert view.options == ()
    titles = [str(line.outcome) for line in reading.journal_of(case, pandu)[:2]]
    assert len(set(titles)) == 2


def test_a_side_track_opens_only_where_the_procedure_says_and_runs_once(ppk: Office) -> None:
    case, pandu = discipline(ppk), ppk.desks["pandu"]
    with pytest.raises(Refusal, match="cannot be opened here"):
        actions.open_track(case, "temporary_release", seen=Seen.now(case), by=pandu, at=AT)
    heard(case, pandu)
    actions.open_track(case, "temporary_release", seen=Seen.now(case), by=pandu, at=AT)
    case.refresh_from_db()
    with pytest.raises(Refusal, match="runs already"):
        actions.open_track(case, "temporary_release", seen=Seen.now(case), by=pandu, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Track.objects.create(case=case, code="temporary_release", step="x", opened_on=AT.date())


def test_nobody_outside_takes_a_step_of_a_side_track(ppk: Office, charlie: Desk) -> None:
    case, pandu = discipline(ppk), ppk.desks["pandu"]
    heard(case, pandu)
    actions.open_track(case, "temporary_release", seen=Seen.now(case), by=pandu, at=AT)
    track = Track.objects.get(case=case)
    case.refresh_from_db()
    with pytest.raises(Refusal):
        actions.take_track_step(
            track, Taking("keep", reason="x"), seen=Seen.now(case), by=charlie, at=AT
        )
    page = reverse("cases:track-step", args=[case.pk, track.pk, "keep"])
    assert log_in("charlie").get(page).status_code == 404
    assert log_in("pandu").get(page).status_code == 200


def test_side_tracks_are_opened_and_moved_through_the_pages(ppk: Office) -> None:
    case, pandu = discipline(ppk), ppk.desks["pandu"]
    heard(case, pandu)
    client = log_in("pandu")
    place = reverse("cases:track-new", args=[case.pk, "temporary_release"])
    form = client.get(place).context["form"]
    told = {field.name: field.value() for field in form.hidden_fields()} | {"sure": "on"}
    assert client.post(place, told).status_code == 302
    track = Track.objects.get(case=case)
    place = reverse("cases:track-step", args=[case.pk, track.pk, "keep"])
    form = client.get(place).context["form"]
    told = {field.name: field.value() for field in form.hidden_fields()}
    answer = client.post(place, told | {"sure": "on", "reason": "Tidak perlu."})
    assert answer.status_code == 302, answer.content.decode()
    page = client.get(reverse("cases:case", args=[case.pk])).content.decode()
    assert "Side tracks" in page


# remedies


def sanctioned(ppk: Office) -> Case:
    case, pandu = discipline(ppk), ppk.desks["pandu"]
    heard(case, pandu)
    write(case, pandu, DocumentKind.STUDY)
    decide_all(case, pandu, "light")
    step(case, pandu, "light")
    return case


def test_an_objection_is_a_case_of_its_own_that_knows_the_first(ppk: Office) -> None:
    case, pandu = sanctioned(ppk), ppk.desks["pandu"]
    made = actions.follow_case(
        case, why="objection_to_appointing_officer", start="own_review",
        reason="Keberatan terlapor diterima hari ini.", by=pandu, at=days_later(3),
    )  # fmt: skip
    assert (made.procedure.code, made.step, made.kind) == ("objection", "own_review", "discipline")
    assert CaseLink.objects.get(case=made).earlier == case
    assert reading.people_of(made, pandu, on=AT.date())[0].person == TJAHJO
    assert reading.facts_of(made, pandu) == reading.facts_of(case, pandu)
    assert made.number != case.number
    assert not made.reports.exists()
    seen = reading.earlier_of(made, pandu)
    assert seen is not None
    assert seen.case == case
    [later] = reading.later_of(case, pandu)
    assert later.case == made


def awaiting_effect(ppk: Office) -> Case:
    case, pandu = sanctioned(ppk), ppk.desks["pandu"]
    deliver_all(case, pandu)
    step(case, pandu, "delivered", "decision_delivered", "remedy_offered")
    assert case.step == "effect"
    return case


def test_a_decision_takes_effect_by_itself_when_nobody_objects(ppk: Office) -> None:
    case = awaiting_effect(ppk)
    actions.escalate_due(at=days_later(60))
    case.refresh_from_db()
    assert case.step == "record"


def test_a_decision_under_objection_never_takes_effect_by_itself(ppk: Office) -> None:
    """PP 94/2021 ps 38(2): it takes effect as the remedy decides."""
    case, pandu = awaiting_effect(ppk), ppk.desks["pandu"]
    actions.follow_case(
        case, why="objection_to_appointing_officer", start="own_review", reason="x", by=pandu,
        at=days_later(3),
    )  # fmt: skip
    actions.escalate_due(at=days_later(60))
    case.refresh_from_db()
    assert case.step == "effect"


def test_who_acted_at_the_decision_does_not_review_it_unless_the_law_lets_him(
    ppk: Office,
) -> None:
    """PP 79/2021 ps 3(2) lets the appointing officer; BPASN has no such rule."""
    case, pandu = sanctioned(ppk), ppk.desks["pandu"]
    own = actions.follow_case(
        case, why="objection_to_appointing_officer", start="own_review", reason="x", by=pandu,
        at=AT,
    )  # fmt: skip
    assert reading.options_of(own, pandu, on=AT.date())
    appeal = actions.follow_case(case, why="appeal", reason="x", by=pandu, at=AT)
    assert "discipline_pp_94/decide" in course.acted_at(appeal, pandu.officer)
    # The same person, now at the board: an officer of another organ would be another row.
    pandu.officer.organ.kind = "bpasn"
    assert course.options(appeal, pandu.officer, held={}) == []
    refusal = course.own_work(appeal, pandu.officer)
    assert refusal is not None
    assert "yang Anda kerjakan sendiri" in str(refusal.message)
    assert "discipline_pp_94" not in str(refusal.message)
    pertiwi = ppk.desks["pertiwi"].officer
    pertiwi.organ.kind = "bpasn"
    assert course.own_work(appeal, pertiwi) is None
    assert course.options(appeal, pertiwi, held={})


def test_a_remedy_that_is_not_there_is_refused(ppk: Office) -> None:
    case, pandu = sanctioned(ppk), ppk.desks["pandu"]
    for wrong in ({"why": "nothing"}, {"why": "other", "procedure_id": "nothing"}):
        with pytest.raises(Refusal):
            actions.follow_case(case, reason="x", by=pandu, at=AT, **wrong)  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="who asks"):
        actions.follow_case(case, why="appeal", reason=" ", by=pandu, at=AT)


def test_the_case_that_follows_is_opened_through_its_page_once(ppk: Office) -> None:
    case = sanctioned(ppk)
    client = log_in("pandu")
    place = reverse("cases:follow", args=[case.pk])
    form = client.get(place).context["form"]
    told = {field.name: field.value() for field in form.hidden_fields()}
    told |= {"why": "objection_to_superior:superior_review", "reason": "Keberatan masuk."}
    first = client.post(place, told)
    assert first.status_code == 302, first.content.decode()
    assert client.post(place, told)["Location"] == first["Location"]
    made = CaseLink.objects.get(earlier=case).case
    assert (made.step, made.holder) == ("superior_review", ppk.organ)
    page = client.get(reverse("cases:case", args=[made.pk])).content.decode()
    assert case.number in page
    assert "belongs to another kind of office" in page
    superior = make_organ("atasan", "higher_officer", inside=False)
    give = Given(superior, documents=chosen(made, ppk.desks["pandu"]))
    actions.hand_over(made, give, seen=Seen.now(made), by=ppk.desks["pandu"], at=AT)


# receipts


def test_a_study_keeps_a_receipt_that_repeats(case: Case, alice: Desk) -> None:
    write_all(case, alice)
    study = reading.newest(case, DocumentKind.STUDY, alice)
    assert study is not None
    [kept] = study.body["receipts"]
    assert kept["inputs"]["status"] == "PNS"
    assert kept["procedure"]["hash"] == case.procedure.hash
    assert receipts.repeat(receipts.from_json(kept)) == []
    assert TJAHJO.name not in json.dumps(kept)
    place = reverse("cases:receipt", args=[case.pk, study.row.pk, 0])
    answer = log_in("alice").get(place)
    assert json.loads(answer.content) == kept


def test_a_correction_finds_the_cases_that_it_touches_and_opens_nothing(
    case: Case, alice: Desk, charlie: Desk
) -> None:
    assert reading.touched_by_corrections(alice.organ) == []
    write_all(case, alice)
    assert reading.touched_by_corrections(alice.organ) == []
    norm = "skb_2022/D2"
    used = NormUse.objects.filter(case=case)
    assert used.count() > 1
    norm = used.order_by("norm").first().norm  # type: ignore[union-attr]
    used.filter(norm=norm).update(hash="0" * 64)
    [touched] = reading.touched_by_corrections(alice.organ)
    assert (touched.case, touched.norms) == (case, (norm,))
    assert reading.touched_by_corrections(charlie.organ) == []
    page = log_in("alice").get(reverse("cases:corrections")).content.decode()
    assert case.number in page
    assert TJAHJO.name not in page
    write(case, alice, DocumentKind.STUDY)
    assert reading.touched_by_corrections(alice.organ) == []


# transition


def case_of_kasn() -> tuple[Case, Desk]:
    """A case of the office that decided until 24 August 2024."""
    kasn = office("kasn", "kasn", "karina", region="ID").desks["karina"]
    case = actions.open_case(
        [file_report(kasn.organ, at=LATE_2023)],
        people=[TJAHJO],
        facts=CONFIRMED | {"act_on": date(2023, 10, 20)},
        procedure_id="kasn_neutrality",
        by=kasn,
        at=LATE_2023,
    )
    return case, kasn


@pytest.fixture
def kasn_case(db: None) -> tuple[Case, Desk]:
    return case_of_kasn()


def test_a_case_of_kasn_goes_on_where_the_rule_says(kasn_case: tuple[Case, Desk]) -> None:
    case, kasn = kasn_case
    before = OpenTerm.objects.running().get(case=case)
    assert course.procedure_of(case).id == "kasn_neutrality"
    told = {"reason": "KASN berakhir.", "by": kasn}
    with pytest.raises(Refusal):
        actions.move_by_transition(
            case,
            "kasn_to_bkn_2024",
            seen=Seen.now(case),
            at=LATE_2023,
            **told,  # type: ignore[arg-type]
        )
    later = datetime(2024, 9, 2, 3, 0, tzinfo=UTC)
    line = actions.move_by_transition(
        case,
        "kasn_to_bkn_2024",
        seen=Seen.now(case),
        at=later,
        **told,  # type: ignore[arg-type]
    )
    case.refresh_from_db()
    assert (case.procedure.code, case.step) == ("sbt_neutrality", "verify")
    assert (line.act, line.to) == ("transition", "verify")
    assert reading.journal_of(case, kasn)[0].note == "KASN berakhir."
    after = OpenTerm.objects.running().get(case=case)
    assert after.last_day is None or before.last_day is None or after.last_day >= before.last_day


def test_a_case_that_no_rule_moves_stays(case: Case, alice: Desk) -> None:
    with pytest.raises(Refusal, match="No transition rule"):
        actions.move_by_transition(
            case, "kasn_to_bkn_2024", reason="x", seen=Seen.now(case), by=alice,
            at=AT + timedelta(days=1),
        )  # fmt: skip
    assert log_in("alice").get(reverse("cases:transition", args=[case.pk])).status_code == 404
