"""What was promised: in a campaign, or in a plan; and the dossiers that came of it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from timbang.accounts.models import Organ
from timbang.ledger.models import Entry
from timbang.policy.models.classes import Classes
from timbang.policy.models.dossier import Dossier
from timbang.policy.models.journal import Line


class Promise(models.Model):
    """A promise as it was published. `who` is the office that was sought, or the plan: no name."""

    CLASSES: ClassVar[Classes] = {
        "public": (
            "id", "organ", "number", "kind", "who", "text", "made_on", "source", "url", "read_on",
            "region_code", "duties", "groups", "amount", "measure", "target", "due_on",
            "recorded_on", "retracted_on", "why_retracted",
        ),
        "desk": ("entry", "once"),
        "sealed": (),
    }  # fmt: skip

    class Kind(models.TextChoices):
        CAMPAIGN = "campaign"
        PLAN = "plan"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    number = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    who = models.CharField(max_length=200)
    text = models.TextField()
    made_on = models.DateField(null=True)
    source = models.CharField(max_length=300)
    url = models.URLField(max_length=500, blank=True, default="")
    read_on = models.DateField()
    region_code = models.CharField(max_length=16)
    # codes of law.service.DUTIES and GROUPS; empty: not known
    duties = models.JSONField(default=list)
    groups = models.JSONField(default=list)
    # rupiah
    amount = models.BigIntegerField(null=True)
    measure = models.CharField(max_length=200, blank=True, default="")
    target = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    due_on = models.DateField(null=True)
    recorded_on = models.DateField()
    retracted_on = models.DateField(null=True)
    why_retracted = models.TextField(blank=True, default="")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")
    once = models.UUIDField(unique=True)

    class Meta:
        ordering = ["-recorded_on", "number"]
        constraints = [
            models.CheckConstraint(
                name="a_promise_is_taken_back_with_a_why",
                condition=Q(retracted_on=None, why_retracted="")
                | (Q(retracted_on__isnull=False) & ~Q(why_retracted="")),
            )
        ]


class PromiseLink(models.Model):
    """A dossier that a promise led to."""

    CLASSES: ClassVar[Classes] = {
        "public": ("id", "promise", "dossier", "line"),
        "desk": (),
        "sealed": (),
    }

    promise = models.ForeignKey(Promise, models.CASCADE, related_name="links")
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="promises")
    line = models.OneToOneField(Line, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["promise", "dossier"], name="a_promise_leads_to_a_dossier_once"
            )
        ]
