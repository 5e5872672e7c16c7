"""A file of law that is wrong stops the load, and says where and what is allowed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.law.catalogue_files import INSTRUMENT, NORM, alone, read
from timbang.law.yaml_file import YamlError

FILE = "uu_99_2020.yaml"


def refused(folder: Path, *norms: str, head: str = INSTRUMENT) -> str:
    with pytest.raises(YamlError) as caught:
        read(alone(folder, *norms, head=head))
    return str(caught.value)


def lines_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_the_file_that_the_faults_are_put_into_is_right_itself(tmp_path: Path):
    assert [norm.id for norm in read(alone(tmp_path)).entries] == ["uu_99_2020/1"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        # what is not known is refused with what is
        ("    level:", "    levle:", "unknown key 'levle'; allowed: code, at, title"),
        ("level: two_copies", "level: rumour", "'rumour' is not one of: official_text, two_copies"),
        ("fact: absent_workdays", "fact: absent_days", "'absent_days' is not one of: act_on"),
        ('at: {pasal: "1"}', 'at: {artikel: "1"}', "unknown key 'artikel'; allowed: pasal, ayat"),
        ('at: {pasal: "1"}', "at: {}", "'at' needs at least one of: pasal, ayat"),
        ("    level:", "    effect: hopes\n    level:", "'hopes' is not one of: forbids, requires"),
        ("    level:", "    area: sport\n    level:", "'sport' is not one of: neutrality, ethics"),
        (
            "    level:",
            "    authority: nobody\n    level:",
            "'nobody' is not one of: neutrality",
        ),
        ("    level:", "    doubts: [C999]\n    level:", "'C999' is not one of: not_in_force"),
        ("    level:", "    binds: [PNS, ASN]\n    level:", "'ASN' is not one of: PNS, CPNS"),
        ("    level:", "    sanctions: [{set: x}]\n    level:", "'x' is not one of: employer_rule"),
        # what is missing is named
        ("    citations: [{text: UU 99/2020 ps 1}]\n", "", "key 'citations' is missing"),
        ("[{text: UU 99/2020 ps 1}]", "[]", "a norm needs at least one citation: {text: ...}"),
        ("[salinan satu, salinan dua]", "[]", "at least one source is needed"),
        (", en: Absence}", "}", "key 'en' is missing"),
        # days that cannot be
        ("2020-02-01, status: PNS, absent", "2020-02-30, status: PNS, absent", "not a day of the"),
        (
            "    level:",
            "    valid_from: 2021-01-01\n    valid_until: 2021-01-01\n    level:",
            "valid_until must be later than valid_from",
        ),
        (
            "    level:",
            "    valid_from: 2019-12-31\n    level:",
            "the norm lies outside the days of its instrument: 2020-01-01 to today",
        ),
        (
            "    level:",
            "    known_from: 2026-02-01\n    known_until: 2026-01-01\n    level:",
            "known_until must be later than known_from",
        ),
        (
            "    level:",
            "    valid_from: 0201-01-01\n    level:",
            "0201-01-01 lies outside 1945-08-17 to 2099-12-31",
        ),
        # numbers that cannot be
        ("at_least: 3", "at_least: -3", "a bound lies between 0 and 100000"),
        ("at_least: 3", "at_least: 3, at_most: 2", "at_most must not be less than at_least"),
        ("at_least: 3", "is: 3", "it needs at_least, at_most or both"),
        (", at_least: 3}", "}", "it needs at_least, at_most or both"),
        ("at_least: 3", 'at_least: "3"', "expected a whole number"),
    ],
)
def test_a_wrong_norm_is_refused_with_its_line(tmp_path: Path, old: str, new: str, told: str):
    assert old in NORM
    message = refused(tmp_path, NORM.replace(old, new, 1))
    assert told in message
    where = re.match(rf"{FILE}:(\d+): ", message)
    assert where, message
    # told where it stands, or at the top of the norm that lacks it
    wrong = lines_of(INSTRUMENT + NORM, old)
    assert lines_of(INSTRUMENT + NORM, NORM) <= int(where[1]) <= wrong + 3


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  kind: UU\n", "", "key 'kind' is missing"),
        ("kind: UU", "kind: Act", "'Act' is not one of: UU, Perppu, MK, PP"),
        ("area: discipline\n", "", "key 'area' is missing"),
        ("authority: discipline", "authority: king", "'king' is not one of: neutrality"),
        ("2020-01-01", "2020-01-01\n  valid_until: 2019-01-01", "valid_until must be later"),
        ("2020-01-01", "2020-13-01", "'2020-13-01' is not a day of the calendar"),
        ("2020-01-01", "2020-01-01\n  events: [{by: MK}]", "key 'on_day' is missing"),
        (
            "2020-01-01",
            "2020-01-01\n  events: [{on_day: 2021-01-01, by: MK, citation: x, level: memory,"
            ' touches: ["2"], effect: {id: a, en: b}, sources: [x]}]',
            "'2' is not one of: 1",
        ),
    ],
)
def test_a_wrong_head_is_refused(tmp_path: Path, old: str, new: str, told: str):
    message = refused(tmp_path, NORM, head=INSTRUMENT.replace(old, new, 1))
    assert told in message
    assert re.match(rf"{FILE}:\d+: ", message)


def versions(*days: str) -> list[str]:
    """The same code several times, each with these lines of days."""
    return [NORM.replace("    level:", f"    {each}\n    level:", 1) for each in days]


@pytest.mark.parametrize(
    "days",
    [
        ("valid_from: 2020-01-01", "valid_from: 2021-01-01"),
        ("valid_until: 2021-01-02", "valid_from: 2021-01-01"),
        ("known_from: 2026-01-01", "known_from: 2026-02-01"),
        ("known_until: 2026-02-01", "known_from: 2026-01-31"),
        ("level_: x", "known_from: 2026-01-31"),
    ],
    ids=["open end", "one day", "both known", "known for a day", "one without days"],
)
def test_two_wordings_for_the_same_day_stop_the_load(tmp_path: Path, days: tuple[str, str]):
    norms = [norm.replace("    level_: x\n", "") for norm in versions(*days)]
    message = refused(tmp_path, *norms)
    assert "norm uu_99_2020/1 stands here twice for the same days" in message
    assert "allowed: versions that follow each other" in message
    assert message.startswith(
        f"{FILE}:{lines_of(INSTRUMENT + norms[0], 'norms:') + 1 + norms[0].count(chr(10))}"
    )


def test_versions_that_follow_each_other_are_no_fault(tmp_path: Path):
    folder = alone(tmp_path, *versions("valid_until: 2021-01-01", "valid_from: 2021-01-01"))
    assert list(read(folder).on().norms) == ["uu_99_2020/1@2020-01-01", "uu_99_2020/1@2021-01-01"]


def test_a_norm_outlives_its_instrument_in_no_file(tmp_path: Path):
    head = INSTRUMENT.replace("2020-01-01", "2020-01-01\n  valid_until: 2022-01-01")
    late = NORM.replace("    level:", "    valid_until: 2023-01-01\n    level:", 1)
    assert "outside the days of its instrument: 2020-01-01 to 2022-01-01" in refused(
        tmp_path, late, head=head
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("- code: C2\n", "- code: C1\n", "'C1' stands here twice, or is the name of a doubt"),
        ("- code: C2\n", "- code: not_bound\n", "'not_bound' stands here twice"),
        ("  chosen:", "  choice:", "unknown key 'choice'; allowed: code, question, claims"),
        ("level: one_source", "level: hearsay", "'hearsay' is not one of: official_text"),
    ],
)
def test_a_wrong_conflict_is_refused(tmp_path: Path, old: str, new: str, told: str):
    folder = alone(tmp_path)
    path = folder / "conflicts.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(YamlError, match=re.escape(told)) as caught:
        read(folder)
    assert str(caught.value).startswith("conflicts.yaml:")


def test_a_conflict_with_one_claim_is_none(tmp_path: Path):
    folder = alone(tmp_path)
    path = folder / "conflicts.yaml"
    path.write_text(
        "- {code: X1, question: {id: a, en: b}, chosen: {id: a, en: b}, reason: {id: a, en: b},"
        " claims: [{says: {id: a, en: b}, sources: [x], level: memory}]}\n",
        encoding="utf-8",
    )
    with pytest.raises(YamlError, match="a conflict needs at least two claims"):
        read(folder)


def test_a_conflict_touches_only_what_there_is(tmp_path: Path):
    folder = alone(tmp_path)
    path = folder / "conflicts.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "  touches: [uu_99_2020/1, term:any]\n", encoding="utf-8")
    read(folder)
    path.write_text(text + "  touches: [uu_99_2020/2]\n", encoding="utf-8")
    with pytest.raises(YamlError, match="'uu_99_2020/2' is no norm of the catalogue; allowed"):
        read(folder)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "  discipline: [{decides: punishing_officer}]",
            "  discipline: [{decides: the_king}]",
            "'the_king' is not one of: appointing_officer",
        ),
        (
            "  discipline: [{decides: punishing_officer}]",
            "  discipline: [{decides: bkn, until: 2020-01-02}, {decides: kasn, from: 2020-01-01}]",
            "two entries of an authority share a day",
        ),
        ("    kind: judgement\n", "    kind: guess\n", "'guess' is not one of: open_point, judg"),
    ],
)
def test_wrong_shared_data_is_refused(tmp_path: Path, old: str, new: str, told: str):
    folder = alone(tmp_path)
    path = folder / "definitions.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(YamlError, match=re.escape(told)) as caught:
        read(folder)
    assert str(caught.value).startswith("definitions.yaml:")
