"""The command `timbang policy places`: projects and votes by place, counted from the tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

# The page says on which day it was counted, in western Indonesian time.
_WESTERN = timedelta(hours=7)


@click.command()
@click.argument("tables", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
def places(tables: Path, out: Path) -> None:
    """Count projects and votes by place from TABLES, into OUT/places.json.

    A running worker does this by itself when the tables have changed.
    """
    from timbang.policy import placing

    on = (datetime.now(UTC) + _WESTERN).date()
    found = placing.build(tables, out, on=on)
    click.echo(f"{out / placing.NAME}: {len(found.projects)} / {len(found.votes)}")
