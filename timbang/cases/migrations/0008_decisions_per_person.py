import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import timbang.cases.models.journal


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_custody_minutes_votes"),
    ]

    operations = [
        migrations.CreateModel(
            name="SanctionFact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
            ],
        ),
        migrations.AlterField(
            model_name="casestep",
            name="act",
            field=models.CharField(choices=timbang.cases.models.journal.acts, max_length=20),
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                ("sealed", models.BinaryField()),
                ("sealed_proof", models.BinaryField(null=True)),
                (
                    "accused",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="cases.accused",
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
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organ",
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
                    "fact",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cases.sanctionfact",
                    ),
                ),
            ],
            options={
                "ordering": ["accused__position", "version"],
            },
        ),
        migrations.CreateModel(
            name="DecisionEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="cases.decision",
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
                "ordering": ["done_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="ClosingCause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="causes",
                        to="cases.case",
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
            name="Motive",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "accused",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="motives",
                        to="cases.accused",
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
            name="OrderGiver",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                ("recorded_on", models.DateField()),
                ("sealed", models.BinaryField()),
                (
                    "accused",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="order_givers",
                        to="cases.accused",
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
                    "journal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.casestep",
                    ),
                ),
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
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                fields=("accused", "version"), name="decision_version_once_per_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "replaced"), _negated=True),
                fields=("accused",),
                name="one_present_decision_per_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finding", "not_proven"), _negated=True),
                    ("level", ""),
                    _connector="OR",
                ),
                name="nothing_is_imposed_on_who_is_cleared",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("delivered_how", ""), ("delivered_on", None), ("sealed_proof", None)),
                    models.Q(
                        ("delivered_on__isnull", False),
                        ("sealed_proof__isnull", False),
                        models.Q(("delivered_how", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_delivered_decision_has_its_proof",
            ),
        ),
    ]
