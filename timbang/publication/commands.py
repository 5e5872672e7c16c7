"""The commands `timbang publication` and `timbang explorer`: what everyone may see."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import click
from django.utils import timezone

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


@click.group()
def explorer() -> None:
    """What the public pages of contracts, budgets, services and appointments show."""


@explorer.command()
@click.option("--json", "as_json", is_flag=True, help="Print what was built as JSON.")
def build(as_json: bool) -> None:
    """Build the file that the explorer shows, from the tables and the current runs.

    A file that was made of the same things is not made again; readers of the old one go on reading
    it. A running worker does this by itself when something has changed.
    """
    from timbang.publication.explorer import keeping

    found = keeping.build(at=timezone.localtime())
    if as_json:
        click.echo(json.dumps({"made": found.made, "rows": dict(found.counts)}))
        return
    click.echo(f"{found.path}: {'made' if found.made else 'nothing had changed'}")
    for name, number in found.counts.items():
        click.echo(f"  {name:12} {number:,}")


commands: list[click.Command] = [publication, explorer]
