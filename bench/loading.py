"""How fast and in how much memory OCDS releases are loaded, against the floor of the same run.

    python bench/loading.py [RELEASES] [FILE...]       (200,000 invented releases when not said)
    python bench/loading.py stream [GIGABYTES]         (10 when not said)

The releases are invented from a seed in the shape of a city's procurement: most are plans and
direct purchases, one in twelve has awards, one in twenty-two contracts with items, one in a hundred
and forty is an open tender with its tenderers. FILE: real ones instead, to be named by whoever
has some.

`stream` shows that memory stays flat: a tenth of so many gigabytes of JSON, then all of it, go
through the reader that reads files, made while they are read and kept nowhere. These releases are
long ones (about 15 kB, most of it documents, which no table keeps), so that gigabytes take minutes.

The floor is what nobody can go below in this language and format: unpack, decode UTF-8, parse the
JSON, and write each line back into a Parquet file as one text. Each measurement runs in a process
of its own: seconds of CPU over all threads, highest resident memory, and how much of it came after
the imports and a first load of one release.
"""

from __future__ import annotations

import gzip
import io
import json
import multiprocessing
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from timbang.registry import loading, opening, sources
from timbang.registry.load_report import Options
from timbang.registry.reading_records import Context
from timbang.registry.storing import Store

SEED = 20260705
WORDS = [
    "Pengadaan",
    "Belanja",
    "Perawatan",
    "Jasa",
    "Bahan",
    "Alat",
    "Kantor",
    "Gedung",
    "Jalan",
    "Makanan",
    "Sekolah",
]


def invented(number: int, dice: random.Random) -> dict[str, Any]:
    """One release; about 1.4 kB of JSON on average."""
    office = f"1.{dice.randint(1, 9):02}.{dice.randint(1, 40):02}.01"
    day = date(2016, 1, 1) + timedelta(days=dice.randint(0, 1000))
    name, amount = f"Dinas {office}", dice.randint(1, 400) * 1_000_000
    moment = f"{day}T14:08:07+00:00" if dice.random() > 0.07 else "-0001-11-30T14:08:09+00:00"
    release: dict[str, Any] = {
        "ocid": f"ocds-bench-{number}",
        "id": str(number),
        "parties": [
            {
                "id": office,
                "name": name,
                "address": {"streetAddress": f"Jl. Merdeka No. {number % 300}"},
                "identifier": {"id": office, "legalName": name},
                "roles": ["procuringEntity", "buyer"],
            }
        ],
        "tag": ["planning", "tender"],
        "initiationType": "tender",
        "date": moment,
        "planning": {
            "budget": {
                "amount": {"amount": amount, "currency": "IDR"},
                "description": "APBD",
                "project": " ".join(dice.choices(WORDS, k=5)),
            }
        },
        "tender": {
            "id": 0,
            "procurementMethod": dice.choice(["direct"] * 9 + ["open"]),
            "tenderPeriod": {"startDate": moment, "endDate": f"{day + timedelta(30)}T00:00:00Z"},
            "contractPeriod": {"startDate": moment, "endDate": f"{day + timedelta(90)}T00:00:00Z"},
            "mainProcurementCategory": dice.choice(["goods", "services", "works"]),
            "procuringEntity": {"id": office, "name": name},
            "numberOfTenderers": 0,
            "milestones": [],
        },
        "buyer": {"id": office, "name": name},
        "awards": [],
    }
    if dice.random() < 1 / 12:
        _award(release, number, amount, moment, dice)
    if dice.random() < 1 / 140:
        _tenderers(release, dice)
    return release


def _award(
    release: dict[str, Any], number: int, amount: int, moment: str, dice: random.Random
) -> None:
    value = {"amount": amount * 0.97, "currency": "IDR"}
    supplier = {
        "id": f"{dice.randint(1, 4000):09}",
        "name": f"CV {dice.choice(WORDS)} {number % 4000}",
    }
    release["awards"] = [
        {"id": f"a{number}", "title": "Paket", "date": moment, "status": "active",
         "value": value, "suppliers": [supplier]}
    ]  # fmt: skip
    if dice.random() < 0.55:
        items = [
            {"id": n, "description": dice.choice(WORDS), "quantity": n, "unit": {"unit": "buah"}}
            for n in range(dice.randint(1, 60))
        ]
        release["contracts"] = [
            {"id": number, "awardID": f"a{number}", "title": "Paket", "status": "active",
             "dateSigned": moment, "value": value, "items": items,
             "period": {"startDate": moment, "endDate": moment}}
        ]  # fmt: skip


def _tenderers(release: dict[str, Any], dice: random.Random) -> None:
    release["tender"]["tenderers"] = [
        {
            "id": f"{dice.randint(1, 4000):09}",
            "name": f"PT {dice.choice(WORDS)}",
            "address": {"streetAddress": "Jl. Asia Afrika No. 1"},
            "contactPoint": {"email": "kantor@example.org", "telephone": "022"},
            "identifier": {"id": "1", "legalName": "PT"},
        }
        for _ in range(dice.randint(2, 70))
    ]


def write(path: Path, count: int) -> None:
    dice = random.Random(SEED)
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=6) as out:
        for number in range(count):
            out.write(json.dumps(invented(number, dice)) + "\n")


# --- a stream of any length ---------------------------------------------------------------------

MARK = b"NUMBER----"
TEMPLATES = 400
DOCUMENTS = 45


def template(number: int, dice: random.Random) -> bytes:
    """A long release with a mark where its number will stand."""
    release = invented(number, dice)
    release["ocid"], release["id"] = f"ocds-bench-{MARK.decode()}", MARK.decode()
    release["tender"]["documents"] = [
        {
            "id": f"{n}", "title": " ".join(dice.choices(WORDS, k=8)), "format": "application/pdf",
            "url": f"https://example.org/{dice.randrange(10**12)}/{n}",
            "description": " ".join(dice.choices(WORDS, k=18)),
        }
        for n in range(DOCUMENTS)
    ]  # fmt: skip
    return (json.dumps(release) + "\n").encode()


class Endless(io.RawIOBase):
    """Lines of JSON that are made while they are read, until there are enough bytes."""

    def __init__(self, size: int) -> None:
        dice = random.Random(SEED)
        self.templates = [template(number, dice) for number in range(TEMPLATES)]
        self.size, self.given, self.number, self.rest = size, 0, 0, b""

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.given

    def readinto(self, buffer: Any) -> int:
        if not self.rest and self.given < self.size:
            numbers = range(self.number, self.number + 64)
            self.rest = b"".join(
                self.templates[n % TEMPLATES].replace(MARK, b"%010d" % n) for n in numbers
            )
            self.number += 64
        found, self.rest = self.rest[: len(buffer)], self.rest[len(buffer) :]
        buffer[: len(found)] = found
        self.given += len(found)
        return len(found)


def stream(paths: list[Path], folder: Path) -> int:
    """Load as many bytes as the file says, through the reader of files."""
    size = int(paths[0].read_text())

    def opened(path: Path, **_words: Any) -> opening.Opened:
        made = io.BufferedReader(Endless(size), 1 << 20)
        return opening._opened(made, path.name, size, "utf-8", None)

    opening.open_file = opened
    return load(paths, folder)


def measure_stream(gigabytes: float, folder: Path) -> None:
    for size in (int(gigabytes * 1e8), int(gigabytes * 1e9)):
        path = folder / f"{size}"
        path.write_text(str(size))
        measured(f"stream of {size / 1e9:g} GB", stream, [path], folder / f"stream {size}")
        shutil.rmtree(folder / f"stream {size}")


# --- what is measured ---------------------------------------------------------------------------


def warm(folder: Path) -> None:
    """Imports and first calls, which are not what a load of millions costs."""
    path = folder / "warm.jsonl"
    path.write_text(json.dumps(invented(1, random.Random(1))) + "\n", "utf-8")
    store = Store(folder / "warm")
    accepted = {"unknown_at_most": "one record", "records_at_least": "one record"}
    loading.load(
        store, sources.sources()["ocds"], [path],
        context=Context(date(2026, 1, 1), b"s" * 32), at="x", options=Options(accepted=accepted),
    )  # fmt: skip


def load(paths: list[Path], folder: Path) -> int:
    report = loading.load(
        Store(folder / "tables"), sources.sources()["ocds"], paths,
        context=Context(date(2026, 1, 1), b"s" * 32, "32.73"), at="x",
    )  # fmt: skip
    return report.records


def floor(paths: list[Path], folder: Path) -> int:
    """Unpack, decode, parse, and write each line as one text."""
    shape = pa.schema([("raw", pa.string())])
    lines: list[str] = []
    count = 0
    with pq.ParquetWriter(folder / "floor.parquet", shape, compression="zstd") as out:
        for path in paths:
            opener = gzip.open if path.suffix == ".gz" else Path.open
            with opener(path, "rb") as stream:
                for line in stream:
                    text = line.decode("utf-8")
                    json.loads(text)
                    lines.append(text)
                    count += 1
                    if len(lines) == 10_000:
                        out.write_table(pa.table([pa.array(lines)], schema=shape))
                        lines = []
        out.write_table(pa.table([pa.array(lines, pa.string())], schema=shape))
    return count


def _child(
    work: Callable[[list[Path], Path], int], paths: list[Path], folder: Path, pipe: Any
) -> None:
    warm(folder)
    before = resource.getrusage(resource.RUSAGE_SELF)
    start = time.perf_counter()
    count = work(paths, folder)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    pipe.send(
        (count, wall, cpu, after.ru_maxrss / 1024, (after.ru_maxrss - before.ru_maxrss) / 1024)
    )


def measured(
    what: str, work: Callable[[list[Path], Path], int], paths: list[Path], folder: Path
) -> None:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    folder.mkdir(parents=True, exist_ok=True)
    child = context.Process(target=_child, args=(work, paths, folder, theirs))
    child.start()
    theirs.close()
    count, wall, cpu, peak, grown = ours.recv()
    child.join()
    print(
        f"{what:<40}{count:>10,} {wall:9.1f} s {cpu:9.1f} s CPU {count / cpu:10,.0f}/s a core "
        f"{peak:7.0f} MB at most, {grown:6.0f} MB of it for this",
        flush=True,
    )


def main() -> None:
    first = sys.argv[1] if len(sys.argv) > 1 else "200000"
    real = [Path(name) for name in sys.argv[2:]]
    folder = Path(tempfile.mkdtemp(prefix="timbang-bench-"))
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}")
    try:
        if first == "stream":
            return measure_stream(float(sys.argv[2]) if sys.argv[2:] else 10, folder)
        count = int(first)
        if real:
            measured("floor, the files given", floor, real, folder / "real floor")
            measured("load, the files given", load, real, folder / "real")
            measured("load again, nothing new", load, real, folder / "real")
            return None
        for size in (count // 4, count):
            path = folder / f"{size}.jsonl.gz"
            write(path, size)
            measured(f"floor, {size:,} releases", floor, [path], folder / f"floor {size}")
            measured(f"load, {size:,} releases", load, [path], folder / f"load {size}")
        measured("load again, nothing new", load, [path], folder / f"load {count}")
        bytes_ = sum(p.stat().st_size for p in (folder / f"load {count}").rglob("*.parquet"))
        print(f"{bytes_ / 2**20:.1f} MB of Parquet from {path.stat().st_size / 2**20:.1f} MB of gz")
        return None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
