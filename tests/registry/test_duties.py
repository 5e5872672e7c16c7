"""The three duties: data with sources; a programme that no rule knows touches none we know of."""

from __future__ import annotations

import pytest

from timbang.registry import duties


def test_each_duty_says_what_it_means_and_where_that_is_said() -> None:
    known = duties.catalogue().duties
    assert tuple(known) == duties.DUTIES
    for duty in known.values():
        assert len(duty.examples) >= 3
        assert "ps." in duty.source.id
        assert duty.level == "memory"  # nobody looked it up yet: shown as such


@pytest.mark.parametrize(
    ("code", "name", "duty", "group"),
    [
        ("2.12.02", "Program Pendaftaran Penduduk", "service", None),
        ("1.02.02", "Pemenuhan Upaya Kesehatan", "service", None),
        ("1.03.10.2.01", "Peningkatan Jalan", "development", None),
        ("2.13.05", "Pemberdayaan Lembaga Kemasyarakatan Desa", "empowerment", "villages"),
        ("3.27.07", "Program Penyuluhan Pertanian", "empowerment", "farmers"),
        ("3.27.02", "Sarana Pertanian", "development", "farmers"),
        ("1.06.04", "Rehabilitasi Sosial Penyandang Disabilitas", "service", "disabled"),
        ("5.01.02", "Perencanaan Daerah", "support", None),
        ("1.01.01.2.02", "Administrasi Keuangan", "support", None),
        ("7.01.02", "Program Kecamatan", "service", None),
    ],
)
def test_a_programme_touches_a_duty(code: str, name: str, duty: str, group: str | None) -> None:
    found = duties.of_programme(code, name)
    assert found is not None
    assert (found.duty, found.group) == (duty, group)
    assert found.because


def test_a_code_that_only_begins_alike_is_another() -> None:
    assert duties.of_programme("1.010", "Lain") is None
    assert duties.of_programme("9.99.02", "Lain") is None


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("1", "affair", None),
        ("1.02", "field", "1"),
        ("1.02.02", "programme", "1.02"),
        ("1.02.02.2.01", "activity", "1.02.02"),
        ("1.02.02.2.01.0001", "sub_activity", "1.02.02.2.01"),
        ("abc", None, None),
    ],
)
def test_a_code_says_its_level_and_what_is_above(
    code: str, level: str | None, parent: str | None
) -> None:
    assert duties.level_of(code) == level
    assert duties.parent_of(code) == parent


def test_the_poor_are_a_group_of_their_own() -> None:
    assert duties.group_in("Bantuan bagi Masyarakat Miskin") == "poor"
    assert duties.group_in("Pembangunan gedung") is None
