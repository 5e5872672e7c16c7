"""Terms of the steps, and what execution promised and did."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from timbang.policy.models.classes import Classes
from timbang.policy.models.dossier import Dossier
from timbang.policy.models.journal import Line


class StepTermQuerySet(models.QuerySet["StepTerm"]):
    """The reading words of terms."""

    def running(self) -> StepTermQuerySet:
        return self.filter(closed_on=None)


class StepTerm(models.Model):
    """How long a step may take. Where nobody knows, there is no row.

    `kind` is that of `law.steps.Term`: what it weighs. A row is closed when its step is left.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (
            "id", "dossier", "step", "kind", "entered_on", "safe_on", "last_on", "provisional",
            "closed_on",
        ),
        "desk": (),
        "sealed": (),
    }  # fmt: skip

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="terms")
    step = models.CharField(max_length=60)
    kind = models.CharField(max_length=10)
    entered_on = models.DateField()
    safe_on = models.DateField()
    # None: nobody knows which reading is right
    last_on = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    closed_on = models.DateField(null=True)

    objects = StepTermQuerySet.as_manager()

    class Meta:
        ordering = ["entered_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(closed_on=None),
                name="one_term_runs_for_a_dossier",
            )
        ]
        indexes = [
            models.Index(
                fields=["last_on"], condition=Q(closed_on=None), name="policy_terms_running"
            )
        ]


class Milestone(models.Model):
    """A piece of the execution: when, for how much, with what result. Money in rupiah."""

    CLASSES: ClassVar[Classes] = {
        "public": (
            "id", "dossier", "ordinal", "title", "owner", "due_on", "planned", "measure", "target",
            "done_on", "spent", "result", "says", "set_by", "done_by",
        ),
        "desk": (),
        "sealed": (),
    }  # fmt: skip

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="milestones")
    ordinal = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    # the office or post that answers for it, never a name
    owner = models.CharField(max_length=200)
    due_on = models.DateField()
    planned = models.BigIntegerField(null=True)
    # what is counted, in which unit; what was promised of it, and what came of it
    measure = models.CharField(max_length=200, blank=True, default="")
    target = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    done_on = models.DateField(null=True)
    spent = models.BigIntegerField(null=True)
    result = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    says = models.TextField(blank=True, default="")
    set_by = models.OneToOneField(Line, models.PROTECT, related_name="+")
    done_by = models.OneToOneField(Line, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "ordinal"], name="one_milestone_per_place"),
            models.CheckConstraint(
                name="what_was_done_has_its_line",
                condition=Q(done_on=None, done_by=None)
                | Q(done_on__isnull=False, done_by__isnull=False),
            ),
            models.CheckConstraint(
                name="money_is_not_less_than_nothing",
                condition=(Q(planned=None) | Q(planned__gte=0)) & (Q(spent=None) | Q(spent__gte=0)),
            ),
            models.CheckConstraint(
                name="a_target_says_what_it_counts",
                condition=(Q(target=None) & Q(result=None)) | ~Q(measure=""),
            ),
        ]

    @property
    def moved(self) -> bool:
        """Whether it was done after its day."""
        return self.done_on is not None and self.done_on > self.due_on
