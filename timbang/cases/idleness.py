"""Whether an appointing office may be called idle in public, and if not, why not.

Only a duty of the office itself, given by law with a term, counts; only on proven delivery; only
where the text is sure or a legal officer confirmed it. Everything else is shown to the desk alone,
with what is missing. A term that is a wait (until a decision has effect, until a board decides) or
that binds one superior rather than the office is no duty of this list.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet

from timbang.accounts.models import Officer
from timbang.cases import course, running
from timbang.cases.models import Act, Case, CaseStep, Delivery, HandOver, IdleTie, OpenTerm
from timbang.law import procedure as law
from timbang.law.bilingual import Bilingual

APPOINTING: Final = "appointing_officer"
MOST: Final = 50
# Steps at which the appointing office itself must act.
DUTIES: Final = frozenset(
    {
        ("sbt_neutrality", "act"),
        ("sbt_neutrality", "after_warning"),
        ("sbt_neutrality", "blocked"),
        ("kasn_neutrality", "act"),
        ("discipline_pp_94", "decide"),
        ("discipline_pp_94", "deliver"),
        ("pppk_discipline", "contract_end"),
        ("pppk_discipline", "deliver"),
        ("objection", "own_review"),
    }
)
NO_DUTY: Final = Bilingual(
    "langkah ini bukan kewajiban instansinya sendiri", "this step is no duty of the office itself"
)
NO_TERM: Final = Bilingual(
    "hukum yang terbaca tidak memberi tenggat; pengingat kami tidak membuat siapa pun terlambat",
    "the law that was read gives no term; a reminder of ours makes nobody late",
)
NOT_CONFIRMED: Final = Bilingual(
    "tenggatnya bersandar pada satu sumber dan belum dipastikan pejabat hukum",
    "its term rests on one source and no legal officer has confirmed it",
)
NOT_PROVEN: Final = Bilingual(
    "penerimaan berkas belum terbukti", "it is not proven that the file arrived"
)
ARRIVED_LATE: Final = Bilingual(
    "berkas baru diterima sesudah tenggat ini", "the file arrived only after this term"
)
NOT_LATE: Final = Bilingual("tenggatnya belum lewat", "its term has not passed")


@dataclass(frozen=True, slots=True)
class Idle:
    """A term of an appointing office that passed: on the list since, or why it is not there."""

    term: OpenTerm
    case: Case
    title: Bilingual
    why_not: Bilingual | None
    listed_on: date | None
    public_id: Any = None


def why_not(term: OpenTerm) -> Bilingual | None:
    """Why an office is not listed for this term; None when it is to be listed."""
    if term.case is None or (term.case.procedure.code, term.step) not in DUTIES or term.track_id:
        return NO_DUTY
    if term.kind != "law":
        return NO_TERM
    if term.lapsed_on is None or term.last_day is None or term.suspended_from is not None:
        return NOT_LATE
    if not course.counts_publicly(term):
        return NOT_CONFIRMED
    arrived = delivered_on(term)
    if arrived is None:
        return NOT_PROVEN
    return ARRIVED_LATE if arrived > term.last_day else None


def delivered_on(term: OpenTerm) -> date | None:
    """The day on which the office had the file in hand, as far as that is proven."""
    case = term.case
    if case is None:
        return None
    if not term.organ.inside:
        sent = Delivery.objects.filter(case=case, organ=term.organ, proven_on__isnull=False)
        return sent.order_by("-proven_on").values_list("proven_on", flat=True).first()
    last = HandOver.objects.filter(case=case, receiver=term.organ).order_by("line__version").last()
    if last is not None:
        return last.answered_on if last.answer == HandOver.Answer.ACCEPTED else None
    return case.opened_on if case.organ_id == term.organ_id else term.entered_on


def lapsed() -> QuerySet[OpenTerm]:
    """Running terms of law of appointing offices that have passed."""
    rows = OpenTerm.objects.running().filter(
        kind="law", lapsed_on__isnull=False, organ__kind=APPOINTING, case__isnull=False, track=None,
        step__in={step for _procedure, step in DUTIES},
    )  # fmt: skip
    return rows.select_related("case__procedure", "case__holder", "organ", "track")


def explained(term: OpenTerm) -> list[dict[str, Any]]:
    """The term day by day, as the public reads it: the reading that ends last."""
    answer = running.explained(term)
    return [day.as_json() for day in answer.days] if answer else []


def acts(line: CaseStep) -> bool:
    """Whether a line of the journal says that the appointing office did its part, in time or not.

    Its own step counts, whoever recorded it; a step of another office does not.
    """
    if line.act == Act.ACTED_LATE:
        return True
    if line.act != Act.STEP or line.track_id is not None:
        return False
    procedure = course.procedure_of(line.case)
    if not procedure.has(line.step):
        return False
    taken = [each for each in procedure.step(line.step).outcomes if each.code == line.outcome]
    return any(each.actor == APPOINTING for each in taken)


def of_case(case: Case) -> list[Idle]:
    """What the case page says of offices that have not acted."""
    ties = IdleTie.objects.filter(case=case).select_related("row", "term__organ", "term__track")
    listed = {tie.term_id: tie for tie in ties}
    rows = list(OpenTerm.objects.running().filter(case=case, organ__kind=APPOINTING, track=None))
    rows = [row for row in rows if row.lapsed_on is not None and row.pk not in listed]
    return [_of(tie.term, case, tie) for tie in listed.values()] + [
        _of(row, case, None) for row in rows
    ]


def of_officer(officer: Officer, *, most: int = MOST) -> list[Idle]:
    """Offices that have not acted in cases for which his organ records, those of longest ago first.

    Reminders of ours stand here too: the desk may ask, though nobody is late in public.
    """
    rows = OpenTerm.objects.running().filter(
        lapsed_on__isnull=False, organ__kind=APPOINTING, track=None, case__keeper=officer.organ_id
    )
    rows = rows.filter(case__in=Case.objects.open_to(officer).values("pk"))
    found = rows.select_related("case__procedure", "case__holder", "organ", "track")
    terms = list(found.order_by("lapsed_on", "pk")[:most])
    ties = IdleTie.objects.filter(term__in=terms, ended_line=None).select_related("row")
    by_term = {tie.term_id: tie for tie in ties}
    return [_of(term, _case(term), by_term.get(term.pk)) for term in terms]


def _case(term: OpenTerm) -> Case:
    if term.case is None:
        raise ValueError("a term of a report")
    return term.case


def _of(term: OpenTerm, case: Case, tie: IdleTie | None) -> Idle:
    term.case = case
    return Idle(
        term=term,
        case=case,
        title=course.title_of(case, term.step),
        why_not=why_not(term) if tie is None else None,
        listed_on=tie.row.listed_on if tie else None,
        public_id=tie.row.pk if tie else None,
    )


def citation_of(term: OpenTerm) -> tuple[str, str]:
    """Where the term stands and how far the text was verified."""
    rule: law.Term = course.law_term_of(term)
    return rule.citation or "", rule.level
