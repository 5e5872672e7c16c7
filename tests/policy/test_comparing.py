"""Paths compared over dossiers: each measure by its rule, each interval against another way of
counting it."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from timbang.law import policy
from timbang.policy import comparing, facts
from timbang.policy.comparing import Taken
from timbang.policy.facts import Goal, Move, Owed, Paper, Record

ON = date(2026, 11, 2)
BEGAN = date(2026, 3, 1)


def watched(*papers: Paper) -> Record:
    return Record(by_office=False, opened_on=ON, papers=papers)


def paper(kind: str, day: date | None = None, **more: object) -> Paper:
    return Paper(kind, "found", day, **more)  # type: ignore[arg-type]


def gone(kind: str) -> Paper:
    return Paper(kind, "missing")


START = paper("start", BEGAN)
MOVES = (
    Move("study", "submitted", "review", date(2026, 1, 11)),
    Move("review", "accepted", "drafting", date(2026, 1, 21)),
    Move("drafting", "drafted", "consultation", date(2026, 1, 31)),
    Move("consultation", "concluded", "legal_clearance", date(2026, 2, 10)),
    Move("legal_clearance", "cleared", "budget_clearance", date(2026, 2, 14)),
    Move("budget_clearance", "cleared", "decision", date(2026, 2, 20)),
    Move("decision", "enacted", "execution", date(2026, 3, 2)),
)
WHOLE = Record(by_office=True, opened_on=date(2026, 1, 1), moves=MOVES,
               written={"authority": date(2026, 1, 25)})  # fmt: skip


def value(record: Record, measure: str) -> float | None:
    return comparing.measured(record, ON)[measure]


def test_every_measure_of_the_law_room_is_taken() -> None:
    claims = [*policy.ADVANTAGES.values(), *policy.RISKS.values()]
    codes = {measure.code for claim in claims for measure in claim.measures}
    assert set(comparing.measured(WHOLE, ON)) == codes


def test_nothing_is_measured_of_an_empty_dossier() -> None:
    assert set(comparing.measured(watched(), ON).values()) == {None}


def test_an_office_that_went_the_whole_way_is_measured_by_its_journal() -> None:
    assert value(WHOLE, "days_to_execution") == 60
    assert value(WHOLE, "study_days") == 20
    assert value(WHOLE, "clearance_steps") == 2
    assert value(WHOLE, "clearance_days") == 4 + 6
    assert value(WHOLE, "undone_decisions") == 0
    assert value(WHOLE, "executions_without_authority") == 0
    assert value(WHOLE, "overdue_debts") is None
    assert value(replace(WHOLE, written={}), "executions_without_authority") == 1


@pytest.mark.parametrize("ended_as", ["revoked", "lapsed"])
def test_what_was_revoked_or_lapsed_did_not_hold(ended_as: str) -> None:
    assert value(replace(WHOLE, ended_as=ended_as), "undone_decisions") == 1


def test_goals_tell_what_changed_and_what_fell_short() -> None:
    goals = (
        Goal(date(2026, 2, 1), ON, planned=100, target=Decimal(10), result=Decimal(9)),
        Goal(date(2026, 4, 1), ON, planned=300, target=Decimal(10), result=Decimal(10)),
        Goal(date(2026, 2, 1), ON, planned=0),
    )
    record = replace(WHOLE, goals=goals, papers=(paper("audit", ON, amount=40),))
    assert value(record, "changed_milestones") == pytest.approx(1 / 3)
    assert value(record, "short_results") == 0.5
    assert value(record, "audit_findings") == 0.1
    unpriced = replace(record, goals=(*goals, Goal(ON, ON)))
    assert value(unpriced, "audit_findings") is None


def test_a_debt_counts_from_the_day_after_it_was_due() -> None:
    debts = (
        Owed("notice", date(2026, 3, 2), paid_on=date(2026, 3, 2)),
        Owed("report", date(2026, 3, 9), paid_on=date(2026, 3, 10)),
        Owed("study", date(2026, 4, 1)),
        Owed("ratification", date(2026, 8, 1), dropped_on=date(2026, 5, 1)),
        Owed("audit", ON),
    )
    record = Record(by_office=True, opened_on=BEGAN, debts=debts, lane="promise")
    assert value(record, "overdue_debts") == pytest.approx(2 / 3)


def test_a_watched_policy_is_measured_only_as_far_as_documents_go() -> None:
    named = paper("problem", date(2026, 1, 1))
    assert value(watched(START, named), "days_to_execution") == 59
    assert value(watched(START), "days_to_execution") is None
    assert value(watched(START, paper("problem", date(2026, 5, 1))), "days_to_execution") is None
    early, late = date(2026, 2, 1), date(2026, 4, 1)
    sought = watched(START, gone("legal_clearance"), paper("harmonisation", early),
                     paper("budget_clearance", late))  # fmt: skip
    assert value(sought, "clearance_steps") == 1
    assert value(watched(START, paper("harmonisation", early)), "clearance_steps") is None
    assert value(watched(START, paper("legal_basis", late)), "executions_without_authority") == 1
    assert value(watched(START, paper("legal_basis")), "executions_without_authority") is None
    assert value(watched(START), "undone_decisions") is None
    assert value(watched(START, gone("revocation")), "undone_decisions") == 0
    assert value(watched(START, paper("revocation")), "undone_decisions") == 1
    reached = paper("result", ON, shows=("target_reached",))
    missed = paper("result", ON, shows=("target_missed",))
    assert value(watched(reached, missed), "short_results") == 0.5
    money = watched(paper("budget_line", early, amount=200), paper("audit", ON, amount=0))
    assert value(money, "audit_findings") == 0
    unsaid = watched(paper("budget_line", early, amount=200), paper("audit", ON))
    assert value(unsaid, "audit_findings") is None


def taken(path: str, *values: float | None) -> list[Taken]:
    every = dict.fromkeys(comparing.measured(WHOLE, ON))
    return [Taken(str(n), path, every | {"study_days": v}) for n, v in enumerate(values)]


def test_four_are_told_as_a_number_only_and_five_with_what_they_hold() -> None:
    full, _emergency, promise = comparing.compare(
        [*taken("full", 1, 2, 3, 4, None), *taken("promise", 5, 1, 3, 2, 4)], "study_days"
    )
    assert (full.known, full.unknown, full.value) == (4, 1, None)
    assert (promise.value, promise.low, promise.high) == (3, 1, 5)
    assert promise.holds == pytest.approx(0.9375)


def test_a_dossier_whose_path_is_not_known_is_in_no_figure() -> None:
    figures = comparing.compare(taken("unknown", *range(9)), "study_days")
    assert [figure.known for figure in figures] == [0, 0, 0]
    assert comparing.drawing(figures) is None


@given(some.integers(1, 12))
def test_the_interval_of_the_median_holds_what_all_ways_to_fall_say(number: int) -> None:
    """Oracle: each value of the sample lies below the median or above it with equal chance."""
    low, high, holds = comparing.median_interval([float(n) for n in range(number)])
    ways = list(product((0, 1), repeat=number))
    inside = sum(low + 1 <= sum(way) <= high for way in ways)
    assert holds == pytest.approx(inside / len(ways) if number > 1 else 0.0, abs=1e-12)
    if number >= 6:
        assert holds >= comparing.LEVEL


@given(some.integers(1, 60).flatmap(lambda n: some.tuples(some.integers(0, n), some.just(n))))
def test_the_ends_of_wilsons_interval_are_the_shares_that_are_just_not_refused(
    counted: tuple[int, int],
) -> None:
    """Oracle: at each end the score of the observed share is exactly the half width."""
    part, whole = counted
    for end in comparing.wilson(part, whole):
        if 1e-9 < end < 1 - 1e-9:
            score = abs(part / whole - end) / math.sqrt(end * (1 - end) / whole)
            assert score == pytest.approx(comparing.WIDE, rel=1e-6)


def test_the_interval_of_the_median_holds_in_nineteen_of_twenty_samples() -> None:
    draw = random.Random(7)
    held = 0
    for _ in range(2_000):
        sample = [draw.expovariate(1.0) for _ in range(15)]
        low, high, _holds = comparing.median_interval(sample)
        held += low <= math.log(2) <= high
    assert held / 2_000 >= 0.94


def test_a_share_that_is_none_raises() -> None:
    for part, whole in ((1, 0), (2, 1), (-1, 3)):
        with pytest.raises(ValueError, match="no share"):
            comparing.wilson(part, whole)


def test_marks_lie_inside_the_drawing_in_the_order_of_their_values() -> None:
    figures = comparing.compare(
        [*taken("full", *range(6)), *taken("promise", *range(10, 17))], "study_days"
    )
    drawn = comparing.drawing(figures)
    assert drawn is not None
    for mark in drawn.marks:
        assert 0 <= mark.low <= mark.value <= mark.high <= drawn.width
    assert drawn.marks[0].value < drawn.marks[1].value


def test_documents_that_contradict_leave_it_unknown() -> None:
    papers = (paper("decision", BEGAN, shows=("decided_leader",)),
              paper("start", BEGAN, shows=("decided_officials", "ground_promise")))  # fmt: skip
    found = facts.facts_of(watched(*papers))
    assert (found.decided_by, found.ground) == (None, "promise")


def test_a_document_without_a_day_may_be_older_than_execution() -> None:
    late = watched(START, paper("study", date(2026, 5, 1)), gone("academic_paper"))
    assert facts.facts_of(late).studied_first is False
    unsure = watched(START, paper("study", date(2026, 5, 1)), paper("study"),
                     gone("academic_paper"))  # fmt: skip
    assert facts.facts_of(unsure).studied_first is None


def test_a_study_that_was_sent_back_and_is_owed_was_not_there_first() -> None:
    record = Record(
        by_office=True,
        opened_on=date(2026, 1, 1),
        moves=(
            Move("study", "submitted", "review", date(2026, 1, 11)),
            Move("review", "sent_back", "study", date(2026, 1, 21)),
            Move("study", "use_lane_promise", "direct_execution", BEGAN),
        ),
        debts=(Owed("study", date(2026, 4, 1)),),
        lane="promise",
    )
    assert facts.facts_of(record).studied_first is False
    assert policy.path_of(facts.facts_of(record)) == "promise"
