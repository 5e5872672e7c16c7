"""Figures of regions: thousands are written out, and a figure fits the unit of its measure."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from timbang.registry import figures, mapping, sources
from timbang.registry.reading_records import Context, Out, Reader

_THOUSAND: Final = "thousand "


def make(context: Context) -> Reader:
    """A reader that follows the mapping; a figure in another unit than its measure's is left out
    and the row says so."""
    follow = mapping.maker(sources.read(Path(__file__).with_name("source.yaml")).mappings)(context)

    def read(value: Mapping[str, Any], out: Out) -> None:
        before = len(out.rows.get("region_figures", ()))
        follow(value, out)
        for row in out.rows["region_figures"][before:]:
            _fit(row, out)

    return read


def _fit(row: dict[str, Any], out: Out) -> None:
    unit = row["unit"] or ""
    if unit.startswith(_THOUSAND):
        row["unit"] = unit.removeprefix(_THOUSAND)
        if row["value"] is not None:
            row["value"] = round(row["value"] * 1000, 2)
    if row["value"] is not None and not figures.fits(row["measure"], row["unit"], row["value"]):
        row["value"] = None
        out.doubt("region_figures", row, "figure_odd")
