import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0013_after_the_decision"),
        ("reports", "0004_service_complaints"),
    ]

    operations = [
        migrations.CreateModel(
            name="SatisfactionFact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("organ_code", models.CharField(max_length=60)),
                ("month", models.CharField(max_length=7)),
                ("level", models.CharField(max_length=10)),
            ],
        ),
        migrations.CreateModel(
            name="ServiceFact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
            name="Forwarding",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                ("sealed", models.BinaryField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="forwardings",
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
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organ",
                    ),
                ),
            ],
            options={
                "ordering": ["forwarded_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="Remedy",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("offered_on", models.DateField()),
                ("due_on", models.DateField()),
                ("done_on", models.DateField(null=True)),
                ("sealed", models.BinaryField()),
                ("sealed_proof", models.BinaryField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remedies",
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
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organ",
                    ),
                ),
            ],
            options={
                "ordering": ["offered_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="RemedyAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[("accepted", "Accepted"), ("refused", "Refused")], max_length=10
                    ),
                ),
                ("answered_on", models.DateField()),
                ("sealed", models.BinaryField(null=True)),
                (
                    "journal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.casestep",
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
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
            options={
                "ordering": ["answered_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="ServiceNaming",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("duties", models.JSONField(default=list)),
                ("sealed", models.BinaryField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="service_namings",
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
            ],
            options={
                "ordering": ["journal__version"],
            },
        ),
        migrations.CreateModel(
            name="ServiceRouting",
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
                    "said",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.satisfactionfact",
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
            ],
        ),
        migrations.AddIndex(
            model_name="remedy",
            index=models.Index(
                condition=models.Q(("done_on", None)),
                fields=["organ", "due_on"],
                name="remedies_not_done",
            ),
        ),
        migrations.AddConstraint(
            model_name="remedy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done_on", None), ("sealed_proof__isnull", False), _connector="OR"
                ),
                name="what_was_done_has_its_proof",
            ),
        ),
        migrations.AddConstraint(
            model_name="remedyanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("offer__isnull", False), ("recorded_by", None), ("sealed", None)),
                    models.Q(
                        ("offer", None), ("recorded_by__isnull", False), ("sealed__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="an_answer_comes_by_receipt_or_by_an_officer",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicerouting",
            constraint=models.CheckConstraint(
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
            ),
        ),
    ]
