"""A case is found by name, agency or number; whoever has the database learns no word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases.conftest import AT
from tests.cases.writing import chosen, write_all
from timbang.cases import actions, searching, words
from timbang.cases.actions import Given, Seen, Taking
from timbang.cases.models import Case, CaseKey, SearchToken
from timbang.cases.vault import Desk, Person


@pytest.mark.parametrize(
    "query",
    [
        "Tjahjo Koemolo", "cahyo kumolo", "KUMOLO", "Drs. H. Tjahjo, M.Si.", "camat contoh",
        "kabupaten contoh tjahjo", "0001",
    ],
)  # fmt: skip
def test_a_case_is_found(case: Case, bob: Desk, query: str) -> None:
    assert list(searching.find(bob, query, most=10).cases) == [case]


@pytest.mark.parametrize("query", ["Tjahjo Suparman", "suparman", "", "  ", "drs h"])
def test_other_words_find_nothing(case: Case, bob: Desk, query: str) -> None:
    assert list(searching.find(bob, query, most=10).cases) == []


def test_another_organ_finds_nothing(case: Case, charlie: Desk) -> None:
    assert list(searching.find(charlie, "Tjahjo", most=10).cases) == []


def test_a_corrected_name_is_found_and_the_old_one_is_not(case: Case, alice: Desk) -> None:
    person = Person("Suparman", "Camat")
    actions.write_person(case, case.accused.get().pk, person, seen=Seen.now(case), by=alice, at=AT)
    assert list(searching.find(alice, "Suparman", most=10).cases) == [case]
    assert list(searching.find(alice, "Tjahjo", most=10).cases) == []


def test_the_receiving_organ_finds_the_case_too(case: Case, alice: Desk, dewi: Desk) -> None:
    write_all(case, alice)
    taking = Taking("recommend", give=Given(dewi.organ, documents=chosen(case, alice)))
    actions.take_step(case, taking, seen=Seen.now(case), by=alice, at=AT)
    assert not CaseKey.objects.get(organ=dewi.organ).indexed
    assert list(searching.find(dewi, "cahyo", most=10).cases) == [case]


def test_the_same_word_has_another_token_in_another_organ(alice: Desk, charlie: Desk) -> None:
    mine, theirs = (
        words.tokens(words.search_key(desk.private), words.words("Tjahjo"))
        for desk in (alice, charlie)
    )
    assert not mine & theirs


def test_a_token_holds_no_word(case: Case) -> None:
    for token in SearchToken.objects.values_list("token", flat=True):
        assert len(bytes(token)) == words.TOKEN_SIZE
        assert b"tjahjo" not in bytes(token).lower()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tjahjo Koemolo", "Cahyo Kumolo"),
        ("Moh. Rizki", "Muhammad Rizqi"),
        ("Drs. H. Ahmad Fauzi, M.Si", "Ahmad Fauzi"),
        ("Nur'aini", "Nuraini"),
        ("Djoko Soesilo", "Joko Susilo"),
        ("Sukarno", "Soekarno"),
    ],
)
def test_one_person_in_two_spellings_has_the_same_words(one: str, other: str) -> None:
    assert words.words(one) == words.words(other)


def test_other_people_have_other_words() -> None:
    assert words.words("Suparman") != words.words("Suparmin")


@given(st.text(max_size=60))
def test_any_text_gives_plain_words(text: str) -> None:
    for word in words.words(text):
        assert word
        assert word.isascii()
        assert word.isalnum()


@given(st.text(max_size=60))
def test_capitals_and_order_change_nothing(text: str) -> None:
    plain = " ".join(reversed(text.encode("ascii", "ignore").decode().split()))
    assert words.words(plain.upper()) == words.words(plain.lower())
