"""What officers do to a running term: only what its rule gives, with a sealed reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from tests.cases.conftest import AT, Office, days_later, log_in
from tests.cases.rules import EXTENDS, READING, SUSPENDS, under
from tests.cases.writing import waiting
from timbang.cases import actions, reading
from timbang.cases.actions import Overtaken, Seen, Taking, shelving
from timbang.cases.models import Act, Case, CaseStep, Document, OpenTerm, TermMove, TermSuspension
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal

# Three working days after Monday 2 November 2026.
MONDAY, TUESDAY, THURSDAY = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 5)
SECRET = "saksi kunci opname sampai pekan depan"


def suspend(term: OpenTerm, by: Desk, day: date = TUESDAY, **changes: object) -> CaseStep:
    given: dict[str, object] = {
        "from_day": day,
        "reason": SECRET,
        "citation": "Aturan contoh ps 9",
        "by": by,
        "at": days_later((day - MONDAY).days),
    }
    assert term.case is not None
    return actions.suspend_term(
        term,
        **{"seen": Seen.now(fresh(term.case)), **given, **changes},  # type: ignore[arg-type]
    )


def resume(term: OpenTerm, by: Desk, day: date, later: int | None = None) -> CaseStep:
    assert term.case is not None
    at = days_later((day - MONDAY).days if later is None else later)
    return actions.resume_term(term, until_day=day, seen=Seen.now(fresh(term.case)), by=by, at=at)


def extend(term: OpenTerm, by: Desk, **changes: object) -> CaseStep:
    assert term.case is not None
    given: dict[str, object] = {"reason": "perlu keterangan", "citation": "ps 10", "at": AT}
    return actions.extend_term(
        term,
        **{"seen": Seen.now(fresh(term.case)), "by": by, **given, **changes},  # type: ignore[arg-type]
    )


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def term(case: Case) -> OpenTerm:
    return under(case, suspends=SUSPENDS, extends=EXTENDS)


def test_while_a_term_is_suspended_its_last_day_is_bounded_by_the_rule_alone(
    term: OpenTerm, alice: Desk
) -> None:
    suspend(term, alice)
    term.refresh_from_db()
    assert term.suspended_from == TUESDAY
    # ten days from Tuesday 3 to Thursday 12; then three working days
    assert term.last_day == date(2026, 11, 17)
    # one day at least; then Wednesday, Thursday, Friday
    assert term.safe_day == date(2026, 11, 6)


def test_a_rule_without_end_leaves_the_last_day_unknown_and_nothing_lapses(
    case: Case, alice: Desk
) -> None:
    from dataclasses import replace

    term = under(case, suspends=replace(SUSPENDS, at_most=10_000))
    suspend(term, alice)
    term.refresh_from_db()
    assert term.last_day is not None
    assert term.last_day.year > 2050
    assert actions.escalate_due(at=days_later(400)) == 0


def test_a_term_runs_on_for_the_days_that_were_left(term: OpenTerm, alice: Desk) -> None:
    suspend(term, alice, date(2026, 11, 4))
    resume(term, alice, date(2026, 11, 6))
    term.refresh_from_db()
    # Tuesday counted; Wednesday to Friday stood still; Monday and Tuesday are left.
    assert (term.safe_day, term.last_day) == (date(2026, 11, 10), date(2026, 11, 10))
    assert term.suspended_from is None


def test_two_suspensions_add_up(term: OpenTerm, alice: Desk) -> None:
    suspend(term, alice)
    resume(term, alice, TUESDAY)
    suspend(term, alice, date(2026, 11, 5))
    resume(term, alice, date(2026, 11, 5))
    term.refresh_from_db()
    assert term.last_day == date(2026, 11, 9)


def test_the_log_and_the_journal_tell_that_and_the_reason_is_sealed(
    case: Case, term: OpenTerm, alice: Desk
) -> None:
    written = suspend(term, alice)
    assert written.act == Act.SUSPENDED
    assert written.entry.act == "case.suspended"
    assert SECRET not in str(written.entry.body)
    [line] = [line for line in reading.journal_of(case, alice) if line.row == written]
    assert SECRET in line.note
    assert SECRET.encode() not in bytes(Document.objects.get(journal=written).sealed)


def test_each_move_is_listed_with_its_reason(term: OpenTerm, alice: Desk) -> None:
    suspend(term, alice)
    resume(term, alice, TUESDAY)
    extend(term, alice, at=days_later(2))
    moves = list(TermMove.objects.filter(term=term).order_by("pk"))
    assert [move.why for move in moves] == ["suspended", "resumed", "extended"]
    assert moves[0].from_last == THURSDAY
    assert moves[0].to_last is None
    # from the last day that was told, not from the bound of the suspension
    assert (moves[1].from_last, moves[1].to_last) == (THURSDAY, date(2026, 11, 6))
    assert [move.entry.act for move in moves] == [
        "case.suspended",
        "case.resumed",
        "case.extended",
    ]


def test_a_case_that_moves_on_ends_the_suspension(case: Case, term: OpenTerm, alice: Desk) -> None:
    suspend(term, alice)
    actions.take_step(
        case,
        Taking("not_competent", reason="x"),
        seen=Seen.now(fresh(case)),
        by=alice,
        at=days_later(2),
    )
    assert TermSuspension.objects.get(term=term).until_day == date(2026, 11, 4)


def test_an_extension_adds_what_the_rule_gives_once(term: OpenTerm, alice: Desk) -> None:
    extend(term, alice)
    term.refresh_from_db()
    assert (term.last_day, term.extended) == (date(2026, 11, 9), 1)
    with pytest.raises(Refusal) as refused:
        extend(term, alice)
    assert refused.value.norm == "Aturan contoh ps 10"


def test_a_form_sent_twice_suspends_once(case: Case, term: OpenTerm, alice: Desk) -> None:
    seen = Seen.now(fresh(case))
    first = suspend(term, alice, seen=seen)
    assert suspend(term, alice, seen=seen) == first
    assert TermSuspension.objects.count() == 1


def test_who_acts_on_an_older_page_is_told(case: Case, term: OpenTerm, alice: Desk) -> None:
    seen = Seen.now(fresh(case))
    suspend(term, alice)
    with pytest.raises(Overtaken):
        extend(term, alice, seen=Seen(seen.version, Seen.now(case).once))


@pytest.mark.parametrize("day", [MONDAY, date(2026, 10, 30), date(2026, 11, 4)])
def test_a_suspension_begins_after_day_0_and_not_tomorrow(
    term: OpenTerm, alice: Desk, day: date
) -> None:
    with pytest.raises(Refusal, match="after its day 0"):
        suspend(term, alice, from_day=day, at=days_later(1))


def test_a_term_without_such_a_rule_is_neither_suspended_nor_extended(
    case: Case, alice: Desk
) -> None:
    term = under(case, citation="Aturan contoh ps 1")
    for act in (suspend, extend):
        with pytest.raises(Refusal) as refused:
            act(term, alice)
        assert refused.value.norm == "Aturan contoh ps 1"
    assert not TermMove.objects.exists()


def test_a_suspension_is_never_longer_than_the_rule_gives(term: OpenTerm, alice: Desk) -> None:
    suspend(term, alice)
    with pytest.raises(Refusal, match="10"):
        resume(term, alice, date(2026, 11, 13))
    resume(term, alice, date(2026, 11, 12), later=11)
    term.refresh_from_db()
    assert term.last_day == date(2026, 11, 17)


def test_when_all_is_used_up_no_further_suspension_begins(term: OpenTerm, alice: Desk) -> None:
    suspend(term, alice)
    resume(term, alice, date(2026, 11, 12))
    with pytest.raises(Refusal, match="10"):
        suspend(term, alice, date(2026, 11, 13))


def test_a_term_that_passed_is_lengthened_by_nothing(term: OpenTerm, alice: Desk) -> None:
    for act in (suspend, extend):
        with pytest.raises(Refusal, match="has passed"):
            act(term, alice, at=days_later(4))


def test_what_is_not_suspended_does_not_run_on(term: OpenTerm, alice: Desk) -> None:
    with pytest.raises(Refusal, match="not suspended"):
        resume(term, alice, TUESDAY)
    suspend(term, alice)
    with pytest.raises(Refusal, match="suspended already"):
        suspend(term, alice)
    with pytest.raises(Refusal, match="between its first day and today"):
        resume(term, alice, MONDAY, later=3)


def test_reason_and_article_are_written_down(term: OpenTerm, alice: Desk) -> None:
    for change in ({"reason": " "}, {"citation": ""}):
        with pytest.raises(Refusal, match="reason"):
            suspend(term, alice, **change)


def test_another_office_touches_no_term(term: OpenTerm, charlie: Desk) -> None:
    with pytest.raises(Refusal, match="Another organ"):
        suspend(term, charlie)
    page = log_in("charlie").get(f"/meja/tenggat/{term.pk}/tangguhkan/")
    assert page.status_code == 404


def test_a_suspended_term_that_reaches_its_bound_lapses(term: OpenTerm, alice: Desk) -> None:
    suspend(term, alice)
    assert actions.escalate_due(at=days_later(14)) == 0
    assert actions.escalate_due(at=days_later(16)) == 1


# pages


@pytest.fixture
def client(bawaslu: Office) -> Client:
    return log_in("alice")


def form_of(page: str) -> dict[str, str]:
    import re

    return dict(re.findall(r'name="(once|version)" value="([^"]*)"', page))


def test_an_officer_suspends_and_resumes_on_the_pages(
    term: OpenTerm, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from timbang.cases.views import terms

    monkeypatch.setattr(terms, "now", lambda: days_later(1))
    place = f"/meja/tenggat/{term.pk}/"
    assert f"{place}tangguhkan/" in client.get(place).content.decode()
    page = client.get(f"{place}tangguhkan/").content.decode()
    assert "Aturan contoh ps 9" in page
    told = {"from_day": "2026-11-03", "reason": SECRET, "citation": "Aturan contoh ps 9"}
    answer = client.post(f"{place}tangguhkan/", form_of(page) | told)
    assert answer.status_code == 302
    shown = client.get(place).content.decode()
    assert "3 November 2026" in shown
    assert f"{place}lanjutkan/" in shown
    assert SECRET not in shown
    page = client.get(f"{place}lanjutkan/").content.decode()
    answer = client.post(f"{place}lanjutkan/", form_of(page) | {"until_day": "2026-11-03"})
    assert answer.status_code == 302
    assert f"{place}lanjutkan/" not in client.get(place).content.decode()


def test_a_refused_suspension_shows_why_and_keeps_what_was_typed(
    case: Case, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from timbang.cases.views import terms

    monkeypatch.setattr(terms, "now", lambda: days_later(1))
    term = under(case)
    place = f"/meja/tenggat/{term.pk}/tangguhkan/"
    page = client.get(place).content.decode()
    told = {"from_day": "2026-11-03", "reason": SECRET, "citation": "ps 1"}
    answer = client.post(place, form_of(page) | told)
    assert answer.status_code == 409
    assert SECRET in answer.content.decode()
    assert not TermSuspension.objects.exists()


def test_between_two_ends_the_officer_is_warned_by_the_names_of_the_readings(
    case: Case, alice: Desk
) -> None:
    """Working days of the law end on Thursday, three days of the regulation... on Thursday too:
    so the case begins on a Friday."""
    term = under(case, citation="UU contoh ps 7", readings=(READING,))
    OpenTerm.objects.filter(pk=term.pk).update(
        started_on=date(2026, 10, 30), safe_day=MONDAY, last_day=date(2026, 11, 4)
    )
    shelving.place(case)
    [line] = waiting(alice, at=days_later(1))
    assert line.term is not None
    assert [label.en for label in line.term.between.late_by] == [
        "3 calendar days (Peraturan contoh ps 8)"
    ]
    assert [label.en for label in line.term.between.in_time_by] == [
        "3 working days (UU contoh ps 7)"
    ]
    assert not line.term.late


def test_the_list_of_cases_shows_the_warning(
    case: Case, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from timbang.cases.views import start

    term = under(case, citation="UU contoh ps 7", readings=(READING,))
    OpenTerm.objects.filter(pk=term.pk).update(
        started_on=date(2026, 10, 30), safe_day=MONDAY, last_day=date(2026, 11, 4)
    )
    shelving.place(case)
    monkeypatch.setattr(start, "now", lambda: days_later(1))
    page = client.get("/meja/").content.decode()
    assert "Peraturan contoh ps 8" in page
    assert "UU contoh ps 7" in page


def test_a_term_in_hours_runs_from_the_instant_of_the_act(case: Case, alice: Desk) -> None:
    """UU 7/2017 ps 476: within 1 x 24 hours; a Sunday does not stop the clock."""
    under(case)
    from timbang.cases import course
    from timbang.cases.actions import terms

    step = course.step_of(case)
    assert step is not None
    assert step.term is not None
    from dataclasses import replace

    hours = replace(step, term=replace(step.term, length=24, unit="hours"))
    OpenTerm.objects.filter(case=case).update(closed_on=MONDAY)
    procedure = course.procedure_of(case)
    case.procedure = course.version_of(
        replace(
            procedure, steps=tuple(hours if s.code == step.code else s for s in procedure.steps)
        ),
        MONDAY,
    )
    row = terms.open_case_term(case, hours, entered_on=MONDAY, started_on=MONDAY, at=AT)
    assert row is not None
    assert row.ends_at == AT + timedelta(hours=24)
    assert row.safe_day == row.last_day == TUESDAY
    later = terms.open_case_term  # a day that lies before the act: its hour is not known
    OpenTerm.objects.filter(case=case).update(closed_on=MONDAY)
    row = later(case, hours, entered_on=MONDAY, started_on=date(2026, 10, 30), at=AT)
    assert row is not None
    assert (row.safe_day, row.last_day) == (date(2026, 10, 30), date(2026, 10, 31))


def test_while_it_stands_still_no_day_is_told_to_the_reporter(
    case: Case, term: OpenTerm, alice: Desk
) -> None:
    report = case.reports.get().report
    suspend(term, alice)
    report.refresh_from_db()
    assert report.next_due_on is None
    resume(term, alice, TUESDAY)
    report.refresh_from_db()
    assert report.next_due_on == date(2026, 11, 6)


def test_a_short_suspension_does_not_give_all_the_days_of_the_rule(
    term: OpenTerm, alice: Desk
) -> None:
    suspend(term, alice)
    resume(term, alice, TUESDAY)
    term.refresh_from_db()
    assert term.last_day == date(2026, 11, 6)
