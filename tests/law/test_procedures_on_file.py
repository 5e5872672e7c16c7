"""What a lawyer would check in the files: who decides, within what term, what may be done against it.

The table of terms is written out by hand from the articles; the walks take every outcome of every
file through the engine.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest

from timbang.law.guards import HEARD
from timbang.law.procedure import (
    GUARDS,
    Outcome,
    Procedure,
    Step,
    Term,
    due,
    fitting,
    is_end,
    key,
    on_file,
    take,
    to_json,
)
from timbang.law.proof import prove
from timbang.law.refusal import Refusal
from timbang.law.steps import ACTING_ROLES, OURS

FILES = {procedure.id: procedure for procedure in on_file()}
PARTS = {
    part.id: part
    for procedure in FILES.values()
    for part in (procedure, *(procedure.track(track.code) for track in procedure.tracks))
}
ALL = dict.fromkeys(GUARDS, True)
CASES = [name for name, procedure in FILES.items() if not procedure.is_policy]
REVIEWS = {"objection", "administrative_appeal"}
VILLAGE = ["village_head", "village_apparatus", "village_council"]
TODAY = date(2026, 11, 22)

HARI = "unknown"  # the source says "hari" and not which


def outcomes(procedure: Procedure) -> Iterator[tuple[Step, Outcome]]:
    return ((step, outcome) for step in procedure.steps for outcome in step.outcomes)


def outcome(procedure: str, step: str, code: str) -> Outcome:
    return next(found for found in PARTS[procedure].step(step).outcomes if found.code == code)


def go(procedure: Procedure, step: str, found: Outcome, **changes: object) -> str:
    arguments = {"organ_kind": found.actor, "roles": ACTING_ROLES, "guards": ALL, **changes}
    return take(procedure, step, found.code, **arguments)


# --- walks ---------------------------------------------------------------------------------------


def walked(procedure: Procedure, start: str) -> tuple[set[str], set[str]]:
    """Every outcome and every end that the engine lets a case reach from a start."""
    seen: set[tuple[str, frozenset[tuple[str, int]]]] = set()
    taken_ones, ends = set(), set()
    waiting: list[tuple[str, dict[str, int]]] = [(start, {})]
    while waiting:
        at, taken = waiting.pop()
        state = (at, frozenset(taken.items()))
        if state in seen:
            continue
        seen.add(state)
        for found in procedure.step(at).outcomes:
            name = key(at, found.code)
            if found.at_most is not None and taken.get(name, 0) >= found.at_most:
                continue
            to = go(procedure, at, found, taken=taken)
            taken_ones.add(name)
            if is_end(to):
                ends.add(procedure.end(to).code)
            else:
                more = {name: taken.get(name, 0) + 1} if found.at_most is not None else {}
                waiting.append((to, taken | more))
    return taken_ones, ends


@pytest.mark.parametrize("name", PARTS)
def test_every_outcome_and_every_end_of_a_file_is_reached_by_the_engine(name):
    procedure = PARTS[name]
    found = [walked(procedure, start) for start in procedure.starts]
    assert all(ends for _, ends in found)
    lapses = {
        step.lapse.to.removeprefix("end:")
        for step in procedure.steps
        if step.lapse and step.lapse.to and is_end(step.lapse.to)
    }
    reached = set.union(*(ends for _, ends in found)) | lapses
    assert reached == {end.code for end in procedure.ends}
    every = {key(step.code, one.code) for step, one in outcomes(procedure)}
    assert set.union(*(taken for taken, _ in found)) == every


@pytest.mark.parametrize("name", PARTS)
def test_no_outcome_is_taken_while_one_thing_that_it_needs_is_missing(name):
    for step, found in outcomes(PARTS[name]):
        for guard in found.requires:
            for answer in (False, None):
                with pytest.raises(Refusal) as refused:
                    go(PARTS[name], step.code, found, guards={**ALL, guard: answer})
                words = GUARDS[guard].missing if answer is False else GUARDS[guard].holds
                assert words.id in refused.value.message.id
                assert words.en in refused.value.message.en


@pytest.mark.parametrize("name", PARTS)
def test_no_other_organ_takes_an_outcome_that_is_not_its_own(name):
    for step, found in outcomes(PARTS[name]):
        others = {one.actor for _, one in outcomes(PARTS[name])} - {found.actor, *step.recorders}
        for organ in others:
            with pytest.raises(Refusal):
                go(PARTS[name], step.code, found, organ_kind=organ)


@pytest.mark.parametrize("name", FILES)
def test_every_file_is_proved_beside_all_the_others(name):
    proof = prove(FILES[name], FILES.values())
    assert [str(problem) for problem in proof.problems] == []
    assert proof.longest is not None


@pytest.mark.parametrize(
    ("name", "organ"),
    [
        ("sbt_neutrality", "bawaslu"),
        ("pemilu_report", "bawaslu"),
        ("pemilihan_report", "bawaslu"),
        ("village_officials", "bawaslu"),
        ("inspectorate_examination", "inspectorate"),
        ("observer_referral", "observer"),
        ("ombudsman", "ombudsman"),
        ("administrative_appeal", "bpasn"),
        ("ethics_council", "appointing_officer"),
        ("discipline_pp_94", "appointing_officer"),
        ("pppk_discipline", "appointing_officer"),
        ("service_complaint", "service_provider"),
    ],
)
def test_an_office_that_works_alone_is_never_stuck_behind_a_silent_one(name, organ):
    """From every step that its cases reach there is a way out by its own acts or by a lapse."""
    procedure = FILES[name]
    own = [start for start in procedure.starts if procedure.step(start).actor == organ]
    reach = list(own)
    for code in reach:
        for found in procedure.step(code).outcomes:
            if not is_end(found.to) and found.to not in reach:
                reach.append(found.to)
    for code in reach:
        assert code in _left_alone(procedure, organ), code


def _left_alone(procedure: Procedure, organ: str) -> set[str]:
    out: set[str] = set()
    for _ in procedure.steps:
        for step in procedure.steps:
            ways = [one.to for one in step.outcomes if one.actor == organ and not one.at_most]
            ways += [step.lapse.to] if step.lapse and step.lapse.to else []
            if any(is_end(to) or to in out for to in ways):
                out.add(step.code)
    return out


# --- sanctions, hearings, remedies ----------------------------------------------------------------


def sanctions() -> Iterator[tuple[Procedure, Step, Outcome]]:
    return (
        (procedure, step, found)
        for procedure in PARTS.values()
        for step, found in outcomes(procedure)
        if found.records_sanction
    )


def test_a_heavy_sanction_is_never_recorded_without_an_examination_team():
    heavy = [
        (procedure, step, found)
        for procedure, step, found in sanctions()
        if {"berat", "dismissal"} & set(found.sanctions) and procedure.id not in REVIEWS
    ]
    assert {procedure.id for procedure, _, _ in heavy} == {
        "discipline_pp_94",
        "inspectorate_examination",
        "kasn_neutrality",
        "sbt_neutrality",
    }
    for procedure, step, found in heavy:
        with pytest.raises(Refusal, match="tim pemeriksa"):
            go(procedure, step.code, found, guards={**ALL, "team_formed": False})


def test_no_sanction_is_recorded_of_somebody_who_was_not_heard():
    for procedure, step, found in sanctions():
        with pytest.raises(Refusal):
            go(procedure, step.code, found, guards={**ALL, HEARD: False})


def test_a_moral_sanction_waits_for_the_ethics_council():
    moral = [row for row in sanctions() if "moral" in row[2].sanctions]
    assert moral
    for procedure, step, found in moral:
        with pytest.raises(Refusal, match="Majelis Kode Etik"):
            go(procedure, step.code, found, guards={**ALL, "ethics_council_heard": False})
        assert found.remedy_unknown is not None
        assert not found.remedies


def test_dismissal_leads_to_the_appeals_board_and_lighter_sanctions_to_objection():
    for procedure, _, found in sanctions():
        if procedure.id in REVIEWS or found.remedy_unknown is not None:
            continue
        ways = {procedure.remedy(code).procedure for code in found.remedies}
        if "dismissal" in found.sanctions or found.sanctions == ("contract",):
            assert ways == {"administrative_appeal"}, (procedure.id, found.code)
        elif set(found.sanctions) & {"ringan", "sedang", "berat"}:
            assert ways == {"objection"}, (procedure.id, found.code)


def test_after_objection_and_appeal_the_way_to_court_stays_open():
    for name in REVIEWS:
        (remedy,) = FILES[name].remedies
        assert remedy.procedure == "court"
        assert remedy.term is None
        assert remedy.term_unknown is not None
        kept = [one for _, one in outcomes(FILES[name]) if one.code in {"confirm", "make_heavier"}]
        assert kept
        assert all(one.remedies == ("court",) for one in kept)


def test_who_receives_studies_or_supervises_imposes_no_sanction():
    punish = {found.actor for _, _, found in sanctions()}
    assert punish == {"appointing_officer", "higher_officer", "regent", "bpasn"}


@pytest.mark.parametrize(
    "name", ["pemilu_report", "pemilihan_report", "observer_referral", "forces_referral"]
)
def test_where_nobody_may_punish_no_end_is_a_sanction(name):
    assert all(end.kind != "sanction" for end in FILES[name].ends)


def test_the_ombudsman_recommends_and_never_punishes():
    assert all(end.kind != "sanction" for end in FILES["ombudsman"].ends)
    assert outcome("ombudsman", "publish", "published").to == "end:published"
    lapse = FILES["ombudsman"].step("carry_out").lapse
    assert lapse is not None
    assert lapse.to == "publish"


def test_whoever_is_not_proven_to_have_done_it_gets_a_letter_that_says_so():
    for procedure in PARTS.values():
        cleared = {f"end:{end.code}" for end in procedure.ends if end.kind == "cleared"}
        for step, found in outcomes(procedure):
            if found.to in cleared:
                assert "clearing_letter_produced" in found.requires, (procedure.id, step.code)
            if step.lapse:
                assert step.lapse.to not in cleared


def test_time_alone_never_punishes_anybody():
    for procedure in PARTS.values():
        punished = {f"end:{end.code}" for end in procedure.ends if end.kind == "sanction"}
        assert all(step.lapse is None or step.lapse.to not in punished for step in procedure.steps)


def test_only_the_statutes_on_services_let_an_incomplete_complaint_lapse():
    """And a measure that went straight to execution, by a rule of this register."""
    by_time = {
        (procedure.id, step.code, step.lapse.to)
        for procedure in PARTS.values()
        for step in procedure.steps
        if step.lapse and step.lapse.to and is_end(step.lapse.to)
    }
    assert by_time == {
        ("service_complaint", "completion", "end:not_completed"),
        ("ombudsman", "completion", "end:not_completed"),
        ("objection", "own_review", "end:silent"),
        ("objection", "superior_review", "end:silent"),
        ("objection/officer_answer", "answer", "end:no_answer"),
        ("administrative_appeal/officer_answer", "answer", "end:no_answer"),
        ("policy_decision", "direct_execution", "end:lapsed"),
    }


# --- discipline -----------------------------------------------------------------------------------


def test_who_stays_away_twice_is_judged_on_the_evidence_and_not_before():
    rules = FILES["discipline_pp_94"]
    absent = outcome("discipline_pp_94", "second_summons", "absent_again")
    assert go(rules, "second_summons", absent) == "decide"
    assert absent.citation == "PP 94/2021 ps 26(4)"
    for summons in ("first_summons_proven", "second_summons_proven"):
        with pytest.raises(Refusal):
            go(rules, "second_summons", absent, guards={**ALL, summons: False})
    first = {one.to for one in rules.step("first_summons").outcomes}
    assert "decide" not in first


def test_a_hearing_has_minutes_signed_or_the_refusal_noted():
    needed = outcome("discipline_pp_94", "examination", "examined").requires
    assert {"hearing_held", "minutes_signed_or_refusal_noted"} <= set(needed)


def test_a_breach_that_turns_out_heavy_goes_back_to_a_team_once():
    found = outcome("discipline_pp_94", "examination", "team_needed")
    assert (found.to, found.at_most) == ("team", 1)


def test_the_15th_day_is_read_both_ways_and_the_decision_waits_for_the_later_one():
    """Received on 14 July 2026: the 15th working day is 4 August, the 15th day 29 July."""
    term = FILES["discipline_pp_94"].step("effect").term
    assert term is not None
    answer = due(term, date(2026, 7, 14))
    assert (answer.safe_day, answer.last_day) == (date(2026, 7, 29), date(2026, 8, 4))
    lapse = FILES["discipline_pp_94"].step("effect").lapse
    assert lapse is not None
    assert lapse.to == "record"


def test_a_temporary_release_runs_beside_the_case_and_needs_a_heavy_suspicion():
    track = PARTS["discipline_pp_94/temporary_release"]
    release = outcome(track.id, "consider_release", "release")
    assert "serious_suspected" in release.requires
    assert track.step("released").term is None


def test_contract_staff_are_never_judged_under_the_rules_of_permanent_staff():
    for step, found in outcomes(FILES["pppk_discipline"]):
        cited = [step.citation, found.citation, step.term and step.term.citation]
        assert not any("PP 94" in text for text in cited if text)
        if found.records_sanction:
            assert "employer_rule_named" in found.requires
    assert "PPPK" not in (FILES["discipline_pp_94"].handles.statuses or ())
    assert FILES["pppk_discipline"].step("deliver").term is None


def test_the_appointing_officer_reviews_himself_where_the_regulation_says_so_and_nowhere_else():
    reviews = {
        (name, point.at[0], point.citation)
        for name, procedure in FILES.items()
        for point in prove(procedure).self_reviews
    }
    assert reviews == {("objection", "own_review", "PP 79/2021 ps 3(2)")}


def test_who_decided_a_case_does_not_sit_on_the_superiors_review_of_it():
    rules, confirm = FILES["objection"], outcome("objection", "superior_review", "confirm")
    assert go(rules, "superior_review", confirm) == "end:confirmed"
    with pytest.raises(Refusal):
        go(rules, "superior_review", confirm, acted_at={"discipline_pp_94/decide"})
    own = outcome("objection", "own_review", "confirm")
    assert go(rules, "own_review", own, acted_at={"discipline_pp_94/decide"}) == "end:confirmed"


def test_a_late_objection_is_inadmissible_and_not_decided():
    rules = FILES["objection"]
    for code in ("confirm", "lighten", "make_heavier", "change", "cancel"):
        with pytest.raises(Refusal, match="tenggat"):
            go(
                rules,
                "own_review",
                outcome("objection", "own_review", code),
                guards={**ALL, "objection_in_time": False},
            )
    assert outcome("objection", "own_review", "inadmissible").citation == "PP 79/2021 ps 4(2)-(3)"


def test_the_appeals_board_decides_only_with_enough_members():
    for found in FILES["administrative_appeal"].step("review").outcomes:
        assert "session_quorate" in found.requires


# --- elections, villages, forces ------------------------------------------------------------------


@pytest.mark.parametrize("name", ["pemilu_report", "pemilihan_report"])
def test_a_report_is_registered_when_it_is_complete_and_in_time(name):
    register = outcome(name, "initial_study", "register")
    assert {"formal_complete", "material_complete", "in_time"} <= set(register.requires)
    late = outcome(name, "initial_study", "too_late")
    assert late.to == "end:prior_information"
    assert outcome(name, "completion", "not_completed").to == "end:prior_information"


@pytest.mark.parametrize("name", ["pemilu_report", "pemilihan_report"])
def test_a_crime_goes_to_the_police_after_the_joint_centre_and_within_24_hours(name):
    procedure = FILES[name]
    assert "coordinated_with_gakkumdu" in outcome(name, "study", "crime").requires
    assert procedure.step(outcome(name, "study", "crime").to).code == "to_police"
    for step in (procedure.step("to_police"), procedure.track("crime").step("crime_to_police")):
        assert step.term is not None
        assert (step.term.length, step.term.unit) == (24, "hours")


@pytest.mark.parametrize("name", ["pemilu_report", "pemilihan_report"])
def test_a_crime_does_not_hold_up_the_breach_of_other_laws(name):
    both = outcome(name, "study", "crime_and_other_law")
    assert (both.to, both.opens_track) == ("forward", "crime")


def test_only_the_law_of_general_elections_knows_a_route_for_other_laws():
    assert "455(1) huruf c" in (outcome("pemilu_report", "study", "other_law").citation or "")
    assert "135" not in (outcome("pemilihan_report", "study", "other_law").citation or "")
    assert outcome("pemilihan_report", "study", "administrative").to == "end:to_kpu"
    assert outcome("pemilu_report", "study", "ethics").to == "end:to_dkpp"


def test_three_calendar_days_of_a_regional_election_run_over_the_weekend():
    term = FILES["pemilihan_report"].step("study").term
    assert term is not None
    assert due(term, date(2024, 10, 4)).last_day == date(2024, 10, 7)  # Friday to Monday


def test_a_study_of_a_general_election_is_safe_in_7_days_and_late_after_14_working_days():
    term = FILES["pemilu_report"].step("study").term
    assert term is not None
    answer = due(term, date(2023, 12, 1))
    assert answer.safe_day == date(2023, 12, 8)
    assert answer.last_day == date(2023, 12, 21)


def test_an_observer_is_warned_by_the_earliest_of_the_three_terms_for_reporting():
    term = FILES["observer_referral"].step("verify").term
    assert term is not None
    answer = due(term, date(2024, 9, 30))  # a Monday
    assert (answer.safe_day, answer.last_day) == (date(2024, 10, 7), date(2024, 10, 9))


def test_a_village_officials_case_never_passes_bkn():
    village = FILES["village_officials"]
    for step in village.steps:
        organs = {step.actor, *step.recorders, *(one.actor for one in step.outcomes)}
        organs |= {step.lapse.escalates_to} if step.lapse and step.lapse.escalates_to else set()
        assert "bkn" not in organs
        assert "task_force" not in organs
    for status in VILLAGE:
        found = [one.id for one in fitting("neutrality", status, "pemilihan", "regent", TODAY)]
        assert found[0] == "village_officials"
        assert not {"sbt_neutrality", "discipline_pp_94", "ethics_council"} & set(found)


def test_a_village_head_is_reprimanded_before_he_is_suspended_and_suspended_before_dismissed():
    village = FILES["village_officials"]
    assert {one.to for one in village.step("decide").outcomes if one.records_sanction} == {
        "after_reprimand"
    }
    for step, code in (("after_reprimand", "suspend"), ("after_suspension", "dismiss")):
        found = outcome("village_officials", step, code)
        assert "reprimand_not_obeyed" in found.requires
        assert HEARD in found.requires


@pytest.mark.parametrize("status", ["TNI", "Polri"])
def test_members_of_the_forces_go_to_their_own_command_and_nobody_here_decides(status):
    found = [one.id for one in fitting("neutrality", status, None, "task_force", TODAY)]
    assert found[0] == "forces_referral"
    assert "sbt_neutrality" not in found
    assert {end.kind for end in FILES["forces_referral"].ends} <= {"cleared", "forwarded", "closed"}


# --- which file for which case --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "status", "contest", "organ", "first"),
    [
        ("neutrality", "PNS", "pemilu", "bawaslu", "pemilu_report"),
        ("neutrality", "PNS", "pemilihan", "bawaslu", "pemilihan_report"),
        ("neutrality", "PNS", None, "bawaslu", "sbt_neutrality"),
        ("neutrality", "PNS", "pemilihan", "task_force", "sbt_neutrality"),
        ("neutrality", "PNS", "pemilihan", "bkn", "sbt_neutrality"),
        ("neutrality", None, None, "bawaslu", "sbt_neutrality"),
        ("neutrality", None, None, "task_force", "sbt_neutrality"),
        ("neutrality", None, None, "inspectorate", "inspectorate_examination"),
        ("neutrality", "candidate", "pemilihan", "bawaslu", "pemilihan_report"),
        ("neutrality", "village_head", None, "bawaslu", "village_officials"),
        ("neutrality", "PNS", "pemilu", "observer", "observer_referral"),
        ("discipline", "PNS", None, "inspectorate", "inspectorate_examination"),
        ("discipline", "PNS", None, "appointing_officer", "discipline_pp_94"),
        ("discipline", "PPPK", None, "appointing_officer", "pppk_discipline"),
        ("discipline", "PPNPN", None, "appointing_officer", "pppk_discipline"),
        ("discipline", "village_head", None, "regent", "village_officials"),
        ("service", "service_provider", None, "service_provider", "service_complaint"),
        ("service", None, None, "ombudsman", "ombudsman"),
        ("maladministration", None, None, "ombudsman", "ombudsman"),
    ],
)
def test_a_case_gets_the_procedure_that_the_law_has_for_it(kind, status, contest, organ, first):
    assert fitting(kind, status, contest, organ, TODAY)[0].id == first


def test_remedies_are_opened_by_a_sanction_and_never_by_a_report():
    for name in REVIEWS:
        assert FILES[name].handles.kinds == ()


def test_kasn_takes_no_case_from_the_day_on_which_the_shared_route_begins():
    last, first = date(2024, 8, 23), date(2024, 8, 24)
    for day, name, other in (
        (last, "kasn_neutrality", "sbt_neutrality"),
        (first, "sbt_neutrality", "kasn_neutrality"),
    ):
        found = {one.id for one in fitting("neutrality", "PNS", None, "bawaslu", day)}
        assert name in found
        assert other not in found
    codes = {step.code for step in FILES["kasn_neutrality"].steps}
    assert codes == {"verify", "study", "recommend", "act", "follow_up"}


# --- the table of terms ---------------------------------------------------------------------------

# (procedure, step): length, unit, citation, level; other readings and the extension below it.
TERMS = {
    ("pemilu_report", "initial_study"): (2, HARI, "Perbawaslu 7/2022 ps 15(1)", "one_source"),
    ("pemilu_report", "notify_reporter"): (1, HARI, "Perbawaslu 7/2022", "one_source"),
    ("pemilu_report", "finding"): (7, HARI, "UU 7/2017 ps 454(5)", "official_text"),
    ("pemilu_report", "study"): (7, HARI, "UU 7/2017 ps 454(7)", "official_text"),
    ("pemilu_report", "to_police"): (24, "hours", "UU 7/2017 ps 476(1)", "one_copy"),
    ("pemilu_report/crime", "crime_to_police"): (24, "hours", "UU 7/2017 ps 476(1)", "one_copy"),
    ("pemilihan_report", "finding"): (7, "days", "UU 8/2015 ps 134(4)", "one_copy"),
    ("pemilihan_report", "study"): (3, "days", "UU 8/2015 ps 134(5)", "one_copy"),
    ("pemilihan_report", "to_police"): (24, "hours", "UU 1/2015 ps 135(2)", "one_copy"),
    ("pemilihan_report/crime", "crime_to_police"): (
        *(24, "hours", "UU 1/2015 ps 135(2)"),
        "one_copy",
    ),
    ("observer_referral", "verify"): (7, "workdays", "UU 7/2017 ps 454(6)", "official_text"),
    ("observer_referral", "await_bawaslu"): (
        14,
        "workdays",
        "UU 7/2017 ps 454(8)",
        "official_text",
    ),
    ("sbt_neutrality", "verify"): (7, HARI, "SBT", "two_sources"),
    ("sbt_neutrality", "study"): (3, "workdays", "SBT", "two_sources"),
    ("discipline_pp_94", "first_summons"): (7, "workdays", "PP 94/2021 ps 26(2)", "two_copies"),
    ("discipline_pp_94", "second_summons"): (7, "workdays", "PP 94/2021 ps 26(3)", "two_copies"),
    ("discipline_pp_94", "deliver"): (14, "workdays", "PP 94/2021 ps 37(3)", "two_copies"),
    ("discipline_pp_94", "effect"): (15, HARI, "PP 94/2021 ps 38(1)", "two_copies"),
    ("discipline_pp_94", "await_remedy"): (65, "workdays", "PP 79/2021 ps 13(4)", "one_copy"),
    ("pppk_discipline", "contract_end"): (14, "workdays", "PP 49/2018 bab IX", "one_copy"),
    ("objection", "own_review"): (21, "workdays", "PP 79/2021 ps 5(1)", "one_copy"),
    ("objection", "superior_review"): (21, "workdays", "PP 79/2021 ps 8(4)", "one_copy"),
    ("objection/officer_answer", "answer"): (6, "workdays", "PP 79/2021 ps 8(3)", "one_copy"),
    ("administrative_appeal", "review"): (65, "workdays", "PP 79/2021 ps 13(4)", "one_copy"),
    ("administrative_appeal/officer_answer", "answer"): (
        *(21, "workdays", "PP 79/2021 ps 13(1)"),
        "one_copy",
    ),
    ("service_complaint", "receive"): (14, HARI, "UU 25/2009 ps 44(3)", "one_copy"),
    ("service_complaint", "completion"): (30, HARI, "UU 25/2009 ps 44(4)", "one_copy"),
    ("service_complaint", "inform"): (5, "workdays", "PermenPANRB 62/2018", "two_sources"),
    ("service_complaint", "settle"): (14, "workdays", "PermenPANRB 62/2018", "two_sources"),
    ("service_complaint", "examine"): (60, HARI, "UU 25/2009 ps 50(1)", "one_copy"),
    ("service_complaint", "tell_granted"): (14, HARI, "UU 25/2009 ps 50(2)", "one_copy"),
    ("service_complaint", "tell_not_proven"): (14, HARI, "UU 25/2009 ps 50(2)", "one_copy"),
    ("ombudsman", "completion"): (30, HARI, "UU 37/2008 ps 25(3)", "one_copy"),
    ("ombudsman", "tell_not_competent"): (7, HARI, "UU 37/2008 ps 27", "one_copy"),
    ("ombudsman", "tell_refused"): (14, HARI, "UU 37/2008 ps 36(2)", "one_copy"),
    ("ombudsman", "tell_none"): (14, HARI, "UU 37/2008 ps 36(2)", "one_copy"),
    ("ombudsman", "correct"): (30, "workdays", "Peraturan Ombudsman 58/2023 ps 54", "one_copy"),
    ("ombudsman", "send_recommendation"): (14, HARI, "UU 37/2008 ps 37(3)", "one_copy"),
    ("ombudsman", "carry_out"): (60, HARI, "UU 37/2008 ps 38(2)", "one_copy"),
}
PRACTICE = {
    ("sbt_neutrality", "verify"),
    ("sbt_neutrality", "study"),
    ("service_complaint", "inform"),
    ("service_complaint", "settle"),
}
READINGS = {
    ("pemilu_report", "study"): {(14, "workdays", "UU 7/2017 ps 454(8)")},
    ("observer_referral", "verify"): {
        (7, HARI, "Perbawaslu 7/2022 ps 8(3)"),
        (7, "days", "UU 8/2015 ps 134(4)"),
    },
    ("observer_referral", "await_bawaslu"): {
        (7, HARI, "UU 7/2017 ps 454(7)"),
        (3, "days", "UU 8/2015 ps 134(5)"),
    },
    ("discipline_pp_94", "effect"): {(15, "workdays", "Peraturan BKN 6/2022 ps 50(1)")},
    ("discipline_pp_94", "await_remedy"): {(21, "workdays", "PP 79/2021 ps 5(1), 8(4)")},
    ("service_complaint", "examine"): {(60, "workdays", "PermenPANRB 62/2018")},
    ("ombudsman", "carry_out"): {(60, "workdays", "Peraturan Ombudsman 26/2017")},
}
FILING = {
    "objection": (14, "workdays", "PP 79/2021 ps 4(2)"),
    "objection_to_appointing_officer": (14, "workdays", "PP 79/2021 ps 4(2)"),
    "appeal": (14, "workdays", "PP 79/2021 ps 11(3)"),
    "general_objection": (21, "workdays", "UU 30/2014 ps 77"),
}


def claimed() -> dict[tuple[str, str], Term]:
    """Every term that a file says law or practice gives; our own reminders and rules left out."""
    return {
        (name, step.code): step.term
        for name, part in PARTS.items()
        for step in part.steps
        if step.term is not None and step.term.kind not in OURS
    }


def test_no_file_claims_a_term_that_is_not_in_the_table_and_none_is_forgotten():
    assert set(claimed()) == set(TERMS)


@pytest.mark.parametrize("at", TERMS, ids="/".join)
def test_each_term_is_the_one_of_the_article(at):
    term = claimed()[at]
    length, unit, citation, level = TERMS[at]
    assert (term.length, term.unit, term.level) == (length, unit, level)
    assert (term.citation or "").startswith(citation)
    found = {(one.length, one.unit, one.citation) for one in term.readings}
    wanted = READINGS.get(at, set())
    assert len(found) == len(wanted)
    for length, unit, citation in wanted:
        assert any(row[:2] == (length, unit) and row[2].startswith(citation) for row in found)
    assert (term.kind == "practice") == (at in PRACTICE)


def test_more_information_gives_a_regional_study_two_calendar_days_once():
    extends = claimed()[("pemilihan_report", "study")].extends
    assert extends is not None
    assert (extends.length, extends.unit, extends.at_most) == (2, "days", 1)
    assert extends.citation.startswith("UU 8/2015 ps 134(6)")
    assert [at for at, term in claimed().items() if term.extends] == [("pemilihan_report", "study")]


def test_a_remedy_is_filed_within_the_term_of_its_article():
    for procedure in FILES.values():
        for remedy in procedure.remedies:
            if remedy.term is None:
                assert remedy.code in {"court", "objection_to_superior"}
                continue
            length, unit, citation = FILING[remedy.code]
            assert (remedy.term.length, remedy.term.unit) == (length, unit)
            assert remedy.term.citation == citation
            assert remedy.term.starts == "delivery_proven"


def test_a_day_whose_kind_the_law_leaves_open_is_said_to_be_open():
    for at, term in claimed().items():
        if term.unit == HARI:
            assert term.reason is not None, at
            assert PARTS[at[0]].step(at[1]).open_points, at


# --- wording --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_a_file_says_that_a_withdrawal_does_not_end_the_handling(name):
    assert "tidak menghentikan" in FILES[name].purpose.id
    for _, found in outcomes(FILES[name]):
        assert "cabut" not in found.title.id.lower()
        assert "withdraw" not in found.title.en.lower()


@pytest.mark.parametrize("name", FILES)
def test_a_file_names_public_sources_and_how_well_it_is_known(name):
    assert FILES[name].sources
    assert FILES[name].level is not None
    text = to_json(FILES[name])
    for word in ("/work", "/tmp", "facts.md"):
        assert word not in text


@pytest.mark.parametrize("name", FILES)
def test_titles_of_outcomes_are_distinct_where_an_officer_chooses_between_them(name):
    for part in (FILES[name], *map(FILES[name].track, (one.code for one in FILES[name].tracks))):
        for step in part.steps:
            for language in ("id", "en"):
                titles = [getattr(one.title, language) for one in step.outcomes]
                assert len(set(titles)) == len(titles), (step.code, language)
                assert all(len(title) <= 110 for title in titles)


def test_the_canonical_text_of_each_file_is_whole_json():
    assert all(json.loads(to_json(procedure))["format"] == 2 for procedure in FILES.values())
