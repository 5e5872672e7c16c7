"""Decided cases for detectors: final decisions only, without names unless an officer opens them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cases.conftest import AT, SECRET_NAME, SECRET_WORDS, TJAHJO, Office
from tests.cases.test_deciding import FREE, LIGHT, SITI, at_decision, decide, deliver, event
from tests.cases.test_deciding import pertiwi as pertiwi
from tests.cases.test_deciding import ppk as ppk
from timbang.cases import decided
from timbang.cases.models import Case, Decision, DecisionEvent
from timbang.cases.vault import Desk
from timbang.signals.facts import SHAPES

pytestmark = pytest.mark.django_db
LATER = AT.date() + timedelta(days=90)


@pytest.fixture
def sanctioned(ppk: Office, pertiwi: Desk) -> Decision:
    """One person sanctioned and told of it, another cleared."""
    case = at_decision(ppk, TJAHJO, SITI)
    first, second = case.accused.all()
    row = decide(first, LIGHT, pertiwi)
    decide(second, FREE, pertiwi)
    case.refresh_from_db()
    deliver(row, pertiwi)
    row.refresh_from_db()
    return row


def test_a_decision_is_handed_in_once_no_remedy_is_open(sanctioned: Decision) -> None:
    assert decided.rows([], on=AT.date()) == []
    (row,) = decided.rows([], on=LATER)
    assert row.keys() == SHAPES["decided_cases"].keys()
    assert (row["row_id"], row["decided_on"]) == (str(sanctioned.pk), sanctioned.decided_on)
    assert (row["sanction_level"], row["conduct"]) == ("ringan", "absent")


def test_without_a_key_nobody_is_named(sanctioned: Decision, pertiwi: Desk, charlie: Desk) -> None:
    for desks in ([], [charlie]):
        (row,) = decided.rows(desks, on=LATER)
        assert (row["name"], row["number_hash"]) == (None, None)
    (row,) = decided.rows([charlie, pertiwi], on=LATER)
    assert (row["name"], row["region_code"]) == (TJAHJO.name, TJAHJO.region)


def test_who_was_cleared_and_who_reported_are_never_in_it(
    sanctioned: Decision, pertiwi: Desk
) -> None:
    told = str(decided.rows([pertiwi], on=LATER))
    assert SITI.name not in told
    assert SECRET_NAME not in told
    assert SECRET_WORDS not in told
    assert str(sanctioned.case.reports.get().report_id) not in told


@pytest.mark.parametrize("what", [DecisionEvent.What.SUSPENDED, DecisionEvent.What.ANNULLED])
def test_a_decision_that_a_court_holds_back_or_annuls_is_not_final(
    sanctioned: Decision, pertiwi: Desk, what: DecisionEvent.What
) -> None:
    event(sanctioned, what, pertiwi)
    assert decided.rows([pertiwi], on=LATER) == []


def test_a_decision_that_was_not_delivered_is_not_final(sanctioned: Decision) -> None:
    Decision.objects.update(delivered_on=None, delivered_how="", sealed_proof=None)
    assert decided.rows([], on=LATER) == []


def test_a_case_that_runs_is_none(ppk: Office) -> None:
    at_decision(ppk, TJAHJO)
    assert Case.objects.exists()
    assert decided.rows([], on=LATER) == []


@pytest.mark.parametrize(
    ("kind", "months"), [("allowance_cut_6_months", 6), ("rank_lowered_3_years", 36)]
)
def test_a_sanction_that_lasts_says_until_when(
    sanctioned: Decision, monkeypatch: pytest.MonkeyPatch, kind: str, months: int
) -> None:
    class Known:
        last_day = date(2026, 12, 31)

    monkeypatch.setattr(decided.decisions, "effect_of", lambda _row: Known())
    Decision.objects.filter(pk=sanctioned.pk).update(kind=kind)
    (row,) = decided.rows([], on=LATER)
    year, month = divmod(11 + months, 12)
    assert (row["sanction_until"].year, row["sanction_until"].month) == (2026 + year, month + 1)
