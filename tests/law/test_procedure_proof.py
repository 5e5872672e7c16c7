"""The proof: a procedure broken in each way is reported, with the path on which it breaks."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner

from timbang.cli import main
from timbang.law import procedure as engine
from timbang.law.procedure import check, from_json, on_file, procedures, to_json
from timbang.law.proof import RULES
from timbang.law.yaml_file import YamlError

Data = dict[str, Any]


def step(data: Data, code: str) -> Data:
    return next(step for step in data["steps"] if step["code"] == code)


def outcome(data: Data, code: str, name: str) -> Data:
    return next(outcome for outcome in step(data, code)["outcomes"] if outcome["code"] == name)


def broken(change: Callable[[Data], object], name: str = "sbt_neutrality") -> str:
    data = json.loads(to_json(procedures()[name]))
    change(data)
    return json.dumps(data)


def problems(change: Callable[[Data], object], name: str = "sbt_neutrality") -> list[str]:
    return [f"{found.rule}: {found}" for found in check(from_json(broken(change, name)))]


@pytest.mark.parametrize("procedure", on_file(), ids=lambda procedure: procedure.id)
def test_every_procedure_on_file_is_proved(procedure):
    assert check(procedure) == []


@pytest.mark.parametrize("procedure", on_file(), ids=lambda procedure: procedure.id)
def test_every_step_has_a_term_and_lists_what_is_open(procedure):
    for found in procedure.steps:
        assert found.term is not None or found.term_unknown is not None
        if found.term is None:
            continue
        if found.term.unit == "unknown" or not found.term.is_law:
            assert found.term.reason is not None


MUTATIONS: dict[str, tuple[Callable[[Data], object], str, str]] = {
    "a start that is no step": (
        lambda data: data.update(starts=["nowhere"]),
        "targets_exist",
        "nowhere",
    ),
    "an outcome into nothing": (
        lambda data: outcome(data, "send", "hand_over").update(to="acts"),
        "targets_exist",
        "send -> hand_over",
    ),
    "an end that does not exist": (
        lambda data: outcome(data, "send", "not_competent").update(to="end:gone"),
        "targets_exist",
        "send -> not_competent",
    ),
    "a step that nobody reaches": (
        lambda data: outcome(data, "control", "block").update(to="end:other_measure"),
        "reachable",
        "blocked: cannot be reached",
    ),
    "an end that nobody reaches": (
        lambda data: outcome(data, "control", "other_measure").update(to="end:not_enforced"),
        "reachable",
        "end:other_measure: cannot be reached",
    ),
    "a step without outcomes": (
        lambda data: step(data, "warn").update(outcomes=[]),
        "way_out",
        "warn: has no outcome",
    ),
    "a step whose only outcome can be used up": (
        lambda data: [row.update(at_most=1) for row in step(data, "warn")["outcomes"]],
        "way_out",
        "warn: has no outcome that is always there",
    ),
    "a step from which no free way leads to an end": (
        lambda data: step(data, "blocked").update(
            outcomes=[
                outcome(data, "blocked", "lift") | {"to": "blocked", "actor": "appointing_officer"}
            ]
        ),
        "way_out",
        "blocked: has no way to an end",
    ),
    "a circle without a bound": (
        lambda data: outcome(data, "study", "return_for_completion").update(at_most=None),
        "every_path_ends",
        "verify -> pass_on -> study -> return_for_completion -> verify",
    ),
    "a long circle without a bound": (
        lambda data: outcome(data, "record_sanction", "not_in_line").update(at_most=None),
        "every_path_ends",
        "warn -> warned -> after_warning -> discipline_sanction -> record_sanction",
    ),
    "a step that leads to itself": (
        lambda data: outcome(data, "blocked", "lift").update(to="blocked"),
        "every_path_ends",
        "blocked -> lift -> blocked",
    ),
    "a bound of zero": (
        lambda data: outcome(data, "study", "return_for_completion").update(at_most=0),
        "every_path_ends",
        "at most 0 times",
    ),
    "an administrator who acts": (
        lambda data: outcome(data, "send", "hand_over").update(role="administrator"),
        "actors",
        "send -> hand_over: administrator",
    ),
    "an auditor to whom a step falls": (
        lambda data: step(data, "send").update(role="auditor"),
        "actors",
        "send: auditor",
    ),
    "an actor who can do nothing": (
        lambda data: [row.update(actor="bkn") for row in step(data, "verify")["outcomes"]],
        "actors",
        "verify: task_force must act here",
    ),
    "a step without a term": (
        lambda data: step(data, "send").update(term=None),
        "terms",
        "send: has no term",
    ),
    "a term of no days": (
        lambda data: step(data, "send")["term"].update(length=0),
        "terms",
        "a term of 0 days",
    ),
    "an unknown unit without a reason": (
        lambda data: step(data, "verify")["term"].update(reason=None),
        "terms",
        "verify: does not say why",
    ),
    "a term that cites nothing": (
        lambda data: step(data, "study")["term"].update(citation=None),
        "terms",
        "study: claims a term without a citation",
    ),
    "a term without a level": (
        lambda data: step(data, "study")["term"].update(level="none"),
        "terms",
        "study: claims a term without a citation and its level",
    ),
    "a target that pretends to be law": (
        lambda data: step(data, "act")["term"].update(citation="PP 94/2021"),
        "terms",
        "act: is a target of ours",
    ),
    "an open question that is not listed": (
        lambda data: step(data, "act").update(open_points=[]),
        "terms",
        "act: has an open question",
    ),
    "a silent lapse": (
        lambda data: step(data, "study").update(lapse=None),
        "lapses",
        "study: does not say what a lapse does",
    ),
    "a lapse that tells nobody": (
        lambda data: step(data, "study")["lapse"].update(escalates_to=None),
        "lapses",
        "names neither an exit nor whom",
    ),
    "a target that moves a case": (
        lambda data: step(data, "act")["lapse"].update(to="warn"),
        "lapses",
        "act -> lapse: a target that is not law may only remind",
    ),
    "a target that escalates": (
        lambda data: step(data, "act")["lapse"].update(escalates_to="bkn"),
        "lapses",
        "act -> lapse: a target that is not law may only remind",
    ),
    "a practice that moves a case": (
        lambda data: step(data, "study")["lapse"].update(to="send"),
        "lapses",
        "study -> lapse: only a term of law",
    ),
    "a lapse that moves a case without an article": (
        lambda data: (
            step(data, "study")["term"].update(kind="law"),
            step(data, "study")["lapse"].update(to="send", citation=None),
        ),
        "lapses",
        "study -> lapse: moves a case without citing",
    ),
    "a lapse that leads nowhere else": (
        lambda data: (
            step(data, "study")["term"].update(kind="law"),
            step(data, "study")["lapse"].update(to="study", citation="x"),
        ),
        "lapses",
        "study -> lapse: leads back to its own step",
    ),
    "a circle through a lapse": (
        lambda data: (
            step(data, "study")["term"].update(kind="law"),
            step(data, "study")["lapse"].update(to="verify", citation="x"),
        ),
        "every_path_ends",
        "verify -> pass_on -> study -> lapse -> verify",
    ),
    "a lapse into nothing": (
        lambda data: step(data, "study")["lapse"].update(to="gone"),
        "targets_exist",
        "study -> lapse",
    ),
    "a sanction without a hearing": (
        lambda data: outcome(data, "act", "discipline_sanction").update(
            requires=["delivery_proven"]
        ),
        "hearing",
        "act -> discipline_sanction: records a sanction without a hearing",
    ),
    "a sanction reached unheard, by an outcome that does not call itself one": (
        lambda data: outcome(data, "act", "no_breach").update(to="record_sanction"),
        "hearing",
        "study -> recommend -> send -> hand_over -> act -> no_breach "
        "-> record_sanction -> recorded -> end:sanction_recorded",
    ),
    "a sanction reached by a lapse": (
        lambda data: step(data, "study")["lapse"].update(to="record_sanction"),
        "hearing",
        "study -> lapse -> record_sanction -> recorded -> end:sanction_recorded: a sanction",
    ),
    "a sanction by somebody who may only recommend": (
        lambda data: outcome(data, "blocked", "moral_sanction").update(actor="bkn"),
        "hearing",
        "bkn may recommend",
    ),
    "a sanction without an article": (
        lambda data: outcome(data, "act", "moral_sanction").update(citation=None),
        "hearing",
        "act -> moral_sanction: records a sanction without an article",
    ),
}


@pytest.mark.parametrize(("change", "rule", "said"), MUTATIONS.values(), ids=list(MUTATIONS))
def test_a_broken_procedure_is_reported_with_its_path(change, rule, said):
    found = problems(change)
    assert any(text.startswith(f"{rule}: ") and said in text for text in found), found


def test_every_rule_of_the_proof_is_broken_once():
    assert {rule for _, rule, _ in MUTATIONS.values()} == set(RULES)


def test_a_bounded_circle_is_no_problem():
    assert not problems(
        lambda data: outcome(data, "study", "return_for_completion").update(at_most=3)
    )


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda data: outcome(data, "act", "no_breach").update(requires=["trust_me"]), "trust_me"),
        (lambda data: step(data, "act").update(actor="king"), "king"),
        (lambda data: step(data, "act").update(recorders=["king"]), "king"),
        (lambda data: step(data, "act")["term"].update(unit="moons"), "moons"),
        (lambda data: step(data, "act")["term"].update(starts="soon"), "soon"),
        (lambda data: step(data, "act")["title"].pop("en"), "'en' is missing"),
        (lambda data: step(data, "act").update(colour="red"), "colour"),
        (lambda data: step(data, "act").pop("role"), "'role' is missing"),
        (lambda data: data.update(starts=[]), "starts somewhere"),
        (lambda data: data["steps"].append(data["steps"][0]), "stands twice: verify"),
        (lambda data: data["ends"].append(data["ends"][0]), "stands twice: cleared"),
        (lambda data: data["ends"][0].update(kind="happy"), "happy"),
        (
            lambda data: step(data, "act")["outcomes"].append(step(data, "act")["outcomes"][0]),
            "stands twice: discipline_sanction",
        ),
    ],
)
def test_words_outside_the_closed_lists_stop_the_reading(change, complaint):
    with pytest.raises(YamlError) as refused:
        from_json(broken(change))
    assert complaint in str(refused.value)


def test_a_procedure_that_is_not_proved_never_runs(tmp_path, monkeypatch):
    text = broken(lambda data: step(data, "study").update(lapse=None))
    (tmp_path / "sbt_neutrality.yaml").write_text(text)
    monkeypatch.setattr(engine, "FOLDER", tmp_path)
    procedures.cache_clear()
    try:
        with pytest.raises(ValueError, match="study: does not say what a lapse does"):
            procedures()
    finally:
        procedures.cache_clear()


# --- the command ---


def test_prove_prints_hash_problems_and_open_points_of_each_procedure():
    result = CliRunner().invoke(main, ["law", "prove", "--json"])
    assert result.exit_code == 0
    reports = json.loads(result.output)["procedures"]
    assert [report["procedure"] for report in reports] == sorted(procedures())
    for report in reports:
        found = procedures()[report["procedure"]]
        assert report["hash"] == found.hash
        assert report["problems"] == []
        assert len(report["open_points"]) == sum(len(step.open_points) for step in found.steps)


def test_prove_tells_a_person_what_is_open():
    output = CliRunner().invoke(main, ["law", "prove"]).output
    assert "sbt_neutrality version 2: proved" in output
    assert "open, verify: The unit of the 7 days" in output


@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_prove_fails_and_names_the_path_of_a_problem(tmp_path, monkeypatch, arguments):
    text = broken(lambda data: outcome(data, "act", "no_breach").update(to="record_sanction"))
    (tmp_path / "sbt_neutrality.yaml").write_text(text)
    monkeypatch.setattr(engine, "FOLDER", tmp_path)
    result = CliRunner().invoke(main, ["law", "prove", *arguments])
    assert result.exit_code == 1
    assert "no_breach" in result.output
    assert "a sanction is reached without a hearing" in result.output
