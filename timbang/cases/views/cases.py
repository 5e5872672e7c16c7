"""Cases: the list with its search, one case, its facts and people, hearings and summonses."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from timbang.accounts.access import OfficerRequest
from timbang.cases import (
    acting,
    actions,
    archive,
    conflicts,
    course,
    door_desk,
    drafting,
    evidence,
    facts,
    hearings,
    lists,
    offices,
    plenaries,
    reading,
)
from timbang.cases.actions import Desk, recusing, writing
from timbang.cases.forms.facts import FactsForm, PersonForm
from timbang.cases.forms.steps import HearingForm, SummonsForm
from timbang.cases.models import Case, DocumentKind
from timbang.cases.permission import (
    CASE_READERS,
    CASEWORK,
    READERS,
    TRIAGE,
    accused_for,
    case_for,
    may,
)
from timbang.cases.vault import case_key, open_person
from timbang.cases.views import aftermath, deciding, dividing, serving
from timbang.cases.views.acting import FLAGS_GO_TO
from timbang.cases.views.desk import (
    attempt,
    desk_of,
    desk_page,
    done_or_said,
    now,
    show,
    to_case,
)
from timbang.law.conclude import range_of
from timbang.law.transition import rule_for
from timbang.law.vocabulary import EFFECTS, FACTS, REPORT_KINDS, VERIFICATION

# Each person's own, and what is today unless somebody says otherwise.
NOT_ASKED = (facts.OF_A_PERSON, facts.DECIDED_ON)


@desk_page(*CASE_READERS, methods=("GET", "HEAD"))
def cases_list(request: OfficerRequest) -> HttpResponse:
    """The cases that this organ holds, a shelf at a time."""
    desk = desk_of(request)
    shelf = request.GET.get("show", "running")
    shelf = shelf if shelf in (*lists.SHELVES, *acting.SHELVES) else "running"
    on, after = course.today(desk.organ, now()), request.GET.get("after", "")
    if shelf in acting.SHELVES:
        page = acting.shelf(desk.officer, shelf, on=on, after=after)
    else:
        page = lists.held(desk.officer, shelf, after=after)
    context = {
        "lines": reading.case_lines(page.rows, desk, on=on),
        "more": page.after,
        "decides": may(desk.officer, "decision_maker"),
        "sees_flags": desk.organ.kind in FLAGS_GO_TO,
        "shelf": shelf,
    }
    return show(request, "cases", context)


@desk_page(*CASE_READERS, methods=("GET", "HEAD"))
def corrections(request: OfficerRequest) -> HttpResponse:
    """Cases whose study rests on norms that the catalogue has since corrected."""
    barred = conflicts.barred_cases(request.officer)
    held = reading.touched_by_corrections(request.officer.organ)
    touched = [found for found in held if found.case.pk not in barred]
    context = {
        "running": [found for found in touched if found.case.ended_on is None],
        "ended": [found for found in touched if found.case.ended_on is not None],
    }
    return show(request, "corrections", context)


@desk_page(*CASE_READERS, methods=("GET", "HEAD"))
def case_page(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """One case: where it stands, what may be done, people, norms, documents, history."""
    case = case_for(request.officer, case_id)
    desk = desk_of(request)
    if recusing.note(case, by=desk, at=now()):
        case = case_for(request.officer, case_id)
    return show(request, "case", case_context(case, desk))


def case_context(case: Case, desk: Desk) -> dict[str, Any]:
    """Everything that the case page shows."""
    on = course.today(desk.organ, now())
    step = course.step_of(case)
    acts = case.keeper_id == desk.organ.pk and case.ended_on is None
    documents = reading.documents_of(
        case, desk, DocumentKind.STUDY, DocumentKind.RECOMMENDATION, DocumentKind.LETTER
    )
    known = reading.facts_of(case, desk)
    return {
        "case": case,
        "ways": dividing.case_part(case, desk),
        "acting": acting.part_of(case, desk, on),
        "around": offices.around(case, desk, on=on),
        "step": step,
        "ended": course.title_of(case, f"end:{case.ended_as}") if case.ended_on else None,
        "kind": REPORT_KINDS[case.kind],
        "procedure": course.procedure_of(case),
        "tracks": reading.tracks_of(case, desk, on=on),
        "tracks_to_open": course.tracks_to_open(case) if acts else [],
        "own_work": course.own_work(case, desk.officer) if acts else None,
        "remedies": course.procedure_of(case).remedies,
        "earlier": reading.earlier_of(case, desk),
        "later": reading.later_of(case, desk),
        "may_follow": may(desk.officer, *TRIAGE),
        "transition": rule_for(case.procedure.code, on) if acts else None,
        "term": reading.term_of(case, on),
        **_options(case, desk, on),
        "waits_for_hand_over": acts
        and case.holder.inside
        and step is not None
        and step.actor != case.holder.kind,
        "acts": acts,
        "may_write": acts and may(desk.officer, *CASEWORK),
        "may_record": acts and may(desk.officer, *READERS),
        "outside": not case.holder.inside,
        "people": reading.people_of(case, desk, on=on),
        "facts": [(FACTS[key].question, _told(key, known[key])) for key in FACTS if key in known],
        "unknown_facts": [
            FACTS[key].question for key in FACTS if key not in known and key not in NOT_ASKED
        ],
        "groups": [
            (
                group,
                [
                    (area, [finding_context(found) for found in area.findings])
                    for area in facts.by_area(group.relevant, case.kind)
                ],
                group.excluded,
                conclusion,
                drafting.one_of_several(conclusion),
            )
            for group in reading.findings_of(case, desk, on=on)
            for conclusion in [range_of(group.findings)]
        ],
        "documents": documents,
        "notes": reading.documents_of(case, desk, DocumentKind.NOTE),
        "answers": reading.documents_of(case, desk, DocumentKind.ANSWER),
        "exhibits": reading.exhibits_of(case, desk),
        "reports": reading.reports_of(case, desk) if may(desk.officer, *READERS) else [],
        "deliveries": reading.deliveries_of(case, desk),
        "journal": reading.journal_of(case, desk),
        "kept": archive.part(case, desk, on=on),
        "may_package": may(desk.officer, *CASEWORK),
        "service": serving.part(case, desk, on=on),
        **deciding.part(case, desk),
        **door_desk.part(case, desk),
        **aftermath.part(case, desk),
        **evidence.part(case, desk),
        **hearings.part(case, desk, on=on),
        **plenaries.part(case, desk),
    }


def _options(case: Case, desk: Desk, on: date) -> dict[str, Any]:
    """What may be taken now, what may not yet, and what is missing for it: each thing once."""
    options = [
        (option, reading.needs_receiver(case, option, desk.organ))
        for option in reading.options_of(case, desk, on=on)
    ]
    barred = [each for each in options if not each[0].ready]
    return {
        "options": options,
        "ready": [each for each in options if each[0].ready],
        "barred": barred,
        "missing": list({str(words): None for option, _ in barred for words in option.missing}),
    }


def finding_context(found: Any) -> dict[str, Any]:
    """A finding in words: what is missing as questions, how far the text was verified."""
    return {
        "found": found,
        "missing": [FACTS[key].question for key in found.missing],
        "level": VERIFICATION[found.level],
        "effect": EFFECTS[found.effect],
        "beside": not facts.can_be_breached(found),
    }


def _told(key: str, value: object) -> object:
    fact = FACTS[key]
    if fact.type == "choices":
        codes = list(value) if isinstance(value, (list, tuple)) else []
        return [fact.choices[code] for code in codes if code in fact.choices]
    if fact.type == "choice":
        return [fact.choices[str(value)]] if str(value) in fact.choices else []
    return [value] if fact.type == "number" else value


@desk_page(*CASEWORK)
def edit_facts(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """The facts that the law asks for; saved as a new version."""
    case = case_for(request.officer, case_id)
    desk = desk_of(request)
    newest = reading.newest(case, DocumentKind.FACTS, desk)
    own = newest is not None and newest.row.organ_id == desk.organ.pk
    form = FactsForm(
        request.POST or None,
        case=case,
        facts=reading.facts_of(case, desk),
        kind=case.kind,
        main=case.conduct,
        base=newest.row.version if newest and own else 0,
    )
    context: dict[str, Any] = {"case": case, "form": form}

    def act() -> HttpResponse:
        actions.write_facts(
            case,
            form.facts(),
            main_conduct=form.cleaned_data["main_conduct"],
            base_version=form.cleaned_data["base"],
            seen=form.seen,
            by=desk,
            at=now(),
        )
        return to_case(case, "facts")

    if request.method == "POST" and form.is_valid():
        answer, refused = attempt(form, act)
        if answer is not None:
            return answer
        context |= refused
        if "since" in refused:
            form.again(base=writing.last_version(case, DocumentKind.FACTS, desk))
    return show(request, "facts", context)


@desk_page(*CASEWORK)
def edit_person(
    request: OfficerRequest, case_id: UUID, accused_id: UUID | None = None
) -> HttpResponse:
    """Correct a reported person, or add one."""
    case = case_for(request.officer, case_id)
    desk = desk_of(request)
    row = accused_for(request.officer, case_id, accused_id) if accused_id else None
    person = open_person(case_key(case, desk), row) if row else None
    form = PersonForm(request.POST or None, case=case, person=person)
    context: dict[str, Any] = {"case": case, "form": form, "person": person}

    def act() -> HttpResponse:
        actions.write_person(case, accused_id, form.person(), seen=form.seen, by=desk, at=now())
        return to_case(case, "person")

    return done_or_said(request, form, act, "person", context, case=case)


@desk_page(*CASEWORK)
def hearing(request: OfficerRequest, case_id: UUID, accused_id: UUID) -> HttpResponse:
    """Record the day on which a reported person was heard."""
    row = accused_for(request.officer, case_id, accused_id)
    case, desk = row.case, desk_of(request)
    form = HearingForm(request.POST or None, case=case)
    person = open_person(case_key(case, desk), row)
    context: dict[str, Any] = {"case": case, "form": form, "person": person, "what": "hearing"}

    def act() -> HttpResponse:
        held = form.cleaned_data["held_on"]
        actions.record_hearing(row, held_on=held, seen=form.seen, by=desk, at=now())
        return to_case(case, "hearing")

    return done_or_said(request, form, act, "hearing", context, case=case)


@desk_page(*CASEWORK)
def summons(request: OfficerRequest, case_id: UUID, accused_id: UUID) -> HttpResponse:
    """Record a summons."""
    row = accused_for(request.officer, case_id, accused_id)
    case, desk = row.case, desk_of(request)
    form = SummonsForm(request.POST or None, case=case)
    person = open_person(case_key(case, desk), row)
    context: dict[str, Any] = {"case": case, "form": form, "person": person, "what": "summons"}

    def act() -> HttpResponse:
        actions.record_summons(
            row,
            sent_on=form.cleaned_data["sent_on"],
            summoned_for_on=form.cleaned_data["summoned_for_on"],
            seen=form.seen,
            by=desk,
            at=now(),
        )
        return to_case(case, "summons")

    return done_or_said(request, form, act, "hearing", context, case=case)
