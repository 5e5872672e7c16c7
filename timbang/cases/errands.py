"""What a decision asks to be done: deliver it, carry it out, record it, undo it once it has fallen.

For the executing officer and for the page of the case. Nothing is carried out before the decision
has effect on every reading, while a court holds it back, or while a remedy runs. By when it must be
carried out is in no article that was read, and is not made up here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from timbang.accounts.models import Officer
from timbang.cases import course, decisions, lists, vault
from timbang.cases.models import Case, Decision, DecisionState, Errand
from timbang.law import procedure as law
from timbang.law.bilingual import Bilingual
from timbang.law.terms import TermAnswer
from timbang.reports import sealing

MOST: Final = 50
Task = Errand.Task
# The step of a procedure that tells how and by when a task is done.
STEPS: Final = {Task.DELIVER: "deliver", Task.CARRY_OUT: decisions.EFFECT, Task.RECORD: "record"}
UNKNOWN: Final = Bilingual(
    "Pasal yang memberi tenggat untuk ini tidak ditemukan dalam sumber yang dibaca.",
    "No article that gives a term for this was found in the sources read.",
)
NOT_DELIVERED: Final = Bilingual(
    "menunggu bukti penyampaian keputusan", "waits for proof that the decision was delivered"
)
SUSPENDED: Final = Bilingual("keputusan ditangguhkan", "the decision is suspended")
CHALLENGED: Final = Bilingual(
    "upaya administratif masih berjalan", "a remedy against it is still running"
)
NOT_IN_EFFECT: Final = Bilingual("belum tentu berlaku", "it is not surely in effect yet")
EFFECT_UNKNOWN: Final = Bilingual(
    "hari berlakunya tidak diatur dalam prosedur ini: pastikan dalam keputusan",
    "the procedure does not say from when it has effect: look into the decision",
)


@dataclass(frozen=True, slots=True)
class ErrandView:
    """One task with what it waits for; `holds_back` empty: it may be done now."""

    row: Errand
    sanction: Bilingual | None
    holds_back: Bilingual | None
    effect: TermAnswer | None
    due: TermAnswer | None
    no_term: Bilingual | None
    note: Bilingual | None
    citation: str
    late: bool
    proof: str = ""


def close_proof(key: bytes, row: Errand, proof: str) -> bytes:
    """How it is proven that it was done, under the case key."""
    return sealing.close_json(key, proof, vault.context("errand", row.id))


def open_proof(key: bytes, row: Errand) -> str:
    """What `close_proof` closed; empty while it is not done."""
    if row.sealed_proof is None:
        return ""
    return str(sealing.open_json(key, bytes(row.sealed_proof), vault.context("errand", row.id)))


def holds_back(row: Errand, on: date) -> Bilingual | None:
    """Why this may not be done yet; None when it may."""
    decision = row.decision
    if row.task in (Task.DELIVER, Task.UNDO):
        return None
    if decision.state == DecisionState.SUSPENDED:
        return SUSPENDED
    if decision.delivered_on is None:
        return NOT_DELIVERED
    if course.is_challenged(row.case):
        return CHALLENGED
    effect = decisions.effect_of(decision)
    if effect is not None and not effect.passed_on(on) and effect.last_day != on:
        return NOT_IN_EFFECT
    return None


def view(row: Errand, on: date, *, proof: str = "") -> ErrandView:
    """A task as it is shown on a day."""
    row.decision.case = row.case
    step = _step(row)
    due = _due(row, step)
    effect = decisions.effect_of(row.decision) if row.task == Task.CARRY_OUT else None
    return ErrandView(
        row=row,
        sanction=decisions.sanction_title(row.decision),
        holds_back=None if row.done_on else holds_back(row, on),
        effect=effect,
        due=due,
        no_term=None if due or row.done_on else UNKNOWN,
        note=_note(row, effect),
        citation=(step.citation or "") if step else "",
        late=row.done_on is None and due is not None and due.passed_on(on),
        proof=proof,
    )


def _step(row: Errand) -> law.Step | None:
    procedure, code = course.procedure_of(row.case), STEPS.get(Task(row.task), "")
    return procedure.step(code) if procedure.has(code) else None


def _due(row: Errand, step: law.Step | None) -> TermAnswer | None:
    """By when it must be done, where a law says so; a reminder of ours is no term."""
    if row.task != Task.DELIVER or step is None or step.term is None or step.term.kind != "law":
        return None
    return law.due(step.term, row.decision.decided_on)


def _note(row: Errand, effect: TermAnswer | None) -> Bilingual | None:
    waits = row.task == Task.CARRY_OUT and row.done_on is None and effect is None
    return EFFECT_UNKNOWN if waits and row.decision.delivered_on else None


def to_do(officer: Officer, on: date, *, most: int = MOST) -> tuple[list[ErrandView], bool]:
    """What his organ must still do, oldest decision first; and whether there is more."""
    rows = Errand.objects.filter(done_on=None, organ=officer.organ_id)
    rows = rows.filter(case__in=Case.objects.open_to(officer).values("pk"))
    rows = rows.order_by("since_on", "pk")
    found = lists.few(rows, "decision", "case__procedure", "case__holder", most=most + 1)
    return [view(row, on) for row in found[:most]], len(found) > most


def of_case(case: Case, key: bytes, on: date) -> list[ErrandView]:
    """Everything that the decisions of a case ask for, done or not."""
    rows = Errand.objects.filter(case=case).select_related("decision")
    rows = rows.order_by("decision__accused__position", "decision__version", "pk")
    return [view(_with(row, case), on, proof=open_proof(key, row)) for row in _in_order(rows)]


def _with(row: Errand, case: Case) -> Errand:
    row.case = case
    return row


def _in_order(rows: Iterable[Errand]) -> list[Errand]:
    order = list(Task)
    return sorted(rows, key=lambda row: (str(row.decision_id), order.index(Task(row.task))))


def binding(decision: Decision) -> bool:
    """Whether a decision imposes something that must be carried out."""
    return bool(decision.level)
