"""The dossier of one policy, in both modes, and the rules that an office runs it by.

Whatever stands in a dossier is meant for everybody, from the day on which it is published: nothing
here is sealed. *Observer*: whoever watches collects published documents about somebody else's
policy. *Office*: the office itself runs its decision by the procedure.
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from timbang.accounts.models import Officer, Organ
from timbang.policy.models.classes import Classes


class Rules(models.Model):
    """A procedure as it stood when a dossier began: the dossier keeps it, whatever comes later."""

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


class Mode(models.TextChoices):
    """Who writes a dossier: somebody who watches, or the office that decides."""

    OBSERVER = "observer"
    OFFICE = "office"


class DossierQuerySet(models.QuerySet["Dossier"]):
    """The reading words of dossiers."""

    def public(self) -> DossierQuerySet:
        """Those that everybody may read; one that was taken back keeps its number and its why."""
        return self.exclude(published_on=None)

    def running(self) -> DossierQuerySet:
        return self.filter(ended_on=None)

    def seen_by(self, officer: Officer) -> DossierQuerySet:
        """Those of his own office, those that his office clears, and all that are published."""
        mine = Q(organ=officer.organ_id) | Q(clearers__organ=officer.organ_id)
        return self.filter(mine | Q(published_on__isnull=False)).distinct()


class Dossier(models.Model):
    """A policy on its way: from the problem to what came of it.

    `organ` writes it. `office` is whose policy it is: in office mode the same one. `path` is a code
    of `law.policy.PATHS`: in office mode the lane sets it, in observer mode it follows from facts.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (
            "id", "organ", "year", "serial", "number", "mode", "title", "summary", "office",
            "agency_code", "region_code", "duties", "groups", "path", "rules", "step", "ended_as",
            "opened_on", "ended_on", "published_on", "retracted_on", "why_retracted", "version",
        ),
        "desk": (),
        "sealed": (),
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=80, unique=True)
    mode = models.CharField(max_length=10, choices=Mode)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True, default="")
    office = models.CharField(max_length=200)
    agency_code = models.CharField(max_length=64, blank=True, default="")
    # "ID": the whole country
    region_code = models.CharField(max_length=16)
    # codes of law.service.DUTIES and GROUPS: which duty it serves, and for whom
    duties = models.JSONField(default=list)
    groups = models.JSONField(default=list)
    path = models.CharField(max_length=12, default="unknown")
    rules = models.ForeignKey(Rules, models.PROTECT, related_name="+", null=True)
    step = models.CharField(max_length=60, blank=True, default="")
    ended_as = models.CharField(max_length=60, blank=True, default="")
    opened_on = models.DateField()
    ended_on = models.DateField(null=True)
    published_on = models.DateField(null=True)
    retracted_on = models.DateField(null=True)
    why_retracted = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=0)

    objects = DossierQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-serial", "organ_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "year", "serial"], name="dossier_number_once_per_office_and_year"
            ),
            models.CheckConstraint(
                name="dossier_of_an_office_runs_by_rules",
                condition=Q(mode=Mode.OBSERVER, rules=None, step="", ended_as="")
                | (Q(mode=Mode.OFFICE, rules__isnull=False) & ~Q(step="")),
            ),
            models.CheckConstraint(
                name="dossier_ended_day_and_end_go_together",
                condition=Q(ended_on=None, ended_as="")
                | (Q(ended_on__isnull=False) & ~Q(ended_as="")),
            ),
            models.CheckConstraint(
                name="dossier_taken_back_only_once_published_and_with_a_why",
                condition=Q(retracted_on=None, why_retracted="")
                | (
                    Q(retracted_on__isnull=False, published_on__isnull=False) & ~Q(why_retracted="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def by_office(self) -> bool:
        """Whether the office itself runs it."""
        return self.mode == Mode.OFFICE

    @property
    def is_public(self) -> bool:
        return self.published_on is not None

    def is_over(self, on: date) -> bool:
        """Whether it had ended by this day."""
        return self.ended_on is not None and self.ended_on <= on


class Clearer(models.Model):
    """Which office clears a dossier at which step."""

    CLASSES: ClassVar[Classes] = {
        "public": ("id", "dossier", "step", "organ", "named_on"),
        "desk": (),
        "sealed": (),
    }

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="clearers")
    step = models.CharField(max_length=60)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    named_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "step"], name="one_office_clears_a_dossier_at_a_step"
            )
        ]
