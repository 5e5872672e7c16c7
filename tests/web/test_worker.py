"""The worker asks its questions again and again, and one that fails stops no other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event

import pytest
from django.db import OperationalError, connection

from tests.cases.conftest import make_organ
from timbang.web.worker import Job, Worker, day_before, jobs, measure_tables


@pytest.mark.django_db
def test_one_failing_job_never_stops_the_others() -> None:
    done: list[str] = []

    def fail(_at: datetime) -> None:
        raise ValueError("broken")

    def locked(_at: datetime) -> None:
        raise OperationalError("locked")

    worker = Worker(
        (Job("a", 1, fail), Job("b", 1, locked), Job("c", 1, lambda _at: done.append("c")))
    )
    worker.round()
    assert done == ["c"]


def test_a_job_waits_for_its_time() -> None:
    done: list[int] = []
    worker = Worker((Job("a", 60, lambda _at: done.append(1)),))
    worker.round()
    worker.round()
    assert done == [1]


def test_a_day_ends_where_the_installation_stands() -> None:
    """17:30 UTC is already the next day in Jakarta: yesterday's intake may go out."""
    assert str(day_before(datetime(2026, 3, 1, 16, 30, tzinfo=UTC))) == "2026-02-28"
    assert str(day_before(datetime(2026, 3, 1, 17, 30, tzinfo=UTC))) == "2026-03-01"


@pytest.mark.django_db(transaction=True)
def test_every_job_runs_on_an_empty_installation() -> None:
    for job in jobs():
        job.run(datetime.now(UTC))


@pytest.mark.django_db
def test_a_job_that_found_work_looks_again_at_once() -> None:
    left = [3, 0, 5]
    worker = Worker((Job("a", 60, lambda _at: left.pop(0)),))
    for _ in range(4):
        worker.round()
    assert left == [5]


@pytest.mark.django_db(transaction=True)
def test_a_slow_machine_elsewhere_holds_up_no_other_job() -> None:
    told, begun, done = Event(), Event(), []

    def slow(_at: datetime) -> None:
        begun.set()
        assert told.wait(10)
        done.append("slow")

    worker = Worker(
        (Job("mail", 0, slow, aside=True), Job("terms", 0, lambda _: done.append("due")))
    )
    worker.round()
    assert begun.wait(10)
    worker.round()
    assert done == ["due", "due"]
    told.set()
    worker.wait()
    assert done == ["due", "due", "slow"]


@pytest.mark.django_db
def test_the_database_knows_how_its_rows_are_spread() -> None:
    make_organ("measured", "bawaslu")
    asked: list[str] = []

    def note(execute: Callable[..., object], *told: object) -> object:
        asked.append(str(told[0]))
        return execute(*told)

    with connection.execute_wrapper(note):
        measure_tables()
    if connection.vendor == "postgresql":  # which keeps its figures itself
        assert asked == []
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'accounts_organ'")
        assert cursor.fetchone()[0] > 0
