"""Runs brought to the desk: the same lead stays the same, nothing disappears, what changed returns."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as some

from tests.at_once import together
from tests.cases.conftest import Office, office
from tests.signals.leads import AT, bring, marked, run_of
from timbang.ledger.models import Entry
from timbang.signals import actions, reading
from timbang.signals.changing import identity, materially
from timbang.signals.learning import Learned, wilson
from timbang.signals.models import Lead, LeadAct, LeadNumbers, LeadRun

pytestmark = pytest.mark.django_db


@pytest.fixture
def bawaslu(db: None) -> Office:
    return office("bawaslu-32", "bawaslu", "alice")


def dismissed(lead: Lead, by: Office, why: str = "explained") -> Lead:
    actions.dismiss(
        lead, why=why, note="sudah diperiksa", seen=lead.version, once=uuid4(),
        by=by.desks["alice"].officer, at=AT,
    )  # fmt: skip
    lead.refresh_from_db()
    return lead


def test_a_run_becomes_leads_with_numbers_without_a_gap_and_one_entry(tmp_path: Path) -> None:
    before = Entry.objects.count()
    leads = bring(tmp_path, marked("a"), marked("b"), marked("c", flagged=False, evidence=None))
    assert [lead.number for lead in leads] == ["L-1/2026", "L-2/2026"]
    entry = Entry.objects.get(act="leads.brought")
    assert Entry.objects.count() == before + 1
    assert (entry.body["detector"], entry.body["looked_at"]) == ("R018", 3)
    assert "a" not in entry.body.values(), "no subject stands in the log"


def test_the_same_run_again_does_nothing(tmp_path: Path) -> None:
    bring(tmp_path, marked("a"))
    assert actions.bring_leads(run_of(tmp_path, [marked("a")]), at=AT) is None
    assert (Lead.objects.count(), LeadRun.objects.count()) == (1, 1)


def test_a_year_begins_its_own_numbers(tmp_path: Path) -> None:
    bring(tmp_path, marked("a"))
    later = bring(tmp_path, marked("a"), marked("b"), at=AT + timedelta(days=90))
    assert [lead.number for lead in later] == ["L-1/2026", "L-1/2027"]


def test_found_again_it_is_the_same_lead_brought_up_to_date(tmp_path: Path) -> None:
    (first,) = bring(tmp_path, marked("a"))
    (again,) = bring(tmp_path, marked("a", value=1.05, region_code="32.73", bidders=2))
    assert (again.pk, again.number) == (first.pk, first.number)
    assert (again.value, again.region_code, again.measures) == (1.05, "32.73", {"bidders": 2})
    assert (again.first_run.ordinal, again.last_run.ordinal) == (1, 2)
    assert again.material == 1


def test_what_a_later_run_no_longer_finds_stays_and_says_so(tmp_path: Path) -> None:
    bring(tmp_path, marked("a"), marked("b"))
    kept, gone = bring(tmp_path, marked("a"))
    assert (kept.found, gone.found) == (True, False)
    assert (gone.last_run.ordinal, gone.state) == (1, Lead.State.OPEN)
    kept, found_again = bring(tmp_path, marked("a"), marked("b"))
    assert found_again.found


def test_a_dismissed_lead_stays_dismissed_on_the_same_evidence(
    tmp_path: Path, bawaslu: Office
) -> None:
    (lead,) = bring(tmp_path, marked("a"))
    dismissed(lead, bawaslu)
    (again,) = bring(tmp_path, marked("a", value=1.09, region_code="32.05"))
    assert again.state == Lead.State.DISMISSED
    (less,) = bring(tmp_path, marked("a", evidence=[]))
    assert less.state == Lead.State.DISMISSED
    assert less.earlier_evidence == ["procurements:a"]
    (back,) = bring(tmp_path, marked("a"))
    assert back.state == Lead.State.DISMISSED, "a row that bore it before is not new"


@pytest.mark.parametrize(
    "changed", [{"evidence": ["procurements:a", "bids:9"]}, {"value": 1.2}, {"value": None}]
)
def test_it_comes_back_when_its_evidence_changed_materially(
    tmp_path: Path, bawaslu: Office, changed: dict[str, object]
) -> None:
    (lead,) = bring(tmp_path, marked("a"))
    dismissed(lead, bawaslu)
    (back,) = bring(tmp_path, marked("a", **changed))
    assert (back.state, back.material) == (Lead.State.OPEN, 2)
    act = reading.history(back)[0]
    assert (act.what, act.run_id) == (LeadAct.What.RETURNED, back.last_run_id)


def test_small_steps_add_up(tmp_path: Path, bawaslu: Office) -> None:
    (lead,) = bring(tmp_path, marked("a"))
    dismissed(lead, bawaslu)
    bring(tmp_path, marked("a", value=1.06))
    (back,) = bring(tmp_path, marked("a", value=1.12))
    assert back.state == Lead.State.OPEN


def test_what_was_merged_into_a_dismissed_lead_brings_it_back(
    tmp_path: Path, bawaslu: Office
) -> None:
    first, second = bring(tmp_path, marked("a"), marked("b"))
    by = bawaslu.desks["alice"].officer
    actions.merge(second, first, note="", seen=0, once=uuid4(), by=by, at=AT)
    dismissed(first, bawaslu)
    first, second = bring(tmp_path, marked("a"), marked("b", value=9.0))
    assert (first.state, second.state) == (Lead.State.OPEN, Lead.State.MERGED)


def test_a_run_that_was_broken_off_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(tmp_path, marked("old"))
    run = run_of(tmp_path, [marked(f"s{number}") for number in range(7)])
    monkeypatch.setattr(actions, "_AT_ONCE", 3)
    real, parts = actions._bring_some, []

    def broken(*given: object) -> None:
        if len(parts) == 2:
            raise KeyboardInterrupt
        parts.append(given)
        real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(actions, "_bring_some", broken)
    with pytest.raises(KeyboardInterrupt):
        actions.bring_leads(run, at=AT)
    assert Lead.objects.get(subject="old").found, "nothing is gone before all was seen"
    monkeypatch.setattr(actions, "_bring_some", real)
    assert actions.bring_leads(run, at=AT) is not None
    assert actions.bring_leads(run, at=AT) is None
    assert sorted(Lead.objects.values_list("ordinal", flat=True)) == list(range(1, 9))
    assert not Lead.objects.get(subject="old").found
    assert Entry.objects.filter(act="leads.brought").count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_bring_at_once_make_each_lead_once(tmp_path: Path) -> None:
    run = run_of(tmp_path, [marked("a"), marked("b")])
    other = run_of(tmp_path, [marked("b"), marked("c")])
    LeadNumbers.objects.create(year=2026)
    together(*[lambda each=each: actions.bring_leads(each, at=AT) for each in (run, run, other)])  # type: ignore[misc]
    assert sorted(Lead.objects.values_list("subject", flat=True)) in (["a", "b", "c"], ["b", "c"])
    numbers = sorted(Lead.objects.values_list("ordinal", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert LeadRun.objects.count() == Entry.objects.filter(act="leads.brought").count()
    assert len(numbers) == LeadNumbers.objects.get().last


def test_the_window_of_its_day_stands_with_the_lead(tmp_path: Path) -> None:
    inside, outside = bring(tmp_path, marked("a", since=date(2024, 10, 1)), marked("b", since=None))
    assert inside.election
    assert inside.days_to_voting == 57
    assert (outside.election, outside.days_to_voting) == ("", None)


# The order of the queue


def test_leads_are_dealt_by_what_officers_found(tmp_path: Path, bawaslu: Office) -> None:
    leads = bring(tmp_path, *(marked(f"s{number}") for number in range(6)))
    assert [lead.turn for lead in leads] == [2.0, 4.0, 6.0, 8.0, 10.0, 12.0]
    for lead in leads[:2]:
        dismissed(lead, bawaslu)
    actions.order_leads()
    waiting = Lead.objects.filter(state="open").order_by("turn")
    assert [lead.turn for lead in waiting] == [4.0, 8.0, 12.0, 16.0], "a quarter, not a half"
    for lead in waiting[:2]:
        dismissed(lead, bawaslu, why="known")
    actions.order_leads()
    assert [lead.turn for lead in waiting.all()] == [2.0, 4.0]


def test_of_one_detector_a_window_comes_first_and_then_the_newest(tmp_path: Path) -> None:
    bring(
        tmp_path,
        marked("a", since=None), marked("b", since=date(2022, 5, 1)),
        marked("c", since=date(2024, 10, 1)), marked("d", since=date(2022, 6, 1)),
    )  # fmt: skip
    assert list(Lead.objects.order_by("turn").values_list("subject", flat=True)) == [*"cdba"]


def test_few_judgements_show_no_share_and_order_gently() -> None:
    few = Learned("R018", taken=3, dismissed={"explained": 6}, useful_reasons=("known",))
    assert few.shown is None
    assert few.weight == 4 / 11
    enough = Learned(
        "R018", taken=3, dismissed={"explained": 6, "known": 1}, useful_reasons=("known",)
    )
    assert enough.shown is not None
    assert enough.shown.share == 0.4
    assert Learned("R018").weight == 0.5


@given(some.integers(1, 400), some.data())
def test_wilsons_ends_are_where_the_score_test_says(judged: int, data: some.DataObject) -> None:
    useful = data.draw(some.integers(0, judged))
    found = wilson(useful, judged)
    for end in (found.low, found.high):
        # at each end p the share lies exactly 1.96 standard errors of p away
        distance = abs(useful / judged - end)
        assert distance == pytest.approx(1.959964 * (end * (1 - end) / judged) ** 0.5, abs=1e-7)


# Constraints and rules


def test_no_two_leads_have_one_number(tmp_path: Path) -> None:
    first, second = bring(tmp_path, marked("a"), marked("b"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Lead.objects.filter(pk=second.pk).update(ordinal=first.ordinal)


@pytest.mark.parametrize(
    "wrong", [{"state": "merged"}, {"state": "taken"}], ids=["merged", "taken"]
)
def test_a_state_says_what_goes_with_it(tmp_path: Path, wrong: dict[str, str]) -> None:
    (lead,) = bring(tmp_path, marked("a"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Lead.objects.filter(pk=lead.pk).update(**wrong)


def test_the_parts_of_an_identity_do_not_run_together() -> None:
    assert identity("R1", "a", "b") != identity("R1a", "", "b")
    assert identity("R1", "a", "bc") == identity("R1", "a", "bc")


def test_less_evidence_is_no_new_evidence() -> None:
    assert not materially(known={"a", "b"}, evidence={"a"}, value_then=10.0, value_now=11.0)
    assert materially(known={"a"}, evidence={"a"}, value_then=10.0, value_now=11.1)
    assert materially(known={"a"}, evidence={"a"}, value_then=-10.0, value_now=-11.1)
    assert materially(known={"a"}, evidence={"a"}, value_then=0.0, value_now=0.1)
    assert not materially(known=set(), evidence=set(), value_then=None, value_now=None)
