"""The case itself: its key, its reports, its reported persons, its side tracks, its links."""

from __future__ import annotations

import uuid
from datetime import date
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


class WayIn(models.TextChoices):
    """The three lawful ways in: *laporan*, *temuan*, *informasi awal*."""

    REPORT = "report"
    FINDING = "finding"
    PRIOR_INFORMATION = "prior_information"


class CaseQuerySet(models.QuerySet["Case"]):
    """The reading words of cases; each of them keeps an organ within what it holds."""

    def held_by(self, organ: Organ) -> CaseQuerySet:
        """Cases whose key was given to this organ, by opening them or by hand-over."""
        return self.filter(keys__organ=organ)

    def open_to(self, officer: Officer) -> CaseQuerySet:
        """Cases that his organ holds and of which no conflict keeps this officer away."""
        barred = Case.objects.filter(conflicts__officer=officer, conflicts__lifted_on=None).values(
            "pk"
        )
        return self.held_by(officer.organ).exclude(pk__in=barred)

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
            "id", "organ", "year", "serial", "number", "kind", "way_in", "holder", "keeper",
            "procedure", "step", "ended_as", "opened_on", "ended_on", "province_code", "conduct",
            "version",
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
    # how the matter came in, which the law tells apart
    way_in = models.CharField(max_length=20, choices=WayIn, default="report")
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


# The due day of what has none: it stands last in every list.
FAR = date(9999, 12, 31)


class CaseKey(models.Model):
    """The case key, sealed to one organ that holds the case; and where it stands on their shelf.

    `ours` and all that follows repeat what case and term say, so that a list of any length is read
    from one index; `actions.shelving` writes them in the transaction of each act, nobody else.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "case", "organ", "since_on", "indexed", "ours", "running", "due_on", "kind",
            "procedure", "step", "given", "in_charge",
        ),
        "sealed": ("sealed_key",),
    }  # fmt: skip

    # found by the constraint below
    case = models.ForeignKey(Case, models.CASCADE, related_name="keys", db_index=False)
    # Found by the shelf of what is held: one that knew no order would be taken for it.
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", db_index=False)
    sealed_key = models.BinaryField()
    since_on = models.DateField()
    # Search words are keyed with the organ's private key: only its own officers can write them.
    indexed = models.BooleanField(default=False)
    # whether this organ is the one that acts or records
    ours = models.BooleanField(default=False)
    running = models.BooleanField(default=True)
    # the safe day of the running term of the main way
    due_on = models.DateField(default=FAR)
    kind = models.CharField(max_length=20, blank=True, default="")
    # codes of law.steps
    procedure = models.CharField(max_length=60, blank=True, default="")
    step = models.CharField(max_length=60, blank=True, default="")
    # whether an officer of this organ has the case in hand, and whether one is in charge
    given = models.BooleanField(default=False)
    in_charge = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "organ"], name="case_key_once_per_organ")
        ]
        indexes = [
            models.Index(
                fields=["organ", "due_on", "id", "step", "procedure", "kind"],
                condition=Q(ours=True, running=True),
                name="shelf_of_what_waits",
            ),
            models.Index(
                fields=["organ", "running", "id", "step", "procedure", "kind"],
                name="shelf_of_what_is_held",
            ),
            models.Index(
                fields=["organ", "due_on", "id", "step", "procedure", "kind"],
                condition=Q(ours=True, running=True, in_charge=False),
                name="shelf_of_what_nobody_has",
            ),
            models.Index(
                fields=["organ", "id"],
                condition=Q(indexed=False),
                name="shelf_without_search_words",
            ),
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
    # proceedings against a superior; a case opened anew on new facts
    SUPERIOR: ClassVar[str] = "superior"
    REOPENED: ClassVar[str] = "reopened"
    # what follows is not against the earlier decision; what is opened anew is, by new facts
    NOT_AGAINST: ClassVar[tuple[str, ...]] = (OTHER, SUPERIOR)
    NO_REMEDY: ClassVar[tuple[str, ...]] = (OTHER, SUPERIOR, REOPENED)

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
    """A keyed digest of one word of a case: useless without the organ's private key.

    It hangs on the organ's own key of the case: where that goes, the words go too. Two organs have
    no token in common, so that the digest alone finds the rows of one organ, the newest last.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "key"),
        "sealed": ("token",),
    }

    key = models.ForeignKey(CaseKey, models.CASCADE, related_name="words")
    token = models.BinaryField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token", "key"], name="token_once_per_case_key")
        ]
