"""Deciding about each reported person, and what befalls a decision afterwards.

Persons of one case are decided apart, each after he was heard; the case takes its step once all are
decided (`check_all_decided`). No sanction without a norm that provides it, none outside the range
that is given on like facts without a reason. A decision is never changed: a court suspends or
annuls it, a correction of a slip is a new version, and all of it stays on file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.cases import cleared, course, decisions, equal, hearings, reading, searching, vault
from timbang.cases.actions import carrying_out, routing, writing
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
    Decision,
    DecisionEvent,
    DecisionFinding,
    DecisionState,
    DocumentKind,
    SanctionFact,
)
from timbang.cases.permission import CARRIERS
from timbang.cases.vault import Desk
from timbang.law import procedure as law
from timbang.law.evaluate import Finding
from timbang.law.guards import GUARDS, HEARD
from timbang.law.refusal import Refusal

DECIDERS: Final = ("decision_maker",)
# Kinds of case of which the closing says where the fault lay.
COMPLAINTS: Final = ("service", "maladministration")
NO_LAW_NO_SANCTION: Final = "PP 94/2021 ps 7, 8"
ONCE: Final = "PP 94/2021 ps 35 ayat (3)"
HEARD_LAW: Final = "PP 94/2021 ps 26, 27"
DELIVERED: Final = "PP 94/2021 ps 37"
What = DecisionEvent.What
# What may befall a decision in which state, and what becomes of it.
NEXT: Final[Mapping[tuple[str, str], DecisionState]] = {
    (DecisionState.STANDS, What.SUSPENDED): DecisionState.SUSPENDED,
    (DecisionState.SUSPENDED, What.RESUMED): DecisionState.STANDS,
    (DecisionState.STANDS, What.ANNULLED): DecisionState.ANNULLED,
    (DecisionState.SUSPENDED, What.ANNULLED): DecisionState.ANNULLED,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is decided about one person: the procedure's outcome, the finding, norms, sanction.

    `kind` is a kind of sanction of the catalogue; `outside` why it leaves the range given on like
    facts; `decided_on` another day only for what an outside office decided.
    """

    outcome: str
    finding: DecisionFinding
    reasons: str
    norms: tuple[str, ...] = ()
    level: str = ""
    kind: str = ""
    post_level: str = ""
    signer: str = ""
    outside: str = ""
    decided_on: date | None = None


@transaction.atomic
def decide_person(
    accused: Accused, verdict: Verdict, *, seen: Seen, by: Desk, at: datetime
) -> Decision:
    """Decide about one reported person; refused with the article where the law says no."""
    case = locked(accused.case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier.decision
    check_version(case, seen)
    check_may(case, by, *DECIDERS)
    on = today(by.organ, at)
    outcome = _outcome(case, verdict, by, on)
    before = cleared.present(case).get(accused.pk)
    if before is not None and before.state in cleared.BINDING:
        raise Refusal(_("It is decided about this person already; nobody is punished twice."), ONCE)
    _check_heard(case, accused, outcome, on)
    findings = _findings(case, accused, by, on)
    _check_verdict(case, verdict, outcome, findings, by)
    row = Decision(case=case, accused=accused, finding=verdict.finding, step=case.step)
    row.outcome, row.norms = outcome.code, list(verdict.norms)
    row.level, row.kind = verdict.level, verdict.kind
    row.post_level, row.signer = verdict.post_level, verdict.signer
    row.decided_on = on if verdict.decided_on is None else verdict.decided_on
    words = {"reasons": verdict.reasons.strip(), "outside": verdict.outside.strip()}
    _keep(row, before, words, seen, by, at)
    carrying_out.open_errands(row)
    _settle(row, by)
    return row


def _keep(
    row: Decision,
    before: Decision | None,
    words: Mapping[str, str],
    seen: Seen,
    by: Desk,
    at: datetime,
) -> None:
    """Write a version of a decision with its journal line; the one before it stays, replaced."""
    case = row.case
    line = Line(Act.DECIDED, row.decided_on, step=row.step, outcome=row.finding)
    row.journal = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    if before is not None:
        before.state = DecisionState.REPLACED
        before.save()
        _drop_fact(before)
        row.replaces, row.version = before, before.version + 1
    row.organ, row.decided_by = by.organ, by.officer
    row.sealed = decisions.close_reasons(vault.case_key(case, by), row, words)
    row.save(force_insert=True)


def _settle(row: Decision, by: Desk) -> None:
    """What follows at once: the fact to compare with, or the name that is cleared."""
    _keep_fact(row, by)
    if cleared.people(row.case):
        cleared.forget(row.case)
        searching.index(row.case, by)


def _outcome(case: Case, verdict: Verdict, by: Desk, on: date) -> law.Outcome:
    procedure, step = course.procedure_of(case), course.step_of(case)
    found = decisions.deciding(procedure, step)
    outcome = next((each for each in found if each.code == verdict.outcome), None)
    if step is None or outcome is None:
        raise Refusal(_("At this step nobody is decided about."), step.citation if step else None)
    open_to_him = {each.outcome.code for each in reading.options_of(case, by, on=on)}
    if outcome.code not in open_to_him:
        raise Refusal(_("This decision is not yours: another office or officer takes it."))
    if verdict.decided_on is not None and not case.opened_on <= verdict.decided_on <= on:
        raise Refusal(_("The day must lie between the opening of the case and today."))
    return outcome


def _check_heard(case: Case, accused: Accused, outcome: law.Outcome, on: date) -> None:
    if HEARD not in outcome.requires:
        return
    if not hearings.heard(accused, hearings.facts_moved(case), on=on):
        raise Refusal(
            _("This person was neither heard nor summoned twice: nobody is decided about before."),
            HEARD_LAW,
        )


def _findings(case: Case, accused: Accused, by: Desk, on: date) -> tuple[Finding, ...]:
    """What the norms say of this very person."""
    person = vault.open_person(vault.case_key(case, by), accused)
    groups = reading.findings_of(case, by, on=on)
    return next((group.findings for group in groups if person in group.people), ())


def _check_verdict(
    case: Case,
    verdict: Verdict,
    outcome: law.Outcome,
    findings: Sequence[Finding],
    by: Desk,
) -> None:
    if not verdict.reasons.strip():
        raise Refusal(_("Write the reasons: who is decided about has a right to them."))
    if verdict.finding == DecisionFinding.NOT_PROVEN:
        _check_clearing(case, verdict, outcome)
        return
    if not outcome.records_sanction:
        raise Refusal(_("This outcome clears a person: it goes with “not proven” only."))
    _check_norms(verdict, findings)
    _check_sanction(verdict, outcome, findings)
    _check_range(case, verdict, by)


def _check_clearing(case: Case, verdict: Verdict, outcome: law.Outcome) -> None:
    if not decisions.clears(course.procedure_of(case), outcome):
        raise Refusal(_("“Not proven” imposes nothing: choose the outcome that clears him."))
    if verdict.level or verdict.kind or verdict.norms:
        raise Refusal(_("Nothing is imposed on a person of whom nothing is proven."))


def _check_norms(verdict: Verdict, findings: Sequence[Finding]) -> None:
    applying = {found.norm: found for found in findings if found.applies != "no"}
    if not verdict.norms or any(norm not in applying for norm in verdict.norms):
        raise Refusal(
            _("Name the norms that were breached, of those that may apply on the day of the act."),
            NO_LAW_NO_SANCTION,
        )
    beyond = verdict.finding == DecisionFinding.BEYOND_AUTHORITY
    if beyond and not any(applying[norm].area == "discretion" for norm in verdict.norms):
        raise Refusal(
            _("To exceed one's authority is a finding under the law on administration: name it."),
            "UU 30/2014 ps 17, 18",
        )


def _check_sanction(verdict: Verdict, outcome: law.Outcome, findings: Sequence[Finding]) -> None:
    provided = {
        (sanction.level, sanction.kind)
        for found in findings
        if found.norm in verdict.norms
        for sanction in found.sanctions
    }
    if (verdict.level, verdict.kind) not in provided:
        raise Refusal(
            _("None of these norms provides that sanction: choose one that they do."),
            NO_LAW_NO_SANCTION,
        )
    if outcome.sanctions and verdict.level not in outcome.sanctions:
        raise Refusal(_("This outcome is for sanctions of another level."), outcome.citation)


def _check_range(case: Case, verdict: Verdict, by: Desk) -> None:
    """Equal facts, equal sanction: what leaves the range says why, before it is signed."""
    like = decisions.like_of(
        verdict.norms[0],
        verdict.level,
        verdict.kind,
        verdict.post_level,
        reading.facts_of(case, by),
    )
    if decisions.compared(like).needs_reason and not verdict.outside.strip():
        raise Refusal(
            _("On like facts another sanction was given so far. Write why this case is different.")
        )


# --- the fact by which later ones are compared ----------------------------------------------------


def _keep_fact(row: Decision, by: Desk) -> None:
    if not row.level or row.state != DecisionState.STANDS:
        return
    person = vault.open_person(vault.case_key(row.case, by), row.accused)
    row.fact = SanctionFact.objects.create(
        norm=row.norms[0],
        level=row.level,
        kind=row.kind,
        post_level=row.post_level,
        status=person.status,
        attributes=list(equal.attributes_of(reading.facts_of(row.case, by))),
        conduct=row.case.conduct,
        organ_code=row.organ.code,
        month=routing.month_of(row.decided_on),
        province_code=row.case.province_code,
    )
    row.save()


def _drop_fact(row: Decision) -> None:
    fact, row.fact = row.fact, None
    row.save()
    if fact is not None:
        fact.delete()


# --- what befalls a decision ----------------------------------------------------------------------


@transaction.atomic
def deliver_decision(
    decision: Decision,
    *,
    delivered_on: date,
    how: Decision.How,
    proof: str,
    seen: Seen,
    by: Desk,
    at: datetime,
) -> CaseStep:
    """Record that the person has it in hand, or that it was sent; from then on his terms run."""
    case = locked(decision.case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    row = _bound(case, decision, seen, by, CARRIERS)
    if row.delivered_on is not None:
        raise Refusal(_("The delivery is proven already; its day does not change."), DELIVERED)
    if not row.decided_on <= delivered_on <= today(by.organ, at):
        raise Refusal(_("It is delivered after it was decided, and not after today."), DELIVERED)
    if not proof.strip():
        raise Refusal(_("Write down the proof: a receipt number, a stamp, who signed for it."))
    row.delivered_on, row.delivered_how = delivered_on, how
    row.sealed_proof = decisions.close_proof(vault.case_key(case, by), row, proof.strip())
    row.save()
    issuer = DecisionEvent.ByWhom.ISSUER
    written = _befall(row, What.DELIVERED, issuer, delivered_on, seen, by, at)
    carrying_out.delivered(row, written, proof, by)
    return written


@transaction.atomic
def record_event(
    decision: Decision,
    what: DecisionEvent.What,
    *,
    by_whom: DecisionEvent.ByWhom,
    done_on: date,
    words: str,
    seen: Seen,
    by: Desk,
    at: datetime,
) -> CaseStep:
    """A court, an appeal or the issuer suspends, resumes or annuls a decision, whatever became of
    its case. What is annulled binds nobody, and its name is cleared."""
    case = locked(decision.case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    row = _bound(case, decision, seen, by)
    state = NEXT.get((row.state, what))
    if state is None:
        raise Refusal(_("As this decision stands, that cannot befall it."))
    if not row.decided_on <= done_on <= today(by.organ, at):
        raise Refusal(_("The day lies between the decision and today."))
    if not words.strip():
        raise Refusal(_("Write down the ruling: its number, its day, what it says."))
    row.state = state
    row.save()
    written = _befall(row, what, by_whom, done_on, seen, by, at)
    body = {"text": words.strip(), "step": row.step, "outcome": what.value}
    writing.store(case, DocumentKind.NOTE, body, journal=written, by=by)
    if state == DecisionState.ANNULLED:
        _drop_fact(row)
        carrying_out.fell(row)
        cleared.forget(case)
        searching.index(case, by)
    return written


@transaction.atomic
def correct_decision(
    decision: Decision,
    *,
    reasons: str,
    signer: str = "",
    slip: str,
    seen: Seen,
    by: Desk,
    at: datetime,
) -> Decision:
    """Correct a slip of the pen: a new version with other words, the same finding, norms and
    sanction; the old one stays on file. The new one is delivered anew, so that no remedy is lost.
    """
    case = locked(decision.case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier.decision
    old = _bound(case, decision, seen, by)
    if old.state != DecisionState.STANDS:
        raise Refusal(_("Only a decision that stands is corrected."))
    if not decisions.corrected_by(old, by.organ.pk):
        raise Refusal(_("Whoever made a decision corrects it; your office did not."))
    if not slip.strip() or not reasons.strip():
        raise Refusal(_("Say which slip is corrected, and write the text as it should read."))
    row = Decision(case=case, accused=old.accused, finding=old.finding, step=old.step)
    row.outcome, row.norms, row.level, row.kind = old.outcome, old.norms, old.level, old.kind
    row.post_level, row.signer = old.post_level, signer or old.signer
    row.decided_on = old.decided_on
    outside = decisions.open_reasons(vault.case_key(case, by), old).get("outside", "")
    words = {"reasons": reasons.strip(), "outside": outside, "slip": slip.strip()}
    _keep(row, old, words, seen, by, at)
    carrying_out.take_along(old, row)
    DecisionEvent.objects.create(
        decision=old, what=What.CORRECTED, by_whom=DecisionEvent.ByWhom.ISSUER,
        done_on=row.journal.recorded_on, journal=row.journal,
    )  # fmt: skip
    _keep_fact(row, by)
    return row


def _bound(
    case: Case, decision: Decision, seen: Seen, by: Desk, roles: Sequence[str] = DECIDERS
) -> Decision:
    """The decision, as it is under the lock, for an officer who may record what befalls it."""
    check_version(case, seen)
    row = Decision.objects.select_related("accused", "organ", "fact").get(pk=decision.pk, case=case)
    # Who decided delivers it and is told of rulings, though the case went on to another office.
    check_may(case, by, *roles, even_ended=True, beside=row.organ_id == by.organ.pk)
    row.case = case
    if row.state not in cleared.BINDING:
        raise Refusal(_("This version of the decision no longer binds anybody."))
    return row


def _befall(
    row: Decision,
    what: DecisionEvent.What,
    by_whom: DecisionEvent.ByWhom,
    done_on: date,
    seen: Seen,
    by: Desk,
    at: datetime,
) -> CaseStep:
    line = Line(Act.DECISION_EVENT, done_on, step=row.step, outcome=what.value)
    written = write_line(row.case, line, organ=by.organ, by=by, at=at, once=seen.once)
    DecisionEvent.objects.create(
        decision=row, what=what, by_whom=by_whom, done_on=done_on, journal=written
    )
    return written


def check_all_decided(case: Case, outcome_code: str) -> None:
    """Before a case takes a deciding step: each person is decided, and the step says the same."""
    procedure, step = course.procedure_of(case), course.step_of(case)
    found = {each.code for each in decisions.deciding(procedure, step)}
    if step is None or outcome_code not in found:
        return
    left = decisions.undecided(case)
    if left:
        raise Refusal(
            _("It is not decided about every reported person yet: %d are left.") % len(left),
            step.citation,
        )
    if cleared.people(case) and not course.clearing_letter(case):
        raise Refusal(GUARDS["clearing_letter_produced"].missing, step.citation)
    own = decisions.case_outcome(case)
    if own is not None and own != outcome_code:
        raise Refusal(
            _("The case takes the step of its gravest decision, which is another one."),
            step.citation,
        )


def check_cause(case: Case, to: str) -> None:
    """Before a complaint about a service is closed: where the fault lay is recorded, so that faults
    of the rules themselves show. That it is asked for is a rule of this system."""
    if not law.is_end(to) or case.kind not in COMPLAINTS:
        return
    if course.procedure_of(case).end(to.removeprefix(law.END)).kind == "forwarded":
        return
    if not case.causes.exists():
        raise Refusal(
            _("Record first where the fault lay: rule, sanction, procedure, person, or nowhere.")
        )


def after_step(case: Case, by: Desk) -> None:
    """Once a case has ended in clearing everybody, no search finds it by their names."""
    if case.ended_on is not None and cleared.people(case):
        cleared.forget(case)
        searching.index(case, by)
