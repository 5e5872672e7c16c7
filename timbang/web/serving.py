"""Run the web door(s) and the worker as one program that stops as one."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Final

from django.conf import settings

# Connections wait here while all threads are busy: a flood slows, it refuses nobody.
BACKLOG: Final = 2048


def start_worker() -> subprocess.Popen[bytes]:
    """The worker as a child; it ends by itself when this process is gone."""
    return subprocess.Popen([sys.executable, "-m", "timbang", "work"])


def serve(*, host: str, port: int, workers: int, threads: int) -> None:
    """Block until stopped. No access log: a log line would tell when someone reported."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    os.environ["TIMBANG_DOOR"] = settings.DOOR
    Granian(
        "timbang.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        backlog=BACKLOG,
        log_access=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        websockets=False,
    ).serve()
