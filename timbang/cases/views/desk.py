"""What every page of this room shares: the officer with his key, and how a refusal is shown.

A page that needs the organ's key raises `Locked` when it is closed; `officer_page` then asks for
the password and comes back.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from timbang.accounts import session
from timbang.accounts.access import OfficerRequest, officer_page
from timbang.cases import conflicts
from timbang.cases.actions import Overtaken
from timbang.cases.forms.fields import ActForm
from timbang.cases.models import Case
from timbang.cases.permission import READERS, report_for
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.reports.actions import open_report
from timbang.reports.models import Report

P = ParamSpec("P")
View = Callable[Concatenate[OfficerRequest, P], HttpResponse]

# What a page says after an act; the address carries the code only.
DONE = {
    "finding": _("The case is open. Its term runs since the day on which it was found."),
    "kept": _("It is kept as prior information."),
    "set_aside": _("It is set aside."),
    "requirements": _("The check is saved."),
    "linked": _("The two reports are linked."),
    "unlinked": _("The link is taken back."),
    "split": _("The case is split. This is the new one."),
    "merged": _("The two cases are one now."),
    "linked_case": _("The two cases are linked."),
    "suspended": _("The term is suspended."),
    "resumed": _("The term runs on."),
    "extended": _("The term is extended."),
    "own_term": _("The shorter term holds from today on."),
    "own_term_ended": _("The law's term holds again for what begins from today on."),
    "asked": _("The question is there for the reporter."),
    "rejected": _("The report is rejected. The reporter can read your reason."),
    "opened": _("The case is open."),
    "joined": _("The report belongs to this case now."),
    "step": _("The step is taken."),
    "handed": _("The case is handed over."),
    "facts": _("The facts are saved."),
    "person": _("The reported person is saved."),
    "document": _("A new version is saved."),
    "note": _("The note is saved."),
    "letter": _("The letter is made and sealed."),
    "exhibit": _("The exhibit is taken into the case."),
    "delivery": _("The delivery is recorded."),
    "answer": _("The answer is recorded."),
    "hearing": _("The hearing is recorded."),
    "summons": _("The summons is recorded."),
    "track": _("The side track is open."),
    "assigned": _("The case is assigned."),
    "taken_back": _("The case is taken back."),
    "declared": _("Your declaration is on file."),
    "recused": _("You are off this case. What you declared is on file."),
    "lifted": _("The match is lifted."),
    "organ_recused": _("Your office only passes this case on from now."),
    "interests": _("Your declaration is on file. It is held against every case of your office."),
    "custody": _("It is entered in the chain of custody."),
    "minutes": _("The minutes are saved."),
    "minutes_closed": _("The minutes are closed."),
    "unchanged": _("It is stated that the facts are the same in substance."),
    "called": _("The plenary is called."),
    "voted": _("Your vote is cast."),
    "resolved": _("The plenary is closed, and its votes are counted."),
    "moved": _("The case goes on under the procedure that followed."),
    "decided": _("It is decided about this person."),
    "delivered": _("The delivery of the decision is recorded."),
    "decision_event": _("What happened to the decision is recorded."),
    "corrected": _("The corrected version is saved; the old one stays on file."),
    "order_above": _("The superior is recorded."),
    "motive": _("The motive is recorded."),
    "carried_out": _("It is recorded that this is done."),
    "measure": _("The measure is recorded."),
    "lifted_measure": _("It is recorded that the measure ended."),
    "acted_late": _("It is recorded that the office acted. The public list says so."),
    "door_shown": _("He is shown it from now on."),
    "door_read": _("He sees that it was read."),
    "causes": _("It is recorded where the fault lay."),
    "served": _("It is named whom and what the complaint touches."),
    "remedy": _("The remedy is offered. The complainants can read it behind their receipts."),
    "remedy_answer": _("The answer to the remedy is recorded."),
    "remedy_done": _("It is recorded that the remedy was carried out."),
    "remedy_shown": _("The complainants of your office can read the remedy now."),
    "forwarded": _("It is recorded where the complaint went; the complainants are told."),
}


def desk_page(
    *roles: str, methods: tuple[str, ...] = ("GET", "HEAD", "POST")
) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """A page for officers with one of these roles; readers of content, if none is named."""

    def decorate(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        permitted = officer_page(*(roles or READERS))(view)
        return require_http_methods(list(methods))(permitted)

    return decorate


def desk_of(request: OfficerRequest) -> Desk:
    """The officer at work, with his organ's key; raises `Locked` when it is closed."""
    return Desk(request.officer, session.organ_key(request))


def report_of(request: OfficerRequest, report_id: UUID) -> Report:
    """A report of his organ, unless it is about himself or somebody to whom he is tied: who is
    reported does not read who reported him. For him it does not exist."""
    report, desk = report_for(request.officer, report_id), desk_of(request)
    if conflicts.barred_reports([open_report(report, desk.private)], desk):
        raise Http404
    return report


def now() -> datetime:
    """The instant of this request."""
    return timezone.now()


def show(request: OfficerRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Render a page of this room, with what was just done, if anything."""
    done = DONE.get(request.GET.get("done", ""))
    status = 409 if context.get("refusal") else 200
    return render(request, f"cases/{template}.html", context | {"done": done}, status=status)


def to_case(case: Case, done: str) -> HttpResponse:
    """Back to the case, saying what was done."""
    return redirect(f"{reverse('cases:case', args=[case.pk])}?done={done}")


def attempt(
    form: ActForm, act: Callable[[], HttpResponse], *, case: Case | None = None
) -> tuple[HttpResponse | None, dict[str, Any]]:
    """Do it, or say why not: the answer, or what the template shows of the refusal."""
    try:
        return act(), {}
    except Overtaken as refusal:
        if case is not None:
            case.refresh_from_db()
            form.again(version=case.version)
        return None, {"refusal": refusal, "since": refusal.since}
    except Refusal as refusal:
        return None, {"refusal": refusal}


def done_or_said(
    request: OfficerRequest,
    form: ActForm,
    act: Callable[[], HttpResponse],
    template: str,
    context: dict[str, Any],
    *,
    case: Case | None = None,
) -> HttpResponse:
    """A form's page: shown, or sent and done, or sent and refused with what was typed kept."""
    if request.method == "POST" and form.is_valid():
        answer, refused = attempt(form, act, case=case)
        if answer is not None:
            return answer
        context |= refused
    return show(request, template, context)
