"""Rows of the intake: what lies in the database of a report is ciphertext, codes and days.

No row has a moment, an address of the network or a browser; no row counts visits.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from timbang.accounts.models import Officer, Organ
from timbang.ledger.models import Entry


class Way(models.TextChoices):
    """How the law takes what was told: a named report, or information to begin with."""

    REPORT = "report"
    PRIOR_INFORMATION = "prior_information"


class Status(models.TextChoices):
    """What a reporter is told about his report."""

    RECEIVED = "received"
    QUESTION = "question"
    ANSWERED = "answered"
    IN_CASE = "in_case"
    FORWARDED = "forwarded"
    DECIDED = "decided"
    CLOSED = "closed"
    REJECTED = "rejected"
    # kept as information to begin with (informasi awal)
    INFORMATION = "information"
    WITHDRAWN = "withdrawn"


class Report(models.Model):
    """One report, sealed to one organ and to its reporter."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    # Derived from the receipt, which is derived from the draft: the constraint that makes a
    # double click, two workers or a retry end in one report.
    locator = models.BinaryField(max_length=32, unique=True)
    province_code = models.CharField(max_length=16)
    received_on = models.DateField()
    way = models.CharField(max_length=20, choices=Way)
    status = models.CharField(max_length=12, choices=Status, default=Status.RECEIVED)
    next_due_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    key_for_organ = models.BinaryField()
    key_for_reporter = models.BinaryField()
    sealed_content = models.BinaryField()
    sealed_identity = models.BinaryField(null=True)
    identity_key_for_organ = models.BinaryField(null=True)

    CLASSES: ClassVar[dict[str, tuple[str, ...]]] = {
        "public": (),
        "desk": ("id", "organ", "province_code", "received_on", "way", "status", "next_due_on",
                 "withdrawn_on", "entry"),
        "sealed": ("locator", "key_for_organ", "key_for_reporter", "sealed_content",
                   "sealed_identity", "identity_key_for_organ"),
    }  # fmt: skip

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(sealed_identity__isnull=True, identity_key_for_organ__isnull=True)
                | Q(sealed_identity__isnull=False, identity_key_for_organ__isnull=False),
                name="an_identity_has_its_key",
            ),
            models.CheckConstraint(
                condition=Q(sealed_identity__isnull=True) | Q(way=Way.REPORT),
                name="information_without_a_name_holds_no_identity",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.WITHDRAWN) | Q(withdrawn_on__isnull=False),
                name="a_withdrawn_report_has_its_day",
            ),
        )
        indexes = (models.Index(fields=("organ", "status"), name="reports_by_organ_and_status"),)


class IdentityOpening(models.Model):
    """Who opened an identity, on which day, and why: the reason lies under the identity's key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="openings")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    sealed_reason = models.BinaryField()

    CLASSES: ClassVar[dict[str, tuple[str, ...]]] = {
        "public": (),
        "desk": ("id", "report", "officer", "opened_on", "entry"),
        "sealed": ("sealed_reason",),
    }

    class Meta:
        ordering = ("opened_on", "id")


class Author(models.TextChoices):
    """Who wrote a message; officers write as their organ, never by name."""

    REPORTER = "reporter"
    ORGAN = "organ"


class MessageKind(models.TextChoices):
    """What a message is for."""

    QUESTION = "question"
    ANSWER = "answer"
    NOTE = "note"
    WITHDRAWAL = "withdrawal"


class Message(models.Model):
    """A message between organ and reporter, under the report's key."""

    # Made from the form's own secret: the same form sent twice is one message.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="messages")
    position = models.PositiveIntegerField()
    author = models.CharField(max_length=8, choices=Author)
    kind = models.CharField(max_length=10, choices=MessageKind)
    sent_on = models.DateField()
    sealed_text = models.BinaryField()

    CLASSES: ClassVar[dict[str, tuple[str, ...]]] = {
        "public": (),
        "desk": ("id", "report", "position", "author", "kind", "sent_on"),
        "sealed": ("sealed_text",),
    }

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("report", "position"), name="messages_stand_in_order"),
        )


class OfferAnswer(models.TextChoices):
    """What a reporter says to a remedy."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


class Offer(models.Model):
    """A remedy that an office offers to the reporter, in words under the report's key, with what
    he answered. `remedy` is its number at the desk, by which the office finds the answer again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="offers")
    remedy = models.UUIDField()
    offered_on = models.DateField()
    answer = models.CharField(max_length=10, choices=OfferAnswer, blank=True, default="")
    answered_on = models.DateField(null=True)
    sealed = models.BinaryField()
    sealed_answer = models.BinaryField(null=True)

    CLASSES: ClassVar[dict[str, tuple[str, ...]]] = {
        "public": (),
        "desk": ("id", "report", "remedy", "offered_on", "answer", "answered_on"),
        "sealed": ("sealed", "sealed_answer"),
    }

    class Meta:
        ordering = ("offered_on", "id")
        constraints = (
            models.UniqueConstraint(fields=("report", "remedy"), name="remedy_offered_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None)
                | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="an_answer_to_an_offer_has_its_day",
            ),
        )


class Satisfied(models.TextChoices):
    """How content a reporter is with how his complaint was handled."""

    VERY = "very"
    RATHER = "rather"
    LITTLE = "little"
    NOT = "not"


class Satisfaction(models.Model):
    """What a reporter said of how his complaint was handled: once, and only if he wished to."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="satisfaction")
    level = models.CharField(max_length=10, choices=Satisfied)
    said_on = models.DateField()
    sealed_words = models.BinaryField()

    CLASSES: ClassVar[dict[str, tuple[str, ...]]] = {
        "public": (),
        "desk": ("id", "report", "level", "said_on"),
        "sealed": ("sealed_words",),
    }


class Attachment(models.Model):
    """A file of a report. Its name, kind and size are sealed; on disk it has a random name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="attachments")
    added_on = models.DateField()
    stored_as = models.CharField(max_length=32, unique=True)
    has_copy = models.BooleanField()
    sealed_about = models.BinaryField()

    CLASSES: ClassVar[dict[str, tuple[str, ...]]] = {
        "public": (),
        "desk": ("id", "report", "added_on", "stored_as", "has_copy"),
        "sealed": ("sealed_about",),
    }

    class Meta:
        ordering = ("added_on", "id")


class StagedFile(models.Model):
    """A file of a draft that is not sent yet; removed after two days.

    The row is written before the file, so that no file can be left that nothing removes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.BinaryField(max_length=32, db_index=True)
    staged_on = models.DateField()
    stored_as = models.CharField(max_length=32, unique=True)
    has_copy = models.BooleanField()
    sealed_about = models.BinaryField()

    CLASSES: ClassVar[dict[str, tuple[str, ...]]] = {
        "public": (),
        "desk": ("id", "staged_on", "stored_as", "has_copy"),
        "sealed": ("place", "sealed_about"),
    }


class FileToRemove(models.Model):
    """A sealed file whose report is erased: written in that transaction, gone once the file is.

    Killed in between, the next round of the worker removes it.
    """

    stored_as = models.CharField(max_length=34, primary_key=True)
    since_on = models.DateField()

    CLASSES: ClassVar[dict[str, tuple[str, ...]]] = {
        "public": (),
        "desk": ("stored_as", "since_on"),
        "sealed": (),
    }
