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
                    name="LeadRun",
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
                        ("detector", models.CharField(max_length=60)),
                        ("ordinal", models.PositiveIntegerField()),
                        ("digest", models.CharField(max_length=64)),
                        ("detector_version", models.PositiveIntegerField()),
                        ("rule", models.CharField(max_length=64)),
                        ("parameters", models.JSONField()),
                        ("looked_at", models.PositiveIntegerField()),
                        ("leads", models.PositiveIntegerField()),
                        ("not_applicable", models.JSONField()),
                        ("brought_on", models.DateField()),
                        ("whole", models.BooleanField(default=False)),
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
                        "ordering": ("detector", "ordinal"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("detector", "ordinal"),
                                name="a_run_of_a_detector_is_brought_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LeadNumbers",
                    fields=[
                        (
                            "year",
                            models.PositiveSmallIntegerField(primary_key=True, serialize=False),
                        ),
                        ("last", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name_plural": "lead numbers",
                    },
                ),
                migrations.CreateModel(
                    name="Lead",
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
                        ("year", models.PositiveSmallIntegerField()),
                        ("ordinal", models.PositiveIntegerField()),
                        ("identity", models.CharField(max_length=64, unique=True)),
                        ("detector", models.CharField(max_length=60)),
                        ("detector_version", models.PositiveIntegerField()),
                        ("kind", models.CharField(max_length=20)),
                        ("personal", models.BooleanField()),
                        ("subject_kind", models.CharField(max_length=40)),
                        ("subject", models.TextField()),
                        ("region_code", models.CharField(blank=True, max_length=16)),
                        ("since_on", models.DateField(null=True)),
                        ("until_on", models.DateField(null=True)),
                        ("value", models.FloatField(null=True)),
                        ("measures", models.JSONField()),
                        ("evidence", models.JSONField()),
                        ("earlier_evidence", models.JSONField(default=list)),
                        ("election", models.CharField(blank=True, max_length=60)),
                        ("phase", models.CharField(blank=True, max_length=40)),
                        ("days_to_voting", models.IntegerField(null=True)),
                        (
                            "first_run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="signals.leadrun",
                            ),
                        ),
                        (
                            "last_run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="signals.leadrun",
                            ),
                        ),
                        ("found", models.BooleanField(default=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "waits for an officer"),
                                    ("dismissed", "dismissed"),
                                    ("merged", "merged with another"),
                                    ("taken", "taken over into a case"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="signals.lead",
                            ),
                        ),
                        (
                            "taken_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        ("material", models.PositiveIntegerField(default=1)),
                        ("base_value", models.FloatField(null=True)),
                        ("turn", models.FloatField(default=0)),
                        ("version", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ("turn", "id"),
                        "indexes": [
                            models.Index(
                                fields=["state", "found", "turn", "id"], name="leads_in_their_turn"
                            ),
                            models.Index(
                                fields=["detector", "state", "found", "turn", "id"],
                                name="leads_of_a_detector",
                            ),
                            models.Index(
                                fields=["region_code", "state", "found"], name="leads_of_a_region"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("year", "ordinal"), name="a_number_of_a_lead_is_given_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("merged_into__isnull", False), ("state", "merged")),
                                    models.Q(
                                        models.Q(("state", "merged"), _negated=True),
                                        ("merged_into", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_merged_lead_says_into_which",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("merged_into", None),
                                    models.Q(("merged_into", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="no_lead_is_merged_into_itself",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "taken"), ("taken_by__isnull", False)),
                                    models.Q(
                                        models.Q(("state", "taken"), _negated=True),
                                        ("taken_by", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_lead_taken_over_says_by_whom",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LeadTick",
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
                            "lead",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ticks",
                                to="signals.lead",
                            ),
                        ),
                        ("explanation", models.CharField(max_length=64)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("explains", "It explains the lead"),
                                    ("not", "It does not explain it"),
                                    ("unknown", "It cannot be told"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField()),
                        ("material", models.PositiveIntegerField()),
                        (
                            "officer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                        ("ticked_on", models.DateField()),
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
                        "ordering": ("id",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("note", ""), _negated=True),
                                name="a_tick_says_what_was_found",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LeadAct",
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
                            "lead",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="acts",
                                to="signals.lead",
                            ),
                        ),
                        ("ordinal", models.PositiveIntegerField()),
                        (
                            "what",
                            models.CharField(
                                choices=[
                                    ("dismissed", "dismissed"),
                                    ("reopened", "taken up again"),
                                    ("merged", "merged with another lead"),
                                    ("taken", "taken over as a finding"),
                                    ("returned", "came back: its evidence changed"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "why",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("explained", "An innocent explanation holds"),
                                    ("data", "The data are wrong"),
                                    ("trifling", "Too small or too long ago to look into"),
                                    ("known", "It is known and being dealt with"),
                                    ("elsewhere", "It is for another office, which was told"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        (
                            "into",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="signals.lead",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="signals.leadrun",
                            ),
                        ),
                        (
                            "officer",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organ",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        ("done_on", models.DateField()),
                        ("once", models.UUIDField(default=uuid.uuid4, unique=True)),
                        (
                            "entry",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.entry",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("lead_id", "ordinal"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("lead", "ordinal"), name="a_version_of_a_lead_is_made_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("what", "dismissed"),
                                        models.Q(("why", ""), _negated=True),
                                        models.Q(("note", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("what", "dismissed"), _negated=True), ("why", "")
                                    ),
                                    _connector="OR",
                                ),
                                name="a_dismissal_has_its_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("officer", None),
                                        ("organ", None),
                                        ("run__isnull", False),
                                        ("what", "returned"),
                                    ),
                                    models.Q(
                                        models.Q(("what", "returned"), _negated=True),
                                        ("entry__isnull", False),
                                        ("officer__isnull", False),
                                        ("organ__isnull", False),
                                        ("run", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_act_on_a_lead_is_an_officers_or_a_runs",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
