"""The minutes of a hearing: each version a sealed document, the last one signed or refused."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from timbang.cases.models.case import Case
from timbang.cases.models.classes import Classes
from timbang.cases.models.documents import Document
from timbang.cases.models.hearing import Hearing


class Minutes(models.Model):
    """One version of the minutes (*berita acara pemeriksaan*); a closed one is never followed.

    `closed_as` says how the reported person ended them: he signed, or refused before witnesses
    (PP 94/2021 ps. 32).
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "hearing", "document", "number", "closed_as", "closed_on"),
        "sealed": (),
    }

    class Closed(models.TextChoices):
        """How minutes end."""

        SIGNED = "signed"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="minutes")
    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="minutes")
    document = models.OneToOneField(Document, models.CASCADE, related_name="minutes")
    number = models.PositiveIntegerField()
    closed_as = models.CharField(max_length=20, choices=Closed, blank=True, default="")
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["hearing", "number"], name="minutes_version_once"),
            models.UniqueConstraint(
                fields=["hearing"], condition=~Q(closed_as=""), name="minutes_are_closed_once"
            ),
            models.CheckConstraint(
                name="minutes_closed_with_a_day",
                condition=Q(closed_as="", closed_on=None)
                | (~Q(closed_as="") & Q(closed_on__isnull=False)),
            ),
        ]
