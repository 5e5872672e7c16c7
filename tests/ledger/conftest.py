"""A log of its own for each test, and acts to fill it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import translation
from pytest_django import Settings

from timbang.ledger import actions
from timbang.ledger.models import Entry

DAY = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def log_folder(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """Where this test's log is published; its keys stand beside."""
    settings.LOG = tmp_path / "log"
    settings.KEYS = tmp_path / "keys"
    settings.LOG_ORIGIN = "log.example/timbang"
    with translation.override("en"):
        yield settings.LOG


def acts(count: int, *, lane: str = "now", on: date = DAY, start: int = 0) -> list[Entry]:
    """Record so many acts in one transaction."""
    with transaction.atomic():
        return [
            actions.record(act="test.act", body={"number": start + i}, lane=lane, on=on)  # type: ignore[arg-type]
            for i in range(count)
        ]


def published(folder: Path, count: int) -> list[Entry]:
    """Record, sequence and publish so many acts."""
    entries = acts(count)
    actions.sequence(at=AT)
    actions.publish(folder, at=AT)
    for entry in entries:
        entry.refresh_from_db()
    return entries


def delete_rows(start: int, end: int = 2**62) -> None:
    """Rows as they are missing in an older backup: no rule of the application is asked."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM ledger_entry WHERE position >= %s AND position < %s", [start, end]
        )
