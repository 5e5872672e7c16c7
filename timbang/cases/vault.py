"""What is sealed in a case, and to whom: opening and closing, nothing else.

Every ciphertext is bound to its row (the context holds the row's id), so that nobody with the
database can move a text from one case into another unnoticed.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Self
from uuid import UUID

from timbang.accounts import keys
from timbang.accounts.models import Officer, Organ
from timbang.cases.models import (
    Accused,
    Case,
    CaseKey,
    CustodyEntry,
    Delivery,
    Document,
    Exhibit,
    ItemKey,
    Summons,
)
from timbang.reports import sealing


@dataclass(frozen=True)
class Desk:
    """An officer at work: who he is, and his organ's private key, unlocked for this request."""

    officer: Officer
    private: bytes = field(repr=False)

    @property
    def organ(self) -> Organ:
        """The organ he acts for."""
        return self.officer.organ


@dataclass(frozen=True)
class Person:
    """A reported person, as an officer wrote him down."""

    name: str = ""
    post: str = ""
    agency: str = ""
    region: str = ""
    # PNS, PPPK and others, as in law.vocabulary.STATUSES; empty: not known
    status: str = ""
    # NIP or NIK, if known
    official_number: str = ""

    def as_json(self) -> dict[str, str]:
        """The form in which it is sealed."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, str]) -> Self:
        """The person of `as_json`."""
        return cls(**{name: str(data.get(name, "")) for name in cls.__dataclass_fields__})


def context(what: str, owner: UUID) -> bytes:
    """What a ciphertext is bound to."""
    return f"timbang/case/{what}/{owner}".encode()


def public_key_of(organ: Organ) -> bytes:
    """The key to which something for this organ is sealed; only inside organs have one."""
    if organ.public_key is None:
        raise ValueError(f"organ {organ.code} has no key: nothing can be sealed to it")
    return bytes(organ.public_key)


def case_key(case: Case, desk: Desk) -> bytes:
    """The case key, opened by an organ that holds the case."""
    held = CaseKey.objects.get(case=case, organ=desk.organ)
    return keys.open_sealed(desk.private, bytes(held.sealed_key))


def give_case_key(organ: Organ, key: bytes) -> bytes:
    """The case key as it is stored for one organ that holds the case."""
    return keys.seal(public_key_of(organ), key)


def close_person(key: bytes, row: Accused, person: Person) -> bytes:
    """A reported person under the case key."""
    return sealing.close_json(key, person.as_json(), context("accused", row.id))


def open_person(key: bytes, row: Accused) -> Person:
    """The reported person of this row."""
    opened = sealing.open_json(key, bytes(row.sealed), context("accused", row.id))
    return Person.from_json(opened)


def close_delivery(key: bytes, row: Delivery, what: str, text: str) -> bytes:
    """A ticket number or a proof of delivery under the case key."""
    return sealing.close_json(key, text, context(what, row.id))


def open_delivery(key: bytes, row: Delivery, what: str) -> str:
    """What `close_delivery` closed; empty when nothing was recorded."""
    sealed = row.sealed_ticket if what == "ticket" else row.sealed_proof
    if sealed is None:
        return ""
    return str(sealing.open_json(key, bytes(sealed), context(what, row.id)))


def close_proof(key: bytes, row: Summons, text: str) -> bytes:
    """How the arrival of a summons is known, under the case key."""
    return sealing.close_json(key, text, context(f"summons/{row.ordinal}", row.accused_id))


def open_proof(key: bytes, row: Summons) -> str:
    """What `close_proof` closed; empty when nothing was recorded."""
    if row.sealed_proof is None:
        return ""
    where = context(f"summons/{row.ordinal}", row.accused_id)
    return str(sealing.open_json(key, bytes(row.sealed_proof), where))


def close_document(key: bytes, row: Document, body: dict[str, Any]) -> bytes:
    """A written document under its own key."""
    return sealing.close_json(key, body, context("document", row.id))


def close_file(key: bytes, row: Document | Exhibit, data: bytes) -> bytes:
    """A file (a letter's PDF, an exhibit) under its own key."""
    return sealing.close_file(key, data, context("file", row.id))


def item_key(item: Document | Exhibit, desk: Desk) -> bytes | None:
    """The key of a document or exhibit, if it was given to this organ."""
    given = ItemKey.objects.filter(organ=desk.organ, **_which(item)).first()
    return keys.open_sealed(desk.private, bytes(given.sealed_key)) if given else None


def _which(item: Document | Exhibit) -> dict[str, Any]:
    return {"document": item} if isinstance(item, Document) else {"exhibit": item}


def new_item_key(item: Document | Exhibit, key: bytes, organ: Organ) -> ItemKey:
    """The row that lets an organ open this item; the caller saves it with its day."""
    return ItemKey(organ=organ, sealed_key=keys.seal(public_key_of(organ), key), **_which(item))


def open_document(row: Document, desk: Desk) -> dict[str, Any] | None:
    """What a document says, or None when it was not given to this organ."""
    key = item_key(row, desk)
    if key is None:
        return None
    opened: dict[str, Any] = sealing.open_json(key, bytes(row.sealed), context("document", row.id))
    return opened


def open_file(row: Document | Exhibit, desk: Desk) -> bytes | None:
    """The bytes of a letter or an exhibit, or None when it was not given to this organ."""
    key = item_key(row, desk)
    if key is None:
        return None
    return sealing.open_file(key, bytes(row.sealed), context("file", row.id))


def close_custody(organ: Organ, row: CustodyEntry, words: str) -> bytes:
    """What was said about a link of custody, to the organ that wrote it and nobody else."""
    told = {"exhibit": str(row.exhibit_id), "place": row.place, "words": words.strip()}
    return keys.seal(public_key_of(organ), json.dumps(told, ensure_ascii=False).encode())


def open_custody(row: CustodyEntry, desk: Desk) -> str:
    """What `close_custody` closed; empty for another organ's, and for words of another link."""
    if row.organ_id != desk.organ.pk or not row.sealed:
        return ""
    told = json.loads(keys.open_sealed(desk.private, bytes(row.sealed)))
    here = (told["exhibit"], told["place"]) == (str(row.exhibit_id), row.place)
    return str(told["words"]) if here else ""


def close_about(key: bytes, row: Exhibit, about: dict[str, Any]) -> bytes:
    """Name and type of an exhibit under its own key."""
    return sealing.close_json(key, about, context("about", row.id))


def open_about(row: Exhibit, desk: Desk) -> dict[str, Any] | None:
    """Name and type of an exhibit, or None when it was not given to this organ."""
    key = item_key(row, desk)
    if key is None:
        return None
    opened: dict[str, Any] = sealing.open_json(
        key, bytes(row.sealed_about), context("about", row.id)
    )
    return opened
