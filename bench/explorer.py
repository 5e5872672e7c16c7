"""What the public explorer costs: building its file, and the pages of it.

    python bench/explorer.py [PURCHASES]      (1,000,000 invented ones when not said)

Invented: purchases of 400 regions and 8,000 offices over eight years, each with an award to one of
60,000 suppliers of which one in ten is no firm; titles of three to seven words out of 400. One in
eight is marked by a detector. They are laid out as Parquet files, so that loading is not measured.

Told are seconds of CPU for the build and its largest memory, and for pages the best of five in
milliseconds of CPU, as Django answers them. Goal: a page below 100.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

AT = datetime(2026, 11, 22, tzinfo=UTC)
REGIONS = 400
PAGES = (
    "", "pengadaan/", "pengadaan/?kata=jalan", "pengadaan/?kata=jalan+gedung&urut=nilai",
    "pengadaan/?wilayah={region}", "pengadaan/?wilayah={region}&tahun=2018&indikasi=R018",
    "pengadaan/?indikasi=any&pemilu=in&urut=nilai", "pengadaan/?tahun=2018&metode=open&kata=meja",
    "pengadaan/?kata=tidakada", "pengadaan/?setelah=700000", "pengadaan/ocds-b-{middle}/",
    "instansi/", "instansi/?wilayah={region}",
)  # fmt: skip
WORDS = 400


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        os.environ["TIMBANG_DATA"] = str(folder)
        os.environ["DJANGO_SETTINGS_MODULE"] = "timbang.settings"
        import django

        django.setup()
        lay_out(folder, number)
        run(folder, number)
        built(folder)
        pages(number)


def lay_out(folder: Path, number: int) -> None:
    """The tables that are read, as one Parquet file each."""
    import duckdb

    from timbang.registry import places

    regions = [code for code in places.codes() if "." in code][:REGIONS]
    words = ["jalan", "gedung", "meja", *(f"kata{n}" for n in range(WORDS - 3))]
    with duckdb.connect() as engine:
        engine.execute("SELECT setseed(0.5)")
        engine.execute(f"""
            CREATE TABLE p AS SELECT i, 'ocds-b-' || i AS ocid,
              list_aggregate(list_transform(range(3 + (hash(i) % 5)::INT),
                x -> ({words!r})[1 + (pow(random(), 2) * {WORDS})::INT]), 'string_agg', ' ')
                AS title,
              ({regions!r})[1 + (hash(i, 1) % {REGIONS})::INT] AS region_code,
              (hash(i, 2) % 20)::INT AS office,
              DATE '2015-01-01' + (hash(i, 3) % 2900)::INT AS released_on,
              1e6 * (1 + (hash(i, 4) % 90000)::DOUBLE / 7) AS amount
            FROM range({number}) AS r(i)""")
        engine.execute(f"""COPY (SELECT ocid, title, region_code || '-' || office AS buyer_id,
              'Dinas ' || office AS buyer_name, region_code,
              ['open', 'direct', 'limited'][1 + (i % 3)::INT] AS method, NULL AS method_details,
              'goods' AS category, NULL AS status, amount AS budget, NULL::DOUBLE AS value,
              'IDR' AS currency, NULL::BIGINT AS tenderers, released_on,
              released_on AS tender_from, released_on + 9 AS tender_until,
              NULL::DATE AS contract_from, NULL::DATE AS contract_until, 'ocds' AS source,
              'bench' AS file, i AS line, NULL AS doubts, ocid AS row_id FROM p)
              TO '{folder}/procurements.parquet'""")
        engine.execute(f"""COPY (SELECT ocid, 'a' || i AS award_id, 'active' AS status,
              released_on + 20 AS awarded_on, amount * 0.97 AS value, 'IDR' AS currency,
              's' || (hash(i, 5) % 60000) AS supplier_id,
              CASE WHEN hash(i, 5) % 10 = 0 THEN 'Orang ' ELSE 'CV Usaha ' END
                || (hash(i, 5) % 60000) AS supplier_name, 'a' || i AS row_id FROM p)
              TO '{folder}/awards.parquet'""")


@dataclass
class Laid:
    """Tables as the builder reads them: those laid out, and empty ones of the right columns."""

    folder: Path
    engine: Any
    versions: tuple[()] = ()
    empty: dict[str, Any] = field(default_factory=dict)

    def table(self, name: str) -> Any:
        path = self.folder / f"{name}.parquet"
        if path.exists():
            return self.engine.read_parquet(str(path), table_name=name)
        from timbang.registry import schema

        return self.engine.create_table(
            f"no_{name}", schema.tables()[name].arrow().empty_table(), overwrite=True
        )


def run(folder: Path, number: int) -> None:
    """A run as a detector would leave it: one purchase in eight is marked."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from timbang.signals.detector import COLUMNS

    marked = range(0, number, 8)
    rows = pa.table(
        {
            "subject_kind": pa.array(["procurement"] * len(marked)),
            "subject": pa.array([f"ocds-b-{n}" for n in marked]),
            "region_code": pa.nulls(len(marked), pa.string()),
            "since": pa.nulls(len(marked), pa.date32()),
            "until": pa.nulls(len(marked), pa.date32()),
            "flagged": pa.array([True] * len(marked)),
            "value": pa.array([1.0] * len(marked)),
            "reason": pa.nulls(len(marked), pa.string()),
            "evidence": pa.array([[f"procurements:ocds-b-{n}"] for n in marked]),
            "bidders": pa.array([1] * len(marked)),
        }
    )
    assert set(COLUMNS) < set(rows.column_names)
    kept = folder / "signals" / "R018" / "bench"
    kept.mkdir(parents=True)
    pq.write_table(rows, kept / "rows.parquet")
    counts = {"looked_at": number, "leads": len(marked), "not_applicable": {}}
    manifest = {"detector": "R018", "version": 1, "parameters": {}, "counts": counts}
    (kept / "manifest.json").write_text(json.dumps(manifest))
    (kept.parent / "current").write_text("bench\n")


def built(folder: Path) -> None:
    import ibis

    from timbang.publication.explorer import building, reading

    laid: Any = Laid(folder, ibis.duckdb.connect())
    (folder / "explorer").mkdir()
    path = folder / "explorer" / reading.NAME
    with timed("build"):
        counts = building.write(path, laid, folder / "signals", made_of="bench", at=AT)
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{counts}; {path.stat().st_size / 1e6:,.0f} MB on disk, {largest:,} MB of memory")


def pages(number: int) -> None:
    from django.conf import settings
    from django.test import Client

    from timbang.registry import places

    settings.ALLOWED_HOSTS = ["*"]
    region = [code for code in places.codes() if "." in code][7]
    client = Client()
    for page in PAGES:
        address = f"/telusur/{page.format(region=region, middle=number // 2)}"
        best = 9.0
        for _ in range(5):
            begun = time.process_time()
            answer = client.get(address)
            best = min(best, time.process_time() - begun)
        assert answer.status_code == 200, address
        print(f"{best * 1000:8.1f} ms {len(answer.content):9,} bytes  {address}")


@contextmanager
def timed(what: str) -> Iterator[None]:
    cpu, clock = time.process_time(), time.monotonic()
    yield
    print(f"{what}: {time.process_time() - cpu:.1f} s CPU, {time.monotonic() - clock:.1f} s")


if __name__ == "__main__":
    main()
