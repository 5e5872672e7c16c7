"""What the accused reads behind his door: what he was shown, and what the case's own days say.

Opened with his receipt alone, without a session and without any organ's key. What is not sealed
(days of his summonses and hearings, codes of a decision that was delivered to him, the running
term) is read from the rows, so that it is always as it is today.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.formats import date_format

from timbang.cases import cleared, course, decisions, door_desk, door_vault, reading, running
from timbang.cases import minutes as texts
from timbang.cases.actions.door_sending import Opened
from timbang.cases.door_desk import Received
from timbang.cases.minutes import Record
from timbang.cases.models import (
    Accused,
    Decision,
    DecisionFinding,
    DecisionState,
    DoorItem,
    Hearing,
    Summons,
)
from timbang.cases.vault import Person
from timbang.law.bilingual import Bilingual
from timbang.law.terms import TermAnswer
from timbang.law.vocabulary import VERIFICATION

DISCIPLINE: Final = "discipline_pp_94"


@dataclass(frozen=True, slots=True)
class Right:
    """Something that he may do or expect. Without a norm it is this door's own promise."""

    text: Bilingual
    citation: str = ""
    level: str = ""

    @property
    def verified(self) -> Bilingual | None:
        """How far the text of the norm was verified."""
        return VERIFICATION.get(self.level)


_OURS: Final = (
    Right(
        Bilingual(
            "Membaca dugaan, menanggapinya kapan saja, dan membawa bukti.",
            "To read what is suspected, to answer at any time, and to bring evidence.",
        )
    ),
    Right(
        Bilingual(
            "Meminta salinan dan meminta pendamping. Apakah Saudara berhak atas pendamping dalam "
            "perkara ini belum kami temukan aturannya; kantor menjawab permintaan Saudara.",
            "To ask for copies and for a companion. Whether you have a right to a companion in "
            "this matter is not known to us: we have read no norm on it. The office answers you.",
        )
    ),
    Right(
        Bilingual(
            "Sampai ada keputusan, Saudara hanya diduga.",
            "Until there is a decision you are only suspected.",
        )
    ),
)
_PP_94: Final = (
    Right(
        Bilingual(
            "Dipanggil secara tertulis; bila tidak hadir, dipanggil sekali lagi. Setelah dua kali "
            "tidak hadir, keputusan diambil berdasarkan bukti yang ada.",
            "To be summoned in writing, and once more if you do not come. After two absences it "
            "is decided on the evidence that there is.",
        ),
        "PP 94/2021 ps 26",
        "two_copies",
    ),
    Right(
        Bilingual(
            "Diperiksa secara tertutup, tatap muka atau virtual, dengan berita acara.",
            "To be heard in private, face to face or virtually, with minutes.",
        ),
        "PP 94/2021 ps 27",
        "two_copies",
    ),
    Right(
        Bilingual(
            "Mendapat salinan berita acara. Menolak menandatangani tidak menghentikan pemeriksaan.",
            "To get a copy of the minutes. Refusing to sign does not stop the procedure.",
        ),
        "PP 94/2021 ps 32",
        "one_copy",
    ),
)


def rights(procedure: str) -> tuple[Right, ...]:
    """What he may do and expect, by the procedure of his case."""
    return (*(_PP_94 if procedure == DISCIPLINE else ()), *_OURS)


@dataclass(frozen=True)
class Item:
    """Something that he was shown, opened, in the language of the page."""

    row: DoorItem
    body: Mapping[str, Any]
    record: Record | None

    @property
    def told(self) -> dict[str, Any]:
        """What the page prints of codes and days."""
        held = self.body.get("held_on")
        return {
            "facts": [_fact(pair) for pair in self.body.get("facts", ())],
            "norms": [_norm(norm) for norm in self.body.get("norms", ())],
            "held_on": date.fromisoformat(held) if held else None,
            "manner": texts.MANNERS.get(self.record.manner) if self.record else None,
        }


def _words(pair: Mapping[str, str]) -> Bilingual:
    return Bilingual(pair["id"], pair["en"])


def _fact(pair: Mapping[str, Any]) -> dict[str, Any]:
    answer = [
        date_format(date.fromisoformat(one["day"]), "j F Y") if "day" in one else str(_words(one))
        for one in pair["answer"]
    ]
    return {"question": _words(pair["question"]), "answer": answer}


def _norm(norm: Mapping[str, Any]) -> dict[str, Any]:
    verified = VERIFICATION.get(norm["level"])
    return {"title": _words(norm["title"]), "citations": norm["citations"], "verified": verified}


@dataclass(frozen=True)
class Decided:
    """A decision about him that was delivered to him."""

    row: Decision
    sanction: Bilingual | None
    norms: tuple[tuple[str, str], ...]
    effect: TermAnswer | None
    remedies: tuple[decisions.RemedyView, ...]
    cleared: bool

    @property
    def proven(self) -> bool:
        """Whether something was found against him."""
        return self.row.finding != DecisionFinding.NOT_PROVEN


@dataclass(frozen=True)
class Page:
    """Everything behind one door."""

    number: str
    office: str
    ended_on: date | None
    step: Bilingual | None
    term: reading.TermView | None
    answer: TermAnswer | None
    items: tuple[Item, ...]
    summonses: tuple[Summons, ...]
    hearings: tuple[Hearing, ...]
    decided: tuple[Decided, ...]
    sent: tuple[Received, ...]
    rights: tuple[Right, ...]
    receipt_is_printed: bool

    @property
    def may_object(self) -> list[tuple[str, decisions.RemedyView]]:
        """The objections whose term is open on any reading, as the form names them."""
        return [
            (f"{view.remedy.code}:{found.row.pk}", view)
            for found in self.decided
            for view in found.remedies
            if view.may_file
        ]


def page(opened: Opened, *, on: date) -> Page:
    """The door as it is today."""
    door, case = opened.door, opened.door.case
    step = course.step_of(case)
    term = None if case.ended_on else reading.term_of(case, on)
    return Page(
        number=case.number,
        office=case.holder.name,
        ended_on=case.ended_on,
        step=step.title if step and case.ended_on is None else None,
        term=term,
        answer=running.explained(term.term) if term else None,
        items=tuple(_newest(_item(row, opened.key) for row in door.items.all())),
        summonses=tuple(Summons.objects.filter(accused=door.accused_id)),
        hearings=tuple(Hearing.objects.filter(accused=door.accused_id)),
        decided=tuple(_decided(door.accused, on)),
        sent=tuple(door_desk.received(door, opened.key, Person())),
        rights=rights(case.procedure.code),
        receipt_is_printed=door.sealed_receipt is not None,
    )


def _item(row: DoorItem, key: bytes) -> Item:
    body = door_vault.open_item(key, row)
    is_minutes = row.kind == DoorItem.Kind.MINUTES
    return Item(row, body, Record.from_json(body) if is_minutes else None)


def _newest(items: Iterable[Item]) -> list[Item]:
    """The newest suspicion, each minutes and reasons once, every note; the newest first."""
    found: dict[object, Item] = {}
    for item in items:
        kind = DoorItem.Kind(item.row.kind)
        one = kind if kind == DoorItem.Kind.SUSPICION else (kind, item.row.source)
        found[item.row.pk if kind == DoorItem.Kind.NOTE else one] = item
    return sorted(found.values(), key=lambda item: -item.row.position)


def manner(record: Record) -> Bilingual | None:
    """In which manner he was heard."""
    return texts.MANNERS.get(record.manner)


def _decided(accused: Accused, on: date) -> list[Decided]:
    freed = cleared.people(accused.case)
    rows = Decision.objects.filter(accused=accused).exclude(delivered_on=None)
    return [
        Decided(
            row=row,
            sanction=decisions.sanction_title(row),
            norms=decisions.norms_of(row),
            effect=decisions.effect_of(row),
            remedies=tuple(decisions.remedies(row, on)),
            cleared=accused.pk in freed,
        )
        for row in rows.exclude(state=DecisionState.REPLACED).select_related("case__procedure")
    ]
