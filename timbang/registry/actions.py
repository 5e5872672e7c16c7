"""The only writers of public facts: regions from the shipped file, agencies, people, elections.

An act of an officer leaves a ledger entry in the same transaction. What the operator loads at the
console (`by=None`) leaves none: those rows come from files that anyone can compare.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from timbang.registry.models import Region

DATA = Path(__file__).parent / "data"


@transaction.atomic
def load_regions() -> int:
    """Bring the 38 provinces and 514 regencies and cities to the state of the shipped file."""
    regions = list(_regions(DATA / "regions.csv"))
    Region.objects.bulk_create(
        regions,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "kind", "parent", "time_zone"],
    )
    return len(regions)


def _regions(path: Path) -> Iterator[Region]:
    """Provinces come before their regencies: the file is sorted by code."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Region(
                code=row["code"],
                name=row["name"],
                kind=row["kind"],
                parent_id=row["parent"] or None,
                time_zone=row["time_zone"],
            )
