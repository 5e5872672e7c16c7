"""Agencies, posts and who holds them; what an officer adds leaves an entry."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from timbang.accounts.models import Officer, Organ
from timbang.law.refusal import Refusal
from timbang.ledger.models import Entry
from timbang.registry import actions, reading
from timbang.registry.models import ActingKind, Agency, Occupancy, Post

AT = datetime(2026, 11, 19, 18, 30, tzinfo=UTC)


def _agency(code: str, region: str | None, by: Officer | None = None) -> Agency:
    return actions.add_agency(
        code=code, name=code, kind="regency_government", region_code=region, by=by, at=AT
    )


def _post(shipped: actions.Loaded) -> Post:
    agency = _agency("kab-x", "34.01")
    return actions.add_post(agency=agency, title="Kepala dinas", by=None, at=AT, level="high_first")


def test_agencies_of_a_province_include_those_of_its_regencies(shipped: actions.Loaded) -> None:
    _agency("prov-x", "34")
    _agency("kab-x", "34.01")
    _agency("kab-y", "33.01")
    _agency("kementerian-x", None)
    assert {agency.code for agency in reading.agencies_in("34")} == {"prov-x", "kab-x"}
    assert {agency.code for agency in reading.agencies_in("34.01")} == {"kab-x"}


def test_on_each_day_a_post_has_the_holder_of_that_day(shipped: actions.Loaded) -> None:
    post = _post(shipped)
    change = date(2024, 7, 1)
    before, after = (
        actions.add_person(name=name, by=None, at=AT, employee_kind="PNS") for name in "AB"
    )
    actions.add_occupancy(person=before, post=post, source="SK", until_on=change, by=None, at=AT)
    actions.add_occupancy(
        person=after, post=post, source="SK", from_on=change, acting=ActingKind.PLT, by=None, at=AT
    )
    holders = {
        day: [row.person.name for row in Occupancy.objects.on(day)]
        for day in (date(2024, 6, 30), change)
    }
    assert holders == {date(2024, 6, 30): ["A"], change: ["B"]}


def test_nobody_stops_holding_a_post_before_he_began(shipped: actions.Loaded) -> None:
    post = _post(shipped)
    person = actions.add_person(name="A", by=None, at=AT)
    day = date(2024, 7, 1)
    with pytest.raises(Refusal):
        actions.add_occupancy(
            person=person, post=post, source="SK", from_on=day, until_on=day, by=None, at=AT
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Occupancy.objects.create(person=person, post=post, source="x", from_on=day, until_on=day)


@pytest.mark.django_db
def test_a_unit_must_be_part_of_an_agency() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.create(code="unit-x", name="x", kind="unit")


def test_what_an_officer_adds_leaves_one_entry_without_names(shipped: actions.Loaded) -> None:
    organ = Organ.objects.create(
        code="inspektorat-x",
        name="Inspektorat X",
        kind="inspectorate",
        region_code="34",
        time_zone="Asia/Jakarta",
        inside=True,
        created_on=date(2026, 1, 1),
    )
    alice = Officer.objects.create(
        login="alice",
        name="Alice",
        organ=organ,
        roles=["administrator"],
        public_key=b"k" * 32,
        wrapped_key=b"w",
        must_change_password=False,
        added_on=date(2026, 1, 1),
    )
    _agency("kab-x", "34.01", by=alice)
    person = actions.add_person(name="Nama Orang", by=alice, at=AT)
    entries = {entry.act: entry for entry in Entry.objects.all()}
    assert set(entries) == {"registry.agency_added", "registry.person_added"}
    assert entries["registry.person_added"].body == {
        "person": str(person.pk),
        "officer": str(alice.pk),
    }
    # half past one at night in Jakarta: already the 20th
    assert {entry.made_on for entry in entries.values()} == {date(2026, 11, 20)}


def test_what_the_operator_loads_leaves_no_entry(shipped: actions.Loaded) -> None:
    _agency("kab-x", "34.01")
    assert not Entry.objects.exists()
