"""Telling other systems that something changed: written down with the change, given by the worker.

A message holds no content: the number that the other system knows, and that it should ask. It is
signed as Standard Webhooks describes (HMAC-SHA256 over id, instant and body) and given at least
once; whoever gets it twice sees the same id. The surprising fact: the secret that signs stands in
no row. It is derived from the key file of this installation, so that a copy of the database cannot
speak in its name.
"""

from __future__ import annotations

import base64
import hmac
import json
import logging
import secrets
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timbang.accounts import outbound
from timbang.accounts.models import ApiKey, Webhook, WebhookMessage
from timbang.law.refusal import Refusal
from timbang.law.workdays import day_in
from timbang.ledger.actions import record

log = logging.getLogger("timbang.webhooks")
State = WebhookMessage.State

MOST_OF_A_KEY: Final = 5
# A talk lasts no longer; then another worker may try.
TALK: Final = timedelta(minutes=1)
# After the first try; afterwards nobody was there for three days.
PAUSES: Final = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1800, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
)
A_ROUND: Final = 100
GONE: Final = 410
PREFIX: Final = "whsec_"
PING: Final = "ping"

Post = Callable[[str, bytes, Mapping[str, str]], int]


@transaction.atomic
def add(*, key: ApiKey, url: str, at: datetime) -> tuple[Webhook, bool]:
    """Where this key wants to hear of changes, and whether it is new; the same address is one."""
    outbound.target_of(url)
    key = ApiKey.objects.select_for_update(of=("self",)).select_related("organ").get(pk=key.pk)
    if key.revoked_on is not None:
        raise Refusal(_("This key is already revoked."))
    standing = Webhook.objects.filter(key=key, ended_on=None)
    if (same := standing.filter(url=url).first()) is not None:
        return same, False
    if standing.count() >= MOST_OF_A_KEY:
        raise Refusal(_("A key has at most 5 addresses; remove one first."))
    on = day_in(key.organ.time_zone, at)
    webhook = Webhook.objects.create(key=key, url=url, made_on=on)
    _told("webhook.added", webhook, at)
    return webhook, True


@transaction.atomic
def remove(*, webhook: Webhook, at: datetime) -> None:
    """Nothing goes there any more; what waits is forgotten."""
    if _end(webhook, Webhook.Ended.REMOVED, at):
        _told("webhook.removed", webhook, at)


def write(key: ApiKey, kind: str, data: Mapping[str, str], *, at: datetime) -> int:
    """A message to every address of this key, in the transaction of what it tells; how many."""
    standing = Webhook.objects.filter(key=key, ended_on=None)
    return sum(bool(write_to(webhook, kind, data, at=at)) for webhook in standing)


def write_to(
    webhook: Webhook, kind: str, data: Mapping[str, str], *, at: datetime
) -> WebhookMessage:
    """A message to one address."""
    body = json.dumps({"type": kind, "data": dict(data)}, separators=(",", ":"))
    return WebhookMessage.objects.create(webhook=webhook, body=body, not_before=at)


@transaction.atomic
def ping(webhook: Webhook, *, at: datetime) -> WebhookMessage:
    """A message that tells nothing, by which the other side tries whether it hears."""
    message = write_to(webhook, PING, {}, at=at)
    _told("webhook.pinged", webhook, at)
    return message


def secret_of(webhook: Webhook) -> str:
    """What the other side checks signatures with."""
    return PREFIX + base64.b64encode(_secret(webhook)).decode()


def headers_of(message: WebhookMessage, at: datetime) -> dict[str, str]:
    """The headers of a message as it is given now."""
    number, instant = f"msg_{message.pk.hex}", str(int(at.timestamp()))
    signed = f"{number}.{instant}.{message.body}".encode()
    signature = hmac.digest(_secret(message.webhook), signed, "sha256")
    return {
        "Content-Type": "application/json",
        "User-Agent": "Timbang",
        "webhook-id": number,
        "webhook-timestamp": instant,
        "webhook-signature": "v1," + base64.b64encode(signature).decode(),
    }


def send_due(
    *,
    at: datetime,
    post: Post = outbound.post,
    clock: Callable[[], datetime] = timezone.now,
) -> int:
    """Give what waits; how many were taken. Called by the worker, by several at once as well."""
    _put_right(clock())
    given = 0
    for _turn in range(A_ROUND):
        message = _claimed(clock())
        if message is None:
            break
        given += _give(message, post, clock)
    return given


def _secret(webhook: Webhook) -> bytes:
    purpose = b"timbang/webhook:" + webhook.pk.bytes
    return hmac.digest(str(settings.SECRET_KEY).encode(), purpose, "sha256")


def _put_right(at: datetime) -> None:
    """After a crash what was being given waits again."""
    stale = WebhookMessage.objects.filter(state=State.SENDING, claimed_until__lt=at)
    stale.update(state=State.WAITING, claim=None, claimed_until=None)


def _claimed(at: datetime) -> WebhookMessage | None:
    """The next message, ours alone until the claim runs out."""
    waiting = WebhookMessage.objects.filter(state=State.WAITING, not_before__lte=at)
    for pk in list(waiting.order_by("not_before", "pk").values_list("pk", flat=True)[:A_ROUND]):
        ours = WebhookMessage.objects.filter(pk=pk, state=State.WAITING).update(
            state=State.SENDING, claim=uuid.uuid4(), claimed_until=at + TALK
        )
        if ours:
            return WebhookMessage.objects.select_related("webhook__key__organ").get(pk=pk)
    return None


def _give(message: WebhookMessage, post: Post, clock: Callable[[], datetime]) -> bool:
    try:
        answer = post(message.webhook.url, message.body.encode(), headers_of(message, clock()))
    except outbound.NotReached:
        answer = 0
    ours = WebhookMessage.objects.filter(pk=message.pk, claim=message.claim)
    taken = 200 <= answer < 300
    if taken:
        ours.delete()
    elif answer == GONE:
        _stop(message.webhook, Webhook.Ended.GONE, clock())
    elif message.tries >= len(PAUSES):
        _stop(message.webhook, Webhook.Ended.SILENT, clock())
    else:
        ours.update(**_later(message, clock()))
    return taken


def _later(message: WebhookMessage, at: datetime) -> dict[str, object]:
    """Back among those that wait; a little unevenly, so that not all come back at once."""
    pause = PAUSES[message.tries]
    uneven = pause * (secrets.randbelow(200) / 1000)
    again = {"tries": message.tries + 1, "not_before": at + pause + uneven}
    return {"state": State.WAITING, "claim": None, "claimed_until": None, **again}


@transaction.atomic
def _stop(webhook: Webhook, why: Webhook.Ended, at: datetime) -> None:
    """The other side is gone, or has been silent for days: the page of keys says so."""
    if _end(webhook, why, at):
        _told("webhook.ended", webhook, at, why=why.value)
        log.warning("an address of the key %s takes no messages any more", webhook.key.label)


def _end(webhook: Webhook, why: Webhook.Ended, at: datetime) -> bool:
    """Whether it was still standing."""
    on = day_in(webhook.key.organ.time_zone, at)
    ended = Webhook.objects.filter(pk=webhook.pk, ended_on=None).update(ended_on=on, ended=why)
    WebhookMessage.objects.filter(webhook=webhook).delete()
    return bool(ended)


def _told(act: str, webhook: Webhook, at: datetime, **more: str) -> None:
    """The address itself stays out of the log: only that there is one."""
    body = {"organ": str(webhook.key.organ_id), "key": str(webhook.key_id), **more}
    record(act=act, body=body, lane="now", on=day_in(webhook.key.organ.time_zone, at))
