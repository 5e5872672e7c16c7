import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

from timbang.ledger.creating import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledger", "0001_entries_and_tree_head"),
    ]

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Release",
                    fields=[
                        (
                            "month",
                            models.CharField(max_length=7, primary_key=True, serialize=False),
                        ),
                        ("released_on", models.DateField()),
                        ("file", models.TextField()),
                        ("digest", models.CharField(max_length=64)),
                        (
                            "entry",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.entry",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-month",),
                    },
                ),
                migrations.CreateModel(
                    name="ReleaseCell",
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
                            "subject",
                            models.CharField(
                                choices=[("reports", "Reports"), ("cases", "Cases")], max_length=8
                            ),
                        ),
                        ("table", models.CharField(max_length=16)),
                        ("first", models.CharField(max_length=60)),
                        ("second", models.CharField(blank=True, max_length=60)),
                        (
                            "release",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cells",
                                to="publication.release",
                            ),
                        ),
                        ("fives", models.PositiveIntegerField()),
                    ],
                    options={
                        "ordering": ("subject", "table", "first", "second"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("release", "subject", "table", "first", "second"),
                                name="figure_once_in_a_release",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("fives__gte", 1)), name="figure_is_a_full_five"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CellFives",
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
                            "subject",
                            models.CharField(
                                choices=[("reports", "Reports"), ("cases", "Cases")], max_length=8
                            ),
                        ),
                        ("table", models.CharField(max_length=16)),
                        ("first", models.CharField(max_length=60)),
                        ("second", models.CharField(blank=True, max_length=60)),
                        ("seen", models.PositiveIntegerField()),
                        ("never", models.PositiveIntegerField()),
                        ("shown", models.PositiveIntegerField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("subject", "table", "first", "second"),
                                name="fives_once_for_a_cell",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "seen__gte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("never"), "+", models.F("shown")
                                        ),
                                    )
                                ),
                                name="fives_shown_were_full",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
