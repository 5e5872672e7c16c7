"""Two names are compared, and the reasons are said in words."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from timbang.registry.names.comparing import Verdict, compare
from timbang.registry.names.kinship import Kind, kind_of
from timbang.registry.names.normal import form

WORDS = st.sampled_from(
    [
        "Ahmad",
        "Achmad",
        "Moh",
        "Muhammad",
        "M",
        "Rizki",
        "Rizky",
        "Siti",
        "St",
        "Nur",
        "Noer",
        "Hidayah",
        "Nurhidayah",
        "Budi",
        "Santoso",
        "Made",
        "Gst",
        "Gusti",
        "Putra",
        "A",
        "Fauzi",
        "Fauzy",
        "Suparman",
        "Suparmin",
        "Wahyuni",
        "Wahyuningsih",
        "Tjahjo",
        "Cahyo",
    ]
)
NAMES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


@pytest.mark.parametrize(
    ("first", "second", "verdict", "reason"),
    [
        ("Drs. H. Ahmad Fauzi, M.Si", "AHMAD FAUZI", Verdict.SAME, None),
        ("Moh. Rizki Ramadhan", "Muhammad Rizki Ramadhan", Verdict.ALIKE, "one shortens the other"),
        ("Tjahjo Koemolo", "Cahyo Kumolo", Verdict.ALIKE, "two spellings of one name (cahyo)"),
        ("Nur Hidayah", "Nurhidayah", Verdict.ALIKE, "written joined or apart"),
        ("Fauzi Ahmad", "Ahmad Fauzi", Verdict.ALIKE, "another order"),
        ("I Gst. Ngr. Made Putra", "Gusti Ngurah Made Putra", Verdict.ALIKE, "one shortens"),
        ("Andi Mappanyukki", "Mappanyukki", Verdict.ALIKE, "often leave it out"),
        ("A. Fauzi", "Ahmad Fauzi", Verdict.POSSIBLE, "only the first letter"),
        ("Suparman", "Suparmin", Verdict.POSSIBLE, "a slip, or another name"),
        ("Sri Wahyuni", "Sri Wahyuningsih", Verdict.POSSIBLE, "cut short"),
        ("Budi Santoso", "Siti Aminah", Verdict.DIFFERENT, "stands only in"),
        ("Ahmad bin Umar", "Ahmad bin Ali", Verdict.DIFFERENT, "The fathers' names differ"),
    ],
)  # fmt: skip
def test_two_names(first: str, second: str, verdict: Verdict, reason: str | None) -> None:
    found = compare(first, second)
    assert found.verdict is verdict
    assert reason is None or any(reason in each.en for each in found.reasons)
    assert all(each.id and each.id != each.en for each in found.reasons)


def test_initials_alone_make_no_likeness() -> None:
    assert compare("A. B.", "Ahmad Budi").verdict is Verdict.DIFFERENT


def test_an_ambiguous_abbreviation_is_told() -> None:
    assert any("siti, sutan" in each.en for each in compare("St. Aminah", "Siti Aminah").reasons)


def test_a_name_of_one_word_is_told() -> None:
    assert any("one word" in each.en for each in compare("Slamet", "Slamet").reasons)


@settings(deadline=None)
@given(NAMES, NAMES)
@example("Ahmad Moh", "Muhammad M")
def test_the_order_of_the_two_does_not_matter(first: str, second: str) -> None:
    there, back = compare(first, second), compare(second, first)
    assert there.verdict is back.verdict
    assert there.likeness == pytest.approx(back.likeness)


@settings(deadline=None)
@given(NAMES)
def test_a_name_is_the_same_as_itself(name: str) -> None:
    found = compare(name, f"Drs. {name}")
    assert found.verdict is Verdict.SAME
    assert found.likeness == 1.0


@settings(deadline=None)
@given(NAMES, NAMES)
def test_no_word_answers_twice(first: str, second: str) -> None:
    found = compare(first, second)
    for side in ("a", "b"):
        used = [place for pair in found.pairs for place in getattr(pair, side)]
        assert len(used) == len(set(used))
    assert 0.0 <= found.likeness <= 1.0


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Fauzi", "fauzi", Kind.SAME), ("Fauzi", "Fauzy", Kind.SPELLING), ("Moh", "Muhammad", Kind.SHORT),
        ("St", "Sutan", Kind.SHORT), ("M", "Maria", Kind.INITIAL), ("M", "Muhammad", Kind.SHORT),
        ("Fatimah", "Patima", Kind.SOUND), ("Suparman", "Suparmin", Kind.LETTER),
        ("Budi", "Bdui", Kind.LETTER), ("Kasyatardi", "Kasytaardy", Kind.LETTERS),
        ("Wahyuningsih", "Wahyuni", Kind.CUT), ("Ani", "Budi", None), ("M", "Budi", None),
    ],
)  # fmt: skip
def test_what_joins_two_words(one: str, other: str, kind: Kind | None) -> None:
    assert kind_of(form(one), form(other)) is kind
    assert kind_of(form(other), form(one)) is kind
