"""What the organ that got a case answers: it takes it on, or sends it back with reasons.

Until then the case is its case all the same: there is no moment in which it belongs to nobody, and
the term runs. What goes back goes with its keys, unless the organ had the case before.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Organ
from timbang.cases import besides, vault
from timbang.cases.actions import moving, writing
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
    Act,
    Case,
    CaseKey,
    CaseStep,
    Delivery,
    Document,
    DocumentKind,
    HandOver,
    ItemKey,
    OpenTerm,
)
from timbang.cases.permission import READERS, TRIAGE
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal


@transaction.atomic
def accept_case(case: Case, *, seen: Seen, by: Desk, at: datetime) -> CaseStep:
    """Take a case on. Any other act on it does so too."""
    case = locked(case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    check_may(case, by, *READERS)
    waiting = _waiting(case, by)
    line = Line(Act.ACCEPTED, today(by.organ, at), step=case.step, other_organ=waiting.sender)
    return write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)


@transaction.atomic
def return_case(case: Case, reason: str, *, seen: Seen, by: Desk, at: datetime) -> CaseStep:
    """Send a case back to where it came from, with reasons, before it was taken on.

    Once only between the same two at the same step: afterwards the procedure decides, so that no
    case goes round while nobody works on it.
    """
    case = locked(case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    check_may(case, by, *TRIAGE, leaving=True)
    waiting = _waiting(case, by)
    if not reason.strip():
        raise Refusal(_("Write the reason: the office that gets it back must know what to do."))
    _check_first_return(case, waiting)
    on, left = today(by.organ, at), case.step
    reads_on = besides.had_before(case, by.organ)
    _go_back(case, waiting, on=on, at=at, by=by)
    line = Line(Act.RETURNED, on, step=left, to=case.step, other_organ=waiting.sender)
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    body = {"text": reason.strip(), "step": left}
    _tell(writing.store(case, DocumentKind.NOTE, body, journal=written, by=by), waiting.sender, by)
    if not reads_on:
        give_back(case, by.organ)
    return written


def give_back(case: Case, organ: Organ) -> None:
    """Take the keys of a case from an organ that no longer has to do with it."""
    CaseKey.objects.filter(case=case, organ=organ).delete()
    ItemKey.objects.filter(organ=organ, document__case=case).delete()
    ItemKey.objects.filter(organ=organ, exhibit__case=case).delete()


def _waiting(case: Case, by: Desk) -> HandOver:
    rows = HandOver.objects.select_related("sender", "before", "receiver")
    found = rows.filter(case=case, receiver=by.organ, answer="").first()
    if found is None:
        raise Refusal(_("This case does not wait to be taken on; your office has it."))
    return found


def _check_first_return(case: Case, waiting: HandOver) -> None:
    before = HandOver.objects.filter(
        case=case,
        sender=waiting.sender,
        receiver=waiting.receiver,
        step=waiting.step,
        answer=HandOver.Answer.RETURNED,
    )
    if before.exists():
        raise Refusal(
            _(
                "Your office has sent this case back from here before. Take it on: what is "
                "missing, or not yours to decide, is said by a step of the procedure."
            )
        )


def _go_back(case: Case, waiting: HandOver, *, on: date, at: datetime, by: Desk) -> None:
    """The case stands again where it stood, with the organ that had it there."""
    case.holder, case.keeper = waiting.before, waiting.sender
    inside = waiting.before.inside
    term = moving.enter(
        case, waiting.step, on=on, started_on=on if inside else None, at=at, by=by.officer
    )
    if not inside:
        _deliver_again(case, term, waiting)


def _deliver_again(case: Case, term: OpenTerm | None, waiting: HandOver) -> None:
    """An organ outside gets its file back by its own way, and its arrival is proven anew."""
    how = Delivery.How(waiting.before.channel)
    Delivery.objects.create(
        case=case, term=term, organ=waiting.before, keeper=waiting.sender, how=how
    )


def _tell(note: Document, sender: Organ, by: Desk) -> None:
    """The reasons are for the organ that gets the case back."""
    key = vault.item_key(note, by)
    if key is not None:
        row = vault.new_item_key(note, key, sender)
        row.given_on = note.written_on
        row.save()
