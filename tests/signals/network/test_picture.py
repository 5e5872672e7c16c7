"""The drawing of a network: patrons above, clusters collapsed, the same in words."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET
from typing import Any

import numpy as np
import pytest

from tests.signals.network.test_measures import gift, pyramid
from timbang.signals.network import picture, reading
from timbang.signals.network.measures import Measured

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def found() -> Measured:
    return Measured(reading.of_rows(pyramid()))


def test_a_patron_is_drawn_above_his_clients(found: Measured) -> None:
    drawn = picture.drawing(found)
    place = {circle.identity: circle for circle in drawn.circles}
    assert all(
        place["P"].y < circle.y for name, circle in place.items() if name not in ("P", "X", "Y")
    )
    assert len(drawn.circles) == 13
    # two to brokers, eight from them, eight back to the patron, and one apart
    assert len(drawn.ties) == 19
    assert place["B1"].y < place["B1K0"].y


def test_no_two_circles_stand_on_one_place() -> None:
    rng = np.random.default_rng(1)
    rows = [gift(f"n{a}", f"n{b}", None) for a, b in rng.integers(0, 300, (500, 2)) if a != b]
    drawn = picture.drawing(Measured(reading.of_rows(rows)))
    places = {(circle.x, circle.y) for circle in drawn.circles}
    assert len(places) == len(drawn.circles)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_drawing_is_told_in_words_and_carries_no_style(found: Measured, language: str) -> None:
    text = picture.svg(picture.drawing(found), language=language)
    root = ET.fromstring(text)
    ids = (root.get("aria-labelledby") or "").split()
    told = {element.get("id"): element.text for element in root.iter() if element.get("id")}
    assert root.get("role") == "img"
    assert told[ids[0]] == picture.TITLE[language]
    assert "13" in (told[ids[1]] or "")
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=", text)
    assert len(root.findall(f"{SVG}circle")) == 13
    assert all(element.find(f"{SVG}title") is not None for element in root.findall(f"{SVG}line"))


def test_names_cannot_break_out_of_the_drawing() -> None:
    rows = [gift("</title><script>", "b", None)]
    found = Measured(reading.of_rows(rows))
    for text in (picture.svg(picture.drawing(found), language="id"), picture.gexf(found)):
        assert "<script>" not in text
        ET.fromstring(text.encode())


def large() -> Measured:
    """Sixty stars of five, each joined to the next."""
    rows: list[dict[str, Any]] = []
    for star in range(60):
        rows += [gift(f"s{star}", f"s{star}k{client}", None) for client in range(4)]
        rows.append(gift(f"s{star}", f"s{(star + 1) % 60}", None))
    return Measured(reading.of_rows(rows), density=0.3)


def test_a_large_network_is_collapsed_and_one_cluster_opened() -> None:
    found = large()
    closed = picture.drawing(found, most_actors=100)
    assert closed.collapsed
    assert all(circle.is_cluster for circle in closed.circles)
    assert sum(circle.actors for circle in closed.circles) == 300
    opened = picture.drawing(found, opened=0, most_actors=100)
    members = [circle for circle in opened.circles if not circle.is_cluster]
    assert {circle.cluster for circle in members} == {0}
    assert len(members) == next(each.actors for each in closed.circles if each.cluster == 0)
    assert len(opened.circles) == len(closed.circles) - 1 + len(members)


def test_ties_beyond_the_most_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "MOST_TIES", 100)
    drawn = picture.drawing(large())
    assert (len(drawn.ties), drawn.left_out) == (100, 200)


def test_gexf_has_every_actor_and_each_way(found: Measured) -> None:
    root = ET.fromstring(picture.gexf(found).encode())
    space = "{http://gexf.net/1.3}"
    assert len(list(root.iter(f"{space}node"))) == 13
    weights = [int(edge.get("weight") or 0) for edge in root.iter(f"{space}edge")]
    # 24 of 46 exchanges went through a broker: two links each
    assert sum(weights) == 70


def test_no_name_is_cut_by_the_edge_of_the_drawing() -> None:
    rows = [gift("Tim Pemenangan Kabupaten A", "Warga Rukun Tetangga 07", None)]
    text = picture.svg(picture.drawing(Measured(reading.of_rows(rows))), language="id")
    root = ET.fromstring(text)
    left, _top, width, _height = (float(part) for part in (root.get("viewBox") or "").split())
    for label in root.findall(f"{SVG}text"):
        half = len(label.text or "") * 6.4 / 2
        assert left <= float(label.get("x") or 0) - half
        assert float(label.get("x") or 0) + half <= left + width


def test_few_circles_stand_far_enough_apart_for_their_names() -> None:
    rows = [gift("patron", f"klien nomor {each}", None) for each in range(5)]
    drawn = picture.drawing(Measured(reading.of_rows(rows)))
    low = max(circle.y for circle in drawn.circles)
    places = sorted(circle.x for circle in drawn.circles if circle.y == low)
    assert all(right - left >= 100 for left, right in itertools.pairwise(places))


def test_each_line_knows_its_months_and_a_script_is_told_the_same(found: Measured) -> None:
    drawn = picture.drawing(found)
    told: Any = picture.as_json(drawn, language="en")
    assert len(told["circles"]) == len(drawn.circles)
    assert told["months"] == sorted(told["months"])
    seen: dict[frozenset[str], set[str]] = {}
    for row in pyramid():
        ends = [row["giver_id"], row.get("through_id"), row["receiver_id"]]
        named = [each for each in ends if each]
        for one, other in itertools.pairwise(named):
            if row.get("given_on"):
                seen.setdefault(frozenset((one, other)), set()).add(str(row["given_on"])[:7])
    for tie, line in zip(drawn.ties, told["ties"], strict=True):
        ends_of = drawn.circles[tie.one].identity, drawn.circles[tie.other].identity
        assert {told["months"][at] for at in line["months"]} == seen[frozenset(ends_of)]
    assert all(circle["opens"] is None for circle in told["circles"])
