"""A whole installation in a folder of its own: real commands, real server, real worker."""

from __future__ import annotations

import os
import random
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

PASSWORD = "kata-sandi-panjang-{login}"


# Below the ports that the system hands out by itself, so that nothing takes one between the look
# and the start; each process of a suite that runs side by side looks among its own.
FIRST_PORT, PORTS = 10_000, 500
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 16


def free_port() -> int:
    first = FIRST_PORT + WORKER * PORTS
    for port in random.sample(range(first, first + PORTS), PORTS):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


class Installation:
    """Commands and a server over one data folder and one database."""

    def __init__(self, folder: Path, database_url: str | None) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.temporary = folder / "tmp"
        self.temporary.mkdir(parents=True)
        self.port = free_port()
        self.server: subprocess.Popen[bytes] | None = None
        self.env = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("TIMBANG_", "DJANGO_"))},
            "TIMBANG_DATA": str(self.data),
            "TIMBANG_SECOND_FACTOR": "optional",
            "TMPDIR": str(self.temporary),
        }
        if database_url:
            self.env["TIMBANG_DATABASE_URL"] = database_url

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What server and worker say to whoever runs them."""
        return self.folder / "server.log"

    def shell(self, script: str, *, stdin: str = "") -> str:
        """Run a script inside the installation; its last line."""
        said = self.run("manage", "shell", "-v0", "-c", script, stdin=stdin)
        return said.strip().splitlines()[-1] if said.strip() else ""

    def run(
        self, *arguments: str, stdin: str = "", fails: bool = False, within: float = 120
    ) -> str:
        """Run one `timbang` command; its output, or its error where it must fail. `within`: how
        many seconds it may take."""
        result = subprocess.run(
            [sys.executable, "-m", "timbang", *arguments],
            env=self.env,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=within,
        )
        assert (result.returncode != 0) == fails, f"{arguments}: {result.stdout}{result.stderr}"
        return result.stderr if fails else result.stdout

    def start(self, *arguments: str) -> None:
        """Serve and wait until the first answer."""
        with self.log.open("ab") as log:
            self.server = subprocess.Popen(
                [sys.executable, "-m", "timbang", "serve", "--port", str(self.port), *arguments],
                env=self.env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + 60
        while time.monotonic() < until and self.server.poll() is None:
            with suppress(OSError), urllib.request.urlopen(self.url + "/", timeout=5):
                return
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def kill(self) -> None:
        """kill -9 of server and worker, all at once."""
        if self.server is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait()
            self.server = None

    def stop(self) -> None:
        if self.server is None:
            return
        self.server.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.server.wait(15)
        self.kill()


def temporary_password(output: str) -> str:
    """The temporary password in what `timbang officer add` prints."""
    found = re.search(r"^Temporary password: (\S+)$", output, re.MULTILINE)
    assert found, output
    return found[1]


@contextmanager
def new_installation(folder: Path) -> Iterator[Installation]:
    """An initialised, not yet serving installation on the database that the suite runs on."""
    server_url = os.environ.get("TIMBANG_DATABASE_URL")
    if not server_url:
        place = Installation(folder, None)
        place.run("init")
        try:
            yield place
        finally:
            place.stop()
        return
    name = "whole_" + secrets.token_hex(6)
    parts = urlsplit(server_url)
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    place = Installation(folder, urlunsplit(parts._replace(path="/" + name)))
    try:
        place.run("init")
        yield place
    finally:
        place.stop()
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
