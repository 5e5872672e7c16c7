"""How the hearing of each reported person stands: summoned, heard, written down, signed.

A hearing on facts that were changed afterwards is none for deciding: he was never asked about what
he would be punished for. Either he is heard again, or an officer states, with his reason, that the
change is not one of substance. No article was read that says so; the right to be heard is empty
without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from timbang.cases import minutes as texts
from timbang.cases import vault
from timbang.cases.minutes import Record
from timbang.cases.models import Accused, Act, Case, CaseStep, Hearing, Minutes, Summons
from timbang.cases.vault import Desk
from timbang.law.bilingual import Bilingual
from timbang.law.summonses import OPEN_POINT, Distance, distance


def facts_moved(case: Case) -> int:
    """The journal version of the last change of facts that nobody stated to be without substance;
    0 when there was none."""
    lines = CaseStep.objects.filter(case=case, act__in=(Act.FACTS, Act.UNCHANGED))
    last = lines.order_by("version").last()
    return last.version if last and last.act == Act.FACTS else 0


def stands(hearing: Hearing, moved: int) -> bool:
    """Whether a hearing was held on the facts as they are now. One that came over from another
    case, with a person who was split off, stands until the facts change here."""
    if hearing.journal is None:
        return True
    if hearing.journal.case_id != hearing.case_id:
        return not moved
    return hearing.journal.version > moved


def standing(person: Accused, moved: int, *, on: date) -> list[Hearing]:
    """The hearings of a person that count for deciding."""
    rows = person.hearings.select_related("journal")
    return [row for row in rows if row.held_on <= on and stands(row, moved)]


def passed(person: Accused, on: date) -> set[int]:
    """Which of a person's summonses have let their day pass."""
    return {row.ordinal for row in person.summonses.all() if row.summoned_for_on < on}


def heard(person: Accused, moved: int, *, on: date, written: bool = False) -> bool:
    """One hearing that counts, with minutes where it must be `written`, or two summonses whose days
    have passed (PP 94/2021 ps 26)."""
    held = standing(person, moved, on=on)
    if written:
        held = [row for row in held if row.minutes.exists()]
    return bool(held) or passed(person, on) == {1, 2}


def _people(case: Case) -> list[Accused]:
    return list(case.accused.prefetch_related("summonses"))


def guards(case: Case, *, on: date, here: bool) -> dict[str, bool | None]:
    """What the files show of hearings and summonses. `here`: the office whose turn it is works in
    this system, so that what is not on file did not happen, and a hearing without minutes is none;
    elsewhere its officer says it."""
    people, moved = _people(case), facts_moved(case)
    held = [row for person in people for row in standing(person, moved, on=on)]
    all_told = bool(held) and all(heard(person, moved, on=on) for person in people)
    written = all_told and all(row.minutes.exists() for row in held)
    closed = all_told and all(row.minutes.exclude(closed_as="").exists() for row in held)
    return {
        "hearing_or_two_summonses": bool(people)
        and all(heard(person, moved, on=on, written=here) for person in people),
        "hearing_held": written if here else (None if held else False),
        "minutes_signed_or_refusal_noted": closed if here else None,
        "first_summons_proven": _proven(people, {1}, on),
        "second_summons_proven": _proven(people, {1, 2}, on),
    }


def _proven(people: Sequence[Accused], wanted: set[int], on: date) -> bool | None:
    """False: its day has not passed. True: its delivery is proven too. None: he must say so."""
    waited = [person for person in people if passed(person, on) >= wanted]
    if not waited:
        return False
    return True if all(_delivered(person, wanted) for person in waited) else None


def _delivered(person: Accused, wanted: set[int]) -> bool:
    rows = [row for row in person.summonses.all() if row.ordinal in wanted]
    return all(row.delivered_on is not None for row in rows)


# What the pages show


@dataclass(frozen=True)
class Version:
    """One version of the minutes, opened; `record` is None when it was not given to this organ."""

    row: Minutes
    record: Record | None


@dataclass(frozen=True)
class Heard:
    """A hearing with its minutes."""

    row: Hearing
    stands: bool
    versions: tuple[Version, ...]

    @property
    def newest(self) -> Version | None:
        """The version that counts."""
        return self.versions[-1] if self.versions else None

    @property
    def missing(self) -> tuple[Bilingual, ...]:
        """What the minutes lack before they can be closed."""
        found = self.newest
        return texts.missing(found.record) if found and found.record else ()

    @property
    def closed(self) -> bool:
        """Whether they were signed, or the refusal noted."""
        return self.newest is not None and self.newest.row.closed_as != ""


@dataclass(frozen=True)
class Summoned:
    """A summons with how far it lies from its day, and how its arrival is known."""

    row: Summons
    distance: Distance
    follows: Distance | None
    proof: str


@dataclass(frozen=True)
class Process:
    """How the hearing of one reported person stands."""

    person: vault.Person
    row: Accused
    hearings: tuple[Heard, ...]
    summonses: tuple[Summoned, ...]
    heard: bool
    absent_twice: bool

    @property
    def voided(self) -> bool:
        """Whether he was heard, and on facts that were changed since."""
        return bool(self.hearings) and not any(found.stands for found in self.hearings)


def process_of(case: Case, desk: Desk, *, on: date) -> list[Process]:
    """How the hearing of each reported person stands."""
    key, moved = vault.case_key(case, desk), facts_moved(case)
    return [_process(row, key, moved, desk, on) for row in _people(case)]


def _process(row: Accused, key: bytes, moved: int, desk: Desk, on: date) -> Process:
    rows = row.hearings.select_related("journal").order_by("held_on")
    return Process(
        person=vault.open_person(key, row),
        row=row,
        hearings=tuple(opened(found, desk, moved=moved) for found in rows),
        summonses=tuple(_summoned(list(row.summonses.all()), key)),
        heard=heard(row, moved, on=on),
        absent_twice=passed(row, on) == {1, 2} and not row.hearings.exists(),
    )


def opened(row: Hearing, desk: Desk, *, moved: int) -> Heard:
    """A hearing with every version of its minutes."""
    rows = row.minutes.select_related("document__organ", "document__written_by")
    versions = tuple(Version(found, _record(found, desk)) for found in rows)
    return Heard(row, stands(row, moved), versions)


def _record(row: Minutes, desk: Desk) -> Record | None:
    body = vault.open_document(row.document, desk)
    return None if body is None else Record.from_json(body)


def _summoned(rows: list[Summons], key: bytes) -> list[Summoned]:
    found = []
    for place, row in enumerate(rows):
        missed = rows[place - 1].summoned_for_on if place else None
        found.append(
            Summoned(
                row=row,
                distance=distance(row.sent_on, row.summoned_for_on),
                follows=distance(missed, row.sent_on, second=True) if missed else None,
                proof=vault.open_proof(key, row),
            )
        )
    return found


def part(case: Case, desk: Desk, *, on: date) -> dict[str, Any]:
    """What the case page shows of hearings."""
    found = process_of(case, desk, on=on)
    return {
        "process": found,
        "voided": any(each.voided for each in found),
        "summons_doubt": OPEN_POINT,
    }
