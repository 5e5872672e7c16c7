"""`timbang organ close --to`: an office closes, and everything it has goes to another one;
`timbang case`: a whole case file as one package, and checking such a package; and `timbang leads`:
what detectors found in public facts is brought to the desk.

The first is the same command as in `accounts`, which knows no case: here it can also pass on what
the office has. That needs the password of an officer who holds its key; the operator alone opens
nothing.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import sys
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone

from timbang.accounts import actions as accounts
from timbang.accounts import keys
from timbang.accounts.commands import at_console, holder_of, organ, organ_of
from timbang.accounts.models import Officer, Organ
from timbang.cases import actions, decided, package_check, packaging
from timbang.cases.actions import Seen, packing
from timbang.cases.models import Case
from timbang.cases.vault import Desk
from timbang.registry import reading_pairs, tables
from timbang.signals import bringing, catalogue
from timbang.signals.bringing import Brought
from timbang.signals.facts import Facts


@organ.command("close")
@click.argument("code")
@click.option("--to", help="Code of the office that gets every case and every report.")
@click.option("--holder", help="With --to: login of a decision maker who holds the key.")
@click.option("--reason", default="The office was closed.", help="With --to: stays with the files.")
@at_console
def organ_close(code: str, to: str | None, holder: str | None, reason: str) -> None:
    """Close an organ: it gets no new reports and no new officers.

    Without --to its officers finish what they have. With --to everything is opened with the
    holder's key and sealed to the other organ; killed, the same command goes on where it stopped.
    """
    closed = organ_of(code)
    if to is None or closed.closed_on is None:
        accounts.close_organ(organ=closed, by=None, at=timezone.now())
        closed.refresh_from_db()
        click.echo(f"Closed: {closed.name} ({closed.code}).")
    if to is None:
        click.echo(f"Its officers can finish what they have, or: timbang organ close {code} --to")
        return
    _pass_on(closed, organ_of(to), holder, reason)


def _pass_on(closed: Organ, heir: Organ, holder: str | None, reason: str) -> None:
    officer, private = holder_of(closed, holder)
    desk = Desk(officer, private)
    row = actions.start_reroute(heir, reason, by=desk, at=timezone.now())
    while actions.reroute_some(row, by=desk, at=timezone.now()):
        row.refresh_from_db()
        click.echo(f"Cases: {row.cases}, reports: {row.reports} ...")
    row.refresh_from_db()
    click.echo(
        f"Passed on to {heir.name} ({heir.code}): cases {row.cases}, reports {row.reports}. "
        f"{closed.code} holds nothing any more."
    )


FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW = click.Path(dir_okay=False, path_type=Path)


@click.group()
def case() -> None:
    """Whole case files: take one as a package, check one, seal and open it."""


@case.command("package")
@click.argument("number")
@click.argument("file", type=NEW)
@click.option("--holder", help="Login of an officer who works on cases; his password is asked.")
@click.option("--to", "public", help="Seal it to this public key, as `timbang case key` prints it.")
@at_console
def case_package(number: str, file: Path, holder: str | None, public: str | None) -> None:
    """Write the whole file of the case NUMBER to FILE, which must not exist yet.

    It holds what the holder's office may read. That it was made is an entry in the log, with the
    digest of the package.
    """
    found = Case.objects.filter(number=number).select_related("keeper", "procedure").first()
    if found is None:
        raise click.ClickException(f"No case has the number {number!r}.")
    sealed_to = None if public is None else _public(public)
    officer, private = holder_of(found.keeper, holder)
    desk = Desk(officer, private)
    bundle = packing.make_package(found, seen=Seen.now(found), by=desk, at=timezone.now())
    data = bundle.zipped()
    _write(file, data if sealed_to is None else packaging.sealed_to(sealed_to, data))
    click.echo(f"{file}: {len(bundle.files)} files, manifest {bundle.digest}")


@case.command("check")
@click.argument("file", type=FILE)
@click.option("--key", metavar="VKEY", help="The log's public key, from its public page.")
def case_check(file: Path, key: str | None) -> None:
    """Check a package: offline, without a database. The same program lies in the package itself."""
    sys.exit(package_check.main([str(file), *(("--key", key) if key else ())]))


@case.command("key")
@click.argument("file", type=NEW)
def case_key(file: Path) -> None:
    """Make a key to which packages can be sealed: private half in FILE, public half shown."""
    pair = keys.new_keypair()
    _write(file, base64.b64encode(pair.private) + b"\n")
    click.echo(base64.b64encode(pair.public).decode())


@case.command("open")
@click.argument("sealed", type=FILE)
@click.argument("private", type=FILE)
@click.argument("file", type=NEW)
def case_open(sealed: Path, private: Path, file: Path) -> None:
    """Open a SEALED package with the PRIVATE key of `timbang case key`; write it to FILE."""
    key = _bytes(private.read_text().strip())
    _write(file, packaging.opened_with(key, sealed.read_bytes()))
    click.echo(f"{file}: now timbang case check {file}")


@click.group()
def leads() -> None:
    """Leads of public facts at the desk: reasons to look, never findings."""


@leads.command("bring")
@click.option(
    "--holder", "holders", multiple=True, metavar="LOGIN",
    help="An officer who holds a key of his office; his password is asked, and decided cases of "
    "that office are compared with their names. Can be given several times.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print what came of each detector as JSON.")
@at_console
def leads_bring(holders: tuple[str, ...], as_json: bool) -> None:
    """Run all detectors over the loaded tables, and bring their leads to the desk.

    Only what changed is computed, and a run that is at the desk already is not brought again. Of
    decided cases detectors read final decisions only, without names unless a holder opens them.
    """
    at = timezone.now()
    cases = decided.rows([_desk_of(login) for login in holders], on=timezone.localdate(at))
    opened = tables.open_tables(settings.TABLES)
    with Facts(opened, decided_cases=cases, name_links=reading_pairs.links()) as facts:
        chosen = list(catalogue.detectors().values())
        with click.progressbar(
            bringing.bring_all(chosen, facts, settings.SIGNALS, at=at),
            length=len(chosen), file=sys.stderr, label="detectors",
        ) as bar:  # fmt: skip
            found = list(bar)
    _say_brought(found, as_json)
    if any(each.error for each in found):
        sys.exit(1)


def _desk_of(login: str) -> Desk:
    known = Officer.objects.select_related("organ").filter(login=login.strip().lower()).first()
    if known is None:
        raise click.ClickException(f"There is no officer {login!r}.")
    return Desk(*holder_of(known.organ, login))


def _say_brought(found: list[Brought], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([each.as_json() for each in found], ensure_ascii=False))
        return
    for each in found:
        if each.error:
            click.echo(f"{each.detector}: {each.error}", err=True)
        elif each.new_to_the_desk:
            click.echo(f"{each.detector}: {each.leads} leads")
    unchanged = sum(not (each.error or each.new_to_the_desk) for each in found)
    click.echo(f"{unchanged} of {len(found)} detectors found nothing that the desk does not have.")


def _public(text: str) -> bytes:
    return _bytes(text.strip())


def _bytes(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise click.ClickException("A key is written in base64.") from error
    if len(key) != keys.KEY_SIZE:
        raise click.ClickException(f"A key has {keys.KEY_SIZE} bytes, not {len(key)}.")
    return key


def _write(file: Path, data: bytes) -> None:
    """A new file for this user alone."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(data)


commands: list[click.Command] = [organ, case, leads]
