"""What a load found: read, refused, doubtful, not kept, and whether it may be believed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file of a load: its name without folders, bytes on disk, SHA-256 in hex.

    `stamp` is what the file system said of it before it was first read: it must say so still when
    the last byte was.
    """

    name: str
    bytes: int
    sha256: str
    stamp: tuple[int, ...] = ()


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
    """How to load. `accepted`: assertion -> why it may pass. `whole` overrides the source. `told`
    is what whoever loads says of the files: `publisher`, `license`."""

    dry_run: bool = False
    encoding: str = "utf-8"
    separator: str | None = None
    whole: bool | None = None
    accepted: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)


class LoadStopped(Exception):
    """A load looks wrong and nothing of it counts: the message says which assertion and why.

    `report` is everything that was found out until then.
    """

    def __init__(self, message: str, report: Report) -> None:
        super().__init__(message)
        self.report = report
