"""The document and the door say the same: schemathesis asks every address in many odd ways.

Its checks: no fault of ours, answers and their types as in the document, methods that are not
there, keys that are needed, values refused that the document refuses, and taken that it takes.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode

from tests.reports.conftest import AT, Office
from tests.web.api_calls import REPORT, System, make_system
from timbang.accounts import webhooks
from timbang.reports import forms
from timbang.web.api import limits
from timbang.web.wsgi import application

pytestmark = pytest.mark.django_db(transaction=True)

CASES = 8
DOCUMENT = "/api/openapi.json"


@pytest.fixture
def system(office: Office) -> Iterator[System]:
    with override_settings(API_LIMIT=10**9):
        yield make_system(office.organ)
    limits._counter.counts = {}


@pytest.fixture
def numbers(system: System) -> dict[str, str]:
    """What really exists behind the addresses that name something."""
    report = system.post("/v1/reports", REPORT, "one-report-1").value["id"]
    webhook, _fresh = webhooks.add(key=system.key, url="https://a.example/in", at=AT)
    # Of no dossier: what the door answers there stands in test_api_dossiers.
    dossier = "k-0001-tidak-ada-2026"
    return {"report_id": report, "webhook_id": str(webhook.pk), "name": dossier}


def likely(case: Case, numbers: dict[str, str]) -> None:
    """What the document cannot say: which regions there are, which day it is, whose URLs hold."""
    body: Any = case.body
    if isinstance(body, dict):
        for name in ("region", *forms.DAYS):
            body.pop(name, None)
        for person in body.get("accused", []):
            person.pop("region", None)
        if "province" in body:
            body["province"] = "32"
        if "url" in body:
            body["url"] = "https://c.example/in"
    if "Idempotency-Key" in (case.headers or {}):
        case.headers["Idempotency-Key"] = uuid.uuid4().hex
    for name in case.path_parameters or {}:
        case.path_parameters[name] = numbers[name]


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_the_document_and_the_door_agree(
    system: System, numbers: dict[str, str], mode: GenerationMode
) -> None:
    schema = schemathesis.openapi.from_wsgi(DOCUMENT, application)
    headers = {"Authorization": f"Bearer {system.token}"}
    tried = 0
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=CASES, deadline=None, database=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Case) -> None:
            if mode is GenerationMode.POSITIVE:
                likely(case, numbers)
            case.call_and_validate(headers=headers)

        ask()
        tried += 1
    assert tried == 11
