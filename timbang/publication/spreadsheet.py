"""Figures as CSV that no spreadsheet takes for a formula. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from timbang.registry import spreadsheet


def harmless(value: object) -> str:
    """The value as text that is shown, not computed. Whole numbers of our own stay numbers."""
    return str(value) if isinstance(value, int) else spreadsheet.harmless(str(value))


def write_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """RFC 4180 text with a header line; a missing value is an empty field."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([harmless(row.get(column, "")) for column in columns] for row in rows)
    return out.getvalue()
