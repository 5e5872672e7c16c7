"""One range of sanctions from many findings: the heaviest single one, moral ones apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from timbang.law.conclude import Conclusion, range_of
from timbang.law.evaluate import evaluate

FACTS = {
    "act_on": date(2024, 10, 5),
    "candidates_confirmed_on": date(2024, 9, 22),
    "status": "PNS",
    "object": "candidate",
}


def conclude(*conduct: str, **facts: object) -> Conclusion:
    return range_of(evaluate({**FACTS, "conduct": list(conduct), **facts}))


def kinds(found: Conclusion) -> list[str]:
    return [sanction.kind for sanction in found.sanctions]


HEAVY = [
    "post_lowered_12_months",
    "released_to_executing_post_12_months",
    "honourable_dismissal_not_at_own_request",
]


def test_several_heavy_breaches_give_one_range_of_heavy_kinds():
    assert kinds(conclude("social_media_support", "photo", "leaning_activity")) == HEAVY


def test_dismissal_by_law_outweighs_discipline():
    assert kinds(conclude("social_media_support", "party_member")) == ["dismissal_without_honour"]


def test_a_heavy_breach_outweighs_a_moderate_one():
    both = conclude(
        "attend_active", event="campaign", attributes=["party"], pay_regulation_in_force=True
    )
    assert {finding.norm for finding in both.applying} >= {"pp_94_2021/5n2", "skb_2022/D4"}
    assert kinds(both) == HEAVY


def test_a_range_that_waits_for_the_impact_stays_whole_and_says_what_is_missing():
    found = conclude(
        "campaign_team", act_on=date(2024, 9, 1), object="aspirant", pay_regulation_in_force=True
    )
    assert [s.level for s in found.sanctions] == ["ringan"] * 3 + ["sedang"] * 3 + ["berat"] * 3
    assert "impact" in found.missing


def test_the_moral_sanction_stands_apart():
    found = conclude("social_media_support", act_on=date(2024, 9, 1), object="aspirant")
    assert kinds(found) == []
    assert [sanction.kind for sanction in found.moral] == ["closed_statement", "open_statement"]


def test_the_decision_has_regard_to_statutes_first_then_regulations_then_the_decree():
    names = [text.split()[0] for text in conclude("social_media_support").having_regard_to]
    assert names == sorted(names, key=["UU", "PP", "SKB"].index)
    assert set(names) == {"UU", "PP", "SKB"}
    texts = conclude("social_media_support").having_regard_to
    assert len(set(texts)) == len(texts)


def test_what_is_unknown_is_listed_and_drives_nothing():
    found = conclude("attend_passive")
    assert (found.applying, found.sanctions) == ((), ())
    assert "skb_2022/D4" in {finding.norm for finding in found.unknown}
    assert "C4" in {doubt.code for doubt in found.doubts}


def test_a_norm_that_is_not_sure_enough_drives_nothing():
    findings = [
        replace(finding, may_propose=False) if finding.norm == "skb_2022/D5" else finding
        for finding in evaluate({**FACTS, "conduct": ["party_member"]})
        if not finding.norm.startswith("uu_20_2023/52")
    ]
    found = range_of(findings)
    assert "skb_2022/D5" in {finding.norm for finding in found.too_weak}
    assert found.sanctions == ()
