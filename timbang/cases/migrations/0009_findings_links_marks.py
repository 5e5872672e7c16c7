import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_decisions_per_person"),
        ("reports", "0003_prior_information"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="CaseTie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        choices=[("linked", "Linked"), ("split", "Split"), ("merged", "Merged")],
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("tied_on", models.DateField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="SupervisoryFinding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("found_on", models.DateField()),
                ("lead", models.CharField(blank=True, default="", max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name="PriorInformation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                ("lead", models.CharField(blank=True, default="", max_length=40)),
                ("came_on", models.DateField()),
                ("remind_on", models.DateField()),
                ("set_aside_on", models.DateField(null=True)),
                ("key_for_organ", models.BinaryField(null=True)),
                ("sealed", models.BinaryField(null=True)),
                ("sealed_end", models.BinaryField(null=True)),
            ],
            options={
                "ordering": ["remind_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="ReportLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("linked_on", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="ReportToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.BinaryField(max_length=16)),
            ],
        ),
        migrations.CreateModel(
            name="RequirementCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("contest", models.CharField(max_length=10)),
                ("met", models.JSONField(default=list)),
                ("missing", models.JSONField(default=list)),
                ("checked_on", models.DateField()),
                ("once", models.UUIDField(unique=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="case",
            name="way_in",
            field=models.CharField(
                choices=[
                    ("report", "Report"),
                    ("finding", "Finding"),
                    ("prior_information", "Prior Information"),
                ],
                default="report",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="casetie",
            name="first",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="ties_to", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="casetie",
            name="second",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="ties_from",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="casetie",
            name="tied_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="supervisoryfinding",
            name="case",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="finding", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="supervisoryfinding",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="priorinformation",
            name="case",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="information",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="priorinformation",
            name="organ",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organ"
            ),
        ),
        migrations.AddField(
            model_name="priorinformation",
            name="recorded_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="priorinformation",
            name="report",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reports.report",
            ),
        ),
        migrations.AddField(
            model_name="supervisoryfinding",
            name="information",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="finding",
                to="cases.priorinformation",
            ),
        ),
        migrations.AddField(
            model_name="reportlink",
            name="first",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="reports.report"
            ),
        ),
        migrations.AddField(
            model_name="reportlink",
            name="linked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reportlink",
            name="second",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="reports.report"
            ),
        ),
        migrations.AddField(
            model_name="reporttoken",
            name="organ",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.organ"
            ),
        ),
        migrations.AddField(
            model_name="reporttoken",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="reports.report"
            ),
        ),
        migrations.AddField(
            model_name="requirementcheck",
            name="checked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="requirementcheck",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="reports.report"
            ),
        ),
        migrations.AddConstraint(
            model_name="casetie",
            constraint=models.UniqueConstraint(
                fields=("first", "second", "why"), name="two_cases_tied_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="casetie",
            constraint=models.CheckConstraint(
                condition=models.Q(("first", models.F("second")), _negated=True),
                name="no_case_is_tied_to_itself",
            ),
        ),
        migrations.AddIndex(
            model_name="priorinformation",
            index=models.Index(fields=["organ", "remind_on"], name="information_of_an_organ"),
        ),
        migrations.AddConstraint(
            model_name="priorinformation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("report__isnull", False),
                        ("sealed", None),
                        ("source__in", ("late", "incomplete", "withdrawn", "nameless")),
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
        ),
        migrations.AddConstraint(
            model_name="priorinformation",
            constraint=models.CheckConstraint(
                condition=models.Q(("case", None), ("set_aside_on", None), _connector="OR"),
                name="information_in_a_case_is_not_set_aside",
            ),
        ),
        migrations.AddConstraint(
            model_name="priorinformation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("set_aside_on", None), ("sealed_end__isnull", False), _connector="OR"
                ),
                name="information_set_aside_has_its_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportlink",
            constraint=models.UniqueConstraint(
                fields=("first", "second"), name="two_reports_linked_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("first", models.F("second")), _negated=True),
                name="no_report_is_linked_to_itself",
            ),
        ),
        migrations.AddIndex(
            model_name="reporttoken",
            index=models.Index(fields=["organ", "token"], name="reports_by_token"),
        ),
        migrations.AddConstraint(
            model_name="reporttoken",
            constraint=models.UniqueConstraint(
                fields=("organ", "report", "token"), name="token_once_per_report"
            ),
        ),
    ]
