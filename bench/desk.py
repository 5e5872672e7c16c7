"""A desk with a million cases: what a list page, a search, a sweep and a new holiday cost.

    python bench/desk.py                       100,000 cases, 500,000 journal lines
    python bench/desk.py --cases 1000000       the size of the goal; TIMBANG_DATABASE_URL counts
    TIMBANG_BENCH_DATA=/var/tmp/desk python bench/desk.py --only fill; the same with --only measure

The office looked at holds four cases in ten, with real keys, sealed names and search words; the
cases of the other offices are rows that it may not read. `--running` of the cases run, each with an
open term. The time is that of the whole request in the server: session, permission, database,
opening fifty case keys and names, and the page. Beside it, in the same run, stand two floors: the
bare rows by their key, and the list as it is usually built, by an exact count and an offset.
Documents, exhibits and attachments are not there, nor the bodies of the log's entries; ids count
up, which is kinder to a cache than ids drawn at random.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from uuid import UUID

KEPT = os.environ.get("TIMBANG_BENCH_DATA", "")
DATA = Path(KEPT or tempfile.mkdtemp(prefix="timbang-bench-"))
os.environ["TIMBANG_DATA"] = str(DATA)
os.environ["TIMBANG_CALENDARS"] = str(DATA / "calendars")
os.environ["TIMBANG_SECOND_FACTOR"] = "optional"
os.environ["TIMBANG_HOSTS"] = "testserver"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timbang.settings")
(DATA / "calendars").mkdir(parents=True, exist_ok=True)

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import AutoField, Model  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from timbang.accounts import actions as accounts  # noqa: E402
from timbang.accounts import keys  # noqa: E402
from timbang.accounts.models import Officer, Organ  # noqa: E402
from timbang.cases import actions, course, lists, running, searching, vault, words  # noqa: E402
from timbang.cases.actions.terms import keep_calendar  # noqa: E402
from timbang.cases.models import (  # noqa: E402
    FAR,
    Accused,
    Case,
    CaseKey,
    CaseStep,
    OpenTerm,
    PublicCase,
    PublicState,
    Routing,
    SearchToken,
    TermMove,
)
from timbang.cases.vault import Desk, Person  # noqa: E402
from timbang.law import procedure as law  # noqa: E402
from timbang.law.calendar import Calendar  # noqa: E402
from timbang.ledger.models import Entry  # noqa: E402

AT = datetime.now(UTC)
TODAY = AT.date()
PASSWORD = "weighs every word fairly"
PROCEDURE = "sbt_neutrality"
STEPS = ("study", "send", "warn", "control")
END = next(iter(law.procedures()[PROCEDURE].ends)).code
LINES = 5
ORGANS = 10
KEYS = 1_000
SQLITE = connection.vendor == "sqlite"
FIRST = [f"{a}{b}" for a in ("su", "ra", "wi", "tri", "ha", "bu") for b in
         ("giono", "harjo", "dodo", "manto", "yanti", "lestari", "kusuma", "santoso")]  # fmt: skip
LAST = [f"{a}{b}{c}" for a in ("pra", "wira", "adi", "sas", "nata", "kerta") for b in
        ("di", "ka", "tra", "wi") for c in ("nata", "putra", "negara", "jaya", "tama")]  # fmt: skip
POSTS = ("Camat", "Kepala Dinas", "Sekretaris Daerah", "Lurah", "Kepala Bidang", "Staf")


# Rows in bulk, by the database's own hand.


def uuid_of(number: str) -> str:
    return f"printf('%%032x', {number})" if SQLITE else f"lpad(to_hex({number}), 32, '0')::uuid"


def day_of(first: date, days: str) -> str:
    if SQLITE:
        return f"date('{first}', '-' || ({days}) || ' days')"
    return f"(date '{first}' - ({days})::int)"


def constants(model: type[Model], told: Iterable[str]) -> list[tuple[str, object]]:
    """The columns that nobody told, with what the model gives them."""
    named = set(told)
    return [
        (field.column, field.get_db_prep_save(field.get_default(), connection))
        for field in model._meta.concrete_fields
        if field.column not in named and not isinstance(field, AutoField)
    ]


def spread(model: type[Model], told: dict[str, str], source: str = "numbers") -> None:
    """A row of the model for each row of the source, by SQL expressions over `n`."""
    rest = constants(model, told)
    columns = ", ".join(f'"{name}"' for name in [*told, *(name for name, _value in rest)])
    chosen = ", ".join([*told.values(), *("%s" for _ in rest)])
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {chosen} FROM {source}",
            [value for _name, value in rest],
        )


def load(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows made here, as fast as the database takes them."""
    rest = constants(model, names)
    columns, more = [*names, *(name for name, _ in rest)], [value for _, value in rest]
    table, listed = model._meta.db_table, ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        if SQLITE:
            marks = ", ".join(["%s"] * len(columns))
            sql = f"INSERT INTO {table} ({listed}) VALUES ({marks})"
            feed = iter(rows)
            while some := [[*row, *more] for row in islice(feed, 20_000)]:
                cursor.executemany(sql, some)
        else:
            with cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row([*row, *more])


def prepare(cases: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE numbers (n integer PRIMARY KEY)")
        series = (
            f"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {cases}) "
            "SELECT n FROM s"
            if SQLITE
            else f"SELECT generate_series(1, {cases})"
        )
        cursor.execute(f"INSERT INTO numbers {series}")


class World:
    """The offices, the officer looked at, and which case is whose."""

    def __init__(self, cases: int, run: int) -> None:
        self.cases, self.every = cases, max(cases // run, 1)
        here = Organ.objects.filter(code__startswith="bench-").order_by("code")
        self.organs = list(here) or [self._organ(number) for number in range(ORGANS - 3)]
        self.ours = self.organs[0]
        # four cases in ten are ours
        self.by_turn = [self.ours] * 4 + self.organs[1:]
        if not here:
            self._officer()
        officer = Officer.objects.select_related("organ").get(login="bench")
        self.ours = officer.organ
        private = officer.open_organ(officer.open_private(PASSWORD))
        self.desk = Desk(officer, private)
        self.procedure = course.version_of(law.procedures()[PROCEDURE], TODAY)

    def _officer(self) -> None:
        officer, temporary = accounts.add_officer(
            organ=self.ours, login="bench", name="Bench", at=AT, by=None,
            roles=("receiver", "examiner", "decision_maker"), organ_private=None, holder=None,
        )  # fmt: skip
        accounts.change_password(officer=officer, old=temporary, new=PASSWORD, at=AT)

    def _organ(self, number: int) -> Organ:
        return accounts.add_organ(
            code=f"bench-{number}", name=f"Kantor {number}", kind="bawaslu", region_code="32",
            time_zone="Asia/Jakarta", inside=True, channel="", address="", by=None, at=AT,
        )  # fmt: skip

    def organ_of(self, n: int) -> Organ:
        return self.by_turn[(n // self.every) % ORGANS]

    def organ_sql(self) -> str:
        ids = [organ.pk.hex if SQLITE else str(organ.pk) for organ in self.by_turn]
        cast = "" if SQLITE else "::uuid"
        whens = " ".join(f"WHEN {turn} THEN '{pk}'{cast}" for turn, pk in enumerate(ids))
        return f"CASE (n / {self.every}) %% {ORGANS} {whens} END"

    def runs(self, n: int) -> bool:
        return n % self.every == 0

    def mine(self) -> Iterator[int]:
        return (n for n in range(1, self.cases + 1) if (n // self.every) % ORGANS < 4)


def key_of(pk: int) -> str | UUID:
    return f"{pk:032x}" if SQLITE else UUID(int=pk)


def make_cases(world: World) -> None:
    organ, over = world.organ_sql(), f"n %% {world.every} <> 0"
    ended = f"CASE WHEN {over} THEN {day_of(TODAY, 'n %% 700')} END"
    spread(
        Case,
        {
            "id": uuid_of("n"), "organ_id": organ, "holder_id": organ, "keeper_id": organ,
            "year": "2026", "serial": "n", "number": numbered("n"),
            "procedure_id": f"'{world.procedure.pk}'", "step": f"'{STEPS[0]}'",
            "opened_on": day_of(TODAY, "n %% 700 + 60"), "ended_on": ended,
            "ended_as": f"CASE WHEN {over} THEN '{END}' ELSE '' END", "province_code": "'32'",
            "kind": "'neutrality'", "version": str(LINES),
        },
    )  # fmt: skip


def numbered(n: str) -> str:
    return (
        f"printf('%%04d/BENCH-0/2026', {n})"
        if SQLITE
        else f"lpad({n}::text, greatest(4, length({n}::text)), '0') || '/BENCH-0/2026'"
    )


def make_lines(world: World) -> None:
    many = (
        f"numbers CROSS JOIN ({' UNION ALL '.join(f'SELECT {k} AS k' for k in range(LINES))}) AS k"
    )
    at, day = f"n * {LINES} + k", day_of(TODAY, "n %% 700 + 50 - k * 10")
    flat = "''" if SQLITE else "'\\x'::bytea"
    spread(
        Entry,
        {
            "id": uuid_of(at), "salt": flat, "leaf": flat, "act": "'case.step'", "lane": "'now'",
            "made_on": day, "turn": "NULL", "position": at,
        },
        many,
    )  # fmt: skip
    spread(
        CaseStep,
        {
            "id": uuid_of(at), "case_id": uuid_of("n"), "track_id": "NULL", "version": "k + 1",
            "act": "'step'", "step": f"'{STEPS[0]}'", "organ_id": world.organ_sql(),
            "done_on": day, "recorded_on": day, "once": uuid_of(at), "entry_id": uuid_of(at),
            "officer_id": "NULL", "other_organ_id": "NULL",
        },
        many,
    )  # fmt: skip


def step_of(turn: int) -> str:
    """Each step on each day on which terms began."""
    return STEPS[turn // 40 % len(STEPS)]


def make_terms(world: World, due: int) -> dict[int, tuple[date, str]]:
    """The open terms, each with its lawful end; the first ones are due now. The safe day and the
    step of each running case."""
    calendar = Calendar.load()
    keep_calendar(calendar, TODAY)
    ends: dict[tuple[str, date], running.End] = {}
    safe: dict[int, tuple[date, str]] = {}
    rows, public = [], []
    example = Case(procedure=world.procedure)
    for turn, n in enumerate(range(world.every, world.cases + 1, world.every)):
        step = step_of(turn)
        began = TODAY - timedelta(40) if turn < due else TODAY + timedelta(turn % 40)
        term = OpenTerm(
            organ=world.organ_of(n), step=step, entered_on=began, started_on=began, length=3,
            unit="workdays", kind="practice" if step == "study" else "target",
        )  # fmt: skip
        if (step, began) not in ends:
            term.case = example
            fate = running.fate(term, spans=())
            assert fate is not None
            ends[step, began] = running.End.of(fate.answer(calendar), fate.zone)
        running.set_end(term, ends[step, began], calendar)
        term.case_id = UUID(int=n)
        safe[n] = ends[step, began].safe_day, step
        rows.append(term)
        public.append(PublicCase(organ_code="bench", province_code="32", month="2026-11",
                                 state=PublicState.IN_CASE))  # fmt: skip
    OpenTerm.objects.bulk_create(rows, batch_size=500)
    PublicCase.objects.bulk_create(public, batch_size=500)
    told = (
        Routing(case_id=row.case_id, case_row=shown)
        for row, shown in zip(rows, public, strict=True)
    )
    Routing.objects.bulk_create(told, batch_size=500)
    for step in STEPS[1:]:
        pks = [row.case_id for row in rows if row.step == step]
        for first in range(0, len(pks), 500):
            Case.objects.filter(pk__in=pks[first : first + 500]).update(step=step)
    return safe


def person_of(n: int) -> Person:
    chance = Random(n)
    name = f"{FIRST[int(len(FIRST) * chance.random() ** 2)]} {chance.choice(LAST)}"
    return Person(name, chance.choice(POSTS), f"Kabupaten {chance.choice(LAST)}", "32.04", "PNS")


def make_ours(world: World, safe: dict[int, tuple[date, str]]) -> None:
    """Keys, sealed names and search words of the office looked at; the others' keys as rows."""
    plain = [keys.new_key() for _ in range(KEYS)]
    sealed = [vault.give_case_key(world.ours, key) for key in plain]
    held = ("id", "case_id", "organ_id", "sealed_key", "since_on", "indexed", "ours", "running",
            "due_on", "kind", "procedure", "step")  # fmt: skip
    organ = key_of(world.ours.pk.int)
    load(
        CaseKey,
        held,
        (
            (n, key_of(n), organ, sealed[n % KEYS], TODAY, True, True, world.runs(n),
             due, "neutrality", PROCEDURE, step)
            for n in world.mine()
            for due, step in [safe.get(n, (FAR, STEPS[0]))]
        ),
    )  # fmt: skip
    people = ((n, person_of(n)) for n in world.mine())
    load(
        Accused,
        ("id", "case_id", "position", "sealed"),
        (
            (key_of(n), key_of(n), 1,
             vault.close_person(plain[n % KEYS], Accused(id=UUID(int=n)), person))
            for n, person in people
        ),
    )  # fmt: skip
    load(SearchToken, ("key_id", "token"), _words(world))
    theirs = f"numbers WHERE (n / {world.every}) %% {ORGANS} >= 4"
    flat = "''" if SQLITE else "'\\x'::bytea"
    spread(
        CaseKey,
        {
            "id": "n", "case_id": uuid_of("n"), "organ_id": world.organ_sql(), "sealed_key": flat,
            "since_on": day_of(TODAY, "1"), "indexed": "(1 = 1)", "ours": "(1 = 1)",
            "running": f"(n %% {world.every} = 0)",
        },
        theirs,
    )  # fmt: skip
    spread(
        Accused,
        {"id": uuid_of("n"), "case_id": uuid_of("n"), "position": "1", "sealed": flat},
        theirs,
    )


def _words(world: World) -> Iterator[tuple[int, bytes]]:
    """In the order of the index."""
    found: dict[bytes, list[int]] = {}
    for n, token in _words_by_case(world):
        found.setdefault(token, []).append(n)
    for token in sorted(found):
        yield from ((n, token) for n in found[token])


def _words_by_case(world: World) -> Iterator[tuple[int, bytes]]:
    key, known = words.search_key(world.desk.private), dict[str, frozenset[bytes]]()

    def tokens(text: str) -> frozenset[bytes]:
        if text not in known:
            known[text] = words.tokens(key, words.words(text))
        return known[text]

    for n in world.mine():
        person = person_of(n)
        found = tokens("BENCH-0 2026") | words.tokens(key, words.words(f"{n:04d}"))
        for text in (*person.name.split(), person.post, *person.agency.split()):
            found |= tokens(text)
        yield from ((n, token) for token in found)


def without_indexes(fill_in: Callable[[], None]) -> None:
    """Build the indexes of the large tables after their rows, as any bulk load does."""
    tables = [model._meta.db_table for model in (Entry, CaseStep, Case, CaseKey, Accused)]
    listed = ", ".join(f"'{table}'" for table in tables)
    found = (
        f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ({listed}) "
        "AND sql IS NOT NULL"
        if SQLITE
        else f"SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE i.tablename IN ({listed}) "
        "AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)"
    )
    with connection.cursor() as cursor:
        if not SQLITE:
            # The rows fit together as they are made: asking each one would take longer than all.
            cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(found)
        indexes = list(cursor.fetchall())
        for name, _sql in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        fill_in()
        begun = time.perf_counter()
        for _name, sql in indexes:
            cursor.execute(sql.replace("%", "%%"))
        print(f"  indexes: {time.perf_counter() - begun:.0f} s", flush=True)


def fill(world: World, due: int) -> None:
    with transaction.atomic():
        without_indexes(lambda: _fill(world, due))
    with connection.cursor() as cursor:
        # As SQLite's figures are kept by the worker, and PostgreSQL's by itself.
        cursor.execute("ANALYZE" if SQLITE else "VACUUM ANALYZE")


def _fill(world: World, due: int) -> None:
    prepare(world.cases)
    for name, make in (
        ("cases", lambda: make_cases(world)),
        ("journal lines and entries", lambda: make_lines(world)),
    ):
        said(name, make)
    safe: dict[int, tuple[date, str]] = {}
    said("terms and public rows", lambda: safe.update(make_terms(world, due)))
    said("keys, names, search words", lambda: make_ours(world, safe))


def said(name: str, make: Callable[[], object]) -> None:
    begun = time.perf_counter()
    make()
    print(f"  {name}: {time.perf_counter() - begun:.0f} s", flush=True)


# What is measured.


def times(ask: Callable[[], object], count: int) -> tuple[float, float, float]:
    """Median and 95th percentile of the wall clock, and CPU of this process, in milliseconds."""
    ask()
    took, cpu = [], time.process_time()
    for _ in range(count):
        begun = time.perf_counter()
        ask()
        took.append((time.perf_counter() - begun) * 1000)
    used = (time.process_time() - cpu) * 1000 / count
    return statistics.median(took), sorted(took)[int(len(took) * 0.95)], used


def show(name: str, ask: Callable[[], object], count: int = 40) -> None:
    median, worst, used = times(ask, count)
    print(f"{name:<58}{median:9.1f}{worst:9.1f}{used:9.1f}", flush=True)


def page(client: Client, path: str, **sent: str) -> None:
    answer = client.post(path, sent) if sent else client.get(path)
    refused = answer.context["refusal"] if answer.context and answer.status_code == 409 else ""
    assert answer.status_code == 200, (path, answer.status_code, str(refused))


def deep(world: World, shelf: str) -> str:
    """The mark of a page in the middle of a shelf."""
    rows = CaseKey.objects.filter(organ=world.ours, running=shelf != "ended")
    order = ("due_on", "pk") if shelf == "ours" else ("-pk",)
    row = rows.order_by(*order)[rows.count() // 2]
    return f"{row.due_on}.{row.pk}" if shelf == "ours" else str(row.pk)


def pages(world: World) -> None:
    import timbang.web.wsgi  # noqa: F401  the server reads the law first, and so does this

    client = Client(HTTP_ACCEPT_LANGUAGE="id")
    page_in = {"login": "bench", "password": PASSWORD}
    assert client.post(reverse("accounts:login"), page_in).status_code == 302
    cases = reverse("cases:cases")
    print(f"{'':<58}{'p50 ms':>9}{'p95 ms':>9}{'CPU ms':>9}")
    show("page: what waits for me", lambda: page(client, reverse("cases:start")))
    for shelf in lists.SHELVES:
        show(f"page: {shelf}, first", lambda shelf=shelf: page(client, f"{cases}?show={shelf}"))
        path = f"{cases}?show={shelf}&after={deep(world, shelf)}"
        show(f"page: {shelf}, in the middle", lambda path=path: page(client, path))
    show("page: reports", lambda: page(client, reverse("cases:reports")))
    looked_for, first = reverse("cases:search"), next(world.mine())
    rare = person_of(first).name
    for name, text in (
        ("a name", rare),
        ("a number", f"{first:04d}/2026"),
        ("a word of every case", "bench"),
        ("a word of every case and a rare one", f"bench {rare}"),
        ("two common words", "camat kabupaten"),
        ("a word that nobody has", "tidakada"),
    ):
        sent = {"words": text, "number": f"{first:04d}/BENCH-0/2026"}
        show(f"search: {name}", lambda sent=sent: page(client, looked_for, **sent))
    many = lists.Filters(step=STEPS[3])
    show("list: one step of those that wait", lambda: lists.waiting(world.desk.officer, only=many))
    none = lists.Filters(step="nowhere")
    show(
        "list: a step at which nothing stands", lambda: lists.waiting(world.desk.officer, only=none)
    )
    show("amount: 99 and more", lambda: lists.amount(lists.waiting_keys(world.desk.officer)))


def floors(world: World) -> None:
    some = [UUID(int=n) for n in islice(world.mine(), 0, None, max(world.cases // 200, 1))][:50]
    show("floor: 50 cases by key", lambda: list(Case.objects.filter(pk__in=some)))
    held = Case.objects.held_by(world.ours).ended().distinct().order_by("-opened_on", "-serial")
    half = held.count() // 2
    show("the usual way: exact count", lambda: held.count(), 5)
    show("the usual way: first page by offset", lambda: list(held[:50]), 5)
    show("the usual way: page in the middle", lambda: list(held[half : half + 50]), 5)


def once(name: str, work: Callable[[], int]) -> None:
    begun, cpu = time.perf_counter(), time.process_time()
    count = work()
    took, used = time.perf_counter() - begun, time.process_time() - cpu
    print(f"{name:<58}{took:9.2f} s {used:8.2f} s CPU{count:10,}", flush=True)


def sweep() -> None:
    long_ago = AT - timedelta(365)
    once("sweep: nothing is due", lambda: actions.escalate_due(at=long_ago))
    once("sweep: all that is due", lambda: swept())
    once("sweep: again", lambda: actions.escalate_due(at=AT))


def swept() -> int:
    total = 0
    while some := actions.escalate_due(at=AT):
        total += some
    return total


def holiday() -> None:
    once("recount: the calendar is the same", lambda: recounted())
    days = [TODAY + timedelta(ahead) for ahead in range(1, 60, 4)]
    weekdays = [day for day in days if day.weekday() < 5 and day.year == TODAY.year]
    by_decree(weekdays[1:2])
    once("recount: every open term, one new holiday", lambda: recounted())
    moved = TermMove.objects.count()
    print(f"{'  of which moved':<58}{moved:28,}")
    by_decree(weekdays)
    once(f"recount: every open term, {len(weekdays)} new days", lambda: recounted())
    print(f"{'  of which moved':<58}{TermMove.objects.count() - moved:28,}")


def by_decree(days: Sequence[date]) -> None:
    """Joint leave on these days, as a file in the operator's folder."""
    names = "    name: {id: Cuti Bersama, en: Joint Leave}\n    source: Bench\n"
    (DATA / "calendars" / "more.yaml").write_text(
        f"year: {TODAY.year}\namends: true\nsource:\n  title: Bench\n  licence: none\n"
        f"  level: official_text\n  dated: {TODAY}\n  note: {{id: catatan, en: note}}\n"
        "confirmed: {public_holiday: true, joint_leave: true}\ndays:\n"
        + "".join(
            f"  - day: {day}\n    kind: joint_leave\n    estimated: false\n{names}" for day in days
        )
    )


def recounted() -> int:
    total = 0
    while some := actions.recount_terms(at=AT):
        total += some
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--running", type=int, default=0, help="a twentieth when not said")
    parser.add_argument("--due", type=int, default=0, help="a fiftieth of the running ones")
    parser.add_argument("--only", choices=("fill", "measure"), default="")
    told = parser.parse_args()
    run = told.running or max(told.cases // 20, 10)
    call_command("migrate", verbosity=0)
    assert told.only == "measure" or not Case.objects.exists(), "this database is in use"
    world = World(told.cases, run)
    print(f"{told.cases:,} cases, {told.cases * LINES:,} lines, {run:,} running, "
          f"{connection.vendor}, load {os.getloadavg()[0]:.1f}", flush=True)  # fmt: skip
    if told.only != "measure":
        in_haste(lambda: fill(world, told.due or run // 50))
    if told.only != "fill":
        measure(world)


def in_haste(work: Callable[[], None]) -> None:
    """Nothing here must outlive a power cut."""
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        if SQLITE:
            cursor.execute("PRAGMA journal_mode=OFF")
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-1000000")
        else:
            cursor.execute("SET synchronous_commit = off")
            cursor.execute("SET maintenance_work_mem = '1GB'")
        work()
        if SQLITE:
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA cache_size=-2000")
    print(f"filled in {time.perf_counter() - begun:.0f} s", flush=True)


def measure(world: World) -> None:
    pages(world)
    floors(world)
    sweep()
    holiday()
    searching.index_missing(world.desk)
    size = sum(path.stat().st_size for path in DATA.glob("*.sqlite3*")) / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB; database {size:,.0f} MB; load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    try:
        main()
    finally:
        if not KEPT:
            shutil.rmtree(DATA, ignore_errors=True)
        sys.stdout.flush()
