"""What officials did about it: cases, terms, documents, hand-overs, and the rows the public sees.

Nothing readable of a case stands in these tables: what people wrote is sealed, and what stands in
clear is codes, days and links between rows. The surprising part: there are two sorts of key. The
case key opens who is accused and is passed on with the case; every document version and every
exhibit has a key of its own, so that a hand-over gives exactly what was chosen and nothing else.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from timbang.accounts.models import Officer, Organ
from timbang.ledger.models import Entry
from timbang.reports.models import Attachment, Report

Classes = dict[str, tuple[str, ...]]


class ProcedureVersion(models.Model):
    """A procedure as it stood when a case began: the case keeps it, whatever the folder says."""

    CLASSES: ClassVar[Classes] = {
        "public": ("hash", "code", "version", "body", "first_used_on"),
        "desk": (),
        "sealed": (),
    }

    hash = models.CharField(max_length=64, primary_key=True)
    code = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    body = models.TextField()
    first_used_on = models.DateField()


class CaseQuerySet(models.QuerySet["Case"]):
    """The reading words of cases; each of them keeps an organ within what it holds."""

    def held_by(self, organ: Organ) -> CaseQuerySet:
        """Cases whose key was given to this organ, by opening them or by hand-over."""
        return self.filter(keys__organ=organ)

    def running(self) -> CaseQuerySet:
        return self.filter(ended_on=None)

    def ended(self) -> CaseQuerySet:
        return self.exclude(ended_on=None)


class Case(models.Model):
    """A suspected breach on its way through a procedure.

    `holder` is the organ whose turn it is; `keeper` is the inside organ that acts: the same one,
    or the one that records for an outside holder.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "organ", "year", "serial", "number", "kind", "holder", "keeper", "procedure",
            "step", "ended_as", "opened_on", "ended_on", "province_code", "conduct", "version",
        ),
        "sealed": (),
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=80, unique=True)
    # what it is about: a code of law.vocabulary.REPORT_KINDS
    kind = models.CharField(max_length=20, default="neutrality")
    holder = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    keeper = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    procedure = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="+")
    step = models.CharField(max_length=60)
    ended_as = models.CharField(max_length=60, blank=True, default="")
    opened_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    province_code = models.CharField(max_length=13, blank=True, default="")
    conduct = models.CharField(max_length=40, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "year", "serial"], name="case_number_once_per_organ_and_year"
            ),
            models.CheckConstraint(
                name="case_ended_day_and_end_go_together",
                condition=Q(ended_on=None, ended_as="")
                | (Q(ended_on__isnull=False) & ~Q(ended_as="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CaseKey(models.Model):
    """The case key, sealed to one organ that holds the case."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "organ", "since_on", "indexed"),
        "sealed": ("sealed_key",),
    }

    case = models.ForeignKey(Case, models.CASCADE, related_name="keys")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    sealed_key = models.BinaryField()
    since_on = models.DateField()
    # Search words are keyed with the organ's private key: only its own officers can write them.
    indexed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "organ"], name="case_key_once_per_organ")
        ]


class CaseReport(models.Model):
    """Which reports a case rests on; only the organ that received a report can follow the link."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "report", "joined_on", "joined_by"),
        "sealed": (),
    }

    case = models.ForeignKey(Case, models.CASCADE, related_name="reports")
    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    joined_on = models.DateField()
    joined_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "report"], name="report_once_in_a_case")
        ]


class Accused(models.Model):
    """A reported person (*terlapor*): name, post, agency, region, under the case key."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "position"),
        "sealed": ("sealed",),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="accused")
    position = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="accused_position_once")
        ]


class Track(models.Model):
    """A side track of a case: what runs beside the main way and never holds it up by itself.

    `step` is a step of the track of this code in the case's own procedure.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "code", "step", "opened_on", "ended_as", "ended_on"),
        "sealed": (),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="tracks")
    code = models.CharField(max_length=60)
    step = models.CharField(max_length=60)
    opened_on = models.DateField()
    ended_as = models.CharField(max_length=60, blank=True, default="")
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["opened_on", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code"],
                condition=Q(ended_on=None),
                name="a_side_track_runs_once_at_a_time",
            ),
            models.CheckConstraint(
                name="track_ended_day_and_end_go_together",
                condition=Q(ended_on=None, ended_as="")
                | (Q(ended_on__isnull=False) & ~Q(ended_as="")),
            ),
        ]


class CaseLink(models.Model):
    """A case that follows another one: an objection to its sanction, an appeal, the next office.

    `why` is the code of the remedy in the earlier case's procedure, or `OTHER`.
    """

    OTHER: ClassVar[str] = "other"

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "earlier", "why", "linked_on"),
        "sealed": (),
    }

    case = models.OneToOneField(Case, models.CASCADE, related_name="follows")
    earlier = models.ForeignKey(Case, models.PROTECT, related_name="followed_by")
    why = models.CharField(max_length=60)
    linked_on = models.DateField()

    class Meta:
        ordering = ["linked_on"]
        constraints = [
            models.CheckConstraint(
                name="no_case_follows_itself", condition=~Q(case=models.F("earlier"))
            )
        ]


class NormUse(models.Model):
    """Which norm, in which wording, a study or recommendation of a case rests on.

    In clear, so that a correction of the catalogue finds the cases that it touches with nothing
    opened: a norm and its hash tell no more than that a case weighed it.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "norm", "hash", "used_on"),
        "sealed": (),
    }

    case = models.ForeignKey(Case, models.CASCADE, related_name="norms")
    norm = models.CharField(max_length=160)
    hash = models.CharField(max_length=64)
    used_on = models.DateField()

    class Meta:
        ordering = ["norm"]
        constraints = [models.UniqueConstraint(fields=["case", "norm"], name="norm_once_per_case")]


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
    act = models.CharField(max_length=20, choices=Act)
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
            "calendar", "lapsed_on", "closed_on",
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
    ends_at = models.DateTimeField(null=True, db_index=True)
    # the hash of the calendar by which it was counted
    calendar = models.CharField(max_length=64, blank=True, default="")
    lapsed_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    objects = OpenTermQuerySet.as_manager()

    class Meta:
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
                fields=["track"], condition=Q(closed_on=None), name="one_running_term_per_track"
            ),
            models.CheckConstraint(
                name="the_term_of_a_track_belongs_to_a_case",
                condition=Q(track=None) | Q(case__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["report"], condition=Q(closed_on=None), name="one_running_term_per_report"
            ),
        ]

    @property
    def is_target(self) -> bool:
        """Whether neither law nor practice gives this term: a reminder, which nobody can breach."""
        return self.kind == REMINDER_TARGET


class CalendarVersion(models.Model):
    """A calendar by which terms were counted, as it stood: why a term moved is read from it.

    One is `in_use`: the one by which every open term has been counted.
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
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
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


class DocumentKind(models.TextChoices):
    """What a sealed document of a case is."""

    FACTS = "facts"
    STUDY = "study"
    RECOMMENDATION = "recommendation"
    LETTER = "letter"
    NOTE = "note"
    ANSWER = "answer"


class Document(models.Model):
    """One version of something written in a case; a new version is a new row with a new key."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "case", "organ", "kind", "version", "written_by", "written_on", "journal",
        ),
        "sealed": ("sealed",),
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="documents")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=DocumentKind)
    version = models.PositiveIntegerField()
    written_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    written_on = models.DateField()
    journal = models.ForeignKey(CaseStep, models.CASCADE, related_name="documents", null=True)
    sealed = models.BinaryField()

    class Meta:
        ordering = ["kind", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organ", "kind", "version"], name="document_version_once"
            )
        ]


class Exhibit(models.Model):
    """A piece of evidence chosen for the case: a copy under a key of its own."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "organ", "attachment", "report", "origin", "position", "chosen_by",
                 "chosen_on", "journal"),
        "sealed": ("sealed", "sealed_about"),
    }  # fmt: skip

    class Origin(models.TextChoices):
        """Where it came from; the reporter's own words are never taken without being chosen."""

        WORKING_COPY = "working_copy"
        ORIGINAL = "original"
        WORDS = "words"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="exhibits")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+", null=True)
    report = models.ForeignKey(Report, models.PROTECT, related_name="+", null=True)
    origin = models.CharField(max_length=20, choices=Origin)
    position = models.PositiveSmallIntegerField()
    chosen_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    chosen_on = models.DateField()
    journal = models.OneToOneField(CaseStep, models.CASCADE, related_name="exhibit")
    sealed = models.BinaryField()
    sealed_about = models.BinaryField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="exhibit_position_once")
        ]


class ItemKey(models.Model):
    """The key of one document version or one exhibit, sealed to one organ that may read it."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "organ", "document", "exhibit", "given_on"),
        "sealed": ("sealed_key",),
    }

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, related_name="keys", null=True)
    exhibit = models.ForeignKey(Exhibit, models.CASCADE, related_name="keys", null=True)
    sealed_key = models.BinaryField()
    given_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_item_key_opens_one_thing",
                condition=Q(document=None, exhibit__isnull=False)
                | Q(document__isnull=False, exhibit=None),
            ),
            models.UniqueConstraint(fields=["organ", "document"], name="document_key_once"),
            models.UniqueConstraint(fields=["organ", "exhibit"], name="exhibit_key_once"),
        ]


class Delivery(models.Model):
    """A file that went to an outside organ: how, its ticket, and the day its arrival was proven."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "term", "organ", "keeper", "how", "sent_on", "proven_on",
                 "answered_on"),
        "sealed": ("sealed_ticket", "sealed_proof"),
    }  # fmt: skip

    class How(models.TextChoices):
        """The ways by which an outside organ can be reached."""

        SBT = "sbt"
        SP4N_LAPOR = "sp4n_lapor"
        LETTER = "letter"
        ITSELF = "itself"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="deliveries")
    term = models.OneToOneField(OpenTerm, models.CASCADE, related_name="delivery", null=True)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    keeper = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    how = models.CharField(max_length=20, choices=How, blank=True, default="")
    sent_on = models.DateField(null=True)
    proven_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    sealed_ticket = models.BinaryField(null=True)
    sealed_proof = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_proven_delivery_has_its_proof",
                condition=Q(proven_on=None) | Q(sealed_proof__isnull=False),
            )
        ]


class Summons(models.Model):
    """A summons to be heard: first or second, for which day (PP 94/2021 ps. 26)."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "accused", "ordinal", "sent_on", "summoned_for_on", "recorded_by"),
        "sealed": (),
    }

    case = models.ForeignKey(Case, models.CASCADE, related_name="summonses")
    accused = models.ForeignKey(Accused, models.CASCADE, related_name="summonses")
    ordinal = models.PositiveSmallIntegerField()
    sent_on = models.DateField()
    summoned_for_on = models.DateField()
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["accused", "ordinal"], name="summons_once"),
            models.CheckConstraint(name="summons_one_or_two", condition=Q(ordinal__in=[1, 2])),
            models.CheckConstraint(
                name="summoned_for_a_day_after_sending",
                condition=Q(summoned_for_on__gt=models.F("sent_on")),
            ),
        ]


class Hearing(models.Model):
    """The day on which a reported person was heard."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "case", "accused", "held_on", "recorded_by"),
        "sealed": (),
    }

    case = models.ForeignKey(Case, models.CASCADE, related_name="hearings")
    accused = models.ForeignKey(Accused, models.CASCADE, related_name="hearings")
    held_on = models.DateField()
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["held_on"]
        constraints = [
            models.UniqueConstraint(fields=["accused", "held_on"], name="hearing_once_a_day")
        ]


class SearchToken(models.Model):
    """A keyed digest of one word of a case: useless without the organ's private key."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "organ", "case"),
        "sealed": ("token",),
    }

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    token = models.BinaryField(max_length=16)

    class Meta:
        indexes = [models.Index(fields=["organ", "token"], name="search_by_token")]
        constraints = [
            models.UniqueConstraint(fields=["organ", "case", "token"], name="token_once_per_case")
        ]


class PublicState(models.TextChoices):
    """The closed list of states that the public sees."""

    RECEIVED = "received"
    IN_CASE = "in_case"
    FORWARDED = "forwarded"
    DECIDED = "decided"
    CLOSED = "closed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


PUBLIC_COLUMNS = (
    "id", "organ_code", "province_code", "month", "conduct", "state", "lapsed", "days_taken",
)  # fmt: skip


class PublicColumns(models.Model):
    """What the public may count. The id is random and stands in no public place beside a report."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organ_code = models.CharField(max_length=60)
    province_code = models.CharField(max_length=13)
    # "YYYY-MM", the month in which it came
    month = models.CharField(max_length=7)
    # a code of law.vocabulary.CONDUCTS; empty until an officer has coded it
    conduct = models.CharField(max_length=40, blank=True, default="")
    state = models.CharField(max_length=20, choices=PublicState)
    # terms of law or published practice that passed unacted; reminder targets never count
    lapsed = models.PositiveSmallIntegerField(default=0)
    # whole days from coming in to the end; empty while it runs
    days_taken = models.PositiveIntegerField(null=True)

    class Meta:
        abstract = True


class PublicRow(PublicColumns):
    """One row per report: all that publication ever learns about it."""

    CLASSES: ClassVar[Classes] = {"public": PUBLIC_COLUMNS, "desk": (), "sealed": ()}


class PublicCase(PublicColumns):
    """One row per case, with the same columns as a report's row."""

    CLASSES: ClassVar[Classes] = {"public": PUBLIC_COLUMNS, "desk": (), "sealed": ()}


class Routing(models.Model):
    """Which public row belongs to which report or case. Never public: it would undo the row."""

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "report", "case", "row", "case_row"),
        "sealed": (),
    }

    report = models.OneToOneField(Report, models.CASCADE, related_name="+", null=True)
    case = models.OneToOneField(Case, models.CASCADE, related_name="+", null=True)
    row = models.OneToOneField(PublicRow, models.CASCADE, related_name="+", null=True)
    case_row = models.OneToOneField(PublicCase, models.CASCADE, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_routing_joins_one_pair",
                condition=Q(report__isnull=False, row__isnull=False, case=None, case_row=None)
                | Q(report=None, row=None, case__isnull=False, case_row__isnull=False),
            )
        ]
