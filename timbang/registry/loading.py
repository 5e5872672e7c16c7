"""Loading a source: read, compare, check, and only then make it count.

A load streams its files into staged Parquet parts, a batch at a time, and writes down after each
batch how far it came: one that was killed goes on from there. Then DuckDB compares what was staged
with what is known (new, corrected, unchanged, gone), the assertions of the source are asked, and a
new version is written. Nothing that a load does is seen before its catalogue file is.

Nothing is dropped in silence: a record that is refused has a file, a line and a reason; what is odd
about a row is in its `doubts`; a field that no table keeps is counted.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from timbang.registry import opening, schema, storing
from timbang.registry.opening import BadFile
from timbang.registry.reading_records import Context, Out, Refused
from timbang.registry.schema import Table
from timbang.registry.sources import Assertion, Source
from timbang.registry.storing import Store, Version, quoted

BATCH: Final = 10_000
RECORDS: Final = pa.schema(
    [
        ("record", pa.int64()),
        ("record_id", pa.string()),
        ("file", pa.int32()),
        ("line", pa.int64()),
        ("digest", pa.int64()),
    ]
)
Progress = Callable[[int], None]


class LoadStopped(Exception):
    """A load looks wrong and nothing of it counts: the message says which assertion and why.

    `report` is everything that was found out until then.
    """

    def __init__(self, message: str, report: Report) -> None:
        super().__init__(message)
        self.report = report


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file of a load: its name without folders, bytes on disk, SHA-256 in hex."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What an assertion found; `accepted` is the reason why a person let it pass."""

    check: str
    holds: bool
    said: str
    accepted: str = ""


@dataclass(slots=True)
class TableCounts:
    """Rows of one table: read, added, corrected, unchanged, gone (no longer in the source)."""

    read: int = 0
    added: int = 0
    corrected: int = 0
    unchanged: int = 0
    gone: int = 0


@dataclass(slots=True)
class Report:
    """What a load read, refused and doubted.

    `version` is None when nothing was kept (a trial, or nothing had changed). `refused` counts
    reasons; each one stands with file and line in `refusals` (the first ones) and in the file of
    the version. `repeated` are records that stood twice, word for word.
    """

    source: str
    files: list[InputFile]
    version: int | None = None
    dry_run: bool = False
    resumed_at: int = 0
    records: int = 0
    kept: int = 0
    repeated: int = 0
    numbered: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    refusals: list[dict[str, Any]] = field(default_factory=list)
    doubts: Counter[tuple[str, str]] = field(default_factory=Counter)
    samples: dict[tuple[str, str], list[tuple[str, int]]] = field(default_factory=dict)
    not_kept: Counter[str] = field(default_factory=Counter)
    tables: dict[str, TableCounts] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    about: list[dict[str, Any]] = field(default_factory=list)
    per_file: dict[str, int] = field(default_factory=dict)

    @property
    def refused_records(self) -> int:
        return sum(self.refused.values())

    def as_json(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "version": self.version,
            "dry_run": self.dry_run,
            "resumed_at": self.resumed_at,
            "files": [
                {"name": f.name, "bytes": f.bytes, "sha256": f.sha256,
                 "records": self.per_file.get(f.name, 0)}
                for f in self.files
            ],
            "records": self.records,
            "kept": self.kept,
            "repeated": self.repeated,
            "numbered": self.numbered,
            "refused": self.refused_records,
            "refused_because": dict(self.refused.most_common()),
            "refusals": self.refusals,
            "doubts": [
                {"table": table, "doubt": code, "rows": count,
                 "first": [f"{name}:{line}" for name, line in self.samples.get((table, code), [])]}
                for (table, code), count in sorted(self.doubts.items())
            ],
            "not_kept": dict(sorted(self.not_kept.items())),
            "tables": {
                name: {
                    "read": c.read, "added": c.added, "corrected": c.corrected,
                    "unchanged": c.unchanged, "gone": c.gone,
                }
                for name, c in self.tables.items()
            },
            "assertions": [
                {"check": f.check, "holds": f.holds, "said": f.said, "accepted": f.accepted}
                for f in self.findings
            ],
            "about": self.about,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Options:
    """How to load. `accepted`: assertion -> why a person lets it pass. `whole` overrides the source."""

    dry_run: bool = False
    encoding: str = "utf-8"
    separator: str | None = None
    whole: bool | None = None
    accepted: Mapping[str, str] = field(default_factory=dict)


def load(
    store: Store,
    source: Source,
    paths: Sequence[Path],
    *,
    context: Context,
    at: str,
    options: Options | None = None,
    progress: Progress = lambda done: None,
) -> Report:
    """Load files of a source as one version; loading the same again changes nothing.

    `at` is the moment of loading in ISO 8601; `progress` is told the bytes done since last time.
    Raises `BadFile` (a whole file is refused), `LoadStopped` (it looks wrong), Refusal (another
    load is under way), OSError.
    """
    options = options or Options()
    files = [_input(path) for path in paths]
    twice = [name for name, count in Counter(f.name for f in files).items() if count > 1]
    if twice:
        raise BadFile(f"{twice[0]}: two files of one load bear this name")
    with store.writing():
        staging = _staging(store, source, files, options, context)
        try:
            report = _load(store, source, paths, files, staging, context, at, options, progress)
        except (LoadStopped, BadFile):
            shutil.rmtree(staging, ignore_errors=True)
            raise
        shutil.rmtree(staging, ignore_errors=True)
        return report


def _load(
    store: Store,
    source: Source,
    paths: Sequence[Path],
    files: list[InputFile],
    staging: Path,
    context: Context,
    at: str,
    options: Options,
    progress: Progress,
) -> Report:
    report = _Staging(source, paths, files, staging, context, options).run(progress)
    versions = store.versions()
    con = storing.connect(staging / "spill")
    try:
        comparing = _Comparing(con, store, source, versions, staging, report, options)
        comparing.prepare()
        comparing.check()
        wrong = [f for f in report.findings if not f.holds and not f.accepted]
        if wrong:
            raise LoadStopped("; ".join(f"{f.check}: {f.said}" for f in wrong), report)
        comparing.count()
        if options.dry_run or not comparing.changes:
            return report
        number = store.next_number()
        tables, ends = comparing.write(number)
        report.version = number
        version = Version(
            number=number,
            act="load",
            source=source.code,
            known_on=context.today,
            loaded_at=at,
            tables=tables,
            ends=ends,
            report=report.as_json(),
        )
        store.commit(version, staging / "refused.jsonl")
        return report
    finally:
        con.close()


def _input(path: Path) -> InputFile:
    if not path.is_file():
        raise BadFile(f"{path}: {'only plain files are read' if path.exists() else 'no such file'}")
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return InputFile(path.name, path.stat().st_size, digest.hexdigest())


def _staging(
    store: Store, source: Source, files: list[InputFile], options: Options, context: Context
) -> Path:
    """The folder of this very load: the same files under the same options find it again."""
    if options.dry_run:
        store.folder.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=".trial-", dir=store.folder))
    said = json.dumps(
        [source.code, [f.sha256 for f in files], [f.name for f in files], options.encoding,
         options.separator, context.region, repr(source.mappings)]
    )  # fmt: skip
    folder = store.folder / ".staging" / hashlib.sha256(said.encode()).hexdigest()[:24]
    folder.mkdir(parents=True, exist_ok=True)
    return folder


# --- staging ------------------------------------------------------------------------------------


class _Staging:
    """Reads the files into parts; `state.json` says after each batch how far it came."""

    def __init__(
        self,
        source: Source,
        paths: Sequence[Path],
        files: list[InputFile],
        folder: Path,
        context: Context,
        options: Options,
    ) -> None:
        self.source, self.paths, self.files = source, paths, files
        self.folder, self.options = folder, options
        self.read = source.make(context)
        self.out = Out()
        self.begun: list[tuple[int, str, int, int, int]] = []
        self.refused: list[dict[str, Any]] = []
        self.report = Report(source.code, files, dry_run=options.dry_run)
        self.state: dict[str, Any] = {
            "file": 0, "seen": 0, "part": 0, "record": 0, "refused_bytes": 0,
        }  # fmt: skip
        self.schemas = {name: schema.tables()[name].staged() for name in source.tables}

    def run(self, progress: Progress) -> Report:
        self._recall()
        with _without_collector():
            for index in range(self.state["file"], len(self.paths)):
                self._file(index, progress)
                self.state |= {"file": index + 1, "seen": 0}
                self._flush()
        self._open_places()
        return self.report

    def _file(self, index: int, progress: Progress) -> None:
        opened = opening.open_file(
            self.paths[index], encoding=self.options.encoding, separator=self.options.separator
        )
        if opened.about and opened.about not in self.report.about:
            self.report.about.append({"file": opened.name, **_short(opened.about)})
        self.out.file = index
        skip, told, here = self.state["seen"], 0, self.state["seen"]
        for number, record in enumerate(opened.records, start=1):
            if number <= skip:
                continue
            here = number
            self._record(record)
            if number % BATCH == 0:
                self.state["seen"] = number
                self.report.per_file[opened.name] = number
                self._flush()
                done = opened.done()
                progress(done - told)
                told = done
        self.report.per_file[opened.name] = here
        progress(opened.size - told)

    def _record(self, record: opening.Record) -> None:
        self.report.records += 1
        out = self.out
        out.line = record.line
        if record.value is None:
            self._refuse(record.line, record.why or "refused")
            return
        first = len(out.begun)
        try:
            self.read(record.value, out)
        except Refused as why:
            self._refuse(record.line, str(why))
        for place, (ordinal, record_id) in enumerate(out.begun[first:]):
            digest = _digest(record.raw, place)
            self.begun.append((ordinal, record_id, out.file, record.line, digest))

    def _refuse(self, line: int, why: str) -> None:
        self.report.refused[_reason(why)] += 1
        self.refused.append({"file": self.files[self.out.file].name, "line": line, "why": why})

    def _flush(self) -> None:
        part = self.state["part"]
        for name, rows in self.out.rows.items():
            self._part(name, part, _arrow(rows, self.schemas[name]))
        if self.begun:
            columns = list(zip(*self.begun, strict=True))
            arrays = [pa.array(c, f.type) for c, f in zip(columns, RECORDS, strict=True)]
            self._part("_records", part, pa.table(arrays, schema=RECORDS))
        self._write_refused()
        self.report.doubts += self.out.doubts
        self.report.not_kept += self.out.not_kept
        self.out.rows, self.begun, self.out.begun = {}, [], []
        self.out.doubts, self.out.not_kept = Counter(), Counter()
        self.state |= {"part": part + 1, "record": self.out.record}
        self._remember()

    def _part(self, name: str, part: int, table: pa.Table) -> None:
        path = self.folder / "parts" / name / f"{part:06}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, path, compression="lz4", write_statistics=False)

    def _write_refused(self) -> None:
        path = self.folder / "refused.jsonl"
        with path.open("ab") as out:
            out.truncate(self.state["refused_bytes"])
            out.seek(0, 2)
            for item in self.refused:
                out.write((json.dumps(item, ensure_ascii=False) + "\n").encode("utf-8"))
            self.state["refused_bytes"] = out.tell()
        room = 100 - len(self.report.refusals)
        self.report.refusals += self.refused[: max(room, 0)]
        self.refused = []

    def _remember(self) -> None:
        if self.options.dry_run:
            return
        report = self.report
        said = self.state | {
            "records": report.records,
            "refused": dict(report.refused),
            "refusals": report.refusals,
            "doubts": [[*key, count] for key, count in report.doubts.items()],
            "samples": [[*key, places] for key, places in self.out.samples.items()],
            "not_kept": dict(report.not_kept),
            "about": report.about,
            "per_file": report.per_file,
        }
        draft = self.folder / ".state"
        draft.write_text(json.dumps(said), "utf-8")
        draft.replace(self.folder / "state.json")

    def _recall(self) -> None:
        path = self.folder / "state.json"
        if not path.exists():
            shutil.rmtree(self.folder / "parts", ignore_errors=True)
            return
        said = json.loads(path.read_text("utf-8"))
        self.state = {key: said[key] for key in self.state}
        report = self.report
        report.records, report.resumed_at = said["records"], said["records"]
        report.refused, report.refusals = Counter(said["refused"]), said["refusals"]
        report.doubts = Counter({(table, code): n for table, code, n in said["doubts"]})
        report.not_kept, report.about = Counter(said["not_kept"]), said["about"]
        report.per_file = said["per_file"]
        self.out.record = said["record"]
        self.out.samples = {
            (table, code): [(f, line) for f, line in places]
            for table, code, places in said["samples"]
        }
        for path in (self.folder / "parts").glob("*/*.parquet"):
            if int(path.stem) >= said["part"]:
                path.unlink()

    def _open_places(self) -> None:
        names = [file.name for file in self.files]
        self.report.samples = {
            key: [(names[file], line) for file, line in places]
            for key, places in self.out.samples.items()
        }


@contextlib.contextmanager
def _without_collector() -> Iterator[None]:
    """Records hold no cycles, and looking for some costs a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _short(about: Mapping[str, Any]) -> dict[str, Any]:
    """What a package says about itself, cut to what a report can show."""
    return {str(k)[:60]: json.dumps(v, ensure_ascii=False)[:300] for k, v in about.items()}


def _digest(raw: bytes, place: int) -> int:
    salt = place.to_bytes(8, "little") if place else b""
    return int.from_bytes(
        hashlib.blake2b(raw, digest_size=8, salt=salt).digest(), "big", signed=True
    )


def _reason(why: str) -> str:
    """The reason without what is particular to one line, for counting."""
    return why.split(":")[0].split(" at ")[0][:80]


def _arrow(rows: list[dict[str, Any]], arrow: pa.Schema) -> pa.Table:
    """Rows as columns; readers that name every column of a table are read at the speed of C."""
    in_order = itemgetter(*arrow.names)
    try:
        found = list(map(in_order, rows))
    except KeyError:
        blank = dict.fromkeys(arrow.names)
        found = [in_order({**blank, **row}) for row in rows]
    columns = zip(*found, strict=True)
    arrays = [pa.array(column, f.type) for column, f in zip(columns, arrow, strict=True)]
    return pa.table(arrays, schema=arrow)


# --- comparing ----------------------------------------------------------------------------------


class _Comparing:
    """Asks DuckDB what is new, corrected, unchanged and gone; nothing is held in Python."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        store: Store,
        source: Source,
        versions: list[Version],
        staging: Path,
        report: Report,
        options: Options,
    ) -> None:
        self.con, self.store, self.source, self.versions = con, store, source, versions
        self.staging, self.report, self.options = staging, report, options
        self.whole = (source.delivery == "whole") if options.whole is None else options.whole
        self.tables = [schema.tables()[name] for name in source.tables]
        self.known: set[str] = set()
        self.copied = False

    @property
    def changes(self) -> bool:
        return any(c.added or c.corrected or c.gone for c in self.report.tables.values())

    def one(self, query: str) -> Any:
        found = self.con.execute(query).fetchone()
        return found[0] if found else None

    def prepare(self) -> None:
        self._staged("_records", RECORDS)
        self._repeats()
        for table in self.tables:
            self._staged(table.name, table.staged())
            self._current(table)
            self._clean(table)
        self._gone_records()

    def _staged(self, name: str, arrow: pa.Schema) -> None:
        parts = sorted((self.staging / "parts" / name).glob("*.parquet"))
        if not parts:
            shape = self.staging / f"{name}.shape.parquet"
            pq.write_table(arrow.empty_table(), shape)
            parts = [shape]
        storing.view(self.con, f"{name} staged", [str(path) for path in parts])

    def _current(self, table: Table) -> None:
        if self.store.files(table.name, self.versions, source=self.source.code):
            self.known.add(table.name)
        storing.live_view(
            self.con, self.store, table, self.versions,
            name=f"{table.name} current", source=self.source.code,
        )  # fmt: skip

    def _repeats(self) -> None:
        """Records of one key: the first is kept; the others are numbered, the same, or refused."""
        self.con.execute(
            """
            CREATE TEMP TABLE repeats AS
            SELECT record, record_id, file, line,
                   row_number() OVER same AS nth,
                   digest = first_value(digest) OVER same AS same,
                   first_value(file) OVER same AS first_file,
                   first_value(line) OVER same AS first_line
            FROM "_records staged"
            WHERE hash(record_id) IN (
                SELECT hash(record_id) FROM "_records staged" GROUP BY 1 HAVING count(*) > 1)
            WINDOW same AS (PARTITION BY record_id ORDER BY record)
            """
        )
        self.con.execute("DELETE FROM repeats WHERE nth = 1")
        if self.source.repeats == "number":
            self.con.execute("CREATE TEMP TABLE dropped AS SELECT record FROM repeats WHERE false")
            self.report.numbered = self.one("SELECT count(*) FROM repeats")
        else:
            self.con.execute("CREATE TEMP TABLE dropped AS SELECT record FROM repeats")
            self.report.repeated = self.one("SELECT count(*) FROM repeats WHERE same")
            self._refuse_conflicts()
            self.con.execute("DELETE FROM repeats")
        self.report.kept = self.one('SELECT count(*) FROM "_records staged"') - self.one(
            "SELECT count(*) FROM dropped"
        )

    def _refuse_conflicts(self) -> None:
        names = [file.name for file in self.report.files]
        found = self.con.execute(
            "SELECT file, line, record_id, first_file, first_line FROM repeats WHERE NOT same "
            "ORDER BY record"
        )
        with (self.staging / "refused.jsonl").open("a", encoding="utf-8") as out:
            while rows := found.fetchmany(10_000):
                for file, line, key, first_file, first_line in rows:
                    why = (
                        f"the same key with other content: {key[:120]} stands already at "
                        f"{names[first_file]}:{first_line}"
                    )
                    item = {"file": names[file], "line": line, "why": why}
                    out.write(json.dumps(item, ensure_ascii=False) + "\n")
                    self.report.refused[_reason(why)] += 1
                    if len(self.report.refusals) < 100:
                        self.report.refusals.append(item)

    def _clean(self, table: Table) -> None:
        """The staged rows as they would be kept: repeats numbered or left out, the year told."""
        own = ", ".join(f"s.{quoted(name)}" for name in table.names)
        year = "s.year" if table.year_of == "year" else f"year(s.{quoted(table.year_of)})"
        year = f"CAST(coalesce({year}, {schema.UNKNOWN_YEAR}) AS BIGINT) AS year"
        own = ", ".join(part for part in own.split(", ") if part != 's."year"')
        files = " ".join(
            f"WHEN {index} THEN '{_sql(file.name)}'" for index, file in enumerate(self.report.files)
        )
        self.con.execute(
            f"""
            CREATE OR REPLACE VIEW {quoted(table.name)} AS
            SELECT {own}, {year},
                   CASE WHEN n.nth IS NULL THEN s.row_id ELSE s.row_id || '#' || n.nth END AS row_id,
                   CASE WHEN n.nth IS NULL THEN s.record_id
                        ELSE s.record_id || '#' || n.nth END AS record_id,
                   '{self.source.code}' AS source, CASE s.file {files} END AS file, s.line,
                   CASE WHEN n.nth IS NULL THEN s.doubts
                        ELSE concat_ws(',', s.doubts, 'repeated_key') END AS doubts
            FROM {quoted(table.name + " staged")} AS s
            LEFT JOIN repeats AS n ON n.record = s.record
            ANTI JOIN dropped AS d ON d.record = s.record
            """  # noqa: S608
        )
        count = self.one(f"SELECT count(*) FROM {quoted(table.name)}")  # noqa: S608
        self.report.tables[table.name] = TableCounts(read=count)
        if self.report.numbered:
            doubts = self.one(
                f"SELECT count(*) FROM {quoted(table.name)} WHERE doubts LIKE '%repeated_key%'"  # noqa: S608
            )
            if doubts:
                self.report.doubts[table.name, "repeated_key"] = doubts

    def _gone_records(self) -> None:
        """Records that a whole delivery no longer has, within the slices that it delivers."""
        self.con.execute("CREATE TEMP TABLE gone_records (record_id VARCHAR)")
        main = self.tables[0]
        if not self.whole or main.name not in self.known:
            return
        slices = self.source.slice or ("source",)
        same = " AND ".join(f"c.{quoted(s)} IS NOT DISTINCT FROM k.{quoted(s)}" for s in slices)
        names = ", ".join(map(quoted, slices))
        self.con.execute(
            f"""
            INSERT INTO gone_records
            SELECT DISTINCT c.record_id FROM {quoted(main.name + " current")} AS c
            SEMI JOIN (SELECT DISTINCT {names} FROM {quoted(main.name)}) AS k ON {same}
            ANTI JOIN {quoted(main.name)} AS s ON s.record_id = c.record_id
            """  # noqa: S608
        )

    # --- assertions

    def check(self) -> None:
        for assertion in self.source.assertions:
            self._found(assertion.check, *self._ask(assertion))
        self._found("not_halved", *self._halved())

    def _found(self, check: str, holds: bool, said: str) -> None:
        reason = "" if holds else self.options.accepted.get(check, "")
        self.report.findings.append(Finding(check, holds, said, reason))

    def _ask(self, assertion: Assertion) -> tuple[bool, str]:
        ways: Mapping[str, Callable[[Assertion], tuple[bool, str]]] = {
            "records_at_least": self._records_at_least,
            "refused_at_most": self._refused_at_most,
            "unknown_at_most": self._unknown_at_most,
            "doubtful_at_most": self._doubtful_at_most,
            "distinct_at_least": self._distinct_at_least,
            "copied_region": self._copied_region,
        }
        return ways[assertion.check](assertion)

    def _records_at_least(self, a: Assertion) -> tuple[bool, str]:
        return (
            self.report.kept >= a.limit,
            f"{self.report.kept} records, at least {a.limit} expected",
        )

    def _refused_at_most(self, a: Assertion) -> tuple[bool, str]:
        refused, all_ = self.report.refused_records, max(self.report.records, 1)
        return (
            refused * 1000 <= a.limit * all_,
            f"{refused} of {self.report.records} records refused, at most {a.limit} in 1,000",
        )

    def _share(self, a: Assertion, condition: str, what: str) -> tuple[bool, str]:
        found, all_ = self.con.execute(
            f"SELECT count(*) FILTER ({condition}), count(*) FROM {quoted(a.table)}"  # noqa: S608
        ).fetchone() or (0, 0)
        return (
            found * 1000 <= a.limit * max(all_, 1),
            f"{found} of {all_} rows of {a.table} {what}, at most {a.limit} in 1,000",
        )

    def _unknown_at_most(self, a: Assertion) -> tuple[bool, str]:
        condition = " AND ".join(f"{quoted(column)} IS NULL" for column in a.columns)
        return self._share(a, condition, f"without {', '.join(a.columns)}")

    def _doubtful_at_most(self, a: Assertion) -> tuple[bool, str]:
        return self._share(a, f"doubts LIKE '%{_sql(a.doubt)}%'", f"with the doubt {a.doubt}")

    def _distinct_at_least(self, a: Assertion) -> tuple[bool, str]:
        names = ", ".join(map(quoted, a.columns))
        found = self.one(f"SELECT count(*) FROM (SELECT DISTINCT {names} FROM {quoted(a.table)})")  # noqa: S608
        return found >= a.limit, f"{found} different {names}, at least {a.limit} expected"

    def _copied_region(self, a: Assertion) -> tuple[bool, str]:
        """Regions of one year whose figures all equal another region's, staged or known."""
        figures = ", ".join(f"coalesce(CAST({quoted(c)} AS VARCHAR), '-')" for c in a.columns)
        groups = f"""
            SELECT region_code, year, count(*) AS n,
                   string_agg(concat_ws('|', {figures}), chr(10) ORDER BY {figures}) AS print
            FROM {{}} WHERE region_code IS NOT NULL GROUP BY ALL HAVING n >= 3"""
        staged, current = quoted(a.table), quoted(a.table + " current")
        self.con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE copied AS
            WITH mine AS ({groups.format(staged)}), known AS ({groups.format(current)}),
                 everyone AS (SELECT * FROM mine UNION SELECT * FROM known)
            SELECT DISTINCT mine.region_code, mine.year, everyone.region_code AS other
            FROM mine JOIN everyone ON mine.print = everyone.print AND mine.year = everyone.year
                 AND mine.region_code <> everyone.region_code
            """
        )
        found, all_ = self.con.execute(
            f"""SELECT (SELECT count(DISTINCT (region_code, year)) FROM copied),
                (SELECT count(DISTINCT (region_code, year)) FROM {staged})"""  # noqa: S608
        ).fetchone() or (0, 0)
        examples = self.con.execute(
            "SELECT DISTINCT year, least(region_code, other), greatest(region_code, other) "
            "FROM copied ORDER BY 1, 2 LIMIT 5"
        ).fetchall()
        if found:
            self._doubt_copied(a.table)
        said = f"{found} of {all_} region-years repeat another region's figures"
        if examples:
            said += ": " + ", ".join(f"{one} = {other} in {y}" for y, one, other in examples)
        return found * 1000 <= a.limit * max(all_, 1), f"{said} (at most {a.limit} in 1,000)"

    def _doubt_copied(self, name: str) -> None:
        """Both are doubtful: which one was copied is not known."""
        self.con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE {quoted(name + " copied")} AS
            SELECT t.row_id FROM {quoted(name)} AS t SEMI JOIN copied AS c
            ON c.region_code = t.region_code AND c.year = t.year
            """  # noqa: S608
        )
        view = self.one(
            f"SELECT sql FROM duckdb_views() WHERE view_name = '{_sql(name)}'"  # noqa: S608
        )
        body = view[view.index(" AS ") + 4 :].rstrip().rstrip(";")
        self.con.execute(
            f"""
            CREATE OR REPLACE VIEW {quoted(name)} AS
            SELECT t.* REPLACE (CASE WHEN c.row_id IS NULL THEN t.doubts
                ELSE concat_ws(',', t.doubts, 'copied_region') END AS doubts)
            FROM ({body}) AS t LEFT JOIN {quoted(name + " copied")} AS c ON c.row_id = t.row_id
            """  # noqa: S608
        )
        count = self.one(f"SELECT count(*) FROM {quoted(name + ' copied')}")  # noqa: S608
        self.report.doubts[name, "copied_region"] = count

    def _halved(self) -> tuple[bool, str]:
        """Against what is known: the slices of a whole delivery, or a file of the same name."""
        main = self.tables[0]
        if self.whole and main.name in self.known:
            gone = self.one("SELECT count(*) FROM gone_records")
            kept = self.one(
                f"""SELECT count(DISTINCT c.record_id) FROM {quoted(main.name + " current")} AS c
                SEMI JOIN {quoted(main.name)} AS s ON s.record_id = c.record_id"""  # noqa: S608
            )
            said = f"{gone} of {gone + kept} records known before are gone"
            return gone * 2 <= gone + kept, said
        for name, before in self._before().items():
            now = self.report.per_file.get(name)
            if now is not None and now * 2 < before:
                return False, f"{name} had {before} records when it was last loaded, now {now}"
        return True, "no file has less than half of what it had before"

    def _before(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for version in self.versions:
            if version.act == "load" and version.source == self.source.code:
                for item in version.report.get("files", ()):
                    found[item["name"]] = item["records"]
        return found

    # --- what changes

    def count(self) -> None:
        for table in self.tables:
            counts = self.report.tables[table.name]
            if table.name not in self.known:
                counts.added = counts.read
                continue
            self._difference(table)
            found = self.con.execute(
                f"""SELECT count(*) FILTER (change = 'added'), count(*) FILTER (change = 'corrected'),
                count(*) FILTER (change = 'gone') FROM {quoted(table.name + " change")}"""  # noqa: S608
            ).fetchone() or (0, 0, 0)
            counts.added, counts.corrected, counts.gone = found
            counts.unchanged = counts.read - counts.added - counts.corrected

    def _difference(self, table: Table) -> None:
        """A table of row_id and change; the place of a row in its file is no difference."""
        same = " AND ".join(
            f"s.{quoted(name)} IS NOT DISTINCT FROM c.{quoted(name)}"
            for name in (*table.names, "doubts")
        )
        staged, current = quoted(table.name), quoted(table.name + " current")
        self.con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE {quoted(table.name + " change")} AS
            SELECT s.row_id, c.version,
                   CASE WHEN c.row_id IS NULL THEN 'added' ELSE 'corrected' END AS change
            FROM {staged} AS s LEFT JOIN {current} AS c ON c.row_id = s.row_id
            WHERE c.row_id IS NULL OR NOT ({same})
            UNION ALL
            SELECT c.row_id, c.version, 'gone' AS change FROM {current} AS c
            ANTI JOIN {staged} AS s ON s.row_id = c.row_id
            WHERE c.record_id IN (SELECT record_id FROM gone_records)
               OR c.record_id IN (SELECT record_id FROM {quoted(self.tables[0].name)})
            """  # noqa: S608
        )

    def write(self, number: int) -> tuple[dict[str, tuple[storing.StoredFile, ...]], str | None]:
        written, ending = {}, []
        for table in self.tables:
            query = f"SELECT * FROM {quoted(table.name)}"  # noqa: S608
            if table.name in self.known:
                change = quoted(table.name + " change")
                query += f" WHERE row_id IN (SELECT row_id FROM {change} WHERE change <> 'gone')"  # noqa: S608
                ending.append(
                    f"SELECT '{table.name}' AS \"table\", row_id, version, change AS why "  # noqa: S608
                    f"FROM {change} WHERE change <> 'added'"
                )
            files = storing.write_rows(self.con, self.store, table, query, number)
            if files:
                written[table.name] = files
        if not ending:
            return written, None
        ends, _ = storing.write_ends(self.con, self.store, " UNION ALL ".join(ending), number)
        return written, ends


def _sql(text: str) -> str:
    return text.replace("'", "''")
