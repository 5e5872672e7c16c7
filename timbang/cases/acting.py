"""What the desk shows of who works on a case, who may not, and who looked up whom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from timbang.accounts import absences
from timbang.accounts.models import Absence, Officer, Organ
from timbang.cases import conflicts, lists, matching
from timbang.cases.matching import Interest
from timbang.cases.models import Assignment, Case, Conflict, Interests, LookUp, OrganConflict, Part
from timbang.cases.permission import CASEWORK, READERS, may
from timbang.cases.vault import Desk
from timbang.law import recusal
from timbang.law.bilingual import Bilingual
from timbang.law.vocabulary import VERIFICATION

PAGE = 100
SHELVES = ("mine", "unassigned")


@dataclass(frozen=True)
class Given:
    """An officer to whom a case was given, and who stands in for him while he is away."""

    row: Assignment
    absence: Absence | None

    @property
    def in_charge(self) -> bool:
        """Whether he is the one in charge."""
        return self.row.part == Part.IN_CHARGE


@dataclass(frozen=True)
class ConflictView:
    """A conflict in words: of whom, which relation, by which norm, who acts instead."""

    row: Conflict
    relation: Bilingual
    level: Bilingual
    instead: recusal.Authority
    may_lift: bool


@dataclass(frozen=True)
class OrganView:
    """A conflict of the whole organ, and who acts instead."""

    row: OrganConflict
    instead: recusal.Authority
    level: Bilingual | None


@dataclass(frozen=True)
class Candidate:
    """An officer to whom the case can be given, or why not."""

    officer: Officer
    barred: Bilingual | None
    asks: bool
    away_until: date | None


def assigned(officer: Officer, on: date) -> QuerySet[Assignment]:
    """What was given to this officer, and to those for whom he stands in on this day."""
    people = [officer.pk, *(row.officer_id for row in absences.stood_in_for(officer, on))]
    return Assignment.objects.filter(officer__in=people, organ=officer.organ_id, until_on=None)


def mine(officer: Officer, on: date) -> QuerySet[Assignment, UUID]:
    """The ids of the cases of `assigned`: for `lists.Filters(cases=...)`."""
    return assigned(officer, on).values_list("case", flat=True)


def shelf(officer: Officer, name: str, *, on: date, after: str = "") -> lists.Slice[Case]:
    """A page of the cases that were given to an officer, or of those that nobody has in charge."""
    if name == "mine":
        return lists.held(
            officer, "running", only=lists.Filters(cases=mine(officer, on)), after=after
        )
    return lists.waiting(officer, only=lists.Filters(where=Q(in_charge=False)), after=after)


def given_of(case: Case, desk: Desk, on: date) -> list[Given]:
    """Who of one's own organ has the case."""
    rows = Assignment.objects.filter(case=case, organ=desk.organ, until_on=None)
    return [Given(row, absences.away(row.officer, on)) for row in rows.select_related("officer")]


def conflicts_of(case: Case, desk: Desk) -> list[ConflictView]:
    """The conflicts of officers of one's own organ in this case, those in force first."""
    rows = Conflict.objects.filter(case=case, officer__organ=desk.organ)
    told = rows.select_related("officer", "lifted_by").order_by("lifted_on", "since_on")
    instead = recusal.instead_of_officer(acts_as_superior=conflicts.by_law(case))
    decides = may(desk.officer, "decision_maker")
    return [
        ConflictView(
            row=row,
            relation=recusal.RELATIONS[row.relation].title,
            level=_level(row.level),
            instead=instead,
            may_lift=decides and row.found == Conflict.Found.MATCHED and row.lifted_on is None,
        )
        for row in told
    ]


def organ_conflict(case: Case, organ: Organ) -> OrganView | None:
    """The conflict of the whole organ in this case."""
    row = OrganConflict.objects.filter(case=case, organ=organ, ended_on=None).first()
    if row is None:
        return None
    instead = conflicts.authority(row.instead)
    return OrganView(row, instead, None if instead.is_flag else _level(instead.level))


def flagged() -> QuerySet[OrganConflict]:
    """Cases in which no norm names who acts: for BKN and the Ministry of Home Affairs."""
    rows = OrganConflict.objects.filter(instead="flagged", ended_on=None, case__ended_on=None)
    return rows.select_related("case", "organ")


def candidates(case: Case, desk: Desk, on: date) -> list[Candidate]:
    """Every officer of the organ who works on cases, and whether he can get this one."""
    found = conflicts.tied(case, conflicts.colleagues(desk), desk)
    return [
        Candidate(
            officer=officer,
            barred=_barred(case, officer, desk),
            asks=any(each.officer.pk == officer.pk and not each.tie.surely for each in found)
            and not conflicts.declared(case, officer),
            away_until=_away_until(officer, on),
        )
        for officer in conflicts.colleagues(desk)
        if may(officer, *READERS)
    ]


def _barred(case: Case, officer: Officer, desk: Desk) -> Bilingual | None:
    row = conflicts.standing(case, officer)
    tie = None if row else conflicts.sure_tie(case, officer, desk)
    relation = row.relation if row else tie.relation if tie else None
    return recusal.RELATIONS[relation].title if relation else None


def _away_until(officer: Officer, on: date) -> date | None:
    row = absences.away(officer, on)
    return row.until_on if row else None


def part_of(case: Case, desk: Desk, on: date) -> dict[str, Any]:
    """What the case page says of who works on it."""
    given = given_of(case, desk, on)
    mine_now = any(each.row.officer_id == desk.officer.pk for each in given)
    decides = may(desk.officer, "decision_maker")
    charge = any(each.in_charge for each in given)
    return {
        "given": given,
        "may_assign": case.ended_on is None
        and (decides or (not charge and may(desk.officer, *CASEWORK))),
        "must_declare": mine_now and not conflicts.declared(case, desk.officer),
        "conflicts": [each for each in conflicts_of(case, desk) if each.row.lifted_on is None],
        "organ_conflict": organ_conflict(case, desk.organ),
        "reads": may(desk.officer, *READERS),
    }


def declared_of(officer: Officer, desk: Desk) -> tuple[list[Interests], tuple[Interest, ...]]:
    """An officer's declarations, the newest first, and what the newest says."""
    rows = list(Interests.objects.filter(officer=officer, organ=desk.organ).order_by("-version"))
    return rows, conflicts.opened(rows[0], desk) if rows else ()


def look_ups(officer: Officer, after: str = "") -> tuple[list[LookUp], str]:
    """The look-ups of an officer's organ, newest first, without their words, and the mark of the
    next page; none for a case that he himself may not open."""
    rows = LookUp.objects.filter(organ=officer.organ_id).order_by("-done_on", "-pk")
    rows = rows.exclude(case__in=conflicts.barred_cases(officer))
    mark = re.fullmatch(r"(\d{4}-\d\d-\d\d)\.([0-9a-f]{32})", after)
    if mark:
        rows = rows.filter(Q(done_on__lt=mark[1]) | Q(done_on=mark[1], pk__lt=UUID(mark[2])))
    found = list(rows.select_related("officer")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return found[:PAGE], f"{last.done_on}.{last.pk.hex}" if last else ""


def kinds() -> Mapping[str, matching.Kind]:
    """The kinds of ties that can be declared."""
    return matching.KINDS


def _level(code: str) -> Bilingual:
    return VERIFICATION[code]
