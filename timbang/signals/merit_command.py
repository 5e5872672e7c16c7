"""The commands `timbang merit`: checks on appointments, five distortions, days around the ban."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import click
from django.conf import settings

from timbang.law.refusal import Refusal
from timbang.registry import asked, reading_pairs
from timbang.registry import tables as door
from timbang.signals import asking, catalogue, profile
from timbang.signals import merit as audit
from timbang.signals.facts import Facts
from timbang.signals.profile import FEW, MEASURED, TOO_FEW, Cell, Profile
from timbang.signals.statistics.estimate import Estimate

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group("merit")
def merit() -> None:
    """Are posts filled by merit? Indications and what is missing, never a finding."""


@merit.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def checks(as_json: bool) -> None:
    """The checks on appointments: how many were judged and marked, and why the rest was not."""
    with _facts() as facts:
        runs = audit.checks(facts, settings.SIGNALS)
    told = [
        {"check": each.manifest["detector"], **each.manifest["counts"]} for each in runs
    ]  # fmt: skip
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for each in told:
        found = catalogue.detector(each["check"])
        open_ = sum(each["not_applicable"].values())
        judged = each["looked_at"] - open_
        click.echo(f"{each['check']} {found.method.title.en}")
        if not each["looked_at"]:
            reads = ", ".join(found.reads)
            click.echo(f"  not computable: nothing to look at in {reads}")
        elif not judged:
            click.echo("  not computable with this data")
        else:
            click.echo(f"  {each['leads']:,} of {judged:,} judged are reasons to look")
        for reason, number in each["not_applicable"].items():
            click.echo(f"  {number:,} not judged: {found.reasons[reason].en}")


@merit.command("profile")
@click.option("--agency", metavar="CODE", help="Only this agency.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def five(agency: str | None, as_json: bool) -> None:
    """The five distortions of each agency, each with its measure, interval and size.

    What no data tells is missing and never zero; small groups are not told.
    """
    with _facts() as facts:
        found = audit.profiles(facts, settings.SIGNALS)
    if agency is not None:
        found = [each for each in found if each.agency == agency]
        if not found:
            raise Refusal(f"nothing is known of an agency '{agency}'")
    if as_json:
        click.echo(json.dumps(_told(found), ensure_ascii=False))
        return
    for each in found:
        click.echo(each.agency)
        for cell, told in zip(each.cells, profile.DISTORTIONS, strict=True):
            click.echo(f"  {told.title.en}: {_in_words(cell)}")
    if not found:
        click.echo("nothing is loaded that could be measured; see timbang load")


def _told(found: list[Profile]) -> dict[str, Any]:
    return {
        "distortions": [
            {
                "code": each.code,
                "title": each.title.as_json(),
                "measure": each.measure.as_json(),
                "beware": each.beware.as_json(),
                "sources": list(each.sources),
            }
            for each in profile.DISTORTIONS
        ],
        "agencies": [
            {"agency": each.agency, "cells": [cell.as_json() for cell in each.cells]}
            for each in found
        ],
    }


def _in_words(cell: Cell) -> str:
    if cell.status == MEASURED:
        return f"{cell.value:.0%} ({cell.low:.0%} to {cell.high:.0%}) of {cell.size:,}"
    if cell.status == FEW and cell.low:
        return f"all but fewer than 5 of {cell.size:,} (at least {cell.low:.0%})"
    if cell.status == FEW:
        return f"fewer than 5 of {cell.size:,} (at most {cell.high:.0%})"
    return "too few to be told" if cell.status == TOO_FEW else "missing"


@merit.command()
@click.option("--region", metavar="CODE", help="Only agencies of this region, e.g. 32 or 32.73.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def density(region: str | None, as_json: bool) -> None:
    """Days with decrees around the first day of the ban, week by week, and what both sides say."""
    region = asked.region(region)
    with _facts() as facts:
        found = audit.around_the_ban(facts, region=region)
    if as_json:
        weeks = [{"week": week, "days": days} for week, days in found.weeks.items()]
        body = {"weeks": weeks, "before": found.before.as_json()}
        click.echo(json.dumps({**body, "density": found.density.as_json()}, ensure_ascii=False))
        return
    for week, days in found.weeks.items():
        click.echo(f"week {week:4}: {days:,} days with decrees")
    click.echo(f"30 days before the ban against the year before: {_sentence(found.before)}")
    click.echo(f"density at its first day: {_sentence(found.density)}")


@merit.command()
@click.option("--since", type=_DAY, required=True, help="First day of the appointments.")
@click.option("--until", type=_DAY, required=True, help="The first day after.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def promoted(since: datetime, until: datetime, as_json: bool) -> None:
    """Were officials on lists of candidates or teams appointed more often than their colleagues?

    Compared within each agency; a link of names counts only where it is sure or judged.
    """
    first, after = asking.period(since.date(), until.date())
    with _facts() as facts:
        exact, large = audit.promoted(facts, settings.SIGNALS, since=first, until=after)
    if as_json:
        body = {"exact": exact.as_json(), "mantel_haenszel": large.as_json()}
        click.echo(json.dumps(body, ensure_ascii=False))
        return
    click.echo(f"exact: {_sentence(exact)}")
    click.echo(f"Cochran-Mantel-Haenszel: {_sentence(large)}")


def _sentence(found: Estimate) -> str:
    """Effect, interval and sizes; or why there is none."""
    if not found.known:
        return "no answer: " + "; ".join(each.en for each in found.missing)
    low, high = (
        "open" if end is None or end in (float("inf"), float("-inf")) else f"{end:.2f}"
        for end in (found.low, found.high)
    )
    sizes = ", ".join(f"{name} {value:g}" for name, value in found.sizes.items())
    return f"{found.effect:.2f} {found.unit.en} ({found.level:.0%}: {low} to {high}; {sizes})"


@contextmanager
def _facts() -> Iterator[Facts]:
    with Facts(door.open_tables(settings.TABLES), name_links=reading_pairs.links()) as facts:
        yield facts
