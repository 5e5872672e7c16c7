"""The `timbang` command: each room brings its own commands; this file only hangs them up.

Law commands need no database and no settings; Django starts when the first command that needs it
is chosen.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable

import click

from timbang import __version__

# command -> the room that has it; a room is imported only when one of its commands is chosen
ROOMS: dict[str, str] = {
    "law": "law",
    "log": "ledger",
    "organ": "accounts",
    "officer": "accounts",
    "registry": "registry",
    "publication": "publication",
    "init": "web",
    "serve": "web",
    "work": "web",
    "backup": "web",
    "restore": "web",
    "demo": "web",
    "manage": "web",
}
WITHOUT_DATABASE = {"law"}


class Rooms(click.Group):
    """A click group that finds its commands in the rooms."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(ROOMS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        room = ROOMS.get(cmd_name)
        if room is None:
            return None
        if room not in WITHOUT_DATABASE:
            _start_django()
        module = importlib.import_module(f"timbang.{room}.commands")
        commands: Iterable[click.Command] = module.commands
        return next((command for command in commands if command.name == cmd_name), None)


def _start_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timbang.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


@click.command(cls=Rooms, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Neutrality and integrity of the civil service: reports, lawful procedures, proof."""
