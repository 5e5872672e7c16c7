"""What the accused does through his door: answer, object, ask, change his receipt.

Each is an act on the case: one line in its journal without an officer, one entry in the log. The
same form sent twice is one act. Officers who had the case open are told of it before they go on:
nobody decides past an answer that has just come.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from timbang.cases import accused_door, cleared, decisions, door_vault
from timbang.cases.actions.doors import EXCHANGED
from timbang.cases.actions.journal import Line, locked, write_line
from timbang.cases.course import today
from timbang.cases.models import Act, Case, CaseStep, Decision, Door, DoorFile, DoorMessage
from timbang.law.refusal import Refusal
from timbang.reports import actions as reports

# More in one day would only keep officers from their work: each of them changes the case.
MOST_A_DAY = 10
MOST_IN_ALL = 200


@dataclass(frozen=True, slots=True)
class Opened:
    """A door that a receipt opened."""

    door: Door
    key: bytes


@dataclass(frozen=True, slots=True)
class Against:
    """What an objection is raised against: a decision, by a remedy of the procedure."""

    decision: Decision
    remedy: str


def find(secret: bytes) -> Opened | None:
    """The door that this receipt opens."""
    rows = Door.objects.select_related("case__keeper", "case__holder", "case__procedure", "accused")
    door = rows.filter(locator=accused_door.locator(secret)).first()
    return Opened(door, door_vault.key_for_accused(door, secret)) if door else None


@transaction.atomic
def send(
    opened: Opened,
    *,
    kind: DoorMessage.Kind,
    text: str,
    draft: bytes,
    at: datetime,
    staged: frozenset[UUID] = frozenset(),
    against: Against | None = None,
) -> DoorMessage:
    """Send words, and the files that he saw. FilesGone when one of them is no longer there."""
    case = locked(opened.door.case)
    door = Door.objects.select_for_update().get(pk=opened.door.pk)
    message_id = _id(door, draft, kind, text, against)
    earlier = DoorMessage.objects.filter(pk=message_id).first()
    if earlier is not None:
        return earlier
    _check_same(opened, door)
    _check_room(door, case, at)
    on = today(case.keeper, at)
    row = DoorMessage(id=message_id, door=door, kind=kind, sent_on=on, position=_next(door))
    if against is not None:
        _object(row, door, against)
    row.sealed_text = door_vault.close_text(opened.key, row, text.strip())
    row.journal = _line(case, door, Act.DOOR_SENT, kind.value, at)
    row.save(force_insert=True)
    if staged:
        _keep_files(row, opened.key, draft, staged)
    return row


def _check_same(opened: Opened, door: Door) -> None:
    """Refuse when the receipt was changed after the page was shown: its key may be another one."""
    if bytes(door.locator) != bytes(opened.door.locator):
        raise Refusal(_("This receipt opens nothing any more."))


def _id(door: Door, draft: bytes, kind: str, text: str, against: Against | None) -> UUID:
    """Made from the form's own secret and what it says; other words are another message."""
    said = f"{kind}|{against.decision.pk if against else ''}|{text.strip()}".encode()
    digest = hashlib.blake2b(draft + door.id.bytes + said, digest_size=16, person=b"door-message")
    return UUID(bytes=digest.digest(), version=4)


def _check_room(door: Door, case: Case, at: datetime) -> None:
    sent = DoorMessage.objects.filter(door=door)
    if sent.count() >= MOST_IN_ALL:
        raise Refusal(_("This door holds no more messages. Please write to the office."))
    if sent.filter(sent_on=today(case.keeper, at)).count() >= MOST_A_DAY:
        raise Refusal(
            _("You have sent as much as one day takes. Nothing was sent now: come back tomorrow, "
              "or write to the office.")
        )  # fmt: skip


def _next(door: Door) -> int:
    return (door.messages.aggregate(last=Max("position"))["last"] or 0) + 1


def _object(row: DoorMessage, door: Door, against: Against) -> None:
    """An objection is taken while its term is open on any reading, and never afterwards."""
    decision = against.decision
    if decision.accused_id != door.accused_id or decision.state not in cleared.BINDING:
        raise Refusal(_("There is no such decision about you."))
    found = {view.remedy.code: view for view in decisions.remedies(decision, row.sent_on)}
    view = found.get(against.remedy)
    if view is None or view.window == "not_delivered":
        raise Refusal(_("Against this decision there is no such objection."))
    if view.window == "closed":
        raise Refusal(
            _("The term for this objection has ended on every reading of the law. It was not sent. "
              "You can still tell the office something new as an answer."),
            view.remedy.citation or "",
        )  # fmt: skip
    row.decision, row.remedy, row.window = decision, against.remedy, view.window


def _line(case: Case, door: Door, act: Act, outcome: str, at: datetime) -> CaseStep:
    on = today(case.keeper, at)
    line = Line(act, on, step=case.step, outcome=outcome, to=str(door.accused_id))
    return write_line(case, line, organ=case.keeper, by=None, at=at, once=uuid4())


def _keep_files(row: DoorMessage, key: bytes, draft: bytes, staged: frozenset[UUID]) -> None:
    for file in reports.release_staged(draft, staged):
        kept = DoorFile(
            id=file.id,
            message=row,
            added_on=row.sent_on,
            stored_as=file.stored_as,
            has_copy=file.has_copy,
        )
        kept.sealed_about = door_vault.close_about(key, kept, file.about.as_json())
        kept.save(force_insert=True)


@transaction.atomic
def exchange(opened: Opened, *, draft: bytes, at: datetime) -> bytes:
    """A receipt that only he knows, in place of the one that the letter printed; its secret."""
    secret = accused_door.secret_of(draft)
    case = locked(opened.door.case)
    door = Door.objects.select_for_update().get(pk=opened.door.pk)
    if bytes(door.locator) == accused_door.locator(secret):
        return secret
    _check_same(opened, door)
    door_vault.exchange(door, secret, door_key=opened.key, on=today(case.keeper, at))
    _line(case, door, Act.DOOR, EXCHANGED, at)
    return secret
