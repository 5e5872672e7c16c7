"""The one door to public facts: Ibis tables, on DuckDB or on Spark, as they were known on a day.

    facts = tables.open_tables(folder)                        # DuckDB, everything known now
    facts = tables.open_tables(folder, engine="spark")        # the same rows on Spark
    facts = tables.open_tables(folder, known_on=date(2026, 3, 1))
    facts.table("contracts").group_by("supplier_id").agg(...)

Records that officers entered at the desk stand among the loaded ones (`desk_rows`).

The setting TIMBANG_ENGINE says the engine: `duckdb` (default), `spark` (on this machine), or the
address of a cluster (`spark://host:7077`, `yarn`, `k8s://...`, `local[4]`). Expressions must not
know which one it is: docs/decisions/0036-one-door-two-engines.md says what differs.

Ibis is imported when the door is opened: it takes a second that no start of a web process pays.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from timbang.law.refusal import Refusal
from timbang.registry import desk_rows, schema
from timbang.registry.schema import Table
from timbang.registry.storing import Store, Version

if TYPE_CHECKING:
    from ibis import BaseBackend
    from ibis.expr.types import Table as IbisTable

ENGINES: Final = "duckdb, spark, spark://host:port, yarn, k8s://..., local[n]"
# Tables that have rows of the desk too.
DESK_TABLES: Final = ("exchanges",)
# Tables whose rows are legs of one another: their key, what came back, what it came back for.
LEGS: Final[Mapping[str, tuple[str, str, str]]] = {
    "exchanges": ("exchange_id", "returned_by", "returns")
}


@dataclass(frozen=True, slots=True)
class Tables:
    """Tables of public facts after `versions`, on one engine."""

    store: Store
    versions: tuple[Version, ...]
    engine: BaseBackend
    known_on: date | None = None
    # The files of the desk by the table that they are beside of.
    desk: Mapping[str, str] = field(default_factory=dict)

    def table(
        self, name: str, *, years: Sequence[int] | None = None, also_ended: bool = False
    ) -> IbisTable:
        """The rows that count, with the columns of the data dictionary.

        `years` opens only the files of these years (0: rows whose year is not known).
        `also_ended` gives every row that ever counted, with `ended` (the version that ended it,
        null while it counts) and `ended_because`. Rows of the desk stand among them: their source
        is `desk`, their version that of their record. Where one leg of an exchange names the other,
        both show it. Raises Refusal for a table that does not exist.
        """
        table = schema.tables().get(name)
        if table is None:
            known = ", ".join(sorted(schema.tables()))
            raise Refusal(f"there is no table '{name}'; there are: {known}")
        rows = self.stated(name, years=years, also_ended=also_ended)
        return self._both_legs(rows, name) if name in LEGS else rows

    def stated(
        self, name: str, *, years: Sequence[int] | None = None, also_ended: bool = False
    ) -> IbisTable:
        """The same as each row was entered or written in its file, with no leg drawn from another.

        `name` is a table that exists.
        """
        table = schema.tables()[name]
        loaded = self._loaded(table, years, also_ended)
        if name not in self.desk:
            return loaded
        return loaded.union(self._of_desk(table, years, also_ended))

    def _both_legs(self, rows: IbisTable, name: str) -> IbisTable:
        """What one leg says, the other shows too, unless it or a third record says otherwise."""
        import ibis

        key, *legs = LEGS[name]
        columns, stated = rows.columns, self.stated(name)
        drawn = {}
        for leg, other in (legs, legs[::-1]):
            named = stated.filter(stated[other].notnull() & (stated[other] != stated[key]))
            by = named.group_by(other).aggregate(one=named[key].min(), last=named[key].max())
            only = by.filter(by["one"] == by["last"])
            only = only.select(**{f"named_{leg}": only[other], f"drawn_{leg}": only["one"]})
            rows = rows.left_join(only, rows[key] == only[f"named_{leg}"])
            drawn[leg] = f"drawn_{leg}"
        counts = rows["ended"].isnull() if "ended" in columns else ibis.literal(value=True)
        filled = {
            leg: ibis.ifelse(counts & rows[leg].isnull(), rows[column], rows[leg])
            for leg, column in drawn.items()
        }
        return rows.mutate(**filled).select(*columns)

    def _loaded(self, table: Table, years: Sequence[int] | None, also_ended: bool) -> IbisTable:
        rows = self._rows(table, years)
        ends = self._ends()
        if ends is None:
            import ibis

            nothing = {"ended": ibis.null("int64"), "ended_because": ibis.null("string")}
            return rows.mutate(**nothing) if also_ended else rows
        mine = ends.filter(ends["table"] == table.name)
        if not also_ended:
            return rows.anti_join(mine, ["row_id", "version"])
        named = mine.select("row_id", "version", "ended", ended_because=mine["why"])
        joined = rows.left_join(named, ["row_id", "version"], rname="{name}_of_end")
        return joined.select(*rows.columns, "ended", "ended_because")

    def _of_desk(self, table: Table, years: Sequence[int] | None, also_ended: bool) -> IbisTable:
        import ibis

        files = [self.store.shape(table), self.desk[table.name]]
        rows = self._read(f"desk_of_{table.name}", files)
        counts = rows["known_until"].isnull()
        if self.known_on is not None:
            day = ibis.date(self.known_on)
            rows = rows.filter(rows["known_from"] <= day)
            counts = rows["known_until"].isnull() | (rows["known_until"] > day)
        if years is not None:
            rows = rows.filter(rows["year"].isin(list(years)))
        columns = [column.name for column in table.all_columns]
        if not also_ended:
            return rows.filter(counts).select(*columns)
        return rows.select(
            *columns,
            ended=ibis.ifelse(counts, ibis.null("int64"), rows["ended"]),
            ended_because=ibis.ifelse(counts, ibis.null("string"), rows["ended_because"]),
        )

    def _rows(self, table: Table, years: Sequence[int] | None) -> IbisTable:
        files = [
            str(self.store.folder / stored.path)
            for version in self.versions
            for stored in version.tables.get(table.name, ())
            if years is None or stored.year in years
        ]
        # A name for each choice: of one name the last choice would count for all.
        of = "" if years is None else "_of_" + "_".join(map(str, sorted(years)))
        found = self._read(f"rows_of_{table.name}{of}", [self.store.shape(table), *files])
        return found.select(*(column.name for column in table.all_columns))

    def _ends(self) -> IbisTable | None:
        files = self.store.ends(list(self.versions))
        return self._read("ends", [self.store.shape(None), *files]) if files else None

    def _read(self, name: str, files: list[str]) -> IbisTable:
        if self.engine.name == "duckdb":
            return self.engine.read_parquet(
                files, table_name=name, union_by_name=True, hive_partitioning=False
            )
        session = self.engine._session
        frame = session.read.option("mergeSchema", "true").parquet(*files)
        frame.createOrReplaceTempView(name)
        return self.engine.table(name)


def open_tables(folder: Path, *, engine: str | None = None, known_on: date | None = None) -> Tables:
    """Open the tables of a folder as they are known, or as they were known on a day.

    `engine` is by default what TIMBANG_ENGINE says. Raises Refusal for an engine that does not
    exist or is not installed.
    """
    store = Store(folder)
    versions = tuple(store.versions(known_on=known_on))
    found = {name: desk_rows.current(folder, name) for name in DESK_TABLES}
    desk = {name: str(path) for name, path in found.items() if path}
    backend = _backend(engine or os.environ.get("TIMBANG_ENGINE") or "duckdb")
    return Tables(store, versions, backend, known_on, desk)


def _backend(engine: str) -> BaseBackend:
    if engine == "duckdb":
        import ibis

        backend = ibis.duckdb.connect()
        backend.raw_sql("SET enable_progress_bar = false")
        return backend
    if engine == "spark":
        return _spark("local[*]")
    if engine == "yarn" or engine.startswith(("spark://", "k8s://", "local[")):
        return _spark(engine)
    raise Refusal(f"TIMBANG_ENGINE: '{engine}' is no engine; allowed: {ENGINES}")


def _spark(master: str) -> BaseBackend:
    import ibis

    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise Refusal(
            "Spark is not installed: pip install --require-hashes -r requirements/spark.lock, and "
            "Java 17"
        ) from None
    session = (
        SparkSession.builder.master(master)
        .appName("timbang")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.ansi.enabled", "true")
        .config("spark.sql.shuffle.partitions", os.cpu_count() or 2)
        .getOrCreate()
    )
    return ibis.pyspark.connect(session)


def overview(tables: Tables) -> list[Mapping[str, Any]]:
    """Each table with its live rows, sources and years; empty ones are left out."""
    out = []
    for name in schema.tables():
        loaded = any(name in version.tables for version in tables.versions)
        if not loaded and name not in tables.desk:
            continue
        rows = tables.table(name)
        counted = rows.group_by("source").agg(
            rows=rows.count(), first=rows.year.min(), last=rows.year.max()
        )
        out += [{"table": name, **found} for found in counted.to_pyarrow().to_pylist()]
    return sorted(out, key=lambda found: (found["table"], found["source"]))
