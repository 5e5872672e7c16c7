"""Elections, day by day: on both sides of each change of law, and decided public cases.

Days, articles and penalties are written out here from the laws and the press, not read from the
catalogue. The decided cases are told without names.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import pytest

from timbang.law.evaluate import Finding, evaluate
from timbang.law.norms import catalogue
from timbang.law.vocabulary import STATUSES

PEMILU_2024 = MappingProxyType(
    {"campaign_starts_on": date(2023, 11, 28), "campaign_ends_on": date(2024, 2, 10)}
)
PEMILU_2019 = MappingProxyType(
    {"campaign_starts_on": date(2018, 9, 23), "campaign_ends_on": date(2019, 4, 13)}
)
PILKADA_2024 = MappingProxyType(
    {
        "contest_kind": "regent",
        "candidates_confirmed_on": date(2024, 9, 22),
        "campaign_starts_on": date(2024, 9, 25),
        "campaign_ends_on": date(2024, 11, 23),
        "voting_on": date(2024, 11, 27),
    }
)
REPLACED = MappingProxyType(
    {"status": "regional_head", "conduct": ["official_replaced"], "minister_consent": False}
)
FAVOURED = MappingProxyType(
    {"conduct": ["favouring_decision"], "object": "candidate", "deliberate": True}
)


def ask(rule: str, *told: Mapping[str, object], **facts: object) -> Finding:
    """The version of a rule that answers, or the last one where none does."""
    known = {key: value for part in (*told, facts) for key, value in part.items()}
    found = [one for one in evaluate(known) if one.norm.partition("@")[0] == rule]
    return next((one for one in found if one.applies != "no"), found[-1])


def codes(finding: Finding) -> set[str]:
    return {doubt.code for doubt in finding.doubts}


def within(finding: Finding, **amounts: int) -> bool:
    return any(sanction.allows(**amounts) for sanction in finding.sanctions)


# --- both sides of each change of law -------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "in_text_of_2015", "in_text_of_2016"),
    [(date(2016, 6, 30), "no", "no"), (date(2016, 7, 1), "no", "yes")],
)
def test_outside_the_campaign_favouring_a_pair_is_forbidden_since_july_2016(
    day: date, in_text_of_2015: str, in_text_of_2016: str
):
    facts = {
        "status": "village_head",
        "act_on": day,
        "contest_kind": "regent",
        "candidates_confirmed_on": date(2016, 5, 1),
        "campaign_starts_on": date(2016, 10, 1),
        "campaign_ends_on": date(2016, 12, 1),
    }
    assert ask("uu_1_2015/71(1)", FAVOURED, facts).applies == in_text_of_2015
    assert ask("uu_10_2016/71(1)", FAVOURED, facts).applies == in_text_of_2016
    assert ask("uu_1_2015/188", FAVOURED, facts).applies == in_text_of_2016


@pytest.mark.parametrize(
    ("day", "old", "new"), [(date(2016, 6, 30), "yes", "no"), (date(2016, 7, 1), "no", "yes")]
)
def test_in_the_campaign_one_text_takes_over_from_the_other(day: date, old: str, new: str):
    facts = {
        "status": "village_head",
        "act_on": day,
        "contest_kind": "regent",
        "candidates_confirmed_on": date(2016, 5, 1),
        "campaign_starts_on": date(2016, 5, 4),
        "campaign_ends_on": date(2016, 8, 1),
    }
    assert ask("uu_1_2015/71(1)", FAVOURED, facts).applies == old
    assert ask("uu_10_2016/71(1)", FAVOURED, facts).applies == new
    crime = ask("uu_1_2015/188", FAVOURED, facts)
    assert crime.applies == "yes"
    assert ("UU 10/2016 ps 71" in crime.citations) == (new == "yes")


@pytest.mark.parametrize(
    ("day", "soldier", "police", "official", "village"),
    [
        (date(2024, 11, 13), "no", "no", "no", "yes"),
        (date(2024, 11, 14), "yes", "yes", "yes", "yes"),
    ],
)
def test_the_court_adds_three_groups_to_the_crime_on_its_own_day(
    day: date, soldier: str, police: str, official: str, village: str
):
    expected = {
        "TNI": soldier,
        "Polri": police,
        "regional_official": official,
        "village_head": village,
    }
    for status, answer in expected.items():
        facts = {"status": status, "act_on": day}
        assert ask("uu_1_2015/188", FAVOURED, PILKADA_2024, facts).applies == answer
        # the ban itself held all of them before
        assert ask("uu_10_2016/71(1)", FAVOURED, PILKADA_2024, facts).applies == "yes"


def test_the_decision_of_the_court_is_an_event_of_the_law_it_reads():
    events = catalogue().instruments["uu_1_2015"].events
    [decision] = [event for event in events if event.by == "MK 136/PUU-XXII/2024"]
    assert (decision.on, decision.touches) == (date(2024, 11, 14), ("188",))


def test_the_separation_of_elections_is_an_event_of_both_election_laws():
    for instrument in ("uu_7_2017", "uu_10_2016"):
        events = catalogue().instruments[instrument].events
        assert (date(2025, 6, 26), "MK 135/PUU-XXII/2024") in {(e.on, e.by) for e in events}


@pytest.mark.parametrize(
    ("day", "old", "new"),
    [
        (date(2020, 9, 9), "no", "no"),
        (date(2020, 9, 10), "yes", "no"),
        (date(2022, 9, 21), "yes", "no"),
        (date(2022, 9, 22), "no", "yes"),
    ],
)
def test_one_joint_decree_follows_the_other(day: date, old: str, new: str):
    facts = {
        "status": "PNS",
        "act_on": day,
        "conduct": ["social_media_support"],
        "object": "candidate",
        "contest_kind": "regent",
        "candidates_confirmed_on": date(2020, 9, 1),
    }
    decree = ask("skb_2020/media", facts)
    assert (decree.applies, ask("skb_2022/D6", facts).applies) == (old, new)
    assert decree.sanctions == ()
    assert not decree.may_propose


def test_the_decree_of_2020_was_about_regional_elections_only():
    facts = {"status": "PNS", "act_on": date(2021, 1, 5), "conduct": ["photo"]}
    assert ask("skb_2020/foto", facts, object="candidate", contest_kind="mayor").applies == "yes"
    assert ask("skb_2020/foto", facts, object="candidate", contest_kind="dpr").applies == "no"


@pytest.mark.parametrize(
    ("day", "letter", "circular"),
    [
        (date(2018, 2, 1), "no", "no"),
        (date(2018, 2, 2), "yes", "no"),
        (date(2023, 9, 28), "yes", "no"),
        (date(2023, 9, 29), "no", "yes"),
    ],
)
def test_a_spouse_on_leave_may_come_and_listen(day: date, letter: str, circular: str):
    facts = {"act_on": day, "conduct": ["attend_passive"], "object": "spouse_candidate"}
    for status in ("PNS", "PPPK"):
        told = {**facts, "status": status, "on_unpaid_leave": True}
        assert ask("b_36_2018/hadir", told).applies == letter
        assert ask("se_18_2023/hadir", told).applies == circular


def test_without_leave_the_spouse_has_no_permission_and_must_take_it():
    facts = {
        "act_on": date(2024, 1, 15),
        "status": "PNS",
        "object": "spouse_candidate",
        "on_unpaid_leave": False,
    }
    for permission, conduct, breach in (
        ("mendampingi", "accompany_registration", "yes"),
        ("hadir", "attend_passive", "unknown"),
    ):
        told = {**facts, "conduct": [conduct]}
        assert ask(f"se_18_2023/{permission}", told).applies == "no"
        duty = ask("se_18_2023/cuti", told)
        assert (duty.applies, duty.effect) == (breach, "requires")
        assert ("C4" in codes(duty)) == (breach == "unknown")
        assert ask("se_18_2023/cuti", told, on_unpaid_leave=True).applies == "no"


def test_a_photo_with_a_spouse_turns_on_the_hand_sign():
    facts = {
        "act_on": date(2024, 1, 15),
        "status": "PPPK",
        "conduct": ["photo"],
        "object": "spouse_candidate",
        "on_unpaid_leave": True,
    }
    answers = {
        sign: (
            ask("se_18_2023/foto", facts, hand_sign=sign).applies,
            ask("se_18_2023/simbol", facts, hand_sign=sign).applies,
        )
        for sign in (True, False, None)
    }
    assert answers == {
        True: ("no", "yes"),
        False: ("yes", "no"),
        None: ("unknown", "unknown"),
    }


@pytest.mark.parametrize(("day", "answer"), [(date(2023, 1, 2), "no"), (date(2023, 1, 3), "yes")])
def test_staff_without_civil_service_status_are_bound_since_january_2023(day: date, answer: str):
    found = ask(
        "se_1_2023/netral",
        status="PPNPN",
        act_on=day,
        conduct=["social_media_support"],
        object="candidate",
    )
    assert found.applies == answer
    assert all(sanction.level == "contract" for sanction in found.sanctions)


# --- windows of a contest -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "confirmed", "voting", "answer"),
    [
        (date(2024, 3, 21), date(2024, 9, 22), date(2024, 11, 27), "no"),
        (date(2024, 3, 22), date(2024, 9, 22), date(2024, 11, 27), "yes"),
        (date(2024, 9, 21), date(2024, 9, 22), date(2024, 11, 27), "yes"),
        (date(2024, 9, 22), date(2024, 9, 22), date(2024, 11, 27), "yes"),
        (date(2024, 11, 27), date(2024, 9, 22), date(2024, 11, 27), "yes"),
        # the confirmation first planned for 2020
        (date(2020, 1, 7), date(2020, 7, 8), date(2020, 9, 23), "no"),
        (date(2020, 1, 8), date(2020, 7, 8), date(2020, 9, 23), "yes"),
    ],
)
def test_the_ban_on_replacing_officials_begins_six_months_before_confirmation(
    day: date, confirmed: date, voting: date, answer: str
):
    facts = {
        "act_on": day,
        "contest_kind": "regent",
        "candidates_confirmed_on": confirmed,
        "voting_on": voting,
        "inaugurated_on": date(2016, 2, 17),
        "incumbent": True,
    }
    for rule in ("uu_10_2016/71(2)", "uu_10_2016/71(5)", "uu_1_2015/190"):
        assert ask(rule, REPLACED, facts).applies == answer, rule
    assert ask("uu_10_2016/71(2)", {**REPLACED, **facts}, minister_consent=True).applies == "no"


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        (date(2024, 12, 31), "yes"),
        (date(2025, 2, 20), "yes"),
        (date(2025, 2, 21), "no"),
    ],
)
def test_the_ban_ends_with_the_term(day: date, answer: str):
    facts = {**REPLACED, **PILKADA_2024, "act_on": day, "term_ends_on": date(2025, 2, 20)}
    assert ask("uu_10_2016/71(2)", facts).applies == answer
    del facts["term_ends_on"]
    without = ask("uu_10_2016/71(2)", facts)
    assert (without.applies, without.missing) == ("unknown", ("term_ends_on",))


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        (date(2025, 2, 19), "no"),
        (date(2025, 2, 20), "yes"),
        (date(2025, 8, 19), "yes"),
        (date(2025, 8, 20), "unknown"),
        (date(2025, 8, 21), "no"),
    ],
)
def test_for_six_months_from_inauguration_a_replacement_needs_consent(day: date, answer: str):
    facts = {"act_on": day, "inaugurated_on": date(2025, 2, 20)}
    found = ask("uu_10_2016/162(3)", REPLACED, facts)
    assert found.applies == answer
    assert ("last_day_of_six_months" in codes(found)) == (answer == "unknown")


def test_until_july_2016_consent_did_not_help():
    facts = {"inaugurated_on": date(2016, 3, 1), "minister_consent": True}
    for day, old in ((date(2016, 6, 30), "yes"), (date(2016, 7, 1), "no")):
        told = {**REPLACED, **facts, "act_on": day}
        assert ask("uu_1_2015/162(3)", told).applies == old
        assert ask("uu_10_2016/162(3)", told).applies == "no"


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        (date(2024, 3, 21), "no"),
        (date(2024, 3, 22), "yes"),
        (date(2025, 1, 9), "yes"),
        (date(2025, 1, 10), "no"),
    ],
)
def test_programmes_may_not_be_used_until_the_elected_pair_is_confirmed(day: date, answer: str):
    facts = {
        "status": "regional_head",
        "conduct": ["programme_used"],
        "object": "contestant",
        "act_on": day,
        "elected_confirmed_on": date(2025, 1, 9),
    }
    assert ask("uu_10_2016/71(3)", PILKADA_2024, facts).applies == answer


def test_only_an_incumbent_loses_his_candidacy():
    facts = {**REPLACED, **PILKADA_2024, "act_on": date(2024, 4, 1)}
    lost = ask("uu_10_2016/71(5)", facts, incumbent=True)
    assert (lost.applies, [sanction.level for sanction in lost.sanctions]) == ("yes", ["candidacy"])
    assert ask("uu_10_2016/71(5)", facts, incumbent=False).applies == "no"
    assert ask("uu_10_2016/71(6)", facts, incumbent=False).applies == "yes"


def test_an_acting_head_is_bound_too():
    facts = {**REPLACED, **PILKADA_2024, "status": "PNS", "post_level": "jpt_madya"}
    facts["act_on"] = date(2024, 6, 1)
    for rule in ("uu_10_2016/71(4)", "uu_1_2015/190", "pp_49_2008/132A(1)a"):
        assert ask(rule, facts, acting_head=True).applies == "yes", rule
        assert ask(rule, facts, acting_head=False).applies == "no", rule


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        (date(2023, 11, 27), "no"),
        (date(2023, 11, 28), "yes"),
        (date(2024, 2, 10), "yes"),
        (date(2024, 2, 11), "no"),
    ],
)
def test_favouring_a_participant_is_forbidden_on_campaign_days(day: date, answer: str):
    facts = {"status": "state_official", "act_on": day, "contest_kind": "president"}
    assert ask("uu_7_2017/282", FAVOURED, PEMILU_2024, facts).applies == answer
    crime = ask("uu_7_2017/547", FAVOURED, PEMILU_2024, facts)
    assert crime.applies == answer
    assert not crime.may_propose


@pytest.mark.parametrize(
    ("day", "answer"),
    [(date(2024, 9, 21), "unknown"), (date(2024, 9, 22), "unknown"), (date(2024, 9, 23), "yes")],
)
def test_a_pair_of_candidates_exists_from_confirmation(day: date, answer: str):
    facts = {"status": "village_head", "act_on": day, "object": "contestant"}
    found = ask("uu_10_2016/71(1)", {**FAVOURED, **PILKADA_2024, **facts})
    assert found.applies == answer
    if day == date(2024, 9, 22):
        assert "confirmation_day" in codes(found)


def test_an_election_law_says_nothing_about_the_other_elections():
    general = {**FAVOURED, **PEMILU_2024, "act_on": date(2024, 1, 5), "status": "village_head"}
    regional = {**FAVOURED, **PILKADA_2024, "act_on": date(2024, 10, 5), "status": "village_head"}
    assert ask("uu_7_2017/490", general, contest_kind="dpr").applies == "yes"
    assert ask("uu_7_2017/490", regional).applies == "no"
    assert ask("uu_1_2015/188", regional).applies == "yes"
    assert (
        ask(
            "uu_1_2015/188",
            general,
            contest_kind="dpr",
            candidates_confirmed_on=date(2023, 11, 3),
        ).applies
        == "no"
    )


# --- who is bound, and by whom judged -------------------------------------------------------------


def test_village_officers_go_to_the_regent_and_never_to_bkn():
    facts = {
        "act_on": date(2024, 10, 10),
        "conduct": ["attend_active", "party_member", "favouring_decision"],
        "event": "campaign",
        "object": "candidate",
        "party_officer": True,
    }
    for status in ("village_head", "village_apparatus", "village_council"):
        found = [
            one
            for one in evaluate({**facts, **PILKADA_2024, "status": status})
            if one.applies != "no"
        ]
        assert found
        assert all("bkn" not in one.authority for one in found)
        assert all("bkn" not in one.norm for one in found)
        of_village = [one for one in found if one.area == "village"]
        assert of_village
        assert all("regent" in one.authority for one in of_village)


@pytest.mark.parametrize(("status", "authority"), [("TNI", "commander"), ("Polri", "police")])
def test_soldiers_and_police_answer_to_their_own_command(status: str, authority: str):
    facts = {
        "act_on": date(2024, 10, 10),
        "status": status,
        "conduct": ["party_member"],
    }
    applying = [one for one in evaluate(facts) if one.applies == "yes" and one.area == "forces"]
    assert applying
    assert {one.authority for one in applying} == {authority}


def test_the_candidate_is_punished_for_involving_officials_and_not_the_official():
    facts = {**PILKADA_2024, "act_on": date(2024, 10, 10), "conduct": ["involve_officials"]}
    for status in STATUSES:
        found = ask("uu_8_2015/189", facts, status=status, deliberate=True)
        assert found.applies == ("yes" if status == "candidate" else "no"), status


def test_reports_are_counted_in_other_days_in_each_kind_of_election():
    facts = {"act_on": date(2024, 10, 10), "conduct": ["report_filed"]}
    for contest, general, regional in (("dpr", "yes", "no"), ("regent", "no", "yes")):
        told = {**facts, "contest_kind": contest}
        assert ask("uu_7_2017/454(6)", told).applies == general
        assert ask("uu_8_2015/1(28)", told).applies == regional
        assert ask("uu_8_2015/134(4)", told).applies == regional


# --- decided public cases, without names ----------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "confirmed", "fine"),
    [
        # Pasaman Barat: at a candidate's campaign; decided 17-11-2020. Only the month is known.
        (date(2020, 10, 15), date(2020, 9, 23), 5_000_000),
        # Bandung: campaigning on 23-03-2018; decided 26-04-2018
        (date(2018, 3, 23), date(2018, 2, 12), 2_500_000),
    ],
)
def test_a_fined_village_head_is_found_with_a_range_that_contains_the_fine(
    day: date, confirmed: date, fine: int
):
    facts = {
        "act_on": day,
        "status": "village_head",
        "conduct": ["attend_active"],
        "object": "candidate",
        "contest_kind": "regent",
        "candidates_confirmed_on": confirmed,
        "deliberate": True,
        "decided_on": date(2020, 11, 17),
    }
    # what a reporter saw: a judge must weigh whether it is an act that favours
    for rule in ("uu_10_2016/71(1)", "uu_1_2015/188"):
        seen = ask(rule, facts)
        assert (seen.applies, seen.missing) == ("unknown", ())
        assert {doubt.code for doubt in seen.judgements} >= {"act_that_favours"}
    # what the court found
    facts["conduct"] = ["attend_active", "favouring_decision"]
    crime = ask("uu_1_2015/188", facts)
    assert (crime.applies, crime.may_propose) == ("yes", True)
    assert {"UU 1/2015 ps 188", "UU 10/2016 ps 71"} <= set(crime.citations)
    assert within(crime, fine_rupiah=fine)
    assert not within(crime, fine_rupiah=6_000_001)
    assert not within(crime, fine_rupiah=599_999)


def test_the_village_head_of_pemalang_is_found_under_the_election_law():
    """Favoured a contestant in the campaign; decided 19-02-2019: one month and Rp1,000,000."""
    facts = {
        **FAVOURED,
        **PEMILU_2019,
        "act_on": date(2018, 12, 15),
        "status": "village_head",
        "contest_kind": "dprd_regency",
    }
    crime = ask("uu_7_2017/490", facts)
    assert (crime.applies, crime.may_propose) == ("yes", True)
    assert within(crime, prison_months=1, fine_rupiah=1_000_000)
    assert not within(crime, prison_months=13, fine_rupiah=1_000_000)
    # the law says prison and fine, not one of them
    assert not within(crime, fine_rupiah=1_000_000)


def test_whether_a_prison_term_is_suspended_is_nowhere_in_the_range():
    measures = {
        measure.what
        for sanction in catalogue().norms["uu_7_2017/490"].sanctions
        for measure in sanction.range
    }
    assert measures == {"prison_months", "fine_rupiah"}


def test_every_crime_states_its_range_in_numbers():
    for norm in catalogue().norms.values():
        for sanction in norm.sanctions:
            if sanction.level == "criminal" and norm.area in {
                "election_crime",
                "regional_election",
            }:
                assert sanction.range, norm.id


# --- nobody is accused of more than the law says ---------------------------------------------------


@pytest.mark.parametrize(
    ("day", "applies"),
    [("2022-09-21", "unknown"), ("2022-09-22", "yes"), ("2012-02-10", "unknown")],
)
def test_the_list_of_ethics_does_not_reach_back_before_the_decree(day, applies):
    facts = {
        "act_on": day,
        "candidates_confirmed_on": "2024-09-22",
        "status": "PNS",
        "conduct": ["display_props"],
        "object": "aspirant",
    }
    assert ask("pp_42_2004/11c", facts).applies == applies


@pytest.mark.parametrize(("day", "applies"), [("2020-09-09", "unknown"), ("2020-09-10", "yes")])
def test_a_like_for_an_aspirant_is_settled_only_from_the_decree_of_2020(day, applies):
    facts = {
        "act_on": day,
        "candidates_confirmed_on": "2020-09-23",
        "status": "PNS",
        "conduct": ["social_media_support"],
        "object": "aspirant",
    }
    found = ask("uu_5_2014/9(2)", facts)
    assert found.applies == applies
    assert ("C21" in {doubt.code for doubt in found.doubts}) == (applies == "unknown")


@pytest.mark.parametrize(
    ("registered", "applies"), [(True, "yes"), (False, "unknown"), (None, "unknown")]
)
def test_who_helps_a_team_unregistered_is_not_called_a_criminal(registered, applies):
    facts = {
        "act_on": "2024-01-07",
        "status": "PNS",
        "conduct": ["campaign_team"],
        "object": "candidate",
        "contest_kind": "dpr",
        "campaign_starts_on": "2023-11-28",
        "campaign_ends_on": "2024-02-10",
        "registered_team": registered,
    }
    assert ask("uu_7_2017/494", facts).applies == applies
    assert ask("uu_7_2017/280(3)", facts).applies == applies


def test_who_only_listens_at_a_declaration_in_2020_is_not_answered_for():
    facts = {
        "act_on": "2020-09-15",
        "status": "PNS",
        "conduct": ["attend_passive"],
        "event": "declaration",
        "object": "aspirant",
        "contest_kind": "regent",
    }
    assert ask("skb_2020/deklarasi", facts).applies == "unknown"


def test_the_circular_for_spouses_is_not_stretched_to_later_elections():
    facts = {
        "status": "PNS",
        "conduct": ["accompany_registration"],
        "object": "spouse_candidate",
        "on_unpaid_leave": True,
    }
    assert ask("se_18_2023/mendampingi", facts, act_on="2024-08-28").applies == "yes"
    assert ask("se_18_2023/mendampingi", facts, act_on="2028-08-28").applies == "unknown"


def test_a_teacher_may_vote():
    facts = {
        "act_on": "2024-02-14",
        "status": "PNS",
        "conduct": ["vote_cast"],
        "contest_kind": "president",
    }
    assert ask("uu_7_2017/198(1)", facts).applies == "yes"
    assert ask("uu_7_2017/200", facts).applies == "no"


def test_bkn_never_sanctions_who_is_no_official_of_an_agency():
    for status in ("TNI", "Polri", "village_head", "village_apparatus", "candidate"):
        for rule in ("perpres_116_2022/19(2)", "perpres_116_2022/20(2)", "perbkn_1_2023/blokir"):
            facts = {"act_on": "2024-05-06", "status": status, "conduct": ["audit_ignored"]}
            assert ask(rule, facts).applies == "no", (status, rule)
