"""How fast the law answers, and what one step of a procedure costs with its rows.

    python bench/law.py [EVALUATIONS]           (1,000,000 when not said, on all processors)

Two measurements, each beside a stated floor or a named peer in the same run:

- All norms on one set of facts. The facts are those of the catalogue's own examples, mixed with one
  another on days of their own (seeded), so that most of them touch several norms and few come
  twice. Told apart: the conduct known, as in nearly every case, and not known, when every norm must
  be asked. The floor is what cannot be left out: one call for each norm, with nothing asked.
- A step of a procedure, persisted: read the case, take the step, write case and journal, commit.
  The peer is SpiffWorkflow on the same procedure drawn as BPMN: restore, complete the task, save.
  Both write to SQLite in WAL mode, one transaction a step. Left out on both sides: web, keys, log.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from timbang.law import procedure as law
from timbang.law.evaluate import Finding, evaluate
from timbang.law.norms import catalogue
from timbang.law.procedure import GUARDS, Procedure, from_json, is_end, key, to_json

SEED = 2026
FACT_SETS = 20_000
A_ROUND = 10_000
WITHOUT_CONDUCT = 5_000
CASES = 300
GOAL_MS = 1.0
FIRST = date(2016, 1, 1)
PROCEDURE = "sbt_neutrality"
EVERYTHING = dict.fromkeys(GUARDS, True)
ROLES = ("receiver", "examiner", "decision_maker")


def facts_of_examples() -> list[dict[str, object]]:
    """Told cases, each with some of its facts taken from another one."""
    chance = random.Random(SEED)
    told = [dict(e.facts) for norm in catalogue().norms.values() for e in norm.examples]
    mixed = []
    for _ in range(FACT_SETS):
        facts, other = dict(chance.choice(told)), chance.choice(told)
        for name in chance.sample(sorted(other), k=min(3, len(other))):
            facts[name] = other[name]
        facts["act_on"] = FIRST + timedelta(days=chance.randrange(4_000))
        mixed.append(facts)
    return mixed


def ask(facts: list[dict[str, object]], count: int, seed: int) -> tuple[float, float]:
    """CPU seconds of `count` evaluations, and the slowest hundredth of them (ms)."""
    facts = list(facts)
    random.Random(seed).shuffle(facts)
    times = []
    before = time.process_time()
    for number in range(count):
        start = time.perf_counter()
        evaluate(facts[number % len(facts)])
        if number % 20 == 0:
            times.append(time.perf_counter() - start)
    used = time.process_time() - before
    return used, sorted(times)[int(len(times) * 0.99)] * 1000


def one_round(seed: int) -> tuple[float, float]:
    return ask(FACTS, A_ROUND, seed)


def floor(count: int) -> float:
    """CPU seconds for one call a norm that answers with a finding which lies ready."""
    ready = evaluate({"status": "PNS"})

    def answer(place: int) -> Finding:
        return ready[place]

    before = time.process_time()
    for _ in range(count):
        [answer(place) for place in range(len(ready))]
    return time.process_time() - before


def evaluations(count: int) -> None:
    workers = os.cpu_count() or 1
    rounds = max(1, count // A_ROUND)
    start = time.perf_counter()
    used, slowest, done = 0.0, 0.0, 0
    with multiprocessing.Pool(workers) as pool:
        for cpu, slow in pool.imap_unordered(one_round, range(rounds)):
            used, slowest, done = used + cpu, max(slowest, slow), done + A_ROUND
            print(f"\r  {done:,} of {rounds * A_ROUND:,}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    norms, each, least = len(catalogue().norms), used / done * 1000, floor(5_000) / 5
    rate = done / (time.perf_counter() - start)
    print(f"all {norms} norms on one set of facts, {done:,} times on {workers} processors")
    print(
        f"  conduct known   {each:.3f} ms CPU each (goal {GOAL_MS:.1f}); worst p99 {slowest:.2f} ms"
    )
    blind = [{k: v for k, v in facts.items() if k != "conduct"} for facts in FACTS]
    cpu, slow = ask(blind, WITHOUT_CONDUCT, SEED)
    unknown = cpu / WITHOUT_CONDUCT * 1000
    print(f"  conduct unknown {unknown:.3f} ms CPU each; p99 {slow:.2f} ms")
    print(f"  floor           {least:.3f} ms: one call a norm, nothing asked; x {each / least:.1f}")
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"  {rate:,.0f}/s in all; {memory:.0f} MB a process")


def longest_way(procedure: Procedure) -> list[tuple[str, str]]:
    """(step, outcome) of a longest way from the first start to an end that meets no step twice."""

    def ways(step: str, seen: tuple[str, ...]) -> Iterator[list[tuple[str, str]]]:
        for outcome in procedure.step(step).outcomes:
            if is_end(outcome.to):
                yield [(step, outcome.code)]
            elif outcome.to not in seen:
                for rest in ways(outcome.to, (*seen, outcome.to)):
                    yield [(step, outcome.code), *rest]

    return max(ways(procedure.start, (procedure.start,)), key=len)


class Rows:
    """Our side: a case is its step, its procedure's hash and one journal row a step."""

    def __init__(self, file: Path, procedure: Procedure) -> None:
        self.database = open_database(file)
        self.database.executescript(
            "CREATE TABLE version (hash TEXT PRIMARY KEY, body TEXT);"
            "CREATE TABLE matter (id INTEGER PRIMARY KEY, version TEXT, step TEXT, serial INTEGER);"
            "CREATE TABLE journal (matter INTEGER, serial INTEGER, step TEXT, outcome TEXT,"
            " onward TEXT, officer TEXT, done_on TEXT, PRIMARY KEY (matter, serial))"
            " WITHOUT ROWID;"
        )
        body = to_json(procedure)
        self.database.execute("INSERT INTO version VALUES (?, ?)", (procedure.hash, body))
        for number in range(CASES):
            row = (number, procedure.hash, procedure.start, 0)
            self.database.execute("INSERT INTO matter VALUES (?, ?, ?, ?)", row)
        self.database.commit()

    def step(self, number: int, outcome: str) -> None:
        read = self.database.execute(
            "SELECT step, serial, body FROM matter JOIN version ON hash = version WHERE id = ?",
            (number,),
        )
        step, serial, body = read.fetchone()
        procedure = from_json(body)
        told = self.database.execute(
            "SELECT step, outcome, count(*) FROM journal WHERE matter = ? GROUP BY 1, 2", (number,)
        )
        taken = {key(at, what): times for at, what, times in told}
        actor = next(o.actor for o in procedure.step(step).outcomes if o.code == outcome)
        to = law.take(
            procedure,
            step,
            outcome,
            organ_kind=actor,
            roles=ROLES,
            guards=EVERYTHING,
            taken=taken,
        )
        line = (number, serial + 1, step, outcome, to, "officer", date(2026, 11, 22).isoformat())
        self.database.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)", line)
        moved = (to, serial + 1, number)
        self.database.execute("UPDATE matter SET step = ?, serial = ? WHERE id = ?", moved)
        self.database.commit()


class Spiff:
    """The peer: the whole state of a case as JSON, restored and saved at each step."""

    def __init__(self, file: Path, procedure: Procedure) -> None:
        from lxml import etree
        from SpiffWorkflow.bpmn.parser import BpmnParser
        from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
        from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

        parser = BpmnParser()
        parser.add_bpmn_xml(etree.fromstring(bpmn(procedure)))
        workflow = BpmnWorkflow(parser.get_spec("procedure"))
        workflow.do_engine_steps()
        self.serializer = BpmnWorkflowSerializer()
        self.database = open_database(file)
        self.database.execute("CREATE TABLE matter (id INTEGER PRIMARY KEY, state TEXT)")
        state = self.serializer.serialize_json(workflow)
        rows = [(number, state) for number in range(CASES)]
        self.database.executemany("INSERT INTO matter VALUES (?, ?)", rows)
        self.database.commit()

    def step(self, number: int, outcome: str) -> None:
        from SpiffWorkflow.util.task import TaskState

        read = self.database.execute("SELECT state FROM matter WHERE id = ?", (number,))
        workflow = self.serializer.deserialize_json(read.fetchone()[0])
        task = workflow.get_next_task(state=TaskState.READY, manual=True)
        task.data["outcome"] = outcome
        task.run()
        workflow.do_engine_steps()
        saved = (self.serializer.serialize_json(workflow), number)
        self.database.execute("UPDATE matter SET state = ? WHERE id = ?", saved)
        self.database.commit()


def bpmn(procedure: Procedure) -> bytes:
    """The procedure as BPMN: a user task a step, and a gateway that its outcome decides."""
    parts = ['<startEvent id="start"/>', f'<sequenceFlow id="first" sourceRef="start" targetRef={quoteattr(procedure.start)}/>']  # fmt: skip # noqa: E501
    parts += [f'<endEvent id="end_{end.code}"/>' for end in procedure.ends]
    for step in procedure.steps:
        *others, last = step.outcomes
        parts.append(f'<userTask id="{step.code}" name={quoteattr(step.title.en)}/>')
        parts.append(_flow(f"to_{step.code}", step.code, f"which_{step.code}"))
        default = f"{step.code}.{last.code}"
        parts.append(f'<exclusiveGateway id="which_{step.code}" default="{default}"/>')
        for outcome in others:
            test = (
                '<conditionExpression xsi:type="tFormalExpression">'
                f"outcome == '{outcome.code}'</conditionExpression>"
            )
            name = f"{step.code}.{outcome.code}"
            parts.append(_flow(name, f"which_{step.code}", _target(outcome.to), test))
        parts.append(_flow(default, f"which_{step.code}", _target(last.to)))
    text = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="timbang">'
        f'<process id="procedure" isExecutable="true">{"".join(parts)}</process></definitions>'
    )
    ElementTree.fromstring(text)
    return text.encode()


def _flow(name: str, source: str, target: str, test: str = "") -> str:
    return (
        f'<sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}">{test}</sequenceFlow>'
    )


def _target(to: str) -> str:
    return f"end_{to.removeprefix('end:')}" if is_end(to) else to


def open_database(file: Path) -> sqlite3.Connection:
    database = sqlite3.connect(file)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    return database


def walk(side: Any, way: Iterable[tuple[str, str]]) -> float:
    """CPU seconds for taking every case along the whole way."""
    before = time.process_time()
    for _step, outcome in way:
        for number in range(CASES):
            side.step(number, outcome)
    return time.process_time() - before


def size(side: Any) -> int:
    side.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    side.database.execute("VACUUM")
    pages: int = side.database.execute("PRAGMA page_count").fetchone()[0]
    width: int = side.database.execute("PRAGMA page_size").fetchone()[0]
    return pages * width


def steps() -> None:
    procedure = law.procedures()[PROCEDURE]
    way = longest_way(procedure)
    print(f"{PROCEDURE}: {len(procedure.steps)} steps, {CASES} cases along a way of {len(way)}")
    with tempfile.TemporaryDirectory(prefix="timbang-bench-") as folder:
        ours = Rows(Path(folder) / "rows.db", procedure)
        used = walk(ours, way) / (CASES * len(way)) * 1000
        body = len(to_json(procedure))
        held = (size(ours) - body) / CASES
        print(f"  Timbang        {used:8.3f} ms CPU a persisted step {held:10,.0f} bytes a case")
        print(f"                 and {body:,} bytes once for each version of the procedure")
        try:
            spiff = Spiff(Path(folder) / "spiff.db", procedure)
        except ImportError:
            print("  SpiffWorkflow  not installed: `make bench` installs it")
            return
        theirs = walk(spiff, way) / (CASES * len(way)) * 1000
        bytes_ = size(spiff) / CASES
        print(
            f"  SpiffWorkflow  {theirs:8.3f} ms CPU a persisted step {bytes_:10,.0f} bytes a case"
        )
        print(f"  {theirs / used:.1f} times less CPU, {bytes_ / held:.1f} times fewer bytes")


# Before the processes part: each starts with the catalogue and the facts read.
FACTS = facts_of_examples()

if __name__ == "__main__":
    evaluations(int(sys.argv[1].replace("_", "")) if len(sys.argv) > 1 else 1_000_000)
    steps()
