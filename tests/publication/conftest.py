"""Public rows as routing writes them, and draws that fall as the test wants."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from timbang.accounts.models import Organ
from timbang.cases.models import PublicCase, PublicRow
from timbang.publication.suppress import SHOWN
from timbang.registry.actions import load_regions

# the first hours of November in Jakarta: October has just ended
AT = datetime(2026, 10, 31, 18, 0, tzinfo=UTC)


def show_all(chance: Fraction) -> bool:
    """Nothing is held back."""
    return chance == SHOWN


def hide_all(chance: Fraction) -> bool:
    """Everything waits."""
    return False


def add_rows(
    number: int,
    *,
    model: type[PublicRow] | type[PublicCase] = PublicRow,
    organ_code: str = "inspektorat-coba",
    province_code: str = "34",
    month: str = "2026-09",
    conduct: str = "",
    state: str = "received",
    lapsed: int = 0,
    days_taken: int | None = None,
) -> None:
    model._default_manager.bulk_create(
        model(
            organ_code=organ_code,
            province_code=province_code,
            month=month,
            conduct=conduct,
            state=state,
            lapsed=lapsed,
            days_taken=days_taken,
        )
        for _ in range(number)
    )


@pytest.fixture
def organ(db: None) -> Organ:
    load_regions()
    return Organ.objects.create(
        code="inspektorat-coba",
        name="Inspektorat <Coba>",
        kind="inspectorate",
        region_code="34",
        time_zone="Asia/Jakarta",
        inside=True,
        created_on=date(2026, 1, 1),
    )
