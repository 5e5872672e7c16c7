"""Run in processes of their own, on a database that several of them share.

`python -m tests.ledger.processes WHAT ...`; the environment says which database.
"""
# ruff: noqa: E402, T201

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timbang.settings")
import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from timbang.ledger import actions, durable
from timbang.ledger.keys import signing_key
from timbang.ledger.models import Entry, TreeHead
from timbang.ledger.verifying import verify

DAY = date(2026, 11, 21)


def migrate() -> None:
    call_command("migrate", "ledger", verbosity=0)
    print(signing_key().vkey)


def work(name: str, rounds: str) -> None:
    """Record, sequence, release and publish, as fast as it goes, beside others who do the same."""
    for number in range(int(rounds)):
        with transaction.atomic():
            actions.record(act="test.now", body={"by": name, "n": number}, lane="now", on=DAY)
            actions.record(act="test.daily", body={"by": name, "n": number}, lane="daily", on=DAY)
        actions.sequence(at=datetime.now(UTC))
        if number % 10 == 9:
            actions.release_daily(on=DAY + timedelta(days=number))
        if number % 3 == 0:
            actions.publish(settings.LOG, at=datetime.now(UTC))


def tell() -> None:
    """What the rows say now, as JSON."""
    rows = list(Entry.objects.exclude(position=None).order_by("position"))
    answer = {
        "positions": [row.position for row in rows],
        "acts": [[row.act, row.body.get("by"), row.body.get("n")] for row in rows],
        "waiting": Entry.objects.filter(position=None).count(),
        "size": TreeHead.objects.get().size,
    }
    print(json.dumps(answer))


def killed_at_every_step() -> None:
    """Publish 300 entries on top of 300, killed -9 before each step that touches the disk.

    Prints the number of steps; fails as soon as a killed publication leaves a log that does not
    verify, does not extend the last one, or cannot be continued.
    """
    log = Path(settings.LOG)
    kept = log.parent / "kept"
    vkey = signing_key().vkey
    step = 0
    while True:
        step += 1
        _fill(300)
        connection.close()
        child = os.fork()
        if child == 0:
            _die_at(step)
            actions.publish(log, at=datetime.now(UTC))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if (log / "checkpoint").exists():
            verdict = verify(log, vkey, kept if kept.exists() else None)
            assert verdict.ok, (step, verdict.problems)
        actions.publish(log, at=datetime.now(UTC))
        verdict = verify(log, vkey, kept if kept.exists() else None)
        assert verdict.ok, (step, verdict.problems)
        assert verdict.checkpoint is not None
        assert verdict.checkpoint.size == TreeHead.objects.get().size
        kept.write_bytes((log / "checkpoint").read_bytes())
        if not os.WIFSIGNALED(status):
            print(step)
            return


def _fill(count: int) -> None:
    with transaction.atomic():
        for number in range(count):
            actions.record(act="test.now", body={"n": number}, lane="now", on=DAY)
    actions.sequence(at=datetime.now(UTC))


def _die_at(step: int) -> None:
    """Kill this process just before its step-th write, rename, removal or sync."""
    done = 0

    def deadly(function: Any) -> Any:
        def run(*arguments: Any, **options: Any) -> Any:
            nonlocal done
            done += 1
            if done == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*arguments, **options)

        return run

    for place, name in (
        (durable, "write"),
        (durable, "sync_folder"),
        (Path, "replace"),
        (Path, "mkdir"),
        (Path, "rmdir"),
        (os, "unlink"),
    ):
        setattr(place, name, deadly(getattr(place, name)))


def publish_for_ever() -> None:
    """Until killed: the parent chooses the moment."""
    while True:
        _fill(random.randint(1, 400))
        actions.publish(settings.LOG, at=datetime.now(UTC))
        print("published", flush=True)
        time.sleep(random.random() / 100)


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
