"""Steps of a case: taking one, handing over, and recording what an outside organ did."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from timbang.accounts.access import OfficerRequest
from timbang.accounts.models import Organ
from timbang.cases import actions, course, drafting, offices, reading
from timbang.cases.actions import Desk, Taking, recusing, stepping
from timbang.cases.drafting import Writing
from timbang.cases.forms.acting import relation_of
from timbang.cases.forms.steps import AnswerForm, DeliveryForm, StepForm
from timbang.cases.models import Case, Document, DocumentKind
from timbang.cases.permission import CASE_READERS, CASEWORK, case_for, delivery_for
from timbang.cases.views.acting import off_it
from timbang.cases.views.desk import attempt, desk_of, desk_page, done_or_said, now, show, to_case
from timbang.cases.views.documents import basis_of
from timbang.law import procedure as law
from timbang.law.letter_forms import Kind
from timbang.law.refusal import Refusal

# Letters that are meant for the office that gets the case.
GOES_ON = (Kind.RECOMMENDATION, Kind.FORWARDING)


@desk_page(*CASE_READERS)
def step(request: OfficerRequest, case_id: UUID, outcome: str) -> HttpResponse:
    """Take a step. One that the law does not allow is refused with the article."""
    case = case_for(request.officer, case_id)
    desk = desk_of(request)
    option = _option(case, outcome, desk)
    form = _form(request, case, option, desk)
    context: dict[str, Any] = {
        "case": case,
        "form": form,
        "option": option,
        "leads_away": option is not None and reading.needs_receiver(case, option, desk.organ),
    }
    if option is not None and context["leads_away"] and option.next_actor:
        context["competent"] = _competent(case, desk, option.next_actor)
    if request.method == "POST" and (option is None or form.is_valid()):

        def act() -> HttpResponse:
            told = form.cleaned_data if option else {}
            relation = relation_of(told["conflict"]) if "conflict" in told else None
            if relation:
                seen = _seen(form, case)
                recusing.declare_in_case(case, relation, seen=seen, by=desk, at=now())
                return off_it()
            taking = Taking(
                outcome,
                reason=told.get("reason", ""),
                declared=frozenset(told.get("declared", ())),
                done_on=told.get("done_on"),
                give=form.given() if option else None,
                conflict=relation,
            )
            actions.take_step(case, taking, seen=_seen(form, case), by=desk, at=now())
            return to_case(case, "step")

        answer, refused = attempt(form, act, case=case)
        if answer is not None:
            return answer
        context |= refused
    if option is None and "refusal" not in context:
        context |= _why_not(case, outcome, desk)
    return show(request, "step", context)


def _option(case: Case, outcome: str, desk: Desk) -> course.Option | None:
    on = course.today(desk.organ, now())
    found = reading.options_of(case, desk, on=on)
    return next((option for option in found if option.outcome.code == outcome), None)


def _seen(form: StepForm, case: Case) -> actions.Seen:
    return form.seen if form.is_bound and form.is_valid() else actions.Seen.now(case)


def _why_not(case: Case, outcome: str, desk: Desk) -> dict[str, Any]:
    """Ask the law itself, so that the officer reads its refusal and not a blank page."""
    try:
        law.take(
            course.procedure_of(case),
            case.step,
            outcome,
            organ_kind=desk.organ.kind,
            roles=desk.officer.roles,
            guards=reading.guards_of(case, desk, on=course.today(desk.organ, now())),
            taken=course.taken(case),
            acted_at=course.acted_at(case, desk.officer),
        )
    except Refusal as refusal:
        return {"refusal": refusal}
    raise Http404


def _form(
    request: OfficerRequest, case: Case, option: course.Option | None, desk: Desk
) -> StepForm:
    leads_away = option is not None and reading.needs_receiver(case, option, desk.organ)
    kind = option.next_actor if option else None
    return StepForm(
        request.POST or None,
        case=case,
        needs_reason=option is not None and "reason_given" in option.declare,
        asks_conflict=option is not None and option.outcome.role == "decision_maker",
        declare=[code for code in option.declare if code != "reason_given"] if option else [],
        outside=option is not None and option.outcome.actor != desk.organ.kind,
        receivers=stepping.receivers(kind) if leads_away and kind else [],
        documents=documents_to_give(case, desk),
        exhibits=exhibits_to_give(case, desk),
        initial={"documents": _newest(case, desk)},
    )


def _competent(case: Case, desk: Desk, kind: str) -> list[offices.Competent]:
    return offices.competent_for(case, desk, kind, on=course.today(desk.organ, now()))


def documents_to_give(case: Case, desk: Desk) -> list[tuple[str, str]]:
    """Documents that may go along, to tick."""
    return [
        (str(found.row.pk), _named(found.row, found.body))
        for found in reading.documents_of(case, desk, *stepping.CARRIED)
    ]


def _named(row: Document, body: dict[str, Any]) -> str:
    if row.kind == DocumentKind.LETTER:
        return f"{_('Letter')}: {body['title']}, {date_format(row.written_on, 'j F Y')}"
    names = {
        "study": _("Study"),
        "recommendation": _("Recommendation"),
        "minutes": _("Minutes of a hearing"),
    }
    return _("%(title)s, version %(version)s") % {
        "title": names[row.kind],
        "version": row.version,
    }


def _newest(case: Case, desk: Desk) -> list[str]:
    """The newest of each kind is ticked: older versions may hold what was taken out.

    Of letters only one that was written for the next office: a question to a witness names him.
    """
    found = [reading.newest(case, kind, desk) for kind in stepping.CARRIED[:2]]
    written = reading.documents_of(case, desk, DocumentKind.LETTER)
    found.append(next((one for one in written if one.body.get("letter") in GOES_ON), None))
    return [str(one.row.pk) for one in found if one is not None]


def exhibits_to_give(case: Case, desk: Desk) -> list[tuple[str, str]]:
    """Exhibits that may go along, to tick."""
    return [
        (str(found.row.pk), f"B-{found.row.position}: {found.title}")
        for found in reading.exhibits_of(case, desk)
    ]


@desk_page(*CASEWORK)
def hand_over(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Hand over a case that stands at a step of another kind of organ."""
    case = case_for(request.officer, case_id)
    desk = desk_of(request)
    now_at = course.step_of(case)
    if now_at is None:
        raise Http404
    form = StepForm(
        request.POST or None,
        case=case,
        needs_reason=False,
        declare=[],
        outside=False,
        receivers=_others(now_at.actor, case),
        documents=documents_to_give(case, desk),
        exhibits=exhibits_to_give(case, desk),
        initial={"documents": _newest(case, desk)},
    )
    context: dict[str, Any] = {"case": case, "form": form, "step": now_at}
    context["competent"] = _competent(case, desk, now_at.actor)

    def act() -> HttpResponse:
        give = form.given()
        if give is None:
            raise Http404
        actions.hand_over(case, give, seen=form.seen, by=desk, at=now())
        return to_case(case, "handed")

    return done_or_said(request, form, act, "hand_over", context, case=case)


def _others(kind: str, case: Case) -> list[Organ]:
    return [organ for organ in stepping.receivers(kind) if organ.pk != case.holder_id]


@desk_page(*CASE_READERS)
def delivery(request: OfficerRequest, case_id: UUID, delivery_id: UUID) -> HttpResponse:
    """A file that goes outside: fields to copy, then ticket and proof of arrival."""
    row = delivery_for(request.officer, case_id, delivery_id)
    case = case_for(request.officer, case_id)
    desk = desk_of(request)
    known = {"sent_on": row.sent_on}
    form = DeliveryForm(request.POST or None, case=case, initial=known)
    study = reading.newest(case, DocumentKind.STUDY, desk)
    context: dict[str, Any] = {
        "case": case,
        "form": form,
        "row": row,
        "fields": drafting.channel_fields(
            basis_of(case, desk),
            reading.exhibits_of(case, desk),
            Writing.from_json(study.body) if study else None,
            row.how,
        ),
        "letters": reading.documents_of(case, desk, DocumentKind.LETTER),
    }

    def act() -> HttpResponse:
        actions.record_delivery(
            row,
            ticket=form.cleaned_data["ticket"],
            sent_on=form.cleaned_data["sent_on"],
            proven_on=form.cleaned_data["proven_on"],
            proof=form.cleaned_data["proof"],
            seen=form.seen,
            by=desk,
            at=now(),
        )
        return to_case(case, "delivery")

    return done_or_said(request, form, act, "delivery", context, case=case)


@desk_page()
def answer(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Write down what an outside organ answered."""
    case = case_for(request.officer, case_id)
    desk, form = desk_of(request), AnswerForm(request.POST or None, case=case)
    context: dict[str, Any] = {"case": case, "form": form}

    def act() -> HttpResponse:
        actions.record_answer(
            case,
            form.cleaned_data["text"],
            answered_on=form.cleaned_data["answered_on"],
            seen=form.seen,
            by=desk,
            at=now(),
        )
        return to_case(case, "answer")

    return done_or_said(request, form, act, "answer", context, case=case)
