"""Files that went to an outside organ, and the proof that they arrived."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from timbang.accounts.models import Organ
from timbang.cases.models.case import Case
from timbang.cases.models.classes import Classes
from timbang.cases.models.terms import OpenTerm


class Delivery(models.Model):
    """A file that went to an outside organ: how, its ticket, and the day its arrival was proven."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "term", "organ", "keeper", "how", "sent_on", "proven_on",
                 "answered_on"),
        "sealed": ("sealed_ticket", "sealed_proof"),
    }  # fmt: skip

    class How(models.TextChoices):
        """The ways by which an outside organ can be reached."""

        SBT = "sbt"
        SP4N_LAPOR = "sp4n_lapor"
        LETTER = "letter"
        ITSELF = "itself"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="deliveries")
    term = models.OneToOneField(OpenTerm, models.CASCADE, related_name="delivery", null=True)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    keeper = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    how = models.CharField(max_length=20, choices=How, blank=True, default="")
    sent_on = models.DateField(null=True)
    proven_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    sealed_ticket = models.BinaryField(null=True)
    sealed_proof = models.BinaryField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["keeper"], condition=Q(proven_on=None), name="deliveries_without_proof"
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="a_proven_delivery_has_its_proof",
                condition=Q(proven_on=None) | Q(sealed_proof__isnull=False),
            )
        ]
