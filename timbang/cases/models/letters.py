"""Letters that went out: how an organ numbers them, and what anyone may check about each.

Of a letter only its number, its day and the digest of its bytes stand here in clear. The code that
is printed on it does not: with it somebody could make likely letters and compare their digests.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from timbang.accounts.models import Officer, Organ
from timbang.cases.models.classes import Classes
from timbang.cases.models.documents import Document
from timbang.ledger.models import Entry


class NumberFormat(models.Model):
    """How an organ writes the numbers of its letters; an empty pattern: an officer types each."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("organ", "pattern", "set_by", "set_on"),
        "sealed": (),
    }

    organ = models.OneToOneField(Organ, models.CASCADE, primary_key=True, related_name="+")
    pattern = models.CharField(max_length=120, blank=True)
    set_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    set_on = models.DateField()


class LetterCount(models.Model):
    """The last number that an organ gave to letters of one kind in one year."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "organ", "kind", "year", "last"),
        "sealed": (),
    }

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organ", "kind", "year"], name="letters_counted_once")
        ]


class IssuedLetter(models.Model):
    """A letter that was made: its number, and the digest by which its bytes are known.

    It outlives its document: a number once given is never given again, and a letter whose case was
    erased can still be checked by whoever has it.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "organ", "document", "kind", "year", "place", "number", "dated_on", "made_on",
            "code_hash", "digest", "size", "made_with", "entry",
        ),
        "sealed": (),
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    document = models.OneToOneField(
        Document, models.SET_NULL, related_name="issued", null=True, blank=True
    )
    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    # its place in the year's numbers; empty where an officer typed the number
    place = models.PositiveIntegerField(null=True)
    number = models.CharField(max_length=120)
    dated_on = models.DateField()
    made_on = models.DateField()
    # SHA-256 of the code that is printed on it
    code_hash = models.BinaryField(max_length=32, unique=True)
    # SHA-256 of its bytes, and how many they are
    digest = models.BinaryField(max_length=32)
    size = models.PositiveIntegerField()
    # which typesetter and templates made it
    made_with = models.CharField(max_length=80)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["year", "kind", "place"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "number"], name="letter_number_once"),
            models.UniqueConstraint(
                fields=["organ", "kind", "year", "place"],
                condition=Q(place__isnull=False),
                name="letter_place_once",
            ),
            models.CheckConstraint(
                name="letter_places_count_from_one", condition=Q(place=None) | Q(place__gte=1)
            ),
        ]
