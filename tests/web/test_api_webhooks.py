"""Other systems hear that something changed: nothing lost, no content, signed as they expect."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

from tests.accounts.test_outbound import Quiet, serving
from tests.reports.conftest import AT, Office
from tests.web.api_calls import REPORT, System, make_system
from timbang.accounts import api_keys, webhooks
from timbang.accounts.models import Webhook, WebhookMessage
from timbang.accounts.outbound import NotReached
from timbang.cases.actions import bringing
from timbang.law.refusal import Refusal
from timbang.reports import actions as reports
from timbang.reports import receipt
from timbang.reports.models import Report
from timbang.web.api import limits

pytestmark = pytest.mark.django_db
URL = "https://a.example/in"
State = WebhookMessage.State


@dataclass
class Side:
    """The other side: what came, and which number it answers."""

    answer: int = 204
    came: list[tuple[bytes, Mapping[str, str]]] = field(default_factory=list)

    def __call__(self, _url: str, body: bytes, headers: Mapping[str, str]) -> int:
        self.came.append((body, headers))
        if self.answer == 0:
            raise NotReached
        return self.answer


@pytest.fixture
def system(office: Office) -> Iterator[System]:
    limits._counter.counts = {}
    yield make_system(office.organ)


@pytest.fixture
def report(system: System) -> Report:
    filed = system.post("/v1/reports", REPORT, "one-report-1").value
    return Report.objects.select_related("organ").get(pk=filed["id"])


@pytest.fixture
def webhook(system: System) -> Webhook:
    return webhooks.add(key=system.key, url=URL, at=AT)[0]


def change(report: Report, office: Office, status: str = "in_case") -> None:
    reports.tell(report, status=status, next_due_on=AT.date(), by=office.officer, at=AT)


def send(side: Side, at: datetime = AT) -> int:
    return webhooks.send_due(at=at, post=side, clock=lambda: at)


def test_a_change_is_told_once_and_without_content(
    office: Office, report: Report, webhook: Webhook
) -> None:
    side = Side()
    assert bringing.note_changes(at=AT) == 0
    change(report, office)
    assert bringing.note_changes(at=AT) == 1
    assert bringing.note_changes(at=AT) == 0
    assert send(side) == 1
    assert send(side) == 0
    body, _headers = side.came[0]
    assert json.loads(body) == {"type": "report.changed", "data": {"id": str(report.pk)}}


def test_what_a_reporter_did_himself_is_told_on_another_day(
    office: Office, system: System, report: Report, webhook: Webhook
) -> None:
    """Neither by a message nor by asking each minute does anybody learn when he was here."""
    again = system.post("/v1/reports", REPORT, "one-report-1").value
    opened = reports.open_as_reporter(report, receipt.parse(again["receipt"]))
    reports.withdraw(report, report_key=opened.report_key, at=AT)
    for hours in (0, 1, 12):
        assert bringing.note_changes(at=AT + timedelta(hours=hours)) == 0
        assert system.get(f"/v1/reports/{report.pk}").value["status"] == "received"
    assert bringing.note_changes(at=AT + timedelta(hours=14)) == 1
    assert system.get(f"/v1/reports/{report.pk}").value["status"] == "withdrawn"
    assert [row["id"] for row in system.get("/v1/reports?status=withdrawn").value["items"]]


def test_what_the_office_does_is_not_held_by_what_the_reporter_did(
    office: Office, system: System, report: Report, webhook: Webhook
) -> None:
    again = system.post("/v1/reports", REPORT, "one-report-1").value
    opened = reports.open_as_reporter(report, receipt.parse(again["receipt"]))
    reports.ask(report, "Who?", report_key=opened.report_key, by=office.officer, at=AT)
    assert bringing.note_changes(at=AT) == 1
    reports.reply(report, "He.", report_key=opened.report_key, at=AT, once=b"one")
    assert bringing.note_changes(at=AT) == 0
    change(report, office)
    assert bringing.note_changes(at=AT) == 1
    assert bringing.note_changes(at=AT + timedelta(days=1)) == 0


def test_only_the_key_that_brought_it_is_told(
    office: Office, report: Report, webhook: Webhook
) -> None:
    other = make_system(office.organ, name="SP4N")
    webhooks.add(key=other.key, url="https://b.example/in", at=AT)
    change(report, office)
    bringing.note_changes(at=AT)
    assert [message.webhook for message in WebhookMessage.objects.all()] == [webhook]


def test_a_crash_between_row_and_message_leaves_both_undone(
    office: Office, report: Report, webhook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(report, office)
    with monkeypatch.context() as patch:
        patch.setattr(bringing.webhooks, "write", lambda *_a, **_k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            bringing.note_changes(at=AT)
    assert bringing.note_changes(at=AT) == 1
    assert WebhookMessage.objects.count() == 1


def test_the_signature_is_that_of_standard_webhooks(
    office: Office, report: Report, webhook: Webhook
) -> None:
    side = Side()
    change(report, office)
    bringing.note_changes(at=AT)
    send(side)
    body, headers = side.came[0]
    secret = base64.b64decode(webhooks.secret_of(webhook).removeprefix("whsec_"))
    assert len(secret) == 32
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert headers["webhook-timestamp"] == str(int(AT.timestamp()))


def test_what_signs_stands_in_no_table(webhook: Webhook) -> None:
    secret = base64.b64decode(webhooks.secret_of(webhook).removeprefix("whsec_"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_webhook")
        kept = repr(cursor.fetchall())
    assert repr(secret)[2:-1] not in kept
    assert str(settings.SECRET_KEY) not in kept
    with override_settings(SECRET_KEY="another installation"):
        assert webhooks.secret_of(webhook) != "whsec_" + base64.b64encode(secret).decode()


def test_who_does_not_answer_is_asked_again_later_and_later(
    office: Office, report: Report, webhook: Webhook
) -> None:
    side, at = Side(answer=500), AT
    change(report, office)
    bringing.note_changes(at=AT)
    waits = []
    while WebhookMessage.objects.filter(state=State.WAITING).exists():
        side.answer = [500, 0, 302, 404][len(waits) % 4]
        send(side, at)
        send(side, at)
        after = WebhookMessage.objects.filter(state=State.WAITING).first()
        if after is None:
            break
        waits.append(after.not_before - at)
        at = after.not_before
    assert len(side.came) == len(webhooks.PAUSES) + 1
    assert waits == sorted(waits)
    assert timedelta(days=3) < at - AT < timedelta(days=4)
    webhook.refresh_from_db()
    assert webhook.ended == Webhook.Ended.SILENT
    assert {headers["webhook-id"] for _body, headers in side.came} == {
        side.came[0][1]["webhook-id"]
    }


def test_it_comes_through_when_the_other_side_is_back(
    office: Office, report: Report, webhook: Webhook
) -> None:
    side = Side(answer=503)
    change(report, office)
    bringing.note_changes(at=AT)
    send(side)
    side.answer = 200
    assert send(side) == 0
    assert send(side, AT + timedelta(seconds=10)) == 1
    # Nobody reads later when something happened.
    assert not WebhookMessage.objects.exists()


def test_the_other_side_can_say_that_it_is_gone(
    office: Office, report: Report, webhook: Webhook
) -> None:
    change(report, office)
    bringing.note_changes(at=AT)
    send(Side(answer=410))
    webhook.refresh_from_db()
    assert webhook.ended == Webhook.Ended.GONE
    assert not WebhookMessage.objects.exists()


def test_who_dies_while_sending_leaves_it_to_the_next(
    office: Office, report: Report, webhook: Webhook
) -> None:
    class Killed(BaseException):
        pass

    def die(*_arguments: Any) -> int:
        raise Killed

    change(report, office)
    bringing.note_changes(at=AT)
    with pytest.raises(Killed):
        webhooks.send_due(at=AT, post=die, clock=lambda: AT)
    side = Side()
    assert send(side, AT + timedelta(seconds=30)) == 0
    assert send(side, AT + timedelta(seconds=61)) == 1


def test_an_address_is_added_once_and_removed(system: System) -> None:
    first = system.post("/v1/webhooks", {"url": URL})
    again = system.post("/v1/webhooks", {"url": URL})
    assert (first.status, again.status) == (201, 200)
    assert first.value == again.value
    assert first.value["secret"].startswith("whsec_")
    place = f"/v1/webhooks/{first.value['id']}"
    assert "secret" not in system.get("/v1/webhooks").value[0]
    assert system.send("POST", f"{place}/ping").status == 202
    assert system.send("DELETE", place).status == 204
    assert system.send("DELETE", place).status == 404
    assert system.get("/v1/webhooks").value == []
    assert not WebhookMessage.objects.exists()


@pytest.mark.parametrize("url", ["http://a.example/", "https://10.0.0.1/in", "https://[::1]/in"])
def test_an_address_inside_is_refused_with_a_sentence(system: System, url: str) -> None:
    answer = system.post("/v1/webhooks", {"url": url})
    assert (answer.status, answer.value["code"]) == (409, "refused")
    assert answer.value["detail"]


def test_a_key_has_a_few_addresses_only(system: System) -> None:
    answers = [
        system.post("/v1/webhooks", {"url": f"https://a.example/{n}"}).status for n in range(6)
    ]
    assert answers == [201] * 5 + [409]


def test_with_the_key_its_addresses_end(system: System, webhook: Webhook) -> None:
    webhooks.ping(webhook, at=AT)
    api_keys.revoke_key(key=system.key, by=None, at=AT)
    webhook.refresh_from_db()
    assert webhook.ended == Webhook.Ended.REVOKED
    assert send(side := Side()) == 0
    assert side.came == []
    with pytest.raises(Refusal):
        webhooks.add(key=system.key, url=URL, at=AT)


def test_a_real_server_hears_it(office: Office, system: System, report: Report) -> None:
    came: list[tuple[bytes, dict[str, str]]] = []

    def take(talk: Quiet) -> None:
        length = int(talk.headers["Content-Length"])
        came.append((talk.rfile.read(length), dict(talk.headers)))
        talk.send_response(200)
        talk.end_headers()

    with serving(take) as url, override_settings(WEBHOOK_PRIVATE=True):
        webhooks.add(key=system.key, url=url, at=AT)
        change(report, office)
        bringing.note_changes(at=AT)
        assert webhooks.send_due(at=AT, clock=lambda: AT) == 1
    body, headers = came[0]
    assert json.loads(body)["data"] == {"id": str(report.pk)}
    assert headers["webhook-signature"].startswith("v1,")
