"""Several at once: officers on one case, two workers on one term, kills in between."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable

import pytest
from django.db import connections

from tests.at_once import together
from tests.cases.conftest import AT, days_later, file_report, make_case, office
from tests.cases.test_terms import FIRST_LATE
from tests.cases.writing import clear, write_all
from timbang.cases import actions
from timbang.cases.actions import Overtaken, Seen, Taking
from timbang.cases.models import Act, Case, CaseStep, OpenTerm, PublicRow

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case() -> Case:
    desk = office("bawaslu-32", "bawaslu", "alice").desks["alice"]
    made = make_case(desk, file_report(desk.organ))
    write_all(made, desk)
    clear(made, desk)
    made.desk = desk  # type: ignore[attr-defined]
    return made


def take(case: Case, outcome: str) -> Callable[[], object]:
    seen = Seen(case.version, uuid.uuid4())
    desk = case.desk  # type: ignore[attr-defined]
    return lambda: actions.take_step(case, Taking(outcome, reason="x"), seen=seen, by=desk, at=AT)


def test_of_two_officers_at_once_one_acts_and_one_is_told(case: Case) -> None:
    results = together(take(case, "not_proven"), take(case, "not_competent"))
    assert sum(isinstance(found, CaseStep) for found in results) == 1
    assert sum(isinstance(found, Overtaken) for found in results) == 1
    assert CaseStep.objects.filter(case=case, act=Act.STEP).count() == 1


def test_a_double_click_at_once_is_one_step(case: Case) -> None:
    click = take(case, "not_proven")
    first, second = together(click, click)
    assert first == second
    assert CaseStep.objects.filter(case=case, act=Act.STEP).count() == 1


def test_two_workers_escalate_once(case: Case) -> None:
    counts = together(*[lambda: actions.escalate_due(at=FIRST_LATE)] * 3)
    assert sum(count for count in counts if isinstance(count, int)) == 1
    assert CaseStep.objects.filter(act=Act.ESCALATION).count() == 1
    assert PublicRow.objects.get().lapsed == 1


def test_two_workers_route_each_report_once(case: Case) -> None:
    desk = case.desk  # type: ignore[attr-defined]
    for _report in range(6):
        file_report(desk.organ)
    counts = together(*[lambda: actions.route_new_reports(at=AT)] * 3)
    assert sum(count for count in counts if isinstance(count, int)) == 6
    assert PublicRow.objects.count() == 7


def test_cases_opened_at_once_have_their_own_numbers(case: Case) -> None:
    desk = case.desk  # type: ignore[attr-defined]
    filed = [file_report(desk.organ) for _report in range(4)]
    together(*[lambda report=report: make_case(desk, report) for report in filed])
    serials = sorted(Case.objects.values_list("serial", flat=True))
    assert serials == [1, 2, 3, 4, 5]


@pytest.mark.postgres  # a fork takes a copy of SQLite's in-memory test database with it
def test_a_worker_killed_in_the_middle_leaves_it_to_the_next(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    from timbang.cases.actions import escalation

    connections.close_all()
    child = os.fork()
    if child == 0:
        monkeypatch.setattr(escalation.routing, "count_lapses", lambda *_: os.kill(os.getpid(), 9))
        actions.escalate_due(at=FIRST_LATE)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == 9
    assert OpenTerm.objects.get(case=case, closed_on=None).lapsed_on is None
    assert actions.escalate_due(at=days_later(9)) == 1
    assert PublicRow.objects.get().lapsed == 1
