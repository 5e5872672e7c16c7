"""Public pages of the law: every norm, procedure and calendar as data, on a day that one chooses.

`?pada=2023-10-01` asks for the law of another day and says what differs from today. A day that
cannot be read is told so on the page itself, which then shows today's law.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from timbang.law import picture
from timbang.law.bilingual import Bilingual
from timbang.law.calendar import Calendar, Holiday, Year
from timbang.law.entries import Catalogue, Event, Norm
from timbang.law.norms import catalogue, library
from timbang.law.procedure import procedures
from timbang.law.vocabulary import AREAS, EFFECTS, INSTRUMENT_KINDS, VERIFICATION
from timbang.law.workdays import WEEKDAYS
from timbang.publication import law_reading, procedure_reading
from timbang.publication.forms import DayForm
from timbang.registry import confirmed


@dataclass(frozen=True)
class Asked:
    """The day that a reader asks about; `given` where it is another one than today.

    `known_on` is the day whose knowledge is asked: what the catalogue said then, before later
    corrections. None for what it says now.
    """

    day: date
    today: date
    form: DayForm
    known_on: date | None = None

    @property
    def given(self) -> bool:
        return self.day != self.today or self.known_on is not None

    @property
    def query(self) -> str:
        days = {"pada": self.day if self.day != self.today else None, "diketahui": self.known_on}
        return urlencode({key: day.isoformat() for key, day in days.items() if day is not None})

    @property
    def laws(self) -> Catalogue:
        return catalogue(known_on=self.known_on)

    @property
    def corrections(self) -> int:
        """On how many days the catalogue was corrected: before each it said something else."""
        return len(library().corrected_on)


def asked_day(request: HttpRequest) -> Asked:
    """The days in the address; today where there is none or where it cannot be read."""
    today = timezone.localdate()
    told = {"pada": request.GET.get("pada") or today.isoformat()}
    form = DayForm({**told, "diketahui": request.GET.get("diketahui", "")})
    form.is_valid()
    read = form.cleaned_data  # what could be read of them
    return Asked(read.get("pada") or today, today, form, read.get("diketahui"))


def _page(request: HttpRequest, template: str, asked: Asked, **told: object) -> HttpResponse:
    page = {"asked": asked, "kept_query": asked.query, **told}
    return render(request, f"publication/law/{template}", page)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All that the catalogue holds, by kind, field and certainty."""
    asked = asked_day(request)
    laws = asked.laws
    held = law_reading.in_force(laws.norms.values(), asked.day)
    return _page(
        request,
        "index.html",
        asked,
        norms=len(held),
        levels=law_reading.by_level(held.values()),
        shelves=law_reading.shelves(laws, asked.day),
        areas=law_reading.areas(laws, asked.day),
        procedures=procedure_reading.overview(asked.day),
        years=[_year_row(year) for year in _calendar_years()],
        conflicts=len(laws.conflicts),
        difference=_difference(laws, asked, None),
        hash=laws.hash,
    )


@require_safe
def instrument(request: HttpRequest, instrument_id: str) -> HttpResponse:
    """One law or decree: its days, what happened to it, its norms."""
    asked = asked_day(request)
    laws = asked.laws
    found = laws.instruments.get(instrument_id)
    if found is None:
        raise Http404
    norms = [norm for norm in laws.norms.values() if norm.instrument.id == instrument_id]
    waiting = [f"{confirmed.NORM}{norm.id}" for norm in norms if not norm.may_propose]
    seen = confirmed.of_items(waiting)
    return _page(
        request,
        "instrument.html",
        asked,
        instrument=found,
        kind=INSTRUMENT_KINDS[found.kind],
        successor=law_reading.successor(found, laws),
        events=[_event(event) for event in found.events],
        rows=[
            {
                **_norm_row(norm, asked.day),
                "confirmed": f"{confirmed.NORM}{norm.id}" in seen,
            }
            for norm in norms
        ],
        in_force=sum(law_reading.is_in_force(norm, asked.day) for norm in norms),
        difference=_difference(laws, asked, instrument_id),
    )


@require_safe
def norm(request: HttpRequest, instrument_id: str, code: str) -> HttpResponse:
    """One rule as it stands on the day: who, what, for whom, when, what follows, how sure."""
    asked = asked_day(request)
    laws = asked.laws
    found = law_reading.find(laws, instrument_id, code, asked.day)
    if found is None:
        raise Http404
    holds = law_reading.is_in_force(found, asked.day)
    others = [] if holds else law_reading.instead_of(found, laws, asked.day)
    present = law_reading.find(laws, instrument_id, code, asked.today)
    told = law_reading.norm_page(found, laws, asked.day)
    item = f"{confirmed.NORM}{found.id}"
    return _page(
        request,
        "norm.html",
        asked,
        norm=found,
        told=told,
        successor=law_reading.successor(found.instrument, laws),
        area=AREAS[found.area],
        effect=EFFECTS[found.effect],
        holds=holds,
        same_as_today=present is found and law_reading.is_in_force(found, asked.today),
        others=[_norm_row(other, asked.day) for other in others],
        versions=[_version(each, asked.day) for each in law_reading.versions(found, laws)],
        corrections=law_reading.corrections(found),
        confirmations=confirmed.of_items([item]).get(item, ()),
        events=[_event(event) for event in told.events],
    )


@require_safe
def procedure(request: HttpRequest, procedure_id: str) -> HttpResponse:
    """One procedure as a lawyer reads it, with its proof."""
    asked = asked_day(request)
    found = procedures().get(procedure_id)
    if found is None:
        raise Http404
    return _page(
        request,
        "procedure.html",
        asked,
        procedure=found,
        told=procedure_reading.procedure_page(found),
        open_then=found.is_open_on(asked.day),
        open_now=found.is_open_on(asked.today),
        instead=procedure_reading.instead_of(found, asked.day),
    )


@require_safe
def procedure_proof(request: HttpRequest, procedure_id: str) -> HttpResponse:
    """The proof as it is published with this version, for programs."""
    found = procedures().get(procedure_id)
    if found is None:
        raise Http404
    options = {"ensure_ascii": False, "indent": 2}
    return JsonResponse(procedure_reading.prove(found.id).as_json(), json_dumps_params=options)


@require_safe
def procedure_picture(request: HttpRequest, procedure_id: str) -> HttpResponse:
    """The procedure as a drawing, in the language of the address."""
    found = procedures().get(procedure_id)
    if found is None:
        raise Http404
    drawing = picture.svg(found, "en" if get_language() == "en" else "id")
    return HttpResponse(drawing, content_type="image/svg+xml; charset=utf-8")


@require_safe
def calendar(request: HttpRequest, year: int) -> HttpResponse:
    """The holidays of a year, each with its source; and what the chosen day is."""
    asked, calendars = asked_day(request), Calendar.load()
    found = calendars.years.get(year)
    if found is None:
        raise Http404
    return _page(
        request,
        "calendar.html",
        asked,
        year=found,
        level=VERIFICATION[found.level],
        rows=[_holiday_row(each) for each in found.days],
        others=[each.year for each in _calendar_years() if each.year != year],
        that_day=_what_is(asked.day, calendars),
    )


@require_safe
def conflicts(request: HttpRequest) -> HttpResponse:
    """Where sources disagree: the claims, the reading that was chosen, and why."""
    asked, laws = asked_day(request), catalogue()
    held = law_reading.in_force(laws.norms.values(), asked.day).values()
    rows = [
        {
            "code": doubt.code,
            "conflict": doubt.conflict,
            "claims": [
                {"says": claim.says, "sources": claim.sources, "level": VERIFICATION[claim.level]}
                for claim in doubt.claims
            ],
            "touches": [norm for norm in held if doubt.code in norm.doubts_possible],
        }
        for doubt in laws.conflicts
    ]
    return _page(request, "conflicts.html", asked, rows=rows)


# --- rows -----------------------------------------------------------------------------------------


def _difference(
    laws: Catalogue, asked: Asked, instrument_id: str | None
) -> law_reading.Difference | None:
    if not asked.given:
        return None
    norms = [
        norm
        for norm in laws.norms.values()
        if instrument_id is None or norm.instrument.id == instrument_id
    ]
    return law_reading.difference(laws, norms, asked.day, asked.today)


def _norm_row(norm: Norm, day: date) -> dict[str, object]:
    return {
        "norm": norm,
        "place": law_reading.place(norm.at),
        "effect": EFFECTS[norm.effect],
        "level": VERIFICATION[norm.level],
        "holds": law_reading.is_in_force(norm, day),
    }


def _version(norm: Norm, day: date) -> dict[str, object]:
    return {"norm": norm, "holds": law_reading.is_in_force(norm, day)}


def _event(event: Event) -> dict[str, object]:
    level = VERIFICATION[event.level]
    return {"event": event, "level": level}


def _calendar_years() -> list[Year]:
    return sorted(Calendar.load().years.values(), key=lambda year: year.year)


def _year_row(year: Year) -> dict[str, object]:
    return {"year": year, "settled": all(year.confirmed.values())}


def _holiday_row(holiday: Holiday) -> dict[str, object]:
    return {
        "holiday": holiday,
        "weekday": WEEKDAYS[holiday.day.weekday()],
        "is_leave": holiday.kind == "joint_leave",
    }


_WORKDAY = Bilingual("hari kerja", "a working day")
_WEEKEND = Bilingual("akhir pekan", "a weekend")


def _what_is(day: date, calendars: Calendar) -> dict[str, object]:
    """What the chosen day is, by the calendar of its own year; unknown without one."""
    holiday = calendars.holidays.get(day)
    plain = _WEEKEND if day.weekday() >= 5 else _WORKDAY
    return {
        "known": day.year in calendars.years,
        "weekday": WEEKDAYS[day.weekday()],
        "holiday": holiday,
        "plain": plain,
        "sure": calendars.confirmed(day, "skipped"),
    }
