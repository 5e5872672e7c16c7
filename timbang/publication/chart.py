"""A small bar chart as numbers for an SVG: pure, drawn by the server, no script.

Bars lie, so that labels stay readable on a narrow screen. A month without a figure keeps its place
and has no bar: "not shown" is not zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 288  # fits a screen of 320 px
LABEL: Final = 76
NUMBER: Final = 44
ROW: Final = 22
BAR: Final = 14


@dataclass(frozen=True)
class Bar:
    """One row: all places in pixels; `value` None when no figure is shown."""

    label: str
    value: int | None
    text_y: int
    bar_y: int
    bar_width: int
    number_x: int


@dataclass(frozen=True)
class Chart:
    width: int
    height: int
    bar_x: int
    bar_height: int
    bars: tuple[Bar, ...]


def bar_chart(values: Sequence[tuple[str, int | None]]) -> Chart:
    """A chart of labelled values; the longest bar takes all the room there is."""
    most = max((value for _, value in values if value is not None), default=0) or 1
    room = WIDTH - LABEL - NUMBER
    bars = tuple(
        _bar(row, label, value, round(room * (value or 0) / most))
        for row, (label, value) in enumerate(values)
    )
    return Chart(WIDTH, ROW * len(values) + 4, LABEL, BAR, bars)


def _bar(row: int, label: str, value: int | None, width: int) -> Bar:
    top = row * ROW + 4
    return Bar(label, value, top + BAR - 2, top, width, LABEL + width + 6)


def months_between(first: str, last: str) -> list[str]:
    """All months from the first to the last, both included ("YYYY-MM")."""
    start, end = (int(m[:4]) * 12 + int(m[5:]) - 1 for m in (first, last))
    return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(start, end + 1)]
