"""SPSE exports with LKPP's field names: which stage a record is of, and of which process.

The same tender comes in several exports (announced, done, contract). They are kept apart, each as
a row of its own, because a later one lacks what an earlier one told.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from timbang.registry import mapping, sources
from timbang.registry.mapping import plain
from timbang.registry.reading_records import Context, Out, Reader, Refused

CODES: Final = ("kdtender", "kdnontender", "kdnontenderpct")
# The first of these whose column is filled says the stage; without any it is a notice.
STAGES: Final = (
    ("contract", ("nokontrak",)),
    ("award", ("nosppbj",)),
    ("realisation", ("norealisasi",)),
    ("result", ("namapenyedia", "kdpenyedia", "tglpenetapanpemenang", "tglselesainontender")),
)


def make(context: Context) -> Reader:
    """A reader that follows the mapping once stage and process are known."""
    follow = mapping.maker(sources.read(Path(__file__).with_name("source.yaml")).mappings)(context)
    names: dict[tuple[str, ...], dict[str, str]] = {}

    def read(value: Mapping[str, Any], out: Out) -> None:
        shape = tuple(value)
        if shape not in names:
            names[shape] = {plain(written): written for written in shape}
        found = names[shape]
        made = {"nomor proses": _process(value, found), "tahap data": _stage(value, found)}
        office = found.get("kdlpse")  # it is part of the process and needs no column
        follow({key: cell for key, cell in value.items() if key != office} | made, out)

    return read


def _process(value: Mapping[str, Any], names: Mapping[str, str]) -> str:
    for code in CODES:
        number = str(value.get(names.get(code, ""), "") or "").strip()
        if number:
            office = str(value.get(names.get("kdlpse", ""), "") or "").strip() or "0"
            return f"spse-{office}-{code[2:]}-{number}"
    raise Refused("no 'kd_tender', 'kd_nontender' or 'kd_nontender_pct': not an export of SPSE")


def _stage(value: Mapping[str, Any], names: Mapping[str, str]) -> str:
    for stage, columns in STAGES:
        if any(value.get(names.get(column, "")) not in (None, "", "-") for column in columns):
            return stage
    return "notice"
