"""`timbang organ` and `timbang officer`: what the operator does at the console.

A password is asked at the prompt, or read as one line from standard input when that is not a
terminal; never taken as an argument, which the process list would show to everybody.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import ParamSpec

import click
from django.db.utils import OperationalError, ProgrammingError
from django.utils import timezone, translation

from timbang.accounts import actions, api_keys, codes, factors, hierarchy, keys
from timbang.accounts.models import ApiKey, Officer, Organ
from timbang.law.refusal import Refusal

P = ParamSpec("P")


@contextlib.contextmanager
def _console() -> Iterator[None]:
    """The console speaks English; a refusal is a sentence, not a stack trace."""
    with translation.override("en"):
        try:
            yield
        except Refusal as refusal:
            raise click.ClickException(str(refusal)) from refusal
        except (OperationalError, ProgrammingError) as error:
            raise click.ClickException(
                f"The database does not answer: {error}. A new data folder needs: timbang init"
            ) from error


def at_console(command: Callable[P, None]) -> Callable[P, None]:
    """A command at the console: in English, with refusals as sentences."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        with _console():
            command(*args, **kwargs)

    return run


@click.group()
def organ() -> None:
    """Organs: the offices that receive, examine or decide."""


@organ.command("add")
@click.option("--code", required=True, help="Short name in addresses and lists, such as bkn.")
@click.option("--name", required=True, help="Full name, as people read it.")
@click.option("--kind", required=True, help=f"One of: {', '.join(codes.ORGAN_KINDS)}.")
@click.option(
    "--region",
    required=True,
    help=f"{codes.NATIONAL} for the whole country, 32 for a province, 32.04 for a regency or city.",
)
@click.option(
    "--time-zone",
    default="Asia/Jakarta",
    show_default=True,
    help="Decides which day it is there: Asia/Jakarta, Asia/Makassar, Asia/Jayapura.",
)
@click.option("--outside", is_flag=True, help="It has no officers here and gets files as PDF.")
@click.option("--channel", default="", help=f"Outside only, required: {', '.join(codes.CHANNELS)}.")
@click.option("--address", default="", help="Where its letters go.")
@at_console
def organ_add(
    code: str,
    name: str,
    kind: str,
    region: str,
    time_zone: str,
    outside: bool,
    channel: str,
    address: str,
) -> None:
    """Add an organ: inside (with officers here), or outside."""
    added = actions.add_organ(
        code=code,
        name=name,
        kind=kind,
        region_code=region,
        time_zone=time_zone,
        inside=not outside,
        channel=channel,
        address=address,
        by=None,
        at=timezone.now(),
    )
    click.echo(f"Added: {added.name} ({added.code}).")
    if added.inside:
        click.echo("It can receive reports once it has an officer. Next:")
        click.echo(
            f"  timbang officer add --organ {added.code} --login LOGIN --name NAME "
            "--role administrator --role receiver"
        )


@organ.command("close")
@click.argument("code")
@at_console
def organ_close(code: str) -> None:
    """Close an organ: it gets no new reports and no new officers, and finishes what it has."""
    closed = organ_of(code)
    actions.close_organ(organ=closed, by=None, at=timezone.now())
    click.echo(f"Closed: {closed.name} ({closed.code}). Its officers can finish what they have.")


@organ.command("above")
@click.argument("code")
@click.option("--is", "upper", help="Code of the organ that stands above it.")
@click.option("--default", "by_region", is_flag=True, help="Again that of the wider region.")
@at_console
def organ_above(code: str, upper: str | None, by_region: bool) -> None:
    """Say which organ stands above one, or show it: by default that of its kind around its region.

    A place in lists; who may decide instead of whom, the law says.
    """
    below = organ_of(code)
    if upper is not None or by_region:
        named = organ_of(upper) if upper is not None else None
        actions.set_parent(organ=below, parent=named, by=None, at=timezone.now())
        below.refresh_from_db()
    line = hierarchy.Tree(Organ.objects.all()).line_above(below)
    for depth, each in enumerate([*reversed(line), below]):
        click.echo(f"{'  ' * depth}{each.code} ({each.region_code}) {each.name}")


@organ.command("list")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
@at_console
def organ_list(as_json: bool) -> None:
    """All organs, with the number of officers who hold the key."""
    rows = [_organ_row(each) for each in Organ.objects.all()]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        where = f"key holders: {row['holders']}" if row["inside"] else f"outside: {row['channel']}"
        click.echo(f"{row['code']:20} {row['kind']:20} {row['region']:6} {where:18} {row['name']}")
    if not rows:
        click.echo("No organ yet: timbang organ add --help")


@click.group()
def officer() -> None:
    """Officers: who may log in, for which organ, in which roles."""


@officer.command("add")
@click.option("--organ", "organ_code", required=True, help="Code of the organ.")
@click.option("--login", required=True, help="Small letters, digits, dots, hyphens, underscores.")
@click.option("--name", required=True)
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    help=f"May be given several times: {', '.join(codes.ROLES)}.",
)
@click.option("--holder", help="Login of an officer who holds the key; asked for his password.")
@at_console
def officer_add(
    organ_code: str, login: str, name: str, roles: tuple[str, ...], holder: str | None
) -> None:
    """Add an officer and print his temporary password, once.

    The first officer whose work opens content gets the organ's fresh key. Every later one waits for
    it, until a colleague who holds it passes it on: here with --holder, on the desk, or by
    `timbang officer give-key`. Who only manages, confirms law or audits never holds it.
    """
    organ_ = organ_of(organ_code)
    by_holder, organ_private = (None, None)
    if organ_.public_key is not None and holder is not None:
        by_holder, organ_private = holder_of(organ_, holder)
    added, temporary = actions.add_officer(
        organ=organ_,
        login=login,
        name=name,
        roles=roles,
        by=None,
        organ_private=organ_private,
        holder=by_holder,
        at=timezone.now(),
    )
    click.echo(
        f"Added: {added.name} ({added.login}) at {organ_.name}, as {', '.join(added.roles)}."
    )
    if added.needs_key and not hasattr(added, "share"):
        click.echo("He opens nothing until a colleague passes the key on.")
    _hand_over(temporary)
    _warn_if_few(organ_)


@officer.command("restore")
@click.argument("login")
@click.option("--holder", help="Login of another officer of the organ who holds the key.")
@at_console
def officer_restore(login: str, holder: str | None) -> None:
    """Give an officer who lost his password a new temporary one.

    A lost password opens nothing and cannot be looked up; another officer who holds the key seals
    it anew, with his own password.
    """
    target = _officer(login)
    by_holder, organ_private = holder_of(target.organ, holder)
    temporary = actions.restore_access(
        officer=target,
        by=None,
        organ_private=organ_private,
        holder=by_holder,
        at=timezone.now(),
    )
    click.echo(f"Restored: {target.name} ({target.login}). The old password and sessions ended.")
    _hand_over(temporary)


@officer.command("give-key")
@click.argument("login")
@click.option("--holder", help="Login of a colleague who holds the key; asked for his password.")
@at_console
def officer_give_key(login: str, holder: str | None) -> None:
    """Pass the organ's key on to an officer who waits for it, with a colleague's password."""
    target = _officer(login)
    by_holder, organ_private = holder_of(target.organ, holder)
    actions.give_key(
        officer=target,
        by=None,
        organ_private=organ_private,
        holder=by_holder,
        at=timezone.now(),
    )
    click.echo(f"Given: {target.name} ({target.login}) holds the key of {target.organ.name}.")
    _warn_if_few(target.organ)


@officer.command("take-key")
@click.argument("login")
@at_console
def officer_take_key(login: str) -> None:
    """Take the key from one whose roles need none, such as an administrator of earlier days."""
    target = _officer(login)
    actions.take_key(officer=target, by=None, at=timezone.now())
    click.echo(f"Taken: {target.name} ({target.login}). What he extracted before he keeps.")
    _warn_if_few(target.organ)


@officer.command("reset-factors")
@click.argument("login")
@at_console
def officer_reset_factors(login: str) -> None:
    """Forget the second factors of an officer who lost his devices and still has his password.

    He types it here himself. His sessions end; at the next login he adds a new factor.
    """
    target = _officer(login)
    try:
        target.open_private(_password(f"Password of {target.login}"))
    except keys.WrongKey as error:
        raise click.ClickException(f"This is not the password of {target.login}.") from error
    factors.reset(officer=target, at=timezone.now())
    click.echo(f"Forgotten: {target.name} ({target.login}) logs in with his password alone, once.")


@officer.command("revoke")
@click.argument("login")
@at_console
def officer_revoke(login: str) -> None:
    """Take away an officer's login, sessions and key, at once and for good."""
    target = _officer(login)
    actions.revoke_officer(officer=target, by=None, at=timezone.now())
    click.echo(f"Revoked: {target.name} ({target.login}). Sessions and key ended.")
    click.echo("What he read or copied before cannot be taken back.")
    _warn_if_few(target.organ)


@officer.command("list")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
@at_console
def officer_list(as_json: bool) -> None:
    """All officers by organ, and a warning where fewer than two hold the key."""
    rows = [_officer_row(each) for each in Officer.objects.select_related("organ", "share")]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
    else:
        for row in rows:
            line = f"{row['organ']:20} {row['login']:20} {row['state']:18}"
            click.echo(f"{line} {','.join(row['roles']):40} {row['name']}")
        if not rows:
            click.echo("No officer yet: timbang officer add --help")
    for each in Organ.objects.open().filter(inside=True):
        _warn_if_few(each)


@click.group("api-key")
def api_key() -> None:
    """Keys by which other systems file reports and ask how they stand."""


@api_key.command("add")
@click.option("--organ", "organ_code", required=True, help="Code of the organ that gets it all.")
@click.option("--name", required=True, help="Which system gets the key.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    type=click.Choice(list(api_keys.SCOPES)),
    help="What it may; give it once for each.",
)
@at_console
def api_key_add(organ_code: str, name: str, scopes: tuple[str, ...]) -> None:
    """Make a key. It is printed once and stands nowhere else."""
    made, token = api_keys.make_key(
        organ=organ_of(organ_code), name=name, scopes=scopes, by=None, at=timezone.now()
    )
    click.echo(f"Key {made.label} for {made.name}: {', '.join(made.scopes)}.", err=True)
    click.echo(token)


@api_key.command("list")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
@at_console
def api_key_list(as_json: bool) -> None:
    """All keys, never their secrets."""
    rows = [_key_row(each) for each in ApiKey.objects.select_related("organ")]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        state = f"revoked {row['revoked_on']}" if row["revoked_on"] else "holds"
        click.echo(f"{row['label']}  {row['organ']}  {row['name']}  {row['scopes']}  {state}")


@api_key.command("revoke")
@click.argument("label")
@at_console
def api_key_revoke(label: str) -> None:
    """Revoke a key by its label, at once. What it brought stays."""
    found = ApiKey.objects.filter(label=label).first()
    if found is None:
        raise click.ClickException(f"No key has the label {label!r}: timbang api-key list")
    api_keys.revoke_key(key=found, by=None, at=timezone.now())
    click.echo(f"Revoked: {found.name} ({found.label}).")


def _key_row(each: ApiKey) -> dict[str, str | None]:
    return {
        "label": each.label,
        "organ": each.organ.code,
        "name": each.name,
        "scopes": ",".join(each.scopes),
        "made_on": each.made_on.isoformat(),
        "revoked_on": each.revoked_on.isoformat() if each.revoked_on else None,
    }


def _organ_row(each: Organ) -> dict[str, object]:
    return {
        "code": each.code,
        "name": each.name,
        "kind": each.kind,
        "region": each.region_code,
        "time_zone": each.time_zone,
        "inside": each.inside,
        "channel": each.channel,
        "holders": each.holders(),
        "closed_on": each.closed_on.isoformat() if each.closed_on else None,
    }


def _officer_row(each: Officer) -> dict[str, str | list[str]]:
    if each.revoked_on is not None:
        state = f"revoked {each.revoked_on}"
    elif each.must_change_password:
        state = "temporary password"
    elif hasattr(each, "share"):
        state = "holds the key"
    else:
        state = "waits for the key" if each.needs_key else "needs no key"
    return {
        "organ": each.organ.code,
        "login": each.login,
        "name": each.name,
        "roles": list(each.roles),
        "state": state,
    }


def organ_of(code: str) -> Organ:
    """The organ with this code, or a sentence that names those there are."""
    found = Organ.objects.filter(code=code).first()
    if found is None:
        raise click.ClickException(f"No organ has the code {code!r}. {_known(_organ_codes())}")
    return found


def _organ_codes() -> Iterable[str]:
    return Organ.objects.values_list("code", flat=True)


def _known(names: Iterable[str]) -> str:
    listed = ", ".join(names)
    return f"There are: {listed}." if listed else "There is none yet: timbang organ add --help"


def _officer(login: str) -> Officer:
    found = Officer.objects.select_related("organ").filter(login=login.strip().lower()).first()
    if found is None:
        raise click.ClickException(f"No officer has the login {login!r}: timbang officer list")
    return found


def holder_of(organ_: Organ, login: str | None) -> tuple[Officer, bytes]:
    """An officer who holds the key, and the key that his password opened."""
    if login is None:
        raise click.ClickException(
            f"{organ_.name} has a key already. Name an officer who holds it: --holder LOGIN. "
            f"He is asked for his password. {_known(_holders(organ_))}"
        )
    found = organ_.officers.filter(login=login.strip().lower(), share__isnull=False).first()
    if found is None:
        raise click.ClickException(
            f"{login!r} holds no key of {organ_.name}. {_known(_holders(organ_))}"
        )
    try:
        private = found.open_private(_password(f"Password of {found.login}"))
        return found, found.open_organ(private)
    except keys.WrongKey as error:
        raise click.ClickException(f"This password does not open the key of {login}.") from error


def _holders(organ_: Organ) -> Iterable[str]:
    return organ_.officers.filter(share__isnull=False).values_list("login", flat=True)


def _password(prompt: str) -> str:
    if sys.stdin.isatty():
        typed: str = click.prompt(prompt, hide_input=True, err=True)
        return typed
    return sys.stdin.readline().rstrip("\r\n")


def _hand_over(temporary: str) -> None:
    click.echo(f"Temporary password: {temporary}")
    click.echo("Shown only now. Hand it over in person; it must be changed at the first login.")


def _warn_if_few(organ_: Organ) -> None:
    """On standard error: a machine that reads the list is not disturbed."""
    holders = organ_.holders()
    if not organ_.inside or holders >= 2:
        return
    if holders:
        text = (
            "only one officer holds the key. If that password is lost, nobody can ever open its "
            "reports again. Add a second officer now."
        )
    else:
        text = "it has no officer and can receive no reports yet."
    click.echo(f"Warning: {organ_.name} ({organ_.code}): {text}", err=True)


commands: list[click.Command] = [organ, officer, api_key]
