"""Who is found by name among so many people, how surely lists are linked, and what it costs.

    python bench/names.py [--people 1000000] [--queries 500] [--seed 2] [--only search|link]
                          [--peers tantivy,rapidfuzz,fts5,pg_trgm,splink,nomenklatura]

People and lists are invented (bench/people.py). The figures of the project were taken with another
seed (2) than the one on which its weights and certainties were set (1).

Searching: each query is one person's name as another list may have it; `recall@1` is how often that
person comes first. People with the same name cannot be told apart by it: the ceiling is the mean
of one over the number of those who bear it. CPU is that of the process that searches (for
PostgreSQL, of the server's process), wall the time that passes.

Linking: the same lines for everybody; the last of a decision is right when it names the right
person, or nobody where there is nobody. Peers get the threshold that is best for them on another
list.

The peers: requirements/bench.in (nomenklatura builds PyICU: a C++ compiler and ICU's headers).
pg_trgm needs PostgreSQL (TIMBANG_PG_BIN, the folder of its programs).
"""

from __future__ import annotations

import argparse
import logging
import os
import pickle
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import people as invented

from timbang.registry.names.answers import Query
from timbang.registry.names.index import Index, build
from timbang.registry.names.linking import SURE
from timbang.registry.names.normal import normal
from timbang.registry.names.person import Person
from timbang.registry.names.searching import Search, certainties
from timbang.registry.names.splitting import split

Found = Callable[[invented.Sighting, str], list[str]]
SHARE_OUTSIDE = 0.2


def plain(name: str) -> str:
    """What a careful user of a general tool does: small letters, no dots and commas."""
    return " ".join(name.lower().replace(".", " ").replace(",", " ").split())


def ours(name: str) -> str:
    return normal(name)


class Measured:
    """Recall and cost of one way of searching."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.first = self.fifth = self.count = 0
        self.cpu: list[float] = []
        self.wall: list[float] = []

    def line(self) -> str:
        cpu = sorted(self.cpu)
        return (
            f"{self.label:<34}{self.first / self.count:8.3f}{self.fifth / self.count:8.3f}"
            f"{1e3 * statistics.mean(cpu):10.2f}{1e3 * cpu[len(cpu) // 2]:9.2f}"
            f"{1e3 * cpu[int(len(cpu) * 0.99)]:9.2f}{1e3 * statistics.mean(self.wall):10.2f}"
            f"{self.count:7}"
        )


def measured(
    label: str,
    queries: Sequence[invented.Sighting],
    search: Callable[[invented.Sighting], list[str]],
    clock: Callable[[], float] = time.process_time,
) -> Measured:
    out = Measured(label)
    for query in queries:
        cpu, wall = clock(), time.perf_counter()
        found = search(query)
        out.cpu.append(clock() - cpu)
        out.wall.append(time.perf_counter() - wall)
        out.count += 1
        out.first += found[:1] == [query.truth]
        out.fifth += query.truth in found[:5]
    print(out.line(), flush=True)
    return out


def register(count: int, seed: int, keep: Path) -> list[invented.Person]:
    """The invented register, kept between runs."""
    file = keep / f"people-{count}-{seed}.pickle"
    if file.exists():
        with file.open("rb") as source:
            return [invented.Person(*row) for row in pickle.load(source)]
    found = invented.population(count, seed)
    rows = [
        (p.person_id, p.name, p.agency_code, p.region_code, p.birth_year, p.post) for p in found
    ]
    with file.open("wb") as out:
        pickle.dump(rows, out)
    return found


def opened(register_: list[invented.Person], count: int, seed: int, keep: Path) -> Index:
    folder = keep / f"index-{count}-{seed}"
    if not (folder / "index.json").exists():
        start = time.process_time()
        built = build(
            (
                Person(p.person_id, p.name, p.agency_code, "", p.region_code, p.birth_year, p.post)
                for p in register_
            ),
            folder,
        )
        size = sum(path.stat().st_size for path in folder.iterdir())
        print(
            f"index: {built.people:,} people, {built.names:,} names, {built.words:,} words, "
            f"{time.process_time() - start:.0f} s CPU, {size / 1e6:.0f} MB"
        )
    return Index(folder)


# --- searching ------------------------------------------------------------------------------------


def ceilings(
    register_: list[invented.Person], queries: Sequence[invented.Sighting]
) -> Iterator[str]:
    """What nobody can exceed who has only the name, or the name and the agency."""
    truths = {query.truth for query in queries}
    wanted = {p.person_id: p for p in register_ if p.person_id in truths}
    core = {key: invented.core(p.name).upper() for key, p in wanted.items()}
    names, offices = set(core.values()), Counter[tuple[str, str]]()
    borne: Counter[str] = Counter()
    for person in register_:
        # A cheap look first: most names are nobody's of the list.
        name = invented.core(person.name).upper()
        if name in names:
            borne[name] += 1
            offices[name, person.agency_code] += 1
    for label, number in (
        ("ceiling, name only", lambda q: borne[core[q.truth]]),
        ("ceiling, name and agency", lambda q: offices[core[q.truth], wanted[q.truth].agency_code]),
    ):
        counts = [number(query) for query in queries]
        first = statistics.mean(1 / each for each in counts)
        fifth = statistics.mean(min(1.0, 5 / each) for each in counts)
        yield f"{label:<34}{first:8.3f}{fifth:8.3f}"


def searching(
    register_: list[invented.Person],
    index: Index,
    queries: Sequence[invented.Sighting],
    peers: Sequence[str],
    few: int,
) -> None:
    office = {p.person_id: p.agency_code for p in register_}
    office = {query.truth: office[query.truth] for query in queries}
    print(
        f"\n{'searching':<34}{'@1':>8}{'@5':>8}{'CPU ms':>10}{'p50':>9}{'p99':>9}"
        f"{'wall ms':>10}{'n':>7}"
    )
    print("\n".join(ceilings(register_, queries)))
    search = Search(index)
    measured("Timbang, name only", queries, lambda q: search.best(Query(q.name)))
    measured(
        "Timbang, name and agency",
        queries,
        lambda q: search.best(Query(q.name, agency_code=office[q.truth])),
    )
    measured(
        "Timbang with reasons, name only",
        queries,
        lambda q: [hit.person.person_id for hit in search.find(Query(q.name), 5).hits],
    )
    measured(
        "Timbang, name only, first of them", queries[:few], lambda q: search.best(Query(q.name))
    )
    for peer in peers:
        if peer in SEARCHERS:
            quick = peer == "tantivy"
            asked = queries if quick else queries[:few]
            for form in (plain, ours) if quick or peer == "rapidfuzz" else (plain,):
                SEARCHERS[peer](register_, asked, office, form)


def _label(peer: str, form: Callable[[str], str], agency: bool) -> str:
    return f"{peer}{' + our form' if form is ours else ''}, {'agency' if agency else 'name only'}"


def with_rapidfuzz(
    register_: list[invented.Person],
    queries: Sequence[invented.Sighting],
    office: dict[str, str],
    form: Callable[[str], str],
) -> None:
    from rapidfuzz import fuzz, process

    names = [form(p.name) for p in register_]
    ids = [p.person_id for p in register_]
    of_agency: dict[str, list[int]] = defaultdict(list)
    for place, person in enumerate(register_):
        of_agency[person.agency_code].append(place)

    def find(query: invented.Sighting) -> list[str]:
        best = process.extract(form(query.name), names, scorer=fuzz.token_sort_ratio, limit=5)
        return [ids[place] for _, _, place in best]

    def inside(query: invented.Sighting) -> list[str]:
        places = of_agency[office[query.truth]]
        best = process.extract(
            form(query.name), [names[at] for at in places], scorer=fuzz.token_sort_ratio, limit=5
        )
        return [ids[places[place]] for _, _, place in best]

    measured(_label("rapidfuzz", form, False), queries, find)
    measured(_label("rapidfuzz", form, True), queries, inside)


def with_tantivy(
    register_: list[invented.Person],
    queries: Sequence[invented.Sighting],
    office: dict[str, str],
    form: Callable[[str], str],
) -> None:
    import tantivy

    folder = Path(tempfile.mkdtemp(prefix="timbang-tantivy-"))
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("pieces", tokenizer_name="pieces", index_option="freq")
    schema.add_text_field("agency", tokenizer_name="raw")
    schema.add_text_field("id", stored=True, tokenizer_name="raw")
    index = tantivy.Index(schema.build(), path=str(folder))
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(3, 3, False)).build()
    index.register_tokenizer("pieces", analyzer)
    writer = index.writer(heap_size=300_000_000, num_threads=1)
    for person in register_:
        writer.add_document(
            tantivy.Document(
                pieces=f"  {form(person.name)} ", agency=person.agency_code, id=person.person_id
            )
        )
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    built = index.schema

    def asked(query: invented.Sighting, agency: str) -> list[str]:
        text = f"  {form(query.name)} "
        pieces = {text[at : at + 3] for at in range(len(text) - 2)}
        should = tantivy.Occur.Should
        wanted = tantivy.Query.boolean_query(
            [(should, tantivy.Query.term_query(built, "pieces", piece)) for piece in pieces]
        )
        if agency:
            must = tantivy.Occur.Must
            wanted = tantivy.Query.boolean_query(
                [
                    (must, tantivy.Query.term_query(built, "agency", agency)),
                    (must, wanted),
                ]
            )
        hits = searcher.search(wanted, 5).hits
        return [searcher.doc(address)["id"][0] for _, address in hits]

    try:
        measured(_label("tantivy", form, False), queries, lambda q: asked(q, ""))
        measured(_label("tantivy", form, True), queries, lambda q: asked(q, office[q.truth]))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def with_fts5(
    register_: list[invented.Person],
    queries: Sequence[invented.Sighting],
    office: dict[str, str],
    form: Callable[[str], str],
) -> None:
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE VIRTUAL TABLE people"
        " USING fts5(name, agency UNINDEXED, id UNINDEXED, tokenize='trigram')"
    )
    database.executemany(
        "INSERT INTO people VALUES (?, ?, ?)",
        ((form(p.name), p.agency_code, p.person_id) for p in register_),
    )
    database.commit()

    def asked(query: invented.Sighting, agency: str) -> list[str]:
        text = form(query.name).replace('"', "")
        pieces = {text[at : at + 3] for at in range(len(text) - 2)}
        if not pieces:
            return []
        wanted = " OR ".join(f'"{piece}"' for piece in sorted(pieces))
        more = " AND agency = ?" if agency else ""
        rows = database.execute(
            f"SELECT id FROM people WHERE people MATCH ?{more} ORDER BY rank LIMIT 5",
            (wanted, agency) if agency else (wanted,),
        )
        return [row[0] for row in rows]

    measured(_label("SQLite FTS5 trigrams", form, False), queries, lambda q: asked(q, ""))
    measured(
        _label("SQLite FTS5 trigrams", form, True), queries, lambda q: asked(q, office[q.truth])
    )
    database.close()


def with_pg_trgm(
    register_: list[invented.Person],
    queries: Sequence[invented.Sighting],
    office: dict[str, str],
    form: Callable[[str], str],
) -> None:
    with _postgres() as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        connection.execute("CREATE TABLE people (id text, name text, agency text)")
        with connection.cursor().copy("COPY people FROM STDIN") as copy:
            for person in register_:
                copy.write_row((person.person_id, form(person.name), person.agency_code))
        connection.execute("CREATE INDEX ON people USING gist (name gist_trgm_ops(siglen=64))")
        connection.execute("CREATE INDEX ON people (agency)")
        connection.execute("ANALYZE people")
        row = connection.execute("SELECT pg_backend_pid()").fetchone()
        clock = _clock_of(row[0])

        def asked(query: invented.Sighting, agency: str) -> list[str]:
            text = form(query.name)
            more = "WHERE agency = %s " if agency else ""
            rows = connection.execute(
                f"SELECT id FROM people {more}ORDER BY name <-> %s LIMIT 5",
                (agency, text) if agency else (text,),
            )
            return [row[0] for row in rows]

        measured(_label("pg_trgm", form, False), queries, lambda q: asked(q, ""), clock)
        measured(_label("pg_trgm", form, True), queries, lambda q: asked(q, office[q.truth]), clock)


def _clock_of(process: int) -> Callable[[], float]:
    tick = os.sysconf("SC_CLK_TCK")

    def clock() -> float:
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / tick

    return clock


@contextmanager
def _postgres() -> Iterator[Any]:
    """A server of our own, on a socket in a folder of our own; gone afterwards."""
    import psycopg

    programs = Path(os.environ.get("TIMBANG_PG_BIN", "/usr/lib/postgresql/15/bin"))
    folder = Path(tempfile.mkdtemp(prefix="timbang-pg-"))
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if user:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    subprocess.run(
        [*user, str(programs / "initdb"), "-D", str(data), "-U", "timbang", "-A", "trust",
         "--no-sync"],
        check=True, capture_output=True,
    )  # fmt: skip
    server = subprocess.Popen(
        [*user, str(programs / "postgres"), "-D", str(data), "-k", str(folder),
         "-c", "listen_addresses=", "-c", "fsync=off", "-c", "maintenance_work_mem=1GB",
         "-c", "shared_buffers=1GB", "-c", "max_parallel_workers_per_gather=0", "-c", "jit=off"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(100):
            try:
                connection = psycopg.connect(
                    host=str(folder), user="timbang", dbname="postgres", autocommit=True
                )
                break
            except psycopg.OperationalError:
                time.sleep(0.2)
        with connection:
            yield connection
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


SEARCHERS = {
    "tantivy": with_tantivy,
    "rapidfuzz": with_rapidfuzz,
    "fts5": with_fts5,
    "pg_trgm": with_pg_trgm,
}

# --- linking --------------------------------------------------------------------------------------

Decided = list[tuple[float, str]]
"""For each line of the list: how sure, and whom it is taken for ("" for nobody)."""


def errors(lines: Sequence[invented.Sighting], decided: Decided, threshold: float) -> int:
    return sum(
        (person if sure >= threshold else "") != line.truth
        for line, (sure, person) in zip(lines, decided, strict=True)
    )


def best_threshold(lines: Sequence[invented.Sighting], decided: Decided) -> float:
    tried = sorted({sure for sure, _ in decided}, reverse=True)[:: max(1, len(decided) // 300)]
    return min([*tried, 2.0], key=lambda each: errors(lines, decided, each))


def by_us(index: Index, lines: Sequence[invented.Sighting], outside: float) -> Decided:
    search = Search(index, share_outside=outside)
    out: Decided = []
    for line in lines:
        query = Query(line.name, line.agency_code, line.region_code, line.birth_year, line.post)
        weighed = search.weigh(query, split(line.name))
        chances, _ = certainties(weighed)
        if len(chances):
            out.append((float(chances[0]), index.person_id(int(weighed.at[0]))))
        else:
            out.append((0.0, ""))
    return out


def linking(
    register_: list[invented.Person],
    index: Index,
    count: int,
    seed: int,
    peers: Sequence[str],
    strangers: float,
    known: bool,
) -> None:
    outside = max(strangers, 0.01)
    lines = _lines(register_, count, seed, strangers, known)
    tuning = _lines(register_, count, seed + 1_000, strangers, known)
    print(
        f"\nlinking {count:,} lines to {len(register_):,} people, {strangers:.0%} of them nobody of"
        f" the register, agency and year {'always known' if known else 'as lists have them'}"
    )
    print(f"{'':<34}{'errors':>8}{'share':>9}{'CPU ms a line':>15}{'ratio':>8}")
    cpu = time.process_time()
    decided = by_us(index, lines, outside)
    cpu = time.process_time() - cpu
    own = errors(lines, decided, 0.5)
    _told("Timbang", own, count, cpu)
    sure = [
        person == line.truth
        for line, (certain, person) in zip(lines, decided, strict=True)
        if certain >= SURE
    ]
    print(f"  shown as sure: {len(sure)}, of these wrong: {sure.count(False)}")
    if "splink" in peers:
        for form in (plain, ours):
            label = "Splink" + (" + our form" if form is ours else " raw")
            cpu = time.process_time()
            wrong = _by_splink(register_, lines, tuning, form)
            _told(label, wrong, count, (time.process_time() - cpu) / 2, own)
    if "nomenklatura" in peers:
        for form in (str, ours):
            label = "nomenklatura" + (" + our form" if form is ours else " raw")
            cpu = time.process_time()
            found = _by_nomenklatura(index, lines, form)
            other = _by_nomenklatura(index, tuning, form)
            wrong = errors(lines, found, best_threshold(tuning, other))
            _told(label, wrong, count, (time.process_time() - cpu) / 2, own)


def _told(label: str, wrong: int, count: int, cpu: float, own: int | None = None) -> None:
    ratio = f"{wrong / max(own, 1):8.1f}" if own is not None else ""
    print(f"{label:<34}{wrong:8}{wrong / count:9.4f}{1e3 * cpu / count:15.2f}{ratio}", flush=True)


def _lines(
    register_: list[invented.Person], count: int, seed: int, strangers: float, known: bool
) -> list[invented.Sighting]:
    lines = invented.sightings(register_, count, seed, strangers)
    return invented.with_context(register_, lines, seed) if known else lines


def _by_splink(
    register_: list[invented.Person],
    lines: Sequence[invented.Sighting],
    tuning: Sequence[invented.Sighting],
    form: Callable[[str], str],
) -> int:
    """Trained and blocked as its documentation advises; the threshold is the best for the other
    list."""
    both = _Splink(register_, form).decide([*lines, *tuning])
    threshold = best_threshold(tuning, both[len(lines) :])
    return errors(lines, both[: len(lines)], threshold)


class _Splink:
    def __init__(self, register_: list[invented.Person], form: Callable[[str], str]) -> None:
        import pandas as pd

        self.form = form
        self.people = pd.DataFrame(
            {
                "unique_id": [p.person_id for p in register_],
                "name": [form(p.name) for p in register_],
                "agency": [p.agency_code for p in register_],
                "region": [p.region_code for p in register_],
                "year": [p.birth_year for p in register_],
                "post": [p.post for p in register_],
            }
        )
        self._words(self.people)

    def _words(self, frame: Any) -> None:
        words = frame["name"].str.split()
        frame["first_word"] = words.str[0]
        frame["last_word"] = words.str[-1]
        frame["start"] = frame["name"].str[:5]

    def decide(self, lines: Sequence[invented.Sighting]) -> Decided:
        import pandas as pd
        import splink.comparison_library as compared
        from splink import DuckDBAPI, Linker, SettingsCreator, block_on

        listed = pd.DataFrame(
            {
                "unique_id": [f"L{number}" for number in range(len(lines))],
                "name": [self.form(line.name) for line in lines],
                "agency": [line.agency_code or None for line in lines],
                "region": [line.region_code or None for line in lines],
                "year": pd.array([line.birth_year for line in lines], dtype="Int64"),
                "post": [line.post or None for line in lines],
            }
        )
        self._words(listed)
        settings = SettingsCreator(
            link_type="link_only",
            comparisons=[
                compared.JaroWinklerAtThresholds("name", [0.95, 0.9, 0.8]).configure(
                    term_frequency_adjustments=True
                ),
                compared.ExactMatch("agency").configure(term_frequency_adjustments=True),
                compared.ExactMatch("region"),
                compared.ExactMatch("year"),
                compared.ExactMatch("post"),
            ],
            blocking_rules_to_generate_predictions=[
                block_on("name"),
                block_on("agency", "first_word"),
                block_on("agency", "last_word"),
                block_on("agency", "year"),
                block_on("first_word", "last_word"),
                block_on("start", "year"),
                block_on("last_word", "year"),
            ],
            retain_intermediate_calculation_columns=False,
        )
        api = DuckDBAPI()
        linker = Linker([api.register(listed), api.register(self.people)], settings)
        linker.training.estimate_probability_two_random_records_match(
            [block_on("name", "agency")], recall=0.5
        )
        linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("name"))
        linker.training.estimate_parameters_using_expectation_maximisation(
            block_on("agency", "year")
        )
        pairs = linker.inference.predict(threshold_match_weight=-10).as_pandas_dataframe()
        best: dict[str, tuple[float, str]] = {}
        for left, right, weight in zip(
            pairs["unique_id_l"], pairs["unique_id_r"], pairs["match_weight"], strict=True
        ):
            line, person = (left, right) if left.startswith("L") else (right, left)
            if line not in best or weight > best[line][0]:
                best[line] = float(weight), person
        return [best.get(f"L{number}", (-99.0, "")) for number in range(len(lines))]


def _by_nomenklatura(
    index: Index, lines: Sequence[invented.Sighting], form: Callable[[str], str]
) -> Decided:
    """Its logic-v2 on the fifty best of our search with agency and all: better candidates than its
    own blocking would give it. It compares names and years of birth; it knows no agency."""
    from followthemoney import model
    from nomenklatura.matching import LogicV2

    config = LogicV2.default_config()
    search = Search(index)

    def entity(key: str, name: str, year: int | None) -> Any:
        made = model.make_entity("Person")
        made.id = key
        made.add("name", form(name))
        if year:
            made.add("birthDate", str(year))
        return made

    out: Decided = []
    for line in lines:
        query = Query(line.name, line.agency_code, line.region_code, line.birth_year, line.post)
        asked = entity("line", line.name, line.birth_year)
        best = (-1.0, "")
        for at in search.weigh(query, split(line.name)).at[:50].tolist():
            person = index.person(at)
            result = LogicV2.compare(
                asked, entity(person.person_id, person.name, person.birth_year), config
            )
            if result.score > best[0]:
                best = result.score, person.person_id
        out.append(best)
    return out


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--people", type=int, default=1_000_000)
    asked.add_argument("--queries", type=int, default=1_000)
    asked.add_argument("--few", type=int, default=200, help="queries for the slow peers")
    asked.add_argument("--lines", type=int, default=2_000)
    asked.add_argument("--seed", type=int, default=2)
    asked.add_argument("--only", choices=["search", "link"])
    asked.add_argument("--peers", default="tantivy,rapidfuzz,fts5,pg_trgm,splink,nomenklatura")
    asked.add_argument("--keep", type=Path, help="folder in which people and index are kept")
    chosen = asked.parse_args()
    keep = chosen.keep or Path(tempfile.mkdtemp(prefix="timbang-names-"))
    keep.mkdir(parents=True, exist_ok=True)
    peers = [each for each in chosen.peers.split(",") if each]
    try:
        register_ = register(chosen.people, chosen.seed, keep)
        index = opened(register_, chosen.people, chosen.seed, keep)
        if chosen.only != "link":
            queries = invented.sightings(register_, chosen.queries, chosen.seed + 100)
            searching(register_, index, queries, peers, chosen.few)
        if chosen.only != "search":
            for strangers, known in ((0.0, True), (SHARE_OUTSIDE, False)):
                linking(register_, index, chosen.lines, chosen.seed + 200, peers, strangers, known)
    finally:
        if chosen.keep is None:
            shutil.rmtree(keep, ignore_errors=True)


if __name__ == "__main__":
    random.seed(0)
    logging.disable(logging.WARNING)
    main()
