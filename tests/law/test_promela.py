"""SPIN and the proof look at the same procedures with different eyes and find the same."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.law import spin
from timbang.law.procedure import check, from_json, on_file, to_json
from timbang.law.promela import CLAIMS, claims, model
from timbang.law.proof import PROPERTIES
from timbang.law.steps import Procedure

Data = dict[str, Any]

pytestmark = [
    pytest.mark.spin,
    pytest.mark.skipif(spin.MAY_SKIP, reason="no C compiler is on this machine"),
]
# What SPIN is asked about; the rest is about words and numbers, not about ways.
ASKED = {*CLAIMS.values(), "reachable"}
PARTS = [
    part
    for found in on_file()
    for part in (found, *(found.track(track.code) for track in found.tracks))
]
SEEDS = range(24)
NOBODY = {"id": "tidak ditemukan", "en": "not found"}


def found_by_proof(procedure: Procedure) -> set[str]:
    """The rules about ways: a remedy's own words are no way."""
    found = [one for one in check(procedure) if one.path[0] != "remedy"]
    return {one.rule for one in found if "/" not in one.path[0]} & ASKED


@pytest.mark.parametrize("procedure", PARTS, ids=lambda found: found.id)
def test_spin_refutes_no_property_of_a_procedure_on_file(procedure, tmp_path):
    assert spin.refuted(procedure, tmp_path) == set()


def outcome(data: Data, code: str, name: str) -> Data:
    step = next(step for step in data["steps"] if step["code"] == code)
    return next(outcome for outcome in step["outcomes"] if outcome["code"] == name)


def step(data: Data, code: str) -> Data:
    return next(step for step in data["steps"] if step["code"] == code)


BROKEN = {
    "every_path_ends": lambda data: outcome(data, "study", "return_for_completion").update(
        at_most=None
    ),
    "way_out": lambda data: [row.update(at_most=1) for row in step(data, "warn")["outcomes"]],
    "actors": lambda data: [row.update(actor="bkn") for row in step(data, "verify")["outcomes"]],
    "terms": lambda data: step(data, "send").update(term=None),
    "hearing": lambda data: outcome(data, "act", "no_breach").update(to="record_sanction"),
    "reviews": lambda data: step(data, "after_warning").update(reviews=["act"]),
    "remedies": lambda data: outcome(data, "act", "discipline_sanction").update(remedies=[]),
    "reachable": lambda data: outcome(data, "control", "block").update(to="end:other_measure"),
}


# Only of a procedure in which steps may be skipped.
BROKEN_LANE = {
    "clearance": lambda data: outcome(data, "budget_clearance", "cleared").update(requires=[]),
    "lanes": lambda data: outcome(data, "direct_execution", "ratify").update(
        requires=["reason_given"]
    ),
    "debts": lambda data: outcome(data, "study", "use_lane_disaster")["owes"].pop(),
}
BROKEN |= BROKEN_LANE


@pytest.mark.parametrize("broken", sorted(BROKEN))
def test_spin_refutes_exactly_the_property_that_was_broken(broken, tmp_path):
    name = "policy_decision" if broken in BROKEN_LANE else "sbt_neutrality"
    data = json.loads(to_json(next(one for one in on_file() if one.id == name)))
    BROKEN[broken](data)
    assert spin.refuted(from_json(json.dumps(data)), tmp_path) == {broken}


def test_every_claim_speaks_of_a_property_of_the_proof_and_is_broken_once():
    assert set(CLAIMS.values()) <= set(PROPERTIES)
    assert set(BROKEN) == ASKED


def test_the_model_says_of_which_text_it_is():
    for procedure in on_file():
        assert procedure.hash in model(procedure)
        assert len(claims(procedure)) == len(CLAIMS) + len(procedure.steps) + len(procedure.ends)


# --- procedures made by chance ---


@cache
def made_by_chance(seed: int) -> Procedure:
    """A small procedure: ways, bounds, hearings, reviews, hands and ends as chance has it."""
    chance = random.Random(seed)
    size = chance.randint(2, 5)
    codes = [f"s{number}" for number in range(size)]
    ends = ["cleared", "sanction"]
    steps = [_step(chance, code, codes, ends) for code in codes]
    data = {
        **json.loads(to_json(on_file()[0])),
        "id": f"chance_{seed}",
        "starts": codes[:1],
        "ends": [{"code": end, "title": NOBODY, "kind": end} for end in ends],
        "steps": steps,
        "remedies": [],
        "tracks": [],
    }
    _leave_what_is_reached(data)
    return from_json(json.dumps(data))


def _step(chance: random.Random, code: str, codes: list[str], ends: list[str]) -> Data:
    actor = chance.choice(["bkn", "regent", "appointing_officer"])
    reviewed = [other for other in codes if other != code and chance.random() < 0.25]
    return {
        "code": code,
        "title": NOBODY,
        "actor": actor,
        "role": "decision_maker",
        "term_unknown": None if chance.random() < 0.03 else NOBODY,
        "reviews": reviewed,
        "outcomes": [
            _outcome(chance, f"o{number}", actor, codes, ends)
            for number in range(chance.randint(1, 3))
        ],
    }


def _outcome(
    chance: random.Random, code: str, actor: str, codes: list[str], ends: list[str]
) -> Data:
    onward = [f"end:{end}" for end in ends] if chance.random() < 0.4 else codes
    sanction = chance.random() < 0.2
    guards = ["first_summons_proven", "second_summons_proven", "hearing_held"]
    guards.append("hearing_or_two_summonses")
    return {
        "code": code,
        "title": NOBODY,
        "to": chance.choice(onward),
        "actor": actor if chance.random() < 0.8 else "bkn",
        "at_most": chance.choice([None, None, None, 1, 2]),
        "requires": [guard for guard in guards if chance.random() < 0.35],
        "records_sanction": sanction,
        "citation": "x",
        "remedy_unknown": NOBODY if chance.random() < 0.9 else None,
    }


def _leave_what_is_reached(data: Data) -> None:
    """SPIN speaks of what a case can come to; so what no way reaches is taken out first."""
    reached = set(data["starts"])
    for _round in data["steps"]:
        for row in data["steps"]:
            if row["code"] in reached:
                reached |= {one["to"] for one in row["outcomes"]}
    data["steps"] = [row for row in data["steps"] if row["code"] in reached]
    data["ends"] = [row for row in data["ends"] if f"end:{row['code']}" in reached]
    left = {row["code"] for row in data["steps"]}
    for row in data["steps"]:
        row["reviews"] = [code for code in row["reviews"] if code in left]


@pytest.mark.parametrize("seed", SEEDS)
def test_spin_and_the_proof_agree_on_a_procedure_made_by_chance(seed, tmp_path):
    procedure = made_by_chance(seed)
    found, refuted = found_by_proof(procedure), spin.refuted(procedure, tmp_path, reached=False)
    # Counting how often a bounded outcome is left, SPIN may clear a review that the proof forbids.
    assert refuted <= found
    assert found - refuted <= {"reviews"}


def test_chance_makes_each_kind_of_mistake_and_some_procedures_without_one():
    found = [found_by_proof(made_by_chance(seed)) for seed in SEEDS]
    assert set() in found
    assert set.union(*found) >= ASKED - {"reachable", "terms", *BROKEN_LANE}


def test_the_folder_of_a_run_holds_the_model(tmp_path: Path):
    spin.refuted(PARTS[0], tmp_path, reached=False)
    assert (tmp_path / "model.pml").read_text() == model(PARTS[0])
