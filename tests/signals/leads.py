"""Leads for tests: a run as a detector would have kept it, and what the desk keeps of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from timbang.registry.schema import arrow_kind
from timbang.signals import catalogue
from timbang.signals.actions import bring_leads
from timbang.signals.models import Lead
from timbang.signals.running import Run

AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
_SHAPE = pa.schema(
    [
        ("subject_kind", pa.string()), ("subject", pa.string()), ("region_code", pa.string()),
        ("since", pa.date32()), ("until", pa.date32()), ("flagged", pa.bool_()),
        ("value", pa.float64()), ("reason", pa.string()), ("evidence", pa.list_(pa.string())),
        ("bidders", arrow_kind("whole")),
    ]
)  # fmt: skip


def marked(subject: str, **said: Any) -> dict[str, Any]:
    """A subject that R018 marks."""
    return {
        "subject_kind": "procurement", "subject": subject, "region_code": "32.04",
        "since": date(2026, 9, 1), "until": None, "flagged": True, "value": 1.0, "reason": None,
        "evidence": [f"procurements:{subject}"], "bidders": 1,
    } | said  # fmt: skip


def run_of(folder: Path, rows: Sequence[dict[str, Any]], code: str = "R018") -> Run:
    """A run on disk; the same rows give the same digest."""
    detector = catalogue.detector(code)
    said = json.dumps(rows, default=str, sort_keys=True)
    made = folder / code / hashlib.sha256(said.encode()).hexdigest()[:32]
    made.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(list(rows), schema=_SHAPE), made / "rows.parquet")
    manifest = {
        "detector": code,
        "version": detector.version,
        "rule": detector.digest,
        "parameters": {},
        "counts": {"looked_at": len(rows), "leads": len(rows), "not_applicable": {}},
    }
    (made / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return Run(made, manifest)


def bring(folder: Path, *rows: dict[str, Any], at: datetime = AT) -> list[Lead]:
    """Bring a run with these rows; the leads of R018 as they stand then, in order of number."""
    bring_leads(run_of(folder, rows), at=at)
    return list(Lead.objects.order_by("year", "ordinal"))
