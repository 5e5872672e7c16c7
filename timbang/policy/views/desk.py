"""What every desk page of this room shares: who may come in, and how a refusal is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from timbang.accounts.access import OfficerRequest, officer_page
from timbang.law.refusal import Refusal
from timbang.policy.actions import Overtaken
from timbang.policy.course import today
from timbang.policy.forms.acts import ActForm
from timbang.policy.models import Dossier
from timbang.policy.permission import READERS, works_here

P = ParamSpec("P")
View = Callable[Concatenate[OfficerRequest, P], HttpResponse]

# What a page says after an act; the address carries the code only.
DONE = {
    "opened": _("The dossier is open."),
    "described": _("It is saved what the dossier is about."),
    "published": _("Everybody can read this dossier now."),
    "retracted": _("The dossier is taken back. Its number and your reason stay."),
    "part": _("A new version is saved."),
    "piece": _("The document is in the dossier."),
    "corrected": _("It is put right. What stood there before can still be seen."),
    "tie": _("Your declaration is on file."),
    "milestone": _("The milestone is set."),
    "milestone_done": _("It is written down what came of it."),
    "step": _("The step is taken."),
    "co_signed": _("You signed beside."),
    "debt_paid": _("The debt is paid, and the log says when."),
    "shown": _("Everybody can read it now."),
    "withheld": _("It is withheld. That there is one, and why, can be seen."),
    "answered": _("The answer is public."),
    "all_shown": _("Everybody can read now what you ticked."),
    "all_withheld": _("What you ticked is withheld. How many there are, and why, can be seen."),
    "all_answered": _("What you ticked is answered, and the answer is public."),
    "decree": _("The decree is made, and the log has its digest."),
    "promise": _("The promise is recorded."),
    "linked": _("The promise leads to this dossier now."),
    "retracted_promise": _("The promise is taken back. Its number and your reason stay."),
}


def policy_page(
    *roles: str, methods: tuple[str, ...] = ("GET", "HEAD", "POST")
) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """A page for officers of the offices of this room, with one of these roles (any, if none)."""

    def decorate(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        def inside(request: OfficerRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not works_here(request.officer):
                raise Http404
            return view(request, *args, **kwargs)

        return require_http_methods(list(methods))(officer_page(*(roles or READERS))(inside))

    return decorate


def now() -> datetime:
    """The instant of this request."""
    return timezone.now()


def day_of(request: OfficerRequest) -> date:
    """Which day it is where the officer works."""
    return today(request.officer.organ, now())


def show(request: OfficerRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Render a page of this room, with what was just done, if anything."""
    # A form is sent to the address at which it was shown: it is not done once more.
    done = DONE.get(request.GET.get("done", "")) if request.method != "POST" else None
    status = 409 if context.get("refusal") else 200
    return render(request, f"policy/{template}.html", context | {"done": done}, status=status)


def to_dossier(dossier: Dossier, done: str) -> HttpResponse:
    """Back to the dossier, saying what was done."""
    return redirect(f"{reverse('policy:dossier', args=[dossier.pk])}?done={done}")


def refusal_of(check: Callable[[], object]) -> Refusal | None:
    """What a check refuses, to be read before a form is filled in; None where it lets him."""
    try:
        check()
    except Refusal as refusal:
        return refusal
    return None


def done_or_said(
    request: OfficerRequest,
    form: ActForm,
    act: Callable[[], HttpResponse],
    template: str,
    context: dict[str, Any],
    *,
    dossier: Dossier | None = None,
) -> HttpResponse:
    """A form's page: shown, or sent and done, or sent and refused with what was typed kept."""
    if request.method == "POST" and form.is_valid():
        try:
            return act()
        except Overtaken as refusal:
            if dossier is not None:
                dossier.refresh_from_db()
                form.again(version=dossier.version)
            context |= {"refusal": refusal, "since": refusal.since}
        except Refusal as refusal:
            context |= {"refusal": refusal}
    return show(request, template, context)
