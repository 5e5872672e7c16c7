"""What was published, frozen, and the running state of disclosure control.

A release is never changed: its file is what the log entry commits to. `CellFives` is not public: it
knows how many full fives wait or will never be shown.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from timbang.ledger.models import Entry
from timbang.publication.suppress import STEP

Classes = dict[str, tuple[str, ...]]


class Subject(models.TextChoices):
    REPORTS = "reports"
    CASES = "cases"


class Release(models.Model):
    """The figures of all months up to `month` ("YYYY-MM"), as they were published once.

    `file` is the published JSON, byte for byte; `digest` its SHA-256, which `entry` commits to.
    """

    CLASSES: ClassVar[Classes] = {
        "public": ("month", "released_on", "file", "digest", "entry"),
        "desk": (),
        "sealed": (),
    }
    month = models.CharField(max_length=7, primary_key=True)
    released_on = models.DateField()
    file = models.TextField()
    digest = models.CharField(max_length=64)
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-month",)

    def __str__(self) -> str:
        return self.month


class CellColumns(models.Model):
    """Which cell of which table."""

    subject = models.CharField(max_length=8, choices=Subject)
    table = models.CharField(max_length=16)
    first = models.CharField(max_length=60)
    second = models.CharField(max_length=60, blank=True)

    class Meta:
        abstract = True


class ReleaseCell(CellColumns):
    """A published figure: at least `fives` times five."""

    CLASSES: ClassVar[Classes] = {
        "public": ("id", "release", "subject", "table", "first", "second", "fives"),
        "desk": (),
        "sealed": (),
    }
    release = models.ForeignKey(Release, models.PROTECT, related_name="cells")
    fives = models.PositiveIntegerField()

    class Meta:
        ordering = ("subject", "table", "first", "second")
        constraints = (
            models.UniqueConstraint(
                name="figure_once_in_a_release",
                fields=("release", "subject", "table", "first", "second"),
            ),
            models.CheckConstraint(name="figure_is_a_full_five", condition=Q(fives__gte=1)),
        )

    def __str__(self) -> str:
        return f"{self.release_id} {self.subject} {self.table} {self.first} {self.second}".strip()

    @property
    def at_least(self) -> int:
        return self.fives * STEP


class CellFives(CellColumns):
    """What became of the full fives of a cell so far (`suppress.Fives`)."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "subject", "table", "first", "second", "seen", "never", "shown"),
        "sealed": (),
    }
    seen = models.PositiveIntegerField()
    never = models.PositiveIntegerField()
    shown = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="fives_once_for_a_cell", fields=("subject", "table", "first", "second")
            ),
            models.CheckConstraint(
                name="fives_shown_were_full", condition=Q(seen__gte=F("never") + F("shown"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} {self.table} {self.first} {self.second}".strip()
