"""Leads as the desk keeps them: what a detector marked, what officers found, what became of it.

A lead is a reason to look and never a finding. Nothing of it is public, and nothing disappears:
what a later run no longer finds is shown as such, and each act on a lead stays in its history.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from timbang.accounts.codes import NATIONAL
from timbang.accounts.models import Officer, Organ
from timbang.ledger.models import Entry

Classes = dict[str, tuple[str, ...]]


class LeadRun(models.Model):
    """A run of a detector whose leads were brought to the desk; `digest` is its name on disk.

    The same run may count again after another one did: each time it is brought it is a row.
    """

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "detector", "ordinal", "digest", "detector_version", "rule", "parameters",
            "looked_at", "leads", "not_applicable", "brought_on", "whole", "entry",
        ),
        "sealed": (),
    }  # fmt: skip
    detector = models.CharField(max_length=60)
    ordinal = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    detector_version = models.PositiveIntegerField()
    rule = models.CharField(max_length=64)
    parameters = models.JSONField()
    looked_at = models.PositiveIntegerField()
    leads = models.PositiveIntegerField()
    # codes of reasons and how many subjects could not be judged for each
    not_applicable = models.JSONField()
    brought_on = models.DateField()
    # every lead of it was brought; until then the same run goes on
    whole = models.BooleanField(default=False)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("detector", "ordinal")
        constraints = (
            models.UniqueConstraint(
                fields=["detector", "ordinal"], name="a_run_of_a_detector_is_brought_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.detector} {self.ordinal}"


class LeadNumbers(models.Model):
    """The last number of a lead that was given in a year: no gap, and one writer at a time."""

    CLASSES: ClassVar[Classes] = {"public": (), "desk": ("year", "last"), "sealed": ()}
    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "lead numbers"

    def __str__(self) -> str:
        return f"{self.last}/{self.year}"


class LeadQuerySet(models.QuerySet["Lead"]):
    """Which leads an officer sees."""

    def open_to(self, officer: Officer) -> LeadQuerySet:
        """Those of the region of his office, if it watches; where no region is known, those of
        national offices. Of nobody else: who appoints may be the patron himself."""
        if not officer.watches:
            return self.none()
        region = officer.organ.region_code
        if region == NATIONAL:
            return self
        return self.filter(Q(region_code=region) | Q(region_code__startswith=f"{region}."))

    def numbered(self, number: str) -> LeadQuerySet:
        """The lead of this number (`L-12/2026`), if there is one."""
        ordinal, _slash, year = number.strip().upper().removeprefix("L-").partition("/")
        if not (ordinal.isdecimal() and year.isdecimal()) or len(ordinal + year) > 11:
            return self.none()
        return self.filter(ordinal=int(ordinal), year=int(year))


class Lead(models.Model):
    """A subject that a detector marks, found by one run or by many.

    `identity` is the digest of detector, kind of subject and subject: the same lead found again.
    `evidence` names rows of public facts (`<table>:<row_id>`), `earlier_evidence` those that bore
    it once. `material` counts how often its evidence changed materially (see `changing`);
    `base_value` is its value then. `turn` is its place in the queue (see `learning`).
    """

    class State(models.TextChoices):
        OPEN = "open", _("waits for an officer")
        DISMISSED = "dismissed", _("dismissed")
        MERGED = "merged", _("merged with another")
        TAKEN = "taken", _("taken over into a case")

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "year", "ordinal", "identity", "detector", "detector_version", "kind",
            "personal", "subject_kind", "subject", "region_code", "since_on", "until_on", "value",
            "measures", "evidence", "earlier_evidence", "election", "phase", "days_to_voting",
            "first_run", "last_run", "found", "state", "merged_into", "taken_by", "material",
            "base_value", "turn", "version",
        ),
        "sealed": (),
    }  # fmt: skip
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.PositiveSmallIntegerField()
    ordinal = models.PositiveIntegerField()
    identity = models.CharField(max_length=64, unique=True)
    detector = models.CharField(max_length=60)
    detector_version = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    # about a person, or of a detector whose leads never leave the desk
    personal = models.BooleanField()
    subject_kind = models.CharField(max_length=40)
    subject = models.TextField()
    region_code = models.CharField(max_length=16, blank=True)
    since_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    value = models.FloatField(null=True)
    measures = models.JSONField()
    evidence = models.JSONField()
    earlier_evidence = models.JSONField(default=list)
    # the election in whose window its first day lies; empty: in none
    election = models.CharField(max_length=60, blank=True)
    phase = models.CharField(max_length=40, blank=True)
    days_to_voting = models.IntegerField(null=True)
    first_run = models.ForeignKey(LeadRun, models.PROTECT, related_name="+")
    last_run = models.ForeignKey(LeadRun, models.PROTECT, related_name="+")
    # whether the newest run of its detector found it
    found = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    merged_into = models.ForeignKey("self", models.PROTECT, related_name="merged", null=True)
    taken_by = models.ForeignKey(Organ, models.PROTECT, related_name="+", null=True)
    material = models.PositiveIntegerField(default=1)
    base_value = models.FloatField(null=True)
    turn = models.FloatField(default=0)
    version = models.PositiveIntegerField(default=0)

    objects = LeadQuerySet.as_manager()

    class Meta:
        ordering = ("turn", "id")
        indexes = (
            models.Index(fields=["state", "found", "turn", "id"], name="leads_in_their_turn"),
            models.Index(
                fields=["detector", "state", "found", "turn", "id"], name="leads_of_a_detector"
            ),
            models.Index(fields=["region_code", "state", "found"], name="leads_of_a_region"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["year", "ordinal"], name="a_number_of_a_lead_is_given_once"
            ),
            models.CheckConstraint(
                name="a_merged_lead_says_into_which",
                condition=(
                    Q(state="merged", merged_into__isnull=False)
                    | (~Q(state="merged") & Q(merged_into=None))
                ),
            ),
            models.CheckConstraint(
                name="no_lead_is_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
            ),
            models.CheckConstraint(
                name="a_lead_taken_over_says_by_whom",
                condition=(
                    Q(state="taken", taken_by__isnull=False)
                    | (~Q(state="taken") & Q(taken_by=None))
                ),
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"L-{self.ordinal}/{self.year}"


class LeadTick(models.Model):
    """What an officer found of one innocent explanation of a lead; the last of each counts.

    `explanation` is the digest of its words: another wording is another explanation. It counts for
    the evidence that he looked at (`material` of the lead), not for what came later.
    """

    class Outcome(models.TextChoices):
        EXPLAINS = "explains", _("It explains the lead")
        NOT = "not", _("It does not explain it")
        UNKNOWN = "unknown", _("It cannot be told")

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "lead", "explanation", "outcome", "note", "material", "officer", "organ",
            "ticked_on", "once", "entry",
        ),
        "sealed": (),
    }  # fmt: skip
    lead = models.ForeignKey(Lead, models.PROTECT, related_name="ticks")
    explanation = models.CharField(max_length=64)
    outcome = models.CharField(max_length=10, choices=Outcome)
    note = models.TextField()
    material = models.PositiveIntegerField()
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    ticked_on = models.DateField()
    once = models.UUIDField(unique=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(name="a_tick_says_what_was_found", condition=~Q(note="")),
        )

    def __str__(self) -> str:
        return f"{self.lead_id} {self.outcome}"


class LeadAct(models.Model):
    """One act on a lead; never changed. Without an officer it was the run that brought it back."""

    class What(models.TextChoices):
        DISMISSED = "dismissed", _("dismissed")
        REOPENED = "reopened", _("taken up again")
        MERGED = "merged", _("merged with another lead")
        TAKEN = "taken", _("taken over as a finding")
        RETURNED = "returned", _("came back: its evidence changed")

    class Why(models.TextChoices):
        EXPLAINED = "explained", _("An innocent explanation holds")
        DATA = "data", _("The data are wrong")
        TRIFLING = "trifling", _("Too small or too long ago to look into")
        KNOWN = "known", _("It is known and being dealt with")
        ELSEWHERE = "elsewhere", _("It is for another office, which was told")

    # The reasons that say that the lead pointed at something.
    USEFUL: ClassVar[tuple[str, ...]] = (Why.KNOWN, Why.ELSEWHERE)

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id", "lead", "ordinal", "what", "why", "note", "into", "run", "officer", "organ",
            "done_on", "once", "entry",
        ),
        "sealed": (),
    }  # fmt: skip
    lead = models.ForeignKey(Lead, models.PROTECT, related_name="acts")
    # the version of the lead that it made: two officers cannot make the same one
    ordinal = models.PositiveIntegerField()
    what = models.CharField(max_length=10, choices=What)
    why = models.CharField(max_length=10, choices=Why, blank=True)
    note = models.TextField(blank=True)
    into = models.ForeignKey(Lead, models.PROTECT, related_name="+", null=True)
    run = models.ForeignKey(LeadRun, models.PROTECT, related_name="+", null=True)
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", null=True)
    done_on = models.DateField()
    once = models.UUIDField(unique=True, default=uuid.uuid4)
    # of the act; what a run brings back stands in the entry of the run
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ("lead_id", "ordinal")
        constraints = (
            models.UniqueConstraint(
                fields=["lead", "ordinal"], name="a_version_of_a_lead_is_made_once"
            ),
            models.CheckConstraint(
                name="a_dismissal_has_its_reason",
                condition=(Q(what="dismissed") & ~Q(why="") & ~Q(note=""))
                | (~Q(what="dismissed") & Q(why="")),
            ),
            models.CheckConstraint(
                name="an_act_on_a_lead_is_an_officers_or_a_runs",
                condition=Q(what="returned", run__isnull=False, officer=None, organ=None)
                | (
                    ~Q(what="returned")
                    & Q(run=None, officer__isnull=False, organ__isnull=False, entry__isnull=False)
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.lead_id} {self.what}"
