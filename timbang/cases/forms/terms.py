"""The forms about terms: suspend one, let it run on, extend it; set a shorter one of one's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.cases.actions import OwnLength
from timbang.cases.actions.own_terms import rules_for
from timbang.cases.forms.fields import ActForm, typed
from timbang.law.terms import labels
from timbang.law.workdays import LONGEST
from timbang.registry.day_field import day

UNITS = (("workdays", _("working days")), ("days", _("calendar days")), ("hours", _("hours")))


class ReasonForm(ActForm):
    """Why a term is lengthened, and which article allows it. Both are sealed with the case."""

    reason = typed(_("Reason"), lines=3, required=True)
    citation = typed(_("Article that allows it"), required=True)


class SuspendForm(ReasonForm):
    """From which day a term stands still."""

    from_day = day(_("First day on which it does not run"), required=True)
    field_order = ("from_day", "reason", "citation")


class ResumeForm(ActForm):
    """Until when a term stood still."""

    until_day = day(
        _("Last day on which it did not run"),
        required=True,
        help_text=_("It runs again from the day after."),
    )


class OwnTermForm(forms.Form):
    """A shorter term of the office's own for one of its steps."""

    where = forms.ChoiceField(label=_("Step"))
    length = forms.IntegerField(label=_("Length"), min_value=1, max_value=LONGEST)
    unit = forms.ChoiceField(label=_("Counted in"), choices=UNITS)
    reason = typed(_("Why your office works with a shorter term"), required=True)

    def __init__(self, data: Any = None, *, organ_kind: str) -> None:
        super().__init__(data)
        self.fields["where"].choices = [  # type: ignore[attr-defined]
            (
                f"{procedure.id}/{step.code}",
                f"{procedure.title}: {step.title} [{'; '.join(map(str, labels(term)))}]",
            )
            for procedure, step, term in rules_for(organ_kind)
        ]

    @property
    def wanted(self) -> OwnLength:
        """The own term as it was asked for."""
        told = self.cleaned_data
        procedure, _slash, step = told["where"].partition("/")
        return OwnLength(procedure, step, told["length"], told["unit"], told["reason"])
