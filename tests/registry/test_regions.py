"""Regions: complete, in the right zone, loaded as often as one likes."""

from __future__ import annotations

import csv
from collections import Counter

import pytest
from django.db import IntegrityError, transaction

from timbang.registry import actions, reading
from timbang.registry.actions import facts
from timbang.registry.models import Region, RegionKind, TimeZone


def test_there_are_38_provinces_and_514_regencies_and_cities(shipped: actions.Loaded) -> None:
    kinds = Counter(Region.objects.values_list("kind", flat=True))
    # 416 regencies and 98 cities: the numbers of the Ministry of Home Affairs
    assert kinds == {RegionKind.PROVINCE: 38, RegionKind.REGENCY: 416, RegionKind.CITY: 98}


def test_loading_again_changes_nothing_and_repairs_what_was_altered(
    shipped: actions.Loaded,
) -> None:
    before = list(Region.objects.values())
    Region.objects.filter(pk="53").update(time_zone=TimeZone.WIB, name="x")
    actions.load_regions()
    assert list(Region.objects.values()) == before


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("11.71", TimeZone.WIB),
        ("61", TimeZone.WIB),
        ("62.71", TimeZone.WIB),
        ("63", TimeZone.WITA),
        ("51.71", TimeZone.WITA),
        ("53.71", TimeZone.WITA),
        ("76", TimeZone.WITA),
        ("82.71", TimeZone.WIT),
        ("96.71", TimeZone.WIT),
    ],
)
def test_a_region_carries_the_zone_that_decides_its_day(
    shipped: actions.Loaded, code: str, zone: TimeZone
) -> None:
    assert Region.objects.get(pk=code).time_zone == zone


def test_a_regency_has_the_zone_and_the_code_of_its_province(shipped: actions.Loaded) -> None:
    for region in Region.objects.exclude(parent=None).select_related("parent"):
        assert region.parent is not None
        assert region.code.startswith(region.parent.code + ".")
        assert region.time_zone == region.parent.time_zone


def test_the_regencies_of_a_province_are_its_own(shipped: actions.Loaded) -> None:
    assert len(reading.provinces()) == 38
    assert {region.name for region in reading.regencies("34")} == {
        "Kabupaten Kulon Progo",
        "Kabupaten Bantul",
        "Kabupaten Gunungkidul",
        "Kabupaten Sleman",
        "Kota Yogyakarta",
    }
    assert reading.regencies("99") == []


def test_names_in_the_file_are_clean_and_codes_stand_once() -> None:
    with (facts.DATA / "regions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(value == value.strip() for row in rows for value in row.values())
    assert max(Counter(row["code"] for row in rows).values()) == 1
    assert [row["code"] for row in rows] == sorted(row["code"] for row in rows)


def test_the_licence_of_the_region_data_is_told_beside_them() -> None:
    told = (facts.DATA / "LICENCE.md").read_text("utf-8")
    assert "idn-area-data" in told
    assert "share-alike" in told


@pytest.mark.django_db
def test_a_regency_without_a_province_is_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Region.objects.create(code="99.01", name="x", kind="regency", time_zone=TimeZone.WIB)
