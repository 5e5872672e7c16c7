"""What reminds an officer outside the desk: his calendar link, and a digest of each day.

Both hold counts, days and short numbers, never a name or a word of a case.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timbang.accounts import mailing
from timbang.accounts.models import MailAddress, Officer
from timbang.cases import my_day
from timbang.cases.course import today
from timbang.cases.lists import Amount
from timbang.cases.models import DigestSent, Feed
from timbang.cases.permission import CASE_READERS, may
from timbang.ledger.actions import record

# 192 bits.
TOKEN_BYTES: Final = 24
# The hour of the officer's own place from which on the digest of the day is sent.
FROM_HOUR: Final = 6


@transaction.atomic
def make_feed(*, language: str, by: Officer, at: datetime) -> str:
    """A new calendar link; the one before is dead. Its token is shown once and kept nowhere."""
    Feed.objects.filter(officer=by).delete()
    token = secrets.token_urlsafe(TOKEN_BYTES)
    on = today(by.organ, at)
    Feed.objects.create(officer=by, token=_digest(token), language=language, made_on=on)
    _told("feed.made", by, on)
    return token


@transaction.atomic
def drop_feed(*, by: Officer, at: datetime) -> None:
    """End the calendar link at once."""
    gone, _each = Feed.objects.filter(officer=by).delete()
    if gone:
        _told("feed.dropped", by, today(by.organ, at))


def feed_of(token: str) -> Feed | None:
    """The feed of this token, while its officer may open cases."""
    rows = Feed.objects.select_related("officer__organ").filter(token=_digest(token))
    feed = rows.filter(officer__revoked_on=None).first()
    return feed if feed is not None and may(feed.officer, *CASE_READERS) else None


def _digest(token: str) -> bytes:
    """Of 192 random bits: no slow hash is needed, and nobody finds the token by comparing times."""
    return hashlib.sha256(b"timbang/feed/" + token.encode()).digest()


def _told(act: str, by: Officer, on: date) -> None:
    record(act=act, body={"officer": str(by.pk), "by": str(by.pk)}, lane="now", on=on)


def write_digests(*, at: datetime) -> int:
    """Write down the digests of the day that are due; how many. Called by the worker.

    The row of officer and day and the mail stand in one transaction: killed anywhere, a digest is
    made once. Nothing waits, or he is away: no mail.
    """
    return sum(_write(address.officer, address, at) for address in _due(at)) if _sends() else 0


def _sends() -> bool:
    return bool(settings.SMTP_URL)


def _due(at: datetime) -> list[MailAddress]:
    rows = MailAddress.objects.filter(confirmed_on__isnull=False, officer__revoked_on=None)
    rows = rows.select_related("officer__organ")
    zones = rows.order_by().values_list("officer__organ__time_zone", flat=True).distinct()
    found: list[MailAddress] = []
    for zone in zones:
        local = at.astimezone(ZoneInfo(zone))
        if local.hour < FROM_HOUR:
            continue
        done = DigestSent.objects.filter(officer=OuterRef("officer"), on=local.date())
        found += rows.filter(~Exists(done), officer__organ__time_zone=zone)
    return found


@transaction.atomic
def _write(officer: Officer, address: MailAddress, at: datetime) -> bool:
    zone = ZoneInfo(officer.organ.time_zone)
    on = today(officer.organ, at)
    row, new = DigestSent.objects.get_or_create(officer=officer, on=on)
    if not new:
        return False
    if not may(officer, *CASE_READERS) or my_day.is_away(officer, on):
        return False
    found = my_day.counts(officer, on)
    if not found:
        return False
    with translation.override(address.language):
        subject, body = _words(found, address.language)
        row.mail = mailing.write(
            officer,
            address.address,
            subject=subject,
            body=body,
            at=at,
            useless_after=datetime.combine(on + timedelta(days=1), time(), zone),
        )
    row.save()
    return True


def _words(found: my_day.Counts, language: str) -> tuple[str, str]:
    site = settings.SITE_NAME
    waits = ngettext(
        "%(count)s thing waits for you", "%(count)s things wait for you", found.all.count
    )
    soon = ngettext(
        "%(count)s of them is due within three days.",
        "%(count)s of them are due within three days.",
        found.soon.count,
    )
    lines = [
        waits % {"count": _amount(found.all)} + ".",
        soon % {"count": _amount(found.soon)}
        if found.soon.count
        else _("None is due within three days."),
        "",
        _("What it is stands at the desk only: %s") % desk_address(language),
        "",
        _("You asked for this mail on the desk, and end it there, under Reminders."),
    ]
    return f"{site}: {waits % {'count': _amount(found.all)}}", "\n".join(lines) + "\n"


def _amount(found: Amount) -> str:
    return _("more than %s") % found.count if found.more else str(found.count)


def desk_address(language: str) -> str:
    """Where the desk is; without an own address in the settings only its path is known."""
    prefix = "" if language == settings.LANGUAGE_CODE else f"{language}/"
    return f"{settings.DESK_URL or settings.PUBLIC_URL}/{prefix}{settings.DESK_PATH}"
