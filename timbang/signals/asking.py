"""What somebody asks a command for, checked before anything is computed."""

from __future__ import annotations

from datetime import date

import click


def period(since: date, until: date) -> tuple[date, date]:
    """From a day to before another one."""
    if since >= until:
        raise click.UsageError(
            f"--until {until} is not after --since {since}: no day lies between; --until is the "
            "first day after"
        )
    return since, until
