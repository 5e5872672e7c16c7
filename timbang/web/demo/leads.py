"""Leads of the invented province: a few detectors over its public facts, and what an officer found.

Only detectors that mark something here are run, so that the demo starts soon; `timbang leads bring`
runs all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from timbang.accounts.models import Officer
from timbang.cases.actions import Desk, Person, leads, ways
from timbang.registry import actions as registry
from timbang.registry import reading_pairs, tables
from timbang.registry.models import NamePair
from timbang.signals import actions as signals
from timbang.signals import bringing, catalogue, reading
from timbang.signals.facts import Facts
from timbang.signals.models import Lead, LeadRun
from timbang.web.demo import province
from timbang.web.demo.office import Offices

DETECTORS: Final = ("R003", "R018", "A13")
LOGIN: Final = "citra"
# Pairs of names that she judges to be one person, so that a lead about a person waits.
JUDGED: Final = 2
NOTE: Final = "Diperiksa pada berkas tender; tidak ada petunjuk ke arah itu (data contoh)."


def bring_if_missing(now: datetime) -> bool:
    """Bring leads and let an officer work on some; False when there are some already."""
    if LeadRun.objects.exists():
        return False
    officer = Officer.objects.filter(login=LOGIN).first()
    if officer is not None:
        _judge_names(officer, now)
    chosen = [catalogue.detector(code) for code in DETECTORS]
    opened = tables.open_tables(settings.TABLES, engine="duckdb")
    with Facts(opened, name_links=reading_pairs.links()) as facts:
        list(bringing.bring_all(chosen, facts, settings.SIGNALS, at=now))
    if officer is not None:
        with translation.override("id"), transaction.atomic():
            _work(Offices({}, now).desk(LOGIN), now)
    return True


def _judge_names(officer: Officer, now: datetime) -> None:
    """The surest pairs of an official and somebody of a campaign team or a list of candidates."""
    for pair in NamePair.objects.filter(version=0).order_by("-certainty", "pk")[:JUDGED]:
        registry.judge_pair(
            pair, NamePair.Judgement.SAME, seen=0, why="Tanggal lahir sama (data contoh).",
            by=officer, at=now,
        )  # fmt: skip


def _work(by: Desk, now: datetime) -> None:
    """One lead in each state: taken over, ready to be, dismissed, merged, opened."""
    rows = _about_nobody(by)
    taken, ready, dismissed = next(rows), next(rows), next(rows)
    for row in (taken, ready):
        _look(row, by, now)
    _take_over(taken, by, now)
    signals.dismiss(
        dismissed, why="explained", note="Hanya satu penyedia di pulau ini (data contoh).",
        seen=dismissed.version, once=uuid4(), by=by.officer, at=now,
    )  # fmt: skip
    signals.merge(
        next(rows), next(rows), note="Satu paket dalam dua tahap (data contoh).", seen=0,
        once=uuid4(), by=by.officer, at=now,
    )  # fmt: skip
    about_a_person = Lead.objects.open_to(by.officer).filter(personal=True).first()
    if about_a_person is not None:
        leads.open_lead(about_a_person, by=by, at=now)


def _about_nobody(by: Desk) -> Iterator[Lead]:
    rows = Lead.objects.open_to(by.officer).filter(personal=False, state=Lead.State.OPEN)
    return iter(rows.order_by("turn", "id"))


def _look(row: Lead, by: Desk, now: datetime) -> None:
    for each in reading.explanations(row):
        row.refresh_from_db()
        signals.tick(
            row, each.place, outcome="not", note=NOTE, seen=row.version, once=uuid4(),
            by=by.officer, at=now,
        )  # fmt: skip
    row.refresh_from_db()


def _take_over(row: Lead, by: Desk, now: datetime) -> None:
    who = province.OFFICIALS["kabid"]
    found = ways.Found(
        timezone.localdate(now), "Paket ini hanya diikuti satu penawar menjelang pemungutan suara "
        "(data contoh).", lead=row.number,
    )  # fmt: skip
    person = Person(name=who.name, post=who.post, region=who.region, status=who.kind)
    facts: dict[str, object] = {"contest_kind": "governor"}
    ways.fix_finding(found, people=[person], facts=facts, by=by, at=now)
