"""The steps that the procedure allows, and no others; refused with the article."""

from __future__ import annotations

import uuid

import pytest

from tests.cases.conftest import AT, Office, days_later, file_report, make_case
from tests.cases.writing import chosen, clear, write_all
from timbang.accounts.models import Organ
from timbang.cases import actions, reading
from timbang.cases.actions import Given, Overtaken, Seen, Taking
from timbang.cases.models import Case, CaseStep, OpenTerm, PublicRow
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.reports.models import Report


def codes(case: Case, desk: Desk) -> set[str]:
    return {option.outcome.code for option in reading.options_of(case, desk, on=AT.date())}


def test_an_organ_begins_at_its_own_step(case: Case) -> None:
    assert (case.procedure.code, case.step) == ("sbt_neutrality", "study")


def test_an_officer_is_offered_what_his_role_may_do(case: Case, bawaslu: Office) -> None:
    eko = bawaslu.add("eko", "examiner")
    assert codes(case, eko) == {"return_for_completion"}
    assert "recommend" in codes(case, bawaslu.desks["alice"])


def test_what_is_missing_is_said_in_words(case: Case, alice: Desk) -> None:
    options = {found.outcome.code: found for found in reading.options_of(case, alice, on=AT.date())}
    missing = [str(words["en"]) for words in options["recommend"].missing]
    assert "the study is not written" in missing


def test_a_step_without_its_study_is_refused_with_the_article(
    case: Case, alice: Desk, outside_bkn: Organ
) -> None:
    taking = Taking("recommend", give=Given(outside_bkn))
    with pytest.raises(Refusal) as refused:
        actions.take_step(case, taking, seen=Seen.now(case), by=alice, at=AT)
    assert refused.value.norm == "UU 7/2017 ps 455(1) huruf c; Perbawaslu 7/2022 ps 22"
    assert CaseStep.objects.filter(case=case, act="step").count() == 0


def test_a_step_of_another_organ_is_refused(case: Case, alice: Desk) -> None:
    with pytest.raises(Refusal):
        actions.take_step(case, Taking("discipline_sanction"), seen=Seen.now(case), by=alice, at=AT)


def test_a_case_ends_as_not_proven(case: Case, alice: Desk, report: Report) -> None:
    write_all(case, alice)
    clear(case, alice)
    taking = Taking("not_proven", reason="Akun itu bukan miliknya.")
    actions.take_step(case, taking, seen=Seen.now(case), by=alice, at=days_later(2))
    case.refresh_from_db()
    report.refresh_from_db()
    assert (case.ended_as, case.ended_on) == ("cleared", days_later(2).date())
    assert report.status == "closed"
    assert PublicRow.objects.get().days_taken == 2
    assert not OpenTerm.objects.running().filter(case=case).exists()


def test_a_reason_must_be_written(case: Case, alice: Desk) -> None:
    write_all(case, alice)
    clear(case, alice)
    with pytest.raises(Refusal):
        actions.take_step(
            case, Taking("not_proven", reason="  "), seen=Seen.now(case), by=alice, at=AT
        )


def test_the_reason_is_kept_sealed_and_shown(case: Case, alice: Desk, bob: Desk) -> None:
    write_all(case, alice)
    clear(case, alice)
    taking = Taking("not_proven", reason="Akun itu bukan miliknya.")
    actions.take_step(case, taking, seen=Seen.now(case), by=alice, at=AT)
    case.refresh_from_db()
    assert reading.journal_of(case, bob)[0].note == "Akun itu bukan miliknya."


def test_nothing_is_added_to_an_ended_case(case: Case, alice: Desk, bawaslu: Office) -> None:
    write_all(case, alice)
    clear(case, alice)
    actions.take_step(case, Taking("not_proven", reason="x"), seen=Seen.now(case), by=alice, at=AT)
    case.refresh_from_db()
    with pytest.raises(Refusal, match="has ended"):
        actions.join_report(case, file_report(bawaslu.organ), seen=Seen.now(case), by=alice, at=AT)
    with pytest.raises(Refusal, match="has ended"):
        actions.take_step(
            case, Taking("not_proven", reason="x"), seen=Seen.now(case), by=alice, at=AT
        )


def test_a_double_click_is_one_step(case: Case, alice: Desk) -> None:
    write_all(case, alice)
    clear(case, alice)
    seen = Seen.now(case)
    taking = Taking("not_proven", reason="x")
    first = actions.take_step(case, taking, seen=seen, by=alice, at=AT)
    assert actions.take_step(case, taking, seen=seen, by=alice, at=AT) == first
    assert CaseStep.objects.filter(case=case, act="step").count() == 1


def test_the_second_of_two_officers_is_told_what_changed(
    case: Case, alice: Desk, bob: Desk
) -> None:
    write_all(case, alice)
    clear(case, alice)
    both_saw = case.version
    actions.take_step(
        case, Taking("not_proven", reason="x"), seen=Seen(both_saw, uuid.uuid4()), by=bob, at=AT
    )
    with pytest.raises(Overtaken) as overtaken:
        actions.take_step(
            case,
            Taking("not_competent", reason="y"),
            seen=Seen(both_saw, uuid.uuid4()),
            by=alice,
            at=AT,
        )
    assert [line.outcome for line in overtaken.value.since] == ["not_proven"]


def test_another_organ_takes_no_step(case: Case, charlie: Desk) -> None:
    with pytest.raises(Refusal):
        actions.take_step(
            case, Taking("not_competent", reason="x"), seen=Seen.now(case), by=charlie, at=AT
        )


def test_a_case_keeps_its_procedure_when_the_folder_changes(case: Case) -> None:
    assert case.procedure.hash
    body = case.procedure.body.replace('"length":3', '"length":9')
    assert body != case.procedure.body
    case.procedure.body = body
    case.procedure.hash = "f" * 64
    assert course_days(case) == 9


def course_days(case: Case) -> int:
    from timbang.cases import course

    term = course.procedure_of(case).step("study").term
    assert term is not None
    return term.length


def test_a_report_in_two_cases_ends_with_the_last(alice: Desk, report: Report) -> None:
    first, second = make_case(alice, report), make_case(alice, report)
    for case, status in ((first, "in_case"), (second, "closed")):
        write_all(case, alice)
        clear(case, alice)
        actions.take_step(
            case, Taking("not_proven", reason="x"), seen=Seen.now(case), by=alice, at=AT
        )
        report.refresh_from_db()
        assert report.status == status


def test_chosen_names_the_newest_of_each_kind(case: Case, alice: Desk) -> None:
    write_all(case, alice)
    assert len(chosen(case, alice)) == 3
