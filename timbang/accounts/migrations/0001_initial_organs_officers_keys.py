import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from timbang.ledger.creating import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Organ",
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
                        ("code", models.SlugField(max_length=64, unique=True)),
                        ("name", models.CharField(max_length=200)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("task_force", "Neutrality task force"),
                                    ("bawaslu", "Bawaslu (elections supervisor)"),
                                    ("bkn", "BKN (national civil service agency)"),
                                    ("appointing_officer", "Appointing officer"),
                                    ("inspectorate", "Inspectorate"),
                                    ("observer", "Accredited observer"),
                                    ("ethics_council", "Ethics council (Majelis Kode Etik)"),
                                    ("higher_officer", "Superior of the officer who punishes"),
                                    ("bpasn", "BPASN (civil service appeals board)"),
                                    ("ombudsman", "Ombudsman"),
                                    ("service_provider", "Provider of a public service"),
                                    ("regent", "Regent or mayor"),
                                    ("home_ministry", "Ministry of Home Affairs"),
                                    ("police", "Police (Gakkumdu)"),
                                    ("kpu", "KPU (election commission)"),
                                    ("kasn", "KASN (until 2024)"),
                                    ("policy_office", "Office that makes policy"),
                                    ("clearing_office", "Office that clears policy"),
                                    (
                                        "policy_observer",
                                        "Policy observer (citizens' group, faculty, newspaper)",
                                    ),
                                ],
                                max_length=32,
                            ),
                        ),
                        ("region_code", models.CharField(max_length=16)),
                        ("time_zone", models.CharField(max_length=64)),
                        ("inside", models.BooleanField()),
                        ("public_key", models.BinaryField(max_length=32, null=True)),
                        (
                            "channel",
                            models.CharField(
                                blank=True,
                                choices=[
                                    (
                                        "sbt",
                                        "SBT (the civil service agency's"
                                        " integrated sharing system)",
                                    ),
                                    ("sp4n_lapor", "SP4N-LAPOR!"),
                                    ("letter", "Letter"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("address", models.TextField(blank=True)),
                        ("created_on", models.DateField()),
                        ("closed_on", models.DateField(null=True)),
                        (
                            "parent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("code",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        (
                                            "task_force",
                                            "bawaslu",
                                            "bkn",
                                            "appointing_officer",
                                            "inspectorate",
                                            "observer",
                                            "ethics_council",
                                            "higher_officer",
                                            "bpasn",
                                            "ombudsman",
                                            "service_provider",
                                            "regent",
                                            "home_ministry",
                                            "police",
                                            "kpu",
                                            "kasn",
                                            "policy_office",
                                            "clearing_office",
                                            "policy_observer",
                                        ),
                                    )
                                ),
                                name="accounts_organ_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("channel", ""), ("inside", True)),
                                    models.Q(
                                        ("channel__in", ("sbt", "sp4n_lapor", "letter")),
                                        ("inside", False),
                                        ("public_key", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="accounts_organ_outside_has_channel_and_no_key",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_on", None),
                                    ("closed_on__gte", models.F("created_on")),
                                    _connector="OR",
                                ),
                                name="accounts_organ_closed_after_created",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("parent", None),
                                    models.Q(("parent", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="accounts_organ_is_not_its_own_parent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("successor", None),
                                    models.Q(
                                        ("closed_on__isnull", False),
                                        models.Q(("successor", models.F("id")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="accounts_organ_successor_of_a_closed_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Officer",
                    fields=[
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("login", models.CharField(max_length=64, unique=True)),
                        ("name", models.CharField(max_length=200)),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="officers",
                                to="accounts.organ",
                            ),
                        ),
                        ("roles", models.JSONField()),
                        ("public_key", models.BinaryField(max_length=32, null=True)),
                        ("wrapped_key", models.BinaryField(max_length=128, null=True)),
                        ("must_change_password", models.BooleanField()),
                        (
                            "let_in_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("added_on", models.DateField()),
                        ("revoked_on", models.DateField(null=True)),
                    ],
                    options={
                        "ordering": ("login",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("public_key__isnull", False),
                                        ("revoked_on", None),
                                        ("wrapped_key__isnull", False),
                                    ),
                                    models.Q(
                                        ("public_key", None),
                                        ("revoked_on__isnull", False),
                                        ("wrapped_key", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="accounts_officer_key_until_revoked",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrganKeyShare",
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
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shares",
                                to="accounts.organ",
                            ),
                        ),
                        (
                            "officer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="share",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("sealed_key", models.BinaryField(max_length=128)),
                    ],
                ),
                migrations.CreateModel(
                    name="Visit",
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
                            "officer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="visits",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("began_on", models.DateField()),
                        ("used_on", models.DateField()),
                        (
                            "device",
                            models.CharField(
                                choices=[
                                    ("computer", "Computer"),
                                    ("tablet", "Tablet"),
                                    ("phone", "Telephone"),
                                    ("unknown", "Unknown device"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "proof",
                            models.CharField(
                                choices=[
                                    ("password", "Password only"),
                                    ("passkey", "Passkey"),
                                    ("code", "Code from an app"),
                                    ("recovery", "Recovery code"),
                                    ("sign_on", "Sign-on of the office"),
                                ],
                                max_length=16,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-used_on", "-began_on", "id"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("device__in", ("computer", "tablet", "phone", "unknown")),
                                    (
                                        "proof__in",
                                        ("password", "passkey", "code", "recovery", "sign_on"),
                                    ),
                                ),
                                name="accounts_visit_codes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("used_on__gte", models.F("began_on"))),
                                name="accounts_visit_used_after_it_began",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Unlock",
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
                            "officer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="unlocks",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="unlocks",
                                to="accounts.visit",
                            ),
                        ),
                        ("sealed_key", models.BinaryField(max_length=128)),
                        ("used_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="LoginDelay",
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
                        ("digest", models.BinaryField(max_length=32, unique=True)),
                        ("failures", models.PositiveIntegerField()),
                        ("until", models.DateTimeField(db_index=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Absence",
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
                            "officer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="absences",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "delegate",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("roles", models.JSONField()),
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField()),
                        ("entered_on", models.DateField()),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("ended_on", models.DateField(null=True)),
                    ],
                    options={
                        "ordering": ("from_on",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until_on__gte", models.F("from_on"))),
                                name="accounts_absence_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("delegate", None),
                                    models.Q(("delegate", models.F("officer")), _negated=True),
                                    _connector="OR",
                                ),
                                name="accounts_nobody_is_his_own_delegate",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MailAddress",
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
                            "officer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mail_address",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("address", models.EmailField(max_length=254)),
                        (
                            "language",
                            models.CharField(choices=[("id", "id"), ("en", "en")], max_length=2),
                        ),
                        ("code", models.BinaryField(max_length=32)),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("asked_on", models.DateField()),
                        ("confirmed_on", models.DateField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("language__in", ("id", "en"))),
                                name="accounts_mail_address_language",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mail",
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
                            "officer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("address", models.EmailField(max_length=254)),
                        ("subject", models.CharField(blank=True, max_length=200)),
                        ("body", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("sending", "Sending"),
                                    ("handing", "Handing"),
                                    ("sent", "Sent"),
                                    ("unsure", "Unsure"),
                                    ("refused", "Refused"),
                                    ("too_late", "Too Late"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("not_before", models.DateTimeField()),
                        ("useless_after", models.DateTimeField()),
                        ("claim", models.UUIDField(null=True)),
                        ("claimed_until", models.DateTimeField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["state", "not_before"], name="accounts_mail_to_send"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("claim__isnull", False),
                                        ("claimed_until__isnull", False),
                                        ("state__in", ("sending", "handing")),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state__in", ("sending", "handing")), _negated=True
                                        ),
                                        ("claim", None),
                                        ("claimed_until", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="accounts_mail_is_claimed_while_somebody_talks",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ("sent", "unsure", "refused", "too_late")),
                                        _negated=True,
                                    ),
                                    models.Q(("body", ""), ("subject", "")),
                                    _connector="OR",
                                ),
                                name="accounts_mail_that_ended_has_no_words",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Passkey",
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
                            "officer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="passkeys",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("name", models.CharField(max_length=60)),
                        ("credential_id", models.BinaryField(max_length=1023, unique=True)),
                        ("credential", models.BinaryField(max_length=4096)),
                        ("sign_count", models.PositiveBigIntegerField()),
                        ("added_on", models.DateField()),
                    ],
                    options={
                        "ordering": ("added_on", "name", "id"),
                    },
                ),
                migrations.CreateModel(
                    name="CodeDevice",
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
                            "officer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="code_device",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("sealed_secret", models.BinaryField(max_length=128)),
                        ("last_step", models.PositiveBigIntegerField()),
                        ("added_on", models.DateField()),
                    ],
                ),
                migrations.CreateModel(
                    name="RecoveryCode",
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
                            "officer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="recovery_codes",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("digest", models.BinaryField(max_length=32)),
                        ("made_on", models.DateField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("officer", "digest"), name="accounts_recovery_code_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignOn",
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
                            "officer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sign_on",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("issuer", models.CharField(max_length=300)),
                        ("subject", models.CharField(max_length=255)),
                        ("linked_on", models.DateField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("issuer", "subject"), name="accounts_sign_on_of_one_officer"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApiKey",
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
                                related_name="api_keys",
                                to="accounts.organ",
                            ),
                        ),
                        ("name", models.CharField(max_length=100)),
                        ("label", models.CharField(max_length=8, unique=True)),
                        ("digest", models.BinaryField(max_length=32)),
                        ("scopes", models.JSONField()),
                        ("made_on", models.DateField()),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("revoked_on", models.DateField(null=True)),
                    ],
                    options={
                        "ordering": ("made_on", "label"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("revoked_on", None),
                                    ("revoked_on__gte", models.F("made_on")),
                                    _connector="OR",
                                ),
                                name="accounts_api_key_revoked_after_made",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Webhook",
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
                            "key",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="webhooks",
                                to="accounts.apikey",
                            ),
                        ),
                        ("url", models.CharField(max_length=500)),
                        ("made_on", models.DateField()),
                        ("ended_on", models.DateField(null=True)),
                        (
                            "ended",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("removed", "Removed"),
                                    ("revoked", "Revoked"),
                                    ("gone", "Gone"),
                                    ("silent", "Silent"),
                                ],
                                max_length=8,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("made_on", "id"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_on", None)),
                                fields=("key", "url"),
                                name="accounts_webhook_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended", ""), ("ended_on", None)),
                                    models.Q(
                                        ("ended_on__isnull", False),
                                        models.Q(("ended", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="accounts_webhook_ends_for_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WebhookMessage",
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
                            "webhook",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="messages",
                                to="accounts.webhook",
                            ),
                        ),
                        ("body", models.TextField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("waiting", "Waiting"), ("sending", "Sending")],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("not_before", models.DateTimeField()),
                        ("claim", models.UUIDField(null=True)),
                        ("claimed_until", models.DateTimeField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["state", "not_before"], name="accounts_webhook_to_send"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("claim__isnull", False),
                                        ("claimed_until__isnull", False),
                                        ("state", "sending"),
                                    ),
                                    models.Q(
                                        models.Q(("state", "sending"), _negated=True),
                                        ("claim", None),
                                        ("claimed_until", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="accounts_webhook_message_is_claimed_while_sent",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
