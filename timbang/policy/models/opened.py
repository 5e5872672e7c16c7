"""The entries of the log that everybody may open, with a running number for each office.

The number stands in the entry itself: whoever is shown an office's entries sees whether one is
missing in between.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from timbang.accounts.models import Organ
from timbang.ledger.models import Entry
from timbang.policy.models.classes import Classes


class OpenEntry(models.Model):
    """An entry about what an office owes or did: the `serial`-th of this office."""

    CLASSES: ClassVar[Classes] = {
        "public": ("id", "organ", "serial", "entered_on"),
        "desk": ("entry",),
        "sealed": (),
    }

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    serial = models.PositiveBigIntegerField()
    # the day of the entry: the month of its file
    entered_on = models.DateField(db_index=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["organ", "serial"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "serial"], name="entries_of_an_office_are_numbered_once"
            )
        ]
