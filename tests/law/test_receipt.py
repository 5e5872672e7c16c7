"""A receipt: what was asked of which law with which answer, so that anyone can do it again."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import timbang
from tests.law.catalogue_files import NORM, alone, read
from timbang.law import receipt
from timbang.law.evaluate import FactsError, evaluate
from timbang.law.norms import Library, catalogue
from timbang.law.refusal import Refusal

LIKE = {
    "act_on": date(2024, 10, 1),
    "status": "PNS",
    "conduct": ["social_media_support"],
    "object": "candidate",
    "candidates_confirmed_on": date(2024, 9, 22),
}
TOLD = [dict(example.facts) for norm in catalogue().norms.values() for example in norm.examples]
CORRECTED = date(2026, 3, 1)
BEFORE = CORRECTED - timedelta(days=1)


def test_a_receipt_pins_engine_law_inputs_and_result():
    found = receipt.make(LIKE, known_on=date(2026, 11, 1)).as_json()
    assert found["engine"] == timbang.__version__
    assert found["catalogue"] == catalogue().hash
    assert set(found["norms"]) == set(catalogue().norms)
    assert found["known_on"] == "2026-11-01"
    assert found["inputs"]["conduct"] == ["social_media_support"]
    assert found["inputs"]["act_on"] == "2024-10-01"
    told = {each["norm"]: each["applies"] for each in found["result"]}
    assert told["skb_2022/D6"] == "yes"
    assert "no" not in told.values()


def test_its_hash_is_that_of_its_content_in_one_canonical_form():
    found = receipt.make(LIKE).as_json()
    content = {key: value for key, value in found.items() if key != "hash"}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert found["hash"] == hashlib.sha256(text.encode()).hexdigest()


@settings(max_examples=40, deadline=None)
@given(facts=st.sampled_from(TOLD))
def test_every_receipt_comes_back_from_its_file_and_repeats(facts: dict[str, object]):
    kept = receipt.make(facts)
    again = receipt.from_json(json.loads(json.dumps(kept.as_json())))
    assert again == kept
    assert receipt.repeat(again) == []
    assert receipt.touched(again) == ()
    answers = {finding.norm: finding.applies for finding in evaluate(facts)}
    assert again.answers == answers


def test_what_was_confirmed_is_part_of_what_is_repeated():
    weak = next(
        key
        for key, norm in catalogue().norms.items()
        if not norm.may_propose and norm.examples[0].applies == "yes"
    )
    facts = dict(catalogue().norms[weak].examples[0].facts)
    kept = receipt.make(facts, confirmed={weak})
    [told] = [each for each in kept.result if each["norm"] == weak]
    assert told["may_propose"] is True
    assert receipt.repeat(receipt.from_json(kept.as_json())) == []
    assert kept.hash != receipt.make(facts).hash


def test_the_procedure_of_the_case_is_kept():
    kept = receipt.make(LIKE, procedure={"id": "x", "version": "1", "hash": "ab"})
    assert receipt.from_json(kept.as_json()).procedure == {"id": "x", "version": "1", "hash": "ab"}


# --- altered or foreign files ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"engine": "9.9"},
        {"known_on": "2020-01-01"},
        {"inputs": {"status": "PPPK"}},
        {"result": []},
        {"confirmed": ["skb_2022/D6"]},
        {"hash": "0" * 64},
    ],
)
def test_a_receipt_that_was_altered_is_refused(change: dict[str, object]):
    with pytest.raises(Refusal, match="diubah"):
        receipt.from_json({**receipt.make(LIKE).as_json(), **change})


@pytest.mark.parametrize(
    "stored",
    [None, [], {}, {"format": 2}, {"format": 1}, {"format": 1, "more": 1}, "text", 7],
)
def test_what_is_no_receipt_is_refused(stored: object):
    with pytest.raises(Refusal, match="Bukan tanda terima"):
        receipt.from_json(stored)


def _sealed(change: dict[str, object]) -> dict[str, object]:
    """A forged receipt whose hash fits."""
    content = {**receipt.make(LIKE).as_json(), **change}
    content.pop("hash")
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return {**content, "hash": hashlib.sha256(text.encode()).hexdigest()}


@pytest.mark.parametrize(
    "change",
    [{"known_on": "yesterday"}, {"known_on": 7}, {"norms": []}, {"inputs": 3}, {"result": [1]}],
)
def test_a_forged_receipt_of_the_wrong_shape_is_refused(change: dict[str, object]):
    with pytest.raises(Refusal, match="Bukan tanda terima"):
        receipt.from_json(_sealed(change))


def test_a_forged_receipt_with_a_right_hash_does_not_repeat():
    forged = receipt.from_json(_sealed({"result": []}))
    assert any("skb_2022/D6" in str(each) for each in receipt.repeat(forged))
    with pytest.raises(FactsError):
        receipt.repeat(receipt.from_json(_sealed({"inputs": {"colour": "red"}})))


# --- after a correction ---------------------------------------------------------------------------

ABSENT = {"act_on": date(2020, 2, 1), "status": "PNS", "absent_workdays": 4}


def with_days(days: str, norm: str = NORM) -> str:
    return norm.replace("    level:", f"    {days}\n    level:", 1)


def corrected(folder: Path, right: str) -> Library:
    norms = (with_days(f"known_until: {CORRECTED}"), with_days(f"known_from: {CORRECTED}", right))
    return read(alone(folder, *norms))


def test_a_correction_touches_the_receipts_whose_act_the_norm_speaks_of(tmp_path: Path):
    laws = corrected(tmp_path, NORM.replace("at_least: 3", "at_least: 5"))
    then = receipt.make(ABSENT, known_on=BEFORE, laws=laws.on(BEFORE))
    assert receipt.touched(then, laws.on()) == ("uu_99_2020/1",)
    # still true of the day on which it was made
    assert receipt.repeat(then, laws.on(BEFORE)) == []
    told = [str(each) for each in receipt.repeat(then, laws.on())]
    assert any("uu_99_2020/1 dijawab lain: yes, sekarang no" in each for each in told)


def test_it_touches_those_that_it_now_reaches_too(tmp_path: Path):
    laws = corrected(tmp_path, NORM.replace("at_least: 3", "at_least: 2"))
    two = {**ABSENT, "absent_workdays": 2}
    then = receipt.make(two, laws=laws.on(BEFORE))
    assert then.answers == {"uu_99_2020/1": "no"}
    assert receipt.touched(then, laws.on()) == ("uu_99_2020/1",)


def test_it_leaves_alone_those_of_whose_act_it_never_spoke(tmp_path: Path):
    laws = corrected(tmp_path, NORM.replace("at_least: 3", "at_least: 5"))
    then = receipt.make({**ABSENT, "status": "TNI"}, laws=laws.on(BEFORE))
    assert receipt.touched(then, laws.on()) == ()
    assert receipt.repeat(then, laws.on()) != []


def test_a_norm_that_was_taken_back_touches_what_rested_on_it(tmp_path: Path):
    laws = read(alone(tmp_path, with_days(f"known_until: {CORRECTED}")))
    then = receipt.make(ABSENT, laws=laws.on(BEFORE))
    assert receipt.touched(then, laws.on()) == ("uu_99_2020/1",)
    assert any("tidak ada lagi" in str(each) for each in receipt.repeat(then, laws.on()))
