"""Terms: one explained day by day, what moved and why, and the shorter ones of the office's own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from timbang.accounts.access import OfficerRequest
from timbang.accounts.models import Officer
from timbang.cases import actions, conflicts, course, lists, reading, running
from timbang.cases.actions.own_terms import SETTERS
from timbang.cases.course import today
from timbang.cases.forms.fields import ActForm
from timbang.cases.forms.terms import OwnTermForm, ReasonForm, ResumeForm, SuspendForm
from timbang.cases.models import OpenTerm, OwnTerm
from timbang.cases.permission import CASE_READERS, CASEWORK, READERS, may
from timbang.cases.views.desk import (
    desk_of,
    desk_page,
    done_or_said,
    now,
    show,
)
from timbang.law import procedure as law
from timbang.law.refusal import Refusal
from timbang.law.terms import labels


@desk_page(*CASE_READERS, methods=("GET", "HEAD"))
def term(request: OfficerRequest, term_id: UUID) -> HttpResponse:
    """Where a term ends on each reading: each day, and whether it counts."""
    found = _term_for(request.officer, term_id)
    on = today(request.officer.organ, now())
    rule = course.law_term_of(found)
    answer = running.explained(found)
    view = reading.term_view(found, on)
    context = {
        "view": view,
        "rule": rule,
        "answer": answer,
        "lengths": labels(rule, running.own_of(found)),
        "suspensions": found.suspensions.all(),
        "moves": found.moves.all(),
        "may": _may(request.officer, found, rule, view),
        "today": on,
    }
    return show(request, "term", context)


def _term_for(officer: Officer, term_id: UUID) -> OpenTerm:
    """A term of the officer's own organ, or of one outside for which his organ records."""
    rows = OpenTerm.objects.filter(_mine(officer))
    told = rows.select_related("case__procedure", "case__keeper", "report", "organ", "track")
    found = told.distinct().filter(pk=term_id).first()
    if found is None:
        raise Http404
    return found


def _mine(officer: Officer) -> Q:
    # Another organ's term began on the day of a report that is none of this one's business.
    organ = officer.organ
    barred = conflicts.barred_cases(officer)
    # Who votes or carries out opens no report: that one came is none of his business either.
    reports = Q(report__organ=organ) if may(officer, *READERS) else Q(pk__in=[])
    return (reports | Q(case__keys__organ=organ, organ=organ) | Q(delivery__keeper=organ)) & ~Q(
        case__in=barred
    )


def _may(
    officer: Officer, found: OpenTerm, rule: law.Term, view: reading.TermView
) -> dict[str, bool]:
    """What this officer may do to the term; the action asks again."""
    case = found.case
    acts = case is not None and case.ended_on is None and case.keeper_id == officer.organ_id
    runs = found.closed_on is None and found.started_on is not None and not view.late
    free = acts and runs and found.lapsed_on is None and may(officer, *CASEWORK)
    extends = rule.extends
    return {
        "suspend": free and rule.suspends is not None and not view.suspended,
        "resume": free and view.suspended,
        "extend": free and extends is not None and found.extended < extends.at_most,
    }


@desk_page()
def suspend(request: OfficerRequest, term_id: UUID) -> HttpResponse:
    """Let a term stand still from a day on."""
    found = _term_for(request.officer, term_id)
    rule = course.law_term_of(found)
    known = {"citation": (rule.suspends.citation or "") if rule.suspends else ""}
    form = SuspendForm(request.POST or None, case=found.case, initial=known)

    def act() -> HttpResponse:
        actions.suspend_term(
            found, **_words(form), from_day=form.cleaned_data["from_day"], **_by(request, form)
        )
        return _to_term(found, "suspended")

    return _shown(request, form, act, "suspend", found, rule)


@desk_page()
def resume(request: OfficerRequest, term_id: UUID) -> HttpResponse:
    """Let a suspended term run on."""
    found = _term_for(request.officer, term_id)
    form = ResumeForm(
        request.POST or None,
        case=found.case,
        initial={"until_day": today(request.officer.organ, now())},
    )

    def act() -> HttpResponse:
        actions.resume_term(found, until_day=form.cleaned_data["until_day"], **_by(request, form))
        return _to_term(found, "resumed")

    return _shown(request, form, act, "resume", found, course.law_term_of(found))


@desk_page()
def extend(request: OfficerRequest, term_id: UUID) -> HttpResponse:
    """Extend a term by what its rule gives."""
    found = _term_for(request.officer, term_id)
    rule = course.law_term_of(found)
    known = {"citation": rule.extends.citation if rule.extends else ""}
    form = ReasonForm(request.POST or None, case=found.case, initial=known)

    def act() -> HttpResponse:
        actions.extend_term(found, **_words(form), **_by(request, form))
        return _to_term(found, "extended")

    return _shown(request, form, act, "extend", found, rule)


def _words(form: ActForm) -> dict[str, Any]:
    return {key: form.cleaned_data[key] for key in ("reason", "citation")}


def _by(request: OfficerRequest, form: ActForm) -> dict[str, Any]:
    return {"seen": form.seen, "by": desk_of(request), "at": now()}


def _to_term(found: OpenTerm, done: str) -> HttpResponse:
    return redirect(f"{reverse('cases:term', args=[found.pk])}?done={done}")


def _shown(
    request: OfficerRequest, form: ActForm, act: Any, what: str, found: OpenTerm, rule: law.Term
) -> HttpResponse:
    """The form of one of the three acts. Who may not write in the case finds no such page."""
    case = found.case
    if case is None or not may(request.officer, *CASEWORK):
        raise Http404
    desk_of(request)
    context: dict[str, Any] = {"form": form, "what": what, "term": found, "rule": rule}
    return done_or_said(request, form, act, "term_act", context, case=case)


@desk_page(*CASE_READERS, methods=("GET", "HEAD"))
def moves(request: OfficerRequest) -> HttpResponse:
    """The terms of this office that moved, newest first: from where to where, and why."""
    opens = may(request.officer, *READERS)
    page = lists.moves(request.officer, with_reports=opens, after=request.GET.get("after", ""))
    context = {
        "lines": [(row, _title(row.term)) for row in page.rows],
        "more": page.after,
        "sets": may(request.officer, *SETTERS),
    }
    return show(request, "terms", context)


def _title(found: OpenTerm) -> object:
    return course.title_of(found.case, found.step, found.track) if found.case else None


@desk_page(*SETTERS)
def own_terms(request: OfficerRequest) -> HttpResponse:
    """The shorter terms that this office has set for itself, and a form to set one."""
    officer = request.officer
    if "end" in request.POST:
        return _end(request)
    form = OwnTermForm(request.POST or None, organ_kind=officer.organ.kind)
    rows = OwnTerm.objects.filter(organ=officer.organ).select_related("set_by")
    context: dict[str, Any] = {
        "form": form,
        "lines": [(row, *_named(row)) for row in rows],
    }
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_own_term(form.wanted, by=officer, at=now())
        except Refusal as refusal:
            return show(request, "own_terms", context | {"refusal": refusal})
        return redirect(f"{reverse('cases:own-terms')}?done=own_term")
    return show(request, "own_terms", context)


def _end(request: OfficerRequest) -> HttpResponse:
    """Work with the law's term again."""
    number = request.POST["end"]
    rows = OwnTerm.objects.filter(organ=request.officer.organ)
    row = rows.filter(pk=number).first() if number.isascii() and number.isdigit() else None
    if row is None:
        raise Http404
    actions.end_own_term(row, by=request.officer, at=now())
    return redirect(f"{reverse('cases:own-terms')}?done=own_term_ended")


def _named(row: OwnTerm) -> tuple[object, object]:
    """Procedure and step in words; the codes where this release no longer has them."""
    procedure = law.procedures().get(row.procedure)
    if procedure is None or not procedure.has(row.step):
        return row.procedure, row.step
    return procedure.title, procedure.step(row.step).title
