"""Which region a label means: by the list, never by likeness."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from timbang.law.refusal import Refusal
from timbang.registry import places


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Kota_Blitar", "35.72"),
        ("Kota Blitar", "35.72"),
        ("Kab. Blitar", "35.05"),
        ("KABUPATEN BLITAR", "35.05"),
        ("Pemkot Blitar", "35.72"),
        ("Pemerintah Kabupaten Blitar", "35.05"),
        ("Surabaya", "35.78"),
        ("batu", "35.79"),
        ("Prov. Jawa Timur", "35"),
        ("35.05", "35.05"),
        ("3505", "35.05"),
        ("35", "35"),
        ("Kotabaru", "63.02"),
    ],
)
def test_a_label_means_one_region(written: str, code: str) -> None:
    assert places.region(written) == (code, None)


def test_a_name_that_two_regions_bear_is_read_only_as_the_source_means_it() -> None:
    assert places.region("Blitar") == (None, "region_ambiguous")
    assert places.region("Blitar", bare="regency") == ("35.05", "region_by_convention")
    assert places.region("Blitar", bare="city") == ("35.72", "region_by_convention")


@pytest.mark.parametrize("written", ["Blitarr", "Kab. Surabaya", "99.99", "Kota"])
def test_what_the_list_does_not_have_is_unknown(written: str) -> None:
    assert places.region(written) == (None, "region_unknown")


def test_nothing_means_nothing() -> None:
    assert places.region("  ") == (None, None)


def test_every_official_name_means_its_own_code() -> None:
    """Three provinces share their bare name with a city or regency: those stay ambiguous."""
    wrong = {c: places.region(name) for c, name in places.codes().items()}
    wrong = {c: found for c, found in wrong.items() if found != (c, None)}
    assert wrong == dict.fromkeys(("15", "17", "75"), (None, "region_ambiguous"))
    assert places.region("Provinsi Jambi") == ("15", None)
    assert places.region("DKI Jakarta") == ("31", None)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / places.OWN_FILE
    yield path
    path.unlink(missing_ok=True)
    places.take_in(path)


def test_a_region_that_only_this_installation_knows_is_known(own: Path) -> None:
    assert places.region("99.01") == (None, "region_unknown")
    places.take_in(own)
    assert places.region("99.01") == (None, "region_unknown")
    own.write_text(
        "code,name,kind,parent,time_zone\n99,Nusa Timbang,province,,Asia/Makassar\n"
        "99.01,Kabupaten Batu Layar,regency,99,Asia/Makassar\n"
    )
    places.take_in(own)
    for written in ("99.01", "9901", "Kab. Batu Layar", "batu layar"):
        assert places.region(written) == ("99.01", None)
    assert places.codes()["32.73"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("code,name\n99,X\n", "regions.csv:1: the columns must be code,name,kind"),
        ("code,name,kind,parent,time_zone\nX,Y,city,,Z\n", "regions.csv:2: 'X' is no code"),
        ("code,name,kind,parent,time_zone\n32.73,Y,city,32,Z\n", "or stands already"),
        ("code,name,kind,parent,time_zone\n99\n", "or has no kind"),
    ],
)
def test_a_file_of_own_regions_that_is_wrong_is_told(own: Path, text: str, why: str) -> None:
    own.write_text(text)
    places.take_in(own)
    with pytest.raises(Refusal, match=why):
        places.codes()
