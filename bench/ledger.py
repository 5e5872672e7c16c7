"""How fast the ledger is: appends, sequencing, publishing, verifying, one proof.

    python bench/ledger.py [ENTRIES]        (100,000 when not said; TIMBANG_DATABASE_URL counts)

For comparison, from our prototype on 2 cores: 9,800 appends/s on SQLite (WAL, synchronous NORMAL),
263,000 leaves/s into a tree in memory, 1 M entries published as 7,831 files in 6.4 s. Here every
append is one act with its row through the ORM and SQLite waits for the disk (synchronous FULL).
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

DATA = Path(tempfile.mkdtemp(prefix="timbang-bench-"))
os.environ["TIMBANG_DATA"] = str(DATA)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timbang.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from timbang.ledger import actions, merkle  # noqa: E402
from timbang.ledger.keys import signing_key  # noqa: E402
from timbang.ledger.models import DailyRelease, Entry, TreeHead  # noqa: E402
from timbang.ledger.verifying import verify  # noqa: E402

DAY = date(2026, 11, 21)
A_TRANSACTION = 1_000


def timed(what: str, count: int, work: Callable[[], object]) -> None:
    start, cpu = time.perf_counter(), time.process_time()
    work()
    seconds, used = time.perf_counter() - start, time.process_time() - cpu
    print(f"{what:<44}{seconds:9.3f} s {count / seconds:12,.0f}/s {used / count * 1e6:9.1f} us CPU")


def append(count: int) -> None:
    for start in range(0, count, A_TRANSACTION):
        with transaction.atomic():
            for number in range(start, min(count, start + A_TRANSACTION)):
                actions.record(act="bench.act", body={"n": number}, lane="now", on=DAY)


def append_alone(count: int) -> None:
    for number in range(count):
        with transaction.atomic():
            actions.record(act="bench.act", body={"n": number}, lane="now", on=DAY)


def release(count: int) -> None:
    with transaction.atomic():
        for number in range(count):
            actions.record(act="bench.report", body={"n": number}, lane="daily", on=DAY)
    actions.release_daily(on=DAY)


def grow_in_memory(count: int) -> None:
    frontier = merkle.Frontier()
    for number in range(count):
        frontier.append(number.to_bytes(32, "big"))


def now() -> datetime:
    return datetime.now(UTC)


def proofs(count: int) -> None:
    for entry in Entry.objects.exclude(position=None).order_by("id")[:count]:
        assert actions.proof(entry) is not None


def check() -> None:
    verdict = verify(settings.LOG, signing_key().vkey)
    assert verdict.ok, verdict.problems


def main(count: int) -> None:
    call_command("migrate", "ledger", verbosity=0)
    for model in (Entry, TreeHead, DailyRelease):
        assert not model.objects.exists(), "this database is in use"
    print(f"{count:,} entries, {connection.vendor}")
    timed("tree in memory: leaves", count, lambda: grow_in_memory(count))
    timed("append, one transaction each", 2_000, lambda: append_alone(2_000))
    timed(f"append, {A_TRANSACTION} in a transaction", count, lambda: append(count))
    timed("sequence", count + 2_000, lambda: actions.sequence(at=now()))
    timed("publish all", count + 2_000, lambda: actions.publish(settings.LOG, at=now()))
    append(100)
    timed("sequence 100 more", 100, lambda: actions.sequence(at=now()))
    timed("publish 100 more", 100, lambda: actions.publish(settings.LOG, at=now()))
    timed("publish, nothing new", 1, lambda: actions.publish(settings.LOG, at=now()))
    timed("a day of 1,000 reports, padded, shuffled", 1_000, lambda: release(1_000))
    actions.publish(settings.LOG, at=now())
    timed("proofs", 200, lambda: proofs(200))
    timed("verify without the database", TreeHead.objects.get().size, check)
    files = [path for path in settings.LOG.rglob("*") if path.is_file()]
    print(f"{len(files):,} files, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB")


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    finally:
        shutil.rmtree(DATA, ignore_errors=True)
