import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import timbang.cases.models.documents


def to(model, **options):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model, **options
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_assigned_declared_looked_up"),
        ("ledger", "0001_entries_and_tree_head"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            "exhibit",
            "source",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="redacted",
                to="cases.exhibit",
            ),
        ),
        migrations.AddField("hearing", "journal", to("cases.casestep", null=True)),
        migrations.AddField("summons", "delivered_on", models.DateField(null=True)),
        migrations.AddField("summons", "sealed_proof", models.BinaryField(null=True)),
        migrations.AlterField(
            "document",
            "kind",
            models.CharField(choices=timbang.cases.models.documents.kinds, max_length=20),
        ),
        migrations.AlterField(
            "exhibit",
            "origin",
            models.CharField(choices=timbang.cases.models.documents.origins, max_length=20),
        ),
        migrations.AddConstraint(
            "summons",
            models.CheckConstraint(
                condition=Q(delivered_on=None) | Q(sealed_proof__isnull=False),
                name="a_delivered_summons_has_its_proof",
            ),
        ),
        migrations.CreateModel(
            name="CustodyEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("done_on", models.DateField()),
                ("recorded_on", models.DateField()),
                ("sealed", models.BinaryField(default=bytes)),
                ("content", models.BinaryField(max_length=32)),
                ("hash", models.BinaryField(max_length=32)),
                ("once", models.UUIDField(default=uuid.uuid4)),
                ("entry", to("ledger.entry")),
                (
                    "exhibit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="custody",
                        to="cases.exhibit",
                    ),
                ),
                ("officer", to(settings.AUTH_USER_MODEL)),
                ("organ", to("accounts.organ")),
                ("other_organ", to("accounts.organ", null=True)),
            ],
            options={
                "ordering": ["place"],
                "constraints": [
                    models.UniqueConstraint(fields=("exhibit", "place"), name="custody_place_once"),
                    models.UniqueConstraint(
                        fields=("exhibit", "once"), name="custody_entered_once"
                    ),
                    models.UniqueConstraint(
                        condition=Q(act="opened"),
                        fields=("exhibit", "officer", "done_on"),
                        name="an_opening_is_entered_once_a_day",
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
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="minutes",
                        to="cases.case",
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
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="minutes",
                        to="cases.hearing",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("hearing", "number"), name="minutes_version_once"
                    ),
                    models.UniqueConstraint(
                        condition=~Q(closed_as=""),
                        fields=("hearing",),
                        name="minutes_are_closed_once",
                    ),
                    models.CheckConstraint(
                        condition=Q(closed_as="", closed_on=None)
                        | (~Q(closed_as="") & Q(closed_on__isnull=False)),
                        name="minutes_closed_with_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Plenary",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("step", models.CharField(max_length=60)),
                ("entered", models.PositiveIntegerField()),
                ("facts", models.PositiveIntegerField()),
                ("proposal", models.CharField(max_length=60)),
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
                ("called_by", to(settings.AUTH_USER_MODEL)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plenaries",
                        to="cases.case",
                    ),
                ),
                ("organ", to("accounts.organ")),
            ],
            options={
                "ordering": ["called_on", "entered"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(closed_on=None),
                        fields=("case", "organ"),
                        name="one_plenary_at_a_time_on_a_case",
                    ),
                    models.CheckConstraint(
                        condition=Q(closed_on=None, result="", journal=None)
                        | (Q(closed_on__isnull=False, journal__isnull=False) & ~Q(result="")),
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
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("officer", to(settings.AUTH_USER_MODEL)),
                (
                    "plenary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seats",
                        to="cases.plenary",
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
                        condition=Q(choice="", cast_on=None)
                        | (~Q(choice="") & Q(cast_on__isnull=False)),
                        name="a_vote_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=Q(recused="") | Q(choice=""),
                        name="who_is_recused_does_not_vote",
                    ),
                ],
            },
        ),
    ]
