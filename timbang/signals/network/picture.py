"""A network as a drawing (SVG) and as tables of the same content; also as GEXF.

Who stands higher in the network is drawn higher: the levels of `hierarchy.py`, in rows. Within a
row those who exchange with the same people stand side by side (rows are ordered by the middle of
their neighbours, Sugiyama, Tagawa and Toda 1981). An exchange through a broker is two lines, to him
and from him. The same network gives the same drawing.

Above `MOST_ACTORS` a cluster is one circle; one cluster may be opened, and its members then stand
among the other clusters. No script and no style: presentation attributes only, title and
description in words. Everything drawn stands in the tables too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from math import ceil, floor
from typing import Final

import numpy as np

from timbang.law.bilingual import Bilingual
from timbang.signals.network.measures import Measured
from timbang.signals.network.pairs import Array
from timbang.signals.network.reading import month_name

MOST_ACTORS: Final = 2_000
MOST_TIES: Final = 3_000
_ROW: Final = 40  # circles a row
_STEP, _HEIGHT, _EDGE = 26, 58, 40
_WIDEST_STEP, _WIDTH = 150, 1_000  # few circles stand so far apart that their names fit
_NAMED: Final = 60
_LETTER: Final = 6.4  # how wide a letter is at most
_SWEEPS: Final = 8
_INK, _FAINT, _PAPER = "#1b2733", "#5b6975", "#ffffff"
# Fills on which the ink stands out well; a cluster is told in words too.
_FILLS: Final = (
    "#9cc3e6",
    "#f2c27f",
    "#a8d3ad",
    "#d9b3e0",
    "#9fd5d8",
    "#eab4a2",
    "#cfcf9a",
    "#b9c4da",
)

TITLE: Final = Bilingual("Jaringan pertukaran", "Network of exchanges")
DESCRIPTION: Final = Bilingual(
    "{circles} lingkaran dan {ties} garis. Yang berkedudukan lebih tinggi digambar lebih atas. "
    "Semua isinya ada dalam tabel.",
    "{circles} circles and {ties} lines. Whoever stands higher is drawn higher. All of it stands "
    "in the tables.",
)
ACTOR: Final = Bilingual(
    "{name}: {partners} mitra, kelompok {cluster}", "{name}: {partners} partners, cluster {cluster}"
)
CLUSTER: Final = Bilingual(
    "Kelompok {cluster}: {actors} pihak, terutama {name}",
    "Cluster {cluster}: {actors} actors, most of all {name}",
)
CLUSTER_NAME: Final = Bilingual("Kelompok {cluster} ({actors})", "Cluster {cluster} ({actors})")
TIE: Final = Bilingual("{one} - {other}: {count} pertukaran", "{one} - {other}: {count} exchanges")


@dataclass(frozen=True, slots=True)
class Circle:
    """An actor, or a cluster of `actors` many. `name` is that of its actor with most partners."""

    cluster: int
    actors: int
    name: str
    identity: str
    partners: int
    level: float | None
    x: float
    y: float
    radius: float

    @property
    def is_cluster(self) -> bool:
        return not self.identity

    @property
    def label(self) -> Bilingual:
        if self.is_cluster:
            return CLUSTER_NAME.format(cluster=self.cluster, actors=self.actors)
        return Bilingual(self.name, self.name)

    @property
    def words(self) -> Bilingual:
        if self.is_cluster:
            return CLUSTER.format(cluster=self.cluster, actors=self.actors, name=self.name)
        return ACTOR.format(name=self.name, partners=self.partners, cluster=self.cluster)


@dataclass(frozen=True, slots=True)
class Tie:
    """A line between two circles, by their places; `there` of the exchanges go from the first.

    `months` are those with an exchange whose day is known, counted from January 1945.
    """

    one: int
    other: int
    exchanges: int
    there: int
    months: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn. `left_out` ties are too many to be drawn: those of fewest exchanges."""

    circles: tuple[Circle, ...]
    ties: tuple[Tie, ...]
    left_out: int
    width: float
    height: float
    collapsed: bool


def drawing(
    found: Measured, *, opened: int | None = None, most_actors: int = MOST_ACTORS
) -> Drawing:
    """Lay out a network; `opened` is the cluster to be shown with its members."""
    met = np.flatnonzero(found.cluster >= 0)
    collapsed = len(met) > most_actors
    place = np.full(found.actors, -1, dtype=np.int64)
    if collapsed:
        # A cluster by its number; members of the opened one follow after all clusters.
        place[met] = found.cluster[met]
        if opened is not None:
            members = met[found.cluster[met] == opened]
            place[members] = int(found.cluster.max()) + 1 + np.arange(len(members))
    else:
        place[met] = np.arange(len(met))
    kept, circle_of = np.unique(place[met], return_inverse=True)
    place[met] = circle_of
    one, other, forward, backward, keys = _ties(found, place, len(kept))
    level = _levels(found, met, circle_of, len(kept))
    row, column = _rows(level, one, other, len(kept))
    circles = _circles(found, met, circle_of, level, row, column, collapsed, opened)
    exchanges = forward + backward
    order = np.lexsort((other, one, -exchanges))[:MOST_TIES]
    months = _months(found, place, len(kept), keys[order])
    ties = tuple(
        Tie(int(one[at]), int(other[at]), int(exchanges[at]), int(forward[at]), seen)
        for at, seen in zip(order, months, strict=True)
    )
    width = max((circle.x for circle in circles), default=0) + _EDGE
    height = max((circle.y for circle in circles), default=0) + _EDGE
    return Drawing(circles, ties, len(one) - len(ties), width, height, collapsed)


def _ties(found: Measured, place: Array, count: int) -> tuple[Array, Array, Array, Array, Array]:
    """The ties between circles: each two once, with how much went either way, and their keys."""
    its = found.links
    low, high = place[its.low], place[its.high]
    turned = low > high
    forward = np.where(turned, its.backward, its.forward).astype(np.int64)
    backward = np.where(turned, its.forward, its.backward).astype(np.int64)
    key = np.minimum(low, high) * count + np.maximum(low, high)
    key, forward, backward = (each[low != high] for each in (key, forward, backward))
    keys, at = np.unique(key, return_inverse=True)
    one, other = np.divmod(keys, max(count, 1))
    there = np.bincount(at, weights=forward, minlength=len(keys)).astype(np.int64)
    back = np.bincount(at, weights=backward, minlength=len(keys)).astype(np.int64)
    return one, other, there, back, keys


def _months(found: Measured, place: Array, count: int, keys: Array) -> list[tuple[int, ...]]:
    """For each of these ties the months in which something was exchanged."""
    its = found.links
    low, high = place[its.low], place[its.high]
    key = np.minimum(low, high) * count + np.maximum(low, high)
    chosen = np.flatnonzero((low != high) & np.isin(key, keys))
    order = np.argsort(keys)
    at = order[np.searchsorted(keys, key[chosen], sorter=order)]
    bits = np.zeros((len(keys), its.months.shape[1]), dtype=its.months.dtype)
    np.bitwise_or.at(bits, at, its.months[chosen])
    marked = np.unpackbits(bits.astype("<u8").view(np.uint8), axis=1, bitorder="little")
    return [tuple((its.base + np.flatnonzero(row)).tolist()) for row in marked]


def _levels(found: Measured, met: Array, circle_of: Array, count: int) -> Array:
    """The mean level of each circle's actors."""
    sums = np.bincount(circle_of, weights=found.hierarchy.level[met], minlength=count)
    return sums / np.maximum(np.bincount(circle_of, minlength=count), 1)


def _rows(level: Array, one: Array, other: Array, count: int) -> tuple[Array, Array]:
    """Row (0 is the highest) and place in it. A level with many circles takes several rows."""
    step = np.round(level * 2).astype(np.int64)
    bands = np.unique(-step, return_inverse=True)[1]
    degree = np.bincount(one, minlength=count) + np.bincount(other, minlength=count)
    position = np.zeros(count)
    for band in range(int(bands.max(initial=-1)) + 1):
        mine = np.flatnonzero(bands == band)
        position[mine[np.lexsort((mine, -degree[mine]))]] = np.linspace(0, 1, len(mine))
    for _ in range(_SWEEPS):
        sums = np.bincount(one, weights=position[other], minlength=count)
        sums += np.bincount(other, weights=position[one], minlength=count)
        middle = np.where(degree > 0, sums / np.maximum(degree, 1), position)
        for band in range(int(bands.max(initial=-1)) + 1):
            mine = np.flatnonzero(bands == band)
            order = mine[np.lexsort((mine, middle[mine]))]
            position[order] = (np.arange(len(mine)) + 0.5) / len(mine)
    row, column = np.zeros(count, dtype=np.int64), np.zeros(count)
    used = 0
    widest = min(_ROW, int(np.bincount(bands).max(initial=1)))
    for band in range(int(bands.max(initial=-1)) + 1):
        mine = np.flatnonzero(bands == band)
        rows = -(-len(mine) // _ROW)
        order = mine[np.lexsort((mine, position[mine]))]
        row[order] = used + np.arange(len(mine)) % rows
        wide = -(-len(mine) // rows)
        column[order] = (np.arange(len(mine)) // rows + 0.5) / wide
        used += rows
    return row, column * widest


def _circles(
    found: Measured,
    met: Array,
    circle_of: Array,
    level: Array,
    row: Array,
    column: Array,
    collapsed: bool,
    opened: int | None,
) -> tuple[Circle, ...]:
    order = np.lexsort((met, -found.partners[met], circle_of))
    first = np.searchsorted(circle_of[order], np.arange(len(level)))
    sizes = np.bincount(circle_of, minlength=len(level))
    shift = column.min() if len(column) else 0.0
    widest = int(np.bincount(row).max(initial=1))
    step = max(_STEP, min(_WIDEST_STEP, _WIDTH // widest))
    circles = []
    for number in range(len(level)):
        actor = int(met[order[first[number]]])
        cluster = int(found.cluster[actor])
        whole = collapsed and cluster != opened
        partners = int(found.partners[actor])
        weight = int(sizes[number]) if whole else partners
        circles.append(
            Circle(
                cluster=cluster,
                actors=int(sizes[number]),
                name=found.given.actors.name_of(actor),
                identity="" if whole else found.given.actors.id_of(actor),
                partners=partners,
                level=float(level[number]),
                x=_EDGE + float(column[number] - shift) * step,
                y=_EDGE + int(row[number]) * _HEIGHT,
                radius=round(min(11.0, 3 + float(np.sqrt(weight))), 1),
            )
        )
    return tuple(circles)


# --- SVG ----------------------------------------------------------------------------------------


def svg(drawn: Drawing, *, language: str, name: str = "network") -> str:
    """The drawing; `name` begins the ids within it, `language` is `id` or `en`."""
    description = DESCRIPTION.format(circles=len(drawn.circles), ties=len(drawn.ties))
    labels = _labels(drawn, language)
    left = floor(min([0.0, *(label.left for label in labels)]))
    right = ceil(max([drawn.width, *(label.right for label in labels)]))
    width = right - left
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} 0 {width} '
        f'{drawn.height:.0f}" width="{width}" height="{drawn.height:.0f}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc" lang="{language}" font-size="11" '
        'font-family="sans-serif">',
        f'<title id="{name}-title">{escape(TITLE[language])}</title>',
        f'<desc id="{name}-desc">{escape(description[language])}</desc>',
        f'<rect x="{left}" width="{width}" height="100%" fill="{_PAPER}"/>',
        *(_line(drawn, tie, language) for tie in reversed(drawn.ties)),
        *(_dot(circle, language) for circle in drawn.circles),
        *(label.text for label in labels),
        "</svg>",
    ]
    return "\n".join(parts)


def _line(drawn: Drawing, tie: Tie, language: str) -> str:
    one, other = drawn.circles[tie.one], drawn.circles[tie.other]
    width = min(5.0, 0.6 + 0.5 * float(np.log2(tie.exchanges)))
    words = TIE.format(one=one.label, other=other.label, count=tie.exchanges)
    return (
        f'<line x1="{one.x:.0f}" y1="{one.y}" x2="{other.x:.0f}" y2="{other.y}" '
        f'stroke="{_FAINT}" stroke-opacity="0.45" stroke-width="{width:.1f}">'
        f"<title>{escape(words[language])}</title></line>"
    )


def _dot(circle: Circle, language: str) -> str:
    fill = _FILLS[circle.cluster % len(_FILLS)]
    ring = 2 if circle.is_cluster else 1
    return (
        f'<circle cx="{circle.x:.0f}" cy="{circle.y}" r="{circle.radius}" fill="{fill}" '
        f'stroke="{_INK}" stroke-width="{ring}">'
        f"<title>{escape(circle.words[language])}</title></circle>"
    )


@dataclass(frozen=True, slots=True)
class _Label:
    """A name below its circle, and from where to where it may reach."""

    left: float
    right: float
    text: str


def _labels(drawn: Drawing, language: str) -> list[_Label]:
    """The names of the largest below their circles, where no other name stands already."""
    largest = sorted(drawn.circles, key=lambda each: (-each.radius, -each.partners, each.y, each.x))
    taken: dict[float, list[tuple[float, float]]] = {}
    texts: list[_Label] = []
    for circle in largest:
        words = _short(circle.label[language])
        half = _LETTER * len(words) / 2
        ends = circle.x - half, circle.x + half
        row = taken.setdefault(circle.y, [])
        if len(texts) < _NAMED and all(ends[1] < left or right < ends[0] for left, right in row):
            row.append(ends)
            text = (
                f'<text x="{circle.x:.0f}" y="{circle.y + circle.radius + 11:.0f}" '
                f'text-anchor="middle" fill="{_INK}" stroke="{_PAPER}" stroke-width="3" '
                f'paint-order="stroke">{escape(words)}</text>'
            )
            texts.append(_Label(*ends, text))
    return texts


def _short(words: str) -> str:
    return words if len(words) <= 22 else f"{words[:21]}…"


# --- for a drawing that can be moved --------------------------------------------------------------


def as_json(drawn: Drawing, *, language: str) -> dict[str, object]:
    """The same circles and lines for a script that draws them: places, words, colours, and each
    line's months (named `2024-02`). `opens` is the number of a cluster that can be opened."""
    months = sorted({month for tie in drawn.ties for month in tie.months})
    place = {month: at for at, month in enumerate(months)}
    return {
        "circles": [
            {
                "x": round(circle.x, 1),
                "y": round(circle.y, 1),
                "size": circle.radius,
                "label": circle.label[language],
                "words": circle.words[language],
                "fill": _FILLS[circle.cluster % len(_FILLS)],
                "opens": circle.cluster if circle.is_cluster else None,
            }
            for circle in drawn.circles
        ],
        "ties": [
            {
                "one": tie.one,
                "other": tie.other,
                "exchanges": tie.exchanges,
                "months": [place[month] for month in tie.months],
            }
            for tie in drawn.ties
        ],
        "months": [month_name(month) for month in months],
    }


# --- GEXF ---------------------------------------------------------------------------------------

_GEXF: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<graph defaultedgetype="directed">
<attributes class="node">
<attribute id="0" title="level" type="double"/>
<attribute id="1" title="cluster" type="integer"/>
<attribute id="2" title="partners" type="integer"/>
</attributes>
"""


def gexf(found: Measured) -> str:
    """The whole network as GEXF 1.3: actors with level, cluster, partners; a link each way."""
    parts = [_GEXF, "<nodes>"]
    for actor in np.flatnonzero(found.cluster >= 0).tolist():
        values: Mapping[int, object] = {
            0: f"{found.hierarchy.level[actor]:.6g}",
            1: int(found.cluster[actor]),
            2: int(found.partners[actor]),
        }
        told = "".join(f'<attvalue for="{key}" value="{value}"/>' for key, value in values.items())
        name = escape(found.given.actors.name_of(actor))
        parts.append(f'<node id="{actor}" label="{name}"><attvalues>{told}</attvalues></node>')
    parts.append("</nodes>\n<edges>")
    its = found.links
    number = 0
    for row in range(len(its)):
        low, high = int(its.low[row]), int(its.high[row])
        for source, target, count in (
            (low, high, int(its.forward[row])),
            (high, low, int(its.backward[row])),
        ):
            if count:
                parts.append(
                    f'<edge id="{number}" source="{source}" target="{target}" weight="{count}"/>'
                )
                number += 1
    parts.append("</edges>\n</graph>\n</gexf>\n")
    return "\n".join(parts)
