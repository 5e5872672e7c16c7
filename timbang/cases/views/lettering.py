"""Letters: make one, take it as an editable copy, make it again, and how they are numbered."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from timbang.accounts.access import OfficerRequest
from timbang.cases import accused_door, checking, composing, course, docx, numbering, vault
from timbang.cases.actions import Seen, doors, lettering
from timbang.cases.drafting import Cover
from timbang.cases.files import download
from timbang.cases.forms.writing import LetterForm, NumberFormatForm
from timbang.cases.models import Accused, Case, DocumentKind, LetterCount
from timbang.cases.permission import CASE_READERS, CASEWORK, case_for, document_for
from timbang.cases.vault import Desk
from timbang.cases.views.desk import desk_of, desk_page, done_or_said, now, show, to_case
from timbang.cases.views.documents import basis_of, check_letter
from timbang.law import letters
from timbang.law.letter_forms import SUMMONSES, Kind


@desk_page(*CASEWORK)
def letter(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Make a letter of one kind as PDF, numbered and sealed as a document of the case."""
    case = case_for(request.officer, case_id)
    desk, kind = desk_of(request), _kind(request)
    form = _form(request, case, desk, kind)
    context: dict[str, Any] = {
        "case": case,
        "form": form,
        "kinds": LetterForm.offered(clears=course.may_clear(case)),
        "chosen": kind.value,
        "next_number": _next_number(desk, kind),
    }

    def act() -> HttpResponse:
        cover = form.cover()
        made = _composed(request, case, cover, desk, form)
        lettering.make_letter(
            case,
            made,
            language=cover.language,
            host=_public_host(request),
            clears=_cleared(case, cover),
            seen=form.seen,
            by=desk,
            at=now(),
        )
        return to_case(case, "letter")

    return done_or_said(request, form, act, "letter", context)


def _cleared(case: Case, cover: Cover) -> Accused | None:
    """The one whom this letter clears, if it is one that clears."""
    people = list(Accused.objects.filter(case=case).order_by("position"))
    if cover.kind != Kind.CLOSING_NOT_PROVEN or len(cover.about) != 1:
        return None
    [place] = cover.about
    return people[place] if place < len(people) else None


def _kind(request: OfficerRequest) -> Kind:
    """The kind that was chosen or sent; a study where none was."""
    told = request.POST.get("kind") or request.GET.get("jenis", "")
    return next((kind for kind in Kind if kind.value == told), Kind.STUDY)


def _form(request: OfficerRequest, case: Case, desk: Desk, kind: Kind) -> LetterForm:
    initial = {
        "dated_on": course.today(desk.organ, now()),
        "to_agency": "" if case.holder_id == desk.organ.pk else case.holder.name,
    }
    return LetterForm(
        request.POST or None,
        kind=kind,
        people=basis_of(case, desk).people,
        clears=course.may_clear(case),
        by_hand=not lettering.pattern_of(desk.organ),
        initial=initial,
    )


def _next_number(desk: Desk, kind: Kind) -> str:
    """The number that the letter would get now; empty where numbers are typed by hand."""
    pattern, on = lettering.pattern_of(desk.organ), course.today(desk.organ, now())
    if not pattern:
        return ""
    count = LetterCount.objects.filter(organ=desk.organ, kind=kind, year=on.year).first()
    place = (count.last if count else 0) + 1
    return numbering.number(pattern, place=place, kind=kind, organ=desk.organ.code, on=on)


def _composed(
    request: OfficerRequest, case: Case, cover: Cover, desk: Desk, form: LetterForm
) -> letters.Letter:
    on = course.today(desk.organ, now())
    wanted = cover.kind in SUMMONSES and form.cleaned_data.get("with_door")
    notice = _notice(request, case, cover, desk, form) if wanted else None
    return composing.compose(case, cover, desk, basis=basis_of(case, desk), on=on, notice=notice)


def _notice(
    request: OfficerRequest, case: Case, cover: Cover, desk: Desk, form: LetterForm
) -> accused_door.Notice:
    """The receipt of the one whom the summons is for; his door is opened with it."""
    people = list(Accused.objects.filter(case=case).order_by("position"))
    place = next(iter(cover.about), 0)
    seen = Seen(None, uuid5(form.seen.once, "door"))
    given = doors.open_door(people[place], seen=seen, by=desk, at=now())
    return accused_door.notice(given.secret, host=_intake_host(request), language=cover.language)


def _public_host(request: OfficerRequest) -> str:
    return settings.PUBLIC_URL or request.build_absolute_uri("/")


def _intake_host(request: OfficerRequest) -> str:
    return settings.INTAKE_URL or request.build_absolute_uri("/")


@desk_page(*CASE_READERS, methods=("GET", "HEAD"))
def editable(request: OfficerRequest, case_id: UUID, document_id: UUID) -> HttpResponse:
    """The same letter as a file for a word processor."""
    body, row = _kept(request, case_id, document_id)
    made = body["made"]
    data = docx.render(letters.from_json(made["from"]), language=made["language"])
    return download(data, name=f"{body['title']} {row.case.number}.docx", media_type=docx.MEDIA)


@desk_page(*CASE_READERS, methods=("GET", "HEAD"))
def again(request: OfficerRequest, case_id: UUID, document_id: UUID) -> HttpResponse:
    """What is known of a letter, and whether it can be made again with the same bytes."""
    body, row = _kept(request, case_id, document_id)
    found = lettering.make_again(body)
    context = {"case": row.case, "row": row, "body": body, "found": found}
    return show(request, "letter_again", context | {"check": _check_page(body)})


def _check_page(body: dict[str, Any]) -> str:
    """Where anyone checks this letter, as this installation is reached now."""
    code = str(body["made"]["from"]["check"]["url"]).rstrip("/").rsplit("/", 1)[1]
    return checking.address(settings.PUBLIC_URL, code)


def _kept(request: OfficerRequest, case_id: UUID, document_id: UUID) -> tuple[dict[str, Any], Any]:
    """A letter with what it was made of; one that was kept without that has no such page."""
    row = document_for(request.officer, case_id, document_id)
    body = vault.open_document(row, desk_of(request)) or {}
    if row.kind != DocumentKind.LETTER or "made" not in body:
        raise Http404
    check_letter(request.officer, row.case, body)
    return body, row


@desk_page("administrator", "decision_maker")
def numbers(request: OfficerRequest) -> HttpResponse:
    """How the letters of the own office are numbered, and how far they are counted."""
    organ = request.officer.organ
    pattern = lettering.pattern_of(organ)
    form = NumberFormatForm(request.POST or None, initial={"pattern": pattern})
    setter = request.officer.has_role(lettering.SETTER)
    context: dict[str, Any] = {
        "form": form if setter else None,
        "pattern": pattern,
        "counts": _counts(request),
        "kinds": [(numbering.CODES[kind], label) for kind, label in LetterForm.KINDS],
        "done_here": request.GET.get("done") == "numbers",
    }
    if request.method == "POST" and setter and form.is_valid():
        by = Desk(request.officer, b"")
        lettering.set_format(form.cleaned_data["pattern"], by=by, at=now())
        return redirect(f"{reverse('cases:numbers')}?done=numbers")
    return show(request, "letter_numbers", context)


def _counts(request: OfficerRequest) -> list[tuple[Any, int, int]]:
    """How many numbers of each kind were given in each year, the newest year first."""
    labels = dict(LetterForm.KINDS)
    rows = LetterCount.objects.filter(organ=request.officer.organ).order_by("-year", "kind")
    return [(labels.get(Kind(row.kind), row.kind), row.year, row.last) for row in rows]
