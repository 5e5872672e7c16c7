"""From the rows of a dossier to the facts that are drawn from it; counted anew at each reading."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from timbang.law import policy
from timbang.policy import facts
from timbang.policy.facts import Goal, Move, Owed, Paper, Record
from timbang.policy.models import Act, Dossier, LaneUse, Line, Part, Piece, Tie


def standing(pieces: Iterable[Piece]) -> list[Piece]:
    """The documents as they stand: whatever was put right has made way for what replaced it."""
    rows = list(pieces)
    replaced = {row.replaces_id for row in rows}
    return [row for row in rows if row.pk not in replaced]


def records(dossiers: Iterable[Dossier]) -> dict[UUID, Record]:
    """The records of many dossiers, by id, with as many questions as for one."""
    rows = list(dossiers)
    ids = [row.pk for row in rows]
    pieces: dict[UUID, list[Piece]] = {}
    for piece in Piece.objects.filter(dossier__in=ids):
        pieces.setdefault(piece.dossier_id, []).append(piece)
    moves: dict[UUID, list[Move]] = {}
    lines = Line.objects.filter(dossier__in=ids, act__in=(Act.STEP, Act.LAPSED))
    for line in lines.order_by("version"):
        moves.setdefault(line.dossier_id, []).append(
            Move(line.step, line.outcome, line.to, line.done_on)
        )
    written: dict[UUID, dict[str, object]] = {}
    for part in Part.objects.filter(dossier__in=ids).order_by("ordinal"):
        written.setdefault(part.dossier_id, {}).setdefault(part.kind, part.written_on)
    lanes = dict(LaneUse.objects.filter(dossier__in=ids).values_list("dossier", "ground"))
    tied = set(Tie.objects.filter(dossier__in=ids).values_list("dossier", flat=True))
    goals: dict[UUID, list[Goal]] = {}
    debts: dict[UUID, list[Owed]] = {}
    for row in Dossier.objects.filter(pk__in=ids).prefetch_related("milestones__set_by", "debts"):
        goals[row.pk] = [
            Goal(goal.set_by.done_on, goal.due_on, goal.done_on, goal.planned, goal.target,
                 goal.result)
            for goal in row.milestones.all()
        ]  # fmt: skip
        debts[row.pk] = [
            Owed(debt.code, debt.due_on, debt.paid_on, debt.dropped_on) for debt in row.debts.all()
        ]
    return {
        row.pk: Record(
            by_office=row.by_office,
            opened_on=row.opened_on,
            papers=tuple(_paper(piece) for piece in standing(pieces.get(row.pk, ()))),
            moves=tuple(moves.get(row.pk, ())),
            written=written.get(row.pk, {}),  # type: ignore[arg-type]
            goals=tuple(goals[row.pk]),
            debts=tuple(debts[row.pk]),
            lane=lanes.get(row.pk),
            tied=row.pk in tied,
            ended_as=row.ended_as,
        )
        for row in rows
    }


def _paper(piece: Piece) -> Paper:
    return Paper(piece.kind, piece.state, piece.issued_on, piece.amount, tuple(piece.shows))


def record_of(dossier: Dossier) -> Record:
    return records([dossier])[dossier.pk]


def facts_of(dossier: Dossier) -> policy.Facts:
    """What was really done in this dossier."""
    return facts.facts_of(record_of(dossier))
