"""Figures as CSV that no spreadsheet takes for a formula. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

# What makes a spreadsheet compute instead of show (OWASP, CSV injection).
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(value: object) -> str:
    """The value as text; an apostrophe in front of what could be taken for a formula.

    Whole numbers of our own stay numbers.
    """
    text = str(value)
    dangerous = text.startswith(FORMULA) or text.lstrip().startswith(FORMULA)
    if isinstance(value, int) or not dangerous:
        return text
    return f"'{text}"


def write_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """RFC 4180 text with a header line; a missing value is an empty field."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([harmless(row.get(column, "")) for column in columns] for row in rows)
    return out.getvalue()
