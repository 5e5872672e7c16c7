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
                    name="Report",
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
                        ("locator", models.BinaryField(max_length=32, unique=True)),
                        ("province_code", models.CharField(max_length=16)),
                        ("received_on", models.DateField()),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("report", "Report"),
                                    ("prior_information", "Prior Information"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("received", "Received"),
                                    ("question", "Question"),
                                    ("answered", "Answered"),
                                    ("in_case", "In Case"),
                                    ("forwarded", "Forwarded"),
                                    ("decided", "Decided"),
                                    ("closed", "Closed"),
                                    ("rejected", "Rejected"),
                                    ("information", "Information"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="received",
                                max_length=12,
                            ),
                        ),
                        ("next_due_on", models.DateField(null=True)),
                        ("withdrawn_on", models.DateField(null=True)),
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.entry",
                            ),
                        ),
                        ("key_for_organ", models.BinaryField()),
                        ("key_for_reporter", models.BinaryField()),
                        ("sealed_content", models.BinaryField()),
                        ("sealed_identity", models.BinaryField(null=True)),
                        ("identity_key_for_organ", models.BinaryField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organ", "status"], name="reports_by_organ_and_status"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("identity_key_for_organ__isnull", True),
                                        ("sealed_identity__isnull", True),
                                    ),
                                    models.Q(
                                        ("identity_key_for_organ__isnull", False),
                                        ("sealed_identity__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_identity_has_its_key",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sealed_identity__isnull", True),
                                    ("way", "report"),
                                    _connector="OR",
                                ),
                                name="information_without_a_name_holds_no_identity",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "withdrawn"), _negated=True),
                                    ("withdrawn_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_withdrawn_report_has_its_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IdentityOpening",
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
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="openings",
                                to="reports.report",
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
                        ("opened_on", models.DateField()),
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.entry",
                            ),
                        ),
                        ("sealed_reason", models.BinaryField()),
                    ],
                    options={
                        "ordering": ("opened_on", "id"),
                    },
                ),
                migrations.CreateModel(
                    name="Message",
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
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="messages",
                                to="reports.report",
                            ),
                        ),
                        ("position", models.PositiveIntegerField()),
                        (
                            "author",
                            models.CharField(
                                choices=[("reporter", "Reporter"), ("organ", "Organ")], max_length=8
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("question", "Question"),
                                    ("answer", "Answer"),
                                    ("note", "Note"),
                                    ("withdrawal", "Withdrawal"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("sent_on", models.DateField()),
                        ("sealed_text", models.BinaryField()),
                    ],
                    options={
                        "ordering": ("position",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("report", "position"), name="messages_stand_in_order"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Offer",
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
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="offers",
                                to="reports.report",
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
                migrations.CreateModel(
                    name="Satisfaction",
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
                                related_name="satisfaction",
                                to="reports.report",
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
                    ],
                ),
                migrations.CreateModel(
                    name="Attachment",
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
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attachments",
                                to="reports.report",
                            ),
                        ),
                        ("added_on", models.DateField()),
                        ("stored_as", models.CharField(max_length=32, unique=True)),
                        ("has_copy", models.BooleanField()),
                        ("sealed_about", models.BinaryField()),
                    ],
                    options={
                        "ordering": ("added_on", "id"),
                    },
                ),
                migrations.CreateModel(
                    name="StagedFile",
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
                        ("place", models.BinaryField(db_index=True, max_length=32)),
                        ("staged_on", models.DateField()),
                        ("stored_as", models.CharField(max_length=32, unique=True)),
                        ("has_copy", models.BooleanField()),
                        ("sealed_about", models.BinaryField()),
                    ],
                ),
                migrations.CreateModel(
                    name="FileToRemove",
                    fields=[
                        (
                            "stored_as",
                            models.CharField(max_length=34, primary_key=True, serialize=False),
                        ),
                        ("since_on", models.DateField()),
                    ],
                ),
            ],
        ),
    ]
