import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0015_hand_over_by_api"),
        ("ledger", "0001_entries_and_tree_head"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("report_id", models.UUIDField(null=True)),
                ("rule", models.CharField(max_length=40)),
                ("ended_on", models.DateField()),
                ("due_on", models.DateField()),
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
                ("answered_on", models.DateField(null=True)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("openings", models.PositiveIntegerField(default=0)),
                ("files", models.PositiveIntegerField(default=0)),
                (
                    "answered_by",
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
                        related_name="erasures",
                        to="cases.case",
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.entry",
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
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-answered_on", "-proposed_on", "pk"],
                "indexes": [models.Index(fields=["organ", "answer"], name="erasures_of_an_organ")],
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
                                ("answer", ""),
                                ("answered_by", None),
                                ("answered_on", None),
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
                            models.Q(("answered_by", models.F("proposed_by")), _negated=True),
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
            name="LegalHold",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("placed_on", models.DateField()),
                ("sealed_reason", models.BinaryField()),
                ("lifted_on", models.DateField(null=True)),
                ("sealed_lift", models.BinaryField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="holds",
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
                    "lift_journal",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.casestep",
                    ),
                ),
                (
                    "lifted_by",
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
    ]
