"""May I? Forbidden with a norm, allowed with a reason, and never allowed by ignorance."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law.catalogue_files import INSTRUMENT, alone, read
from timbang.law.conclude import BREACHES
from timbang.law.entries import Catalogue
from timbang.law.evaluate import FactsError, evaluate
from timbang.law.may_i import asked, groups, may_i, read_advice
from timbang.law.norms import catalogue
from timbang.law.vocabulary import CONDUCTS, FACTS, OBJECTS, STATUSES
from timbang.law.yaml_file import YamlError, loads

IN_CAMPAIGN: dict[str, Any] = {
    "act_on": "2024-10-05",
    "candidates_confirmed_on": "2024-09-22",
    "campaign_starts_on": "2024-09-25",
    "campaign_ends_on": "2024-11-23",
    "voting_on": "2024-11-27",
    "contest_kind": "regent",
    "status": "PNS",
}


def test_a_photo_with_a_candidate_is_forbidden_with_its_norm_and_what_could_follow() -> None:
    found = may_i({**IN_CAMPAIGN, "conduct": ["photo"], "object": "candidate"})
    assert found.verdict == "forbidden"
    assert "skb_2022/D7" in [each.norm for each in found.breached]
    assert {kind.level for kind in found.follows} >= {"berat"}
    assert found.instead
    assert found.questions == ()


def test_a_banner_for_nobody_is_allowed_because_the_catalogue_is_complete_for_it() -> None:
    found = may_i({**IN_CAMPAIGN, "conduct": ["display_props"], "object": "none"})
    assert found.verdict == "allowed"
    assert (found.breached, found.unknown) == ((), ())


def test_what_nobody_has_checked_for_completeness_is_never_allowed_for_want_of_a_norm() -> None:
    facts = {**IN_CAMPAIGN, "conduct": ["display_props"], "object": "none", "status": "other"}
    assert "other" not in asked("display_props").complete_for
    assert may_i(facts).verdict == "depends"


@pytest.mark.parametrize("told", [{"hand_sign": True}, {"attributes": ["party"]}])
def test_a_sign_of_support_is_never_allowed_because_it_is_said_to_be_for_nobody(
    told: dict[str, object],
) -> None:
    facts = {**IN_CAMPAIGN, "conduct": ["photo"], "object": "none"}
    assert may_i(facts).verdict == "allowed"
    assert may_i({**facts, **told}).verdict == "depends"


def test_an_empty_catalogue_allows_nothing() -> None:
    empty = Catalogue({}, {}, {})
    for code in CONDUCTS:
        facts = {**IN_CAMPAIGN, "conduct": [code], "object": "none"}
        assert may_i(facts, empty).verdict == "depends", code


def test_a_day_before_the_catalogue_begins_allows_nothing() -> None:
    facts = {"act_on": "1960-01-01", "status": "PNS", "conduct": ["photo"], "object": "none"}
    assert may_i(facts).verdict == "depends"


def test_it_depends_on_whom_it_is_about_and_each_answer_is_told() -> None:
    found = may_i({**IN_CAMPAIGN, "conduct": ["photo"]})
    assert found.verdict == "depends"
    (question,) = [each for each in found.questions if each.fact.key == "object"]
    told = {branch.value: branch.verdict for branch in question.branches}
    assert set(told) == set(OBJECTS)
    assert told["candidate"] == "forbidden"
    assert told["none"] == "allowed"


def test_every_branch_says_what_the_full_question_would_answer() -> None:
    facts = {**IN_CAMPAIGN, "conduct": ["photo"]}
    for question in may_i(facts).questions:
        for branch in question.branches:
            whole = may_i({**facts, question.fact.key: branch.value})
            assert whole.verdict in (branch.verdict, "forbidden"), branch


def test_the_day_of_confirmation_itself_is_left_to_a_person() -> None:
    day = {"act_on": "2024-09-22", "candidates_confirmed_on": "2024-09-22", "status": "PNS"}
    found = may_i({**day, "conduct": ["campaign_team"], "object": "candidate"})
    assert "confirmation_day" in {doubt.code for doubt in found.judgements} | {
        doubt.code for finding in found.unknown for doubt in finding.doubts
    }


def test_a_regional_head_may_not_replace_an_official_from_the_first_day_of_the_window() -> None:
    facts = {
        "status": "regional_head",
        "conduct": ["official_replaced"],
        "contest_kind": "regent",
        "candidates_confirmed_on": "2024-09-22",
        "voting_on": "2024-11-27",
        "minister_consent": False,
    }
    before, first = (may_i({**facts, "act_on": f"2024-03-{day}"}) for day in (21, 22))
    assert first.verdict == "forbidden"
    assert "uu_10_2016/71(2)" in [each.norm for each in first.breached]
    assert before.verdict != "forbidden"


def test_the_consent_of_the_minister_is_asked_for() -> None:
    facts = {
        "status": "regional_head",
        "conduct": ["official_replaced"],
        "contest_kind": "regent",
        "candidates_confirmed_on": "2024-09-22",
        "voting_on": "2024-11-27",
        "act_on": "2024-05-01",
    }
    found = may_i(facts)
    assert found.verdict == "depends"
    assert "minister_consent" in [question.fact.key for question in found.questions]


def test_a_fact_outside_the_vocabulary_is_refused() -> None:
    with pytest.raises(FactsError):
        may_i({"conduct": ["dancing"]})


# --- a small catalogue of one's own ---------------------------------------------------------------

NORM = """\
  - code: "CODE"
    at: {pasal: "1"}
    effect: EFFECT
    title: {id: Judul, en: Title}
    conduct: {id: Perbuatan, en: Conduct}
    when: {fact: conduct, has: photo}
    citations: [{text: UU 99/2020 ps 1}]
    level: LEVEL
    sources: [buku]
    examples:
      - case: {id: a, en: a}
        facts: {conduct: [photo], status: PNS, act_on: 2024-01-01}
        applies: "yes"
      - case: {id: b, en: b}
        facts: {status: PNS}
        applies: unknown
"""
FACTS_OF_IT = {"act_on": "2024-01-01", "status": "PNS", "conduct": ["photo"]}


OTHER = INSTRUMENT.replace("UU 99/2020", "UU 98/2020")


def small(folder: Path, *norms: tuple[str, str]) -> Catalogue:
    """A catalogue of norms with this effect and level, all about one conduct."""
    texts = [
        NORM.replace("CODE", str(number)).replace("EFFECT", effect).replace("LEVEL", level)
        for number, (effect, level) in enumerate(norms)
    ]
    return read(alone(folder, *texts)).on()


@pytest.mark.parametrize(
    ("norms", "verdict"),
    [
        ([("forbids", "official_text")], "forbidden"),
        ([("punishes", "official_text")], "forbidden"),
        ([("permits", "official_text")], "allowed"),
        # nobody has checked the wording: it neither forbids nor permits by itself
        ([("forbids", "memory")], "depends"),
        ([("permits", "one_source")], "depends"),
        # the rule that permits sets the limit of what it permits
        ([("permits", "official_text"), ("forbids", "official_text")], "forbidden"),
        ([("permits", "official_text"), ("forbids", "memory")], "depends"),
        # a duty without a sanction goes along with the act, it does not forbid it
        ([("requires", "official_text")], "depends"),
        # what empowers, protects or defines says nothing about whether it may be done
        ([("empowers", "official_text"), ("protects", "official_text")], "depends"),
    ],
)
def test_the_verdict_follows_from_what_the_norms_do(
    tmp_path: Path, norms: list[tuple[str, str]], verdict: str
) -> None:
    assert may_i(FACTS_OF_IT, small(tmp_path, *norms)).verdict == verdict


def test_where_one_law_permits_and_another_forbids_a_person_must_judge(tmp_path: Path) -> None:
    alone(tmp_path, NORM.replace("EFFECT", "permits").replace("LEVEL", "official_text"))
    other = OTHER + NORM.replace("EFFECT", "forbids").replace("LEVEL", "official_text")
    (tmp_path / "norms" / "uu_98_2020.yaml").write_text(other, "utf-8")
    assert may_i(FACTS_OF_IT, read(tmp_path).on()).verdict == "depends"


def test_a_norm_confirmed_on_the_record_forbids(tmp_path: Path) -> None:
    laws = small(tmp_path, ("forbids", "memory"))
    assert may_i(FACTS_OF_IT, laws).verdict == "depends"
    assert may_i(FACTS_OF_IT, laws, confirmed={"uu_99_2020/0"}).verdict == "forbidden"


@pytest.mark.parametrize("status", sorted(STATUSES))
@pytest.mark.parametrize(
    "conduct", ["reward_for_service", "discrimination", "conflict_of_interest"]
)
def test_the_right_of_others_to_complain_of_an_act_does_not_permit_it(
    status: str, conduct: str
) -> None:
    facts = {"act_on": "2024-10-05", "status": status, "conduct": [conduct]}
    assert may_i(facts).verdict != "allowed"


def test_what_a_spouse_on_leave_may_do_is_allowed_and_the_rest_is_not() -> None:
    facts = {
        **IN_CAMPAIGN,
        "object": "spouse_candidate",
        "on_unpaid_leave": True,
    }
    asked_back = may_i({**facts, "conduct": ["accompany_registration"]})
    (question,) = asked_back.questions
    told = {branch.value: branch.verdict for branch in question.branches}
    assert told == {"none": "allowed", "party": "forbidden", "civil_service": "forbidden"}
    facts["attributes"] = []
    with_spouse = may_i({**facts, "conduct": ["accompany_registration"]})
    assert with_spouse.verdict == "allowed"
    assert "se_18_2023/mendampingi" in [each.norm for each in with_spouse.permitted_by]
    for conduct in ("online_campaign", "campaign_team", "display_props"):
        assert may_i({**facts, "conduct": [conduct]}).verdict != "allowed", conduct
    # without leave the permission does not hold
    assert may_i({**facts, "on_unpaid_leave": False, "conduct": ["photo"]}).verdict != "allowed"


# --- over all facts -------------------------------------------------------------------------------


@st.composite
def acts(draw: st.DrawFn) -> dict[str, object]:
    facts: dict[str, object] = {
        "act_on": draw(st.dates(date(2010, 1, 1), date(2027, 12, 31))),
        "status": draw(st.sampled_from(sorted(STATUSES))),
        "conduct": [draw(st.sampled_from(sorted(CONDUCTS)))],
    }
    if draw(st.booleans()):
        facts["object"] = draw(st.sampled_from(sorted(OBJECTS)))
    if draw(st.booleans()):
        facts["candidates_confirmed_on"] = draw(st.dates(date(2015, 1, 1), date(2027, 12, 31)))
    if draw(st.booleans()):
        facts["on_unpaid_leave"] = draw(st.booleans())
    return facts


@given(acts())
@settings(max_examples=150, deadline=None)
def test_nothing_that_a_norm_forbids_or_may_forbid_is_ever_called_allowed(
    facts: dict[str, object],
) -> None:
    """The oracle reads the findings themselves, not the verdict's own steps."""
    found = may_i(facts)
    touching = [
        each
        for each in evaluate(facts)
        if each.applies != "no"
        and (
            each.effect in ("forbids", "punishes") or (each.effect == "requires" and each.sanctions)
        )
    ]
    permits = [
        each
        for each in evaluate(facts)
        if each.applies == "yes"
        and each.effect == "permits"
        and "other" not in catalogue().norms[each.norm].binds
    ]
    if found.verdict == "allowed":
        assert not [each for each in touching if each.applies == "yes"]
        assert permits or not touching
        code = next(iter(cast("list[str]", facts["conduct"])))
        assert permits or facts["status"] in asked(code).complete_for
    if found.verdict == "forbidden" and not found.questions:
        assert [each for each in touching if each.applies == "yes" and each.may_propose]


# --- advice ---------------------------------------------------------------------------------------


def test_every_piece_of_advice_rests_on_a_norm_of_the_catalogue() -> None:
    known = {norm.base for norm in catalogue().norms.values()}
    offered = [each for group in groups() for each in group.conducts]
    assert offered
    assert [
        (each.code, a.norm) for each in offered for a in each.instead if a.norm not in known
    ] == []


def test_advice_rests_on_a_norm_that_speaks_of_the_same_conduct() -> None:
    norms = {norm.base: norm for norm in catalogue().norms.values()}
    assert [
        (each.code, advice.norm)
        for group in groups()
        for each in group.conducts
        for advice in each.instead
        if (needs := norms[advice.norm].when.needs) is not None and each.code not in needs
    ] == []


def test_nobody_is_advised_by_a_norm_that_binds_others() -> None:
    for status in sorted(set(STATUSES) - {"CPNS", "PPNPN"}):  # of them it is an open point
        found = may_i({**IN_CAMPAIGN, "status": status, "conduct": ["attend_active"]})
        for advice in found.instead:
            bound = [n.binds for n in catalogue().norms.values() if n.base == advice.norm]
            assert any(status in binds for binds in bound), (status, advice.norm)
    village = may_i({**IN_CAMPAIGN, "status": "village_head", "conduct": ["attend_active"]})
    assert [advice.norm for advice in village.instead] == ["uu_6_2014/29j"]


def test_the_form_that_names_the_act_stands_before_the_principle() -> None:
    found = may_i({**IN_CAMPAIGN, "conduct": ["photo"], "object": "candidate"})
    assert found.breached[0].norm == "skb_2022/D7"
    effects = [each.effect == "punishes" for each in found.breached if each.may_propose]
    assert effects == sorted(effects)


def test_a_permission_that_needs_leave_asks_for_the_leave() -> None:
    facts = {**IN_CAMPAIGN, "object": "spouse_candidate", "attributes": []}
    found = may_i({**facts, "conduct": ["accompany_registration"]})
    (question,) = [each for each in found.questions if each.fact.key == "on_unpaid_leave"]
    assert {branch.value: branch.verdict for branch in question.branches}["true"] == "allowed"


def test_what_a_penalty_alone_asks_is_not_asked_before_the_act() -> None:
    facts = {"act_on": "2026-11-02", "status": "candidate", "conduct": ["involve_officials"]}
    assert "deliberate" not in [each.fact.key for each in may_i(facts).questions]


def test_where_no_answer_can_help_the_page_says_so_and_why() -> None:
    """Passive presence: the offices of the state themselves disagree."""
    found = may_i({**IN_CAMPAIGN, "conduct": ["attend_passive"], "object": "candidate"})
    assert found.verdict == "depends"
    assert "C4" in [doubt.code for doubt in found.unsettled]
    assert set(found.unsettled) <= set(found.judgements)


def test_completeness_is_stated_only_where_the_catalogue_has_a_norm() -> None:
    for group in groups():
        for each in group.conducts:
            for status in each.complete_for:
                assert any(
                    status in norm.binds and norm.effect in BREACHES
                    for norm in catalogue().norms.values()
                    if norm.when.needs is None or each.code in norm.when.needs
                ), (each.code, status)


def test_every_conduct_that_is_offered_can_be_judged() -> None:
    for group in groups():
        for each in group.conducts:
            assert each.code in FACTS["conduct"].choices
            assert may_i({"status": "PNS", "conduct": [each.code], "act_on": "2026-11-02"}).reason


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("groups: {a: {id: A, en: A}}\nconducts: {dancing: {}}", "unknown key 'dancing'"),
        ("groups: {a: {id: A, en: A}}\nconducts: {photo: {group: b, ask: {id: A, en: A}}}", "'b'"),
        ("groups: {a: {id: A, en: A}}\nconducts: {photo: {group: a}}", "'ask' is missing"),
    ],
)
def test_a_bad_file_of_advice_stops_with_its_line(text: str, said: str) -> None:
    with pytest.raises(YamlError, match=said):
        read_advice(loads(text, "advice.yaml"))
