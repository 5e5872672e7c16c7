import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from timbang.ledger.creating import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial_organs_officers_keys"),
        ("ledger", "0001_entries_and_tree_head"),
    ]

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Region",
                    fields=[
                        ("code", models.CharField(max_length=8, primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("province", "Province"),
                                    ("regency", "Regency"),
                                    ("city", "City"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.region",
                            ),
                        ),
                        (
                            "time_zone",
                            models.CharField(
                                choices=[
                                    ("Asia/Jakarta", "Western Indonesia Time"),
                                    ("Asia/Makassar", "Central Indonesia Time"),
                                    ("Asia/Jayapura", "Eastern Indonesia Time"),
                                ],
                                max_length=16,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("code",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "province"), ("parent__isnull", True)),
                                    models.Q(
                                        ("kind__in", ("regency", "city")), ("parent__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="region_parent_is_for_regencies",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Agency",
                    fields=[
                        (
                            "code",
                            models.SlugField(max_length=60, primary_key=True, serialize=False),
                        ),
                        ("name", models.CharField(max_length=160)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("ministry", "Ministry"),
                                    ("state_body", "State body"),
                                    ("province_government", "Provincial government"),
                                    ("regency_government", "Regency government"),
                                    ("city_government", "City government"),
                                    ("unit", "Unit of an agency"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.region",
                            ),
                        ),
                        (
                            "part_of",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.agency",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "agencies",
                        "ordering": ("name",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "unit"), _negated=True),
                                    ("part_of__isnull", False),
                                    _connector="OR",
                                ),
                                name="agency_unit_is_part_of_one",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Post",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="registry.agency",
                            ),
                        ),
                        ("title", models.CharField(max_length=160)),
                        (
                            "level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("high_main", "Main senior leader"),
                                    ("high_middle", "Middle senior leader"),
                                    ("high_first", "First senior leader"),
                                    ("administrator", "Administrator"),
                                    ("supervisor", "Supervisor"),
                                    ("executive", "Executive staff"),
                                    ("functional", "Functional post"),
                                    ("political", "Political office"),
                                ],
                                max_length=16,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("agency_id", "title"),
                    },
                ),
                migrations.CreateModel(
                    name="Person",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("name", models.CharField(max_length=160)),
                        (
                            "employee_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("PNS", "Permanent civil servant (PNS)"),
                                    ("PPPK", "Contract civil servant (PPPK)"),
                                    ("other", "Not of the civil service"),
                                ],
                                max_length=5,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "people",
                        "ordering": ("name",),
                    },
                ),
                migrations.CreateModel(
                    name="Occupancy",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="occupancies",
                                to="registry.person",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="occupancies",
                                to="registry.post",
                            ),
                        ),
                        (
                            "acting",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("Pj", "Penjabat (appointed in place of the holder)"),
                                    ("Plt", "Acting, the post is vacant (Plt)"),
                                    ("Plh", "Acting, the holder is away (Plh)"),
                                ],
                                max_length=3,
                            ),
                        ),
                        ("from_on", models.DateField(null=True)),
                        ("until_on", models.DateField(null=True)),
                        ("source", models.CharField(max_length=300)),
                    ],
                    options={
                        "verbose_name_plural": "occupancies",
                        "ordering": ("person_id", "from_on"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("from_on__isnull", True),
                                    ("until_on__isnull", True),
                                    ("until_on__gt", models.F("from_on")),
                                    _connector="OR",
                                ),
                                name="occupancy_ends_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Election",
                    fields=[
                        (
                            "code",
                            models.SlugField(max_length=40, primary_key=True, serialize=False),
                        ),
                        ("name", models.CharField(max_length=120)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pemilu", "General election"),
                                    ("pemilihan", "Regional head election"),
                                ],
                                max_length=9,
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.region",
                            ),
                        ),
                        ("source", models.CharField(max_length=300)),
                    ],
                    options={
                        "ordering": ("code",),
                    },
                ),
                migrations.CreateModel(
                    name="Contest",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "election",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contests",
                                to="registry.election",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("president", "President and vice president"),
                                    ("dpr", "House of Representatives (DPR)"),
                                    ("dpd", "Regional Representative Council (DPD)"),
                                    ("dprd_province", "Provincial council (DPRD)"),
                                    ("dprd_regency", "Regency or city council (DPRD)"),
                                    ("governor", "Governor and vice governor"),
                                    ("regent", "Regent and vice regent"),
                                    ("mayor", "Mayor and vice mayor"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.region",
                            ),
                        ),
                        ("candidates_confirmed_on", models.DateField(null=True)),
                        ("campaign_starts_on", models.DateField(null=True)),
                        ("campaign_ends_on", models.DateField(null=True)),
                        ("quiet_starts_on", models.DateField(null=True)),
                        ("quiet_ends_on", models.DateField(null=True)),
                        ("voting_on", models.DateField(null=True)),
                        ("recap_ends_on", models.DateField(null=True)),
                        ("inaugurated_on", models.DateField(null=True)),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("official", "official text"),
                                    ("two_sources", "two independent sources"),
                                    ("one_source", "one source"),
                                    ("memory", "from memory, not checked"),
                                    ("invented", "invented, to try out the software"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("sources", models.JSONField(default=dict)),
                    ],
                    options={
                        "ordering": ("voting_on", "kind", "region_id"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("region__isnull", False)),
                                fields=("election", "kind", "region"),
                                name="contest_once_in_a_region",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("region__isnull", True)),
                                fields=("election", "kind"),
                                name="contest_once_in_the_nation",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("candidates_confirmed_on__isnull", True),
                                    ("voting_on__isnull", True),
                                    ("candidates_confirmed_on__lte", models.F("voting_on")),
                                    _connector="OR",
                                ),
                                name="contest_candidates_confirmed_first",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("campaign_starts_on__isnull", True),
                                    ("campaign_ends_on__isnull", True),
                                    ("campaign_starts_on__lte", models.F("campaign_ends_on")),
                                    _connector="OR",
                                ),
                                name="contest_campaign_starts_first",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("campaign_ends_on__isnull", True),
                                    ("voting_on__isnull", True),
                                    ("campaign_ends_on__lte", models.F("voting_on")),
                                    _connector="OR",
                                ),
                                name="contest_campaign_ends_first",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("quiet_starts_on__isnull", True),
                                    ("quiet_ends_on__isnull", True),
                                    ("quiet_starts_on__lte", models.F("quiet_ends_on")),
                                    _connector="OR",
                                ),
                                name="contest_quiet_starts_first",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("quiet_ends_on__isnull", True),
                                    ("voting_on__isnull", True),
                                    ("quiet_ends_on__lte", models.F("voting_on")),
                                    _connector="OR",
                                ),
                                name="contest_quiet_ends_first",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("voting_on__isnull", True),
                                    ("recap_ends_on__isnull", True),
                                    ("voting_on__lte", models.F("recap_ends_on")),
                                    _connector="OR",
                                ),
                                name="contest_voting_first",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("recap_ends_on__isnull", True),
                                    ("inaugurated_on__isnull", True),
                                    ("recap_ends_on__lte", models.F("inaugurated_on")),
                                    _connector="OR",
                                ),
                                name="contest_recap_ends_first",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArticleConfirmation",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        ("item", models.CharField(max_length=160)),
                        ("text_hash", models.CharField(max_length=64)),
                        ("seen_in", models.CharField(max_length=300)),
                        ("confirmed_on", models.DateField()),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("withdrawn_on", models.DateField(null=True)),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.entry",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("item", "confirmed_on"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_on", None)),
                                fields=("organ", "item", "text_hash"),
                                name="an_organ_confirms_a_text_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("withdrawn_because", ""),
                                        ("withdrawn_by", None),
                                        ("withdrawn_on", None),
                                    ),
                                    models.Q(
                                        ("withdrawn_by__isnull", False),
                                        ("withdrawn_on__isnull", False),
                                        models.Q(("withdrawn_because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="who_withdraws_a_confirmation_says_when_and_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Outreach",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        ("held_on", models.DateField()),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("officials", "Civil servants"),
                                    ("contestants", "Contestants and campaign teams"),
                                    ("public", "The public"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.region",
                            ),
                        ),
                        ("topic", models.CharField(max_length=160)),
                        ("reach", models.PositiveIntegerField(null=True)),
                        ("recorded_on", models.DateField()),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("withdrawn_on", models.DateField(null=True)),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                        ("once", models.UUIDField(unique=True)),
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.entry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "outreach",
                        "ordering": ("-held_on", "id"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("recorded_on__gte", models.F("held_on"))),
                                name="an_outreach_is_recorded_after_it_was_held",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("withdrawn_because", ""),
                                        ("withdrawn_by", None),
                                        ("withdrawn_on", None),
                                    ),
                                    models.Q(
                                        ("withdrawn_by__isnull", False),
                                        ("withdrawn_on__isnull", False),
                                        models.Q(("withdrawn_because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="who_withdraws_an_outreach_says_when_and_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TablesVersion",
                    fields=[
                        ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                        ("act", models.CharField(max_length=8)),
                        ("source", models.CharField(max_length=64)),
                        ("digest", models.CharField(max_length=64)),
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.entry",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("number",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("act__in", ("load", "retract"))),
                                name="a_version_of_the_tables_is_a_load_or_a_retraction",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NamePair",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("record", models.TextField()),
                        ("person", models.TextField()),
                        ("certainty", models.FloatField()),
                        ("homonyms", models.PositiveIntegerField()),
                        ("reasons", models.JSONField()),
                        (
                            "judgement",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("same", "the same person"),
                                    ("different", "different people"),
                                    ("undecided", "undecided"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ("-certainty", "pk"),
                        "indexes": [
                            models.Index(
                                fields=["judgement", "-certainty", "id"], name="pairs_to_be_judged"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("record", "person"),
                                name="a_record_and_a_person_are_one_pair",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NameJudgement",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "pair",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="judgements",
                                to="registry.namepair",
                            ),
                        ),
                        ("ordinal", models.PositiveIntegerField()),
                        (
                            "judgement",
                            models.CharField(
                                choices=[
                                    ("same", "the same person"),
                                    ("different", "different people"),
                                    ("undecided", "undecided"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("why", models.CharField(blank=True, max_length=300)),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        ("judged_on", models.DateField()),
                        (
                            "judged_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("withdrawn_on", models.DateField(null=True)),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.entry",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("pair_id", "ordinal"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("pair", "ordinal"),
                                name="a_version_of_a_pair_is_judged_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawn_by", None), ("withdrawn_on", None)),
                                    models.Q(
                                        ("withdrawn_by__isnull", False),
                                        ("withdrawn_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="who_takes_a_judgement_back_says_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExchangeRecord",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("number", models.CharField(max_length=12, unique=True)),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=0)),
                        ("withdrawn", models.BooleanField(default=False)),
                        ("returned_by", models.CharField(max_length=160, null=True, unique=True)),
                        ("returns", models.CharField(max_length=160, null=True, unique=True)),
                        ("once", models.UUIDField(unique=True)),
                    ],
                    options={
                        "ordering": ("number",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn", False),
                                    models.Q(("returned_by", None), ("returns", None)),
                                    _connector="OR",
                                ),
                                name="a_withdrawn_exchange_has_no_legs",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("returned_by", None),
                                        models.Q(
                                            ("returned_by", models.F("number")), _negated=True
                                        ),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("returns", None),
                                        models.Q(("returns", models.F("number")), _negated=True),
                                        _connector="OR",
                                    ),
                                ),
                                name="an_exchange_is_no_leg_of_itself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExchangeState",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "record",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="states",
                                to="registry.exchangerecord",
                            ),
                        ),
                        ("ordinal", models.PositiveIntegerField()),
                        (
                            "act",
                            models.CharField(
                                choices=[
                                    ("recorded", "recorded"),
                                    ("corrected", "corrected"),
                                    ("linked", "linked with its other leg, or no longer"),
                                    ("withdrawn", "withdrawn by its office"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("content", models.JSONField()),
                        ("because", models.CharField(blank=True, max_length=300)),
                        ("salt", models.CharField(max_length=32)),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        ("made_on", models.DateField()),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.entry",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("record_id", "ordinal"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("record", "ordinal"),
                                name="a_version_of_an_exchange_stands_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("act", "recorded"), ("ordinal", 1)),
                                    models.Q(
                                        models.Q(("act", "recorded"), _negated=True),
                                        models.Q(("because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="who_changes_an_exchange_says_why",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
