"""Where public facts lie: Parquet files, and a catalogue that says which of them count.

    tables/catalogue/000001.json            one version: what was loaded, when, from which files
    tables/catalogue/000001.refused.jsonl   what it refused: file, line, why
    tables/procurements/year=2018/v000001.parquet
    tables/ends/v000002.parquet             rows of older versions that version 2 ended, and why

Files are added and never changed. A version exists once its catalogue file does: that is the last
thing written, under a name that only one writer can take. Just before, the register (the ledger)
is told the number and the digest of that file: a version that was broken off in between is put in
place by whoever writes next, and a catalogue file that the register does not know is a forgery.
A row is known from the version that brought it until a version that ended it, so what was known on
any day can be asked again.

DuckDB and Arrow are imported by the functions that need them: who only asks which versions there
are, as every web process does, starts without them.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from timbang.law.refusal import Refusal
from timbang.ledger import durable
from timbang.registry import schema
from timbang.registry.schema import Table

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

MEMORY: Final = "320MB"
ACTS: Final = ("load", "retract")
_CHUNK: Final = 1 << 20
_OF_A_VERSION: Final = re.compile(
    r"\w+/(?:year=\d+/)?v(\d{6,})\.parquet|catalogue/(\d{6,})\.refused\.jsonl"
)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One Parquet file of a table; `path` is relative to the folder."""

    path: str
    rows: int
    year: int


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the tables. `known_on` is the day from which it is known.

    `report` is what the load had to say (see `loading.Report.as_json`); `digests` has the SHA-256
    of each of its files by their paths.
    """

    number: int
    act: str
    source: str
    known_on: date
    loaded_at: str
    tables: Mapping[str, tuple[StoredFile, ...]]
    ends: str | None
    because: str = ""
    report: Mapping[str, Any] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)

    @property
    def paths(self) -> list[str]:
        """Its Parquet files, relative to the folder."""
        listed = [stored.path for files in self.tables.values() for stored in files]
        return [*listed, self.ends] if self.ends else listed

    def as_json(self) -> dict[str, Any]:
        return {
            "version": self.number,
            "act": self.act,
            "source": self.source,
            "known_on": self.known_on.isoformat(),
            "loaded_at": self.loaded_at,
            "because": self.because,
            "tables": {
                name: [{"path": f.path, "rows": f.rows, "year": f.year} for f in files]
                for name, files in self.tables.items()
            },
            "ends": self.ends,
            "digests": dict(self.digests),
            "report": dict(self.report),
        }


class Register(Protocol):
    """Who keeps, apart from the folder, which versions were written: the ledger."""

    def enter(self, version: Version, digest: str) -> None:
        """Keep that this version, whose catalogue file has this SHA-256, is about to count.

        Kept for good when it returns. Raises Refusal when the number is taken.
        """

    def entered(self, number: int) -> str | None:
        """The digest under which a version was entered; None when it never was."""

    def newest(self) -> int:
        """The highest number that was ever entered, 0 when there is none."""


class Store:
    """The folder of public facts. Reading needs no lock; `writing` lets in one writer at a time.

    Without a register (to measure, to try out) versions are written and entered nowhere.
    """

    def __init__(self, folder: Path, register: Register | None = None) -> None:
        self.folder = folder
        self.catalogue = folder / "catalogue"
        self.register = register

    def versions(self, *, known_on: date | None = None) -> list[Version]:
        """All versions in order, or those known on a day (the whole of that day)."""
        found = [_read(path) for path in sorted(self.catalogue.glob("[0-9]*.json"))]
        return [v for v in found if known_on is None or v.known_on <= known_on]

    def numbers(self) -> set[int]:
        """The numbers of all versions that count."""
        return {int(path.stem) for path in self.catalogue.glob("[0-9]*.json")}

    def newest(self) -> int:
        """The number of the newest version that counts, 0 when there is none."""
        return max(self.numbers(), default=0)

    def number_of(self, path: Path) -> int | None:
        """The version to which a file of rows, ends or refusals belongs by its name."""
        found = _OF_A_VERSION.fullmatch(str(path.relative_to(self.folder)))
        return int(found[1] or found[2]) if found else None

    def next_number(self) -> int:
        """The number of the version to write: none that ever stood anywhere is given again."""
        return max(self.newest(), self.register.newest() if self.register else 0) + 1

    def files(self, table: str, versions: list[Version], *, source: str | None = None) -> list[str]:
        return [
            str(self.folder / stored.path)
            for version in versions
            if source is None or version.source == source
            for stored in version.tables.get(table, ())
        ]

    def ends(self, versions: list[Version]) -> list[str]:
        return [str(self.folder / version.ends) for version in versions if version.ends]

    def shape(self, table: Table | None) -> str:
        """A file of no rows with the columns of a table (None: of the ends), made if missing."""
        import pyarrow.parquet as pq

        arrow = _ends() if table is None else table.arrow()
        name = "ends" if table is None else table.name
        path = self.folder / "shapes" / f"{name}-{_digest(arrow)}.parquet"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_suffix(f".{os.getpid()}")
            pq.write_table(arrow.empty_table(), draft)
            draft.replace(path)
        return str(path)

    @contextlib.contextmanager
    def writing(self) -> Iterator[list[int]]:
        """Gives the numbers of versions that were broken off and count from now on.

        Raises Refusal when another load is under way.
        """
        self.catalogue.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".writing").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Refusal(
                    "another load is under way in this folder; wait for it to end"
                ) from None
            for trial in self.folder.glob(".trial-*"):
                shutil.rmtree(trial, ignore_errors=True)
            yield self._complete()

    def clear(self, number: int) -> None:
        """Remove what a load that never counted left under this number."""
        for path in self.folder.rglob(f"v{number:06}.parquet"):
            if self.number_of(path) == number:
                path.unlink()

    def commit(self, version: Version, refused: Path | None = None) -> None:
        """Make the version count. Raises Refusal when the number is taken.

        Everything is on the disk before the register is told, and counts after it was.
        """
        name = f"{version.number:06}"
        if (self.catalogue / f"{name}.json").exists():
            raise Refusal(f"version {version.number} exists already; load again")
        kept = list(version.paths)
        if refused is not None and refused.exists() and refused.stat().st_size:
            shutil.copyfile(refused, self.catalogue / f"{name}.refused.jsonl")
            kept.append(f"catalogue/{name}.refused.jsonl")
        version = replace(version, digests={path: settled(self.folder / path) for path in kept})
        text = json.dumps(version.as_json(), ensure_ascii=False, indent=1).encode("utf-8")
        draft = self._prepared(version.number)
        durable.write(draft, text, mode=0o644)
        for folder in {self.catalogue, *((self.folder / path).parent for path in kept)}:
            durable.sync_folder(folder)
        if self.register is not None:
            self.register.enter(version, hashlib.sha256(text).hexdigest())
        self._put_in_place(version.number)

    def _prepared(self, number: int) -> Path:
        return self.catalogue / f".{number:06}.prepared"

    def prepared(self) -> dict[int, Path]:
        """Catalogue files that are written and not in place, by their numbers."""
        found = self.catalogue.glob(".[0-9]*.prepared")
        return {int(path.name[1:].split(".")[0]): path for path in found}

    def _put_in_place(self, number: int) -> None:
        draft, target = self._prepared(number), self.catalogue / f"{number:06}.json"
        try:
            os.link(draft, target)
        except FileExistsError:
            if target.read_bytes() != draft.read_bytes():
                raise Refusal(f"version {number} exists already; load again") from None
        durable.sync_folder(self.catalogue)
        draft.unlink()

    def _complete(self) -> list[int]:
        """Put in place what was entered before it was broken off; drop what never was."""
        if self.register is None:
            return []
        done = []
        for number, draft in sorted(self.prepared().items()):
            digest = hashlib.sha256(draft.read_bytes()).hexdigest()
            if self.register.entered(number) == digest:
                self._put_in_place(number)
                done.append(number)
            else:
                draft.unlink()
        return done


def settled(path: Path) -> str:
    """The SHA-256 of a file that is on the disk when this returns."""
    with path.open("rb") as stream:
        os.fsync(stream.fileno())
    return digest_of(path)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _ends() -> pa.Schema:
    """The shape of the files of ends."""
    import pyarrow as pa

    text, number = pa.string(), pa.int64()
    return pa.schema(
        [("table", text), ("row_id", text), ("version", number), ("ended", number), ("why", text)]
    )


def _digest(arrow: pa.Schema) -> str:
    return hashlib.sha256(str(arrow).encode()).hexdigest()[:12]


def _read(path: Path) -> Version:
    try:
        return version_of(path.read_bytes())
    except ValueError as error:
        raise Refusal(f"{path} is damaged ({error}); bring it back from a backup") from error


def version_of(text: bytes) -> Version:
    """What a catalogue file says. Raises ValueError when it is not what `commit` wrote."""
    try:
        found = json.loads(text)
        return Version(
            number=found["version"],
            act=found["act"],
            source=found["source"],
            known_on=date.fromisoformat(found["known_on"]),
            loaded_at=found["loaded_at"],
            tables={
                name: tuple(StoredFile(f["path"], f["rows"], f["year"]) for f in files)
                for name, files in found["tables"].items()
            },
            ends=found["ends"],
            because=found["because"],
            report=found["report"],
            digests=found["digests"],
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error


# --- asking and writing with DuckDB --------------------------------------------------------------


def connect(scratch: Path, *, memory: str = MEMORY) -> duckdb.DuckDBPyConnection:
    """DuckDB in memory that spills into the scratch folder."""
    import duckdb

    scratch.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect(":memory:")
    con.execute(f"SET memory_limit = '{memory}'")
    # A second thread spends more on waiting than it takes off: a load is the work of one core.
    con.execute("SET threads = 1")
    con.execute("SET temp_directory = ?", [str(scratch)])
    con.execute("SET preserve_insertion_order = false")
    con.execute("SET enable_progress_bar = false")
    con.execute("SET autoinstall_known_extensions = false")
    return con


def told(error: Exception) -> str:
    """What DuckDB complained of, and what to do: mostly there is no room left."""
    first = str(error).strip().splitlines()[0][:300]
    return (
        f"DuckDB could not go on: {first}. Nothing of it counts. Make room on the disk and do the "
        "same again: a load goes on where it was"
    )


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def view(
    con: duckdb.DuckDBPyConnection, name: str, files: list[str], *, alike: bool = False
) -> None:
    """A view over Parquet files; unless they are alike, older files may lack newer columns."""
    listed = ", ".join("'" + path.replace("'", "''") + "'" for path in files)
    con.execute(
        f"CREATE OR REPLACE VIEW {quoted(name)} AS SELECT * FROM read_parquet("
        f"[{listed}], union_by_name = {not alike}, hive_partitioning = false)"
    )


def live_view(
    con: duckdb.DuckDBPyConnection,
    store: Store,
    table: Table,
    versions: list[Version],
    *,
    name: str,
    source: str | None = None,
) -> None:
    """A view of the rows that count after the given versions, of one source or of all."""
    view(
        con, f"{name} rows", [store.shape(table), *store.files(table.name, versions, source=source)]
    )
    view(con, "ends", [store.shape(None), *store.ends(versions)])
    con.execute(
        f"CREATE OR REPLACE VIEW {quoted(name)} AS SELECT * FROM {quoted(name + ' rows')} AS r "
        f"ANTI JOIN (SELECT row_id, version FROM ends WHERE \"table\" = '{table.name}') AS e "
        "ON r.row_id = e.row_id AND r.version = e.version"
    )


def write_rows(
    con: duckdb.DuckDBPyConnection, store: Store, table: Table, query: str, number: int
) -> tuple[StoredFile, ...]:
    """Write the rows of a query (all columns of the table but `version`) as files of a version.

    One file for each year, sorted as the table says.
    """
    names = [column.name for column in table.all_columns if column.name != "version"]
    columns = ", ".join(map(quoted, names))
    order = ", ".join([*map(quoted, table.sort), "row_id"])
    years = con.execute(f"SELECT DISTINCT year FROM ({query}) ORDER BY 1").fetchall()
    out = []
    for (year,) in years:
        path = Path(table.name) / f"year={year}" / f"v{number:06}.parquet"
        target = store.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        found = con.execute(
            f"COPY (SELECT {columns}, CAST({number} AS BIGINT) AS version FROM ({query}) "
            f"WHERE year = {int(year)} ORDER BY {order}) TO '{_escaped(target)}' "
            "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 122880)"
        ).fetchone()
        out.append(StoredFile(str(path), int(found[0]) if found else 0, int(year)))
    return tuple(out)


def _escaped(path: Path) -> str:
    return str(path).replace("'", "''")


def write_ends(
    con: duckdb.DuckDBPyConnection, store: Store, query: str, number: int
) -> tuple[str | None, int]:
    """Write the ends of a version: (table, row_id, version, why). Gives the path and the count."""
    path = Path("ends") / f"v{number:06}.parquet"
    (store.folder / "ends").mkdir(parents=True, exist_ok=True)
    found = con.execute(
        f'COPY (SELECT "table", row_id, version, CAST({number} AS BIGINT) AS ended, why '
        f"FROM ({query}) ORDER BY 1, 2) TO '{_escaped(store.folder / path)}' "
        "(FORMAT parquet, COMPRESSION zstd)"
    ).fetchone()
    count = int(found[0]) if found else 0
    if not count:
        (store.folder / path).unlink()
        return None, 0
    return str(path), count


def retract(
    store: Store, number: int, *, because: str, today: date, at: str, scratch: Path
) -> Version:
    """Take a version back: its rows end, and rows that it had ended are known again.

    What later versions have changed since stays as they left it. Raises Refusal when there is no
    such version or nothing of it is left.
    """
    versions = store.versions()
    target = next((v for v in versions if v.number == number), None)
    if target is None:
        raise Refusal(f"there is no version {number}")
    if not because.strip():
        raise Refusal("a retraction says why")
    new = store.next_number()
    store.clear(new)
    import duckdb

    con = connect(scratch)
    try:
        return _retract(con, store, versions, target, new, because, today, at)
    except duckdb.Error as error:
        raise Refusal(told(error)) from error
    finally:
        con.close()


def _retract(
    con: duckdb.DuckDBPyConnection,
    store: Store,
    versions: list[Version],
    target: Version,
    new: int,
    because: str,
    today: date,
    at: str,
) -> Version:
    ending, written, counts = [], {}, {}
    for table in schema.tables().values():
        live_view(con, store, table, versions, name=f"{table.name} live")
        live = quoted(f"{table.name} live")
        ending.append(
            f"SELECT '{table.name}' AS \"table\", row_id, version, 'retracted' AS why "
            f"FROM {live} WHERE version = {target.number}"
        )
        rows = quoted(f"{table.name} live rows")
        back = (
            f"SELECT r.* EXCLUDE (version) FROM {rows} AS r JOIN ends AS e ON e.row_id = r.row_id "
            f"AND e.version = r.version WHERE e.\"table\" = '{table.name}' "
            f"AND e.ended = {target.number} AND r.row_id NOT IN "
            f"(SELECT row_id FROM {live} WHERE version <> {target.number})"
        )
        files = write_rows(con, store, table, back, new)
        if files:
            written[table.name] = files
            counts[table.name] = sum(stored.rows for stored in files)
    ends, ended = write_ends(con, store, " UNION ALL ".join(ending), new)
    if not ended and not written:
        raise Refusal(f"nothing of version {target.number} is left to retract")
    version = Version(
        number=new,
        act="retract",
        source=target.source,
        known_on=today,
        loaded_at=at,
        tables=written,
        ends=ends,
        because=because.strip(),
        report={"retracts": target.number, "ended": ended, "known_again": counts},
    )
    store.commit(version)
    return version
