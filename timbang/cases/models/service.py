"""Complaints about services: how a person was served beside others, and what mends it.

Which group was served, how somebody was treated and what a remedy is stand sealed under the case
key: they can tell of illness, poverty or origin. In clear are the duties touched, codes and days.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from timbang.accounts.models import Officer, Organ
from timbang.cases.models.case import Case
from timbang.cases.models.classes import Classes
from timbang.cases.models.journal import CaseStep
from timbang.reports.models import Offer, OfferAnswer, Satisfaction


class ServiceNaming(models.Model):
    """What an officer named of a complaint; the newest row counts, the earlier ones stay."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "duties", "journal"),
        "sealed": ("sealed",),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="service_namings")
    # codes of law.service.DUTIES
    duties = models.JSONField(default=list)
    journal = models.OneToOneField(CaseStep, models.CASCADE, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        ordering = ["journal__version"]


class Remedy(models.Model):
    """What an office offers to put it right: its words under the case key, and the proof of it."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "organ", "kind", "offered_on", "due_on", "done_on", "journal"),
        "sealed": ("sealed", "sealed_proof"),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="remedies")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    # a code of law.service.REMEDIES
    kind = models.CharField(max_length=20)
    offered_on = models.DateField()
    # the day on which it is to be done
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    journal = models.OneToOneField(CaseStep, models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    sealed_proof = models.BinaryField(null=True)

    class Meta:
        ordering = ["offered_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="what_was_done_has_its_proof",
                condition=Q(done_on=None) | Q(sealed_proof__isnull=False),
            )
        ]
        indexes = [
            models.Index(
                fields=["organ", "due_on"],
                condition=Q(done_on=None),
                name="remedies_not_done",
            )
        ]


class RemedyAnswer(models.Model):
    """What somebody harmed said to a remedy: behind his receipt (`offer`), or to an officer."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "remedy", "offer", "answer", "answered_on", "recorded_by", "journal"),
        "sealed": ("sealed",),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    remedy = models.ForeignKey(Remedy, models.CASCADE, related_name="answers")
    offer = models.OneToOneField(Offer, models.CASCADE, related_name="+", null=True)
    answer = models.CharField(max_length=10, choices=OfferAnswer)
    answered_on = models.DateField()
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True)
    journal = models.OneToOneField(CaseStep, models.CASCADE, related_name="+")
    sealed = models.BinaryField(null=True)

    class Meta:
        ordering = ["answered_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="an_answer_comes_by_receipt_or_by_an_officer",
                condition=Q(offer__isnull=False, recorded_by=None, sealed=None)
                | Q(offer=None, recorded_by__isnull=False, sealed__isnull=False),
            )
        ]


class Forwarding(models.Model):
    """To which office outside of this system a complaint was passed, and by which number."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "organ", "how", "forwarded_on", "journal"),
        "sealed": ("sealed",),
    }

    class How(models.TextChoices):
        """By which channel it went."""

        LETTER = "letter"
        SP4N_LAPOR = "sp4n_lapor"
        REPORTER = "reporter"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="forwardings")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    how = models.CharField(max_length=12, choices=How)
    forwarded_on = models.DateField()
    journal = models.OneToOneField(CaseStep, models.CASCADE, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        ordering = ["forwarded_on", "id"]


class ServiceFact(models.Model):
    """One complaint under one duty, in codes, for the public figures: no case, no day."""

    CLASSES: ClassVar[Classes] = {
        "public": ("id", "organ_code", "month", "duty", "conduct", "remedy"),
        "desk": (),
        "sealed": (),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organ_code = models.CharField(max_length=60)
    # "YYYY-MM", the month in which the case was opened
    month = models.CharField(max_length=7)
    duty = models.CharField(max_length=20)
    # a class of maladministration; empty until an officer has coded one
    conduct = models.CharField(max_length=40, blank=True, default="")
    # a code of law.service.REMEDY_STATES; empty: none was offered
    remedy = models.CharField(max_length=10, blank=True, default="")


class SatisfactionFact(models.Model):
    """How content somebody was, in codes: no report, no day."""

    CLASSES: ClassVar[Classes] = {
        "public": ("id", "organ_code", "month", "level"),
        "desk": (),
        "sealed": (),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organ_code = models.CharField(max_length=60)
    # "YYYY-MM", the month in which it was said
    month = models.CharField(max_length=7)
    level = models.CharField(max_length=10)


class ServiceRouting(models.Model):
    """Which public row belongs to which case or answer. Never public: it would undo the row."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "fact", "satisfaction", "said"),
        "sealed": (),
    }

    case = models.ForeignKey(Case, models.CASCADE, related_name="+", null=True)
    fact = models.OneToOneField(ServiceFact, models.CASCADE, related_name="+", null=True)
    satisfaction = models.OneToOneField(Satisfaction, models.CASCADE, related_name="+", null=True)
    said = models.OneToOneField(SatisfactionFact, models.CASCADE, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_public_row_belongs_to_a_case_or_to_an_answer",
                condition=Q(case__isnull=False, fact__isnull=False, satisfaction=None, said=None)
                | Q(case=None, fact=None, satisfaction__isnull=False, said__isnull=False),
            )
        ]
