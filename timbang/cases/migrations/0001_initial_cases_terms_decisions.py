import datetime
import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import timbang.cases.models.documents
import timbang.cases.models.journal
from timbang.ledger.creating import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial_organs_officers_keys"),
        ("ledger", "0001_entries_and_tree_head"),
        ("reports", "0001_initial_sealed_reports"),
    ]

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="ProcedureVersion",
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
                    name="Case",
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
                        ("kind", models.CharField(default="neutrality", max_length=20)),
                        (
                            "way_in",
                            models.CharField(
                                choices=[
                                    ("report", "Report"),
                                    ("finding", "Finding"),
                                    ("prior_information", "Prior Information"),
                                ],
                                default="report",
                                max_length=20,
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        (
                            "keeper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        (
                            "procedure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.procedureversion",
                            ),
                        ),
                        ("step", models.CharField(max_length=60)),
                        ("ended_as", models.CharField(blank=True, default="", max_length=60)),
                        ("opened_on", models.DateField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("province_code", models.CharField(blank=True, default="", max_length=13)),
                        ("conduct", models.CharField(blank=True, default="", max_length=40)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organ", "year", "serial"),
                                name="case_number_once_per_organ_and_year",
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
                                name="case_ended_day_and_end_go_together",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseKey",
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
                            "case",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="keys",
                                to="cases.case",
                            ),
                        ),
                        (
                            "organ",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        ("sealed_key", models.BinaryField()),
                        ("since_on", models.DateField()),
                        ("indexed", models.BooleanField(default=False)),
                        ("ours", models.BooleanField(default=False)),
                        ("running", models.BooleanField(default=True)),
                        ("due_on", models.DateField(default=datetime.date(9999, 12, 31))),
                        ("kind", models.CharField(blank=True, default="", max_length=20)),
                        ("procedure", models.CharField(blank=True, default="", max_length=60)),
                        ("step", models.CharField(blank=True, default="", max_length=60)),
                        ("given", models.BooleanField(default=False)),
                        ("in_charge", models.BooleanField(default=False)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ours", True), ("running", True)),
                                fields=["organ", "due_on", "id", "step", "procedure", "kind"],
                                name="shelf_of_what_waits",
                            ),
                            models.Index(
                                fields=["organ", "running", "id", "step", "procedure", "kind"],
                                name="shelf_of_what_is_held",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("in_charge", False), ("ours", True), ("running", True)
                                ),
                                fields=["organ", "due_on", "id", "step", "procedure", "kind"],
                                name="shelf_of_what_nobody_has",
                            ),
                            models.Index(
                                condition=models.Q(("indexed", False)),
                                fields=["organ", "id"],
                                name="shelf_without_search_words",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "organ"), name="case_key_once_per_organ"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseReport",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reports",
                                to="cases.case",
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="reports.report",
                            ),
                        ),
                        ("joined_on", models.DateField()),
                        (
                            "joined_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "report"), name="report_once_in_a_case"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Accused",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="accused",
                                to="cases.case",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("sealed", models.BinaryField()),
                    ],
                    options={
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "position"), name="accused_position_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Track",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tracks",
                                to="cases.case",
                            ),
                        ),
                        ("code", models.CharField(max_length=60)),
                        ("step", models.CharField(max_length=60)),
                        ("opened_on", models.DateField()),
                        ("ended_as", models.CharField(blank=True, default="", max_length=60)),
                        ("ended_on", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["opened_on", "code"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_on", None)),
                                fields=("case", "code"),
                                name="a_side_track_runs_once_at_a_time",
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
                                name="track_ended_day_and_end_go_together",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseLink",
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
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="follows",
                                to="cases.case",
                            ),
                        ),
                        (
                            "earlier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followed_by",
                                to="cases.case",
                            ),
                        ),
                        ("why", models.CharField(max_length=60)),
                        ("linked_on", models.DateField()),
                    ],
                    options={
                        "ordering": ["linked_on"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("case", models.F("earlier")), _negated=True),
                                name="no_case_follows_itself",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NormUse",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="norms",
                                to="cases.case",
                            ),
                        ),
                        ("norm", models.CharField(max_length=160)),
                        ("hash", models.CharField(max_length=64)),
                        ("used_on", models.DateField()),
                    ],
                    options={
                        "ordering": ["norm"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "norm"), name="norm_once_per_case"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SearchToken",
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
                            "key",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="words",
                                to="cases.casekey",
                            ),
                        ),
                        ("token", models.BinaryField(max_length=16)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("token", "key"), name="token_once_per_case_key"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseStep",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="journal",
                                to="cases.case",
                            ),
                        ),
                        (
                            "track",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.track",
                            ),
                        ),
                        ("version", models.PositiveIntegerField()),
                        (
                            "act",
                            models.CharField(
                                choices=timbang.cases.models.journal.acts, max_length=20
                            ),
                        ),
                        ("step", models.CharField(blank=True, default="", max_length=60)),
                        ("outcome", models.CharField(blank=True, default="", max_length=60)),
                        ("to", models.CharField(blank=True, default="", max_length=60)),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        (
                            "other_organ",
                            models.ForeignKey(
                                null=True,
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
                        ("done_on", models.DateField()),
                        ("recorded_on", models.DateField()),
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
                                fields=("case", "once"), name="a_double_click_is_one_act"
                            ),
                            models.UniqueConstraint(
                                fields=("case", "version"), name="one_act_per_case_version"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assignment",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="assignments",
                                to="cases.case",
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
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        (
                            "part",
                            models.CharField(
                                choices=[("in_charge", "In Charge"), ("member", "Member")],
                                max_length=12,
                            ),
                        ),
                        ("since_on", models.DateField()),
                        ("until_on", models.DateField(blank=True, null=True)),
                        (
                            "journal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.casestep",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["part", "since_on", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until_on", None)),
                                fields=("case", "officer"),
                                name="a_case_is_assigned_to_an_officer_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("part", "in_charge"), ("until_on", None)),
                                fields=("case", "organ"),
                                name="one_officer_is_in_charge_in_an_organ",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on", None),
                                    ("until_on__gte", models.F("since_on")),
                                    _connector="OR",
                                ),
                                name="assignment_ends_after_it_began",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Interests",
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
                        ("version", models.PositiveIntegerField()),
                        ("declared_on", models.DateField()),
                        ("sealed_key", models.BinaryField()),
                        ("sealed", models.BinaryField()),
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
                        "ordering": ["officer", "version"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("officer", "version"),
                                name="one_declaration_per_officer_and_version",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseDeclaration",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="declarations",
                                to="cases.case",
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
                        ("relation", models.CharField(blank=True, default="", max_length=20)),
                        ("declared_on", models.DateField()),
                        (
                            "journal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.casestep",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["journal__version"],
                    },
                ),
                migrations.CreateModel(
                    name="Conflict",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="conflicts",
                                to="cases.case",
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
                        ("relation", models.CharField(max_length=20)),
                        ("citation", models.CharField(max_length=200)),
                        ("level", models.CharField(max_length=20)),
                        (
                            "found",
                            models.CharField(
                                choices=[("declared", "Declared"), ("matched", "Matched")],
                                max_length=10,
                            ),
                        ),
                        ("since_on", models.DateField()),
                        (
                            "journal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.casestep",
                            ),
                        ),
                        ("match", models.BinaryField(max_length=16, null=True)),
                        ("lifted_on", models.DateField(blank=True, null=True)),
                        (
                            "lifted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("sealed_reason", models.BinaryField(null=True)),
                    ],
                    options={
                        "ordering": ["since_on", "pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("lifted_on", None)),
                                fields=["officer", "case"],
                                name="conflict_in_force",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("lifted_on", None)),
                                fields=("case", "officer", "relation"),
                                name="a_conflict_stands_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("lifted_by", None),
                                        ("lifted_on", None),
                                        ("sealed_reason", None),
                                    ),
                                    models.Q(
                                        ("lifted_by__isnull", False),
                                        ("lifted_on__isnull", False),
                                        ("sealed_reason__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="conflict_lifted_day_by_and_reason_go_together",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("lifted_on", None), ("found", "matched"), _connector="OR"
                                ),
                                name="only_a_match_is_lifted",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrganConflict",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="organ_conflicts",
                                to="cases.case",
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
                        ("instead", models.CharField(max_length=20)),
                        ("citation", models.CharField(blank=True, default="", max_length=200)),
                        ("since_on", models.DateField()),
                        (
                            "journal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.casestep",
                            ),
                        ),
                        ("ended_on", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["since_on", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_on", None)),
                                fields=("case", "organ"),
                                name="an_organ_is_conflicted_once_in_a_case",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LookUp",
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
                        (
                            "what",
                            models.CharField(
                                choices=[
                                    ("search", "Search"),
                                    ("record", "Record"),
                                    ("lead", "Lead"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("number", models.CharField(max_length=80)),
                        (
                            "case",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.case",
                            ),
                        ),
                        ("done_on", models.DateField()),
                        ("sealed_key", models.BinaryField()),
                        ("sealed", models.BinaryField()),
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
                        "ordering": ["-done_on", "-pk"],
                        "indexes": [
                            models.Index(fields=["organ", "-done_on"], name="look_ups_of_an_organ")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SanctionFact",
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
                        ("norm", models.CharField(db_index=True, max_length=160)),
                        ("level", models.CharField(max_length=20)),
                        ("kind", models.CharField(max_length=60)),
                        ("post_level", models.CharField(blank=True, default="", max_length=40)),
                        ("status", models.CharField(blank=True, default="", max_length=20)),
                        ("attributes", models.JSONField(default=list)),
                        ("conduct", models.CharField(blank=True, default="", max_length=40)),
                        ("organ_code", models.CharField(max_length=60)),
                        ("month", models.CharField(max_length=7)),
                        ("province_code", models.CharField(blank=True, default="", max_length=13)),
                    ],
                ),
                migrations.CreateModel(
                    name="Decision",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="decisions",
                                to="cases.case",
                            ),
                        ),
                        (
                            "accused",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="decisions",
                                to="cases.accused",
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        (
                            "finding",
                            models.CharField(
                                choices=[
                                    ("proven", "Proven"),
                                    ("not_proven", "Not Proven"),
                                    ("beyond_authority", "Beyond Authority"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("stands", "Stands"),
                                    ("suspended", "Suspended"),
                                    ("annulled", "Annulled"),
                                    ("replaced", "Replaced"),
                                ],
                                default="stands",
                                max_length=10,
                            ),
                        ),
                        ("step", models.CharField(max_length=60)),
                        ("outcome", models.CharField(max_length=60)),
                        ("level", models.CharField(blank=True, default="", max_length=20)),
                        ("kind", models.CharField(blank=True, default="", max_length=60)),
                        ("norms", models.JSONField(default=list)),
                        ("post_level", models.CharField(blank=True, default="", max_length=40)),
                        ("signer", models.CharField(blank=True, default="", max_length=40)),
                        ("decided_on", models.DateField()),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("delivered_on", models.DateField(null=True)),
                        (
                            "delivered_how",
                            models.CharField(
                                blank=True,
                                choices=[("handed", "Handed"), ("sent", "Sent")],
                                default="",
                                max_length=10,
                            ),
                        ),
                        (
                            "fact",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="cases.sanctionfact",
                            ),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="cases.decision",
                            ),
                        ),
                        (
                            "journal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="decision",
                                to="cases.casestep",
                            ),
                        ),
                        ("sealed", models.BinaryField()),
                        ("sealed_proof", models.BinaryField(null=True)),
                    ],
                    options={
                        "ordering": ["accused__position", "version"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("accused", "version"),
                                name="decision_version_once_per_person",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "replaced"), _negated=True),
                                fields=("accused",),
                                name="one_present_decision_per_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", ""), ("level", "")),
                                    models.Q(
                                        models.Q(("level", ""), _negated=True),
                                        models.Q(("kind", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_sanction_has_level_and_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("finding", "not_proven"), _negated=True),
                                    ("level", ""),
                                    _connector="OR",
                                ),
                                name="nothing_is_imposed_on_who_is_cleared",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("delivered_how", ""),
                                        ("delivered_on", None),
                                        ("sealed_proof", None),
                                    ),
                                    models.Q(
                                        ("delivered_on__isnull", False),
                                        ("sealed_proof__isnull", False),
                                        models.Q(("delivered_how", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_delivered_decision_has_its_proof",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DecisionEvent",
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
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="events",
                                to="cases.decision",
                            ),
                        ),
                        (
                            "what",
                            models.CharField(
                                choices=[
                                    ("delivered", "Delivered"),
                                    ("suspended", "Suspended"),
                                    ("resumed", "Resumed"),
                                    ("annulled", "Annulled"),
                                    ("corrected", "Corrected"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "by_whom",
                            models.CharField(
                                choices=[
                                    ("court", "Court"),
                                    ("appeal", "Appeal"),
                                    ("objection", "Objection"),
                                    ("issuer", "Issuer"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("done_on", models.DateField()),
                        (
                            "journal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.casestep",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["done_on", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Document",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="documents",
                                to="cases.case",
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
                            "kind",
                            models.CharField(
                                choices=timbang.cases.models.documents.kinds, max_length=20
                            ),
                        ),
                        ("version", models.PositiveIntegerField()),
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
                            "journal",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="documents",
                                to="cases.casestep",
                            ),
                        ),
                        ("sealed", models.BinaryField()),
                    ],
                    options={
                        "ordering": ["kind", "version"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "organ", "kind", "version"),
                                name="document_version_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Exhibit",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="exhibits",
                                to="cases.case",
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
                            "attachment",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="reports.attachment",
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="reports.report",
                            ),
                        ),
                        (
                            "origin",
                            models.CharField(
                                choices=timbang.cases.models.documents.origins, max_length=20
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "chosen_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("chosen_on", models.DateField()),
                        (
                            "journal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="exhibit",
                                to="cases.casestep",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="redacted",
                                to="cases.exhibit",
                            ),
                        ),
                        ("sealed", models.BinaryField()),
                        ("sealed_about", models.BinaryField()),
                    ],
                    options={
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "position"), name="exhibit_position_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemKey",
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
                        (
                            "document",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="keys",
                                to="cases.document",
                            ),
                        ),
                        (
                            "exhibit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="keys",
                                to="cases.exhibit",
                            ),
                        ),
                        ("sealed_key", models.BinaryField()),
                        ("given_on", models.DateField()),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("document", None), ("exhibit__isnull", False)),
                                    models.Q(("document__isnull", False), ("exhibit", None)),
                                    _connector="OR",
                                ),
                                name="an_item_key_opens_one_thing",
                            ),
                            models.UniqueConstraint(
                                fields=("organ", "document"), name="document_key_once"
                            ),
                            models.UniqueConstraint(
                                fields=("organ", "exhibit"), name="exhibit_key_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpenTerm",
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
                            "case",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="terms",
                                to="cases.case",
                            ),
                        ),
                        (
                            "track",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.track",
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="reports.report",
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
                        ("step", models.CharField(max_length=60)),
                        ("entered_on", models.DateField()),
                        ("started_on", models.DateField(null=True)),
                        ("started_at", models.DateTimeField(null=True)),
                        ("length", models.PositiveSmallIntegerField()),
                        ("unit", models.CharField(max_length=10)),
                        ("kind", models.CharField(max_length=10)),
                        ("own_length", models.PositiveSmallIntegerField(null=True)),
                        ("own_unit", models.CharField(blank=True, default="", max_length=10)),
                        ("extended", models.PositiveSmallIntegerField(default=0)),
                        ("safe_day", models.DateField(null=True)),
                        ("last_day", models.DateField(null=True)),
                        ("told_day", models.DateField(null=True)),
                        ("suspended_from", models.DateField(null=True)),
                        ("provisional", models.BooleanField(default=False)),
                        ("ends_at", models.DateTimeField(null=True)),
                        ("calendar", models.CharField(blank=True, default="", max_length=64)),
                        ("lapsed_on", models.DateField(null=True)),
                        ("escalates_to", models.CharField(blank=True, default="", max_length=60)),
                        ("escalates_in", models.CharField(blank=True, default="", max_length=20)),
                        ("closed_on", models.DateField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("closed_on__isnull", False)),
                                fields=["organ", "-closed_on"],
                                name="terms_by_their_end",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("closed_on", None),
                                    ("ends_at__isnull", False),
                                    ("lapsed_on", None),
                                ),
                                fields=["ends_at"],
                                name="terms_that_may_lapse",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("closed_on", None),
                                    ("kind", "law"),
                                    ("lapsed_on__isnull", False),
                                ),
                                fields=["lapsed_on", "organ"],
                                name="terms_of_law_that_lapsed",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("closed_on", None),
                                    ("lapsed_on", None),
                                    ("started_on__isnull", False),
                                ),
                                fields=["started_on", "step", "organ"],
                                name="terms_by_their_beginning",
                            ),
                            models.Index(
                                condition=models.Q(("closed_on", None), ("report__isnull", False)),
                                fields=["organ", "safe_day", "id"],
                                name="reports_by_their_term",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("closed_on", None), ("lapsed_on__isnull", False)
                                ),
                                fields=["escalates_to", "lapsed_on", "id"],
                                name="lapsed_terms_by_who_is_named",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("closed_on", None), ("lapsed_on__isnull", False)
                                ),
                                fields=["escalates_to", "escalates_in", "lapsed_on", "id"],
                                name="lapsed_terms_by_province",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("closed_on", None), ("lapsed_on__isnull", False)
                                ),
                                fields=["escalates_to", "organ", "lapsed_on", "id"],
                                name="lapsed_terms_by_office",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("case", None), ("report__isnull", False)),
                                    models.Q(("case__isnull", False), ("report", None)),
                                    _connector="OR",
                                ),
                                name="a_term_belongs_to_a_case_or_a_report",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ends_at", None),
                                        ("last_day", None),
                                        ("safe_day", None),
                                        ("started_on", None),
                                    ),
                                    models.Q(
                                        ("ends_at__isnull", False),
                                        ("last_day__isnull", False),
                                        ("safe_day__isnull", False),
                                        ("started_on__isnull", False),
                                    ),
                                    models.Q(
                                        ("ends_at", None),
                                        ("last_day", None),
                                        ("safe_day__isnull", False),
                                        ("started_on__isnull", False),
                                        ("suspended_from__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_started_term_has_its_last_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("started_on__isnull", False),
                                    ("lapsed_on", None),
                                    _connector="OR",
                                ),
                                name="a_term_that_has_not_started_never_lapses",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("own_length", None), ("own_unit", "")),
                                    models.Q(
                                        ("own_length__isnull", False),
                                        models.Q(("own_unit", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_own_term_has_length_and_unit",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("closed_on", None), ("track", None)),
                                fields=("case",),
                                name="one_running_term_per_case",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("closed_on", None), ("track__isnull", False)),
                                fields=("track",),
                                name="one_running_term_per_track",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("track", None), ("case__isnull", False), _connector="OR"
                                ),
                                name="the_term_of_a_track_belongs_to_a_case",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("closed_on", None), ("report__isnull", False)),
                                fields=("report",),
                                name="one_running_term_per_report",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarVersion",
                    fields=[
                        (
                            "hash",
                            models.CharField(max_length=64, primary_key=True, serialize=False),
                        ),
                        ("body", models.TextField()),
                        ("first_used_on", models.DateField()),
                        ("in_use", models.BooleanField(default=False)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("in_use", True)),
                                fields=("in_use",),
                                name="one_calendar_in_use",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TermSuspension",
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
                            "term",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="suspensions",
                                to="cases.openterm",
                            ),
                        ),
                        ("from_day", models.DateField()),
                        ("until_day", models.DateField(null=True)),
                        (
                            "journal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="suspension",
                                to="cases.casestep",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["from_day", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_day", None),
                                    ("until_day__gte", models.F("from_day")),
                                    _connector="OR",
                                ),
                                name="a_suspension_ends_after_it_began",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until_day", None)),
                                fields=("term",),
                                name="one_open_suspension_per_term",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TermMove",
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
                            "term",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="moves",
                                to="cases.openterm",
                            ),
                        ),
                        (
                            "organ",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        (
                            "why",
                            models.CharField(
                                choices=[
                                    ("calendar", "Calendar"),
                                    ("suspended", "Suspended"),
                                    ("resumed", "Resumed"),
                                    ("extended", "Extended"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("days", models.JSONField(default=list)),
                        ("from_safe", models.DateField()),
                        ("from_last", models.DateField(null=True)),
                        ("to_safe", models.DateField()),
                        ("to_last", models.DateField(null=True)),
                        ("calendar", models.CharField(max_length=64)),
                        ("moved_on", models.DateField()),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.entry",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-moved_on", "-id"],
                        "indexes": [
                            models.Index(fields=["organ", "-moved_on"], name="moves_of_an_organ")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("to_safe__gte", models.F("from_safe")),
                                    models.Q(
                                        ("from_last", None),
                                        ("to_last", None),
                                        ("to_last__gte", models.F("from_last")),
                                        _connector="OR",
                                    ),
                                ),
                                name="a_term_never_moves_to_an_earlier_day",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OwnTerm",
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
                        ("procedure", models.CharField(max_length=60)),
                        ("step", models.CharField(max_length=60)),
                        ("length", models.PositiveSmallIntegerField()),
                        ("unit", models.CharField(max_length=10)),
                        ("since_on", models.DateField()),
                        ("ended_on", models.DateField(null=True)),
                        ("reason", models.CharField(max_length=200)),
                        (
                            "set_by",
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
                        "ordering": ["procedure", "step", "-since_on"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_on", None)),
                                fields=("organ", "procedure", "step"),
                                name="one_own_term_in_force_per_step",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_on", None),
                                    ("ended_on__gte", models.F("since_on")),
                                    _connector="OR",
                                ),
                                name="an_own_term_ends_after_it_began",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Clearing",
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
                            "document",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="clears",
                                to="cases.document",
                            ),
                        ),
                        (
                            "accused",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cleared_by",
                                to="cases.accused",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Errand",
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
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="errands",
                                to="cases.decision",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="errands",
                                to="cases.case",
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
                        ("since_on", models.DateField()),
                        (
                            "task",
                            models.CharField(
                                choices=[
                                    ("deliver", "Deliver"),
                                    ("carry_out", "Carry Out"),
                                    ("record", "Record"),
                                    ("undo", "Undo"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("done_on", models.DateField(null=True)),
                        (
                            "done_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "journal",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.casestep",
                            ),
                        ),
                        ("sealed_proof", models.BinaryField(null=True)),
                    ],
                    options={
                        "ordering": ["decision", "task"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("done_on", None)),
                                fields=["organ", "since_on", "id"],
                                name="errands_to_do",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("decision", "task"), name="errand_once_per_decision"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("done_by", None),
                                        ("done_on", None),
                                        ("journal", None),
                                        ("sealed_proof", None),
                                    ),
                                    models.Q(
                                        ("done_by__isnull", False),
                                        ("done_on__isnull", False),
                                        ("journal__isnull", False),
                                        ("sealed_proof__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_errand_that_is_done_has_its_day_and_line",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Measure",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="measures",
                                to="cases.case",
                            ),
                        ),
                        (
                            "against",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        ("ground", models.CharField(blank=True, default="", max_length=1)),
                        (
                            "scope",
                            models.CharField(
                                blank=True,
                                choices=[("part", "Part"), ("all", "All")],
                                default="",
                                max_length=4,
                            ),
                        ),
                        ("coordinated_on", models.DateField(null=True)),
                        ("taken_on", models.DateField()),
                        (
                            "journal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.casestep",
                            ),
                        ),
                        ("lifted_on", models.DateField(null=True)),
                        (
                            "lifted_because",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("acted", "Acted"),
                                    ("ruling", "Ruling"),
                                    ("mistake", "Mistake"),
                                ],
                                default="",
                                max_length=10,
                            ),
                        ),
                        (
                            "lifted_line",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.casestep",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["journal__version"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", "data_block"),
                                        models.Q(("ground", ""), _negated=True),
                                        models.Q(("scope", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("kind", "data_block"), _negated=True),
                                        ("ground", ""),
                                        ("scope", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_blocking_says_its_ground_and_scope",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("lifted_because", ""),
                                        ("lifted_line", None),
                                        ("lifted_on", None),
                                    ),
                                    models.Q(
                                        ("lifted_line__isnull", False),
                                        ("lifted_on__isnull", False),
                                        models.Q(("lifted_because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_lifted_measure_says_when_and_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IdleOffice",
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
                        ("organ_code", models.CharField(max_length=60)),
                        ("organ_name", models.CharField(max_length=200)),
                        ("region_code", models.CharField(blank=True, default="", max_length=13)),
                        ("procedure", models.CharField(max_length=60)),
                        ("step", models.CharField(max_length=60)),
                        ("duty_id", models.TextField()),
                        ("duty_en", models.TextField()),
                        ("citation", models.CharField(max_length=200)),
                        ("level", models.CharField(max_length=20)),
                        ("delivered_on", models.DateField()),
                        ("last_day", models.DateField()),
                        ("listed_on", models.DateField()),
                        ("acted_on", models.DateField(null=True)),
                        ("days", models.JSONField(default=list)),
                    ],
                    options={
                        "ordering": ["-last_day", "id"],
                        "indexes": [
                            models.Index(
                                fields=["organ_code", "-last_day"], name="idle_offices_by_code"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("last_day__gte", models.F("delivered_on")),
                                    ("listed_on__gt", models.F("last_day")),
                                ),
                                name="an_idle_office_had_it_in_hand_and_is_late",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("acted_on", None),
                                    ("acted_on__gte", models.F("delivered_on")),
                                    _connector="OR",
                                ),
                                name="who_acts_does_so_after_he_was_late",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IdleTie",
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
                            "row",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.idleoffice",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="idle_ties",
                                to="cases.case",
                            ),
                        ),
                        (
                            "term",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.openterm",
                            ),
                        ),
                        (
                            "line",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.casestep",
                            ),
                        ),
                        (
                            "ended_line",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.casestep",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended_line", None)),
                                fields=["case"],
                                name="idle_ties_standing",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LegalHold",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="holds",
                                to="cases.case",
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
                            "placed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("placed_on", models.DateField()),
                        (
                            "journal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.casestep",
                            ),
                        ),
                        ("sealed_reason", models.BinaryField()),
                        (
                            "lifted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("lifted_on", models.DateField(null=True)),
                        (
                            "lift_journal",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.casestep",
                            ),
                        ),
                        ("sealed_lift", models.BinaryField(null=True)),
                    ],
                    options={
                        "ordering": ["placed_on", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("lifted_on", None)),
                                fields=("case", "organ"),
                                name="an_organ_holds_a_case_back_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("lift_journal", None),
                                        ("lifted_by", None),
                                        ("lifted_on", None),
                                        ("sealed_lift", None),
                                    ),
                                    models.Q(
                                        ("lift_journal__isnull", False),
                                        ("lifted_by__isnull", False),
                                        ("lifted_on__isnull", False),
                                        ("sealed_lift__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="hold_lifted_day_by_line_and_reason_go_together",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Erasure",
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
                            "case",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="erasures",
                                to="cases.case",
                            ),
                        ),
                        ("report_id", models.UUIDField(null=True)),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        ("rule", models.CharField(max_length=40)),
                        ("ended_on", models.DateField()),
                        ("due_on", models.DateField()),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("proposed_on", models.DateField()),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("erased", "Erased"),
                                    ("refused", "Refused"),
                                    ("taken_back", "Taken Back"),
                                ],
                                default="",
                                max_length=12,
                            ),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("answered_on", models.DateField(null=True)),
                        ("rows", models.PositiveIntegerField(default=0)),
                        ("openings", models.PositiveIntegerField(default=0)),
                        ("files", models.PositiveIntegerField(default=0)),
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
                        "ordering": ["-answered_on", "-proposed_on", "pk"],
                        "indexes": [
                            models.Index(fields=["organ", "answer"], name="erasures_of_an_organ")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("case__isnull", False), ("report_id", None)),
                                    models.Q(("case", None), ("report_id__isnull", False)),
                                    _connector="OR",
                                ),
                                name="an_erasure_is_of_a_case_or_of_a_report",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answer", ""), ("answered_by", None), ("answered_on", None)
                                    ),
                                    models.Q(
                                        models.Q(("answer", ""), _negated=True),
                                        ("answered_by__isnull", False),
                                        ("answered_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="erasure_answer_by_and_day_go_together",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", "erased"), _negated=True),
                                    ("entry__isnull", False),
                                    _connector="OR",
                                ),
                                name="what_was_erased_has_its_entry",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", "erased"), _negated=True),
                                    models.Q(
                                        ("answered_by", models.F("proposed_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="an_erasure_takes_two_officers",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("answer__in", ["", "erased"])),
                                fields=("case",),
                                name="a_case_is_erased_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("answer__in", ["", "erased"])),
                                fields=("report_id",),
                                name="a_report_is_erased_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Brought",
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
                            "report",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="reports.report",
                            ),
                        ),
                        (
                            "key",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.apikey",
                            ),
                        ),
                        (
                            "what",
                            models.CharField(
                                choices=[("report", "Report"), ("file", "File")], max_length=6
                            ),
                        ),
                        ("fingerprint", models.BinaryField(max_length=32)),
                        ("told_status", models.CharField(max_length=12)),
                        ("told_due_on", models.DateField(null=True)),
                        ("held_on", models.DateField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["key", "report"], name="brought_by_a_key")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Door",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="doors",
                                to="cases.case",
                            ),
                        ),
                        (
                            "accused",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="door",
                                to="cases.accused",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(default=1)),
                        ("opened_on", models.DateField()),
                        ("changed_on", models.DateField()),
                        ("locator", models.BinaryField(max_length=32, unique=True)),
                        ("key_for_accused", models.BinaryField()),
                        ("key_for_case", models.BinaryField()),
                        ("sealed_receipt", models.BinaryField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="DoorItem",
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
                            "door",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="cases.door",
                            ),
                        ),
                        ("position", models.PositiveIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("suspicion", "Suspicion"),
                                    ("minutes", "Minutes"),
                                    ("reasons", "Reasons"),
                                    ("note", "Note"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("source", models.CharField(blank=True, default="", max_length=60)),
                        ("shown_on", models.DateField()),
                        (
                            "shown_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "journal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.casestep",
                            ),
                        ),
                        ("sealed", models.BinaryField()),
                    ],
                    options={
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("door", "position"), name="door_items_stand_in_order"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DoorMessage",
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
                            "door",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="messages",
                                to="cases.door",
                            ),
                        ),
                        ("position", models.PositiveIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("answer", "Answer"),
                                    ("objection", "Objection"),
                                    ("copy", "Copy"),
                                    ("companion", "Companion"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("sent_on", models.DateField()),
                        (
                            "decision",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.decision",
                            ),
                        ),
                        ("remedy", models.CharField(blank=True, default="", max_length=60)),
                        ("window", models.CharField(blank=True, default="", max_length=20)),
                        ("read_on", models.DateField(null=True)),
                        (
                            "read_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "exhibit",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="cases.exhibit",
                            ),
                        ),
                        (
                            "journal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.casestep",
                            ),
                        ),
                        ("sealed_text", models.BinaryField()),
                    ],
                    options={
                        "ordering": ["position"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("read_on", None)),
                                fields=["sent_on", "id"],
                                name="door_messages_unread",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("door", "position"), name="door_messages_stand_in_order"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decision__isnull", False),
                                        ("kind", "objection"),
                                        models.Q(("remedy", ""), _negated=True),
                                        ("window__in", ["open", "between", "unknown"]),
                                    ),
                                    models.Q(
                                        models.Q(("kind", "objection"), _negated=True),
                                        ("decision", None),
                                        ("remedy", ""),
                                        ("window", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_objection_names_a_decision_and_a_remedy",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("read_by", None), ("read_on", None)),
                                    models.Q(
                                        ("read_by__isnull", False), ("read_on__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="a_read_message_has_its_reader",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DoorFile",
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
                            "message",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="cases.doormessage",
                            ),
                        ),
                        ("added_on", models.DateField()),
                        ("stored_as", models.CharField(max_length=32, unique=True)),
                        ("has_copy", models.BooleanField()),
                        ("sealed_about", models.BinaryField()),
                        (
                            "exhibit",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="cases.exhibit",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["added_on", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="CustodyEntry",
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
                            "exhibit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="custody",
                                to="cases.exhibit",
                            ),
                        ),
                        ("place", models.PositiveIntegerField()),
                        (
                            "act",
                            models.CharField(
                                choices=[
                                    ("received", "Received"),
                                    ("opened", "Opened"),
                                    ("copied", "Copied"),
                                    ("redacted", "Redacted"),
                                    ("handed_over", "Handed Over"),
                                    ("released", "Released"),
                                    ("returned", "Returned"),
                                ],
                                max_length=20,
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
                            "officer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "other_organ",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        ("done_on", models.DateField()),
                        ("recorded_on", models.DateField()),
                        ("sealed", models.BinaryField(default=bytes)),
                        ("content", models.BinaryField(max_length=32)),
                        ("hash", models.BinaryField(max_length=32)),
                        ("once", models.UUIDField(default=uuid.uuid4)),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.entry",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["place"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("exhibit", "place"), name="custody_place_once"
                            ),
                            models.UniqueConstraint(
                                fields=("exhibit", "once"), name="custody_entered_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("act", "opened")),
                                fields=("exhibit", "officer", "done_on"),
                                name="an_opening_is_entered_once_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Summons",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="summonses",
                                to="cases.case",
                            ),
                        ),
                        (
                            "accused",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="summonses",
                                to="cases.accused",
                            ),
                        ),
                        ("ordinal", models.PositiveSmallIntegerField()),
                        ("sent_on", models.DateField()),
                        ("summoned_for_on", models.DateField()),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("delivered_on", models.DateField(null=True)),
                        ("sealed_proof", models.BinaryField(null=True)),
                    ],
                    options={
                        "ordering": ["ordinal"],
                        "indexes": [
                            models.Index(fields=["summoned_for_on"], name="summonses_by_their_day")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("accused", "ordinal"), name="summons_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ordinal__in", [1, 2])),
                                name="summons_one_or_two",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("summoned_for_on__gt", models.F("sent_on"))),
                                name="summoned_for_a_day_after_sending",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("delivered_on", None),
                                    ("sealed_proof__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_delivered_summons_has_its_proof",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Hearing",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hearings",
                                to="cases.case",
                            ),
                        ),
                        (
                            "accused",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hearings",
                                to="cases.accused",
                            ),
                        ),
                        ("held_on", models.DateField()),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "journal",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.casestep",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["held_on"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("accused", "held_on"), name="hearing_once_a_day"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrderGiver",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="order_givers",
                                to="cases.case",
                            ),
                        ),
                        (
                            "accused",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="order_givers",
                                to="cases.accused",
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField()),
                        (
                            "deed",
                            models.CharField(
                                choices=[
                                    ("ordered", "Ordered"),
                                    ("pressed", "Pressed"),
                                    ("did_not_examine", "Did Not Examine"),
                                    ("did_not_punish", "Did Not Punish"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "how_known",
                            models.CharField(
                                choices=[
                                    ("he_said", "He Said"),
                                    ("witness", "Witness"),
                                    ("document", "Document"),
                                    ("other_case", "Other Case"),
                                    ("concluded", "Concluded"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("recorded_on", models.DateField()),
                        (
                            "proceedings",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "journal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.casestep",
                            ),
                        ),
                        ("sealed", models.BinaryField()),
                    ],
                    options={
                        "ordering": ["accused__position", "place"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("accused", "place"), name="one_order_giver_at_each_place"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Motive",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="motives",
                                to="cases.case",
                            ),
                        ),
                        (
                            "accused",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="motives",
                                to="cases.accused",
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                choices=[
                                    ("gain_post", "Gain Post"),
                                    ("keep_post", "Keep Post"),
                                    ("forced", "Forced"),
                                    ("debt_of_favour", "Debt Of Favour"),
                                    ("kinship", "Kinship"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "how_known",
                            models.CharField(
                                choices=[
                                    ("he_said", "He Said"),
                                    ("witness", "Witness"),
                                    ("document", "Document"),
                                    ("other_case", "Other Case"),
                                    ("concluded", "Concluded"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "journal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.casestep",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["accused__position", "code"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("accused", "code"), name="motive_once_per_person"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClosingCause",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="causes",
                                to="cases.case",
                            ),
                        ),
                        (
                            "cause",
                            models.CharField(
                                choices=[
                                    ("code", "Code"),
                                    ("sanction", "Sanction"),
                                    ("procedure", "Procedure"),
                                    ("person", "Person"),
                                    ("no_fault", "No Fault"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "journal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.casestep",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["cause"],
                        "constraints": [
                            models.UniqueConstraint(fields=("case", "cause"), name="cause_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NumberFormat",
                    fields=[
                        (
                            "organ",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="accounts.organ",
                            ),
                        ),
                        ("pattern", models.CharField(blank=True, max_length=120)),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("set_on", models.DateField()),
                    ],
                ),
                migrations.CreateModel(
                    name="LetterCount",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("last", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organ", "kind", "year"), name="letters_counted_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IssuedLetter",
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
                        (
                            "document",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="issued",
                                to="cases.document",
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("place", models.PositiveIntegerField(null=True)),
                        ("number", models.CharField(max_length=120)),
                        ("dated_on", models.DateField()),
                        ("made_on", models.DateField()),
                        ("code_hash", models.BinaryField(max_length=32, unique=True)),
                        ("digest", models.BinaryField(max_length=32)),
                        ("size", models.PositiveIntegerField()),
                        ("made_with", models.CharField(max_length=80)),
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
                        "ordering": ["year", "kind", "place"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organ", "number"), name="letter_number_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("place__isnull", False)),
                                fields=("organ", "kind", "year", "place"),
                                name="letter_place_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("place", None), ("place__gte", 1), _connector="OR"
                                ),
                                name="letter_places_count_from_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Minutes",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="minutes",
                                to="cases.case",
                            ),
                        ),
                        (
                            "hearing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="minutes",
                                to="cases.hearing",
                            ),
                        ),
                        (
                            "document",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="minutes",
                                to="cases.document",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "closed_as",
                            models.CharField(
                                blank=True,
                                choices=[("signed", "Signed"), ("refused", "Refused")],
                                default="",
                                max_length=20,
                            ),
                        ),
                        ("closed_on", models.DateField(null=True)),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("hearing", "number"), name="minutes_version_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("closed_as", ""), _negated=True),
                                fields=("hearing",),
                                name="minutes_are_closed_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_as", ""), ("closed_on", None)),
                                    models.Q(
                                        models.Q(("closed_as", ""), _negated=True),
                                        ("closed_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="minutes_closed_with_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Feed",
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
                            "officer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("token", models.BinaryField(max_length=32, unique=True)),
                        ("language", models.CharField(max_length=2)),
                        ("made_on", models.DateField()),
                    ],
                ),
                migrations.CreateModel(
                    name="DigestSent",
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
                            "officer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("on", models.DateField()),
                        (
                            "mail",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="accounts.mail",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("officer", "on"), name="one_digest_per_officer_and_day"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavedFilter",
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
                            "officer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("whose", models.CharField(blank=True, default="", max_length=12)),
                        ("due", models.CharField(blank=True, default="", max_length=12)),
                        ("kind", models.CharField(blank=True, default="", max_length=20)),
                        ("procedure", models.CharField(blank=True, default="", max_length=60)),
                        ("step", models.CharField(blank=True, default="", max_length=60)),
                    ],
                    options={
                        "ordering": ["whose", "due", "kind", "procedure", "step"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("officer", "whose", "due", "kind", "procedure", "step"),
                                name="a_filter_is_saved_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HandOver",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hand_overs",
                                to="cases.case",
                            ),
                        ),
                        (
                            "sender",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        (
                            "before",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        (
                            "receiver",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        ("step", models.CharField(max_length=60)),
                        (
                            "line",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.casestep",
                            ),
                        ),
                        ("handed_on", models.DateField()),
                        ("due_on", models.DateField()),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("accepted", "Accepted"),
                                    ("returned", "Returned"),
                                    ("passed_on", "Passed On"),
                                ],
                                default="",
                                max_length=12,
                            ),
                        ),
                        ("answered_on", models.DateField(null=True)),
                        (
                            "answer_line",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.casestep",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["handed_on", "line__version"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("answer", "")),
                                fields=["receiver", "due_on"],
                                name="hand_overs_to_take_on",
                            ),
                            models.Index(
                                condition=models.Q(("answer", "")),
                                fields=["sender", "due_on"],
                                name="hand_overs_sent",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("answer", "")),
                                fields=("case",),
                                name="one_hand_over_waits_per_case",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answer", ""), ("answer_line", None), ("answered_on", None)
                                    ),
                                    models.Q(
                                        models.Q(("answer", ""), _negated=True),
                                        ("answer_line__isnull", False),
                                        ("answered_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="hand_over_answer_day_and_line_go_together",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sender", models.F("receiver")), _negated=True),
                                name="nobody_hands_over_to_himself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Holding",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="holdings",
                                to="cases.case",
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
                        ("sent_on", models.DateField()),
                        ("since_on", models.DateField(null=True)),
                        ("until_on", models.DateField(null=True)),
                    ],
                    options={
                        "ordering": ["sent_on"],
                        "indexes": [
                            models.Index(fields=["organ", "until_on"], name="holdings_of_an_organ")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until_on", None)),
                                fields=("case",),
                                name="one_organ_has_a_case",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on", None),
                                    ("until_on__gte", models.F("sent_on")),
                                    _connector="OR",
                                ),
                                name="a_holding_does_not_end_before_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Member",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="cases.case",
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
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        ("asked_on", models.DateField()),
                        ("left_on", models.DateField(null=True)),
                    ],
                    options={
                        "ordering": ["asked_on"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("left_on", None)),
                                fields=("case", "organ"),
                                name="member_once_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("left_on", None),
                                    ("left_on__gte", models.F("asked_on")),
                                    _connector="OR",
                                ),
                                name="a_member_does_not_leave_before_it_came",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reroute",
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
                        (
                            "to",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        (
                            "started_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("started_on", models.DateField()),
                        ("finished_on", models.DateField(null=True)),
                        ("cases", models.PositiveIntegerField(default=0)),
                        ("reports", models.PositiveIntegerField(default=0)),
                        ("sealed_reason", models.BinaryField()),
                    ],
                    options={
                        "ordering": ["started_on"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("finished_on", None)),
                                fields=("organ",),
                                name="an_organ_gives_everything_to_one_other",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("organ", models.F("to")), _negated=True),
                                name="nobody_reroutes_to_himself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deliveries",
                                to="cases.case",
                            ),
                        ),
                        (
                            "term",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="delivery",
                                to="cases.openterm",
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
                            "keeper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("sbt", "Sbt"),
                                    ("sp4n_lapor", "Sp4N Lapor"),
                                    ("letter", "Letter"),
                                    ("itself", "Itself"),
                                ],
                                default="",
                                max_length=20,
                            ),
                        ),
                        ("sent_on", models.DateField(null=True)),
                        ("proven_on", models.DateField(null=True)),
                        ("answered_on", models.DateField(null=True)),
                        ("sealed_ticket", models.BinaryField(null=True)),
                        ("sealed_proof", models.BinaryField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("proven_on", None)),
                                fields=["keeper"],
                                name="deliveries_without_proof",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("proven_on", None),
                                    ("sealed_proof__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_proven_delivery_has_its_proof",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Plenary",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="plenaries",
                                to="cases.case",
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
                        ("step", models.CharField(max_length=60)),
                        ("entered", models.PositiveIntegerField()),
                        ("facts", models.PositiveIntegerField()),
                        ("proposal", models.CharField(max_length=60)),
                        (
                            "called_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("called_on", models.DateField()),
                        ("meets_on", models.DateField()),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("carried", "Carried"),
                                    ("rejected", "Rejected"),
                                    ("tied", "Tied"),
                                    ("no_quorum", "No Quorum"),
                                ],
                                default="",
                                max_length=20,
                            ),
                        ),
                        ("closed_on", models.DateField(null=True)),
                        (
                            "journal",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.casestep",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["called_on", "entered"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("closed_on", None)),
                                fields=("case", "organ"),
                                name="one_plenary_at_a_time_on_a_case",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_on", None), ("journal", None), ("result", "")
                                    ),
                                    models.Q(
                                        ("closed_on__isnull", False),
                                        ("journal__isnull", False),
                                        models.Q(("result", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="plenary_closed_with_a_result",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Seat",
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
                            "plenary",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="seats",
                                to="cases.plenary",
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
                        ("recused", models.CharField(blank=True, default="", max_length=30)),
                        (
                            "choice",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("for", "For"),
                                    ("against", "Against"),
                                    ("abstain", "Abstain"),
                                ],
                                default="",
                                max_length=10,
                            ),
                        ),
                        ("cast_on", models.DateField(null=True)),
                        (
                            "dissent",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.document",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["officer__name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plenary", "officer"), name="one_seat_a_member"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("cast_on", None), ("choice", "")),
                                    models.Q(
                                        models.Q(("choice", ""), _negated=True),
                                        ("cast_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_vote_has_its_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("recused", ""), ("choice", ""), _connector="OR"
                                ),
                                name="who_is_recused_does_not_vote",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublicRow",
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
                        ("organ_code", models.CharField(max_length=60)),
                        ("province_code", models.CharField(max_length=13)),
                        ("month", models.CharField(max_length=7)),
                        ("conduct", models.CharField(blank=True, default="", max_length=40)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("received", "Received"),
                                    ("in_case", "In Case"),
                                    ("forwarded", "Forwarded"),
                                    ("decided", "Decided"),
                                    ("closed", "Closed"),
                                    ("rejected", "Rejected"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("lapsed", models.PositiveSmallIntegerField(default=0)),
                        ("days_taken", models.PositiveIntegerField(null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PublicCase",
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
                        ("organ_code", models.CharField(max_length=60)),
                        ("province_code", models.CharField(max_length=13)),
                        ("month", models.CharField(max_length=7)),
                        ("conduct", models.CharField(blank=True, default="", max_length=40)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("received", "Received"),
                                    ("in_case", "In Case"),
                                    ("forwarded", "Forwarded"),
                                    ("decided", "Decided"),
                                    ("closed", "Closed"),
                                    ("rejected", "Rejected"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("lapsed", models.PositiveSmallIntegerField(default=0)),
                        ("days_taken", models.PositiveIntegerField(null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Routing",
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
                            "report",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="reports.report",
                            ),
                        ),
                        (
                            "case",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "row",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.publicrow",
                            ),
                        ),
                        (
                            "case_row",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.publiccase",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("case", None),
                                        ("case_row", None),
                                        ("report__isnull", False),
                                        ("row__isnull", False),
                                    ),
                                    models.Q(
                                        ("case__isnull", False),
                                        ("case_row__isnull", False),
                                        ("report", None),
                                        ("row", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_routing_joins_one_pair",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceNaming",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="service_namings",
                                to="cases.case",
                            ),
                        ),
                        ("duties", models.JSONField(default=list)),
                        (
                            "journal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.casestep",
                            ),
                        ),
                        ("sealed", models.BinaryField()),
                    ],
                    options={
                        "ordering": ["journal__version"],
                    },
                ),
                migrations.CreateModel(
                    name="Remedy",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="remedies",
                                to="cases.case",
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
                        ("kind", models.CharField(max_length=20)),
                        ("offered_on", models.DateField()),
                        ("due_on", models.DateField()),
                        ("done_on", models.DateField(null=True)),
                        (
                            "journal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.casestep",
                            ),
                        ),
                        ("sealed", models.BinaryField()),
                        ("sealed_proof", models.BinaryField(null=True)),
                    ],
                    options={
                        "ordering": ["offered_on", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("done_on", None)),
                                fields=["organ", "due_on"],
                                name="remedies_not_done",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("done_on", None),
                                    ("sealed_proof__isnull", False),
                                    _connector="OR",
                                ),
                                name="what_was_done_has_its_proof",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RemedyAnswer",
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
                            "remedy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="cases.remedy",
                            ),
                        ),
                        (
                            "offer",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="reports.offer",
                            ),
                        ),
                        (
                            "answer",
                            models.CharField(
                                choices=[("accepted", "Accepted"), ("refused", "Refused")],
                                max_length=10,
                            ),
                        ),
                        ("answered_on", models.DateField()),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "journal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.casestep",
                            ),
                        ),
                        ("sealed", models.BinaryField(null=True)),
                    ],
                    options={
                        "ordering": ["answered_on", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("offer__isnull", False),
                                        ("recorded_by", None),
                                        ("sealed", None),
                                    ),
                                    models.Q(
                                        ("offer", None),
                                        ("recorded_by__isnull", False),
                                        ("sealed__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_answer_comes_by_receipt_or_by_an_officer",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Forwarding",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="forwardings",
                                to="cases.case",
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
                            "how",
                            models.CharField(
                                choices=[
                                    ("letter", "Letter"),
                                    ("sp4n_lapor", "Sp4N Lapor"),
                                    ("reporter", "Reporter"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("forwarded_on", models.DateField()),
                        (
                            "journal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.casestep",
                            ),
                        ),
                        ("sealed", models.BinaryField()),
                    ],
                    options={
                        "ordering": ["forwarded_on", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceFact",
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
                        ("organ_code", models.CharField(max_length=60)),
                        ("month", models.CharField(max_length=7)),
                        ("duty", models.CharField(max_length=20)),
                        ("conduct", models.CharField(blank=True, default="", max_length=40)),
                        ("remedy", models.CharField(blank=True, default="", max_length=10)),
                    ],
                ),
                migrations.CreateModel(
                    name="SatisfactionFact",
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
                        ("organ_code", models.CharField(max_length=60)),
                        ("month", models.CharField(max_length=7)),
                        ("level", models.CharField(max_length=10)),
                    ],
                ),
                migrations.CreateModel(
                    name="ServiceRouting",
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
                            "case",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "fact",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.servicefact",
                            ),
                        ),
                        (
                            "satisfaction",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="reports.satisfaction",
                            ),
                        ),
                        (
                            "said",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.satisfactionfact",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("case__isnull", False),
                                        ("fact__isnull", False),
                                        ("said", None),
                                        ("satisfaction", None),
                                    ),
                                    models.Q(
                                        ("case", None),
                                        ("fact", None),
                                        ("said__isnull", False),
                                        ("satisfaction__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_public_row_belongs_to_a_case_or_to_an_answer",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PriorInformation",
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
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("late", "Late"),
                                    ("incomplete", "Incomplete"),
                                    ("withdrawn", "Withdrawn"),
                                    ("nameless", "Nameless"),
                                    ("press", "Press"),
                                    ("word", "Word"),
                                    ("office", "Office"),
                                    ("lead", "Lead"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "report",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="reports.report",
                            ),
                        ),
                        ("lead", models.CharField(blank=True, default="", max_length=40)),
                        ("came_on", models.DateField()),
                        ("remind_on", models.DateField()),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="information",
                                to="cases.case",
                            ),
                        ),
                        ("set_aside_on", models.DateField(null=True)),
                        ("key_for_organ", models.BinaryField(null=True)),
                        ("sealed", models.BinaryField(null=True)),
                        ("sealed_end", models.BinaryField(null=True)),
                    ],
                    options={
                        "ordering": ["remind_on", "id"],
                        "indexes": [
                            models.Index(
                                fields=["organ", "remind_on"], name="information_of_an_organ"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("report__isnull", False),
                                        ("sealed", None),
                                        (
                                            "source__in",
                                            ("late", "incomplete", "withdrawn", "nameless"),
                                        ),
                                    ),
                                    models.Q(
                                        ("report", None),
                                        ("sealed__isnull", False),
                                        ("source__in", ("press", "word", "office", "lead")),
                                    ),
                                    _connector="OR",
                                ),
                                name="information_is_told_by_a_report_or_by_an_officer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("case", None), ("set_aside_on", None), _connector="OR"
                                ),
                                name="information_in_a_case_is_not_set_aside",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("set_aside_on", None),
                                    ("sealed_end__isnull", False),
                                    _connector="OR",
                                ),
                                name="information_set_aside_has_its_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SupervisoryFinding",
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
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="finding",
                                to="cases.case",
                            ),
                        ),
                        ("found_on", models.DateField()),
                        ("lead", models.CharField(blank=True, default="", max_length=40)),
                        (
                            "information",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="finding",
                                to="cases.priorinformation",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="RequirementCheck",
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
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="reports.report",
                            ),
                        ),
                        ("contest", models.CharField(max_length=10)),
                        ("met", models.JSONField(default=list)),
                        ("missing", models.JSONField(default=list)),
                        (
                            "checked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("checked_on", models.DateField()),
                        ("once", models.UUIDField(unique=True)),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="ReportLink",
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
                            "first",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="reports.report",
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="reports.report",
                            ),
                        ),
                        (
                            "linked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("linked_on", models.DateField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("first", "second"), name="two_reports_linked_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("first", models.F("second")), _negated=True),
                                name="no_report_is_linked_to_itself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseTie",
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
                            "first",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ties_to",
                                to="cases.case",
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ties_from",
                                to="cases.case",
                            ),
                        ),
                        (
                            "why",
                            models.CharField(
                                choices=[
                                    ("linked", "Linked"),
                                    ("split", "Split"),
                                    ("merged", "Merged"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("version", models.PositiveIntegerField()),
                        (
                            "tied_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("tied_on", models.DateField()),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("first", "second", "why"), name="two_cases_tied_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("first", models.F("second")), _negated=True),
                                name="no_case_is_tied_to_itself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportToken",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="reports.report",
                            ),
                        ),
                        ("token", models.BinaryField(max_length=16)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["organ", "token"], name="reports_by_token")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organ", "report", "token"), name="token_once_per_report"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
