"""How the tests speak as another system: JSON and a key in each request."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from tests.reports.conftest import AT
from timbang.accounts import api_keys
from timbang.accounts.models import ApiKey, Organ

REPORT: dict[str, Any] = {
    "kind": "neutrality",
    "province": "32",
    "region": "32.04",
    "narrative": "The head of the office told us to wear the colour of his candidate.",
    "accused": [{"name": "Tjahjo", "post": "Kepala dinas", "region": "32.04"}],
    "conduct": ["other"],
    "happened_from": "2026-11-01",
    "language": "en",
}


@dataclass
class Answer:
    status: int
    value: Any
    headers: Any


@dataclass
class System:
    """Another system with a key."""

    key: ApiKey
    token: str = field(repr=False)

    def send(
        self, method: str, path: str, value: object = None, *, once: str = "", **more: Any
    ) -> Answer:
        headers = {"authorization": f"Bearer {self.token}", **more.pop("headers", {})}
        if once:
            headers["idempotency-key"] = once
        data = more.pop("data", None) or (b"" if value is None else json.dumps(value).encode())
        client = Client(raise_request_exception=False)
        response = client.generic(
            method, f"/api{path}", data, more.pop("content_type", "application/json"),
            headers=headers, **more,
        )  # fmt: skip
        assert not response.cookies
        text = response.content.decode()
        return Answer(response.status_code, json.loads(text) if text else None, response.headers)

    def get(self, path: str, **more: Any) -> Answer:
        return self.send("GET", path, **more)

    def post(self, path: str, value: object, once: str = "", **more: Any) -> Answer:
        return self.send("POST", path, value, once=once, **more)


def make_system(organ: Organ, *scopes: str, name: str = "SBT") -> System:
    key, token = api_keys.make_key(
        organ=organ, name=name, scopes=scopes or tuple(api_keys.SCOPES), by=None, at=AT
    )
    return System(key, token)
