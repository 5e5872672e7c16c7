"""What is sealed behind the accused's door, and under which key: opening and closing, nothing else.

One door key opens what he was shown and what he sent. The case key and his receipt each open the
door key, and nothing opens the one from the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from timbang.accounts import keys
from timbang.cases import accused_door
from timbang.cases.models import Door, DoorFile, DoorItem, DoorMessage
from timbang.cases.vault import context
from timbang.reports import sealing


def lock(
    door: Door, secret: bytes, *, door_key: bytes, case_key: bytes, printed: bool = True
) -> None:
    """Set the door's key and receipt; the caller saves. `printed`: the office keeps the receipt,
    so that its letter can be made again."""
    where = context("door", door.id)
    door.locator = accused_door.locator(secret)
    door.key_for_accused = keys.encrypt(accused_door.key_of(secret), door_key, where)
    door.key_for_case = keys.encrypt(case_key, door_key, where)
    receipt_there = context("door-receipt", door.id)
    door.sealed_receipt = keys.encrypt(case_key, secret, receipt_there) if printed else None


def change_lock(
    door: Door,
    secret: bytes,
    *,
    printed: bool,
    on: date,
    case_key: bytes,
) -> None:
    """Another receipt and another key; everything behind the door is closed anew."""
    old, new = key_for_case(door, case_key), keys.new_key()
    _reseal(door, old, new)
    lock(door, secret, door_key=new, case_key=case_key, printed=printed)
    door.number += 1
    door.changed_on = on
    door.save()


def exchange(door: Door, secret: bytes, *, door_key: bytes, on: date) -> None:
    """His own receipt in place of the printed one. He has no case key: the door's key stays."""
    where = context("door", door.id)
    door.locator = accused_door.locator(secret)
    door.key_for_accused = keys.encrypt(accused_door.key_of(secret), door_key, where)
    door.sealed_receipt = None
    door.number += 1
    door.changed_on = on
    door.save()


def move(door: Door, *, old_key: bytes, new_key: bytes) -> None:
    """Close the door's key, and the printed receipt, under another case's key; the caller saves."""
    secret = printed_receipt(door, old_key)
    door_key = key_for_case(door, old_key)
    door.key_for_case = keys.encrypt(new_key, door_key, context("door", door.id))
    if secret is not None:
        there = context("door-receipt", door.id)
        door.sealed_receipt = keys.encrypt(new_key, secret, there)


def key_for_case(door: Door, case_key: bytes) -> bytes:
    """The door's key, for an organ that holds the case."""
    return keys.decrypt(case_key, bytes(door.key_for_case), context("door", door.id))


def key_for_accused(door: Door, secret: bytes) -> bytes:
    """The door's key, for whoever has the receipt."""
    there = context("door", door.id)
    return keys.decrypt(accused_door.key_of(secret), bytes(door.key_for_accused), there)


def printed_receipt(door: Door, case_key: bytes) -> bytes | None:
    """The receipt as the office printed it; None once he has one of his own."""
    if door.sealed_receipt is None:
        return None
    return keys.decrypt(case_key, bytes(door.sealed_receipt), context("door-receipt", door.id))


def close_item(key: bytes, row: DoorItem, body: Mapping[str, Any]) -> bytes:
    """What he is shown, under the door's key."""
    return sealing.close_json(key, dict(body), context("door-item", row.id))


def open_item(key: bytes, row: DoorItem) -> dict[str, Any]:
    """What `close_item` closed."""
    opened: dict[str, Any] = sealing.open_json(key, bytes(row.sealed), context("door-item", row.id))
    return opened


def close_text(key: bytes, row: DoorMessage, text: str) -> bytes:
    """What he wrote, under the door's key."""
    return sealing.close_json(key, text, context("door-message", row.id))


def open_text(key: bytes, row: DoorMessage) -> str:
    """What `close_text` closed."""
    return str(sealing.open_json(key, bytes(row.sealed_text), context("door-message", row.id)))


def close_about(key: bytes, row: DoorFile, about: Mapping[str, Any]) -> bytes:
    """Name, kind and key of a file, under the door's key."""
    return sealing.close_json(key, dict(about), context("door-file", row.id))


def open_about(key: bytes, row: DoorFile) -> dict[str, Any]:
    """What `close_about` closed."""
    opened: dict[str, Any] = sealing.open_json(
        key, bytes(row.sealed_about), context("door-file", row.id)
    )
    return opened


def _reseal(door: Door, old: bytes, new: bytes) -> None:
    for item in door.items.all():
        item.sealed = close_item(new, item, open_item(old, item))
        item.save(update_fields=["sealed"])
    for message in door.messages.all():
        message.sealed_text = close_text(new, message, open_text(old, message))
        message.save(update_fields=["sealed_text"])
    for file in DoorFile.objects.filter(message__door=door):
        file.sealed_about = close_about(new, file, open_about(old, file))
        file.save(update_fields=["sealed_about"])
