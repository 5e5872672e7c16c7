"""Which organ stands above which: by region, unless an operator named another one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timbang.accounts.hierarchy import Tree, covers, wider


@dataclass
class Place:
    pk: str
    region_code: str
    kind: str = "bawaslu"
    parent_id: str | None = None
    closed_on: date | None = None


RI, JABAR, BANDUNG = Place("ri", "ID"), Place("jabar", "32"), Place("bandung", "32.04")
DIY = Place("diy", "34")


def names(places: list[Place]) -> list[str]:
    return [place.pk for place in places]


def test_a_regency_stands_below_its_province_and_that_below_the_nation() -> None:
    tree = Tree([BANDUNG, DIY, JABAR, RI])
    assert names(tree.line_above(BANDUNG)) == ["jabar", "ri"]
    assert names(tree.line_above(RI)) == []


def test_where_the_province_has_none_the_next_one_stands_above() -> None:
    assert names(Tree([BANDUNG, RI]).line_above(BANDUNG)) == ["ri"]


def test_another_kind_and_a_closed_one_stand_above_nobody() -> None:
    bkn = Place("bkn", "ID", kind="bkn")
    old = Place("lama", "32", closed_on=date(2026, 1, 1))
    assert names(Tree([BANDUNG, bkn, old]).line_above(BANDUNG)) == []


def test_what_an_operator_names_comes_first() -> None:
    named = Place("bandung", "32.04", parent_id="diy")
    assert names(Tree([named, DIY, JABAR, RI]).line_above(named)) == ["diy", "ri"]


@pytest.mark.parametrize(
    ("region", "place", "expected"),
    [
        ("ID", "32.04", True), ("32", "32.04", True), ("32.04", "32.04", True),
        ("32", "32", True), ("32.04", "32", False), ("3", "32.04", False), ("34", "32.04", False),
    ],
)  # fmt: skip
def test_what_a_region_takes_in(region: str, place: str, expected: bool) -> None:
    assert covers(region, place) is expected
    assert not expected or region in (place, *wider(place))


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")), max_size=8))
def test_named_parents_that_lead_round_end_and_lose_nobody(pairs: list[tuple[str, str]]) -> None:
    parents = dict(pairs)
    places = [Place(name, "32", parent_id=parents.get(name)) for name in "abcde"]
    tree = Tree(places)
    assert sorted(organ.pk for organ, _line in tree.listed()) == list("abcde")
    for organ, line in tree.listed():
        assert organ.pk not in names(line)
        assert len(set(names(line))) == len(line)
