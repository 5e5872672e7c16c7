"""Builds the file of the explorer from the tables and the current runs, and swaps it in.

    timbang explorer build

A file that was made of the same things is not made again. Readers that have the old one open go on
reading it. Ibis and Arrow are imported where tables are read: only who builds needs them.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Final

from timbang.law.bilingual import Bilingual, joined
from timbang.law.refusal import Refusal
from timbang.publication.explorer import grouping, measured, naming, schema
from timbang.publication.explorer.reading import NAME
from timbang.publication.explorer.schema import tag
from timbang.registry import phases, seed, sources, tables
from timbang.registry.sources import Source
from timbang.registry.storing import Store, Version
from timbang.signals import catalogue, published, running, warning, weber, windows
from timbang.signals.detector import PERSONAL
from timbang.signals.running import Lead, Run
from timbang.signals.windows import Window

# Days that a source gives and that nobody can believe count as not known.
IMPLAUSIBLE: Final = ("day_implausible", "day_impossible")
# Kinds of detectors whose indications are shown one by one. Where people are counted, the
# numbers of a run are all that is shown.
SHOWN_KINDS: Final = ("procurement", "budget")
# Tables whose row ids may stand beside a lead: they are made of numbers of purchases and budgets.
EVIDENCE: Final = ("procurements", "bids", "awards", "contracts", "items", "milestones", "plans",
                   "parties", "budgets")  # fmt: skip
_BATCH: Final = 20_000
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: `made` is false where nothing had changed."""

    path: Path
    made: bool
    counts: Mapping[str, int]


def build(
    tables_folder: Path,
    signals: Path,
    folder: Path,
    *,
    at: datetime,
    release: str = "",
    engine: str | None = None,
) -> Built:
    """Build the file if what it is made of changed. `at` says which years have ended.

    `release` is the text of our last release of figures, which the early warning reads.
    Raises Refusal where this SQLite has no full-text index (FTS5).
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    with (folder / ".building").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made_of = state(tables_folder, signals, at.date(), release)
        kept = _about(path)
        if kept.get("made_of") == made_of:
            return Built(path, False, json.loads(kept["counts"]))
        beside = folder / f".{NAME}-{os.getpid()}"
        beside.unlink(missing_ok=True)
        try:
            opened = tables.open_tables(tables_folder, engine=engine)
            counts = write(beside, opened, signals, made_of=made_of, at=at, release=release)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    return Built(path, True, counts)


def is_outdated(
    tables_folder: Path, signals: Path, folder: Path, *, on: date, release: str = ""
) -> bool:
    """Is there something to show, and is the file not made of it? Reads no table."""
    if not Store(tables_folder).numbers():
        return False
    return _about(folder / NAME).get("made_of") != state(tables_folder, signals, on, release)


def state(tables_folder: Path, signals: Path, today: date, release: str = "") -> str:
    """A digest of all that a file is made of: versions of the tables, current runs, the rules."""
    found: list[object] = [schema.FORMAT, today.year, _rules(), release]
    for version in Store(tables_folder).versions():
        found.append([version.number, version.act, sorted(version.digests.items())])
    for code in catalogue.detectors():
        run = running.current(signals, code)
        found.append([code, run.digest if run else None])
    written = json.dumps(found, sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()


@cache
def _rules() -> str:
    found = hashlib.sha256(windows.FILE.read_bytes())
    for path in (warning.FILE, published.FILE, weber.FILE):
        found.update(path.read_bytes())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()


def _about(path: Path) -> dict[str, str]:
    """What a file says of itself; nothing where there is none."""
    if not path.exists():
        return {}
    with contextlib.closing(sqlite3.connect(path)) as kept:
        try:
            return dict(kept.execute("SELECT key, value FROM about"))
        except sqlite3.DatabaseError:
            return {}


def _runs(signals: Path) -> Iterator[tuple[str, Run]]:
    """The current run of each detector whose leads everyone may see."""
    for code, found in catalogue.detectors().items():
        if found.sight == "public":
            run = running.current(signals, code)
            if run is not None:
                yield code, run


# --- writing --------------------------------------------------------------------------------------


def write(
    path: Path,
    opened: tables.Tables,
    signals: Path,
    *,
    made_of: str,
    at: datetime,
    release: str = "",
) -> dict[str, int]:
    """Write a new file from opened tables; how many rows of each kind are in it."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as out:
        out.execute("PRAGMA journal_mode = OFF")
        out.execute("PRAGMA synchronous = OFF")
        out.execute("PRAGMA cache_size = -65536")
        try:
            out.executescript(schema.TABLES)
        except sqlite3.OperationalError as error:
            raise Refusal(f"this SQLite cannot index words: {error}") from error
        counts = _Building(out, opened, signals, at.date(), release).all()
        about = {
            "format": schema.FORMAT,
            "made_of": made_of,
            "built_on": at.date().isoformat(),
            "counts": json.dumps(counts),
            "warning": json.dumps(measured.about_warning(signals, on=at.date())),
        }
        out.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        out.execute("PRAGMA optimize")
    with path.open("rb") as written:
        os.fsync(written.fileno())
    return counts


@dataclass(slots=True)
class _Building:
    """One build: the file that is written, and what rows refer to each other by."""

    out: sqlite3.Connection
    tables: tables.Tables
    signals: Path
    today: date
    release: str = ""
    agencies: dict[tuple[str | None, str], int] = field(default_factory=dict)
    buyers: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    suppliers: dict[str, int] = field(default_factory=dict)
    written: dict[str | None, int | None] = field(default_factory=dict)
    supplier_ids: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    # The office of each place, from 1 on.
    agency_of: list[int | None] = field(default_factory=lambda: [None])
    window: Callable[[str | None, date | None], Window | None] = field(
        default_factory=lambda: cache(windows.window)
    )

    def all(self) -> dict[str, int]:
        self._sources()
        self._votings()
        self._procurements()
        self._outcomes()
        self._leads()
        self._amounts()
        self._order()
        self.out.executescript(schema.INDEXES)
        self._index()
        self._sums()
        self._budgets()
        self._services()
        self._appointments()
        self._insert("warned", measured.warned_rows(self.signals, self.release, on=self.today))
        self._insert("yardstick", measured.yardstick_rows(self.tables, self.signals))
        names = ("procurement", "agency", "supplier", "lead", "budget", "service", "appointed")
        return {
            name: self.out.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names
        }

    # --- reading the tables

    def _rows(self, name: str, order: Sequence[str] = ()) -> Iterator[Row]:
        """The columns that may be read of a table, as dicts."""
        wanted = schema.COPIED.get(name) or schema.COUNTED[name]
        rows = self.tables.table(name).select(*wanted)
        if order:
            rows = rows.order_by(list(order))
        for batch in self.tables.engine.to_pyarrow_batches(rows, chunk_size=_BATCH):
            yield from batch.to_pylist()

    def _sources(self) -> None:
        """Each source with its publisher and licence, its tables, and the day of its last load."""
        known = sources.sources()
        loads = [version for version in self.tables.versions if version.act == "load"]
        for code in sorted({version.source for version in loads} & set(known)):
            own, found = [each for each in loads if each.source == code], known[code]
            words = (found.title, *_named(found, own))
            told = [text for each in words for text in (each.id, each.en)]
            filled = sorted({name for version in own for name in version.tables})
            day = max(version.known_on for version in own).isoformat()
            said = "" if found.named_by_file else _said(own)
            row = (code, *told, said, " ".join(filled), day)
            self._insert("source", [row])

    def _votings(self) -> None:
        held = (
            (each.code, each.name, contest.kind, region or "", voting.day.isoformat())
            for each in seed.read_elections(windows.FILE)
            for contest in each.contests
            if (voting := contest.days.get("voting_on"))
            for region in contest.regions()
        )
        self._insert("voting", held)

    def _insert(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        """Insert rows a batch at a time: a million of them are never held together."""
        waiting = iter(rows)
        while batch := list(islice(waiting, _BATCH)):
            marks = ", ".join("?" * len(batch[0]))
            with self._at_once():
                self.out.executemany(f"INSERT INTO {table} VALUES ({marks})", batch)

    @contextlib.contextmanager
    def _at_once(self) -> Iterator[None]:
        """Many rows as one write; alone, each of them would be written out."""
        self.out.execute("BEGIN")
        yield
        self.out.execute("COMMIT")

    # --- purchases

    def _procurements(self) -> None:
        """One row for each process: what its latest release says, else an earlier one."""
        self.out.execute("CREATE TEMP TABLE raw AS SELECT * FROM procurement")
        self._insert("raw", self._processes_in_order())

    def _processes_in_order(self) -> Iterator[tuple[Any, ...]]:
        order = ("ocid", "released_on", "line")
        for ocid, releases in groupby(self._rows("procurements", order), lambda row: row["ocid"]):
            if ocid:
                row = _merged(releases)
                self.places[ocid] = place = len(self.places) + 1
                self.agency_of.append(self._agency(row))
                yield self._procurement(row, place)

    def _procurement(self, row: Row, place: int) -> tuple[Any, ...]:
        doubts = (row["doubts"] or "").split(",")
        doubted = any(code in doubts for code in IMPLAUSIBLE)
        day = row["released_on"] or row["tender_from"] or row["contract_from"]
        day = None if doubted else day
        window = self.window(row["region_code"], day)
        return (
            place, None, row["ocid"], naming.shown_text(row["title"] or ""), self.agency_of[place],
            row["region_code"], _text(day), day.year if day else None, row["method"],
            row["method_details"], row["category"], row["status"], row["budget"], row["value"],
            None, None, row["currency"], row["tenderers"] or None, _text(row["tender_from"]),
            _text(row["tender_until"]), _text(row["contract_from"]), _text(row["contract_until"]),
            *_window(window), 0, row["source"], row["file"], row["line"], row["doubts"],
        )  # fmt: skip

    def _agency(self, row: Row) -> int | None:
        code, name = row["buyer_id"], row["buyer_name"]
        if not (code or name):
            return None
        known = (row["region_code"], code or name)
        if known not in self.agencies:
            self.agencies[known] = len(self.agencies) + 1
            key = _key(*known)
            shown = naming.shown_text(name or code)
            place = self.agencies[known]
            self._insert("agency", [(place, key, shown, row["region_code"], 0, 0, 0)])
        if code:
            self.buyers[code].add(self.agencies[known])
        return self.agencies[known]

    def _outcomes(self) -> None:
        """Awards and contracts, with their firms; whoever may be a person stays without a name."""
        for part, name, day in (
            ("award", "awards", "awarded_on"),
            ("contract", "contracts", "signed_on"),
        ):
            rows = (
                (self.places[row["ocid"]], part, row[f"{part}_id"], firm := self._supplier(row),
                 int(firm is None and bool(row["supplier_name"])), row["status"], _text(row[day]),
                 _text(row.get("from_on")), _text(row.get("until_on")), row["value"],
                 row["currency"])
                for row in self._rows(name)
                if row["ocid"] in self.places
            )  # fmt: skip
            self._insert("outcome", rows)

    def _supplier(self, row: Row) -> int | None:
        """The number of a firm, the same for all writings of its name; None where it has none."""
        written = row["supplier_name"]
        if written not in self.written:
            self.written[written] = self._firm(naming.firm(written))
        found = self.written[written]
        if row["supplier_id"] and found is not None:
            self.supplier_ids[row["supplier_id"]] = found
        return found

    def _firm(self, name: str | None) -> int | None:
        if name is None:
            return None
        alike = naming.alike(name)
        if alike not in self.suppliers:
            self.suppliers[alike] = len(self.suppliers) + 1
            self._insert("supplier", [(self.suppliers[alike], _key(alike), name)])
        return self.suppliers[alike]

    def _amounts(self) -> None:
        """The amount of a purchase: its contracts, else its awards, else the estimate, the budget.

        An award stands once for each of its suppliers with its whole value.
        """
        self.out.executescript("""
            CREATE TEMP TABLE part_amount AS
              SELECT procurement, part, sum(value) AS amount FROM (
                SELECT DISTINCT procurement, part, number, value FROM outcome WHERE value > 0)
              GROUP BY procurement, part;
            CREATE INDEX temp.of_part ON part_amount (procurement, part);
            UPDATE raw SET amount = found.amount, amount_of = 'contract' FROM part_amount AS found
              WHERE found.procurement = raw.id AND found.part = 'contract';
            UPDATE raw SET amount = found.amount, amount_of = 'award' FROM part_amount AS found
              WHERE found.procurement = raw.id AND found.part = 'award' AND raw.amount IS NULL;
            UPDATE raw SET amount = value, amount_of = 'value' WHERE amount IS NULL AND value > 0;
            UPDATE raw SET amount = budget, amount_of = 'budget'
              WHERE amount IS NULL AND budget > 0;
            UPDATE raw SET leads = (SELECT count(*) FROM rests_on WHERE procurement = raw.id)
              WHERE id IN (SELECT procurement FROM rests_on);
        """)

    def _order(self) -> None:
        """Give each purchase its place: newest first, and largest first."""
        columns = [row[1] for row in self.out.execute("PRAGMA table_info(procurement)")]
        rest = ", ".join(f"raw.{name}" for name in columns[2:])
        self.out.executescript(f"""
            CREATE TEMP TABLE place AS SELECT id AS was,
              row_number() OVER (ORDER BY day IS NULL, day DESC, ocid) AS by_day,
              row_number() OVER (ORDER BY amount IS NULL, amount DESC, ocid) AS by_value FROM raw;
            CREATE UNIQUE INDEX temp.of_place ON place (was);
            INSERT INTO procurement SELECT place.by_day, place.by_value, {rest}
              FROM raw JOIN place ON place.was = raw.id ORDER BY place.by_day;
            UPDATE outcome SET procurement = (SELECT by_day FROM place WHERE was = procurement);
            UPDATE lead SET procurement = (SELECT by_day FROM place WHERE was = procurement)
              WHERE procurement IS NOT NULL;
            CREATE TEMP TABLE rested AS SELECT place.by_day, rests_on.lead FROM rests_on
              JOIN place ON place.was = rests_on.procurement;
            DELETE FROM rests_on;
            INSERT INTO rests_on SELECT by_day, lead FROM rested;
            DROP TABLE temp.raw;
        """)

    # --- indications

    def _leads(self) -> None:
        for code, run in _runs(self.signals):
            counts = run.manifest["counts"]
            told = (run.manifest["version"], run.digest, counts["looked_at"], counts["leads"],
                    json.dumps(counts["not_applicable"]),
                    json.dumps(run.manifest["parameters"], ensure_ascii=False))  # fmt: skip
            self._insert("run", [(code, *told)])
            if catalogue.detector(code).kind in SHOWN_KINDS:
                leads = [lead for lead in run.leads() if lead.subject_kind not in PERSONAL]
                self._leads_of(code, leads)

    def _leads_of(self, code: str, leads: list[Lead]) -> None:
        processes = self._processes(leads)
        number = self.out.execute("SELECT coalesce(max(id), 0) FROM lead").fetchone()[0]
        kept, rests = [], []
        for lead in leads:
            places = {
                self.places[found] for row in lead.evidence for found in processes.get(row, ())
            }
            subject = self._subject(lead, places)
            if subject is None:
                continue
            number += 1
            election, _kind, phase, days_to_voting = _window(lead.window)
            measures = {
                name: value for name, value in lead.measures.items()
                if isinstance(value, int | float | date)
            }  # fmt: skip
            shown = [row for row in lead.evidence if row.partition(":")[0] in EVIDENCE]
            kept.append((
                number, code, lead.subject_kind, *subject, lead.region_code,
                _text(lead.since), _text(lead.until), lead.value,
                json.dumps(measures, default=str), json.dumps(shown),
                election, phase, days_to_voting,
            ))  # fmt: skip
            if subject[1] is not None:
                places.add(subject[1])
            rests += [(place, number) for place in sorted(places)]
        self._insert("lead", kept)
        self._insert("rests_on", rests)

    def _subject(
        self, lead: Lead, places: set[int]
    ) -> tuple[str | None, int | None, int | None, int | None] | None:
        """The subject as it is shown, and the purchase, office or firm that it is.

        None where it may be a person: a supplier that is no firm.
        """
        if lead.subject_kind in ("procurement", "contract"):
            of_process = self.places.get(lead.subject)
            place = of_process or (min(places) if len(places) == 1 else None)
            return lead.subject, place, None, None
        if lead.subject_kind in ("buyer", "procuring_entity", "agency"):
            found = self.buyers.get(lead.subject, set())
            return None, None, min(found) if len(found) == 1 else None, None
        if lead.subject_kind in ("supplier", "tenderer"):
            firm = self.supplier_ids.get(lead.subject)
            return None if firm is None else (None, None, None, firm)
        if lead.subject_kind in ("region", "account"):
            return lead.subject, None, None, None
        offices = {self.agency_of[place] for place in places}
        return None, None, offices.pop() if len(offices) == 1 else None, None

    def _processes(self, leads: Sequence[Lead]) -> dict[str, tuple[str, ...]]:
        """The processes that rows of evidence belong to."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for lead in leads:
            for row in lead.evidence:
                table, _colon, row_id = row.partition(":")
                wanted[table].add(row_id)
        return {
            f"{table}:{row_id}": (ocid,)
            for table, ids in wanted.items()
            if table in ("procurements", "bids", "awards", "contracts", "items", "milestones",
                         "parties")
            for row_id, ocid in self._named(table, ids)
            if ocid in self.places
        }  # fmt: skip

    def _named(self, table: str, ids: set[str]) -> Iterator[tuple[str, str]]:
        import pyarrow as pa
        import pyarrow.compute as pc

        rows = self.tables.engine.to_pyarrow(self.tables.table(table).select("row_id", "ocid"))
        found = rows.filter(pc.is_in(rows["row_id"], value_set=pa.array(sorted(ids), pa.string())))
        yield from zip(found["row_id"].to_pylist(), found["ocid"].to_pylist(), strict=True)

    # --- finding and adding up

    def _index(self) -> None:
        """Words of titles and what can be filtered by, once by place and once by amount."""
        read = self.out.execute(
            "SELECT p.id, by_value, title, p.region, key, year, method, category, election, "
            "(SELECT group_concat(DISTINCT detector) FROM rests_on JOIN lead ON lead.id = lead "
            " WHERE rests_on.procurement = p.id), "
            "(SELECT group_concat(DISTINCT supplier.key) FROM outcome "
            " JOIN supplier ON supplier.id = supplier WHERE outcome.procurement = p.id) "
            "FROM procurement AS p LEFT JOIN agency ON agency.id = agency"
        )
        choices: Counter[tuple[str, str]] = Counter()
        while rows := read.fetchmany(_BATCH):
            by_day, by_value = [], []
            for row in rows:
                place, rank, title, region, agency, year, method, category, election, *more = row
                codes, firms = (each.split(",") if each else [] for each in more)
                told = [
                    *(("region", code) for code in _with_province(region)), ("agency", agency),
                    ("year", year or "unknown"), ("method", method), ("category", category),
                    ("election", election), ("window", "in" if election else "out"),
                    *(("detector", code) for code in codes),
                    *(("supplier", key) for key in firms),
                    *((("marked", ""),) if codes else ()),
                ]  # fmt: skip
                told = [(kind, code) for kind, code in told if code is not None]
                choices.update(
                    (kind, str(code)) for kind, code in told if kind not in ("agency", "supplier")
                )
                text = " ".join([title, *(tag(kind, code) for kind, code in told)])
                by_day.append((place, text))
                by_value.append((rank, text))
            with self._at_once():
                self.out.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", by_day)
                self.out.executemany(
                    "INSERT INTO words_by_value (rowid, text) VALUES (?, ?)", sorted(by_value)
                )
        for name in ("words", "words_by_value"):
            self.out.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")
        self._insert("choice", ((kind, code, number) for (kind, code), number in choices.items()))

    def _sums(self) -> None:
        self.out.executescript("""
            INSERT INTO in_year SELECT agency, coalesce(year, 0), count(*), sum(amount),
              count(election), sum(leads > 0) FROM procurement WHERE agency IS NOT NULL
              GROUP BY agency, coalesce(year, 0);
            INSERT INTO in_month SELECT region, substr(day, 1, 7), count(*), sum(amount)
              FROM procurement WHERE region IS NOT NULL AND day IS NOT NULL
              GROUP BY region, substr(day, 1, 7);
            UPDATE agency SET number = found.number, amount = found.amount, leads = found.leads
              FROM (SELECT agency, sum(number) AS number, sum(amount) AS amount,
                    sum(leads) AS leads FROM in_year GROUP BY agency) AS found
              WHERE found.agency = agency.id;
        """)

    # --- budgets, services, appointments

    def _budgets(self) -> None:
        """One figure for each region, account, year and source.

        A source may give a group and the account in it under one name: then the larger counts, they
        are never added. Lines of programmes are added where there is no line of the whole.
        """
        whole: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        programmes: dict[tuple[str, ...], dict[str, list[Row]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for row in self._rows("budgets"):
            account = row["account_code"] or row["account"]
            if not (row["region_code"] and account and row["year"]):
                continue
            key = (row["region_code"], account, row["year"], row["source"])
            if row["programme_code"]:
                programmes[key][row["programme_code"]].append(row)
            else:
                whole[key].append(row)
        figures = {key: _largest(rows) for key, rows in whole.items()}
        for line, by_programme in programmes.items():
            if line not in figures:
                parts = [_largest(rows) for rows in by_programme.values()]
                figures[line] = (_sum(part[0] for part in parts), _sum(part[1] for part in parts))
        self._insert("budget", [(*key, *amounts) for key, amounts in figures.items()])

    def _services(self) -> None:
        """Years that have ended, in groups that are large enough."""
        groups: dict[tuple[Any, ...], list[grouping.Application]] = defaultdict(list)
        for row in self._rows("services"):
            applied = row["applied_on"]
            if applied is None or applied.year >= self.today.year or not row["region_code"]:
                continue
            agency = naming.shown_text(row["agency_name"] or "")
            key = (
                row["region_code"],
                agency,
                naming.shown_text(row["service"] or ""),
                applied.year,
            )
            groups[key].append(grouping.Application(applied, row["due_on"], row["answered_on"]))
        small: Counter[int] = Counter()
        kept = []
        for key, group in groups.items():
            found = grouping.times(group)
            if found is None:
                small[key[3]] += 1
            else:
                kept.append((*key, "services", found.applied, found.answered, found.in_time,
                             found.late, found.median))  # fmt: skip
        self._insert("service", kept)
        self._insert("small_services", small.items())

    def _appointments(self) -> None:
        """Decrees by week around the first day of the ban, for the contest of each own head."""
        days: dict[str, list[date]] = defaultdict(list)
        for row in self._rows("appointments"):
            if row["region_code"] and row["from_on"]:
                days[row["region_code"]].append(row["from_on"])
        for contest in windows.contests():
            confirmed = contest.dates.get("candidates_confirmed_on")
            if contest.kind not in ("governor", "regent", "mayor") or confirmed is None:
                continue
            first = phases.months_before(confirmed, grouping.BAN_MONTHS)
            counted = Counter(
                (day - first).days // 7 for day in days.get(contest.region_code or "", ())
            )
            near = {
                week: n for week, n in counted.items() if -grouping.WEEKS <= week < grouping.WEEKS
            }
            self._insert(
                "appointed",
                (
                    (contest.election, contest.kind, contest.region_code, first.isoformat(), week,
                     grouping.full_fives(near.get(week, 0)))
                    for week in range(-grouping.WEEKS, grouping.WEEKS)
                    if near
                ),
            )  # fmt: skip


_NO_PUBLISHER: Final = Bilingual(
    "Berkas tidak menyebut penerbitnya", "The file does not name its publisher"
)
_NO_LICENCE: Final = Bilingual("Berkas tidak menyebut lisensinya", "The file names no licence")


def _named(source: Source, loads: Sequence[Version]) -> tuple[Bilingual, Bilingual]:
    """Publisher and licence: of the source, or as its files or whoever loaded them say."""
    if not source.named_by_file:
        return source.publisher, source.licence
    return (
        _told_by(loads, "publisher", _NO_PUBLISHER),
        _told_by(loads, "license", _NO_LICENCE),
    )


def _told_by(loads: Sequence[Version], name: str, missing: Bilingual) -> Bilingual:
    """What the loads say of it, once each; that a file says nothing is told too."""
    found: dict[str, Bilingual] = {}
    for version in loads:
        said = list(_words(version, name))
        for words in said:
            found[words] = Bilingual(words, words)
        if not said:
            found[""] = missing
    told = [words for key, words in found.items() if key]
    return joined([*told, missing] if "" in found else told)


def _words(version: Version, name: str) -> Iterator[str]:
    """A publisher or licence as the files of a load name it."""
    for about in version.report.get("about", ()):
        words = _plain(about.get(name))
        if words:
            yield naming.shown_text(words)


def _said(loads: Sequence[Version]) -> str:
    """What packages say of their publisher and licence, once each."""
    names = ("publisher", "license")
    return "; ".join(
        dict.fromkeys(w for each in loads for name in names for w in _words(each, name))
    )


def _plain(written: object) -> str:
    """A text of a package, which the report keeps as JSON; of a publisher its name."""
    try:
        found = json.loads(written) if isinstance(written, str) else written
    except ValueError:
        found = written
    if isinstance(found, dict):
        found = found.get("name")
    return found if isinstance(found, str) else ""


def _merged(releases: Iterable[Row]) -> Row:
    """The last of the releases of a process, and what only an earlier one says."""
    merged: Row = {}
    for row in releases:
        merged.update({name: value for name, value in row.items() if value is not None})
        merged.update({name: None for name in row if name not in merged})
    return merged


def _window(window: Window | None) -> tuple[str | None, str | None, str | None, int | None]:
    if window is None:
        return None, None, None, None
    return window.election, window.kind, window.phase, window.days_to_voting


def _with_province(region: str | None) -> tuple[str, ...]:
    if region is None:
        return ()
    return (region,) if "." not in region else (region.partition(".")[0], region)


def _largest(rows: Sequence[Row]) -> tuple[float | None, float | None]:
    """Budget and realised of the row with the largest budget."""
    best = max(rows, key=lambda row: (row["budget"] or 0, row["realised"] or 0))
    return best["budget"], best["realised"]


def _sum(amounts: Iterable[float | None]) -> float | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def _key(*parts: str | None) -> str:
    """A short name for addresses: the same in every build."""
    return hashlib.sha256("|".join(part or "" for part in parts).encode()).hexdigest()[:12]


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
