"""Texts that no spreadsheet takes for a formula, whichever sign it splits the lines at. Pure.

What a spreadsheet computes instead of shows begins a cell (OWASP, CSV injection). In Indonesia and
wherever the comma is the decimal sign, programs split a CSV at the semicolon and do not heed
quotation marks in the middle of a line: so what follows a semicolon, a tab, a bar or the end of a
line may begin a cell as well.
"""

from __future__ import annotations

import re
from typing import Final

# Where a cell may begin, and what may stand before the sign without hiding it.
_FORMULA: Final = re.compile(
    r"(^|[;|\t\r\n])(?=[\s\ufeff\u200b\"]*[=+\-@\uff1d\uff0b\uff0d\uff20])"
)
_BREAK: Final = re.compile(r"[\t\r\n]")


def harmless(text: str) -> str:
    """The text with an apostrophe before each part that a spreadsheet could take for a formula."""
    disarmed = _FORMULA.sub(r"\1'", text)
    return f"'{disarmed}" if _BREAK.match(disarmed) else disarmed
