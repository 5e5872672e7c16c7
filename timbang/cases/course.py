"""Where a case stands in its procedure: which rules it keeps, what holds, what may be done now.

A case keeps the text of the procedure with which it began. What holds (`guards`) is computed from
what is on file; the few things that no file can show are declared by the officer in his form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import Q, QuerySet

from timbang.accounts.models import Officer, Organ
from timbang.cases import hearings
from timbang.cases.facts import can_be_breached
from timbang.cases.models import (
    REMINDER_TARGET,
    Accused,
    Act,
    Case,
    CaseLink,
    CaseStep,
    CaseTie,
    Clearing,
    Decision,
    Delivery,
    Document,
    DocumentKind,
    OpenTerm,
    ProcedureVersion,
    SupervisoryFinding,
    Track,
)
from timbang.cases.unmet import unmet
from timbang.law import procedure as law
from timbang.law import workdays
from timbang.law.bilingual import Bilingual
from timbang.law.evaluate import Finding
from timbang.law.letter_forms import RECORDS, Kind
from timbang.law.refusal import Refusal
from timbang.law.terms import TermAnswer
from timbang.registry import confirmed
from timbang.reports.content import REGIONAL_CONTESTS

MOST_CACHED = 64
CONTESTS = ("pemilu", "pemilihan")
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
# The end of a case whose report was late or not completed: looked into, it may become a finding.
KEPT_AS_INFORMATION = "prior_information"
# Not an end of any procedure: the case went up in another one.
MERGED = "merged"
MERGED_TITLE = Bilingual("Disatukan dengan kasus lain", "Merged into another case")


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


def proposed(
    kind: str, statuses: Collection[str], contest: str, organ_kind: str, on: date
) -> list[law.Procedure]:
    """The procedures that the law has for such a case, the best one first.

    `statuses` are those of the reported persons: several, or one that is not known, rule nothing
    out; nor does a `contest` ("pemilu" or "pemilihan") that was not told.
    """
    one = set(statuses)
    status = one.pop() if len(one) == 1 else ""
    contests = (contest,) if contest else (None, *CONTESTS)
    found = [
        procedure
        for each in contests
        for procedure in law.fitting(kind, status or None, each, organ_kind, on)
    ]
    return list({procedure.id: procedure for procedure in found}.values())


def starting_with(organ_kind: str, on: date) -> list[law.Procedure]:
    """Every procedure that a case may follow: those that begin with this kind of organ first, then
    those in which it acts most."""
    return sorted(
        (found for found in law.of_cases().values() if found.is_open_on(on)),
        key=lambda found: (not starts(found, organ_kind), -_acts(found, organ_kind), found.id),
    )


def starts(procedure: law.Procedure, organ_kind: str) -> bool:
    return any(procedure.step(code).actor == organ_kind for code in procedure.starts)


def _acts(procedure: law.Procedure, organ_kind: str) -> int:
    return sum(step.actor == organ_kind for step in procedure.steps)


def starts_of(procedure: law.Procedure, organ_kind: str) -> list[str]:
    """The steps at which this kind of organ may begin a case; without one of its own, each."""
    own = [code for code in procedure.starts if procedure.step(code).actor == organ_kind]
    return own or list(procedure.starts)


def ways(found: Iterable[law.Procedure], organ_kind: str) -> list[tuple[law.Procedure, list[str]]]:
    """Procedures with the steps at which this kind of organ may begin each of them."""
    return [(procedure, starts_of(procedure, organ_kind)) for procedure in found]


def contest_of(facts: Mapping[str, object]) -> str:
    """`pemilu` or `pemilihan` by the contest that the facts name; "" when they name none."""
    kind = facts.get("contest_kind")
    if not kind:
        return ""
    return "pemilihan" if kind in REGIONAL_CONTESTS else "pemilu"


def triage_term(organ_kind: str, on: date) -> tuple[str, law.Term]:
    """The term within which a new report must be taken up: that of the step where a case begins.

    What a report is about is sealed. Of the terms of law or practice with which a procedure may
    begin here the longest counts: nobody is late who may still be in time.
    """
    found = _starting_terms(organ_kind, on)
    given = [pair for pair in found if pair[1].kind != REMINDER_TARGET]
    return max(given or found, key=lambda pair: _about_days(pair[1]), default=(TRIAGE, TARGET))


def _starting_terms(organ_kind: str, on: date) -> list[tuple[str, law.Term]]:
    found = _starting_steps(organ_kind, on)
    return [(step.code, step.term) for _, step in found if step.term is not None]


def _starting_steps(organ_kind: str, on: date) -> list[tuple[law.Procedure, law.Step]]:
    found = [
        (procedure, procedure.step(law.start_for(procedure, organ_kind)))
        for procedure in starting_with(organ_kind, on)
    ]
    return [(procedure, step) for procedure, step in found if step.actor == organ_kind]


def is_challenged(case: Case) -> bool:
    """Whether a remedy against this case's decision runs as a case of its own."""
    running = case.followed_by.filter(case__ended_on=None)
    return running.exclude(why__in=CaseLink.NO_REMEDY).exists()


def challenged(cases: Collection[UUID]) -> set[UUID]:
    """Those of the cases of which `is_challenged` holds."""
    links = CaseLink.objects.filter(earlier__in=cases, case__ended_on=None)
    return set(links.exclude(why__in=CaseLink.NO_REMEDY).values_list("earlier", flat=True))


def counts_publicly(term: OpenTerm) -> bool:
    """Whether the rule behind a term is sure enough to move a case or to count as late in public.

    One that rests on less than two sources only reminds, until a legal officer has confirmed it.
    """
    if term.case is not None:
        rules = rules_of(term.case, term.track)
        return confirmed.term_counts(rules, rules.step(term.step))
    behind = _starting_steps(term.organ.kind, term.entered_on)
    rule = law_term_of(term)
    return any(
        confirmed.term_counts(procedure, step)
        for procedure, step in behind
        if step.code == term.step and step.term == rule
    )


def _about_days(term: law.Term) -> float:
    """Roughly how many calendar days, to compare terms of different units."""
    return term.length * {"hours": 1 / 24, "days": 1.0}.get(term.unit, 7 / 5)


def step_of(case: Case, track: Track | None = None) -> law.Step | None:
    """The step at which a running case, or its side track, stands."""
    if (case if track is None else track).ended_on:
        return None
    return rules_of(case, track).step(track.step if track else case.step)


def rules_of(case: Case, track: Track | None) -> law.Procedure:
    """The rules of the main way, or of a side track."""
    procedure = procedure_of(case)
    return procedure if track is None else procedure.track(track.code)


def tracks_to_open(case: Case) -> list[law.Track]:
    """The side tracks that may be opened where the case stands and that do not run already."""
    if case.ended_on:
        return []
    running = set(case.tracks.filter(ended_on=None).values_list("code", flat=True))
    found = law.tracks_at(procedure_of(case), case.step)
    return [track for track in found if track.code not in running]


def acted_at(case: Case, officer: Officer) -> frozenset[str]:
    """The steps at which this officer acted: in this case, and in those that it follows."""
    lines = CaseStep.objects.filter(officer=officer, act=Act.STEP)
    own = set(lines.filter(lines_of(case)).values_list("step", flat=True))
    link = CaseLink.objects.select_related("earlier__procedure").filter(case=case).first()
    while link is not None:
        steps = lines.filter(lines_of(link.earlier)).values_list("step", flat=True)
        own |= {f"{link.earlier.procedure.code}/{step}" for step in steps}
        earlier = CaseLink.objects.select_related("earlier__procedure")
        link = earlier.filter(case=link.earlier).first()
    return frozenset(own)


def lines_of(case: Case) -> Q:
    """The lines of journals that count for a case: its own, those of the case from which it was
    split as far as that went then, and those of the cases that went up in it."""
    counts, seen, waiting = Q(case=case), {case.pk}, [case.pk]
    while waiting:
        ties = CaseTie.objects.filter(second=waiting.pop()).exclude(why=CaseTie.Why.LINKED)
        for tie in ties:
            if tie.first_id not in seen:
                until = {"version__lte": tie.version} if tie.why == CaseTie.Why.SPLIT else {}
                counts |= Q(case=tie.first_id, **until)
                seen.add(tie.first_id)
                waiting.append(tie.first_id)
    return counts


def may_clear(case: Case) -> bool:
    """Whether the step at which a case stands can end it as not proven."""
    step, procedure = step_of(case), procedure_of(case)
    ends = [found.to for found in step.outcomes if law.is_end(found.to)] if step else []
    return any(procedure.end(end).kind == "cleared" for end in ends)


def title_of(case: Case, code: str, track: Track | None = None) -> Bilingual:
    """The title of a step or an end in the words of the case's own procedure."""
    if code == f"{law.END}{MERGED}":
        return MERGED_TITLE
    procedure = rules_of(case, track)
    return procedure.end(code).title if law.is_end(code) else procedure.step(code).title


def law_term_of(term: OpenTerm) -> law.Term:
    """The rule behind a running term."""
    if term.case is not None:
        found = rules_of(term.case, term.track).step(term.step).term
        return found or TARGET
    terms = dict(_starting_terms(term.organ.kind, term.entered_on))
    return terms.get(term.step, TARGET)


def count(term: law.Term, started_on: date) -> TermAnswer:
    """When a term ends that started on this day, explained day by day."""
    return law.due(term, started_on)


def taken(case: Case, track: Track | None = None) -> Counter[str]:
    """How often the case, or its side track, took each outcome."""
    rows = CaseStep.objects.filter(Q(case=case) if track else lines_of(case))
    steps = rows.filter(act=Act.STEP, track=track).values_list("step", "outcome")
    return Counter(law.key(step, outcome) for step, outcome in steps)


def guards(
    case: Case,
    findings: Collection[Finding],
    *,
    on: date,
    track: Track | None = None,
    acting: Organ | None = None,
) -> dict[str, bool | None]:
    """What holds of a case on this day, as far as files can show. `acting` is the organ that would
    act, if not the keeper: what it wrote and was given counts for it.

    Of the guards that an officer declares only those stand here that files can contradict.
    """
    since, acting = entered(case, track), acting or case.keeper
    answered = _written_since(case, DocumentKind.ANSWER, since)
    answered_outside = answered and not case.holder.inside
    had = Document.objects.filter(case=case, keys__organ=acting)
    kinds = set(had.values_list("kind", flat=True))
    return {
        "report_linked": case.reports.exists()
        or case.organ_id != case.keeper_id
        or CaseLink.objects.filter(case=case).exists()
        or SupervisoryFinding.objects.filter(case=case).exists()
        or CaseTie.objects.filter(second=case, why=CaseTie.Why.SPLIT).exists(),
        "norm_applies": any(
            finding.applies == "yes" and can_be_breached(finding) for finding in findings
        ),
        "study_written": DocumentKind.STUDY in kinds,
        "recommendation_written": DocumentKind.RECOMMENDATION in kinds,
        # An outside organ's own letter is known here by its answer.
        "letter_produced": _letter_since(case, acting, since) or answered_outside,
        "warning_letter_produced": _letter_since(case, acting, since, Kind.FOLLOW_UP_WARNING)
        or answered_outside,
        "clearing_letter_produced": clearing_letters(case, acting, since) or answered_outside,
        "delivery_proven": _delivery_proven(case),
        "term_passed": _term_passed(case, on),
        "outside_answer_on_file": answered,
        **_contradicted(case),
        **hearings.guards(case, on=on, here=track is None and case.holder_id == case.keeper_id),
        **unmet(case),
    }


def _contradicted(case: Case) -> dict[str, bool | None]:
    """Declarations that the files show to be untrue: False. None: it is for the officer to say."""
    shown = {
        "side_track_ended": not case.tracks.filter(ended_on=None).exists(),
        "decision_delivered": not _undelivered(case).exists(),
    }
    return {code: None if holds else False for code, holds in shown.items()}


def clearing_letter(case: Case) -> bool:
    """Whether the letters that clear were made at this step; an office outside makes its own, which
    stand in its answer."""
    if not case.holder.inside:
        return True
    return clearing_letters(case, case.keeper, entered(case, None))


def clearing_letters(case: Case, acting: Organ, version: int) -> bool:
    """Whether each person who is to be cleared has a letter of his own since then.

    Nobody is cleared by another one's letter: he may show his to anybody.
    """
    found = Clearing.objects.filter(document__case=case, document__keys__organ=acting)
    named = set(found.filter(document__journal__version__gt=version).values_list("accused"))
    proven = Decision.objects.filter(case=case, state__in=("stands", "suspended"))
    proven = proven.exclude(finding="not_proven")
    free = case.accused.exclude(pk__in=proven.values("accused")).values_list("pk")
    return bool(named) and set(free) <= named


def _undelivered(case: Case) -> QuerySet[Decision]:
    """Sanctions of this case that stand and of whose delivery nothing is on file."""
    standing = Decision.objects.filter(case=case, state="stands", delivered_on=None)
    return standing.exclude(level="")


def entered(case: Case, track: Track | None) -> int:
    """The version at which the case, or its side track, came to its present step."""
    came = (Act.OPENED, Act.STEP, Act.TRANSITION, Act.TRACK)
    step = track.step if track else case.step
    moves = CaseStep.objects.filter(case=case, track=track, to=step, act__in=came)
    last = moves.order_by("-version").first()
    return last.version if last else 0


def _letter_since(case: Case, acting: Organ, version: int, *kinds: Kind) -> bool:
    """Whether a letter (of these kinds, or any that is sent to somebody) was produced since: the
    journal keeps its kind."""
    written = Document.objects.filter(case=case, kind=DocumentKind.LETTER, keys__organ=acting)
    found = written.filter(journal__version__gt=version)
    wanted = found.filter(journal__outcome__in=kinds) if kinds else _sent(found)
    return wanted.exists()


def _sent(rows: QuerySet[Document]) -> QuerySet[Document]:
    return rows.exclude(journal__outcome__in=RECORDS)


def _written_since(case: Case, kind: DocumentKind, version: int) -> bool:
    written = Document.objects.filter(case=case, kind=kind, keys__organ=case.keeper)
    return written.filter(journal__version__gt=version).exists()


def _delivery_proven(case: Case) -> bool:
    if case.holder.inside:
        return True
    running = Delivery.objects.filter(case=case, term__closed_on=None, organ=case.holder)
    return running.filter(proven_on__isnull=False).exists()


def _term_passed(case: Case, on: date) -> bool | None:
    term = OpenTerm.objects.running().filter(case=case, track=None).first()
    if term is None:
        return None
    return term.last_day is not None and on > term.last_day


def heard_or_summoned_twice(person: Accused, *, on: date) -> bool:
    """One hearing on the facts as they are, or two summonses whose days have passed."""
    return hearings.heard(person, hearings.facts_moved(person.case), on=on)


def options(
    case: Case,
    officer: Officer,
    *,
    held: Mapping[str, bool | None],
    track: Track | None = None,
) -> list[Option]:
    """What an officer may do now, ready or not, in the order of the procedure. Nothing else is."""
    step = step_of(case, track)
    if step is None:
        return []
    rules, organ_kind = rules_of(case, track), officer.organ.kind
    open_to_him = law.allowed(
        rules,
        step.code,
        organ_kind=organ_kind,
        roles=officer.roles,
        taken=taken(case, track),
        acted_at=acted_at(case, officer),
    )
    return [_option(rules, step, outcome, organ_kind, held) for outcome in open_to_him]


def own_work(case: Case, officer: Officer) -> Refusal | None:
    """Why this officer may do nothing at a step: it reviews one where he acted himself."""
    step = step_of(case)
    if step is None or not step.reviews or not step.outcomes:
        return None
    try:
        law.take(
            procedure_of(case),
            step.code,
            step.outcomes[0].code,
            organ_kind=step.outcomes[0].actor,
            roles=[step.outcomes[0].role],
            guards=dict.fromkeys(law.GUARDS, True),
            acted_at=acted_at(case, officer),
        )
    except Refusal as refusal:
        return refusal
    return None


def _option(
    procedure: law.Procedure,
    step: law.Step,
    outcome: law.Outcome,
    organ_kind: str,
    held: Mapping[str, bool | None],
) -> Option:
    wanted = law.needs(step, outcome, organ_kind)
    missing = [code for code in wanted if is_missing(code, held)]
    ends = law.is_end(outcome.to)
    return Option(
        outcome=outcome,
        missing=tuple(law.GUARDS[code].missing for code in missing),
        # what files show need not be said
        declare=tuple(
            code
            for code in wanted
            if by_form(code) and code not in missing and held.get(code) is not True
        ),
        next_title=procedure.end(outcome.to).title if ends else procedure.step(outcome.to).title,
        next_actor=None if ends else procedure.step(outcome.to).actor,
    )


def is_missing(guard: str, held: Mapping[str, bool | None]) -> bool:
    """Whether a guard keeps an outcome back before any form is filled in: it does not hold, or the
    files contradict what the officer would have to declare."""
    if guard == "reason_given":
        return False
    return held.get(guard) is False if law.GUARDS[guard].declared else not held.get(guard)


def by_form(guard: str) -> bool:
    """Whether the officer himself meets this guard, in the form of the step."""
    return guard == "reason_given" or law.GUARDS[guard].declared
