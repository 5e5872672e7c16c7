"""Taking the steps that a procedure allows, handing a case over, and what outside organs did.

A step that leads to another organ is a hand-over in the same act: there is no moment in which a
case belongs to nobody. A hand-over gives the case key, the study and what was chosen; the reports,
their words and whoever made them stay with the organ that received them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Organ
from timbang.cases import besides, conflicts, course, plenaries, reading, services, vault
from timbang.cases.actions import (
    custody,
    deciding,
    holding,
    moving,
    recusing,
    shelving,
    terms,
    writing,
)
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
    CaseKey,
    CaseStep,
    Delivery,
    Document,
    DocumentKind,
    Exhibit,
    Hearing,
    ItemKey,
    OpenTerm,
    Summons,
)
from timbang.cases.permission import CASE_READERS, CASEWORK, READERS, may
from timbang.cases.vault import Desk
from timbang.law import procedure as law
from timbang.law.refusal import Refusal

STUDY_LAW = "UU 7/2017 ps. 455(1)c; Perbawaslu 7/2022 ps. 22"
HEARING_LAW = "PP 94/2021 ps. 26"
# What may be chosen to go along with a hand-over; dissents go along unasked.
CARRIED = (
    DocumentKind.STUDY,
    DocumentKind.RECOMMENDATION,
    DocumentKind.LETTER,
    DocumentKind.MINUTES,
)


@dataclass(frozen=True)
class Given:
    """What a hand-over carries beside the case key: chosen document versions and exhibits."""

    to: Organ
    documents: frozenset[UUID] = frozenset()
    exhibits: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Taking:
    """A step as an officer takes it. `done_on` is another day only for what others did outside."""

    outcome: str
    reason: str = ""
    declared: frozenset[str] = frozenset()
    done_on: date | None = None
    give: Given | None = None
    # what he says of himself in this case: "" no conflict, else a relation; `None`: not asked
    conflict: str | None = None


@transaction.atomic
def take_step(case: Case, taking: Taking, *, seen: Seen, by: Desk, at: datetime) -> CaseStep:
    """Take one step of the procedure; refused with the article when the law does not allow it."""
    case = locked(case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    on = today(by.organ, at)
    _check_turn(case, taking.outcome, by)
    to = _next(case, taking, by, on)
    deciding.check_all_decided(case, taking.outcome)
    services.check_step(case, taking.outcome)
    deciding.check_cause(case, to)
    own = reading.is_own(case, taking.outcome, by.organ)
    done_on = on if own else check_day(case, taking.done_on, on)
    step, outcome, before = case.step, taking.outcome, case.holder
    receiver = _receiver(case, to, taking.give, by)
    _check_untied(case, taking, receiver, by)
    term = _move(case, to, receiver, done_on=done_on, at=at, by=by)
    line = Line(Act.STEP, done_on, step=step, outcome=outcome, to=to, other_organ=receiver)
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    if taking.conflict == "":
        recusing.keep_declaration(case, by.officer, journal=written)
    if taking.reason.strip():
        body = {"text": taking.reason.strip(), "step": step, "outcome": outcome}
        writing.store(case, DocumentKind.NOTE, body, journal=written, by=by)
    _open_track(case, step, outcome, by, on, at)
    if receiver is not None:
        give = taking.give or Given(receiver)
        _deliver(case, give, term, on, by, sent_by_us=own)
        holding.handed(written, sender=by.organ, before=before, step=step)
    deciding.after_step(case, by)
    return written


def _open_track(case: Case, step: str, outcome: str, by: Desk, on: date, at: datetime) -> None:
    """The side track that this outcome opens by itself, unless it runs already."""
    taken = course.procedure_of(case).step(step).outcomes
    code = next((found.opens_track for found in taken if found.code == outcome), None)
    if code is None or case.tracks.filter(code=code, ended_on=None).exists():
        return
    track = moving.begin_track(case, code, organ_kind=by.organ.kind, on=on)
    line = Line(Act.TRACK, on, step=step, outcome=code, to=track.step, track=track)
    write_line(case, line, organ=by.organ, by=by, at=at)


@transaction.atomic
def hand_over(case: Case, give: Given, *, seen: Seen, by: Desk, at: datetime) -> CaseStep:
    """Hand over a case that stands at a step of another kind of organ, without a step of one's own.

    For those who may receive but have no step in the procedure, and to move a case to another
    organ of the same kind.
    """
    case = locked(case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    check_may(case, by, *CASEWORK, leaving=True)
    step = course.procedure_of(case).step(case.step)
    if give.to.kind != step.actor or give.to == case.holder:
        raise Refusal(_("This step belongs to another kind of organ."), step.citation)
    _check_receiver(give.to, step.actor)
    on, before = today(by.organ, at), case.holder
    term = _move(case, case.step, give.to, done_on=on, at=at, by=by)
    line = Line(Act.HAND_OVER, on, step=case.step, to=case.step, other_organ=give.to)
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    _deliver(case, give, term, on, by, sent_by_us=True)
    holding.handed(written, sender=by.organ, before=before, step=case.step)
    return written


def receivers(kind: str) -> list[Organ]:
    """The organs of a kind to which a case may go: inside ones first."""
    found = Organ.objects.open().filter(kind=kind).exclude(inside=True, public_key=None)
    return sorted(found, key=lambda organ: (not organ.inside, organ.name))


def _check_turn(case: Case, outcome_code: str, by: Desk) -> None:
    if case.ended_on is not None:
        raise Refusal(_("This case has ended; nothing can be added to it."))
    if not may(by.officer, *CASE_READERS):
        raise Refusal(_("None of your roles may do this."))
    step = course.procedure_of(case).step(case.step)
    outcome = next((found for found in step.outcomes if found.code == outcome_code), None)
    if case.keeper_id != by.organ.pk and (
        outcome is None or not reading.may_take(case, step, outcome, by.organ)
    ):
        raise Refusal(
            _("Another organ holds this case now; yours can read what it was given."),
            step.citation,
        )


def _check_untied(case: Case, taking: Taking, receiver: Organ | None, by: Desk) -> None:
    """Refuse whoever is tied to the case, by what is recorded, declared, or said in this form."""
    if taking.conflict:
        raise conflicts.refusal(taking.conflict, case)
    leaving = receiver is not None and receiver != by.organ
    if taking.conflict is None:
        conflicts.check(case, by, leaving=leaving)
    else:
        conflicts.check_tied(case, by, leaving=leaving)
    conflicts.check_deciding(case, conflicts.outcome_of(case, taking.outcome), by.officer)


def _next(case: Case, taking: Taking, by: Desk, on: date) -> str:
    outcomes = course.procedure_of(case).step(case.step).outcomes
    plenaries.check_decided(case, next((o for o in outcomes if o.code == taking.outcome), None))
    return law.take(
        course.procedure_of(case),
        case.step,
        taking.outcome,
        organ_kind=by.organ.kind,
        roles=by.officer.roles,
        guards=reading.guards_of(case, by, on=on, declared=taking.declared, reason=taking.reason),
        taken=course.taken(case),
        acted_at=course.acted_at(case, by.officer),
    )


def check_day(case: Case, done_on: date | None, on: date) -> date:
    """The day on which another organ did something outside; today if it was not told."""
    if done_on is None:
        return on
    if not case.opened_on <= done_on <= on:
        raise Refusal(_("The day must lie between the opening of the case and today."))
    return done_on


def _receiver(case: Case, to: str, give: Given | None, by: Desk) -> Organ | None:
    """The organ that gets the case with this step, or None when it stays where it is."""
    if law.is_end(to):
        return None
    actor = course.procedure_of(case).step(to).actor
    if actor == by.organ.kind:
        return by.organ if case.holder_id != by.organ.pk else None
    if actor == case.holder.kind:
        return None
    if give is None:
        raise Refusal(_("This step leads to another organ: choose which one gets the case."))
    _check_receiver(give.to, actor)
    return give.to


def _check_receiver(organ: Organ, kind: str) -> None:
    if organ.kind != kind or organ.closed_on is not None:
        raise Refusal(_("This organ cannot take the next step: choose one of the right kind."))
    if organ.inside and organ.public_key is None:
        raise Refusal(_("This organ has no officer yet, so nothing can be sealed to it."))


def _move(
    case: Case, to: str, receiver: Organ | None, *, done_on: date, at: datetime, by: Desk
) -> OpenTerm | None:
    if receiver is not None:
        case.holder = receiver
        case.keeper = receiver if receiver.inside else by.organ
    proven = case.holder.inside
    return moving.enter(
        case, to, on=done_on, started_on=done_on if proven else None, at=at, by=by.officer
    )


def _deliver(
    case: Case, give: Given, term: OpenTerm | None, on: date, by: Desk, *, sent_by_us: bool
) -> None:
    """Seal to an inside organ what was chosen; open the delivery to an outside one."""
    if give.to == by.organ:
        return
    _check_study(case, give, by)
    if give.to.inside:
        give_keys(case, give, on, by)
        return
    how = Delivery.How(give.to.channel) if sent_by_us else Delivery.How.ITSELF
    Delivery.objects.create(case=case, term=term, organ=give.to, keeper=by.organ, how=how)


def _check_study(case: Case, give: Given, by: Desk) -> None:
    """Who wrote a study sends it along: forwards without one used to come back unread."""
    studies = Document.objects.filter(case=case, kind=DocumentKind.STUDY, keys__organ=by.organ)
    if studies.exists() and not studies.filter(pk__in=give.documents).exists():
        raise Refusal(_("A hand-over carries the study: choose one of its versions."), STUDY_LAW)


def give_keys(case: Case, give: Given, on: date, by: Desk) -> None:
    """Seal the case key, the newest facts and what was chosen to an organ inside."""
    if not CaseKey.objects.filter(case=case, organ=give.to).exists():
        sealed = vault.give_case_key(give.to, vault.case_key(case, by))
        CaseKey.objects.create(case=case, organ=give.to, sealed_key=sealed, since_on=on)
        shelving.place(case)
    for item in _chosen(case, give, by):
        _give_item(item, give.to, on, by)


def _chosen(case: Case, give: Given, by: Desk) -> list[Document | Exhibit]:
    """The chosen items; the newest facts, without which no norm could be weighed; and every
    dissent, which goes with the file whoever hands it over."""
    mine = Document.objects.filter(case=case, keys__organ=by.organ)
    written = Q(pk__in=give.documents, kind__in=CARRIED) | Q(kind=DocumentKind.DISSENT)
    documents = list(mine.filter(written))
    facts = mine.filter(kind=DocumentKind.FACTS).order_by("journal__version").last()
    exhibits = Exhibit.objects.filter(case=case, pk__in=give.exhibits, keys__organ=by.organ)
    return [*documents, *([facts] if facts else []), *exhibits]


def _give_item(item: Document | Exhibit, to: Organ, on: date, by: Desk) -> None:
    key = vault.item_key(item, by)
    given = {"document": item} if isinstance(item, Document) else {"exhibit": item}
    if key is None or ItemKey.objects.filter(organ=to, **given).exists():
        return
    row = vault.new_item_key(item, key, to)
    row.given_on = on
    row.save()
    if isinstance(item, Exhibit):
        custody.enter_hand_over(item, to, by=by, on=on)


@transaction.atomic
def record_delivery(
    delivery: Delivery,
    *,
    ticket: str = "",
    sent_on: date | None = None,
    proven_on: date | None = None,
    proof: str = "",
    seen: Seen,
    by: Desk,
    at: datetime,
) -> CaseStep:
    """Record the ticket number and, once there is proof, the day on which the file arrived.

    Only from that day on does the outside organ's term run: before, it is never late.
    """
    case = locked(delivery.case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    check_may(case, by, *READERS, "executing_officer")
    row = Delivery.objects.select_related("term", "organ").get(pk=delivery.pk, case=case)
    on = today(by.organ, at)
    _check_delivery(case, row, sent_on, proven_on, proof, on)
    key = vault.case_key(case, by)
    if ticket.strip():
        row.sealed_ticket = vault.close_delivery(key, row, "ticket", ticket.strip())
    row.sent_on = sent_on or row.sent_on
    if proven_on is not None:
        row.sealed_proof = vault.close_delivery(key, row, "proof", proof.strip())
        row.proven_on = proven_on
    row.save()
    if proven_on is not None and row.term is not None and row.term.closed_on is None:
        terms.start_term(row.term, proven_on)
        holding.arrived(case, row.organ, proven_on)
        moving.tell_reports(case, at=at, by=by.officer)
    line = Line(Act.DELIVERY, proven_on or sent_on or on, step=case.step, other_organ=row.organ)
    return write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)


def _check_delivery(
    case: Case,
    row: Delivery,
    sent_on: date | None,
    proven_on: date | None,
    proof: str,
    on: date,
) -> None:
    if row.proven_on is not None:
        raise Refusal(_("The delivery is proven already; its day does not change."))
    for day in (sent_on, proven_on):
        if day is not None and not case.opened_on <= day <= on:
            raise Refusal(_("The day must lie between the opening of the case and today."))
    if sent_on is not None and proven_on is not None and proven_on < sent_on:
        raise Refusal(_("A file cannot arrive before it was sent."))
    if proven_on is not None and not proof.strip():
        raise Refusal(_("Write down the proof: a receipt number, a stamp, who signed for it."))


@transaction.atomic
def record_answer(
    case: Case, text: str, *, answered_on: date, seen: Seen, by: Desk, at: datetime
) -> CaseStep:
    """Write down what an outside organ answered; afterwards the step it decided can be recorded."""
    case = locked(case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    check_may(case, by, *READERS)
    if case.holder.inside:
        raise Refusal(_("The organ whose turn it is works here itself: it takes its own steps."))
    if not text.strip():
        raise Refusal(_("Write down the answer in words."))
    if not case.opened_on <= answered_on <= today(by.organ, at):
        raise Refusal(_("The day must lie between the opening of the case and today."))
    delivery = Delivery.objects.filter(case=case, organ=case.holder).order_by("term__entered_on")
    last = delivery.filter(term__closed_on=None).last()
    if last is not None:
        last.answered_on = answered_on
        last.save()
    line = Line(Act.ANSWER, answered_on, step=case.step, other_organ=case.holder)
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    body = {"text": text.strip(), "from": case.holder.name, "on": answered_on.isoformat()}
    writing.store(case, DocumentKind.ANSWER, body, journal=written, by=by)
    return written


@transaction.atomic
def record_hearing(
    accused: Accused, *, held_on: date, seen: Seen, by: Desk, at: datetime
) -> CaseStep:
    """Record the day on which a reported person was heard."""
    case = locked(accused.case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    check_may(case, by, *CASEWORK, beside=besides.examines(case, by.organ))
    if held_on > today(by.organ, at):
        raise Refusal(_("A hearing is recorded once it was held, not before."), HEARING_LAW)
    _check_since(case, held_on, by)
    if Hearing.objects.filter(accused=accused, held_on=held_on).exists():
        raise Refusal(_("This hearing is recorded already."))
    line = Line(Act.HEARING, held_on, step=case.step)
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    Hearing.objects.create(
        case=case, accused=accused, held_on=held_on, recorded_by=by.officer, journal=written
    )
    return written


@transaction.atomic
def record_summons(
    accused: Accused,
    *,
    sent_on: date,
    summoned_for_on: date,
    seen: Seen,
    by: Desk,
    at: datetime,
) -> CaseStep:
    """Record a summons; the second only after the day of the first has passed (PP 94 ps. 26(3))."""
    case = locked(accused.case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    check_may(case, by, *CASEWORK, beside=besides.examines(case, by.organ))
    before = list(Summons.objects.filter(accused=accused).order_by("ordinal"))
    _check_summons(before, sent_on, summoned_for_on, today(by.organ, at))
    _check_since(case, sent_on, by)
    Summons.objects.create(
        case=case,
        accused=accused,
        ordinal=len(before) + 1,
        sent_on=sent_on,
        summoned_for_on=summoned_for_on,
        recorded_by=by.officer,
    )
    line = Line(Act.SUMMONS, sent_on, step=case.step, outcome=str(len(before) + 1))
    return write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)


def _check_since(case: Case, day: date, by: Desk) -> None:
    """Nobody is heard or summoned about an act that lies ahead: such a day is a slip, or worse."""
    act_on = reading.facts_of(case, by).get("act_on")
    if isinstance(act_on, date):
        if day < act_on:
            raise Refusal(_("This day lies before the day of the act."), HEARING_LAW)
    elif day < CaseKey.objects.get(case=case, organ=by.organ).since_on:
        raise Refusal(
            _(
                "As long as the day of the act is not known, this day cannot lie before your "
                "office got the case: write the day of the act into the facts first."
            ),
            HEARING_LAW,
        )


def _check_summons(before: list[Summons], sent_on: date, summoned_for_on: date, on: date) -> None:
    if sent_on > on:
        raise Refusal(_("A summons is recorded once it was sent, not before."), HEARING_LAW)
    if summoned_for_on <= sent_on:
        raise Refusal(_("The day of the hearing comes after the day of the summons."), HEARING_LAW)
    if len(before) >= 2:
        raise Refusal(_("Two summonses are recorded; a third one has no effect."), HEARING_LAW)
    if before and sent_on <= before[0].summoned_for_on:
        raise Refusal(
            _("The second summons follows after the day of the first has passed."),
            "PP 94/2021 ps. 26(3)",
        )
