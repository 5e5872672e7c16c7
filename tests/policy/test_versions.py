"""Two versions of a part, compared."""

from __future__ import annotations

import random
import time

from hypothesis import given
from hypothesis import strategies as st

from timbang.policy.parts import KINDS, LONGEST_TEXT
from timbang.policy.versions import between, compared


def text(found: object, *changes: str) -> str:
    return "".join(piece.text for piece in found if piece.change in changes)  # type: ignore[attr-defined]


@given(st.text(), st.text())
def test_both_versions_can_be_read_from_what_changed(old: str, new: str) -> None:
    found = between(old, new)
    assert text(found, "same", "removed") == old
    assert text(found, "same", "added") == new


def test_only_the_words_that_changed_are_marked() -> None:
    found = between("Satu.\nAnak berangkat tanpa sarapan.", "Satu.\nAnak pergi tanpa sarapan.")
    assert [(piece.change, piece.text) for piece in found] == [
        ("same", "Satu.\n"),
        ("same", "Anak "),
        ("removed", "berangkat"),
        ("added", "pergi"),
        ("same", " tanpa sarapan."),
    ]


def test_a_row_that_came_between_leaves_the_others_as_they_were() -> None:
    one, two, new = ({"who": name, "how": "Sedikit"} for name in ("Petani", "Warga", "Nelayan"))
    found = compared(KINDS["gains"], {"rows": [one, two]}, {"rows": [one, new, two]})
    assert {each.row for each in found if each.changed} == {2}
    gone = compared(KINDS["gains"], {"rows": [one, two]}, {"rows": [two]})
    assert {each.row for each in gone if each.changed} == {1}


def test_a_comparison_is_quick_whatever_was_written() -> None:
    shuffled = random.Random(1)
    words = [str(shuffled.randrange(900)) for _word in range(5_000)]
    others = shuffled.sample(words, len(words))
    pairs = [
        ("a " * (LONGEST_TEXT // 2), "a b " * (LONGEST_TEXT // 4)),
        ("a\n" * (LONGEST_TEXT // 2), "b\na\n" * (LONGEST_TEXT // 4)),
        (" ".join(words)[:LONGEST_TEXT], " ".join(others)[:LONGEST_TEXT]),
    ]
    for old, new in pairs:
        began = time.process_time()
        assert text(between(old, new), "same", "added") == new
        assert time.process_time() - began < 5
