"""No conflicted officer decides, in any small world; a conflicted organ always leads somewhere."""

from __future__ import annotations

from itertools import chain, combinations, product
from typing import get_args

import pytest

from timbang.law.recusal import (
    RELATIONS,
    Act,
    AuthorityCode,
    Head,
    Post,
    conflicts,
    instead_of_officer,
    instead_of_organ,
)
from timbang.law.steps import ORGANS
from timbang.law.vocabulary import VERIFICATION

ACTS = get_args(Act)
BARRED_EVERYWHERE = {
    "subordinate",
    "family",
    "same_ticket",
    "named",
    "gave_order",
    "paid_by_party",
    "gains",
}
# Every world: any set of relations that an officer can have to a matter.
WORLDS = [
    set(found) for found in chain.from_iterable(combinations(RELATIONS, size) for size in range(10))
]


def test_there_are_as_many_worlds_as_sets_of_relations():
    assert len(WORLDS) == 2 ** len(RELATIONS) == 512


@pytest.mark.parametrize("by_law", [False, True])
@pytest.mark.parametrize("act", ACTS)
def test_in_no_world_does_a_conflicted_officer_act(act, by_law):
    for relations in WORLDS:
        found = {one.relation for one in conflicts(relations, act, superior_by_law=by_law)}
        expected = relations & BARRED_EVERYWHERE
        if "superior" in relations and (not by_law or act == "review"):
            expected = expected | {"superior"}
        if "earlier_role" in relations and act in {"review", "decide"}:
            expected = expected | {"earlier_role"}
        assert found == (set() if act == "receive" else expected)


def test_more_relations_never_make_an_officer_freer():
    for relations, more in product(WORLDS, RELATIONS):
        for act in ACTS:
            before = {one.relation for one in conflicts(relations, act)}
            assert before <= {one.relation for one in conflicts({*relations, more}, act)}


def test_whoever_has_no_tie_may_do_everything():
    for act in ACTS:
        assert conflicts(set(), act) == ()


def test_the_superior_examines_because_the_law_calls_on_him_but_not_his_own_order():
    assert conflicts({"superior"}, "examine", superior_by_law=True) == ()
    (found,) = conflicts({"superior", "gave_order"}, "examine", superior_by_law=True)
    assert (found.relation, found.citation) == ("gave_order", "PP 94/2021 ps 29")


def test_a_relation_outside_the_vocabulary_is_the_callers_mistake():
    with pytest.raises(ValueError, match="neighbour"):
        conflicts({"neighbour"}, "decide")


def test_every_relation_names_its_norm_and_how_far_it_was_read():
    for found in RELATIONS.values():
        assert found.citation
        assert found.level in VERIFICATION
        assert found.title.id != found.title.en


# --- who acts instead ---


@pytest.mark.parametrize(
    ("post", "authority", "citation"),
    [
        ("secretary_of_regency", "governor", "SE/06/M.PAN/11/2016"),
        ("secretary_of_province", "home_minister", "SE/06/M.PAN/11/2016"),
        ("other", "president", "UU 30/2014 ps 42"),
    ],
)
def test_a_regional_head_who_gains_is_replaced_by_whom_a_norm_names(post, authority, citation):
    found = instead_of_organ("appointing_officer", head="regional_head", reported_post=post)
    assert (found.code, found.citation) == (authority, citation)


def test_where_no_norm_names_anybody_the_matter_is_flagged():
    for organ in ("bawaslu", "bkn", "kpu", "ombudsman", "inspectorate", "task_force"):
        assert instead_of_organ(organ, head=None).is_flag
    assert instead_of_organ("appointing_officer", head="agency_head").is_flag
    assert instead_of_organ("appointing_officer", head=None).is_flag


def test_in_every_small_world_a_conflicted_organ_leads_to_one_who_is_not_conflicted():
    authorities = get_args(AuthorityCode)
    worlds = 0
    for organ, head, post in product(ORGANS, (*get_args(Head), None), get_args(Post)):
        for size in range(len(authorities) + 1):
            for conflicted in combinations(authorities, size):
                found = instead_of_organ(
                    organ, head=head, reported_post=post, conflicted=conflicted
                )
                worlds += 1
                assert found.is_flag or found.code not in conflicted
                assert found.is_flag == (found.citation is None)
                assert found.is_flag == (found.reason is not None)
    assert worlds == len(ORGANS) * 4 * 3 * 2**6


def test_if_the_special_authority_is_conflicted_too_the_general_norm_is_next():
    found = instead_of_organ(
        "appointing_officer",
        head="regional_head",
        reported_post="secretary_of_regency",
        conflicted={"governor"},
    )
    assert found.code == "president"


def test_a_conflicted_officer_is_replaced_from_above_by_the_norm_that_says_so():
    superior = instead_of_officer(acts_as_superior=False)
    assert (superior.code, superior.citation) == ("superior", "UU 30/2014 ps 42")
    higher = instead_of_officer(acts_as_superior=True)
    assert (higher.code, higher.citation) == ("next_higher", "PP 94/2021 ps 29")
