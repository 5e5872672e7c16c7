"""The decision of a dossier as a document, kept as the very bytes whose digest the log has."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from timbang.accounts.models import Organ
from timbang.ledger.models import Entry
from timbang.policy.models.classes import Classes
from timbang.policy.models.dossier import Dossier
from timbang.policy.models.journal import Line


class Decree(models.Model):
    """A decree as PDF. `number` is the office's own; `entry` is the one that holds the digest."""

    CLASSES: ClassVar[Classes] = {
        "public": (
            "id", "dossier", "organ", "number", "place", "post", "dated_on", "pdf", "size",
            "sha256", "made_with", "line",
        ),
        "desk": ("entry",),
        "sealed": (),
    }  # fmt: skip

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="decree")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    number = models.CharField(max_length=100)
    place = models.CharField(max_length=100)
    # as what the one who signs signs, never his name
    post = models.CharField(max_length=200)
    dated_on = models.DateField()
    pdf = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    made_with = models.CharField(max_length=100)
    line = models.OneToOneField(Line, models.PROTECT, related_name="+")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "number"], name="an_office_gives_a_decree_number_once"
            )
        ]
