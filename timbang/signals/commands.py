"""The command `timbang detect`: which detectors there are, and what they find."""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.utils import timezone

from timbang.law.refusal import Refusal
from timbang.registry import asked, loading, numbers, reading_pairs, sources
from timbang.registry import tables as door
from timbang.registry.load_report import LoadStopped, Options, Report
from timbang.registry.opening import BadFile
from timbang.registry.reading_records import Context
from timbang.registry.spreadsheet import harmless
from timbang.registry.storing import Store
from timbang.signals import cardinal, catalogue, running, skeleton, tuning
from timbang.signals.describing import amount, described
from timbang.signals.detector import Detector
from timbang.signals.facts import Facts
from timbang.signals.merit_command import merit
from timbang.signals.network.commands import network
from timbang.signals.running import Run
from timbang.signals.warning_command import warn
from timbang.signals.weber_command import yardstick

FORMATS = ("text", "json", "csv", "cardinal")
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_SHOWN = 5


@click.command()
@click.argument("codes", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every detector.")
@click.option("--list", "listing", is_flag=True, help="Which detectors there are; runs none.")
@click.option("--skeleton", is_flag=True, help="Print the beginning of a test of one detector.")
@click.option("--input", "file", type=_FILE, help="Read this file instead of the loaded tables.")
@click.option("--source", default="ocds", show_default=True, help="What kind of file it is.")
@click.option("--region", metavar="CODE", help="Region of its rows that name none, e.g. 32.73.")
@click.option("--settings", "tuned", type=_FILE, help="TOML with other parameters.")
@click.option("--known-on", type=click.DateTime(formats=["%Y-%m-%d"]), help="As known on a day.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", help="What is printed."
)
def detect(
    codes: tuple[str, ...],
    everything: bool,
    listing: bool,
    skeleton: bool,
    file: Path | None,
    source: str,
    region: str | None,
    tuned: Path | None,
    known_on: datetime | None,
    form: str,
) -> None:
    """Run detectors (CODES such as R018) over public facts and tell their leads.

    A lead is a reason to look and never a finding: `text` and `json` give the innocent
    explanations beside it. Runs over the loaded tables are kept; the same again is not computed
    again. `cardinal` prints what the Cardinal library prints.
    """
    if listing:
        _list(form)
        return
    chosen = _chosen(codes, everything)
    if skeleton:
        click.echo(_skeleton(chosen), nl=False)
        return
    _check_asked(file, region, known_on)
    region = asked.region(region)
    settings_of = tuning.read(tuned, catalogue.detectors().values()) if tuned else {}
    with _facts(file, source, region, known_on) as (facts, folder):
        for currency in dict.fromkeys(each.get("currency") for each in settings_of.values()):
            _check_currency(facts, currency)
        runs = [
            running.run(each, facts, folder, chosen=settings_of.get(each.code))
            for each in _progress(chosen)
        ]
        _print(chosen, runs, form)


def _check_asked(file: Path | None, region: str | None, known_on: datetime | None) -> None:
    """An option that would do nothing is refused: it would be believed."""
    if file is None and region is not None:
        raise click.UsageError("--region is for a file (--input): its rows that name no region")
    if file is not None and known_on is not None:
        raise click.UsageError("--known-on is for the loaded tables, not for a file")


def _check_currency(facts: Facts, currency: str | None) -> None:
    """Refused where all bids with a price are in others: nothing would be compared, unsaid."""
    if currency is None:
        return
    bids = facts.table("bids")
    told = bids.filter(bids.currency.notnull()).select("currency").distinct().to_pyarrow()
    found = sorted(told["currency"].to_pylist())
    if found and currency not in found:
        raise Refusal(f"currency: no bid is in '{currency}'; bids are in: {', '.join(found)}")


def _chosen(codes: Sequence[str], everything: bool) -> list[Detector]:
    if everything == bool(codes):
        raise click.UsageError("name detectors, or say --all; --list tells which there are")
    if everything:
        return list(catalogue.detectors().values())
    return [catalogue.detector(code) for code in dict.fromkeys(codes)]


def _progress(chosen: list[Detector]) -> Iterator[Detector]:
    """A bar on a terminal, and nothing where the output is read by a program."""
    with click.progressbar(
        chosen, file=sys.stderr, label="detectors", item_show_func=lambda d: d.code if d else ""
    ) as bar:
        yield from bar


@contextmanager
def _facts(
    file: Path | None, source: str, region: str | None, known_on: datetime | None
) -> Iterator[tuple[Facts, Path]]:
    """The facts to read and the folder where runs are kept: for a file, one that goes away."""
    day = known_on.date() if known_on else None
    if file is None:
        tables = door.open_tables(settings.TABLES, known_on=day)
        with Facts(tables, name_links=reading_pairs.links()) as facts:
            yield facts, settings.SIGNALS
        return
    with tempfile.TemporaryDirectory(prefix="timbang-detect-") as made:
        store = Store(Path(made) / "tables")
        _load(store, file, source, region)
        with Facts(door.open_tables(store.folder)) as facts:
            yield facts, Path(made) / "signals"


def _load(store: Store, file: Path, source: str, region: str | None) -> None:
    """A file is read as `timbang load` reads it, without asking whether the load looks whole."""
    found = sources.sources().get(source)
    if found is None:
        raise Refusal(f"there is no source '{source}'; there are: {', '.join(sources.sources())}")
    context = Context(timezone.localdate(), numbers.secret_in(settings.KEYS), region)
    try:
        report = loading.load(
            store, replace(found, assertions=()), [file],
            context=context, at=timezone.now().isoformat(), options=Options(),
        )  # fmt: skip
    except (BadFile, LoadStopped) as error:
        raise click.ClickException(str(error)) from error
    _say_refused(file, source, report)


def _say_refused(file: Path, source: str, report: Report) -> None:
    """The first records that were refused, each with its line and why; a file of which nothing is
    kept is refused as a whole."""
    told = [f"{file}:{each['line']}: {each['why']}" for each in report.refusals[:_SHOWN]]
    refused = report.refused_records
    if not report.kept:
        what = f"all {refused:,} records were refused" if refused else "no record is in it"
        raise click.ClickException(
            "\n".join([f"{file}: {what}; a file of the source '{source}' is wanted", *told])
        )
    if refused:
        click.echo(f"{file}: {refused:,} of {report.records:,} records were refused", err=True)
    for line in told:
        click.echo(f"  {line}", err=True)


def _list(form: str) -> None:
    found = catalogue.detectors().values()
    if form == "json":
        click.echo(json.dumps([described(each) for each in found], ensure_ascii=False))
        return
    for each in found:
        click.echo(f"{each.code:12} {each.kind:12} {each.method.title.en}")


def _skeleton(chosen: list[Detector]) -> str:
    if len(chosen) != 1:
        raise click.UsageError("--skeleton is for one detector")
    return skeleton.test_of(chosen[0])


def _print(chosen: list[Detector], runs: list[Run], form: str) -> None:
    if form == "cardinal":
        click.echo(json.dumps(cardinal.output(runs), separators=(",", ":"), ensure_ascii=False))
    elif form == "json":
        told = [_told(each, run) for each, run in zip(chosen, runs, strict=True)]
        click.echo(json.dumps(told, ensure_ascii=False))
    elif form == "csv":
        _table(runs)
    else:
        for each, run in zip(chosen, runs, strict=True):
            _say(each, run)


def _told(found: Detector, run: Run) -> dict[str, Any]:
    return {
        **described(found),
        "run": run.digest,
        "settings": run.manifest["parameters"],
        "data": run.manifest["data"],
        "counts": run.manifest["counts"],
        "leads": [lead.as_json() for lead in run.leads()],
    }


_COLUMNS = ("detector", "subject_kind", "subject", "region_code", "since", "until", "value",
            "election", "phase", "days_to_voting", "evidence")  # fmt: skip


def _table(runs: list[Run]) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(_COLUMNS)
    for run in runs:
        for lead in run.leads():
            told = lead.as_json() | {"evidence": " ".join(lead.evidence)}
            told |= lead.window.as_json() if lead.window else {}
            cells = (told.get(name) for name in _COLUMNS)
            writer.writerow([harmless(c) if isinstance(c, str) else c for c in cells])


def _say(found: Detector, run: Run) -> None:
    counts: Mapping[str, Any] = run.manifest["counts"]
    click.echo(f"{found.code} {found.method.title.en}")
    click.echo(f"  {counts['leads']:,} of {counts['looked_at']:,} are reasons to look")
    for reason, number in counts["not_applicable"].items():
        click.echo(f"  {number:,} cannot be judged: {found.reasons[reason].en}")
    click.echo("  What else may explain it:")
    for each in found.method.innocent:
        click.echo(f"    - {each.en}")
    for lead in run.leads():
        window = f"; {lead.window.election}" if lead.window else ""
        click.echo(
            f"  {lead.subject_kind} {lead.subject}: {amount(lead.value, found.unit)}{window}"
        )


commands: list[click.Command] = [detect, merit, network, warn, yardstick]
