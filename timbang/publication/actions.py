"""The only writer of releases: once for each month that has ended, never changed afterwards.

The worker asks again and again; only the first call in a new month does anything. The draws come
from the operating system's randomness: whoever could foresee them could undo the protection.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import date, datetime
from fractions import Fraction
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from timbang.cases.models import (
    PublicCase,
    PublicRow,
    SanctionFact,
    SatisfactionFact,
    ServiceFact,
)
from timbang.ledger import actions as ledger
from timbang.publication import suppress
from timbang.publication.models import CellFives, Release, ReleaseCell, Subject
from timbang.publication.suppress import Cell, Draw, Fives, Row

FORMAT: Final = "timbang-figures/1"
COLUMNS: Final = (
    "organ_code",
    "province_code",
    "month",
    "conduct",
    "state",
    "lapsed",
    "days_taken",
)  # in the order of suppress.Row


def draw_in_secret(chance: Fraction) -> bool:
    return secrets.randbelow(chance.denominator) < chance.numerator


def release(*, at: datetime, draw: Draw = draw_in_secret) -> Release | None:
    """Publish the figures of all months that have ended; None when that was done already."""
    on = timezone.localdate(at)
    month = month_before(on)
    if Release.objects.filter(month__gte=month).exists():
        return None
    with transaction.atomic():
        try:
            with transaction.atomic():
                found = Release.objects.create(month=month, released_on=on)
        except IntegrityError:  # another worker, meanwhile
            return None
        _fill(found, draw)
    return found


def _fill(found: Release, draw: Draw) -> None:
    after = suppress.advance_all(_fives(), _counts(found.month), draw)
    _keep(after)
    shown = {cell: fives.shown for cell, fives in after.items() if fives.shown}
    ReleaseCell.objects.bulk_create(
        ReleaseCell(release=found, fives=fives, **vars(cell)) for cell, fives in shown.items()
    )
    found.file = release_file(found.month, found.released_on, shown)
    found.digest = hashlib.sha256(found.file.encode()).hexdigest()
    found.entry = ledger.record(
        act="publication.released",
        body={"month": found.month, "digest": found.digest},
        lane="now",
        on=found.released_on,
    )
    found.save(update_fields=["file", "digest", "entry"])


def _counts(last_month: str) -> dict[Cell, int]:
    """The true counts of all months up to the last one that has ended."""
    counts: dict[Cell, int] = {}
    for subject, model in ((Subject.REPORTS, PublicRow), (Subject.CASES, PublicCase)):
        rows = model._default_manager.filter(month__lte=last_month).values_list(*COLUMNS)
        counts |= suppress.count(subject.value, (Row(*row) for row in rows.iterator()))
    given = SanctionFact.objects.filter(month__lte=last_month).values_list(
        "norm", "level", "kind", "province_code"
    )
    counts |= suppress.count_sanctions(Subject.CASES.value, given.iterator())
    served = ServiceFact.objects.filter(month__lte=last_month)
    told = served.values_list("duty", "conduct", "remedy")
    counts |= suppress.count_services(Subject.CASES.value, told.iterator())
    said = SatisfactionFact.objects.filter(month__lte=last_month)
    levels = said.values_list("level", flat=True)
    return counts | suppress.count_satisfied(Subject.REPORTS.value, levels.iterator())


def _fives() -> dict[Cell, Fives]:
    return {
        Cell(row.subject, row.table, row.first, row.second): Fives(row.seen, row.never, row.shown)
        for row in CellFives.objects.all()
    }


def _keep(after: dict[Cell, Fives]) -> None:
    """Cells that never had a full five need no row."""
    CellFives.objects.bulk_create(
        (CellFives(**vars(cell), **vars(fives)) for cell, fives in after.items() if fives.seen),
        update_conflicts=True,
        unique_fields=["subject", "table", "first", "second"],
        update_fields=["seen", "never", "shown"],
    )


def release_file(month: str, released_on: date, shown: dict[Cell, int]) -> str:
    """The published file: the same figures give the same bytes (docs/reference/open-data.md)."""
    content = {
        "format": FORMAT,
        "month": month,
        "released_on": released_on.isoformat(),
        "step": suppress.STEP,
        "shown_each_month": str(suppress.SHOWN),
        "never_shown": str(suppress.NEVER),
        "figures": [_figure(cell, fives) for cell, fives in sorted(shown.items())],
    }
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _figure(cell: Cell, fives: int) -> dict[str, str | int]:
    names = suppress.TABLES[cell.table]
    codes = dict(zip(names, (cell.first, cell.second), strict=False))
    at_least = fives * suppress.STEP
    return {"subject": cell.subject, "table": cell.table, **codes, "at_least": at_least}


def month_before(day: date) -> str:
    """The last month that has ended: "YYYY-MM"."""
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return f"{year:04d}-{month:02d}"
