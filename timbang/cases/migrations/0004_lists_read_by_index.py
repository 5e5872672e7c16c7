"""Lists of a million cases are read from one index; search words hang on the organ's own key.

What the new columns repeat is written here once. Search words are not carried over: each organ's
cases are indexed again by itself when one of its officers searches.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from timbang.law import procedure as law

FAR = date(9999, 12, 31)


def put_on_shelves(apps: Any, _editor: Any) -> None:
    keys, cases = apps.get_model("cases", "CaseKey"), apps.get_model("cases", "Case")
    terms = apps.get_model("cases", "OpenTerm")
    case = cases.objects.filter(pk=OuterRef("case"))
    term = terms.objects.filter(case=OuterRef("case"), track=None, closed_on=None)
    keys.objects.update(
        indexed=False,
        ours=Exists(case.filter(keeper=OuterRef("organ"))),
        running=Exists(case.filter(ended_on=None)),
        due_on=Coalesce(Subquery(term.values("safe_day")[:1]), FAR),
        kind=Subquery(case.values("kind")[:1]),
        procedure=Subquery(case.values("procedure__code")[:1]),
        step=Subquery(case.values("step")[:1]),
    )


def say_who_is_named(apps: Any, _editor: Any) -> None:
    terms = apps.get_model("cases", "OpenTerm")
    lapsed = terms.objects.filter(closed_on=None, lapsed_on__isnull=False, case__isnull=False)
    for term in lapsed.select_related("case__procedure", "track"):
        rules = law.from_json(term.case.procedure.body)
        found = (rules.track(term.track.code) if term.track else rules).step(term.step)
        if found.lapse and found.lapse.escalates_to:
            terms.objects.filter(pk=term.pk).update(escalates_to=found.lapse.escalates_to)


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_terms_suspended_extended_own")]
    operations = [
        migrations.DeleteModel("SearchToken"),
        migrations.AlterField(
            "casekey",
            "organ",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organ",
            ),
        ),
        migrations.AddField("casekey", "ours", models.BooleanField(default=False)),
        migrations.AddField("casekey", "running", models.BooleanField(default=True)),
        migrations.AddField("casekey", "due_on", models.DateField(default=FAR)),
        migrations.AddField(
            "casekey", "kind", models.CharField(blank=True, default="", max_length=20)
        ),
        migrations.AddField(
            "casekey", "procedure", models.CharField(blank=True, default="", max_length=60)
        ),
        migrations.AddField(
            "casekey", "step", models.CharField(blank=True, default="", max_length=60)
        ),
        migrations.AddField("casekey", "given", models.BooleanField(default=False)),
        migrations.AddField("casekey", "in_charge", models.BooleanField(default=False)),
        migrations.AddField(
            "openterm", "escalates_to", models.CharField(blank=True, default="", max_length=60)
        ),
        migrations.AlterField(
            "termmove",
            "organ",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organ",
            ),
        ),
        migrations.AlterField("openterm", "ends_at", models.DateTimeField(null=True)),
        migrations.RunPython(put_on_shelves, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(say_who_is_named, migrations.RunPython.noop, elidable=True),
        migrations.CreateModel(
            "SearchToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.BinaryField(max_length=16)),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="cases.casekey",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["token", "key"], name="token_once_per_case_key")
                ]
            },
        ),
        migrations.AddIndex(
            "casekey",
            models.Index(
                fields=["organ", "due_on", "id", "step", "procedure", "kind"],
                condition=Q(ours=True, running=True),
                name="shelf_of_what_waits",
            ),
        ),
        migrations.AddIndex(
            "casekey",
            models.Index(
                fields=["organ", "running", "id", "step", "procedure", "kind"],
                name="shelf_of_what_is_held",
            ),
        ),
        migrations.AddIndex(
            "casekey",
            models.Index(
                fields=["organ", "due_on", "id", "step", "procedure", "kind"],
                condition=Q(ours=True, running=True, in_charge=False),
                name="shelf_of_what_nobody_has",
            ),
        ),
        migrations.AddIndex(
            "casekey",
            models.Index(
                fields=["organ"], condition=Q(indexed=False), name="shelf_without_search_words"
            ),
        ),
        migrations.AddIndex(
            "openterm",
            models.Index(
                fields=["ends_at"],
                condition=Q(closed_on=None, lapsed_on=None, ends_at__isnull=False),
                name="terms_that_may_lapse",
            ),
        ),
        migrations.AddIndex(
            "openterm",
            models.Index(
                fields=["calendar", "started_on", "step"],
                condition=Q(closed_on=None, lapsed_on=None, started_on__isnull=False),
                name="terms_by_their_calendar",
            ),
        ),
        migrations.AddIndex(
            "openterm",
            models.Index(
                fields=["organ", "safe_day", "id"],
                condition=Q(closed_on=None, report__isnull=False),
                name="reports_by_their_term",
            ),
        ),
        migrations.AddIndex(
            "openterm",
            models.Index(
                fields=["escalates_to", "lapsed_on", "id"],
                condition=Q(closed_on=None) & ~Q(escalates_to=""),
                name="lapsed_terms_by_who_is_named",
            ),
        ),
        migrations.AddIndex(
            "delivery",
            models.Index(
                fields=["keeper"], condition=Q(proven_on=None), name="deliveries_without_proof"
            ),
        ),
    ]
