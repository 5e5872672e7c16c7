"""The commands `timbang registry` (public facts from the shipped files) and `timbang people`."""

from __future__ import annotations

import json
from dataclasses import asdict

import click
from django.conf import settings
from django.utils import timezone

from timbang.law.yaml_file import YamlError
from timbang.registry import actions, places, reading_pairs, region_changes, tables
from timbang.registry import people as loaded_people
from timbang.registry.names.linking import Status
from timbang.registry.region_changes import Change


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


@registry.command()
@click.argument("region", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def regions(region: str | None, as_json: bool) -> None:
    """How regions came to be what they are: formed out of others, recoded, renamed.

    REGION is a code or a name, of today or an old one; without it all changes are told. Each names
    its law or decree, the day where it is known, and how far it may be trusted.
    """
    code = _code_of(region) if region is not None else None
    history = places.changes()
    found = history.all if code is None else history.of_region(code)
    if as_json:
        about = {key: getattr(history.about, key).as_json() for key in _ABOUT}
        changes = [each.as_json() for each in found]
        click.echo(json.dumps({"code": code, **about, "changes": changes}, ensure_ascii=False))
        return
    if code is not None:
        click.echo(f"{code} {places.codes()[code]}")
    for each in found:
        click.echo(f"{_day_of(each)}  {_told(each)}; {each.law or 'law not known'} [{each.level}]")
    if not found:
        click.echo("no change is known: " + history.about.coverage.en)


_ABOUT = ("publisher", "licence", "coverage")


def _code_of(region: str) -> str:
    code, doubt = places.region(region)
    if code is None:
        why = (
            "a regency and a city bear this name: say which"
            if doubt == "region_ambiguous"
            else "there is no region with this code or name, today or before"
        )
        raise click.UsageError(f"'{region}': {why}")
    return code


def _day_of(change: Change) -> str:
    return change.day.isoformat() if change.day else "day unknown"


def _told(change: Change) -> str:
    name = f"{change.code} {places.codes()[change.code]}"
    if change.kind == region_changes.FORMED:
        parts = ", ".join(f"{code} {places.codes()[code]}" for code in change.of)
        return f"{name} was formed out of {parts}"
    if change.kind == region_changes.RECODED:
        return f"{name} had the code {change.former}"
    return f"{name} was named {change.former}"


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
