"""Programme codes: what the code itself says (level, code above it), and the duty it touches."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from timbang.registry import duties, mapping, sources
from timbang.registry.reading_records import Context, Out, Reader


def make(context: Context) -> Reader:
    """A reader that follows the mapping and fills in what follows from the code."""
    follow = mapping.maker(sources.read(Path(__file__).with_name("source.yaml")).mappings)(context)

    def read(value: Mapping[str, Any], out: Out) -> None:
        before = len(out.rows.get("programmes", ()))
        follow(value, out)
        for row in out.rows["programmes"][before:]:
            touched = duties.of_programme(row["code"], row["name"] or "")
            row["level"] = row.get("level") or duties.level_of(row["code"])
            row["parent_code"] = row.get("parent_code") or duties.parent_of(row["code"])
            row["duty"] = touched.duty if touched else None
            row["group_served"] = touched.group if touched else None

    return read
