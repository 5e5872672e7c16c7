"""Four policies of the invented regency, and a real one that is only watched.

A school breakfast goes through all stages; a flood is answered at once and owes what was skipped; a
promise is kept at once and owes it, too; a road is still being studied. Every row is written by the
act that an officer would take.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from django.conf import settings

from timbang.accounts.models import Officer, Organ
from timbang.law import policy as law
from timbang.law import yaml_file
from timbang.policy import actions, addresses
from timbang.policy.actions import (
    About,
    Came,
    Planned,
    Seen,
    Told,
    decreeing,
    promising,
    speaking,
)
from timbang.policy.models import Comment, Dossier, Mode, Promise, SiteVisit
from timbang.web.demo.policy import observe

TEXTS: Final = Path(__file__).with_name("policies.yaml")
REGION: Final = "99.01"
HOST: Final = settings.PUBLIC_URL or "https://timbang.invalid"
SOURCE: Final = "Arsip Pemerintah Kabupaten Batu Layar, nomor {number} (rekaan)"
STUDY: Final = (
    "problem", "options", "evidence", "cost", "gains", "loses", "risks", "dissent", "experts",
    "proposal",
)  # fmt: skip
DRAFT: Final = ("authority", "hierarchy", "budget", "considering", "regard", "decides")


@dataclass
class Play:
    """One dossier and the day that the next acts fall on."""

    at: Callable[[int], datetime]
    texts: Mapping[str, Any]
    dossier: Dossier
    day: int

    @property
    def now(self) -> datetime:
        return self.at(self.day)

    @property
    def today(self) -> date:
        return self.now.date()

    def seen(self) -> Seen:
        self.dossier.refresh_from_db()
        return Seen.now(self.dossier)

    def write(self, login: str, *kinds: str) -> None:
        for kind in kinds:
            body = self.texts[kind]
            actions.write_part(
                self.dossier, kind, body, seen=self.seen(), by=_officer(login), at=self.now
            )

    def untied(self, login: str) -> None:
        actions.declare_tie(self.dossier, "", "", seen=self.seen(), by=_officer(login), at=self.now)

    def step(self, login: str, outcome: str, words: str = "") -> None:
        actions.take_step(
            self.dossier, outcome, words=words, seen=self.seen(), by=_officer(login), at=self.now
        )

    def plan(self, login: str, *plans: Planned) -> None:
        for each in plans:
            actions.set_milestone(
                self.dossier, each, seen=self.seen(), by=_officer(login), at=self.now
            )

    def finish(self, login: str, ordinal: int, came: Came) -> None:
        actions.finish_milestone(
            self.dossier.milestones.get(ordinal=ordinal), came, seen=self.seen(),
            by=_officer(login), at=self.now,
        )  # fmt: skip

    def pay(self, login: str, code: str) -> None:
        paper = self.texts[code]
        told = Told(
            stage=law.DOCUMENTS[code].stage, kind=code, title=paper["title"],
            issuer="Pemerintah Kabupaten Batu Layar", issued_on=self.today, says=paper["says"],
            source=SOURCE.format(number=paper["number"]), read_on=self.today,
        )  # fmt: skip
        debt = self.dossier.debts.get(code=code)
        actions.pay_debt(debt, told, seen=self.seen(), by=_officer(login), at=self.now)


def _officer(login: str) -> Officer:
    return Officer.objects.select_related("organ").get(login=login)


def play(at: Callable[[int], datetime]) -> None:
    """All stories; `at` gives the office hours of so many days ago."""
    texts = yaml_file.load(TEXTS).plain()
    assert isinstance(texts, dict)
    _breakfast(_open(texts["breakfast"], at, 320), at)
    promise = _open(texts["uniforms"], at, 75)
    _uniforms(promise, at)
    _flood(_open(texts["flood"], at, 12), at)
    _road(_open(texts["road"], at, 5))
    observe(by=_officer("zahra"), at=at(0))


def _open(texts: Any, at: Callable[[int], datetime], day: int) -> Play:
    about = About(
        title=texts["title"], summary=texts["summary"], region_code=REGION,
        duties=tuple(texts["duties"]), groups=tuple(texts["groups"]),
    )  # fmt: skip
    clearers = [
        ("legal_clearance", Organ.objects.get(code="biro-hukum-nt")),
        ("budget_clearance", Organ.objects.get(code="tapd-bl")),
    ]
    opened = actions.open_dossier(
        about, mode=Mode.OFFICE, by=_officer("rani"), at=at(day), once=uuid4(), clearers=clearers
    )
    return Play(at, texts, opened, day)


def _breakfast(story: Play, at: Callable[[int], datetime]) -> None:
    """Through all stages, to the evaluation."""
    story.day = 292
    story.write("rani", *STUDY)
    story.untied("rani")
    story.step("rani", "submitted")
    story.day = 278
    story.write("surya", "review")
    story.untied("surya")
    story.step("surya", "accepted")
    story.day = 255
    story.write("surya", *DRAFT)
    story.untied("surya")
    story.step("surya", "drafted")
    _comments(story)
    story.day = 226
    story.step("rani", "concluded")
    story.day = 219
    story.write("wulan", "legal_clearance")
    story.untied("wulan")
    story.step("wulan", "cleared")
    story.day = 209
    story.write("yusuf", "budget_clearance")
    story.untied("yusuf")
    story.step("yusuf", "cleared")
    story.day = 203
    began = story.today
    story.plan(
        "rani",
        Planned("Dapur di sepuluh sekolah", "Dinas Pendidikan", began + timedelta(days=60),
                1_500_000_000, "dapur yang berjalan", Decimal(10)),
        Planned("Sarapan untuk seribu anak", "Dinas Pendidikan", began + timedelta(days=120),
                3_000_000_000, "anak yang sarapan setiap hari sekolah", Decimal(1000)),
    )  # fmt: skip
    story.untied("putri")
    story.step("putri", "enacted", "Pilihan yang diusulkan kajian; biayanya tersedia.")
    _decree(story)
    story.day = 138
    story.finish("rani", 1, Came(story.today, "Sembilan dapur berjalan; satu menunggu air bersih.",
                                 1_420_000_000, Decimal(9)))  # fmt: skip
    story.day = 100
    _visits(story)
    story.day = 72
    story.finish("rani", 2, Came(story.today, "Dihitung dari daftar hadir sepuluh sekolah.",
                                 2_710_000_000, Decimal(870)))  # fmt: skip
    story.day = 66
    story.step("rani", "finished")
    story.day = 31
    story.write("tirta", "evaluation")
    story.untied("tirta")
    story.step("tirta", "evaluated")


def _decree(story: Play) -> None:
    decreeing.make_decree(
        story.dossier, number="400.3/17/2026", place="Batu Layar", post="Bupati Batu Layar",
        check=f"{HOST}/kebijakan/{addresses.slug_of(story.dossier.number)}/keputusan/",
        seen=story.seen(), by=_officer("putri"), at=story.now,
    )  # fmt: skip


def _visits(story: Play) -> None:
    """What two people saw at the kitchens: one is shown, one waits to be read."""
    for number, told in enumerate(story.texts["visits"]):
        visited = speaking.Visited(
            place=told["place"], seen_on=story.today, body=told["body"], region_code=REGION,
            milestone=1,
        )  # fmt: skip
        draft = hashlib.sha256(f"demo-visit-{number}".encode()).digest()
        speaking.send_visit(story.dossier, visited, draft=draft, at=story.now)
    shown = SiteVisit.objects.filter(dossier=story.dossier).get(
        body=story.texts["visits"][0]["body"].strip()
    )
    speaking.show(shown, seen=story.seen(), by=_officer("rani"), at=story.now)


def _comments(story: Play) -> None:
    """Three people speak; the office answers what it may show."""
    told = story.texts["comments"]
    for number, each in enumerate(told):
        story.day = 249 - number
        draft = hashlib.sha256(f"demo-comment-{number}".encode()).digest()
        speaking.send_comment(
            story.dossier, draft=draft, name=each.get("name", ""), body=each["body"], at=story.now
        )
    story.day = 236
    officer = _officer("rani")
    for each in told:
        row = Comment.objects.get(dossier=story.dossier, body=each["body"].strip())
        if "withheld" in each:
            speaking.withhold(row, each["withheld"], seen=story.seen(), by=officer, at=story.now)
            continue
        speaking.show(row, seen=story.seen(), by=officer, at=story.now)
        speaking.answer(
            row, each["outcome"], each["answer"], seen=story.seen(), by=officer, at=story.now
        )


def _uniforms(story: Play, at: Callable[[int], datetime]) -> None:
    """A promise executed directly: the notice came late, the report and the study never."""
    promise = _promised(story)
    _into_lane(story, ends_in=150)
    story.plan(
        "rani",
        Planned("Seragam untuk empat ribu siswa", "Dinas Pendidikan",
                story.today + timedelta(days=45), 2_400_000_000, promise.measure,
                promise.target),
    )  # fmt: skip
    story.day = 66
    story.pay("putri", "notice")
    story.day = 24
    story.finish("rani", 1, Came(story.today, "Ukuran sebagian seragam tidak sesuai; diganti.",
                                 2_650_000_000, Decimal(3120)))  # fmt: skip
    story.day = 5
    for number, body in enumerate(story.texts["waiting"]):
        draft = hashlib.sha256(f"demo-waiting-{number}".encode()).digest()
        speaking.send_comment(story.dossier, draft=draft, name="", body=body, at=story.now)


def _promised(story: Play) -> Promise:
    told = story.texts["promise"]
    promised = promising.Promised(
        kind="campaign", who=told["who"], text=told["text"], source=told["source"],
        read_on=story.today, region_code=REGION, duties=("service",), groups=("children",),
        measure=told["measure"], target=Decimal(told["target"]),
    )  # fmt: skip
    officer = _officer("rani")
    row = promising.record_promise(promised, by=officer, at=story.now, once=uuid4())
    promising.link_promise(row, story.dossier, seen=story.seen(), by=officer, at=story.now)
    return row


def _flood(story: Play, at: Callable[[int], datetime]) -> None:
    """A bridge within the day. The promise's debts are overdue, so the province signs beside."""
    _into_lane(story, ends_in=90, beside=("umar", "vina"))
    story.plan(
        "rani",
        Planned("Jembatan darurat", "Dinas Pekerjaan Umum", story.today + timedelta(days=5),
                600_000_000, "meter jembatan", Decimal(24)),
        Planned("Ganti rugi dua pekarangan", "Dinas Pekerjaan Umum",
                story.today + timedelta(days=30), 40_000_000),
    )  # fmt: skip
    story.day = 11
    story.pay("putri", "notice")
    story.day = 8
    story.finish("rani", 1, Came(story.today, "Dilewati kendaraan ringan.", 640_000_000,
                                 Decimal(24)))  # fmt: skip


def _road(story: Play) -> None:
    """Begun by the book, while the head of the office would rather execute at once: nobody has
    signed beside him."""
    story.day = 4
    story.write("rani", "problem", "options")
    story.day = 3
    ends = {"sunset_on": (story.today + timedelta(days=60)).isoformat()}
    actions.write_part(
        story.dossier, "lane", story.texts["lane"] | ends, seen=story.seen(),
        by=_officer("putri"), at=story.now,
    )  # fmt: skip


def _into_lane(story: Play, *, ends_in: int, beside: tuple[str, ...] = ("umar",)) -> None:
    ends = {"sunset_on": (story.today + timedelta(days=ends_in)).isoformat()}
    words = story.texts["lane"] | ends
    putri = _officer("putri")
    actions.write_part(story.dossier, "lane", words, seen=story.seen(), by=putri, at=story.now)
    for login in beside:
        story.untied(login)
        actions.co_sign(story.dossier, seen=story.seen(), by=_officer(login), at=story.now)
    story.untied("putri")
    story.step("putri", f"use_lane_{words['ground']}", words["because"])
