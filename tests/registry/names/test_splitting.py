"""A name as written is taken apart: titles before, the name, titles after."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timbang.registry.names.splitting import LONGEST, UnreadableName, cleaned, split


@pytest.mark.parametrize(
    ("written", "before", "name", "after"),
    [
        ("Drs. H. Ahmad Fauzi, M.Si", ["Drs.", "H."], "Ahmad Fauzi", ["M.Si"]),
        ("Drs.H.M.Fauzi,S.Sos.,M.Si", ["Drs.", "H."], "M Fauzi", ["S.Sos.", "M.Si"]),
        ("AHMAD FAUZI SSOS MSI", [], "AHMAD FAUZI", ["SSOS", "MSI"]),
        ("ahmad fauzi se mm", [], "ahmad fauzi", ["se", "mm"]),
        ("BUDI SE", [], "BUDI", ["SE"]),
        (
            "Prof. Dr. Ir. Budi Santoso, M.Sc., Ph.D",
            ["Prof.", "Dr.", "Ir."],
            "Budi Santoso",
            ["M.Sc.", "Ph.D"],
        ),
        ("K.H. Abdurrahman Wahid", ["K.H."], "Abdurrahman Wahid", []),
        ("K. H. Abdurrahman Wahid", ["K.H."], "Abdurrahman Wahid", []),
        ("dr. Ani, Sp.OG", ["dr."], "Ani", ["Sp.OG"]),
        ("Dian Sastro, S. Pd. I", [], "Dian Sastro", ["S.Pd.I"]),
        ("Ketut Suardana S.Pd", [], "Ketut Suardana", ["S.Pd"]),
        ("Budi, SH, MH", [], "Budi", ["SH", "MH"]),
        ("R.A. Kartini", ["R.A."], "Kartini", []),
        ("Rr. Dewi Sekar", ["Rr."], "Dewi Sekar", []),
        ("Kol. (Purn) Sutrisno", ["Kol."], "Sutrisno", ["Purn"]),
        ("Hj. Siti Aminah, S.Pd., M.Pd.", ["Hj."], "Siti Aminah", ["S.Pd.", "M.Pd."]),
        ("Dr. S. Dariyono, S.Pt", ["Dr."], "S Dariyono", ["S.Pt"]),
        # words that are titles elsewhere are names here
        ("Mas Adi", [], "Mas Adi", []),
        ("Gus Dur", [], "Gus Dur", []),
        ("Ma Chung", [], "Ma Chung", []),
        ("Yo-Yo Ma", [], "Yo Yo Ma", []),
        ("Suparman", [], "Suparman", []),
        ("Andi Mappanyukki", [], "Andi Mappanyukki", []),
        # Bali: markers are no part of the name, two letters stand for two words
        ("I Gst. Ngr. Made Putra, S.E.", [], "Gst Ngr Made Putra", ["S.E."]),
        ("Ni Luh Putu Ary", [], "Luh Putu Ary", []),
        ("I.B. Putra", [], "Ida Bagus Putra", []),
        ("IB Putra", [], "Ida Bagus Putra", []),
        ("A.A. Gede Raka", [], "Anak Agung Gede Raka", []),
        ("I Syamsul", [], "I Syamsul", []),
        # accents, quotes, spaces
        ("  Jose\u0301   Nur\u2019aini ", [], "Jose Nuraini", []),
    ],
)
def test_a_name_is_taken_apart(
    written: str, before: list[str], name: str, after: list[str]
) -> None:
    parts = split(written)
    assert [title.written for title in parts.before] == before
    assert parts.name == name
    assert [title.written for title in parts.after] == after


def test_what_follows_bin_or_binti_is_the_father() -> None:
    parts = split("Siti Fatimah binti Umar Said")
    assert parts.core == ("Siti", "Fatimah", "Umar", "Said")
    assert parts.father == 2


def test_articles_are_no_words_of_the_name() -> None:
    assert split("Abdul Rahman Al Habsyi").name == "Abdul Rahman Habsyi"


def test_another_name_of_the_same_person_is_kept_apart() -> None:
    parts = split("Budi Santoso alias Codet")
    assert parts.name == "Budi Santoso"
    assert parts.aliases == (("Codet",),)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("H. Fauzi", "'H.' may be a title"),
        ("Siregar, Budi", "after a comma was read as part of the name"),
        ("Ahmad, S.Xyz.", "by its shape"),
        ("Budi 2", "digits"),
    ],
)
def test_what_was_guessed_is_said(written: str, said: str) -> None:
    doubts = split(written).doubts
    assert [said in doubt.en for doubt in doubts] == [True]
    assert all(doubt.id and doubt.id != doubt.en for doubt in doubts)


def test_a_title_beside_another_leaves_no_doubt() -> None:
    assert split("Drs. H. Ahmad Fauzi").doubts == ()


def test_titles_say_what_they_mean_and_where_we_know_it_from() -> None:
    meaning = split("Budi, S.Sos").after[0].meaning
    assert meaning is not None
    assert meaning.words == "Sarjana Sosial"
    assert meaning.kind == "academic"
    assert meaning.source


def test_a_text_of_titles_only_keeps_the_last_as_the_name() -> None:
    assert split("Drs").name == "Drs"
    assert split("Ir. H.").name == "H"


@pytest.mark.parametrize(
    "written", ["", "   ", "123", "...", "\u0645\u062d\u0645\u062f", "x" * (LONGEST + 1)]
)
def test_a_text_that_is_no_name_is_refused_in_words(written: str) -> None:
    with pytest.raises(UnreadableName) as problem:
        split(written)
    assert problem.value.message.id != problem.value.message.en


LETTERS = st.text(string.ascii_letters, min_size=2, max_size=12)


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_split_or_refused(text: str) -> None:
    try:
        parts = split(text)
    except UnreadableName:
        return
    assert parts.core
    assert all(word.isascii() and word.isalnum() for word in parts.core)


@settings(deadline=None)
@given(st.text(max_size=80))
def test_no_word_is_invented(text: str) -> None:
    """Every word of the name stands in the text, but for the two that two letters stand for."""
    try:
        parts = split(text)
    except UnreadableName:
        return
    plain = cleaned(text).lower()
    written_out = {
        "ida",
        "bagus",
        "ayu",
        "anak",
        "agung",
        "fransiskus",
        "xaverius",
        "yohanes",
        "baptista",
    }
    assert all(word.lower() in plain or word.lower() in written_out for word in parts.core)


@settings(deadline=None)
@given(
    LETTERS,
    LETTERS,
    st.sampled_from(["Drs. ", "Ir. ", "Prof. Dr. ", ""]),
    st.sampled_from(["", ", S.Sos", ", M.Pd.", ", S.Kom., M.T."]),
)
def test_titles_never_change_the_name(first: str, second: str, before: str, after: str) -> None:
    name = f"Xa{first.lower()} Xo{second.lower()}"  # no title starts so
    assert split(before + name + after).name == name
