"""The offices around a case, as the desk shows them: who has it, since when, who is competent.

Reads only. Names and posts are opened for the competence of a matter and go nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F

from timbang.accounts.models import Organ
from timbang.cases import besides, competence, reading
from timbang.cases.actions import teaming
from timbang.cases.competence import Body, Matter, Proposal
from timbang.cases.models import Case, CaseKey, HandOver, Holding, Member
from timbang.cases.permission import READERS, TRIAGE, may
from timbang.cases.vault import Desk, Person
from timbang.law.bilingual import Bilingual
from timbang.law.vocabulary import VERIFICATION

MOST = 50
# A page is shown at once, however many cases an office has had.
NEWEST = 2000
# what people wrote as a region may be a name
REGION = re.compile(r"\d\d(\.\d\d)?")
SEVERAL = Bilingual(
    "Terlapor bekerja di beberapa tempat; usul ini menurut yang pertama.",
    "The reported persons work in several places; this proposal goes by the first.",
)


@dataclass(frozen=True, slots=True)
class Time:
    """How long an organ had a case; `days` is empty while its arrival is not proven."""

    organ: Organ
    sent_on: date
    since_on: date | None
    until_on: date | None
    days: int | None


@dataclass(frozen=True, slots=True)
class Competent:
    """A proposal with the organ itself and how far the norm was read."""

    organ: Organ
    proposal: Proposal
    level: Bilingual | None


@dataclass(frozen=True, slots=True)
class Around:
    """The part of the case page about offices."""

    waiting: HandOver | None
    overdue: bool
    may_accept: bool
    may_return: bool
    times: tuple[Time, ...]
    members: tuple[Member, ...]
    examines: bool
    steps_in: bool
    may_lead: bool
    may_leave: bool


def around(case: Case, desk: Desk, *, on: date) -> Around:
    """Who has to do with a case beside this office, and what this officer may do about it."""
    rows = HandOver.objects.select_related("sender", "receiver")
    waiting = rows.filter(case=case, answer="").first()
    ours = waiting is not None and waiting.receiver_id == desk.organ.pk
    members = Member.objects.filter(case=case, left_on=None).select_related("organ", "asked_by")
    return Around(
        waiting=waiting,
        overdue=waiting is not None and on > waiting.due_on,
        may_accept=ours and may(desk.officer, *READERS),
        may_return=ours and may(desk.officer, *TRIAGE),
        times=tuple(times_of(case, on=on)),
        members=tuple(members),
        examines=besides.examines(case, desk.organ),
        steps_in=besides.steps_in(case, desk.organ),
        may_lead=teaming.may_lead(case, desk),
        may_leave=besides.is_member(case, desk.organ) and may(desk.officer, *TRIAGE),
    )


def times_of(case: Case, *, on: date) -> list[Time]:
    """How long each organ has had a case, in the order in which it went."""
    rows = Holding.objects.filter(case=case).select_related("organ")
    return [_time(row, on) for row in rows.order_by("sent_on", F("until_on").asc(nulls_last=True))]


def _time(row: Holding, on: date) -> Time:
    days = None if row.since_on is None else ((row.until_on or on) - row.since_on).days
    return Time(row.organ, row.sent_on, row.since_on, row.until_on, days)


@dataclass(frozen=True, slots=True)
class Total:
    """The time that an organ had the newest cases which this office holds or held."""

    organ: Organ
    cases: int
    now: int
    days: int


def totals(organ: Organ, *, on: date) -> list[Total]:
    """Per organ: how many of our newest cases it had, how many it has, and days in all."""
    held = CaseKey.objects.filter(organ=organ).order_by("-pk").values("case")[:NEWEST]
    rows = Holding.objects.filter(case__in=held)
    found: dict[UUID, list[int]] = {}
    for key, since, until in rows.values_list("organ", "since_on", "until_on").iterator():
        if since is None:
            continue
        total = found.setdefault(key, [0, 0, 0])
        total[0] += 1
        total[1] += until is None
        total[2] += ((until or on) - since).days
    organs = Organ.objects.in_bulk(list(found))
    listed = [Total(organs[key], *total) for key, total in found.items()]
    return sorted(listed, key=lambda each: (-each.days, each.organ.name))


def to_take_on(organ: Organ) -> list[HandOver]:
    """Cases that were given to this office and that it has neither taken on nor sent back."""
    rows = HandOver.objects.filter(receiver=organ, answer="").order_by("due_on", "pk")
    return list(rows.select_related("case", "sender")[:MOST])


def not_taken_on(organ: Organ) -> list[HandOver]:
    """Cases that this office gave away and that were neither taken on nor sent back."""
    rows = HandOver.objects.filter(sender=organ, answer="").order_by("due_on", "pk")
    return list(rows.select_related("case", "receiver")[:MOST])


def competent(kind: str, people: Sequence[Person], province: str, on: date) -> list[Competent]:
    """The organs of a kind that may be competent for these people, the best first, with doubts."""
    known = [person for person in people if REGION.fullmatch(person.region)] or list(people)
    first = known[0] if known else Person()
    region = first.region if REGION.fullmatch(first.region) else province
    matter = Matter(kind, region, on, competence.post_of(first.post, region))
    organs = {organ.code: organ for organ in Organ.objects.select_related("successor")}
    several = len({person.region for person in known}) > 1
    return [
        _competent(organs[found.code], found, several)
        for found in competence.propose(matter, [body(organ) for organ in organs.values()])
    ]


def competent_for(case: Case, desk: Desk, kind: str, *, on: date) -> list[Competent]:
    """The same for the people of a case."""
    people = [found.person for found in reading.people_of(case, desk, on=on)]
    return competent(kind, people, case.province_code, on)


def body(organ: Organ) -> Body:
    """An organ as competence sees it."""
    return Body(
        code=organ.code,
        kind=organ.kind,
        region=organ.region_code,
        created_on=organ.created_on,
        closed_on=organ.closed_on,
        ready=not organ.inside or organ.public_key is not None,
        successor=organ.successor.code if organ.successor else "",
    )


def _competent(organ: Organ, found: Proposal, several: bool) -> Competent:
    doubts = (*found.doubts, SEVERAL) if several else found.doubts
    told = Proposal(found.code, found.reason, found.citation, found.level, doubts)
    return Competent(organ, told, VERIFICATION.get(found.level))
