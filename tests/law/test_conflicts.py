"""Where sources disagree: told as data, and shown with every answer that it touches."""

from __future__ import annotations

from datetime import date

import pytest

from timbang.law.evaluate import evaluate
from timbang.law.norms import catalogue

LIKE = {
    "act_on": date(2024, 10, 1),
    "status": "PNS",
    "conduct": ["leaning_activity"],
    "object": "candidate",
    "candidates_confirmed_on": date(2024, 9, 22),
}


def test_every_known_conflict_is_there():
    codes = {doubt.code for doubt in catalogue().conflicts}
    assert {f"C{number}" for number in range(1, 26)} <= codes


def test_every_conflict_tells_claims_a_reading_and_a_reason_in_both_languages():
    for doubt in catalogue().conflicts:
        assert doubt.conflict is not None
        told = [doubt.conflict.question, doubt.conflict.chosen, doubt.conflict.reason]
        told += [claim.says for claim in doubt.claims]
        assert len(doubt.claims) >= 2, doubt.code
        for words in told:
            assert words.id and words.en, doubt.code
        # the days and numbers of two claims may be the same words in both languages
        assert doubt.conflict.question.id != doubt.conflict.question.en, doubt.code
        assert doubt.conflict.reason.id != doubt.conflict.reason.en, doubt.code


def test_a_claim_of_two_sources_names_two():
    for doubt in catalogue().conflicts:
        for claim in doubt.claims:
            if claim.level in {"two_sources", "two_copies"}:
                named = len(claim.sources)
                assert named >= 2 or "dua" in claim.sources[0], (doubt.code, claim.says.en)


def test_every_conflict_touches_something():
    laws = catalogue()
    for doubt in laws.conflicts:
        assert doubt.conflict is not None
        assert laws.touched_by(doubt.code) or doubt.conflict.touches, doubt.code


def test_a_conflict_is_shown_with_the_answer_that_it_touches():
    [found] = [each for each in evaluate(LIKE) if each.norm == "skb_2022/D8"]
    [conflict] = [doubt for doubt in found.doubts if doubt.code == "C2"]
    assert conflict.kind == "conflict"
    assert conflict.chosen is not None
    assert conflict.chosen.en in conflict.text.en
    assert conflict.reason is not None
    assert conflict.reason.id in conflict.text.id


@pytest.mark.parametrize("code", ["C2", "C3", "C4", "C6", "C8", "C21", "C25"])
def test_a_conflict_of_norms_is_carried_by_norms(code: str):
    assert catalogue().touched_by(code)


def test_a_norm_carries_no_doubt_that_its_examples_could_not_show():
    """`doubts_possible` is what the pages of norms and conflicts are made from."""
    for norm in catalogue().norms.values():
        for example in norm.examples:
            [found] = [each for each in evaluate(example.facts) if each.norm == norm.id]
            if found.applies != "no":
                told = {doubt.code for doubt in found.doubts} - {"authority_changed"}
                assert told <= norm.doubts_possible, norm.id


def test_a_judgement_says_that_a_person_is_needed():
    """Marked as such beside the other doubts, so that a page can ask for it by name."""
    laws = catalogue()
    assert any(doubt.kind == "judgement" for doubt in laws.doubts.values())
    for norm in laws.norms.values():
        for example in norm.examples:
            [found] = [each for each in evaluate(example.facts) if each.norm == norm.id]
            wanted = [doubt.code for doubt in found.doubts if doubt.kind == "judgement"]
            assert [doubt.code for doubt in found.judgements] == wanted
