"""Write docs/reference/commands.md from the commands themselves.

python scripts/reference.py          write the page
python scripts/reference.py check    exit 1 when the page is older than the commands
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "commands.md"
INTRODUCTION = """\
# Commands

Written by `python scripts/reference.py` from the commands themselves. Every command has `--help`.
A command with `--json` is an interface: its keys stay; new ones may come.
What people read is English, whatever the language of the pages; a command whose words exist in
both languages has `--language id`. What `--json` prints does not depend on it.
Exit status: 0 done, 1 refused or found wrong, 2 the command's words were off.

The shapes of `--json` are in [JSON of the commands](json.md).
"""


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every visible command with its full name, groups left out."""
    os.environ.setdefault("TIMBANG_DATA", tempfile.gettempdir())
    from timbang.cli import main

    context = click.Context(main, info_name="timbang")
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        if command is not None:
            yield from _below(f"timbang {name}", command)


def _below(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for below in command.commands.values():
            yield from _below(f"{name} {below.name}", below)
    elif not command.hidden:
        yield name, command


def page() -> str:
    parts = [INTRODUCTION]
    for name, command in commands():
        # A command remembers the help option of the first context that asked it: forget that.
        command._help_option = None
        context = click.Context(
            command,
            info_name=name,
            terminal_width=90,
            max_content_width=90,
            help_option_names=["-h", "--help"],
        )
        parts.append(f"\n## {name}\n\n```text\n{command.get_help(context).strip()}\n```\n")
    return "".join(parts)


if __name__ == "__main__":
    if sys.argv[1:] == ["check"]:
        sys.exit(0 if PAGE.read_text("utf-8") == page() else f"{PAGE.name} is out of date")
    PAGE.write_text(page(), "utf-8")
