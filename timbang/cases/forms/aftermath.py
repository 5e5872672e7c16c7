"""The forms of what follows a decision: a task done, a measure, its lifting, a late act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.cases import aftermath
from timbang.cases.actions.measures import Taken
from timbang.cases.forms.fields import ActForm, typed
from timbang.cases.models import Errand, Measure
from timbang.registry.day_field import day

TASKS: Mapping[str, Any] = {
    Errand.Task.DELIVER: _("Deliver the decision"),
    Errand.Task.CARRY_OUT: _("Carry out the sanction"),
    Errand.Task.RECORD: _("Record it in the civil service's information system (I'DIS)"),
    Errand.Task.UNDO: _("Undo what was carried out: the decision was annulled"),
}
SCOPES: Mapping[str, Any] = {
    Measure.Scope.PART: _("Part of the data or services"),
    Measure.Scope.ALL: _("All data and services"),
}
# A word of the law room becomes text only where it is shown.
OPEN_GROUNDS: Any = aftermath.OPEN_GROUNDS
LIFTED: Mapping[str, Any] = {
    Measure.Lifted.ACTED: _("The office acted"),
    Measure.Lifted.RULING: _("A ruling says so"),
    Measure.Lifted.MISTAKE: _("The measure was a mistake"),
}


class DoneForm(ActForm):
    """That a task was done, and the proof of it."""

    done_on = day(_("Done on"), required=True)
    proof = typed(
        _("Proof"),
        lines=3,
        required=True,
        help_text=_("For example the number and day of a decree, a receipt, a screen print."),
    )


class MeasureForm(ActForm):
    """A measure against an office that did not act."""

    kind = forms.ChoiceField(label=_("Measure"), widget=forms.RadioSelect)
    taken_on = day(_("Taken on"), required=True)
    words = typed(_("Its number, its day, its reasons"), lines=4, required=True)
    ground = forms.ChoiceField(
        label=_("For a block: its ground"), required=False, help_text=OPEN_GROUNDS
    )
    scope = forms.ChoiceField(
        label=_("For a block: what is blocked"),
        required=False,
        choices=[("", _("None")), *SCOPES.items()],
    )
    verified = forms.BooleanField(
        label=_("For a block: it was verified, validated or audited"), required=False
    )
    coordinated_on = day(
        _("For withdrawal or annulment: coordinated with the ministers on"),
        help_text=aftermath.COORDINATION,
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self._choose("kind", list(aftermath.kinds().items()))
        self._choose("ground", [("", _("None")), *aftermath.GROUNDS.items()])

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def taken(self) -> Taken:
        """The measure as filled in."""
        told = self.cleaned_data
        return Taken(
            kind=told["kind"],
            words=told["words"],
            taken_on=told["taken_on"],
            ground=told["ground"],
            scope=told["scope"],
            verified=told["verified"],
            coordinated_on=told["coordinated_on"],
        )


class LiftForm(ActForm):
    """Why a measure ended."""

    because = forms.ChoiceField(
        label=_("Why it ends"), widget=forms.RadioSelect, choices=list(LIFTED.items())
    )
    lifted_on = day(_("Lifted on"), required=True)
    words = typed(_("In words, with the document that shows it"), lines=4, required=True)


class LateActForm(ActForm):
    """That an office acted after its case had ended without it."""

    done_on = day(_("Acted on"), required=True)
    words = typed(_("What the office did, and how it is proven"), lines=4, required=True)
