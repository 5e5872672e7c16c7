"""Networks of exchange: the elements over tens of millions of exchanges, and a million links.

python bench/network.py                       5 million exchanges, with all peers
python bench/network.py --rows 50000000       as many as the goal asks
python bench/network.py --rows 50000000 --peers numpy,duckdb

CPU seconds (user and system, all threads), each in a process of its own, and its largest memory.
The file has whole numbers as ids, days, values, and the columns from which personalism and linked
legs are read; the same for all. The floor reads six of its columns and sorts the pairs. Loops are
compiled before the clock starts; what compiling costs is told beside.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

SEED = 20240214
MONTHS = 120
COLUMNS = ["giver_id", "receiver_id", "given_on", "value", "money", "budget_line", "through_id",
           "returned_by", "returns"]  # fmt: skip


def write(path: Path, rows: int) -> None:
    """Exchanges over ten years: clients with few ties, patrons with many, ties that last.

    A fifth of as many ties as rows; how often a tie is used is skewed (a Pareto law of index 1.5).
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    rng = np.random.default_rng(SEED)
    actors, ties = max(rows // 25, 100), max(rows // 5, 50)
    patrons = max(actors // 100, 10)
    high = (patrons * rng.random(ties) ** 2).astype(np.int32)
    low = rng.integers(patrons, actors, ties, dtype=np.int32)
    often = rng.pareto(1.5, ties) + 0.05
    edges = np.cumsum(often / often.sum())
    begins = rng.integers(0, MONTHS * 30, ties, dtype=np.int32)
    schema = pa.schema([
        ("giver_id", pa.int32()), ("receiver_id", pa.int32()), ("given_on", pa.date32()),
        ("value", pa.float64()), ("money", pa.dictionary(pa.int8(), pa.string())),
        ("budget_line", pa.string()), ("through_id", pa.int32()), ("returned_by", pa.int64()),
        ("returns", pa.int64()),
    ])  # fmt: skip
    first = (np.datetime64("2015-01-01") - np.datetime64("1970-01-01")).astype(int)
    words = pa.array(["private", "public", "unknown"])
    with pq.ParquetWriter(path, schema) as out:
        for start in range(0, rows, 1_000_000):
            count = min(1_000_000, rows - start)
            tie = np.searchsorted(edges, rng.random(count)).clip(max=ties - 1)
            back = rng.random(count) < 0.3
            day = (begins[tie] + rng.integers(0, 700, count)) % (MONTHS * 30)
            line = pa.array(np.full(count, "5.1.02"), mask=rng.random(count) < 0.9)
            out.write_table(pa.table([
                np.where(back, low[tie], high[tie]).astype(np.int32),
                np.where(back, high[tie], low[tie]).astype(np.int32),
                pa.array((first + day).astype(np.int32), pa.int32(), mask=rng.random(count) < 0.02)
                .cast(pa.date32()),
                pa.array(rng.integers(1, 10_000, count) * 1e4, mask=rng.random(count) < 0.3),
                pa.DictionaryArray.from_arrays(rng.integers(0, 3, count).astype(np.int8), words),
                line,
                pa.array(rng.integers(0, patrons, count, dtype=np.int32),
                         mask=rng.random(count) < 0.9),
                pa.array(start + rng.integers(0, count, count), mask=rng.random(count) < 0.95),
                pa.array(start + rng.integers(0, count, count), mask=rng.random(count) < 0.95),
            ], schema=schema))  # fmt: skip


# Each gives (pairs, sum of months, exchanges the smaller way, personal, linked): all must agree.
Answer = tuple[int, int, int, int, int]


def timbang(path: Path) -> Answer:
    from timbang.signals.network import elements, pairs, reading

    given = reading.read(path)
    found = pairs.pairs(given.exchanges)
    told = elements.elements(found, actors=len(given.actors))
    least = np.minimum(found.forward, found.backward)
    return (len(found), int(told.months.sum()), int(least.sum()), int(found.person.sum()),
            int(found.linked.sum()))  # fmt: skip


def duckdb(path: Path) -> Answer:
    import duckdb

    return tuple(duckdb.sql(f"""
        WITH given AS (
          SELECT least(giver_id, receiver_id) low, greatest(giver_id, receiver_id) high,
            (giver_id < receiver_id)::INT AS forward,
            (year(given_on) - 2015) * 12 + month(given_on) - 1 AS month,
            (through_id IS NOT NULL OR (money = 'private' AND budget_line IS NULL))::INT AS person,
            (returned_by IS NOT NULL OR returns IS NOT NULL)::INT AS linked, value
          FROM read_parquet('{path}')),
        ties AS (
          SELECT low, high, count(*) AS n, sum(forward) AS f,
            bit_count(coalesce(bit_or(CASE WHEN month < 60 THEN 1::BIGINT << month END), 0))
            + bit_count(coalesce(bit_or(CASE WHEN month >= 60 THEN 1::BIGINT << (month - 60) END),
              0)) AS months, sum(person) AS person, sum(linked) AS linked, sum(value) AS value
          FROM given GROUP BY low, high)
        SELECT count(*), sum(months), sum(least(f, n - f)), sum(person), sum(linked) FROM ties
    """).fetchone())  # fmt: skip


def polars(path: Path) -> Answer:
    import polars as pl

    here, there = pl.col("giver_id"), pl.col("receiver_id")
    rows = pl.scan_parquet(path).select(
        low=pl.min_horizontal(here, there),
        high=pl.max_horizontal(here, there),
        forward=(here < there).cast(pl.Int32),
        month=pl.col("given_on").dt.year() * 12 + pl.col("given_on").dt.month().cast(pl.Int32),
        person=(
            pl.col("through_id").is_not_null()
            | ((pl.col("money") == "private") & pl.col("budget_line").is_null())
        ).cast(pl.Int32),
        linked=(pl.col("returned_by").is_not_null() | pl.col("returns").is_not_null()).cast(
            pl.Int32
        ),
        value=pl.col("value"),
    )
    ties = rows.group_by("low", "high").agg(
        n=pl.len(), f=pl.col("forward").sum(), months=pl.col("month").drop_nulls().n_unique(),
        person=pl.col("person").sum(), linked=pl.col("linked").sum(), value=pl.col("value").sum(),
    )  # fmt: skip
    told = ties.select(
        pl.len(), pl.col("months").sum(),
        pl.min_horizontal("f", pl.col("n") - pl.col("f")).sum().alias("least"),
        pl.col("person").sum(), pl.col("linked").sum(),
    ).collect(engine="streaming")  # fmt: skip
    return tuple(int(each) for each in told.row(0))  # type: ignore[return-value]


def _columns(path: Path) -> dict[str, Any]:
    import pyarrow.parquet as pq

    table = pq.read_table(path, columns=COLUMNS, use_threads=False)
    found: dict[str, Any] = {}
    for name in ("giver_id", "receiver_id"):
        found[name] = table[name].to_numpy()
    found["day"] = table["given_on"].cast("int32").fill_null(-1).to_numpy()
    for name in ("budget_line", "through_id", "returned_by", "returns"):
        found[name] = table[name].is_valid().to_numpy()
    import pyarrow.compute as pc

    found["private"] = pc.equal(table["money"].cast("string"), "private").to_numpy()
    return found


def numpy(path: Path) -> Answer:
    """Sort the pairs with their months in one word, then look where a run begins."""
    rows = _columns(path)
    giver, receiver = rows["giver_id"].astype(np.uint64), rows["receiver_id"].astype(np.uint64)
    forward = giver < receiver
    low, high = np.where(forward, giver, receiver), np.where(forward, receiver, giver)
    day = rows["day"].astype("M8[D]").astype("M8[M]").astype(np.int64)
    month = np.where(rows["day"] < 0, 0, day - 539).astype(np.uint64)
    person = rows["through_id"] | (rows["private"] & ~rows["budget_line"])
    linked = rows["returned_by"] | rows["returns"]
    rest = month << np.uint64(3) | forward.astype(np.uint64) << np.uint64(2)
    rest |= person.astype(np.uint64) << np.uint64(1) | linked.astype(np.uint64)
    word = np.sort(low << np.uint64(38) | high << np.uint64(12) | rest)
    pair = word >> np.uint64(12)
    begins = np.flatnonzero(np.concatenate([[True], pair[1:] != pair[:-1]]))
    when = (word >> np.uint64(3)) & np.uint64(0x1FF)
    fresh = np.concatenate([[True], (word[1:] >> np.uint64(3)) != (word[:-1] >> np.uint64(3))])
    months = np.add.reduceat((fresh & (when > 0)).astype(np.int32), begins)
    gave = np.add.reduceat(((word >> np.uint64(2)) & np.uint64(1)).astype(np.int32), begins)
    count = np.diff(np.concatenate([begins, [len(word)]]))
    least = np.minimum(gave, count - gave)
    return len(begins), int(months.sum()), int(least.sum()), int(person.sum()), int(linked.sum())


def floor(path: Path) -> Answer:
    """What nobody can do without: reading, and bringing the rows of a pair together by a sort."""
    rows = _columns(path)
    low = np.minimum(rows["giver_id"], rows["receiver_id"]).astype(np.uint64)
    high = np.maximum(rows["giver_id"], rows["receiver_id"]).astype(np.uint64)
    word = np.sort(low << np.uint64(32) | high)
    return int((word[1:] != word[:-1]).sum()) + 1, 0, 0, 0, 0


WAYS: dict[str, Callable[[Path], Answer]] = {
    "floor": floor, "timbang": timbang, "numpy": numpy, "polars": polars, "duckdb": duckdb,
}  # fmt: skip


def one(way: str, path: Path) -> None:
    """In a process of its own: the answer, what it cost, and how much memory it took."""
    before = cpu()
    small = path.with_name("small.parquet")
    if not small.exists():
        write(small, 1_000)
    WAYS[way](small)
    start = cpu() - before
    before, clock = cpu(), time.monotonic()
    answer = WAYS[way](path)
    told = {
        "way": way, "cpu": cpu() - before, "seconds": time.monotonic() - clock,
        "gigabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
        "start": start, "answer": answer,
    }  # fmt: skip
    print(json.dumps(told))


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def elements_of_many(path: Path, ways: list[str]) -> None:
    print(f"{'':10}{'CPU s':>8}{'wall s':>8}{'GB':>6}   load {os.getloadavg()[0]:.1f}")
    answers = {}
    for way in ways:
        run = subprocess.run(
            [sys.executable, __file__, "--one", way, str(path)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if run.returncode:
            print(f"{way:10} cannot run: {run.stderr.strip()[-400:]}")
            continue
        told = json.loads(run.stdout.splitlines()[-1])
        answers[way] = told["answer"]
        start = f"   importing, first small file: {told['start']:.1f}"
        print(
            f"{way:10}{told['cpu']:8.1f}{told['seconds']:8.1f}{told['gigabytes']:6.1f}{start}",
            flush=True,
        )
    whole = {tuple(each) for way, each in answers.items() if way != "floor"}
    print("all give the same" if len(whole) == 1 else f"THEY DIFFER: {answers}")


def one_more_month(rows: int) -> None:
    """What the pairs of ten years and those of one more month cost, laid together."""
    from timbang.signals.network import pairs
    from timbang.signals.network.pairs import Exchanges

    rng = np.random.default_rng(SEED)
    actors, ties = max(rows // 25, 100), max(rows // 5, 50)
    high = (max(actors // 100, 10) * rng.random(ties) ** 2).astype(np.int32)
    low = rng.integers(max(actors // 100, 10), actors, ties, dtype=np.int32)
    edges = np.cumsum(rng.pareto(1.5, ties) + 0.05)

    def of(count: int, months: tuple[int, int]) -> Exchanges:
        tie = np.searchsorted(edges, rng.random(count) * edges[-1]).clip(max=ties - 1)
        month = rng.integers(*months, count).astype(np.int16)
        flags = rng.integers(0, 32, count).astype(np.uint8)
        return Exchanges(high[tie], low[tie], month, rng.random(count), flags)

    whole = pairs.pairs(of(rows, (840, 960))).in_order()
    new = of(rows // MONTHS, (960, 961))
    pairs.together([whole, pairs.pairs(new.where(slice(10)))])
    before = cpu()
    pairs.together([whole, pairs.pairs(new)])
    print(f"one more month ({len(new):,} exchanges onto {len(whole):,} pairs): "
          f"{cpu() - before:.2f} s CPU")  # fmt: skip


def a_million_links(count: int) -> None:
    """Reciprocity against its null, levels, and brokers."""
    from timbang.signals.network import brokers, hierarchy, pairs, reciprocity
    from timbang.signals.network.pairs import Exchanges

    rng = np.random.default_rng(SEED)
    actors = max(count // 8, 50)
    weight = rng.pareto(1.8, actors) + 0.1
    giver = rng.choice(actors, count, p=weight / weight.sum()).astype(np.int32)
    receiver = rng.integers(0, actors, count, dtype=np.int32)
    turned = rng.random(count) < 0.3
    giver, receiver = np.where(turned, receiver, giver), np.where(turned, giver, receiver)
    group = rng.integers(0, 200, actors)
    flags, month = np.zeros(count, dtype=np.uint8), np.full(count, 900, dtype=np.int16)
    links = Exchanges(giver, receiver, month, np.ones(count), flags)

    found = pairs.pairs(links.where(np.arange(min(count, 1000))))
    for step in (reciprocity.reciprocity, hierarchy.hierarchy):
        step(found, actors=actors)
    brokers.roles(found, group)
    spent = {}
    before = cpu()
    found = pairs.pairs(links)
    spent["pairs"] = cpu() - before
    for name, step in (
        ("reciprocity", lambda: reciprocity.reciprocity(found, actors=actors)),
        ("levels", lambda: hierarchy.hierarchy(found, actors=actors)),
        ("brokers", lambda: brokers.roles(found, group)),
    ):
        before = cpu()
        step()
        spent[name] = cpu() - before
    told = ", ".join(f"{name} {each:.2f}" for name, each in spent.items())
    print(f"{count:,} links of {actors:,} actors: {sum(spent.values()):.2f} s CPU ({told})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--links", type=int, default=1_000_000)
    parser.add_argument("--peers", default="numpy,polars,duckdb")
    parser.add_argument("--one", nargs=2, metavar=("WAY", "FILE"))
    asked = parser.parse_args()
    if asked.one:
        one(asked.one[0], Path(asked.one[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "exchanges.parquet"
        write(path, asked.rows)
        print(f"{asked.rows:,} exchanges, {path.stat().st_size / 1e6:,.0f} MB")
        elements_of_many(path, ["floor", "timbang", *filter(None, asked.peers.split(","))])
    one_more_month(asked.rows)
    a_million_links(asked.links)


if __name__ == "__main__":
    main()
