"""The language in which a command speaks: one rule for all of them.

The console speaks English, whatever the language of the pages. A command whose words exist in both
languages has `--language`; `id` gives the Indonesian ones, which are authoritative where the law
speaks. What `--json` prints is the same in both: codes, and texts in both languages.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import click

from timbang.law import bilingual

CONSOLE: Final = "en"
LANGUAGE: Final = click.option(
    "--language", type=click.Choice(["en", "id"]), default=CONSOLE, show_default=True
)


@contextmanager
def speaking(chosen: str) -> Iterator[None]:
    """Whatever is bilingual is shown in this language."""
    token = bilingual.language.set(chosen)
    try:
        yield
    finally:
        bilingual.language.reset(token)
