"""Decisions as the desk, the letters and the accused's door read them.

What was decided about each person, from when it has effect, which remedy is open until when, and
what the office's competence and equal treatment say of it. Rows hold codes; words are opened here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from timbang.cases import cleared, course, equal, reading, vault
from timbang.cases.models import (
    Accused,
    Act,
    Case,
    Decision,
    DecisionEvent,
    DecisionFinding,
    DecisionState,
    SanctionFact,
)
from timbang.cases.vault import Desk, Person
from timbang.law import authority
from timbang.law import procedure as law
from timbang.law.bilingual import Bilingual
from timbang.law.evaluate import Finding
from timbang.law.norms import catalogue
from timbang.law.terms import TermAnswer
from timbang.law.vocabulary import LEVELS
from timbang.reports import sealing

CLEARS = "no_breach"
EFFECT = "effect"
CENTRAL = ("ID", "")
Window = Literal["not_delivered", "open", "between", "closed", "unknown"]


def close_reasons(key: bytes, row: Decision, words: Mapping[str, str]) -> bytes:
    """Why it was decided so, under the case key."""
    return sealing.close_json(key, dict(words), vault.context("decision", row.id))


def open_reasons(key: bytes, row: Decision) -> dict[str, str]:
    """What `close_reasons` closed: `reasons`, and `outside` where the sanction left the range."""
    opened: dict[str, str] = sealing.open_json(
        key, bytes(row.sealed), vault.context("decision", row.id)
    )
    return opened


def close_proof(key: bytes, row: Decision, proof: str) -> bytes:
    """How its delivery is proven, under the case key."""
    return sealing.close_json(key, proof, vault.context("decision-proof", row.id))


def open_proof(key: bytes, row: Decision) -> str:
    """What `close_proof` closed; empty before the delivery."""
    if row.sealed_proof is None:
        return ""
    context = vault.context("decision-proof", row.id)
    return str(sealing.open_json(key, bytes(row.sealed_proof), context))


# --- where it may be decided ----------------------------------------------------------------------


def clears(procedure: law.Procedure, outcome: law.Outcome) -> bool:
    """Whether an outcome finds that nothing is proven."""
    if law.is_end(outcome.to):
        return procedure.end(outcome.to).kind == "cleared"
    return outcome.code == CLEARS


def deciding(procedure: law.Procedure, step: law.Step | None) -> tuple[law.Outcome, ...]:
    """The outcomes of a step by which one person is decided about; none where nobody punishes."""
    if step is None or not any(found.records_sanction for found in step.outcomes):
        return ()
    return tuple(
        found for found in step.outcomes if found.records_sanction or clears(procedure, found)
    )


def undecided(case: Case) -> list[Accused]:
    """The reported persons about whom nothing was decided yet, or whose decision fell."""
    decided = {
        person for person, row in cleared.present(case).items() if row.state in cleared.BINDING
    }
    return [row for row in case.accused.all() if row.pk not in decided]


def case_outcome(case: Case) -> str | None:
    """The outcome that the case takes once all are decided: that of the heaviest decision."""
    rows = [row for row in cleared.present(case).values() if row.step == case.step]
    if not rows or undecided(case):
        return None
    return max(rows, key=_weight).outcome


def _weight(row: Decision) -> tuple[bool, int, int]:
    rungs, levels = equal.ladder(), list(LEVELS)
    rung = (row.level, row.kind)
    place = rungs.index(rung) if rung in rungs else -1
    return bool(row.level), place, levels.index(row.level) if row.level else -1


# --- from when, until when ------------------------------------------------------------------------


@dataclass(frozen=True)
class RemedyView:
    """A way to contest a decision: where, until when, and whether it is still open."""

    remedy: law.Remedy
    answer: TermAnswer | None
    window: Window
    unknown: Bilingual | None

    @property
    def may_file(self) -> bool:
        """Whether it may be offered: never when it is out of time on every reading."""
        return self.window not in ("closed", "not_delivered")


def outcome_of(row: Decision) -> law.Outcome | None:
    """The procedure's outcome by which it was decided."""
    procedure = course.procedure_of(row.case)
    if not procedure.has(row.step):
        return None
    found = procedure.step(row.step).outcomes
    return next((outcome for outcome in found if outcome.code == row.outcome), None)


def remedies(row: Decision, on: date) -> list[RemedyView]:
    """What the person may do against it, and until when; nothing against an acquittal."""
    outcome = outcome_of(row)
    if outcome is None or not row.level or row.state not in cleared.BINDING:
        return []
    every = course.procedure_of(row.case).remedies
    return [_remedy(row, each, on) for each in every if each.code in outcome.remedies]


def _remedy(row: Decision, remedy: law.Remedy, on: date) -> RemedyView:
    if row.delivered_on is None:
        return RemedyView(remedy, None, "not_delivered", remedy.term_unknown)
    if remedy.term is None:
        return RemedyView(remedy, None, "unknown", remedy.term_unknown)
    answer = law.due(remedy.term, row.delivered_on)
    if on <= answer.safe_day:
        return RemedyView(remedy, answer, "open", None)
    late = answer.last_day is not None and on > answer.last_day
    return RemedyView(remedy, answer, "closed" if late else "between", None)


def effect_of(row: Decision) -> TermAnswer | None:
    """From when it has effect, on each reading; None while nobody can say: it is not delivered, a
    remedy runs, a court holds it back, or the procedure has no such step."""
    if row.delivered_on is None or row.state != DecisionState.STANDS or not row.level:
        return None
    procedure = course.procedure_of(row.case)
    if not procedure.has(EFFECT) or course.is_challenged(row.case):
        return None
    term = procedure.step(EFFECT).term
    return law.due(term, row.delivered_on) if term else None


# --- competence and equal treatment ---------------------------------------------------------------


def government_level(region_code: str) -> str:
    """The level of government of an organ, by its region."""
    if region_code in CENTRAL:
        return "central"
    return "province" if "." not in region_code else "regency"


def competence_of(
    row: Decision, person: Person, findings: Sequence[Finding]
) -> authority.Competence:
    """Whether whoever signed may impose this sanction on a person of this post."""
    named = {
        found.authority.split(" ", 1)[0]
        for found in findings
        if found.norm in row.norms and found.authority
    }
    return authority.of_sanction(
        level=row.level,
        kind=row.kind,
        signer=row.signer,
        on=row.decided_on,
        status=person.status,
        post_level=row.post_level,
        government_level=government_level(row.organ.region_code),
        named=named,
    )


@dataclass(frozen=True)
class Exceeded:
    """An act of a case that lay beyond the competence of the office that did it."""

    what: Bilingual
    done_on: date
    organ: str
    found: authority.Competence


def exceeded(case: Case) -> list[Exceeded]:
    """Every recorded step held against the competence of its office: what lay beyond it."""
    rows = case.journal.filter(act=Act.STEP, officer__isnull=False)
    found = []
    for line in rows.select_related("organ", "track"):
        rules = course.rules_of(case, line.track)
        verdict = authority.of_step(rules, line.step, line.outcome, line.organ.kind)
        if verdict.verdict == "beyond":
            what = rules.step(line.step).title
            found.append(Exceeded(what, line.done_on, line.organ.name, verdict))
    return found


def like_of(
    norm: str, level: str, kind: str, post_level: str, facts: Mapping[str, object]
) -> equal.Like:
    """A proposed sanction as it is compared."""
    return equal.Like(norm, level, kind, post_level, equal.attributes_of(facts))


def compared(proposed: equal.Like) -> equal.Compared:
    """What was given before on like facts, in every organ of this installation."""
    rows = SanctionFact.objects.filter(norm=proposed.norm)
    known = (
        equal.Like(row.norm, row.level, row.kind, row.post_level, tuple(row.attributes))
        for row in rows.iterator()
    )
    return equal.compare(proposed, known)


# --- for pages, letters and the door --------------------------------------------------------------


@dataclass(frozen=True)
class DecisionView:
    """A decision with everything that is said of it."""

    row: Decision
    person: Person
    sanction: Bilingual | None
    norms: tuple[tuple[str, str], ...]
    words: Mapping[str, str]
    proof: str
    effect: TermAnswer | None
    remedies: tuple[RemedyView, ...]
    competence: authority.Competence
    events: tuple[DecisionEvent, ...]
    cleared: bool
    may_correct: bool


def corrected_by(row: Decision, organ_id: UUID) -> bool:
    """Whether slips in it are this office's to correct: its maker's, or, once that is closed,
    those of whoever keeps the case."""
    return row.organ_id == organ_id or row.organ.closed_on is not None


def sanction_title(row: Decision) -> Bilingual | None:
    """What the sanction is called in the catalogue."""
    return equal.titles().get((row.level, row.kind)) if row.level else None


def norms_of(row: Decision) -> tuple[tuple[str, str], ...]:
    """The norms on which it rests: their ids and titles."""
    known = catalogue().norms
    return tuple((norm, str(known[norm].title) if norm in known else norm) for norm in row.norms)


def views(case: Case, desk: Desk, *, on: date) -> list[DecisionView]:
    """Every version of every decision of a case, opened for an organ that holds its key."""
    rows = list(Decision.objects.filter(case=case).select_related("accused", "organ"))
    if not rows:
        return []
    for row in rows:
        row.case = case
    key = vault.case_key(case, desk)
    by_status = {
        person: group.findings
        for group in reading.findings_of(case, desk, on=on)
        for person in group.people
    }
    freed = cleared.people(case)
    return [_view(row, desk, key, by_status, freed, on) for row in rows]


def _view(
    row: Decision,
    desk: Desk,
    key: bytes,
    findings: Mapping[Person, tuple[Finding, ...]],
    freed: set[UUID],
    on: date,
) -> DecisionView:
    person = vault.open_person(key, row.accused)
    return DecisionView(
        row=row,
        person=person,
        sanction=sanction_title(row),
        norms=norms_of(row),
        words=open_reasons(key, row),
        proof=open_proof(key, row),
        effect=effect_of(row),
        remedies=tuple(remedies(row, on)),
        competence=competence_of(row, person, findings.get(person, ())),
        events=tuple(row.events.all()),
        cleared=row.accused_id in freed,
        may_correct=corrected_by(row, desk.organ.pk),
    )


def is_proven(row: Decision) -> bool:
    """Whether something was found against the person, by a decision that binds."""
    return row.finding != DecisionFinding.NOT_PROVEN and row.state in cleared.BINDING
