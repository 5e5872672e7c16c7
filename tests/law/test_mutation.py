"""The yardstick of the proof: the mistakes of bench/mutation.py, and the walk that judges them."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from tests.law import spin
from timbang.law import proof
from timbang.law.procedure import from_json, procedures, to_json
from timbang.law.promela import CLAIMS

FILE = Path(__file__).parents[2] / "bench" / "mutation.py"
SPEC = importlib.util.spec_from_file_location("mutation", FILE)
assert SPEC is not None
assert SPEC.loader is not None
mutation = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(mutation)

PLAIN = {name: json.loads(to_json(found)) for name, found in procedures().items()}
# What SPIN is asked, said of ways only; the walk also looks at numbers, articles and other files.
WAYS = {"every_path_ends", "way_out", "hearing", "reviews", "reachable", "clearance", "lanes"}
ABOUT_WAYS = (
    "swap_actors",
    "review_oneself",
    "drop_every_hearing_of_a_step",
    "redirect_an_edge",
    "unbound_a_loop",
    "bound_every_exit",
    "drop_an_exit",
    "skip_a_step",
    "drop_a_clearance",
    "owe_nothing",
)


def test_the_walk_and_the_proof_find_nothing_in_the_procedures_on_file():
    for data in PLAIN.values():
        assert mutation.truth(data, PLAIN) == set()
        assert not mutation.reported(data, dict(procedures()))


@pytest.mark.parametrize("name", mutation.OPERATORS)
def test_of_each_kind_of_mistake_the_proof_catches_what_matters(name):
    verdicts = [
        mutation.judge(make(), PLAIN, dict(procedures()))
        for procedure, data in PLAIN.items()
        for _where, make in mutation.chosen(mutation.OPERATORS[name](data), 1, procedure)
    ]
    assert verdicts, "this operator changes nothing in any procedure"
    assert "missed" not in verdicts
    if name != "lengthen_a_loop":  # more returns are no mistake
        assert "caught" in verdicts


BLIND = {
    **dict.fromkeys(["hearing", "every_path_ends", "remedies", "terms"], "sbt_neutrality"),
    **dict.fromkeys(["clearance", "lanes", "debts"], "policy_decision"),
}


@pytest.mark.parametrize("blind", BLIND)
def test_a_proof_that_looks_away_is_found_out(blind, monkeypatch):
    seeing = {code: one for code, one in proof.PROPERTIES.items() if code != blind}
    monkeypatch.setattr(proof, "PROPERTIES", seeing)
    assert any(
        mutation.judge(make(), PLAIN, dict(procedures())) == "missed"
        for operator in reversed(mutation.OPERATORS.values())
        for _where, make in mutation.chosen(operator(PLAIN[BLIND[blind]]), 8, blind)
    )


@pytest.mark.spin
@pytest.mark.skipif(spin.MAY_SKIP, reason="no C compiler is on this machine")
@pytest.mark.parametrize("name", ABOUT_WAYS)
def test_the_walk_that_judges_agrees_with_spin(name, tmp_path):
    compared = 0
    for procedure in ("sbt_neutrality", "kasn_neutrality", "policy_decision"):
        data = PLAIN[procedure]
        for _where, make in mutation.chosen(mutation.OPERATORS[name](data), 1, procedure):
            made = make()
            truth = mutation.truth(made, {**PLAIN, procedure: made})
            if "targets_exist" in truth:
                continue  # SPIN needs every way to lead somewhere
            refuted = spin.refuted(from_json(json.dumps(made)), tmp_path)
            _same(truth & WAYS, refuted & WAYS)
            compared += 1
    assert compared or name == "review_oneself"


def _same(truth: set[str], refuted: set[str]) -> None:
    """A case that is stuck for good is no end to SPIN's step-wise view, but no circle either."""
    assert truth - {"way_out"} == refuted - {"way_out"}
    assert ("way_out" in truth) <= ("way_out" in refuted or "every_path_ends" in refuted)


def test_what_spin_is_asked_is_known_to_the_walk():
    assert {*CLAIMS.values(), "reachable"} >= WAYS
