"""Where a row was read and what is odd about it, as pages tell it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from timbang.law.bilingual import Bilingual
from timbang.registry import sources, values


@dataclass(frozen=True, slots=True)
class Origin:
    """The source of a row, its file and line, and its doubts in words."""

    source: Bilingual
    where: str
    doubts: tuple[Bilingual, ...]


def origin(row: Mapping[str, Any], *others: Mapping[str, Any]) -> Origin:
    """Where this row was read; `others` are rows of the same record, whose doubts count too."""
    source = sources.sources().get(row["source"])
    codes = sorted(
        {code for each in (row, *others) for code in (each["doubts"] or "").split(",") if code}
    )
    return Origin(
        source.title if source else Bilingual(row["source"], row["source"]),
        f"{row['file']}:{row['line']}",
        tuple(values.DOUBTS.get(code, Bilingual(code, code)) for code in codes),
    )
