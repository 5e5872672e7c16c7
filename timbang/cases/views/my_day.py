"""An officer's own pages: kept lists, one step for several cases, searches, reminders, keys."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from timbang.accounts import mailing
from timbang.accounts.access import OfficerRequest
from timbang.accounts.codes import ROLES
from timbang.accounts.models import MailAddress, Organ
from timbang.cases import feed, lists, reading, searching
from timbang.cases.actions import Taking, at_once, reminding
from timbang.cases.actions.looking_up import look_up
from timbang.cases.course import procedure_of, today
from timbang.cases.forms.my_day import CodeForm, FindForm, MailForm, SeveralForm, WishForm
from timbang.cases.models import Case, DigestSent, Feed, SavedFilter
from timbang.cases.my_day import Wish
from timbang.cases.permission import CASE_READERS, READERS
from timbang.cases.vault import Desk
from timbang.cases.views.desk import desk_of, desk_page, now, show
from timbang.cases.views.start import MOST_FILTERS, saved, steps_of
from timbang.law import procedure as law
from timbang.law.refusal import Refusal

NUMBER: Final = re.compile(r"(\d{1,8})(?:/([A-Za-z0-9.-]+))?(?:/(\d{4}))?/?")


@desk_page(*CASE_READERS)
def filters(request: OfficerRequest) -> HttpResponse:
    """The lists that an officer keeps: codes only, his own, and no act on any case."""
    desk = desk_of(request)
    done = None
    if request.method == "POST":
        done = _forget(request, desk) if "forget" in request.POST else _keep(request, desk)
    return show(request, "filters", {"saved": saved(desk), "told": done})


def _keep(request: OfficerRequest, desk: Desk) -> Any:
    form = WishForm(request.POST, steps=steps_of(desk.organ.kind))
    if not form.is_valid() or form.wish == Wish():
        return _("Choose something first: a list of everything needs no filter.")
    if SavedFilter.objects.filter(officer=desk.officer).count() >= MOST_FILTERS:
        return _("Twenty lists are kept already: remove one first.")
    SavedFilter.objects.get_or_create(officer=desk.officer, **asdict(form.wish))
    return _("The list is kept.")


def _forget(request: OfficerRequest, desk: Desk) -> Any:
    rows = SavedFilter.objects.filter(officer=desk.officer)
    chosen = request.POST["forget"]
    for row in rows:
        if str(row.pk) == chosen:
            row.delete()
    return _("The list is not kept any more.")


# One step for several cases


@desk_page(*READERS)
def several(request: OfficerRequest) -> HttpResponse:
    """The same step in several cases, each by itself; a line tells what became of each."""
    desk = desk_of(request)
    procedure, step, outcome = _step_of(request, desk)
    if outcome is None:
        return show(request, "several_choose", {"groups": _groups(desk)})
    on = today(desk.organ, now())
    page = lists.waiting(
        desk.officer,
        only=Wish("all", "", "", procedure.id, step.code).filters(desk.officer, on),
        most=at_once.MOST,
    )
    lines = reading.case_lines([case for case in page.rows if _same(case, outcome)], desk, on=on)
    form = SeveralForm(
        request.POST or None,
        offered=[(f"{line.case.pk}:{line.case.version}", _named(line)) for line in lines],
        needs_reason="reason_given" in outcome.requires,
    )
    context: dict[str, Any] = {
        "form": form, "step": step, "outcome": outcome, "more": page.after,
        "lines": lines,
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        results = at_once.take_many(
            form.chosen,
            Taking(outcome.code, reason=form.cleaned_data["reason"]),
            once=form.cleaned_data["once"],
            by=desk,
            at=now(),
        )
        return show(request, "several_done", context | {"results": results})
    return show(request, "several", context)


def _step_of(request: OfficerRequest, desk: Desk) -> tuple[Any, Any, law.Outcome | None]:
    """The step that the address names, if it may be taken for several cases by this officer."""
    procedure_id, _slash, code = request.GET.get("at", "").partition("/")
    procedure = law.procedures().get(procedure_id)
    if procedure is None or not procedure.has(code):
        return None, None, None
    step = procedure.step(code)
    for outcome in _offered(procedure, step, desk):
        if outcome.code == request.GET.get("outcome"):
            return procedure, step, outcome
    return procedure, step, None


def _offered(procedure: law.Procedure, step: law.Step, desk: Desk) -> list[law.Outcome]:
    return [
        outcome
        for outcome in step.outcomes
        if outcome.actor == desk.organ.kind
        and outcome.role in desk.officer.roles
        and at_once.allowed(procedure, step, outcome)
    ]


def _groups(desk: Desk) -> list[tuple[law.Procedure, law.Step, list[law.Outcome]]]:
    """Every step of today's procedures that this officer may take for several cases."""
    found = [
        (procedure, step, _offered(procedure, step, desk))
        for procedure in law.of_cases().values()
        for step in procedure.steps
    ]
    return [group for group in found if group[2]]


def _same(case: Case, outcome: law.Outcome) -> bool:
    """Whether the case's own version of the procedure gives the very same outcome."""
    return outcome in procedure_of(case).step(case.step).outcomes


def _named(line: reading.CaseLine) -> str:
    return " · ".join([line.case.number, *line.names])


# Searching


@desk_page(*CASE_READERS)
def search(request: OfficerRequest) -> HttpResponse:
    """Find cases by number, or by words with the case or lead for which one looks."""
    desk = desk_of(request)
    form = FindForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "searched": False, "watches": desk.officer.watches}
    if request.method == "POST" and form.is_valid():
        try:
            found = _found(desk, form.cleaned_data["words"], form.cleaned_data["number"])
        except Refusal as refusal:
            return show(request, "search", context | {"refusal": refusal})
        on = today(desk.organ, now())
        context |= {
            "searched": True,
            "lines": reading.case_lines(found.cases, desk, on=on),
            "cut": found.more,
        }
    return show(request, "search", context)


def _found(desk: Desk, words: str, number: str) -> searching.Found:
    as_number = number_words(words)
    if as_number:
        return searching.find(desk, as_number, most=lists.PAGE)
    with transaction.atomic():
        look_up(words, number=number, by=desk, at=now())
        return searching.find(desk, words, most=lists.PAGE)


def number_words(text: str) -> str:
    """The words of a case number as it is indexed, "0012 2026" of "12/2026"; empty if it is none.

    What stands between is the code of an organ and nothing else, so that no name passes for one.
    """
    match = NUMBER.fullmatch(text.strip())
    if match is None:
        return ""
    code = match[2] or ""
    if code.isdigit() and len(code) == 4 and not match[3]:
        return f"{match[1].rjust(4, '0')} {code}"
    if code and not Organ.objects.filter(code=code.lower()).exists():
        return ""
    return f"{match[1].rjust(4, '0')} {code} {match[3] or ''}"


# Reminders


@desk_page(*CASE_READERS)
def reminders(request: OfficerRequest) -> HttpResponse:
    """The secret calendar link, and the daily digest by mail."""
    what = request.POST.get("do", "")
    context: dict[str, Any] = {"mail_form": MailForm(), "code_form": CodeForm()}
    try:
        context |= DO[what](request) if what in DO else {}
    except Refusal as refusal:
        context |= {"refusal": refusal}
    return show(request, "reminders", context | _state(request))


def _state(request: OfficerRequest) -> dict[str, Any]:
    me = request.officer
    return {
        "feed": Feed.objects.filter(officer=me).first(),
        "mail": MailAddress.objects.filter(officer=me).first(),
        "sends": bool(settings.SMTP_URL),
        "last": DigestSent.objects.filter(officer=me, mail__isnull=False)
        .select_related("mail").order_by("-on").first(),
        "hour": reminding.FROM_HOUR,
    }  # fmt: skip


def _make_feed(request: OfficerRequest) -> dict[str, Any]:
    token = reminding.make_feed(language=_language(), by=request.officer, at=now())
    place = reverse("feed:calendar", args=[token])
    return {"link": f"{settings.DESK_URL}{place}" if settings.DESK_URL
            else request.build_absolute_uri(place)}  # fmt: skip


def _drop_feed(request: OfficerRequest) -> dict[str, Any]:
    reminding.drop_feed(by=request.officer, at=now())
    return {"told": _("The calendar link is dead.")}


def _ask_mail(request: OfficerRequest) -> dict[str, Any]:
    form = MailForm(request.POST)
    if not form.is_valid():
        return {"mail_form": form}
    mailing.ask_address(
        form.cleaned_data["address"], language=_language(), by=request.officer, at=now()
    )
    return {"told": _("A code is on its way to your address.")}


def _confirm_mail(request: OfficerRequest) -> dict[str, Any]:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return {"code_form": form}
    if mailing.confirm_address(form.cleaned_data["code"], by=request.officer, at=now()):
        return {"told": _("From now on the digest comes to your address.")}
    form.add_error("code", _("This is not the code that was sent."))
    return {"code_form": form}


def _drop_mail(request: OfficerRequest) -> dict[str, Any]:
    mailing.remove_address(by=request.officer, at=now())
    return {"told": _("No mail goes to you any more.")}


DO: Final = {
    "feed": _make_feed,
    "no-feed": _drop_feed,
    "mail": _ask_mail,
    "code": _confirm_mail,
    "no-mail": _drop_mail,
}


def _language() -> str:
    return "en" if translation.get_language() == "en" else "id"


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind a secret link: no session, no cookie; a wrong link is no page."""
    row = reminding.feed_of(token)
    if row is None:
        return HttpResponse(status=404)
    with translation.override(row.language):
        found = feed.happenings(row.officer, today(row.officer.organ, now()))
        body = feed.calendar(found, address=lambda case: _place(request, case))
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="timbang.ics"'
    return answer


def _place(request: HttpRequest, case: object) -> str:
    place = reverse("cases:case", args=[case])
    return f"{settings.DESK_URL}{place}" if settings.DESK_URL else request.build_absolute_uri(place)


@desk_page(*ROLES, methods=("GET", "HEAD"))
def keys(request: OfficerRequest) -> HttpResponse:
    """Which keys do what; all of it can be done without them."""
    return show(request, "keys", {})
