"""The commands `timbang registry` (public facts from the shipped files) and `timbang people`."""

from __future__ import annotations

import json
from dataclasses import asdict

import click
from django.conf import settings
from django.utils import timezone

from timbang.law.yaml_file import YamlError
from timbang.registry import actions, reading_pairs, tables
from timbang.registry import people as loaded_people
from timbang.registry.names.linking import Status


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


@click.group()
def people() -> None:
    """The people of all loaded lists, as the desk searches them."""


@people.command()
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def index(as_json: bool) -> None:
    """Make the index of people anew, after lists were loaded or retracted.

    The desk searches the old one until the new one is whole. Rows whose name cannot be read are
    counted and left out.
    """
    opened = tables.open_tables(settings.TABLES, engine="duckdb")
    built = loaded_people.make_index(
        opened, settings.PEOPLE / loaded_people.EVERYBODY, on=timezone.localdate()
    )
    refused = len(built.refused)
    if as_json:
        click.echo(json.dumps({"people": built.people, "names": built.names, "refused": refused}))
    else:
        click.echo(
            f"{built.people:,} people, {built.names:,} names; {refused:,} names cannot be read"
        )


@people.command()
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def link(as_json: bool) -> None:
    """Link the people of all other lists to officials, for officers to judge at the desk.

    Takes up what was judged; what did not change since the last time is kept.
    """
    today = timezone.localdate()
    opened = tables.open_tables(settings.TABLES, engine="duckdb")
    links = reading_pairs.link_lists(opened, settings.PEOPLE, on=today)
    pairs = actions.offer_pairs(links, on=today)
    judged = sum(each.status is Status.JUDGED for each in links)
    if as_json:
        click.echo(json.dumps({"records": len(links), "judged": judged, "pairs": pairs}))
    else:
        click.echo(f"{len(links):,} records, {judged:,} judged; {pairs:,} pairs to look at")


@people.command()
def judgements() -> None:
    """What officers judged and did not take back, as JSON Lines that `timbang names link` reads."""
    for each in reading_pairs.standing():
        click.echo(json.dumps(each.as_json(), ensure_ascii=False))


commands: list[click.Command] = [registry, people]
