"""The command `timbang law`: ask the catalogue, count a term, prove a procedure.

No database and no settings: these commands run on a fresh machine.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any

import click

import timbang
from timbang.law import (
    asking,
    counting,
    difference,
    facts_page,
    milder,
    procedure,
    proof,
    proof_page,
    transition,
    workdays,
)
from timbang.law import calendar as calendars
from timbang.law import receipt as receipts
from timbang.law.bilingual import Bilingual
from timbang.law.entries import Catalogue, Doubt
from timbang.law.evaluate import FactsError, check_facts, evaluate
from timbang.law.norms import catalogue
from timbang.law.refusal import Refusal
from timbang.law.speaking import LANGUAGE, speaking
from timbang.law.yaml_file import YamlError, loads


@click.group()
def law() -> None:
    """Ask the law: norms, terms, procedures."""


# Each subject adds its command below this line, under its own heading.

# --- norms: ask, diff, conflicts, repeat ----------------------------------------------------------

# A file of facts is a page; whatever is longer is another file, chosen by mistake.
_MOST_BYTES = 100_000
# A receipt carries the hash of every norm.
_MOST_RECEIPT_BYTES = 2_000_000
_DAYS = ("act_on", "reported_on", "decided_on")

_TOO_LONG = Bilingual(
    "{name}: lebih panjang dari {most} bita: bukan berkas yang dimaksud",
    "{name}: longer than {most} bytes: not the file that is meant",
)
_NO_DAY = Bilingual(
    "'{text}' bukan hari; tulis seperti 2026-07-14", "'{text}' is no day; write it as 2026-07-14"
)
_ONE_OF_TWO = Bilingual(
    "Beri salah satu: --days HARI HARI (dengan FACTS.yaml) atau --known HARI HARI",
    "Give one of: --days DAY DAY (with FACTS.yaml) or --known DAY DAY",
)
_NO_CONFLICT = Bilingual(
    "Tidak ada pertentangan '{code}'. Yang ada: {allowed}",
    "There is no conflict '{code}'. There are: {allowed}",
)
_REPEATED = Bilingual(
    "Diulang dengan hasil yang sama: {norms} norma, sidik {hash}.",
    "Repeated with the same result: {norms} norms, hash {hash}.",
)
_KEPT = Bilingual("Tanda terima ditulis: {path}", "Receipt written: {path}")

Command = Callable[..., None]

_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def _day_option(key: str, told: str) -> Callable[[Command], Command]:
    return click.option(f"--{key.replace('_', '-')}", key, metavar="DATE", help=told)


@law.command()
@click.argument("facts", type=click.File("rb"), metavar="FACTS.yaml")
@_day_option("act_on", "Day of the act; stands for what the file says, as do the next two.")
@_day_option("reported_on", "Day of the report.")
@_day_option("decided_on", "Day of the decision.")
@_day_option("known_on", "Ask the catalogue as it was known on this day.")
@click.option("--receipt", type=click.Path(dir_okay=False), help="Write a receipt to this file.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, every norm.")
@LANGUAGE
def ask(
    facts: IO[bytes],
    known_on: str | None,
    receipt: str | None,
    as_json: bool,
    language: str,
    **days: str | None,
) -> None:
    """Ask every norm about the facts of one act: it applies, it does not, or what is missing.

    The words for facts are in docs/reference/facts.md ("-" reads standard input). Exit code 2 when
    the facts cannot be read.
    """
    with speaking(language):
        found = _read_facts(facts) | {
            key: _day(days[key] or "") for key in _DAYS if days[key] is not None
        }
        known = _day(known_on) if known_on is not None else None
        laws = catalogue(known)
        findings, changed = evaluate(found, laws), milder.compare(found, laws)
        if as_json:
            _print_json(
                {
                    "known_on": known.isoformat() if known else None,
                    "catalogue": laws.hash,
                    "findings": [finding.as_json() for finding in findings],
                    "changed_law": [each.as_json() for each in changed],
                }
            )
        else:
            click.echo("\n".join(asking.report(findings, changed)))
        if receipt is not None:
            _write_receipt(Path(receipt), found, known)


def _write_receipt(path: Path, facts: dict[str, object], known: date | None) -> None:
    kept = receipts.make(facts, known_on=known or _today())
    text = json.dumps(kept.as_json(), ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")
    click.echo(str(_KEPT.format(path=path)), err=True)


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise click.UsageError(str(_NO_DAY.format(text=text[:40])))
    return found


def _today() -> date:
    return datetime.now(UTC).date()


@law.command()
@click.argument("facts", type=click.File("rb"), metavar="[FACTS.yaml]", required=False)
@click.option("--days", nargs=2, metavar="DATE DATE", help="The act on the one day, on the other.")
@click.option("--known", nargs=2, metavar="DATE DATE", help="The catalogue of the two days.")
@_json
@LANGUAGE
def diff(
    facts: IO[bytes] | None,
    days: tuple[str, str] | None,
    known: tuple[str, str] | None,
    as_json: bool,
    language: str,
) -> None:
    """What would be answered on another day, or what the catalogue itself said on another day."""
    with speaking(language):
        if (days is None) == (known is None) or (days is not None and facts is None):
            raise click.UsageError(str(_ONE_OF_TWO))
        told = _read_facts(facts) if facts is not None else None
        corrected: tuple[difference.Correction, ...] = ()
        found: tuple[difference.Difference, ...] = ()
        if known is not None:
            first, second = _day(known[0]), _day(known[1])
            corrected = difference.between_known(first, second)
            found = difference.answers_known(told, first, second) if told is not None else ()
        elif days is not None and told is not None:
            found = difference.between_days(told, _day(days[0]), _day(days[1]))
        if as_json:
            _print_json(
                {
                    "answers": [each.as_json() for each in found],
                    "corrections": [each.as_json() for each in corrected],
                }
            )
            return
        if known is not None:
            click.echo("\n".join(asking.corrections(corrected)))
        if told is not None:
            click.echo("\n".join(asking.differences(found)))


@law.command()
@click.argument("code", required=False)
@_json
@LANGUAGE
def conflicts(code: str | None, as_json: bool, language: str) -> None:
    """Where sources disagree: the claims, the reading chosen, the reason, what it touches."""
    with speaking(language):
        laws = catalogue()
        found = [each for each in laws.conflicts if code in (None, each.code)]
        if not found:
            allowed = ", ".join(each.code for each in laws.conflicts)
            raise click.UsageError(str(_NO_CONFLICT.format(code=code, allowed=allowed)))
        if as_json:
            _print_json({"conflicts": [conflict_report(laws, each) for each in found]})
            return
        for each in found:
            click.echo("\n".join(asking.conflict(each, laws.touched_by(each.code))))


def conflict_report(laws: Catalogue, doubt: Doubt) -> dict[str, Any]:
    """What can be published about one conflict."""
    told = doubt.conflict
    assert told is not None
    return {
        "code": doubt.code,
        "question": told.question.as_json(),
        "claims": [claim.as_json() for claim in told.claims],
        "chosen": told.chosen.as_json(),
        "reason": told.reason.as_json(),
        "touches": list(dict.fromkeys([*laws.touched_by(doubt.code), *told.touches])),
    }


@law.command()
@click.argument("receipt", type=click.File("rb"), metavar="RECEIPT.json")
@_json
@LANGUAGE
def repeat(receipt: IO[bytes], as_json: bool, language: str) -> None:
    """Do the evaluation of a receipt again, with the law as known on its day.

    Exit code 1 when something differs, 2 when it is no receipt or was altered.
    """
    with speaking(language):
        kept = _read_receipt(receipt)
        found = receipts.repeat(kept)
        if as_json:
            _print_json(
                {
                    "hash": kept.hash,
                    "same": not found,
                    "differences": [each.as_json() for each in found],
                    "touched_today": list(receipts.touched(kept)),
                }
            )
        elif found:
            click.echo("\n".join(map(str, found)))
        else:
            click.echo(str(_REPEATED.format(norms=len(kept.norms), hash=kept.hash)))
        if found:
            raise SystemExit(1)


def _read_receipt(source: IO[bytes]) -> receipts.Receipt:
    try:
        return receipts.from_json(json.loads(_read(source, _MOST_RECEIPT_BYTES)))
    except (ValueError, RecursionError) as problem:
        raise click.UsageError(f"{_name(source)}: JSON: {problem}") from problem
    except Refusal as problem:
        raise click.UsageError(f"{_name(source)}: {problem}") from problem


def _read(source: IO[bytes], most: int) -> bytes:
    text = source.read(most + 1)
    if len(text) > most:
        raise click.UsageError(str(_TOO_LONG.format(name=_name(source), most=most)))
    return text


def _name(source: IO[bytes]) -> str:
    return str(getattr(source, "name", "<stdin>"))


def _print_json(body: dict[str, Any]) -> None:
    click.echo(json.dumps(body, ensure_ascii=False, indent=2))


def _read_facts(source: IO[bytes]) -> dict[str, object]:
    """The facts as `evaluate` takes them; what is wrong is told with the line it stands on."""
    text, name = _read(source, _MOST_BYTES), _name(source)
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
@LANGUAGE
def term(as_json: bool, language: str, **asked: Any) -> None:
    """Count a term day by day: where it ends on each reading, and why each day counts or not."""
    with speaking(language):
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
@LANGUAGE
def prove(as_json: bool, language: str) -> None:
    """Prove every procedure: it ends, nobody is sanctioned unheard, nobody reviews himself.

    Prints each property with its verdict, the longest way, and what stays open. Exit code 1 when a
    procedure has a problem.
    """
    with speaking(language):
        every = procedure.on_file()
        found = [proof.prove(one, every) for one in every]
        # A transition leads between procedures that are proved.
        moves = transition.proofs() if all(one.proved for one in found) else []
        if as_json:
            body = {
                "version": timbang.__version__,
                "procedures": [one.as_json() for one in found],
                "transitions": [transition.as_json(rule, wrong) for rule, wrong in moves],
            }
            click.echo(json.dumps(body, ensure_ascii=False, indent=2))
        else:
            click.echo("\n".join(line for one in found for line in proof_page.lines(one)))
            for rule, wrong in moves:
                click.echo("\n".join(proof_page.transition_lines(rule, wrong)))
    if not all(one.proved for one in found) or any(wrong for _rule, wrong in moves):
        raise SystemExit(1)


commands: list[click.Command] = [law]
