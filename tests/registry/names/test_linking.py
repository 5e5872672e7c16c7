"""Lists are linked to a register; what humans judged counts; only what changed is done again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.registry.names.conftest import PEOPLE
from timbang.law.refusal import Refusal
from timbang.registry.names.index import Index, build
from timbang.registry.names.linking import (
    Judged,
    Judgement,
    Judgements,
    Link,
    Linker,
    Status,
    append_judgement,
    read_judgements,
    read_links,
    shared,
    write_links,
)
from timbang.registry.names.person import Person

DAY = date(2026, 11, 22)
FAUZI = Person("r1", "Ahmad Fauzi", "A1", "", "32.04", 1970, "kepala dinas")
NOBODY = Person("r2", "Ferdinand Manafe")
ONLY_NAME = Person("r3", "Ahmad Fauzi")


def _judged(record: str, person: str, judgement: Judgement) -> Judged:
    return Judged(record, person, judgement, "Ani", DAY, "foto sama")


def test_somebody_with_agency_and_year_is_surely_linked(register: Index) -> None:
    link = Linker(register).one(FAUZI)
    assert link.status is Status.SURE
    assert link.person_id == "1"
    assert link.alike == 3
    assert link.candidates[0].homonyms == 3
    assert any("Same agency" in reason.en for reason in link.reasons)


def test_only_a_name_with_homonyms_is_never_linked(register: Index) -> None:
    link = Linker(register).one(ONLY_NAME)
    assert link.status is Status.UNDECIDED
    assert link.person_id == ""
    assert {each.person_id for each in link.candidates[:3]} == {"1", "2", "3"}


def test_somebody_outside_the_register_is_not_linked(register: Index) -> None:
    link = Linker(register).one(NOBODY)
    assert link.status is Status.NONE
    assert link.person_id == ""


def test_a_human_judgement_stands_above_the_figures(register: Index) -> None:
    judgements = Judgements([_judged("r3", "2", Judgement.SAME)])
    link = Linker(register, judgements).one(ONLY_NAME)
    assert (link.status, link.person_id, link.certainty) == (Status.JUDGED, "2", 1.0)
    assert any("Judged by Ani on 2026-11-22: foto sama" in reason.en for reason in link.reasons)


def test_who_was_judged_different_is_no_candidate_any_more(register: Index) -> None:
    judgements = Judgements([_judged("r1", "1", Judgement.DIFFERENT)])
    link = Linker(register, judgements).one(FAUZI)
    assert link.person_id != "1"
    assert "1" not in {each.person_id for each in link.candidates}


def test_whoever_is_left_takes_the_chance_of_who_is_not_meant(register: Index) -> None:
    three = Linker(register).one(ONLY_NAME).candidates[0].certainty
    judgements = Judgements(
        [_judged("r3", "1", Judgement.DIFFERENT), _judged("r3", "3", Judgement.DIFFERENT)]
    )
    one = Linker(register, judgements).one(ONLY_NAME).candidates[0]
    assert one.person_id == "2"
    assert one.certainty < three  # written otherwise: somebody outside is likelier than he
    some = Judgements([_judged("r3", "2", Judgement.DIFFERENT)])
    assert Linker(register, some).one(ONLY_NAME).candidates[0].certainty >= three


def test_what_a_human_left_open_stays_open(register: Index) -> None:
    judgements = Judgements([_judged("r1", "1", Judgement.UNDECIDED)])
    link = Linker(register, judgements).one(FAUZI)
    assert link.status is Status.UNDECIDED
    assert link.person_id == ""


def test_the_last_word_about_a_pair_counts(register: Index) -> None:
    judgements = Judgements(
        [_judged("r1", "1", Judgement.DIFFERENT), _judged("r1", "1", Judgement.SAME)]
    )
    assert Linker(register, judgements).one(FAUZI).status is Status.JUDGED


def test_one_record_is_not_judged_to_be_two_people() -> None:
    judgements = Judgements([_judged("r1", "1", Judgement.SAME)])
    with pytest.raises(Refusal, match="r1"):
        judgements.add(_judged("r1", "2", Judgement.SAME))
    judgements.add(_judged("r1", "1", Judgement.DIFFERENT))
    judgements.add(_judged("r1", "2", Judgement.SAME))


def test_only_what_changed_is_done_again(register: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    records = [FAUZI, NOBODY, ONLY_NAME]
    first = Linker(register).link(records)
    before = {link.record_id: link for link in first}
    done: list[str] = []
    one = Linker.one
    monkeypatch.setattr(
        Linker, "one", lambda self, record: done.append(record.person_id) or one(self, record)
    )
    assert Linker(register).link(records, before) == first
    assert done == []
    judgements = Judgements([_judged("r3", "3", Judgement.SAME)])
    changed = [FAUZI._replace(post="guru"), NOBODY, ONLY_NAME]
    Linker(register, judgements).link(changed, before)
    assert done == ["r1", "r3"]


def test_a_new_register_does_all_again(register: Index, tmp_path: Path) -> None:
    before = {link.record_id: link for link in Linker(register).link([FAUZI])}
    build(PEOPLE, tmp_path / "i")
    assert Linker(Index(tmp_path / "i")).fingerprint(FAUZI) != before["r1"].fingerprint


def test_two_records_with_one_id_are_refused(register: Index) -> None:
    with pytest.raises(Refusal, match="r1"):
        Linker(register).link([FAUZI, FAUZI])


def test_links_come_back_from_the_file_as_they_were(register: Index, tmp_path: Path) -> None:
    links = Linker(register).link([FAUZI, NOBODY, ONLY_NAME])
    write_links(tmp_path / "links.jsonl", links)
    read = read_links(tmp_path / "links.jsonl")
    for link in links:
        assert read[link.record_id].as_json() == link.as_json()


def test_a_broken_file_of_links_says_the_line(tmp_path: Path) -> None:
    (tmp_path / "links.jsonl").write_text('{"record_id": "r1"}\n')
    with pytest.raises(Refusal, match=r"links\.jsonl:1"):
        read_links(tmp_path / "links.jsonl")


def test_people_linked_twice_are_told(register: Index) -> None:
    links = Linker(register).link([FAUZI, FAUZI._replace(person_id="r9"), NOBODY])
    assert shared(links) == {"1": ("r1", "r9")}


def test_judgements_are_lines_of_data(tmp_path: Path) -> None:
    file = tmp_path / "j.jsonl"
    line = _judged("r1", "1", Judgement.SAME)
    append_judgement(file, line)
    append_judgement(file, replace(line, judgement=Judgement.DIFFERENT, why=""))
    assert [json.loads(text)["judgement"] for text in file.read_text().splitlines()] == [
        "same",
        "different",
    ]
    assert read_judgements(file).about("r1")["1"].judgement is Judgement.DIFFERENT


def test_a_judgement_that_does_not_fit_is_not_written(tmp_path: Path) -> None:
    file = tmp_path / "j.jsonl"
    append_judgement(file, _judged("r1", "1", Judgement.SAME))
    with pytest.raises(Refusal):
        append_judgement(file, _judged("r1", "2", Judgement.SAME))
    assert len(file.read_text().splitlines()) == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("nothing", "JSON"),
        ("[]", "JSON"),
        ('{"record_id": "r"}', "person_id"),
        ('{"record_id":"r","person_id":"p","judgement":"maybe","by":"A","on":"2026-01-01","why":""}', "maybe"),
        ('{"record_id":"r","person_id":"p","judgement":"same","by":"A","on":"01-01-2026","why":""}', "01-01-2026"),
        ('{"record_id":"r","person_id":"p","judgement":"same","by":" ","on":"2026-01-01","why":""}', "by"),
        ('{"record_id":"r","person_id":7,"judgement":"same","by":"A","on":"2026-01-01","why":""}', "person_id"),
    ],
)  # fmt: skip
def test_a_bad_line_of_judgements_is_refused_with_its_line(
    tmp_path: Path, line: str, said: str
) -> None:
    file = tmp_path / "j.jsonl"
    file.write_text("\n" + line + "\n")
    with pytest.raises(Refusal, match=rf"j\.jsonl:2.*{said}"):
        read_judgements(file)


def test_a_link_says_everything_in_both_languages(register: Index) -> None:
    link: Link = Linker(register).one(FAUZI)
    assert all(reason.id and reason.en for reason in link.reasons)
