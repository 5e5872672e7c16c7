"""The command `timbang registry`: public facts from the shipped files."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from timbang.law.yaml_file import YamlError
from timbang.registry import actions


@click.group()
def registry() -> None:
    """Public facts: regions, elections."""


@registry.command()
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def load(as_json: bool) -> None:
    """Load regions and elections from the shipped files.

    Running it again brings what changed in the files and leaves the rest as it is.
    """
    try:
        loaded = actions.load()
    except YamlError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(asdict(loaded)))
    else:
        click.echo(
            f"{loaded.regions} regions, {loaded.elections} elections, {loaded.contests} contests"
        )


commands: list[click.Command] = [registry]
