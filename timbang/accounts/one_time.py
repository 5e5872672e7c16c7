"""Codes that count once: those of an app that change every half minute, and those on paper. Pure.

An app and a server that share a secret and a clock make the same six digits (TOTP, RFC 6238,
SHA-1, 30 seconds, as every app knows it). A clock may be half a minute off in either direction; a
code whose half minute was taken before, or lies before it, is refused.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Final
from uuid import UUID

import pyotp

PERIOD: Final = 30
DIGITS: Final = 6
# How many half minutes a clock may be ahead or behind.
SKEW: Final = 1
PAPER_CODES: Final = 10
# No letters or digits that look alike on paper: 16 of 30 symbols are 78 bits.
SYMBOLS: Final = "23456789abcdefghjkmnpqrstvwxyz"
_GROUPS, _GROUP = 4, 4


def new_secret() -> str:
    """A fresh shared secret of 160 bits, in base 32 as apps take it."""
    return pyotp.random_base32()


def address(secret: str, *, login: str, site: str) -> str:
    """What the picture for the app says: `otpauth://totp/...`."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=site)


def spaced(secret: str) -> str:
    """The secret in groups of four, to type by hand."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def step_of(code: str, secret: str, *, at: datetime, after: int) -> int | None:
    """The half minute since 1970 to which this code belongs, or None.

    Only one near `at` and later than `after`, the last that was taken. Every candidate is compared,
    in constant time.
    """
    typed = "".join(code.split())
    here = int(at.timestamp()) // PERIOD
    made = pyotp.TOTP(secret)
    found = None
    for step in range(here - SKEW, here + SKEW + 1):
        same = hmac.compare_digest(made.generate_otp(step).encode(), typed.encode())
        if same and step > after and step >= 0:
            found = step
    return found


def new_paper_code() -> str:
    """A fresh code to print, in four groups of four."""
    return "-".join(
        "".join(secrets.choice(SYMBOLS) for _i in range(_GROUP)) for _j in range(_GROUPS)
    )


def paper_digest(code: str, officer_id: UUID) -> bytes:
    """What is kept of a code on paper: enough to know it again, too long to be guessed from it."""
    plain = "".join(sign for sign in code.lower() if sign in SYMBOLS)
    return hashlib.sha256(b"accounts/recovery:" + officer_id.bytes + plain.encode()).digest()
