"""Giving one mail to a mail server, so that it is always known whether the server may have it.

Standard library only; nothing of this room. The surprising part: the words are given away in a
step of their own (`before`), so that whoever keeps the mail can note down that moment. Up to there
the server surely has nothing; after it, without an answer, nobody can know.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from typing import Final
from urllib.parse import unquote, urlsplit

PORTS: Final = {"smtps": 465, "smtp": 587, "smtp+insecure": 25}
SECONDS: Final = 20.0


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is given away, and in whose name.

    `smtps`: TLS from the first byte. `smtp`: STARTTLS, required. `smtp+insecure`: no TLS at all,
    for a server on the same machine only.
    """

    scheme: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    sender: str


class NotGiven(Exception):
    """The server surely does not have the mail; `for_good` when it never will."""

    def __init__(self, *, for_good: bool) -> None:
        super().__init__("refused for good" if for_good else "not given")
        self.for_good = for_good


class NoServer(NotGiven):
    """There is no server to talk to now: not to be reached, no TLS, or it does not let us in."""

    def __init__(self) -> None:
        super().__init__(for_good=False)


class Unsure(Exception):
    """The words were on their way and no answer came: the server may have them or not."""


class NotOurs(Exception):
    """`before` said that somebody else sends this mail."""


def server_of(url: str, sender: str) -> Server:
    """`smtps://user:password@host:port`; ValueError tells what is wrong with it."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS:
        raise ValueError(f"{parts.scheme!r} is none of {', '.join(PORTS)}")
    if not parts.hostname:
        raise ValueError("no host")
    if "@" not in sender:
        raise ValueError("the sender is no mail address")
    return Server(
        scheme=parts.scheme,
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=sender,
    )


def give(
    server: Server, message: EmailMessage, *, before: Callable[[], bool], seconds: float = SECONDS
) -> None:
    """Give one mail away. `before` is called when the server is ready for the words: False stops.

    Raises `NotGiven`, `Unsure` or `NotOurs`; nothing else goes wrong.
    """
    try:
        smtp = _open(server, seconds)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise NoServer from error
    try:
        _give(smtp, server, message, before)
    finally:
        smtp.close()


def _open(server: Server, seconds: float) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.scheme == "smtps":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=seconds, context=context
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=seconds)
    try:
        if server.scheme == "smtp":
            smtp.starttls(context=context)
        if server.user:
            smtp.login(server.user, server.password)
        else:
            smtp.ehlo_or_helo_if_needed()
    except BaseException:
        smtp.close()
        raise
    return smtp


def _give(
    smtp: smtplib.SMTP, server: Server, message: EmailMessage, before: Callable[[], bool]
) -> None:
    try:
        _accepted(smtp.mail(server.sender), 250)
        _accepted(smtp.rcpt(str(message["To"])), 250, 251)
        _accepted(smtp.docmd("DATA"), 354)
    except (OSError, smtplib.SMTPException) as error:
        raise NotGiven(for_good=False) from error
    if not before():
        raise NotOurs
    try:
        smtp.send(_as_sent(message))
        answer = smtp.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise Unsure from error
    _accepted(answer, 250)


def _accepted(answer: tuple[int, bytes], *codes: int) -> None:
    """Only an answer that the server gave counts as refusal; 5xx is one for good."""
    if answer[0] not in codes:
        raise NotGiven(for_good=500 <= answer[0] < 600)


def _as_sent(message: EmailMessage) -> bytes:
    """Its bytes with points doubled at the beginning of a line, and the end mark (RFC 5321)."""
    data = re.sub(rb"(?m)^\.", b"..", message.as_bytes(policy=SMTP_POLICY))
    return data + (b".\r\n" if data.endswith(b"\r\n") else b"\r\n.\r\n")
