"""Who had a piece of evidence in hand: one row for each thing that was done with an exhibit.

The rows of an exhibit are a chain: each holds the hash of the one before, and its own hash stands
in its ledger entry. What was said about it (from whom, to whom, why) is sealed to the organ that
wrote it and never travels with the exhibit.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from timbang.accounts.models import Officer, Organ
from timbang.cases.models.classes import Classes
from timbang.cases.models.documents import Exhibit
from timbang.ledger.models import Entry


class CustodyAct(models.TextChoices):
    """What can be done with an exhibit."""

    RECEIVED = "received"
    OPENED = "opened"
    COPIED = "copied"
    REDACTED = "redacted"
    HANDED_OVER = "handed_over"
    RELEASED = "released"
    RETURNED = "returned"


class CustodyEntry(models.Model):
    """One link of an exhibit's chain of custody.

    `content` is the SHA-256 of the sealed bytes: the exhibit cannot be exchanged for another one.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "exhibit", "place", "act", "organ", "officer", "other_organ", "done_on",
            "recorded_on", "content", "hash", "once", "entry",
        ),
        "sealed": ("sealed",),
    }  # fmt: skip

    exhibit = models.ForeignKey(Exhibit, models.CASCADE, related_name="custody")
    place = models.PositiveIntegerField()
    act = models.CharField(max_length=20, choices=CustodyAct)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    other_organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", null=True)
    done_on = models.DateField()
    recorded_on = models.DateField()
    # what was said about it, sealed to the organ that wrote it
    sealed = models.BinaryField(default=bytes)
    content = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    once = models.UUIDField(default=uuid.uuid4)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["exhibit", "place"], name="custody_place_once"),
            models.UniqueConstraint(fields=["exhibit", "once"], name="custody_entered_once"),
            models.UniqueConstraint(
                fields=["exhibit", "officer", "done_on"],
                condition=models.Q(act="opened"),
                name="an_opening_is_entered_once_a_day",
            ),
        ]
