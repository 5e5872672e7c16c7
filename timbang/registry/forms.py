"""What officers type: the confirmation of an article, a session of prevention, why it goes, what
they judge of two names."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.registry import reading
from timbang.registry.actions.outreach import EARLIEST, MOST_PEOPLE
from timbang.registry.models import Audience, NamePair

LONGEST = 300


class ConfirmForm(forms.Form):
    """`text_hash` is that of the text on the page, so that nobody confirms what he did not read."""

    text_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)
    seen_in = forms.CharField(
        label=_("Where did you see the official text?"),
        help_text=_("For example the State Gazette with its number and page, or the address."),
        max_length=LONGEST,
    )
    read = forms.BooleanField(
        label=_("I read the official text, and it says what stands here."),
        error_messages={"required": _("Only who read the official text can confirm the article.")},
    )


class ReasonForm(forms.Form):
    """Why something that was recorded is withdrawn."""

    because = forms.CharField(label=_("Reason"), max_length=LONGEST)


class OutreachForm(forms.Form):
    """A session that the office held."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    held_on = forms.DateField(
        label=_("On which day was it held?"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"],
        error_messages={
            "invalid": _("This is not a day that we understand. Write it as 2027-02-14.")
        },
    )
    audience = forms.ChoiceField(
        label=_("For whom?"), choices=Audience.choices, widget=forms.RadioSelect
    )
    region_code = forms.ChoiceField(label=_("In which province?"), required=False)
    topic = forms.CharField(label=_("About what?"), max_length=160)
    reach = forms.IntegerField(
        label=_("How many people were there?"),
        help_text=_("Leave it empty if nobody counted."),
        required=False,
        min_value=0,
        max_value=MOST_PEOPLE,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = self.fields["held_on"].widget
        widget.attrs |= {"min": EARLIEST.isoformat(), "max": today.isoformat()}
        provinces = [(region.code, region.name) for region in reading.provinces()]
        self.fields["region_code"].choices = [  # type: ignore[attr-defined]
            ("", _("The whole country, or online")),
            *provinces,
        ]


class JudgeForm(forms.Form):
    """What an officer judges of the pair that he looked at; three buttons send `judgement`."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    judgement = forms.ChoiceField(
        choices=NamePair.Judgement.choices,
        error_messages={"required": _("Say what you judge: press one of the three buttons.")},
    )
    why = forms.CharField(
        label=_("On what grounds?"),
        help_text=_("Such as: same photo, same address."),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
