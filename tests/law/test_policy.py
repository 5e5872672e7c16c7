"""The words for public decisions, and where a policy stands by what was done."""

from __future__ import annotations

from datetime import date

import pytest

from timbang.law import policy
from timbang.law.bilingual import Bilingual
from timbang.law.policy import Facts, path_of, placed
from timbang.law.procedure import procedures
from timbang.law.vocabulary import VERIFICATION

RULES = procedures()["policy_decision"]
BEGAN = date(2026, 3, 2)
BEFORE, AFTER = date(2026, 2, 1), date(2026, 4, 1)
STUDY = {"study": BEFORE}
CLEARANCES = {"legal_clearance": BEFORE, "budget_clearance": BEFORE}
NEITHER = ("study", "academic_paper")
NO_CLEARANCE = ("legal_clearance", "harmonisation", "budget_clearance", "budget_line")
FULL = Facts(found={**STUDY, **CLEARANCES}, executed_on=BEGAN)


def direct(ground: str | None) -> Facts:
    return Facts(missing=(*NEITHER, *NO_CLEARANCE), executed_on=BEGAN, ground=ground)


# --- the path -------------------------------------------------------------------------------------

PATHS = {
    "studied and cleared first": (FULL, "full"),
    "a ground is named and nothing was skipped": (
        Facts(found={**STUDY, **CLEARANCES}, executed_on=BEGAN, ground="promise"),
        "full",
    ),
    "on the very day of the clearance": (
        Facts(found=dict.fromkeys((*STUDY, *CLEARANCES), BEGAN), executed_on=BEGAN),
        "full",
    ),
    "other documents that show the same": (
        Facts(
            found=dict.fromkeys(("academic_paper", "harmonisation", "budget_line"), BEFORE),
            executed_on=BEGAN,
        ),
        "full",
    ),
    "nothing first, for a flood": (direct("disaster"), "emergency"),
    "nothing first, urgent": (direct("urgent"), "emergency"),
    "nothing first, for a promise": (direct("promise"), "promise"),
    "nothing first, and nobody says why": (direct(None), "unknown"),
    "cleared only afterwards": (
        Facts(
            found={**STUDY, "legal_clearance": AFTER, "budget_clearance": BEFORE},
            missing=("harmonisation",),
            executed_on=BEGAN,
            ground="promise",
        ),
        "promise",
    ),
    "cleared afterwards, and nobody looked for what else there was": (
        Facts(
            found={**STUDY, "legal_clearance": AFTER, "budget_clearance": BEFORE},
            executed_on=BEGAN,
            ground="promise",
        ),
        "unknown",
    ),
    "a study without a day": (
        Facts(found={"study": None, **CLEARANCES}, executed_on=BEGAN, ground="promise"),
        "unknown",
    ),
    "only the budget was cleared": (
        Facts(
            found={**STUDY, "budget_clearance": BEFORE},
            missing=("legal_clearance", "harmonisation"),
            executed_on=BEGAN,
            ground="urgent",
        ),
        "emergency",
    ),
    "nobody looked": (Facts(executed_on=BEGAN, ground="promise"), "unknown"),
    "not executed yet": (Facts(found={**STUDY, **CLEARANCES}), "unknown"),
    "not executed, and nothing is there": (Facts(missing=NEITHER, ground="promise"), "unknown"),
    "nothing is known": (Facts(), "unknown"),
}


@pytest.mark.parametrize(("facts", "path"), PATHS.values(), ids=list(PATHS))
def test_the_path_is_what_was_done_and_unknown_while_that_is_not_known(facts, path):
    assert path_of(facts) == path


def test_every_path_is_taken_once():
    assert {path for _facts, path in PATHS.values()} == set(policy.PATHS)


# --- the five aspects -----------------------------------------------------------------------------

T, B, E = "technocracy", "bureaucracy", "execution"
# For each case: the columns per aspect, and the aspects of which something is not known.
PLACED = {
    "nothing is known": (Facts(), {}, set(policy.ASPECTS)),
    "all stages, reviewed, by rank, unchanged": (
        Facts(
            found={**STUDY, **CLEARANCES, "review": BEFORE},
            executed_on=BEGAN,
            decided_by="officials",
            legal_basis=True,
            changes=(),
        ),
        {
            "power": {T, B},
            "decider": {B},
            "focus": {T, B},
            "legitimacy": {T, B},
            "flexibility": {B},
        },
        set(),
    ),
    "a promise, by the leader, changed by order": (
        Facts(
            missing=(*NEITHER, *NO_CLEARANCE, "review", "dissent"),
            executed_on=BEGAN,
            decided_by="leader",
            legal_basis=False,
            ground="promise",
            changes=("order",),
        ),
        {"power": {E}, "decider": {E}, "focus": {E}, "legitimacy": {E}, "flexibility": {E}},
        set(),
    ),
    "a flood, with its legal basis": (
        Facts(
            missing=(*NEITHER, *NO_CLEARANCE, "review", "dissent"),
            executed_on=BEGAN,
            decided_by="leader",
            legal_basis=True,
            ground="disaster",
            changes=("evidence", "order"),
        ),
        {"power": {B, E}, "decider": {E}, "focus": {E}, "flexibility": {T, E}},
        set(),
    ),
    "experts decide, changed by procedure": (
        Facts(
            found={**STUDY, "dissent": BEFORE},
            missing=NO_CLEARANCE,
            executed_on=BEGAN,
            decided_by="experts",
            changes=("procedure",),
        ),
        {
            "power": {T},
            "decider": {T},
            "focus": {E},
            "legitimacy": {T},
            "flexibility": {B},
        },
        {"power", "focus", "legitimacy"},
    ),
    "steps were skipped, and nobody says why": (
        direct(None),
        {"focus": {E}},
        {"power", "decider", "legitimacy", "flexibility"},
    ),
    "only who decided is known": (
        Facts(decided_by="officials"),
        {"decider": {B}},
        set(policy.ASPECTS) - {"decider"},
    ),
}


@pytest.mark.parametrize(("facts", "columns", "open_in"), PLACED.values(), ids=list(PLACED))
def test_a_policy_stands_where_facts_put_it_and_what_is_missing_is_named(facts, columns, open_in):
    found = {placing.aspect: placing for placing in placed(facts)}
    assert list(found) == list(policy.ASPECTS)
    stood = {code: {one.column for one in placing.columns} for code, placing in found.items()}
    assert {code: there for code, there in stood.items() if there} == columns
    assert {code for code, placing in found.items() if placing.not_known} == open_in


def test_each_column_names_the_facts_by_which_a_policy_stands_in_it():
    for facts, _columns, _open in PLACED.values():
        for placing in placed(facts):
            for column in placing.columns:
                assert column.facts
            told = [fact for column in placing.columns for fact in column.facts]
            assert not set(told) & set(placing.not_known)


def test_every_cell_of_the_table_can_be_reached():
    stood = {
        (placing.aspect, column.column)
        for facts, _columns, _open in PLACED.values()
        for placing in placed(facts)
        for column in placing.columns
    }
    assert stood == {(aspect, column) for aspect in policy.ASPECTS for column in policy.COLUMNS}


def test_a_policy_of_which_all_is_known_may_stand_nowhere_in_an_aspect():
    facts = Facts(
        missing=("review", "dissent", *NEITHER, *NO_CLEARANCE),
        executed_on=BEGAN,
        legal_basis=True,
        ground="disaster",
    )
    (legitimacy,) = [found for found in placed(facts) if found.aspect == "legitimacy"]
    assert legitimacy.columns == ()
    assert legitimacy.known


@pytest.mark.parametrize(
    "wrong", [{"found": {"rumour": None}}, {"missing": ["rumour"]}, {"ground": "haste"}]
)
def test_a_word_outside_of_the_vocabulary_is_refused(wrong):
    with pytest.raises(ValueError, match="not in the vocabulary"):
        Facts(**wrong)


# --- the vocabulary -------------------------------------------------------------------------------


def words() -> dict[str, policy.Word]:
    groups = (policy.STAGES, policy.GROUNDS, policy.HIERARCHY, policy.PRINCIPLES)
    return {code: word for group in groups for code, word in group.items()}


@pytest.mark.parametrize("code", words())
def test_what_is_law_is_cited_with_its_level_and_what_is_ours_says_why(code):
    word = words()[code]
    if word.ours:
        assert word.citation is None
        assert word.reason is not None
    else:
        assert word.citation
        assert word.level in VERIFICATION


def test_no_norm_is_cited_for_a_promise():
    assert policy.GROUNDS["promise"].ours
    assert not any(policy.GROUNDS[code].ours for code in policy.EMERGENCIES)


def test_only_the_column_of_execution_is_ours():
    assert [code for code, head in policy.COLUMNS.items() if head.ours] == ["execution"]
    for aspect in policy.ASPECTS.values():
        assert list(aspect.columns) == list(policy.COLUMNS)
    assert len(policy.ASPECTS) == 5


def test_five_advantages_and_four_risks_each_have_a_measure_of_their_own():
    assert len(policy.ADVANTAGES) == 5
    assert len(policy.RISKS) == 4
    every = [*policy.ADVANTAGES.values(), *policy.RISKS.values()]
    codes = [measure.code for claim in every for measure in claim.measures]
    assert len(set(codes)) == len(codes)
    assert all(claim.measures for claim in every)


def test_each_ground_is_a_way_into_the_lane_from_every_step_before_the_decision():
    for step in RULES.steps:
        grounds = {one.code.removeprefix("use_lane_") for one in step.outcomes if one.owes}
        assert grounds in (set(), set(policy.GROUNDS))
        assert bool(grounds) == (
            step.code
            in {
                *("study", "review", "drafting", "consultation"),
                *("legal_clearance", "budget_clearance"),
            }
        )


def test_a_document_can_pay_each_debt():
    owed = {debt.code for step in RULES.steps for one in step.outcomes for debt in one.owes}
    assert owed <= policy.DOCUMENTS.keys()
    assert owed == {
        *("notice", "report", "study", "legal_clearance"),
        *("budget_clearance", "audit", "ratification"),
    }


def test_each_stage_has_documents():
    assert {found.stage for found in policy.DOCUMENTS.values()} == set(policy.STAGES)


def test_the_report_is_owed_by_law_in_an_emergency_and_by_this_register_for_a_promise():
    for step in RULES.steps:
        for outcome in step.outcomes:
            for debt in outcome.owes:
                assert debt.term is not None
                law = debt.code == "report" and outcome.code != "use_lane_promise"
                assert debt.term.kind == ("law" if law else "register")
                if debt.code == "report":
                    assert (debt.term.length, debt.term.unit) == (5, "workdays")
                    assert debt.term.citation == ("UU 30/2014 ps 28" if law else None)


def test_what_is_ratified_can_be_paid_before_the_measure_ends():
    sunset = RULES.step("direct_execution").term
    assert sunset is not None
    for step in RULES.steps:
        for outcome in step.outcomes:
            for debt in outcome.owes:
                assert debt.term is not None
                assert debt.term.length <= sunset.length


def test_both_languages_are_there():
    def texts(value: object) -> list[Bilingual]:
        if isinstance(value, Bilingual):
            return [value]
        if isinstance(value, tuple):
            return [text for item in value for text in texts(item)]
        names = getattr(value, "__dataclass_fields__", {})
        return [text for name in names for text in texts(getattr(value, name))]

    groups = (
        *(policy.STAGES, policy.PATHS, policy.GROUNDS, policy.HIERARCHY, policy.PRINCIPLES),
        *(policy.COLUMNS, policy.ADVANTAGES, policy.RISKS, policy.STUDY_PARTS, policy.GRADES),
        *(policy.COMMENT_OUTCOMES, policy.DOCUMENTS, policy.DECIDERS, policy.CHANGES),
    )
    found = [text for group in groups for item in group.values() for text in texts(item)]
    assert len(found) > 100
    for text in found:
        assert text.id.strip()
        assert text.en.strip()
