"""Keys by which other systems come in: made, found by what they say, revoked.

A key belongs to one organ and says what it may (its scopes). Its secret is shown once, to whoever
makes it; a digest stays. The surprising fact: the secret also makes every retry safe. What is filed
twice under the same words of the caller (`draft`) is found again without anything being stored.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import ApiKey, Officer, Organ, Webhook, WebhookMessage
from timbang.law.refusal import Refusal
from timbang.law.workdays import day_in
from timbang.ledger.actions import record

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words

FILE: Final = "report:file"
HAND_OVER: Final = "case:hand-over"
READ: Final = "status:read"
WEBHOOKS: Final = "webhook:manage"
SCOPES: Mapping[str, Words] = MappingProxyType(
    {
        FILE: _("Files reports"),
        HAND_OVER: _("Hands over the files of cases"),
        READ: _("Reads how what it brought stands"),
        WEBHOOKS: _("Says where it wants to hear of changes"),
    }
)
LONGEST_NAME: Final = 100
# 32 random bytes: nobody guesses, so that guessing need not be slowed.
_TOKEN: Final = re.compile(r"tbk_([0-9a-f]{8})_([A-Za-z0-9_-]{43})")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: the key that it proved to hold, and its secret while the request lasts."""

    key: ApiKey
    secret: str

    def __repr__(self) -> str:
        return f"Caller({self.key.label})"

    def may(self, scope: str) -> bool:
        """Whether the key has this scope."""
        return scope in self.key.scopes

    def draft(self, purpose: str, words: str) -> bytes:
        """The draft secret (32 bytes) that belongs to these words of the caller, and to this key
        alone: whoever has the database but not the key cannot find it."""
        text = f"timbang/api/{purpose}\0{words}"
        return hmac.digest(self.secret.encode(), text.encode(), "sha256")


@transaction.atomic
def make_key(
    *, organ: Organ, name: str, scopes: Iterable[str], by: Officer | None, at: datetime
) -> tuple[ApiKey, str]:
    """A key for another system; returns it with its words, which stand nowhere else."""
    organ = Organ.objects.select_for_update().get(pk=organ.pk)
    _may_manage(by, organ)
    chosen = _chosen(scopes)
    if not organ.inside or organ.closed_on is not None:
        raise Refusal(_("This office cannot receive reports here."))
    if not name.strip() or len(name.strip()) > LONGEST_NAME:
        raise Refusal(_("Name the system that gets this key, in at most 100 signs."))
    label, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        organ=organ,
        name=name.strip(),
        label=label,
        digest=_digest(secret),
        scopes=chosen,
        made_on=day_in(organ.time_zone, at),
        made_by=by,
    )
    _told("api_key.made", key, by, at, scopes=",".join(chosen))
    return key, f"tbk_{label}_{secret}"


@transaction.atomic
def revoke_key(*, key: ApiKey, by: Officer | None, at: datetime) -> None:
    """Take a key away, at once; its webhooks end with it, and what it brought stays."""
    key = ApiKey.objects.select_for_update(of=("self",)).select_related("organ").get(pk=key.pk)
    _may_manage(by, key.organ)
    if key.revoked_on is not None:
        raise Refusal(_("This key is already revoked."))
    key.revoked_on = day_in(key.organ.time_zone, at)
    key.save(update_fields=["revoked_on"])
    WebhookMessage.objects.filter(webhook__key=key).delete()
    Webhook.objects.filter(key=key, ended_on=None).update(
        ended_on=key.revoked_on, ended=Webhook.Ended.REVOKED
    )
    _told("api_key.revoked", key, by, at)


def caller_of(token: str) -> Caller | None:
    """The caller who holds this key; None for anything else, without saying what was wrong."""
    found = _TOKEN.fullmatch(token.strip())
    if found is None:
        return None
    label, secret = found.groups()
    key = ApiKey.objects.select_related("organ").filter(label=label, revoked_on=None).first()
    if key is None or not hmac.compare_digest(bytes(key.digest), _digest(secret)):
        return None
    return Caller(key, secret)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(b"timbang/api-key:" + secret.encode()).digest()


def _chosen(scopes: Iterable[str]) -> list[str]:
    wanted = set(scopes)
    if not wanted or wanted - set(SCOPES):
        raise Refusal(_("Choose what the key may; each word must be one of the list."))
    return [scope for scope in SCOPES if scope in wanted]


def _may_manage(by: Officer | None, organ: Organ) -> None:
    if by is None:
        return
    if not (by.is_active and by.organ_id == organ.pk and by.has_role("administrator")):
        raise Refusal(_("Only an administrator of the same organ makes and revokes keys."))


def _told(act: str, key: ApiKey, by: Officer | None, at: datetime, **more: str) -> None:
    who = str(by.pk) if by else None
    body = {"organ": str(key.organ_id), "key": str(key.pk), "by": who, **more}
    record(act=act, body=body, lane="now", on=day_in(key.organ.time_zone, at))
