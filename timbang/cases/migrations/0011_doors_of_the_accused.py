import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_my_day_feeds_digests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Door",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField(default=1)),
                ("opened_on", models.DateField()),
                ("changed_on", models.DateField()),
                ("locator", models.BinaryField(max_length=32, unique=True)),
                ("key_for_accused", models.BinaryField()),
                ("key_for_case", models.BinaryField()),
                ("sealed_receipt", models.BinaryField(null=True)),
                (
                    "accused",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="door",
                        to="cases.accused",
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
            ],
        ),
        migrations.CreateModel(
            name="DoorMessage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                ("remedy", models.CharField(blank=True, default="", max_length=60)),
                ("window", models.CharField(blank=True, default="", max_length=20)),
                ("read_on", models.DateField(null=True)),
                ("sealed_text", models.BinaryField()),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.decision",
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
                (
                    "read_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="DoorFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="cases.doormessage",
                    ),
                ),
            ],
            options={
                "ordering": ["added_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="DoorItem",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                ("sealed", models.BinaryField()),
                (
                    "door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="cases.door",
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
                (
                    "shown_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
        migrations.AddIndex(
            model_name="doormessage",
            index=models.Index(
                condition=models.Q(("read_on", None)), fields=["sent_on", "id"], name="door_messages_unread"
            ),
        ),
        migrations.AddConstraint(
            model_name="doormessage",
            constraint=models.UniqueConstraint(
                fields=("door", "position"), name="door_messages_stand_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="doormessage",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="doormessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("read_by", None), ("read_on", None)),
                    models.Q(("read_by__isnull", False), ("read_on__isnull", False)),
                    _connector="OR",
                ),
                name="a_read_message_has_its_reader",
            ),
        ),
    ]
