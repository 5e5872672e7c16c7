"""The accused's door: what his receipt opens, what the office showed him, what he sent.

Everything readable stands under the door's key. That key is kept twice: under the case key, for
the organs that hold the case, and under the key that only the receipt gives.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from timbang.accounts.models import Officer
from timbang.cases.models.case import Accused, Case
from timbang.cases.models.classes import Classes
from timbang.cases.models.decision import Decision
from timbang.cases.models.documents import Exhibit
from timbang.cases.models.journal import CaseStep


class Door(models.Model):
    """One reported person's door. `number` counts its receipts; only the newest one opens it.

    `sealed_receipt` is the receipt as the office printed it, under the case key; empty once he
    exchanged it for one of his own.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "accused", "number", "opened_on", "changed_on"),
        "sealed": ("locator", "key_for_accused", "key_for_case", "sealed_receipt"),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="doors")
    accused = models.OneToOneField(Accused, models.CASCADE, related_name="door")
    number = models.PositiveIntegerField(default=1)
    opened_on = models.DateField()
    changed_on = models.DateField()
    locator = models.BinaryField(max_length=32, unique=True)
    key_for_accused = models.BinaryField()
    key_for_case = models.BinaryField()
    sealed_receipt = models.BinaryField(null=True)


class DoorItem(models.Model):
    """Something that the office showed the accused; a newer one of the same source replaces it."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "door", "position", "kind", "source", "shown_on", "shown_by", "journal"),
        "sealed": ("sealed",),
    }

    class Kind(models.TextChoices):
        """What it is."""

        SUSPICION = "suspicion"
        MINUTES = "minutes"
        REASONS = "reasons"
        NOTE = "note"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    door = models.ForeignKey(Door, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    # the row of which it is a copy: a document, a decision; empty for a note
    source = models.CharField(max_length=60, blank=True, default="")
    shown_on = models.DateField()
    shown_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    journal = models.ForeignKey(CaseStep, models.CASCADE, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["door", "position"], name="door_items_stand_in_order")
        ]


class DoorMessage(models.Model):
    """Something that the accused sent through his door: once, whatever his browser does."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "door", "position", "kind", "sent_on", "decision", "remedy", "window", "read_on",
            "read_by", "exhibit", "journal",
        ),
        "sealed": ("sealed_text",),
    }  # fmt: skip

    class Kind(models.TextChoices):
        """What he wants."""

        ANSWER = "answer"
        OBJECTION = "objection"
        COPY = "copy"
        COMPANION = "companion"

    # made from the form's own secret: the same form sent twice is one message
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    door = models.ForeignKey(Door, models.CASCADE, related_name="messages")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    sent_on = models.DateField()
    # an objection: against what, by which remedy of the procedure, and how its term stood that day
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="+", null=True)
    remedy = models.CharField(max_length=60, blank=True, default="")
    window = models.CharField(max_length=20, blank=True, default="")
    read_on = models.DateField(null=True)
    read_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True)
    # his words, taken into the file as evidence
    exhibit = models.OneToOneField(Exhibit, models.SET_NULL, related_name="+", null=True)
    journal = models.OneToOneField(CaseStep, models.CASCADE, related_name="+")
    sealed_text = models.BinaryField()

    class Meta:
        ordering = ["position"]
        indexes = [
            models.Index(
                fields=["sent_on", "id"], condition=Q(read_on=None), name="door_messages_unread"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["door", "position"], name="door_messages_stand_in_order"
            ),
            models.CheckConstraint(
                name="an_objection_names_a_decision_and_a_remedy",
                condition=(
                    Q(kind="objection", decision__isnull=False)
                    & ~Q(remedy="")
                    & Q(window__in=["open", "between", "unknown"])
                )
                | (~Q(kind="objection") & Q(decision=None, remedy="", window="")),
            ),
            models.CheckConstraint(
                name="a_read_message_has_its_reader",
                condition=Q(read_on=None, read_by=None)
                | Q(read_on__isnull=False, read_by__isnull=False),
            ),
        ]


class DoorFile(models.Model):
    """A file of such a message: its name, kind and size sealed, a random name on the disk."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "message", "added_on", "stored_as", "has_copy", "exhibit"),
        "sealed": ("sealed_about",),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey(DoorMessage, models.CASCADE, related_name="files")
    added_on = models.DateField()
    stored_as = models.CharField(max_length=32, unique=True)
    has_copy = models.BooleanField()
    sealed_about = models.BinaryField()
    exhibit = models.OneToOneField(Exhibit, models.SET_NULL, related_name="+", null=True)

    class Meta:
        ordering = ["added_on", "id"]
