"""After the decision: what must be carried out, measures against an office, and who did not act.

`IdleOffice` is public: an office, the rule, the days, and nothing of the case. The table that says
which case it stands for is not.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from timbang.accounts.models import Officer, Organ
from timbang.cases.models.case import Accused, Case
from timbang.cases.models.classes import Classes
from timbang.cases.models.decision import Decision
from timbang.cases.models.documents import Document
from timbang.cases.models.journal import CaseStep
from timbang.cases.models.terms import OpenTerm


class Clearing(models.Model):
    """Which reported person a letter clears: each one gets a letter of his own."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "document", "accused"),
        "sealed": (),
    }

    document = models.OneToOneField(Document, models.CASCADE, related_name="clears")
    accused = models.ForeignKey(Accused, models.CASCADE, related_name="cleared_by")


class Errand(models.Model):
    """One thing that a decision about a person asks to be done, until it is done with proof.

    When it is due is computed and never stored: delivery, effect and calendar move it.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "decision", "case", "organ", "since_on", "task", "done_on", "done_by", "journal",
        ),
        "sealed": ("sealed_proof",),
    }  # fmt: skip

    class Task(models.TextChoices):
        """Deliver it, carry it out, record it where the law says; undo it once it has fallen."""

        DELIVER = "deliver"
        CARRY_OUT = "carry_out"
        RECORD = "record"
        UNDO = "undo"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="errands")
    case = models.ForeignKey(Case, models.CASCADE, related_name="errands")
    # who decided does it, wherever the case went meanwhile
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    # the day of the decision, by which the list is ordered
    since_on = models.DateField()
    task = models.CharField(max_length=12, choices=Task)
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True)
    # one delivery is one line, whether it is told as a delivery or as an errand
    journal = models.ForeignKey(CaseStep, models.CASCADE, related_name="+", null=True)
    sealed_proof = models.BinaryField(null=True)

    class Meta:
        ordering = ["decision", "task"]
        indexes = [
            models.Index(
                fields=["organ", "since_on", "id"],
                condition=Q(done_on=None),
                name="errands_to_do",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["decision", "task"], name="errand_once_per_decision"),
            models.CheckConstraint(
                name="an_errand_that_is_done_has_its_day_and_line",
                condition=Q(done_on=None, done_by=None, journal=None, sealed_proof=None)
                | Q(
                    done_on__isnull=False,
                    done_by__isnull=False,
                    journal__isnull=False,
                    sealed_proof__isnull=False,
                ),
            ),
        ]


class Measure(models.Model):
    """An administrative action against an office that did not act (Perpres 116/2022 ps 19-20).

    `kind` is a kind of the catalogue's set of sanctions; the words stand in the sealed note of the
    journal line. A blocking is lifted by a later line.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "case", "against", "kind", "ground", "scope", "coordinated_on", "taken_on",
            "journal", "lifted_on", "lifted_because", "lifted_line",
        ),
        "sealed": (),
    }  # fmt: skip

    class Scope(models.TextChoices):
        """What is blocked: personnel data or services, in part or all of them."""

        PART = "part"
        ALL = "all"

    class Lifted(models.TextChoices):
        """Why a measure ended."""

        ACTED = "acted"
        RULING = "ruling"
        MISTAKE = "mistake"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="measures")
    against = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    # letters a to e of Perpres 116/2022 ps 20(2); empty where nothing is blocked
    ground = models.CharField(max_length=1, blank=True, default="")
    scope = models.CharField(max_length=4, choices=Scope, blank=True, default="")
    coordinated_on = models.DateField(null=True)
    taken_on = models.DateField()
    journal = models.OneToOneField(CaseStep, models.CASCADE, related_name="+")
    lifted_on = models.DateField(null=True)
    lifted_because = models.CharField(max_length=10, choices=Lifted, blank=True, default="")
    lifted_line = models.OneToOneField(CaseStep, models.CASCADE, related_name="+", null=True)

    class Meta:
        ordering = ["journal__version"]
        constraints = [
            models.CheckConstraint(
                name="a_blocking_says_its_ground_and_scope",
                condition=(Q(kind="data_block") & ~Q(ground="") & ~Q(scope=""))
                | (~Q(kind="data_block") & Q(ground="", scope="")),
            ),
            models.CheckConstraint(
                name="a_lifted_measure_says_when_and_why",
                condition=Q(lifted_on=None, lifted_because="", lifted_line=None)
                | (Q(lifted_on__isnull=False, lifted_line__isnull=False) & ~Q(lifted_because="")),
            ),
        ]


class IdleOffice(models.Model):
    """An appointing office that had a file in hand and did not act in the term of the law.

    Public, by office and never by person. `days` is the term as it was counted, day by day.
    A row that was wrong is deleted; one that acted afterwards keeps its row and says when.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (
            "id", "organ_code", "organ_name", "region_code", "procedure", "step", "duty_id",
            "duty_en", "citation", "level", "delivered_on", "last_day", "listed_on", "acted_on",
            "days",
        ),
        "desk": (),
        "sealed": (),
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organ_code = models.CharField(max_length=60)
    organ_name = models.CharField(max_length=200)
    region_code = models.CharField(max_length=13, blank=True, default="")
    procedure = models.CharField(max_length=60)
    step = models.CharField(max_length=60)
    # the step in words, of the very version of the procedure that the case keeps
    duty_id = models.TextField()
    duty_en = models.TextField()
    citation = models.CharField(max_length=200)
    level = models.CharField(max_length=20)
    delivered_on = models.DateField()
    last_day = models.DateField()
    listed_on = models.DateField()
    acted_on = models.DateField(null=True)
    days = models.JSONField(default=list)

    class Meta:
        ordering = ["-last_day", "id"]
        indexes = [
            models.Index(fields=["organ_code", "-last_day"], name="idle_offices_by_code"),
        ]
        constraints = [
            models.CheckConstraint(
                name="an_idle_office_had_it_in_hand_and_is_late",
                condition=Q(last_day__gte=models.F("delivered_on"))
                & Q(listed_on__gt=models.F("last_day")),
            ),
            models.CheckConstraint(
                name="who_acts_does_so_after_he_was_late",
                condition=Q(acted_on=None) | Q(acted_on__gte=models.F("delivered_on")),
            ),
        ]


class IdleTie(models.Model):
    """Which case and term a public row of an idle office stands for. Never public."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "row", "case", "term", "line", "ended_line"),
        "sealed": (),
    }

    row = models.OneToOneField(IdleOffice, models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="idle_ties")
    term = models.OneToOneField(OpenTerm, models.CASCADE, related_name="+")
    line = models.OneToOneField(CaseStep, models.CASCADE, related_name="+")
    # the line by which the office acted
    ended_line = models.ForeignKey(CaseStep, models.CASCADE, related_name="+", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["case"], condition=Q(ended_line=None), name="idle_ties_standing"),
        ]
