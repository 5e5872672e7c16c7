"""The accused's door, from the desk: open it, give a new receipt, show him what is his, read him.

Everything here is an act on the case, by an officer who may examine or decide. The surprising
part: a new receipt changes the door's key as well, so that whoever has the lost one and an old
copy of the database reads nothing that comes later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.accounts import keys
from timbang.cases import accused_door, besides, door_vault, vault
from timbang.cases.actions.journal import (
    Line,
    Seen,
    check_may,
    done_before,
    locked,
    write_line,
)
from timbang.cases.course import today
from timbang.cases.models import Accused, Act, Door
from timbang.cases.permission import CASEWORK
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal

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
    check_may(case, by, *CASEWORK, beside=besides.examines(case, by.organ), even_ended=True)
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
    check_may(case, by, *CASEWORK, beside=besides.examines(case, by.organ), even_ended=True)
    case_key = vault.case_key(case, by)
    if done_before(case, seen) is not None:
        return _known(door, case_key)
    secret, on = accused_door.new_secret(), today(by.organ, at)
    door_vault.change_lock(door, secret, case_key=case_key, printed=True, on=on)
    line = Line(Act.DOOR, on, step=case.step, outcome=RENEWED, to=str(door.accused_id))
    write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    return Given(door, secret)
