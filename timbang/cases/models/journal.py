"""The journal of a case: one line per act, each with its entry in the log."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from timbang.accounts.models import Officer, Organ
from timbang.cases.models.case import Case, Track
from timbang.cases.models.classes import Classes
from timbang.ledger.models import Entry


class Act(models.TextChoices):
    """What can stand in the journal of a case."""

    OPENED = "opened"
    JOINED = "joined"
    STEP = "step"
    FACTS = "facts"
    ACCUSED = "accused"
    DOCUMENT = "document"
    LETTER = "letter"
    EXHIBIT = "exhibit"
    HAND_OVER = "hand_over"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    MEMBER = "member"
    MEMBER_LEFT = "member_left"
    REROUTED = "rerouted"
    DELIVERY = "delivery"
    ANSWER = "answer"
    HEARING = "hearing"
    SUMMONS = "summons"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    EXTENDED = "extended"
    TRACK = "track"
    FOLLOWED = "followed"
    TRANSITION = "transition"
    ESCALATION = "escalation"
    REMINDER = "reminder"
    ASSIGNED = "assigned"
    DECLARED = "declared"
    RECUSED = "recused"
    RECUSAL_LIFTED = "recusal_lifted"
    ORGAN_RECUSED = "organ_recused"
    DECIDED = "decided"
    MINUTES = "minutes"
    UNCHANGED = "unchanged"
    PLENARY = "plenary"
    VOTE = "vote"
    RESOLVED = "resolved"
    DECISION_EVENT = "decision_event"
    ORDER_ABOVE = "order_above"
    MOTIVE = "motive"
    CAUSE = "cause"
    WITHDRAWN = "withdrawn"
    SPLIT = "split"
    MERGED = "merged"
    LINKED = "linked"
    SERVICE = "service"
    REMEDY = "remedy"
    REMEDY_ANSWER = "remedy_answer"
    REMEDY_DONE = "remedy_done"
    FORWARDED = "forwarded"
    HELD = "held"
    HOLD_LIFTED = "hold_lifted"
    ERASURE_PROPOSED = "erasure_proposed"
    ERASURE_STOPPED = "erasure_stopped"
    PACKAGED = "packaged"
    CARRIED_OUT = "carried_out"
    MEASURE = "measure"
    MEASURE_LIFTED = "measure_lifted"
    LISTED = "listed"
    ACTED_LATE = "acted_late"
    DOOR = "door"
    DOOR_SHOWN = "door_shown"
    DOOR_SENT = "door_sent"
    DOOR_READ = "door_read"


def acts() -> list[tuple[str, str]]:
    """The acts as a column lists them; called, so that a new act changes no table."""
    return list(Act.choices)


class CaseStep(models.Model):
    """One line of a case's journal: what was done, by which organ, on which day.

    Codes only; words that belong to it are a sealed note. `once` is the number that the form
    carried, so that a double click is one act.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "case", "track", "version", "act", "step", "outcome", "to", "organ",
            "other_organ", "officer", "done_on", "recorded_on", "once", "entry",
        ),
        "sealed": (),
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="journal")
    # empty: a step of the main way
    track = models.ForeignKey(Track, models.CASCADE, related_name="+", null=True)
    version = models.PositiveIntegerField()
    act = models.CharField(max_length=20, choices=acts)
    step = models.CharField(max_length=60, blank=True, default="")
    outcome = models.CharField(max_length=60, blank=True, default="")
    to = models.CharField(max_length=60, blank=True, default="")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    other_organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", null=True)
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True)
    done_on = models.DateField()
    recorded_on = models.DateField()
    once = models.UUIDField(default=uuid.uuid4)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["case", "once"], name="a_double_click_is_one_act"),
            models.UniqueConstraint(fields=["case", "version"], name="one_act_per_case_version"),
        ]
