"""Where a case stands in its procedure: which rules it keeps, what holds, what may be done now.

A case keeps the text of the procedure with which it began. What holds (`guards`) is computed from
what is on file; the few things that no file can show are declared by the officer in his form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from timbang.accounts.models import Organ
from timbang.cases.letters import Kind
from timbang.cases.models import (
    Accused,
    Act,
    Case,
    CaseStep,
    Delivery,
    Document,
    DocumentKind,
    OpenTerm,
    ProcedureVersion,
)
from timbang.law import procedure as law
from timbang.law import workdays
from timbang.law.bilingual import Bilingual
from timbang.law.evaluate import Finding
from timbang.law.terms import TermAnswer

MOST_CACHED = 64
# Ours, where neither law nor practice says within how many days a report must be taken up.
TARGET = law.Term(
    length=7,
    unit="days",
    starts="entered",
    kind="target",
    citation=None,
    level="",
    reason=Bilingual(
        "Tidak ada tenggat yang diatur untuk langkah ini; tujuh hari adalah pengingat kami.",
        "No term is given for this step; seven days are our reminder.",
    ),
)
TRIAGE = "triage"


def today(organ: Organ, at: datetime) -> date:
    """Which day it is where the organ works."""
    return workdays.day_in(organ.time_zone, at)


@dataclass(frozen=True)
class Option:
    """An outcome that may be taken now, or what must still hold before it may."""

    outcome: law.Outcome
    missing: tuple[Bilingual, ...]
    declare: tuple[str, ...]
    next_title: Bilingual
    next_actor: str | None

    @property
    def ready(self) -> bool:
        """Whether nothing is missing but what the officer himself declares."""
        return not self.missing


def procedure_of(case: Case) -> law.Procedure:
    """The rules under which the case began."""
    return _read(case.procedure.hash, case.procedure.body)


@lru_cache(maxsize=MOST_CACHED)
def _read(_hash: str, body: str) -> law.Procedure:
    return law.from_json(body)


def version_of(procedure: law.Procedure, on: date) -> ProcedureVersion:
    """The row that keeps this text; written when the first case uses it."""
    row, _new = ProcedureVersion.objects.get_or_create(
        hash=procedure.hash,
        defaults={
            "code": procedure.id,
            "version": procedure.version,
            "body": law.to_json(procedure),
            "first_used_on": on,
        },
    )
    return row


def starting_with(organ_kind: str) -> list[law.Procedure]:
    """The procedures that a case may follow: those that begin with this kind of organ first, then
    those in which it acts most."""
    return sorted(
        law.procedures().values(),
        key=lambda found: (not _starts(found, organ_kind), -_acts(found, organ_kind), found.id),
    )


def _starts(procedure: law.Procedure, organ_kind: str) -> bool:
    return any(procedure.step(code).actor == organ_kind for code in procedure.starts)


def _acts(procedure: law.Procedure, organ_kind: str) -> int:
    return sum(step.actor == organ_kind for step in procedure.steps)


def triage_term(organ_kind: str) -> tuple[str, law.Term]:
    """The term within which a new report must be taken up: that of the step where a case begins."""
    for procedure in starting_with(organ_kind)[:1]:
        step = procedure.step(law.start_for(procedure, organ_kind))
        if step.actor == organ_kind and step.term is not None:
            return step.code, step.term
    return TRIAGE, TARGET


def step_of(case: Case) -> law.Step | None:
    """The step at which a running case stands."""
    return None if case.ended_on else procedure_of(case).step(case.step)


def may_clear(case: Case) -> bool:
    """Whether the step at which a case stands can end it as not proven."""
    step, procedure = step_of(case), procedure_of(case)
    ends = [found.to for found in step.outcomes if law.is_end(found.to)] if step else []
    return any(procedure.end(end).kind == "cleared" for end in ends)


def title_of(case: Case, code: str) -> Bilingual:
    """The title of a step or an end in the words of the case's own procedure."""
    procedure = procedure_of(case)
    return procedure.end(code).title if law.is_end(code) else procedure.step(code).title


def law_term_of(term: OpenTerm) -> law.Term:
    """The rule behind a running term."""
    if term.case is not None:
        found = procedure_of(term.case).step(term.step).term
        return found or TARGET
    if term.step == TRIAGE:
        return TARGET
    return triage_term(term.organ.kind)[1]


def count(term: law.Term, started_on: date) -> TermAnswer:
    """When a term ends that started on this day, explained day by day."""
    return law.due(term, started_on)


def taken(case: Case) -> Counter[str]:
    """How often the case took each outcome."""
    steps = case.journal.filter(act=Act.STEP).values_list("step", "outcome")
    return Counter(law.key(step, outcome) for step, outcome in steps)


def guards(case: Case, findings: Collection[Finding], *, on: date) -> dict[str, bool | None]:
    """What holds of a case on this day, as far as files can show. Declared guards are left out."""
    since = _entered(case)
    answered = _written_since(case, DocumentKind.ANSWER, since)
    answered_outside = answered and not case.holder.inside
    kinds = set(case.documents.filter(organ=case.keeper).values_list("kind", flat=True))
    return {
        "report_linked": case.reports.exists() or case.organ_id != case.keeper_id,
        "norm_applies": any(finding.applies == "yes" for finding in findings),
        "study_written": DocumentKind.STUDY in kinds or _given(case, DocumentKind.STUDY),
        "recommendation_written": DocumentKind.RECOMMENDATION in kinds
        or _given(case, DocumentKind.RECOMMENDATION),
        # An outside organ's own letter is known here by its answer.
        "letter_produced": _letter_since(case, since) or answered_outside,
        "warning_letter_produced": _letter_since(case, since, Kind.FOLLOW_UP_WARNING)
        or answered_outside,
        "clearing_letter_produced": _letter_since(case, since, Kind.CLOSING_NOT_PROVEN)
        or answered_outside,
        "delivery_proven": _delivery_proven(case),
        "term_passed": _term_passed(case, on),
        "hearing_or_two_summonses": all_heard(case, on=on),
        "outside_answer_on_file": answered,
    }


def _given(case: Case, kind: DocumentKind) -> bool:
    return Document.objects.filter(case=case, kind=kind, keys__organ=case.keeper).exists()


def _entered(case: Case) -> int:
    """The version at which the case came to its present step."""
    moves = CaseStep.objects.filter(case=case, to=case.step, act__in=(Act.OPENED, Act.STEP))
    last = moves.order_by("-version").first()
    return last.version if last else 0


def _letter_since(case: Case, version: int, *kinds: Kind) -> bool:
    """Whether a letter (of these kinds) was produced since: the journal keeps its kind."""
    written = Document.objects.filter(case=case, kind=DocumentKind.LETTER, organ=case.keeper)
    found = written.filter(journal__version__gt=version)
    return (found.filter(journal__outcome__in=kinds) if kinds else found).exists()


def _written_since(case: Case, kind: DocumentKind, version: int) -> bool:
    written = Document.objects.filter(case=case, kind=kind, organ=case.keeper)
    return written.filter(journal__version__gt=version).exists()


def _delivery_proven(case: Case) -> bool:
    if case.holder.inside:
        return True
    running = Delivery.objects.filter(case=case, term__closed_on=None, organ=case.holder)
    return running.filter(proven_on__isnull=False).exists()


def _term_passed(case: Case, on: date) -> bool | None:
    term = OpenTerm.objects.running().filter(case=case).first()
    if term is None:
        return None
    return term.last_day is not None and on > term.last_day


def all_heard(case: Case, *, on: date) -> bool:
    """Whether each reported person was heard, or let two summonses pass (PP 94/2021 ps. 26)."""
    people = list(case.accused.prefetch_related("hearings", "summonses"))
    return bool(people) and all(heard_or_summoned_twice(person, on=on) for person in people)


def heard_or_summoned_twice(person: Accused, *, on: date) -> bool:
    """One hearing that took place, or two summonses whose days have passed."""
    if any(hearing.held_on <= on for hearing in person.hearings.all()):
        return True
    passed = {row.ordinal for row in person.summonses.all() if row.summoned_for_on < on}
    return passed == {1, 2}


def options(
    case: Case, *, organ_kind: str, roles: Collection[str], held: dict[str, bool | None]
) -> list[Option]:
    """What an officer may do now, ready or not, in the order of the procedure. Nothing else is."""
    step = step_of(case)
    if step is None:
        return []
    procedure = procedure_of(case)
    open_to_him = law.allowed(
        procedure, step.code, organ_kind=organ_kind, roles=roles, taken=taken(case)
    )
    return [_option(procedure, step, outcome, organ_kind, held) for outcome in open_to_him]


def _option(
    procedure: law.Procedure,
    step: law.Step,
    outcome: law.Outcome,
    organ_kind: str,
    held: dict[str, bool | None],
) -> Option:
    wanted = law.needs(step, outcome, organ_kind)
    declare = tuple(code for code in wanted if by_form(code))
    missing = tuple(
        law.GUARDS[code].missing for code in wanted if not by_form(code) and not held.get(code)
    )
    ends = law.is_end(outcome.to)
    return Option(
        outcome=outcome,
        missing=missing,
        declare=declare,
        next_title=procedure.end(outcome.to).title if ends else procedure.step(outcome.to).title,
        next_actor=None if ends else procedure.step(outcome.to).actor,
    )


def by_form(guard: str) -> bool:
    """Whether the officer himself meets this guard, in the form of the step."""
    return guard == "reason_given" or law.GUARDS[guard].declared
