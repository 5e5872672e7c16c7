"""Run the web door(s) and the worker as one program that stops as one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from timbang.law.refusal import Refusal

# Connections wait here while all threads are busy: a flood slows, it refuses nobody.
BACKLOG: Final = 2048


def start_worker() -> subprocess.Popen[bytes]:
    """The worker as a child; it ends by itself when this process is gone."""
    command = [sys.executable, "-m", "timbang", "work", "--child-of", str(os.getpid())]
    return subprocess.Popen(command)


def seed_demo(host: str, port: int) -> None:
    """Fill the demo in a process of its own; ends this one where that fails.

    Filling it makes letters, and what makes them keeps threads. The server's processes are forks of
    this one and would wait for threads that they do not have.
    """
    command = [sys.executable, "-m", "timbang", "demo", "--seed-only"]
    ended = subprocess.run([*command, "--host", host, "--port", str(port)], check=False)
    if ended.returncode:
        sys.exit(ended.returncode)


def require_free(host: str, port: int) -> None:
    """Refuse an address that is taken or not ours.

    The server's own sockets share a port on purpose (one a process), and would quietly share it
    with another installation: a real report could land in a demo.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # A port that was used a moment ago is free; one that somebody listens on is not.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise Refusal(
            _("%(host)s port %(port)s cannot be used: %(why)s. Choose others: --host, --port.")
            % {"host": host, "port": port, "why": error.strerror or error}
        ) from error


def serve(*, host: str, port: int, workers: int, threads: int) -> None:
    """Block until stopped. No access log: a log line would tell when someone reported."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    os.environ["TIMBANG_DOOR"] = settings.DOOR
    os.environ["TIMBANG_SECOND_FACTOR"] = settings.SECOND_FACTOR
    Granian(
        "timbang.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        backlog=BACKLOG,
        log_access=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        websockets=False,
    ).serve()
