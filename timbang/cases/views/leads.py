"""Leads at the desk: the queue, one lead, its innocent explanations, and what becomes of it.

A lead is a reason to look. One about a person opens by a button, on the record and for the day;
before that its pages show what was asked and never of whom.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _

from timbang.accounts.access import OfficerRequest
from timbang.cases import course, leads
from timbang.cases.actions import leads as acts
from timbang.cases.actions import ways as finding_acts
from timbang.cases.forms.leads import (
    VIEWS,
    DismissForm,
    LeadForm,
    MergeForm,
    QueueForm,
    ReasonForm,
    TakeOverForm,
    TickForm,
    windows,
)
from timbang.cases.permission import CASEWORK, READERS, may
from timbang.cases.views.desk import desk_of, desk_page, now, show, to_case
from timbang.cases.views.people import watcher
from timbang.law import cards
from timbang.law.refusal import Refusal
from timbang.law.vocabulary import LEVELS as SANCTION_LEVELS
from timbang.registry import coded, places
from timbang.registry.models import Election
from timbang.signals import actions as signals
from timbang.signals import catalogue, citing, reading
from timbang.signals.detector import KINDS, SUBJECTS
from timbang.signals.evidence import Evidence, Rows
from timbang.signals.learning import NEEDED, Interval
from timbang.signals.models import Lead, LeadAct
from timbang.signals.reading import Explanation, Wanted

DONE: Final = {
    "opened": _("The lead is open to you until the end of the day. That is an entry in the log."),
    "ticked": _("What you found is written down."),
    "dismissed": _("The lead is dismissed. It comes back if its evidence changes materially."),
    "reopened": _("The lead waits again."),
    "took_up": _("The other lead went up in this one."),
}
MOST_OFFERED: Final = 20


# The queue


@dataclass(frozen=True, slots=True)
class Line:
    """A lead in a list. Of a lead about a person the subject is left out."""

    lead: Lead
    place: str
    title: Any
    about: Any
    region: str
    window: str
    value: str


@desk_page(*READERS, methods=("GET", "HEAD"))
def queue(request: OfficerRequest) -> HttpResponse:
    """The leads within this officer's reach, in their turn."""
    desk = watcher(request)
    numbers = reading.counts(desk.officer, Wanted(view=_view(request)))
    names = _elections()
    form = QueueForm(
        request.GET,
        choices={
            "view": list(VIEWS.items()),
            "detector": [("", _("All")), *_detectors(numbers.by_detector)],
            "kind": [("", _("All")), *((code, str(name)) for code, name in KINDS.items())],
            "election": windows(numbers.by_election, names),
        },
    )
    form.is_valid()
    wanted = form.wanted()
    page = reading.page(desk.officer, wanted)
    context = {
        "form": form,
        "total": reading.counts(desk.officer, wanted).total,
        "all": sum(numbers.by_view.values()),
        "views": [(code, name, numbers.by_view.get(code, 0)) for code, name in VIEWS.items()],
        "chosen": wanted.view,
        "view": VIEWS[wanted.view],
        "lines": [_line(lead, names) for lead in page.leads],
        "next": _next(form, page.after),
        "later": wanted.after is not None,
        "narrowed": any(form.cleaned_data.get(name) for name in ("detector", "kind", "region",
                                                                 "election")),
    }  # fmt: skip
    return show(request, "leads", context)


def _view(request: OfficerRequest) -> str:
    chosen = request.GET.get("view", "")
    return chosen if chosen in VIEWS else reading.WAITING


def _detectors(numbers: dict[str, int]) -> list[tuple[str, str]]:
    known = catalogue.detectors()
    titles = {code: known[code].method.title if code in known else "" for code in numbers}
    return [(code, f"{code} {titles[code]} ({number})") for code, number in numbers.items()]


def _next(form: QueueForm, after: tuple[float, UUID] | None) -> str:
    if after is None:
        return ""
    told = {name: form.data.get(name, "") for name in form.fields if name != "after"}
    told = {name: value for name, value in told.items() if value}
    return f"?{urlencode(told | {'after': f'{after[0]!r}:{after[1]}'})}"


def _line(lead: Lead, names: dict[str, str]) -> Line:
    detector = reading.detector_of(lead)
    return Line(
        lead=lead,
        place=place_of(lead),
        title=detector.method.title if detector else lead.detector,
        about=_about(lead),
        region=places.codes().get(lead.region_code, lead.region_code),
        window=names.get(lead.election, lead.election),
        value=f"{number(lead.value)} {detector.unit}"
        if detector and lead.value is not None
        else "",
    )


def _about(lead: Lead) -> str:
    kind = SUBJECTS.get(lead.subject_kind, lead.subject_kind)
    if lead.personal:
        return f"{kind}"
    if lead.subject_kind == "region":
        return f"{kind}: {places.codes().get(lead.subject, lead.subject)}"
    return f"{kind}: {lead.subject}"


def place_of(lead: Lead) -> str:
    """The address of a lead's page; it names nobody."""
    return reverse("cases:lead", args=[lead.year, lead.ordinal])


def _elections() -> dict[str, str]:
    return dict(Election.objects.values_list("code", "name"))


def number(value: float | None) -> str:
    """A value as the page's language writes it, with as many places as it has, at most four."""
    if value is None:
        return ""
    whole = float(value).is_integer()
    shown = number_format(round(value, 4), decimal_pos=0 if whole else None, force_grouping=True)
    return str(shown)


# What was learned


@desk_page(*READERS, methods=("GET", "HEAD"))
def learned(request: OfficerRequest) -> HttpResponse:
    """What officers found of each detector's leads, and how that orders the queue."""
    watcher(request)
    known = catalogue.detectors()
    lines = [
        {
            "learned": each,
            "title": known[code].method.title if code in known else "",
            "shown": _percents(each.shown) if each.shown else None,
            "reasons": [
                (name, each.dismissed[why])
                for why, name in LeadAct.Why.choices
                if each.dismissed.get(why)
            ],
            "weight": number(round(each.weight, 2)),
        }
        for code, each in reading.learned().items()
    ]
    return show(request, "leads_learned", {"lines": lines, "needed": NEEDED})


def _percents(found: Interval) -> tuple[int, int, int]:
    return (round(100 * found.share), round(100 * found.low), round(100 * found.high))


# One lead


@desk_page(*READERS)
def lead(request: OfficerRequest, year: int, ordinal: int) -> HttpResponse:
    """One lead: what was asked, by which rule, what stands there, what else may explain it. By POST
    one about a person is opened for the day."""
    desk, row = watcher(request), lead_of(request, year, ordinal)
    context: dict[str, Any] = {}
    if request.method == "POST":
        try:
            acts.open_lead(row, by=desk, at=now())
        except Refusal as refusal:
            context["refusal"] = refusal
        else:
            return to_lead(row, "opened")
    opened = leads.is_open(row, desk.officer, _today(request)) and not context
    return show(request, "lead", context | _told(request, row, opened))


def lead_of(request: OfficerRequest, year: int, ordinal: int) -> Lead:
    """The lead with this number, if it is within this officer's reach."""
    rows = Lead.objects.open_to(request.officer)
    rows = rows.select_related("first_run", "last_run", "merged_into", "taken_by")
    return get_object_or_404(rows, year=year, ordinal=ordinal)


def to_lead(lead: Lead, done: str) -> HttpResponse:
    """Back to the lead, saying what was done."""
    return redirect(f"{place_of(lead)}?done={done}")


def _today(request: OfficerRequest) -> date:
    return course.today(request.officer.organ, now())


def _told(request: OfficerRequest, row: Lead, opened: bool) -> dict[str, Any]:
    """What the page of a lead shows; of one about a person that is closed, nothing of whom."""
    detector = reading.detector_of(row)
    names = _elections()
    context: dict[str, Any] = {
        "lead": row,
        "line": _line(row, names),
        "detector": detector,
        "opened": opened,
        "done_here": DONE.get(request.GET.get("done", "")),
        **_law(row, _today(request)),
        "explanations": reading.explanations(row),
        "phase": cards.PHASES.get(row.phase, row.phase) if row.phase else "",
        "parameters": _parameters(row),
    }
    if not opened:
        return context
    found, page, pages = leads.evidence_of(row.evidence, _page(request))
    others = [each for each in reading.matter(row) if each.pk != row.pk]
    may_work = may(request.officer, *CASEWORK) and leads.may_find(
        request.officer.organ, _today(request)
    )
    return context | {
        "subject": _subject(row, found),
        "measures": _measures(row),
        "evidence": found,
        "tables": [(each, _cells(each)) for each in found.tables],
        "decided": [
            (decision, case, SANCTION_LEVELS.get(decision.level, ""))
            for decision, case in leads.decided(found.elsewhere, request.officer)
        ],
        "page": page if pages > 1 else 0,
        "pages": pages,
        "left": len(reading.unlooked(row)),
        "explained": reading.explained(row),
        "merged": [
            (_line(each, names), [one for one in reading.explanations(each) if one.tick is None])
            for each in others
        ],
        "history": reading.history(row),
        "ticks": row.ticks.select_related("officer", "organ").order_by("-pk"),
        "case": leads.case_of(row, request.officer),
        "waits": row.state == Lead.State.OPEN,
        "may_tick": row.state in (Lead.State.OPEN, Lead.State.MERGED),
        "may_reopen": row.state in (Lead.State.DISMISSED, Lead.State.MERGED),
        "may_take": may_work,
    }


def _page(request: OfficerRequest) -> int:
    asked = request.GET.get("rows", "")
    return int(asked) if asked.isdecimal() and len(asked) < 6 else 1


def _subject(row: Lead, found: Evidence) -> tuple[str, str]:
    """Whom or what it is about in words, and the key by which the tables know it."""
    kind = str(SUBJECTS.get(row.subject_kind, row.subject_kind))
    names = "; ".join(sorted(found.names())) if row.personal else ""
    return (f"{kind}: {names}", row.subject) if names else (_about(row), "")


def _law(row: Lead, today: date) -> dict[str, Any]:
    """The norms of the detector as they stood on the first day of the lead, else as they stand."""
    detector = reading.detector_of(row)
    found = citing.cited(detector, row.since_on or today, today=today) if detector else []
    return {
        "norms": found,
        "law_on": row.since_on or today,
        "none_holds": citing.none_holds(found),
        "only_memory": citing.only_memory(found),
    }


def _parameters(row: Lead) -> list[tuple[Any, Any]]:
    detector = reading.detector_of(row)
    titles = {each.name: each.title for each in detector.parameters} if detector else {}
    return [
        (titles.get(name, name), _("not set") if value in (None, "", [], {}) else _value(value))
        for name, value in row.last_run.parameters.items()
    ]


def _measures(row: Lead) -> list[tuple[Any, Any]]:
    detector = reading.detector_of(row)
    titles = detector.measures if detector else {}
    return [
        (titles.get(name, name), _cell(name, "", value)) for name, value in row.measures.items()
    ]


def _cells(table: Rows) -> list[tuple[Any, list[Any]]]:
    """Each row with its values in the order of the columns, in words."""
    return [
        (row, [_cell(column.name, column.kind, value) for column, value in
               zip(table.columns, row.values, strict=True)])
        for row in table.rows
    ]  # fmt: skip


def _cell(name: str, kind: str, value: Any) -> Any:
    if value is None:
        return "-" if kind else _value(value)
    if isinstance(value, str) and value:
        return coded.told(name, value)
    if kind == "day":
        return date_format(value, "j F Y")
    if kind in ("amount", "number"):
        return number(value)
    return _value(value)


def _value(value: Any) -> Any:
    """A value without a kind, in words."""
    if value is None or value == "" or value == []:
        return _("not known")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float):
        return number(value)
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return str(value)


# Acts


def _acted(
    request: OfficerRequest,
    row: Lead,
    form: LeadForm | TakeOverForm,
    act: Callable[[], HttpResponse],
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """A form about a lead: shown, or done, or refused with what was typed kept."""
    desk = desk_of(request)
    if not leads.is_open(row, desk.officer, _today(request)):
        return redirect(place_of(row))
    context |= {"lead": row, "line": _line(row, _elections()), "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            return act()
        except signals.Overtaken as refusal:
            row.refresh_from_db()
            form.again(version=row.version)
            context |= {"refusal": refusal, "lead_since": refusal.since}
        except Refusal as refusal:
            context["refusal"] = refusal
    return show(request, template, context)


@desk_page(*READERS)
def tick(request: OfficerRequest, year: int, ordinal: int, place: int) -> HttpResponse:
    """Look at one innocent explanation, and write down what was found of it."""
    desk, row = watcher(request), lead_of(request, year, ordinal)
    each = _explanation(row, place)
    before = {"outcome": each.tick.outcome, "note": each.tick.note} if each.tick else {}
    form = TickForm(request.POST or None, version=row.version, initial=before)

    def act() -> HttpResponse:
        told = form.cleaned_data
        signals.tick(
            row, place, outcome=told["outcome"], note=told["note"], by=desk.officer, at=now(),
            **form.act,
        )  # fmt: skip
        return to_lead(row, "ticked")

    context = {"each": each, "detector": reading.detector_of(row)}
    return _acted(request, row, form, act, "lead_tick", context)


def _explanation(row: Lead, place: int) -> Explanation:
    for each in reading.explanations(row):
        if each.place == place:
            return each
    raise Http404


@desk_page(*READERS)
def dismiss(request: OfficerRequest, year: int, ordinal: int) -> HttpResponse:
    """Put a lead aside, with the reason."""
    desk, row = watcher(request), lead_of(request, year, ordinal)
    form = DismissForm(request.POST or None, version=row.version)

    def act() -> HttpResponse:
        told = form.cleaned_data
        signals.dismiss(
            row, why=told["why"], note=told["note"], by=desk.officer, at=now(), **form.act
        )
        return to_lead(row, "dismissed")

    return _acted(request, row, form, act, "lead_dismiss", {})


@desk_page(*READERS)
def reopen(request: OfficerRequest, year: int, ordinal: int) -> HttpResponse:
    """Take a lead up again that was dismissed or merged."""
    desk, row = watcher(request), lead_of(request, year, ordinal)
    form = ReasonForm(request.POST or None, version=row.version)

    def act() -> HttpResponse:
        signals.reopen(row, note=form.cleaned_data["note"], by=desk.officer, at=now(), **form.act)
        return to_lead(row, "reopened")

    return _acted(request, row, form, act, "lead_reopen", {})


@desk_page(*READERS)
def merge(request: OfficerRequest, year: int, ordinal: int) -> HttpResponse:
    """Let a lead go up in another one on the same matter."""
    desk, row = watcher(request), lead_of(request, year, ordinal)
    wanted = request.GET.get("number", "")
    offered = _offered(request, row, wanted)
    form = MergeForm(request.POST or None, version=row.version, offered=offered)

    def act() -> HttpResponse:
        into = get_object_or_404(Lead.objects.open_to(desk.officer), pk=form.cleaned_data["into"])
        acts.check_both_open(row, into, by=desk, at=now())
        signals.merge(
            row, into, note=form.cleaned_data["note"], by=desk.officer, at=now(), **form.act
        )
        return to_lead(into, "took_up")

    context = {"offered": offered, "wanted": wanted}
    return _acted(request, row, form, act, "lead_merge", context)


def _offered(request: OfficerRequest, row: Lead, wanted: str) -> list[tuple[str, str]]:
    """Leads that wait: the one whose number was typed, and those on the same subject."""
    rows = Lead.objects.open_to(request.officer).filter(state=Lead.State.OPEN).exclude(pk=row.pk)
    named = list(rows.numbered(wanted)) if wanted else []
    like = rows.filter(subject=row.subject).order_by("year", "ordinal")[:MOST_OFFERED]
    found = {each.pk: each for each in (*named, *like)}
    lines = [_line(each, {}) for each in found.values()]
    return [
        (str(each.lead.pk), f"{each.lead.number}: {each.title}. {each.about}") for each in lines
    ]


@desk_page(*READERS)
def take_over(request: OfficerRequest, year: int, ordinal: int) -> HttpResponse:
    """Take a lead over as a supervisor's finding (temuan), which opens a case."""
    desk, row = watcher(request), lead_of(request, year, ordinal)
    on = _today(request)
    offered = course.ways(course.starting_with(desk.organ.kind, on), desk.organ.kind)
    known = {"found_on": on, "kind": "neutrality", "version": row.version,
             "text": leads.summary(row), "region": row.region_code}  # fmt: skip
    initial = known | (leads.person_in(row) if row.personal else {})
    form = TakeOverForm(request.POST or None, ways=offered, initial=initial)

    def act() -> HttpResponse:
        case = finding_acts.fix_finding(
            form.told(row.number),
            people=[form.person()],
            facts=form.facts(),
            by=desk,
            at=now(),
            kind=form.cleaned_data["kind"],
            procedure_id=form.cleaned_data["procedure"] or None,
            reason=form.cleaned_data["reason"],
            province=row.region_code[:2],
            case_id=form.cleaned_data["once"],
        )
        return to_case(case, "finding")

    context: dict[str, Any] = {}
    if request.method != "POST":
        try:
            acts.check_may_take(row, desk, now())
        except Refusal as refusal:
            context = {"refusal": refusal, "cannot": True}
    return _acted(request, row, form, act, "lead_take", context)
