"""The plenary: called on one proposal, each member voting under his own login, closed by counting.

Votes do not wait for each other: they are counted under the lock of the case, whatever version its
form showed. Who is tied to somebody in the case has a seat and no vote; a tie that comes to light
after he voted takes his vote out before the count.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Officer
from timbang.cases import conflicts, plenaries
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
from timbang.cases.models import Act, Case, DocumentKind, Plenary, Seat
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal


@transaction.atomic
def call_plenary(
    case: Case,
    proposal: str,
    *,
    members: Collection[UUID],
    meets_on: date,
    seen: Seen,
    by: Desk,
    at: datetime,
) -> Plenary:
    """Call the plenary on the proposal that the case takes this outcome, on a day."""
    case = locked(case)
    if (earlier := done_before(case, seen)) is not None:
        rows = Plenary.objects.filter(case=case, organ=by.organ, proposal=earlier.outcome)
        return rows.latest("called_on", "entered")
    check_version(case, seen)
    check_may(case, by, *plenaries.CALLERS)
    on = today(by.organ, at)
    seated = [one for one in plenaries.members_of(by.organ) if one.pk in set(members)]
    _check_call(case, proposal, seated, meets_on, on, by)
    row = Plenary.objects.create(
        case=case,
        organ=by.organ,
        step=case.step,
        entered=plenaries.entered(case),
        facts=plenaries.facts_version(case),
        proposal=proposal,
        called_by=by.officer,
        called_on=on,
        meets_on=meets_on,
    )
    Seat.objects.bulk_create(
        Seat(plenary=row, officer=officer, recused=_relation(case, officer, by))
        for officer in seated
    )
    line = Line(Act.PLENARY, on, step=case.step, outcome=proposal)
    write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    return row


def _check_call(
    case: Case, proposal: str, seated: list[Officer], meets_on: date, on: date, by: Desk
) -> None:
    if case.holder_id != by.organ.pk:
        raise Refusal(_("Another office has its turn: its plenary meets there."))
    if proposal not in {found.code for found in plenaries.proposals(case, by.organ)}:
        raise Refusal(_("This step has no such outcome that a plenary decides."))
    if not seated:
        raise Refusal(_("A plenary needs members: officers of your office who have that role."))
    if meets_on < on:
        raise Refusal(_("The plenary meets today or later."))
    if Plenary.objects.filter(case=case, organ=by.organ, closed_on=None).exists():
        raise Refusal(_("A plenary on this case is open already: close it first."))


def _relation(case: Case, officer: Officer, by: Desk) -> str:
    """The tie that keeps a member from voting; empty for none."""
    recorded = conflicts.standing(case, officer)
    if recorded is not None:
        return recorded.relation
    tie = conflicts.sure_tie(case, officer, by)
    return tie.relation if tie else ""


@transaction.atomic
def cast_vote(
    plenary: Plenary, choice: str, *, reasons: str = "", seen: Seen, by: Desk, at: datetime
) -> Seat:
    """Cast one's own vote, once; with reasons, which are sealed and go along with the file."""
    case = locked(plenary.case)
    row = Plenary.objects.get(pk=plenary.pk)
    seat = Seat.objects.select_for_update().filter(plenary=row, officer=by.officer).first()
    if done_before(case, seen) is not None and seat is not None:
        return seat
    check_may(case, by, plenaries.ROLE)
    on = today(by.organ, at)
    _check_vote(case, row, seat, choice, reasons, on)
    assert seat is not None
    line = Line(Act.VOTE, on, step=case.step, outcome=choice)
    journal = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    if reasons.strip():
        body = {"text": reasons.strip(), "choice": choice, "proposal": row.proposal}
        seat.dissent = writing.store(case, DocumentKind.DISSENT, body, journal=journal, by=by)
    seat.choice, seat.cast_on = choice, on
    seat.save()
    return seat


def _check_vote(
    case: Case, row: Plenary, seat: Seat | None, choice: str, reasons: str, on: date
) -> None:
    if seat is None:
        raise Refusal(_("You have no seat in this plenary."))
    if row.closed_on is not None:
        raise Refusal(_("This plenary is closed."))
    if seat.recused:
        raise Refusal(_("Who is tied to somebody in the case does not vote on it."))
    if seat.choice:
        raise Refusal(_("Your vote is cast; it does not change."))
    if choice not in Seat.Choice.values:
        raise Refusal(_("Vote for, against, or abstain."))
    if on < row.meets_on:
        raise Refusal(_("The plenary has not met yet."))
    if not _on_these_facts(case, row):
        raise Refusal(_("The facts were changed, or the case has moved on: call a new plenary."))
    if choice == Seat.Choice.AGAINST and not reasons.strip():
        raise Refusal(_("Write down your reasons: they go along with the file."))


def _on_these_facts(case: Case, row: Plenary) -> bool:
    here = (case.step, plenaries.entered(case), plenaries.facts_version(case))
    return here == (row.step, row.entered, row.facts)


@transaction.atomic
def close_plenary(plenary: Plenary, *, seen: Seen, by: Desk, at: datetime) -> Plenary:
    """Close the plenary and count: carried, rejected, tied (no decision) or without a quorum."""
    case = locked(plenary.case)
    row = Plenary.objects.select_for_update().get(pk=plenary.pk)
    if done_before(case, seen) is not None:
        return row
    check_may(case, by, *plenaries.CALLERS)
    on = today(by.organ, at)
    if row.closed_on is not None:
        raise Refusal(_("This plenary is closed."))
    if on < row.meets_on:
        raise Refusal(_("The plenary has not met yet."))
    seats = [_without_tie(case, seat, by) for seat in row.seats.select_related("officer")]
    tally = plenaries.tally_of(seats)
    if not tally.complete and on == row.meets_on:
        raise Refusal(_("Members can still vote today: close it when all have, or tomorrow."))
    line = Line(Act.RESOLVED, on, step=case.step, outcome=tally.result)
    row.journal = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    row.result, row.closed_on = tally.result, on
    row.save()
    return row


def _without_tie(case: Case, seat: Seat, by: Desk) -> Seat:
    """The seat as it counts: a tie that came to light since takes the vote out."""
    relation = "" if seat.recused else _relation(case, seat.officer, by)
    if relation:
        seat.recused, seat.choice, seat.cast_on = relation, "", None
        seat.save()
    return seat
