"""The order above, the motive, and what a closed complaint shows about the rules themselves."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from timbang.accounts.models import Officer
from timbang.cases.models.case import Accused, Case
from timbang.cases.models.classes import Classes
from timbang.cases.models.journal import CaseStep


class HowKnown(models.TextChoices):
    """How something about a person was learned."""

    HE_SAID = "he_said"
    WITNESS = "witness"
    DOCUMENT = "document"
    OTHER_CASE = "other_case"
    CONCLUDED = "concluded"


class OrderGiver(models.Model):
    """One link of the chain of orders above a reported person; who it is stands sealed.

    `place` 1 is who spoke to him, 2 who stood behind that one, and so on.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "case", "accused", "place", "deed", "how_known", "recorded_by", "recorded_on",
            "proceedings", "journal",
        ),
        "sealed": ("sealed",),
    }  # fmt: skip

    class Deed(models.TextChoices):
        """What the superior did, or did not do."""

        ORDERED = "ordered"
        PRESSED = "pressed"
        DID_NOT_EXAMINE = "did_not_examine"
        DID_NOT_PUNISH = "did_not_punish"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="order_givers")
    accused = models.ForeignKey(Accused, models.CASCADE, related_name="order_givers")
    place = models.PositiveSmallIntegerField()
    deed = models.CharField(max_length=20, choices=Deed)
    how_known = models.CharField(max_length=20, choices=HowKnown)
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_on = models.DateField()
    # the case against him, once one was opened
    proceedings = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="+")
    journal = models.OneToOneField(CaseStep, models.CASCADE, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        ordering = ["accused__position", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["accused", "place"], name="one_order_giver_at_each_place"
            )
        ]


class Motive(models.Model):
    """Why a reported person did it, as far as it is known."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "accused", "code", "how_known", "journal"),
        "sealed": (),
    }

    class Code(models.TextChoices):
        """What moved him."""

        GAIN_POST = "gain_post"
        KEEP_POST = "keep_post"
        FORCED = "forced"
        DEBT_OF_FAVOUR = "debt_of_favour"
        KINSHIP = "kinship"

    case = models.ForeignKey(Case, models.CASCADE, related_name="motives")
    accused = models.ForeignKey(Accused, models.CASCADE, related_name="motives")
    code = models.CharField(max_length=20, choices=Code)
    how_known = models.CharField(max_length=20, choices=HowKnown)
    journal = models.OneToOneField(CaseStep, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["accused__position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["accused", "code"], name="motive_once_per_person")
        ]


class ClosingCause(models.Model):
    """Where the fault lay, as it showed when a case was closed: so that inherent errors show."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "cause", "journal"),
        "sealed": (),
    }

    class Cause(models.TextChoices):
        """The rule itself, what it threatens, how it is carried out, or who acts."""

        CODE = "code"
        SANCTION = "sanction"
        PROCEDURE = "procedure"
        PERSON = "person"
        NO_FAULT = "no_fault"

    case = models.ForeignKey(Case, models.CASCADE, related_name="causes")
    cause = models.CharField(max_length=20, choices=Cause)
    journal = models.ForeignKey(CaseStep, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["cause"]
        constraints = [models.UniqueConstraint(fields=["case", "cause"], name="cause_once")]
