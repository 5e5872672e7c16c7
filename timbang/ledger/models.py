"""What was done: entries, the head of the tree they grow, and the days already released.

An entry's row holds what the log must never show; the log shows `leaf` at `position`, nothing else.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

# Acts that only the ledger itself writes.
PADDING = "padding"
LOST = "lost"


class Lane(models.TextChoices):
    """How an entry reaches the log: within a second, or once a day in a shuffled batch."""

    NOW = "now"
    DAILY = "daily"


class EntryQuerySet(models.QuerySet["Entry"]):
    """What can be asked of the entries."""

    def waiting(self, lane: Lane) -> EntryQuerySet:
        """Entries without a place in the log yet; those of the lane `now` in their order."""
        return self.filter(position=None, lane=lane).order_by("turn")

    def between(self, start: int, end: int) -> EntryQuerySet:
        """Entries at the positions start <= position < end, in the order of the log."""
        return self.filter(position__gte=start, position__lt=end).order_by("position")


class Entry(models.Model):
    """One act, committed to by `leaf` = SHA-256(salt + canonical JSON of act, body and day).

    `turn` orders the lane `now` until the entry has a position and is then emptied: no moment
    stays. Padding is an ordinary entry of the daily lane with the act `padding`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    salt = models.BinaryField(max_length=32)
    act = models.CharField(max_length=64)
    body = models.JSONField(default=dict)
    leaf = models.BinaryField(max_length=32)
    lane = models.CharField(max_length=5, choices=Lane.choices)
    made_on = models.DateField()
    turn = models.BigIntegerField(null=True)
    position = models.BigIntegerField(null=True, unique=True)

    objects = EntryQuerySet.as_manager()

    CLASSES: ClassVar[dict[str, tuple[str, ...]]] = {
        "public": ("leaf", "position"),
        "desk": ("id", "act", "body", "lane", "made_on", "turn"),
        "sealed": ("salt",),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(position=None) | Q(position__gte=0), name="entry_position_counts_from_0"
            ),
            models.CheckConstraint(condition=Q(lane__in=Lane.values), name="entry_lane_is_known"),
            models.CheckConstraint(
                condition=Q(turn=None) | Q(position=None, lane=Lane.NOW),
                name="entry_turn_only_while_waiting_now",
            ),
        ]
        indexes = [
            models.Index(fields=["lane", "turn"], condition=Q(position=None), name="entry_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.id}"


class TreeHead(models.Model):
    """The one row that says how far the log has grown; whoever sequences holds its lock.

    `frontier` is the concatenated roots of the complete subtrees, largest first, one for each bit
    of `size` that is set (`merkle.Frontier`).
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)
    frontier = models.BinaryField(default=bytes)
    grown_on = models.DateField(null=True)

    CLASSES: ClassVar[dict[str, tuple[str, ...]]] = {
        "public": ("id", "size", "frontier", "grown_on"),
        "desk": (),
        "sealed": (),
    }

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="tree_head_is_one_row")]

    def __str__(self) -> str:
        return f"tree of {self.size}"


class DailyRelease(models.Model):
    """A day whose intake entries went into the log; the key keeps it from happening twice."""

    on = models.DateField(primary_key=True)
    first = models.BigIntegerField()
    size = models.IntegerField()

    CLASSES: ClassVar[dict[str, tuple[str, ...]]] = {
        "public": ("on", "first", "size"),
        "desk": (),
        "sealed": (),
    }

    def __str__(self) -> str:
        return f"release of {self.on}"
