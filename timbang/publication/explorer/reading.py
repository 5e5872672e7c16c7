"""Reads the file of the explorer, which `building` made. Standard library only: the public door
imports nothing heavier to show a page.

A page of a list follows a mark (the place of the last row), never an offset, and nothing is counted
past ten thousand.
"""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from pathlib import Path
from statistics import median
from typing import Any, Final

from timbang.publication.explorer.schema import FORMAT, tag

NAME: Final = "explorer.sqlite3"
PAGE: Final = 30
COUNTED: Final = 10_000
# Rows of one downloaded file; the next begins where it ended.
FILE_ROWS: Final = 2_000
AGENCIES: Final = 100
NEWEST, LARGEST = "baru", "nilai"
ORDERS: Final = (NEWEST, LARGEST)
MARKED: Final = "any"
# A word is found whole; with a star behind it, as a beginning.
_WORDS: Final = re.compile(r"([^\W_]+)(\*?)")
_MOST_WORDS: Final = 8


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the purchases; "" where nothing is. `after` is the place to go on from. An
    `impossible` question has no answer: one of its filters is none."""

    words: str = ""
    region: str = ""
    agency: str = ""
    supplier: str = ""
    year: str = ""
    method: str = ""
    detector: str = ""
    election: str = ""
    order: str = NEWEST
    after: int = 0
    impossible: bool = False

    def match(self) -> str:
        """The question for the index: words and tags that all must be there; "" for all rows."""
        tags = [
            tag("region", self.region) if self.region else "",
            tag("agency", self.agency) if self.agency else "",
            tag("supplier", self.supplier) if self.supplier else "",
            tag("year", self.year) if self.year else "",
            tag("method", self.method) if self.method else "",
            _detector_tag(self.detector),
            _election_tag(self.election),
            tag("impossible") if self.impossible else "",
        ]
        words = _WORDS.findall(self.words.lower())[:_MOST_WORDS]
        found = [f'"{word}"{star}' for word, star in words]
        return " ".join([*(f'"{each}"' for each in tags if each), *found])


def _detector_tag(detector: str) -> str:
    if not detector:
        return ""
    return tag("marked") if detector == MARKED else tag("detector", detector)


def _election_tag(election: str) -> str:
    if not election:
        return ""
    return tag("window", election) if election in ("in", "out") else tag("election", election)


@dataclass(frozen=True, slots=True)
class Source:
    code: str
    title_id: str
    title_en: str
    publisher_id: str
    publisher_en: str
    licence_id: str
    licence_en: str
    said: str
    tables: str
    loaded_on: date


@dataclass(frozen=True, slots=True)
class Voting:
    """One contest; `region` is "" for the nation."""

    election: str
    name: str
    contest_kind: str
    region: str
    voting_on: date


@dataclass(frozen=True, slots=True)
class Agency:
    key: str
    name: str
    region: str | None
    number: int
    amount: float | None
    leads: int


@dataclass(frozen=True, slots=True)
class InYear:
    year: int
    number: int
    amount: float | None
    in_window: int
    leads: int


@dataclass(frozen=True, slots=True)
class Purchase:
    """A line of a list; `suppliers` are firms, `withheld` says that somebody is not named."""

    id: int
    by_value: int
    ocid: str
    title: str
    agency_key: str | None
    agency: str | None
    region: str | None
    day: date | None
    year: int | None
    method: str | None
    category: str | None
    amount: float | None
    amount_of: str | None
    currency: str | None
    election: str | None
    contest_kind: str | None
    phase: str | None
    days_to_voting: int | None
    leads: int
    source: str
    suppliers: tuple[tuple[str, str], ...] = ()
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Details:
    """What only the page of one purchase shows."""

    method_details: str | None
    status: str | None
    budget: float | None
    value: float | None
    tenderers: int | None
    tender_from: date | None
    tender_until: date | None
    contract_from: date | None
    contract_until: date | None
    file: str
    line: int
    doubts: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """An award or a contract."""

    part: str
    number: str | None
    supplier_key: str | None
    supplier: str | None
    withheld: bool
    status: str | None
    day: date | None
    from_on: date | None
    until_on: date | None
    value: float | None
    currency: str | None


@dataclass(frozen=True, slots=True)
class Lead:
    """An indication: a reason to look. `own`: it is about this very subject."""

    detector: str
    subject_kind: str
    subject: str | None
    own: bool
    region: str | None
    since: date | None
    until: date | None
    value: float | None
    measures: Mapping[str, Any]
    evidence: Sequence[str]
    election: str | None
    days_to_voting: int | None


@dataclass(frozen=True, slots=True)
class Run:
    detector: str
    version: int
    digest: str
    looked_at: int
    leads: int
    not_applicable: Mapping[str, int]
    parameters: Mapping[str, Any]

    @property
    def not_judged(self) -> int:
        return sum(self.not_applicable.values())


@dataclass(frozen=True, slots=True)
class Budget:
    region: str
    account: str
    year: int
    source: str
    budget: float | None
    realised: float | None


@dataclass(frozen=True, slots=True)
class Service:
    region: str
    agency: str
    service: str
    year: int
    source: str
    applied: int
    answered: int
    in_time: int
    late: int
    median: str | None


@dataclass(frozen=True, slots=True)
class Week:
    week: int
    at_least: int


@dataclass(frozen=True, slots=True)
class Ban:
    """The weeks around the first day of the ban before one contest of a region."""

    election: str
    contest_kind: str
    region: str
    first_day: date


_LINE: Final = """p.id, p.by_value, p.ocid, p.title, agency.key, agency.name, p.region, p.day,
  p.year, p.method, p.category, p.amount, p.amount_of, p.currency, p.election,
  p.contest_kind, p.phase, p.days_to_voting, p.leads, p.source"""
_DETAILS: Final = ", ".join(f"p.{each.name}" for each in fields(Details))
_OUTCOME: Final = """part, number, supplier.key, supplier.name, withheld, status, day, from_on,
  until_on, value, currency FROM outcome LEFT JOIN supplier ON supplier.id = supplier"""
_LEAD: Final = """detector, subject_kind, subject, {own}, lead.region, since, until, value,
  measures, evidence, election, days_to_voting"""


class Explorer:
    """One open file. Close it: `opened` does."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def _ask(self, question: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._connection.execute(question, values).fetchall()

    @cached_property
    def about(self) -> dict[str, str]:
        return dict(self._ask("SELECT key, value FROM about"))

    @property
    def built_on(self) -> date:
        return date.fromisoformat(self.about["built_on"])

    @property
    def about_warning(self) -> dict[str, Any]:
        """Election and days of the early warning, and how it went before."""
        return dict(json.loads(self.about["warning"]))

    def warned(self, kind: str) -> list[dict[str, Any]]:
        """What is told of each region of a kind, the highest index first."""
        rows = self._ask("SELECT told FROM warned WHERE kind = ? ORDER BY place", [kind])
        return [json.loads(told) for (told,) in rows]

    def yardstick_regions(self) -> list[str]:
        rows = self._ask("SELECT DISTINCT region FROM yardstick WHERE region != '' ORDER BY region")
        return [region for (region,) in rows]

    def yardsticks(self, region: str = "") -> list[tuple[str, str, str]]:
        """Code, name and region of the agencies that were measured."""
        return [
            (row[0], row[1], row[2])
            for row in self._ask(
                "SELECT agency, name, region FROM yardstick WHERE ? IN ('', region) "
                "ORDER BY region, name LIMIT ?",
                [region, AGENCIES],
            )
        ]

    def yardstick(self, agency: str) -> tuple[str, str, list[dict[str, Any]]] | None:
        """Name, region and cells of one agency."""
        rows = self._ask("SELECT name, region, cells FROM yardstick WHERE agency = ?", [agency])
        return (rows[0][0], rows[0][1], json.loads(rows[0][2])) if rows else None

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many rows of each kind there are."""
        return dict(json.loads(self.about["counts"]))

    @cached_property
    def sources(self) -> dict[str, Source]:
        rows = self._ask("SELECT * FROM source ORDER BY code")
        return {row[0]: Source(*[*row[:9], date.fromisoformat(row[9])]) for row in rows}

    def sources_of(self, *tables: str) -> list[Source]:
        """The sources that fill one of these tables; all without any."""
        return [
            each
            for each in self.sources.values()
            if not tables or set(tables) & set(each.tables.split())
        ]

    @cached_property
    def elections(self) -> dict[str, str]:
        """Names of elections by their codes."""
        return dict(self._ask("SELECT DISTINCT election, name FROM voting"))

    def votings(self, region: str) -> list[Voting]:
        """The contests whose voters are in a region: its own, its province's, the nation's."""
        rows = self._ask(
            "SELECT election, name, contest_kind, region, voting_on FROM voting "
            "WHERE region IN (?, ?, '') ORDER BY voting_on",
            [region, region.partition(".")[0]],
        )
        return [Voting(*[*row[:4], date.fromisoformat(row[4])]) for row in rows]

    def choices(self, kind: str) -> list[tuple[str, int]]:
        """What can be filtered by, with the number of purchases, by its code."""
        return self._ask("SELECT code, number FROM choice WHERE kind = ? ORDER BY code", [kind])

    # --- purchases

    def purchases(self, question: Question, limit: int) -> list[Purchase]:
        """The purchases that a question finds, from its mark on."""
        match, largest = question.match(), question.order == LARGEST
        words, place = ("words_by_value", "by_value") if largest else ("words", "id")
        if match:
            table = f"{words} JOIN procurement AS p ON p.{place} = {words}.rowid"
            asked, mark, values = f"{words} MATCH ? AND", f"{words}.rowid", [match]
        else:
            table, asked, mark, values = "procurement AS p", "", f"p.{place}", []
        rows = self._ask(
            f"SELECT {_LINE} FROM {table} LEFT JOIN agency ON agency.id = p.agency "
            f"WHERE {asked} {mark} > ? ORDER BY {mark} LIMIT ?",
            [*values, question.after, limit],
        )
        return self._with_suppliers(rows)

    def _with_suppliers(self, rows: Sequence[tuple[Any, ...]]) -> list[Purchase]:
        firms: dict[int, dict[str, str]] = {}
        withheld = set()
        places = json.dumps([row[0] for row in rows])
        for place, key, name, hidden in self._ask(
            "SELECT procurement, supplier.key, supplier.name, withheld FROM outcome "
            "LEFT JOIN supplier ON supplier.id = supplier "
            "WHERE procurement IN (SELECT value FROM json_each(?))",
            [places],
        ):
            if key:
                firms.setdefault(place, {})[key] = name
            if hidden:
                withheld.add(place)
        return [
            Purchase(
                *[
                    *row[:7],
                    _day(row[7]),
                    *row[8:],
                    tuple(firms.get(row[0], {}).items()),
                    row[0] in withheld,
                ]
            )
            for row in rows
        ]

    def number(self, question: Question) -> int:
        """How many a question finds, at most one more than are counted."""
        match = question.match()
        if not match:
            return self.counts["procurement"]
        [(found,)] = self._ask(
            "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)",
            [match, COUNTED + 1],
        )
        return int(found)

    def purchase(self, ocid: str) -> tuple[Purchase, Details] | None:
        """One purchase by its open contracting id."""
        rows = self._ask(
            f"SELECT {_LINE}, {_DETAILS} FROM procurement AS p "
            "LEFT JOIN agency ON agency.id = p.agency WHERE ocid = ?",
            [ocid],
        )
        if not rows:
            return None
        split = len(rows[0]) - len(fields(Details))
        [found] = self._with_suppliers([rows[0][:split]])
        told = zip(fields(Details), rows[0][split:], strict=True)
        return found, Details(*(_read(*pair) for pair in told))

    def outcomes(self, place: int) -> list[Outcome]:
        rows = self._ask(
            f"SELECT {_OUTCOME} WHERE procurement = ? ORDER BY part, number, supplier.name", [place]
        )
        return [
            Outcome(*[*row[:4], bool(row[4]), row[5], *map(_day, row[6:9]), *row[9:]])
            for row in rows
        ]

    # --- indications

    def runs(self) -> dict[str, Run]:
        """The current run of each detector whose leads are public."""
        rows = self._ask("SELECT * FROM run ORDER BY detector")
        return {row[0]: Run(*[*row[:5], json.loads(row[5]), json.loads(row[6])]) for row in rows}

    def leads_of_purchase(self, place: int) -> list[Lead]:
        """Indications about a purchase, then those that rest on it among others."""
        own = _LEAD.format(own="lead.procurement IS ?")
        return _leads(
            self._ask(
                f"SELECT {own} FROM rests_on JOIN lead ON lead.id = rests_on.lead "
                "WHERE rests_on.procurement = ? ORDER BY 4 DESC, detector",
                [place, place],
            )
        )

    def leads_of(self, kind: str, key: str, limit: int = PAGE) -> list[Lead]:
        """Indications about an office, a firm or a region."""
        where = {
            "agency": "agency = (SELECT id FROM agency WHERE key = ?)",
            "supplier": "supplier = (SELECT id FROM supplier WHERE key = ?)",
            "region": "lead.region = ? AND subject_kind IN ('region', 'account')",
        }[kind]
        own = _LEAD.format(own="1")
        return _leads(
            self._ask(f"SELECT {own} FROM lead WHERE {where} ORDER BY detector, since DESC "
                      "LIMIT ?", [key, limit])
        )  # fmt: skip

    # --- offices and firms

    def agencies(self, region: str = "") -> list[Agency]:
        """Offices that buy, those with most purchases first."""
        where, values = ("WHERE region = ?", [region]) if region else ("", [])
        rows = self._ask(
            f"SELECT key, name, region, number, amount, leads FROM agency {where} "
            "ORDER BY number DESC, name LIMIT ?",
            [*values, AGENCIES],
        )
        return [Agency(*row) for row in rows]

    def agency(self, key: str) -> Agency | None:
        rows = self._ask(
            "SELECT key, name, region, number, amount, leads FROM agency WHERE key = ?", [key]
        )
        return Agency(*rows[0]) if rows else None

    def years_of(self, key: str) -> list[InYear]:
        """What an office bought, by year; 0 where the year is not known."""
        rows = self._ask(
            "SELECT year, in_year.number, in_year.amount, in_window, in_year.leads FROM in_year "
            "JOIN agency ON agency.id = agency WHERE key = ? ORDER BY year",
            [key],
        )
        return [InYear(*row) for row in rows]

    def supplier(self, key: str) -> str | None:
        """The name of a firm."""
        rows = self._ask("SELECT name FROM supplier WHERE key = ?", [key])
        return rows[0][0] if rows else None

    def months(self, region: str) -> dict[str, int]:
        """How many purchases were announced in each month ("YYYY-MM") in a region."""
        return dict(
            self._ask(
                "SELECT month, number FROM in_month WHERE region = ? ORDER BY month", [region]
            )
        )

    def regions_that_buy(self) -> list[tuple[str, int]]:
        return self._ask("SELECT region, sum(number) FROM in_month GROUP BY region ORDER BY region")

    # --- budgets

    def budget_regions(self) -> list[tuple[str, int, int]]:
        """Regions with figures, with their first and last year."""
        return self._ask(
            "SELECT region, min(year), max(year) FROM budget GROUP BY region ORDER BY region"
        )

    def budget(self, region: str) -> list[Budget]:
        rows = self._ask(
            "SELECT region, account, year, source, budget, realised FROM budget WHERE region = ? "
            "ORDER BY account, source, year",
            [region],
        )
        return [Budget(*row) for row in rows]

    def account_of_neighbours(self, region: str, account: str) -> list[Budget]:
        """The same account in the other regions of the province, or in the other provinces."""
        province, dot, _rest = region.partition(".")
        near = f"{province}.%" if dot else "__"
        rows = self._ask(
            "SELECT region, account, year, source, budget, realised FROM budget "
            "WHERE account = ? AND region LIKE ? AND region <> ?",
            [account, near, region],
        )
        return [Budget(*row) for row in rows]

    # --- services and appointments

    def services(self, region: str = "") -> list[Service]:
        where, values = ("WHERE region = ?", [region]) if region else ("", [])
        rows = self._ask(
            f"SELECT * FROM service {where} ORDER BY region, agency, service, year DESC "
            f"LIMIT {COUNTED}",
            values,
        )
        return [Service(*row) for row in rows]

    def small_services(self) -> int:
        """How many groups of applications were too small to be shown."""
        [(found,)] = self._ask("SELECT coalesce(sum(groups), 0) FROM small_services")
        return int(found)

    def bans(self) -> list[Ban]:
        """The contests around whose ban appointments were counted, the newest first."""
        rows = self._ask(
            "SELECT DISTINCT election, contest_kind, region, first_day FROM appointed "
            "ORDER BY first_day DESC, region"
        )
        return [Ban(*[*row[:3], date.fromisoformat(row[3])]) for row in rows]

    def weeks(self, ban: Ban) -> list[Week]:
        rows = self._ask(
            "SELECT week, at_least FROM appointed WHERE region = ? AND election = ? "
            "AND contest_kind = ? ORDER BY week",
            [ban.region, ban.election, ban.contest_kind],
        )
        return [Week(*row) for row in rows]


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Explorer | None]:
    """The file that counts; None before the first was built in today's format."""
    path = folder / NAME
    if not path.exists():
        yield None
        return
    # It is never written again: a new one takes its name. So nothing needs to be locked.
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
        connection.execute("PRAGMA mmap_size = 1073741824")
        found = Explorer(connection)
        # A file of an older version waits to be made anew.
        yield found if found.about.get("format") == FORMAT else None


def index_of(values: Mapping[int, float]) -> dict[int, float]:
    """Each year as a share of the mean of all years, in per cent; empty without two years or where
    the mean is not above zero."""
    if len(values) < 2:
        return {}
    mean = sum(values.values()) / len(values)
    return {year: 100 * value / mean for year, value in values.items()} if mean > 0 else {}


def median_by_year(regions: Sequence[Mapping[int, float]]) -> dict[int, float]:
    """The middle one of the regions in each year, where at least three have a figure."""
    years = sorted({year for region in regions for year in region})
    found = {year: [region[year] for region in regions if year in region] for year in years}
    return {year: median(values) for year, values in found.items() if len(values) >= 3}


def _leads(rows: Sequence[tuple[Any, ...]]) -> list[Lead]:
    return [
        Lead(
            *[
                *row[:3], bool(row[3]), row[4], _day(row[5]), _day(row[6]), row[7],
                json.loads(row[8]), json.loads(row[9]), *row[10:],
            ]
        )
        for row in rows
    ]  # fmt: skip


def _read(field: Any, value: Any) -> Any:
    return _day(value) if "date" in field.type else value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
