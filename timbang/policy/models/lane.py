"""The direct lane: executed at once, and what is owed from that moment on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from timbang.accounts.models import Officer
from timbang.policy.models.classes import Classes
from timbang.policy.models.dossier import Dossier
from timbang.policy.models.journal import Line
from timbang.policy.models.writing import Piece


class LaneUse(models.Model):
    """One use of the lane: on what ground, how far, until when, and who signed beside."""

    CLASSES: ClassVar[Classes] = {
        "public": (
            "id", "dossier", "ground", "because", "scope", "rights", "began_on", "sunset_on",
            "overdue_then", "higher", "line",
        ),
        "desk": ("co_signer",),
        "sealed": (),
    }  # fmt: skip

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="lane")
    # a code of law.policy.GROUNDS
    ground = models.CharField(max_length=20)
    because = models.TextField()
    scope = models.TextField()
    # whose rights it touches, and how
    rights = models.TextField()
    began_on = models.DateField()
    sunset_on = models.DateField()
    co_signer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    # how many debts of this office were overdue on that day
    overdue_then = models.PositiveIntegerField()
    # whether an office above it signed beside, as this register asks while debts are overdue
    higher = models.BooleanField()
    line = models.OneToOneField(Line, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_measure_of_the_lane_ends_after_it_began",
                condition=Q(sunset_on__gt=F("began_on")),
            ),
            models.CheckConstraint(
                name="while_debts_are_overdue_a_higher_office_signs",
                condition=Q(overdue_then=0) | Q(higher=True),
            ),
        ]


class DebtQuerySet(models.QuerySet["Debt"]):
    """The reading words of debts."""

    def owed(self) -> DebtQuerySet:
        return self.filter(paid_on=None, dropped_on=None)


class Debt(models.Model):
    """What was skipped and is owed, with its day. There is none without a day."""

    CLASSES: ClassVar[Classes] = {
        "public": (
            "id", "dossier", "code", "owed_on", "due_on", "safe_on", "paid_on", "dropped_on",
            "piece", "line", "paid_by",
        ),
        "desk": (),
        "sealed": (),
    }  # fmt: skip

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="debts")
    # a code of the procedure's `owes`
    code = models.CharField(max_length=40)
    owed_on = models.DateField()
    # the last day on the reading that is kindest to the office; and on the safest reading
    due_on = models.DateField()
    safe_on = models.DateField()
    paid_on = models.DateField(null=True)
    # a measure that was revoked or lapsed needs no ratification any more
    dropped_on = models.DateField(null=True)
    # the document that pays it
    piece = models.OneToOneField(Piece, models.PROTECT, related_name="+", null=True)
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")
    paid_by = models.OneToOneField(Line, models.PROTECT, related_name="+", null=True)

    objects = DebtQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "code"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "code"], name="a_debt_is_owed_once"),
            models.CheckConstraint(
                name="a_debt_that_is_paid_shows_the_document",
                condition=Q(paid_on=None, piece=None, paid_by=None)
                | Q(paid_on__isnull=False, piece__isnull=False, paid_by__isnull=False),
            ),
            models.CheckConstraint(
                name="a_debt_is_paid_or_dropped",
                condition=Q(paid_on=None) | Q(dropped_on=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=Q(paid_on=None, dropped_on=None),
                name="policy_debts_owed",
            )
        ]

    @property
    def is_owed(self) -> bool:
        """Whether it is neither paid nor dropped."""
        return self.paid_on is None and self.dropped_on is None
