"""Forms of leads: which of them are listed, what was found of one, and what becomes of it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from timbang.cases.forms.fields import typed
from timbang.cases.forms.people import region_code
from timbang.cases.forms.ways import FindingForm
from timbang.signals.models import LeadAct, LeadTick
from timbang.signals.reading import GONE, IN_A_WINDOW, WAITING, Wanted

VIEWS = {
    WAITING: _("Waiting"),
    GONE: _("No longer found by the newest run"),
    "dismissed": _("Dismissed"),
    "merged": _("Merged with another"),
    "taken": _("Taken over into a case"),
}


class QueueForm(forms.Form):
    """Which leads are listed; travels in the address, which names nobody."""

    mostly_optional = True
    view = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    detector = forms.ChoiceField(label=_("Detector"), required=False)
    kind = forms.ChoiceField(label=_("About"), required=False)
    region = typed(_("Region"), help_text=_("A code or a name, such as 32.73 or Kota Bandung."))
    election = forms.ChoiceField(label=_("Election window"), required=False)
    after = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, choices: Mapping[str, Sequence[tuple[str, Any]]]) -> None:
        super().__init__(data)
        for name, offered in choices.items():
            self.fields[name].choices = list(offered)  # type: ignore[attr-defined]

    def clean_region(self) -> str:
        """The code of the region."""
        return region_code(self.cleaned_data["region"])

    def clean_after(self) -> tuple[float, uuid.UUID] | None:
        """Where the page before ended."""
        turn, _colon, last = self.cleaned_data["after"].partition(":")
        if not turn:
            return None
        try:
            return float(turn), uuid.UUID(last)
        except ValueError:
            raise forms.ValidationError(_("There is no such page. Begin at the first.")) from None

    def wanted(self) -> Wanted:
        """What is listed; the first list where what was sent makes no sense."""
        told = self.cleaned_data
        names = ("detector", "kind", "region", "election", "after")
        chosen = {name: told[name] for name in names if told.get(name)}
        return Wanted(view=told.get("view") or WAITING, **chosen)


def windows(numbers: Mapping[str, int], names: Mapping[str, str]) -> list[tuple[str, Any]]:
    """The election windows, with how many leads each holds."""
    inside = sum(number for code, number in numbers.items() if code)
    anywhere = _("In any")
    every: list[tuple[str, Any]] = [("", _("All")), (IN_A_WINDOW, f"{anywhere} ({inside})")]
    return every + [
        (code, f"{names.get(code, code)} ({number})") for code, number in numbers.items() if code
    ]


class LeadForm(forms.Form):
    """What every form of an act carries: its own number, and the version that was seen."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any = None, *, version: int, **kwargs: Any) -> None:
        initial = {"once": uuid.uuid4(), "version": version}
        super().__init__(data, initial=initial | kwargs.pop("initial", {}), **kwargs)

    def again(self, *, version: int) -> None:
        """Let the same form, shown once more with what changed, be sent on the newer version."""
        data = cast(QueryDict, self.data).copy()
        data["once"], data["version"] = str(uuid.uuid4()), str(version)
        self.data = data

    @property
    def act(self) -> dict[str, Any]:
        """What the action needs of the form, beside who and when."""
        return {"seen": self.cleaned_data["version"], "once": self.cleaned_data["once"]}


class TickForm(LeadForm):
    """What was found of one innocent explanation."""

    outcome = forms.ChoiceField(
        label=_("What you found"), choices=LeadTick.Outcome.choices, widget=forms.RadioSelect
    )
    note = typed(
        _("On what it rests"),
        lines=4,
        required=True,
        help_text=_("Where you looked and what stands there, so that a colleague can follow it."),
    )


class DismissForm(LeadForm):
    """Why a lead is put aside."""

    why = forms.ChoiceField(label=_("Why"), choices=LeadAct.Why.choices, widget=forms.RadioSelect)
    note = typed(
        _("Reason"),
        lines=4,
        required=True,
        help_text=_("It stays with the lead, and tells how useful the detector is."),
    )


class ReasonForm(LeadForm):
    """Why a lead is taken up again."""

    note = typed(_("Reason"), lines=4, required=True)


class MergeForm(LeadForm):
    """Into which lead on the same matter it goes up."""

    into = forms.ChoiceField(label=_("Which one"), widget=forms.RadioSelect)
    note = typed(_("Why they are one matter"), lines=2)

    def __init__(
        self, data: Any = None, *, offered: Sequence[tuple[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["into"].choices = list(offered)  # type: ignore[attr-defined]


class TakeOverForm(FindingForm):
    """A finding that rests on a lead, whose number the page knows."""

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        del self.fields["lead"]
        self.fields["version"].required = True

    def told(self, number: str) -> Any:
        """The finding as written, with the lead as it was seen."""
        self.cleaned_data["lead"] = number
        return self.found(lead_seen=self.cleaned_data["version"])
