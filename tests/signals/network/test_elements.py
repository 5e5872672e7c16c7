"""The elements of a pair, on hand cases."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.signals.network.some import exchanges, network
from timbang.signals.network import elements, pairs
from timbang.signals.network.limits import Limits

PATRON, CLIENT, OTHER = 0, 1, 2


def of(rows: list[tuple[int, int, int, float, int]], actors: int = 9) -> elements.Elements:
    return elements.elements(pairs.pairs(exchanges(rows)).in_order(), actors=actors)


def test_months_count_once_and_span_reaches_over_words() -> None:
    found = of([(0, 1, month, 1.0, 0) for month in (640, 640, 700, 767, 900)])
    assert found.months.tolist() == [4]
    assert found.span.tolist() == [261]


@pytest.mark.parametrize("month", [0, 31, 32, 52, 53, 54, 63, 64, 127, 1199])
def test_one_month_alone_spans_one(month: int) -> None:
    assert of([(0, 1, month, 1.0, 0), (0, 2, 5, 1.0, 0)]).span.tolist() == [1, 1]


def test_an_undated_exchange_may_be_a_month_more() -> None:
    found = of([(0, 1, 900, 1.0, 0), (0, 1, pairs.UNKNOWN_MONTH, 1.0, 0)])
    assert (found.months[0], found.months_most[0]) == (1, 2)


def test_who_has_nobody_else_depends_on_the_other() -> None:
    rows = network(*[(PATRON, client) for client in range(1, 6)])
    found = elements.elements(pairs.pairs(rows).in_order(), actors=6)
    assert found.dependence_low.tolist() == pytest.approx([0.2] * 5)
    assert found.dependence_high.tolist() == [1.0] * 5
    assert found.asymmetry.tolist() == pytest.approx([0.8] * 5)
    assert found.low_is_above.all()


def test_reciprocity_of_flows_and_of_legs() -> None:
    rows = [(0, 1, 900, 1.0, pairs.LINKED)] + [(0, 1, 900, 1.0, 0)] * 2 + [(1, 0, 901, 1.0, 0)]
    found = of(rows)
    assert found.flows.tolist() == [0.5]
    assert found.linked.tolist() == [0.25]


def test_personalism_has_bounds_where_the_way_is_not_known() -> None:
    ways = [pairs.PERSON, pairs.PERSON, pairs.OFFICE, 0]
    found = of([(0, 1, 900, 1.0, way) for way in ways])
    assert found.personal[0] == pytest.approx(2 / 3)
    assert (found.personal_least[0], found.personal_most[0]) == (0.5, 0.75)


def test_of_no_known_way_nothing_is_said() -> None:
    found = of([(0, 1, 900, 1.0, 0)])
    assert math.isnan(found.personal[0])
    assert elements.present(found, Limits())["personalism"].tolist() == [elements.UNKNOWN]


def test_an_element_that_missing_days_could_turn_is_not_known() -> None:
    rows = [(0, 1, 900, 1.0, 0), (0, 1, 901, 1.0, 0), (0, 1, pairs.UNKNOWN_MONTH, 1.0, 0)]
    said = elements.present(of(rows), Limits())
    assert said["iteration"].tolist() == [elements.UNKNOWN]
    assert elements.present(of(rows[:2]), Limits())["iteration"].tolist() == [0]
    assert elements.present(of([*rows, (0, 1, 902, 1.0, 0)]), Limits())["iteration"].tolist() == [1]


def test_hierarchy_is_told_where_levels_are_known() -> None:
    found = of([(0, 1, 900, 1.0, 0), (2, 3, 900, 1.0, 0), (4, 5, 900, 1.0, 0)])
    said = elements.present(found, Limits(), apart=np.array([1.0, 0.2, np.nan]))
    assert said["hierarchy"].tolist() == [1, 0, elements.UNKNOWN]
