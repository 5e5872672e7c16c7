"""The command `timbang law`: ask the catalogue, count a term, prove a procedure.

No database and no settings: these commands run on a fresh machine.
"""

from __future__ import annotations

import click


@click.group()
def law() -> None:
    """Ask the law: norms, terms, procedures."""


# Each subject adds its command below this line, under its own heading.

# --- norms: ask -----------------------------------------------------------------------------------

# --- terms: term ----------------------------------------------------------------------------------

# --- procedures: prove ----------------------------------------------------------------------------

commands: list[click.Command] = [law]
