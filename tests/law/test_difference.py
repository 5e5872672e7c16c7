"""What would have been answered on another day, and what the catalogue said on another day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from tests.law.catalogue_files import NORM, alone, read
from timbang.law.difference import answers_known, between_days, between_known

CONFIRMED = date(2024, 9, 22)
LIKE = {
    "status": "PNS",
    "conduct": ["social_media_support"],
    "object": "contestant",
    "candidates_confirmed_on": CONFIRMED,
}
CORRECTED = date(2026, 3, 1)
BEFORE = CORRECTED - timedelta(days=1)


def with_days(days: str, norm: str = NORM) -> str:
    return norm.replace("    level:", f"    {days}\n    level:", 1)


def test_on_the_other_side_of_confirmation_ethics_become_discipline():
    day = timedelta(days=1)
    found = {each.norm: each for each in between_days(LIKE, CONFIRMED - day, CONFIRMED + day)}
    before, after = found["skb_2022/KE4"].before, found["skb_2022/KE4"].after
    assert before and after
    assert (before.applies, after.applies) == ("yes", "no")
    before, after = found["skb_2022/D6"].before, found["skb_2022/D6"].after
    assert before and after
    assert (before.applies, after.applies) == ("no", "yes")


def test_the_duty_is_found_in_the_old_law_and_then_in_the_new_one():
    facts = {**LIKE, "object": "candidate", "candidates_confirmed_on": date(2023, 1, 1)}
    found = {
        each.norm: each for each in between_days(facts, date(2023, 10, 30), date(2023, 10, 31))
    }
    old, new = found["uu_5_2014/9(2)"], found["uu_20_2023/9(2)"]
    assert old.before and old.after and new.before and new.after
    assert (old.before.applies, old.after.applies) == ("yes", "no")
    assert (new.before.applies, new.after.applies) == ("no", "yes")


def test_the_same_day_twice_differs_in_nothing():
    assert between_days(LIKE, CONFIRMED, CONFIRMED) == ()


def test_a_norm_that_speaks_on_neither_day_is_not_listed():
    found = between_days({**LIKE, "status": "TNI"}, date(2019, 1, 1), date(2024, 10, 1))
    assert not [each for each in found if each.norm.startswith("skb_2022/")]


def test_what_the_catalogue_corrected_added_and_took_back(tmp_path: Path):
    two, three = (NORM.replace('code: "1"', f'code: "{number}"') for number in (2, 3))
    laws = read(
        alone(
            tmp_path,
            with_days(f"known_until: {CORRECTED}"),
            with_days(f"known_from: {CORRECTED}", NORM.replace("at_least: 3", "at_least: 5")),
            with_days(f"known_from: {CORRECTED}", two),
            with_days(f"known_until: {CORRECTED}", three),
        )
    )
    found = {each.norm: each.what for each in between_known(BEFORE, CORRECTED, of=laws)}
    assert found == {
        "uu_99_2020/1": "changed",
        "uu_99_2020/2": "added",
        "uu_99_2020/3": "removed",
    }
    back = {each.norm: each.what for each in between_known(CORRECTED, BEFORE, of=laws)}
    assert back["uu_99_2020/2"] == "removed"
    assert between_known(BEFORE, BEFORE, of=laws) == ()


def test_what_the_two_catalogues_answer_on_the_same_facts(tmp_path: Path):
    right = NORM.replace("at_least: 3", "at_least: 5")
    laws = read(
        alone(
            tmp_path,
            with_days(f"known_until: {CORRECTED}"),
            with_days(f"known_from: {CORRECTED}", right),
        )
    )
    facts = {"act_on": date(2020, 2, 1), "status": "PNS", "absent_workdays": 4}
    [found] = answers_known(facts, BEFORE, CORRECTED, of=laws)
    assert found.before and found.after
    assert (found.before.applies, found.after.applies) == ("yes", "no")
    assert answers_known({**facts, "absent_workdays": 6}, BEFORE, CORRECTED, of=laws) == ()
    assert found.as_json()["norm"] == "uu_99_2020/1"
