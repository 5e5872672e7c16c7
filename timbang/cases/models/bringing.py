"""Which reports another system brought, and what it was told of each."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from timbang.accounts.models import ApiKey
from timbang.cases.models.classes import Classes
from timbang.reports.models import Report


class Brought(models.Model):
    """A report, or the file of a case elsewhere, that came by a key; only that key asks after it.

    `told_status` and `told_due_on` are what that key reads: where the report says something else,
    there is something to tell. What a reporter did himself is told on a later day than `held_on`,
    so that nobody elsewhere learns at which moment he was here. `fingerprint` is that of what was
    sent, under the secret of the key: it tells a retry from another report, and nothing to others.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "report", "key", "what", "told_status", "told_due_on", "held_on"),
        "sealed": ("fingerprint",),
    }

    class What(models.TextChoices):
        """What was brought."""

        REPORT = "report"
        FILE = "file"

    report = models.OneToOneField(Report, models.CASCADE, related_name="+")
    key = models.ForeignKey(ApiKey, models.PROTECT, related_name="+")
    what = models.CharField(max_length=6, choices=What)
    fingerprint = models.BinaryField(max_length=32)
    told_status = models.CharField(max_length=12)
    told_due_on = models.DateField(null=True)
    held_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["key", "report"], name="brought_by_a_key")]
