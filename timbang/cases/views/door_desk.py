"""The desk's side of the accused's door: open it, show him what is his, read what he sent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from timbang.accounts.access import OfficerRequest
from timbang.cases import accused_door, course, door_desk, door_vault, vault
from timbang.cases.actions import Desk, doors
from timbang.cases.door_desk import Offer, Received
from timbang.cases.forms.door import ShowForm, TakeForm
from timbang.cases.forms.fields import ActForm
from timbang.cases.models import Accused, Door, DoorFile, DoorItem, DoorMessage
from timbang.cases.permission import CASE_READERS, CASEWORK, accused_for, may
from timbang.cases.views.desk import desk_of, desk_page, done_or_said, now, show

WORDS = "words"


def _accused(request: OfficerRequest, case_id: UUID, accused_id: UUID) -> Accused:
    row = accused_for(request.officer, case_id, accused_id)
    if not door_desk.reads(row.case, request.officer):
        raise Http404
    return row


def _door(accused: Accused) -> Door:
    found = Door.objects.filter(accused=accused).select_related("case__procedure").first()
    if found is None:
        raise Http404
    return found


def _label(offer: Offer) -> str:
    words = {
        DoorItem.Kind.SUSPICION: _("What he is suspected of: facts and norms of %(day)s"),
        DoorItem.Kind.MINUTES: _("Minutes of his hearing, closed on %(day)s"),
        DoorItem.Kind.REASONS: _("Reasons of the decision delivered on %(day)s"),
    }[offer.kind]
    told = words % {"day": date_format(offer.day, "j F Y") if offer.day else ""}
    return f"{told} ({_('he sees it already')})" if offer.shown else told


@desk_page(*CASE_READERS)
def door(request: OfficerRequest, case_id: UUID, accused_id: UUID) -> HttpResponse:
    """What he is shown and what he sent; a form to show him more."""
    accused = _accused(request, case_id, accused_id)
    case, desk = accused.case, desk_of(request)
    key = vault.case_key(case, desk)
    found = Door.objects.filter(accused=accused).select_related("case__procedure").first()
    person = vault.open_person(key, accused)
    acts = may(request.officer, *CASEWORK)
    context: dict[str, Any] = {"case": case, "accused": accused, "person": person, "acts": acts}
    if found is None:
        form: ActForm = ActForm(case=case)
        return show(request, "door", context | {"form": form, "door": None})
    door_key = door_vault.key_for_case(found, key)
    offers = door_desk.offers(accused, desk, on=course.today(desk.organ, now())) if acts else []
    form = ShowForm(
        request.POST or None, case=case, offered=[(one.code, _label(one)) for one in offers]
    )
    context |= {
        "door": found,
        "items": found.items.select_related("shown_by").order_by("-position"),
        "sent": door_desk.received(found, door_key, person),
        "form": form,
    }

    def act() -> HttpResponse:
        chosen, note = form.cleaned_data["items"], form.cleaned_data["note"]
        doors.show_items(found, chosen, note=note, seen=form.seen, by=desk, at=now())
        return redirect(f"{_at(accused)}?done=door_shown")

    return done_or_said(request, form, act, "door", context, case=case)


def _at(accused: Accused) -> str:
    return reverse("cases:door", args=[accused.case_id, accused.pk])


@desk_page(*CASEWORK)
def receipt(request: OfficerRequest, case_id: UUID, accused_id: UUID) -> HttpResponse:
    """Open the door, or print its receipt once more: what to hand to him."""
    accused = _accused(request, case_id, accused_id)
    desk = desk_of(request)
    form = ActForm(request.POST or None, case=accused.case)

    def act() -> HttpResponse:
        given = doors.open_door(accused, seen=form.seen, by=desk, at=now())
        return _printed(request, accused, given, desk)

    return done_or_said(request, form, act, "door_act", _context(accused, desk, form, "open"))


@desk_page(*CASEWORK)
def renew(request: OfficerRequest, case_id: UUID, accused_id: UUID) -> HttpResponse:
    """Give a new receipt to one who lost his; the old one opens nothing any more."""
    accused = _accused(request, case_id, accused_id)
    found, desk = _door(accused), desk_of(request)
    form = ActForm(request.POST or None, case=accused.case)

    def act() -> HttpResponse:
        given = doors.renew_door(found, seen=form.seen, by=desk, at=now())
        return _printed(request, accused, given, desk)

    return done_or_said(request, form, act, "door_act", _context(accused, desk, form, "renew"))


def _context(accused: Accused, desk: Desk, form: ActForm, what: str) -> dict[str, Any]:
    person = vault.open_person(vault.case_key(accused.case, desk), accused)
    return {"case": accused.case, "accused": accused, "person": person, "form": form, "what": what}


def _printed(
    request: OfficerRequest, accused: Accused, given: doors.Given, desk: Desk
) -> HttpResponse:
    told = accused_door.notice(given.secret, host=settings.INTAKE_URL or _host(request))
    person = vault.open_person(vault.case_key(accused.case, desk), accused)
    context = {"case": accused.case, "accused": accused, "person": person, "notice": told}
    return show(request, "door_receipt", context)


def _host(request: OfficerRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


@desk_page(*CASE_READERS)
def message(
    request: OfficerRequest, case_id: UUID, accused_id: UUID, message_id: UUID
) -> HttpResponse:
    """One message of his: read it, and take it or its files among the evidence."""
    accused = _accused(request, case_id, accused_id)
    desk, found = desk_of(request), _door(accused)
    row = DoorMessage.objects.filter(door=found, pk=message_id).first()
    if row is None:
        raise Http404
    key = door_vault.key_for_case(found, vault.case_key(accused.case, desk))
    one = next(
        each for each in door_desk.received(found, key, vault.Person()) if each.row.pk == row.pk
    )
    form = TakeForm(request.POST or None, case=accused.case, offered=list(_to_take(one)))
    context = _context(accused, desk, form, "take") | {
        "one": one,
        "acts": may(request.officer, *CASEWORK),
        "takes": accused.case.ended_on is None and bool(list(_to_take(one))),
    }

    def act() -> HttpResponse:
        _take(row, form, desk)
        return redirect(f"{_at(accused)}?done=exhibit")

    return done_or_said(request, form, act, "door_message", context, case=accused.case)


def _to_take(one: Received) -> list[tuple[str, str]]:
    """What of a message does not stand among the evidence yet."""
    offered = [(WORDS, _("What he wrote, word for word"))]
    if one.row.exhibit_id is not None or not one.text.strip():
        offered = []
    return offered + [
        (str(file.id), file.about.name) for file in one.files if file.id not in one.taken
    ]


def _take(row: DoorMessage, form: TakeForm, desk: Desk) -> None:
    what, title = form.cleaned_data["what"], form.cleaned_data["title"]
    if what == WORDS:
        doors.take_words(row, title=title, seen=form.seen, by=desk, at=now())
        return
    file = DoorFile.objects.select_related("message__door__case").get(message=row, pk=what)
    doors.take_file(file, title=title, seen=form.seen, by=desk, at=now())


@desk_page(*CASEWORK, methods=("POST",))
def read(
    request: OfficerRequest, case_id: UUID, accused_id: UUID, message_id: UUID
) -> HttpResponse:
    """Take note of a message; he sees that it was read."""
    accused = _accused(request, case_id, accused_id)
    row = DoorMessage.objects.filter(door=_door(accused), pk=message_id).first()
    if row is None:
        raise Http404
    desk, form = desk_of(request), ActForm(request.POST, case=accused.case)

    def act() -> HttpResponse:
        doors.read_message(row, seen=form.seen, by=desk, at=now())
        return redirect(f"{_at(accused)}?done=door_read")

    context = _context(accused, desk, form, "read")
    return done_or_said(request, form, act, "door_act", context, case=accused.case)
