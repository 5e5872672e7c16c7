"""Where the law changed between act and decision: which of the two governs, and who says so."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tests.law.catalogue_files import INSTRUMENT, NORM, alone, read
from timbang.law.entries import Catalogue
from timbang.law.milder import Comparison, changes, compare, read_changes
from timbang.law.norms import catalogue
from timbang.law.yaml_file import YamlError

# The order of the court in MK 136/PUU-XXII/2024: soldiers and police from that day on.
READ_ON = date(2024, 11, 14)
SOLDIER = {
    "act_on": date(2024, 11, 1),
    "status": "TNI",
    "conduct": ["favouring_decision"],
    "object": "candidate",
    "contest_kind": "regent",
    "deliberate": True,
    "candidates_confirmed_on": date(2024, 9, 22),
}
UNDER_OLD = {
    "act_on": date(2020, 11, 1),
    "decided_on": date(2022, 1, 10),
    "status": "PNS",
    "conduct": ["favouring_decision"],
    "object": "candidate",
}


def test_what_became_a_crime_after_the_act_stays_unpunished():
    [found] = compare({**SOLDIER, "decided_on": date(2025, 1, 10)})
    assert found.change.code == "crimes_old_code"
    assert found.governs == "older"
    assert [each.norm for each in found.now] == ["uu_1_2015/188@2024-11-14"]
    assert found.then == ()
    assert found.change.informs_only


def test_it_is_not_asked_where_the_decision_came_before_the_change():
    assert compare({**SOLDIER, "decided_on": date(2024, 11, 13)}) == ()
    assert compare({**SOLDIER, "decided_on": READ_ON}) != ()


def test_it_is_not_asked_while_a_day_is_not_known_or_the_decision_is_not_later():
    assert compare(SOLDIER) == ()
    assert compare({key: value for key, value in SOLDIER.items() if key != "act_on"}) == ()
    assert compare({**SOLDIER, "decided_on": SOLDIER["act_on"]}) == ()


def test_from_the_new_criminal_code_its_own_rule_is_named():
    codes = {
        day: [each.change.code for each in compare({**SOLDIER, "decided_on": day})]
        for day in (date(2026, 1, 1), date(2026, 1, 2))
    }
    assert codes == {date(2026, 1, 1): ["crimes_old_code"], date(2026, 1, 2): ["crimes_new_code"]}


def test_an_unexamined_act_under_the_old_discipline_is_judged_by_the_new_one():
    [found] = compare({**UNDER_OLD, "examined_under_pp_53": False})
    assert (found.change.code, found.governs) == ("pp_94_unexamined", "newer")
    assert "pp_94_2021/5n5" in {each.norm for each in found.now}


def test_the_result_of_an_examination_under_the_old_one_stands():
    [found] = compare({**UNDER_OLD, "examined_under_pp_53": True})
    assert (found.change.code, found.governs) == ("pp_94_examined", "older")


def test_while_it_is_not_known_whether_it_was_examined_no_rule_is_named():
    assert compare(UNDER_OLD) == ()


# --- which is milder, on an example law -----------------------------------------------------------

HEAD = INSTRUMENT.replace("area: discipline", "area: regional_election").replace(
    "norms:\n",
    """\
sanction_sets:
  first:
    level: criminal
    citation: UU 99/2020 ps 2
    kinds: [{kind: first, title: {id: a, en: b}, range: FIRST}]
  second:
    level: criminal
    citation: UU 99/2020 ps 2
    kinds: [{kind: second, title: {id: a, en: b}, range: SECOND}]

norms:
""",
)
CASE = {
    "act_on": date(2020, 2, 1),
    "decided_on": date(2023, 1, 1),
    "status": "PNS",
    "absent_workdays": 4,
}


def changed_law(folder: Path, first: str, second: str) -> Catalogue:
    """One rule, punished by the first set until 2022 and by the second from then on."""
    head = HEAD.replace("FIRST", first).replace("SECOND", second)
    until = "    effect: punishes\n    valid_until: 2022-01-01\n    sanctions: [{set: first}]\n"
    since = "    effect: punishes\n    valid_from: 2022-01-01\n    sanctions: [{set: second}]\n"
    norms = [NORM.replace("    level:", f"{days}    level:", 1) for days in (until, since)]
    return read(alone(folder, *norms, head=head)).on()


def only(laws: Catalogue, **facts: object) -> Comparison:
    [found] = compare({**CASE, **facts}, laws)
    return found


@pytest.mark.parametrize(
    ("first", "second", "governs"),
    [
        ("{prison_months: [1, 6]}", "{prison_months: [1, 12]}", "older"),
        ("{prison_months: [1, 12]}", "{prison_months: [1, 6]}", "newer"),
        ("{prison_months: [1, 6]}", "{prison_months: [2, 6]}", "older"),
        ("{prison_months: [1, null]}", "{prison_months: [1, 240]}", "newer"),
        # shorter at most, but longer at least: nobody can count that
        ("{prison_months: [1, 12]}", "{prison_months: [3, 6]}", "unknown"),
        # less prison, more fine
        (
            "{prison_months: [1, 12], fine_rupiah: [0, 100]}",
            "{prison_months: [1, 6], fine_rupiah: [0, 200]}",
            "unknown",
        ),
        ("{prison_months: [1, 12]}", "{fine_rupiah: [0, 200]}", "unknown"),
    ],
)
def test_the_milder_law_is_counted_where_it_can_be(
    tmp_path: Path, first: str, second: str, governs: str
):
    assert only(changed_law(tmp_path, first, second)).governs == governs


def test_what_is_no_crime_any_more_goes_unpunished(tmp_path: Path):
    until = "    effect: punishes\n    valid_until: 2022-01-01\n    sanctions: [{set: first}]\n"
    head = HEAD.replace("FIRST", "{prison_months: [1, 6]}").replace(
        "SECOND", "{prison_months: [1, 6]}"
    )
    folder = alone(tmp_path, NORM.replace("    level:", f"{until}    level:", 1), head=head)
    found = only(read(folder).on())
    assert (found.governs, found.now) == ("newer", ())


def test_where_one_side_is_unknown_nobody_is_told_which_is_milder(tmp_path: Path):
    laws = changed_law(tmp_path, "{prison_months: [1, 6]}", "{prison_months: [1, 12]}")
    known = {key: value for key, value in CASE.items() if key != "absent_workdays"}
    [found] = compare(known, laws)
    assert found.governs == "unknown"
    assert found.as_json()["governs"] == "unknown"


# --- the file of rules ----------------------------------------------------------------------------


def test_every_rule_names_its_article_and_instruments_that_there_are():
    instruments = catalogue().instruments
    for change in changes():
        assert change.citation
        assert change.sources
        assert set(change.before) | set(change.after) <= set(instruments), change.code


RULE = """\
- code: x
  rule: milder
  areas: [regional_election]
  text: {id: a, en: b}
  citation: UU 1
  level: memory
  sources: [x]
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("milder", "kinder", "'kinder' is not one of: older, newer, milder"),
        ("regional_election", "sport", "'sport' is not one of: neutrality"),
        ("  sources: [x]\n", "", "key 'sources' is missing"),
        ("  level:", "  before: [uu_1_2015]\n  level:", "before, after and changed_on stand"),
        ("  level:", "  decided_from: 2026-02-30\n  level:", "not a day of the calendar"),
        ("  level:", "  when: {fact: colour, is: red}\n  level:", "'colour' is not one of"),
    ],
)
def test_a_wrong_rule_stops_the_load(tmp_path: Path, old: str, new: str, told: str):
    path = tmp_path / "changes.yaml"
    path.write_text(RULE, encoding="utf-8")
    assert [change.code for change in read_changes(path, catalogue())] == ["x"]
    path.write_text(RULE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(YamlError, match=re.escape(told)) as caught:
        read_changes(path, catalogue())
    assert str(caught.value).startswith("changes.yaml:")
