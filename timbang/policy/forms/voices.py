"""What people fill in who are nobody to this room: a comment, and what they saw on site."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.policy.actions.speaking import LONGEST, LONGEST_NAME, LONGEST_PLACE, plain_line

EARLIEST: Final = date(2000, 1, 1)
Choices = Sequence[tuple[Any, Any]]


def _too_long() -> dict[str, Any]:
    return {"max_length": _("At most %(limit_value)d signs; there are %(show_value)d.")}


def _area(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        # No limit in the browser: it would cut a pasted text off without a word.
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": _("Please write something."), **_too_long()},
    )


class CommentForm(forms.Form):
    """A comment on a plan, with a name or without."""

    body = _area(
        _("Your comment"),
        _("Up to 5,000 signs. Write about the plan: no accusation against a person by name."),
    )
    name = forms.CharField(
        label=_("Your name, as everybody may read it"),
        help_text=_("Leave it empty to stay unknown. It changes nothing about the answer."),
        max_length=LONGEST_NAME,
        required=False,
        error_messages=_too_long(),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Django adds it for a field with a limit.
        self.fields["body"].widget.attrs.pop("maxlength", None)

    def clean_name(self) -> str:
        """One line of what can be seen."""
        return plain_line(self.cleaned_data["name"])


class VisitForm(forms.Form):
    """What somebody saw where a policy is carried out."""

    place = forms.CharField(
        label=_("Where"),
        help_text=_("Village, street, building. Not your own address."),
        max_length=LONGEST_PLACE,
        error_messages={"required": _("Please say where."), **_too_long()},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    region = forms.ChoiceField(label=_("Region"), required=False)
    seen_on = forms.DateField(
        label=_("On which day"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        error_messages={
            "invalid": _("Write the day as 2027-02-14."),
            "required": _("Please say on which day."),
        },
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    milestone = forms.ChoiceField(label=_("Which milestone"), required=False)
    body = _area(
        _("What you saw"),
        _("Up to 5,000 signs. What is there, what is not; no accusation against a person by name."),
    )

    def __init__(
        self,
        *args: Any,
        regions: Choices = (),
        milestones: Choices = (),
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["body"].widget.attrs.pop("maxlength", None)
        self.fields["region"].choices = [("", _("Not told")), *regions]  # type: ignore[attr-defined]
        if milestones:
            told = [("", _("None of them, or not known")), *milestones]
            self.fields["milestone"].choices = told  # type: ignore[attr-defined]
        else:
            del self.fields["milestone"]

    def clean_place(self) -> str:
        """One line of what can be seen."""
        where = plain_line(self.cleaned_data["place"])
        if not where:
            raise forms.ValidationError(_("Please say where."))
        return where

    def clean_seen_on(self) -> date:
        """A day that can have been."""
        day: date = self.cleaned_data["seen_on"]
        if day > self.today:
            raise forms.ValidationError(_("The day lies in the future."))
        if day < EARLIEST:
            raise forms.ValidationError(_("This day cannot be: check the year."))
        return day
