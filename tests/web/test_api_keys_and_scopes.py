"""Every key on every address of other systems. The list of addresses is read from the document:
a new one fails here until its row says which scope it needs."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.reports.conftest import AT, make_office
from tests.web.api_calls import REPORT, System, make_system
from timbang.accounts import api_keys, webhooks
from timbang.accounts.models import Webhook
from timbang.cases.models import Brought
from timbang.ledger.models import Entry
from timbang.policy import addresses
from timbang.policy.models import Dossier
from timbang.reports.models import Report
from timbang.web.api import limits

pytestmark = pytest.mark.django_db

# Operation: the scope that it needs ("": any key), and whether it names something of one key.
NEEDS = {
    "fileReport": ("report:file", False),
    "handOver": ("case:hand-over", False),
    "listReports": ("status:read", False),
    "readReport": ("status:read", True),
    "readKey": ("", False),
    "listWebhooks": ("webhook:manage", False),
    "addWebhook": ("webhook:manage", False),
    "pingWebhook": ("webhook:manage", True),
    "removeWebhook": ("webhook:manage", True),
    "listDossiers": ("", False),
    "readDossier": ("", False),
}
HANDED = {**REPORT, "from_office": "Inspektorat", "from_number": "7/2026"}
BODIES: dict[str, Any] = {
    "fileReport": REPORT,
    "handOver": HANDED,
    "addWebhook": {"url": "https://b.example/in"},
}


def operations() -> dict[str, tuple[str, str]]:
    paths = Client().get("/api/openapi.json").json()["paths"]
    return {
        operation["operationId"]: (method.upper(), path.removeprefix("/api"))
        for path, each in paths.items()
        for method, operation in each.items()
    }


def test_every_key_gets_what_the_table_says(office: Any) -> None:
    owner = make_system(office.organ, name="owner")
    report = owner.post("/v1/reports", REPORT, "of-the-owner-1").value["id"]
    webhook, _fresh = webhooks.add(key=owner.key, url="https://a.example/in", at=AT)
    dossier = Dossier.objects.create(
        organ=office.organ, year=2026, serial=1, number="K-0001/X/2026", mode="observer",
        title="Rekaan", office="Kantor rekaan", region_code="ID", opened_on=AT.date(),
        published_on=AT.date(),
    )  # fmt: skip
    name_of_dossier = addresses.slug_of(dossier.number)
    callers = {scope: make_system(office.organ, scope, name=scope) for scope in api_keys.SCOPES}
    callers["elsewhere"] = make_system(make_office("lain").organ)
    revoked = make_system(office.organ, name="revoked")
    api_keys.revoke_key(key=revoked.key, by=None, at=AT)
    callers |= {"owner": owner, "revoked": revoked, "nobody": System(revoked.key, "")}
    assert set(operations()) == set(NEEDS)
    for name, (method, path) in operations().items():
        place = path.format(report_id=report, webhook_id=webhook.pk, name=name_of_dossier)
        for who, system in callers.items():
            limits._counter.counts = {}
            acts, filed = Entry.objects.count(), Report.objects.count()
            answer = system.send(method, place, BODIES.get(name), once=f"try-{name}")
            expected = wanted(name, who)
            assert (answer.status, name, who) == (expected, name, who), answer.value
            if expected >= 400:
                assert (Entry.objects.count(), Report.objects.count()) == (acts, filed)
                assert report not in str(answer.value)
        # What the owner removed stands again for the next one.
        Webhook.objects.filter(pk=webhook.pk).update(ended_on=None, ended="")


def wanted(name: str, who: str) -> int:
    scope, named = NEEDS[name]
    if who in ("revoked", "nobody"):
        return 401
    if who in api_keys.SCOPES and scope not in ("", who):
        return 403
    if named and who != "owner":
        return 404
    good = {"fileReport": 201, "handOver": 201, "addWebhook": 201}
    return good.get(name, {"pingWebhook": 202, "removeWebhook": 204}.get(name, 200))


def test_the_row_of_what_came_names_its_key(office: Any) -> None:
    system = make_system(office.organ)
    system.post("/v1/reports", REPORT, "one-report-1")
    assert Brought.objects.get().key == system.key
