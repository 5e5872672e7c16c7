import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0003_prior_information"),
    ]

    operations = [
        migrations.CreateModel(
            name="Satisfaction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("very", "Very"),
                            ("rather", "Rather"),
                            ("little", "Little"),
                            ("not", "Not"),
                        ],
                        max_length=10,
                    ),
                ),
                ("said_on", models.DateField()),
                ("sealed_words", models.BinaryField()),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="satisfaction",
                        to="reports.report",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("remedy", models.UUIDField()),
                ("offered_on", models.DateField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("accepted", "Accepted"), ("refused", "Refused")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("answered_on", models.DateField(null=True)),
                ("sealed", models.BinaryField()),
                ("sealed_answer", models.BinaryField(null=True)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offers",
                        to="reports.report",
                    ),
                ),
            ],
            options={
                "ordering": ("offered_on", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "remedy"), name="remedy_offered_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_on", None)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="an_answer_to_an_offer_has_its_day",
                    ),
                ],
            },
        ),
    ]
