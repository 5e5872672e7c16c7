"""What waits for one officer, and what he does next with it: in codes and days, nothing opened.

First what was given to him, or to somebody for whom he stands in; then what was given to nobody
and stands at a step of his roles. What a colleague has in hand waits for that colleague.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from timbang.accounts.models import Absence, Officer
from timbang.cases import course, lists
from timbang.cases.lists import Amount, Filters
from timbang.cases.models import (
    Assignment,
    Case,
    DoorMessage,
    HandOver,
    OpenTerm,
    ProcedureVersion,
    Seat,
    Summons,
)
from timbang.cases.permission import CASEWORK, READERS, TRIAGE, may
from timbang.law import procedure as law
from timbang.law.bilingual import Bilingual
from timbang.law.terms import labels

# Ours: what is due within so many days is said to be pressing.
SOON: Final = timedelta(days=3)
WEEK: Final = timedelta(days=7)
MINE, FREE, ALL = "mine", "free", "all"
LATE, TODAY, THIS_WEEK = "late", "today", "week"
MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Wish:
    """What an officer wants to see of his cases: codes only, each empty for "all"."""

    whose: str = ""
    due: str = ""
    kind: str = ""
    procedure: str = ""
    step: str = ""

    def filters(self, officer: Officer, on: date) -> Filters:
        """The same for `lists`."""
        where = Q()
        if self.whose in (MINE, ""):
            where = given_to(officer, on)
        if self.whose in (FREE, ""):
            free = given_to_nobody() & at_steps_of(officer)
            where = free if self.whose == FREE else where | free
        until = {LATE: on - timedelta(days=1), TODAY: on, THIS_WEEK: on + WEEK}.get(self.due)
        return Filters(
            kind=self.kind, procedure=self.procedure, step=self.step, due_by=until, where=where
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits, and how much of it is due soon or past its safe day: nothing else."""

    all: Amount
    soon: Amount

    def __bool__(self) -> bool:
        return self.all.count > 0


def stands_in_for(officer: Officer, on: date) -> list[UUID]:
    """Who is away today and named this officer as the one who does his work."""
    away = Absence.objects.filter(delegate=officer, from_on__lte=on, until_on__gte=on)
    return list(
        away.filter(Q(ended_on=None) | Q(ended_on__gt=on)).values_list("officer", flat=True)
    )


def is_away(officer: Officer, on: date) -> bool:
    """Whether he said that he is away today."""
    away = Absence.objects.filter(officer=officer, from_on__lte=on, until_on__gte=on)
    return away.filter(Q(ended_on=None) | Q(ended_on__gt=on)).exists()


def given_to(officer: Officer, on: date) -> Q:
    """Keys of cases that are in his hands, or in those of somebody for whom he stands in."""
    hands = [officer.pk, *stands_in_for(officer, on)]
    given = Assignment.objects.filter(organ=officer.organ_id, officer__in=hands, until_on=None)
    return Q(case__in=given.values("case"))


def given_to_nobody() -> Q:
    """Keys of cases that nobody of their organ has in hand."""
    return Q(in_charge=False, given=False)


def at_steps_of(officer: Officer) -> Q:
    """Keys of cases at a step where one of his roles may do something, of any version on file."""
    if may(officer, "decision_maker") and may(officer, "examiner") and may(officer, "receiver"):
        return Q()
    where = Q(pk__in=[])
    for hash_, code, body in ProcedureVersion.objects.values_list("hash", "code", "body"):
        steps = _steps_for(hash_, body, officer.organ.kind, frozenset(officer.roles))
        where |= Q(procedure=code, step__in=steps)
    return where


@lru_cache(maxsize=512)
def _steps_for(_hash: str, body: str, kind: str, roles: frozenset[str]) -> tuple[str, ...]:
    steps = law.from_json(body).steps
    return tuple(step.code for step in steps if _something_to_do(step, kind, roles))


def _something_to_do(step: law.Step, kind: str, roles: frozenset[str]) -> bool:
    if step.actor != kind:  # to be handed over, or recorded for an office outside
        return not roles.isdisjoint(READERS)
    return any(outcome.actor == kind and outcome.role in roles for outcome in step.outcomes)


def next_of(case: Case, officer: Officer, *, pending: bool) -> list[Bilingual]:
    """What this officer may do next with a case of his organ, in words; `pending`: it was handed
    over and not taken on yet. Whether each thing is ready yet is told by the case's own page."""
    step = course.step_of(case)
    if step is None:
        return []
    if pending and may(officer, *TRIAGE):
        return [TAKE_ON]
    if not case.holder.inside:
        return [RECORD] if may(officer, *READERS) else []
    if step.actor != officer.organ.kind:
        return [HAND_ON] if may(officer, *CASEWORK) else []
    return [
        outcome.title
        for outcome in step.outcomes
        if outcome.actor == officer.organ.kind and outcome.role in officer.roles
    ]


TAKE_ON = Bilingual("terima kasus ini atau kembalikan", "take it on or send it back")
RECORD = Bilingual(
    "catat bukti penyampaian, lalu jawaban instansi di luar",
    "record the proof of arrival, then what the outside office answers",
)
HAND_ON = Bilingual(
    "serahkan ke instansi yang berwenang", "hand it over to the office whose turn it is"
)


def why_then(term: OpenTerm) -> list[Bilingual]:
    """Where the last day of a term comes from: length and source of each reading."""
    return labels(course.law_term_of(term))


def pending(cases: Iterable[Case], officer: Officer) -> set[UUID]:
    """Those of the cases that were handed to his organ and wait to be taken on."""
    rows = HandOver.objects.filter(case__in=list(cases), receiver=officer.organ_id, answer="")
    return set(rows.values_list("case", flat=True))


# What waits beside the steps


def to_take_on(officer: Officer, *, most: int = MOST) -> list[HandOver]:
    """Cases that were handed to his organ and that nobody has taken on."""
    if not may(officer, *TRIAGE):
        return []
    rows = HandOver.objects.filter(receiver=officer.organ_id, answer="")
    rows = rows.filter(_opens(officer, "case")).order_by("due_on", "pk")
    return lists.few(rows, "case", "sender", most=most)


def votes(officer: Officer, *, most: int = MOST) -> list[Seat]:
    """Plenaries in which this officer has a seat and has not voted."""
    rows = Seat.objects.filter(officer=officer, choice="", recused="", plenary__closed_on=None)
    rows = rows.filter(_opens(officer, "plenary__case")).order_by("plenary__meets_on", "pk")
    return lists.few(rows, "plenary__case", most=most)


def from_the_reported(officer: Officer, *, most: int = MOST) -> list[DoorMessage]:
    """What reported persons sent through their doors and nobody of his organ has read."""
    if not may(officer, *CASEWORK):
        return []
    rows = DoorMessage.objects.filter(
        _opens(officer, "door__case"), door__case__keeper=officer.organ_id
    )
    return lists.few(rows.filter(read_on=None).order_by("sent_on", "pk"), "door__case", most=most)


def his_or_free(officer: Officer, on: date) -> Q:
    """Keys of cases that are in his hands or in nobody's."""
    return given_to(officer, on) | given_to_nobody()


def hearings(
    officer: Officer, where: Q, *, first: date, last: date | None = None, most: int = MOST
) -> list[Summons]:
    """For which days reported persons are summoned, in those cases of his organ whose keys are
    `where`."""
    rows = Summons.objects.filter(summoned_for_on__gte=first)
    if last is not None:
        rows = rows.filter(summoned_for_on__lte=last)
    # Asked row by row: the summonses of a day are few, the cases of an organ are not.
    keys = lists.waiting_keys(officer).filter(where, case=OuterRef("case"))
    rows = rows.filter(Exists(keys)).order_by("summoned_for_on", "pk")
    return lists.few(rows, "case", most=most)


def _opens(officer: Officer, case: str) -> Exists:
    """Asked row by row: what waits is little, the cases of an organ are many."""
    return Exists(lists.open_to(officer).filter(case=OuterRef(case)))


def counts(officer: Officer, on: date) -> Counts:
    """How much waits for him: cases, votes and reports together, so that no count tells of a
    report."""
    # Each from its own index: what is in his hands is in no list of what nobody has.
    mine = lists.narrowed(officer, Wish(whose=MINE).filters(officer, on))
    free = lists.narrowed(officer, Wish(whose=FREE).filters(officer, on))
    seats = Seat.objects.filter(officer=officer, choice="", recused="", plenary__closed_on=None)
    seats = seats.filter(_opens(officer, "plenary__case"))
    waiting: list[QuerySet[Any]] = [mine, free, seats]
    soon: list[QuerySet[Any]] = [
        mine.filter(due_on__lte=on + SOON),
        free.filter(due_on__lte=on + SOON),
        seats.filter(plenary__meets_on__lte=on + SOON),
    ]
    if may(officer, *TRIAGE):
        reports = OpenTerm.objects.running().filter(
            organ=officer.organ_id, report__status__in=lists.WITHOUT_CASE
        )
        waiting.append(reports)
        soon.append(reports.filter(safe_day__lte=on + SOON))
    return Counts(_together(waiting), _together(soon))


def _together(rows: Iterable[QuerySet[Any]]) -> Amount:
    found = [lists.amount(some) for some in rows]
    count = sum(one.count for one in found)
    more = count > lists.SOME or any(one.more for one in found)
    return Amount(min(count, lists.SOME), more)
