"""One range of sanctions from many findings: the heaviest single one, moral ones apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.law.catalogue_files import INSTRUMENT, NORM, alone, read
from timbang.law.conclude import Conclusion, range_of, rank
from timbang.law.evaluate import evaluate
from timbang.law.norms import catalogue
from timbang.law.vocabulary import INSTRUMENT_KINDS

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


# --- families of sanctions, on an example law -----------------------------------------------------

LEVELS_HEAD = INSTRUMENT.replace(
    "norms:\n",
    """\
sanction_sets:
  light: {level: ringan, citation: UU 99/2020 ps 9, kinds: [{kind: light, title: {id: a, en: b}}]}
  crime: {level: criminal, citation: UU 99/2020 ps 9, kinds: [{kind: crime, title: {id: a, en: b}}]}
  lost: {level: candidacy, citation: UU 99/2020 ps 9, kinds: [{kind: lost, title: {id: a, en: b}}]}
  moral: {level: moral, citation: UU 99/2020 ps 9, kinds: [{kind: moral, title: {id: a, en: b}}]}

norms:
""",
)
ABSENT = {"act_on": date(2020, 2, 1), "status": "PNS", "absent_workdays": 4}


def example_law(folder: Path, **lines: str) -> Conclusion:
    """One norm for each argument, with these lines in it, on the same facts."""
    norms = [
        NORM.replace('code: "1"', f"code: {code}").replace(
            "    level:", f"    {own}\n    level:", 1
        )
        for code, own in lines.items()
    ]
    laws = read(alone(folder, *norms, head=LEVELS_HEAD)).on()
    return range_of(evaluate(ABSENT, laws))


def test_a_criminal_penalty_is_never_weighed_against_discipline(tmp_path: Path):
    found = example_law(tmp_path, one="sanctions: [{set: light}]", two="sanctions: [{set: crime}]")
    assert kinds(found) == ["light"]
    assert [kind.kind for kind in found.criminal] == ["crime"]
    assert found.other == {}


def test_the_loss_of_a_candidacy_stands_apart_by_its_level(tmp_path: Path):
    found = example_law(
        tmp_path,
        one="sanctions: [{set: lost}]",
        two="sanctions: [{set: moral}]",
        three="binds: all",
    )
    assert kinds(found) == []
    assert {level: [kind.kind for kind in each] for level, each in found.other.items()} == {
        "candidacy": ["lost"]
    }
    assert [kind.kind for kind in found.moral] == ["moral"]


@pytest.mark.parametrize("effect", ["permits", "protects", "empowers", "defines"])
def test_what_speaks_of_no_breach_brings_no_sanction(tmp_path: Path, effect: str):
    found = example_law(tmp_path, one=f"effect: {effect}\n    sanctions: [{{set: light}}]")
    assert (found.applying, found.sanctions) == ((), ())
    assert [finding.effect for finding in found.beside] == [effect]


@pytest.mark.parametrize("effect", ["forbids", "requires", "punishes"])
def test_what_speaks_of_a_breach_brings_its_sanction(tmp_path: Path, effect: str):
    found = example_law(tmp_path, one=f"effect: {effect}\n    sanctions: [{{set: light}}]")
    assert kinds(found) == ["light"]
    assert found.beside == ()


def test_a_confirmed_norm_drives_the_range_and_an_unconfirmed_one_does_not(tmp_path: Path):
    weak = NORM.replace("two_copies", "memory").replace(
        "    level:", "    sanctions: [{set: light}]\n    level:", 1
    )
    laws = read(alone(tmp_path, weak, head=LEVELS_HEAD)).on()
    assert kinds(range_of(evaluate(ABSENT, laws))) == []
    assert kinds(range_of(evaluate(ABSENT, laws, confirmed={"uu_99_2020/1"}))) == ["light"]
    assert kinds(range_of(evaluate(ABSENT, laws, confirmed={"uu_99_2020/2"}))) == []


@pytest.mark.parametrize(
    ("heavier", "lighter"),
    [
        ("UU 7/2017 ps 282", "Perppu 1/2014 ps 1"),
        ("Perppu 1/2014 ps 1", "PP 94/2021 ps 5"),
        ("Putusan MK 136/PUU-XXII/2024", "PP 94/2021 ps 5"),
        ("PP 94/2021 ps 5", "Perpres 116/2022 ps 19"),
        ("Perpres 116/2022 ps 19", "PermenPANRB 19/2025 ps 1"),
        ("PermenPANRB 19/2025 ps 1", "PerBKN 1/2023 ps 2"),
        ("PerBKN 1/2023 ps 2", "Perbawaslu 7/2022 ps 8"),
        ("Perbawaslu 7/2022 ps 8", "SKB 22-09-2022 Lampiran I"),
        ("SKB 22-09-2022 Lampiran I", "SE MenPANRB 1/2023"),
        ("SE MenPANRB 1/2023", "Something else"),
    ],
)
def test_having_regard_to_goes_from_the_higher_to_the_lower_instrument(heavier: str, lighter: str):
    assert rank(heavier) < rank(lighter)


def test_every_citation_of_the_catalogue_names_an_instrument_of_known_weight():
    for norm in catalogue().norms.values():
        for citation in norm.citations:
            assert rank(citation.text) < len(INSTRUMENT_KINDS), citation.text
