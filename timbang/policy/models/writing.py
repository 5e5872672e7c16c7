"""What stands in a dossier: the parts that an office writes, and the documents that exist."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from timbang.accounts.models import Officer, Organ
from timbang.law.bilingual import Bilingual
from timbang.policy import ties
from timbang.policy.models.classes import Classes
from timbang.policy.models.dossier import Dossier
from timbang.policy.models.journal import Line


class Part(models.Model):
    """One version of a written part; the newest counts, the earlier ones stay to be compared.

    `kind` is a code of `policy.parts`; `body` has the fields that this kind asks for.
    """

    CLASSES: ClassVar[Classes] = {
        "public": ("id", "dossier", "kind", "ordinal", "body", "digest", "written_on", "line"),
        "desk": ("written_by",),
        "sealed": (),
    }

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=40)
    ordinal = models.PositiveIntegerField()
    body = models.JSONField()
    # `parts.print_of`: by it a part is found that is word for word another's
    digest = models.CharField(max_length=64, blank=True, default="", db_index=True)
    written_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    written_on = models.DateField()
    line = models.OneToOneField(Line, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["kind", "ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "kind", "ordinal"], name="a_version_of_a_part_stands_once"
            )
        ]


class Found(models.TextChoices):
    """Whether a document is there: what nobody looked for is not missing."""

    FOUND = "found"
    MISSING = "missing"
    NOT_SOUGHT = "not_sought"


class Piece(models.Model):
    """A document of a policy, or that it was sought and not found, with its source.

    `issued_on` None: the day is not known. A correction is a row of its own that `replaces` the
    wrong one. `stage` and `kind` are codes of `law.policy`.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (
            "id", "dossier", "stage", "kind", "state", "title", "issuer", "issued_on", "says",
            "amount", "shows", "source", "url", "read_on", "sought", "replaces", "organ", "line",
        ),
        "desk": (),
        "sealed": (),
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="pieces")
    stage = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=Found)
    title = models.CharField(max_length=300, blank=True, default="")
    issuer = models.CharField(max_length=200, blank=True, default="")
    issued_on = models.DateField(null=True)
    # what it says on this policy, in the words of whoever read it
    says = models.TextField(blank=True, default="")
    # rupiah, where the document names an amount
    amount = models.BigIntegerField(null=True)
    # codes of policy.facts.MARKS: what it shows beyond being there
    shows = models.JSONField(default=list)
    # who published it and what it is called there; where it was read, and when
    source = models.CharField(max_length=300, blank=True, default="")
    url = models.URLField(max_length=500, blank=True, default="")
    read_on = models.DateField(null=True)
    # where somebody looked for what is missing
    sought = models.TextField(blank=True, default="")
    replaces = models.OneToOneField("self", models.PROTECT, related_name="replaced_by", null=True)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    line = models.OneToOneField(Line, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["stage", "issued_on", "line__version"]
        constraints = [
            models.CheckConstraint(
                name="a_document_that_was_found_has_its_source",
                condition=~Q(state=Found.FOUND)
                | (~Q(title="") & ~Q(source="") & Q(read_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="what_is_missing_was_sought_somewhere",
                condition=~Q(state=Found.MISSING) | ~Q(sought=""),
            ),
            models.CheckConstraint(
                name="only_a_document_that_was_found_has_a_day_or_an_amount",
                condition=Q(state=Found.FOUND) | Q(issued_on=None, amount=None),
            ),
        ]


class Tie(models.Model):
    """What an officer says of himself in a dossier: no interest, or which."""

    CLASSES: ClassVar[Classes] = {
        "public": ("id", "dossier", "step", "relation", "words", "declared_on"),
        "desk": ("officer", "line"),
        "sealed": (),
    }

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="ties")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    step = models.CharField(max_length=60)
    # "": none; else a code of ties.WORDS
    relation = models.CharField(max_length=30, blank=True, default="")
    words = models.TextField(blank=True, default="")
    declared_on = models.DateField()
    line = models.OneToOneField(Line, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["line__version"]

    @property
    def title(self) -> Bilingual | None:
        """What the relation is called; None for no interest."""
        return ties.title_of(self.relation) if self.relation else None
