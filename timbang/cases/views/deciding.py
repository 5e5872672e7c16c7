"""Pages of decisions: about one person, what befalls it, the order above, causes, opening anew."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from timbang.accounts.access import OfficerRequest
from timbang.cases import course, decisions, equal, justice, reading, vault
from timbang.cases.actions import Desk, above, deciding
from timbang.cases.forms import deciding as forms
from timbang.cases.models import (
    Accused,
    Case,
    ClosingCause,
    Decision,
    DecisionEvent,
    DecisionState,
    HowKnown,
    Motive,
    OrderGiver,
)
from timbang.cases.permission import CARRIERS, CASEWORK, TRIAGE, accused_for, case_for, may
from timbang.cases.views.desk import desk_of, desk_page, done_or_said, now, to_case
from timbang.law.vocabulary import AUTHORITIES, FACTS, POST_LEVELS, VERIFICATION


def part(case: Case, desk: Desk) -> dict[str, Any]:
    """What the case page shows of decisions and of the order above."""
    on = course.today(desk.organ, now())
    step, procedure = course.step_of(case), course.procedure_of(case)
    ours = case.keeper_id == desk.organ.pk
    decides = ours and may(desk.officer, *deciding.DECIDERS)
    open_now = bool(decisions.deciding(procedure, step)) and decides
    key = vault.case_key(case, desk)
    return {
        "decided": [_line(view) for view in decisions.views(case, desk, on=on)],
        "to_decide": [(row, vault.open_person(key, row)) for row in decisions.undecided(case)]
        if open_now
        else [],
        "next_outcome": _next_outcome(case) if open_now else None,
        "above": _above(justice.above(case, desk)),
        "exceeded": decisions.exceeded(case),
        "may_decide": decides,
        "may_deliver": may(desk.officer, *CARRIERS)
        and (ours or case.decisions.filter(organ=desk.organ).exists()),
        "may_name": ours and case.ended_on is None and may(desk.officer, *CASEWORK),
        "may_cause": ours and may(desk.officer, *CASEWORK),
        "may_reopen": case.ended_on is not None and may(desk.officer, *TRIAGE),
    }


def _next_outcome(case: Case) -> Any:
    code, step = decisions.case_outcome(case), course.step_of(case)
    found = step.outcomes if step else ()
    return next((outcome for outcome in found if outcome.code == code), None)


def _line(view: decisions.DecisionView) -> dict[str, Any]:
    row = view.row
    return {
        "view": view,
        "finding": forms.FINDINGS[row.finding],
        "signer": AUTHORITIES.get(row.signer, ""),
        "post_level": POST_LEVELS.get(row.post_level, ""),
        "events": [
            (EVENT_NAMES[event.what], forms.BY_WHOM[event.by_whom], event.done_on)
            for event in view.events
            if event.what != DecisionEvent.What.DELIVERED
        ],
        "binds": row.state in (DecisionState.STANDS, DecisionState.SUSPENDED),
        "stands": row.state == DecisionState.STANDS,
        "suspended": row.state == DecisionState.SUSPENDED,
        "annulled": row.state == DecisionState.ANNULLED,
        "replaced": row.state == DecisionState.REPLACED,
        "competence_level": VERIFICATION.get(view.competence.level, ""),
        "competence_missing": [FACTS[key].question for key in view.competence.missing],
    }


EVENT_NAMES = {**forms.EVENTS, DecisionEvent.What.CORRECTED: _("A slip was corrected")}


def _above(found: justice.Above) -> dict[str, Any]:
    return {
        "orders": [
            (view, forms.DEEDS[view.row.deed], forms.KNOWN[view.row.how_known])
            for view in found.orders
        ],
        "motives": [
            (name, forms.MOTIVES[row.code], forms.KNOWN[row.how_known])
            for row, name in found.motives
        ],
        "protection": found.protection,
        "causes": [forms.CAUSES[row.cause] for row in found.causes],
    }


@desk_page(*deciding.DECIDERS)
def decide(request: OfficerRequest, case_id: UUID, accused_id: UUID) -> HttpResponse:
    """Decide about one reported person, with what was given on like facts before the eyes."""
    row = accused_for(request.officer, case_id, accused_id)
    case, desk = case_for(request.officer, case_id), desk_of(request)
    on = course.today(desk.organ, now())
    outcomes = decisions.deciding(course.procedure_of(case), course.step_of(case))
    if not outcomes:
        raise Http404
    person = vault.open_person(vault.case_key(case, desk), row)
    found = _breached(case, row, desk)
    known = reading.facts_of(case, desk)
    form = forms.DecideForm(
        request.POST or None,
        case=case,
        outcomes=outcomes,
        norms=[(each.norm, f"{each.title} ({each.citations[0]})") for each in found],
        sanctions=list(
            dict.fromkeys((s.level, s.kind, s.title) for each in found for s in each.sanctions)
        ),
        outside=any(each.actor != desk.organ.kind for each in outcomes),
        initial={"post_level": known.get("post_level", "")},
    )
    context: dict[str, Any] = {
        "case": case,
        "form": form,
        "person": person,
        "compared": _compared(case, desk, found, known),
        "on": on,
    }

    def act() -> HttpResponse:
        deciding.decide_person(row, form.verdict(), seen=form.seen, by=desk, at=now())
        return to_case(case, "decided")

    return done_or_said(request, form, act, "decide", context, case=case)


def _breached(case: Case, row: Accused, desk: Desk) -> list[Any]:
    """The norms on which this person may be decided, those that surely apply first."""
    on = course.today(desk.organ, now())
    person = vault.open_person(vault.case_key(case, desk), row)
    groups = reading.findings_of(case, desk, on=on)
    found = next((group.relevant for group in groups if person in group.people), ())
    return [each for each in found if each.sanctions]


def _compared(
    case: Case, desk: Desk, found: list[Any], known: dict[str, object]
) -> list[tuple[Any, equal.Compared]]:
    """For each norm what was given on like facts."""
    post = str(known.get("post_level") or "")
    rows = []
    for each in found:
        first = each.sanctions[0]
        like = decisions.like_of(each.norm, first.level, first.kind, post, known)
        rows.append((each, decisions.compared(like)))
    return [pair for pair in rows if pair[1].n]


def _decision(request: OfficerRequest, case_id: UUID, decision_id: UUID) -> Decision:
    case = case_for(request.officer, case_id)
    row = Decision.objects.filter(pk=decision_id, case=case).select_related("accused").first()
    if row is None:
        raise Http404
    row.case = case
    return row


def _about(row: Decision, desk: Desk, form: Any) -> dict[str, Any]:
    person = vault.open_person(vault.case_key(row.case, desk), row.accused)
    return {"case": row.case, "form": form, "person": person, "row": row}


@desk_page(*CARRIERS)
def deliver(request: OfficerRequest, case_id: UUID, decision_id: UUID) -> HttpResponse:
    """Record that a decision reached the person."""
    row, desk = _decision(request, case_id, decision_id), desk_of(request)
    form = forms.DeliverForm(request.POST or None, case=row.case)

    def act() -> HttpResponse:
        told = form.cleaned_data
        deciding.deliver_decision(
            row, delivered_on=told["delivered_on"], how=Decision.How(told["how"]),
            proof=told["proof"], seen=form.seen, by=desk, at=now(),
        )  # fmt: skip
        return to_case(row.case, "delivered")

    context = _about(row, desk, form) | {"what": "deliver"}
    return done_or_said(request, form, act, "decision_act", context, case=row.case)


@desk_page(*deciding.DECIDERS)
def event(request: OfficerRequest, case_id: UUID, decision_id: UUID) -> HttpResponse:
    """Record what a court, an appeal or the issuer did to a decision."""
    row, desk = _decision(request, case_id, decision_id), desk_of(request)
    form = forms.EventForm(request.POST or None, case=row.case)

    def act() -> HttpResponse:
        told = form.cleaned_data
        deciding.record_event(
            row, DecisionEvent.What(told["what"]),
            by_whom=DecisionEvent.ByWhom(told["by_whom"]), done_on=told["done_on"],
            words=told["words"], seen=form.seen, by=desk, at=now(),
        )  # fmt: skip
        return to_case(row.case, "decision_event")

    context = _about(row, desk, form) | {"what": "event"}
    return done_or_said(request, form, act, "decision_act", context, case=row.case)


@desk_page(*deciding.DECIDERS)
def correct(request: OfficerRequest, case_id: UUID, decision_id: UUID) -> HttpResponse:
    """Correct a slip of the pen: a new version, the old one stays."""
    row, desk = _decision(request, case_id, decision_id), desk_of(request)
    if not decisions.corrected_by(row, desk.organ.pk):
        raise Http404
    words = decisions.open_reasons(vault.case_key(row.case, desk), row)
    initial = {"reasons": words.get("reasons", ""), "signer": row.signer}
    form = forms.CorrectForm(request.POST or None, case=row.case, initial=initial)

    def act() -> HttpResponse:
        told = form.cleaned_data
        deciding.correct_decision(
            row, reasons=told["reasons"], signer=told["signer"], slip=told["slip"],
            seen=form.seen, by=desk, at=now(),
        )  # fmt: skip
        return to_case(row.case, "corrected")

    context = _about(row, desk, form) | {"what": "correct"}
    return done_or_said(request, form, act, "decision_act", context, case=row.case)


@desk_page(*CASEWORK)
def order(request: OfficerRequest, case_id: UUID, accused_id: UUID) -> HttpResponse:
    """Name the next one up in the chain of orders above a person."""
    row, desk = accused_for(request.officer, case_id, accused_id), desk_of(request)
    form = forms.OrderForm(request.POST or None, case=row.case)

    def act() -> HttpResponse:
        told = form.cleaned_data
        above.record_order(
            row, form.superior(), deed=OrderGiver.Deed(told["deed"]),
            how_known=HowKnown(told["how_known"]), seen=form.seen, by=desk, at=now(),
        )  # fmt: skip
        return to_case(row.case, "order_above")

    return done_or_said(
        request, form, act, "decision_act", _of(row, desk, form, "order"), case=row.case
    )


def _of(row: Accused, desk: Desk, form: Any, what: str) -> dict[str, Any]:
    person = vault.open_person(vault.case_key(row.case, desk), row)
    return {"case": row.case, "form": form, "person": person, "what": what}


@desk_page(*CASEWORK)
def motive(request: OfficerRequest, case_id: UUID, accused_id: UUID) -> HttpResponse:
    """Say what moved a reported person."""
    row, desk = accused_for(request.officer, case_id, accused_id), desk_of(request)
    form = forms.MotiveForm(request.POST or None, case=row.case)

    def act() -> HttpResponse:
        told = form.cleaned_data
        above.record_motive(
            row, Motive.Code(told["code"]), how_known=HowKnown(told["how_known"]),
            seen=form.seen, by=desk, at=now(),
        )  # fmt: skip
        return to_case(row.case, "motive")

    return done_or_said(
        request, form, act, "decision_act", _of(row, desk, form, "motive"), case=row.case
    )


@desk_page(*CASEWORK)
def causes(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Record where the fault lay."""
    case, desk = case_for(request.officer, case_id), desk_of(request)
    initial = {"causes": list(case.causes.values_list("cause", flat=True))}
    form = forms.CausesForm(request.POST or None, case=case, initial=initial)

    def act() -> HttpResponse:
        told = form.cleaned_data
        chosen = [ClosingCause.Cause(code) for code in told["causes"]]
        above.record_causes(case, chosen, words=told["words"], seen=form.seen, by=desk, at=now())
        return to_case(case, "causes")

    context: dict[str, Any] = {"case": case, "form": form, "what": "causes"}
    return done_or_said(request, form, act, "decision_act", context, case=case)


@desk_page(*TRIAGE)
def proceedings(request: OfficerRequest, case_id: UUID, order_id: UUID) -> HttpResponse:
    """Open a case against a superior who ordered, or did not examine."""
    case, desk = case_for(request.officer, case_id), desk_of(request)
    row = OrderGiver.objects.filter(pk=order_id, case=case).first()
    if row is None:
        raise Http404
    on = course.today(desk.organ, now())
    fits = course.proposed("discipline", (), "", desk.organ.kind, on)
    form = forms.ProceedingsForm(
        request.POST or None, case=case, procedures=[(each.id, each.title) for each in fits]
    )
    known = reading.facts_of(case, desk)
    context: dict[str, Any] = {
        "case": case,
        "form": form,
        "what": "proceedings",
        "proposals": justice.proposals(row.deed, case, known),
    }

    def act() -> HttpResponse:
        told = form.cleaned_data
        made = above.open_proceedings(
            row, procedure_id=told["procedure"], status=told["status"], reason=told["reason"],
            by=desk, at=now(),
        )  # fmt: skip
        return to_case(made, "opened")

    return done_or_said(request, form, act, "decision_act", context, case=case)


@desk_page(*TRIAGE)
def reopen(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Open an ended case anew on new facts."""
    case, desk = case_for(request.officer, case_id), desk_of(request)
    if case.ended_on is None:
        raise Http404
    key, procedure = vault.case_key(case, desk), course.procedure_of(case)
    people = [(row, vault.open_person(key, row)) for row in case.accused.all()]
    form = forms.ReopenForm(
        request.POST or None,
        case=case,
        people=[(str(row.pk), person.name or person.post) for row, person in people],
        starts=[
            (code, procedure.step(code).title)
            for code in course.starts_of(procedure, desk.organ.kind)
        ],
    )
    context: dict[str, Any] = {"case": case, "form": form, "what": "reopen"}

    def act() -> HttpResponse:
        told = form.cleaned_data
        made = above.open_anew(
            case, {UUID(each) for each in told["people"]}, start=told["start"],
            new_facts=told["new_facts"], by=desk, at=now(), case_id=told["once"],
        )  # fmt: skip
        return to_case(made, "opened")

    return done_or_said(request, form, act, "decision_act", context, case=case)
