"""The journal of a dossier: one line per act, each with its entry in the log."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Officer, Organ
from timbang.ledger.models import Entry
from timbang.policy.models.classes import Classes
from timbang.policy.models.dossier import Dossier


class Act(models.TextChoices):
    """What can stand in the journal of a dossier."""

    OPENED = "opened", _("Dossier opened")
    DESCRIBED = "described", _("Described anew")
    PUBLISHED = "published", _("Published")
    RETRACTED = "retracted", _("Taken back")
    PIECE = "piece", _("Document added")
    PIECE_CORRECTED = "piece_corrected", _("Document put right")
    PART = "part", _("Part written")
    CLEARER = "clearer", _("Clearing office named")
    TIE = "tie", _("Interests declared")
    CO_SIGNED = "co_signed", _("Signed beside")
    STEP = "step", _("Step taken")
    LAPSED = "lapsed", _("Lapsed by itself")
    DEBT_PAID = "debt_paid", _("Debt paid")
    MILESTONE = "milestone", _("Milestone set")
    MILESTONE_DONE = "milestone_done", _("Milestone finished")
    COMMENT_SHOWN = "comment_shown", _("Comment shown")
    COMMENT_WITHHELD = "comment_withheld", _("Comment withheld")
    COMMENT_ANSWERED = "comment_answered", _("Comment answered")
    VISIT_SHOWN = "visit_shown", _("Report from the site shown")
    VISIT_WITHHELD = "visit_withheld", _("Report from the site withheld")
    DECREE = "decree", _("Decree made")
    PROMISE = "promise", _("Promise linked")


def acts() -> list[tuple[str, Any]]:
    """The acts as a column lists them; called, so that a new act changes no table."""
    return list(Act.choices)


class Line(models.Model):
    """One line: what was done, by which office, on which day. `once` is the number that the form
    carried, so that a double click is one act."""

    CLASSES: ClassVar[Classes] = {
        "public": (
            "id", "dossier", "version", "act", "step", "outcome", "to", "about", "words", "organ",
            "done_on",
        ),
        "desk": ("officer", "role", "once", "entry"),
        "sealed": (),
    }  # fmt: skip

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="journal")
    version = models.PositiveIntegerField()
    act = models.CharField(max_length=20, choices=acts)
    step = models.CharField(max_length=60, blank=True, default="")
    outcome = models.CharField(max_length=60, blank=True, default="")
    to = models.CharField(max_length=60, blank=True, default="")
    # the code of what the act is about: a part, a debt, a kind of document
    about = models.CharField(max_length=60, blank=True, default="")
    # the reason, for everybody to read
    words = models.TextField(blank=True, default="")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True)
    # in which role he acted; empty: the worker
    role = models.CharField(max_length=32, blank=True, default="")
    done_on = models.DateField()
    once = models.UUIDField(default=uuid.uuid4)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "once"], name="dossier_form_is_one_act"),
            models.UniqueConstraint(fields=["dossier", "version"], name="one_act_per_version"),
        ]
