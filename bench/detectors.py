"""How long all detectors take over one city's procurement, loaded once.

    python bench/detectors.py [RELEASES]     (32,000 invented releases when not said)
    python bench/detectors.py FILE           real ones, to be named by whoever has some

The invented ones are those of bench/loading.py: most are plans and direct purchases, one in twelve
has awards. Half of those with awards get bids here, three to eight, so that the detectors that
compare bids have something to compare. Those on other facts have nothing to look at here, but are
asked all the same. Goal: 10 seconds for all of them together.

Told are seconds of CPU over all threads and of the clock, for each detector and together, leads,
and why subjects could not be judged. Loading and the import of Ibis are told apart.
"""

from __future__ import annotations

import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from loading import SEED, invented

from timbang.registry import loading, sources
from timbang.registry import tables as door
from timbang.registry.load_report import Options
from timbang.registry.reading_records import Context
from timbang.registry.storing import Store
from timbang.signals import catalogue, running
from timbang.signals.detector import Detector
from timbang.signals.facts import Facts

REGION = "32.73"


def main() -> None:
    given = sys.argv[1] if len(sys.argv) > 1 else "32000"
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        file = Path(given)
        if given.isdigit():
            file = folder / "releases.jsonl"
            write(file, int(given))
        store = Store(folder / "tables")
        with timed("load"):
            load(store, file)
        with timed("import of Ibis"):
            import ibis  # noqa: F401
        every = list(catalogue.detectors().values())
        ours = [each for each in every if each.kind == "procurement"]
        others = [each for each in every if each.kind != "procurement"]
        with Facts(door.open_tables(store.folder)) as facts, timed(f"all {len(every)}"):
            with timed(f"procurement: {len(ours)}"):
                look(ours, facts, folder / "signals")
            with timed(f"others: {len(others)}"):
                look(others, facts, folder / "signals")
    print(
        f"highest resident memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
    )
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


def look(detectors: list[Detector], facts: Facts, folder: Path) -> None:
    for detector in detectors:
        with timed(detector.code):
            run = running.run(detector, facts, folder)
        print(f"    {json.dumps(run.manifest['counts'])}")


@contextmanager
def timed(name: str) -> Iterator[None]:
    clock, cpu = time.perf_counter(), time.process_time()
    yield
    print(f"{name:16} {time.process_time() - cpu:6.2f} s CPU {time.perf_counter() - clock:6.2f} s")


def load(store: Store, file: Path) -> None:
    source = replace(sources.sources()["ocds"], assertions=())
    context = Context(date(2026, 7, 5), b"secret of a benchmark", REGION)
    loading.load(store, source, [file], context=context, at="2026-07-05", options=Options())


def write(path: Path, count: int) -> None:
    dice = random.Random(SEED)
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            release = invented(number, dice)
            if release["awards"] and dice.random() < 0.5:
                compete(release, dice)
            out.write(json.dumps(release) + "\n")


def compete(release: dict[str, Any], dice: random.Random) -> None:
    """Bids beside the winner's, one in six of them disqualified."""
    won = release["awards"][0]
    price = won["value"]["amount"]
    day = release["date"]
    details = [_bid(won["suppliers"][0]["id"], price, "valid", day)]
    for _ in range(dice.randint(2, 7)):
        status = "disqualified" if dice.random() < 1 / 6 else "valid"
        more = round(price * (1 + dice.expovariate(15)))
        details.append(_bid(f"{dice.randint(1, 4000):09}", more, status, day))
    release["bids"] = {"details": details}
    release["tender"]["procurementMethod"] = "open"


def _bid(tenderer: str, price: float, status: str, day: str) -> dict[str, Any]:
    value = {"amount": price, "currency": "IDR"}
    return {"tenderers": [{"id": tenderer}], "value": value, "status": status, "date": day}


if __name__ == "__main__":
    main()
