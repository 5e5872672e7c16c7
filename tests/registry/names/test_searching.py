"""People are found by names written in other ways, always with the number of homonyms."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.registry.names.conftest import PEOPLE
from timbang.registry.names.answers import Query
from timbang.registry.names.index import Index, build
from timbang.registry.names.kinship import LOGS, Kind, kind_of, slip
from timbang.registry.names.normal import form, forms
from timbang.registry.names.person import Person
from timbang.registry.names.searching import Search, certainties
from timbang.registry.names.splitting import UnreadableName, split
from timbang.registry.names.widening import NEVER, WRITTEN_OUT


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Cahyo Kumolo, S.H.", "6"),
        ("kumolo cahyo", "6"),
        ("I Gst. Ngr. Md. Putra", "7"),
        ("Gusti Ngurah Putra", "7"),
        ("Nurhidayah Lestari", "9"),
        ("Suparmann", "10"),
        ("Moh. Rizky Ramadan", "13"),
        ("M. Riski R.", "13"),
        ("Binsar T. Simanjuntak", "14"),
        ("Simanjutnak Binsar Togar", "14"),
        ("Purnarjdi", "12"),
        ("Dwiwulandari", "15"),
        ("Dwiwulndari", "15"),
        ("Wulandari", "15"),
    ],
)
def test_somebody_is_found(search: Search, written: str, expected: str) -> None:
    assert search.best(Query(written))[:1] == [expected]


def test_joined_and_apart_both_answer(search: Search) -> None:
    assert set(search.best(Query("NUR HIDAYAH"))[:2]) == {"8", "9"}
    assert set(search.best(Query("Nurhidayah"))[:2]) == {"8", "9"}


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        ({"agency_code": "A1"}, "1"),
        ({"agency_code": "A2"}, "2"),
        ({"region_code": "33.01"}, "3"),
        ({"birth_year": 1991}, "3"),
        ({"birth_year": 1990}, "3"),
        ({"post": "kepala dinas"}, "1"),
    ],
)
def test_what_else_is_known_tells_homonyms_apart(
    register: Index, context: dict[str, object], expected: str
) -> None:
    search = Search(register)
    assert search.best(Query("Ahmad Fauzi", **context))[:1] == [expected]  # type: ignore[arg-type]


def test_the_order_of_the_words_tells_names_apart(tmp_path: Path) -> None:
    build([Person("1", "Rukmini Halimah"), Person("2", "Halimah Rukmini")], tmp_path / "i")
    search = Search(Index(tmp_path / "i"))
    assert search.best(Query("Halimah Rukmini")) == ["2", "1"]
    assert search.best(Query("Rukmini Halimah")) == ["1", "2"]


def test_halves_of_a_word_keep_their_order(tmp_path: Path) -> None:
    build([Person("1", "Zahra Nurlaila"), Person("2", "Nurlaila Zahra")], tmp_path / "i")
    assert Search(Index(tmp_path / "i")).best(Query("Nurlailazahra")) == ["2", "1"]


def test_the_letter_of_a_title_may_be_the_letter_of_a_name(tmp_path: Path) -> None:
    people = [Person("1", "Hasan Fauzi"), Person("2", "Budi Fauzi"), Person("3", "Renaryo Nasir"),
              Person("4", "Budi Nasir")]  # fmt: skip
    build(people, tmp_path / "i")
    search = Search(Index(tmp_path / "i"))
    assert search.best(Query("H. Fauzi"))[0] == "1"
    assert search.best(Query("R. Nasir"))[0] == "3"


def test_names_of_an_agency_are_not_crowded_out(tmp_path: Path) -> None:
    """Hundreds elsewhere answer as well as the one who works there."""
    others = [Person(f"x{at}", f"Febri Santo{chr(97 + at % 26)}{chr(97 + at // 26)}", f"B{at % 40}")
              for at in range(400)]  # fmt: skip
    build([*others, Person("1", "Febri Sukardi", "A1")], tmp_path / "i")
    assert Search(Index(tmp_path / "i")).best(Query("Fibri S.", agency_code="A1"))[0] == "1"


def test_a_whole_name_joined_and_mistyped_is_found_in_its_agency(search: Search) -> None:
    assert search.best(Query("BINSARTOGARSIMNJUNTAK", agency_code="A4"))[0] == "14"


def test_an_answer_always_has_the_number_of_homonyms(search: Search) -> None:
    answer = search.find(Query("Ahmad Fauzi"))
    assert answer.alike == 3
    assert {hit.person.person_id for hit in answer.hits[:3]} == {"1", "2", "3"}
    assert all(hit.homonyms == 3 for hit in answer.hits[:3])
    assert "3 people are named like this" in answer.words.en
    body = answer.as_json()
    assert body["people_named_alike"] == 3
    assert body["words"]


def test_no_answer_is_a_lone_match(search: Search) -> None:
    """Whatever is asked, the words say how many are named so, or that nobody is."""
    for person in PEOPLE:
        words = search.find(Query(person.name)).words.en
        assert "named like this" in words


def test_homonyms_share_the_chance(search: Search) -> None:
    """Two who are written alike in a register cannot be told apart by the name."""
    first, second = search.find(Query("Ahmad Fauzi")).hits[:2]
    assert first.certainty == pytest.approx(second.certainty)
    assert first.certainty < 0.5


def test_an_agency_that_points_to_one_says_so(search: Search) -> None:
    answer = search.find(Query("Siti Aminah", agency_code="A1", birth_year=1985))
    assert answer.hits[0].person.person_id == "4"
    reasons = [reason.en for reason in answer.hits[0].reasons]
    assert "Same agency: Dinas Satu" in reasons
    assert "Same year of birth: 1985" in reasons
    assert any("Another agency" in reason.en for reason in answer.hits[1].reasons)


def test_nobody_answers_to_a_name_unlike_all(search: Search) -> None:
    answer = search.find(Query("Xqzwvk"))
    assert answer.hits == ()
    assert answer.outside == 1.0
    assert "Nobody" in answer.words.en


def test_a_text_that_is_no_name_is_refused(search: Search) -> None:
    with pytest.raises(UnreadableName):
        search.find(Query("123"))


def test_an_unknown_agency_neither_finds_nor_hides(search: Search) -> None:
    assert search.best(Query("Suparman", agency_code="ZZ"))[:1] == ["10"]


@settings(deadline=None)
@given(st.sampled_from(PEOPLE), st.booleans(), st.booleans())
def test_the_chances_of_all_sum_to_one(person: Person, agency: bool, year: bool) -> None:
    search = Search(_INDEX[0])
    query = Query(
        person.name,
        agency_code=person.agency_code if agency else "",
        birth_year=person.birth_year if year else None,
    )
    chances, outside = certainties(search.weigh(query, split(person.name)))
    assert float(chances.sum()) + outside == pytest.approx(1.0)
    assert list(chances) == sorted(chances, reverse=True)


@settings(deadline=None)
@given(st.sampled_from(PEOPLE))
def test_everybody_is_found_by_the_name_as_written_and_the_agency(person: Person) -> None:
    search = Search(_INDEX[0])
    assert search.best(Query(person.name, agency_code=person.agency_code))[:1] == [person.person_id]


def test_a_search_leaves_no_trace_in_the_next(search: Search) -> None:
    before = search.find(Query("Ahmad Fauzi"))
    for person in PEOPLE:
        search.find(Query(person.name, agency_code=person.agency_code))
    assert search.find(Query("Ahmad Fauzi")) == before


def test_many_at_once_are_graded_as_one_by_one() -> None:
    """The kinds that the search uses are those that a comparison names."""
    words = sorted(
        [
            "fauzi",
            "fauzy",
            "pauzi",
            "muhammad",
            "mohamad",
            "moh",
            "suparman",
            "suparmin",
            "suparmann",
            "budi",
            "bdui",
            "boedi",
            "siti",
            "st",
            "sitti",
            "kasyatardi",
            "kasytaardy",
            "wahyuni",
            "wahyuningsih",
            "maria",
            "m",
            "a",
        ]
    )
    people = [Person(str(number), f"{word} xenon") for number, word in enumerate(words)]
    index = Index(_built(people))
    search = Search(index)
    for asked in ("fauzi", "muhammad", "suparman", "budi", "kasyatardi", "wahyuni", "maria"):
        slot = search.words.slot(form(asked), (0,))
        graded = dict(
            zip((index.vocabulary[at] for at in slot.words), slot.logs.tolist(), strict=True)
        )
        for word in words:
            kind = kind_of(form(asked), form(word))
            expected = _expected(kind, form(asked).normal)
            if word in ("m", "a", "moh", "st"):
                assert kind is None or graded[word] <= WRITTEN_OUT + 1e-6
            elif kind in (Kind.CUT, None):
                assert word not in graded or graded[word] <= LOGS[Kind.CUT]
            elif word in graded:
                assert graded[word] == pytest.approx(expected, abs=1e-5), (asked, word)
            else:
                # Two slips may leave nothing in common; that is looked for only when nothing answers.
                assert kind is Kind.LETTERS


def _expected(kind: Kind | None, normal: str) -> float:
    if kind in (Kind.LETTER, Kind.LETTERS):
        return slip(kind, len(normal))
    return LOGS[kind] if kind else float(NEVER)


def test_a_popular_name_is_found_among_thousands_of_homonyms(tmp_path: Path) -> None:
    people = [
        Person(str(number), "Siti Aminah", f"A{number % 50}", "", "", 1960 + number % 40)
        for number in range(9_000)
    ]
    build(people, tmp_path / "i")
    answer = Search(Index(tmp_path / "i")).find(Query("Siti Aminah", agency_code="A49"))
    assert answer.alike == 9_000
    assert all(hit.person.agency_code == "A49" for hit in answer.hits)
    assert answer.hits[0].certainty <= 1 / 180


def test_scores_follow_the_arithmetic_by_hand(tmp_path: Path) -> None:
    """Score of the right person = chance of each word; a word left out costs what it must."""
    build([Person("1", "Budi Santoso"), Person("2", "Citra Lestari")], tmp_path / "i")
    search = Search(Index(tmp_path / "i"))
    both = search.weigh(Query("Budi Santoso"), split("Budi Santoso"))
    assert both.scores[0] == pytest.approx(2 * LOGS[Kind.SAME], abs=1e-5)
    one = search.weigh(Query("Santoso"), split("Santoso"))
    assert one.scores[0] == pytest.approx(LOGS[Kind.SAME] + math.log(0.06), abs=1e-5)


def test_the_working_space_is_empty_after_each_search(search: Search) -> None:
    search.find(Query("Moh. Rizki Ramadhan", agency_code="A3"))
    assert all(bool(np.all(table == NEVER)) for table in search._tables)


def _built(people: list[Person]) -> Path:
    import tempfile

    folder = Path(tempfile.mkdtemp()) / "index"
    build(people, folder)
    return folder


_INDEX: list[Index] = []


@pytest.fixture(scope="module", autouse=True)
def _opened(folder: Path) -> None:
    _INDEX[:] = [Index(folder)]
    assert forms(split(PEOPLE[0].name))
