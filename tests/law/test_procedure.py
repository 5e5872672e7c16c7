"""The engine: what may be taken, by whom, what must hold, and how a refusal speaks."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timbang.law import procedure as engine
from timbang.law.bilingual import Bilingual, language
from timbang.law.guards import HEARD, OUTSIDE
from timbang.law.procedure import (
    GUARDS,
    ORGANS,
    ROLES,
    Procedure,
    allowed,
    due,
    from_json,
    is_end,
    key,
    needs,
    of_cases,
    procedures,
    start_for,
    take,
    to_json,
)
from timbang.law.refusal import Refusal
from timbang.law.steps import Handles
from timbang.law.workdays import explain
from timbang.law.yaml_file import YamlError

IDS = list(procedures())
ALL = dict.fromkeys(GUARDS, True)
ACTORS = {"receiver", "examiner", "decision_maker"}

SBT = procedures()["sbt_neutrality"]


def go(step: str, outcome: str, organ: str, **changes) -> str:
    arguments = {"roles": ACTORS, "guards": ALL, "procedure": SBT, **changes}
    procedure = arguments.pop("procedure")
    return take(procedure, step, outcome, organ_kind=organ, **arguments)


def refused(step: str, outcome: str, organ: str, **changes) -> Refusal:
    with pytest.raises(Refusal) as raised:
        go(step, outcome, organ, **changes)
    return raised.value


def test_a_report_goes_from_the_task_force_to_a_recorded_sanction():
    assert SBT.start == "verify"
    assert go("verify", "pass_on", "task_force") == "study"
    assert go("study", "recommend", "bawaslu") == "send"
    assert go("send", "hand_over", "bkn") == "act"
    assert go("act", "discipline_sanction", "appointing_officer") == "record_sanction"
    assert go("record_sanction", "recorded", "bkn") == "end:sanction_recorded"
    assert SBT.end("end:sanction_recorded").kind == "sanction"


def test_an_idle_appointing_officer_is_warned_and_then_blocked():
    assert go("act", "no_action", "bkn") == "warn"
    assert go("warn", "warned", "bkn") == "after_warning"
    assert go("after_warning", "no_action", "bkn") == "control"
    assert go("control", "block", "bkn") == "blocked"
    assert go("blocked", "discipline_sanction", "appointing_officer") == "record_sanction"


def test_a_case_may_begin_directly_at_bawaslu():
    assert start_for(SBT, "bawaslu") == "study"
    assert start_for(SBT, "task_force") == "verify"
    assert start_for(SBT, "inspectorate") == SBT.start


def test_what_is_not_proven_ends_cleared():
    for step, outcome, organ in (
        ("verify", "not_proven", "task_force"),
        ("study", "not_proven", "bawaslu"),
        ("record_no_breach", "cleared", "bkn"),
    ):
        assert SBT.end(go(step, outcome, organ)).kind == "cleared"


@pytest.mark.parametrize("procedure", of_cases().values(), ids=list(of_cases()))
def test_no_outcome_lets_a_withdrawal_end_a_case(procedure):
    for step in procedure.steps:
        for outcome in step.outcomes:
            words = outcome.title.id.lower() + outcome.title.en.lower()
            assert "cabut" not in words
            assert "withdraw" not in words
    assert "tidak menghentikan" in procedure.purpose.id


@pytest.mark.parametrize("missing", [False, None], ids=["does not hold", "not known"])
@pytest.mark.parametrize("step", ["act", "after_warning", "blocked"])
def test_no_sanction_is_recorded_without_a_hearing_or_two_summonses(step, missing):
    for outcome in ("discipline_sanction", "moral_sanction"):
        guards = {**ALL, HEARD: missing}
        refusal = refused(step, outcome, "appointing_officer", guards=guards)
        wanted = GUARDS[HEARD].missing if missing is False else GUARDS[HEARD].holds
        assert wanted.id in refusal.message.id
        assert wanted.en in refusal.message.en


def test_a_guard_that_nobody_mentions_is_not_met():
    refusal = refused("verify", "pass_on", "task_force", guards={})
    assert "belum diketahui apakah" in refusal.message.id
    assert "it is not known whether" in refusal.message.en


def test_a_refusal_names_the_article():
    assert refused("act", "discipline_sanction", "appointing_officer", guards={}).norm == (
        "PP 94/2021 ps 26, 27, 29"
    )


def test_a_refusal_without_an_article_of_its_own_names_that_of_the_step_then_of_the_procedure():
    assert refused("study", "return_for_completion", "bawaslu", guards={}).norm == (
        SBT.step("study").citation
    )
    assert refused("verify", "pass_on", "task_force", guards={}).norm == SBT.citation


def test_a_refusal_names_everything_that_is_missing_and_what_is_allowed_instead():
    guards = {**ALL, "study_written": False, "norm_applies": False}
    message = refused("study", "recommend", "bawaslu", guards=guards).message
    assert "the study is not written" in message.en
    assert "no norm is found" in message.en
    assert "What you may do: Return for completion, Find that it is not for this route." in (
        message.en
    )
    assert "kajian tertulis belum dibuat" in message.id
    assert "Kembalikan untuk dilengkapi" in message.id


def test_what_a_refusal_offers_instead_can_be_taken():
    guards = {**ALL, "study_written": False}
    message = refused("study", "recommend", "bawaslu", guards=guards).message
    for outcome in SBT.step("study").outcomes:
        if f" {outcome.title.en}" in message.en.partition("What you may do:")[2]:
            assert go("study", outcome.code, "bawaslu", guards=guards)


def test_an_outcome_of_another_step_is_refused_and_the_allowed_ones_are_named():
    message = refused("send", "block", "bkn").message
    assert "Block personnel data" in message.en
    assert "Hand over to the appointing officer" in message.en


def test_a_code_that_somebody_typed_cannot_break_the_message():
    message = refused("send", "{0.__class__}" + "x" * 9000, "bkn").message
    assert "{0.__class__}" in message.en
    assert len(message.en) < 500


def test_an_unknown_step_is_refused_in_words():
    assert "nowhere" in refused("nowhere", "pass_on", "bkn").message.en


def test_a_refusal_speaks_the_readers_language():
    refusal = refused("send", "block", "bkn")
    token = language.set("en")
    try:
        assert str(refusal.message) == refusal.message.en
    finally:
        language.reset(token)
    assert str(refusal.message) == refusal.message.id


def test_the_right_organ_without_the_right_role_is_told_which_role_it_takes():
    message = refused("study", "recommend", "bawaslu", roles={"examiner"}).message
    assert "as decision maker" in message.en
    assert "sebagai pengambil keputusan" in message.id
    assert "Return for completion" in message.en


@pytest.mark.parametrize("roles", [set(), {"administrator"}, {"auditor"}])
def test_who_manages_officers_or_audits_takes_no_step(roles):
    for procedure in procedures().values():
        for step in procedure.steps:
            for organ in ORGANS:
                assert allowed(procedure, step.code, organ_kind=organ, roles=roles) == ()


@pytest.mark.parametrize("organ", ["inspectorate", "observer"])
def test_an_organ_outside_the_route_can_do_nothing_in_it(organ):
    for step in SBT.steps:
        assert allowed(SBT, step.code, organ_kind=organ, roles=ACTORS) == ()


def test_an_observer_never_records_a_sanction_nor_clears_anybody_by_its_own_act():
    observer = procedures()["observer_referral"]
    for step in observer.steps:
        for outcome in step.outcomes:
            assert not outcome.records_sanction
            if outcome.actor == "observer" and is_end(outcome.to):
                assert observer.end(outcome.to).kind in {"closed", "forwarded"}


def test_the_answer_of_an_outside_organ_is_recorded_only_when_it_is_on_file():
    without = {**ALL, OUTSIDE: False}
    assert go("act", "no_breach", "appointing_officer", guards=without) == "record_no_breach"
    assert (
        GUARDS[OUTSIDE].missing.en in refused("act", "no_breach", "bkn", guards=without).message.en
    )
    assert go("act", "no_breach", "bkn") == "record_no_breach"


def test_a_recorder_needs_one_guard_more_than_the_actor():
    step = SBT.step("act")
    outcome = next(outcome for outcome in step.outcomes if outcome.code == "no_breach")
    assert needs(step, outcome, "appointing_officer") == outcome.requires
    assert needs(step, outcome, "bkn") == (*outcome.requires, OUTSIDE)


def test_a_case_is_returned_for_completion_at_most_once():
    assert go("study", "return_for_completion", "bawaslu") == "verify"
    taken = {key("study", "return_for_completion"): 1}
    message = refused("study", "return_for_completion", "bawaslu", taken=taken).message
    assert "at most 1 times" in message.en
    open_now = allowed(SBT, "study", organ_kind="bawaslu", roles=ACTORS, taken=taken)
    assert "return_for_completion" not in {outcome.code for outcome in open_now}


def test_a_return_at_one_step_leaves_the_return_at_another():
    taken = {key("study", "return_for_completion"): 1}
    assert go("send", "return_for_completion", "bkn", taken=taken) == "study"


def test_a_guard_outside_the_vocabulary_is_the_callers_mistake():
    with pytest.raises(ValueError, match="studie_written"):
        go("study", "recommend", "bawaslu", guards={"studie_written": True})


guards_told = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(GUARDS, st.sampled_from([True, False, None]))
)


@given(
    st.sampled_from(sorted(procedures())),
    st.data(),
    st.sampled_from(sorted(ORGANS)),
    st.sets(st.sampled_from(sorted(ROLES))),
    guards_told,
)
def test_an_outcome_is_taken_exactly_when_it_is_offered_and_every_guard_holds(
    name, data, organ, roles, guards
):
    procedure = procedures()[name]
    step = data.draw(st.sampled_from(procedure.steps))
    outcome = data.draw(st.sampled_from(step.outcomes))
    # read from the plain data of the file, not from the engine
    rules = next(row for row in json.loads(to_json(procedure))["steps"] if row["code"] == step.code)
    rule = next(row for row in rules["outcomes"] if row["code"] == outcome.code)
    wanted = set(rule["requires"])
    if organ != rule["actor"]:
        wanted.add(OUTSIDE)
    may = organ == rule["actor"] or organ in rules["recorders"]
    expected = may and rule["role"] in roles and all(guards.get(code) is True for code in wanted)
    try:
        to = take(procedure, step.code, outcome.code, organ_kind=organ, roles=roles, guards=guards)
    except Refusal as refusal:
        assert not expected
        assert refusal.norm
        assert refusal.message.id
        assert refusal.message.en
    else:
        assert expected
        assert to == rule["to"]


@given(st.sampled_from(sorted(procedures())), st.data())
def test_every_case_comes_to_an_end_whatever_officers_do(name, data):
    """Anyone who may act acts at random; the bound is the number of steps times the returns."""
    procedure = procedures()[name]
    returns = sum(out.at_most or 0 for step in procedure.steps for out in step.outcomes)
    at, taken = procedure.start, {}
    for _ in range((returns + 1) * (len(procedure.steps) + 1)):
        step = procedure.step(at)
        open_now = [
            outcome
            for outcome in step.outcomes
            if taken.get(key(at, outcome.code), 0) < (outcome.at_most or 10**9)
        ]
        outcome = data.draw(st.sampled_from(open_now))
        before = at
        at = take(
            procedure,
            at,
            outcome.code,
            organ_kind=outcome.actor,
            roles={outcome.role},
            guards=ALL,
            taken=taken,
        )
        taken[key(before, outcome.code)] = taken.get(key(before, outcome.code), 0) + 1
        if is_end(at):
            return
    pytest.fail(f"{name} still runs: {taken}")


@pytest.mark.parametrize("procedure", procedures().values(), ids=IDS)
def test_a_running_case_keeps_its_version_word_for_word(procedure):
    text = to_json(procedure)
    again = from_json(text)
    assert again == procedure
    assert again.hash == procedure.hash
    assert to_json(again) == text
    assert json.loads(text)["id"] == procedure.id


def test_a_case_that_began_under_format_1_keeps_its_text_letter_for_letter():
    text = (Path(__file__).parent / "kept/sbt_neutrality_1.json").read_text()
    kept = from_json(text)
    assert kept.format == 1
    assert to_json(kept) == text
    # the hash that version 1.0 wrote into its cases
    assert kept.hash == "bc5879daf7eca193871cf65bcbab3e3d86164aa5a182076d9a32cfe23bfed8eb"
    assert kept.step("verify").term.length == 7
    assert go("study", "recommend", "bawaslu", procedure=kept) == "send"


def test_a_text_of_format_1_knows_no_newer_key():
    kept = json.loads((Path(__file__).parent / "kept/sbt_neutrality_1.json").read_text())
    kept["steps"][0]["reviews"] = ["study"]
    with pytest.raises(YamlError, match="unknown key 'reviews'"):
        from_json(json.dumps(kept))


@pytest.mark.parametrize("procedure", procedures().values(), ids=IDS)
def test_any_change_of_the_rules_is_another_hash(procedure):
    step = procedure.steps[0]
    changed = [
        replace(procedure, version=procedure.version + "x"),
        replace(procedure, title=Bilingual(procedure.title.id, procedure.title.en + ".")),
        replace(procedure, steps=(replace(step, citation="x"), *procedure.steps[1:])),
        replace(procedure, steps=procedure.steps[::-1]),
    ]
    assert len({procedure.hash, *(other.hash for other in changed)}) == len(changed) + 1


def test_a_kept_text_that_was_tampered_with_is_refused_with_a_line():
    text = to_json(SBT)
    for wrong in (text[:-1], text.replace('"role":"examiner"', '"role":"king"', 1), "{}", ""):
        with pytest.raises(YamlError, match=r"^procedure:\d+: "):
            from_json(wrong)


def test_one_step_is_taken_in_at_most_50_microseconds():
    def once() -> float:
        begun = perf_counter()
        for _ in range(200):
            go("act", "discipline_sanction", "appointing_officer")
        return (perf_counter() - begun) / 200

    assert min(once() for _ in range(20)) <= 50e-6


# --- terms ---


def test_three_working_days_of_bawaslu_pass_over_the_weekend():
    term = SBT.step("study").term
    assert term is not None
    answer = due(term, date(2026, 7, 16))
    assert (answer.last_day, answer.safe_day) == (date(2026, 7, 21), date(2026, 7, 21))
    assert not answer.provisional


def test_a_term_of_unknown_unit_warns_early_and_accuses_late():
    term = SBT.step("verify").term
    assert term is not None
    assert term.unit == "unknown"
    answer = due(term, date(2026, 7, 16))
    assert answer.safe_day == explain(date(2026, 7, 16), 7, "days").last_day
    assert answer.last_day == explain(date(2026, 7, 16), 7, "workdays").last_day
    assert answer.safe_day < answer.last_day
    assert answer.provisional


def test_a_practice_is_not_called_law_and_a_target_neither():
    kinds = {step.code: step.term.kind for step in SBT.steps if step.term}
    assert kinds["verify"] == kinds["study"] == "practice"
    assert kinds["act"] == "target"
    assert not any(step.term.is_law for step in SBT.steps if step.term)
    observer = procedures()["observer_referral"].step("verify").term
    assert observer is not None
    assert observer.is_law


def test_a_published_term_escalates_by_name_and_a_target_only_reminds():
    assert SBT.step("verify").lapses_as == "escalation"
    assert SBT.step("study").lapses_as == "escalation"
    for code in ("send", "act", "warn", "control", "blocked"):
        assert SBT.step(code).lapses_as == "reminder"


def test_an_outside_officers_time_runs_only_from_proven_delivery():
    """Who must act because another organ handed him the matter first gets it, provably."""
    outside = {"appointing_officer", "higher_officer", "regent", "service_provider"}
    for procedure in procedures().values():
        for step in procedure.steps:
            for outcome in step.outcomes:
                if is_end(outcome.to) or outcome.actor == procedure.step(outcome.to).actor:
                    continue
                term = procedure.step(outcome.to).term
                if procedure.step(outcome.to).actor in outside and term and not term.is_law:
                    assert term.starts == "delivery_proven", (procedure.id, outcome.to)


@pytest.mark.parametrize("procedure", procedures().values(), ids=IDS)
def test_every_word_that_an_officer_reads_is_in_both_languages(procedure):
    def words(value):
        if isinstance(value, dict):
            if set(value) == {"id", "en"}:
                yield value
            else:
                for item in value.values():
                    yield from words(item)
        elif isinstance(value, list):
            for item in value:
                yield from words(item)

    found = list(words(json.loads(to_json(procedure))))
    assert len(found) > 20
    for pair in found:
        assert pair["id"].strip()
        assert pair["en"].strip()


def test_every_guard_says_what_holds_and_what_is_missing():
    texts = [text for guard in GUARDS.values() for text in (guard.holds, guard.missing)]
    assert len({text.id for text in texts}) == len(texts)
    assert len({text.en for text in texts}) == len(texts)


def test_every_guard_that_is_computed_is_used():
    used = {OUTSIDE} | {
        code
        for procedure in procedures().values()
        for step in procedure.steps
        for outcome in step.outcomes
        for code in outcome.requires
    }
    assert {code for code, guard in GUARDS.items() if not guard.declared} <= used


def test_wording_presumes_no_guilt():
    for procedure in procedures().values():
        text = to_json(procedure).lower()
        for word in ("pelaku", "tersangka", "terdakwa", "offender", "culprit", "perpetrator"):
            assert word not in text


def test_a_step_of_elsewhere_is_refused_by_its_title_not_its_code():
    rules = procedures()["sbt_neutrality"]
    with pytest.raises(Refusal) as refused:
        take(
            rules,
            "verify",
            "discipline_sanction",
            organ_kind="task_force",
            roles=["decision_maker"],
            guards={},
        )
    assert "Catat hukuman disiplin" in str(refused.value)
    assert "discipline_sanction" not in str(refused.value)


# --- which procedure, who may not act again, and what runs beside ---


def changed(change) -> Procedure:
    data = json.loads(to_json(SBT))
    change(data)
    return from_json(json.dumps(data))


def step_of(data, code):
    return next(row for row in data["steps"] if row["code"] == code)


@pytest.fixture
def on_file(monkeypatch):
    """Let the engine find these procedures instead of those of the release."""

    def put(*found):
        monkeypatch.setattr(engine, "procedures", lambda: {one.id: one for one in found})

    return put


DAY = date(2026, 11, 2)


def ids(*asked) -> list[str]:
    return [found.id for found in engine.fitting(*asked)]


def test_a_procedure_is_offered_for_its_kind_status_contest_and_days_only(on_file):
    pemilu = replace(SBT, id="pemilu", handles=Handles(("neutrality",), ("PNS",), "pemilu"))
    village = replace(SBT, id="village", handles=Handles(("neutrality",), ("village_head",), "any"))
    service = replace(SBT, id="service", handles=Handles(("service",), None, "none"))
    closed = replace(pemilu, id="closed", valid_until=DAY)
    begins = replace(pemilu, id="begins", valid_from=DAY)
    on_file(pemilu, village, service, closed, begins)
    assert ids("neutrality", "PNS", "pemilu", "bawaslu", DAY) == ["begins", "pemilu"]
    assert ids("neutrality", "PNS", "pemilihan", "bawaslu", DAY) == []
    assert ids("neutrality", "PNS", None, "bawaslu", DAY) == []
    assert ids("neutrality", "village_head", "pemilu", "bawaslu", DAY) == ["village"]
    assert set(ids("neutrality", None, "pemilu", "bkn", DAY)) == {"begins", "pemilu", "village"}
    assert ids("service", "PNS", None, "bkn", DAY) == ["service"]
    assert ids("service", "PNS", "pemilu", "bkn", DAY) == []
    assert "closed" in ids("neutrality", "PNS", "pemilu", "bawaslu", date(2026, 11, 1))
    assert "begins" not in ids("neutrality", "PNS", "pemilu", "bawaslu", date(2026, 11, 1))


def test_the_procedure_that_begins_with_the_organ_comes_first_then_the_more_specific_one(on_file):
    wide = replace(SBT, id="a_wide", handles=Handles(("neutrality",), None, "any"))
    narrow = replace(SBT, id="b_narrow", handles=Handles(("neutrality",), None, "pemilu"))
    own = replace(wide, id="c_own", starts=("send",))
    named = replace(wide, id="d_named", handles=replace(wide.handles, starts_with=("kpu",)))
    on_file(wide, narrow, own, named)
    asked = ("neutrality", "PNS", "pemilu")
    assert ids(*asked, "bkn", DAY)[:3] == ["c_own", "b_narrow", "a_wide"]
    assert ids(*asked, "bawaslu", DAY)[:2] == ["b_narrow", "a_wide"]
    assert ids(*asked, "kpu", DAY)[0] == "d_named"


def test_who_acted_at_a_step_does_not_review_it():
    rules = changed(lambda data: step_of(data, "send").update(reviews=["study"]))
    assert go("send", "hand_over", "bkn", procedure=rules, acted_at={"verify"}) == "act"
    for mine in ("study", "sbt_neutrality/study"):
        refusal = refused("send", "hand_over", "bkn", procedure=rules, acted_at={mine})
        assert rules.step("study").title.en in refusal.message.en
        assert (
            allowed(rules, "send", organ_kind="bkn", roles=ACTORS, acted_at=frozenset({mine})) == ()
        )


def test_what_was_decided_in_another_procedure_is_not_reviewed_by_the_same_officer():
    rules = changed(lambda data: step_of(data, "send").update(reviews=["discipline/decide"]))
    assert go("send", "hand_over", "bkn", procedure=rules, acted_at={"decide"}) == "act"
    refused("send", "hand_over", "bkn", procedure=rules, acted_at={"discipline/decide"})


def test_where_the_law_lets_the_same_authority_review_it_may():
    why = {"citation": "PP 79/2021 ps 3(2)", "reason": {"id": "a", "en": "b"}}
    rules = changed(lambda data: step_of(data, "send").update(reviews=["study"], self_review=why))
    assert go("send", "hand_over", "bkn", procedure=rules, acted_at={"study"}) == "act"


def with_track(data) -> None:
    """Let a case be told to law enforcement while it is studied."""
    told = {
        **step_of(data, "warn"),
        "code": "tell",
        "outcomes": [
            {
                "code": "told",
                "title": {"id": "Laporkan", "en": "Report it"},
                "to": "end:told",
                "requires": ["letter_produced"],
            }
        ],
    }
    end = {"code": "told", "title": {"id": "Dilaporkan", "en": "Reported"}, "kind": "forwarded"}
    data["tracks"] = [
        {
            "code": "crime",
            "title": {"id": "Pidana", "en": "Crime"},
            "opens_at": ["study", "send"],
            "steps": [told],
            "ends": [end],
        }
    ]


def test_a_side_track_opens_where_it_may_and_runs_under_the_same_engine():
    rules = changed(with_track)
    assert [track.code for track in engine.tracks_at(rules, "study")] == ["crime"]
    assert engine.tracks_at(rules, "verify") == ()
    track = rules.track("crime")
    assert (track.id, track.start) == ("sbt_neutrality/crime", "tell")
    assert go("tell", "told", "bkn", procedure=track) == "end:told"
    assert "produced" in refused("tell", "told", "bkn", procedure=track, guards={}).message.en
    assert from_json(to_json(rules)) == rules


def test_the_main_way_of_a_case_knows_nothing_of_its_tracks():
    rules = changed(with_track)
    assert not rules.has("tell")
    assert "no step" in refused("tell", "told", "bkn", procedure=rules).message.en
