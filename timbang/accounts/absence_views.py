"""The page of absences: one's own, and for who manages an office those of its officers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from timbang.accounts import absences, codes
from timbang.accounts.access import OfficerRequest, officer_page
from timbang.accounts.models import Officer
from timbang.law.refusal import Refusal
from timbang.law.workdays import day_in


class AbsenceForm(forms.Form):
    """Who is away, from which day to which, and who stands in."""

    officer = forms.ChoiceField(label=_("Who is away"))
    from_on = forms.DateField(
        label=_("First day away"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    until_on = forms.DateField(
        label=_("Last day away"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    delegate = forms.ChoiceField(label=_("Who stands in"), required=False)
    roles = forms.MultipleChoiceField(
        label=_("With which roles"),
        choices=list(codes.ROLES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Only roles that both have. None ticked: all that they have in common."),
    )

    def __init__(self, data: Any = None, *, by: Officer) -> None:
        super().__init__(data)
        found = {str(each.pk): each for each in by.organ.officers.filter(revoked_on=None)}
        self.officers = found
        everybody = by.has_role(*absences.ENTERS_FOR_OTHERS)
        away = found.values() if everybody else [by]
        self._offer("officer", [(str(each.pk), each.name) for each in away])
        stand_in = [each for each in found.values() if each != by and self._shares(by, each)]
        self._offer("delegate", [("", "-"), *((str(each.pk), each.name) for each in stand_in)])
        self.initial["officer"] = str(by.pk)

    @staticmethod
    def _shares(by: Officer, other: Officer) -> bool:
        """Whether he can stand in for `by`; who enters the absence of others sees everybody."""
        return by.has_role("administrator") or by.has_role(*other.roles)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@officer_page()
def absences_page(request: OfficerRequest) -> HttpResponse:
    """Who is away and who stands in; entered here, and ended here."""
    officer = request.officer
    form = AbsenceForm(request.POST or None, by=officer)
    context: dict[str, Any] = {"form": form}
    try:
        if "end" in request.POST:
            _end(officer, request.POST["end"])
            return redirect("accounts:absences")
        if request.method == "POST" and form.is_valid():
            _enter(form, officer)
            return redirect("accounts:absences")
    except Refusal as refusal:
        form = form if form.is_bound and "end" not in request.POST else AbsenceForm(by=officer)
        context |= {"refusal": refusal, "form": form}
    return _shown(request, officer, context)


def _enter(form: AbsenceForm, by: Officer) -> None:
    told = form.cleaned_data
    absences.enter_absence(
        form.officers[told["officer"]],
        delegate=form.officers.get(told["delegate"]),
        roles=told["roles"],
        from_on=told["from_on"],
        until_on=told["until_on"],
        by=by,
        at=timezone.now(),
    )


def _end(by: Officer, absence_id: str) -> None:
    on = day_in(by.organ.time_zone, timezone.now())
    rows = {str(row.pk): row for row in absences.of_organ(by, on)}
    if absence_id not in rows:
        raise Http404
    absences.end_absence(rows[absence_id], by=by, at=timezone.now())


def _shown(request: OfficerRequest, officer: Officer, context: dict[str, Any]) -> HttpResponse:
    on = day_in(officer.organ.time_zone, timezone.now())
    manages = officer.has_role(*absences.ENTERS_FOR_OTHERS)
    rows = [
        {
            "row": row,
            "roles": [codes.ROLES[role] for role in row.roles],
            "may_end": manages or row.officer_id == officer.pk,
        }
        for row in absences.of_organ(officer, on)
    ]
    status = 409 if "refusal" in context else 200
    return render(request, "accounts/absences.html", context | {"rows": rows}, status=status)
