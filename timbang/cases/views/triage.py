"""Reports: the list, one report, and what is done with it before it has a case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from timbang.accounts.access import OfficerRequest
from timbang.cases import actions, course, lists, offices, reading
from timbang.cases.actions import Desk, Person, bringing
from timbang.cases.files import download
from timbang.cases.forms.reports import (
    IdentityForm,
    JoinForm,
    NewCaseForm,
    QuestionForm,
    RejectForm,
)
from timbang.cases.models import Case, CaseReport, OpenTerm
from timbang.cases.permission import TRIAGE, attachment_for, case_for, may
from timbang.cases.views import ways
from timbang.cases.views.desk import (
    desk_of,
    desk_page,
    done_or_said,
    now,
    report_of,
    show,
    to_case,
)
from timbang.law.refusal import Refusal
from timbang.law.vocabulary import CONDUCTS, CONTEST_KINDS, IMPACTS, REPORT_KINDS, STATUSES
from timbang.registry import reading as registry
from timbang.reports import actions as reports
from timbang.reports import kinds, wording
from timbang.reports.actions import OpenedReport
from timbang.reports.models import Report, Status


@desk_page(methods=("GET", "HEAD"))
def reports_list(request: OfficerRequest) -> HttpResponse:
    """Reports without a case, and those that ended without one."""
    desk = desk_of(request)
    on = course.today(desk.organ, now())
    came = lists.reports(desk.organ, on=on, after=request.GET.get("after", ""))
    old = lists.old_reports(desk.organ, after=request.GET.get("older", ""))
    context = {
        "lines": reading.report_lines(came.rows, desk, on=on),
        "more": came.after,
        "old": reading.report_lines(old.rows, desk, on=on),
        "older": old.after,
    }
    return show(request, "reports", context)


@desk_page(methods=("GET", "HEAD"))
def report_page(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """One report, opened with the organ's key; the identity stays closed."""
    report = report_of(request, report_id)
    desk = desk_of(request)
    opened = reports.open_report(report, desk.private)
    return show(request, "report", _report_context(report, opened, desk))


def _report_context(report: Report, opened: OpenedReport, desk: Desk) -> dict[str, Any]:
    told = opened.content
    term = OpenTerm.objects.running().filter(report=report).select_related("organ").first()
    on = course.today(desk.organ, now())
    cases = Case.objects.open_to(desk.officer).filter(reports__report=report).distinct()
    return {
        "ways": ways.report_part(report, opened),
        "brought": bringing.brought_of(report),
        "report": report,
        "opened": opened,
        "told": told,
        "people": [
            (person, reading.region_name(person.region), STATUSES.get(person.status))
            for person in told.accused
        ],
        "kind": REPORT_KINDS.get(told.kind),
        "impact": IMPACTS.get(told.impact),
        "conduct": [CONDUCTS[code] for code in told.conduct if code in CONDUCTS],
        "contest": CONTEST_KINDS.get(told.contest_kind),
        "ordered_by": [wording.ORDERED_BY[code] for code in told.ordered_by],
        "worse": [wording.TREATED_WORSE[code] for code in told.treated_worse],
        "means": [wording.MEANS[code] for code in told.means],
        "files": [
            (file, file.about.found and _found(file.about.found)) for file in opened.attachments
        ],
        "term": reading.term_view(term, on) if term else None,
        "cases": reading.case_lines(cases, desk, on=on),
        "has_identity": report.sealed_identity is not None,
        "may_triage": may(desk.officer, *TRIAGE) and report.status != Status.REJECTED,
        "may_reject": may(desk.officer, *TRIAGE) and report.status in lists.WITHOUT_CASE,
    }


def _found(codes: tuple[str, ...]) -> list[Any]:
    return [wording.FOUND[code] for code in codes if code in wording.FOUND]


@desk_page(methods=("GET", "HEAD"))
def report_file(
    request: OfficerRequest, report_id: UUID, attachment_id: UUID, which: str
) -> HttpResponse:
    """A file of a report, as a download: the working copy, or the original."""
    report_of(request, report_id)
    attachment = attachment_for(request.officer, report_id, attachment_id)
    desk = desk_of(request)
    opened = reports.open_report(attachment.report, desk.private)
    file = next(found for found in opened.attachments if found.id == attachment.pk)
    copy = which == "copy"
    if copy and not file.has_copy:
        raise Http404
    media = file.about.copy_type if copy else file.about.media_type
    try:
        data = file.read(copy=copy)
    except FileNotFoundError:
        raise Http404 from None
    return download(data, name=file.about.name, media_type=media)


@desk_page()
def identity(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """Ask why, write it into the log, and then show who reported, once."""
    report = report_of(request, report_id)
    desk = desk_of(request)
    form = IdentityForm(request.POST or None)
    context: dict[str, Any] = {"report": report, "form": form}
    if report.sealed_identity is None:
        raise Http404
    context["openings"] = reports.identity_openings(report, desk.private)
    if request.method == "POST" and form.is_valid():
        try:
            context["identity"] = reports.open_identity(
                report,
                desk.private,
                by=desk.officer,
                reason=form.cleaned_data["reason"],
                at=now(),
            )
        except Refusal as refusal:
            context["refusal"] = refusal
    return show(request, "identity", context)


@desk_page()
def ask(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """Ask the reporter back."""
    report = report_of(request, report_id)
    desk, form = desk_of(request), QuestionForm(request.POST or None)
    context: dict[str, Any] = {"report": report, "form": form, "act": "ask"}

    def act() -> HttpResponse:
        actions.ask_reporter(report, form.cleaned_data["text"], by=desk, at=now())
        return _to_report(report, "asked")

    return done_or_said(request, form, act, "report_ask", context)


@desk_page(*TRIAGE)
def reject(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """Take up no case, with a reason that the reporter reads."""
    report = report_of(request, report_id)
    desk, form = desk_of(request), RejectForm(request.POST or None)
    context: dict[str, Any] = {"report": report, "form": form}

    def act() -> HttpResponse:
        reason = form.cleaned_data["reason"]
        actions.reject_report(report, reason=reason, by=desk, at=now())
        return _to_report(report, "rejected")

    return done_or_said(request, form, act, "report_reject", context)


@desk_page(*TRIAGE)
def new_case(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """Make a case of a report."""
    report = report_of(request, report_id)
    desk = desk_of(request)
    opened = reports.open_report(report, desk.private)
    facts, people = facts_told(opened), people_in(opened)
    form = _new_case_form(request, opened, facts, people, desk)
    before = Case.objects.open_to(desk.officer).filter(reports__report=report).distinct()
    context: dict[str, Any] = {"report": report, "form": form, "before": before}
    on = course.today(desk.organ, now())
    context["competent"] = offices.competent(desk.organ.kind, people, report.province_code, on)

    def act() -> HttpResponse:
        procedure_id, _colon, start = form.cleaned_data["procedure"].partition(":")
        case = actions.open_case(
            [report],
            people=form.chosen(),
            facts=facts,
            by=desk,
            at=now(),
            kind=form.cleaned_data["kind"],
            procedure_id=procedure_id,
            start=start,
            reason=form.cleaned_data["reason"],
            case_id=form.cleaned_data["once"],
        )
        return to_case(case, "opened")

    return done_or_said(request, form, act, "case_new", context)


def _new_case_form(
    request: OfficerRequest,
    opened: OpenedReport,
    facts: dict[str, object],
    people: list[Person],
    desk: Desk,
) -> NewCaseForm:
    """The form with what the law has for such a report, and every other procedure."""
    told, on = opened.content, course.today(desk.organ, now())
    kind = kinds.likely(told.kind, told.conduct)
    statuses = [person.status for person in people]
    contest = course.contest_of(facts)
    fitting = course.proposed(kind, statuses, contest, desk.organ.kind, on)
    known = {found.id for found in fitting}
    others = [found for found in course.starting_with(desk.organ.kind, on) if found.id not in known]
    return NewCaseForm(
        request.POST or None,
        kind=kind,
        fitting=course.ways(fitting, desk.organ.kind),
        others=course.ways(others, desk.organ.kind),
        people=people,
    )


@desk_page(*TRIAGE)
def join(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """Join a report to a running case of this organ."""
    report = report_of(request, report_id)
    desk = desk_of(request)
    on = course.today(desk.organ, now())
    joined = CaseReport.objects.filter(report=report).values("case")
    others = lists.Filters(where=~Q(case__in=joined))
    page = lists.waiting(desk.officer, only=others, after=request.GET.get("after", ""))
    lines = reading.case_lines(page.rows, desk, on=on)
    opened = reports.open_report(report, desk.private)
    form = JoinForm(
        request.POST or None,
        cases=[
            (str(line.case.pk), f"{line.case.number}: {'; '.join(line.names)}") for line in lines
        ],
        people=people_in(opened),
    )
    context: dict[str, Any] = {
        "report": report, "form": form, "lines": lines, "more": page.after,
    }  # fmt: skip

    def act() -> HttpResponse:
        case = case_for(desk.officer, UUID(form.cleaned_data["case"]))
        seen = actions.Seen(None, form.cleaned_data["once"])
        actions.join_report(case, report, people=form.chosen(), seen=seen, by=desk, at=now())
        return to_case(case, "joined")

    return done_or_said(request, form, act, "report_join", context)


def people_in(opened: OpenedReport) -> list[Person]:
    """The reported persons that a report names."""
    found = [
        Person(person.name, person.post, person.agency, person.region, person.status)
        for person in opened.content.accused
        if person.name.strip() or person.post.strip()
    ]
    if found:
        return found
    # Of a service often only the office is known.
    agency = next((person.agency for person in opened.content.accused), "")
    return [Person(post=str(_("Person not named yet")), agency=agency)]


def facts_told(opened: OpenedReport) -> dict[str, object]:
    """The facts that a report tells, and those of the election that are publicly known."""
    told = opened.content
    facts = {"reported_on": opened.report.received_on} | dict(told.facts())
    if told.happened_from is not None and "act_on" in facts:
        region = told.region or told.province
        known = registry.phase_facts_on(region, told.happened_from, told.election_kind() or None)
        facts = known | facts
    return facts


def _to_report(report: Report, done: str) -> HttpResponse:
    return redirect(f"{reverse('cases:report', args=[report.pk])}?done={done}")
