"""Terms that run, what moved them, and the shorter ones that organs set for themselves."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from timbang.accounts.models import Officer, Organ
from timbang.cases.models.case import Case, Track
from timbang.cases.models.classes import Classes
from timbang.cases.models.journal import CaseStep
from timbang.ledger.models import Entry
from timbang.reports.models import Report

REMINDER_TARGET = "target"


class OpenTermQuerySet(models.QuerySet["OpenTerm"]):
    """Terms that run, and those that ran out."""

    def running(self) -> OpenTermQuerySet:
        return self.filter(closed_on=None)

    def first_due_first(self) -> OpenTermQuerySet:
        """Soonest first; terms that wait for a proven delivery come last."""
        return self.order_by(models.F("safe_day").asc(nulls_last=True), "entered_on", "id")

    def due_before(self, at: datetime) -> OpenTermQuerySet:
        """Running terms whose whole last day has passed and on which nothing was marked yet."""
        return self.running().filter(lapsed_on=None, ends_at__lte=at)


class OpenTerm(models.Model):
    """A term that runs: of a step of a case or its side track, or of a report without a case.

    `started_on` is empty while an outside organ's delivery is not proven: such a term never ends.
    `ends_at` is the first instant after the whole last day in the organ's time zone. While the
    term is suspended without a known end, `last_day` and `ends_at` are empty and it never lapses.
    Neither `safe_day` nor `told_day`, the latest last day that anybody was told, ever moves to an
    earlier day: somebody may have relied on it. The bound of an open suspension was told nobody.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "case", "track", "report", "organ", "step", "entered_on", "started_on",
            "started_at", "length", "unit", "kind", "own_length", "own_unit", "extended",
            "safe_day", "last_day", "told_day", "suspended_from", "provisional", "ends_at",
            "calendar", "lapsed_on", "escalates_to", "escalates_in", "closed_on",
        ),
        "sealed": (),
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="terms", null=True)
    # empty: a term of the main way
    track = models.ForeignKey(Track, models.CASCADE, related_name="+", null=True)
    report = models.ForeignKey(Report, models.CASCADE, related_name="+", null=True)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    step = models.CharField(max_length=60)
    entered_on = models.DateField()
    started_on = models.DateField(null=True)
    # a term in hours whose first instant is known
    started_at = models.DateTimeField(null=True)
    length = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=10)
    # law, practice or target, as in law.steps.Term
    kind = models.CharField(max_length=10)
    # the organ's own shorter term, as it was when this one was opened
    own_length = models.PositiveSmallIntegerField(null=True)
    own_unit = models.CharField(max_length=10, blank=True, default="")
    extended = models.PositiveSmallIntegerField(default=0)
    # who must act looks at the safe day; who calls another late looks at the last day
    safe_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    told_day = models.DateField(null=True)
    suspended_from = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    ends_at = models.DateTimeField(null=True)
    # the hash of the calendar by which it was counted
    calendar = models.CharField(max_length=64, blank=True, default="")
    lapsed_on = models.DateField(null=True)
    # the kind of organ that the procedure names when the term has lapsed
    escalates_to = models.CharField(max_length=60, blank=True, default="")
    # with it: the province of the case
    escalates_in = models.CharField(max_length=20, blank=True, default="")
    closed_on = models.DateField(null=True)

    objects = OpenTermQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["organ", "-closed_on"],
                condition=Q(closed_on__isnull=False),
                name="terms_by_their_end",
            ),
            models.Index(
                fields=["ends_at"],
                condition=Q(closed_on=None, lapsed_on=None, ends_at__isnull=False),
                name="terms_that_may_lapse",
            ),
            models.Index(
                fields=["lapsed_on", "organ"],
                condition=Q(closed_on=None, lapsed_on__isnull=False, kind="law"),
                name="terms_of_law_that_lapsed",
            ),
            models.Index(
                fields=["started_on", "step", "organ"],
                condition=Q(closed_on=None, lapsed_on=None, started_on__isnull=False),
                name="terms_by_their_beginning",
            ),
            models.Index(
                fields=["organ", "safe_day", "id"],
                condition=Q(closed_on=None, report__isnull=False),
                name="reports_by_their_term",
            ),
            models.Index(
                fields=["escalates_to", "lapsed_on", "id"],
                condition=Q(closed_on=None, lapsed_on__isnull=False),
                name="lapsed_terms_by_who_is_named",
            ),
            models.Index(
                fields=["escalates_to", "escalates_in", "lapsed_on", "id"],
                condition=Q(closed_on=None, lapsed_on__isnull=False),
                name="lapsed_terms_by_province",
            ),
            models.Index(
                fields=["escalates_to", "organ", "lapsed_on", "id"],
                condition=Q(closed_on=None, lapsed_on__isnull=False),
                name="lapsed_terms_by_office",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_term_belongs_to_a_case_or_a_report",
                condition=Q(case=None, report__isnull=False) | Q(case__isnull=False, report=None),
            ),
            models.CheckConstraint(
                name="a_started_term_has_its_last_day",
                condition=Q(started_on=None, safe_day=None, last_day=None, ends_at=None)
                | Q(
                    started_on__isnull=False,
                    safe_day__isnull=False,
                    last_day__isnull=False,
                    ends_at__isnull=False,
                )
                | Q(
                    started_on__isnull=False,
                    safe_day__isnull=False,
                    suspended_from__isnull=False,
                    last_day=None,
                    ends_at=None,
                ),
            ),
            models.CheckConstraint(
                name="a_term_that_has_not_started_never_lapses",
                condition=Q(started_on__isnull=False) | Q(lapsed_on=None),
            ),
            models.CheckConstraint(
                name="an_own_term_has_length_and_unit",
                condition=Q(own_length=None, own_unit="")
                | (Q(own_length__isnull=False) & ~Q(own_unit="")),
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(closed_on=None, track=None),
                name="one_running_term_per_case",
            ),
            models.UniqueConstraint(
                # the empty ones are left out, or SQLite reads all of them for "no track"
                fields=["track"],
                condition=Q(closed_on=None, track__isnull=False),
                name="one_running_term_per_track",
            ),
            models.CheckConstraint(
                name="the_term_of_a_track_belongs_to_a_case",
                condition=Q(track=None) | Q(case__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(closed_on=None, report__isnull=False),
                name="one_running_term_per_report",
            ),
        ]

    @property
    def is_target(self) -> bool:
        """Whether neither law nor practice gives this term: a reminder, which nobody can breach."""
        return self.kind == REMINDER_TARGET


class CalendarVersion(models.Model):
    """A calendar by which terms were counted, as it stood: why a term moved is read from it.

    One is `in_use`: the one with which the end of every open term agrees.
    """

    CLASSES: ClassVar[Classes] = {
        "public": ("hash", "body", "first_used_on", "in_use"),
        "desk": (),
        "sealed": (),
    }

    hash = models.CharField(max_length=64, primary_key=True)
    body = models.TextField()
    first_used_on = models.DateField()
    in_use = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["in_use"], condition=Q(in_use=True), name="one_calendar_in_use"
            )
        ]


class TermSuspension(models.Model):
    """Days on which a term does not run, both ends included; the reason is a sealed note."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "term", "from_day", "until_day", "journal"),
        "sealed": (),
    }

    term = models.ForeignKey(OpenTerm, models.CASCADE, related_name="suspensions")
    from_day = models.DateField()
    until_day = models.DateField(null=True)
    journal = models.OneToOneField(CaseStep, models.CASCADE, related_name="suspension")

    class Meta:
        ordering = ["from_day", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_suspension_ends_after_it_began",
                condition=Q(until_day=None) | Q(until_day__gte=models.F("from_day")),
            ),
            models.UniqueConstraint(
                fields=["term"], condition=Q(until_day=None), name="one_open_suspension_per_term"
            ),
        ]


class TermMove(models.Model):
    """That an open term moved, from where to where, and why; days only, never an earlier one.

    `days` lists, for a new calendar, the days that it sees otherwise, each with what it was and is.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "term", "organ", "why", "days", "from_safe", "from_last", "to_safe", "to_last",
            "calendar", "moved_on", "entry",
        ),
        "sealed": (),
    }  # fmt: skip

    class Why(models.TextChoices):
        """What moved it."""

        CALENDAR = "calendar"
        SUSPENDED = "suspended"
        RESUMED = "resumed"
        EXTENDED = "extended"

    term = models.ForeignKey(OpenTerm, models.CASCADE, related_name="moves")
    # found by the index of the organ's moves
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", db_index=False)
    why = models.CharField(max_length=10, choices=Why)
    days = models.JSONField(default=list)
    from_safe = models.DateField()
    from_last = models.DateField(null=True)
    to_safe = models.DateField()
    to_last = models.DateField(null=True)
    calendar = models.CharField(max_length=64)
    moved_on = models.DateField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-moved_on", "-id"]
        indexes = [models.Index(fields=["organ", "-moved_on"], name="moves_of_an_organ")]
        constraints = [
            models.CheckConstraint(
                name="a_term_never_moves_to_an_earlier_day",
                condition=Q(to_safe__gte=models.F("from_safe"))
                & (Q(from_last=None) | Q(to_last=None) | Q(to_last__gte=models.F("from_last"))),
            )
        ]


class OwnTermQuerySet(models.QuerySet["OwnTerm"]):
    """The shorter terms that organs set for themselves."""

    def on(self, day: date) -> OwnTermQuerySet:
        """Those in force on a day."""
        ended = Q(ended_on=None) | Q(ended_on__gt=day)
        return self.filter(ended, since_on__lte=day)


class OwnTerm(models.Model):
    """A shorter term of an organ's own for one step: it reminds, and nobody is late by it."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "organ", "procedure", "step", "length", "unit", "since_on", "ended_on", "reason",
            "set_by", "entry",
        ),
        "sealed": (),
    }  # fmt: skip

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    # codes of law.steps: a procedure and one of its steps
    procedure = models.CharField(max_length=60)
    step = models.CharField(max_length=60)
    length = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=10)
    since_on = models.DateField()
    ended_on = models.DateField(null=True)
    reason = models.CharField(max_length=200)
    set_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")

    objects = OwnTermQuerySet.as_manager()

    class Meta:
        ordering = ["procedure", "step", "-since_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "procedure", "step"],
                condition=Q(ended_on=None),
                name="one_own_term_in_force_per_step",
            ),
            models.CheckConstraint(
                name="an_own_term_ends_after_it_began",
                condition=Q(ended_on=None) | Q(ended_on__gte=models.F("since_on")),
            ),
        ]
