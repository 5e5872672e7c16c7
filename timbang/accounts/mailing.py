"""Mails on their way out: written down with what they tell, given away by the worker, at most once.

What a mail may hold: counts, and the address of the desk. Names, numbers and words of a case never
leave this installation by mail.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Mail, MailAddress, Officer
from timbang.accounts.smtp import (
    NoServer,
    NotGiven,
    NotOurs,
    Server,
    Unsure,
    give,
    server_of,
)
from timbang.law.refusal import Refusal
from timbang.law.workdays import day_in
from timbang.ledger.actions import record

log = logging.getLogger("timbang.mail")
State = Mail.State

# A talk with a server lasts no longer; then another worker may try.
TALK: Final = timedelta(minutes=5)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
KEPT: Final = timedelta(days=30)
A_ROUND: Final = 200
CODE_TRIES: Final = 5
CODE_USELESS_AFTER: Final = timedelta(days=1)
# No letters or digits that look alike.
_SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def configured() -> Server | None:
    """The server of the settings; None when this installation sends no mail."""
    return server_of(settings.SMTP_URL, settings.MAIL_FROM) if settings.SMTP_URL else None


# An officer's address


@transaction.atomic
def ask_address(address: str, *, language: str, by: Officer, at: datetime) -> MailAddress:
    """Write down an address and mail it a code; nothing else goes there before it is typed in."""
    if not settings.SMTP_URL:
        raise Refusal(_("This installation sends no mail."))
    remove_address(by=by, at=at)
    code = "".join(secrets.choice(_SIGNS) for _sign in range(8))
    on = day_in(by.organ.time_zone, at)
    row = MailAddress.objects.create(
        officer=by, address=address, language=language, code=_digest(by, code), asked_on=on
    )
    with translation.override(language):
        write(
            by,
            address,
            subject=str(_("Code for your daily digest")),
            body=str(_("Type this code on the desk, on the page of your digest: %s") % code) + "\n",
            at=at,
            useless_after=at + CODE_USELESS_AFTER,
        )
    _told("officer.address_asked", by, at)
    return row


@transaction.atomic
def confirm_address(code: str, *, by: Officer, at: datetime) -> bool:
    """Whether it is the code that came: then the digest goes there from now on.

    After five wrong codes a new one must be asked for.
    """
    row = MailAddress.objects.select_for_update().filter(officer=by, confirmed_on=None).first()
    if row is None or row.tries >= CODE_TRIES:
        raise Refusal(_("This code holds no more: type in your address again to get a new one."))
    row.tries += 1
    right = hmac.compare_digest(bytes(row.code), _digest(by, code))
    if right:
        row.confirmed_on = day_in(by.organ.time_zone, at)
        _told("officer.address_confirmed", by, at)
    row.save()
    return right


@transaction.atomic
def remove_address(*, by: Officer, at: datetime) -> None:
    """Forget the address, with every mail that has not gone out."""
    Mail.objects.filter(officer=by, state=State.WAITING).delete()
    gone, _each = MailAddress.objects.filter(officer=by).delete()
    if gone:
        _told("officer.address_removed", by, at)


def _digest(officer: Officer, code: str) -> bytes:
    plain = "".join(code.split()).replace("-", "").upper()
    return hashlib.sha256(officer.pk.bytes + plain.encode()).digest()


def _told(act: str, by: Officer, at: datetime) -> None:
    on = day_in(by.organ.time_zone, at)
    record(act=act, body={"officer": str(by.pk), "by": str(by.pk)}, lane="now", on=on)


# On their way


def write(
    officer: Officer,
    address: str,
    *,
    subject: str,
    body: str,
    at: datetime,
    useless_after: datetime,
) -> Mail:
    """A mail in the transaction of what it tells."""
    return Mail.objects.create(
        officer=officer,
        address=address,
        subject=subject,
        body=body,
        not_before=at,
        useless_after=useless_after,
    )


def send_due(
    *,
    at: datetime,
    server: Server | None = None,
    clock: Callable[[], datetime] = timezone.now,
    seconds: float = 20.0,
) -> int:
    """Give away what waits; how many were given. Called by the worker, by several at once as well.

    Each mail is claimed by one of them, and given away at most once.
    """
    server = server or configured()
    if server is None:
        return 0
    put_right(at=clock())
    given = 0
    for _turn in range(A_ROUND):
        mail = _claimed(clock())
        if mail is None:
            break
        try:
            given += _talk(mail, server, clock, seconds)
        except NoServer:
            break
    return given


def put_right(*, at: datetime) -> None:
    """After a crash: who was only talking talks again; who was giving the words away never does.

    Mails that are of no use any more, and those that ended long ago, go.
    """
    stale = Mail.objects.filter(claimed_until__lt=at)
    stale.filter(state=State.SENDING).update(state=State.WAITING, claim=None, claimed_until=None)
    stale.filter(state=State.HANDING).update(**_ended(State.UNSURE))
    Mail.objects.filter(state=State.WAITING, useless_after__lte=at).update(**_ended(State.TOO_LATE))
    Mail.objects.filter(state__in=Mail.ENDED, useless_after__lt=at - KEPT).delete()


def _ended(state: str) -> dict[str, object]:
    return {"state": state, "body": "", "subject": "", "claim": None, "claimed_until": None}


def _claimed(at: datetime) -> Mail | None:
    """The next mail, ours alone until the claim runs out."""
    waiting = Mail.objects.filter(state=State.WAITING, not_before__lte=at, useless_after__gt=at)
    for pk in waiting.order_by("not_before", "pk").values_list("pk", flat=True)[:A_ROUND]:
        claim = uuid.uuid4()
        ours = Mail.objects.filter(pk=pk, state=State.WAITING).update(
            state=State.SENDING, claim=claim, claimed_until=at + TALK
        )
        if ours:
            return Mail.objects.get(pk=pk)
    return None


def _talk(mail: Mail, server: Server, clock: Callable[[], datetime], seconds: float) -> bool:
    """One talk with the server about one mail: whether it took it; `NoServer` if there is none."""
    ours = Mail.objects.filter(pk=mail.pk, claim=mail.claim)

    def before() -> bool:
        still = ours.filter(state=State.SENDING, claimed_until__gt=clock())
        return bool(still.update(state=State.HANDING))

    try:
        give(server, _message(mail, server, clock()), before=before, seconds=seconds)
    except NotOurs:
        return False
    except Unsure:
        ours.update(**_ended(State.UNSURE))
        return False
    except NotGiven as refusal:
        ours.update(**(_ended(State.REFUSED) if refusal.for_good else _later(mail, clock())))
        if isinstance(refusal, NoServer):
            log.warning("no mail server answers")
            raise
        return False
    ours.update(**_ended(State.SENT))
    return True


def _later(mail: Mail, at: datetime) -> dict[str, object]:
    """Back among those that wait, each time a little longer."""
    pause = min(FIRST_PAUSE * 2 ** min(mail.tries, 10), LONGEST_PAUSE)
    again = {"tries": mail.tries + 1, "not_before": at + pause}
    return {"state": State.WAITING, "claim": None, "claimed_until": None, **again}


def _message(mail: Mail, server: Server, at: datetime) -> EmailMessage:
    """Its own number stands in the head, so that a server that sees it twice can tell."""
    message = EmailMessage()
    message["From"] = server.sender
    message["To"] = mail.address
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{mail.pk}@{server.sender.rpartition('@')[2].strip('>')}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    return message
