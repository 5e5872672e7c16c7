"""A real mail server on loopback that can be told how to behave."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from timbang.accounts.smtp import Server


@dataclass
class Box:
    """What came in, and how the server answers: a line per command, or seconds to wait first."""

    came: list[EmailMessage] = field(default_factory=list)
    rcpt: str = "250 OK"
    data: str = "250 OK"
    slow_rcpt: float = 0.0
    slow_data: float = 0.0
    hang_up: bool = False
    asked: int = 0

    async def handle_RCPT(  # noqa: N802
        self, server: Any, _session: Any, envelope: Any, to: str, _options: Any
    ) -> str:
        self.asked += 1
        await asyncio.sleep(self.slow_rcpt)
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(to)
        return self.rcpt

    async def handle_DATA(self, server: SMTP, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.data.startswith("250"):
            parsed = BytesParser(policy=default).parsebytes(envelope.content)
            assert isinstance(parsed, EmailMessage)
            self.came.append(parsed)
        await asyncio.sleep(self.slow_data)
        if self.hang_up:
            server.transport.abort()
        return self.data

    @property
    def subjects(self) -> list[str]:
        return [str(message["Subject"]) for message in self.came]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def mail_server(**how: Any) -> Iterator[tuple[Box, Server]]:
    """A server on a free port, and how to reach it."""
    box = Box(**how)
    port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port, ready_timeout=10)
    controller.start()
    try:
        yield box, Server("smtp+insecure", "127.0.0.1", port, "", "", "meja@timbang.invalid")
    finally:
        controller.stop(no_assert=True)
