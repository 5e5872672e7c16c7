"""One step for several cases: each by itself, and never a decision."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from django.urls import reverse

from tests.cases.conftest import AT, file_report, log_in, make_case
from timbang.cases.actions import Seen, Taking
from timbang.cases.actions.at_once import Chosen, allowed, take_many
from timbang.cases.actions.stepping import take_step
from timbang.cases.course import procedure_of
from timbang.cases.models import Case, CaseStep
from timbang.cases.vault import Desk
from timbang.law import procedure as law

HOW = {"procedure_id": "pemilihan_report", "start": "finding", "reason": ""}


def outcomes() -> Iterator[tuple[law.Procedure, law.Step, law.Outcome]]:
    for procedure in law.procedures().values():
        for step in procedure.steps:
            for outcome in step.outcomes:
                yield procedure, step, outcome


def test_no_decision_no_end_no_hand_over_and_no_statement_is_made_for_several() -> None:
    many = [found for found in outcomes() if allowed(*found)]
    assert many
    for procedure, step, outcome in many:
        assert outcome.role != "decision_maker"
        assert not outcome.records_sanction
        assert not law.is_end(outcome.to)
        assert procedure.step(outcome.to).actor == step.actor
        assert not any(law.GUARDS[guard].declared for guard in outcome.requires)


def test_what_may_be_done_for_several_is_known_by_heart() -> None:
    """Whoever changes a procedure sees here what officers may then do in bulk."""
    found = {f"{p.id}/{s.code}/{o.code}" for p, s, o in outcomes() if allowed(p, s, o)}
    assert {"pemilu_report/finding/fix", "pemilihan_report/finding/fix"} <= found
    assert not any(name.endswith(("/decide", "/proven_sanction", "/register")) for name in found)


@pytest.fixture
def cases(alice: Desk) -> list[Case]:
    made = [make_case(alice, file_report(alice.organ), **HOW) for _case in range(3)]
    if any(case.step != "finding" for case in made):
        pytest.fail(f"the cases stand at {made[0].step}")
    return made


def chosen(cases: list[Case]) -> list[Chosen]:
    return [Chosen(case.pk, case.version) for case in cases]


def fixed(cases: list[Case]) -> int:
    return CaseStep.objects.filter(case__in=cases, act="step", outcome="fix").count()


TAKING = Taking("fix", reason="Ditemukan dalam pengawasan.")


def test_each_case_gets_its_own_act_and_twice_is_once(cases: list[Case], alice: Desk) -> None:
    once = uuid.uuid4()
    for _twice in range(2):
        results = take_many(chosen(cases), TAKING, once=once, by=alice, at=AT)
        assert [result.refusal for result in results] == [None] * 3
    assert fixed(cases) == 3


def test_one_that_moved_on_is_told_and_holds_up_no_other(cases: list[Case], alice: Desk) -> None:
    ticked = chosen(cases)
    take_step(cases[1], TAKING, seen=Seen.now(cases[1]), by=alice, at=AT)
    results = take_many(ticked, TAKING, once=uuid.uuid4(), by=alice, at=AT)
    assert [result.refusal is None for result in results] == [True, False, True]
    assert fixed(cases) == 3


def test_another_step_is_refused_for_several(cases: list[Case], alice: Desk) -> None:
    step = procedure_of(cases[0]).step("finding")
    other = next(found for found in step.outcomes if found.code != "fix")
    results = take_many(chosen(cases), Taking(other.code), once=uuid.uuid4(), by=alice, at=AT)
    assert all(result.refusal is not None for result in results)


def test_a_case_of_another_office_does_not_exist(cases: list[Case], charlie: Desk) -> None:
    with pytest.raises(Case.DoesNotExist):
        take_many(chosen(cases), TAKING, once=uuid.uuid4(), by=charlie, at=AT)


def test_the_page_takes_what_was_ticked(cases: list[Case], alice: Desk) -> None:
    client = log_in("alice")
    chooser = client.get(reverse("cases:several")).content.decode()
    assert "at=pemilihan_report/finding&amp;outcome=fix" in chooser
    place = reverse("cases:several") + "?at=pemilihan_report/finding&outcome=fix"
    assert all(case.number in client.get(place).content.decode() for case in cases)
    ticked = [f"{case.pk}:{case.version}" for case in cases[:2]]
    body = {"once": str(uuid.uuid4()), "cases": ticked, "reason": "Temuan.", "sure": "on"}
    assert client.post(place, body).status_code == 200
    assert fixed(cases) == 2
    again = client.post(place, {**body, "cases": [f"{uuid.uuid4()}:1"]})
    assert fixed(cases) == 2
    assert again.status_code == 200
