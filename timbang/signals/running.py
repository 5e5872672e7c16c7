"""A run of a detector: its rule, its parameters and the data that it saw, kept and repeatable.

    signals/R024/4f0c.../manifest.json   detector, parameters, state of its tables; counts
    signals/R024/4f0c.../rows.parquet    one row for each subject looked at (detector.COLUMNS)
    signals/R024/current                 the name of the run that counts

The name of a run is the digest of all that it depends on: the same again is not computed again, and
a run that is kept can be repeated and must give the same rows.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from timbang.law.refusal import Refusal
from timbang.registry.storing import Version
from timbang.signals import tuning, windows
from timbang.signals.detector import COLUMNS, GIVEN, Detector
from timbang.signals.facts import Facts
from timbang.signals.windows import Window

if TYPE_CHECKING:
    import pyarrow as pa

_CURRENT: Final = "current"


@dataclass(frozen=True, slots=True)
class Lead:
    """A subject that a detector marks, and the rows that it rests on (`<table>:<row_id>`)."""

    detector: str
    subject_kind: str
    subject: str
    region_code: str | None
    since: date | None
    until: date | None
    value: float | None
    measures: Mapping[str, Any]
    evidence: tuple[str, ...]

    @property
    def window(self) -> Window | None:
        return windows.of_subject(self.subject_kind, self.region_code, self.since, self.until)

    def as_json(self) -> dict[str, Any]:
        window = self.window
        return {
            "detector": self.detector,
            "subject_kind": self.subject_kind,
            "subject": self.subject,
            "region_code": self.region_code,
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "value": self.value,
            "measures": {name: _plain(value) for name, value in self.measures.items()},
            "window": window.as_json() if window else None,
            "evidence": list(self.evidence),
        }


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """A subject that cannot be judged; `reason` is a code of the detector's REASONS."""

    subject_kind: str
    subject: str
    reason: str


@dataclass(frozen=True, slots=True)
class Run:
    """A run that was made: where it lies, and what its manifest says."""

    folder: Path
    manifest: Mapping[str, Any]

    @property
    def digest(self) -> str:
        return self.folder.name

    def rows(self) -> pa.Table:
        """All subjects looked at, ordered by kind and subject."""
        import pyarrow.parquet as pq

        return pq.read_table(self.folder / "rows.parquet")

    def leads(self) -> list[Lead]:
        """The leads, ordered by kind and subject."""
        import pyarrow.compute as pc

        found = self.rows()
        code = self.manifest["detector"]
        return [_lead(code, row) for row in found.filter(pc.field("flagged")).to_pylist()]

    def not_applicable(self) -> list[NotApplicable]:
        import pyarrow.compute as pc

        found = self.rows().filter(pc.field("flagged").is_null())
        named = found.select(["subject_kind", "subject", "reason"])
        return [NotApplicable(**row) for row in named.to_pylist()]


def run(
    detector: Detector, facts: Facts, folder: Path, *, chosen: Mapping[str, Any] | None = None
) -> Run:
    """Run a detector over facts and keep it; a run that is there already is not made again.

    `chosen` are parameters that differ from the defaults. Raises Refusal for a parameter that does
    not exist and where the detector breaks its own contract.
    """
    values = tuning.values(detector, chosen or {})
    manifest = {
        "detector": detector.code,
        "version": detector.version,
        "rule": detector.digest,
        "parameters": values,
        "known_on": facts.tables.known_on.isoformat() if facts.tables.known_on else None,
        "data": {name: _state(facts, name) for name in detector.reads},
    }
    wanted = folder / detector.code / _digest(manifest)
    if not (wanted / "manifest.json").exists():
        rows = judge(detector, facts, values)
        _keep(wanted, rows, {**manifest, "counts": counted(rows)})
    if not chosen:
        _point(folder / detector.code, wanted.name)
    return _read(wanted)


def current(folder: Path, code: str) -> Run | None:
    """The run with the usual parameters that counts; None before the first."""
    try:
        name = (folder / code / _CURRENT).read_text("utf-8").strip()
    except FileNotFoundError:
        return None
    return _read(folder / code / name)


def judge(detector: Detector, facts: Facts, values: Mapping[str, Any]) -> pa.Table:
    """The rows of a detector: columns of COLUMNS, then its measures; ordered, evidence sorted.

    Raises Refusal where the detector breaks its contract: another column, a reason that it does not
    list, a subject twice.
    """
    import ibis

    found = detector.find(facts, values)
    wanted = [*COLUMNS, *detector.measures]
    if set(found.columns) != set(wanted):
        odd = sorted(set(found.columns) ^ set(wanted))
        raise Refusal(f"{detector.code}: columns {', '.join(odd)} are missing or not announced")
    cast = {name: found[name].cast(kind) for name, kind in COLUMNS.items()}
    shown = ibis.ifelse(
        cast["flagged"].fill_null(False), cast["evidence"], ibis.null("array<string>")
    )
    found = found.mutate(**(cast | {"evidence": shown})).select(*wanted)
    table = facts.tables.engine.to_pyarrow(found)
    return _checked(detector, _ordered(table))


def counted(rows: pa.Table) -> dict[str, Any]:
    """How many were looked at, marked, not judged and why."""
    import pyarrow.compute as pc

    reasons = rows.filter(pc.field("flagged").is_null())["reason"].value_counts().to_pylist()
    flags = rows["flagged"].value_counts().to_pylist()
    by_flag = {each["values"]: each["counts"] for each in flags}
    return {
        "looked_at": rows.num_rows,
        "leads": by_flag.get(True, 0),
        "not_applicable": dict(sorted((each["values"], each["counts"]) for each in reasons)),
    }


def _ordered(table: pa.Table) -> pa.Table:
    """By kind and subject, each list of evidence sorted: the same bytes on either engine."""
    import pyarrow as pa

    evidence = [sorted(set(found)) if found else None for found in table["evidence"].to_pylist()]
    position = table.schema.get_field_index("evidence")
    named = pa.field("evidence", pa.list_(pa.string()))
    table = table.set_column(position, named, pa.array(evidence, named.type))
    return table.sort_by([("subject_kind", "ascending"), ("subject", "ascending")])


def _checked(detector: Detector, rows: pa.Table) -> pa.Table:
    import pyarrow.compute as pc

    kinds = set(rows["subject_kind"].unique().to_pylist())
    if not kinds <= set(detector.subjects):
        raise Refusal(f"{detector.code}: leads on {sorted(kinds - set(detector.subjects))}")
    unjudged = rows.filter(pc.field("flagged").is_null())
    reasons = set(unjudged["reason"].unique().to_pylist())
    if not reasons <= set(detector.reasons):
        raise Refusal(f"{detector.code}: reasons {reasons - set(detector.reasons)} are not listed")
    if rows.filter(pc.field("flagged"))["evidence"].null_count:
        raise Refusal(f"{detector.code}: a lead without evidence")
    keys = rows.select(["subject_kind", "subject"])
    if keys.group_by(["subject_kind", "subject"]).aggregate([]).num_rows != rows.num_rows:
        raise Refusal(f"{detector.code}: a subject stands twice")
    return rows


def _lead(code: str, row: Mapping[str, Any]) -> Lead:
    own = {name: value for name, value in row.items() if name not in COLUMNS}
    return Lead(
        detector=code,
        subject_kind=row["subject_kind"],
        subject=row["subject"],
        region_code=row["region_code"],
        since=row["since"],
        until=row["until"],
        value=row["value"],
        measures=own,
        evidence=tuple(row["evidence"] or ()),
    )


def _state(facts: Facts, name: str) -> list[str]:
    """What a table is made of: its files with their digests, or a digest of the given rows."""
    if name in GIVEN:
        return [_digest({"rows": [dict(row) for row in facts.given(name)]})]
    return [*_files(facts.tables.versions, name), facts.tables.desk.get(name, "")]


def _files(versions: tuple[Version, ...], name: str) -> Iterator[str]:
    for version in versions:
        for stored in version.tables.get(name, ()):
            yield version.digests.get(stored.path) or f"{version.number}:{stored.path}"
        if version.ends:
            yield version.digests.get(version.ends) or f"{version.number}:{version.ends}"


def _digest(found: Mapping[str, Any]) -> str:
    written = json.dumps(found, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:32]


def _keep(folder: Path, rows: pa.Table, manifest: Mapping[str, Any]) -> None:
    """Written beside and renamed: a run that was broken off never counts."""
    import pyarrow.parquet as pq

    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".making-", dir=folder.parent))
    try:
        pq.write_table(rows, beside / "rows.parquet")
        written = json.dumps(manifest, ensure_ascii=False, indent=1, default=str)
        (beside / "manifest.json").write_text(written + "\n", "utf-8")
        with contextlib.suppress(OSError):  # another run of the same was first
            beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _point(folder: Path, name: str) -> None:
    beside = folder / f".{_CURRENT}-{os.getpid()}"
    beside.write_text(name + "\n", "utf-8")
    beside.replace(folder / _CURRENT)


def _read(folder: Path) -> Run:
    return Run(folder, json.loads((folder / "manifest.json").read_text("utf-8")))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
