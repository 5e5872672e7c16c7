"""The command `timbang log`: publish the log, verify it, check a receipt.

`verify` and `check` read files only: anyone can run them, without a database or an account.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import click

from timbang.law.refusal import Refusal
from timbang.ledger import texts
from timbang.ledger.note import Verifier
from timbang.ledger.openings import Openings, listed, openings
from timbang.ledger.options import key_option
from timbang.ledger.texts import PROMISE_HEADER, PROOF_HEADER
from timbang.ledger.verifying import Verdict, verify

FOLDER = click.Path(file_okay=False, path_type=Path)
NOTHING = texts.Kept(None, None, None)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def log() -> None:
    """The provable log: publish, verify, check a receipt."""


@log.command()
@click.argument("folder", type=FOLDER)
def publish(folder: Path) -> None:
    """Write the log into FOLDER as C2SP tlog-tiles with a signed checkpoint.

    Run it again at any time: it only adds. It refuses to sign when the database knows less than
    what was published before (a restored backup) and says which positions are missing.
    """
    from timbang.ledger import actions

    try:
        checkpoint = actions.publish(folder, at=datetime.now(UTC))
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{folder}: {checkpoint.size} entries, root {checkpoint.root.hex()}")


@log.command()
@click.argument("folder", type=FOLDER)
def recover(folder: Path) -> None:
    """After restoring an older backup: take from FOLDER what the database lacks.

    FOLDER is the newest copy of the published log. Only commitments are there: what they recorded
    is marked as lost, everything later continues the same log.
    """
    from timbang.ledger import actions

    try:
        lost = actions.recover(folder, at=datetime.now(UTC))
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{lost} entries are known by their commitment only; the log can go on.")


@log.command()
def key() -> None:
    """Print the log's public key."""
    from django.conf import settings

    from timbang.ledger.keys import signing_key

    if not (settings.KEYS / "log").exists():
        raise click.ClickException(f"There is no key in {settings.KEYS} yet: run `timbang init`.")
    try:
        click.echo(signing_key().vkey)
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal


@log.command(name="verify")
@click.argument("folder", type=FOLDER)
@key_option
@click.option("--since", type=FILE, help="A checkpoint that you kept: the log must extend it.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
@click.option("--here", is_flag=True, help="Also say which entries this installation can open.")
def verify_command(
    folder: Path, verifier: Verifier, since: Path | None, as_json: bool, here: bool
) -> None:
    """Verify the published log in FOLDER from its files alone; exit 1 when anything is wrong.

    With --here the database is asked too: which openings were erased, which were lost with an
    older backup, and whether any row no longer leads to its leaf.
    """
    verdict = verify(folder, verifier.vkey, since)
    found = openings(verdict.checkpoint.size) if here and verdict.checkpoint else None
    ok = verdict.ok and not (found and found.wrong)
    if as_json:
        told = {**verdict.as_json(), "ok": ok}
        click.echo(json.dumps(told | ({"openings": found.as_json()} if found else {}), indent=1))
        sys.exit(0 if ok else 1)
    if verdict.ok and verdict.checkpoint is not None:
        _say_verified(verdict, verdict.checkpoint)
    if found is not None:
        _say_openings(found)
    for problem in verdict.problems:
        click.echo(f"wrong: {problem}", err=True)
    sys.exit(0 if ok else 1)


def _say_verified(verdict: Verdict, checkpoint: texts.Checkpoint) -> None:
    click.echo(f"ok: {checkpoint.size} entries of {checkpoint.origin}")
    click.echo(f"root {checkpoint.root.hex()}")
    if verdict.since is not None:
        click.echo(f"it extends the checkpoint of {verdict.since.size} entries")
    if verdict.uncovered:
        click.echo(f"{verdict.uncovered} files lie beyond the checkpoint: not yet signed")


def _say_openings(found: Openings) -> None:
    click.echo(f"{found.held} of these entries can be opened here")
    if found.erased:
        click.echo(f"{len(found.erased)} openings were erased: {listed(found.erased)}")
    if found.lost:
        click.echo(f"{len(found.lost)} openings were lost with a backup: {listed(found.lost)}")
    if found.wrong:
        where = listed(found.wrong)
        click.echo(f"wrong: {len(found.wrong)} rows do not lead to their leaf: {where}", err=True)


@log.command()
@click.argument("file", type=FILE)
@key_option
@click.option("--promise", type=FILE, help="The promise that came first: must name the same leaf.")
@click.option("--opening", type=FILE, help="What was recorded: must lead to the same leaf.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def check(
    file: Path, verifier: Verifier, promise: Path | None, opening: Path | None, as_json: bool
) -> None:
    """Check a receipt, offline: FILE is a proof (.tlog-proof), a signed promise, or a text in which
    they stand, with what was recorded: the file that the intake gives to a reporter."""
    try:
        answer = _check(file.read_bytes().decode(), verifier)
        if promise is not None:
            promised = texts.check_promise(promise.read_bytes().decode(), verifier)
            _same(answer, promised.leaf, promise)
        if opening is not None:
            _same(answer, texts.check_opening(opening.read_bytes().decode()), opening)
    except UnicodeDecodeError:
        _fail("a file is not a text", as_json)
    except ValueError as error:
        _fail(str(error), as_json)
    click.echo(json.dumps(answer, indent=1) if as_json else _sentence(answer))


def _check(text: str, verifier: Verifier) -> dict[str, object]:
    if text.startswith(PROMISE_HEADER):
        return _check_promise(text, verifier)
    kept = texts.find(text)
    if text.startswith(PROOF_HEADER) or kept == NOTHING:
        return _check_proof(text, verifier)
    return _check_kept(kept, verifier)


def _check_kept(kept: texts.Kept, verifier: Verifier) -> dict[str, object]:
    """All that stands in one file; the proof is the answer, or else the promise."""
    answers = [
        check(text, verifier)
        for text, check in ((kept.proof, _check_proof), (kept.promise, _check_promise))
        if text is not None
    ]
    if not answers:
        raise texts.TextError("the file holds neither a proof nor a promise")
    leaves = {answer["leaf"] for answer in answers}
    if kept.opening is not None:
        leaves.add(texts.check_opening(kept.opening).hex())
    if len(leaves) > 1:
        raise texts.TextError("the parts of the file are about different entries")
    return answers[0]


def _check_promise(text: str, verifier: Verifier) -> dict[str, object]:
    promise = texts.check_promise(text, verifier)
    days = {"accepted_on": f"{promise.accepted_on}", "due_on": f"{promise.due_on}"}
    return {"ok": True, "kind": "promise", "leaf": promise.leaf.hex(), **days}


def _check_proof(text: str, verifier: Verifier) -> dict[str, object]:
    proof = texts.check_proof(text, verifier)
    place = {"index": proof.index, "size": proof.checkpoint.size}
    return {"ok": True, "kind": "proof", "leaf": proof.leaf.hex(), **place}


def _same(answer: dict[str, object], leaf: bytes, file: Path) -> None:
    if answer["leaf"] != leaf.hex():
        raise texts.TextError(f"{file} is about another entry: leaf {leaf.hex()}")


def _sentence(answer: dict[str, object]) -> str:
    if answer["kind"] == "promise":
        return (
            f"ok: a signed promise. Leaf {answer['leaf']} was accepted on {answer['accepted_on']} "
            f"and must be in the log by {answer['due_on']}"
        )
    return f"ok: leaf {answer['leaf']} is entry {answer['index']} of {answer['size']} in the log"


def _fail(why: str, as_json: bool) -> NoReturn:
    if as_json:
        click.echo(json.dumps({"ok": False, "why": why}, indent=1))
    else:
        click.echo(f"wrong: {why}", err=True)
    sys.exit(1)


commands: list[click.Command] = [log]
