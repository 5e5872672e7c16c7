"""Keeps the file of the explorer as new as the tables and the runs: what the worker asks."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime

from django.conf import settings

from timbang.publication import reading
from timbang.publication.explorer import building
from timbang.publication.explorer.building import Built


def keep(*, on: date) -> bool:
    """Build the file where something has changed; False where there was nothing to do.

    In a process of its own: reading tables takes memory that the worker would never give back.
    """
    if not building.is_outdated(
        settings.TABLES, settings.SIGNALS, settings.EXPLORER, on=on, release=_released()
    ):
        return False
    command = [sys.executable, "-m", "timbang", "explorer", "build", "--json"]
    subprocess.run(command, check=True, capture_output=True)
    return True


def build(*, at: datetime) -> Built:
    """Build the file here and now, if anything has changed."""
    return building.build(
        settings.TABLES, settings.SIGNALS, settings.EXPLORER, at=at, release=_released()
    )


def _released() -> str:
    """Our last published figures; "" before the first release."""
    found = reading.latest()
    return found.file if found else ""
