"""Guessing a password gets slower with every wrong guess, for every login, existing or not.

By login, never by address: no address of anybody is kept here. A wait never grows beyond five
minutes, so that whoever guesses at an officer's login cannot shut him out for a day.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import LoginDelay
from timbang.law.refusal import Refusal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words

FREE = 4
LONGEST = timedelta(minutes=5)
FORGOTTEN = timedelta(days=1)
# Who guesses at a second factor knows the password already, so that no stranger is kept out by it.
LONGEST_SECOND = timedelta(hours=1)


class TooSoon(Refusal):
    """Too many wrong passwords for this login: wait. Said of logins that do not exist as well."""


def wait(failures: int, longest: timedelta = LONGEST) -> timedelta:
    """How long after the n-th wrong password in a row: nothing at first, then 2, 4, 8 seconds."""
    if failures <= FREE:
        return timedelta()
    return min(timedelta(seconds=2 ** min(failures - FREE, 16)), longest)


def admit(login: str, *, at: datetime) -> None:
    """Count an attempt before the password is looked at, or raise `TooSoon`.

    Counted first, forgiven after: many attempts at once are not many chances. An attempt that
    came too soon is not counted and makes the wait no longer.
    """
    said = _("Too many wrong passwords. Wait {seconds} seconds, then try again.")
    _admit(_digest(login), LONGEST, said, at)


def admit_second(login: str, *, at: datetime) -> None:
    """The same for the second factor, counted apart, with waits of up to an hour."""
    said = _("Too many wrong codes. Wait {seconds} seconds, then try again.")
    _admit(_digest(login, second=True), LONGEST_SECOND, said, at)


def forgive(login: str) -> None:
    """The password was right: the count starts anew."""
    LoginDelay.objects.filter(digest=_digest(login)).delete()


def forgive_second(login: str) -> None:
    """The second factor was right."""
    LoginDelay.objects.filter(digest=_digest(login, second=True)).delete()


def _admit(digest: bytes, longest: timedelta, said: Words, at: datetime) -> None:
    with transaction.atomic():
        LoginDelay.objects.filter(until__lt=at - FORGOTTEN).delete()
        row, _made = LoginDelay.objects.select_for_update().get_or_create(
            digest=digest, defaults={"failures": 0, "until": at}
        )
        if row.until > at:
            seconds = math.ceil((row.until - at).total_seconds())
            raise TooSoon(format_lazy(said, seconds=seconds))
        row.failures += 1
        row.until = at + wait(row.failures, longest)
        row.save()


def _digest(login: str, *, second: bool = False) -> bytes:
    salt = "timbang.accounts.throttle" + (".second" if second else "")
    return salted_hmac(salt, login.strip().lower(), algorithm="sha256").digest()
