"""Discipline, service, discretion, merit and the reporter: ladders at their edges, and both sides
of each change of law.

Days, numbers and articles are written out here from the laws, not read from the catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from timbang.law.conclude import range_of
from timbang.law.evaluate import Finding, evaluate
from timbang.law.norms import catalogue
from timbang.law.vocabulary import CONDUCTS, CONDUCTS_OF, STATUSES

LIGHT = ("oral_reprimand", "written_reprimand", "written_dissatisfaction")
MODERATE = ("allowance_cut_6_months", "allowance_cut_9_months", "allowance_cut_12_months")
MODERATE_OLD = (
    "periodic_raise_delayed_1_year",
    "rank_promotion_delayed_1_year",
    "rank_lowered_1_year",
)
HEAVY = (
    "post_lowered_12_months",
    "released_to_executing_post_12_months",
    "honourable_dismissal_not_at_own_request",
)
DAY = date(2024, 5, 6)
PNS: Mapping[str, object] = {"act_on": DAY, "status": "PNS"}


def ask(rule: str, *told: Mapping[str, object], **facts: object) -> Finding:
    """The version of a rule that answers, or the last one where none does."""
    known = {key: value for part in (*told, facts) for key, value in part.items()}
    found = [one for one in evaluate(known) if one.norm.partition("@")[0] == rule]
    return next((one for one in found if one.applies != "no"), found[-1])


def kinds(finding: Finding) -> tuple[str, ...]:
    return tuple(sanction.kind for sanction in finding.sanctions)


def codes(finding: Finding) -> set[str]:
    return {doubt.code for doubt in finding.doubts}


def breached(*told: Mapping[str, object], **facts: object) -> set[str]:
    known = {key: value for part in (*told, facts) for key, value in part.items()}
    return {one.norm for one in evaluate(known) if one.applies == "yes"}


# --- absence, at both edges of each row -----------------------------------------------------------

ABSENT: Mapping[str, object] = {**PNS, "conduct": ["absent"], "valid_reason": False}


@pytest.mark.parametrize(
    ("days", "kind"),
    [
        (1, None),
        (2, None),
        (3, "oral_reprimand"),
        (4, "written_reprimand"),
        (6, "written_reprimand"),
        (7, "written_dissatisfaction"),
        (10, "written_dissatisfaction"),
        (11, "allowance_cut_6_months"),
        (13, "allowance_cut_6_months"),
        (14, "allowance_cut_9_months"),
        (16, "allowance_cut_9_months"),
        (17, "allowance_cut_12_months"),
        (20, "allowance_cut_12_months"),
        (21, "post_lowered_12_months"),
        (24, "post_lowered_12_months"),
        (25, "released_to_executing_post_12_months"),
        (27, "released_to_executing_post_12_months"),
        (28, "honourable_dismissal_not_at_own_request"),
        (240, "honourable_dismissal_not_at_own_request"),
    ],
)
def test_each_number_of_days_of_absence_has_its_one_sanction(days: int, kind: str | None):
    found = ask(
        "pp_94_2021/4f",
        ABSENT,
        absent_workdays=days,
        absent_consecutive=1,
        pay_regulation_in_force=True,
    )
    assert found.applies == "yes"
    assert kinds(found) == ((kind,) if kind else ())


@pytest.mark.parametrize("days", [11, 13, 14, 16, 17, 20])
def test_while_no_pay_regulation_is_in_force_the_old_moderate_kinds_stay(days: int):
    found = ask(
        "pp_94_2021/4f",
        ABSENT,
        absent_workdays=days,
        absent_consecutive=1,
        pay_regulation_in_force=False,
    )
    assert kinds(found) == MODERATE_OLD
    assert {"C8", "absence_transition"} <= codes(found)


@pytest.mark.parametrize("days", [3, 9, 10, 12, 22, 30])
def test_ten_working_days_in_a_row_mean_dismissal_whatever_the_sum_of_the_year(days: int):
    told = {**ABSENT, "absent_workdays": days, "pay_regulation_in_force": True}
    assert kinds(ask("pp_94_2021/4f", told, absent_consecutive=10)) == HEAVY[2:]
    if days < 28:
        assert kinds(ask("pp_94_2021/4f", told, absent_consecutive=9)) != HEAVY[2:]


@pytest.mark.parametrize(("days", "stops"), [(9, "no"), (10, "yes"), (11, "yes")])
def test_pay_stops_after_ten_working_days_in_a_row(days: int, stops: str):
    assert ask("pp_94_2021/15(2)", ABSENT, absent_consecutive=days).applies == stops


def test_absence_with_a_valid_reason_is_no_breach():
    told = {**PNS, "conduct": ["absent"], "valid_reason": True, "absent_workdays": 40}
    assert ask("pp_94_2021/4f", told, absent_consecutive=20).applies == "no"


def test_absence_counts_by_the_calendar_year():
    found = ask("pp_94_2021/15(1)", ABSENT)
    assert "Januari" in found.conduct.id
    assert "C40" in codes(found)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (4, ()),
        (5, LIGHT[:1]),
        (6, LIGHT[1:2]),
        (10, LIGHT[1:2]),
        (11, LIGHT[2:]),
        (15, LIGHT[2:]),
        (16, MODERATE_OLD[:1]),
        (20, MODERATE_OLD[:1]),
        (21, MODERATE_OLD[1:2]),
        (25, MODERATE_OLD[1:2]),
        (26, MODERATE_OLD[2:]),
        (30, MODERATE_OLD[2:]),
        (31, ("rank_lowered_3_years",)),
        (35, ("rank_lowered_3_years",)),
        (36, ("post_lowered",)),
        (40, ("post_lowered",)),
        (41, ("released_from_post",)),
        (45, ("released_from_post",)),
        (46, ("honourable_dismissal_not_at_own_request", "dismissal_without_honour")),
    ],
)
def test_the_older_regulation_had_its_own_ladder_of_absence(days: int, expected: tuple[str, ...]):
    found = ask(
        "pp_53_2010/3.11",
        ABSENT,
        act_on=date(2019, 3, 4),
        examined_under_pp_53=True,
        absent_workdays=days,
    )
    assert (found.applies, kinds(found)) == ("yes", expected)


# --- the ladder of impact -------------------------------------------------------------------------

# unit, agency, state: light, moderate, heavy, or nothing that an article names
LADDER = {
    "3a": "HHH",
    "3b": "MMH",
    "3c": "LMH",
    "3d": "LMH",
    "3e": "LMH",
    "3f": "LMH",
    "3g": "LMH",
    "3h": "LMH",
    "4c": "LMH",
    "4d": "-MH",
    "4g": "LM-",
    "4h": "LM-",
    "5f": "LMH",
    "5g": "MMH",
    "5h": "LM-",
    "5i": "LM-",
    "5j": "LM-",
    "5m": "-M-",
}
STEP = {"L": LIGHT, "M": MODERATE, "H": HEAVY, "-": ()}
BY_LETTER = {
    "5a": "abuse_of_power",
    "5b": "broker_for_gain",
    "5c-e": "foreign_work",
    "5f": "state_goods",
    "5g": "illegal_levy",
    "5h": "harm_to_state",
    "5i": "arbitrary_to_subordinate",
    "5j": "obstruct_duty",
    "5k": "gift_taken",
    "5l": "reward_asked",
    "5m": "harm_served_party",
}


def told_for(code: str) -> Mapping[str, object]:
    if code.startswith("3"):
        return {**PNS, "conduct": ["duty_neglected"], "duty": [code]}
    if code.startswith("4"):
        return {**PNS, "conduct": ["obligation_neglected"], "obligation": [code]}
    return {**PNS, "conduct": [BY_LETTER[code]]}


@pytest.mark.parametrize("code", LADDER)
def test_each_step_of_impact_has_the_level_that_the_articles_name(code: str):
    for impact, step in zip(("unit", "agency", "state"), LADDER[code], strict=True):
        told = {**told_for(code), "impact": impact}
        found = ask(f"pp_94_2021/{code}", told, pay_regulation_in_force=True)
        assert (found.applies, kinds(found)) == ("yes", STEP[step]), impact
        if step == "M":
            older = ask(f"pp_94_2021/{code}", told, pay_regulation_in_force=False)
            assert kinds(older) == MODERATE_OLD


@pytest.mark.parametrize("code", LADDER)
def test_without_any_impact_no_article_names_a_level(code: str):
    assert kinds(ask(f"pp_94_2021/{code}", told_for(code), impact="none")) == ()


def test_a_step_that_no_article_names_is_said_and_not_filled():
    for code, step in (("5h", "state"), ("5i", "state"), ("5j", "state"), ("5m", "state")):
        found = ask(f"pp_94_2021/{code}", told_for(code), impact=step)
        assert "no_state_step" in codes(found)
    for code in ("4d", "5m"):
        assert "no_unit_step" in codes(ask(f"pp_94_2021/{code}", told_for(code), impact="unit"))


def test_how_far_an_impact_reaches_is_named_as_a_judgement():
    found = ask("pp_94_2021/5f", told_for("5f"), impact="unit")
    assert "impact_to_be_judged" in {doubt.code for doubt in found.judgements}


@pytest.mark.parametrize("code", ["5a", "5b", "5c-e", "5k", "5l"])
def test_some_prohibitions_are_heavy_whatever_the_impact(code: str):
    for impact in ("none", "unit", "agency", "state"):
        assert kinds(ask(f"pp_94_2021/{code}", told_for(code), impact=impact)) == HEAVY


@pytest.mark.parametrize("code", ["4a", "4b"])
def test_an_oath_refused_without_a_reason_is_moderate(code: str):
    told = {**told_for(code), "pay_regulation_in_force": True}
    assert kinds(ask(f"pp_94_2021/{code}", told, valid_reason=False)) == MODERATE
    assert ask(f"pp_94_2021/{code}", told, valid_reason=True).applies == "no"


@pytest.mark.parametrize(
    ("post", "expected"),
    [
        ("jpt_utama", HEAVY),
        ("jpt_madya", HEAVY),
        ("jpt_pratama", HEAVY),
        ("administrator", MODERATE),
        ("functional", MODERATE),
    ],
)
def test_a_missing_report_of_assets_weighs_by_the_post(post: str, expected: tuple[str, ...]):
    told = {**PNS, "conduct": ["no_wealth_report"], "pay_regulation_in_force": True}
    assert kinds(ask("pp_94_2021/4e", told, post_level=post)) == expected


@pytest.mark.parametrize("post", ["supervisor", "executing"])
def test_whether_lower_posts_must_report_assets_is_left_open(post: str):
    found = ask("pp_94_2021/4e", PNS, conduct=["no_wealth_report"], post_level=post)
    assert "wealth_other_officials" in codes(found)


# --- who punishes ---------------------------------------------------------------------------------

P, A, U = "president", "appointing_officer", "punishing_officer"
STEPS = ("light", "moderate", "heavy", "dismissal")
# post, government, and who decides light, moderate, heavy and dismissal
WHO = [
    ("jpt_utama", "central", (P, P, P, P)),
    ("jpt_madya", "central", (A, A, A, P)),
    ("jpt_madya", "province", (A, A, A, P)),
    ("jpt_pratama", "central", (U, A, A, A)),
    ("jpt_pratama", "province", (U, A, A, A)),
    ("jpt_pratama", "regency", (A, A, A, A)),
    ("administrator", "central", (U, U, A, A)),
    ("administrator", "regency", (U, A, A, A)),
    ("supervisor", "province", (U, U, A, A)),
    ("supervisor", "regency", (U, A, A, A)),
    ("executing", "province", (U, U, A, A)),
    ("executing", "regency", (U, A, A, A)),
    ("functional", "central", (U, U, A, None)),
    ("functional", "regency", (U, U, A, None)),
]
COMPETENCE = {
    f"pp_94_2021/{code}" for code in ("17(1)", "17(2)", "18(1)", "18(2)", "18(3)", "20-23")
}


@pytest.mark.parametrize(("post", "government", "who"), WHO)
def test_who_punishes_follows_from_post_government_and_level(
    post: str, government: str, who: tuple[str | None, ...]
):
    for step, expected in zip(STEPS, who, strict=True):
        told = {"post_level": post, "government_level": government, "sanction_step": step}
        found = [
            one
            for one in evaluate({**PNS, "conduct": ["sanction_decided"], **told})
            if one.norm in COMPETENCE and one.applies == "yes"
        ]
        deciding = {one.authority.split(" ")[0] for one in found}
        assert deciding == ({expected} if expected else set()), step


def test_where_nobody_is_competent_the_next_higher_officer_punishes():
    found = ask("pp_94_2021/25", PNS, conduct=["sanction_decided"], competent=False)
    assert (found.applies, found.authority) == ("yes", "higher_officer")


def test_who_does_not_punish_and_who_does_not_examine_are_in_breach_themselves():
    assert "pp_94_2021/24" in breached(PNS, conduct=["not_punished"])
    found = ask("pp_94_2021/28", PNS, conduct=["superior_did_not_examine"])
    assert found.applies == "yes"
    assert {"heavier_than_what", "sanction_not_named"} <= codes(found)
    assert kinds(found) == ()


# --- no conduct spills into other fields ----------------------------------------------------------

NEUTRALITY = set(CONDUCTS_OF["neutrality"]) - {"other"}
# to stay in the service as a candidate is a matter of neutrality, told in another list
OUTSIDE = set(CONDUCTS) - NEUTRALITY - {"other", "did_not_resign"}
FULL: Mapping[str, object] = {
    "candidates_confirmed_on": date(2024, 9, 22),
    "object": "candidate",
    "contest_kind": "regent",
    "event": "campaign",
    "attributes": ["party"],
    "on_unpaid_leave": False,
    "impact": "unit",
    "pay_regulation_in_force": True,
}


@pytest.mark.parametrize("conduct", sorted(OUTSIDE))
def test_conduct_outside_neutrality_does_not_touch_its_norms(conduct: str):
    touched = [
        one.norm
        for one in evaluate({**PNS, "conduct": [conduct]})
        if one.area in {"neutrality", "village", "forces"} and one.applies != "no"
    ]
    assert touched == []


@pytest.mark.parametrize("conduct", sorted(NEUTRALITY))
@pytest.mark.parametrize("status", ["PNS", "PPPK"])
def test_neutrality_does_not_touch_discipline_service_discretion_or_merit(
    conduct: str, status: str
):
    other = {"discipline", "service", "maladministration", "discretion", "merit", "supervision"}
    told = {**FULL, "act_on": date(2024, 10, 5), "status": status, "conduct": [conduct]}
    touched = [one.norm for one in evaluate(told) if one.area in other and one.applies != "no"]
    assert touched == []


# what each single conduct breaches or calls for; nothing else may answer yes
ALONE = {
    "gift_taken": {"pp_94_2021/5k", "pp_94_2021/4i"},
    "reward_asked": {"pp_94_2021/5l"},
    "broker_for_gain": {"pp_94_2021/5b"},
    "foreign_work": {"pp_94_2021/5c-e"},
    "abuse_of_power": {"pp_94_2021/5a", "uu_30_2014/17"},
    "state_goods": {"pp_94_2021/5f"},
    "illegal_levy": {"pp_94_2021/5g"},
    "harm_to_state": {"pp_94_2021/5h"},
    "arbitrary_to_subordinate": {"pp_94_2021/5i"},
    "obstruct_duty": {"pp_94_2021/5j"},
    "harm_served_party": {"pp_94_2021/5m"},
    "no_wealth_report": {"pp_94_2021/4e"},
    "superior_did_not_examine": {"pp_94_2021/28"},
    "non_asn_appointed": {"uu_20_2023/65", "perpres_116_2022/3(3)"},
}


@pytest.mark.parametrize("conduct", ALONE)
def test_one_conduct_breaches_its_own_norms_and_no_others(conduct: str):
    assert breached(PNS, FULL, act_on=DAY, conduct=[conduct]) == ALONE[conduct]


@pytest.mark.parametrize("conduct", sorted(CONDUCTS))
def test_a_civil_servant_on_contract_is_never_punished_under_the_rules_of_pns(conduct: str):
    for day in (date(2019, 3, 4), DAY, date(2024, 10, 5)):
        told = {**FULL, "act_on": day, "status": "PPPK", "conduct": [conduct]}
        found = [
            one.norm
            for one in evaluate({**told, "examined_under_pp_53": True, "valid_reason": False})
            if one.norm.startswith(("pp_94_2021/", "pp_53_2010/")) and one.applies != "no"
        ]
        assert found == []


@pytest.mark.parametrize("conduct", [*BY_LETTER.values(), "absent", "duty_neglected"])
def test_for_a_civil_servant_on_contract_the_employers_own_rule_decides(conduct: str):
    told = {"act_on": DAY, "status": "PPPK", "conduct": [conduct], "absent_workdays": 40}
    found = range_of(evaluate({**told, "valid_reason": False, "impact": "state"}))
    assert [sanction.kind for sanction in found.sanctions] == ["employer_rule"]
    assert "pppk_employer_rule" in {doubt.code for doubt in found.doubts}


def test_the_heaviest_of_several_breaches_is_proposed_and_the_families_stay_apart():
    told = {**PNS, "conduct": ["absent", "abuse_of_power"], "valid_reason": False}
    found = range_of(evaluate({**told, "absent_workdays": 4, "absent_consecutive": 1}))
    assert tuple(sanction.kind for sanction in found.sanctions) == HEAVY
    assert found.criminal == ()


# --- both sides of each change of law -------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "examined", "older", "newer"),
    [
        (date(2021, 8, 30), True, "yes", "no"),
        (date(2021, 8, 30), False, "no", "yes"),
        (date(2021, 8, 30), None, "unknown", "unknown"),
        (date(2021, 8, 31), True, "no", "yes"),
        (date(2021, 8, 31), False, "no", "yes"),
        (date(2021, 8, 31), None, "no", "yes"),
    ],
)
def test_an_act_before_pp_94_follows_it_unless_it_was_already_examined(
    day: date, examined: bool | None, older: str, newer: str
):
    told = {"act_on": day, "status": "PNS", "conduct": ["abuse_of_power"]}
    told["examined_under_pp_53"] = examined
    assert ask("pp_53_2010/4.1", told).applies == older
    assert ask("pp_94_2021/5a", told).applies == newer
    if newer == "yes" and day < date(2021, 8, 31):
        assert "older_law_unexamined" in codes(ask("pp_94_2021/5a", told))
    reaches_back = ask("pp_94_2021/40(3)", told).applies
    assert reaches_back == (
        "yes" if day < date(2021, 8, 31) and examined is False else reaches_back
    )


def test_before_pp_94_mobilising_staff_was_moderate_and_is_heavy_since():
    told = {
        "status": "PNS",
        "conduct": ["mobilise_officials"],
        "event": "campaign",
        "object": "candidate",
        "contest_kind": "president",
    }
    before = {"act_on": date(2019, 2, 10), "candidates_confirmed_on": date(2018, 9, 20)}
    after = {"act_on": date(2024, 1, 20), "candidates_confirmed_on": date(2023, 11, 3)}
    old = ask("pp_53_2010/4.12c", told, before, examined_under_pp_53=True)
    new = ask("pp_94_2021/5n3", told, after)
    assert (kinds(old), kinds(new)) == (MODERATE_OLD, HEAVY)


@pytest.mark.parametrize(
    ("day", "old", "new"), [(date(2023, 10, 30), "yes", "no"), (date(2023, 10, 31), "no", "yes")]
)
def test_dismissal_for_discipline_changes_its_law_and_its_honour_on_31_october_2023(
    day: date, old: str, new: str
):
    told = {"act_on": day, "status": "PNS", "conduct": ["sanction_decided"]}
    with_honour = ask("uu_5_2014/87(3)", told, sanction_step="dismissal")
    without = ask("uu_20_2023/52(3)g", told, sanction_step="dismissal")
    assert (with_honour.applies, without.applies) == (old, new)
    if new == "yes":
        assert kinds(without) == ("dismissal_without_honour",)
        assert "C25" in codes(without)


def test_the_two_year_ban_on_replacing_senior_officials_lost_its_law_in_2023():
    told = {"status": "regional_head", "conduct": ["senior_official_replaced"]}
    for day, answer in ((date(2023, 10, 30), "yes"), (date(2023, 10, 31), "no")):
        assert ask("uu_5_2014/116", told, act_on=day, months_in_post=14).applies == answer
        rest = ask("pp_11_2017/JPT-2", told, act_on=day, months_in_post=14)
        assert (rest.applies, rest.may_propose) == ("yes", False)


@pytest.mark.parametrize(
    ("day", "authority"),
    [
        (date(2024, 8, 23), "kasn"),
        (date(2024, 8, 24), "bkn"),
        (date(2024, 9, 4), "bkn"),
        (date(2025, 10, 15), "bkn"),
        (date(2025, 10, 16), "bkn"),
    ],
)
def test_who_supervises_the_merit_system_by_day(day: date, authority: str):
    found = ask("uu_20_2023/26(2)d", act_on=day, conduct=["merit_ignored"])
    assert found.authority == authority
    assert ("independent_body" in codes(found)) == (day >= date(2025, 10, 16))


def test_kasn_works_on_until_24_august_2024_and_the_circular_begins_on_4_september():
    told = {"conduct": ["merit_ignored"]}
    assert ask("uu_20_2023/70(3)", told, act_on=date(2024, 8, 23)).applies == "yes"
    assert ask("uu_20_2023/70(3)", told, act_on=date(2024, 8, 24)).applies == "no"
    assert ask("se_4_2024/alih", told, act_on=date(2024, 9, 3)).applies == "no"
    assert ask("se_4_2024/alih", told, act_on=date(2024, 9, 4)).applies == "yes"


def test_the_decision_of_16_october_2025_is_an_event_of_the_law_on_the_civil_service():
    events = {event.on: event.by for event in catalogue().instruments["uu_20_2023"].events}
    assert events[date(2025, 10, 16)] == "MK 121/PUU-XXII/2024"


@pytest.mark.parametrize(
    ("day", "old", "new"), [(date(2025, 12, 30), "yes", "no"), (date(2025, 12, 31), "no", "yes")]
)
def test_the_rules_on_merit_change_on_31_december_2025(day: date, old: str, new: str):
    told = {"act_on": day, "status": "regional_head", "conduct": ["merit_ignored"]}
    assert ask("permenpanrb_40_2018/aspek", told).applies == old
    assert ask("permenpanrb_19_2025/2", told).applies == new


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        (date(2014, 10, 17), "yes"),
        (date(2020, 11, 1), "yes"),
        (date(2020, 11, 2), "no"),
        (date(2022, 12, 30), "no"),
        (date(2023, 3, 31), "no"),
    ],
)
def test_discretion_against_legislation_breached_article_24_until_2_november_2020(
    day: date, answer: str
):
    told = {"status": "PNS", "conduct": ["discretion_used"], "good_faith": True}
    found = ask("uu_30_2014/24", told, act_on=day, other_rule_named=True)
    assert found.applies == answer
    assert ask("uu_30_2014/24", told, act_on=day, good_faith=False).applies == "yes"


@pytest.mark.parametrize(
    ("day", "cited"),
    [
        (date(2020, 11, 2), "UU 11/2020"),
        (date(2022, 12, 29), "UU 11/2020"),
        (date(2022, 12, 30), "Perppu 2/2022"),
        (date(2023, 3, 30), "Perppu 2/2022"),
        (date(2023, 3, 31), "UU 6/2023"),
    ],
)
def test_the_same_wording_is_cited_from_the_act_of_its_day(day: date, cited: str):
    told = {"act_on": day, "status": "PNS"}
    acts = ("UU 11/2020", "Perppu 2/2022", "UU 6/2023")
    for rule, conduct in (("24", "discretion_used"), ("53", "request_unanswered")):
        texts = ask(f"uu_30_2014/{rule}", told, conduct=[conduct], good_faith=False).citations
        assert {act for act in acts for text in texts if text.startswith(act)} == {cited}


def test_principles_of_good_government_are_a_judgement_and_never_an_answer():
    told = {**PNS, "conduct": ["discretion_used"], "superior_told": True}
    found = ask("uu_30_2014/31", told)
    assert (found.applies, found.missing) == ("unknown", ())
    assert "aupb" in {doubt.code for doubt in found.judgements}


@pytest.mark.parametrize(
    ("day", "term"), [(date(2020, 11, 1), "sepuluh"), (date(2020, 11, 2), "lima")]
)
def test_a_complete_request_had_ten_working_days_and_has_five(day: date, term: str):
    found = ask("uu_30_2014/53", act_on=day, status="PNS", conduct=["request_unanswered"])
    assert f"{term} hari kerja" in found.conduct.id


@pytest.mark.parametrize(
    ("day", "registering", "confirmed"),
    [
        (date(2015, 7, 7), "yes", "no"),
        (date(2015, 7, 8), "no", "yes"),
    ],
)
def test_who_runs_resigned_on_registering_and_since_2015_once_confirmed(
    day: date, registering: str, confirmed: str
):
    told = {"status": "PNS", "conduct": ["did_not_resign"], "contest_kind": "regent"}
    found = {
        one.norm: one.applies
        for one in evaluate({**told, "act_on": day, "candidates_confirmed_on": day})
        if one.norm.startswith("uu_5_2014/123(3)@")
    }
    assert found == {
        "uu_5_2014/123(3)@2014-01-15": registering,
        "uu_5_2014/123(3)@2015-07-08": confirmed,
    }


@pytest.mark.parametrize(
    ("day", "electronic", "code"),
    [(date(2026, 1, 1), "yes", "no"), (date(2026, 1, 2), "no", "yes")],
)
def test_public_accusation_moves_to_the_criminal_code_on_2_january_2026(
    day: date, electronic: str, code: str
):
    told = {"act_on": day, "conduct": ["public_accusation"], "deliberate": True}
    assert ask("uu_1_2024/27A", told, public_interest=False).applies == electronic
    assert ask("uu_1_2023/433(2)", told, public_interest=False).applies == code


# --- appointments ---------------------------------------------------------------------------------

APPOINTED: Mapping[str, object] = {
    "act_on": date(2022, 5, 6),
    "status": "regional_head",
    "conduct": ["senior_official_appointed"],
}


@pytest.mark.parametrize(("months", "answer"), [(0, "yes"), (23, "yes"), (24, "no"), (25, "no")])
def test_a_senior_official_is_not_replaced_within_two_years(months: int, answer: str):
    told = {**APPOINTED, "conduct": ["senior_official_replaced"]}
    found = ask("uu_5_2014/116", told, months_in_post=months)
    assert found.applies == answer
    if answer == "yes":
        assert "exception_of_116" in {doubt.code for doubt in found.judgements}


def test_three_names_an_odd_panel_and_fifteen_days_of_notice():
    for names in range(7):
        found = ask("uu_5_2014/113-115", APPOINTED, names_proposed=names)
        assert found.applies == ("no" if names == 3 else "yes")
    for members in range(3, 12):
        found = ask("pp_11_2017/114(7)", APPOINTED, panel_members=members)
        assert found.applies == ("no" if members in {5, 7, 9} else "yes")
    for days in (0, 14, 15, 30):
        found = ask("pp_11_2017/117(2)", APPOINTED, announced_days=days)
        assert found.applies == ("no" if days >= 15 else "yes")


@pytest.mark.parametrize(
    ("code", "post", "age", "years"),
    [
        ("107a", "jpt_utama", 58, 10),
        ("107b", "jpt_madya", 58, 7),
        ("107c", "jpt_pratama", 56, 5),
    ],
)
def test_age_and_experience_of_high_posts(code: str, post: str, age: int, years: int):
    told = {**APPOINTED, "post_level": post}
    rule = f"pp_11_2017/{code}"
    assert ask(rule, told, age_years=age, experience_years=years).applies == "no"
    assert ask(rule, told, age_years=age + 1, experience_years=years).applies == "yes"
    assert ask(rule, told, age_years=age, experience_years=years - 1).applies == "yes"


# --- service, and the reporter --------------------------------------------------------------------

TEN = {
    "undue_delay",
    "no_service",
    "procedure_deviation",
    "authority_abused",
    "reward_for_service",
    "incompetent",
    "improper_conduct",
    "partiality",
    "discrimination",
    "conflict_of_interest",
}


@pytest.mark.parametrize("conduct", sorted(TEN))
def test_each_of_the_ten_classes_is_maladministration_and_one_class_only(conduct: str):
    found = breached(act_on=DAY, status="service_provider", conduct=[conduct])
    classes = {norm for norm in found if norm.startswith("uu_37_2008/1.3/")}
    assert classes == {f"uu_37_2008/1.3/{conduct}"}
    assert "uu_37_2008/1.3" in found


def test_the_ombudsman_wants_a_complaint_to_the_provider_first():
    told = {"act_on": DAY, "status": "service_provider", "conduct": ["no_service"]}
    assert ask("uu_37_2008/24(1)", told, complained_first=True).applies == "no"
    assert ask("uu_37_2008/24(1)", told, complained_first=False).applies == "yes"
    assert ask("uu_37_2008/24(1)", told).missing == ("complained_first",)


def test_a_report_of_a_crime_in_good_faith_is_protected_and_a_report_of_discipline_is_open():
    told = {"act_on": DAY, "good_faith": True}
    crime = ask("uu_31_2014/10(1)", told, conduct=["reported_crime"])
    assert (crime.applies, crime.effect) == ("yes", "protects")
    assert ask("uu_31_2014/10(1)", told, conduct=["reported_crime"], good_faith=False).applies == (
        "no"
    )
    office = ask("uu_31_2014/10(1)", told, conduct=["reported_to_office"])
    assert (office.applies, office.missing) == ("unknown", ())
    assert "C45" in codes(office)


@pytest.mark.parametrize("conduct", ["reported_crime", "reported_to_office", "report_filed"])
def test_to_report_to_a_competent_office_breaches_nothing(conduct: str):
    for status in STATUSES:
        told = {"act_on": DAY, "status": status, "conduct": [conduct], "good_faith": True}
        found = range_of(evaluate(told))
        assert (found.applying, found.too_weak) == ((), ()), status


def test_what_protects_a_reporter_binds_everybody():
    for norm in catalogue().norms.values():
        if norm.area == "reporter" and norm.effect == "protects":
            assert set(norm.binds) == set(STATUSES), norm.id


def test_a_leaked_identity_breaches_secrecy_in_every_law_that_keeps_it():
    told = {"act_on": date(2026, 5, 6), "status": "PNS", "conduct": ["identity_disclosed"]}
    found = breached(**told, deliberate=True)
    assert {
        "uu_25_2009/49",
        "uu_27_2022/36",
        "uu_1_2023/443",
        "uu_37_2008/30",
        "uu_14_2008/17a",
    } <= found


# --- after a sentence -------------------------------------------------------------------------------


def _sentenced(status: str, day: date, *, office: bool, months: int) -> dict[str, object]:
    return {
        "act_on": day,
        "status": status,
        "conduct": ["crime_in_office"],
        "decision_final": True,
        "crime_of_office": office,
        "sentence_months": months,
    }


@pytest.mark.parametrize("day", [date(2021, 3, 4), date(2024, 5, 6)])
@pytest.mark.parametrize("status", ["PNS", "PPPK"])
def test_three_months_for_a_traffic_accident_dismiss_nobody(status, day):
    assert not breached(_sentenced(status, day, office=False, months=3))


def test_two_years_for_an_ordinary_crime_are_no_dishonourable_dismissal():
    told = _sentenced("PNS", date(2024, 5, 6), office=False, months=24)
    found = [one for one in evaluate(told) if one.applies == "yes"]
    assert [one.norm for one in found] == ["uu_20_2023/52(3)h"]
    assert found[0].sanctions == ()


def test_a_bribe_dismisses_without_honour():
    told = _sentenced("PNS", date(2024, 5, 6), office=True, months=6)
    found = [one for one in evaluate(told) if one.applies == "yes"]
    assert [one.norm for one in found] == ["uu_20_2023/52(3)i"]
    assert [each.kind for each in found[0].sanctions] == ["dismissal_without_honour"]


def test_a_letter_of_support_needs_the_copy_too():
    told = {"act_on": date(2024, 10, 1), "status": "PNS", "conduct": ["support_letter"]}
    for copy, expected in ((True, True), (False, False)):
        found = breached(told, object="candidate", letter_with_copy=copy)
        assert ("pp_94_2021/5n7" in found) is expected


def test_discretion_that_needs_no_word_to_the_superior_is_not_void_for_silence():
    told = {"act_on": date(2024, 10, 1), "status": "PNS", "conduct": ["discretion_used"]}
    quiet = {"superior_told": False, "competent": True}
    assert "uu_30_2014/30" not in breached(told, quiet, discretion_effect="none")
    assert "uu_30_2014/30" in breached(told, quiet, discretion_effect="budget")
