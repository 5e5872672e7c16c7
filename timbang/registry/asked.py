"""What somebody asks a command for, checked before anything is read or computed."""

from __future__ import annotations

import click

from timbang.registry import places


def region(code: str | None) -> str | None:
    """The code of today of `--region`; an old one is told, one that no region has is refused."""
    if code is None:
        return None
    today = places.code_of_today(code)
    if today is None:
        raise click.UsageError(f"--region: '{code}' is no code of a province, regency or city")
    if today != code:
        click.echo(f"--region: {code} is {today} {places.codes()[today]} today", err=True)
    return today
