"""The words for facts: complete in both languages, documented, and the same as in other rooms."""

from __future__ import annotations

from pathlib import Path

from timbang.law import facts_page, vocabulary
from timbang.law.norms import catalogue
from timbang.law.vocabulary import CONDUCTS, FACTS
from timbang.registry.models import ContestKind
from timbang.registry.phases import PHASE_DATES

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "facts.md"


def test_the_page_of_facts_is_up_to_date():
    written = PAGE.read_text(encoding="utf-8")
    assert written == facts_page.page(), "run: timbang law facts > docs/reference/facts.md"


def test_the_page_of_facts_names_every_fact_and_every_code():
    page = facts_page.page()
    for fact in FACTS.values():
        assert f"## `{fact.key}`" in page
        for code, label in fact.choices.items():
            assert f"- `{code}`: {label.en} · *{label.id}*" in page


def test_every_fact_of_a_choice_has_choices_and_no_other_has():
    for fact in FACTS.values():
        assert bool(fact.choices) == (fact.type in {"choice", "choices"}), fact.key


def test_every_conduct_is_asked_for_by_a_norm():
    asked = "".join(
        path.read_text(encoding="utf-8")
        for path in [
            *Path(vocabulary.__file__).parent.glob("norms/*.yaml"),
            Path(vocabulary.__file__).parent / "definitions.yaml",
        ]
    )
    for code in CONDUCTS:
        assert code in asked, code


def test_every_fact_can_change_an_answer_but_the_days_that_only_terms_and_pages_ask_for():
    asked = frozenset().union(*(norm.facts for norm in catalogue().norms.values()))
    of_terms = {"decided_on", "learned_on", "reported_on", "served_on"}
    of_pages = {"quiet_starts_on", "quiet_ends_on", "recap_ends_on"}
    assert of_pages < set(PHASE_DATES)
    assert set(FACTS) - asked - of_terms == of_pages


def test_the_registry_speaks_of_contests_and_days_in_the_words_of_the_law():
    assert set(ContestKind.values) == set(FACTS["contest_kind"].choices)
    assert all(FACTS[key].type == "day" for key in PHASE_DATES)
