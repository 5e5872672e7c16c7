"""What an officer keeps about his own day: a calendar link, digests that went out, filters."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from timbang.accounts.models import Mail, Officer
from timbang.cases.models.classes import Classes


class Feed(models.Model):
    """The secret link under which an officer's calendar program reads his terms.

    Only the digest of the link's token is kept: whoever copies the database has no link.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "officer", "language", "made_on"),
        "sealed": ("token",),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.OneToOneField(Officer, models.CASCADE, related_name="+")
    token = models.BinaryField(max_length=32, unique=True)
    language = models.CharField(max_length=2)
    made_on = models.DateField()


class DigestSent(models.Model):
    """That an officer's digest of a day was made: once, whatever happens to the worker.

    `mail` is empty when nothing waited, so that nothing was to be said, or when it is long gone.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "officer", "on", "mail"),
        "sealed": (),
    }

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="+")
    on = models.DateField()
    mail = models.OneToOneField(Mail, models.SET_NULL, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["officer", "on"], name="one_digest_per_officer_and_day")
        ]


class SavedFilter(models.Model):
    """A list that an officer looks at again and again: codes only, its name is made of them."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "officer", "whose", "due", "kind", "procedure", "step"),
        "sealed": (),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.ForeignKey(Officer, models.CASCADE, related_name="+")
    whose = models.CharField(max_length=12, blank=True, default="")
    due = models.CharField(max_length=12, blank=True, default="")
    kind = models.CharField(max_length=20, blank=True, default="")
    procedure = models.CharField(max_length=60, blank=True, default="")
    step = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        ordering = ["whose", "due", "kind", "procedure", "step"]
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "whose", "due", "kind", "procedure", "step"],
                name="a_filter_is_saved_once",
            )
        ]
