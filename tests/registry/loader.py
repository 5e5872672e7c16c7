"""What tests of loading share: a store in a folder, and a load of lines that the test writes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from timbang.registry import loading, sources, tables
from timbang.registry.load_report import Options, Report
from timbang.registry.reading_records import Context
from timbang.registry.storing import Store

TODAY = date(2026, 11, 22)
SECRET = b"s" * 32


class Loader:
    """Loads small files into one store."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store(folder / "tables")

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    def load(
        self,
        source: str,
        *paths: Path,
        on: date = TODAY,
        region: str | None = None,
        mapping: Path | None = None,
        **options: Any,
    ) -> Report:
        found = sources.sources()[source]
        if mapping is not None:
            found = sources.with_mapping(found, mapping)
        return loading.load(
            self.store,
            found,
            paths,
            context=Context(on, SECRET, region),
            at=f"{on}T08:00:00+00:00",
            options=Options(**options),
        )

    def rows(
        self, table: str, *, known_on: date | None = None, also_ended: bool = False
    ) -> list[dict[str, Any]]:
        opened = tables.open_tables(self.store.folder, engine="duckdb", known_on=known_on)
        found = opened.table(table, also_ended=also_ended).order_by(["row_id", "version"])
        listed: list[dict[str, Any]] = found.to_pyarrow().to_pylist()
        return listed

    def column(self, table: str, name: str, **how: Any) -> list[Any]:
        return [row[name] for row in self.rows(table, **how)]


def csv_of(rows: Sequence[Mapping[str, object]], separator: str = ",") -> str:
    """A CSV of rows that share their keys; every cell is quoted."""
    lines = [list(rows[0]), *([row[key] for key in rows[0]] for row in rows)]
    return "".join(
        separator.join('"' + str(cell).replace('"', '""') + '"' for cell in line) + "\n"
        for line in lines
    )


def release(number: str, **changes: Any) -> dict[str, Any]:
    """A small OCDS release with an award and a contract."""
    return {
        "ocid": f"ocds-test-{number}",
        "id": number,
        "date": "2018-03-04T09:00:00+07:00",
        "tag": ["planning", "tender", "award", "contract"],
        "buyer": {"id": "1.01", "name": "Dinas Pendidikan"},
        "parties": [
            {
                "id": "1.01",
                "name": "Dinas Pendidikan",
                "roles": ["buyer"],
                "identifier": {"id": "1.01", "legalName": "Dinas Pendidikan"},
            }
        ],
        "planning": {
            "budget": {"amount": {"amount": 190000000, "currency": "IDR"}, "project": "Meja"}
        },
        "tender": {
            "id": f"t{number}",
            "procurementMethod": "direct",
            "mainProcurementCategory": "goods",
            "numberOfTenderers": 1,
            "tenderPeriod": {"startDate": "2018-02-01", "endDate": "2018-02-20"},
            "tenderers": [{"id": "99.1", "name": "CV Contoh", "contactPoint": {"email": "a@b.id"}}],
        },
        "awards": [
            {
                "id": f"a{number}",
                "date": "2018-03-01",
                "value": {"amount": 185000000.0, "currency": "IDR"},
                "suppliers": [{"id": "99.1", "name": "CV Contoh"}],
            }
        ],
        "contracts": [
            {
                "id": f"c{number}",
                "awardID": f"a{number}",
                "dateSigned": "2018-03-03",
                "value": {"amount": 185000000, "currency": "IDR"},
                "period": {"startDate": "2018-03-03", "endDate": "2018-06-01"},
                "items": [
                    {"id": 1, "description": "Meja", "quantity": 20, "unit": {"name": "buah"}}
                ],
            }
        ],
        **changes,
    }


def lines_of(releases: Sequence[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(item) + "\n" for item in releases)


__all__ = ["SECRET", "TODAY", "Loader", "csv_of", "lines_of", "release"]
