"""The option `--key` of every command that checks the log from its files, without settings."""

from __future__ import annotations

import click

from timbang.ledger.note import NoteError, Verifier, parse_vkey


def _verifier(_context: click.Context, _parameter: click.Parameter, value: str) -> Verifier:
    try:
        return parse_vkey(value)
    except NoteError as error:
        raise click.BadParameter(f"{error}. It looks like name+12345678+base64.") from error


key_option = click.option(
    "--key",
    "verifier",
    required=True,
    metavar="VKEY",
    callback=_verifier,
    help="The log's public key, as `timbang log key` prints it.",
)
