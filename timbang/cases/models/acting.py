"""Who works on a case, who may not, what officers declared, and who looked up whom.

The surprising part: that somebody may not act stands in clear (the relation's code and its norm),
so that no page has to open anything to keep him away; what ties him to whom stays sealed.
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
from timbang.ledger.models import Entry


class Part(models.TextChoices):
    """What an officer is to a case that was given to him."""

    IN_CHARGE = "in_charge"
    MEMBER = "member"


class Assignment(models.Model):
    """A case in the hands of an officer of an organ that holds it, from day to day."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "officer", "organ", "part", "since_on", "until_on", "journal"),
        "sealed": (),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="assignments")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    part = models.CharField(max_length=12, choices=Part)
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    # the line by which he got it
    journal = models.ForeignKey(CaseStep, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["part", "since_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "officer"],
                condition=Q(until_on=None),
                name="a_case_is_assigned_to_an_officer_once",
            ),
            models.UniqueConstraint(
                fields=["case", "organ"],
                condition=Q(until_on=None, part="in_charge"),
                name="one_officer_is_in_charge_in_an_organ",
            ),
            models.CheckConstraint(
                name="assignment_ends_after_it_began",
                condition=Q(until_on=None) | Q(until_on__gte=F("since_on")),
            ),
        ]


class Interests(models.Model):
    """All that an officer declared of his ties, as of one day: a new version each time.

    Sealed to his organ: its officers must be able to hold every case against it. The newest
    version counts; a tie is withdrawn by a version without it, and the older one stays.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "officer", "organ", "version", "declared_on", "entry"),
        "sealed": ("sealed_key", "sealed"),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    declared_on = models.DateField()
    sealed_key = models.BinaryField()
    sealed = models.BinaryField()
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["officer", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "version"], name="one_declaration_per_officer_and_version"
            )
        ]


class CaseDeclaration(models.Model):
    """What an officer said of himself in one case: no conflict, or which relation."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "officer", "relation", "declared_on", "journal"),
        "sealed": (),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="declarations")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    # a code of law.recusal.RELATIONS; empty: no conflict
    relation = models.CharField(max_length=20, blank=True, default="")
    declared_on = models.DateField()
    journal = models.OneToOneField(CaseStep, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["journal__version"]


class ConflictQuerySet(models.QuerySet["Conflict"]):
    """Conflicts, and whom they keep away."""

    def barring(self, officer: Officer) -> ConflictQuerySet:
        """Those in force that keep this officer away from their cases."""
        return self.filter(officer=officer, lifted_on=None)


class Conflict(models.Model):
    """Why an officer may neither open a case nor act in it, with the norm that says so.

    `found` tells how it came to be known. What was only matched by name is not shown to the officer
    himself: it would tell him against whom his organ works.
    """

    class Found(models.TextChoices):
        DECLARED = "declared"
        MATCHED = "matched"

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "case", "officer", "relation", "citation", "level", "found", "since_on",
            "journal", "lifted_on", "lifted_by",
        ),
        "sealed": ("match", "sealed_reason"),
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="conflicts")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    relation = models.CharField(max_length=20)
    citation = models.CharField(max_length=200)
    level = models.CharField(max_length=20)
    found = models.CharField(max_length=10, choices=Found)
    since_on = models.DateField()
    journal = models.OneToOneField(CaseStep, models.CASCADE, related_name="+")
    # a keyed digest of what was matched with whom: a match that was lifted does not come back
    match = models.BinaryField(max_length=16, null=True)
    lifted_on = models.DateField(null=True, blank=True)
    lifted_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True)
    sealed_reason = models.BinaryField(null=True)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ["since_on", "pk"]
        indexes = [
            models.Index(
                fields=["officer", "case"], condition=Q(lifted_on=None), name="conflict_in_force"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "officer", "relation"],
                condition=Q(lifted_on=None),
                name="a_conflict_stands_once",
            ),
            models.CheckConstraint(
                name="conflict_lifted_day_by_and_reason_go_together",
                condition=Q(lifted_on=None, lifted_by=None, sealed_reason=None)
                | Q(lifted_on__isnull=False, lifted_by__isnull=False, sealed_reason__isnull=False),
            ),
            models.CheckConstraint(
                name="only_a_match_is_lifted", condition=Q(lifted_on=None) | Q(found="matched")
            ),
        ]


class OrganConflict(models.Model):
    """An organ that may not decide a case, because its head is reported or gains by it.

    `instead` is the authority that a norm names (a code of `law.recusal`), or `flagged`.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "organ", "instead", "citation", "since_on", "journal", "ended_on"),
        "sealed": (),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="organ_conflicts")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    instead = models.CharField(max_length=20)
    citation = models.CharField(max_length=200, blank=True, default="")
    since_on = models.DateField()
    journal = models.OneToOneField(CaseStep, models.CASCADE, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["since_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organ"],
                condition=Q(ended_on=None),
                name="an_organ_is_conflicted_once_in_a_case",
            )
        ]


class LookUp(models.Model):
    """One search for a person, or one opening of a person's record or of a lead about a person,
    and the number that it names.

    An auditor reads who looked on which day for which number; the words he does not read.
    """

    class What(models.TextChoices):
        SEARCH = "search"
        RECORD = "record"
        LEAD = "lead"

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "officer", "organ", "what", "number", "case", "done_on", "entry"),
        "sealed": ("sealed_key", "sealed"),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    what = models.CharField(max_length=10, choices=What)
    # of a case, or of a lead
    number = models.CharField(max_length=80)
    # empty: a lead
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", null=True)
    done_on = models.DateField()
    sealed_key = models.BinaryField()
    sealed = models.BinaryField()
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-done_on", "-pk"]
        indexes = [models.Index(fields=["organ", "-done_on"], name="look_ups_of_an_organ")]
