"""NIP, NI PPPK, NIK: a check warns and never proves; what is kept tells nobody the number."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timbang.law.refusal import Refusal
from timbang.registry import numbers

TODAY = date(2026, 11, 22)


def parse(written: str, **how: object) -> numbers.Number:
    found = numbers.parse(written, today=TODAY, **how)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_a_nip_says_birth_appointment_and_sex() -> None:
    found = parse("19700215 199503 2 001")
    assert (found.kind, found.born, found.appointed, found.sex) == (
        "NIP", date(1970, 2, 15), (1995, 3), "P",
    )  # fmt: skip
    assert found.odd == ()


@pytest.mark.parametrize(
    ("digits", "why"),
    [
        ("197002301995032001", "day of birth does not exist"),
        ("197002151995033001", "digit of sex"),
        ("197002151980032001", "before the age of 16"),
        ("197002152030032001", "in the future"),
        ("197002151995032000", "sequence 000"),
        ("189902151995032001", "implausible year of birth"),
    ],
)
def test_an_odd_nip_is_warned_of_and_still_parsed(digits: str, why: str) -> None:
    assert any(why in odd.en for odd in parse(digits).odd)


def test_eighteen_digits_without_a_month_are_an_ni_pppk() -> None:
    found = parse("199001012021211003")
    assert (found.kind, found.born, found.appointed) == (
        "NI PPPK", date(1990, 1, 1), (2021, None),
    )  # fmt: skip
    assert found.odd == ()
    assert any("2019" in odd.en for odd in parse("199001012015211003").odd)


def test_a_nik_says_region_birth_and_sex() -> None:
    man, woman = parse("3273010107900001"), parse("3273014107900001")
    assert (man.region_code, man.born, man.sex) == ("32.73", date(1990, 7, 1), "L")
    assert (woman.born, woman.sex) == (date(1990, 7, 1), "P")
    assert parse("9973010107900001", regions={"32.73"}).odd[0].en == "the region is not known"
    assert parse("3273013202900001").odd


def test_a_young_nik_is_of_this_century() -> None:
    assert parse("3273010101200001").born == date(2020, 1, 1)


@pytest.mark.parametrize(
    "written", ["", "123", "1970021519950320012", "abc", "１９７００２１５１９９５０３２００１"]
)
def test_what_has_no_shape_of_a_number_is_none(written: str) -> None:
    assert numbers.parse(written, today=TODAY) is None


def test_a_number_is_never_shown_whole() -> None:
    found = parse("197002151995032001")
    assert found.masked == "***************001"
    assert "19700215" not in repr(found)


@given(st.from_regex(r"[0-9]{16}([0-9]{2})?", fullmatch=True))
def test_any_digits_parse_without_failing(digits: str) -> None:
    found = numbers.parse(digits, today=TODAY)
    assert found is not None
    assert found.digits == digits


def test_the_hash_depends_on_the_secret() -> None:
    one = numbers.keyed_hash("197002151995032001", b"a" * 32)
    assert one == numbers.keyed_hash("197002151995032001", b"a" * 32)
    assert one != numbers.keyed_hash("197002151995032001", b"b" * 32)
    assert len(one) == 64
    assert "1970" not in one or len(set(one)) > 4


def test_the_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    first = numbers.secret_in(tmp_path / "keys")
    assert numbers.secret_in(tmp_path / "keys") == first
    assert stat.S_IMODE((tmp_path / "keys" / "numbers.key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["numbers.key"]


def test_a_damaged_secret_is_refused(tmp_path: Path) -> None:
    (tmp_path / "numbers.key").write_text("short")
    with pytest.raises(Refusal, match="not a secret"):
        numbers.secret_in(tmp_path)
