"""What is publicly known, as rows: regions, agencies, posts, people, elections and their contests.

Every date of a contest may be unknown (None). Days that end something are the last whole day of
it (the last day of the campaign is still campaign); `until_on` of an occupancy is exclusive.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Officer, Organ
from timbang.ledger.models import Entry
from timbang.registry.phases import PHASE_DATES


class RegionKind(models.TextChoices):
    PROVINCE = "province", _("Province")
    REGENCY = "regency", _("Regency")
    CITY = "city", _("City")


class TimeZone(models.TextChoices):
    """The three official zones: they decide which *day* it is."""

    WIB = "Asia/Jakarta", _("Western Indonesia Time")
    WITA = "Asia/Makassar", _("Central Indonesia Time")
    WIT = "Asia/Jayapura", _("Eastern Indonesia Time")


class AgencyKind(models.TextChoices):
    MINISTRY = "ministry", _("Ministry")
    STATE_BODY = "state_body", _("State body")
    PROVINCE_GOVERNMENT = "province_government", _("Provincial government")
    REGENCY_GOVERNMENT = "regency_government", _("Regency government")
    CITY_GOVERNMENT = "city_government", _("City government")
    UNIT = "unit", _("Unit of an agency")


class PostLevel(models.TextChoices):
    """Levels of posts of the civil service (UU 20/2023 ps. 13-18)."""

    HIGH_MAIN = "high_main", _("Main senior leader")
    HIGH_MIDDLE = "high_middle", _("Middle senior leader")
    HIGH_FIRST = "high_first", _("First senior leader")
    ADMINISTRATOR = "administrator", _("Administrator")
    SUPERVISOR = "supervisor", _("Supervisor")
    EXECUTIVE = "executive", _("Executive staff")
    FUNCTIONAL = "functional", _("Functional post")
    POLITICAL = "political", _("Political office")


class EmployeeKind(models.TextChoices):
    PNS = "PNS", _("Permanent civil servant (PNS)")
    PPPK = "PPPK", _("Contract civil servant (PPPK)")
    OTHER = "other", _("Not of the civil service")


class ActingKind(models.TextChoices):
    """Three different powers, never one word: Penjabat, Pelaksana Tugas, Pelaksana Harian."""

    PJ = "Pj", _("Penjabat (appointed in place of the holder)")
    PLT = "Plt", _("Acting, the post is vacant (Plt)")
    PLH = "Plh", _("Acting, the holder is away (Plh)")


class ElectionKind(models.TextChoices):
    PEMILU = "pemilu", _("General election")
    PEMILIHAN = "pemilihan", _("Regional head election")


class ContestKind(models.TextChoices):
    PRESIDENT = "president", _("President and vice president")
    DPR = "dpr", _("House of Representatives (DPR)")
    DPD = "dpd", _("Regional Representative Council (DPD)")
    DPRD_PROVINCE = "dprd_province", _("Provincial council (DPRD)")
    DPRD_REGENCY = "dprd_regency", _("Regency or city council (DPRD)")
    GOVERNOR = "governor", _("Governor and vice governor")
    REGENT = "regent", _("Regent and vice regent")
    MAYOR = "mayor", _("Mayor and vice mayor")


class SourceLevel(models.TextChoices):
    """How far a date may be trusted, from the official text down to memory."""

    OFFICIAL = "official", _("official text")
    TWO_SOURCES = "two_sources", _("two independent sources")
    ONE_SOURCE = "one_source", _("one source")
    MEMORY = "memory", _("from memory, not checked")
    INVENTED = "invented", _("invented, to try out the software")


class RegionQuerySet(models.QuerySet["Region"]):
    def provinces(self) -> RegionQuerySet:
        return self.filter(kind=RegionKind.PROVINCE)

    def within(self, province_code: str) -> RegionQuerySet:
        """The regencies and cities of a province."""
        return self.filter(parent_id=province_code)


class Region(models.Model):
    """A province (`32`), or a regency or city in it (`32.73`), by its official code."""

    CLASSES: ClassVar[dict[str, tuple[str, ...]]] = {
        "public": ("code", "name", "kind", "parent", "time_zone"),
        "desk": (),
        "sealed": (),
    }
    code = models.CharField(max_length=8, primary_key=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=RegionKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    time_zone = models.CharField(max_length=16, choices=TimeZone)

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                name="region_parent_is_for_regencies",
                condition=Q(kind="province", parent__isnull=True)
                | Q(kind__in=("regency", "city"), parent__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """A public body, or a unit of one; `region` is None for a national one."""

    CLASSES: ClassVar[dict[str, tuple[str, ...]]] = {
        "public": ("code", "name", "kind", "region", "part_of"),
        "desk": (),
        "sealed": (),
    }
    code = models.SlugField(max_length=60, primary_key=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=AgencyKind)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    part_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "agencies"
        constraints = (
            models.CheckConstraint(
                name="agency_unit_is_part_of_one",
                condition=~Q(kind="unit") | Q(part_of__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A post in an agency, whoever holds it (*jabatan*)."""

    CLASSES: ClassVar[dict[str, tuple[str, ...]]] = {
        "public": ("id", "agency", "title", "level"),
        "desk": (),
        "sealed": (),
    }
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts")
    title = models.CharField(max_length=160)
    level = models.CharField(max_length=16, choices=PostLevel, blank=True)

    class Meta:
        ordering = ("agency_id", "title")

    def __str__(self) -> str:
        return self.title


class Person(models.Model):
    """A person of public life; nothing here says that anyone suspects anything."""

    CLASSES: ClassVar[dict[str, tuple[str, ...]]] = {
        "public": ("id", "name", "employee_kind"),
        "desk": (),
        "sealed": (),
    }
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=160)
    employee_kind = models.CharField(max_length=5, choices=EmployeeKind, blank=True)

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name


class OccupancyQuerySet(models.QuerySet["Occupancy"]):
    def on(self, day: object) -> OccupancyQuerySet:
        """Who held which post on that day; an unknown beginning or end counts as open."""
        return self.filter(
            Q(from_on__isnull=True) | Q(from_on__lte=day),
            Q(until_on__isnull=True) | Q(until_on__gt=day),
        )


class Occupancy(models.Model):
    """A person holds a post from a day until (exclusive) a day; `acting` is "" for the holder."""

    CLASSES: ClassVar[dict[str, tuple[str, ...]]] = {
        "public": ("id", "person", "post", "acting", "from_on", "until_on", "source"),
        "desk": (),
        "sealed": (),
    }
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="occupancies")
    post = models.ForeignKey(Post, models.PROTECT, related_name="occupancies")
    acting = models.CharField(max_length=3, choices=ActingKind, blank=True)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    source = models.CharField(max_length=300)

    objects = OccupancyQuerySet.as_manager()

    class Meta:
        ordering = ("person_id", "from_on")
        verbose_name_plural = "occupancies"
        constraints = (
            models.CheckConstraint(
                name="occupancy_ends_after_it_begins",
                condition=Q(from_on__isnull=True)
                | Q(until_on__isnull=True)
                | Q(until_on__gt=F("from_on")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.post_id}"


class Election(models.Model):
    """An election that was called as one: its contests carry the dates."""

    CLASSES: ClassVar[dict[str, tuple[str, ...]]] = {
        "public": ("code", "name", "kind", "region", "source"),
        "desk": (),
        "sealed": (),
    }
    code = models.SlugField(max_length=40, primary_key=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=9, choices=ElectionKind)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class Contest(models.Model):
    """One office to be filled, in one region (None: the nation), with the days of its phases.

    `sources` says for each known date where it was found and how far it may be trusted:
    `{"voting_on": {"source": {"id": "...", "en": "..."}, "level": "two_sources"}}`. `level` is the
    weakest of them.
    """

    CLASSES: ClassVar[dict[str, tuple[str, ...]]] = {
        "public": ("id", "election", "kind", "region", *PHASE_DATES, "level", "sources"),
        "desk": (),
        "sealed": (),
    }
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    election = models.ForeignKey(Election, models.PROTECT, related_name="contests")
    kind = models.CharField(max_length=16, choices=ContestKind)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    candidates_confirmed_on = models.DateField(null=True)
    campaign_starts_on = models.DateField(null=True)
    campaign_ends_on = models.DateField(null=True)
    quiet_starts_on = models.DateField(null=True)
    quiet_ends_on = models.DateField(null=True)
    voting_on = models.DateField(null=True)
    recap_ends_on = models.DateField(null=True)
    inaugurated_on = models.DateField(null=True)
    level = models.CharField(max_length=12, choices=SourceLevel)
    sources = models.JSONField(default=dict)

    class Meta:
        ordering = ("voting_on", "kind", "region_id")
        constraints = (
            models.UniqueConstraint(
                name="contest_once_in_a_region",
                fields=("election", "kind", "region"),
                condition=Q(region__isnull=False),
            ),
            models.UniqueConstraint(
                name="contest_once_in_the_nation",
                fields=("election", "kind"),
                condition=Q(region__isnull=True),
            ),
            *(
                models.CheckConstraint(
                    name=f"contest_{earlier[:-3]}_first",
                    condition=Q(**{f"{earlier}__isnull": True})
                    | Q(**{f"{later}__isnull": True})
                    | Q(**{f"{earlier}__lte": F(later)}),
                )
                for earlier, later in (
                    ("candidates_confirmed_on", "voting_on"),
                    ("campaign_starts_on", "campaign_ends_on"),
                    ("campaign_ends_on", "voting_on"),
                    ("quiet_starts_on", "quiet_ends_on"),
                    ("quiet_ends_on", "voting_on"),
                    ("voting_on", "recap_ends_on"),
                    ("recap_ends_on", "inaugurated_on"),
                )
            ),
        )

    def __str__(self) -> str:
        return f"{self.election_id} {self.kind} {self.region_id or ''}".strip()


class ArticleConfirmationQuerySet(models.QuerySet["ArticleConfirmation"]):
    """Which confirmations stand."""

    def standing(self) -> ArticleConfirmationQuerySet:
        return self.filter(withdrawn_on=None)


class ArticleConfirmation(models.Model):
    """A legal officer read an article in the official text and puts the organ's name to it.

    `item` names a norm or a term of `law.confirmable`, `text_hash` what it said then: a later
    correction of the catalogue leaves the row and ends its effect. Both the confirmation and who
    gave it are public; the officer stands for the organ, so his own name is not.
    """

    CLASSES: ClassVar[dict[str, tuple[str, ...]]] = {
        "public": (
            "id", "organ", "item", "text_hash", "seen_in", "confirmed_on", "withdrawn_on",
            "withdrawn_because", "entry",
        ),
        "desk": ("confirmed_by", "withdrawn_by"),
        "sealed": (),
    }  # fmt: skip
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    item = models.CharField(max_length=160)
    text_hash = models.CharField(max_length=64)
    seen_in = models.CharField(max_length=300)
    confirmed_on = models.DateField()
    confirmed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")

    objects = ArticleConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ("item", "confirmed_on")
        constraints = (
            models.UniqueConstraint(
                name="an_organ_confirms_a_text_once",
                fields=("organ", "item", "text_hash"),
                condition=Q(withdrawn_on=None),
            ),
            models.CheckConstraint(
                name="who_withdraws_a_confirmation_says_when_and_why",
                condition=Q(withdrawn_on=None, withdrawn_by=None, withdrawn_because="")
                | (
                    Q(withdrawn_on__isnull=False, withdrawn_by__isnull=False)
                    & ~Q(withdrawn_because="")
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.item} {self.organ_id}"


class Audience(models.TextChoices):
    OFFICIALS = "officials", _("Civil servants")
    CONTESTANTS = "contestants", _("Contestants and campaign teams")
    PUBLIC = "public", _("The public")


class OutreachQuerySet(models.QuerySet["Outreach"]):
    """Which sessions count."""

    def standing(self) -> OutreachQuerySet:
        return self.filter(withdrawn_on=None)


class Outreach(models.Model):
    """A session of prevention (*sosialisasi*) that an organ held: for whom, where, how many came.

    `reach` is the number of people who were there as the organ counted them; None where nobody
    counted. A wrong row is withdrawn, with a reason, never changed.
    """

    CLASSES: ClassVar[dict[str, tuple[str, ...]]] = {
        "public": (
            "id", "organ", "held_on", "audience", "region", "topic", "reach", "recorded_on",
            "withdrawn_on", "withdrawn_because", "entry",
        ),
        "desk": ("recorded_by", "withdrawn_by", "once"),
        "sealed": (),
    }  # fmt: skip
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    held_on = models.DateField()
    audience = models.CharField(max_length=12, choices=Audience)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    topic = models.CharField(max_length=160)
    reach = models.PositiveIntegerField(null=True)
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)
    once = models.UUIDField(unique=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")

    objects = OutreachQuerySet.as_manager()

    class Meta:
        ordering = ("-held_on", "id")
        verbose_name_plural = "outreach"
        constraints = (
            models.CheckConstraint(
                name="an_outreach_is_recorded_after_it_was_held",
                condition=Q(recorded_on__gte=F("held_on")),
            ),
            models.CheckConstraint(
                name="who_withdraws_an_outreach_says_when_and_why",
                condition=Q(withdrawn_on=None, withdrawn_by=None, withdrawn_because="")
                | (
                    Q(withdrawn_on__isnull=False, withdrawn_by__isnull=False)
                    & ~Q(withdrawn_because="")
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.organ_id} {self.held_on}"


class TablesVersion(models.Model):
    """A version of the tables of public facts, as the ledger knows it.

    What it holds lies in files; `digest` is the SHA-256 of the catalogue file that names them all
    with theirs. Entered just before that file is put in place, never changed.
    """

    CLASSES: ClassVar[dict[str, tuple[str, ...]]] = {
        "public": ("number", "act", "source", "digest"),
        "desk": ("entry",),
        "sealed": (),
    }
    number = models.PositiveIntegerField(primary_key=True)
    act = models.CharField(max_length=8)
    source = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("number",)
        constraints = (
            models.CheckConstraint(
                name="a_version_of_the_tables_is_a_load_or_a_retraction",
                condition=Q(act__in=("load", "retract")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.source}"


class NamePair(models.Model):
    """A record of a list and an official who may be one person, for a human to look at.

    `record` and `person` are ids of rows of the table `people`; `certainty` is 0 to 1. `judgement`
    is the standing one ("" while nobody judged), `version` counts what was done to it.
    """

    class Judgement(models.TextChoices):
        SAME = "same", _("the same person")
        DIFFERENT = "different", _("different people")
        UNDECIDED = "undecided", _("undecided")

    CLASSES: ClassVar[dict[str, tuple[str, ...]]] = {
        "public": (),
        "desk": (
            "id", "record", "person", "certainty", "homonyms", "reasons", "judgement", "version",
        ),
        "sealed": (),
    }  # fmt: skip
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.TextField()
    person = models.TextField()
    certainty = models.FloatField()
    homonyms = models.PositiveIntegerField()
    # pairs of words in both languages, as the comparison gave them
    reasons = models.JSONField()
    judgement = models.CharField(max_length=9, choices=Judgement, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-certainty", "pk")
        indexes = (
            models.Index(fields=["judgement", "-certainty", "id"], name="pairs_to_be_judged"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["record", "person"], name="a_record_and_a_person_are_one_pair"
            ),
        )

    def __str__(self) -> str:
        return f"{self.record} {self.person}"


class NameJudgement(models.Model):
    """What an officer judged of a pair; taken back, it stays readable and counts no more."""

    CLASSES: ClassVar[dict[str, tuple[str, ...]]] = {
        "public": (),
        "desk": (
            "id", "pair", "ordinal", "judgement", "why", "organ", "judged_on", "judged_by",
            "withdrawn_on", "withdrawn_by", "entry",
        ),
        "sealed": (),
    }  # fmt: skip
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(NamePair, models.PROTECT, related_name="judgements")
    # the version of the pair that it made: two officers cannot make the same one
    ordinal = models.PositiveIntegerField()
    judgement = models.CharField(max_length=9, choices=NamePair.Judgement)
    why = models.CharField(max_length=300, blank=True)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    judged_on = models.DateField()
    judged_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pair_id", "ordinal")
        constraints = (
            models.UniqueConstraint(
                fields=["pair", "ordinal"], name="a_version_of_a_pair_is_judged_once"
            ),
            models.CheckConstraint(
                name="who_takes_a_judgement_back_says_when",
                condition=Q(withdrawn_on=None, withdrawn_by=None)
                | Q(withdrawn_on__isnull=False, withdrawn_by__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pair_id} {self.judgement}"


class ExchangeRecord(models.Model):
    """An exchange record that was entered at the desk; what it says stands in its states.

    `number` is its `exchange_id` in the table `exchanges`; `version` counts its states, and the
    last one holds. The two legs stand here again, so that no two records can answer one.
    """

    CLASSES: ClassVar[dict[str, tuple[str, ...]]] = {
        "public": (),
        "desk": ("id", "number", "organ", "version", "withdrawn", "returned_by", "returns", "once"),
        "sealed": (),
    }
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=12, unique=True)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)
    withdrawn = models.BooleanField(default=False)
    returned_by = models.CharField(max_length=160, null=True, unique=True)
    returns = models.CharField(max_length=160, null=True, unique=True)
    once = models.UUIDField(unique=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.CheckConstraint(
                name="a_withdrawn_exchange_has_no_legs",
                condition=Q(withdrawn=False) | Q(returned_by=None, returns=None),
            ),
            models.CheckConstraint(
                name="an_exchange_is_no_leg_of_itself",
                condition=(Q(returned_by=None) | ~Q(returned_by=F("number")))
                & (Q(returns=None) | ~Q(returns=F("number"))),
            ),
        )

    def __str__(self) -> str:
        return self.number


class ExchangeState(models.Model):
    """What an exchange record says from one act until the next; never changed, never deleted.

    `content` holds the fields of `exchange.Exchange`; `salt` keeps the digest in the log from
    being guessed. The last state of a withdrawn record says what it said, and why it went.
    """

    class Act(models.TextChoices):
        RECORDED = "recorded", _("recorded")
        CORRECTED = "corrected", _("corrected")
        LINKED = "linked", _("linked with its other leg, or no longer")
        WITHDRAWN = "withdrawn", _("withdrawn by its office")

    CLASSES: ClassVar[dict[str, tuple[str, ...]]] = {
        "public": (),
        "desk": (
            "id", "record", "ordinal", "act", "content", "because", "organ", "made_on", "made_by",
            "entry",
        ),
        "sealed": ("salt",),
    }  # fmt: skip
    record = models.ForeignKey(ExchangeRecord, models.PROTECT, related_name="states")
    ordinal = models.PositiveIntegerField()
    act = models.CharField(max_length=9, choices=Act)
    content = models.JSONField()
    because = models.CharField(max_length=300, blank=True)
    salt = models.CharField(max_length=32)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    made_on = models.DateField()
    made_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("record_id", "ordinal")
        constraints = (
            models.UniqueConstraint(
                fields=["record", "ordinal"], name="a_version_of_an_exchange_stands_once"
            ),
            models.CheckConstraint(
                name="who_changes_an_exchange_says_why",
                condition=Q(act="recorded", ordinal=1) | (~Q(act="recorded") & ~Q(because="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.record_id} {self.ordinal}"
