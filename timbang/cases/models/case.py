"""The case itself: its key, its reports, its reported persons, its side tracks, its links."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from timbang.accounts.models import Officer, Organ
from timbang.cases.models.classes import Classes
from timbang.reports.models import Report


class ProcedureVersion(models.Model):
    """A procedure as it stood when a case began: the case keeps it, whatever the folder says."""

    CLASSES: ClassVar[Classes] = {
        "public": ("hash", "code", "version", "body", "first_used_on"),
        "desk": (),
        "sealed": (),
    }

    hash = models.CharField(max_length=64, primary_key=True)
    code = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    body = models.TextField()
    first_used_on = models.DateField()


class CaseQuerySet(models.QuerySet["Case"]):
    """The reading words of cases; each of them keeps an organ within what it holds."""

    def held_by(self, organ: Organ) -> CaseQuerySet:
        """Cases whose key was given to this organ, by opening them or by hand-over."""
        return self.filter(keys__organ=organ)

    def running(self) -> CaseQuerySet:
        return self.filter(ended_on=None)

    def ended(self) -> CaseQuerySet:
        return self.exclude(ended_on=None)


class Case(models.Model):
    """A suspected breach on its way through a procedure.

    `holder` is the organ whose turn it is; `keeper` is the inside organ that acts: the same one,
    or the one that records for an outside holder.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "organ", "year", "serial", "number", "kind", "holder", "keeper", "procedure",
            "step", "ended_as", "opened_on", "ended_on", "province_code", "conduct", "version",
        ),
        "sealed": (),
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=80, unique=True)
    # what it is about: a code of law.vocabulary.REPORT_KINDS
    kind = models.CharField(max_length=20, default="neutrality")
    holder = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    keeper = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    procedure = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="+")
    step = models.CharField(max_length=60)
    ended_as = models.CharField(max_length=60, blank=True, default="")
    opened_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    province_code = models.CharField(max_length=13, blank=True, default="")
    conduct = models.CharField(max_length=40, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "year", "serial"], name="case_number_once_per_organ_and_year"
            ),
            models.CheckConstraint(
                name="case_ended_day_and_end_go_together",
                condition=Q(ended_on=None, ended_as="")
                | (Q(ended_on__isnull=False) & ~Q(ended_as="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CaseKey(models.Model):
    """The case key, sealed to one organ that holds the case."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "organ", "since_on", "indexed"),
        "sealed": ("sealed_key",),
    }

    case = models.ForeignKey(Case, models.CASCADE, related_name="keys")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    sealed_key = models.BinaryField()
    since_on = models.DateField()
    # Search words are keyed with the organ's private key: only its own officers can write them.
    indexed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "organ"], name="case_key_once_per_organ")
        ]


class CaseReport(models.Model):
    """Which reports a case rests on; only the organ that received a report can follow the link."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "report", "joined_on", "joined_by"),
        "sealed": (),
    }

    case = models.ForeignKey(Case, models.CASCADE, related_name="reports")
    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    joined_on = models.DateField()
    joined_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "report"], name="report_once_in_a_case")
        ]


class Accused(models.Model):
    """A reported person (*terlapor*): name, post, agency, region, under the case key."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "position"),
        "sealed": ("sealed",),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="accused")
    position = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="accused_position_once")
        ]


class Track(models.Model):
    """A side track of a case: what runs beside the main way and never holds it up by itself.

    `step` is a step of the track of this code in the case's own procedure.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "code", "step", "opened_on", "ended_as", "ended_on"),
        "sealed": (),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="tracks")
    code = models.CharField(max_length=60)
    step = models.CharField(max_length=60)
    opened_on = models.DateField()
    ended_as = models.CharField(max_length=60, blank=True, default="")
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["opened_on", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code"],
                condition=Q(ended_on=None),
                name="a_side_track_runs_once_at_a_time",
            ),
            models.CheckConstraint(
                name="track_ended_day_and_end_go_together",
                condition=Q(ended_on=None, ended_as="")
                | (Q(ended_on__isnull=False) & ~Q(ended_as="")),
            ),
        ]


class CaseLink(models.Model):
    """A case that follows another one: an objection to its sanction, an appeal, the next office.

    `why` is the code of the remedy in the earlier case's procedure, or `OTHER`.
    """

    OTHER: ClassVar[str] = "other"

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "earlier", "why", "linked_on"),
        "sealed": (),
    }

    case = models.OneToOneField(Case, models.CASCADE, related_name="follows")
    earlier = models.ForeignKey(Case, models.PROTECT, related_name="followed_by")
    why = models.CharField(max_length=60)
    linked_on = models.DateField()

    class Meta:
        ordering = ["linked_on"]
        constraints = [
            models.CheckConstraint(
                name="no_case_follows_itself", condition=~Q(case=models.F("earlier"))
            )
        ]


class NormUse(models.Model):
    """Which norm, in which wording, a study or recommendation of a case rests on.

    In clear, so that a correction of the catalogue finds the cases that it touches with nothing
    opened: a norm and its hash tell no more than that a case weighed it.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "norm", "hash", "used_on"),
        "sealed": (),
    }

    case = models.ForeignKey(Case, models.CASCADE, related_name="norms")
    norm = models.CharField(max_length=160)
    hash = models.CharField(max_length=64)
    used_on = models.DateField()

    class Meta:
        ordering = ["norm"]
        constraints = [models.UniqueConstraint(fields=["case", "norm"], name="norm_once_per_case")]


class SearchToken(models.Model):
    """A keyed digest of one word of a case: useless without the organ's private key."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "organ", "case"),
        "sealed": ("token",),
    }

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    token = models.BinaryField(max_length=16)

    class Meta:
        indexes = [models.Index(fields=["organ", "token"], name="search_by_token")]
        constraints = [
            models.UniqueConstraint(fields=["organ", "case", "token"], name="token_once_per_case")
        ]
