"""Exchange records at the desk: the list, one record, entering, correcting, withdrawing.

The list names nobody. A record's own page does, and is opened like a career: for a case or a lead,
and on the record, unless the officer wrote the record himself.

Names and numbers of people never travel in an address: filters, searches and what the look-up gave
are sent in the body. Looking somebody up, or searching by words, names a case or a lead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _

from timbang.accounts.access import OfficerRequest
from timbang.cases.actions.looking_up import check_purpose, look_up_public
from timbang.cases.course import today
from timbang.cases.forms.exchanges import PEOPLE, ExchangeForm, ListForm, WithdrawForm
from timbang.cases.forms.people import RecordForm
from timbang.cases.models import LookUp
from timbang.cases.permission import READERS
from timbang.cases.vault import Desk
from timbang.cases.views.desk import desk_page, now, show
from timbang.cases.views.people import Line, lines, watcher
from timbang.law.refusal import Refusal
from timbang.registry import actions, desk_rows, exchange, people, places, reading_exchanges
from timbang.registry.actions import Unfit
from timbang.registry.exchange import Exchange
from timbang.registry.exchange_entry import CONFIDENTIAL
from timbang.registry.models import ExchangeRecord
from timbang.registry.names.splitting import UnreadableName
from timbang.registry.reading_exchanges import Wanted

DONE = {
    "recorded": _("The record is entered."),
    "corrected": _("The record is corrected; what it said before stays below."),
    "withdrawn": _("The record is withdrawn; it counts no more and stays readable."),
}
_CODES: Final[Mapping[str, Mapping[str, Any]]] = {
    "kind": exchange.KINDS,
    "receiver_role": exchange.RECEIVERS,
    "money": exchange.MONEY,
    "confidence": exchange.CONFIDENCE,
}
# What an officer opened since he logged in, so that he can go on to correct or withdraw it.
_OPENED: Final = "exchanges_opened"
_MOST_OPENED: Final = 100
_HELD: Final = _("A confidential statement, held by the office that entered the record.")


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as a page tells it: codes in words, links where an address can hold the number."""

    told: Exchange
    place: str
    kind: Any
    money: Any
    role: Any
    confidence: Any
    region: str
    region_written: str
    source: str
    from_desk: bool
    confidential: bool


def shown(row: Mapping[str, Any]) -> Shown:
    """Words for the codes of a row of the table."""
    told = reading_exchanges.from_row(row)
    region = told.region_code or ""
    from_desk = row["source"] == desk_rows.SOURCE
    return Shown(
        told=told,
        place=place_of(told.exchange_id),
        kind=exchange.KINDS.get(told.kind, told.kind),
        money=exchange.MONEY.get(told.money, told.money),
        role=exchange.RECEIVERS.get(told.receiver_role or "", told.receiver_role),
        confidence=exchange.CONFIDENCE.get(told.confidence, told.confidence),
        region=f"{places.codes()[region]} ({region})" if region in places.codes() else region,
        region_written=row.get("region_written") or "",
        source="" if from_desk else f"{row['source']} · {row['file']}:{row['line']}",
        from_desk=from_desk,
        confidential=told.evidence == CONFIDENTIAL,
    )


def place_of(exchange_id: str | None) -> str:
    """The address of a record's page; "" where its number cannot stand in one."""
    try:
        return reverse("cases:exchange", args=[exchange_id]) if exchange_id else ""
    except NoReverseMatch:
        return ""


# The list


@desk_page(*READERS)
def listed(request: OfficerRequest) -> HttpResponse:
    """All records, the newest first, narrowed and searched; as they are or were known."""
    desk = watcher(request)
    form = ListForm(request.POST if request.method == "POST" else {})
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        try:
            context |= _found(desk, form)
        except Refusal as refusal:
            context["refusal"] = refusal
    return show(request, "exchanges", context)


@transaction.atomic
def _found(desk: Desk, form: ListForm) -> dict[str, Any]:
    told, wanted = form.cleaned_data, form.wanted()
    if wanted.words:
        look_up_public(wanted.words, number=told["number"], by=desk, at=now())
    number = told["page"] or 1
    door = reading_exchanges.opened(known_on=told["known_on"])
    page = reading_exchanges.page(door, wanted, number=number)
    return {
        "lines": [shown(row) for row in page.rows],
        "number": number,
        "next": number + 1 if page.more else None,
        "before": number - 1,
        "narrowed": wanted != Wanted() or told["known_on"],
        "known_on": told["known_on"],
    }


# One record


@desk_page(*READERS)
def one(request: OfficerRequest, exchange_id: str) -> HttpResponse:
    """One record with both legs and, of the desk's own, everything that it ever said.

    Who did not write it names a case or a lead, and the opening is an entry in the log.
    """
    desk = watcher(request)
    record = ExchangeRecord.objects.select_related("organ").filter(number=exchange_id).first()
    if _wrote(request, record):
        return show(request, "exchange", _told(request, exchange_id, record))
    form = RecordForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "exchange_id": exchange_id}
    if form.is_valid():
        try:
            context |= _opened(request, desk, exchange_id, record, form.cleaned_data["number"])
        except Refusal as refusal:
            context["refusal"] = refusal
        else:
            return show(request, "exchange", context)
    elif record is None and reading_exchanges.one(reading_exchanges.opened(), exchange_id) is None:
        raise Http404
    return show(request, "exchange_open", context)


@transaction.atomic
def _opened(
    request: OfficerRequest,
    desk: Desk,
    exchange_id: str,
    record: ExchangeRecord | None,
    number: str,
) -> dict[str, Any]:
    check_purpose(number, desk)
    told = _told(request, exchange_id, record)
    look_up_public(exchange_id, number=number, by=desk, at=now(), what=LookUp.What.RECORD)
    opened = [each for each in request.session.get(_OPENED, []) if each != exchange_id]
    request.session[_OPENED] = [*opened, exchange_id][-_MOST_OPENED:]
    return told


def _wrote(request: OfficerRequest, record: ExchangeRecord | None) -> bool:
    """Whether this officer knows the record already: he entered, corrected or withdrew it."""
    if record is None:
        return False
    return reading_exchanges.written_by(record, request.officer)


def _told(
    request: OfficerRequest, exchange_id: str, record: ExchangeRecord | None
) -> dict[str, Any]:
    states = reading_exchanges.history(record) if record else []
    if record is not None:
        told = reading_exchanges.exchange_of(states[0]).as_row()
        row = told | {"source": desk_rows.SOURCE, "file": "", "line": None}
    else:
        found = reading_exchanges.one(reading_exchanges.opened(), exchange_id)
        if found is None:
            raise Http404
        row = found
    return {
        "line": shown(row),
        "record": record,
        "states": [(state, _differences(state, before)) for state, before in _pairs(states)],
        "returned_by": _leg(row["returned_by"]),
        "returns": _leg(row["returns"]),
        "ours": record is not None and record.organ_id == request.officer.organ_id,
        "done_here": DONE.get(request.GET.get("done", "")),
    }


def _unopened(request: OfficerRequest, record: ExchangeRecord) -> HttpResponse | None:
    """The page that asks for the case or lead, for who neither wrote nor opened this record."""
    if record.number in request.session.get(_OPENED, []) or _wrote(request, record):
        return None
    context = {"form": RecordForm(), "exchange_id": record.number}
    return show(request, "exchange_open", context)


def _leg(number: str | None) -> tuple[str, str] | None:
    return (number, place_of(number)) if number else None


def _pairs(states: list[Any]) -> list[tuple[Any, Any]]:
    return list(zip(states, [*states[1:], None], strict=False))


def _differences(state: Any, before: Any) -> list[tuple[Any, Any, Any]]:
    """What a state says otherwise than the one before it: column, then, now."""
    if before is None:
        return []
    titles = {column.name: column.title for column in reading_exchanges.columns()}
    then, now_ = before.content, state.content
    return [
        (titles[name], _worded(name, then.get(name)), _worded(name, value))
        for name, value in now_.items()
        if then.get(name) != value
    ]


def _worded(name: str, value: Any) -> Any:
    """What a column says, in words; None where it says nothing."""
    if value in (None, ""):
        return None
    if name in _CODES:
        return _CODES[name].get(value, value)
    if name == "club_good":
        return _("yes") if value else _("no")
    if name == "value":
        return number_format(value, decimal_pos=2, use_l10n=True, force_grouping=True)
    if name == "given_on":
        return date_format(date.fromisoformat(value), "j F Y")
    if name == "region_code":
        return places.codes().get(value, value)
    return _HELD if value == CONFIDENTIAL else value


# Entering and correcting


@desk_page(*READERS)
def enter(request: OfficerRequest) -> HttpResponse:
    """Enter a record; people may be looked up on the way, nothing typed is lost."""
    desk = watcher(request)

    def act(form: ExchangeForm) -> ExchangeRecord:
        once = form.cleaned_data["once"]
        return actions.record_exchange(form.told(), once=once, by=desk.officer, at=now())

    return _written(request, desk, act, done="recorded")


@desk_page(*READERS)
def correct(request: OfficerRequest, number: str) -> HttpResponse:
    """Let a record of my office say something else from today on."""
    desk = watcher(request)
    record = _own(request, number)
    if (closed := _unopened(request, record)) is not None:
        return closed

    def act(form: ExchangeForm) -> ExchangeRecord:
        told = form.cleaned_data
        return actions.correct_exchange(
            record, form.told(), seen=told["version"] or 0, because=told["because"],
            by=desk.officer, at=now(),
        )  # fmt: skip

    return _written(request, desk, act, done="corrected", record=record)


def _own(request: OfficerRequest, number: str) -> ExchangeRecord:
    """A record that counts, of the officer's own office."""
    rows = reading_exchanges.standing().filter(organ=request.officer.organ)
    return get_object_or_404(rows, number=number)


def _written(
    request: OfficerRequest,
    desk: Desk,
    act: Any,
    *,
    done: str,
    record: ExchangeRecord | None = None,
) -> HttpResponse:
    on = today(desk.organ, now())
    context: dict[str, Any] = {"record": record}
    if request.method != "POST":
        form = ExchangeForm(correcting=record is not None, today=on, initial=_before(record))
    elif _looks_up(request):
        form, context["found"] = _looked_up(request, desk, context, record is not None, on)
    else:
        form = ExchangeForm(request.POST, correcting=record is not None, today=on)
        if form.is_valid():
            try:
                kept = act(form)
            except Unfit as unfit:
                form.blame(unfit.problems)
            except Refusal as refusal:
                context["refusal"] = refusal
            else:
                return redirect(f"{reverse('cases:exchange', args=[kept.number])}?done={done}")
    return show(request, "exchange_write", context | {"form": form, "people": _people(form)})


def _before(record: ExchangeRecord | None) -> dict[str, Any]:
    """What the form shows at first: of a record, what it says now."""
    if record is None:
        return {}
    told = reading_exchanges.exchange_of(reading_exchanges.last_state(record))
    return ExchangeForm.typed_before(told) | {"version": record.version}


def _people(form: ExchangeForm) -> list[dict[str, Any]]:
    """The fields of each person together, with the titles of their parts of the form."""
    titles = (_("Giver"), _("Receiver"), _("Broker"))
    return [
        {
            "code": name,
            "title": title,
            "fields": [
                form[each] for each in (name, f"{name}_id", f"{name}_role") if each in form.fields
            ],
        }
        for name, title in zip(PEOPLE, titles, strict=True)
    ]


# Looking people up on the way


def _looks_up(request: OfficerRequest) -> bool:
    return "find" in request.POST or "take" in request.POST


def _looked_up(
    request: OfficerRequest, desk: Desk, context: dict[str, Any], correcting: bool, on: date
) -> tuple[ExchangeForm, dict[str, Any] | None]:
    """The same form with everything typed, and who may be meant, or the one who was chosen."""
    typed = request.POST.dict()
    found = None
    who, _mark, chosen = typed.pop("take", "").partition(":")
    wanted = typed.pop("find", "")
    try:
        if who in PEOPLE:
            typed |= _taken(desk, who, chosen, typed.get("number", ""))
        elif wanted in PEOPLE:
            found = _answer(desk, wanted, typed.get(wanted, ""), typed.get("number", ""))
    except (Refusal, UnreadableName) as problem:
        context["refusal"] = problem if isinstance(problem, Refusal) else Refusal(str(problem))
    return ExchangeForm(correcting=correcting, today=on, initial=typed), found


@transaction.atomic
def _taken(desk: Desk, who: str, person_id: str, number: str) -> dict[str, str]:
    """The person of the loaded lists in the fields of giver, receiver or broker: for a case or a
    lead, and an entry in the log, for the button can name anybody."""
    check_purpose(number, desk)
    row = people.rows_with(reading_exchanges.opened(), (person_id,)).get(person_id)
    if row is None:
        raise Refusal(_("This person is in no list that counts now. Look him up again."))
    look_up_public(row["name"], number=number, by=desk, at=now(), what=LookUp.What.RECORD)
    return {who: row["name"], f"{who}_id": person_id}


@transaction.atomic
def _answer(desk: Desk, who: str, name: str, number: str) -> dict[str, Any]:
    """Who may be meant by what was typed; an entry in the log like every look-up."""
    if people.made(settings.PEOPLE / people.EVERYBODY) is None:
        raise Refusal(_("No list of people can be searched yet."))
    look_up_public(name, number=number, by=desk, at=now())
    answer = people.find(settings.PEOPLE / people.EVERYBODY, name)
    found: list[Line] = lines(answer)
    return {"who": who, "words": answer.words, "lines": found}


# Withdrawing


@desk_page(*READERS)
def withdraw(request: OfficerRequest, number: str) -> HttpResponse:
    """Say that a record of my office counts no more, and why."""
    desk = watcher(request)
    record = _own(request, number)
    if (closed := _unopened(request, record)) is not None:
        return closed
    form = WithdrawForm(request.POST or None, initial={"version": record.version})
    told = reading_exchanges.exchange_of(reading_exchanges.last_state(record))
    context: dict[str, Any] = {"form": form, "record": record, "told": told}
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_exchange(
                record, seen=form.cleaned_data["version"], because=form.cleaned_data["because"],
                by=desk.officer, at=now(),
            )  # fmt: skip
        except Refusal as refusal:
            context["refusal"] = refusal
        else:
            return redirect(f"{reverse('cases:exchange', args=[number])}?done=withdrawn")
    return show(request, "exchange_withdraw", context)
