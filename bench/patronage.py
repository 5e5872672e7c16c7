"""Does what is planted get found? An invented province with and without patronage, and detectors.

    python bench/patronage.py [--seed 1] [--size 1.0] [--only CODE ...]

The province has regions with agencies, posts and staff, seven years of appointments, procurements
with bids, awards and contracts, budgets by account, applications for services, and exchanges. In
the clean province all of it follows habits that know no election, with the noise that real data
have: busy Decembers, favourite suppliers, acting posts that last, budgets that swing. In the other
one a few regions follow a plan before the election of 2024:

    loyal     posts given inside the ban, without the consent that others have
    split     one need as packages below the limit, for one supplier
    alone     tenders that only one supplier bids for
    grants    grants and social aid raised
    refused   the poor turned away
    pyramid   patron, brokers and clients who give and return month by month

For each detector: the plan that its leads find most of, and how many of its rows they rest on
(recall); how many of the first 100 leads are planted ones (p@100), the same for a naive way of
choosing (the largest value, or the busiest party), and how many leads the clean province gives
(false alarms). A lead counts as planted when at least half of its evidence, of kinds that were
planted at all, is. A detector that finds no plan is no worse for it: nobody planted what it asks.

The planting is ours, so it flatters: it was written by people who know the detectors.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from timbang.registry import schema
from timbang.registry.schema import arrow_kind
from timbang.signals import catalogue, facts, running, tuning

VOTING = date(2024, 11, 27)
BAN_FROM = date(2024, 3, 22)
FIRST_YEAR, LAST_YEAR = 2018, 2024
PROVINCE = "35"
ACCOUNTS = {
    "Belanja Pegawai": 600.0,
    "Belanja Barang dan Jasa": 400.0,
    "Belanja Modal": 250.0,
    "Belanja Hibah": 60.0,
    "Belanja Bantuan Sosial": 20.0,
    "Belanja Tidak Terduga": 10.0,
}
FIRST = 100


@dataclass
class World:
    """Rows of all tables; the planted ones as `table:row_id`, by table and by plan."""

    random: np.random.Generator
    planting: bool
    size: float
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    planted: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    plans: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, table: str, *, plan: str = "", **columns: Any) -> dict[str, Any]:
        columns["row_id"] = f"{table}-{len(self.rows[table])}"
        columns.setdefault("version", 1)
        self.rows[table].append(columns)
        if plan:
            self.planted[table].add(f"{table}:{columns['row_id']}")
            self.plans[plan].add(f"{table}:{columns['row_id']}")
        return columns

    def day(self, year: int, *, december: float = 0.25) -> date:
        """A day of a year; with the chance `december` in its last six weeks."""
        if self.random.random() < december:
            return date(year, 11, 15) + timedelta(days=int(self.random.integers(0, 46)))
        return date(year, 1, 1) + timedelta(days=int(self.random.integers(0, 318)))


@dataclass(frozen=True)
class Agency:
    code: str
    name: str
    region: str


def regions(world: World) -> list[str]:
    """Regencies and cities of East Java's codes: the shipped contests know that they vote."""
    from timbang.registry.places import codes

    found = [code for code in codes() if code.startswith(f"{PROVINCE}.")]
    return found[: max(6, round(20 * world.size))]


def agencies(world: World, found: Sequence[str]) -> list[Agency]:
    kinds = (
        "Dinas Pendidikan", "Dinas Kesehatan", "Dinas PU", "Dinas Sosial", "Sekretariat",
        "Bappeda", "BKD", "Dinas Perhubungan", "Dinas Pertanian", "Kecamatan Utara",
    )  # fmt: skip
    return [
        Agency(f"{region}.{number:02}", f"{kind} {region}", region)
        for region in found
        for number, kind in enumerate(kinds, 1)
    ]


def is_patron(world: World, region: str, found: Sequence[str]) -> bool:
    """Three regions plant."""
    return world.planting and region in found[1:4]


# --- staff and appointments -----------------------------------------------------------------------


def appoint(world: World, found: Sequence[str], offices: Sequence[Agency]) -> None:
    """Each post changes hands every three years or so; acting holders may stay too long."""
    levels = ["high_first"] * 2 + ["administrator"] * 4 + ["supervisor"] * 8
    for office in offices:
        for number, level in enumerate(levels):
            post = f"{office.code}.{number:02}"
            world.add(
                "posts", post_code=post, title=f"Jabatan {number}", level=level,
                agency_code=office.code, agency_name=office.name, region_code=office.region,
                above=f"{office.code}.00" if number else None, from_on=date(2017, 1, 1), year=2017,
            )  # fmt: skip
            day = date(2017, 1, 1) + timedelta(days=int(world.random.integers(0, 1100)))
            while day <= date(2024, 12, 31):
                stays = timedelta(days=int(world.random.normal(1100, 250)))
                acting = world.random.random() < 0.08
                if acting:
                    stays = timedelta(days=int(world.random.exponential(110)) + 10)
                _appointment(world, office, post, level, day, day + stays, acting=acting)
                day += max(stays, timedelta(days=30))
    for office in offices:
        if is_patron(world, office.region, found):
            _loyal(world, office)


def _appointment(
    world: World, office: Agency, post: str, level: str, day: date, until: date,
    *, acting: bool = False, plan: str = "",
) -> None:  # fmt: skip
    in_ban = day >= BAN_FROM
    if in_ban and not plan and not acting and world.random.random() < 0.85:
        day = BAN_FROM - timedelta(days=int(world.random.integers(1, 200)))  # most wait or hurry
        in_ban = False
    consent = _consent(world, in_ban, plan)
    given = consent == "given"
    world.add(
        "appointments", plan=plan, decree=f"SK/{len(world.rows['appointments'])}",
        decreed_on=day - timedelta(days=3), person_id=f"P{world.random.integers(0, 40_000)}",
        name=f"Pegawai {world.random.integers(0, 40_000)}", agency_code=office.code,
        agency_name=office.name, region_code=office.region, post_code=post, post=post,
        former_post="lama" if world.random.random() < 0.9 else None, level=level,
        change="appointed", acting="Plt" if acting else None, from_on=day,
        until_on=until if until <= date(2024, 12, 31) else None, year=day.year,
        consent=consent, consent_number="100/1" if given else None,
        consented_on=day - timedelta(days=20) if given else None,
        bkn_number="R-1" if world.random.random() < 0.95 else None,
        bkn_on=day - timedelta(days=15),
    )  # fmt: skip


def _consent(world: World, in_ban: bool, plan: str) -> str | None:
    """What the list says of the consent: nothing at all in a third of those that lack it."""
    if not in_ban:
        return None
    if not plan and world.random.random() < 0.9:
        return "given"
    return None if world.random.random() < 1 / 3 else "none"


def _loyal(world: World, office: Agency) -> None:
    """Posts given inside the ban, without consent, a few in each office."""
    for number in world.random.choice(14, 4, replace=False):
        day = BAN_FROM + timedelta(days=int(world.random.integers(5, 200)))
        _appointment(
            world, office, f"{office.code}.{number:02}", "administrator", day,
            day + timedelta(days=900), plan="loyal",
        )  # fmt: skip


# --- procurement ----------------------------------------------------------------------------------


def procure(world: World, found: Sequence[str], offices: Sequence[Agency]) -> None:
    """Direct awards and tenders; suppliers near by win more often, as they do."""
    per_year = 14
    for office in offices:
        near = [f"S{world.random.integers(0, 400)}" for _ in range(12)]
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            for _ in range(per_year):
                _package(world, office, near, world.day(year))
        if is_patron(world, office.region, found):
            _split(world, office, near[0])
            _alone(world, office, near[1])


def _package(world: World, office: Agency, near: Sequence[str], day: date) -> None:
    direct = world.random.random() < 0.6
    value = float(
        world.random.lognormal(17.6, 0.7) if direct else world.random.lognormal(20.3, 0.9)
    )
    value = min(value, 199e6) if direct else max(value, 201e6)
    bidders = 1 if direct or world.random.random() < 0.12 else int(world.random.integers(2, 7))
    rivals = list(world.random.choice(near, min(bidders, len(near)), replace=False))
    title = f"Belanja {world.random.choice(['ATK', 'jalan', 'gedung', 'obat', 'jasa', 'makan'])}"
    _process(world, office, f"{title} {world.random.integers(0, 900)}", value, direct, rivals, day)


def _process(
    world: World, office: Agency, title: str, value: float, direct: bool, rivals: Sequence[str],
    day: date, *, plan: str = "",
) -> None:  # fmt: skip
    ocid = f"ocds-inv-{len(world.rows['procurements'])}"
    common = {"ocid": ocid, "released_on": day, "year": day.year}
    ends = day + timedelta(days=int(world.random.integers(5, 25)))
    world.add(
        "procurements", plan=plan, **common, release_id=f"{ocid}-1", title=title,
        buyer_id=office.code, buyer_name=office.name, entity_id=office.code,
        entity_name=office.name, region_code=office.region,
        method="direct" if direct else "open",
        method_details="Pengadaan Langsung" if direct else "Tender",
        category="goods", status="complete", budget=value * 1.05, value=value * 1.02,
        currency="IDR", tenderers=len(rivals), tender_from=day, tender_until=ends,
        tender_days=(ends - day).days,
    )  # fmt: skip
    for place, rival in enumerate(rivals):
        offered = value * (1 if not place else 1 + abs(float(world.random.normal(0.04, 0.03))))
        world.add(
            "bids", plan=plan, **common, bidder_id=str(rival), bidder_name=str(rival),
            value=offered, currency="IDR", status="valid", bid_on=ends, bid_place=place,
            bid_id=str(place),
        )  # fmt: skip
    signed = ends + timedelta(days=int(world.random.integers(3, 30)))
    world.add(
        "awards", plan=plan, **common, award_id=f"{ocid}-a", title=title, status="active",
        awarded_on=ends + timedelta(days=2), value=value, currency="IDR",
        supplier_id=str(rivals[0]), supplier_name=str(rivals[0]), suppliers=1,
    )  # fmt: skip
    world.add(
        "contracts", plan=plan, **common, contract_id=f"{ocid}-c", award_id=f"{ocid}-a",
        title=title, status="active", buyer_id=office.code, supplier_id=str(rivals[0]),
        supplier_name=str(rivals[0]), signed_on=signed, from_on=signed,
        until_on=signed + timedelta(days=90), value=value, currency="IDR",
    )  # fmt: skip


def _split(world: World, office: Agency, friend: str) -> None:
    """One need as five packages just below the limit, within three weeks, before the election."""
    if world.random.random() < 0.5:
        return
    first = VOTING - timedelta(days=int(world.random.integers(40, 200)))
    for number in range(5):
        value = float(world.random.uniform(170e6, 198e6))
        day = first + timedelta(days=int(world.random.integers(0, 21)))
        _process(world, office, f"Rehabilitasi jalan paket {number}", value, True, [friend], day,
                 plan="split")  # fmt: skip


def _alone(world: World, office: Agency, friend: str) -> None:
    """Tenders of the year of the election that only the friend bids for."""
    for _ in range(3):
        day = VOTING - timedelta(days=int(world.random.integers(60, 300)))
        value = float(world.random.lognormal(20.8, 0.6))
        _process(world, office, f"Pembangunan gedung {world.random.integers(0, 900)}", value, False,
                 [friend], day, plan="alone")  # fmt: skip


# --- budgets, services, exchanges -----------------------------------------------------------------


def budget(world: World, found: Sequence[str]) -> None:
    """Accounts grow and swing; grants rise everywhere when the election itself is paid for."""
    for region in found:
        base = float(world.random.lognormal(0, 0.4))
        for account, size in ACCOUNTS.items():
            for year in range(FIRST_YEAR, LAST_YEAR + 1):
                value = size * base * 1.05 ** (year - FIRST_YEAR)
                value *= float(world.random.lognormal(0, 0.09))
                if account == "Belanja Hibah" and year == 2024:
                    value *= 1.35
                planted = is_patron(world, region, found) and year == 2024
                planted &= account in ("Belanja Hibah", "Belanja Bantuan Sosial")
                value *= 1.8 if planted else 1
                world.add(
                    "budgets", plan="grants" if planted else "", year=year, region_code=region,
                    region_label=region, account=account, account_code=account,
                    budget=round(value * 1e9), realised=round(value * 0.93e9),
                )  # fmt: skip


def serve(world: World, found: Sequence[str], offices: Sequence[Agency]) -> None:
    """Permits asked for by three groups; where it is planted, the poor are turned away."""
    for office in offices[:: max(1, len(offices) // 40)]:
        patron = is_patron(world, office.region, found)
        for group, refused in (("umum", 0.1), ("usaha", 0.08), ("masyarakat miskin", 0.12)):
            planted = patron and group == "masyarakat miskin"
            for number in range(60):
                day = world.day(int(world.random.integers(2022, 2025)), december=0.1)
                no = world.random.random() < (0.35 if planted else refused)
                wait = int(world.random.gamma(4, 3 if planted else 2))
                world.add(
                    "services", plan="refused" if planted and no else "",
                    register_number=f"{office.code}-{number}",
                    service="izin", agency_code=office.code, agency_name=office.name,
                    region_code=office.region, applicant_group=group, applied_on=day,
                    due_on=day + timedelta(days=14), answered_on=day + timedelta(days=wait),
                    outcome="refused" if no else "granted", year=day.year,
                )  # fmt: skip


def exchange(world: World, found: Sequence[str]) -> None:
    """Neighbours give and return; where it is planted a patron gives through brokers, month by
    month, and gets votes and work back."""
    for region in found:
        people = [f"{region}-{n}" for n in range(200)]
        for _ in range(900):
            giver, receiver = world.random.choice(people, 2, replace=False)
            _gift(world, region, str(giver), str(receiver), world.day(2023), "goods", None)
        for number in range(60):  # employers pay often and are no patrons
            payer, worker = people[number % 6], people[20 + number]
            for month in range(1, 13):
                _gift(world, region, payer, worker, date(2023, month, 25), "cash", None,
                      through="kantor")  # fmt: skip
        if is_patron(world, region, found):
            _pyramid(world, region)


def _pyramid(world: World, region: str) -> None:
    patron = f"{region}-patron"
    for number in range(4):
        broker = f"{region}-broker{number}"
        for month in range(1, 11):
            _return(world, region, patron, broker, date(2024, month, 3), 5e7)
            for client in range(8):
                _return(
                    world, region, broker, f"{region}-client{number}-{client}",
                    date(2024, month, 10), 5e5,
                )  # fmt: skip


def _return(world: World, region: str, above: str, below: str, day: date, value: float) -> None:
    gift = _gift(world, region, above, below, day, "cash", value, plan="pyramid")
    if world.random.random() < 0.7:
        back = _gift(world, region, below, above, day + timedelta(days=9), "vote_support", None,
                     plan="pyramid")  # fmt: skip
        gift["returned_by"], back["returns"] = back["exchange_id"], gift["exchange_id"]


def _gift(
    world: World, region: str, giver: str, receiver: str, day: date, kind: str,
    value: float | None, *, plan: str = "", through: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    if value is None and kind in ("goods", "cash"):
        value = float(world.random.lognormal(13, 1))
    number = f"E{len(world.rows['exchanges'])}"
    return world.add(
        "exchanges", plan=plan, exchange_id=number, giver_id=giver, giver=giver,
        receiver_id=receiver, receiver=receiver, given_on=day, kind=kind, value=value,
        money="private", through=through, region_code=region, confidence="medium", year=day.year,
    )  # fmt: skip


def province(seed: int, size: float, *, planting: bool) -> World:
    world = World(np.random.default_rng(seed), planting, size)
    found = regions(world)
    offices = agencies(world, found)
    appoint(world, found, offices)
    procure(world, found, offices)
    budget(world, found)
    serve(world, found, offices)
    exchange(world, found)
    return world


# --- reading it as detectors do -------------------------------------------------------------------


class Invented:
    """The tables of a world, where detectors look for those of public facts."""

    known_on = None
    versions = ()

    def __init__(self, world: World, folder: Path) -> None:
        import ibis

        self.world, self.folder = world, folder
        self.desk: Mapping[str, str] = {}
        self.engine = ibis.duckdb.connect()
        self._shared: dict[str, Any] = {}

    @property
    def tables(self) -> Invented:
        return self

    def shared(self, name: str, make: Callable[[], Any]) -> Any:
        """As the real facts do it: computed once, held by the engine."""
        if name not in self._shared:
            self._shared[name] = make().cache()
        return self._shared[name]

    def given(self, name: str) -> Sequence[Mapping[str, Any]]:
        if name == "decided_cases":
            return ()
        return facts.Facts(self).given(name)  # type: ignore[arg-type]

    def table(self, name: str) -> Any:
        path = self.folder / f"{name}.parquet"
        if not path.exists():
            pq.write_table(self._arrow(name), path)
        return self.engine.read_parquet(str(path), table_name=name)

    def _arrow(self, name: str) -> pa.Table:
        if name in facts.SHAPES:
            kinds = facts.SHAPES[name].items()
            shape = pa.schema([(column, arrow_kind(kind)) for column, kind in kinds])
            rows = self.given(name)
        else:
            shape, rows = schema.tables()[name].arrow(), self.world.rows.get(name, [])
            unknown = {column for row in rows[:50] for column in row} - set(shape.names)
            if unknown:
                sys.exit(f"{name} has no columns {unknown}")
        return pa.Table.from_pylist([{c: row.get(c) for c in shape.names} for row in rows], shape)


def leads_of(detector: Any, world: World, folder: Path) -> tuple[list[dict[str, Any]], int, float]:
    """The leads, the largest value first; how many were judged; CPU seconds."""
    started = time.process_time()
    rows = running.judge(detector, Invented(world, folder), tuning.values(detector, {}))  # type: ignore[arg-type]
    spent = time.process_time() - started
    listed = rows.to_pylist()
    found = [row for row in listed if row["flagged"]]
    found.sort(key=lambda row: (-abs(row["value"] or 0), str(row["subject"])))
    return found, sum(row["flagged"] is not None for row in listed), spent


def is_planted(lead: Mapping[str, Any], planted: Mapping[str, set[str]]) -> bool:
    """At least half of its evidence, of the kinds that were planted at all."""
    kinds = [each for each in lead["evidence"] or () if planted.get(each.split(":")[0])]
    own = sum(each in planted[each.split(":")[0]] for each in kinds)
    return bool(kinds) and own * 2 >= len(kinds)


def naive(detector: Any, world: World) -> float | None:
    """Precision of the first 100 rows by value, or by the busiest party where rows have none."""
    for table in detector.reads:
        planted = world.planted.get(table)
        if not planted or not world.rows.get(table):
            continue
        rows = world.rows[table]
        column = next((c for c in ("value", "budget") if c in rows[0]), None)
        if column:
            ordered = sorted(rows, key=lambda row: -(row[column] or 0))
        else:
            busy: dict[Any, int] = defaultdict(int)
            for row in rows:
                busy[row["agency_code"]] += 1
            ordered = sorted(rows, key=lambda row: -busy[row["agency_code"]])
        return sum(f"{table}:{row['row_id']}" in planted for row in ordered[:FIRST]) / FIRST
    return None


def best_plan(world: World, seen: set[str]) -> tuple[str, float | None]:
    """The plan of which most is found, and how much of its rows of the kinds looked at."""
    kinds = {each.split(":")[0] for each in seen}
    found = []
    for plan, rows in world.plans.items():
        wanted = {each for each in rows if each.split(":")[0] in kinds}
        if seen & wanted:
            found.append((len(seen & wanted) / len(wanted), plan))
    recall, plan = max(found, default=(0.0, "-"))
    return plan, recall if found else None


def told(share: float | None) -> str:
    return "-" if share is None else f"{share:.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=float, default=1.0)
    parser.add_argument("--only", nargs="*", default=())
    asked = parser.parse_args()
    worlds = [province(asked.seed, asked.size, planting=planting) for planting in (True, False)]
    sizes = {table: len(rows) for table, rows in worlds[0].rows.items()}
    print("rows:", ", ".join(f"{table} {size:,}" for table, size in sizes.items()))
    counts = {plan: len(rows) for plan, rows in worlds[0].plans.items()}
    print("planted:", ", ".join(f"{plan} {size:,}" for plan, size in counts.items()))
    heads = ("judged", "leads", "plan", "recall", "p@100", "naive", "clean", "CPU s")
    print(f"{'detector':14}" + "".join(f"{head:>9}" for head in heads))
    with tempfile.TemporaryDirectory() as made:
        folders = [Path(made) / name for name in ("planted", "clean")]
        for folder in folders:
            folder.mkdir()
        for code, detector in catalogue.detectors().items():
            if asked.only and code not in asked.only:
                continue
            found, judged, spent = leads_of(detector, worlds[0], folders[0])
            clean, _, _ = leads_of(detector, worlds[1], folders[1])
            print(line(code, detector, worlds[0], found, judged, len(clean), spent), flush=True)


def line(
    code: str, detector: Any, world: World, found: Sequence[Mapping[str, Any]], judged: int,
    clean: int, spent: float,
) -> str:  # fmt: skip
    seen = {each for lead in found for each in lead["evidence"] or ()}
    plan, recall = best_plan(world, seen)
    first = found[:FIRST]
    right = sum(is_planted(lead, world.planted) for lead in first)
    precision = right / len(first) if first else None
    columns = (
        f"{judged:,}", f"{len(found):,}", plan, told(recall), told(precision),
        told(naive(detector, world)), f"{clean:,}", f"{spent:.1f}",
    )  # fmt: skip
    return f"{code:14}" + "".join(f"{column:>9}" for column in columns)


if __name__ == "__main__":
    main()
