"""What is done on a complaint about a service: naming whom it touches, offering a remedy, taking
down the answer, carrying it out, passing it on.

A remedy is sealed twice: under the case key for the offices, and under each report's key for the
reporter, who answers behind his receipt. What he answered is written into the case only when his
day is over, so that no line of the log tells at which hour he came.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Organ
from timbang.cases import course, services, vault
from timbang.cases.actions import routing
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
    Act,
    Case,
    CaseStep,
    Forwarding,
    Remedy,
    RemedyAnswer,
    SatisfactionFact,
    ServiceFact,
    ServiceNaming,
    ServiceRouting,
)
from timbang.cases.permission import CASEWORK, READERS
from timbang.cases.services import Served
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.law.service import REMEDIES
from timbang.ledger.actions import record
from timbang.reports import actions as reports
from timbang.reports.actions import Offered
from timbang.reports.models import Offer, OfferAnswer, Report, Satisfaction, Status

MOST_AT_ONCE = 200


def _begin(
    case: Case, seen: Seen, by: Desk, *roles: str, even_ended: bool = False, beside: bool = False
) -> tuple[Case, CaseStep | None]:
    """The locked case, and the line that this very form wrote before, if it did."""
    current = locked(case)
    if (earlier := done_before(current, seen)) is not None:
        return current, earlier
    if not services.is_service(current):
        raise Refusal(_("This case is about no service."))
    check_version(current, seen)
    check_may(current, by, *roles, even_ended=even_ended, beside=beside)
    return current, None


@transaction.atomic
def name_service(case: Case, served: Served, *, seen: Seen, by: Desk, at: datetime) -> CaseStep:
    """Name which duty a complaint touches, whom it serves, and how the person was treated beside
    others; a later naming replaces an earlier one, which stays on file."""
    case, earlier = _begin(case, seen, by, *READERS, even_ended=True)
    if earlier is not None:
        return earlier
    served.check()
    line = Line(Act.SERVICE, today(by.organ, at), step=case.step)
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    row = ServiceNaming(case=case, duties=list(served.duties), journal=written)
    row.sealed = services.close_served(vault.case_key(case, by), row, served)
    row.save(force_insert=True)
    _show(case, served.duties)
    return written


# Remedies


@transaction.atomic
def offer_remedy(case: Case, offered: Offered, *, seen: Seen, by: Desk, at: datetime) -> Remedy:
    """Offer a remedy; the reporters of this office can read it at once behind their receipts."""
    case, earlier = _begin(case, seen, by, *CASEWORK)
    if earlier is not None:
        return Remedy.objects.get(journal=earlier)
    on = today(by.organ, at)
    _check_offer(offered, on)
    line = Line(Act.REMEDY, on, step=case.step, outcome=offered.kind)
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    row = Remedy(case=case, organ=by.organ, kind=offered.kind, offered_on=on)
    row.due_on, row.journal = offered.due_on, written
    row.sealed = services.close_words(
        vault.case_key(case, by), row, "remedy", offered.words.strip()
    )
    row.save(force_insert=True)
    _show_reporters(row, offered, by, at)
    _show_remedy(case)
    return row


def _check_offer(offered: Offered, on: date) -> None:
    if offered.kind not in REMEDIES:
        raise Refusal(_("Choose the remedy from the list."))
    if not offered.words.strip():
        raise Refusal(_("Write what is done: the complainant reads it and answers."))
    if offered.due_on < on:
        raise Refusal(_("The day by which it is done cannot lie in the past."))


@transaction.atomic
def show_remedy(remedy: Remedy, *, by: Desk, at: datetime) -> int:
    """Let the reporters of one's own office read what another office offers; how many it was."""
    case = locked(remedy.case)
    check_may(case, by, *READERS, even_ended=True, beside=True)
    row = Remedy.objects.get(pk=remedy.pk, case=case)
    words = services.open_words(vault.case_key(case, by), row, "remedy")
    return _show_reporters(row, Offered(row.kind, words, row.due_on), by, at)


def _show_reporters(row: Remedy, offered: Offered, by: Desk, at: datetime) -> int:
    shown = 0
    for report in services.unshown(row, by):
        opened = reports.open_report(report, by.private)
        told = reports.offer(
            report, row.pk, offered, report_key=opened.report_key, by=by.officer, at=at
        )
        shown += told is not None
    return shown


@transaction.atomic
def record_remedy_answer(
    remedy: Remedy,
    answer: OfferAnswer,
    *,
    answered_on: date,
    words: str,
    seen: Seen,
    by: Desk,
    at: datetime,
) -> CaseStep:
    """Write down what somebody harmed answered at the counter, by letter or by telephone."""
    case, earlier = _begin(remedy.case, seen, by, *READERS, even_ended=True)
    if earlier is not None:
        return earlier
    row = Remedy.objects.get(pk=remedy.pk, case=case)
    if not row.offered_on <= answered_on <= today(by.organ, at):
        raise Refusal(_("It is answered after it was offered, and not after today."))
    if not words.strip():
        raise Refusal(_("Write how the answer is known, without naming who gave it."))
    line = Line(Act.REMEDY_ANSWER, answered_on, step=case.step, outcome=answer.value)
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    said = RemedyAnswer(remedy=row, answer=answer, answered_on=answered_on, journal=written)
    said.recorded_by = by.officer
    said.sealed = services.close_words(
        vault.case_key(case, by), said, "remedy-answer", words.strip()
    )
    said.save(force_insert=True)
    _show_remedy(case)
    return written


@transaction.atomic
def carry_out(
    remedy: Remedy, *, done_on: date, proof: str, seen: Seen, by: Desk, at: datetime
) -> CaseStep:
    """Record that a remedy was carried out, with how that is known; also after the case ended."""
    case, earlier = _begin(remedy.case, seen, by, *CASEWORK, even_ended=True)
    if earlier is not None:
        return earlier
    row = Remedy.objects.get(pk=remedy.pk, case=case)
    if row.done_on is not None:
        raise Refusal(_("It is recorded already that this was carried out."))
    if not row.offered_on <= done_on <= today(by.organ, at):
        raise Refusal(_("It is carried out after it was offered, and not after today."))
    if not proof.strip():
        raise Refusal(_("Write how it is known: a receipt, a document, who saw it."))
    line = Line(Act.REMEDY_DONE, done_on, step=case.step, outcome=row.kind)
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    row.done_on = done_on
    row.sealed_proof = services.close_words(
        vault.case_key(case, by), row, "remedy-proof", proof.strip()
    )
    row.save()
    _show_remedy(case)
    return written


# What reporters answered, written by the worker


def note_answers(*, at: datetime) -> int:
    """Write into the cases what reporters answered on days that are over; how many it was."""
    noted = RemedyAnswer.objects.exclude(offer=None).values("offer")
    new = Offer.objects.exclude(answer="").exclude(pk__in=noted).order_by("answered_on", "id")
    return sum(
        _note(offer_id, at) for offer_id in list(new.values_list("pk", flat=True))[:MOST_AT_ONCE]
    )


@transaction.atomic
def _note(offer_id: UUID, at: datetime) -> int:
    offer = Offer.objects.select_related("report__organ").get(pk=offer_id)
    remedy = Remedy.objects.filter(pk=offer.remedy).first()
    organ = offer.report.organ
    if remedy is None or offer.answered_on is None or offer.answered_on >= today(organ, at):
        return 0
    case = locked(Case(pk=remedy.case_id))
    if RemedyAnswer.objects.filter(offer=offer).exists():
        return 0
    line = Line(Act.REMEDY_ANSWER, offer.answered_on, step=case.step, outcome=offer.answer)
    written = write_line(case, line, organ=organ, by=None, at=at)
    RemedyAnswer.objects.create(
        remedy=remedy, offer=offer, answer=offer.answer, answered_on=offer.answered_on,
        journal=written,
    )  # fmt: skip
    _show_remedy(case)
    return 1


@transaction.atomic
def count_satisfaction(*, at: datetime) -> int:
    """Give each answer on how content somebody is its public row, once its day is over."""
    counted = ServiceRouting.objects.exclude(satisfaction=None).values("satisfaction")
    new = Satisfaction.objects.exclude(pk__in=counted).select_related("report__organ")
    rows = [row for row in new[:MOST_AT_ONCE] if row.said_on < today(row.report.organ, at)]
    for row in rows:
        fact = SatisfactionFact.objects.create(
            organ_code=row.report.organ.code, month=routing.month_of(row.said_on), level=row.level
        )
        ServiceRouting.objects.create(satisfaction=row, said=fact)
        body = {"report": str(row.report_id)}
        record(act="report.satisfaction_counted", body=body, lane="daily", on=row.said_on)
    return len(rows)


# Passing on


@dataclass(frozen=True, slots=True)
class Passing:
    """To which office a complaint goes, how, under which number, and what the reporter is told."""

    to: Organ
    how: Forwarding.How
    forwarded_on: date
    number: str
    words: str


@transaction.atomic
def pass_on(case: Case, passing: Passing, *, seen: Seen, by: Desk, at: datetime) -> CaseStep:
    """Write down to which office a complaint is passed, and tell the reporters where it went.

    An office that works here gets the case by hand-over instead, with its key. What an office
    outside gets is a letter: who reported is not in it.
    """
    case, earlier = _begin(case, seen, by, *READERS)
    if earlier is not None:
        return earlier
    on = today(by.organ, at)
    _check_passing(case, passing, by, on)
    line = Line(
        Act.FORWARDED, passing.forwarded_on, step=case.step, outcome=passing.how.value,
        other_organ=passing.to,
    )  # fmt: skip
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    row = Forwarding(case=case, organ=passing.to, how=passing.how, journal=written)
    row.forwarded_on = passing.forwarded_on
    words = {"number": passing.number.strip(), "words": passing.words.strip()}
    row.sealed = services.close_words(vault.case_key(case, by), row, "forwarding", words)
    row.save(force_insert=True)
    _tell(case, passing, by, at)
    return written


def _check_passing(case: Case, passing: Passing, by: Desk, on: date) -> None:
    if passing.to == by.organ or passing.to.closed_on is not None:
        raise Refusal(_("Choose another office that is open."))
    step = course.step_of(case)
    if passing.to.inside and step is not None and passing.to.kind == step.actor:
        raise Refusal(_("That office works here: hand the case over to it."))
    if not case.opened_on <= passing.forwarded_on <= on:
        raise Refusal(_("The day must lie between the opening of the case and today."))
    if passing.how != Forwarding.How.REPORTER and not passing.number.strip():
        raise Refusal(_("Write the number of the letter or the ticket, by which it can be found."))
    if not passing.words.strip():
        raise Refusal(_("Write what the reporter is told: where it went, and why."))


def _tell(case: Case, passing: Passing, by: Desk, at: datetime) -> None:
    linked = case.reports.filter(report__organ=by.organ).values("report")
    for report in Report.objects.filter(pk__in=linked).exclude(status=Status.WITHDRAWN):
        opened = reports.open_report(report, by.private)
        lines = (passing.to.name, passing.number.strip(), passing.words.strip())
        reports.tell(
            report, status=report.status, next_due_on=report.next_due_on, by=by.officer, at=at,
            note="\n".join(line for line in lines if line), report_key=opened.report_key,
        )  # fmt: skip


# The public rows


def _show(case: Case, duties: tuple[str, ...]) -> None:
    """One public row for each duty that a complaint touches."""
    held = {
        row.fact.duty: row
        for row in ServiceRouting.objects.filter(case=case).select_related("fact")
        if row.fact is not None
    }
    for duty, row in held.items():
        if duty not in duties and row.fact is not None:
            row.fact.delete()
    for duty in duties:
        if duty not in held:
            fact = ServiceFact.objects.create(
                organ_code=case.organ.code, month=routing.month_of(case.opened_on), duty=duty
            )
            ServiceRouting.objects.create(case=case, fact=fact)
    routing.show_class(case)
    _show_remedy(case)


def _show_remedy(case: Case) -> None:
    """Carry how far the remedies have come to the public rows: the newest one speaks."""
    last = case.remedies.order_by("journal__version").last()
    if last is None:
        return
    answers = list(last.answers.values_list("answer", flat=True))
    state = services.state_of(last, answers)
    rows = ServiceRouting.objects.filter(case=case, fact__isnull=False).values("fact")
    ServiceFact.objects.filter(pk__in=rows).update(remedy=state)
