"""An office in Jawa Barat that can open reports, a second one elsewhere, and regions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from timbang.accounts import actions as accounts
from timbang.accounts.models import Officer, Organ
from timbang.registry.models import Region
from timbang.reports import places, printed

AT = datetime(2027, 2, 10, 3, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Office:
    """An organ with an officer of it and the private key that only its officers can open."""

    organ: Organ
    officer: Officer
    private: bytes


@pytest.fixture
def regions(db: None) -> Iterator[None]:
    places.forget()
    printed.forget()
    west = Region.objects.create(
        code="32", name="Jawa Barat", kind="province", time_zone="Asia/Jakarta"
    )
    east = Region.objects.create(
        code="94", name="Papua", kind="province", time_zone="Asia/Jayapura"
    )
    for code, name, parent in (
        ("32.04", "Kabupaten Bandung", west),
        ("32.73", "Kota Bandung", west),
        ("94.71", "Kota Jayapura", east),
    ):
        Region.objects.create(
            code=code, name=name, kind="regency", parent=parent, time_zone=parent.time_zone
        )
    yield
    places.forget()


def make_office(code: str, **changes: object) -> Office:
    told: dict[str, object] = {
        "code": code, "name": f"Kantor {code}", "kind": "bawaslu", "region_code": "32",
        "time_zone": "Asia/Jakarta", "inside": True, "channel": "", "address": "",
    }  # fmt: skip
    organ = accounts.add_organ(**{**told, **changes}, by=None, at=AT)  # type: ignore[arg-type]
    officer, password = accounts.add_officer(
        organ=organ, login=f"petugas-{code}", name="Petugas", roles=["receiver"], by=None,
        organ_private=None, at=AT,
    )  # fmt: skip
    organ.refresh_from_db()
    private = officer.open_organ(officer.open_private(password))
    return Office(organ, officer, private)


@pytest.fixture
def office(regions: None) -> Office:
    return make_office("bawaslu-jabar")


@pytest.fixture
def other_office(regions: None) -> Office:
    return make_office("inspektorat-jabar", kind="inspectorate")
