"""Several processes at once, and processes that are killed: real ones, on a database in files."""

from __future__ import annotations

import json
import os
import random
import secrets
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from timbang.ledger.verifying import verify

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Place:
    """A data folder and a database of their own."""

    env: dict[str, str]
    log: Path
    vkey: str = ""

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.ledger.processes", *arguments],
            env=self.env,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> str:
        process = self.start(*arguments)
        output, errors = process.communicate(timeout=240)
        assert process.returncode == 0, errors
        return output

    def check(self, since: Path | None = None) -> int:
        verdict = verify(self.log, self.vkey, since)
        assert verdict.ok, verdict.problems
        assert verdict.checkpoint is not None
        return verdict.checkpoint.size


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("TIMBANG_", "DJANGO_"))}
    env["TIMBANG_DATA"] = str(tmp_path)
    new = Place(env, tmp_path / "log")
    if request.param == "sqlite":
        yield Place(env, new.log, new.run("migrate").strip())
        return
    server = os.environ["TIMBANG_DATABASE_URL"]
    name = "ledger_" + secrets.token_hex(6)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    env["TIMBANG_DATABASE_URL"] = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    try:
        yield Place(env, new.log, new.run("migrate").strip())
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_workers_at_once_never_share_or_skip_a_position(place: Place) -> None:
    workers, rounds = 3, 40
    running = [place.start("work", f"w{number}", f"{rounds}") for number in range(workers)]
    for process in running:
        _, errors = process.communicate(timeout=240)
        assert process.returncode == 0, errors
    state = json.loads(place.run("tell"))
    assert state["positions"] == list(range(state["size"]))
    acts = [tuple(each) for each in state["acts"]]
    now = Counter(act for act in acts if act[0] == "test.now")
    assert now == Counter(("test.now", f"w{w}", n) for w in range(workers) for n in range(rounds))
    daily = [act for act in acts if act[0] == "test.daily"]
    assert len(set(daily)) == len(daily)
    assert len(daily) + state["waiting"] == workers * rounds
    padding = sum(act[0] == "padding" for act in acts)
    assert (len(daily) + padding) % 64 == 0
    for worker in range(workers):  # each one's own acts stand in the order in which they happened
        own = [act[2] for act in acts if act[0] == "test.now" and act[1] == f"w{worker}"]
        assert own == sorted(own)
    assert 0 < place.check() <= state["size"]


def test_publishing_may_be_killed_at_every_step(place: Place) -> None:
    assert int(place.run("killed_at_every_step")) > 15


def test_publishing_may_be_killed_at_any_moment(place: Place, tmp_path: Path) -> None:
    kept = None
    for _ in range(4):
        process = place.start("publish_for_ever")
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(random.random() / 2)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        place.check(kept)
        kept = tmp_path / "kept"
        kept.write_bytes((place.log / "checkpoint").read_bytes())
    state = json.loads(place.run("tell"))
    assert state["positions"] == list(range(state["size"]))
