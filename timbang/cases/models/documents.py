"""What was written and what was chosen as evidence, each under a key of its own."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from timbang.accounts.models import Officer, Organ
from timbang.cases.models.case import Case
from timbang.cases.models.classes import Classes
from timbang.cases.models.journal import CaseStep
from timbang.reports.models import Attachment, Report


class DocumentKind(models.TextChoices):
    """What a sealed document of a case is."""

    FACTS = "facts"
    STUDY = "study"
    RECOMMENDATION = "recommendation"
    LETTER = "letter"
    NOTE = "note"
    ANSWER = "answer"
    MINUTES = "minutes"
    DISSENT = "dissent"


def kinds() -> list[tuple[str, str]]:
    """The kinds as a column lists them; called, so that a new kind changes no table."""
    return list(DocumentKind.choices)


class Document(models.Model):
    """One version of something written in a case; a new version is a new row with a new key."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "case", "organ", "kind", "version", "written_by", "written_on", "journal",
        ),
        "sealed": ("sealed",),
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="documents")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=kinds)
    version = models.PositiveIntegerField()
    written_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    written_on = models.DateField()
    journal = models.ForeignKey(CaseStep, models.CASCADE, related_name="documents", null=True)
    sealed = models.BinaryField()

    class Meta:
        ordering = ["kind", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organ", "kind", "version"], name="document_version_once"
            )
        ]


def origins() -> list[tuple[str, str]]:
    """Where exhibits come from, for a column; called, so that a new one changes no table."""
    return list(Exhibit.Origin.choices)


class Exhibit(models.Model):
    """A piece of evidence chosen for the case: a copy under a key of its own."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "organ", "attachment", "report", "origin", "position", "chosen_by",
                 "chosen_on", "journal", "source"),
        "sealed": ("sealed", "sealed_about"),
    }  # fmt: skip

    class Origin(models.TextChoices):
        """Where it came from; the reporter's own words are never taken without being chosen."""

        WORKING_COPY = "working_copy"
        ORIGINAL = "original"
        WORDS = "words"
        # brought by an officer, a thing described with its place, a copy with parts taken out
        MANUAL = "manual"
        PHYSICAL = "physical"
        REDACTED = "redacted"
        # what the reported person brought himself
        ACCUSED = "accused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="exhibits")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+", null=True)
    report = models.ForeignKey(Report, models.PROTECT, related_name="+", null=True)
    origin = models.CharField(max_length=20, choices=origins)
    position = models.PositiveSmallIntegerField()
    chosen_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    chosen_on = models.DateField()
    journal = models.OneToOneField(CaseStep, models.CASCADE, related_name="exhibit")
    # the exhibit from which a redacted one was made
    source = models.ForeignKey("self", models.PROTECT, related_name="redacted", null=True)
    sealed = models.BinaryField()
    sealed_about = models.BinaryField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="exhibit_position_once")
        ]


class ItemKey(models.Model):
    """The key of one document version or one exhibit, sealed to one organ that may read it."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "organ", "document", "exhibit", "given_on"),
        "sealed": ("sealed_key",),
    }

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, related_name="keys", null=True)
    exhibit = models.ForeignKey(Exhibit, models.CASCADE, related_name="keys", null=True)
    sealed_key = models.BinaryField()
    given_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_item_key_opens_one_thing",
                condition=Q(document=None, exhibit__isnull=False)
                | Q(document__isnull=False, exhibit=None),
            ),
            models.UniqueConstraint(fields=["organ", "document"], name="document_key_once"),
            models.UniqueConstraint(fields=["organ", "exhibit"], name="exhibit_key_once"),
        ]
