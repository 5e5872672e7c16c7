"""Each reported person is decided apart, on a norm, within its range; and what befalls it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.cases.conftest import AT, TJAHJO, Office, days_later, file_report, office
from tests.cases.writing import clear, minuted
from timbang.cases import actions, cleared, course, decisions, searching
from timbang.cases.actions import Seen, Taking, deciding, shelving
from timbang.cases.actions.deciding import Verdict
from timbang.cases.models import (
    Accused,
    Act,
    Case,
    Decision,
    DecisionEvent,
    DecisionFinding,
    DecisionState,
    SanctionFact,
    SearchToken,
)
from timbang.cases.vault import Desk, Person
from timbang.law.refusal import Refusal

SITI = Person("Siti Contohwati", "Sekretaris Camat", "Kabupaten Contoh", "32.04", "PNS")
ABSENT = "pp_94_2021/4f"
LIGHT = Verdict(
    outcome="light",
    finding=DecisionFinding.PROVEN,
    reasons="Lima hari tidak hadir tanpa alasan, menurut daftar hadir.",
    norms=(ABSENT,),
    level="ringan",
    kind="written_reprimand",
    post_level="executing",
    signer="punishing_officer",
)
FREE = Verdict("no_breach", DecisionFinding.NOT_PROVEN, "Ia sakit; suratnya sah.")


@pytest.fixture
def ppk(db: None) -> Office:
    return office("ppk-32", "appointing_officer", "pandu", "pertiwi")


@pytest.fixture
def pandu(ppk: Office) -> Desk:
    return ppk.desks["pandu"]


@pytest.fixture
def pertiwi(ppk: Office) -> Desk:
    return ppk.desks["pertiwi"]


def step(case: Case, desk: Desk, outcome: str, *declared: str) -> None:
    case.refresh_from_db()
    taking = Taking(outcome, reason="Sesuai berkas.", declared=frozenset(declared))
    actions.take_step(case, taking, seen=Seen.now(case), by=desk, at=AT)
    case.refresh_from_db()


def at_decision(ppk: Office, *people: Person, heard: bool = True) -> Case:
    """A case under PP 94/2021 that stands before its decision, prepared by another officer."""
    pandu = ppk.desks["pandu"]
    case = actions.open_case(
        [file_report(ppk.organ, kind="discipline", conduct=("absent",))],
        people=people or (TJAHJO,),
        facts={
            "act_on": date(2026, 10, 1), "conduct": ["absent"], "absent_workdays": 5,
            "valid_reason": False,
        },
        kind="discipline",
        procedure_id="discipline_pp_94",
        by=pandu,
        at=AT,
    )  # fmt: skip
    clear(case, pandu)
    step(case, pandu, "summon")
    step(case, pandu, "came")
    for row in case.accused.all()[: None if heard else 1]:
        case.refresh_from_db()
        actions.record_hearing(row, held_on=AT.date(), seen=Seen.now(case), by=pandu, at=AT)
    minuted(case, pandu)
    if heard:
        step(case, pandu, "examined", "not_conflicted")
    else:
        Case.objects.filter(pk=case.pk).update(step="decide")
        case.refresh_from_db()
        shelving.place(case)
    assert case.step == "decide"
    return case


def decide(row: Accused, verdict: Verdict, desk: Desk) -> Decision:
    case = Case.objects.get(pk=row.case_id)
    return deciding.decide_person(row, verdict, seen=Seen.now(case), by=desk, at=AT)


def changed(verdict: Verdict, **fields: object) -> Verdict:
    told = {name: getattr(verdict, name) for name in Verdict.__slots__} | fields
    return Verdict(**told)  # type: ignore[arg-type]


def test_two_persons_are_decided_apart_and_the_case_waits_for_both(
    ppk: Office, pertiwi: Desk
) -> None:
    case = at_decision(ppk, TJAHJO, SITI)
    tjahjo, siti = case.accused.all()
    decide(tjahjo, LIGHT, pertiwi)
    with pytest.raises(Refusal, match="1 are left"):
        step(case, pertiwi, "light")
    assert decisions.case_outcome(case) is None
    decide(siti, FREE, pertiwi)
    case.refresh_from_db()
    assert decisions.case_outcome(case) == "light"
    clear(case, pertiwi)
    with pytest.raises(Refusal, match="gravest"):
        step(case, pertiwi, "no_breach")
    step(case, pertiwi, "light")
    assert case.step == "deliver"
    assert cleared.people(case) == {siti.pk}
    found = decisions.views(case, pertiwi, on=AT.date())
    assert [(view.person.name, view.cleared) for view in found] == [
        (TJAHJO.name, False), (SITI.name, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"norms": ()}, "Name the norms"),
        ({"norms": ("uu_30_2014/17",)}, "Name the norms"),
        ({"reasons": " "}, "Write the reasons"),
        ({"kind": "oral"}, "provides that sanction"),
        ({"outcome": "moderate"}, "another level"),
        ({"outcome": "return"}, "nobody is decided"),
        ({"outcome": "no_breach"}, "not proven"),
        ({"finding": DecisionFinding.NOT_PROVEN}, "imposes nothing"),
        ({"finding": DecisionFinding.BEYOND_AUTHORITY}, "name it"),
        ({"decided_on": date(2026, 11, 3)}, "opening of the case"),
    ],
)
def test_no_sanction_without_a_norm_that_provides_it(
    ppk: Office, pertiwi: Desk, fields: dict[str, object], words: str
) -> None:
    case = at_decision(ppk)
    with pytest.raises(Refusal, match=words):
        decide(case.accused.get(), changed(LIGHT, **fields), pertiwi)
    assert not Decision.objects.exists()


def test_who_was_not_heard_is_not_decided_about(ppk: Office, pertiwi: Desk) -> None:
    case = at_decision(ppk, TJAHJO, SITI, heard=False)
    with pytest.raises(Refusal, match="neither heard"):
        decide(case.accused.last(), LIGHT, pertiwi)


def test_nobody_is_punished_twice_and_a_double_click_is_one_decision(
    ppk: Office, pertiwi: Desk
) -> None:
    case = at_decision(ppk)
    row, seen = case.accused.get(), Seen.now(case)
    first = deciding.decide_person(row, LIGHT, seen=seen, by=pertiwi, at=AT)
    assert deciding.decide_person(row, LIGHT, seen=seen, by=pertiwi, at=AT) == first
    with pytest.raises(Refusal, match="nobody is punished twice"):
        decide(row, LIGHT, pertiwi)


def test_who_is_cleared_is_found_by_the_number_only(ppk: Office, pertiwi: Desk) -> None:
    case = at_decision(ppk)
    assert list(searching.find(pertiwi, TJAHJO.name, most=10).cases) == [case]
    decide(case.accused.get(), FREE, pertiwi)
    with pytest.raises(Refusal, match=r"tidak terbukti belum dibuat|clears the reported person"):
        step(case, pertiwi, "no_breach")
    clear(case, pertiwi)
    step(case, pertiwi, "no_breach")
    assert case.ended_on is not None
    assert not searching.find(pertiwi, TJAHJO.name, most=10).cases
    assert list(searching.find(pertiwi, case.number, most=10).cases) == [case]
    assert not SanctionFact.objects.exists()


def test_delivery_begins_effect_and_remedies(ppk: Office, pertiwi: Desk) -> None:
    case = at_decision(ppk)
    row = decide(case.accused.get(), LIGHT, pertiwi)
    step(case, pertiwi, "light")
    assert [view.window for view in decisions.remedies(row, AT.date())] == ["not_delivered"] * 2
    with pytest.raises(Refusal):
        step(case, pertiwi, "delivered", "decision_delivered", "remedy_offered")
    deliver(row, pertiwi)
    row.refresh_from_db()
    effect = decisions.effect_of(row)
    assert effect is not None
    assert effect.last_day is not None
    # the 15th calendar day, or the 15th working day: the sure one comes later
    assert effect.safe_day == date(2026, 11, 17)
    assert effect.last_day > effect.safe_day
    [own, superior] = decisions.remedies(row, AT.date())
    assert (own.window, superior.window) == ("open", "unknown")
    assert own.answer is not None
    assert own.answer.last_day is not None
    late = own.answer.last_day + timedelta(days=1)
    assert [view.may_file for view in decisions.remedies(row, late)] == [False, True]
    step(case, pertiwi, "delivered", "decision_delivered", "remedy_offered")


def deliver(row: Decision, desk: Desk, **fields: object) -> None:
    case = Case.objects.get(pk=row.case_id)
    told = {"delivered_on": AT.date(), "how": Decision.How.HANDED, "proof": "Tanda terima 12"}
    deciding.deliver_decision(row, **told | fields, seen=Seen.now(case), by=desk, at=AT)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "fields",
    [{"proof": " "}, {"delivered_on": date(2026, 11, 1)}, {"delivered_on": date(2026, 11, 3)}],
)
def test_a_delivery_needs_its_proof_and_a_possible_day(
    ppk: Office, pertiwi: Desk, fields: dict[str, object]
) -> None:
    row = decide(at_decision(ppk).accused.get(), LIGHT, pertiwi)
    with pytest.raises(Refusal):
        deliver(row, pertiwi, **fields)


def event(row: Decision, what: DecisionEvent.What, desk: Desk, words: str = "Putusan 7/G") -> None:
    case = Case.objects.get(pk=row.case_id)
    deciding.record_event(
        row, what, by_whom=DecisionEvent.ByWhom.COURT, done_on=AT.date(), words=words,
        seen=Seen.now(case), by=desk, at=AT,
    )  # fmt: skip
    row.refresh_from_db()


def test_a_court_suspends_resumes_and_annuls(ppk: Office, pertiwi: Desk) -> None:
    what = DecisionEvent.What
    case = at_decision(ppk)
    row = decide(case.accused.get(), LIGHT, pertiwi)
    deliver(row, pertiwi)
    event(row, what.SUSPENDED, pertiwi)
    assert (row.state, decisions.effect_of(row)) == (DecisionState.SUSPENDED, None)
    with pytest.raises(Refusal, match="cannot befall"):
        event(row, what.SUSPENDED, pertiwi)
    event(row, what.RESUMED, pertiwi)
    assert decisions.effect_of(row) is not None
    assert SanctionFact.objects.count() == 1
    event(row, what.ANNULLED, pertiwi)
    assert cleared.people(case) == {row.accused_id}
    assert not SanctionFact.objects.exists()
    assert not searching.find(pertiwi, TJAHJO.name, most=10).cases
    with pytest.raises(Refusal, match="no longer binds"):
        event(row, what.RESUMED, pertiwi)
    lines = case.journal.filter(act=Act.DECISION_EVENT).values_list("outcome", flat=True)
    assert list(lines) == ["delivered", "suspended", "resumed", "annulled"]


def test_a_slip_is_corrected_by_a_new_version(ppk: Office, pertiwi: Desk) -> None:
    case = at_decision(ppk)
    old = decide(case.accused.get(), LIGHT, pertiwi)
    deliver(old, pertiwi)
    old.refresh_from_db()
    case.refresh_from_db()
    new = deciding.correct_decision(
        old, reasons="Enam hari, bukan lima.", slip="Jumlah hari.", seen=Seen.now(case),
        by=pertiwi, at=AT,
    )  # fmt: skip
    old.refresh_from_db()
    assert (old.state, new.version, new.kind, new.delivered_on) == (
        DecisionState.REPLACED, 2, old.kind, None,
    )  # fmt: skip
    assert SanctionFact.objects.count() == 1
    words = [view.words["reasons"] for view in decisions.views(case, pertiwi, on=AT.date())]
    assert words == [LIGHT.reasons, "Enam hari, bukan lima."]


def test_outside_the_range_of_like_facts_a_reason_is_asked(ppk: Office, pertiwi: Desk) -> None:
    case = at_decision(ppk)
    for _number in range(4):
        SanctionFact.objects.create(
            norm=ABSENT, level="ringan", kind="oral_reprimand", post_level="executing",
            organ_code="x", month="2026-09", attributes=["valid_reason:false"],
        )  # fmt: skip
    with pytest.raises(Refusal, match="On like facts"):
        decide(case.accused.get(), LIGHT, pertiwi)
    row = decide(case.accused.get(), changed(LIGHT, outside="Sudah dua kali ditegur."), pertiwi)
    [view] = decisions.views(case, pertiwi, on=AT.date())
    assert view.words["outside"] == "Sudah dua kali ditegur."
    assert row.fact is not None


def test_a_row_never_imposes_something_on_who_is_cleared(ppk: Office, pertiwi: Desk) -> None:
    row = decide(at_decision(ppk).accused.get(), FREE, pertiwi)
    row.level, row.kind = "ringan", "oral_reprimand"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_another_organ_sees_and_decides_nothing(ppk: Office, pertiwi: Desk, charlie: Desk) -> None:
    case = at_decision(ppk)
    with pytest.raises(Refusal, match="Another organ"):
        decide(case.accused.get(), LIGHT, charlie)
    assert not SearchToken.objects.filter(key__organ=charlie.organ).exists()
    assert course.step_of(case) is not None
    assert days_later(0) == AT
