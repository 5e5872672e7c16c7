"""The ways in: findings, prior information, what a report must hold, which reports look alike."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from timbang.accounts.access import OfficerRequest
from timbang.cases import actions, course, lists, reading, ways
from timbang.cases.actions import Desk
from timbang.cases.actions import ways as acts
from timbang.cases.forms.ways import (
    CONTESTS,
    KEPT_AS,
    SOURCES,
    FindingForm,
    InformationForm,
    IntoCaseForm,
    KeepForm,
    PairForm,
    RequirementsForm,
    SetAsideForm,
)
from timbang.cases.keeping import Told
from timbang.cases.models import PriorInformation, Source
from timbang.cases.permission import READERS, TRIAGE, case_for, information_for, may
from timbang.cases.views.desk import (
    desk_of,
    desk_page,
    done_or_said,
    now,
    report_of,
    show,
    to_case,
)
from timbang.law.requirements import ELECTION_KIND
from timbang.law.vocabulary import VERIFICATION
from timbang.reports import actions as reports
from timbang.reports.actions import OpenedReport
from timbang.reports.models import Report, Status, Way

REASONS = {
    "same_words": _("the same words"),
    "like_words": _("similar words"),
    "official": _("the same name"),
    "post": _("a like post"),
    "same_day": _("the same day"),
    "near_day": _("days close together"),
    "place": _("a like place"),
    "region": _("the same region"),
    "conduct": _("the same conduct"),
}
MOST_CASES = 50


# Findings


@desk_page(*READERS)
def finding(request: OfficerRequest, information_id: UUID | None = None) -> HttpResponse:
    """Record a finding, which opens a case; or fix prior information as one."""
    desk = desk_of(request)
    prior = information_for(request.officer, information_id) if information_id else None
    on = course.today(desk.organ, now())
    offered = course.ways(course.starting_with(desk.organ.kind, on), desk.organ.kind)
    initial = {"found_on": on, "kind": ELECTION_KIND} | (_known(prior, desk) if prior else {})
    form = FindingForm(request.POST or None, ways=offered, initial=initial)
    line = ways.information_line(prior, desk, on=on) if prior else None
    context: dict[str, Any] = {"form": form, "line": line, "organ": desk.organ}

    def act() -> HttpResponse:
        case = acts.fix_finding(
            form.found(),
            people=[form.person()],
            facts=form.facts(),
            by=desk,
            at=now(),
            kind=form.cleaned_data["kind"],
            procedure_id=form.cleaned_data["procedure"] or None,
            reason=form.cleaned_data["reason"],
            prior=prior,
            case_id=form.cleaned_data["once"],
        )
        return to_case(case, "finding")

    return done_or_said(request, form, act, "finding", context)


def _known(prior: PriorInformation, desk: Desk) -> dict[str, object]:
    """What the information says already, for the officer to go on from."""
    if prior.report is None:
        told = ways.information_line(prior, desk, on=prior.came_on).told or Told()
        return {**told.as_json(), "lead": prior.lead}
    content = reports.open_report(prior.report, desk.private).content
    who = content.accused[0] if content.accused else None
    person = (
        {name: getattr(who, name) for name in ("name", "post", "agency", "region", "status")}
        if who
        else {}
    )
    return person | {
        "act_on": content.happened_from,
        "place": content.place,
        "conduct": list(content.conduct),
        "contest_kind": content.contest_kind,
    }


# Prior information


@desk_page(methods=("GET", "HEAD"))
def information_list(request: OfficerRequest) -> HttpResponse:
    """What waits to be looked into, and what was taken up or set aside."""
    desk = desk_of(request)
    on = course.today(desk.organ, now())
    context = {
        "waiting": _worded(ways.information_of(desk, on=on)),
        "closed": _worded(ways.information_of(desk, on=on, closed=True)),
    }
    return show(request, "information_list", context)


def _worded(lines: list[ways.InformationLine]) -> list[tuple[ways.InformationLine, Any]]:
    return [(line, _source(line.row)) for line in lines]


def _source(row: PriorInformation) -> Any:
    return (SOURCES | KEPT_AS)[Source(row.source)]


@desk_page(*READERS)
def information_new(request: OfficerRequest) -> HttpResponse:
    """Write down what was heard or read."""
    desk = desk_of(request)
    initial = {"came_on": course.today(desk.organ, now())}
    form = InformationForm(request.POST or None, initial=initial)

    def act() -> HttpResponse:
        row = acts.record_information(
            form.told(),
            source=form.cleaned_data["source"],
            came_on=form.cleaned_data["came_on"],
            lead=form.cleaned_data["lead"],
            by=desk,
            at=now(),
            row_id=form.cleaned_data["once"],
        )
        return _to_information(row, "kept")

    return done_or_said(request, form, act, "information_new", {"form": form})


@desk_page(methods=("GET", "HEAD"))
def information(request: OfficerRequest, information_id: UUID) -> HttpResponse:
    """One piece of prior information."""
    row = information_for(request.officer, information_id)
    desk = desk_of(request)
    if row.report_id is not None:
        report_of(request, row.report_id)
    line = ways.information_line(row, desk, on=course.today(desk.organ, now()))
    context = {
        "line": line,
        "source": _source(row),
        "waits": row.case_id is None and row.set_aside_on is None,
        "may_join": may(desk.officer, *TRIAGE),
    }
    return show(request, "information", context)


@desk_page(*READERS)
def information_end(request: OfficerRequest, information_id: UUID) -> HttpResponse:
    """Set it aside, with the reason."""
    row = information_for(request.officer, information_id)
    desk, form = desk_of(request), SetAsideForm(request.POST or None)

    def act() -> HttpResponse:
        acts.set_aside(row, reason=form.cleaned_data["reason"], by=desk, at=now())
        return _to_information(row, "set_aside")

    return done_or_said(request, form, act, "information_end", {"form": form, "row": row})


@desk_page(*TRIAGE)
def information_join(request: OfficerRequest, information_id: UUID) -> HttpResponse:
    """Let it go up in a running case."""
    row = information_for(request.officer, information_id)
    desk = desk_of(request)
    form = IntoCaseForm(request.POST or None, cases=running_cases(desk), with_reason=False)

    def act() -> HttpResponse:
        case = case_for(desk.officer, UUID(form.cleaned_data["case"]))
        seen = actions.Seen(None, form.cleaned_data["once"])
        acts.join_information(case, row, seen=seen, by=desk, at=now())
        return to_case(case, "joined")

    return done_or_said(request, form, act, "information_join", {"form": form, "row": row})


def running_cases(desk: Desk, *, without: UUID | None = None) -> list[tuple[str, str]]:
    """The running cases of this office as choices, the soonest due first."""
    found = lists.waiting(desk.officer, most=MOST_CASES).rows
    rows = [row for row in found if row.pk != without]
    lines = reading.case_lines(rows, desk, on=course.today(desk.organ, now()))
    return [(str(line.case.pk), f"{line.case.number}: {'; '.join(line.names)}") for line in lines]


def _to_information(row: PriorInformation, done: str) -> HttpResponse:
    return redirect(f"{reverse('cases:information', args=[row.pk])}?done={done}")


# What is done with a report


@desk_page(*TRIAGE)
def keep(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """Keep a report as prior information, and tell its reporter so."""
    report = report_of(request, report_id)
    desk = desk_of(request)
    opened = reports.open_report(report, desk.private)
    form = KeepForm(request.POST or None, offered=_reasons_to_keep(report, opened))
    context = {"report": report, "form": form, "own_terms": ways.time_of(opened)}

    def act() -> HttpResponse:
        row = acts.keep_as_information(
            report,
            why=form.cleaned_data["why"],
            reason=form.cleaned_data["reason"],
            by=desk,
            at=now(),
        )
        return _to_information(row, "kept")

    return done_or_said(request, form, act, "report_keep", context)


def _reasons_to_keep(report: Report, opened: OpenedReport) -> list[str]:
    """Only what the file does not contradict."""
    check = ways.newest_check(report)
    shown = {
        Source.LATE: ways.is_late(opened) is not False,
        Source.INCOMPLETE: check is not None and bool(check.missing),
        Source.WITHDRAWN: report.withdrawn_on is not None,
        Source.NAMELESS: report.way == Way.PRIOR_INFORMATION,
    }
    return [code.value for code, holds in shown.items() if holds]


@desk_page(*READERS)
def requirements(request: OfficerRequest, report_id: UUID, contest: str) -> HttpResponse:
    """Check what the law asks of a report, one by one, and ask for what is missing."""
    if contest not in CONTESTS:
        raise Http404
    report = report_of(request, report_id)
    desk = desk_of(request)
    opened = reports.open_report(report, desk.private)
    asked = ways.asked_of(opened, contest)
    ask_back = report.status not in (Status.WITHDRAWN, Status.REJECTED)
    form = RequirementsForm(request.POST or None, asked=asked, ask_back=ask_back)
    context: dict[str, Any] = {
        "report": report,
        "form": form,
        "contest": CONTESTS[contest],
        "others": [(code, name) for code, name in CONTESTS.items() if code != contest],
        "fields": [(form[f"on_{one.requirement.code}"], VERIFICATION[one.level]) for one in asked],
        "own_terms": ways.time_of(opened),
    }

    def act() -> HttpResponse:
        row = acts.check_requirements(
            report,
            contest=contest,
            met=form.said("met"),
            missing=form.said("missing"),
            once=form.cleaned_data["once"],
            by=desk,
            at=now(),
        )
        text = acts.request_for(row, "en" if opened.content.language == "en" else "id")
        if form.cleaned_data.get("ask") and text:
            actions.ask_reporter(report, text, by=desk, at=now())
        return to_report(report, "requirements")

    return done_or_said(request, form, act, "requirements", context)


@desk_page()
def alike(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """Reports that look like this one, with the reasons; a mark for whoever examines."""
    report = report_of(request, report_id)
    desk, form = desk_of(request), PairForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _pair(request, report, form)
    found = ways.beside(reports.open_report(report, desk.private), desk)
    context = {
        "report": report,
        "matches": [
            (match, [REASONS[code] for code in match.reasons], PairForm.of(match))
            for match in found.matches
        ],
        "burst": found.burst if may(desk.officer, "examiner") else None,
    }
    return show(request, "alike", context)


def _pair(request: OfficerRequest, report: Report, form: PairForm) -> HttpResponse:
    """Link two reports, or take the link back."""
    other, desk = report_of(request, form.cleaned_data["other"]), desk_of(request)
    links = form.cleaned_data["act"] == PairForm.LINK
    act = acts.link_reports if links else acts.unlink_reports
    act(report, other, by=desk, at=now())
    done = "linked" if links else "unlinked"
    return redirect(f"{reverse('cases:alike', args=[report.pk])}?done={done}")


def to_report(report: Report, done: str) -> HttpResponse:
    """Back to the report, saying what was done."""
    return redirect(f"{reverse('cases:report', args=[report.pk])}?done={done}")


def report_part(report: Report, opened: OpenedReport) -> dict[str, Any]:
    """What the page of a report shows of the ways in."""
    check = ways.newest_check(report)
    told = opened.content
    return {
        "contest_code": told.election_kind() or "pemilihan",
        "asks_requirements": told.kind in ("", ELECTION_KIND),
        "check": check,
        "check_contest": CONTESTS[check.contest] if check else "",
        "missing": [
            (found.title, found.citation(check.contest)) for found in ways.missing_in(check)
        ]
        if check
        else [],
        "late": ways.is_late(opened),
        "own_terms": ways.time_of(opened),
        "information": PriorInformation.objects.filter(report=report).first(),
        "may_keep": report.status in (*lists.WITHOUT_CASE, Status.WITHDRAWN),
    }
