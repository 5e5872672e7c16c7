"""The rows that publication reads, and which case or report each belongs to."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from timbang.cases.models.case import Case
from timbang.cases.models.classes import Classes
from timbang.reports.models import Report


class PublicState(models.TextChoices):
    """The closed list of states that the public sees."""

    RECEIVED = "received"
    IN_CASE = "in_case"
    FORWARDED = "forwarded"
    DECIDED = "decided"
    CLOSED = "closed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


PUBLIC_COLUMNS = (
    "id", "organ_code", "province_code", "month", "conduct", "state", "lapsed", "days_taken",
)  # fmt: skip


class PublicColumns(models.Model):
    """What the public may count. The id is random and stands in no public place beside a report."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organ_code = models.CharField(max_length=60)
    province_code = models.CharField(max_length=13)
    # "YYYY-MM", the month in which it came
    month = models.CharField(max_length=7)
    # a code of law.vocabulary.CONDUCTS; empty until an officer has coded it
    conduct = models.CharField(max_length=40, blank=True, default="")
    state = models.CharField(max_length=20, choices=PublicState)
    # terms of law or published practice that passed unacted; reminder targets never count
    lapsed = models.PositiveSmallIntegerField(default=0)
    # whole days from coming in to the end; empty while it runs
    days_taken = models.PositiveIntegerField(null=True)

    class Meta:
        abstract = True


class PublicRow(PublicColumns):
    """One row per report: all that publication ever learns about it."""

    CLASSES: ClassVar[Classes] = {"public": PUBLIC_COLUMNS, "desk": (), "sealed": ()}


class PublicCase(PublicColumns):
    """One row per case, with the same columns as a report's row."""

    CLASSES: ClassVar[Classes] = {"public": PUBLIC_COLUMNS, "desk": (), "sealed": ()}


class Routing(models.Model):
    """Which public row belongs to which report or case. Never public: it would undo the row."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "report", "case", "row", "case_row"),
        "sealed": (),
    }

    report = models.OneToOneField(Report, models.CASCADE, related_name="+", null=True)
    case = models.OneToOneField(Case, models.CASCADE, related_name="+", null=True)
    row = models.OneToOneField(PublicRow, models.CASCADE, related_name="+", null=True)
    case_row = models.OneToOneField(PublicCase, models.CASCADE, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_routing_joins_one_pair",
                condition=Q(report__isnull=False, row__isnull=False, case=None, case_row=None)
                | Q(report=None, row=None, case__isnull=False, case_row__isnull=False),
            )
        ]
