"""Who had a case and for how long, who was asked in, and what was handed on.

A case has one holder at every moment. `HandOver` says whether the holder has taken it on,
`Holding` how long each organ had it, `Member` which organs examine beside the holder, `Reroute`
that an organ which closed gives everything to another one.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from timbang.accounts.models import Officer, Organ
from timbang.cases.models.case import Case
from timbang.cases.models.classes import Classes
from timbang.cases.models.journal import CaseStep


class HandOver(models.Model):
    """A case that was given to an organ inside: pending, accepted, returned, or handed on.

    `step` is where the case stood before, and `before` who had it (another one than the sender,
    where that one recorded for an outside organ): it goes back there when it is returned. `due_on`
    is a reminder of ours: no rule says within how many days a file is taken on.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "case", "sender", "before", "receiver", "step", "line", "handed_on", "due_on",
            "answer", "answered_on", "answer_line",
        ),
        "sealed": (),
    }  # fmt: skip

    class Answer(models.TextChoices):
        """What became of it; empty while nobody has answered."""

        ACCEPTED = "accepted"
        RETURNED = "returned"
        PASSED_ON = "passed_on"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="hand_overs")
    sender = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    before = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    step = models.CharField(max_length=60)
    line = models.OneToOneField(CaseStep, models.CASCADE, related_name="+")
    handed_on = models.DateField()
    due_on = models.DateField()
    answer = models.CharField(max_length=12, choices=Answer, blank=True, default="")
    answered_on = models.DateField(null=True)
    answer_line = models.OneToOneField(CaseStep, models.CASCADE, related_name="+", null=True)

    class Meta:
        ordering = ["handed_on", "line__version"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(answer=""), name="one_hand_over_waits_per_case"
            ),
            models.CheckConstraint(
                name="hand_over_answer_day_and_line_go_together",
                condition=Q(answer="", answered_on=None, answer_line=None)
                | (~Q(answer="") & Q(answered_on__isnull=False, answer_line__isnull=False)),
            ),
            models.CheckConstraint(
                name="nobody_hands_over_to_himself", condition=~Q(sender=F("receiver"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["receiver", "due_on"],
                condition=Q(answer=""),
                name="hand_overs_to_take_on",
            ),
            models.Index(
                fields=["sender", "due_on"], condition=Q(answer=""), name="hand_overs_sent"
            ),
        ]


class Holding(models.Model):
    """An organ had a case: from the proven arrival (`since_on`) to the day it left.

    Without a proven arrival nobody's time is counted: the file is on its way.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "organ", "sent_on", "since_on", "until_on"),
        "sealed": (),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="holdings")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    sent_on = models.DateField()
    since_on = models.DateField(null=True)
    until_on = models.DateField(null=True)

    class Meta:
        ordering = ["sent_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(until_on=None), name="one_organ_has_a_case"
            ),
            models.CheckConstraint(
                name="a_holding_does_not_end_before_it_begins",
                condition=Q(until_on=None) | Q(until_on__gte=F("sent_on")),
            ),
        ]
        indexes = [models.Index(fields=["organ", "until_on"], name="holdings_of_an_organ")]


class Member(models.Model):
    """An organ that was asked in: it examines beside the holder, with its own key."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "organ", "asked_by", "asked_on", "left_on"),
        "sealed": (),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="members")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    left_on = models.DateField(null=True)

    class Meta:
        ordering = ["asked_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organ"], condition=Q(left_on=None), name="member_once_at_a_time"
            ),
            models.CheckConstraint(
                name="a_member_does_not_leave_before_it_came",
                condition=Q(left_on=None) | Q(left_on__gte=F("asked_on")),
            ),
        ]


class Reroute(models.Model):
    """Everything of an organ that closed goes to the one that goes on with its work.

    The work goes on from where it stopped: what is left is what the organ still holds.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "organ", "to", "started_by", "started_on", "finished_on", "cases",
                 "reports"),
        "sealed": ("sealed_reason",),
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    to = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    started_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    started_on = models.DateField()
    finished_on = models.DateField(null=True)
    cases = models.PositiveIntegerField(default=0)
    reports = models.PositiveIntegerField(default=0)
    # under the public key of the organ that gets everything
    sealed_reason = models.BinaryField()

    class Meta:
        ordering = ["started_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ"],
                condition=Q(finished_on=None),
                name="an_organ_gives_everything_to_one_other",
            ),
            models.CheckConstraint(name="nobody_reroutes_to_himself", condition=~Q(organ=F("to"))),
        ]
