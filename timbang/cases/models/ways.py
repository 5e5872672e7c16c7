"""How a matter came in: information to begin with, a supervisor's own finding, and what of several
reports or cases belongs together.

The law knows three ways in: a report (*laporan*), a finding of the supervisor's own (*temuan*), and
prior information (*informasi awal*), which is neither until somebody has looked into it.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from timbang.accounts.models import Officer, Organ
from timbang.cases.models.case import Case
from timbang.cases.models.classes import Classes
from timbang.reports.models import Report


class Source(models.TextChoices):
    """Where prior information came from."""

    LATE = "late"
    INCOMPLETE = "incomplete"
    WITHDRAWN = "withdrawn"
    NAMELESS = "nameless"
    PRESS = "press"
    WORD = "word"
    OFFICE = "office"
    LEAD = "lead"


# What only a report can have become, and what an officer writes down himself.
OF_A_REPORT = (Source.LATE, Source.INCOMPLETE, Source.WITHDRAWN, Source.NAMELESS)
OF_AN_OFFICER = (Source.PRESS, Source.WORD, Source.OFFICE, Source.LEAD)


class PriorInformation(models.Model):
    """Information to begin with (*informasi awal*): looked into, then fixed as a finding or set
    aside. What a report told stays in the report; what an officer wrote is sealed to his organ."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "organ", "source", "report", "lead", "came_on", "remind_on", "recorded_by",
            "case", "set_aside_on",
        ),
        "sealed": ("key_for_organ", "sealed", "sealed_end"),
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    source = models.CharField(max_length=12, choices=Source)
    report = models.OneToOneField(Report, models.PROTECT, related_name="+", null=True)
    # the number of a lead of public facts, which names nobody
    lead = models.CharField(max_length=40, blank=True, default="")
    came_on = models.DateField()
    # no term of law or practice was found for looking into it: the day on which the desk reminds
    remind_on = models.DateField()
    # empty: the case of the report ended so
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="information", null=True)
    set_aside_on = models.DateField(null=True)
    key_for_organ = models.BinaryField(null=True)
    sealed = models.BinaryField(null=True)
    sealed_end = models.BinaryField(null=True)

    class Meta:
        ordering = ["remind_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="information_is_told_by_a_report_or_by_an_officer",
                condition=Q(report__isnull=False, source__in=OF_A_REPORT, sealed=None)
                | Q(report=None, source__in=OF_AN_OFFICER, sealed__isnull=False),
            ),
            models.CheckConstraint(
                name="information_in_a_case_is_not_set_aside",
                condition=Q(case=None) | Q(set_aside_on=None),
            ),
            models.CheckConstraint(
                name="information_set_aside_has_its_reason",
                condition=Q(set_aside_on=None) | Q(sealed_end__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["organ", "remind_on"], name="information_of_an_organ"),
        ]


class SupervisoryFinding(models.Model):
    """That a case began with a finding (*temuan*): when it was found, and from what.

    What was found stands in a note of the case, sealed as every note and kept by this organ.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "found_on", "lead", "information", "recorded_by"),
        "sealed": (),
    }

    case = models.OneToOneField(Case, models.CASCADE, related_name="finding")
    found_on = models.DateField()
    lead = models.CharField(max_length=40, blank=True, default="")
    information = models.OneToOneField(
        PriorInformation, models.PROTECT, related_name="finding", null=True
    )
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")


class RequirementCheck(models.Model):
    """What an officer found of the formal and material requirements of a report, in codes of
    `law.requirements`. A later check of the same report replaces an earlier one."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "report", "contest", "met", "missing", "checked_by", "checked_on", "once",
        ),
        "sealed": (),
    }  # fmt: skip

    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    contest = models.CharField(max_length=10)
    met = models.JSONField(default=list)
    missing = models.JSONField(default=list)
    checked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    checked_on = models.DateField()
    once = models.UUIDField(unique=True)

    class Meta:
        ordering = ["id"]


class ReportLink(models.Model):
    """That an officer holds two reports to be about the same event; neither changes by it."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "first", "second", "linked_by", "linked_on"),
        "sealed": (),
    }

    first = models.ForeignKey(Report, models.CASCADE, related_name="+")
    second = models.ForeignKey(Report, models.CASCADE, related_name="+")
    linked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    linked_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="two_reports_linked_once"),
            models.CheckConstraint(
                name="no_report_is_linked_to_itself", condition=~Q(first=F("second"))
            ),
        ]


class CaseTie(models.Model):
    """What two cases have to do with each other beside remedies.

    `split`: `second` was taken out of `first`, which then had this version. `merged`: `first` went
    up in `second`. `linked`: nothing but a pointer. Who acted and what was taken in `first` counts
    in `second`, so that nobody escapes a rule by splitting or merging.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "first", "second", "why", "version", "tied_by", "tied_on"),
        "sealed": (),
    }

    class Why(models.TextChoices):
        """How they are tied."""

        LINKED = "linked"
        SPLIT = "split"
        MERGED = "merged"

    first = models.ForeignKey(Case, models.CASCADE, related_name="ties_to")
    second = models.ForeignKey(Case, models.CASCADE, related_name="ties_from")
    why = models.CharField(max_length=10, choices=Why)
    version = models.PositiveIntegerField()
    tied_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    tied_on = models.DateField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second", "why"], name="two_cases_tied_once"),
            models.CheckConstraint(
                name="no_case_is_tied_to_itself", condition=~Q(first=F("second"))
            ),
        ]


class ReportToken(models.Model):
    """A keyed digest of one word, place, day or sample of a report's text, by which reports that
    may be about the same event find each other: useless without the organ's private key."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "organ", "report"),
        "sealed": ("token",),
    }

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="+")
    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    token = models.BinaryField(max_length=16)

    class Meta:
        indexes = [models.Index(fields=["organ", "token"], name="reports_by_token")]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "report", "token"], name="token_once_per_report"
            )
        ]
