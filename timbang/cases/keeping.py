"""What an officer wrote down as prior information, sealed to his organ; and what of it is opened.

The text of a report stays in the report: a row that points to one holds no words of its own.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Self

from timbang.accounts import keys
from timbang.accounts.models import Organ
from timbang.cases import vault
from timbang.cases.models import PriorInformation
from timbang.reports import sealing

# Ours: no term for looking into prior information was found in any source read.
REMIND_AFTER = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Told:
    """What is known at first: who is meant, where it was, and what was heard or read."""

    title: str = ""
    text: str = ""
    place: str = ""
    name: str = ""
    post: str = ""
    agency: str = ""

    def as_json(self) -> dict[str, str]:
        """The form in which it is sealed."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """What `as_json` gave."""
        return cls(**{name: str(data.get(name, "")) for name in cls.__dataclass_fields__})


def remind_on(came_on: date) -> date:
    """The day on which the desk reminds of information that nobody looked into."""
    return came_on + REMIND_AFTER


def seal(row: PriorInformation, told: Told, organ: Organ) -> None:
    """Put the words into the row, under a key of its own that is sealed to the organ."""
    key = keys.new_key()
    row.key_for_organ = keys.seal(vault.public_key_of(organ), key)
    row.sealed = sealing.close_json(key, told.as_json(), vault.context("information", row.id))


def seal_end(row: PriorInformation, reason: str, organ: Organ, private: bytes) -> None:
    """Why it was set aside, under the same key; a row that points to a report gets one now."""
    if row.key_for_organ is None:
        row.key_for_organ = keys.seal(vault.public_key_of(organ), keys.new_key())
    key = keys.open_sealed(private, bytes(row.key_for_organ))
    row.sealed_end = sealing.close_json(key, reason, vault.context("information-end", row.id))


def opened(row: PriorInformation, private: bytes) -> Told | None:
    """What an officer wrote; None when a report tells it."""
    if row.sealed is None or row.key_for_organ is None:
        return None
    key = keys.open_sealed(private, bytes(row.key_for_organ))
    return Told.from_json(
        sealing.open_json(key, bytes(row.sealed), vault.context("information", row.id))
    )


def opened_end(row: PriorInformation, private: bytes) -> str:
    """Why it was set aside; empty while it was not."""
    if row.sealed_end is None or row.key_for_organ is None:
        return ""
    key = keys.open_sealed(private, bytes(row.key_for_organ))
    context = vault.context("information-end", row.id)
    return str(sealing.open_json(key, bytes(row.sealed_end), context))
