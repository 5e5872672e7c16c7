"""What people say to a policy: a comment on the plan, and what they saw on site.

Nobody has to say who he is, and no address, time or device is kept. A receipt (only its digest
stands here) leads back to what was done with it. Nothing is shown before somebody has read it,
because it may name a person; what is withheld is counted, with its reason.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from timbang.ledger.models import Entry
from timbang.policy.models.classes import Classes
from timbang.policy.models.dossier import Dossier
from timbang.policy.models.journal import Line


class Shown(models.TextChoices):
    """Whether everybody may read it."""

    WAITING = "waiting"
    SHOWN = "shown"
    WITHHELD = "withheld"


class Comment(models.Model):
    """What somebody said to a plan, and what the office did about it."""

    CLASSES: ClassVar[Classes] = {
        "public": (
            "id", "dossier", "step", "state", "why_withheld", "name", "body", "outcome", "answer",
            "answered_on", "sent_on", "shown_by", "answered_by",
        ),
        "desk": ("entry",),
        "sealed": ("receipt",),
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="comments")
    # the step at which the dossier stood
    step = models.CharField(max_length=60)
    receipt = models.BinaryField(max_length=32, unique=True)
    # as he wants to be called in public; empty: nobody
    name = models.CharField(max_length=100, blank=True, default="")
    body = models.TextField()
    sent_on = models.DateField()
    state = models.CharField(max_length=10, choices=Shown, default=Shown.WAITING)
    why_withheld = models.CharField(max_length=20, blank=True, default="")
    # a code of law.policy.COMMENT_OUTCOMES
    outcome = models.CharField(max_length=20, blank=True, default="")
    answer = models.TextField(blank=True, default="")
    answered_on = models.DateField(null=True)
    shown_by = models.OneToOneField(Line, models.PROTECT, related_name="+", null=True)
    answered_by = models.OneToOneField(Line, models.PROTECT, related_name="+", null=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["sent_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_comment_is_withheld_for_a_reason",
                condition=(Q(state=Shown.WITHHELD) & ~Q(why_withheld=""))
                | (~Q(state=Shown.WITHHELD) & Q(why_withheld="")),
            ),
            models.CheckConstraint(
                name="an_answer_says_what_was_done",
                condition=Q(answered_on=None, outcome="", answer="")
                | (Q(answered_on__isnull=False) & ~Q(outcome="") & ~Q(answer="")),
            ),
        ]


class SiteVisit(models.Model):
    """What somebody saw where a policy is carried out: the place, the day, in words."""

    CLASSES: ClassVar[Classes] = {
        "public": (
            "id", "dossier", "milestone", "state", "why_withheld", "region_code", "place",
            "seen_on", "body", "sent_on", "shown_by",
        ),
        "desk": ("entry",),
        "sealed": ("receipt",),
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="visits")
    # the ordinal of the milestone that it is about
    milestone = models.PositiveIntegerField(null=True)
    receipt = models.BinaryField(max_length=32, unique=True)
    region_code = models.CharField(max_length=16, blank=True, default="")
    place = models.CharField(max_length=200)
    seen_on = models.DateField()
    body = models.TextField()
    sent_on = models.DateField()
    state = models.CharField(max_length=10, choices=Shown, default=Shown.WAITING)
    why_withheld = models.CharField(max_length=20, blank=True, default="")
    shown_by = models.OneToOneField(Line, models.PROTECT, related_name="+", null=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["seen_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_visit_is_withheld_for_a_reason",
                condition=(Q(state=Shown.WITHHELD) & ~Q(why_withheld=""))
                | (~Q(state=Shown.WITHHELD) & Q(why_withheld="")),
            )
        ]


class SitePhoto(models.Model):
    """A picture of a visit, without what the camera wrote into it."""

    CLASSES: ClassVar[Classes] = {
        "public": ("id", "visit", "kind", "body", "sha256"),
        "desk": (),
        "sealed": (),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(SiteVisit, models.CASCADE, related_name="photos")
    kind = models.CharField(max_length=40)
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)
