"""Disclosure control: what may be said in public about counts of reports and cases. Pure.

Every published figure says "at least so many", in full fives, and nothing else. A full five is not
shown when it is complete: each month a draw decides whether it leaves the dark, and one in eight
never does. So a figure that rises does not tell that something came, and a figure that is missing
does not tell that nothing came. Only then may tables that overlap (by organ, by province, by month)
stand side by side: docs/decisions/0005-disclosure-control.md says why plain rounding is not enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

STEP: Final = 5
FEWEST_FOR_SPREAD: Final = 2 * STEP
# The chance of a waiting five to be shown in a release.
SHOWN: Final = Fraction(1, 2)
# The chance of a full five never to be shown in this table.
NEVER: Final = Fraction(1, 8)

Draw = Callable[[Fraction], bool]
"""True with the given chance."""

BUCKETS: Final[tuple[tuple[str, int | None], ...]] = (
    ("to_14", 14),
    ("to_30", 30),
    ("to_60", 60),
    ("to_90", 90),
    ("to_180", 180),
    ("over_180", None),
)


@dataclass(frozen=True)
class Row:
    """What is counted: one report or one case, in the columns that are public."""

    organ: str
    province: str
    month: str
    conduct: str
    state: str
    lapsed: int
    days_taken: int | None


@dataclass(frozen=True, order=True)
class Cell:
    """One place in one table: `first` and `second` are the codes of its row and column."""

    subject: str
    table: str
    first: str
    second: str = ""


@dataclass(frozen=True)
class Fives:
    """What became of a cell's full fives: how many were ever full, never to be shown, shown."""

    seen: int = 0
    never: int = 0
    shown: int = 0

    @property
    def waiting(self) -> int:
        return self.seen - self.never - self.shown


# table -> the names of its dimensions, in the order of Cell.first and Cell.second
TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "organ": ("organ",),
    "province": ("province",),
    "month": ("month",),
    "state": ("state",),
    "conduct": ("conduct",),
    "time": ("time",),
    "lapsed": ("organ",),
    "organ_state": ("organ", "state"),
    # of cases only: what was imposed on one person each, as `count_sanctions` reads it
    "sanction": ("norm",),
    "sanction_level": ("norm", "level"),
    "sanction_province": ("province",),
    # of cases only: complaints about services, by each duty that they touch
    "duty": ("duty",),
    "duty_conduct": ("duty", "conduct"),
    "remedy": ("remedy",),
    # of reports only: how content those were who said so
    "satisfied": ("satisfied",),
    # "level:kind", so that a range can be told from published figures
    "sanction_kind": ("norm", "kind"),
}


def cells_of(subject: str, row: Row) -> Iterator[Cell]:
    """Every cell that a row counts in; what is not known of it counts nowhere.

    `state` is read as "has come so far": a row counts as received whatever happened later.
    """
    yield Cell(subject, "organ", row.organ)
    if row.province:
        yield Cell(subject, "province", row.province)
    yield Cell(subject, "month", row.month)
    yield Cell(subject, "state", "received")
    if row.conduct:
        yield Cell(subject, "conduct", row.conduct)
    if row.days_taken is not None:
        yield Cell(subject, "time", bucket(row.days_taken))
    # rows with a lapsed term, never terms: five terms may belong to one report
    if row.lapsed:
        yield Cell(subject, "lapsed", row.organ)
    if row.state != "received":
        yield Cell(subject, "state", row.state)
        yield Cell(subject, "organ_state", row.organ, row.state)


def count(subject: str, rows: Iterable[Row]) -> Counter[Cell]:
    """How many rows are in each cell, truly: never published."""
    return Counter(cell for row in rows for cell in cells_of(subject, row))


def count_sanctions(subject: str, rows: Iterable[tuple[str, str, str, str]]) -> Counter[Cell]:
    """How many sanctions were imposed: (norm, level, kind, province) each.

    By norm, by level and kind on a norm, and by province; a province that is not known counts
    nowhere.
    """
    counts: Counter[Cell] = Counter()
    for norm, level, kind, province in rows:
        counts[Cell(subject, "sanction", norm)] += 1
        counts[Cell(subject, "sanction_level", norm, level)] += 1
        counts[Cell(subject, "sanction_kind", norm, f"{level}:{kind}")] += 1
        if province:
            counts[Cell(subject, "sanction_province", province)] += 1
    return counts


def count_services(subject: str, rows: Iterable[tuple[str, str, str]]) -> Counter[Cell]:
    """Complaints about services: (duty, class, remedy) each; a complaint that touches two duties
    counts under both. `remedy` is read as "has come so far": whatever was offered counts as that.
    """
    counts: Counter[Cell] = Counter()
    for duty, conduct, remedy in rows:
        counts[Cell(subject, "duty", duty)] += 1
        if conduct:
            counts[Cell(subject, "duty_conduct", duty, conduct)] += 1
        if remedy:
            counts[Cell(subject, "remedy", "offered")] += 1
        if remedy and remedy != "offered":
            counts[Cell(subject, "remedy", remedy)] += 1
    return counts


def count_satisfied(subject: str, levels: Iterable[str]) -> Counter[Cell]:
    """How content those were who said so."""
    return Counter(Cell(subject, "satisfied", level) for level in levels)


def bucket(days: int) -> str:
    return next(code for code, last in BUCKETS if last is None or days <= last)


def advance(fives: Fives, rows: int, draw: Draw, step: int = STEP) -> Fives:
    """One release later: draws for the fives that became full, then for those that wait.

    A count that falls (a state was left) takes nothing back, and fives that fill up again are not
    new ones.
    """
    full = max(fives.seen, rows // step)
    new = full - fives.seen
    fives = replace(fives, seen=full, never=fives.never + sum(draw(NEVER) for _ in range(new)))
    return replace(fives, shown=fives.shown + sum(draw(SHOWN) for _ in range(fives.waiting)))


def advance_all(
    before: Mapping[Cell, Fives], rows: Mapping[Cell, int], draw: Draw
) -> dict[Cell, Fives]:
    """Every cell one release later, each with draws of its own."""
    return {
        cell: advance(before.get(cell, Fives()), rows.get(cell, 0), draw)
        for cell in sorted({*before, *rows})
    }


def median_bucket(at_least: Mapping[str, int]) -> str | None:
    """The bucket in which half of the figures shown are reached: made of published figures only."""
    half, so_far = sum(at_least.values()) / 2, 0
    for code, _last in BUCKETS:
        so_far += at_least.get(code, 0)
        if so_far and so_far >= half:
            return code
    return None


@dataclass(frozen=True)
class Spread:
    """Of ordered kinds: the outermost that are shown, the quarters and the middle."""

    least: str
    quarter: str
    median: str
    three_quarters: str
    most: str


def spread(at_least: Mapping[str, int], order: Sequence[str]) -> Spread | None:
    """How far apart the kinds lie, light to heavy, by nearest rank: made of published figures only.

    Nothing is told below two full fives, where a quarter would be one group of them.
    """
    known = [code for code in order if at_least.get(code)]
    total = sum(at_least[code] for code in known)
    if total < FEWEST_FOR_SPREAD:
        return None

    def at(percent: int) -> str:
        wanted, so_far = -(-percent * total // 100), 0
        for code in known:
            so_far += at_least[code]
            if so_far >= wanted:
                return code
        return known[-1]

    return Spread(known[0], at(25), at(50), at(75), known[-1])
