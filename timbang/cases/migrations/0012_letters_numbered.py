"""How letters are numbered, and what is known of each letter that was made."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_addresses_for_digests"),
        ("cases", "0011_doors_of_the_accused"),
        ("ledger", "0001_entries_and_tree_head"),
    ]

    operations = [
        migrations.CreateModel(
            name="NumberFormat",
            fields=[
                (
                    "organ",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="accounts.organ",
                    ),
                ),
                ("pattern", models.CharField(blank=True, max_length=120)),
                ("set_on", models.DateField()),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IssuedLetter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("year", models.PositiveSmallIntegerField()),
                ("place", models.PositiveIntegerField(null=True)),
                ("number", models.CharField(max_length=120)),
                ("dated_on", models.DateField()),
                ("made_on", models.DateField()),
                ("code_hash", models.BinaryField(max_length=32, unique=True)),
                ("digest", models.BinaryField(max_length=32)),
                ("size", models.PositiveIntegerField()),
                ("made_with", models.CharField(max_length=80)),
                (
                    "document",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="issued",
                        to="cases.document",
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
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
            ],
            options={
                "ordering": ["year", "kind", "place"],
                "constraints": [
                    models.UniqueConstraint(fields=("organ", "number"), name="letter_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("place__isnull", False)),
                        fields=("organ", "kind", "year", "place"),
                        name="letter_place_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place", None), ("place__gte", 1), _connector="OR"),
                        name="letter_places_count_from_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.organ",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organ", "kind", "year"), name="letters_counted_once"
                    )
                ],
            },
        ),
    ]
