"""After the decision: carried out with proof, measures on a finding, the idle office listed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.cases.conftest import AT, TJAHJO, Office, days_later, log_in
from tests.cases.rules import under
from tests.cases.test_deciding import (
    FREE,
    LIGHT,
    SITI,
    at_decision,
    decide,
    deliver,
    event,
    ppk,
    step,
)  # fmt: skip
from tests.cases.writing import chosen, clear, write_all
from timbang.accounts.models import Organ
from timbang.cases import actions, aftermath, cleared, course, decisions, errands, idleness, reading
from timbang.cases.actions import Given, Seen, Taking, above, carrying_out, listing, measures
from timbang.cases.actions.measures import Taken
from timbang.cases.models import (
    Act,
    Case,
    ClosingCause,
    Decision,
    DecisionEvent,
    Errand,
    IdleOffice,
    IdleTie,
    Measure,
    OpenTerm,
)  # fmt: skip
from timbang.cases.vault import Desk
from timbang.law import confirmable
from timbang.law.refusal import Refusal
from timbang.ledger.actions import record
from timbang.registry.models import ArticleConfirmation

__all__ = ["ppk"]
TASK = Errand.Task


@pytest.fixture
def pertiwi(ppk: Office) -> Desk:
    return ppk.desks["pertiwi"]


@pytest.fixture
def eksekutor(ppk: Office) -> Desk:
    return ppk.add("eksekutor", "executing_officer")


def errand(row: Decision, task: Errand.Task) -> Errand:
    return Errand.objects.select_related("case", "decision").get(decision=row, task=task)


def done(row: Errand, desk: Desk, **changes: Any) -> None:
    row.case.refresh_from_db()
    told: dict[str, Any] = {"done_on": AT.date(), "proof": "SK 12/2026", "at": AT}
    carrying_out.carry_out(row, **told | changes, seen=Seen.now(row.case), by=desk)


def test_a_decision_is_delivered_carried_out_and_recorded_by_the_executing_officer(
    ppk: Office, pertiwi: Desk, eksekutor: Desk
) -> None:
    row = decide(at_decision(ppk).accused.get(), LIGHT, pertiwi)
    assert set(row.errands.values_list("task", flat=True)) == {"deliver", "carry_out", "record"}
    carried = errand(row, TASK.CARRY_OUT)
    with pytest.raises(Refusal, match="penyampaian"):
        done(carried, eksekutor)
    deliver(row, eksekutor)
    assert errand(row, TASK.DELIVER).done_on == AT.date()
    with pytest.raises(Refusal, match="berlaku"):
        done(errand(row, TASK.CARRY_OUT), eksekutor)
    row.refresh_from_db()
    effect = decisions.effect_of(row)
    assert effect is not None
    assert effect.last_day is not None
    later = days_later((effect.last_day - AT.date()).days)
    with pytest.raises(Refusal, match="berlaku"):
        # it cannot have been carried out before it had effect
        done(errand(row, TASK.CARRY_OUT), eksekutor, done_on=AT.date(), at=later)
    with pytest.raises(Refusal, match="proof"):
        done(errand(row, TASK.CARRY_OUT), eksekutor, done_on=effect.last_day, at=later, proof=" ")
    done(errand(row, TASK.CARRY_OUT), eksekutor, done_on=effect.last_day, at=later)
    with pytest.raises(Refusal, match="done already"):
        done(errand(row, TASK.CARRY_OUT), eksekutor, done_on=effect.last_day, at=later)
    [left], more = errands.to_do(eksekutor.officer, effect.last_day)
    assert (left.row.task, more) == (TASK.RECORD, False)


def test_a_double_click_is_one_line(ppk: Office, pertiwi: Desk, eksekutor: Desk) -> None:
    row = decide(at_decision(ppk).accused.get(), LIGHT, pertiwi)
    deliver(row, eksekutor)
    later = days_later(40)
    task = errand(row, TASK.RECORD)
    seen = Seen.now(Case.objects.get(pk=task.case_id))
    told = {"done_on": later.date(), "proof": "I'DIS 7", "seen": seen, "by": eksekutor}
    first = carrying_out.carry_out(task, **told, at=later)  # type: ignore[arg-type]
    assert carrying_out.carry_out(task, **told, at=later) == first  # type: ignore[arg-type]
    assert task.case.journal.filter(act=Act.CARRIED_OUT).count() == 1


def test_what_a_court_holds_back_is_not_carried_out_and_what_falls_is_undone(
    ppk: Office, pertiwi: Desk, eksekutor: Desk
) -> None:
    what = DecisionEvent.What
    row = decide(at_decision(ppk).accused.get(), LIGHT, pertiwi)
    deliver(row, pertiwi)
    later = days_later(40)
    done(errand(row, TASK.CARRY_OUT), eksekutor, done_on=later.date(), at=later)
    event(row, what.SUSPENDED, pertiwi)
    with pytest.raises(Refusal, match="ditangguhkan"):
        done(errand(row, TASK.RECORD), eksekutor, done_on=later.date(), at=later)
    event(row, what.ANNULLED, pertiwi)
    assert set(row.errands.filter(done_on=None).values_list("task", flat=True)) == {"undo"}
    done(errand(row, TASK.UNDO), eksekutor, done_on=later.date(), at=later)
    assert not row.errands.filter(done_on=None).exists()


def test_a_corrected_decision_is_delivered_anew_and_not_carried_out_twice(
    ppk: Office, pertiwi: Desk
) -> None:
    case = at_decision(ppk)
    old = decide(case.accused.get(), LIGHT, pertiwi)
    deliver(old, pertiwi)
    later = days_later(40)
    done(errand(old, TASK.CARRY_OUT), pertiwi, done_on=later.date(), at=later)
    case.refresh_from_db()
    new = actions.deciding.correct_decision(
        old, reasons="Enam hari.", slip="Jumlah hari.", seen=Seen.now(case), by=pertiwi, at=later
    )
    assert set(new.errands.filter(done_on=None).values_list("task", flat=True)) == {
        "deliver", "record",
    }  # fmt: skip
    assert errand(new, TASK.CARRY_OUT).done_on == later.date()
    assert not old.errands.filter(done_on=None).exists()


def test_an_errand_that_is_done_has_its_proof(ppk: Office, pertiwi: Desk) -> None:
    row = decide(at_decision(ppk).accused.get(), LIGHT, pertiwi)
    task = errand(row, TASK.RECORD)
    task.done_on = AT.date()
    with pytest.raises(IntegrityError), transaction.atomic():
        task.save()


def test_the_page_of_the_executing_officer_names_nobody(
    ppk: Office, pertiwi: Desk, eksekutor: Desk
) -> None:
    case = at_decision(ppk)
    row = decide(case.accused.get(), LIGHT, pertiwi)
    browser = log_in("eksekutor")
    page = browser.get(reverse("cases:to-do")).content.decode()
    assert case.number in page
    assert TJAHJO.name not in page
    address = reverse("cases:errand", args=[case.pk, errand(row, TASK.RECORD).pk])
    assert browser.get(address).status_code == 200
    assert browser.get(reverse("cases:decision-deliver", args=[case.pk, row.pk])).status_code == 200
    assert TJAHJO.name in browser.get(reverse("cases:case", args=[case.pk])).content.decode()
    term = OpenTerm.objects.get(case=case, closed_on=None)
    assert browser.get(reverse("cases:term", args=[term.pk])).status_code == 200


# --- cleared each by himself ----------------------------------------------------------------------


def test_one_letter_clears_one_person(ppk: Office, pertiwi: Desk) -> None:
    case = at_decision(ppk, TJAHJO, SITI)
    tjahjo, siti = case.accused.all()
    decide(tjahjo, FREE, pertiwi)
    decide(siti, FREE, pertiwi)
    case.refresh_from_db()
    clear(case, pertiwi, tjahjo)
    with pytest.raises(Refusal, match="tidak terbukti belum"):
        step(case, pertiwi, "no_breach")
    clear(case, pertiwi, siti)
    step(case, pertiwi, "no_breach")
    assert cleared.people(case) == {tjahjo.pk, siti.pk}


def test_a_list_names_nobody_who_was_cleared(ppk: Office, pertiwi: Desk) -> None:
    case = at_decision(ppk, TJAHJO, SITI)
    tjahjo, siti = case.accused.all()
    decide(tjahjo, LIGHT, pertiwi)
    decide(siti, FREE, pertiwi)
    [line] = reading.case_lines(Case.objects.all(), pertiwi, on=AT.date())
    assert line.names == (TJAHJO.name,)


def test_a_complaint_is_closed_with_its_cause(ppk: Office, pertiwi: Desk) -> None:
    case = at_decision(ppk)
    Case.objects.filter(pk=case.pk).update(kind="service")
    case.refresh_from_db()
    actions.shelving.place(case)
    decide(case.accused.get(), FREE, pertiwi)
    case.refresh_from_db()
    clear(case, pertiwi)
    with pytest.raises(Refusal, match="where the fault lay"):
        step(case, pertiwi, "no_breach")
    above.record_causes(
        case, [ClosingCause.Cause.PROCEDURE], words="", seen=Seen.now(case), by=pertiwi, at=AT
    )
    step(case, pertiwi, "no_breach")
    assert case.ended_on is not None


# --- offices that do not act ----------------------------------------------------------------------


def with_ppk(case: Case, alice: Desk, dewi: Desk, to: Organ) -> Case:
    """A neutrality case that BKN handed to the appointing office."""
    write_all(case, alice)
    _take(case, alice, "recommend", dewi.organ)
    actions.keep_letter(
        case, kind="forwarding", title="Surat", pdf=b"%PDF-1.7", seen=Seen.now(case), by=dewi,
        at=AT,
    )  # fmt: skip
    case.refresh_from_db()
    _take(case, dewi, "hand_over", to)
    return case


def _take(case: Case, desk: Desk, outcome: str, to: Organ | None, *declared: str) -> None:
    give = Given(to, chosen(case, desk)) if to else None
    taking = Taking(outcome, "Sesuai berkas.", frozenset(declared), give=give)
    actions.take_step(case, taking, seen=Seen.now(case), by=desk, at=AT)
    case.refresh_from_db()


def at_duty(ppk: Office, *, level: str = "two_copies", kind: str = "law") -> OpenTerm:
    """A case whose decision must be delivered by the appointing office within three days."""
    pertiwi = ppk.desks["pertiwi"]
    case = at_decision(ppk)
    decide(case.accused.get(), LIGHT, pertiwi)
    step(case, pertiwi, "light")
    term = under(case, length=3, unit="days", kind=kind, level=level)
    term.kind = kind
    term.save()
    actions.recount_terms(at=AT)
    return term


def lapse(term: OpenTerm) -> None:
    last = AT.date() + timedelta(days=1)
    OpenTerm.objects.filter(pk=term.pk).update(
        safe_day=last, last_day=last, ends_at=days_later(1), lapsed_on=last + timedelta(days=1)
    )
    actions.shelving.place_again([term.case_id])
    term.refresh_from_db()


def test_an_office_that_let_a_term_of_law_pass_is_listed_once_and_leaves_by_acting(
    ppk: Office, pertiwi: Desk
) -> None:
    term = at_duty(ppk)
    assert listing.keep_list(at=days_later(4)) == 0
    lapse(term)
    assert listing.keep_list(at=days_later(4)) == 1
    assert listing.keep_list(at=days_later(4)) == 0
    row = IdleOffice.objects.get()
    assert (row.organ_code, row.step, row.listed_on) == ("ppk-32", "deliver", date(2026, 11, 6))
    assert row.days
    assert row.acted_on is None
    case = Case.objects.get(pk=term.case_id)
    deliver(Decision.objects.get(), pertiwi)
    row.refresh_from_db()
    assert row.acted_on is None  # a note of the delivery is not the step yet
    step(case, pertiwi, "delivered", "decision_delivered", "remedy_offered")
    row.refresh_from_db()
    assert row.acted_on == AT.date()
    assert listing.keep_list(at=days_later(5)) == 0
    assert case.journal.filter(act=Act.LISTED).count() == 1


@pytest.mark.parametrize(("level", "kind"), [("one_copy", "law"), ("none", "target")])
def test_law_that_is_not_sure_lists_nobody(ppk: Office, level: str, kind: str) -> None:
    term = at_duty(ppk, level=level, kind=kind)
    lapse(term)
    assert listing.keep_list(at=days_later(4)) == 0
    term.case.refresh_from_db()  # type: ignore[union-attr]
    assert idleness.why_not(term) in (idleness.NOT_CONFIRMED, idleness.NO_TERM)


def test_who_has_not_got_the_file_is_not_listed(
    case: Case, alice: Desk, dewi: Desk, ppk: Office
) -> None:
    with_ppk(case, alice, dewi, ppk.organ)
    term = under(case, length=3, unit="days", kind="law", level="two_copies", citation="ps 1")
    term.kind = "law"
    term.save()
    lapse(term)
    assert idleness.why_not(term) == idleness.NOT_PROVEN
    assert listing.keep_list(at=days_later(4)) == 0
    actions.accept_case(case, seen=Seen.now(case), by=ppk.desks["pandu"], at=AT)
    assert listing.keep_list(at=days_later(4)) == 1


def test_a_row_that_no_longer_holds_is_struck(ppk: Office) -> None:
    term = at_duty(ppk)
    lapse(term)
    listing.keep_list(at=days_later(4))
    OpenTerm.objects.filter(pk=term.pk).update(lapsed_on=None)
    assert listing.keep_list(at=days_later(5)) == 1
    assert not IdleOffice.objects.exists()
    assert not IdleTie.objects.exists()


def test_a_measure_rests_on_a_finding_and_a_block_on_a_ground(
    case: Case, alice: Desk, dewi: Desk, ppk: Office
) -> None:
    with_ppk(case, alice, dewi, ppk.organ)
    warning = Taken("warning", "Peringatan 3/2026", AT.date())
    Case.objects.filter(pk=case.pk).update(keeper=dewi.organ, holder=dewi.organ)
    case.refresh_from_db()
    actions.shelving.place(case)

    def take(taken: Taken) -> Measure:
        case.refresh_from_db()
        return measures.take_measure(case, taken, seen=Seen.now(case), by=dewi, at=AT)

    with pytest.raises(Refusal, match="not on file"):
        take(warning)
    line = case.journal.filter(act=Act.STEP).last()
    assert line is not None
    line.outcome = "no_action"
    line.save()
    row = take(warning)
    assert row.against == ppk.organ
    refused = [
        (Taken("data_block", "Blokir", AT.date(), verified=True), "ground"),
        (Taken("data_block", "Blokir", AT.date(), ground="c", scope="part"), "verification"),
        (Taken("decision_annulled", "Batal", AT.date()), "coordination"),
        (Taken("fine", "Denda", AT.date()), "six measures"),
        (Taken("warning", " ", AT.date()), "Write down"),
        (Taken("warning", "x", AT.date(), ground="a"), "block only"),
        (Taken("warning", "x", AT.date() + timedelta(days=1)), "opening of the case"),
    ]
    for taken, words in refused:
        with pytest.raises(Refusal, match=words):
            take(taken)
    block = take(Taken("data_block", "B", AT.date(), ground="c", scope="part", verified=True))
    case.refresh_from_db()
    measures.lift_measure(
        block, Measure.Lifted.ACTED, lifted_on=AT.date(), words="Sudah bertindak.",
        seen=Seen.now(case), by=dewi, at=AT,
    )  # fmt: skip
    found = {stage.title.en: stage.state for stage in aftermath.stages(case)}
    assert found["Block lifted"] == "done"
    assert found["Warning"] == "done"
    assert found["Followed up by the office"] == "not_yet"


def test_an_office_that_acts_after_its_case_ended_leaves_the_list_by_a_line_of_its_own(
    ppk: Office, pertiwi: Desk
) -> None:
    term = at_duty(ppk)
    lapse(term)
    listing.keep_list(at=days_later(4))
    tie = IdleTie.objects.select_related("case").get()

    def tell(words: str = "SK 9/2026") -> None:
        tie.case.refresh_from_db()
        listing.record_late_act(
            tie, done_on=days_later(5).date(), words=words, seen=Seen.now(tie.case), by=pertiwi,
            at=days_later(5),
        )  # fmt: skip

    with pytest.raises(Refusal, match="record the step"):
        tell()
    Case.objects.filter(pk=tie.case_id).update(
        ended_on=days_later(4).date(), ended_as="not_decided"
    )
    actions.shelving.place_again([tie.case_id])
    with pytest.raises(Refusal, match="Write down what"):
        tell(" ")
    tell()
    assert IdleOffice.objects.get().acted_on == days_later(5).date()
    with pytest.raises(Refusal, match="recorded already"):
        tell()


def test_a_term_is_listed_once_whoever_asks_again(ppk: Office) -> None:
    term = at_duty(ppk)
    lapse(term)
    assert listing._list(term.pk, days_later(4))
    assert not listing._list(term.pk, days_later(4))
    page = log_in("pertiwi").get(reverse("cases:case", args=[term.case_id])).content.decode()
    assert "On the public list of offices that have not acted since" in page


def test_a_legal_officer_brings_an_unsure_text_onto_the_list(ppk: Office) -> None:
    """The wording of the case's own version is what he confirms."""
    law_officer = ppk.add("hakim", "legal_officer")
    term = at_duty(ppk, level="one_copy")
    lapse(term)
    assert listing.keep_list(at=days_later(4)) == 0
    assert term.case is not None
    rules = course.procedure_of(Case.objects.get(pk=term.case_id))
    item = confirmable.of_term(rules, rules.step("deliver"))
    ArticleConfirmation.objects.create(
        organ=ppk.organ, item=item.id, text_hash=item.hash, seen_in="LN 2021/202",
        confirmed_on=AT.date(), confirmed_by=law_officer.officer,
        entry=record(act="article.confirmed", body={"item": item.id}, lane="now", on=AT.date()),
    )  # fmt: skip
    assert listing.keep_list(at=days_later(4)) == 1
    ArticleConfirmation.objects.update(
        withdrawn_on=AT.date(), withdrawn_by=law_officer.officer, withdrawn_because="Keliru."
    )
    assert listing.keep_list(at=days_later(5)) == 1
    assert not IdleOffice.objects.exists()
