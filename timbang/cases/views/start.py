"""The first page of the desk: what waits for me, and the lists that I keep."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language

from timbang.accounts.access import OfficerRequest, home
from timbang.accounts.codes import POLICY_PATH, ROLES
from timbang.cases import errands, lists, my_day, reading
from timbang.cases.actions.own_terms import SETTERS
from timbang.cases.course import today
from timbang.cases.forms.my_day import DUE, WHOSE, WishForm
from timbang.cases.lists import Filters
from timbang.cases.models import Case, SavedFilter
from timbang.cases.my_day import FREE, MINE, Wish
from timbang.cases.permission import CARRIERS, CASE_READERS, READERS, may
from timbang.cases.reading import CaseLine
from timbang.cases.vault import Desk
from timbang.cases.views.desk import desk_of, desk_page, now, show
from timbang.law import procedure as law
from timbang.law.bilingual import Bilingual
from timbang.law.vocabulary import REPORT_KINDS

# How many of each sort the first page shows; the rest is a list of its own.
FIRST = 25
FEW = 5
MOST_FILTERS = 20


@dataclass(frozen=True, slots=True)
class DayLine:
    """A case in the list of the day: what may be done next, and where its last day comes from."""

    line: CaseLine
    next: list[Bilingual]
    why: list[Bilingual]


@desk_page(*ROLES, methods=("GET", "HEAD"))
def start(request: OfficerRequest) -> HttpResponse:
    """What waits for this officer; who opens no content is told so and shown his own pages, and
    who works on policy is led to those."""
    if request.officer.works_on_policy:
        return redirect(home() + POLICY_PATH)
    if not may(request.officer, *CASE_READERS):
        sets = may(request.officer, *SETTERS) and not request.officer.serves_policy
        return show(request, "start_without_content", {"sets": sets})
    desk = desk_of(request)
    on = today(desk.organ, now())
    after = request.GET.get("after", "")
    context: dict[str, Any] = {"today": on, "saved": saved(desk)}
    form = WishForm(request.GET, steps=steps_of(desk.organ.kind)) if request.GET else None
    if form is not None and (form.wish != Wish() or after):
        context |= {"form": form} | _one_list(desk, form.wish, after, on)
        return show(request, "start_list", context)
    context["empty_form"] = _empty_form(desk.organ.kind, get_language() or "")
    return show(request, "start", context | _everything(desk, on))


@lru_cache(maxsize=64)
def _empty_form(kind: str, _language: str) -> SafeString:
    """The form in which nothing is chosen: its hundred choices are those of a kind of office."""
    form = WishForm(steps=steps_of(kind))
    words = get_template("cases/wish_form.html").render({"form": form})
    return mark_safe(words)  # noqa: S308 - from a template that escapes


def _everything(desk: Desk, on: date) -> dict[str, Any]:
    his = my_day.given_to(desk.officer, on)
    mine = lists.waiting(desk.officer, only=Filters(where=his), most=FIRST)
    free = lists.waiting(desk.officer, only=Wish(whose=FREE).filters(desk.officer, on), most=FIRST)
    # Both are opened in one go: what one question answers is not asked twice.
    lines = day_lines((*mine.rows, *free.rows), desk, on)
    given = {case.pk for case in mine.rows}
    context: dict[str, Any] = {
        "mine": [found for found in lines if found.line.case.pk in given],
        "more_mine": address(Wish(whose=MINE), mine.after) if mine.after else "",
        "free": [found for found in lines if found.line.case.pk not in given],
        "more_free": address(Wish(whose=FREE), free.after) if free.after else "",
        "to_take_on": my_day.to_take_on(desk.officer),
        "votes": my_day.votes(desk.officer),
        "answers": my_day.from_the_reported(desk.officer),
        "hearings": my_day.hearings(
            desk.officer, his | my_day.given_to_nobody(), first=on, last=on
        ),
        "opens_reports": may(desk.officer, *READERS),
        "errands": errands.to_do(desk.officer, on, most=FEW)[0]
        if may(desk.officer, *CARRIERS)
        else [],
    }
    if context["opens_reports"]:
        unproven = lists.unproven(desk.officer, most=my_day.MOST)
        came = lists.reports(desk.organ, on=on, most=FIRST)
        context |= {
            "reports": reading.report_lines(came.rows, desk, on=on),
            "more_reports": bool(came.after),
            "to_send": [row for row in unproven if row.sent_on is None],
            "to_prove": [row for row in unproven if row.sent_on is not None],
            "elsewhere": reading.lapsed_elsewhere(desk.officer),
        }
    return context


def _one_list(desk: Desk, wish: Wish, after: str, on: date) -> dict[str, Any]:
    page = lists.waiting(desk.officer, only=wish.filters(desk.officer, on), after=after)
    kept = SavedFilter.objects.filter(officer=desk.officer, **asdict(wish)).first()
    return {
        "lines": day_lines(page.rows, desk, on),
        "more": address(wish, page.after) if page.after else "",
        "name": name_of(wish),
        "wish": wish,
        "kept": kept,
    }


def day_lines(rows: tuple[Case, ...], desk: Desk, on: date) -> list[DayLine]:
    """Cases opened for the list, each with what this officer does next."""
    pending = my_day.pending(rows, desk.officer)
    return [
        DayLine(
            line=line,
            next=my_day.next_of(line.case, desk.officer, pending=line.case.pk in pending),
            why=my_day.why_then(line.term.term) if line.term else [],
        )
        for line in reading.case_lines(rows, desk, on=on)
    ]


def steps_of(kind: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Where cases can wait for an office of this kind: the steps of each procedure at which it
    acts."""
    found = []
    for procedure in law.of_cases().values():
        steps = [
            (f"{procedure.id}/{step.code}", str(step.title))
            for step in procedure.steps
            if step.actor == kind or kind in step.recorders
        ]
        if steps:
            found.append((str(procedure.title), steps))
    return found


def address(wish: Wish, after: str = "") -> str:
    """The list of a wish; codes only, so that it may stand in an address."""
    told = {name: value for name, value in asdict(wish).items() if value}
    told.pop("procedure", None)
    told.pop("step", None)
    if wish.procedure:
        told["at"] = f"{wish.procedure}/{wish.step}"
    if after:
        told["after"] = after
    return f"{reverse('cases:start')}?{urlencode(told)}"


def name_of(wish: Wish) -> str:
    """What a filter is called: its codes in words."""
    parts = [str(dict(WHOSE)[wish.whose])]
    if wish.due:
        parts.append(str(dict(DUE)[wish.due]))
    if wish.kind in REPORT_KINDS:
        parts.append(str(REPORT_KINDS[wish.kind]))
    rules = law.procedures().get(wish.procedure)
    if rules is not None and rules.has(wish.step):
        parts.append(str(rules.step(wish.step).title))
    return capfirst(" · ".join(parts))


def saved(desk: Desk) -> list[tuple[SavedFilter, str, str]]:
    """The filters that this officer keeps, each with its name and its address."""
    rows = SavedFilter.objects.filter(officer=desk.officer)
    return [(row, name_of(wish_of(row)), address(wish_of(row))) for row in rows[:MOST_FILTERS]]


def wish_of(row: SavedFilter) -> Wish:
    """A filter as it was kept."""
    return Wish(row.whose, row.due, row.kind, row.procedure, row.step)
