"""The command `timbang publication`: what everyone may see."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import click

from timbang.publication import actions


@click.group()
def publication() -> None:
    """Public figures."""


@publication.command()
@click.option("--json", "as_json", is_flag=True, help="Print what was released as JSON.")
def release(as_json: bool) -> None:
    """Release the figures of all months that have ended.

    The worker does this by itself at the beginning of each month. A month is released once and
    never again: running it twice changes nothing.
    """
    found = actions.release(at=datetime.now(UTC))
    if as_json:
        answer = {"month": found.month, "digest": found.digest} if found else None
        click.echo(json.dumps({"released": answer}))
    elif found:
        click.echo(f"released {found.month}, SHA-256 {found.digest}")
    else:
        click.echo("nothing to release: the last month that has ended was released already")


commands: list[click.Command] = [publication]
