"""What was decided about one reported person, what befell that decision, and its public fact.

Several persons of one case are decided apart. A decision is never changed: a correction is a new
version beside the old one. The surprising part: the row that equal treatment is measured by
(`SanctionFact`) holds codes only and does not know its decision; it goes when a decision falls.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from timbang.accounts.models import Officer, Organ
from timbang.cases.models.case import Accused, Case
from timbang.cases.models.classes import Classes
from timbang.cases.models.journal import CaseStep


class DecisionFinding(models.TextChoices):
    """What was found of one person."""

    PROVEN = "proven"
    NOT_PROVEN = "not_proven"
    # melampaui kewenangan: a finding of its own (UU 30/2014 ps 17-18)
    BEYOND_AUTHORITY = "beyond_authority"


class DecisionState(models.TextChoices):
    """Whether a decision binds."""

    STANDS = "stands"
    SUSPENDED = "suspended"
    ANNULLED = "annulled"
    REPLACED = "replaced"


class SanctionFact(models.Model):
    """One sanction in codes, to hold like facts against like: no person, no case, no day."""

    CLASSES: ClassVar[Classes] = {
        "public": (
            "id", "norm", "level", "kind", "post_level", "status", "attributes", "conduct",
            "organ_code", "month", "province_code",
        ),
        "desk": (),
        "sealed": (),
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # the gravest norm on which it rests
    norm = models.CharField(max_length=160, db_index=True)
    level = models.CharField(max_length=20)
    kind = models.CharField(max_length=60)
    post_level = models.CharField(max_length=40, blank=True, default="")
    status = models.CharField(max_length=20, blank=True, default="")
    # "fact:value" in order, as `equal.attributes_of` writes them
    attributes = models.JSONField(default=list)
    conduct = models.CharField(max_length=40, blank=True, default="")
    organ_code = models.CharField(max_length=60)
    # "YYYY-MM"
    month = models.CharField(max_length=7)
    # of the case; empty where it is not known
    province_code = models.CharField(max_length=13, blank=True, default="")


class Decision(models.Model):
    """One version of what was decided about one reported person.

    `sealed` holds the reasons under the case key, `sealed_proof` how its delivery is proven. The
    sanction stands in clear as the vocabulary's level and the catalogue's kind.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "case", "accused", "version", "finding", "state", "step", "outcome", "level",
            "kind", "norms", "post_level", "signer", "decided_on", "organ", "decided_by",
            "delivered_on", "delivered_how", "fact", "replaces", "journal",
        ),
        "sealed": ("sealed", "sealed_proof"),
    }  # fmt: skip

    class How(models.TextChoices):
        """How it reached him: into his hands, or sent because he did not come (PP 94 ps 37)."""

        HANDED = "handed"
        SENT = "sent"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="decisions")
    accused = models.ForeignKey(Accused, models.CASCADE, related_name="decisions")
    version = models.PositiveSmallIntegerField(default=1)
    finding = models.CharField(max_length=20, choices=DecisionFinding)
    state = models.CharField(max_length=10, choices=DecisionState, default=DecisionState.STANDS)
    # codes of the case's procedure: where it was decided, and by which outcome
    step = models.CharField(max_length=60)
    outcome = models.CharField(max_length=60)
    # law.vocabulary.LEVELS and the kind of an entry; both empty when nothing was imposed
    level = models.CharField(max_length=20, blank=True, default="")
    kind = models.CharField(max_length=60, blank=True, default="")
    norms = models.JSONField(default=list)
    post_level = models.CharField(max_length=40, blank=True, default="")
    # who signed it, as law.authority.SIGNERS; empty: not told
    signer = models.CharField(max_length=40, blank=True, default="")
    decided_on = models.DateField()
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    delivered_on = models.DateField(null=True)
    delivered_how = models.CharField(max_length=10, choices=How, blank=True, default="")
    fact = models.OneToOneField(SanctionFact, models.SET_NULL, null=True, related_name="+")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    journal = models.OneToOneField(CaseStep, models.CASCADE, related_name="decision")
    sealed = models.BinaryField()
    sealed_proof = models.BinaryField(null=True)

    class Meta:
        ordering = ["accused__position", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["accused", "version"], name="decision_version_once_per_person"
            ),
            models.UniqueConstraint(
                fields=["accused"],
                condition=~Q(state="replaced"),
                name="one_present_decision_per_person",
            ),
            models.CheckConstraint(
                name="a_sanction_has_level_and_kind",
                condition=Q(level="", kind="") | (~Q(level="") & ~Q(kind="")),
            ),
            models.CheckConstraint(
                name="nothing_is_imposed_on_who_is_cleared",
                condition=~Q(finding="not_proven") | Q(level=""),
            ),
            models.CheckConstraint(
                name="a_delivered_decision_has_its_proof",
                condition=Q(delivered_on=None, delivered_how="", sealed_proof=None)
                | (
                    Q(delivered_on__isnull=False, sealed_proof__isnull=False) & ~Q(delivered_how="")
                ),
            ),
        ]


class DecisionEvent(models.Model):
    """What befell a decision: delivered, suspended, resumed, annulled, corrected.

    `by_whom` says which authority did it; the words stand in the sealed note of the journal line.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "decision", "what", "by_whom", "done_on", "journal"),
        "sealed": (),
    }

    class What(models.TextChoices):
        """What befell it."""

        DELIVERED = "delivered"
        SUSPENDED = "suspended"
        RESUMED = "resumed"
        ANNULLED = "annulled"
        CORRECTED = "corrected"

    class ByWhom(models.TextChoices):
        """Which authority did it."""

        COURT = "court"
        APPEAL = "appeal"
        OBJECTION = "objection"
        ISSUER = "issuer"

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="events")
    what = models.CharField(max_length=10, choices=What)
    by_whom = models.CharField(max_length=10, choices=ByWhom)
    done_on = models.DateField()
    journal = models.ForeignKey(CaseStep, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["done_on", "id"]
