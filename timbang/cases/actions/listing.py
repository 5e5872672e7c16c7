"""The public list of appointing offices that did not act: who comes onto it, and how one leaves.

The worker asks again and again: a term that passed gets its row, a row that no longer holds (its
confirmation was withdrawn, its term stands still) is deleted. Acting ends it in the transaction of
that very act. Killed anywhere, the sweep finds the same work again; each term is listed once.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.cases import course, idleness
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
from timbang.cases.models import Act, CaseStep, DocumentKind, IdleOffice, IdleTie, OpenTerm
from timbang.cases.permission import CASEWORK
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal

MOST = 200
MOST_ASKED = 5_000
TAKEN_BACK = "taken_back"


def keep_list(*, at: datetime, most: int = MOST) -> int:
    """List the offices that are to be listed, strike the rows that no longer hold; how many."""
    return _list_new(at, most) + _strike(at, most)


def _list_new(at: datetime, most: int) -> int:
    """Those not listed yet; whether a text is sure is asked once for all terms that rest on it."""
    waiting = idleness.lapsed().exclude(pk__in=IdleTie.objects.values("term"))
    sure: dict[tuple[str, str], bool] = {}
    done = 0
    for term in waiting.order_by("lapsed_on", "pk")[:MOST_ASKED]:
        if done >= most:
            break
        if _is_sure(term, sure) and idleness.why_not(term) is None and _list(term.pk, at):
            done += 1
    return done


def _is_sure(term: OpenTerm, sure: dict[tuple[str, str], bool]) -> bool:
    if term.case is None:
        return False
    key = (term.case.procedure_id, term.step)
    if key not in sure:
        sure[key] = course.counts_publicly(term)
    return sure[key]


@transaction.atomic
def _list(term_id: UUID, at: datetime) -> bool:
    """List one office, asked again under the lock of its case."""
    row = OpenTerm.objects.select_related("case").get(pk=term_id)
    if row.case is None:
        return False
    case = locked(row.case)
    term = idleness.lapsed().filter(pk=term_id).exclude(pk__in=IdleTie.objects.values("term"))
    found = term.first()
    if found is None or idleness.why_not(found) is not None:
        return False
    on = today(found.organ, at)
    public = _public(found, on)
    line = Line(Act.LISTED, on, step=found.step, other_organ=found.organ)
    written = write_line(case, line, organ=case.keeper, by=None, at=at)
    public.save(force_insert=True)
    IdleTie.objects.create(row=public, case=case, term=found, line=written)
    return True


def _public(term: OpenTerm, on: date) -> IdleOffice:
    arrived, last_day = idleness.delivered_on(term), term.last_day
    if term.case is None or arrived is None or last_day is None:
        raise ValueError("nobody is listed without a proven delivery and a last day")
    title = course.title_of(term.case, term.step)
    citation, level = idleness.citation_of(term)
    return IdleOffice(
        organ_code=term.organ.code,
        organ_name=term.organ.name,
        region_code=term.organ.region_code,
        procedure=term.case.procedure.code,
        step=term.step,
        duty_id=title.id,
        duty_en=title.en,
        citation=citation,
        level=level,
        delivered_on=arrived,
        last_day=last_day,
        listed_on=on,
        days=idleness.explained(term),
    )


def _strike(at: datetime, most: int) -> int:
    """Rows that no longer hold: nobody stays listed on law that is not sure."""
    standing = IdleTie.objects.filter(ended_line=None, term__closed_on=None)
    rows = standing.select_related("term__case__procedure", "term__organ", "term__track")
    done = 0
    for tie in rows.order_by("pk"):
        if done >= most:
            break
        if idleness.why_not(tie.term) is not None and _take_back(tie.pk, at):
            done += 1
    return done


@transaction.atomic
def _take_back(tie_id: int, at: datetime) -> bool:
    tie = IdleTie.objects.select_related("case", "row", "term__organ").filter(pk=tie_id).first()
    if tie is None:
        return False
    case = locked(tie.case)
    tie = IdleTie.objects.select_related("row", "term__organ").filter(pk=tie_id).first()
    if tie is None or tie.ended_line_id is not None:
        return False
    line = Line(
        Act.LISTED, today(tie.term.organ, at), step=tie.term.step, outcome=TAKEN_BACK,
        other_organ=tie.term.organ,
    )  # fmt: skip
    write_line(case, line, organ=case.keeper, by=None, at=at)
    tie.row.delete()
    return True


@transaction.atomic
def record_late_act(
    tie: IdleTie, *, done_on: date, words: str, seen: Seen, by: Desk, at: datetime
) -> CaseStep:
    """The office acted after its case had ended without it: that takes it off the list."""
    case = locked(tie.case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    check_may(case, by, *CASEWORK, even_ended=True)
    row = IdleTie.objects.select_related("row", "term__organ").get(pk=tie.pk, case=case)
    if row.ended_line_id is not None:
        raise Refusal(_("It is recorded already that this office acted."))
    if case.ended_on is None:
        raise Refusal(_("The case runs: record the step that the office took."))
    if not row.row.delivered_on <= done_on <= today(by.organ, at):
        raise Refusal(_("The day lies between the arrival of the file and today."))
    if not words.strip():
        raise Refusal(_("Write down what the office did and how it is proven."))
    line = Line(Act.ACTED_LATE, done_on, step=row.term.step, other_organ=row.term.organ)
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    body = {"text": words.strip(), "step": row.term.step, "outcome": Act.ACTED_LATE.value}
    writing.store(case, DocumentKind.NOTE, body, journal=written, by=by)
    return written
