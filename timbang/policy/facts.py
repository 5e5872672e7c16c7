"""What was really done in a dossier, as its rows show it: the facts that the law room places.

Nothing here is somebody's opinion. An observer's dossier is read from its documents: which are
there, of which day, and what each of them shows. An office's dossier is read from its own journal,
parts, terms, debts and milestones; of what the procedure itself records, a document that somebody
laid beside it changes nothing. What nobody knows stays unknown.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final, TypeVar

from timbang.law import policy
from timbang.law.bilingual import Bilingual

Agreed = TypeVar("Agreed", bound=str)

FOUND: Final = "found"
MISSING: Final = "missing"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that a document can show beyond being there, and which kinds of document can."""

    title: Bilingual
    kinds: tuple[str, ...]


_GROUND: Final = ("decision", "notice", "report", "start")
_DECIDED: Final = ("decision", "start", "notice", "report")
_AFTER: Final = ("change", "progress", "completion", "evaluation", "audit")
MARKS: Final[Mapping[str, Mark]] = MappingProxyType(
    {
        "ground_disaster": Mark(
            Bilingual(
                "Langkah dilewati; alasan yang disebut: bencana",
                "Steps were skipped; the ground that is named: a disaster",
            ),
            _GROUND,
        ),
        "ground_urgent": Mark(
            Bilingual(
                "Langkah dilewati; alasan yang disebut: keadaan mendesak",
                "Steps were skipped; the ground that is named: urgency",
            ),
            _GROUND,
        ),
        "ground_promise": Mark(
            Bilingual(
                "Langkah dilewati; alasan yang disebut: janji",
                "Steps were skipped; the ground that is named: a promise",
            ),
            _GROUND,
        ),
        "decided_experts": Mark(
            Bilingual(
                "Diputus para ahli, atau menurut usul mereka",
                "Decided by experts, or as they proposed",
            ),
            _DECIDED,
        ),
        "decided_officials": Mark(
            Bilingual("Diputus pejabat menurut jenjangnya", "Decided by officials by rank"),
            _DECIDED,
        ),
        "decided_leader": Mark(
            Bilingual("Diputus pemimpin sendiri", "Decided by the leader himself"), _DECIDED
        ),
        "changed_evidence": Mark(
            Bilingual("Pelaksanaan diubah karena bukti", "Execution was changed by evidence"),
            _AFTER,
        ),
        "changed_procedure": Mark(
            Bilingual("Pelaksanaan diubah melalui prosedur", "Execution was changed by procedure"),
            _AFTER,
        ),
        "changed_order": Mark(
            Bilingual("Pelaksanaan diubah karena perintah", "Execution was changed by order"),
            _AFTER,
        ),
        "unchanged": Mark(
            Bilingual("Pelaksanaan tidak diubah", "Execution was not changed"),
            ("progress", "completion", "evaluation", "audit"),
        ),
        "target_reached": Mark(
            Bilingual("Hasil terukur mencapai sasarannya", "The measured result met its target"),
            ("result", "evaluation"),
        ),
        "target_missed": Mark(
            Bilingual(
                "Hasil terukur tidak mencapai sasarannya",
                "The measured result missed its target",
            ),
            ("result", "evaluation"),
        ),
    }
)


def marks_of(kind: str) -> dict[str, Mark]:
    """What a document of this kind can show."""
    return {code: mark for code, mark in MARKS.items() if kind in mark.kinds}


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as it stands now (corrections taken in). `amount` in rupiah."""

    kind: str
    state: str
    issued_on: date | None = None
    amount: int | None = None
    shows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """A step that an office took."""

    step: str
    outcome: str
    to: str
    on: date


@dataclass(frozen=True, slots=True)
class Goal:
    """A milestone: when it was set, what was promised of it and what came of it."""

    set_on: date
    due_on: date
    done_on: date | None = None
    planned: int | None = None
    target: Decimal | None = None
    result: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """A debt of the lane, on the reading that is kindest to the office."""

    code: str
    due_on: date
    paid_on: date | None = None
    dropped_on: date | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A dossier as far as facts are drawn from it. `written` are the days of the first version of
    each part; `lane` is the ground on which the lane was used."""

    by_office: bool
    opened_on: date
    papers: tuple[Paper, ...] = ()
    moves: tuple[Move, ...] = ()
    written: Mapping[str, date] = field(default_factory=dict)
    goals: tuple[Goal, ...] = ()
    debts: tuple[Owed, ...] = ()
    lane: str | None = None
    tied: bool = False
    ended_as: str = ""


# What the procedure itself records: in an office's dossier only its acts count for these.
RECORDED: Final = frozenset(
    {"study", "academic_paper", "review", "dissent", "legal_basis", "legal_clearance",
     "harmonisation", "budget_clearance", "budget_line", "decision", "start", "evaluation",
     "ratification", "revocation"}
)  # fmt: skip


def facts_of(record: Record) -> policy.Facts:
    """What was really done, for `law.policy.path_of` and `law.policy.placed`."""
    return _of_office(record) if record.by_office else _of_papers(record.papers)


def _of_papers(papers: Sequence[Paper]) -> policy.Facts:
    there = [paper for paper in papers if paper.state == FOUND]
    executed_on = _first_known(there, "start")
    found = {
        kind: _oldest([paper.issued_on for paper in there if paper.kind == kind], executed_on)
        for kind in {paper.kind for paper in there}
    }
    missing = {paper.kind for paper in papers if paper.state == MISSING} - found.keys()
    shown = {mark for paper in there for mark in paper.shows}
    return policy.Facts(
        found=found,
        missing=missing,
        executed_on=executed_on,
        decided_by=_only(shown, {f"decided_{code}": code for code in policy.DECIDERS}),
        legal_basis=True if "legal_basis" in found else _absent("legal_basis", missing),
        ground=_only(shown, {f"ground_{code}": code for code in policy.GROUNDS}),
        changes=_changes(shown),
    )


def _absent(kind: str, missing: Collection[str]) -> bool | None:
    return False if kind in missing else None


def _first_known(papers: Sequence[Paper], kind: str) -> date | None:
    days = [paper.issued_on for paper in papers if paper.kind == kind and paper.issued_on]
    return min(days, default=None)


def _oldest(days: Sequence[date | None], executed_on: date | None) -> date | None:
    """The oldest day; unknown where a document without a day may be older than execution."""
    known = [day for day in days if day is not None]
    if not known:
        return None
    oldest = min(known)
    if None in days and (executed_on is None or oldest > executed_on):
        return None
    return oldest


def _only(shown: Collection[str], of: Mapping[str, Agreed]) -> Agreed | None:
    """What the documents agree on; unknown where none says so, or where they contradict."""
    said = {value for code, value in of.items() if code in shown}
    return said.pop() if len(said) == 1 else None


def _changes(shown: Collection[str]) -> frozenset[policy.Change] | None:
    changed = frozenset(how for how in policy.CHANGES if f"changed_{how}" in shown)
    if changed:
        return changed
    return frozenset() if "unchanged" in shown else None


def _of_office(record: Record) -> policy.Facts:
    done = _done(record)
    beside = _of_papers([paper for paper in record.papers if paper.kind not in RECORDED])
    executed_on = done.get("start")
    found = {**beside.found, **done}
    return policy.Facts(
        found=found,
        missing=(RECORDED | set(beside.missing)) - found.keys(),
        executed_on=executed_on,
        decided_by=_decided_by(record),
        legal_basis="legal_basis" in found,
        ground=record.lane,
        changes=_changed(record, executed_on, beside.changes),
    )


def _done(record: Record) -> dict[str, date]:
    """What stands in the office's own dossier, with its day."""
    done: dict[str, date] = {}
    for kind, moved in {
        "study": ("study", "submitted"),
        "legal_clearance": ("legal_clearance", "cleared"),
        "budget_clearance": ("budget_clearance", "cleared"),
        "decision": ("decision", "enacted"),
        "ratification": ("direct_execution", "ratify"),
        "revocation": ("direct_execution", "revoke"),
    }.items():
        if (day := _last(record.moves, *moved)) is not None:
            done[kind] = day
    started = [move.on for move in record.moves if move.to in ("execution", "direct_execution")]
    if started:
        done["start"] = min(started)
        done.setdefault("decision", min(started))
    parts = {"review": "review", "dissent": "dissent", "evaluation": "evaluation",
             "authority": "legal_basis"}  # fmt: skip
    done |= {kind: record.written[part] for part, kind in parts.items() if part in record.written}
    for debt in record.debts:
        if debt.code == "ratification":
            continue
        # What is owed was skipped: it is there from the day on which the debt was paid.
        done.pop(debt.code, None)
        if debt.paid_on is not None:
            done[debt.code] = debt.paid_on
    if record.tied:
        done["conflict_declaration"] = record.opened_on
    return done


def _last(moves: Sequence[Move], step: str, outcome: str) -> date | None:
    """The last time counts: what was sent back was not there yet."""
    days = [move.on for move in moves if (move.step, move.outcome) == (step, outcome)]
    return max(days, default=None)


def _decided_by(record: Record) -> policy.Decider | None:
    if record.lane is not None:
        return "leader"
    enacted = any(move.outcome == "enacted" for move in record.moves)
    return "officials" if enacted else None


def _changed(
    record: Record, executed_on: date | None, beside: Collection[policy.Change] | None
) -> Collection[policy.Change] | None:
    """A milestone that was set after execution began is a change: by what, only a document says."""
    if beside:
        return beside
    if executed_on is None:
        return None
    late = any(goal.set_on > executed_on for goal in record.goals)
    return None if late else frozenset()
