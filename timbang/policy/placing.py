"""Projects by place, beside the votes of the place: counted from the tables into one small file.

    made = placing.build(tables, out, on=today)      # reads the tables; slow
    found = placing.read(out)                        # what pages read; standard library only

What is counted: packages of plans (with their programme) and of procurements (no programme is known
of them), by place and year; what a place needs, in the figures that somebody published of it; and
the votes of the last election of the place's own head. What the tables do not hold is told by
`MISSING`, never estimated: none holds the votes that a place gave to an office above it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from statistics import correlation
from typing import TYPE_CHECKING, Any, Final

from timbang.registry import figures
from timbang.registry.storing import Store

if TYPE_CHECKING:
    from timbang.registry.tables import Tables

FORMAT: Final = "timbang-projects-by-place/2"
NAME: Final = "places.json"
# Contests for the head of a region itself.
OWN_HEAD: Final = ("governor", "regent", "mayor")
MISSING: Final = ("votes_above",)
FEWEST: Final = 3
# Fewer places say nothing about whether money goes with need or with votes.
FEWEST_RANKED: Final = 10
# The interval of a perfect order is that of a nearly perfect one.
CLOSEST: Final = 0.9999
NORMAL: Final = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Projects:
    """Packages of one place in one year. `programme` "" where the table knows none.

    `amount` is the rupiah of those packages that name one; `unpriced` counts the others. `region`
    "" for packages whose place is not known.
    """

    table: str
    source: str
    programme: str
    year: int
    region: str
    packages: int
    amount: float
    unpriced: int


@dataclass(frozen=True, slots=True)
class Votes:
    """The last election of a region's own head: valid votes, and those of who was elected; None
    where the tables do not say."""

    region: str
    year: int
    source: str
    votes: int | None
    elected: int | None


@dataclass(frozen=True, slots=True)
class Figure:
    """What somebody published of a region in a year: how much of a measure, in its unit."""

    region: str
    measure: str
    year: int
    value: float
    publisher: str


@dataclass(frozen=True, slots=True)
class Programme:
    code: str
    name: str
    duty: str
    group: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What the file says."""

    counted_on: date
    made_of: str
    projects: tuple[Projects, ...]
    votes: tuple[Votes, ...]
    programmes: Mapping[str, Programme]
    figures: tuple[Figure, ...] = ()


def made_of(tables: Path) -> str:
    """Which versions of the tables a file is made of; "" where there is none."""
    return ",".join(str(number) for number in Store(tables).numbers())


def is_outdated(tables: Path, out: Path) -> bool:
    """Whether there are tables, and the file is not made of them as they are."""
    of = made_of(tables)
    if not of:
        return False
    found = read(out)
    return found is None or found.made_of != of


def build(tables: Path, out: Path, *, on: date) -> Counted:
    """Count anew, and write it down."""
    from timbang.registry.tables import open_tables

    facts = open_tables(tables)
    found = Counted(on, made_of(tables), _projects(facts), _votes(facts), _programmes(facts),
                    _figures(facts))  # fmt: skip
    write(found, out)
    return found


def write(found: Counted, out: Path) -> None:
    """Put the file in place, whole or not at all."""
    text = json.dumps(
        {
            "format": FORMAT,
            "counted_on": found.counted_on.isoformat(),
            "made_of": found.made_of,
            "projects": [asdict(each) for each in found.projects],
            "votes": [asdict(each) for each in found.votes],
            "programmes": [asdict(each) for each in found.programmes.values()],
            "figures": [asdict(each) for each in found.figures],
            "missing": list(MISSING),
        },
        ensure_ascii=False,
        indent=1,
    )
    out.mkdir(parents=True, exist_ok=True)
    whole = out / f"{NAME}.new"
    whole.write_text(text + "\n", "utf-8")
    whole.replace(out / NAME)


def read(out: Path) -> Counted | None:
    """What was counted last; None before the first time, or for a file of another format."""
    path = out / NAME
    if not path.exists():
        return None
    told = json.loads(path.read_text("utf-8"))
    if told["format"] != FORMAT:
        return None
    programmes = [Programme(**each) for each in told["programmes"]]
    return Counted(
        date.fromisoformat(told["counted_on"]),
        told["made_of"],
        tuple(Projects(**each) for each in told["projects"]),
        tuple(Votes(**each) for each in told["votes"]),
        {each.code: each for each in programmes},
        tuple(Figure(**each) for each in told["figures"]),
    )


def _projects(facts: Tables) -> tuple[Projects, ...]:
    plans = facts.table("plans")
    plans = plans.filter(~_holds(plans["deleted"]))
    bought = facts.table("procurements")
    counted = [
        *_counted("plans", plans.mutate(money=plans["budget"],
                                        programme=plans["programme_code"].fill_null(""))),
        *_counted("procurements", bought.mutate(money=_in_rupiah(bought), programme=_text(""))),
    ]  # fmt: skip
    return tuple(sorted(counted, key=lambda each: (each.table, each.source, each.programme,
                                                   -each.year, each.region)))  # fmt: skip


def _holds(flag: Any) -> Any:
    """A flag that nobody set does not hold."""
    import ibis

    return flag.fill_null(ibis.literal(value=False))


def _text(words: str) -> Any:
    import ibis

    return ibis.literal(words)


def _in_rupiah(bought: Any) -> Any:
    """The value, or the budget where there is none; unknown in another currency."""
    import ibis

    rupiah = bought["currency"].fill_null("IDR") == "IDR"
    return ibis.ifelse(rupiah, bought["value"].coalesce(bought["budget"]), ibis.null("float64"))


def _counted(table: str, rows: Any) -> list[Projects]:
    rows = rows.mutate(place=rows["region_code"].fill_null(""))
    groups = rows.group_by("source", "programme", "year", "place").agg(
        packages=rows.count(),
        amount=rows["money"].sum().fill_null(0).cast("float64"),
        unpriced=rows["money"].isnull().sum(),
    )
    return [
        Projects(table, row["source"], row["programme"], int(row["year"]), row["place"],
                 int(row["packages"]), float(row["amount"]), int(row["unpriced"]))
        for row in groups.to_pyarrow().to_pylist()
    ]  # fmt: skip


def _votes(facts: Tables) -> tuple[Votes, ...]:
    rows = facts.table("candidacies")
    rows = rows.filter(rows["contest_kind"].isin(OWN_HEAD) & rows["region_code"].notnull())
    groups = rows.group_by("region_code", "year", "source").agg(
        votes=rows["votes"].sum(),
        silent=rows["votes"].isnull().sum(),
        elected=rows["votes"].sum(where=rows["elected"]),
        winners=_holds(rows["elected"]).sum(),
    )
    last: dict[str, Votes] = {}
    told = groups.to_pyarrow().to_pylist()
    for row in sorted(told, key=lambda row: (row["region_code"], -row["year"], row["source"])):
        last.setdefault(row["region_code"], _told(row))
    return tuple(last.values())


def _told(row: Mapping[str, Any]) -> Votes:
    """Votes count only where every candidate has them, and one of them was elected."""
    known = not row["silent"] and row["votes"]
    won = known and row["winners"] == 1
    return Votes(
        row["region_code"],
        int(row["year"]),
        row["source"],
        int(row["votes"]) if known else None,
        int(row["elected"]) if won else None,
    )


def _programmes(facts: Tables) -> Mapping[str, Programme]:
    rows = facts.table("programmes")
    found = rows.select("year", "code", "name", "duty", "group_served").to_pyarrow().to_pylist()
    newest = sorted(found, key=lambda row: row["year"])
    return {
        row["code"]: Programme(
            row["code"], row["name"] or "", row["duty"] or "", row["group_served"] or ""
        )
        for row in newest
        if row["code"]
    }


def _figures(facts: Tables) -> tuple[Figure, ...]:
    """Every figure of a known region; where two publishers tell one, both are kept."""
    rows = facts.table("region_figures")
    rows = rows.filter(rows["region_code"].notnull() & rows["value"].notnull())
    told = rows.select("region_code", "measure", "year", "value", "publisher").to_pyarrow()
    found = {
        Figure(row["region_code"], row["measure"], int(row["year"]), float(row["value"]),
               row["publisher"])
        for row in told.to_pylist()
        if row["measure"] in figures.MEASURES
    }  # fmt: skip
    return tuple(sorted(found, key=lambda each: (each.measure, each.region, -each.year,
                                                 each.publisher)))  # fmt: skip


# --- one table of the page ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its packages, its need and its votes; a share or a ratio is None where a part
    is unknown.

    `per_vote` is rupiah for each valid vote; `elected` the share of those for who was elected.
    `need` is the newest figure up to the year of the packages; `per_need` rupiah for each of what
    it counts, None for a share.
    """

    region: str
    packages: int
    amount: float
    unpriced: int
    votes: int | None
    year: int | None
    per_vote: float | None
    elected: float | None
    need: Figure | None = None
    per_need: float | None = None


def places(
    counted: Counted, *, table: str, source: str, programme: str, year: int, measure: str = ""
) -> tuple[Place, ...]:
    """Every place of one choice, by its code; packages of no known place come last."""
    votes = {each.region: each for each in counted.votes}
    needs = _newest(counted, measure, year)
    chosen = [
        each
        for each in counted.projects
        if (each.table, each.source, each.programme, each.year) == (table, source, programme, year)
    ]
    found = [_place(each, votes.get(each.region), needs.get(each.region)) for each in chosen]
    return tuple(sorted(found, key=lambda each: (not each.region, each.region)))


def _newest(counted: Counted, measure: str, year: int) -> dict[str, Figure]:
    """Of each region the newest figure of a measure up to a year (0: of any); one that two
    publishers tell differently for that year is not known."""
    found: dict[str, list[Figure]] = {}
    for each in counted.figures:
        if each.measure == measure and (not year or each.year <= year):
            found.setdefault(each.region, []).append(each)
    newest = {}
    for region, told in found.items():
        last = max(each.year for each in told)
        of_last = [each for each in told if each.year == last]
        if len({each.value for each in of_last}) == 1:
            newest[region] = of_last[0]
    return newest


def measures(counted: Counted) -> list[str]:
    """The measures of which any figure is known, those of need first."""
    known = {each.measure for each in counted.figures}
    return [code for code in figures.MEASURES if code in known]


def _place(found: Projects, votes: Votes | None, need: Figure | None) -> Place:
    cast = votes.votes if votes else None
    won = votes.elected if votes else None
    priced = found.packages > found.unpriced
    return Place(
        found.region,
        found.packages,
        found.amount,
        found.unpriced,
        cast,
        votes.year if votes else None,
        found.amount / cast if cast and priced else None,
        won / cast if cast and won is not None else None,
        need,
        found.amount / need.value if need and priced and _divides(need) else None,
    )


def _divides(need: Figure) -> bool:
    return need.value > 0 and figures.MEASURES[need.measure].counts


@dataclass(frozen=True, slots=True)
class Together:
    """How far the order of places by rupiah is that by something else: Spearman's rank correlation
    (-1 to 1) over so many places, with its 95 % interval (Bonett and Wright 2000)."""

    rho: float
    low: float
    high: float
    places: int


def together(found: Sequence[Place], other: str) -> Together | None:
    """Rupiah beside `need` or `votes`; None for fewer than ten places, where all are alike, or
    where need is a share: beside that, size alone would decide."""
    pairs = [
        (each.amount, told)
        for each in found
        if each.region
        and each.packages > each.unpriced
        and (told := _told_of(each, other)) is not None
    ]
    if len(pairs) < FEWEST_RANKED:
        return None
    ours, theirs = (_ranks([pair[side] for pair in pairs]) for side in (0, 1))
    if len(set(ours)) == 1 or len(set(theirs)) == 1:
        return None
    rho = max(-1.0, min(1.0, correlation(ours, theirs)))
    middle = math.atanh(max(-CLOSEST, min(CLOSEST, rho)))
    half = NORMAL * math.sqrt((1 + rho * rho / 2) / (len(pairs) - 3))
    return Together(rho, math.tanh(middle - half), math.tanh(middle + half), len(pairs))


def _told_of(place: Place, other: str) -> float | None:
    if other == "votes":
        return place.votes
    need = place.need
    return need.value if need and figures.MEASURES[need.measure].counts else None


def _ranks(values: Sequence[float]) -> list[float]:
    """The rank of each, equal ones sharing the middle of theirs."""
    ordered = sorted(values)
    first = {value: ordered.index(value) for value in set(ordered)}
    count = {value: ordered.count(value) for value in first}
    return [first[value] + (count[value] + 1) / 2 for value in values]


def choices(counted: Counted) -> list[tuple[str, str, str, int]]:
    """What can be asked for: table, source, programme, year; the newest year first, and
    what has no programme last."""
    found = {(each.table, each.source, each.programme, each.year) for each in counted.projects}
    return sorted(found, key=lambda each: (each[0], each[1], not each[2], each[2], -each[3]))


WIDTH: Final = 288
HEIGHT: Final = 190
LEFT: Final = 10
RIGHT: Final = 10
TOP: Final = 12
BOTTOM: Final = 30


@dataclass(frozen=True, slots=True)
class Point:
    region: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Scatter:
    """Across: the share of the votes for who was elected, 0 to 100 %. Up: rupiah for each vote, or
    for each of what is needed."""

    points: tuple[Point, ...]
    most: float
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM
    foot: int = HEIGHT - 12


def scatter(found: Sequence[Place], *, per: str = "vote") -> Scatter | None:
    """The places of which both are known; None for fewer than three."""
    heights = [(each, each.per_need if per == "need" else each.per_vote) for each in found]
    known = [
        (each.region, each.elected, height)
        for each, height in heights
        if each.region and each.elected is not None and height is not None
    ]
    if len(known) < FEWEST:
        return None
    most = max(height for _region, _share, height in known) or 1.0
    return Scatter(
        tuple(
            Point(
                region,
                round(LEFT + (WIDTH - LEFT - RIGHT) * share),
                round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * height / most),
            )
            for region, share, height in known
        ),
        most,
    )
