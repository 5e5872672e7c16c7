"""The accused's door as the desk sees it: what could be shown him, what is shown, what he sent.

An offer is made of codes, of minutes of his own hearing and of the reasons of his own decision: no
word of a reporter and no name of another reported person has a place in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q

from timbang.accounts.models import Officer
from timbang.cases import accused_door, besides, course, decisions, door_vault, reading, vault
from timbang.cases.models import (
    Accused,
    Case,
    CaseTie,
    Decision,
    DecisionState,
    DocumentKind,
    Door,
    DoorItem,
    DoorMessage,
    Minutes,
)
from timbang.cases.vault import Desk, Person
from timbang.law.bilingual import Bilingual
from timbang.law.vocabulary import FACTS
from timbang.reports.actions import FileAbout, OpenedFile

YES: Final = Bilingual("Ya", "Yes")
NO: Final = Bilingual("Tidak", "No")
Kind = DoorItem.Kind
Body = dict[str, Any]


@dataclass(frozen=True)
class Offer:
    """Something that can be shown him. `shown`: he sees this very version already."""

    kind: DoorItem.Kind
    source: str
    body: Body
    day: date | None
    shown: bool

    @property
    def code(self) -> str:
        """How a form names it."""
        return f"{self.kind.value}:{self.source}"


def offers(accused: Accused, desk: Desk, *, on: date) -> list[Offer]:
    """What this organ can show him now."""
    shown = set(DoorItem.objects.filter(door__accused=accused).values_list("kind", "source"))
    found = [*_suspicion(accused, desk, on), *_minutes(accused, desk), *_reasons(accused, desk)]
    return [
        Offer(kind, source, body, day, (kind.value, source) in shown)
        for kind, source, body, day in found
    ]


Made = tuple[DoorItem.Kind, str, Body, date | None]


def _suspicion(accused: Accused, desk: Desk, on: date) -> Iterator[Made]:
    case = accused.case
    newest = reading.newest(case, DocumentKind.FACTS, desk)
    if newest is None:
        return
    person = vault.open_person(vault.case_key(case, desk), accused)
    body = {
        "name": person.name,
        "post": person.post,
        "agency": person.agency,
        "facts": _facts(reading.facts_of(case, desk), shared=_shared(case)),
        "norms": _norms(case, person, desk, on),
    }
    yield Kind.SUSPICION, str(newest.row.pk), body, newest.row.written_on


def _shared(case: Case) -> bool:
    """Whether the sheet of facts is, or was, about several people."""
    ties = CaseTie.objects.filter(Q(first=case) | Q(second=case)).exclude(why=CaseTie.Why.LINKED)
    return case.accused.count() > 1 or ties.exists()


def _facts(known: Mapping[str, object], *, shared: bool) -> list[Body]:
    """What is known of the act, as questions and answers in both languages."""
    told = accused_door.SHOWN - (accused_door.OF_A_PERSON if shared else frozenset())
    return [
        {"question": _both(FACTS[key].question), "answer": _answer(key, known[key])}
        for key in FACTS
        if key in told and known.get(key) is not None
    ]


def _answer(key: str, value: object) -> list[Any]:
    fact = FACTS[key]
    if isinstance(value, bool):
        return [_both(YES if value else NO)]
    if isinstance(value, date):
        return [{"day": value.isoformat()}]
    codes = value if isinstance(value, (list, tuple)) else [value]
    told = [_both(fact.choices[str(code)]) for code in codes if str(code) in fact.choices]
    return told or [{"id": str(value), "en": str(value)}]


def _norms(case: Case, person: Person, desk: Desk, on: date) -> list[Body]:
    groups = reading.findings_of(case, desk, on=on)
    return [
        {
            "norm": found.norm,
            "title": _both(found.title),
            "citations": list(found.citations),
            "level": found.level,
        }
        for group in groups
        if person in group.people
        for found in group.applying
    ]


def _both(words: Bilingual) -> dict[str, str]:
    return {"id": words["id"], "en": words["en"]}


def _minutes(accused: Accused, desk: Desk) -> Iterator[Made]:
    """Minutes that are closed: signed, or his refusal noted."""
    rows = Minutes.objects.filter(hearing__accused=accused).exclude(closed_as="")
    for row in rows.select_related("document", "hearing"):
        body = vault.open_document(row.document, desk)
        if body is not None:
            held = {"held_on": row.hearing.held_on.isoformat()}
            yield Kind.MINUTES, str(row.document_id), body | held, row.closed_on


def _reasons(accused: Accused, desk: Desk) -> Iterator[Made]:
    """The reasons of what was decided about him, once he was told the decision."""
    rows = Decision.objects.filter(accused=accused).exclude(state=DecisionState.REPLACED)
    for row in rows.exclude(delivered_on=None):
        key = vault.case_key(accused.case, desk)
        words = decisions.open_reasons(key, row)
        yield Kind.REASONS, str(row.pk), {"text": words.get("reasons", "")}, row.delivered_on


# What he sent


@dataclass(frozen=True)
class Received:
    """A message of his, opened."""

    row: DoorMessage
    person: Person
    text: str
    files: tuple[OpenedFile, ...]
    taken: frozenset[object]
    remedy: Bilingual | None


def received(door: Door, door_key: bytes, person: Person) -> list[Received]:
    """What he sent, the newest first."""
    rows = door.messages.select_related("read_by", "decision", "exhibit")
    return [_received(row, door, door_key, person) for row in rows.order_by("-position")]


def _received(row: DoorMessage, door: Door, door_key: bytes, person: Person) -> Received:
    files = list(row.files.all())
    return Received(
        row=row,
        person=person,
        text=door_vault.open_text(door_key, row),
        files=tuple(
            OpenedFile(
                file.id,
                file.added_on,
                FileAbout.from_json(door_vault.open_about(door_key, file)),
                file.stored_as,
                file.has_copy,
            )
            for file in files
        ),
        taken=frozenset(file.id for file in files if file.exhibit_id is not None),
        remedy=remedy_title(door.case, row.remedy),
    )


def remedy_title(case: Case, code: str) -> Bilingual | None:
    """What a remedy of the case's procedure is called."""
    every = course.procedure_of(case).remedies
    return next((remedy.title for remedy in every if remedy.code == code), None)


# The part of the case page


@dataclass(frozen=True)
class DoorView:
    """One reported person's door, for the case page."""

    accused: Accused
    person: Person
    door: Door | None
    sent: int
    unread: int


def part(case: Case, desk: Desk) -> dict[str, Any]:
    """What the case page shows of doors, to the office that acts and to those beside it."""
    if not reads(case, desk.officer):
        return {"doors": []}
    key = vault.case_key(case, desk)
    doors = {door.accused_id: door for door in case.doors.all()}
    return {"doors": [_door_view(row, doors.get(row.pk), key) for row in case.accused.all()]}


def _door_view(row: Accused, door: Door | None, key: bytes) -> DoorView:
    person = vault.open_person(key, row)
    if door is None:
        return DoorView(row, person, None, 0, 0)
    read = list(door.messages.values_list("read_on", flat=True))
    return DoorView(row, person, door, len(read), read.count(None))


def reads(case: Case, officer: Officer) -> bool:
    """Whether he reads what reported persons send: the office whose turn it is, and those whom it
    asked in. An office that had the case before holds its key still, and is not shown it."""
    organ = officer.organ
    return case.keeper_id == organ.pk or besides.is_member(case, organ)
