"""What keeps an ended case, what ends its keeping, and what stays on record when it is erased.

The surprising part: `Erasure` outlives what it erased. It holds codes, days and the two officers;
a report that was erased is only a number there, because its row is gone.
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


class LegalHold(models.Model):
    """An organ keeps a case, whatever its period says, until it lifts this again.

    The reasons lie under the case key: every organ that holds the case reads them.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "case", "organ", "placed_by", "placed_on", "journal", "lifted_by", "lifted_on",
            "lift_journal",
        ),
        "sealed": ("sealed_reason", "sealed_lift"),
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="holds")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    placed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    placed_on = models.DateField()
    journal = models.OneToOneField(CaseStep, models.CASCADE, related_name="+")
    sealed_reason = models.BinaryField()
    lifted_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True)
    lifted_on = models.DateField(null=True)
    lift_journal = models.OneToOneField(CaseStep, models.CASCADE, related_name="+", null=True)
    sealed_lift = models.BinaryField(null=True)

    class Meta:
        ordering = ["placed_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organ"],
                condition=Q(lifted_on=None),
                name="an_organ_holds_a_case_back_once",
            ),
            models.CheckConstraint(
                name="hold_lifted_day_by_line_and_reason_go_together",
                condition=Q(lifted_on=None, lifted_by=None, lift_journal=None, sealed_lift=None)
                | Q(
                    lifted_on__isnull=False,
                    lifted_by__isnull=False,
                    lift_journal__isnull=False,
                    sealed_lift__isnull=False,
                ),
            ),
        ]


class Erasure(models.Model):
    """That the erasure of a case or of a report was proposed by one officer, and what another one
    answered; once carried out, how much went.

    `rule` and `due_on` say under which period of `cases.retention` it fell due.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "case", "report_id", "organ", "rule", "ended_on", "due_on", "proposed_by",
            "proposed_on", "answer", "answered_by", "answered_on", "rows", "openings", "files",
            "entry",
        ),
        "sealed": (),
    }  # fmt: skip

    class Answer(models.TextChoices):
        """What became of the proposal; empty while nobody has answered."""

        ERASED = "erased"
        REFUSED = "refused"
        TAKEN_BACK = "taken_back"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="erasures", null=True)
    # of a report that is in no case; no foreign key: the row goes
    report_id = models.UUIDField(null=True)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=40)
    ended_on = models.DateField()
    due_on = models.DateField()
    proposed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    answer = models.CharField(max_length=12, choices=Answer, blank=True, default="")
    answered_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True)
    answered_on = models.DateField(null=True)
    rows = models.PositiveIntegerField(default=0)
    openings = models.PositiveIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    # the entry of what was erased; every other answer stands in the journal
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["-answered_on", "-proposed_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="an_erasure_is_of_a_case_or_of_a_report",
                condition=Q(case__isnull=False, report_id=None)
                | Q(case=None, report_id__isnull=False),
            ),
            models.CheckConstraint(
                name="erasure_answer_by_and_day_go_together",
                condition=Q(answer="", answered_by=None, answered_on=None)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="what_was_erased_has_its_entry",
                condition=~Q(answer="erased") | Q(entry__isnull=False),
            ),
            models.CheckConstraint(
                name="an_erasure_takes_two_officers",
                condition=~Q(answer="erased") | ~Q(answered_by=F("proposed_by")),
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(answer__in=["", "erased"]),
                name="a_case_is_erased_once",
            ),
            models.UniqueConstraint(
                fields=["report_id"],
                condition=Q(answer__in=["", "erased"]),
                name="a_report_is_erased_once",
            ),
        ]
        indexes = [models.Index(fields=["organ", "answer"], name="erasures_of_an_organ")]
