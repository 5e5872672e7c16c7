"""Public persons at the desk: who may be meant by a name.

It needs the number of a case or a lead and is an entry of the log. Nothing of a case, a report or
an allegation is ever shown here: this page knows the loaded lists and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpResponse

from timbang.accounts.access import OfficerRequest
from timbang.cases.actions.looking_up import look_up
from timbang.cases.forms.people import PeopleForm
from timbang.cases.permission import READERS
from timbang.cases.vault import Desk
from timbang.cases.views.desk import desk_of, desk_page, now, show
from timbang.law.refusal import Refusal
from timbang.registry import people, places, storing
from timbang.registry.names.searching import Answer, Hit
from timbang.registry.names.splitting import UnreadableName


@dataclass(frozen=True, slots=True)
class Line:
    """One person who may be meant, as the page shows him; `percent` is his part of the chance."""

    hit: Hit
    percent: int
    agency: str
    region: str


def watcher(request: OfficerRequest) -> Desk:
    """The officer at work, if his office watches; for all others the page does not exist."""
    if not request.officer.watches:
        raise Http404
    return desk_of(request)


@desk_page(*READERS)
def search(request: OfficerRequest) -> HttpResponse:
    """Look for a person among the loaded lists; the answer always has the number named alike."""
    desk = watcher(request)
    made = people.made(settings.PEOPLE / people.EVERYBODY)
    newest = storing.Store(settings.TABLES).newest()
    form = PeopleForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "made": made, "newer": made and newest > made.version}
    if made and request.method == "POST" and form.is_valid():
        try:
            answer = _found(desk, form)
        except UnreadableName as problem:
            form.add_error("name", str(problem))
        except Refusal as refusal:
            context["refusal"] = refusal
        else:
            context |= {"answer": answer, "lines": lines(answer), "outside": part(answer.outside)}
    return show(request, "people", context)


@transaction.atomic
def _found(desk: Desk, form: PeopleForm) -> Answer:
    told = form.cleaned_data
    look_up(form.words, number=told["number"], by=desk, at=now())
    return people.find(
        settings.PEOPLE / people.EVERYBODY,
        told["name"],
        agency=told["agency"],
        region_code=told["region"],
        birth_year=told["birth_year"],
        post=told["post"],
    )


def lines(answer: Answer) -> list[Line]:
    """The people who may be meant, the likeliest first."""
    return [
        Line(
            hit,
            part(hit.certainty),
            hit.person.agency_name or hit.person.agency_code,
            places.codes().get(hit.person.region_code, hit.person.region_code),
        )
        for hit in answer.hits
    ]


def part(chance: float) -> int:
    """A chance in whole percent; never 100, for no name proves who somebody is."""
    return min(99, round(100 * chance))
