import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_addresses_for_digests"),
        ("cases", "0012_letters_numbered"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Clearing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clears",
                        to="cases.document",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IdleOffice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                    models.Index(fields=["organ_code", "-last_day"], name="idle_offices_by_code")
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
            name="Errand",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
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
                ("sealed_proof", models.BinaryField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="errands",
                        to="cases.case",
                    ),
                ),
                ("since_on", models.DateField()),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organ",
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
            name="IdleTie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "ended_line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.casestep",
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
                    "row",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.idleoffice",
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
            name="Measure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                ("lifted_on", models.DateField(null=True)),
                (
                    "lifted_because",
                    models.CharField(
                        blank=True,
                        choices=[("acted", "Acted"), ("ruling", "Ruling"), ("mistake", "Mistake")],
                        default="",
                        max_length=10,
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
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measures",
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
                                ("lifted_because", ""), ("lifted_line", None), ("lifted_on", None)
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
        migrations.AddIndex(
            model_name="openterm",
            index=models.Index(
                condition=models.Q(
                    ("closed_on", None), ("kind", "law"), ("lapsed_on__isnull", False)
                ),
                fields=["lapsed_on", "organ"],
                name="terms_of_law_that_lapsed",
            ),
        ),
    ]
