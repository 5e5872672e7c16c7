"""Steps, interests, milestones and documents of a dossier."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from timbang.accounts.access import OfficerRequest
from timbang.law import policy
from timbang.law.refusal import Refusal
from timbang.policy import course, desk_reading
from timbang.policy.actions import (
    add_piece,
    declare_tie,
    finish_milestone,
    set_milestone,
    take_step,
)
from timbang.policy.actions.writing import check_documents, check_finisher, check_planner
from timbang.policy.expected import expected
from timbang.policy.forms.acts import ActForm, StepForm
from timbang.policy.forms.observing import PieceForm
from timbang.policy.forms.running import DoneForm, MilestoneForm, TieForm
from timbang.policy.models import Dossier, Milestone, Piece
from timbang.policy.permission import OFFICE_ROLES, dossier_for, own_dossier_for
from timbang.policy.views.desk import (
    day_of,
    done_or_said,
    now,
    policy_page,
    refusal_of,
    show,
    to_dossier,
)


@policy_page(*OFFICE_ROLES)
def step(request: OfficerRequest, dossier_id: UUID, outcome: str) -> HttpResponse:
    """Take a step. One that the rules do not allow is refused with the reason."""
    found = dossier_for(request.officer, dossier_id)
    if not found.by_office:
        raise Http404
    option = _option(request, found, outcome)
    form = StepForm(
        request.POST or None,
        dossier=found,
        reasoned=option.wants_reason if option else _wants_reason(found, outcome),
    )

    def act() -> HttpResponse:
        words = form.cleaned_data.get("words", "")
        officer = request.officer
        take_step(found, outcome, words=words, seen=form.seen, by=officer, at=now())
        return to_dossier(found, "step")

    context = {"dossier": found, "form": form, "option": option}
    if option is not None and option.tied is not None:
        role = option.outcome.role
        context["kept"] = desk_reading.kept_away(found, request.officer, (role,), [option])
    if option is None and request.method != "POST":
        context["refusal"] = _why_not(request, found, outcome)
    return done_or_said(request, form, act, "step", context, dossier=found)


def _option(request: OfficerRequest, found: Dossier, outcome: str) -> course.Option | None:
    if course.step_of(found) is None:
        return None
    lacks = course.lacking(found)
    held = course.guards(found, on=day_of(request), lacks=lacks)
    acted = course.acted_at(found, request.officer)
    options = course.options(found, request.officer, held=held, acted=acted, lacks=lacks)
    return next((each for each in options if each.outcome.code == outcome), None)


def _wants_reason(found: Dossier, outcome: str) -> bool:
    """Whether the outcome asks for a reason at any step: the form may be older than the dossier."""
    steps = course.rules_of(found).steps
    outcomes = [each for step in steps for each in step.outcomes if each.code == outcome]
    return any("reason_given" in each.requires for each in outcomes)


def _why_not(request: OfficerRequest, found: Dossier, outcome: str) -> Refusal:
    """Ask the rules themselves, so that the officer reads their refusal and not a blank page."""
    if course.step_of(found) is None:
        return Refusal(_("This dossier has ended; nothing can be added to it."))
    try:
        course.lead(found, outcome, request.officer, {})
    except Refusal as refusal:
        return refusal
    return Refusal(_("It is the turn of another office."))


def _do(
    request: OfficerRequest,
    found: Dossier,
    form: ActForm,
    act: Callable[[], object],
    done: str,
    words: dict[str, Any],
    *,
    check: Callable[[], object] | None = None,
) -> HttpResponse:
    """A form about one dossier: shown, or done and back to the dossier. What `check` refuses is
    read in place of the form."""

    def whole() -> HttpResponse:
        act()
        return to_dossier(found, done)

    back = reverse("policy:dossier", args=[found.pk])
    context = {"form": form, "dossier": found, "back": back, **words}
    if check is not None and request.method != "POST":
        context["why_not"] = refusal_of(check)
    return done_or_said(request, form, whole, "observe_form", context, dossier=found)


@policy_page(*OFFICE_ROLES)
def tie(request: OfficerRequest, dossier_id: UUID) -> HttpResponse:
    """Say of oneself what ties one to the matter, or that nothing does; then go on with the step,
    the debt or the signature for which it was asked."""
    found = dossier_for(request.officer, dossier_id)
    if not found.by_office or not course.has_a_part(found, request.officer):
        raise Http404
    form = TieForm(request.POST or None, dossier=found)

    def act() -> HttpResponse:
        declare_tie(
            found,
            form.relation_code,
            form.cleaned_data["words"],
            seen=form.seen,
            by=request.officer,
            at=now(),
        )
        return redirect(f"{_asked_for_by(request, found)}?done=tie")

    context = {
        "form": form,
        "dossier": found,
        "back": reverse("policy:dossier", args=[found.pk]),
        "title": _("Declare your interests"),
        "button": _("Declare"),
        "why": _(
            "Whoever writes says at each step what ties him to the policy; whoever reviews, "
            "clears, decides, evaluates or audits says it before. A tie that the law names keeps "
            "you from acting in it; a colleague does it."
        ),
    }
    return done_or_said(request, form, act, "observe_form", context, dossier=found)


def _asked_for_by(request: OfficerRequest, found: Dossier) -> str:
    """The page that asked for a declaration: a step, a debt, or words to sign beside; else the
    dossier."""
    outcome, debt = request.GET.get("langkah", ""), request.GET.get("kewajiban", "")
    if _option(request, found, outcome) is not None:
        return reverse("policy:step", args=[found.pk, outcome])
    if debt.isascii() and debt.isdigit() and found.debts.filter(pk=debt[:18]).exists():
        return reverse("policy:debt", args=[found.pk, debt[:18]])
    if "pendamping" in request.GET and request.officer.has_role("decision_maker"):
        return reverse("policy:sign", args=[found.pk])
    return reverse("policy:dossier", args=[found.pk])


@policy_page("executing_officer", "analyst")
def milestone_new(request: OfficerRequest, dossier_id: UUID) -> HttpResponse:
    """Add a milestone to the plan of execution."""
    found = own_dossier_for(request.officer, dossier_id)
    if not found.by_office:
        raise Http404
    form = MilestoneForm(request.POST or None, dossier=found)

    def act() -> None:
        set_milestone(found, form.plan, seen=form.seen, by=request.officer, at=now())

    words = {
        "title": _("Set a milestone"),
        "button": _("Set it"),
        "why": _("What is set is never moved, only done: in time, or late for all to see."),
    }
    check = partial(check_planner, found, request.officer)
    return _do(request, found, form, act, "milestone", words, check=check)


@policy_page("executing_officer")
def milestone_done(request: OfficerRequest, dossier_id: UUID, milestone_id: int) -> HttpResponse:
    """Write down what came of a milestone."""
    found = own_dossier_for(request.officer, dossier_id)
    row = Milestone.objects.filter(dossier=found, pk=milestone_id).first()
    if row is None:
        raise Http404
    row.dossier = found
    form = DoneForm(request.POST or None, milestone=row, today=day_of(request))

    def act() -> None:
        finish_milestone(row, form.came, seen=form.seen, by=request.officer, at=now())

    day = date_format(row.due_on, "j F Y")
    promised = _("Due on %(day)s.") % {"day": day}
    if row.target is not None:
        target = f"{row.target.normalize():f}"
        promised += " " + _("Promised: %(target)s %(measure)s.") % {
            "target": target,
            "measure": row.measure,
        }
    words = {"title": row.title, "button": _("Write it down"), "why": promised}
    check = partial(check_finisher, found, row, request.officer)
    return _do(request, found, form, act, "milestone_done", words, check=check)


@policy_page(*OFFICE_ROLES, methods=("GET", "HEAD"))
def pieces(request: OfficerRequest, dossier_id: UUID) -> HttpResponse:
    """All kinds of document: which are there, and where one can be added."""
    found = _documented(request, dossier_id)
    return show(request, "desk_pieces", {"dossier": found, "stages": expected(found)})


def _documented(request: OfficerRequest, dossier_id: UUID) -> Dossier:
    found = own_dossier_for(request.officer, dossier_id)
    if not found.by_office:
        raise Http404
    return found


def _piece_form(
    request: OfficerRequest, found: Dossier, kind: str, piece: Piece | None = None
) -> PieceForm:
    """The form for a kind; what the office itself did stands in its journal, not in documents."""
    form = PieceForm.of(request.POST or None, found, kind, piece)
    form.fields.pop("shows", None)
    return form


@policy_page(*OFFICE_ROLES)
def piece_new(request: OfficerRequest, dossier_id: UUID, kind: str) -> HttpResponse:
    """Add a document of one kind, or say that it was sought and is missing."""
    found = _documented(request, dossier_id)
    if kind not in policy.DOCUMENTS:
        raise Http404
    form = _piece_form(request, found, kind)

    def act() -> None:
        add_piece(found, form.told, seen=form.seen, by=request.officer, at=now())

    words = {"title": policy.DOCUMENTS[kind].title, "button": _("Add to the dossier")}
    check = partial(check_documents, found, request.officer)
    return _do(request, found, form, act, "piece", words, check=check)


@policy_page(*OFFICE_ROLES)
def piece_correct(request: OfficerRequest, dossier_id: UUID, piece_id: UUID) -> HttpResponse:
    """Put a document right; the wrong one stays to be seen."""
    found = _documented(request, dossier_id)
    piece = Piece.objects.filter(dossier=found, pk=piece_id).first()
    if piece is None:
        raise Http404
    form = _piece_form(request, found, piece.kind, piece)

    def act() -> None:
        add_piece(found, form.told, seen=form.seen, by=request.officer, at=now(), replaces=piece)

    words = {
        "title": policy.DOCUMENTS[piece.kind].title,
        "button": _("Put it right"),
        "why": _("What stands there now stays to be seen, marked as replaced."),
    }
    check = partial(check_documents, found, request.officer)
    return _do(request, found, form, act, "corrected", words, check=check)
