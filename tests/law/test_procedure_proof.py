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
from timbang.law.proof import PROPERTIES, prove
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


def with_track(
    data: Data,
    opens_at: list[str] | None = None,
    code: str = "tell",
    to: str = "end:told",
    kind: str = "forwarded",
) -> None:
    """A side track of one step: the matter is told to law enforcement."""
    told = {"code": "told", "title": {"id": "Lapor", "en": "Tell"}, "to": to}
    data["tracks"] = [
        {
            "code": "crime",
            "title": {"id": "Pidana", "en": "Crime"},
            "opens_at": ["study"] if opens_at is None else opens_at,
            "steps": [{**step(data, "warn"), "code": code, "outcomes": [told]}],
            "ends": [{"code": "told", "title": {"id": "Selesai", "en": "Done"}, "kind": kind}],
        }
    ]


def lane(data: Data, code: str = "study", ground: str = "promise") -> Data:
    return outcome(data, code, f"use_lane_{ground}")


def debt(data: Data, code: str) -> Data:
    return next(row for row in lane(data)["owes"] if row["code"] == code)


def with_amendment(data: Data) -> None:
    """The decision goes back to a step at which the cleared draft is changed, and returns."""
    drafted = {**outcome(data, "drafting", "drafted"), "to": "decision"}
    data["steps"].append({**step(data, "drafting"), "code": "amend", "outcomes": [drafted]})
    outcome(data, "decision", "sent_back").update(to="amend")
    for code in ("legal_clearance", "budget_clearance"):
        step(data, code)["reviews"].append("amend")


# Of the procedure of a public decision, in which steps may be skipped.
SKIPPING: dict[str, tuple[Callable[[Data], object], str, str]] = {
    "an execution that nobody cleared": (
        lambda data: outcome(data, "consultation", "concluded").update(to="decision"),
        "clearance",
        "consultation -> concluded -> decision -> enacted -> execution: is executed without",
    ),
    "an execution that only one office cleared": (
        lambda data: outcome(data, "legal_clearance", "cleared").update(to="decision"),
        "clearance",
        "legal_clearance -> cleared -> decision -> enacted -> execution: is executed without",
    ),
    "a clearance that is never written": (
        lambda data: outcome(data, "budget_clearance", "cleared").update(requires=[]),
        "clearance",
        "decision -> enacted -> execution: is executed without clearance",
    ),
    "a draft that is changed after it was cleared": (
        with_amendment,
        "clearance",
        "decision -> sent_back -> amend -> drafted -> decision -> enacted -> execution: is executed",
    ),
    "a clearance that looks at nothing": (
        lambda data: step(data, "legal_clearance").update(reviews=[]),
        "clearance",
        "legal_clearance: clears and reviews nothing",
    ),
    "a decision that begins with its execution": (
        lambda data: data.update(starts=["execution", "study"]),
        "clearance",
        "execution: begins with its execution",
    ),
    "a lane that ends like any decision": (
        lambda data: outcome(data, "direct_execution", "revoke").update(to="end:rejected"),
        "lanes",
        "direct_execution -> revoke -> end:rejected: the lane ends neither",
    ),
    "a lane that comes back into the ordinary way": (
        lambda data: outcome(data, "direct_execution", "ratify").update(to="evaluation"),
        "lanes",
        "direct_execution -> ratify -> evaluation -> evaluated -> end:evaluated: the lane ends",
    ),
    "a lane without a sunset": (
        lambda data: step(data, "direct_execution")["lapse"].update(
            to=None, escalates_to="inspectorate"
        ),
        "lanes",
        "use_lane_disaster -> direct_execution: has no day on which the measure ends",
    ),
    "a lane whose sunset only reminds": (
        lambda data: step(data, "direct_execution")["term"].update(kind="target"),
        "lanes",
        "has no day on which the measure ends",
    ),
    "a ratification before the debts are paid": (
        lambda data: outcome(data, "direct_execution", "ratify").update(requires=["reason_given"]),
        "lanes",
        "direct_execution -> ratify -> lane_evaluation -> evaluated -> end:ratified: is ratified",
    ),
    "a lane without a ground": (
        lambda data: lane(data)["requires"].remove("lane_ground_stated"),
        "lanes",
        "study -> use_lane_promise: skips steps without: lane_ground_stated",
    ),
    "a lane that is entered for nothing": (
        lambda data: lane(data).update(owes=[]),
        "lanes",
        "study -> use_lane_promise -> direct_execution: enters the lane and owes nothing",
    ),
    "a debt without a day": (
        lambda data: debt(data, "audit").update(term=None),
        "debts",
        "use_lane_promise -> audit: audit is owed without a day",
    ),
    "a debt whose day nobody knows yet": (
        lambda data: debt(data, "audit")["term"].update(starts="delivery_proven"),
        "debts",
        "use_lane_promise -> audit: audit does not run from the entry",
    ),
    "a debt of one of two days": (
        lambda data: debt(data, "audit")["term"].update(unit="unknown"),
        "debts",
        "use_lane_promise -> audit: audit has more than one day",
    ),
    "a debt of which one is only reminded": (
        lambda data: debt(data, "audit")["term"].update(kind="target"),
        "debts",
        "use_lane_promise -> audit: audit is only reminded of",
    ),
    "a debt that nobody can pay": (
        lambda data: debt(data, "audit").update(by="administrator"),
        "debts",
        "use_lane_promise -> audit: audit cannot be paid by administrator",
    ),
    "a debt in no days": (
        lambda data: debt(data, "audit")["term"].update(length=0),
        "terms",
        "use_lane_promise -> audit: has a term of 0 days",
    ),
    "a debt that claims law and cites none": (
        lambda data: debt(data, "audit")["term"].update(kind="law"),
        "terms",
        "use_lane_promise -> audit: claims a term without a citation",
    ),
    "a clearance skipped and not owed": (
        lambda data: lane(data)["owes"].remove(debt(data, "legal_clearance")),
        "debts",
        "study -> use_lane_promise: skips Legal clearance and owes it not",
    ),
    "a study skipped and not owed": (
        lambda data: lane(data)["owes"].remove(debt(data, "study")),
        "debts",
        "study -> use_lane_promise: skips Study and owes it not",
    ),
    "a lane that need not be ratified": (
        lambda data: lane(data)["owes"].remove(debt(data, "ratification")),
        "debts",
        "study -> use_lane_promise: does not owe to be ratified or revoked",
    ),
    "a circle without a bound": (
        lambda data: outcome(data, "decision", "sent_back").update(at_most=None),
        "every_path_ends",
        "decision -> sent_back -> study",
    ),
    "an analyst who reviews his own study": (
        lambda data: outcome(data, "review", "accepted").update(role="analyst"),
        "reviews",
        "study -> submitted -> review -> accepted: the office that makes the policy reviews",
    ),
    "an office that clears its own draft": (
        lambda data: outcome(data, "legal_clearance", "cleared").update(
            actor="policy_office", role="legal_drafter"
        ),
        "reviews",
        "drafting -> drafted -> consultation -> concluded -> legal_clearance -> cleared: the office",
    ),
    "an observer who acts": (
        lambda data: outcome(data, "decision", "rejected").update(role="policy_observer"),
        "actors",
        "decision -> rejected: policy observer takes no step",
    ),
}
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
        "verify: the neutrality task force must act here",
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
        "BKN may recommend",
    ),
    "a sanction without an article": (
        lambda data: outcome(data, "act", "moral_sanction").update(citation=None),
        "hearing",
        "act -> moral_sanction: records a sanction without an article",
    ),
    "a sanction after one summons only": (
        lambda data: [
            row.update(requires=["first_summons_proven", "reason_given"])
            for row in step(data, "act")["outcomes"]
            if row["records_sanction"]
        ],
        "hearing",
        "act -> discipline_sanction: records a sanction without a hearing or two summonses",
    ),
    "a reviewer who acted at the step that he reviews": (
        lambda data: (
            step(data, "record_sanction").update(reviews=["send"], role="decision_maker")
            or outcome(data, "record_sanction", "recorded").update(role="decision_maker")
        ),
        "reviews",
        "send -> hand_over -> act -> discipline_sanction -> record_sanction -> recorded: BKN",
    ),
    "an office of one person that reviews itself in another role": (
        lambda data: (
            step(data, "after_warning").update(reviews=["act"])
            or [row.update(role="examiner") for row in step(data, "after_warning")["outcomes"]]
        ),
        "reviews",
        "act -> discipline_sanction -> record_sanction -> not_in_line -> warn -> warned -> "
        "after_warning -> discipline_sanction: the appointing officer reviews itself",
    ),
    "a review of what is not there": (
        lambda data: step(data, "send").update(reviews=["nowhere"]),
        "reviews",
        "send: reviews nowhere",
    ),
    "a sanction against which nothing is offered": (
        lambda data: outcome(data, "act", "discipline_sanction").update(remedies=[]),
        "remedies",
        "act -> discipline_sanction: records a sanction without a remedy",
    ),
    "a sanction whose missing remedy is no longer said": (
        lambda data: outcome(data, "act", "moral_sanction").update(remedy_unknown=None),
        "remedies",
        "act -> moral_sanction: records a sanction without a remedy",
    ),
    "a level of sanction against which nothing is offered": (
        lambda data: [row.update(against=["ringan"]) for row in data["remedies"]],
        "remedies",
        "act -> discipline_sanction: gives no remedy against: sedang",
    ),
    "a remedy that does not exist": (
        lambda data: outcome(data, "act", "discipline_sanction").update(remedies=["prayer"]),
        "remedies",
        "names prayer",
    ),
    "a remedy without a term": (
        lambda data: data["remedies"][0].update(term=None),
        "remedies",
        "remedy -> objection: has no term",
    ),
    "a remedy that leads nowhere and does not say why": (
        lambda data: data["remedies"][0].update(procedure="unknown", reason=None),
        "remedies",
        "remedy -> objection: does not say why",
    ),
    "a remedy without an article": (
        lambda data: data["remedies"][0].update(procedure="court", citation=None),
        "remedies",
        "remedy -> objection: names no article",
    ),
    "a remedy with a term of no days": (
        lambda data: data["remedies"][0]["term"].update(length=0),
        "terms",
        "remedy -> objection: has a term of 0",
    ),
    "an extension for ever": (
        lambda data: step(data, "study")["term"].update(
            extends={
                "length": 3,
                "unit": "days",
                "at_most": 5000,
                "citation": "x",
                "level": "memory",
            }
        ),
        "terms",
        "study: has a term of 5000 days",
    ),
    "a side track that nobody opens": (
        lambda data: with_track(data, opens_at=[]),
        "tracks",
        "crime: is never opened",
    ),
    "a side track that opens nowhere": (
        lambda data: with_track(data, opens_at=["nowhere"]),
        "tracks",
        "crime -> nowhere: opens at a step that is not there",
    ),
    "a track opened that does not exist": (
        lambda data: outcome(data, "study", "recommend").update(opens_track="crime"),
        "tracks",
        "study -> crime: opens a track that is not there",
    ),
    "a step of a side track that stands in the main way": (
        lambda data: with_track(data, code="send"),
        "tracks",
        "crime -> send: stands in the main way too",
    ),
    "a side track that never ends": (
        lambda data: with_track(data, to="tell"),
        "tracks",
        "crime -> tell -> told -> tell: goes round for ever",
    ),
    "a sanction in a side track, unheard": (
        lambda data: with_track(data, kind="sanction"),
        "tracks",
        "crime -> tell -> told -> end:told: a sanction is reached without a hearing",
    ),
}


@pytest.mark.parametrize(("change", "rule", "said"), MUTATIONS.values(), ids=list(MUTATIONS))
def test_a_broken_procedure_is_reported_with_its_path(change, rule, said):
    found = problems(change)
    assert any(text.startswith(f"{rule}: ") and said in text for text in found), found


@pytest.mark.parametrize(("change", "rule", "said"), SKIPPING.values(), ids=list(SKIPPING))
def test_a_broken_lane_is_reported_with_its_path(change, rule, said):
    found = problems(change, "policy_decision")
    assert any(text.startswith(f"{rule}: ") and said in text for text in found), found


def test_every_property_of_the_proof_is_broken_once():
    every = [*MUTATIONS.values(), *SKIPPING.values()]
    assert {rule for _, rule, _ in every} == set(PROPERTIES)


def test_a_rule_of_this_register_moves_no_case_of_a_report():
    found = problems(
        lambda data: (
            step(data, "act")["term"].update(kind="register", length=5)
            or step(data, "act")["lapse"].update(to="warn")
        )
    )
    assert any("a rule of this register is for policy only" in text for text in found), found


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


def test_a_side_track_that_opens_and_ends_is_no_problem():
    assert not problems(with_track)


def test_hearing_at_an_earlier_step_is_heard():
    def change(data: Data) -> None:
        outcome(data, "send", "hand_over")["requires"].append("hearing_held")
        outcome(data, "act", "discipline_sanction")["requires"].remove("hearing_or_two_summonses")

    assert not problems(change)


def test_two_summonses_on_the_way_are_enough_and_one_twice_is_not():
    def change(second: str) -> Callable[[Data], None]:
        def make(data: Data) -> None:
            outcome(data, "study", "recommend")["requires"].append("first_summons_proven")
            outcome(data, "send", "hand_over")["requires"].append(second)
            outcome(data, "act", "discipline_sanction")["requires"].remove(
                "hearing_or_two_summonses"
            )

        return make

    assert not problems(change("second_summons_proven"))
    assert problems(change("first_summons_proven"))


def test_where_the_law_lets_an_office_review_itself_the_proof_lists_it():
    why = {"citation": "PP 79/2021 ps 3(2)", "reason": {"id": "a", "en": "the law says so"}}
    rules = from_json(
        broken(lambda data: step(data, "after_warning").update(reviews=["act"], self_review=why))
    )
    proof = prove(rules)
    assert proof.proved
    (listed,) = proof.self_reviews
    assert (listed.at, listed.text.en) == (("after_warning", "act"), "the law says so")
    assert listed.citation == "PP 79/2021 ps 3(2)"


def test_what_a_procedure_says_of_another_is_looked_up_there():
    def change(data: Data) -> None:
        data["remedies"][0].update(procedure="observer_referral")
        step(data, "send").update(reviews=["inspectorate_examination/study"])

    rules = from_json(broken(change))
    every = [*procedures().values(), rules]
    assert check(rules, every) == []
    lonely = [f"{found.rule}: {found}" for found in check(rules, [rules])]
    assert any(
        text.startswith("remedies: ") and "leads to observer_referral, which is no" in text
        for text in lonely
    )
    assert any(
        text.startswith("reviews: ") and "reviews study, which is not there" in text
        for text in lonely
    )


def test_an_office_does_not_review_what_it_decided_in_another_procedure():
    def change(data: Data) -> None:
        step(data, "after_warning").update(reviews=["inspectorate_examination/act"])

    rules = from_json(broken(change))
    (found,) = check(rules, procedures().values())
    assert (found.rule, found.path) == (
        "reviews",
        ("inspectorate_examination/act", "after_warning"),
    )


# --- how long a case can take ---


def amounts(change: Callable[[Data], object]) -> dict[tuple[str, str], int]:
    found = prove(from_json(broken(change, "observer_referral"))).longest
    assert found is not None
    return dict(found.amounts)


def test_the_longest_way_adds_law_practice_and_reminders_apart():
    assert amounts(lambda data: None) == {
        ("law", "workdays"): 7 + 14,
        ("target", "workdays"): 14,
    }


def test_the_longest_way_counts_the_longest_reading_each_extension_and_the_whole_suspension():
    def change(data: Data) -> None:
        step(data, "await_bawaslu")["term"].update(
            readings=[{"length": 30, "unit": "days", "citation": "x", "level": "memory"}],
            extends={"length": 5, "unit": "days", "at_most": 2, "citation": "x", "level": "memory"},
            suspends={"reason": {"id": "a", "en": "b"}, "at_most": 60},
        )

    assert amounts(change) == {
        ("law", "workdays"): 7,
        ("law", "days"): 30 + 2 * 5,
        ("suspension", "days"): 60,
        ("target", "workdays"): 14,
    }


def test_a_step_with_an_unknown_term_is_named_on_the_longest_way():
    def change(data: Data) -> None:
        step(data, "await_bkn").update(term={"unknown": {"id": "a", "en": "b"}}, lapse=None)

    proof = prove(from_json(broken(change, "observer_referral")))
    assert proof.proved
    assert proof.longest is not None
    assert proof.longest.without_term == ("await_bkn",)
    assert [(found.at, found.text.en) for found in proof.terms_unknown] == [(("await_bkn",), "b")]


@pytest.mark.parametrize("name", sorted(procedures()))
def test_the_longest_way_is_the_longest_of_all_ways_walked_one_by_one(name):
    """The oracle walks the plain data of the file and tries every single way."""
    data = json.loads(to_json(procedures()[name]))
    steps = {row["code"]: row for row in data["steps"]}
    factor = {"days": 120, "workdays": 168, "hours": 5, "unknown": 168}

    def weight(code: str) -> int:
        term = steps[code]["term"]
        if term is None:
            return 0
        readings = [term, *term["readings"]]
        most = max(found["length"] * factor[found["unit"]] for found in readings)
        if more := term["extends"]:
            most += more["length"] * more["at_most"] * factor[more["unit"]]
        if stop := term["suspends"]:
            most += stop["at_most"] * factor[stop["unit"]]
        return most

    def longest(code: str, taken: tuple[str, ...]) -> int:
        if code.startswith("end:"):
            return 0
        best = 0
        for row in steps[code]["outcomes"]:
            name = f"{code}/{row['code']}"
            if row["at_most"] is None:
                best = max(best, longest(row["to"], taken))
            elif taken.count(name) < row["at_most"]:
                best = max(best, longest(row["to"], (*taken, name)))
        return weight(code) + best

    found = prove(procedures()[name]).longest
    assert found is not None
    told = sum(length * factor[unit] for (_kind, unit), length in found.amounts.items())
    assert told == max(longest(start, ()) for start in data["starts"])


# --- the command ---


def test_prove_prints_hash_problems_and_open_points_of_each_procedure():
    result = CliRunner().invoke(main, ["law", "prove", "--json"])
    assert result.exit_code == 0
    body = json.loads(result.output)
    reports = body["procedures"]
    assert [row["proved"] for row in body["transitions"]] == [True]
    assert [report["procedure"] for report in reports] == sorted(procedures())
    for report in reports:
        found = procedures()[report["procedure"]]
        assert report["hash"] == found.hash
        assert report["proved"]
        assert report["problems"] == []
        assert all(row["holds"] for row in report["properties"])
        assert {row["code"] for row in report["properties"]} == set(PROPERTIES)
        assert report["longest"]["path"][-1].startswith("end:")
        parts = [*found.steps, *(step for track in found.tracks for step in track.steps)]
        assert len(report["open_points"]) == sum(len(step.open_points) for step in parts)


def test_prove_tells_a_person_what_is_open():
    output = CliRunner().invoke(main, ["law", "prove", "--language", "en"]).output
    assert "sbt_neutrality version 2: proved" in output
    assert "open, verify: The unit of the 7 days" in output
    assert "longest way: 23 steps" in output
    assert "transition kasn_to_bkn_2024 (kasn_neutrality to sbt_neutrality): proved" in output
    output = CliRunner().invoke(main, ["law", "prove", "--language", "id"]).output
    assert "sbt_neutrality versi 2: terbukti" in output
    assert "soal terbuka, verify: Satuan 7 hari" in output


@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_prove_fails_and_names_the_path_of_a_problem(tmp_path, monkeypatch, arguments):
    text = broken(lambda data: outcome(data, "act", "no_breach").update(to="record_sanction"))
    (tmp_path / "sbt_neutrality.yaml").write_text(text)
    monkeypatch.setattr(engine, "FOLDER", tmp_path)
    result = CliRunner().invoke(main, ["law", "prove", "--language", "en", *arguments])
    assert result.exit_code == 1
    assert "no_breach" in result.output
    assert "a sanction is reached without a hearing" in result.output
