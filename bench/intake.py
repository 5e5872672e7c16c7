"""Many reporters at once: is every report kept, once, and what does one cost?

    python bench/intake.py                        640 reports by 32 at once, then 100 one by one
    python bench/intake.py --database postgresql  the same on a server of its own
    python bench/intake.py --kill                 kill -9 of web and worker in mid-run, three times

Starts a real `timbang serve --door intake` and `timbang work` in a new data folder and walks
through the pages as a browser without JavaScript does: it reads each form and sends back what the
form holds. Every tenth report is sent twice at the same moment, as by a double click. Afterwards
each receipt is tried, and an officer opens every report and finds the words that were written.

CPU is that of the server's processes (web, worker, database apart), never of this script; with two
cores this script takes part of them, so the rate is a lower bound. Ends with 1 if anything is lost,
doubled or refused.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import pwd
import random
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

PROVINCE = "32"
WRITE, FOLLOW = "/lapor/tulis/", "/lapor/kembali/"
TICK = os.sysconf("SC_CLK_TCK")
PATIENCE = 120.0


class Broken(Exception):
    """The server answered something else than the page that a reporter needs."""


# A browser, as far as this needs one.


class Form(HTMLParser):
    """The form `sheet` (or the first one) of a page: its controls as a browser would send them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.action = self.encoding = ""
        self.options: dict[str, list[str]] = {}
        self._inside = False
        self._select = self._area = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside, self.action = True, given.get("action", "")
            self.encoding = given.get("enctype", "application/x-www-form-urlencoded")
        elif self._inside and tag == "input":
            self._input(given, checked="checked" in given)
        elif self._inside and tag == "select":
            self._select = given.get("name", "")
        elif self._inside and tag == "option" and self._select:
            self.options.setdefault(self._select, []).append(given.get("value", ""))
            if "selected" in given or self._select not in self.fields:
                self.fields[self._select] = [given.get("value", "")]
        elif self._inside and tag == "textarea":
            self._area = given.get("name", "")
            self.fields[self._area] = [""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            # The first line end of a text area belongs to the mark-up.
            self.fields[self._area][0] += data.removeprefix("\n")

    def _input(self, given: Mapping[str, str], *, checked: bool) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if kind in ("radio", "checkbox"):
            self.options.setdefault(name, []).append(given.get("value", "on"))
        if (
            not name
            or kind in ("file", "submit")
            or (kind in ("radio", "checkbox") and not checked)
        ):
            return
        self.fields.setdefault(name, []).append(given.get("value", ""))

    def body(self, do: str) -> tuple[bytes, str]:
        """What pressing the button `do` sends, and its content type."""
        pairs = [(name, value) for name, values in self.fields.items() for value in values]
        pairs.append(("do", do))
        if not self.encoding.startswith("multipart"):
            return urlencode(pairs).encode(), self.encoding
        mark = "----" + secrets.token_hex(12)
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in pairs
        ]
        return f"{''.join(parts)}--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"


@dataclass
class Browser:
    """One reporter's connection; kept open over the pages of one report."""

    port: int
    connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> str:
        return self._ask("GET", path, None, {})

    def press(self, form: Form, do: str) -> str:
        body, kind = form.body(do)
        return self._ask("POST", form.action, body, {"Content-Type": kind})

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _ask(self, method: str, path: str, body: bytes | None, more: dict[str, str]) -> str:
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            headers = {"Accept-Language": "id", "Accept": "text/html"} | more
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            html = answer.read().decode()
        except BaseException:
            self.close()
            raise
        if answer.status != 200:
            raise Broken(f"{method} {path}: {answer.status}")
        return html


def receipt_in(html: str) -> str:
    found = re.search(r'class="receipt"[^>]*>\s*([^<]+?)\s*<', html)
    if not found:
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
        raise Broken(f"no receipt on the page {heading and heading[1]!r}")
    return found[1]


# A reporter.


@dataclass
class Story:
    """One report on its way: the form that waits to be sent, and the receipt once answered."""

    number: int
    form: Form | None = None
    receipt: str = ""
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def mark(self) -> str:
        return f"peristiwa nomor {self.number}."


def prepare(story: Story, browser: Browser) -> None:
    """Province, form, review: up to the page whose button sends."""
    dice = random.Random(story.number)  # the same reports in each run
    place = Form(browser.get(WRITE))
    place.fields["province"] = [PROVINCE]
    sheet = Form(browser.press(place, "fill"))
    yesterday = (date.today() - timedelta(days=1)).isoformat()  # noqa: DTZ011
    typed = {
        "p0-name": f"Suryo {story.number}",
        "p0-post": "Kepala Dinas",
        "p0-agency": "Dinas Perikanan",
        "narrative": f"Ini {story.mark} " + "Ia mengajak kami memilih pasangan itu. " * 15,
        "happened_from": yesterday,
        "learned_on": yesterday,
        "place": "Lapangan desa",
    }
    for name, value in typed.items():
        if name not in sheet.fields:
            raise Broken(f"the form has no field {name}: {sorted(sheet.fields)}")
        sheet.fields[name] = [value]
    sheet.fields["conduct"] = [dice.choice(sheet.options["conduct"])]
    sheet.fields["region"] = [dice.choice(sheet.options["region"])]
    review = Form(browser.press(sheet, "review"))
    if story.mark not in review.fields.get("narrative", [""])[0]:
        raise Broken("the review does not hold what was written")
    story.form = review


def send(story: Story, browser: Browser) -> None:
    assert story.form is not None
    start = time.perf_counter()
    story.receipt = receipt_in(browser.press(story.form, "send"))
    story.seconds = time.perf_counter() - start


def send_twice(story: Story, browser: Browser) -> None:
    """A double click: two connections at the same moment; both must show the same receipt."""
    twin, other = Story(story.number, story.form), Browser(browser.port)
    thread = threading.Thread(target=attempt, args=(send, twin, other))
    thread.start()
    send(story, browser)
    thread.join()
    if twin.receipt != story.receipt:
        raise Broken(f"a double click gave two answers {twin.faults}")


def come_back(story: Story, browser: Browser) -> None:
    form = Form(browser.get(FOLLOW))
    form.fields["receipt"] = [story.receipt]
    opened = Form(browser.press(form, "show"))
    if "once" not in opened.fields or opened.fields["receipt"] != [story.receipt]:
        raise Broken("the receipt does not open the report")


def look(_story: Story, browser: Browser) -> None:
    """The lightest page with a form: what any page of this server costs on this machine."""
    browser.get(FOLLOW)


Act = Callable[[Story, Browser], None]


def attempt(act: Act, story: Story, browser: Browser) -> None:
    try:
        act(story, browser)
    except (Broken, OSError, http.client.HTTPException) as error:
        story.faults.append(f"{act.__name__}: {error!r}")
    finally:
        browser.close()


def patiently(act: Act, story: Story, browser: Browser, gone: Callable[[], bool]) -> None:
    """Press the button again while the server is away, as a person does, for two minutes."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return act(story, browser)
        except (OSError, http.client.HTTPException, Broken):
            browser.close()
            if time.monotonic() > until or gone():
                raise
            time.sleep(0.2)


# The server.


@dataclass
class Service:
    """Web and worker, in a data folder of their own."""

    folder: Path
    environment: dict[str, str]
    port: int
    web: subprocess.Popen[bytes] | None = None
    worker: subprocess.Popen[bytes] | None = None

    def command(self, *arguments: str, text: str | None = None) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "timbang", *arguments],
            env=self.environment, input=text, text=True, capture_output=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(f"timbang {arguments[0]}: {done.stdout}{done.stderr}")
        return done.stdout

    def start(self) -> None:
        self.web = self._background("serve", "--door", "intake", "--port", str(self.port))
        self.worker = self._background("work")
        until = time.monotonic() + 60
        while True:
            try:
                Browser(self.port).get(FOLLOW)
                return
            except (OSError, http.client.HTTPException, Broken):
                if time.monotonic() > until or self.web.poll() is not None:
                    raise SystemExit((self.folder / "log.txt").read_text()) from None
                time.sleep(0.05)

    def _background(self, *arguments: str) -> subprocess.Popen[bytes]:
        with (self.folder / "log.txt").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "timbang", *arguments],
                env=self.environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def kill(self, how: signal.Signals) -> None:
        for process in (self.web, self.worker):
            if process is not None:
                for pid in processes(process.pid):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, how)
                process.wait()


def processes(root: int) -> dict[int, list[str]]:
    """A process and all below it, each with the fields of its `stat` after the name."""
    found = dict(_all_processes())
    below = {root}
    while more := {pid for pid, f in found.items() if int(f[1]) in below} - below:
        below |= more
    return {pid: found[pid] for pid in below & set(found)}


def _all_processes() -> Iterator[tuple[int, list[str]]]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):
                # What follows the name in brackets, which may hold anything.
                yield int(entry.name), (entry / "stat").read_text().rpartition(")")[2].split()


def cpu_ms(root: int) -> float:
    """User and system time of a tree of processes, and of their ended children."""
    return sum(sum(map(int, f[11:15])) for f in processes(root).values()) * 1000 / TICK


def peak_mb(root: int) -> float:
    """The largest memory that each process of a tree ever held, added up."""
    total = 0
    for pid in processes(root):
        with contextlib.suppress(OSError, TypeError):
            status = Path(f"/proc/{pid}/status").read_text()
            total += int(next(re.finditer(r"VmHWM:\s+(\d+)", status))[1])
    return total / 1024


@contextlib.contextmanager
def postgresql() -> Iterator[tuple[str, int]]:
    """A server of its own that syncs as a real one does; its address and its process."""
    bins = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name))
    if not bins:
        raise SystemExit("PostgreSQL is not installed; or set TIMBANG_DATABASE_URL")
    folder, port = Path(tempfile.mkdtemp(prefix="timbang-bench-pg-")), free_port()
    user = "postgres" if os.getuid() == 0 else None
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    data = str(folder / "data")
    quiet: dict[str, Any] = {"user": user, "check": True, "stdout": subprocess.DEVNULL, "cwd": "/"}
    subprocess.run([bins[-1] / "initdb", "-D", data, "-A", "trust", "-U", "timbang", "-E", "UTF8"],
                   **quiet)  # fmt: skip
    server = subprocess.Popen(
        [bins[-1] / "postgres", "-D", data, "-p", str(port), "-k", str(folder)],
        user=user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        cwd="/",
    )  # fmt: skip
    try:
        wait = ["-h", str(folder), "-p", str(port), "-U", "timbang"]
        while subprocess.run(
            [bins[-1] / "pg_isready", *wait], stdout=subprocess.DEVNULL
        ).returncode:
            time.sleep(0.1)
        subprocess.run([bins[-1] / "createdb", *wait, "timbang"], **quiet)
        yield f"postgresql://timbang@127.0.0.1:{port}/timbang", server.pid
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


# The runs.

CHECK = """
import json, sys
from timbang.accounts.models import Officer
from timbang.reports.actions import open_report
from timbang.reports.models import Report
officer = Officer.objects.get(login="uji1")
private = officer.open_organ(officer.open_private(sys.stdin.readline().strip()))
print(json.dumps([open_report(r, private).content.narrative for r in Report.objects.all()]))
"""


@dataclass
class Bench:
    service: Service
    password: str
    at_once: int
    roots: dict[str, int]
    stopping: bool = False

    def all(self, act: Act, stories: list[Story]) -> float:
        """Every story through one act, `at_once` at a time; the seconds that it took."""
        start = time.perf_counter()
        with ThreadPoolExecutor(self.at_once) as pool:
            browsers = [Browser(self.service.port) for _ in stories]
            list(pool.map(attempt, [act] * len(stories), stories, browsers))
        return time.perf_counter() - start

    def cpu(self) -> dict[str, float]:
        return {name: cpu_ms(root) for name, root in self.roots.items()}

    def stored(self) -> list[str]:
        """The words of every stored report, opened by an officer."""
        answer = self.service.command("manage", "shell", "-v0", "-c", CHECK, text=self.password)
        stories: list[str] = json.loads(answer.strip().splitlines()[-1])
        return stories


def measure(bench: Bench, title: str, count: int, first: int) -> dict[str, Any]:
    """Prepare all, send all, come back to all; each phase by itself."""
    stories = [Story(first + n) for n in range(count)]
    twice = {story.number for story in stories[::10]} if bench.at_once > 1 else set()
    idle = bench.cpu()
    bench.all(look, [Story(n) for n in range(count)])
    before = bench.cpu()
    prepared = bench.all(prepare, stories)
    ready = bench.cpu()

    def click(story: Story, browser: Browser) -> None:
        (send_twice if story.number in twice else send)(story, browser)

    sent = bench.all(click, [story for story in stories if story.form])
    filed = bench.cpu()
    returned = bench.all(come_back, [story for story in stories if story.receipt])
    after = bench.cpu()
    waits = sorted(story.seconds * 1000 for story in stories if story.seconds) or [0.0]
    posts = count + len(twice)
    return {
        "run": title,
        "reports": count,
        **verdict(bench, stories),
        "filings_per_second": round(posts / sent, 1),
        "whole_reports_per_second": round(count / (prepared + sent), 1),
        "filing_p50_ms": round(waits[len(waits) // 2], 1),
        "filing_p99_ms": round(waits[min(len(waits) - 1, int(len(waits) * 0.99))], 1),
        "web_cpu_ms_lightest_page": round((before["web"] - idle["web"]) / count, 2),
        "web_cpu_ms_each_filing": round((filed["web"] - ready["web"]) / posts, 2),
        "web_cpu_ms_each_report_all_pages": round((filed["web"] - before["web"]) / count, 2),
        "web_cpu_ms_each_return": round((after["web"] - filed["web"]) / count, 2),
        "other_cpu_ms_each_report": {
            name: round((after[name] - before[name]) / count, 2) for name in after if name != "web"
        },
        "peak_memory_mb": {name: round(peak_mb(pid)) for name, pid in bench.roots.items()},
        "seconds": round(prepared + sent + returned, 1),
    }


def verdict(bench: Bench, stories: list[Story]) -> dict[str, Any]:
    """Accepted: answered with a receipt. Lost: answered, and not there. Doubled: there twice."""
    accepted = [story for story in stories if story.receipt]
    words = bench.stored()
    copies = {story.number: sum(story.mark in text for text in words) for story in stories}
    faults = [fault for story in stories for fault in story.faults]
    return {
        "accepted": len(accepted),
        "unanswered": len(stories) - len(accepted),
        "lost": sum(copies[story.number] == 0 for story in accepted),
        "doubled": sum(copies[story.number] > 1 for story in stories)
        + len(accepted) - len({story.receipt for story in accepted}),
        "receipts_that_do_not_open": sum("come_back" in fault for fault in faults),
        "faults": faults[:5],
    }  # fmt: skip


def measure_kills(bench: Bench, count: int, kills: int) -> dict[str, Any]:
    """Reporters press on while web and worker are killed; each answered receipt must open."""
    stories = [Story(n) for n in range(count)]
    answered_before: list[int] = []

    def whole(story: Story, browser: Browser) -> None:
        patiently(prepare, story, browser, lambda: bench.stopping)
        patiently(send, story, browser, lambda: bench.stopping)

    start = time.perf_counter()
    runner = threading.Thread(target=bench.all, args=(whole, stories))
    runner.start()
    try:
        for n in range(kills):
            goal = count * (n + 1) // (kills + 1)
            while sum(bool(story.receipt) for story in stories) < goal and runner.is_alive():
                time.sleep(0.01)
            bench.service.kill(signal.SIGKILL)
            answered_before.append(sum(bool(story.receipt) for story in stories))
            bench.service.start()
    except BaseException:
        bench.stopping = True
        raise
    finally:
        runner.join()
    took = time.perf_counter() - start
    bench.all(come_back, [story for story in stories if story.receipt])
    return {
        "run": f"kill -9 of web and worker, {kills} times",
        "reports": count,
        **verdict(bench, stories),
        "answered_before_each_kill": answered_before,
        "seconds": round(took, 1),
    }


def set_up(folder: Path, url: str | None) -> tuple[Service, str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TIMBANG_")}
    environment["TIMBANG_DATA"] = str(folder / "data")
    if url:
        environment["TIMBANG_DATABASE_URL"] = url
    service = Service(folder, environment, free_port())
    service.command("init")
    service.command("organ", "add", "--code", "uji", "--name", "Bawaslu Uji",
                    "--kind", "bawaslu", "--region", PROVINCE)  # fmt: skip
    told = service.command("officer", "add", "--organ", "uji", "--login", "uji1",
                           "--name", "Uji", "--role", "receiver")  # fmt: skip
    password = re.search(r"password: (\S+)", told)
    assert password is not None
    return service, password[1]


def run(options: argparse.Namespace, url: str | None, database: int | None) -> list[dict[str, Any]]:
    folder = Path(tempfile.mkdtemp(prefix="timbang-bench-"))
    service, password = set_up(folder, url)
    service.start()
    try:
        assert service.web is not None
        assert service.worker is not None
        roots = {"web": service.web.pid, "worker": service.worker.pid}
        if database is not None:
            roots["database"] = database
        bench = Bench(service, password, options.at_once, roots)
        if options.kill:
            return [measure_kills(bench, options.reports, options.kills)]
        title = f"{options.at_once} at once"
        results = [measure(bench, title, options.reports, 100_000)]
        bench.at_once = 1
        return [*results, measure(bench, "one by one", options.alone, 200_000)]
    finally:
        service.kill(signal.SIGTERM)
        if log := (folder / "log.txt").read_text().strip():
            print(f"-- the server said:\n{log[-2000:]}", file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    server = "postgresql: a server of its own, or an empty one in TIMBANG_DATABASE_URL"
    kinds = ["sqlite", "postgresql"]
    parser.add_argument("--database", choices=kinds, default="sqlite", help=server)
    parser.add_argument("--reports", type=int, default=640)
    parser.add_argument("--at-once", type=int, default=32, help="reporters at the same time")
    parser.add_argument("--alone", type=int, default=100, help="then so many one by one")
    parser.add_argument("--kill", action="store_true", help="kill -9 web and worker in mid-run")
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    given = os.environ.get("TIMBANG_DATABASE_URL")
    if options.database == "sqlite":
        results = run(options, None, None)
    elif given:
        results = run(options, given, None)
    else:
        with postgresql() as (url, server_pid):
            results = run(options, url, server_pid)
    print(json.dumps(results, indent=2) if options.json else shown(results, options.database))
    bad = ("unanswered", "lost", "doubled", "receipts_that_do_not_open")
    return int(any(result[key] or result["faults"] for result in results for key in bad))


def shown(results: list[dict[str, Any]], database: str) -> str:
    lines = []
    for result in results:
        lines.append(f"\n{result['run']}, {database}")
        for key, value in result.items():
            if key != "run" and (key != "faults" or value):
                lines.append(f"  {key.replace('_', ' '):34} {value}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
