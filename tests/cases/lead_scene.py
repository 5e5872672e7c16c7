"""Leads for tests of this room, as a run would have brought them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.signals.leads import AT, marked, run_of
from timbang.accounts.models import Officer
from timbang.signals import actions, reading
from timbang.signals.models import Lead, LeadNumbers, LeadTick


def lead(number: str = "L-1/2026", **said: Any) -> Lead:
    """A lead with this number that waits, of the region of the tests; about nobody by default."""
    ordinal, _slash, year = number.removeprefix("L-").partition("/")
    subject = said.pop("subject", f"ocds-{ordinal}")
    personal = said.pop("personal", False)
    with tempfile.TemporaryDirectory() as folder:
        rows = [marked(subject, **said)]
        rows += [
            marked(each.subject, region_code=each.region_code, evidence=each.evidence)
            for each in Lead.objects.filter(detector="R018")
        ]
        actions.bring_leads(run_of(Path(folder), rows), at=AT)
    row = Lead.objects.get(subject=subject)
    Lead.objects.filter(pk=row.pk).update(ordinal=int(ordinal), year=int(year), personal=personal)
    numbers = LeadNumbers.objects.get(year=AT.year)
    LeadNumbers.objects.filter(pk=AT.year).update(last=max(numbers.last, int(ordinal)))
    row.refresh_from_db()
    return row


def looked_at(row: Lead, by: Officer, outcome: str = LeadTick.Outcome.NOT.value) -> Lead:
    """Each innocent explanation of the lead was looked at."""
    for each in reading.explanations(row):
        row.refresh_from_db()
        actions.tick(
            row, each.place, outcome=outcome, note="Diperiksa pada laman LPSE.", seen=row.version,
            once=uuid4(), by=by, at=AT,
        )  # fmt: skip
    row.refresh_from_db()
    return row
