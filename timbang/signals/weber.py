"""Weber's yardstick: per agency and element, shares of what public tables hold; the rest missing.

After Weber (Wirtschaft und Gesellschaft, 1922, part one, ch. III): elements that the source
articles name, and some that we added, each marked (`data/weber.yaml`). No total is made: an office
that has written rules and no career is not half an office.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from timbang.law import yaml_file
from timbang.law.bilingual import Bilingual
from timbang.law.yaml_file import Yaml
from timbang.registry.tables import Tables
from timbang.signals import running
from timbang.signals.statistics import counts

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.expr.types import BooleanValue, Table

FILE: Final = Path(__file__).with_name("data") / "weber.yaml"
ORIGINS: Final = ("article", "ours")
# Shares of fewer are not told: they say more of chance, and could point at one person.
FEWEST: Final = 10
MEASURED, TOO_FEW, MISSING = "measured", "too_few", "missing"


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: a share. `count` is a name of COUNTS, else `unmarked` lists detectors."""

    code: str
    title: Bilingual
    beware: Bilingual
    count: str | None
    unmarked: tuple[str, ...]

    @property
    def reads(self) -> tuple[str, ...]:
        """The tables it counts in, or the detectors that it takes from."""
        return (COUNTS[self.count][0],) if self.count else self.unmarked


@dataclass(frozen=True, slots=True)
class Element:
    code: str
    origin: str
    title: Bilingual
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One element of one agency by one measure (None: no measure exists yet).

    `share` with its exact 95 % interval `low` to `high` is of `whole` counted; None unless `status`
    is MEASURED. With TOO_FEW the sizes are not told either.
    """

    element: str
    measure: str | None
    status: str
    share: float | None = None
    low: float | None = None
    high: float | None = None
    whole: int | None = None


@dataclass(frozen=True, slots=True)
class Agency:
    """The yardstick of one agency: a cell for each measure, and one for each element without."""

    code: str
    name: str
    region_code: str | None
    cells: tuple[Cell, ...]


@cache
def elements() -> tuple[Element, ...]:
    """The shipped elements. Raises `YamlError`, which says file and line."""
    top = yaml_file.load(FILE).fields(("elements",))
    return tuple(map(_element, top["elements"].items()))


def _element(item: Yaml) -> Element:
    found = item.fields(("code", "origin", "title", "measures"))
    return Element(
        found["code"].text(),
        found["origin"].one_of(ORIGINS),
        found["title"].bilingual(),
        tuple(map(_measure, found["measures"].items())),
    )


def _measure(item: Yaml) -> Measure:
    found = item.fields(("code", "title", "beware"), ("count", "unmarked"))
    if ("count" in found) == ("unmarked" in found):
        raise item.error("a measure has either 'count' or 'unmarked'")
    return Measure(
        found["code"].text(),
        found["title"].bilingual(),
        found["beware"].bilingual(),
        found["count"].one_of(tuple(COUNTS)) if "count" in found else None,
        found["unmarked"].texts() if "unmarked" in found else (),
    )


# --- what is counted: part and whole per agency ---------------------------------------------------


def services_with_term(services: Table) -> Table:
    return _shares(services, services.due_on.notnull())


def appointments_with_decree(appointments: Table) -> Table:
    return _shares(appointments, appointments.decree.notnull())


def posts_with_superior(posts: Table) -> Table:
    return _shares(posts.filter(posts.until_on.isnull()), posts.above.notnull())


def appointed_from_a_post(appointments: Table) -> Table:
    return _shares(appointments, appointments.former_post.notnull())


def posts_with_one_holder(appointments: Table) -> Table:
    """Posts that anybody holds for as long as is known; acting holders are left out."""
    import ibis

    holds = appointments.filter(
        appointments.until_on.isnull()
        & appointments.post_code.notnull()
        & (appointments.change != "dismissed").fill_null(True)
        & appointments.acting.isnull()
    )
    person = ibis.coalesce(holds.person_id, holds.name)
    posts = holds.group_by(["agency_code", "agency_name", "post_code"]).agg(
        holders=person.nunique(),
        region_code=holds.region_code.max(),
    )
    return _shares(posts, posts.holders == 1)


def wealth_declared_in_time(wealth: Table) -> Table:
    """Yearly declarations with a day: handed in by 31 March of the year after."""
    import ibis

    told = wealth.filter(wealth.declared_on.notnull(), wealth.year > 0)
    last = ibis.date(told.year.cast("int32") + 1, ibis.literal(3), ibis.literal(31))
    return _shares(told, told.declared_on <= last)


COUNTS: Final[Mapping[str, tuple[str, Callable[[Table], Table]]]] = MappingProxyType(
    {
        "services_with_term": ("services", services_with_term),
        "appointments_with_decree": ("appointments", appointments_with_decree),
        "posts_with_one_holder": ("appointments", posts_with_one_holder),
        "posts_with_superior": ("posts", posts_with_superior),
        "appointed_from_a_post": ("appointments", appointed_from_a_post),
        "wealth_declared_in_time": ("wealth", wealth_declared_in_time),
    }
)


def _shares(rows: Table, counts_in: BooleanValue) -> Table:
    """agency_code (or the name, where a list has no codes), agency_name, region_code, part, whole;
    rows without an agency are left out."""
    told = rows.mutate(
        counts_in=counts_in.cast("int64"), agency_code=rows.agency_code.coalesce(rows.agency_name)
    )
    told = told.filter(told.agency_code.notnull())
    return told.group_by("agency_code").agg(
        agency_name=told.agency_name.max(),
        region_code=told.region_code.max(),
        part=told.counts_in.sum(),
        whole=told.count(),
    )


# --- the yardstick --------------------------------------------------------------------------------


@dataclass(slots=True)
class _Found:
    """What was counted so far: (part, whole) by agency and measure; names and regions."""

    sizes: dict[tuple[str, str], tuple[int, int]]
    names: dict[str, str]
    regions: dict[str, str | None]


def measure(tables: Tables, signals: Path) -> tuple[Agency, ...]:
    """The yardstick of every agency of which anything is known, by code.

    `signals` is the folder of the runs of detectors (`running`).
    """
    found = _Found({}, {}, {})
    for each in _measures():
        if each.count is not None:
            name, count = COUNTS[each.count]
            rows = tables.engine.to_pyarrow(count(tables.table(name))).to_pylist()
        else:
            rows = list(_unmarked(tables, signals, each.unmarked))
        for row in rows:
            _take(found, each.code, row)
    return tuple(_agency(code, found) for code in sorted({code for code, _ in found.sizes}))


def _measures() -> Iterator[Measure]:
    for element in elements():
        yield from element.measures


def _take(found: _Found, code: str, row: Mapping[str, object]) -> None:
    agency = str(row["agency_code"])
    found.sizes[agency, code] = (int(str(row["part"])), int(str(row["whole"])))
    if row.get("agency_name"):
        found.names[agency] = str(row["agency_name"])
    if row.get("region_code"):
        found.regions[agency] = str(row["region_code"])


def _unmarked(
    tables: Tables, signals: Path, codes: Iterable[str]
) -> Iterator[Mapping[str, object]]:
    """Subjects of each agency that the detectors judged, and how many of them are no lead.

    A subject that several of them judged counts once, and as a lead where one of them marks it.
    """
    import pyarrow.compute as pc

    marked: dict[tuple[str, str], bool] = {}
    for code in codes:
        run = running.current(signals, code)
        if run is None:
            continue
        judged = run.rows().filter(pc.field("flagged").is_valid())
        for agency, row in _with_agency(tables, judged):
            subject = (agency, row["subject"])
            marked[subject] = marked.get(subject, False) or row["flagged"]
    sums: dict[str, list[int]] = {}
    for (agency, _), lead in marked.items():
        size = sums.setdefault(agency, [0, 0])
        size[0] += not lead
        size[1] += 1
    for agency, (part, whole) in sums.items():
        yield {"agency_code": agency, "part": part, "whole": whole}


def _with_agency(tables: Tables, judged: pa.Table) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each row with its agency: a measure of the run, or that of the decree that it is about."""
    if "agency_code" in judged.column_names:
        for row in judged.select(["agency_code", "subject", "flagged"]).to_pylist():
            if row["agency_code"] is not None:
                yield row["agency_code"], row
        return
    decrees = tables.table("appointments")
    decrees = decrees.mutate(agency_code=decrees.agency_code.coalesce(decrees.agency_name))
    named = tables.engine.to_pyarrow(
        decrees.filter(decrees.agency_code.notnull()).select("row_id", "agency_code")
    )
    agencies = dict(zip(named["row_id"].to_pylist(), named["agency_code"].to_pylist(), strict=True))
    for row in judged.select(["subject", "flagged"]).to_pylist():
        if row["subject"] in agencies:
            yield agencies[row["subject"]], row


def _agency(code: str, found: _Found) -> Agency:
    cells = []
    for element in elements():
        if not element.measures:
            cells.append(Cell(element.code, None, MISSING))
        for each in element.measures:
            cells.append(_cell(element.code, each.code, found.sizes.get((code, each.code))))
    return Agency(code, found.names.get(code, code), found.regions.get(code), tuple(cells))


def _cell(element: str, measure: str, sizes: tuple[int, int] | None) -> Cell:
    if sizes is None or not sizes[1]:
        return Cell(element, measure, MISSING)
    if sizes[1] < FEWEST:
        return Cell(element, measure, TOO_FEW)
    told = counts.share(*sizes)
    return Cell(element, measure, MEASURED, told.effect, told.low, told.high, sizes[1])
