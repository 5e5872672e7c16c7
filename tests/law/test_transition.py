"""Open cases move to the procedure that follows, and nobody loses a right on the way."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timbang.law import transition
from timbang.law.procedure import from_json, key, procedures, to_json
from timbang.law.refusal import Refusal
from timbang.law.transition import BEGAN, State, check, move, rule_for, rules
from timbang.law.yaml_file import YamlError, loads

RULE = rules()["kasn_to_bkn_2024"]
OLD, NEW = procedures()["kasn_neutrality"], procedures()["sbt_neutrality"]
THAT_DAY = date(2024, 8, 24)


def moved(step: str, entered_by: str, **changes):
    arguments = {"taken": {}, "last_day": None, "on": THAT_DAY, "rule": RULE} | changes
    rule = arguments.pop("rule")
    old, new = arguments.pop("old", OLD), arguments.pop("new", NEW)
    return move(rule, old, new, step=step, entered_by=entered_by, **arguments)


@pytest.mark.parametrize(
    ("step", "entered_by", "to"),
    [
        ("verify", BEGAN, "verify"),
        ("verify", "study/return_for_completion", "verify"),
        ("study", "verify/take_up", "study"),
        ("recommend", "study/proven", "send"),
        ("act", "recommend/send", "act"),
        ("act", "follow_up/ask_again", "act"),
        ("follow_up", "act/discipline_sanction", "record_sanction"),
        ("follow_up", "act/dismissal", "record_sanction"),
        ("follow_up", "act/no_action", "warn"),
    ],
)
def test_each_case_that_kasn_left_open_goes_on_at_the_step_that_matches(step, entered_by, to):
    assert moved(step, entered_by).to == to


def test_the_rule_is_found_from_its_day_on_and_for_its_procedure_only():
    assert rule_for("kasn_neutrality", THAT_DAY) == RULE
    assert rule_for("kasn_neutrality", date(2024, 8, 23)) is None
    assert rule_for("sbt_neutrality", THAT_DAY) is None


def test_no_case_moves_before_the_day_nor_when_it_is_over():
    with pytest.raises(Refusal, match="2024-08-24"):
        moved("verify", BEGAN, on=date(2024, 8, 23))
    with pytest.raises(Refusal, match="sudah selesai"):
        moved("end:cleared", "verify/not_proven")


def test_a_running_term_never_ends_earlier_than_it_was_going_to():
    found = moved("act", "recommend/send", last_day=date(2024, 9, 30))
    assert found.last_day(date(2024, 9, 12)) == date(2024, 9, 30)
    assert found.last_day(date(2024, 10, 12)) == date(2024, 10, 12)
    assert moved("act", "recommend/send").last_day(date(2024, 9, 12)) == date(2024, 9, 12)


def test_a_return_that_was_used_up_stays_used_up():
    taken = {key("study", "return_for_completion"): 1, key("follow_up", "ask_again"): 1}
    found = moved("study", "verify/take_up", taken=taken)
    assert found.taken == {key("study", "return_for_completion"): 1}


# --- a rule that takes something away is not run ---


def changed(procedure, change):
    data = json.loads(to_json(procedure))
    change(data)
    return from_json(json.dumps(data))


def step_of(data, code):
    return next(row for row in data["steps"] if row["code"] == code)


def drop_hearing(data) -> None:
    for row in data["steps"]:
        for outcome in row["outcomes"]:
            outcome["requires"] = [code for code in outcome["requires"] if "hearing" not in code]


def without_way_to_being_cleared(data) -> None:
    for row in data["steps"]:
        row["outcomes"] = [one for one in row["outcomes"] if one["to"] != "end:cleared"]


def with_a_new_sanction(data) -> None:
    step_of(data, "act")["outcomes"][0]["sanctions"].append("village")


def without_appeal(data) -> None:
    data["remedies"] = [one for one in data["remedies"] if one["code"] != "appeal"]
    for row in data["steps"]:
        for outcome in row["outcomes"]:
            outcome["remedies"] = [one for one in outcome["remedies"] if one != "appeal"]


def with_less_time(data) -> None:
    for one in data["remedies"]:
        one["term"]["length"] = 7


def rule_with(change):
    states = list(RULE.states)
    change(states)
    return replace(RULE, states=tuple(states))


BROKEN = {
    "hearing": (RULE, changed(NEW, drop_hearing), "without ever being heard"),
    "cleared": (RULE, changed(NEW, without_way_to_being_cleared), "no longer be cleared"),
    "no_new_sanction": (RULE, changed(NEW, with_a_new_sanction), "not possible before: village"),
    "remedies": (RULE, changed(NEW, without_appeal), "loses the remedy against dismissal"),
    "terms": (RULE, changed(NEW, with_less_time), "less time for the remedy"),
    "complete": (rule_with(lambda states: states.pop()), NEW, "has no place"),
    "names": (
        rule_with(lambda states: states.append(replace(states[0], to="nowhere"))),
        NEW,
        "names nowhere",
    ),
}


@pytest.mark.parametrize("right", sorted(BROKEN))
def test_a_rule_that_takes_a_right_away_is_reported_and_refused(right):
    rule, new, said = BROKEN[right]
    problems = check(rule, OLD, new)
    assert right in {problem.rule for problem in problems}
    assert any(said in str(problem) for problem in problems)
    with pytest.raises(Refusal):
        moved("verify", BEGAN, rule=rule, new=new)


def test_a_case_with_two_places_to_go_is_reported():
    two = rule_with(lambda states: states.append(replace(states[0], to="study")))
    assert {"has more than one place in the new procedure"} == {
        problem.message.en for problem in check(two, OLD, NEW)
    }


def test_an_unheard_case_may_not_be_moved_to_where_a_sanction_is_only_recorded():
    states = [one for one in RULE.states if one.from_step != "follow_up"]
    states.append(State("follow_up", None, "record_sanction", RULE.title))
    problems = check(replace(RULE, states=tuple(states)), OLD, NEW)
    assert [(found.rule, found.path) for found in problems] == [
        ("hearing", ("act/no_action", "follow_up", "record_sanction"))
    ]


@given(st.data())
def test_whatever_happens_before_and_after_the_move_nobody_is_punished_unheard(data):
    """A case goes its way by chance, is moved at some moment, and goes on by chance."""
    step, entered_by, passed = OLD.start, BEGAN, set()
    for _ in range(data.draw(st.integers(0, 6))):
        outcome = data.draw(st.sampled_from(OLD.step(step).outcomes))
        if outcome.to.startswith("end:"):
            continue
        passed |= set(outcome.requires)
        step, entered_by = outcome.to, key(step, outcome.code)
    at = moved(step, entered_by).to
    for _ in range(20):
        outcome = data.draw(st.sampled_from(NEW.step(at).outcomes))
        passed |= set(outcome.requires)
        heard = bool(passed & {"hearing_held", "hearing_or_two_summonses"})
        assert heard or not outcome.records_sanction
        if outcome.to.startswith("end:"):
            assert heard or NEW.end(outcome.to).kind != "sanction"
            return
        at = outcome.to


# --- the file ---


def test_every_rule_on_file_lists_its_sources_and_what_is_open():
    for rule in rules().values():
        assert rule.sources
        assert rule.level in {"official_text", "two_copies", "one_copy", "two_sources"}
        assert check(rule, procedures()[rule.from_procedure], procedures()[rule.to_procedure]) == []


def test_a_rule_between_procedures_that_do_not_exist_stops_the_load():
    text = (transition.FOLDER / "kasn_to_bkn_2024.yaml").read_text()
    for wrong, said in (
        (text.replace("from: kasn_neutrality", "from: kasn"), "'kasn' is not one of"),
        (text.replace("moves_from: 2024-08-24", "moves_from: soon"), "expected a day"),
        (text.replace("level: two_sources", "colour: red"), "unknown key 'colour'"),
    ):
        with pytest.raises(YamlError) as refused:
            transition.read(loads(wrong, "rule.yaml"), set(procedures()))
        assert said in str(refused.value)
        assert str(refused.value).startswith("rule.yaml:")


def test_a_rule_that_is_not_proved_stops_the_load(monkeypatch):
    rule, _new, _said = BROKEN["complete"]
    monkeypatch.setattr(transition, "rules_on_file", lambda: [rule])
    rules.cache_clear()
    try:
        with pytest.raises(ValueError, match="has no place in the new procedure"):
            rules()
    finally:
        rules.cache_clear()
