"""The command `timbang law`: ask the catalogue, count a term, prove a procedure.

No database and no settings: these commands run on a fresh machine.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO, Any

import click

import timbang
from timbang.law import (
    asking,
    bilingual,
    counting,
    facts_page,
    procedure,
    proof,
    proof_page,
    workdays,
)
from timbang.law import calendar as calendars
from timbang.law.evaluate import FactsError, check_facts, evaluate
from timbang.law.refusal import Refusal
from timbang.law.yaml_file import YamlError, loads


@click.group()
def law() -> None:
    """Ask the law: norms, terms, procedures."""


# Each subject adds its command below this line, under its own heading.

# --- norms: ask -----------------------------------------------------------------------------------

# A file of facts is a page; whatever is longer is another file, chosen by mistake.
_MOST_BYTES = 100_000


@law.command()
@click.argument("facts", type=click.File("rb"), metavar="FACTS.yaml")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, every norm.")
@click.option("--language", type=click.Choice(["id", "en"]), default="id", show_default=True)
def ask(facts: IO[bytes], as_json: bool, language: str) -> None:
    """Ask every norm about the facts of one act: it applies, it does not, or what is missing.

    The words for facts are in docs/reference/facts.md ("-" reads standard input). Exit code 2 when
    the facts cannot be read.
    """
    token = bilingual.language.set(language)
    try:
        findings = evaluate(_read_facts(facts))
        if as_json:
            body = {"findings": [finding.as_json() for finding in findings]}
            click.echo(json.dumps(body, ensure_ascii=False, indent=2))
        else:
            click.echo("\n".join(asking.report(findings)))
    finally:
        bilingual.language.reset(token)


def _read_facts(source: IO[bytes]) -> dict[str, object]:
    """The facts as `evaluate` takes them; what is wrong is told with the line it stands on."""
    text, name = source.read(_MOST_BYTES + 1), getattr(source, "name", "<stdin>")
    if len(text) > _MOST_BYTES:
        raise click.UsageError(f"{name}: longer than {_MOST_BYTES} bytes: not a fact file")
    try:
        found = loads(text, name).mapping()
    except YamlError as problem:
        raise click.UsageError(str(problem)) from problem
    facts: dict[str, object] = {key: node.plain() for key, node in found.items()}
    try:
        check_facts(facts)
    except FactsError as problem:
        node = found[problem.key] if problem.key in found else next(iter(found.values()))
        raise click.UsageError(str(node.error(str(problem)))) from problem
    return facts


@law.command(hidden=True)
def facts() -> None:
    """Print docs/reference/facts.md: the vocabulary of facts, and which norms ask for each."""
    click.echo(facts_page.page(), nl=False)


# --- terms: term, calendar ------------------------------------------------------------------------

_LANGUAGE = click.option(
    "--language", type=click.Choice(["id", "en"]), default="id", show_default=True
)


@law.command()
@click.option(
    "--from",
    "started",
    required=True,
    metavar="DATE",
    help="Day 0, as YYYY-MM-DD; for hours also an instant, as 2026-07-14T10:00+07:00.",
)
@click.option(
    "--length", "--days", "length", required=True, type=int, help="How long it is, 0 to 1000."
)
@click.option("--unit", required=True, type=click.Choice(["days", "workdays", "hours", "unknown"]))
@click.option(
    "--reading",
    "readings",
    multiple=True,
    metavar="N:UNIT",
    help="Another reading of the same term, where a law and a regulation differ.",
)
@click.option(
    "--suspend",
    "suspensions",
    multiple=True,
    metavar="FROM:UNTIL",
    help="Days on which it does not run, both included; no UNTIL: the end is not known.",
)
@click.option("--extend", type=int, default=0, help="By how much it was extended, in its unit.")
@click.option("--own", type=int, default=None, help="A shorter term of the office's own.")
@click.option(
    "--joint-leave",
    type=click.Choice(["counts", "skipped"]),
    default="skipped",
    show_default=True,
    help="Whether joint leave (cuti bersama) is a working day: no law that we have read says so.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@_LANGUAGE
def term(as_json: bool, language: str, **asked: Any) -> None:
    """Count a term day by day: where it ends on each reading, and why each day counts or not."""
    token = bilingual.language.set(language)
    try:
        present = calendars.Calendar.load()
        answer = counting.answer(_question(**asked), present)
        if as_json:
            body = counting.as_json(answer, present)
            click.echo(json.dumps(body, ensure_ascii=False, indent=2))
        else:
            click.echo("\n".join(counting.report(answer)))
    except (workdays.TermError, Refusal, YamlError) as problem:
        raise click.UsageError(str(problem)) from problem
    finally:
        bilingual.language.reset(token)


def _question(
    suspensions: tuple[str, ...], readings: tuple[str, ...], started: str, **asked: Any
) -> counting.Question:
    return counting.Question(
        started=counting.start(started),
        suspensions=tuple(map(counting.suspension, suspensions)),
        readings=tuple(map(counting.reading, readings)),
        **asked,
    )


@law.group("calendar")
def calendar() -> None:
    """The calendars of holidays and joint leave: what is at hand, and checking a new one."""


@calendar.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_calendars(as_json: bool) -> None:
    """The years at hand, each with its source and its day, and the hash of all of them."""
    present = _present_calendar()
    rows = counting.years(present)
    if as_json:
        body = {"hash": present.hash, "years": rows}
        click.echo(json.dumps(body, ensure_ascii=False, indent=2))
        return
    for row in rows:
        settled = "settled" if all(row["confirmed"].values()) else "not settled"
        click.echo(
            f"{row['year']}  {row['days']:>3} days  {settled:11}  {row['title']} ({row['dated']})"
        )
    click.echo(f"SHA-256 {present.hash}")


@calendar.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check_calendar(file: Path, as_json: bool) -> None:
    """Check a calendar file before it goes into the folder, and say which days it changes.

    Exit code 1 when the folder would not take it.
    """
    _present_calendar()
    try:
        year, changed = calendars.check_file(file)
    except YamlError as problem:
        if as_json:
            click.echo(json.dumps({"ok": False, "problem": str(problem)}, ensure_ascii=False))
        else:
            click.echo(str(problem), err=True)
        raise SystemExit(1) from problem
    if as_json:
        rows = [change.as_json() for change in changed]
        body = {"ok": True, "year": year.year, "dated": year.dated.isoformat(), "changes": rows}
        click.echo(json.dumps(body, ensure_ascii=False, indent=2))
        return
    click.echo(f"{year.year}: {year.title}, {year.dated}. It changes {len(changed)} days.")
    for change in changed:
        click.echo(f"  {change}")
    click.echo(f"Copy it to {calendars.own_folder()}; terms that run are then counted again.")


def _present_calendar() -> calendars.Calendar:
    try:
        return calendars.Calendar.load()
    except (YamlError, OSError) as problem:
        raise click.UsageError(f"{calendars.own_folder()}: {problem}") from problem


# --- procedures: prove ----------------------------------------------------------------------------


@law.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON: the proof as it is published.")
@click.option("--language", type=click.Choice(["id", "en"]), default="id", show_default=True)
def prove(as_json: bool, language: str) -> None:
    """Prove every procedure: it ends, nobody is sanctioned unheard, nobody reviews himself.

    Prints each property with its verdict, the longest way, and what stays open. Exit code 1 when a
    procedure has a problem.
    """
    token = bilingual.language.set(language)
    try:
        every = procedure.on_file()
        found = [proof.prove(one, every) for one in every]
        if as_json:
            body = {"version": timbang.__version__, "procedures": [one.as_json() for one in found]}
            click.echo(json.dumps(body, ensure_ascii=False, indent=2))
        else:
            click.echo("\n".join(line for one in found for line in proof_page.lines(one)))
    finally:
        bilingual.language.reset(token)
    if not all(one.proved for one in found):
        raise SystemExit(1)


def proof_report(found: procedure.Procedure) -> dict[str, Any]:
    """What can be published about one procedure: its hash, each property, what is still open."""
    return proof.prove(found, procedure.on_file()).as_json()


commands: list[click.Command] = [law]
