"""Summonses and hearings of a reported person (PP 94/2021 ps. 26-27)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from timbang.accounts.models import Officer
from timbang.cases.models.case import Accused, Case
from timbang.cases.models.classes import Classes
from timbang.cases.models.journal import CaseStep


class Summons(models.Model):
    """A summons to be heard: first or second, for which day (PP 94/2021 ps. 26)."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "accused", "ordinal", "sent_on", "summoned_for_on", "recorded_by",
                 "delivered_on"),
        "sealed": ("sealed_proof",),
    }  # fmt: skip

    case = models.ForeignKey(Case, models.CASCADE, related_name="summonses")
    accused = models.ForeignKey(Accused, models.CASCADE, related_name="summonses")
    ordinal = models.PositiveSmallIntegerField()
    sent_on = models.DateField()
    summoned_for_on = models.DateField()
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    delivered_on = models.DateField(null=True)
    # how its arrival is known, under the case key
    sealed_proof = models.BinaryField(null=True)

    class Meta:
        ordering = ["ordinal"]
        indexes = [models.Index(fields=["summoned_for_on"], name="summonses_by_their_day")]
        constraints = [
            models.UniqueConstraint(fields=["accused", "ordinal"], name="summons_once"),
            models.CheckConstraint(name="summons_one_or_two", condition=Q(ordinal__in=[1, 2])),
            models.CheckConstraint(
                name="summoned_for_a_day_after_sending",
                condition=Q(summoned_for_on__gt=models.F("sent_on")),
            ),
            models.CheckConstraint(
                name="a_delivered_summons_has_its_proof",
                condition=Q(delivered_on=None) | Q(sealed_proof__isnull=False),
            ),
        ]


class Hearing(models.Model):
    """The day on which a reported person was heard."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "accused", "held_on", "recorded_by", "journal"),
        "sealed": (),
    }

    case = models.ForeignKey(Case, models.CASCADE, related_name="hearings")
    accused = models.ForeignKey(Accused, models.CASCADE, related_name="hearings")
    held_on = models.DateField()
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    # facts that were changed after this line were never put to him
    journal = models.ForeignKey(CaseStep, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["held_on"]
        constraints = [
            models.UniqueConstraint(fields=["accused", "held_on"], name="hearing_once_a_day")
        ]
