"""The `timbang` command: each room brings its own commands; this file only hangs them up.

Law commands need no database and no settings; Django starts when the first command that needs it
is chosen.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterable
from typing import Any

import click

from timbang import __version__
from timbang.law.refusal import Refusal
from timbang.law.speaking import CONSOLE, speaking

# command -> the room that has it; a room is imported only when one of its commands is chosen
ROOMS: dict[str, str] = {
    "law": "law",
    "log": "ledger",
    "organ": "cases",
    "case": "cases",
    "leads": "cases",
    "officer": "accounts",
    "api-key": "accounts",
    "registry": "registry",
    "names": "registry.names",
    "load": "registry.sources",
    "tables": "registry.sources",
    "export": "registry.sources",
    "people": "registry",
    "detect": "signals",
    "merit": "signals",
    "network": "signals",
    "warning": "signals",
    "weber": "signals",
    "policy": "policy",
    "publication": "publication",
    "explorer": "publication",
    "init": "web",
    "serve": "web",
    "work": "web",
    "backup": "web",
    "restore": "web",
    "demo": "web",
    "manage": "web",
}
WITHOUT_DATABASE = {"law", "registry.names", "policy"}


class Rooms(click.Group):
    """A click group that finds its commands in the rooms."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(ROOMS)

    def invoke(self, ctx: click.Context) -> Any:
        """A refusal, a full disk, a database that says no: one sentence, never a stack trace."""
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            with speaking(CONSOLE):
                raise click.ClickException(str(refusal)) from refusal
        except OSError as error:
            where = f": {error.filename}" if error.filename else ""
            raise click.ClickException(f"{error.strerror or error}{where}") from error
        except Exception as error:
            sentence = _said_by_the_database(error) or _said_by_duckdb(error)
            if sentence is None:
                raise
            raise click.ClickException(sentence) from error

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
    from django.core.exceptions import ImproperlyConfigured
    from django.utils import translation

    if not apps.ready:
        try:
            django.setup()
        except ImproperlyConfigured as error:
            raise click.ClickException(str(error)) from error
        # Pages and letters choose their own language.
        translation.activate(CONSOLE)


def _said_by_the_database(error: Exception) -> str | None:
    """What the database complained of, or None when it was something else."""
    if "django.db" not in sys.modules:
        return None
    from django.conf import settings
    from django.db import DatabaseError

    if not isinstance(error, DatabaseError):
        return None
    return f"The database in {settings.DATA} said: {error}. Was `timbang init` run there?"


def _said_by_duckdb(error: Exception) -> str | None:
    """What DuckDB complained of: mostly a file of the tables that is not what was written."""
    duckdb = sys.modules.get("duckdb")
    if duckdb is None or not isinstance(error, duckdb.Error):
        return None
    first = str(error).strip().splitlines()[0]
    return f"The tables cannot be read: {first}. `timbang tables verify` says which files changed."


@click.command(cls=Rooms, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Neutrality and integrity of the civil service: reports, lawful procedures, proof."""
