"""A correction of the catalogue leaves what was known before where it was."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.law.catalogue_files import NORM, alone, read
from timbang.law.evaluate import evaluate
from timbang.law.norms import Library, catalogue, library

CORRECTED = date(2026, 3, 1)
BEFORE = CORRECTED - timedelta(days=1)
FACTS = {"act_on": date(2020, 2, 1), "status": "PNS", "absent_workdays": 4}


def with_days(days: str, norm: str = NORM) -> str:
    return norm.replace("    level:", f"    {days}\n    level:", 1)


@pytest.fixture
def corrected(tmp_path: Path) -> Library:
    """Told as three days of absence until the correction, as five since."""
    right = NORM.replace("at_least: 3", "at_least: 5")
    folder = alone(
        tmp_path,
        with_days(f"known_until: {CORRECTED}"),
        with_days(f"known_from: {CORRECTED}", right),
    )
    return read(folder)


def answer(laws: Library, day: date | None) -> str:
    [found] = evaluate(FACTS, laws.on(day))
    assert found.norm == "uu_99_2020/1"
    return found.applies


def test_a_corrected_norm_is_answered_as_it_was_known_on_each_day(corrected: Library):
    assert answer(corrected, BEFORE) == "yes"
    assert answer(corrected, CORRECTED) == "no"
    assert answer(corrected, None) == "no"
    assert answer(corrected, date(1990, 1, 1)) == "yes"
    assert corrected.corrected_on == (CORRECTED,)


def test_the_same_norm_keeps_its_name_through_a_correction(corrected: Library):
    assert list(corrected.on(BEFORE).norms) == list(corrected.on(CORRECTED).norms)
    assert corrected.on(BEFORE).hash != corrected.on(CORRECTED).hash


def test_a_correction_for_a_part_of_the_days_is_known_by_its_own(tmp_path: Path):
    """The law changed in 2022, and the catalogue learned of it only in 2026."""
    folder = alone(
        tmp_path,
        with_days(f"known_until: {CORRECTED}"),
        with_days(f"known_from: {CORRECTED}\n    valid_until: 2022-01-01"),
        with_days(
            f"known_from: {CORRECTED}\n    valid_from: 2022-01-01",
            NORM.replace("at_least: 3", "at_least: 5"),
        ),
    )
    laws = read(folder)
    assert list(laws.on(BEFORE).norms) == ["uu_99_2020/1"]
    assert list(laws.on(CORRECTED).norms) == [
        "uu_99_2020/1@2020-01-01",
        "uu_99_2020/1@2022-01-01",
    ]
    facts = {**FACTS, "act_on": date(2023, 1, 1)}
    assert [found.applies for found in evaluate(facts, laws.on(BEFORE))] == ["yes"]
    assert [found.applies for found in evaluate(facts, laws.on(CORRECTED))] == ["no", "no"]


def test_an_entry_that_was_taken_back_is_gone(tmp_path: Path):
    laws = read(alone(tmp_path, with_days(f"known_until: {CORRECTED}")))
    assert list(laws.on(BEFORE).norms) == ["uu_99_2020/1"]
    assert laws.on(CORRECTED).norms == laws.on().norms == {}


def test_days_of_knowledge_are_not_part_of_what_a_norm_says(tmp_path: Path):
    plain, ended = tmp_path / "plain", tmp_path / "ended"
    plain.mkdir()
    ended.mkdir()
    [one] = read(alone(plain)).entries
    [other] = read(alone(ended, with_days(f"known_until: {CORRECTED}"))).entries
    assert one.hash == other.hash


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("at_least: 3", "at_least: 4"),
        ("level: two_copies", "level: one_copy"),
        ("UU 99/2020 ps 1", "UU 99/2020 ps 2"),
        ("    level:", "    binds: [CPNS]\n    level:"),
        ("    level:", "    doubts: [C8]\n    level:"),
        ("    level:", "    sanctions: [{set: employer_rule}]\n    level:"),
        ("    level:", "    valid_until: 2024-01-01\n    level:"),
        ("    level:", "    authority: neutrality\n    level:"),
        ("when: {fact: absent_workdays, at_least: 3}", "when: {use: taking_sides}"),
    ],
)
def test_whatever_can_change_an_answer_changes_the_hash(tmp_path: Path, old: str, new: str):
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    assert old in NORM
    [one] = read(alone(first)).entries
    [other] = read(alone(second, NORM.replace(old, new, 1))).entries
    assert one.hash != other.hash


def test_an_example_more_does_not_change_the_hash(tmp_path: Path):
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    more = "      - {case: {id: a, en: b}, facts: {absent_workdays: 0}, applies: unknown}\n"
    [one] = read(alone(first)).entries
    [other] = read(alone(second, NORM + more)).entries
    assert one.hash == other.hash


def test_a_definition_is_part_of_the_norms_that_use_it_however_deep(tmp_path: Path):
    """`towards_candidate` rests on `after_confirmation`: a change there is one of the norm."""
    norm = NORM.replace("{fact: absent_workdays, at_least: 3}", "{use: towards_candidate}")
    folder = alone(tmp_path, norm)
    [before] = read(folder).entries
    path = folder / "definitions.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("  after_confirmation:")
    changed = text[start:].replace("same_day: confirmation_day", "same_day: true", 1)
    path.write_text(text[:start] + changed, encoding="utf-8")
    [after] = read(folder).entries
    assert before.hash != after.hash


def test_the_day_on_which_the_catalogue_is_asked_chooses_it():
    now = catalogue()
    assert catalogue(date(2099, 1, 1)).norms == now.norms
    for day in library().corrected_on:
        assert catalogue(day) is catalogue(day)
        assert catalogue(day).hash != catalogue(day - timedelta(days=1)).hash
