"""The commands `timbang load`, `timbang tables` and `timbang export`: public facts in and out."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.utils import timezone

from timbang.law.yaml_file import YamlError
from timbang.registry import (
    actions,
    asked,
    checking_tables,
    exporting,
    loading,
    numbers,
    reading_exchanges,
    reading_versions,
    schema,
    sources,
    storing,
)
from timbang.registry import tables as door
from timbang.registry.load_report import LoadStopped, Options, Report
from timbang.registry.opening import BadFile
from timbang.registry.reading_records import Context
from timbang.registry.sources import ALWAYS, CHECKS, Source
from timbang.registry.staging import Progress

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_SHOWN = 15


def _day(found: datetime | None) -> date | None:
    return found.date() if found else None


@click.command()
@click.argument("source")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Read, compare and check, and keep nothing.")
@click.option("--region", metavar="CODE", help="Region of the rows that name none, e.g. 32.73.")
@click.option(
    "--whole/--part",
    default=None,
    help="The files hold all there is of their slices (what is missing is gone), or a part.",
)
@click.option("--mapping", type=click.Path(path_type=Path), help="YAML that names the columns.")
@click.option("--encoding", default="utf-8", show_default=True, help="Encoding of CSV files.")
@click.option("--separator", help="Separator of CSV files, when it is not to be found out.")
@click.option("--publisher", metavar="TEXT", help="Who published the files, if they do not say.")
@click.option("--licence", metavar="TEXT", help="Their licence, if they do not say.")
@click.option(
    "--accept",
    "accepted",
    multiple=True,
    metavar="CHECK=WHY",
    help="Let an assertion pass that does not hold; the reason is kept with the version.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def load(
    source: str,
    paths: tuple[Path, ...],
    dry_run: bool,
    region: str | None,
    whole: bool | None,
    mapping: Path | None,
    encoding: str,
    separator: str | None,
    publisher: str | None,
    licence: str | None,
    accepted: tuple[str, ...],
    as_json: bool,
) -> None:
    """Load files of a SOURCE into the tables of public facts.

    Loading the same again changes nothing; a load that was broken off goes on where it was. The
    report tells what was read, refused (file, line, why) and doubtful. A load that looks wrong is
    stopped and keeps nothing: exit status 1. `timbang tables sources` lists the sources.
    """
    found = _source(source, mapping)
    options = Options(
        dry_run=dry_run,
        encoding=_encoding(encoding),
        separator=_separator(separator),
        whole=whole,
        accepted=dict(map(_accepted, accepted)),
        told={
            name: words for name, words in (("publisher", publisher), ("license", licence)) if words
        },
    )
    context = Context(timezone.localdate(), numbers.secret_in(settings.KEYS), asked.region(region))
    if reading_exchanges.TABLE in found.tables:
        context = replace(
            context,
            taken=reading_exchanges.desk_numbers(),
            organs=reading_exchanges.organ_codes(),
        )
        reading_exchanges.set_out(settings.TABLES)  # legs are looked for among them
    _complete()
    try:
        with _bar(paths, hidden=as_json) as progress:
            report = loading.load(
                actions.tables_store(), found, paths,
                context=context, at=_now(), options=options, progress=progress,
            )  # fmt: skip
    except BadFile as error:
        raise click.ClickException(str(error)) from error
    except LoadStopped as stopped:
        _print(stopped.report, as_json)
        raise click.ClickException(
            f"the load looks wrong and nothing of it was kept: {stopped}. If it is right, say "
            "--accept CHECK=WHY"
        ) from stopped
    _print(report, as_json)


def _complete() -> None:
    """A version that was broken off after its entry counts from now on."""
    for number in actions.complete_loads():
        click.echo(f"version {number}, broken off before it counted, counts now", err=True)


def _opened(known_on: datetime | None) -> door.Tables:
    """The tables with what the desk entered, on the engine of the setting."""
    return reading_exchanges.opened(known_on=_day(known_on), engine=None)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _source(code: str, mapping: Path | None) -> Source:
    try:
        known = sources.sources()
        if code not in known:
            raise click.UsageError(f"there is no source '{code}'; there are: {', '.join(known)}")
        found = known[code]
        if mapping is not None:
            return sources.with_mapping(found, mapping)
    except YamlError as error:
        raise click.ClickException(str(error)) from error
    if code == "plain":
        raise click.UsageError("plain: say with --mapping how its columns are named")
    return found


def _encoding(name: str) -> str:
    try:
        "".encode(name)
    except (LookupError, TypeError):
        raise click.UsageError(f"--encoding: '{name}' is not known, e.g. utf-8, cp1252") from None
    if name.lower().replace("_", "-").startswith(("utf-16", "utf-32")):
        raise click.UsageError("--encoding: save UTF-16 and UTF-32 files as UTF-8 first")
    return name


def _separator(mark: str | None) -> str | None:
    if mark is None:
        return None
    mark = "\t" if mark == "\\t" else mark
    if len(mark) != 1:
        raise click.UsageError("--separator: one character (\\t for a tab)")
    return mark


def _accepted(said: str) -> tuple[str, str]:
    check, _, why = said.partition("=")
    if check not in (*CHECKS, *ALWAYS) or not why.strip():
        allowed = ", ".join((*CHECKS, *ALWAYS))
        raise click.UsageError(f"--accept: CHECK=WHY with one of {allowed}")
    return check, why.strip()


@contextmanager
def _bar(paths: Iterable[Path], *, hidden: bool) -> Iterator[Progress]:
    """A progress bar on the error stream, over the bytes of the files."""
    size = sum(path.stat().st_size for path in paths if path.is_file())
    if hidden or not sys.stderr.isatty():
        yield lambda done: None
        return
    with click.progressbar(length=size, label="Reading", file=sys.stderr) as bar:
        yield bar.update


def _print(report: Report, as_json: bool) -> None:
    said = report.as_json()
    if as_json:
        click.echo(json.dumps(said, ensure_ascii=False))
        return
    for line in _lines(report, said):
        click.echo(line)


def _lines(report: Report, said: dict[str, Any]) -> Iterator[str]:
    if report.resumed_at:
        yield f"went on after {report.resumed_at:,} records of a load that was broken off"
    yield (
        f"{report.records:,} records read, {report.kept:,} kept, "
        f"{report.refused_records:,} refused, {report.repeated:,} repeated word for word, "
        f"{report.numbered:,} of a key that stood already"
    )
    for name, counts in report.tables.items():
        yield (
            f"  {name}: {counts.read:,} rows: {counts.added:,} new, {counts.corrected:,} "
            f"corrected, {counts.unchanged:,} unchanged, {counts.gone:,} gone"
        )
    for item in report.refusals[:_SHOWN]:
        yield f"refused {item['file']}:{item['line']}: {item['why']}"
    if report.refused_records > _SHOWN:
        for why, count in report.refused.most_common():
            yield f"refused {count:,} times: {why}"
    for item in said["doubts"]:
        first = f" (first {item['first'][0]})" if item["first"] else ""
        yield f"doubtful {item['table']}: {item['rows']:,} rows {item['doubt']}{first}"
    for name, count in said["not_kept"].items():
        yield f"not kept: {name}, {count:,} times"
    for finding in report.findings:
        mark = "holds" if finding.holds else "ACCEPTED" if finding.accepted else "DOES NOT HOLD"
        why = f" (accepted: {finding.accepted})" if finding.accepted else ""
        yield f"{mark}: {finding.check}: {finding.said}{why}"
    yield _outcome(report)


def _outcome(report: Report) -> str:
    if report.dry_run:
        return "a trial: nothing was kept"
    if report.version is None:
        return "nothing new: the tables are as they were"
    return f"version {report.version}"


@click.group()
def tables() -> None:
    """Public facts as tables: what there is, since when, from where."""


@tables.command("list")
@click.option("--known-on", type=_DAY, metavar="DATE", help="As it was known on this day.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_tables(known_on: datetime | None, as_json: bool) -> None:
    """Tables with rows: source, number of rows, years."""
    found = door.overview(_opened(known_on))
    if as_json:
        click.echo(json.dumps(found))
        return
    for row in found:
        click.echo(f"{row['table']:<14} {row['source']:<14} {row['rows']:>12,}  {_years(row)}")
    if not found:
        click.echo("no facts yet: timbang load SOURCE FILE")


def _years(row: Mapping[str, Any]) -> str:
    return f"{row['first'] or '?'}-{row['last'] or '?'}"


@tables.command("show")
@click.argument("table")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 10_000))
@click.option("--known-on", type=_DAY, metavar="DATE", help="As it was known on this day.")
@click.option("--desk", is_flag=True, help="Columns for the desk too.")
def show(table: str, limit: int, known_on: datetime | None, desk: bool) -> None:
    """The first rows of a TABLE as JSON lines."""
    opened = _opened(known_on)
    for batch in exporting.rows(opened, table, desk=desk, limit=limit):
        for row in batch.to_pylist():
            click.echo(json.dumps(row, ensure_ascii=False, default=str))


@tables.command("versions")
@click.option("--json", "as_json", is_flag=True, help="Print JSON with each whole report.")
def versions(as_json: bool) -> None:
    """Every load and retraction, in order."""
    found = actions.tables_store().versions()
    if as_json:
        click.echo(json.dumps([version.as_json() for version in found], ensure_ascii=False))
        return
    for version in found:
        rows = sum(stored.rows for files in version.tables.values() for stored in files)
        names = ", ".join(item["name"] for item in version.report.get("files", ()))
        click.echo(
            f"{version.number:>5}  {version.known_on}  {version.act:<8} {version.source:<14} "
            f"{rows:>12,} rows  {names or version.because}"
        )


@tables.command("sources")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_sources(as_json: bool) -> None:
    """Sources that can be loaded: publisher, licence, tables."""
    found = list(sources.sources().values())
    if as_json:
        click.echo(json.dumps([_source_as_json(source) for source in found], ensure_ascii=False))
        return
    for source in found:
        click.echo(f"{source.code:<14} {source.title.en} -> {', '.join(source.tables)}")


def _source_as_json(source: Source) -> dict[str, Any]:
    return {
        "source": source.code,
        "title": source.title.as_json(),
        "publisher": source.publisher.as_json(),
        "licence": source.licence.as_json(),
        "coverage": source.coverage.as_json(),
        "personal": source.personal.as_json(),
        "delivery": source.delivery,
        "tables": list(source.tables),
    }


@tables.command("retract")
@click.argument("version", type=int)
@click.option("--because", required=True, help="Why; it is kept with the retraction.")
def retract(version: int, because: str) -> None:
    """Take a load back: its rows end, what it had corrected is known again.

    Nothing is deleted: what was known before can still be asked with --known-on.
    """
    _complete()
    store = actions.tables_store()
    scratch = settings.TABLES / ".retracting"
    with store.writing():
        try:
            done = storing.retract(
                store, version,
                because=because, today=timezone.localdate(), at=_now(), scratch=scratch,
            )  # fmt: skip
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    again = sum(done.report["known_again"].values())
    click.echo(
        f"version {done.number}: {done.report['ended']:,} rows of version {version} ended, "
        f"{again:,} are known again"
    )


@tables.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify(as_json: bool) -> None:
    """Hold every file of the tables against the catalogue, and the catalogue against the ledger.

    Says which file was changed, taken away or laid in by hand; exit status 1 when one was.
    """
    found = checking_tables.check(actions.tables_store(), reading_versions.entered_versions())
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False))
        sys.exit(0 if found.ok else 1)
    if found.ok:
        click.echo(f"ok: {found.versions} versions, {found.files:,} files, each as it was entered")
    for number in found.unfinished:
        click.echo(f"version {number} was broken off; the next load puts it in place")
    for path in found.left_over:
        click.echo(f"left over, of no version: {path}")
    for problem in found.problems:
        click.echo(f"wrong: {problem}", err=True)
    sys.exit(0 if found.ok else 1)


@tables.command("dictionary")
def dictionary() -> None:
    """The data dictionary of all tables, in Markdown."""
    click.echo(exporting.dictionary(), nl=False)


@click.group()
def export() -> None:
    """Write a table to a file."""


def _exporter(form: str, what: str) -> click.Command:
    @click.command(form, help=what)
    @click.argument(
        "table", type=click.Choice(tuple(exporting.FTM if form == "ftm" else schema.tables()))
    )
    @click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
    @click.option("--known-on", type=_DAY, metavar="DATE", help="As it was known on this day.")
    @click.option("--desk", is_flag=True, help="Columns for the desk too; never what is sealed.")
    def run(table: str, path: Path, known_on: datetime | None, desk: bool) -> None:
        opened = _opened(known_on)
        draft = path.with_name(f".{path.name}.part")
        try:
            count = exporting.FORMATS[form](opened, table, draft, desk=desk)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        click.echo(f"{count:,} {'entities' if form == 'ftm' else 'rows'} in {path}")

    return run


export.add_command(_exporter("csv", "CSV in UTF-8; no cell can be run as a formula."))
export.add_command(_exporter("parquet", "One Parquet file."))
export.add_command(_exporter("ftm", "FollowTheMoney entities as JSON lines, as far as they go."))

commands: list[click.Command] = [load, tables, export]
