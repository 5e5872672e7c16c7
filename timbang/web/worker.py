"""The worker: no queue, only questions asked of the state again and again.

Each job looks for work that is due, does it and marks it in one transaction; killed anywhere, it
finds the same work again at the next round. Two workers at once do no harm.
"""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from threading import Thread
from types import FrameType

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection, connections
from django.utils import timezone

log = logging.getLogger("timbang.worker")


@dataclass(frozen=True)
class Job:
    """One question over the state: `run(at)`, asked every `seconds`.

    `aside`: it talks to a machine that is not ours and may be slow; it gets a thread of its own, so
    that no term lapses late because of it.
    """

    name: str
    seconds: float
    run: Callable[[datetime], object]
    aside: bool = False


def day_before(at: datetime) -> date:
    """The last whole day where the installation stands: its intake is released in one batch."""
    return timezone.localdate(at) - timedelta(days=1)


def jobs() -> tuple[Job, ...]:
    """All jobs, from every room, in the order in which one round runs them."""
    from timbang.accounts import mailing, session, webhooks
    from timbang.cases import actions as cases
    from timbang.cases.actions import bringing, erasing, listing, reminding, serving, withdrawing
    from timbang.ledger import actions as ledger
    from timbang.policy import actions as policy
    from timbang.policy import placed_pages
    from timbang.publication import actions as publication
    from timbang.publication.explorer import keeping
    from timbang.registry import actions as registry
    from timbang.registry import reading_exchanges
    from timbang.reports import actions as reports

    return (
        Job("route new reports", 5, lambda at: cases.route_new_reports(at=at)),
        Job("note withdrawals", 60, lambda at: withdrawing.note_withdrawals(at=at)),
        Job("note answers to remedies", 300, lambda at: serving.note_answers(at=at)),
        Job("count satisfaction", 600, lambda at: serving.count_satisfaction(at=at)),
        Job("count terms again", 60, lambda at: cases.recount_terms(at=at)),
        Job("escalate what is due", 20, lambda at: cases.escalate_due(at=at)),
        Job("let measures lapse", 60, lambda at: policy.lapse_due(at=at)),
        Job("list idle offices", 60, lambda at: listing.keep_list(at=at)),
        Job("sequence acts", 0.5, lambda at: ledger.sequence(at=at)),
        Job("release the day's intake", 60, lambda at: ledger.release_daily(on=day_before(at))),
        Job("publish the log", 0.5, lambda at: ledger.publish(settings.LOG, at=at)),
        Job("remove erased files", 60, lambda at: erasing.remove_files(at=at)),
        Job("purge staged files", 600, lambda at: reports.purge_staged(at=at)),
        Job("sweep ended sessions", 600, lambda at: session.sweep(at=at)),
        Job("release figures", 600, lambda at: publication.release(at=at)),
        Job(
            "build the explorer", 60, lambda at: keeping.keep(on=timezone.localdate(at)), aside=True
        ),
        Job("count projects by place", 600, lambda _at: placed_pages.keep(), aside=True),
        Job("set out exchanges", 15, lambda _at: reading_exchanges.set_out(settings.TABLES)),
        Job("complete loads", 60, lambda _at: registry.complete_loads()),
        Job("note what changed", 15, lambda at: bringing.note_changes(at=at)),
        Job("measure the tables", 3600, lambda _at: measure_tables()),
        Job("write digests", 60, lambda at: reminding.write_digests(at=at)),
        Job("send mail", 30, lambda at: mailing.send_due(at=at), aside=True),
        Job("tell other systems", 5, lambda at: webhooks.send_due(at=at), aside=True),
    )


def measure_tables() -> None:
    """Let SQLite look at a few rows of each index, so that it chooses well among them; without, it
    takes a column that is empty in every row for one that finds a row. PostgreSQL does so itself.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 400")
            cursor.execute("ANALYZE")


class Worker:
    """Runs the jobs until told to stop or until the process that started it is gone."""

    def __init__(self, jobs: tuple[Job, ...], *, parent: int | None = None) -> None:
        self.jobs = jobs
        self.due = dict.fromkeys((job.name for job in jobs), 0.0)
        self.aside: dict[str, Thread] = {}
        self.stopping = False
        # Given by whoever started it: asked for here, the parent may be gone already.
        self.parent = os.getppid() if parent is None else parent

    def stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def run(self) -> None:
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        while not self.stopping and os.getppid() == self.parent:
            self.round()
            time.sleep(0.2)

    def round(self) -> None:
        """Run each job whose time has come. One failing job never stops the others."""
        for job in self.jobs:
            if time.monotonic() < self.due[job.name] or self.stopping:
                continue
            if not job.aside:
                self._run(job)
            elif job.name not in self.aside or not self.aside[job.name].is_alive():
                # It dies with this process: its work must bear that at any moment.
                self.aside[job.name] = Thread(target=self._run_aside, args=(job,), daemon=True)
                self.aside[job.name].start()

    def wait(self) -> None:
        """Until what runs aside is done."""
        for thread in self.aside.values():
            thread.join()

    def _run_aside(self, job: Job) -> None:
        try:
            self._run(job)
        finally:
            connections.close_all()

    def _run(self, job: Job) -> None:
        self.due[job.name] = time.monotonic() + job.seconds
        try:
            done = job.run(datetime.now(UTC))
            if isinstance(done, int) and done:
                # There may be more: go on after a pause in which others can write.
                self.due[job.name] = 0.0
        except DatabaseError as error:
            self.due[job.name] = time.monotonic() + max(5.0, job.seconds)
            log.warning("%s: the database said %s", job.name, type(error).__name__)
            close_old_connections()
        except Exception as error:  # noqa: BLE001 - the other jobs must go on
            self.due[job.name] = time.monotonic() + max(60.0, job.seconds)
            log.error("%s: %s: %s", job.name, type(error).__name__, error)
