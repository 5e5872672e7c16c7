"""Public persons at the desk: who may be meant by a name, careers, and who held a post.

Whatever shows a person needs the number of a case or a lead and is an entry of the log. Nothing of
a case, a report or an allegation is ever shown here: these pages know the loaded lists and nothing
else. Who or what was chosen travels in the body: keys of rows hold names, and addresses are kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpResponse

from timbang.accounts.access import OfficerRequest
from timbang.cases.actions.looking_up import check_purpose, look_up_public
from timbang.cases.forms.people import CareerForm, PeopleForm, PostForm, PostsForm
from timbang.cases.models import LookUp
from timbang.cases.permission import READERS
from timbang.cases.vault import Desk
from timbang.cases.views.desk import desk_of, desk_page, now, show
from timbang.law.refusal import Refusal
from timbang.registry import careers, people, places, posts, storing, tables
from timbang.registry.names.splitting import UnreadableName

if TYPE_CHECKING:
    from timbang.registry.names.answers import Answer, Hit

Opening = TypeVar("Opening", CareerForm, PostForm)


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
            context["number"] = form.cleaned_data["number"]
    return show(request, "people", context)


@transaction.atomic
def _found(desk: Desk, form: PeopleForm) -> Answer:
    told = form.cleaned_data
    look_up_public(form.words, number=told["number"], by=desk, at=now())
    return people.find(
        settings.PEOPLE / people.EVERYBODY,
        told["name"],
        agency=told["agency"],
        region_code=told["region"],
        birth_year=told["birth_year"],
        post=told["post"],
    )


@desk_page(*READERS)
def career(request: OfficerRequest) -> HttpResponse:
    """The career of a person of the loaded lists, once the case or lead is named."""
    desk = watcher(request)
    form = _opening(CareerForm, request)
    context: dict[str, Any] = {"form": form, "chosen": request.POST.get("person", "")}
    if form.is_valid():
        told = form.cleaned_data
        try:
            found = _career(desk, told["person"], told["number"])
        except Refusal as refusal:
            context["refusal"] = refusal
        else:
            context |= {"career": found, "alike": _alike(found.name)}
    return show(request, "career", context)


@transaction.atomic
def _career(desk: Desk, row_id: str, number: str) -> careers.Career:
    check_purpose(number, desk)
    found = careers.career(_tables(), row_id)
    look_up_public(found.name, number=number, by=desk, at=now(), what=LookUp.What.RECORD)
    return found


def _alike(name: str) -> int | None:
    """How many people of the loaded lists are named so; None where nothing can tell."""
    folder = settings.PEOPLE / people.EVERYBODY
    if people.made(folder) is None:
        return None
    try:
        return people.find(folder, name).alike
    except (UnreadableName, Refusal):
        return None


@desk_page(*READERS, methods=("GET", "HEAD"))
def find_posts(request: OfficerRequest) -> HttpResponse:
    """Look for a post or an agency; no person is shown here."""
    watcher(request)
    form = PostsForm(request.GET if "words" in request.GET else None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        told = form.cleaned_data
        context["found"] = posts.find(_tables(), told["words"], told["region"])
    return show(request, "posts", context)


@desk_page(*READERS)
def post(request: OfficerRequest) -> HttpResponse:
    """Who held a post one after another, once the case or lead is named."""
    desk = watcher(request)
    form = _opening(PostForm, request)
    context: dict[str, Any] = {"form": form, "chosen": request.POST.get("title", "")}
    if form.is_valid():
        try:
            context["post"] = _post(desk, form)
        except Refusal as refusal:
            context["refusal"] = refusal
    return show(request, "post", context)


@transaction.atomic
def _post(desk: Desk, form: PostForm) -> posts.PostHistory:
    number = form.cleaned_data["number"]
    check_purpose(number, desk)
    found = posts.history(_tables(), form.key)
    look_up_public(form.words, number=number, by=desk, at=now(), what=LookUp.What.RECORD)
    return found


def _opening(form: type[Opening], request: OfficerRequest) -> Opening:
    """The form as it was sent; not yet sent where only something was chosen in a search."""
    if "number" in request.POST:
        return form(request.POST)
    return form(initial=request.POST.dict())


def _tables() -> tables.Tables:
    return tables.open_tables(settings.TABLES, engine="duckdb")


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
