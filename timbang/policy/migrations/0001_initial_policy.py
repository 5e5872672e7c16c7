import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import timbang.policy.models.journal
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
                    name="Rules",
                    fields=[
                        (
                            "hash",
                            models.CharField(max_length=64, primary_key=True, serialize=False),
                        ),
                        ("code", models.CharField(max_length=60)),
                        ("version", models.CharField(max_length=20)),
                        ("body", models.TextField()),
                        ("first_used_on", models.DateField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Dossier",
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
                        ("year", models.PositiveSmallIntegerField()),
                        ("serial", models.PositiveIntegerField()),
                        ("number", models.CharField(max_length=80, unique=True)),
                        (
                            "mode",
                            models.CharField(
                                choices=[("observer", "Observer"), ("office", "Office")],
                                max_length=10,
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("summary", models.TextField(blank=True, default="")),
                        ("office", models.CharField(max_length=200)),
                        ("agency_code", models.CharField(blank=True, default="", max_length=64)),
                        ("region_code", models.CharField(max_length=16)),
                        ("duties", models.JSONField(default=list)),
                        ("groups", models.JSONField(default=list)),
                        ("path", models.CharField(default="unknown", max_length=12)),
                        (
                            "rules",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.rules",
                            ),
                        ),
                        ("step", models.CharField(blank=True, default="", max_length=60)),
                        ("ended_as", models.CharField(blank=True, default="", max_length=60)),
                        ("opened_on", models.DateField()),
                        ("ended_on", models.DateField(null=True)),
                        ("published_on", models.DateField(null=True)),
                        ("retracted_on", models.DateField(null=True)),
                        ("why_retracted", models.TextField(blank=True, default="")),
                        ("version", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["-year", "-serial", "organ_id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organ", "year", "serial"),
                                name="dossier_number_once_per_office_and_year",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_as", ""),
                                        ("mode", "observer"),
                                        ("rules", None),
                                        ("step", ""),
                                    ),
                                    models.Q(
                                        ("mode", "office"),
                                        ("rules__isnull", False),
                                        models.Q(("step", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="dossier_of_an_office_runs_by_rules",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_as", ""), ("ended_on", None)),
                                    models.Q(
                                        ("ended_on__isnull", False),
                                        models.Q(("ended_as", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="dossier_ended_day_and_end_go_together",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("retracted_on", None), ("why_retracted", "")),
                                    models.Q(
                                        ("published_on__isnull", False),
                                        ("retracted_on__isnull", False),
                                        models.Q(("why_retracted", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="dossier_taken_back_only_once_published_and_with_a_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Clearer",
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
                            "dossier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="clearers",
                                to="policy.dossier",
                            ),
                        ),
                        ("step", models.CharField(max_length=60)),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        ("named_on", models.DateField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("dossier", "step"),
                                name="one_office_clears_a_dossier_at_a_step",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Line",
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
                            "dossier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="journal",
                                to="policy.dossier",
                            ),
                        ),
                        ("version", models.PositiveIntegerField()),
                        (
                            "act",
                            models.CharField(
                                choices=timbang.policy.models.journal.acts, max_length=20
                            ),
                        ),
                        ("step", models.CharField(blank=True, default="", max_length=60)),
                        ("outcome", models.CharField(blank=True, default="", max_length=60)),
                        ("to", models.CharField(blank=True, default="", max_length=60)),
                        ("about", models.CharField(blank=True, default="", max_length=60)),
                        ("words", models.TextField(blank=True, default="")),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
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
                        ("role", models.CharField(blank=True, default="", max_length=32)),
                        ("done_on", models.DateField()),
                        ("once", models.UUIDField(default=uuid.uuid4)),
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
                        "ordering": ["version"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("dossier", "once"), name="dossier_form_is_one_act"
                            ),
                            models.UniqueConstraint(
                                fields=("dossier", "version"), name="one_act_per_version"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Part",
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
                            "dossier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="policy.dossier",
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        ("ordinal", models.PositiveIntegerField()),
                        ("body", models.JSONField()),
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("written_on", models.DateField()),
                        (
                            "line",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.line",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["kind", "ordinal"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("dossier", "kind", "ordinal"),
                                name="a_version_of_a_part_stands_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Piece",
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
                            "dossier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pieces",
                                to="policy.dossier",
                            ),
                        ),
                        ("stage", models.CharField(max_length=20)),
                        ("kind", models.CharField(max_length=40)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("found", "Found"),
                                    ("missing", "Missing"),
                                    ("not_sought", "Not Sought"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("title", models.CharField(blank=True, default="", max_length=300)),
                        ("issuer", models.CharField(blank=True, default="", max_length=200)),
                        ("issued_on", models.DateField(null=True)),
                        ("says", models.TextField(blank=True, default="")),
                        ("amount", models.BigIntegerField(null=True)),
                        ("shows", models.JSONField(default=list)),
                        ("source", models.CharField(blank=True, default="", max_length=300)),
                        ("url", models.URLField(blank=True, default="", max_length=500)),
                        ("read_on", models.DateField(null=True)),
                        ("sought", models.TextField(blank=True, default="")),
                        (
                            "replaces",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="policy.piece",
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
                        (
                            "line",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.line",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["stage", "issued_on", "line__version"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "found"), _negated=True),
                                    models.Q(
                                        models.Q(("title", ""), _negated=True),
                                        models.Q(("source", ""), _negated=True),
                                        ("read_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_document_that_was_found_has_its_source",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "missing"), _negated=True),
                                    models.Q(("sought", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="what_is_missing_was_sought_somewhere",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "found"),
                                    models.Q(("amount", None), ("issued_on", None)),
                                    _connector="OR",
                                ),
                                name="only_a_document_that_was_found_has_a_day_or_an_amount",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Tie",
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
                            "dossier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ties",
                                to="policy.dossier",
                            ),
                        ),
                        (
                            "officer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("step", models.CharField(max_length=60)),
                        ("relation", models.CharField(blank=True, default="", max_length=30)),
                        ("words", models.TextField(blank=True, default="")),
                        ("declared_on", models.DateField()),
                        (
                            "line",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.line",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["line__version"],
                    },
                ),
                migrations.CreateModel(
                    name="LaneUse",
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
                            "dossier",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lane",
                                to="policy.dossier",
                            ),
                        ),
                        ("ground", models.CharField(max_length=20)),
                        ("because", models.TextField()),
                        ("scope", models.TextField()),
                        ("rights", models.TextField()),
                        ("began_on", models.DateField()),
                        ("sunset_on", models.DateField()),
                        (
                            "co_signer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("overdue_then", models.PositiveIntegerField()),
                        ("higher", models.BooleanField()),
                        (
                            "line",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.line",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("sunset_on__gt", models.F("began_on"))),
                                name="a_measure_of_the_lane_ends_after_it_began",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("overdue_then", 0), ("higher", True), _connector="OR"
                                ),
                                name="while_debts_are_overdue_a_higher_office_signs",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Debt",
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
                            "dossier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="debts",
                                to="policy.dossier",
                            ),
                        ),
                        ("code", models.CharField(max_length=40)),
                        ("owed_on", models.DateField()),
                        ("due_on", models.DateField()),
                        ("safe_on", models.DateField()),
                        ("paid_on", models.DateField(null=True)),
                        ("dropped_on", models.DateField(null=True)),
                        (
                            "piece",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.piece",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.line",
                            ),
                        ),
                        (
                            "paid_by",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.line",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_on", "code"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("dropped_on", None), ("paid_on", None)),
                                fields=["due_on"],
                                name="policy_debts_owed",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("dossier", "code"), name="a_debt_is_owed_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("paid_by", None), ("paid_on", None), ("piece", None)),
                                    models.Q(
                                        ("paid_by__isnull", False),
                                        ("paid_on__isnull", False),
                                        ("piece__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_debt_that_is_paid_shows_the_document",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("paid_on", None), ("dropped_on", None), _connector="OR"
                                ),
                                name="a_debt_is_paid_or_dropped",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpenEntry",
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
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        ("serial", models.PositiveBigIntegerField()),
                        ("entered_on", models.DateField(db_index=True)),
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
                        "ordering": ["organ", "serial"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organ", "serial"),
                                name="entries_of_an_office_are_numbered_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Promise",
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
                        ("number", models.CharField(max_length=80, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("campaign", "Campaign"), ("plan", "Plan")], max_length=10
                            ),
                        ),
                        ("who", models.CharField(max_length=200)),
                        ("text", models.TextField()),
                        ("made_on", models.DateField(null=True)),
                        ("source", models.CharField(max_length=300)),
                        ("url", models.URLField(blank=True, default="", max_length=500)),
                        ("read_on", models.DateField()),
                        ("region_code", models.CharField(max_length=16)),
                        ("duties", models.JSONField(default=list)),
                        ("groups", models.JSONField(default=list)),
                        ("amount", models.BigIntegerField(null=True)),
                        ("measure", models.CharField(blank=True, default="", max_length=200)),
                        ("target", models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                        ("due_on", models.DateField(null=True)),
                        ("recorded_on", models.DateField()),
                        ("retracted_on", models.DateField(null=True)),
                        ("why_retracted", models.TextField(blank=True, default="")),
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.entry",
                            ),
                        ),
                        ("once", models.UUIDField(unique=True)),
                    ],
                    options={
                        "ordering": ["-recorded_on", "number"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("retracted_on", None), ("why_retracted", "")),
                                    models.Q(
                                        ("retracted_on__isnull", False),
                                        models.Q(("why_retracted", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_promise_is_taken_back_with_a_why",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PromiseLink",
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
                            "promise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links",
                                to="policy.promise",
                            ),
                        ),
                        (
                            "dossier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="promises",
                                to="policy.dossier",
                            ),
                        ),
                        (
                            "line",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.line",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("promise", "dossier"),
                                name="a_promise_leads_to_a_dossier_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StepTerm",
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
                            "dossier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="terms",
                                to="policy.dossier",
                            ),
                        ),
                        ("step", models.CharField(max_length=60)),
                        ("kind", models.CharField(max_length=10)),
                        ("entered_on", models.DateField()),
                        ("safe_on", models.DateField()),
                        ("last_on", models.DateField(null=True)),
                        ("provisional", models.BooleanField(default=False)),
                        ("closed_on", models.DateField(null=True)),
                    ],
                    options={
                        "ordering": ["entered_on", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("closed_on", None)),
                                fields=["last_on"],
                                name="policy_terms_running",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("closed_on", None)),
                                fields=("dossier",),
                                name="one_term_runs_for_a_dossier",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Milestone",
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
                            "dossier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="milestones",
                                to="policy.dossier",
                            ),
                        ),
                        ("ordinal", models.PositiveIntegerField()),
                        ("title", models.CharField(max_length=200)),
                        ("owner", models.CharField(max_length=200)),
                        ("due_on", models.DateField()),
                        ("planned", models.BigIntegerField(null=True)),
                        ("measure", models.CharField(blank=True, default="", max_length=200)),
                        ("target", models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                        ("done_on", models.DateField(null=True)),
                        ("spent", models.BigIntegerField(null=True)),
                        ("result", models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                        ("says", models.TextField(blank=True, default="")),
                        (
                            "set_by",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.line",
                            ),
                        ),
                        (
                            "done_by",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.line",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["ordinal"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("dossier", "ordinal"), name="one_milestone_per_place"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_by", None), ("done_on", None)),
                                    models.Q(
                                        ("done_by__isnull", False), ("done_on__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="what_was_done_has_its_line",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("planned", None), ("planned__gte", 0), _connector="OR"
                                    ),
                                    models.Q(("spent", None), ("spent__gte", 0), _connector="OR"),
                                ),
                                name="money_is_not_less_than_nothing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("target", None), ("result", None)),
                                    models.Q(("measure", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_target_says_what_it_counts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decree",
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
                            "dossier",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="decree",
                                to="policy.dossier",
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
                        ("number", models.CharField(max_length=100)),
                        ("place", models.CharField(max_length=100)),
                        ("post", models.CharField(max_length=200)),
                        ("dated_on", models.DateField()),
                        ("pdf", models.BinaryField()),
                        ("size", models.PositiveIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("made_with", models.CharField(max_length=100)),
                        (
                            "line",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.line",
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organ", "number"),
                                name="an_office_gives_a_decree_number_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Comment",
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
                            "dossier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="comments",
                                to="policy.dossier",
                            ),
                        ),
                        ("step", models.CharField(max_length=60)),
                        ("receipt", models.BinaryField(max_length=32, unique=True)),
                        ("name", models.CharField(blank=True, default="", max_length=100)),
                        ("body", models.TextField()),
                        ("sent_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("shown", "Shown"),
                                    ("withheld", "Withheld"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("why_withheld", models.CharField(blank=True, default="", max_length=20)),
                        ("outcome", models.CharField(blank=True, default="", max_length=20)),
                        ("answer", models.TextField(blank=True, default="")),
                        ("answered_on", models.DateField(null=True)),
                        (
                            "shown_by",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.line",
                            ),
                        ),
                        (
                            "answered_by",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.line",
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
                        "ordering": ["sent_on", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", "withheld"),
                                        models.Q(("why_withheld", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "withheld"), _negated=True),
                                        ("why_withheld", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_comment_is_withheld_for_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answer", ""), ("answered_on", None), ("outcome", "")
                                    ),
                                    models.Q(
                                        ("answered_on__isnull", False),
                                        models.Q(("outcome", ""), _negated=True),
                                        models.Q(("answer", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_answer_says_what_was_done",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SiteVisit",
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
                            "dossier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="visits",
                                to="policy.dossier",
                            ),
                        ),
                        ("milestone", models.PositiveIntegerField(null=True)),
                        ("receipt", models.BinaryField(max_length=32, unique=True)),
                        ("region_code", models.CharField(blank=True, default="", max_length=16)),
                        ("place", models.CharField(max_length=200)),
                        ("seen_on", models.DateField()),
                        ("body", models.TextField()),
                        ("sent_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("shown", "Shown"),
                                    ("withheld", "Withheld"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("why_withheld", models.CharField(blank=True, default="", max_length=20)),
                        (
                            "shown_by",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.line",
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
                        "ordering": ["seen_on", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", "withheld"),
                                        models.Q(("why_withheld", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "withheld"), _negated=True),
                                        ("why_withheld", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_visit_is_withheld_for_a_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SitePhoto",
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
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="photos",
                                to="policy.sitevisit",
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        ("body", models.BinaryField()),
                        ("sha256", models.CharField(max_length=64)),
                    ],
                ),
            ],
        ),
    ]
