"""The history of a score as numbers for an SVG: pure, drawn by the server, no script.

A line for the score and a band for its interval. A month in which nothing was known breaks both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from timbang.policy.score import Month

WIDTH: Final = 288  # fits a screen of 320 px
HEIGHT: Final = 150
LEFT: Final = 30
TOP: Final = 8
BOTTOM: Final = 22


@dataclass(frozen=True, slots=True)
class Mark:
    """A line across the picture, with its number."""

    value: int
    y: int
    text_y: int


@dataclass(frozen=True, slots=True)
class Chart:
    """All places in pixels; `lines` and `bands` as SVG writes points."""

    width: int
    height: int
    left: int
    text_y: int
    marks: tuple[Mark, ...]
    lines: tuple[str, ...]
    bands: tuple[str, ...]
    dots: tuple[tuple[int, int], ...]
    first: Month
    last: Month


def chart(history: Sequence[Month]) -> Chart | None:
    """The chart of these months; None where nothing was ever known."""
    if not any(month.value is not None for month in history):
        return None
    step = (WIDTH - LEFT - 6) / max(1, len(history) - 1)
    at = [round(LEFT + 3 + step * place) for place in range(len(history))]
    lines, bands, dots = [], [], []
    for run in _runs(history):
        known = [(at[place], history[place]) for place in run]
        lines.append(_points([(x, month.value or 0.0) for x, month in known]))
        upper = [(x, month.high or 0.0) for x, month in known]
        lower = [(x, month.low or 0.0) for x, month in reversed(known)]
        bands.append(_points([*upper, *lower]))
        dots += [(x, _y(month.value or 0.0)) for x, month in known]
    marks = tuple(Mark(value, _y(value), _y(value) + 4) for value in (0, 50, 100))
    return Chart(
        WIDTH, HEIGHT, LEFT, HEIGHT - 4, marks, tuple(lines), tuple(bands), tuple(dots),
        history[0], history[-1],
    )  # fmt: skip


def _runs(history: Sequence[Month]) -> Iterator[list[int]]:
    """Months that follow each other and are known."""
    run: list[int] = []
    for place, month in enumerate(history):
        if month.value is not None:
            run.append(place)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _points(points: Sequence[tuple[int, float]]) -> str:
    return " ".join(f"{x},{_y(value)}" for x, value in points)


def _y(value: float) -> int:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / 100))
