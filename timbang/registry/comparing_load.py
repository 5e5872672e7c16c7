"""Comparing what was staged with what is known: new, corrected, unchanged, gone, and believable.

Everything is asked of DuckDB, which spills to disk; nothing is held in Python.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from timbang.registry import checking_legs, desk_rows, schema, storing
from timbang.registry.load_report import Finding, Options, Report, TableCounts
from timbang.registry.reading_records import SAMPLES
from timbang.registry.schema import Table
from timbang.registry.sources import Assertion, Source
from timbang.registry.staging import RECORDS, reason
from timbang.registry.storing import Store, Version, quoted


class Comparing:
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
        self.dropped = 0
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
        self._legs()

    def _staged(self, name: str, arrow: pa.Schema) -> None:
        parts = sorted((self.staging / "parts" / name).glob("*.parquet"))
        if not parts:
            shape = self.staging / f"{name}.shape.parquet"
            pq.write_table(arrow.empty_table(), shape)
            parts = [shape]
        storing.view(self.con, f"{name} staged", [str(path) for path in parts], alike=True)

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
        self.dropped = self.one("SELECT count(*) FROM dropped")
        self.report.kept = self.one('SELECT count(*) FROM "_records staged"') - self.dropped

    def _refuse_conflicts(self) -> None:
        names = [file.name for file in self.report.files]
        found = self.con.execute(
            "SELECT file, line, first_file, first_line FROM repeats WHERE NOT same ORDER BY record"
        )
        with (self.staging / "refused.jsonl").open("a", encoding="utf-8") as out:
            while rows := found.fetchmany(10_000):
                for file, line, first_file, first_line in rows:
                    why = (
                        "the same key with other content stands already at "
                        f"{names[first_file]}:{first_line}"
                    )
                    item = {"file": names[file], "line": line, "why": why}
                    out.write(json.dumps(item, ensure_ascii=False) + "\n")
                    self.report.refused[reason(why)] += 1
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
        keys, doubts, joined = "s.row_id, s.record_id", "s.doubts", ""
        if self.report.numbered:
            keys = ", ".join(
                f"CASE WHEN n.nth IS NULL THEN s.{key} ELSE s.{key} || '#' || n.nth END AS {key}"
                for key in ("row_id", "record_id")
            )
            doubts = """CASE WHEN n.nth IS NULL THEN s.doubts
                ELSE concat_ws(',', s.doubts, 'repeated_key') END AS doubts"""
            joined = "LEFT JOIN repeats AS n ON n.record = s.record"
        if self.dropped:
            joined += " ANTI JOIN dropped AS d ON d.record = s.record"
        self.con.execute(
            f"""
            CREATE OR REPLACE VIEW {quoted(table.name)} AS
            SELECT {own}, {year}, {keys}, '{self.source.code}' AS source,
                   CASE s.file {files} END AS file, s.line, {doubts}
            FROM {quoted(table.name + " staged")} AS s {joined}
            """
        )
        count = self.one(f"SELECT count(*) FROM {quoted(table.name)}")
        self.report.tables[table.name] = TableCounts(read=count)
        if self.report.numbered:
            doubts = self.one(
                f"SELECT count(*) FROM {quoted(table.name)} WHERE doubts LIKE '%repeated_key%'"
            )
            if doubts:
                self.report.doubts[table.name, "repeated_key"] = doubts
                self.report.samples[table.name, "repeated_key"] = self.con.execute(
                    f"SELECT file, line FROM {quoted(table.name)} "
                    f"WHERE doubts LIKE '%repeated_key%' ORDER BY file, line LIMIT {SAMPLES}"
                ).fetchall()

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
            """
        )

    def _legs(self) -> None:
        """Legs of exchange records that are not there, lie in the wrong order or are no pair."""
        table = next((t for t in self.tables if t.name == checking_legs.TABLE), None)
        if table is None:
            return
        everywhere = f"{table.name} everywhere"
        storing.live_view(self.con, self.store, table, self.versions, name=everywhere)
        found = checking_legs.find(
            self.con, everywhere=everywhere, source=self.source.code,
            desk=desk_rows.current(self.store.folder, table.name),
        )  # fmt: skip
        for code in checking_legs.DOUBTS:
            self._doubt(table.name, code, f"SELECT row_id FROM {found} WHERE doubt = '{code}'")

    def _doubt(self, name: str, code: str, rows: str) -> None:
        """Add a doubt to the rows that a query names, count them, and say where the first stand."""
        doubted = quoted(f"{name} {code}")
        self.con.execute(f"CREATE OR REPLACE TEMP TABLE {doubted} AS {rows}")
        count = self.one(f"SELECT count(*) FROM {doubted}")
        if not count:
            return
        view = self.one(f"SELECT sql FROM duckdb_views() WHERE view_name = '{_sql(name)}'")
        body = view[view.index(" AS ") + 4 :].rstrip().rstrip(";")
        self.con.execute(
            f"""
            CREATE OR REPLACE VIEW {quoted(name)} AS
            SELECT t.* REPLACE (CASE WHEN c.row_id IS NULL THEN t.doubts
                ELSE concat_ws(',', t.doubts, '{code}') END AS doubts)
            FROM ({body}) AS t LEFT JOIN {doubted} AS c ON c.row_id = t.row_id
            """
        )
        self.report.doubts[name, code] = count
        places = f"SELECT file, line FROM {quoted(name)} SEMI JOIN {doubted} USING (row_id)"
        self.report.samples[name, code] = self.con.execute(
            f"{places} ORDER BY file, line LIMIT {SAMPLES}"
        ).fetchall()

    # --- assertions

    def check(self) -> None:
        for assertion in self.source.assertions:
            self._found(assertion.check, *self._ask(assertion))
        self._found("not_halved", *self._halved())
        self._found("same_region", *self._same_region())

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
            "spellings_at_most": self._spellings_at_most,
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
            f"SELECT count(*) FILTER ({condition}), count(*) FROM {quoted(a.table)}"
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
        found = self.one(f"SELECT count(*) FROM (SELECT DISTINCT {names} FROM {quoted(a.table)})")
        return found >= a.limit, f"{found} different {names}, at least {a.limit} expected"

    def _spellings_at_most(self, a: Assertion) -> tuple[bool, str]:
        """How many things are written in more than one way."""
        written, meant = map(quoted, a.columns)
        ways, things, several = self.con.execute(
            f"""SELECT coalesce(sum(n), 0)::BIGINT, count(*), count(*) FILTER (n > 1) FROM (
                SELECT {meant}, count(DISTINCT {written}) AS n FROM {quoted(a.table)}
                WHERE {meant} IS NOT NULL GROUP BY 1)"""
        ).fetchone() or (0, 0, 0)
        said = (
            f"{ways} spellings of {things} different {a.columns[1]}; {several} have more than one"
        )
        return several * 1000 <= a.limit * max(things, 1), f"{said} (at most {a.limit} in 1,000)"

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
                (SELECT count(DISTINCT (region_code, year)) FROM {staged})"""
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
        rows = f"""SELECT t.row_id FROM {quoted(name)} AS t SEMI JOIN copied AS c
            ON c.region_code = t.region_code AND c.year = t.year"""
        self._doubt(name, "copied_region", rows)

    def _halved(self) -> tuple[bool, str]:
        """Against what is known: the slices of a whole delivery, or a file of the same name."""
        main = self.tables[0]
        if self.whole and main.name in self.known:
            gone = self.one("SELECT count(*) FROM gone_records")
            kept = self.one(
                f"""SELECT count(DISTINCT c.record_id) FROM {quoted(main.name + " current")} AS c
                SEMI JOIN {quoted(main.name)} AS s ON s.record_id = c.record_id"""
            )
            said = f"{gone} of {gone + kept} records known before are gone"
            return gone * 2 <= gone + kept, said
        for name, before in self._before().items():
            now = self.report.per_file.get(name)
            if now is not None and now * 2 < before:
                return False, f"{name} had {before} records when it was last loaded, now {now}"
        return True, "no file has less than half of what it had before"

    def _same_region(self) -> tuple[bool, str]:
        """Records that were of another region: a file loaded under the wrong name of a region."""
        main = self.tables[0]
        if "region_code" not in main.names or main.name not in self.known:
            return True, "no record was known before"
        found = self.con.execute(
            f"""SELECT count(*) FILTER (s.region_code <> c.region_code), count(*),
                min(c.region_code) FILTER (s.region_code <> c.region_code)
                FROM {quoted(main.name)} AS s
                JOIN {quoted(main.name + " current")} AS c ON c.row_id = s.row_id"""
        ).fetchone() or (0, 0, None)
        moved, known, example = found
        said = f"{moved} of {known} records known before were of another region"
        return moved * 10 <= known, said + (f" (as {example})" if example else "")

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
                f"""SELECT count(*) FILTER (change = 'added'),
                count(*) FILTER (change = 'corrected'), count(*) FILTER (change = 'gone')
                FROM {quoted(table.name + " change")}"""
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
            """
        )

    def write(self, number: int) -> tuple[dict[str, tuple[storing.StoredFile, ...]], str | None]:
        written, ending = {}, []
        for table in self.tables:
            query = f"SELECT * FROM {quoted(table.name)}"
            if table.name in self.known:
                change = quoted(table.name + " change")
                query += f" WHERE row_id IN (SELECT row_id FROM {change} WHERE change <> 'gone')"
                ending.append(
                    f"SELECT '{table.name}' AS \"table\", row_id, version, change AS why "
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
