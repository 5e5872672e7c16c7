"""The plenary of an organ on one case: who had a seat, who voted how, what came of it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from timbang.accounts.models import Officer, Organ
from timbang.cases.models.case import Case
from timbang.cases.models.classes import Classes
from timbang.cases.models.documents import Document
from timbang.cases.models.journal import CaseStep


class Plenary(models.Model):
    """A meeting on one proposal: that the case takes this outcome at the step where it stands.

    `entered` is the version of the case at which that step began: a meeting of an earlier visit to
    the same step decides nothing now.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "case", "organ", "step", "entered", "facts", "proposal", "called_by",
            "called_on", "meets_on", "result", "closed_on", "journal",
        ),
        "sealed": (),
    }  # fmt: skip

    class Result(models.TextChoices):
        """What came of it; only `carried` opens the way."""

        CARRIED = "carried"
        REJECTED = "rejected"
        TIED = "tied"
        NO_QUORUM = "no_quorum"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="plenaries")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    step = models.CharField(max_length=60)
    entered = models.PositiveIntegerField()
    # the journal version of the newest facts that the members had before them
    facts = models.PositiveIntegerField()
    proposal = models.CharField(max_length=60)
    called_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    called_on = models.DateField()
    meets_on = models.DateField()
    result = models.CharField(max_length=20, choices=Result, blank=True, default="")
    closed_on = models.DateField(null=True)
    # the line by which it was closed: within a day it says which plenary was the last
    journal = models.OneToOneField(CaseStep, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["called_on", "entered"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organ"],
                condition=Q(closed_on=None),
                name="one_plenary_at_a_time_on_a_case",
            ),
            models.CheckConstraint(
                name="plenary_closed_with_a_result",
                condition=Q(closed_on=None, result="", journal=None)
                | (Q(closed_on__isnull=False, journal__isnull=False) & ~Q(result="")),
            ),
        ]


class Seat(models.Model):
    """A member of the plenary, and the vote that he cast under his own login.

    `recused` holds the code of the relation that keeps him from voting, empty for none.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "plenary", "officer", "recused", "choice", "cast_on", "dissent"),
        "sealed": (),
    }

    class Choice(models.TextChoices):
        """How a member votes."""

        FOR = "for"
        AGAINST = "against"
        ABSTAIN = "abstain"

    plenary = models.ForeignKey(Plenary, models.CASCADE, related_name="seats")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recused = models.CharField(max_length=30, blank=True, default="")
    choice = models.CharField(max_length=10, choices=Choice, blank=True, default="")
    cast_on = models.DateField(null=True)
    # his reasons, sealed: they go along with the file
    dissent = models.OneToOneField(Document, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["officer__name"]
        constraints = [
            models.UniqueConstraint(fields=["plenary", "officer"], name="one_seat_a_member"),
            models.CheckConstraint(
                name="a_vote_has_its_day",
                condition=Q(choice="", cast_on=None) | (~Q(choice="") & Q(cast_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="who_is_recused_does_not_vote", condition=Q(recused="") | Q(choice="")
            ),
        ]
