"""Two officers at once where offices meet: one wins, the other is told, nothing happens twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cases.conftest import AT, file_report, make_case, office
from tests.cases.test_at_once import together
from tests.cases.writing import chosen, write_all
from timbang.accounts import actions as accounts
from timbang.cases import actions
from timbang.cases.actions import Given, Overtaken, Seen, Taking
from timbang.cases.models import Act, CaseKey, CaseStep, HandOver
from timbang.cases.vault import Desk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("most", [1, 25])
def test_two_officers_pass_on_the_same_office_at_once(most: int) -> None:
    """Each key is moved once, each case says it once, whoever comes first."""
    old = office("bawaslu-32", "bawaslu", "alice", "bob")
    heir = office("bawaslu-33", "bawaslu", "charlie", region="33").desks["charlie"]
    alice, bob = old.desks["alice"], old.desks["bob"]
    cases = [make_case(alice, file_report(old.organ)) for _each in range(3)]
    accounts.close_organ(organ=old.organ, by=None, at=AT)
    alice.organ.refresh_from_db()
    bob.organ.refresh_from_db()
    row = actions.start_reroute(heir.organ, "x", by=alice, at=AT)

    def run(desk: Desk) -> Callable[[], object]:
        return lambda: [actions.reroute_some(row, by=desk, at=AT, most=most) for _n in range(4)]

    together(run(alice), run(bob))
    while actions.reroute_some(row, by=alice, at=AT):
        pass
    row.refresh_from_db()
    assert (row.cases, row.reports) == (3, 3)
    assert CaseStep.objects.filter(case__in=cases, act=Act.REROUTED).count() == 3
    assert set(CaseKey.objects.values_list("organ", flat=True)) == {heir.organ.pk}


def test_a_case_is_taken_on_or_sent_back_but_never_both() -> None:
    giver = office("bawaslu-32", "bawaslu", "alice").desks["alice"]
    bkn = office("bkn", "bkn", "dewi", "eko", region="ID")
    made = make_case(giver, file_report(giver.organ))
    write_all(made, giver)
    give = Given(bkn.organ, documents=chosen(made, giver))
    actions.take_step(made, Taking("recommend", give=give), seen=Seen.now(made), by=giver, at=AT)
    made.refresh_from_db()
    dewi, eko = bkn.desks["dewi"], bkn.desks["eko"]
    results = together(
        lambda: actions.accept_case(made, seen=Seen.now(made), by=dewi, at=AT),
        lambda: actions.return_case(made, "x", seen=Seen.now(made), by=eko, at=AT),
    )
    assert sum(isinstance(found, CaseStep) for found in results) == 1
    assert sum(isinstance(found, Overtaken) for found in results) == 1
    assert HandOver.objects.exclude(answer="").count() == 1
