"""Reading the files of a load into Parquet parts, a batch at a time, so that it can go on later.

A part holds the rows of one batch for one table. `state.json` says after each batch how far the
reading came; parts that it does not know are of a batch that was broken off, and are thrown away.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from timbang.registry import opening, schema
from timbang.registry.load_report import InputFile, Options, Report
from timbang.registry.reading_records import Context, Out, Refused
from timbang.registry.sources import Source

# A batch is written down when it has so many records, rows or bytes.
BATCH: Final = 5_000
ROWS: Final = 100_000
BYTES: Final = 64 * 1024 * 1024
MOST_NAMES: Final = 1_000
OTHERS: Final = "(others)"
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


class Staging:
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
            "file": 0, "seen": 0, "part": 0, "record": 0, "refused_bytes": 0, "parts": 0,
        }  # fmt: skip
        self.pending, self.held = 0, 0
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
        self.out.file = index
        with opening.open_file(
            self.paths[index], encoding=self.options.encoding, separator=self.options.separator
        ) as opened:
            said = {**opened.about, **self.options.told}
            if said:
                about = {"file": opened.name, **_short(said)}
                self.report.about = [*self.report.about, about]
            self._records(opened, progress)
        if opening.stamp_of(self.paths[index]) != self.files[index].stamp:
            raise opening.BadFile(
                f"{opened.name}: changed while it was read; load it again when nobody writes to it"
            )

    def _records(self, opened: opening.Opened, progress: Progress) -> None:
        """Reads on after `seen` records; a batch that is full is written down."""
        skip, told, number = self.state["seen"], 0, 0
        for number, record in enumerate(opened.records, start=1):
            if number <= skip:
                continue
            self._record(record)
            if self._full():
                self.state["seen"] = number
                self.report.per_file[opened.name] = number
                self._flush()
                done = opened.done()
                progress(done - told)
                told = done
        self.report.per_file[opened.name] = number
        progress(opened.size - told)

    def _full(self) -> bool:
        return self.pending >= BATCH or self.out.added >= ROWS or self.held >= BYTES

    def _record(self, record: opening.Record) -> None:
        self.report.records += 1
        self.pending += 1
        self.held += len(record.raw)
        out = self.out
        out.start(record.line)
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
        _add(self.report.refused, {reason(why): 1})
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
        _add(self.report.not_kept, self.out.not_kept)
        self.out.rows, self.begun, self.out.begun = {}, [], []
        self.out.added, self.pending, self.held = 0, 0, 0
        self.out.doubts, self.out.not_kept = Counter(), Counter()
        self.state |= {"part": part + 1, "record": self.out.record}
        self._remember()

    def _part(self, name: str, part: int, table: pa.Table) -> None:
        path = self.folder / "parts" / name / f"{part:06}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, path, compression="lz4", write_statistics=False)
        self.state["parts"] += 1

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
        said = self._remembered()
        if said is None:
            shutil.rmtree(self.folder / "parts", ignore_errors=True)
            return
        self.state = {key: said[key] for key in self.state}
        refused = self.folder / "refused.jsonl"
        if refused.exists():  # what was written after the last batch is written again
            os.truncate(refused, said["refused_bytes"])
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

    def _remembered(self) -> dict[str, Any] | None:
        """What was written down, if all parts that it knows of are there and whole: a power cut
        may have taken some. Those of a batch that was broken off are thrown away."""
        path = self.folder / "state.json"
        if not path.exists():
            return None
        said: dict[str, Any] = json.loads(path.read_text("utf-8"))
        whole = 0
        for part in (self.folder / "parts").glob("*/*.parquet"):
            if int(part.stem) >= said["part"]:
                part.unlink()
            else:
                whole += _is_whole(part)
        return said if whole == said["parts"] else None

    def _open_places(self) -> None:
        names = [file.name for file in self.files]
        self.report.samples = {
            key: [(names[file], line) for file, line in places]
            for key, places in self.out.samples.items()
        }


def _is_whole(part: Path) -> bool:
    try:
        pq.read_metadata(part)
    except (pa.ArrowInvalid, OSError):
        return False
    return True


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


def reason(why: str) -> str:
    """The reason without what is particular to one line, for counting."""
    general = re.sub(r"'[^']*'", "'...'", why.split(":")[0])
    return re.sub(r"\d+", "N", general)[:80]


def _add(total: Counter[str], more: Mapping[str, int]) -> None:
    """Add up names that a stranger chose; past `MOST_NAMES` they are counted together."""
    for name, count in more.items():
        total[name if name in total or len(total) < MOST_NAMES else OTHERS] += count


def _arrow(rows: list[dict[str, Any]], arrow: pa.Schema) -> pa.Table:
    """Rows as columns; what a reader left out is null."""
    given = [name for name in arrow.names if name in rows[0]]
    try:
        if set(map(len, rows)) != {len(given)}:
            raise KeyError  # not all rows have the columns of the first
        found = dict(zip(given, zip(*map(itemgetter(*given), rows), strict=True), strict=True))
    except KeyError:
        names = arrow.names
        columns = zip(*(tuple(map(row.get, names)) for row in rows), strict=True)
        found = dict(zip(names, columns, strict=True))
    arrays = [
        pa.array(found[f.name], f.type) if f.name in found else pa.nulls(len(rows), f.type)
        for f in arrow
    ]
    return pa.table(arrays, schema=arrow)
