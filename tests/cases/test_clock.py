"""A term acts at the end of its whole last day where the office is: once, whatever clocks and
workers do."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections

from tests.cases.conftest import AT, days_later, file_report, make_case, office
from tests.cases.test_at_once import together
from tests.cases.test_handing_over import pass_to_bkn
from tests.cases.test_recounting import Folder, folder, recount, the_term  # noqa: F401 - a fixture
from tests.cases.test_terms import FIRST_LATE, LAST_INSTANT
from tests.cases.writing import write_all
from timbang.accounts.models import Organ
from timbang.cases import actions
from timbang.cases.actions import escalation
from timbang.cases.models import Act, Case, CaseStep, OpenTerm, PublicCase
from timbang.cases.vault import Desk

MANY = 7


@pytest.mark.parametrize(
    ("zone", "ends"),
    [("Asia/Jakarta", 17), ("Asia/Makassar", 16), ("Asia/Jayapura", 15)],
)
def test_the_last_day_is_whole_in_each_zone(db: None, zone: str, ends: int) -> None:
    """Midnight after Thursday is 17.00, 16.00 and 15.00 of universal time; a sweep each minute
    marks the term in the first minute of Friday and in none before."""
    there = office("bawaslu-32", "bawaslu", "alice")
    Organ.objects.filter(pk=there.organ.pk).update(time_zone=zone)
    desk = there.desks["alice"]
    desk.officer.organ.refresh_from_db()
    make_case(desk, file_report(there.organ))
    midnight = datetime(2026, 11, 5, ends, tzinfo=UTC)
    swept = [actions.escalate_due(at=midnight + timedelta(minutes=turn)) for turn in (-60, -1, 0)]
    assert swept == [0, 0, 1]
    assert str(OpenTerm.objects.get(closed_on=None).lapsed_on) == "2026-11-06"


def test_a_clock_that_was_set_back_undoes_nothing_and_repeats_nothing(case: Case) -> None:
    assert actions.escalate_due(at=FIRST_LATE) == 1
    for at in (LAST_INSTANT, AT, FIRST_LATE, days_later(30)):
        assert actions.escalate_due(at=at) == 0
    assert the_term(case).lapsed_on is not None
    assert CaseStep.objects.filter(case=case, act=Act.ESCALATION).count() == 1
    assert PublicCase.objects.get().lapsed == 1


def test_a_reminder_reminds_once_and_never_begins_anew(
    case: Case, alice: Desk, dewi: Desk, folder: Folder  # noqa: F811
) -> None:  # fmt: skip
    write_all(case, alice)
    pass_to_bkn(case, alice, dewi.organ)
    before = the_term(case)
    assert before.is_target
    for day in range(1, 60, 3):
        actions.escalate_due(at=days_later(day))
    folder.decree(days_later(1).date())
    recount(days_later(61))
    actions.escalate_due(at=days_later(62))
    after = the_term(case)
    assert after.started_on == before.started_on
    assert after.last_day == before.last_day
    assert CaseStep.objects.filter(case=case, act=Act.REMINDER).count() == 1


@pytest.fixture
def many(transactional_db: None) -> list[Case]:
    desk = office("bawaslu-32", "bawaslu", "alice").desks["alice"]
    return [make_case(desk, file_report(desk.organ)) for _turn in range(MANY)]


def each_marked_once() -> None:
    lines = CaseStep.objects.filter(act=Act.ESCALATION)
    assert lines.count() == MANY
    assert len(set(lines.values_list("case", flat=True))) == MANY
    assert len(set(lines.values_list("entry", flat=True))) == MANY
    assert not OpenTerm.objects.filter(closed_on=None, lapsed_on=None).exists()
    assert set(PublicCase.objects.values_list("lapsed", flat=True)) == {1}


@pytest.mark.django_db(transaction=True)
def test_two_workers_on_one_batch_mark_each_term_once(
    many: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(escalation, "IN_ONE_TRANSACTION", 2)
    counts = together(*[lambda: actions.escalate_due(at=FIRST_LATE)] * 2)
    swept = sum(count for count in counts if isinstance(count, int))
    swept += actions.escalate_due(at=FIRST_LATE)  # what one of them held when the other passed by
    assert CaseStep.objects.filter(act=Act.ESCALATION).count() == MANY >= swept
    each_marked_once()


@pytest.mark.postgres  # a fork takes a copy of SQLite's in-memory test database with it
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_second_batch_leaves_the_rest_to_the_next(
    many: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(escalation, "IN_ONE_TRANSACTION", 3)
    count_lapses, turns = escalation.routing.count_lapses, []

    def killed_the_second_time(cases: list[object]) -> None:
        turns.append(len(cases))
        if len(turns) == 2:
            os.kill(os.getpid(), 9)
        count_lapses(cases)  # type: ignore[arg-type]

    connections.close_all()
    child = os.fork()
    if child == 0:
        monkeypatch.setattr(escalation.routing, "count_lapses", killed_the_second_time)
        actions.escalate_due(at=FIRST_LATE)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == 9
    assert CaseStep.objects.filter(act=Act.ESCALATION).count() == 3
    assert actions.escalate_due(at=FIRST_LATE) == MANY - 3
    assert actions.escalate_due(at=FIRST_LATE) == 0
    each_marked_once()
