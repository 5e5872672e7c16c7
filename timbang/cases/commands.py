"""`timbang organ close --to`: an office closes, and everything it has goes to another one.

The same command as in `accounts`, which knows no case: here it can also pass on what the office
has. That needs the password of an officer who holds its key; the operator alone opens nothing.
"""

from __future__ import annotations

import click
from django.utils import timezone

from timbang.accounts import actions as accounts
from timbang.accounts.commands import at_console, holder_of, organ, organ_of
from timbang.accounts.models import Organ
from timbang.cases import actions
from timbang.cases.vault import Desk


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


commands: list[click.Command] = [organ]
