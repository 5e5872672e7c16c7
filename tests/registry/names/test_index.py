"""The index on disk keeps people as they were written, and counts who is named alike."""

from __future__ import annotations

import json
import string
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.registry.names.conftest import PEOPLE
from timbang.law.refusal import Refusal
from timbang.registry.names import index as module
from timbang.registry.names.index import Index, build, slip_keys
from timbang.registry.names.person import Person

WORD = st.text(string.ascii_lowercase, min_size=1, max_size=9)


def test_everybody_comes_back_as_written(folder: Path) -> None:
    assert {each.person_id: each for each in Index(folder).everybody()} == {
        each.person_id: each for each in PEOPLE
    }


def test_homonyms_are_counted_by_normal_form(folder: Path) -> None:
    index = Index(folder)
    counts = {
        index.person_id(at): int(index.homonyms[index.name_of[at]]) for at in range(index.people)
    }
    assert counts["1"] == counts["2"] == counts["3"] == 3
    assert counts["4"] == counts["5"] == 2
    assert counts["10"] == counts["11"] == 1


def test_names_are_numbered_from_the_most_borne(folder: Path) -> None:
    borne = np.diff(Index(folder).starts)
    assert list(borne) == sorted(borne, reverse=True)


def test_a_row_without_a_name_is_refused_and_told(tmp_path: Path) -> None:
    built = build([Person("1", "Budi"), Person("2", "123"), Person("3", " ")], tmp_path / "i")
    assert built.people == 1
    assert [(row.row, row.name) for row in built.refused] == [(2, "123"), (3, " ")]


def test_an_index_of_nobody_is_refused_and_leaves_the_old_one(tmp_path: Path) -> None:
    build([Person("1", "Budi")], tmp_path / "i")
    with pytest.raises(Refusal, match="indeks"):
        build([Person("1", "")], tmp_path / "i")
    assert Index(tmp_path / "i").people == 1


def test_a_new_index_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    build([Person("1", "Budi")], tmp_path / "i")
    build([Person("2", "Ani"), Person("3", "Ina")], tmp_path / "i")
    assert {person.person_id for person in Index(tmp_path / "i").everybody()} == {"2", "3"}
    assert [path.name for path in tmp_path.iterdir()] == ["i"]


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x")
    with pytest.raises(Refusal):
        build([Person("1", "Budi")], tmp_path)
    assert (tmp_path / "letter.txt").read_text() == "x"


def test_a_folder_without_an_index_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="timbang names index"):
        Index(tmp_path)


def test_an_index_of_another_version_is_refused(tmp_path: Path) -> None:
    build([Person("1", "Budi")], tmp_path / "i")
    body = json.loads((tmp_path / "i" / "index.json").read_text())
    (tmp_path / "i" / "index.json").write_text(json.dumps(body | {"format": 0}))
    with pytest.raises(Refusal, match="versi lain"):
        Index(tmp_path / "i")


def test_names_under_one_key_by_chance_are_still_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_keys", lambda words: np.zeros(len(words), np.uint64))
    rows, name_of, counts = module._names(np.array([[0, 1], [2, 3], [0, 1]], np.int32))
    assert sorted(map(tuple, rows.tolist())) == [(0, 1), (2, 3)]
    assert rows[name_of].tolist() == [[0, 1], [2, 3], [0, 1]]
    assert sorted(counts.tolist()) == [1, 2]


@settings(deadline=None)
@given(
    WORD,
    st.integers(0, 8),
    st.sampled_from(["delete", "insert", "replace", "swap"]),
    st.sampled_from(string.ascii_lowercase),
)
def test_words_one_slip_apart_share_a_key(word: str, place: int, slip: str, letter: str) -> None:
    place %= len(word)
    changed = {
        "delete": word[:place] + word[place + 1 :],
        "insert": word[:place] + letter + word[place:],
        "replace": word[:place] + letter + word[place + 1 :],
        "swap": word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
    }[slip]
    if len(word) > 2 and len(changed) > 2:
        assert slip_keys(word) & slip_keys(changed)
