"""The power goes twice while thirty-two people report: nothing that was answered is lost or doubled.

They do what people do: press the button again while the server is away.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.client import HTTPException
from zoneinfo import ZoneInfo

import pytest

from tests.whole.client import Page, Upload, Visitor
from tests.whole.installation import Installation, new_installation
from tests.whole.staff import CASEWORKER, add_office, hire

AT_ONCE, REPORTS, KILLS = 32, 200, 2
PATIENCE = 120.0
YESTERDAY = f"{datetime.now(ZoneInfo('Asia/Jakarta')).date() - timedelta(days=1)}"
# Opened by an officer: what is stored is what was written, in so many copies.
STORED = """
import json, sys
from timbang.accounts.models import Officer
from timbang.ledger.models import Entry
from timbang.reports.actions import open_report
from timbang.reports.models import Report
officer = Officer.objects.get(login="alice")
private = officer.open_organ(officer.open_private(sys.stdin.readline().strip()))
opened = [open_report(report, private) for report in Report.objects.all()]
stories = [(o.content.narrative, [f.read(copy=False).decode() for f in o.attachments]) for o in opened]
filed = Entry.objects.filter(act="report.filed").count()
print(json.dumps({"stories": stories, "filed": filed}))
"""


@dataclass
class Reporter:
    """One person with one report; some add a file, some press twice."""

    number: int
    place: Installation
    receipts: list[str] = field(default_factory=list)
    failures: int = 0

    @property
    def story(self) -> str:
        return f"Kejadian {self.number:03} di lapangan desa."

    @property
    def files(self) -> list[Upload]:
        if self.number % 8:
            return []
        return [Upload("bukti.txt", self.story.encode(), "text/plain")]

    def reports(self) -> None:
        visitor = Visitor(self.place.url)
        page = self.patiently(lambda: visitor.get("/lapor/tulis/"))
        sheet = self.patiently(lambda: page.press("fill", {"province": "32"}))
        told = {
            "p0-name": f"Pejabat {self.number}", "narrative": self.story, "conduct": ["photo"],
            "happened_from": YESTERDAY, "learned_on": YESTERDAY,
        }  # fmt: skip
        review = self.patiently(lambda: sheet.press("review", told, files=self.files))
        for _click in range(2 if self.number % 5 == 0 else 1):
            sent = self.patiently(lambda: review.press("send"))
            receipt = re.search(r'class="receipt"[^>]*>([^<]+)<', sent.html)
            assert receipt, sent.text
            self.receipts.append(receipt[1])

    def patiently(self, press: Callable[[], Page]) -> Page:
        """Press again until there is an answer, for two minutes."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                page = press()
                assert page.status == 200, f"{page.text}\n{self.place.log.read_text()[-3000:]}"
                return page
            except (OSError, HTTPException):
                self.failures += 1
                assert time.monotonic() < until, "the server stays away"
                time.sleep(0.3)

    def comes_back(self) -> str:
        page = Visitor(self.place.url).get("/lapor/kembali/")
        return page.press("show", {"receipt": self.receipts[0]}).html


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with new_installation(tmp_path_factory.mktemp("crash") / "whole") as found:
        add_office(found, "bawaslu-32", "bawaslu", "Bawaslu Jawa Barat", region="32")
        yield found


def killed_meanwhile(
    place: Installation, people: list[Reporter], done: threading.Event
) -> list[int]:
    """kill -9 of web and worker each time another part of the reports is answered."""
    answered_at = []
    for kill in range(1, KILLS + 1):
        while answered(people) < kill * REPORTS // (KILLS + 2):
            assert not done.is_set(), "all reported before the server could be killed"
            time.sleep(0.02)
        place.kill()
        answered_at.append(answered(people))
        place.start()
    return answered_at


def answered(people: list[Reporter]) -> int:
    return sum(bool(person.receipts) for person in people)


def test_nothing_that_was_answered_is_lost_or_doubled(place: Installation) -> None:
    password = hire(place, "bawaslu-32", "alice", CASEWORKER, holder=None).temporary
    place.start()
    people = [Reporter(number, place) for number in range(REPORTS)]
    done = threading.Event()
    with ThreadPoolExecutor(AT_ONCE + 1) as pool:
        killer = pool.submit(killed_meanwhile, place, people, done)
        for work in [pool.submit(person.reports) for person in people]:
            work.result()
        done.set()
        answered_at = killer.result()
    assert 0 < answered_at[0] < answered_at[-1] < REPORTS
    assert sum(person.failures for person in people) >= KILLS

    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(Reporter.comes_back, people))
    assert all('value="withdraw"' in page for page in pages)
    stored = json.loads(place.shell(STORED, stdin=password + "\n"))
    stories = sorted((words, files) for words, files in stored["stories"])
    assert stories == [(person.story, [f.data.decode() for f in person.files]) for person in people]
    assert stored["filed"] == REPORTS
    receipts = [set(person.receipts) for person in people]
    assert all(len(found) == 1 for found in receipts)
    assert len(set().union(*receipts)) == REPORTS


def test_the_log_that_was_killed_twice_goes_on(place: Installation) -> None:
    """Whatever it was writing, what is published is whole, and the day's batch still comes."""
    place.shell(
        "from django.utils import timezone; from timbang.ledger import actions; "
        "actions.release_daily(on=timezone.localdate())"
    )
    place.run("log", "publish", str(place.data / "log"))
    key = place.run("log", "key").strip()
    verdict = json.loads(
        place.run("log", "verify", str(place.data / "log"), "--key", key, "--json")
    )
    assert verdict["ok"] is True
    assert verdict["size"] >= REPORTS
