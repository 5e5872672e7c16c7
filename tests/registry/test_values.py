"""Days, amounts, numbers as Indonesian files write them: read, or left unknown, never guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timbang.registry import values


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2018-06-27", date(2018, 6, 27)),
        ("2018-06-27T23:59:59+07:00", date(2018, 6, 27)),
        ("2018-06-27 08:00:00", date(2018, 6, 27)),
        ("27/06/2018", date(2018, 6, 27)),
        ("3-4-2018", date(2018, 4, 3)),
        ("27.06.2018", date(2018, 6, 27)),
        ("27 Juni 2018", date(2018, 6, 27)),
        ("1 Agt 2018", date(2018, 8, 1)),
        ("17 Pebruari 2018", date(2018, 2, 17)),
        ("", None),
        ("-", None),
    ],
)
def test_a_day_is_read_as_written(written: str, day: date | None) -> None:
    assert values.day(written) == (day, None)


@pytest.mark.parametrize(
    ("written", "doubt"),
    [
        ("-0001-11-30T14:08:09+00:00", "day_impossible"),
        ("0000-00-00", "day_impossible"),
        ("2018-02-30", "day_impossible"),
        ("30/02/2018", "day_impossible"),
        ("27 Foo 2018", "day_unreadable"),
        ("kemarin", "day_unreadable"),
    ],
)
def test_a_day_that_cannot_be_is_unknown_and_doubtful(written: str, doubt: str) -> None:
    assert values.day(written) == (None, doubt)


def test_a_day_far_away_is_kept_and_doubtful() -> None:
    assert values.day("2106-01-05") == (date(2106, 1, 5), "day_implausible")
    assert values.day("1899-12-31") == (date(1899, 12, 31), "day_implausible")


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1.234.567,89", 1234567.89),
        ("1,234,567.89", 1234567.89),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234.567", 1234567.0),
        ("12.5", 12.5),
        ("0,125", 0.12),
        ("Rp 1.000.000,00", 1_000_000.0),
        ("Rp. -2.500.000", -2_500_000.0),
        ("(500)", -500.0),
        ("(1.500.000,50)", -1_500_000.5),
        ("1,5 miliar", 1.5e9),
        ("250 juta", 2.5e8),
        ("12345", 12345.0),
    ],
)
def test_an_amount_is_read_in_any_manner(written: str, amount: float) -> None:
    assert values.amount(written) == (amount, None)


@pytest.mark.parametrize("written", ["1.234", "12,345", "999.000"])
def test_what_two_countries_read_in_two_ways_is_not_guessed(written: str) -> None:
    assert values.amount(written) == (None, "amount_ambiguous")


def test_the_file_may_say_which_mark_is_the_decimal_one() -> None:
    assert values.amount("1.234", decimal="comma") == (1234.0, None)
    assert values.amount("1.234", decimal="point", unit=10**9) == (1_234_000_000.0, None)


@pytest.mark.parametrize(
    "written", ["abc", "1.23.4", "12.34.567", "1.234.56", "1,2,3", "(5", "5)", "5 M", "1..2", "1,"]
)
def test_what_is_no_amount_is_unknown_and_doubtful(written: str) -> None:
    assert values.amount(written) == (None, "amount_unreadable")


def test_a_bare_m_is_a_thousand_millions_only_where_the_source_says_so() -> None:
    assert values.amount("2.277,20 M", billions=True) == (2_277_200_000_000.0, None)
    assert values.amount("-64,26 M", billions=True) == (-64_260_000_000.0, None)


def test_an_amount_beyond_belief_is_doubtful() -> None:
    assert values.amount("9" * 17)[1] == "amount_huge"
    assert values.amount("9" * 400) == (None, "amount_unreadable")
    assert values.checked(float("inf")) == (None, "amount_unreadable")


@given(st.integers(0, 10**14), st.integers(0, 99))
def test_an_amount_written_as_indonesians_do_comes_back(whole: int, cents: int) -> None:
    written = f"{whole:,}".replace(",", ".") + f",{cents:02}"
    assert values.amount(written)[0] == pytest.approx(whole + cents / 100, abs=0.011)


@given(st.text(max_size=30))
def test_no_text_makes_the_readers_fail(text: str) -> None:
    for read in (values.day, values.amount, values.whole, values.flag):
        found, doubt = read(text)
        assert found is None or doubt in (None, "day_implausible", "amount_huge")


def test_every_doubt_that_is_given_is_explained() -> None:
    from pathlib import Path

    room = Path(values.__file__).parent
    text = "".join(path.read_text() for path in room.glob("*.py"))
    beside = [*room.glob("sources/*/*.py"), *room.glob("sources/*/*.yaml")]
    text += "".join(path.read_text() for path in beside)
    for code in values.DOUBTS:
        assert text.count(code) > 1, code


@pytest.mark.parametrize(
    ("written", "found"), [("1.234", 1234), ("12,000", 12000), ("7", 7), ("-3", -3), ("5.0", 5)]
)
def test_a_whole_number_may_mark_its_thousands(written: str, found: int) -> None:
    assert values.whole(written) == (found, None)


def test_yes_and_no_in_the_words_of_exports() -> None:
    assert [values.flag(w)[0] for w in ("Ya", "TRUE", "1", "tidak", "false", "")] == [
        True, True, True, False, False, None,
    ]  # fmt: skip
    assert values.flag("mungkin") == (None, "flag_unreadable")


@pytest.mark.parametrize("written", ["1 5", "1 23", "12'34", "1 234 5", "1  234", "1.234 567"])
def test_a_space_parts_thousands_and_nothing_else(written: str) -> None:
    assert values.amount(written) == (None, "amount_unreadable")
    assert values.amount("Rp 1 234 567,50") == (1_234_567.5, None)
    assert values.amount("1'234'567.50") == (1_234_567.5, None)
