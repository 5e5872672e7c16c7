"""The accused's door, from the desk: open it, give a new receipt, show him what is his, read him.

Everything here is an act on the case, by an officer who may examine or decide. The surprising
part: a new receipt changes the door's key as well, so that whoever has the lost one and an old
copy of the database reads nothing that comes later.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from timbang.accounts import keys
from timbang.cases import accused_door, besides, door_desk, door_vault, vault
from timbang.cases.actions import writing
from timbang.cases.actions.journal import (
    Line,
    Seen,
    check_may,
    check_version,
    done_before,
    locked,
    write_line,
)
from timbang.cases.course import today
from timbang.cases.models import (
    Accused,
    Act,
    Case,
    CaseStep,
    Door,
    DoorFile,
    DoorItem,
    DoorMessage,
    Exhibit,
)
from timbang.cases.permission import CASEWORK
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.reports.actions import FileAbout, OpenedFile

OPENED, RENEWED, EXCHANGED = "door_opened", "door_renewed", "door_exchanged"


@dataclass(frozen=True, slots=True)
class Given:
    """A door with the receipt that opens it; for the letter, and for nobody else."""

    door: Door
    secret: bytes


@transaction.atomic
def open_door(accused: Accused, *, seen: Seen, by: Desk, at: datetime) -> Given:
    """Give a reported person a door, with the receipt that his letter must print. Asked again by
    another letter, the same receipt, and nothing is written."""
    case = locked(accused.case)
    _check(case, by)
    key = vault.case_key(case, by)
    door = Door.objects.select_for_update().filter(accused=accused).first()
    if door is not None:
        return _known(door, key)
    secret, on = accused_door.new_secret(), today(by.organ, at)
    door = Door(case=case, accused=accused, opened_on=on, changed_on=on)
    door_vault.lock(door, secret, door_key=keys.new_key(), case_key=key)
    door.save(force_insert=True)
    line = Line(Act.DOOR, on, step=case.step, outcome=OPENED, to=str(accused.pk))
    write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    return Given(door, secret)


def _known(door: Door, case_key: bytes) -> Given:
    secret = door_vault.printed_receipt(door, case_key)
    if secret is None:
        raise Refusal(
            _(
                "The reported person has exchanged the receipt for one of his own, which nobody "
                "else knows. Print no receipt, or give a new one if he lost his."
            )
        )
    return Given(door, secret)


@transaction.atomic
def renew_door(door: Door, *, seen: Seen, by: Desk, at: datetime) -> Given:
    """A new receipt for one who lost his; the old one opens nothing from now on."""
    case = locked(door.case)
    door = Door.objects.select_for_update().select_related("accused").get(pk=door.pk)
    _check(case, by)
    case_key = vault.case_key(case, by)
    if done_before(case, seen) is not None:
        return _known(door, case_key)
    secret, on = accused_door.new_secret(), today(by.organ, at)
    door_vault.change_lock(door, secret, case_key=case_key, printed=True, on=on)
    line = Line(Act.DOOR, on, step=case.step, outcome=RENEWED, to=str(door.accused_id))
    write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    return Given(door, secret)


@transaction.atomic
def show_items(
    door: Door, chosen: Collection[str], *, note: str, seen: Seen, by: Desk, at: datetime
) -> CaseStep:
    """Show him what was chosen among the offers, as it stands now, and a note to him, if any. What
    he was shown once is not taken back; a newer version stands in its place."""
    case = locked(door.case)
    earlier = done_before(case, seen)
    if earlier is not None:
        return earlier
    check_version(case, seen)
    _check(case, by)
    door = Door.objects.select_for_update().select_related("accused__case").get(pk=door.pk)
    on = today(by.organ, at)
    offered = {found.code: found for found in door_desk.offers(door.accused, by, on=on)}
    if not set(chosen) <= set(offered):
        raise Refusal(_("Something that you chose is no longer there. Look at the list again."))
    if not chosen and not note.strip():
        raise Refusal(_("Choose what he is shown, or write a note to him."))
    line = Line(Act.DOOR_SHOWN, on, step=case.step, to=str(door.accused_id))
    journal = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    key = door_vault.key_for_case(door, vault.case_key(case, by))
    for code in sorted(chosen):
        found = offered[code]
        _show(door, key, found.kind, found.source, found.body, journal, by)
    if note.strip():
        _show(door, key, DoorItem.Kind.NOTE, "", {"text": note.strip()}, journal, by)
    return journal


def _check(case: Case, by: Desk) -> None:
    check_may(case, by, *CASEWORK, beside=besides.examines(case, by.organ), even_ended=True)


def _show(
    door: Door,
    key: bytes,
    kind: DoorItem.Kind,
    source: str,
    body: dict[str, Any],
    journal: CaseStep,
    by: Desk,
) -> None:
    place = (door.items.aggregate(last=Max("position"))["last"] or 0) + 1
    row = DoorItem(door=door, position=place, kind=kind, source=source, shown_by=by.officer)
    row.shown_on, row.journal = journal.recorded_on, journal
    row.sealed = door_vault.close_item(key, row, body)
    row.save(force_insert=True)


@transaction.atomic
def read_message(message: DoorMessage, *, seen: Seen, by: Desk, at: datetime) -> CaseStep:
    """Take note of what he sent; he sees that it was read."""
    case = locked(message.door.case)
    earlier = done_before(case, seen)
    if earlier is not None:
        return earlier
    _check(case, by)
    row = DoorMessage.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if row.read_on is not None:
        raise Refusal(_("A colleague has read it already."))
    on = today(by.organ, at)
    line = Line(Act.DOOR_READ, on, step=case.step, outcome=row.kind, to=str(door_of(row)))
    journal = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    row.read_on, row.read_by = on, by.officer
    row.save()
    return journal


def door_of(message: DoorMessage) -> UUID:
    """Whose door a message came through."""
    return message.door.accused_id


@transaction.atomic
def take_words(message: DoorMessage, *, title: str, seen: Seen, by: Desk, at: datetime) -> Exhibit:
    """Take what he wrote into the file as evidence, word for word, with a chain of custody."""
    case = message.door.case
    key = door_vault.key_for_case(message.door, vault.case_key(case, by))
    text = door_vault.open_text(key, message)
    about = {"title": title.strip() or str(_("His own words")), "media_type": "text/plain"}
    row = Exhibit(origin=Exhibit.Origin.ACCUSED)
    kept = writing.keep_exhibit(case, row, text.encode(), about, seen, by, at, BROUGHT)
    _taken(DoorMessage, message.pk, kept)
    return kept


# Where it came from, in the chain of custody.
BROUGHT = "terlapor"


@transaction.atomic
def take_file(file: DoorFile, *, title: str, seen: Seen, by: Desk, at: datetime) -> Exhibit:
    """Take a file of his into the file as evidence: the bytes as they came from him."""
    message = file.message
    case = message.door.case
    key = door_vault.key_for_case(message.door, vault.case_key(case, by))
    about = FileAbout.from_json(door_vault.open_about(key, file))
    opened = OpenedFile(file.id, file.added_on, about, file.stored_as, file.has_copy)
    told = {"title": title.strip() or about.name, "media_type": about.media_type}
    row = Exhibit(origin=Exhibit.Origin.ACCUSED)
    data = opened.read(copy=False)
    kept = writing.keep_exhibit(case, row, data, told, seen, by, at, BROUGHT)
    _taken(DoorFile, file.pk, kept)
    return kept


def _taken(model: type[DoorMessage] | type[DoorFile], pk: UUID, exhibit: Exhibit) -> None:
    row = model.objects.select_for_update(of=("self",)).get(pk=pk)
    if row.exhibit_id not in (None, exhibit.pk):
        raise Refusal(_("It stands among the evidence already."))
    row.exhibit = exhibit
    row.save(update_fields=["exhibit"])
