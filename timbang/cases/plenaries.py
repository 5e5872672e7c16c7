"""The plenary on a case: what may be proposed, whether one counts, and how it is shown.

A plenary decides one thing: that the case takes one outcome at the step where it stands. It counts
only there, only on the facts that its members had before them, and only for that outcome. That the
result of a study is decided in a plenary is practice; its article was not read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from timbang.accounts.models import Officer, Organ
from timbang.cases import course, vault
from timbang.cases.models import (
    Act,
    Case,
    CaseStep,
    Document,
    DocumentKind,
    Plenary,
    Seat,
)
from timbang.cases.permission import CASEWORK, may
from timbang.cases.tally import Tally
from timbang.cases.vault import Desk
from timbang.law import procedure as law
from timbang.law.bilingual import Bilingual
from timbang.law.refusal import Refusal

GUARD: Final = "plenary_held"
ROLE: Final = "plenary"
CALLERS: Final = (*CASEWORK, ROLE)
OTHERWISE: Final = Bilingual(
    "rapat pleno memutuskan hal lain: {what}", "the plenary decided something else: {what}"
)


def proposals(case: Case, organ: Organ) -> list[law.Outcome]:
    """The outcomes that need a plenary where the case stands, and that this kind of organ takes."""
    step = course.step_of(case)
    return [
        found
        for found in (step.outcomes if step else ())
        if GUARD in found.requires and found.actor == organ.kind
    ]


def members_of(organ: Organ) -> list[Officer]:
    """Who votes in the plenary of an organ."""
    rows = Officer.objects.filter(organ=organ, revoked_on=None).order_by("name")
    return [officer for officer in rows if officer.has_role(ROLE)]


def entered(case: Case) -> int:
    """The version of the case at which its present step began."""
    return course.entered(case, None)


def facts_version(case: Case) -> int:
    """The version of the case at which its facts were written last."""
    lines = CaseStep.objects.filter(case=case, act__in=(Act.FACTS, Act.OPENED))
    last = lines.order_by("version").last()
    return last.version if last else 0


def carried(case: Case) -> Plenary | None:
    """The plenary of the organ that acts now that opens the way, if one does."""
    rows = Plenary.objects.filter(
        case=case,
        organ=case.keeper,
        step=case.step,
        entered=entered(case),
        facts=facts_version(case),
        journal__isnull=False,
    )
    last = rows.order_by("journal__version").last()
    return last if last and last.result == Plenary.Result.CARRIED else None


def guard(case: Case) -> bool | None:
    """Whether a plenary opened the way. None where the plenary does not meet in this system: its
    organ has its turn outside, or nobody here has the role; then an officer says it was held."""
    if case.holder_id != case.keeper_id or not members_of(case.keeper):
        return None
    return carried(case) is not None


def otherwise(case: Case, outcome: law.Outcome) -> Bilingual | None:
    """What the plenary that counts decided instead of this outcome; None where it decided for it,
    or where no plenary counts, since the guard itself then answers."""
    found = carried(case) if GUARD in outcome.requires else None
    if found is None or found.proposal == outcome.code:
        return None
    what = title_of(case, found)
    return Bilingual(
        OTHERWISE["id"].format(what=what["id"]), OTHERWISE["en"].format(what=what["en"])
    )


def title_of(case: Case, row: Plenary) -> Bilingual:
    """What is proposed, in the words of the case's procedure."""
    titles = {
        found.code: found.title for found in course.procedure_of(case).step(row.step).outcomes
    }
    return titles.get(row.proposal, Bilingual(row.proposal, row.proposal))


def as_decided(case: Case, option: course.Option) -> course.Option:
    """The option, held back where the plenary decided something else."""
    instead = otherwise(case, option.outcome)
    return option if instead is None else replace(option, missing=(*option.missing, instead))


def check_decided(case: Case, outcome: law.Outcome | None) -> None:
    """Refuse an outcome where the plenary decided something else."""
    instead = otherwise(case, outcome) if outcome else None
    if instead is not None:
        raise Refusal(instead)


@dataclass(frozen=True)
class SeatView:
    """A member, with his vote once the meeting is closed and his reasons if he gave any."""

    row: Seat
    officer: str
    dissent: str


@dataclass(frozen=True)
class PlenaryView:
    """A plenary as an officer of its organ reads it."""

    row: Plenary
    proposal: Bilingual
    seats: tuple[SeatView, ...]
    tally: Tally
    mine: Seat | None
    counts: bool


def tally_of(seats: Sequence[Seat]) -> Tally:
    """How the votes stand."""
    cast = Counter(seat.choice for seat in seats)
    return Tally(
        members=len(seats),
        recused=sum(1 for seat in seats if seat.recused),
        votes_for=cast[Seat.Choice.FOR.value],
        votes_against=cast[Seat.Choice.AGAINST.value],
        abstained=cast[Seat.Choice.ABSTAIN.value],
    )


def view_of(row: Plenary, desk: Desk) -> PlenaryView:
    """A plenary opened for an officer of its organ."""
    seats = list(row.seats.select_related("officer", "dissent"))
    counting = carried(row.case)
    return PlenaryView(
        row=row,
        proposal=title_of(row.case, row),
        seats=tuple(_seat(seat, row, desk) for seat in seats),
        tally=tally_of(seats),
        mine=next((seat for seat in seats if seat.officer_id == desk.officer.pk), None),
        counts=counting is not None and counting.pk == row.pk,
    )


def _seat(seat: Seat, row: Plenary, desk: Desk) -> SeatView:
    """Before the meeting is closed nobody reads how others voted, nor why."""
    told = row.closed_on is not None or seat.officer_id == desk.officer.pk
    body = vault.open_document(seat.dissent, desk) if told and seat.dissent else None
    return SeatView(seat, seat.officer.name, str((body or {}).get("text", "")))


def part(case: Case, desk: Desk) -> dict[str, Any]:
    """What the case page shows of plenaries: only to the organ whose plenary it is."""
    rows = Plenary.objects.filter(case=case, organ=desk.organ).select_related("case__procedure")
    found = [view_of(row, desk) for row in rows]
    here = case.keeper_id == desk.organ.pk and case.holder_id == desk.organ.pk
    wanted = here and bool(proposals(case, desk.organ))
    members = members_of(desk.organ) if wanted else []
    given = Document.objects.filter(case=case, kind=DocumentKind.DISSENT, keys__organ=desk.organ)
    return {
        "plenaries": found,
        # of another organ's plenary only the reasons that came along with the file
        "dissents": list(given.exclude(organ=desk.organ).select_related("organ")),
        "plenary_wanted": wanted,
        "plenary_elsewhere": wanted and not members,
        "may_call": wanted
        and may(desk.officer, *CALLERS)
        and bool(members)
        and not any(one.row.closed_on is None for one in found),
    }
