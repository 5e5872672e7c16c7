"""Charts as numbers: inside their frame, true to scale, and nothing where nothing is known."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timbang.publication.explorer import drawing
from timbang.publication.explorer.drawing import Span

AMOUNTS = st.floats(0, 1e12)


@given(st.dictionaries(st.integers(2010, 2030), AMOUNTS, min_size=1), st.data())
def test_every_point_of_a_swing_lies_in_its_frame(
    own: dict[int, float], data: st.DataObject
) -> None:
    years = list(range(min(own), max(own) + 1))
    others = data.draw(st.dictionaries(st.sampled_from(years), AMOUNTS))
    chart = drawing.curves(years, own, others, {})
    for point in (*chart.own.points, *chart.others.points):
        assert drawing.LEFT <= point.x <= drawing.WIDTH
        assert drawing.TOP - 1 <= point.y <= drawing.HEIGHT - drawing.BOTTOM
    assert len(chart.own.points) == len(own)
    assert len(chart.labels) <= drawing.LABELS


def test_a_year_that_is_not_known_leaves_a_gap() -> None:
    chart = drawing.curves([2020, 2021, 2022, 2023], {2020: 1, 2022: 2, 2023: 3}, {}, {})
    assert chart.own.path.count("M") == 2
    assert chart.others.path == ""


def test_twice_as_much_is_twice_as_high() -> None:
    chart = drawing.columns([("a", 100), ("b", 50), ("c", 0)])
    heights = [bar.height for bar in chart.bars]
    assert heights == [120, 60, 0]


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=60))
def test_columns_stand_on_the_ground_and_inside(values: list[int]) -> None:
    chart = drawing.columns([(str(n), value) for n, value in enumerate(values)])
    ground = drawing.HEIGHT - drawing.BOTTOM
    for bar in chart.bars:
        assert bar.y + bar.height == ground
        assert bar.y >= drawing.TOP - 1
        assert bar.x + bar.width <= drawing.WIDTH + 1


@pytest.mark.parametrize(
    ("most", "step"), [(5, 1), (7, 2), (100, 20), (0.4, 0.1), (12, 5), (51, 20)]
)
def test_a_scale_has_round_steps(most: float, step: float) -> None:
    assert drawing.scale_step(most) == pytest.approx(step)
    assert most / step <= 5


def test_a_timeline_keeps_the_order_of_days_and_the_length_of_spans() -> None:
    spans = [
        Span("a", date(2018, 1, 1)),
        Span("b", date(2018, 1, 1), date(2018, 7, 1)),
        Span("c", date(2018, 12, 31)),
    ]
    chart = drawing.timeline([(span, span.name) for span in spans])
    assert chart is not None
    first, lasting, last = chart.bars
    assert first.x == lasting.x == 0
    assert 130 < lasting.width < 150
    assert last.x + last.width == drawing.WIDTH
    assert (first.single, lasting.single) == (True, False)


def test_without_days_there_is_no_timeline() -> None:
    assert drawing.timeline([]) is None
