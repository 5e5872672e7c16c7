"""The command `timbang network`: what is measured of a network of exchanges."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from timbang.law.refusal import Refusal

if TYPE_CHECKING:
    from timbang.signals.network.reading import Given

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_SHOWN = 10


@click.group()
def network() -> None:
    """Networks of exchange: who gives to whom, how often, with what in return."""


@network.command()
@click.argument("file", type=_FILE, required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--most", default=50, show_default=True, help="How many of each list are told.")
@click.option(
    "--groups", type=click.Choice(["cluster", "role", "region"]), default="cluster",
    show_default=True, help="By what the roles of brokers are told apart.",
)  # fmt: skip
@click.option("--months", type=click.IntRange(1), default=3, show_default=True,
              help="Months from which a tie counts as repeated.")  # fmt: skip
@click.option("--asymmetry", type=click.FloatRange(0, 1), default=0.5, show_default=True,
              help="Difference of dependence from which status is unequal.")  # fmt: skip
@click.option("--personalism", type=click.FloatRange(0, 1), default=0.5, show_default=True,
              help="Share through a person from which a tie is personal.")  # fmt: skip
@click.option("--levels", type=click.FloatRange(0), default=1.0, show_default=True,
              help="Levels apart from which there is hierarchy.")  # fmt: skip
@click.option("--density", type=click.FloatRange(0, 1, min_open=True), default=0.01,
              show_default=True, help="Least density of ties within a cluster.")  # fmt: skip
@click.option("--known-on", type=click.DateTime(formats=["%Y-%m-%d"]),
              help="The loaded tables as known on a day.")  # fmt: skip
def measures(
    file: Path | None,
    as_json: bool,
    most: int,
    groups: str,
    months: int,
    asymmetry: float,
    personalism: float,
    levels: float,
    density: float,
    known_on: datetime | None,
) -> None:
    """Measure the exchanges of FILE (Parquet, JSON Lines, CSV), or those that are loaded.

    The columns are those of the table `exchanges`; giver and receiver must be there, by number or
    name. A measure is no finding: favours between kin and colleagues look alike from here.
    """
    from timbang.signals.network import measures as told
    from timbang.signals.network.limits import Limits

    if file is not None and known_on is not None:
        raise click.UsageError("--known-on is for the loaded tables, not for a file")
    given = _given(file, known_on)
    if not len(given):
        raise Refusal("there is no exchange; `timbang load exchanges FILE` brings some in")
    found = told.Measured(given, Limits(months, asymmetry, personalism, levels), groups, density)
    answer = told.as_json(found, most=most)
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        _say(answer)


@network.command()
@click.argument("file", type=_FILE)
@click.option("--to", "folder", type=click.Path(path_type=Path, file_okay=False), required=True,
              help="Folder of the months that are kept; it is made.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def keep(file: Path, folder: Path, as_json: bool) -> None:
    """Add the months of FILE to those kept in a folder; no other exchange is read again.

    A month that FILE brings replaces what was kept of that month.
    """
    from timbang.signals.network import keeping, measures, reading

    kept = keeping.bring(reading.read(file), folder)
    answer = measures.of_pairs_json(kept.pairs, actors=len(kept.ids))
    answer |= {
        "kept": list(kept.months),
        "added": list(kept.added),
        "replaced": list(kept.replaced),
    }
    if as_json:
        click.echo(json.dumps(answer))
        return
    for name in ("added", "replaced"):
        if answer[name]:
            click.echo(f"{name}: {', '.join(answer[name])}")
    click.echo(f"{answer['exchanges']:,} exchanges, {answer['pairs']:,} pairs")
    _say_readings(answer)
    _say_reciprocity(answer["reciprocity"])


def _given(file: Path | None, known_on: datetime | None) -> Given:
    from timbang.registry import reading_exchanges
    from timbang.signals.network import reading

    if file is not None:
        return reading.read(file)
    tables = reading_exchanges.opened(known_on=known_on.date() if known_on else None, engine=None)
    rows = tables.table(reading.TABLE).select(*reading.READ)
    return reading.of_table(tables.engine.to_pyarrow(rows))


def _say(told: dict[str, Any]) -> None:
    months = told["months"]
    when = f", {months['first']} to {months['last']}" if months["first"] else ""
    click.echo(f"{told['exchanges']:,} exchanges of {told['actors']:,} actors{when}")
    click.echo(f"{told['pairs']:,} pairs")
    _say_readings(told)
    _say_reciprocity(told["reciprocity"])
    hierarchy = told["hierarchy"]
    if hierarchy["incoherence"] is not None:
        click.echo(
            f"Hierarchy: incoherence {hierarchy['incoherence']:.2f} (0 one ladder, 1 none); "
            f"{hierarchy['parts']:,} parts, the largest of {hierarchy['largest_part']:,}"
        )
    for name, change in told["elections"].items():
        low, high = change["effect_95"]
        click.echo(
            f"Around elections, {name}: {change['within']:.3g} within, "
            f"{change['outside']:.3g} outside; "
            f"{'ratio' if name == 'rate' else 'difference'} {change['effect']:.3g} "
            f"(95 %: {low:.3g} to {high:.3g})"
        )
    unknown = {name: count for name, count in told["missing"].items() if isinstance(count, int)}
    said = ", ".join(f"{name} {count:,}" for name, count in unknown.items() if count)
    click.echo(f"Not known: {said or 'nothing'}")
    _say_pairs(told)
    _say_brokers(told)
    click.echo("What else may explain it:")
    for each in told["innocent_explanations"]:
        click.echo(f"  - {each['en']}")


def _say_readings(told: dict[str, Any]) -> None:
    for name, reading in told["readings"].items():
        may = f"; {reading['pairs_that_may']:,} more may" if reading["pairs_that_may"] else ""
        elements = ", ".join(reading["elements"])
        click.echo(f"  {name}: {reading['pairs_with_all']:,} have all of {elements}{may}")


def _say_reciprocity(told: dict[str, Any]) -> None:
    legs, flows = told["legs"], told["flows"]
    if legs:
        low, high = legs["share_95"]
        click.echo(
            f"Other leg on record: {legs['share']:.1%} of exchanges (95 %: {low:.1%} to {high:.1%})"
        )
    else:
        click.echo("Other leg on record: not known; no exchange names one")
    if flows:
        low, high = flows["effect_95"]
        click.echo(
            f"Matched by one the other way: {flows['observed']:.1%}; by chance "
            f"{flows['expected']:.1%}; effect {flows['effect']:+.3f} (95 %: {low:+.3f} to "
            f"{high:+.3f})"
        )


def _say_pairs(told: dict[str, Any]) -> None:
    for pair in told["pair_list"][:_SHOWN]:
        said = [name for name, present in pair["elements"].items() if present]
        above = f"; {pair['above']} above" if pair["above"] else ""
        click.echo(
            f"  {pair['low']['name']} - {pair['high']['name']}: {pair['exchanges']:,} exchanges "
            f"in {pair['months']} months{above}; {', '.join(said) or 'no element'}"
        )


def _say_brokers(told: dict[str, Any]) -> None:
    for each in told["broker_list"][:_SHOWN]:
        roles = ", ".join(f"{name} {count:,}" for name, count in each["roles"].items() if count)
        click.echo(
            f"  broker {each['broker']['name']}: passed on {each['passed_on']:,}"
            f"{'; ' + roles if roles else ''}"
        )


commands: list[click.Command] = [network]
