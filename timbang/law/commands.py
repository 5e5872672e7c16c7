"""The command `timbang law`: ask the catalogue, count a term, prove a procedure.

No database and no settings: these commands run on a fresh machine.
"""

from __future__ import annotations

import json
from datetime import date
from typing import IO, Any

import click

from timbang.law import asking, bilingual, facts_page, procedure, workdays
from timbang.law.evaluate import FactsError, check_facts, evaluate
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


# --- terms: term ----------------------------------------------------------------------------------


@law.command()
@click.option("--from", "from_day", required=True, metavar="DATE", help="Day 0, as YYYY-MM-DD.")
@click.option("--days", required=True, type=int, help="How long the term is, 0 to 1000.")
@click.option("--unit", required=True, type=click.Choice(["days", "workdays"]))
@click.option(
    "--joint-leave",
    type=click.Choice(["counts", "skipped"]),
    default="skipped",
    show_default=True,
    help="Whether joint leave (cuti bersama) is a working day: no law that we have read says so.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def term(
    from_day: str,
    days: int,
    unit: workdays.Unit,
    joint_leave: workdays.JointLeave,
    as_json: bool,
) -> None:
    """Count a term day by day: the last day, and why each day counts or does not."""
    try:
        answer = workdays.explain(_day(from_day), days, unit, joint_leave)
    except workdays.TermError as problem:
        raise click.UsageError(str(problem)) from problem
    if as_json:
        click.echo(json.dumps(answer.as_json(), ensure_ascii=False, indent=2))
        return
    for day in answer.days:
        source = f"  [{day.source}]" if day.source else ""
        click.echo(f"{day.day}  {'counts' if day.counts else '     -'}  {day.reason.en}{source}")
    click.echo(f"Last day: {answer.last_day}, whole.")
    if answer.provisional:
        click.echo("Provisional: it may change when the calendar of the year is decreed.")


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise click.UsageError(f"{text!r:.40} is no day; write it as 2026-07-14")
    return found


# --- procedures: prove ----------------------------------------------------------------------------


@law.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def prove(as_json: bool) -> None:
    """Prove every procedure: it ends, nobody is sanctioned unheard, open points are listed.

    Exit code 1 when a procedure has a problem.
    """
    reports = [proof_report(found) for found in procedure.on_file()]
    if as_json:
        click.echo(json.dumps({"procedures": reports}, ensure_ascii=False, indent=2))
    else:
        for report in reports:
            _print_proof(report)
    if any(report["problems"] for report in reports):
        raise SystemExit(1)


def proof_report(found: procedure.Procedure) -> dict[str, Any]:
    """What can be published about one procedure: its hash, its problems, what is still open."""
    return {
        "procedure": found.id,
        "version": found.version,
        "hash": found.hash,
        "title": found.title.as_json(),
        "steps": len(found.steps),
        "problems": [problem.as_json() for problem in procedure.check(found)],
        "open_points": [
            {"step": step.code, **point.as_json()}
            for step in found.steps
            for point in step.open_points
        ],
    }


def _print_proof(report: dict[str, Any]) -> None:
    verdict = "NOT PROVED" if report["problems"] else "proved"
    click.echo(f"{report['procedure']} version {report['version']}: {verdict}")
    click.echo(f"  {report['steps']} steps, SHA-256 {report['hash']}")
    for problem in report["problems"]:
        click.echo(f"  problem ({problem['rule']}): {' -> '.join(problem['path'])}")
        click.echo(f"    {problem['message']}")
    for point in report["open_points"]:
        click.echo(f"  open, {point['step']}: {point['en']}")


commands: list[click.Command] = [law]
