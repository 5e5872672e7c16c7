"""Charts of the explorer as numbers for an SVG: pure, drawn by the server, no script.

All are as wide as a telephone and grow with the page. What a colour says, a dash, a mark or a word
says too, and every chart stands beside a table of the same figures. A place without a figure has
no mark: not known is not zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

WIDTH: Final = 288
HEIGHT: Final = 170
LEFT: Final = 40
RIGHT: Final = 8
TOP: Final = 26
BOTTOM: Final = 24
# More labels than these do not fit below a chart.
LABELS: Final = 6
ROW: Final = 40
EDGE: Final = 36
# No scale is finer.
TINY: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a place; near the right edge they end there, so that they stay inside."""

    x: int
    y: int
    text: str

    @property
    def anchor(self) -> str:
        return "end" if self.x > WIDTH - EDGE else "middle"


@dataclass(frozen=True, slots=True)
class Line:
    """A level of the scale: its height and its number."""

    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Curve:
    """One series: `path` for SVG, and its points (round or square marks)."""

    path: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Curves:
    """Two series over the same years; `marks` are the years that are marked."""

    levels: tuple[Line, ...]
    labels: tuple[Label, ...]
    marks: tuple[Label, ...]
    own: Curve
    others: Curve
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    bottom: int = HEIGHT - BOTTOM


@dataclass(frozen=True, slots=True)
class Column:
    x: int
    y: int
    width: int
    height: int
    marked: bool


@dataclass(frozen=True, slots=True)
class Columns:
    """Upright bars, one for each month or week; `marks` are lines through the chart with words."""

    levels: tuple[Line, ...]
    labels: tuple[Label, ...]
    marks: tuple[Label, ...]
    bars: tuple[Column, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    bottom: int = HEIGHT - BOTTOM


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasts from a day to a day, or happens on one (`until` None)."""

    name: str
    since: date
    until: date | None = None
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    name: str
    days: str
    text_y: int
    x: int
    y: int
    width: int
    marked: bool
    single: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    bars: tuple[Bar, ...]
    height: int
    width: int = WIDTH


def curves(
    years: Sequence[int],
    own: Mapping[int, float],
    others: Mapping[int, float],
    marked: Mapping[int, str],
) -> Curves:
    """Two series over years: this region and its neighbours; `marked` names years of elections."""
    most = max([*own.values(), *others.values(), TINY])
    step = scale_step(most)
    top = step * -(-most // step)
    at = {year: _place(number, len(years)) for number, year in enumerate(years)}
    return Curves(
        levels=_levels(step, top),
        labels=_labels([(at[year], str(year)) for year in years]),
        marks=tuple(
            Label(at[year], TOP - 8, words) for year, words in marked.items() if year in at
        ),
        own=_curve(years, at, own, top),
        others=_curve(years, at, others, top),
    )


def columns(
    values: Sequence[tuple[str, int]],
    *,
    marked: frozenset[int] = frozenset(),
    lines: Mapping[int, str] | None = None,
) -> Columns:
    """A bar for each value; bars in `marked` (their places) are striped; `lines` stand before the
    bar of their place."""
    most = max([value for _, value in values] or [1]) or 1
    step = scale_step(most)
    top = step * -(-most // step)
    room = WIDTH - LEFT - RIGHT
    wide = room / max(1, len(values))
    bars = []
    for number, (_, value) in enumerate(values):
        height = round((HEIGHT - TOP - BOTTOM) * value / top)
        bars.append(
            Column(round(LEFT + number * wide), HEIGHT - BOTTOM - height,
                   max(1, round(wide) - (2 if wide > 5 else 1)), height, number in marked)
        )  # fmt: skip
    named = [(round(LEFT + (number + 0.5) * wide), name) for number, (name, _) in enumerate(values)]
    return Columns(
        levels=_levels(step, top),
        labels=_labels([found for found in named if found[1]]),
        marks=tuple(
            Label(round(LEFT + number * wide), TOP - 8, words)
            for number, words in (lines or {}).items()
        ),
        bars=tuple(bars),
    )


def timeline(spans: Sequence[tuple[Span, str]]) -> Timeline | None:
    """Spans on one scale, each with its days in words; None where there are none."""
    if not spans:
        return None
    first = min(span.since for span, _ in spans)
    last = max(span.until or span.since for span, _ in spans)
    days = max(1, (last - first).days)
    bars = []
    for number, (span, words) in enumerate(spans):
        x = round((WIDTH - 8) * (span.since - first).days / days)
        end = span.until or span.since
        width = max(8, round((WIDTH - 8) * (end - span.since).days / days))
        y = number * ROW
        bars.append(
            Bar(span.name, words, y + 13, min(x, WIDTH - width), y + 19, width, span.marked,
                span.until is None)
        )  # fmt: skip
    return Timeline(tuple(bars), ROW * len(bars))


def scale_step(most: float) -> float:
    """The distance of the levels of a scale: 1, 2 or 5 times a power of ten, for two to five."""
    step = 1.0
    while most / step > 5:
        step *= 10
    while most / step < 0.5:
        step /= 10
    for part in (0.1, 0.2, 0.5, 1):
        if most / (step * part) <= 5:
            return step * part
    return step


def _levels(step: float, top: float) -> tuple[Line, ...]:
    number = round(top / step)
    return tuple(Line(round(_height(step * n, top)), f"{step * n:g}") for n in range(number + 1))


def _labels(named: Sequence[tuple[int, str]]) -> tuple[Label, ...]:
    """As many labels as there is room for, evenly, the first one always."""
    every = -(-len(named) // LABELS) or 1
    return tuple(Label(x, HEIGHT - 6, text) for x, text in named[::every])


def _curve(
    years: Sequence[int], at: Mapping[int, int], values: Mapping[int, float], top: float
) -> Curve:
    points, path, joined = [], [], False
    for year in years:
        value = values.get(year)
        if value is None:
            joined = False
            continue
        point = Point(at[year], round(_height(value, top)))
        path.append(f"{'L' if joined else 'M'}{point.x} {point.y}")
        points.append(point)
        joined = True
    return Curve(" ".join(path), tuple(points))


def _height(value: float, top: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * max(0.0, value) / top


def _place(number: int, of: int) -> int:
    room = WIDTH - LEFT - RIGHT - 16
    return round(LEFT + 10 + room * (number / (of - 1) if of > 1 else 0.5))
